"""The monthly tally of age bands and topics, never by visit."""
