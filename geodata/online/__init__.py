"""What goes online: the only package that does, and only when a command asks for it."""
