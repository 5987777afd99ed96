"""The Goals screen."""
