"""The exact solver of the week: column generation, pricing and enumeration."""
