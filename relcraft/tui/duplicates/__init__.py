"""The screen of those who may be one person, and of what waits to be placed."""
