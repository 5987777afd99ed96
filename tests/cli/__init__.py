"""The command line, down to what is stored."""
