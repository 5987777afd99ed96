"""One file of a folder of cards: what it says, and its bytes with something else in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from relcraft.domain.incoming import Skipped
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line
from relcraft.formats.vcard import row_of
from relcraft.formats.vcard_lines import Card, Property, properties, split_cards
from relcraft.formats.vcard_writing import card_uid, lines_of, rewritten
from relcraft.sync.said import Said, said_by, with_said

_BOM = b"\xef\xbb\xbf"
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_@+-][A-Za-z0-9._@+-]{0,99}")
_COUNTS_FOR_NOTHING = frozenset({"REV", "PRODID"})
_NEW_VERSION = "3.0"
"""What every program and server reads."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card that can be read, and written anew line by line."""

    contact: Contact
    """As an import reads it: with its key, and its lines."""
    uid: str
    lines: tuple[str, ...]
    """From BEGIN to END."""
    before: tuple[str, ...]
    """What stands before BEGIN."""
    after: tuple[str, ...]
    end: str
    """What ends a line."""
    revised: datetime | None
    """When the card says that it was last changed."""

    @property
    def said(self) -> Said:
        """What it says in the fields that contacts have."""
        return said_by(self.contact)

    def saying(self, said: Said) -> "CardRead | None":
        """Return the card with these fields in it, and all else as it was. None where it then cannot be read."""
        lines = rewritten(self.lines, self.contact, with_said(self.contact, self.said, said))
        found = read_card(self._bytes(lines))
        return found if isinstance(found, CardRead) else None

    def data(self) -> bytes:
        """Return its bytes."""
        return self._bytes(self.lines)

    def _bytes(self, lines: Sequence[str]) -> bytes:
        return self.end.join((*self.before, *lines, *self.after)).encode("utf-8", "surrogateescape")


def read_card(data: bytes) -> CardRead | str:
    """Return the one card of a file; or why it is left alone: the end of a sentence that begins with its name."""
    found = list(split_cards(data.removeprefix(_BOM)))
    if len(found) != 1 or not isinstance(found[0], Card) or not found[0].closed or _LONE_RETURN.search(data):
        cards = sum(isinstance(each, Card) for each in found)
        return f"holds {cards} cards: one was expected" if cards > 1 else "holds no whole card: one was expected"
    card = found[0]
    row = row_of(card, "")
    if isinstance(row, Skipped):
        return row.why
    text = data.decode("utf-8", "surrogateescape")
    end = "\r\n" if text.count("\n") == text.count("\r\n") else "\n"
    lines = text.split(end)
    begin, until = card.line - 1, card.line - 1 + len(card.lines)
    whole = tuple(lines[begin:until])
    return CardRead(
        row.contact, card_uid(whole), whole, tuple(lines[:begin]), tuple(lines[until:]), end, _revised(card)
    )


def new_card(contact: Contact, said: Said) -> CardRead | None:
    """Return a card for a contact that has none; what its original lines say beside is in it."""
    bare = with_said(Contact(uid=contact.uid, name=""), {}, said)
    lines = lines_of(bare, _NEW_VERSION)
    before = read_card("\r\n".join(contact.vcard).encode("utf-8", "replace")) if contact.vcard else ""
    if isinstance(before, CardRead) and before.uid and _version(before.lines) in ("3.0", "4.0"):
        lines = rewritten(before.lines, before.contact, with_said(before.contact, before.said, said))
    found = read_card("".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace"))
    return found if isinstance(found, CardRead) else None


def file_name(uid: str, contact: str) -> str:
    """Return the name for the file of a new card: its UID, else the contact's uid, where these lead to no other place.

    A book that came from elsewhere may have uids of any letters.
    """
    plain = next(filter(_SAFE_NAME.fullmatch, (uid, contact)), "")
    return f"{plain or blake2b(contact.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}.vcf"


def foreign(lines: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return what a card says beside the fields that contacts have, in no order."""
    from relcraft.formats.vcard import WANTED  # noqa: PLC0415 - a table of the reader

    return frozenset(
        (entry.head, entry.value)
        for entry in _all(lines)
        if entry.name not in WANTED and entry.name not in _COUNTS_FOR_NOTHING
    )


def _all(lines: Sequence[str]) -> list[Property]:
    encoded = tuple(line.encode("utf-8", "surrogateescape") for line in lines)
    return properties(Card(1, encoded, closed=True))[0] if encoded else []


def _version(lines: Sequence[str]) -> str:
    return next((entry.value.strip() for entry in _all(lines) if entry.name == "VERSION"), "")


def _revised(card: Card) -> datetime | None:
    for entry in properties(card, frozenset({"REV"}))[0]:
        try:
            moment = datetime.fromisoformat(clean_line(entry.value))
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return None
