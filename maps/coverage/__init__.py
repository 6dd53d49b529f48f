"""The management report: on paper, on the screen and as a map."""
