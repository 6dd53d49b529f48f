"""The visit log: what happened at the places, in numbers only."""
