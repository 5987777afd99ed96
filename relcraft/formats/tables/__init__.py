"""Address books as tables: CSV and TSV of other programs, their columns guessed, and corrected by the user."""

from relcraft.formats.tables.fields import FIELDS
from relcraft.formats.tables.guessing import Column, guess
from relcraft.formats.tables.programs import AnyTable, GoogleCsv, OutlookCsv, ThunderbirdCsv

__all__ = ["FIELDS", "AnyTable", "Column", "GoogleCsv", "OutlookCsv", "ThunderbirdCsv", "guess"]
