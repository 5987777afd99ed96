"""Conflicts for tests: what the other side of a merge says, as it waits in a book."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.contents import Contents
from relcraft.domain.copies import Copy
from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.records import Ask, Contact, Date, Goal, OtherSide, Record
from relcraft.domain.versions import version_of
from relcraft.sample import sample_records
from tests.books import NOON, TODAY, a_keeper, at_noon


def days_ago(days: int) -> datetime:
    """Return the moment so many days before noon of the usual day."""
    return NOON.astimezone(UTC) - timedelta(days=days)


def differently(record: Record, *, days: int = 3) -> OtherSide:
    """Return the conflict in which the other side has `record`, changed so many days ago."""
    return saying(TABLE_OF[type(record)], record.uid, to_document(record), days=days)


def deleted(record: Record, *, days: int = 3) -> OtherSide:
    """Return the conflict in which the other side deleted `record`, so many days ago."""
    return saying(TABLE_OF[type(record)], record.uid, None, days=days)


def saying(table: str, of: str, document: dict[str, Any] | None, *, days: int = 3, uid: str = "") -> OtherSide:
    """Return the conflict in which the other side says `document` of a record."""
    when = days_ago(days)
    version = uid or version_of(table, of, document)
    return OtherSide(uid=version, table=table, of=of, document=document, created=when, updated=when)


def two_laptops() -> Book:
    """Return the sample book after another laptop's was merged into it: seven conflicts wait, one unreadable."""
    book = Book(a_keeper(*sample_records(TODAY)), at_noon())
    records = {contact.name: contact for contact in book.contacts()}
    marit, henrike = records["Marit Solvang"], records["Henrike Vossberg"]
    drinks = next(each for each in book.interactions_with(marit.uid) if each.summary)
    ask = next(each for each in book.all(Ask) if len(each.steps) > 2)
    goal = next(iter(book.all(Goal)))
    sides = (
        differently(
            replace(
                marit,
                role="Head of research",
                tags=(*marit.tags, "sailing"),
                notes=f"{marit.notes}\nMoved to Tromsø in spring; calls before ten, as she said on the ferry.".strip(),
            ),
            days=1,
        ),
        deleted(henrike, days=2),
        differently(replace(drinks, summary="her talk, the new lab, who chairs it next year"), days=3),
        differently(replace(ask, steps=ask.steps[:1], why_them="you know the people there"), days=5),
        differently(Contact(uid="lena", name="Lena Gast", organisation="Tidewater Lab", city="Bergen"), days=9),
        differently(replace(goal, target_date=Date(2027, 3, 1)), days=40),
        saying("moons", "x", {"phase": "full"}, days=400),
    )
    book.change("merged", *(put(None, each) for each in sides))
    return book


class CopiesBeside:
    """Copies beside a book, as a sync program leaves them, that say what they are told to say."""

    def __init__(self, *contents: Contents) -> None:
        self.contents = {Path("/book") / each.name: each for each in contents}
        self.put: list[Copy] = []
        self.unreadable = ""
        self.stuck = ""

    def waiting(self) -> Sequence[Copy]:
        """Return those that were not put aside."""
        return [
            Copy(path=path, name=path.name, program="Syncthing", told=f"{path.name} is a second version of the book.")
            for path in self.contents
        ]

    def read(self, copy: Copy) -> Contents:
        """Return what a copy says."""
        if self.unreadable:
            raise BadBook(self.unreadable)
        return self.contents[copy.path]

    def put_aside(self, copy: Copy) -> Path:
        """Put a copy aside."""
        if self.stuck:
            raise NotKept(self.stuck)
        del self.contents[copy.path]
        self.put.append(copy)
        return Path("/backups/merged") / copy.name
