"""The open book: records and indexes in memory, the verbs, changes and undo, and the port through which changes are kept."""
