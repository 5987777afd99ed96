"""The Asks screen."""
