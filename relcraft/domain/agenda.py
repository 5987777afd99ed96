"""What a calendar shows of a book: promises, birthdays and plans, each under a name that never changes."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from relcraft.domain.records import Birthday, Date, Time
from relcraft.domain.value import Value

HOST = "@relcraft"
"""What the name of every item in a calendar ends in that Relcraft wrote."""
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Item(Value):
    """What every item of a calendar has."""

    of: str
    """The uid of the record that it shows."""
    title: str
    updated: datetime
    """When what it shows was last changed, UTC."""
    KIND: ClassVar[str] = "item"
    """A part of the item's name: it stays as it is, or calendars would show everything twice."""

    @property
    def uid(self) -> str:
        """The name of the item: the same whenever the same record is shown, and fit for a file's name."""
        known = self.of
        if not _PLAIN.fullmatch(known):
            from hashlib import sha256  # noqa: PLC0415 - loads all of OpenSSL, and uids of Relcraft's own are plain

            known = sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self.KIND}-{known}{HOST}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Promise(Item):
    """A follow-up: something to do by a day."""

    due: Date
    done_on: Date | None = None
    KIND: ClassVar[str] = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Anniversary(Item):
    """A birthday: a whole day, every year."""

    birthday: Birthday
    KIND: ClassVar[str] = "birthday"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Plan(Item):
    """An interaction that was planned ahead."""

    day: Date
    time: Time | None = None
    """None: a whole day."""
    zone: str = ""
    """An IANA name; empty: wherever the user is."""
    text: str = ""
    KIND: ClassVar[str] = "plan"
