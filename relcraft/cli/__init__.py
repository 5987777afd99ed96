"""The command line, and the wiring of book, store and screens."""
