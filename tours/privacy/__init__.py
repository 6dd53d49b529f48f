"""What is stored about people, for how long, and its removal."""
