"""The command `conflicts`: what waits for a look after two books were brought together, and settling it."""

from collections.abc import Sequence

import click

from relcraft.book.open import Book
from relcraft.book.sides import Difference, Said, Sides, keep_all_here, keep_here, take_there, waiting
from relcraft.cli.options import as_json, text_option
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.changes import Change
from relcraft.domain.dates import tell_when
from relcraft.domain.documents import to_document
from relcraft.domain.errors import NotFound, NotUnique
from relcraft.domain.records import Date
from relcraft.domain.telling import tell_choice, tell_count
from relcraft.domain.text import clean_line

_ALL = "all"
_WHICH = "N"
_QUIET = "Nothing waits: no conflict is in the book."
_LIST = "relcraft conflicts"
_MOST_DIGITS = 9
_MOST_NAMED = 5
_LEAST_OF_UID = 4
_SIDES = ("here", "there")


@click.command(short_help="Show what two sides say differently, and settle it.")
@text_option("--keep", "keep", _WHICH, "Keep what is here; all: in every one of them.", known=(_ALL,))
@text_option("--take", "take", _WHICH, "Take what is there, in the other version.")
@as_json
@click.pass_obj
def conflicts(start: Start, *, keep: str, take: str, json: bool) -> None:
    """Show what two sides say differently since their books were brought together, and settle it.

    "Here" is what stands in the book by now, "there" the version that waits beside it. Nothing presses.

    N is the number in the list, or the beginning of the uid that --json tells. Numbers change with each that is
    settled; uids do not. Each is one change, which `relcraft undo`, or u in the screens, takes back.

    Example: relcraft conflicts
    """
    if keep and take:
        raise click.UsageError("One of --keep and --take at a time.")
    if json and (keep or take):
        raise click.UsageError("--json is for the list, without --keep and --take.")
    if take.lower() == _ALL:
        raise click.UsageError("--take takes one at a time; --keep all keeps everything as it is here.")
    with open_book(start) as book:
        if keep.lower() == _ALL:
            tell(_sentence(keep_all_here(book)))
        elif keep or take:
            every = waiting(book)
            one = _the_one(every, keep or take)
            verb = keep_here if keep else take_there
            change = verb(book, one.uid, seen=one)
            left = len(every) - 1
            more = f" {tell_count(left, 'conflict')} left: {_LIST}" if left else ""
            tell(_sentence(change) + more)
        elif json:
            every = waiting(book)
            say_json({"conflicts": [_json(number, one) for number, one in enumerate(every, 1)], "count": len(every)})
        else:
            _say(book, waiting(book))


def _the_one(every: Sequence[Sides], which: str) -> Sides:
    """Return the conflict of that number, or whose uid begins so. Raises `NotFound`, `NotUnique`."""
    if which.isascii() and which.isdecimal() and len(which) <= _MOST_DIGITS and 1 <= int(which) <= len(every):
        return every[int(which) - 1]
    found = [one for one in every if one.uid == which]
    if not found and len(which) >= _LEAST_OF_UID:
        found = [one for one in every if one.uid.startswith(which.lower())]
    if not found:
        there = f"1 to {len(every)}" if len(every) > 1 else "1"
        expected = f"{there} was expected, or the beginning of a uid" if every else _QUIET[:-1].lower()
        raise NotFound(f'No conflict answers to "{clean_line(which)}": {expected}.')
    if len(found) > 1:
        named = [f"{each.uid} ({each.title})" for each in found[:_MOST_NAMED]]
        raise NotUnique(f'"{clean_line(which)}" could be {tell_choice(named)}.')
    return found[0]


# Telling


def _sentence(change: Change) -> str:
    said = clean_line(change.title)
    return f"{said[:1].upper()}{said[1:]}."


def _say(book: Book, every: Sequence[Sides]) -> None:
    for number, one in enumerate(every, 1):
        say(clean_line(f"{number}. {one.title} ({one.thing}): {_days(one, book.today)}"))
        for difference in one.differences:
            say(f"   {clean_line(_told(one, difference))}")
    if every:
        tell(
            f"Here is what stands in the book, there the version that waits beside it. {_LIST} --keep N keeps what is "
            "here, --take N takes what is there."
        )
    else:
        tell(_QUIET)


def _days(one: Sides, today: Date) -> str:
    if one.trouble:
        return f"{one.trouble} --keep drops it."
    here = "deleted here" if one.here is None else f"changed here {_when(one.here_on, today)}"
    there = f"{'deleted' if one.there is None else 'changed'} there {_when(one.there_on, today)}"
    if one.times is None:
        return f"{here}, {there}"
    return f"{here} at {one.times[0]}, {there} at {one.times[1]}"


def _when(day: Date | None, today: Date) -> str:
    return "on a day that nobody noted" if day is None else tell_when(day, today)


def _told(one: Sides, difference: Difference) -> str:
    if one.here is None or one.there is None:
        return f"{difference.field}: {_joined(difference.here or difference.there)}"
    here, there = (_joined(said) for said in (difference.here, difference.there))
    return f"{difference.field}: here {here} | there {there}"


def _joined(lines: Sequence[Said]) -> str:
    return ", ".join(said.text for said in lines) or "nothing"


def _json(number: int, one: Sides) -> dict[str, object]:
    records = (one.here, one.there)
    changed = (one.here_on, one.there_on)
    return {
        "number": number,
        "uid": one.uid,
        "table": one.side.table,
        "of": one.side.of,
        "title": one.title,
        **{f"{side}_changed": day and day.isoformat() for side, day in zip(_SIDES, changed, strict=True)},
        **{f"{side}_deleted": record is None and not one.trouble for side, record in zip(_SIDES, records, strict=True)},
        "trouble": one.trouble,
        "fields": [
            {
                "field": difference.name,
                "called": difference.field,
                "here": [said.text for said in difference.here],
                "there": [said.text for said in difference.there],
            }
            for difference in one.differences
        ],
        **{side: record and to_document(record) for side, record in zip(_SIDES, records, strict=True)},
    }
