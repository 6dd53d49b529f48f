"""Meeting places that are added, edited elsewhere or listed."""
