"""Relcraft: a personal relationship manager in the terminal, offline, for one person."""

__version__ = "0.1.0"
