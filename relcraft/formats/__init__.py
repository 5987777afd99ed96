"""Text to records and back, one module a format, behind one small interface."""
