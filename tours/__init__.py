"""What is decided: the week's problem, its solution, and what is said about it."""
