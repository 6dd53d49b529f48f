"""What the service was to each municipality and area, and what may be said of it."""
