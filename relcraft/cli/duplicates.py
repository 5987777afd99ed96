"""The commands `duplicates` and `unplaced`: who may be one person, and whose that is which no import could place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from relcraft.book import duplicates as doubles
from relcraft.book import placing
from relcraft.book.open import Book
from relcraft.book.placing import Waiting
from relcraft.cli.as_json import name_of, record_json
from relcraft.cli.asking import contact_called
from relcraft.cli.options import as_json, text_option
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.changes import Change
from relcraft.domain.duplicates import Candidate
from relcraft.domain.errors import NotFound
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

T = TypeVar("T")
_MOST_DIGITS = 9
_LEAST_OF_UID = 4
_QUIET = "Nobody is in the book twice, as far as it can be seen."
_NOTHING_WAITS = "Nothing waits to be placed."


@click.command(short_help="Show who may be in the book twice, and make them one.")
@text_option("--unite", "unite", "N", "They are one person.")
@text_option("--apart", "apart", "N", "They are two people: they are not shown again.")
@click.option("--swap", is_flag=True, help="With --unite: the second one stays, not the first.")
@click.option("--unite-all-certain", "everything", is_flag=True, help="Make all pairs one of which it is sure.")
@as_json
@click.pass_obj
def duplicates(start: Start, *, unite: str, apart: str, swap: bool, everything: bool, json: bool) -> None:
    """Show who may be in the book twice, with what they have in common and what is against it.

    N is the number in the list, or both uids joined with +. Numbers change with each that is settled; uids do not.
    The first one of a pair stays, with all that either says. Each is one change, which `relcraft undo` takes back.

    Sure is a pair in which the name agrees, and an address, phone or link with it, and nothing is against it.

    Example: relcraft duplicates --unite 1
    """
    if sum(map(bool, (unite, apart, everything))) > 1:
        raise click.UsageError("One of --unite, --apart and --unite-all-certain at a time.")
    if json and (unite or apart or everything):
        raise click.UsageError("--json is for the list, without the options that change something.")
    if swap and not unite:
        raise click.UsageError("--swap goes with --unite.")
    with open_book(start) as book:
        every = doubles.candidates(book)
        if everything:
            _tell_change(doubles.unite_certain(book))
        elif unite:
            stays, goes = doubles.who_stays(book, _the_pair(every, unite))
            _tell_change(doubles.unite(book, *((goes, stays) if swap else (stays, goes))))
        elif apart:
            _tell_change(doubles.keep_apart(book, *_the_pair(every, apart).pair))
        elif json:
            found = [_pair_json(book, number, one) for number, one in enumerate(every, 1)]
            say_json({"duplicates": found, "count": len(found)})
        else:
            _say_pairs(book, every)


@click.command(short_help="Show what an import could not place, and say whose it is.")
@text_option("--place", "place", "N", "It is about WHO.")
@text_option("--new", "new", "N", "It is about somebody new, who is added.")
@text_option("--drop", "drop", "N", "Drop it: it does not come up again.")
@as_json
@click.argument("who", nargs=-1, metavar="[WHO]")
@click.pass_obj
def unplaced(start: Start, *, place: str, new: str, drop: str, who: tuple[str, ...], json: bool) -> None:
    """Show what an import could not place, because it may be about several people, and say whose it is.

    N is the number in the list, or the beginning of the uid that --json tells. WHO is a name as anywhere, or the letter
    before one of those whom it may be about. Each is one change, which `relcraft undo` takes back.

    Example: relcraft unplaced --place 1 b
    """
    if sum(map(bool, (place, new, drop))) > 1:
        raise click.UsageError("One of --place, --new and --drop at a time.")
    if bool(who) != bool(place):
        raise click.UsageError("--place N WHO says whose it is; WHO stands with it alone.")
    if json and (place or new or drop):
        raise click.UsageError("--json is for the list, without --place, --new and --drop.")
    with open_book(start) as book:
        every = placing.waiting(book)
        if place:
            one = _the_waiting(every, place)
            _tell_change(placing.place(book, one.uid, _whose(book, one, clean_line(" ".join(who)))))
        elif new:
            _tell_change(placing.place(book, _the_waiting(every, new).uid, None))
        elif drop:
            _tell_change(placing.drop(book, _the_waiting(every, drop).uid))
        elif json:
            found = [_waiting_json(book, number, one) for number, one in enumerate(every, 1)]
            say_json({"unplaced": found, "count": len(found)})
        else:
            _say_waiting(book, every)


def _the_pair(every: Sequence[Candidate], which: str) -> Candidate:
    """Return the pair of that number, or of these two uids. Raises `NotFound`."""
    wanted = set(which.split("+"))
    return _one_of(every, which, lambda one: set(one.pair) == wanted, "pair", _QUIET)


def _the_waiting(every: Sequence[Waiting], which: str) -> Waiting:
    """Return what waits by its number, or by the beginning of its uid. Raises `NotFound`."""
    long_enough = len(which) >= _LEAST_OF_UID
    return _one_of(
        every, which, lambda one: long_enough and one.uid.startswith(which.lower()), "entry", _NOTHING_WAITS
    )  # fmt: skip


def _one_of(every: Sequence[T], which: str, fits: Callable[[T], bool], thing: str, quiet: str) -> T:
    if which.isascii() and which.isdecimal() and len(which) <= _MOST_DIGITS and 1 <= int(which) <= len(every):
        return every[int(which) - 1]
    found = [one for one in every if fits(one)]
    if len(found) != 1:
        there = f"1 to {len(every)}" if len(every) > 1 else "1"
        expected = f"{there} was expected, or what --json tells" if every else quiet[:-1].lower()
        raise NotFound(f'No {thing} answers to "{clean_line(which)}": {expected}.')
    return found[0]


def _whose(book: Book, one: Waiting, who: str) -> str:
    """Return the uid of a contact by the letter that stands before it in the list, or as anywhere."""
    letters = dict(zip(_LETTERS, one.choices, strict=False))
    return letters[who] if who in letters else contact_called(book, who).uid


_LETTERS = "abcdefghi"


# Telling


def _tell_change(change: Change) -> None:
    said = clean_line(change.title)
    tell(f"{said[:1].upper()}{said[1:]}.")


def _say_pairs(book: Book, every: Sequence[Candidate]) -> None:
    for number, one in enumerate(every, 1):
        stays, goes = (clean_line(_short(book, uid)) for uid in doubles.who_stays(book, one))
        say(f"{number}. {one.strength}: {stays} | {goes}")
        for sign, reasons in (("=", one.agrees), ("!", one.against)):
            for reason in reasons:
                say(f"   {sign} {clean_line(reason)}")
    if every:
        sure = sum(one.is_certain for one in every)
        more = f" {tell_count(sure, 'pair')} can be made one with --unite-all-certain." if sure else ""
        tell(f"relcraft duplicates --unite N makes a pair one, --apart N keeps it apart.{more}")
    else:
        tell(_QUIET)


def _short(book: Book, uid: str) -> str:
    contact = book.contact(uid)
    known = (contact.organisation, contact.city, *contact.emails[:1], *contact.phones[:1], *contact.urls[:1])
    return ", ".join(filter(None, (contact.name, *known)))


def _say_waiting(book: Book, every: Sequence[Waiting]) -> None:
    for number, one in enumerate(every, 1):
        say(clean_line(f"{number}. {one.name}: {one.thing} ({one.unplaced.where})"))
        for line in placing.told(book, one):
            say(f"   {clean_line(line)}")
        for letter, uid in zip(_LETTERS, one.choices, strict=False):
            say(f"   {letter} {clean_line(_short(book, uid))}")
    if every:
        tell("relcraft unplaced --place N WHO says whose it is, --new N that it is somebody new, --drop N drops it.")
    else:
        tell(_NOTHING_WAITS)


def _pair_json(book: Book, number: int, one: Candidate) -> dict[str, object]:
    stays, goes = doubles.who_stays(book, one)
    return {
        "number": number,
        "pair": "+".join(one.pair),
        "strength": one.strength,
        "certain": one.is_certain,
        "stays": stays,
        "goes": goes,
        "names": [name_of(book, stays), name_of(book, goes)],
        "agrees": list(one.agrees),
        "against": list(one.against),
    }


def _waiting_json(book: Book, number: int, one: Waiting) -> dict[str, object]:
    return {
        "number": number,
        "uid": one.uid,
        "table": one.unplaced.table,
        "name": one.name,
        "thing": one.thing,
        "where": one.unplaced.where,
        "why": one.unplaced.why,
        "person": record_json(one.person),
        "record": None if one.record is None else record_json(one.record),
        "may_be": [{"uid": uid, "name": name_of(book, uid)} for uid in one.choices],
    }
