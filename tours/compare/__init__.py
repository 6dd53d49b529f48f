"""A week in variants of its settings, side by side."""
