"""The command line: a command reads, calls, writes and says."""
