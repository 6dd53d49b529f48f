"""What contacts a stop can expect, learned from visits."""
