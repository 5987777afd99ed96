"""Owns the days of the sample: written as days before the day on which it is read."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from relcraft.domain.records import Date

BOOK_AGE_DAYS = 3 * 365
"""How long the imagined user has kept the book: what lies further back was written down on its first day."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days counted from `today`."""

    today: Date

    def ago(self, days: int) -> Date:
        """Return the day so many days before today."""
        return self.today - timedelta(days)

    def day(self, written: str) -> Date:
        """Return the day that a script names: `12` is twelve days ago, `+5` is five days ahead."""
        return self.ago(-int(written[1:]) if written.startswith("+") else int(written))

    def written_on(self, date: Date) -> datetime:
        """Return a moment of that day, but none before the book's first day and none later than yesterday.

        Yesterday at nine is past in every time zone whose day is `today`.
        """
        day = min(max(date, self.ago(BOOK_AGE_DAYS)), self.ago(1))
        return datetime.combine(day, time(9), UTC)
