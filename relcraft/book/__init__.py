"""The open book: records and indexes in memory, verbs, changes and undo, and the port that keeps changes."""
