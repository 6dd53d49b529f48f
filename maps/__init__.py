"""What is shown: maps for the screen and sheets for paper."""
