"""One message that two files of an archive tell: the words of an invitation begin a conversation, too."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from relcraft.domain.identity import address_keys, name_key
from relcraft.domain.incoming import IncomingRecord
from relcraft.domain.records import Interaction

_INVITATION, _MESSAGE = "linkedin:invitation:", "linkedin:message:"
_MOST_DAYS = 1
"""Between the day of either, which one file has in world time and the other on a clock that it does not name."""


def told_once(rows: Iterable[IncomingRecord], is_kept: Callable[[str], bool]) -> Iterator[IncomingRecord]:
    """Yield the rows; one whose invitation is a message of the others, with one person, is that message from now on.

    Not where the book has the invitation by itself: `is_kept` tells by its key.
    """
    rows = list(rows)
    invitations = [row for row in rows if _key(row).startswith(_INVITATION) and not is_kept(_key(row))]
    wanted = {_said(row) for row in invitations}
    messages: dict[tuple[object, ...], list[IncomingRecord]] = {}
    for row in rows if wanted else ():
        if _key(row).startswith(_MESSAGE) and _said(row) in wanted:
            messages.setdefault(_said(row), []).append(row)
    turned = {id(row): found for row in invitations for found in messages.get(_said(row), ()) if _is_near(row, found)}
    for row in rows:
        same = turned.get(id(row))
        yield row if same is None else replace(row, record=same.record, people=same.people)


def _key(row: IncomingRecord) -> str:
    return next(iter(row.record.sources), "") if isinstance(row.record, Interaction) else ""


def _said(row: IncomingRecord) -> tuple[object, ...]:
    """Return what an invitation and the message that it is have in common."""
    people = tuple((name_key(each.name), *sorted(address_keys(each))) for each in row.people)
    record = row.record
    return (people, record.summary, record.initiator) if isinstance(record, Interaction) else ()


def _is_near(row: IncomingRecord, other: IncomingRecord) -> bool:
    one, two = row.record, other.record
    return (
        isinstance(one, Interaction) and isinstance(two, Interaction) and abs((one.date - two.date).days) <= _MOST_DAYS
    )
