"""Books brought together."""
