"""What the team keeps in lists: crew, stock, partners."""
