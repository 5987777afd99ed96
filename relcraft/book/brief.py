"""The brief before a meeting: what matters with one contact, on one screen, the most useful first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from relcraft.book.asks import open_asks
from relcraft.book.introductions import next_step
from relcraft.book.matches import Matching, matches_for
from relcraft.book.open import Book
from relcraft.book.promises import promises
from relcraft.book.room import room
from relcraft.domain.asking import state_of as ask_state
from relcraft.domain.asking import tell_ask
from relcraft.domain.dates import tell_cadence, tell_day_fully, tell_short, tell_span
from relcraft.domain.fitting import cell_width, cut, wrapped
from relcraft.domain.introducing import is_open
from relcraft.domain.records import Ask, Contact, Interaction, Introduction
from relcraft.domain.room import what_told
from relcraft.domain.steps import first_name, next_birthday
from relcraft.domain.telling import tell_ago, tell_count, tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.domain.warmth import Touch, touch
from relcraft.domain.words import AskDirection, AskState, Direction

WIDTH = 78
"""Columns that a brief takes."""
HEADING_WIDTH = 14
"""Columns of a heading; a line of its part stands beside it."""
MOST_LINES = 19
"""Lines of all parts together: with the name they fit on one screen."""
_ROOM = WIDTH - HEADING_WIDTH
_BIRTHDAY_DAYS = 30
_FEW_DAYS = 14
_INDENT = "  "
"""Before the rest of a line that is too long for one."""
_MOST_SAID = 3
"""How many lines one text takes at most."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Part(Value):
    """One thing that is good to know before a meeting."""

    heading: str
    lines: tuple[str, ...]
    """At least one, each at most `WIDTH` − `HEADING_WIDTH` columns wide."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Brief(Value):
    """What matters with one contact before a meeting."""

    contact: str
    """The uid."""
    name: str
    """The name, with the role, the organisation and the circle."""
    parts: tuple[Part, ...]
    """The most useful first; `MOST_LINES` lines in all, at most."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Draft(Value):
    """A part before its share of the screen is known."""

    heading: str
    lines: Sequence[str]
    running: bool = False
    """Whether the lines are one text, and not a thing each."""


def brief(book: Book, uid: str) -> Brief:
    """Return the brief on a contact. Nothing is stored. Raises `NotFound`."""
    contact = book.contact(uid)
    works = ", ".join(filter(None, map(clean_line, (contact.role, contact.organisation))))
    name = _joined(clean_line(contact.name), works, contact.circle or "")
    drafts = [draft for draft in _drafts(book, contact) if draft.lines]
    return Brief(contact=uid, name=cut(name, WIDTH), parts=_fitted(drafts))


def _drafts(book: Book, contact: Contact) -> Iterator[_Draft]:
    """Yield all that there is to know, the most useful first."""
    asks = open_asks(book, contact.uid)
    agreed = {ask.uid for ask in asks if _state(book, ask) is AskState.AGREED}
    waiting = [ask for ask in asks if ask.uid not in agreed]
    yield _Draft("last contact", tuple(_last_contact(book, contact)))
    yield _Draft("you promised", tuple(_mine(book, contact, [ask for ask in asks if ask.uid in agreed])))
    yield _Draft("they promised", tuple(_theirs(book, contact, [ask for ask in asks if ask.uid in agreed])))
    yield _Draft("looking for", _running(", ".join(contact.looking_for)), running=True)
    yield _Draft("open asks", tuple(_ask_told(book, contact, ask) for ask in waiting))
    yield _Draft("room to ask", _running(_room_told(book, contact)), running=True)
    yield _Draft("matches", tuple(_match_told(book, contact, each) for each in matches_for(book, contact.uid)))
    yield _Draft("introductions", tuple(_introductions(book, contact)))
    yield _Draft("birthday", tuple(_birthday(book, contact)))
    yield _Draft("can offer", _running(", ".join(contact.can_offer)), running=True)
    yield _Draft("balance", tuple(_balance(book, contact)))
    yield _Draft("how you met", _running(_met(book, contact)), running=True)
    yield _Draft("notes", _running(contact.notes), running=True)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _running(text: str) -> tuple[str, ...]:
    lines = wrapped(clean_line(text), _ROOM)
    if len(lines) > _MOST_SAID:
        lines = [*lines[: _MOST_SAID - 1], cut(" ".join(lines[_MOST_SAID - 1 :]), _ROOM)]
    return tuple(lines)


# What took place


def _last_contact(book: Book, contact: Contact) -> Iterator[str]:
    """Yield when and how the last contact was, and what it was about."""
    reading = book.warmth(contact.uid)
    if reading.last is None:
        yield "no date is known yet"
        return
    last = next(filter(None, (_warming(book, entry.uid, entry.table) for entry in book.timeline(contact.uid))), None)
    kind = "in touch" if last is None else str(last.kind)
    days = (book.today - reading.last.on).days
    ago = tell_ago(days) if days < _FEW_DAYS else f"{tell_span(days)} ago"
    unanswered = "" if reading.last.answered else "no answer is noted"
    cadence = "" if reading.cadence_days is None else tell_cadence(reading.cadence_days)
    yield _joined(f"{kind} {tell_day_fully(reading.last.on)}, {ago}", unanswered, reading.state, cadence)
    if last is not None and last.summary:
        yield f'"{clean_line(last.summary)}"'


def _warming(book: Book, uid: str, table: str) -> Interaction | None:
    """Return the interaction of an entry if it is past and warms anybody."""
    if table != "interactions":
        return None
    each = book.interaction(uid)
    warms = each.date <= book.today and touch(each.kind, each.initiator, len(each.contacts)) is not Touch.NOTHING
    return each if warms else None


def _met(book: Book, contact: Contact) -> str:
    by = book.get("contacts", contact.introduced_by or "")
    introduced = f"introduced by {by.name}" if isinstance(by, Contact) else ""
    on = "" if contact.met_on is None else tell_day_fully(contact.met_on)
    return ", ".join(filter(None, (contact.met_how, on, introduced)))


def _balance(book: Book, contact: Contact) -> Iterator[str]:
    standing = book.balance(contact.uid)
    if not standing.count:
        return
    two_way = "" if standing.two_way is None else f"two-way {100 * standing.two_way:.0f} %"
    yield _joined(f"{tell_count(standing.frequency, 'exchange')} in a year", two_way)
    yield str(standing.standing)
    gained = list(standing.gains[Direction.RECEIVED])
    if gained:
        yield f"helping you, they {tell_list(gained, most=len(gained))}"


# What is promised and asked


def _state(book: Book, ask: Ask) -> AskState:
    return ask_state(ask, book.today, book.rules.patience)


def _mine(book: Book, contact: Contact, agreed: Iterable[Ask]) -> Iterator[str]:
    """Yield what the user has promised: the open follow-ups, and the asks that they said yes to."""
    for promise in promises(book, contact.uid):
        yield f"{tell_short(promise.date, book.today)}: {clean_line(promise.text) or 'a word'}"
    for ask in agreed:
        if ask.direction is AskDirection.INCOMING:
            yield _ask_told(book, contact, ask)


def _theirs(book: Book, contact: Contact, agreed: Iterable[Ask]) -> Iterator[str]:
    """Yield what they have promised: the user's asks that they said yes to."""
    return (_ask_told(book, contact, ask) for ask in agreed if ask.direction is AskDirection.OUTGOING)


def _ask_told(book: Book, contact: Contact, ask: Ask) -> str:
    return f"{what_told(ask)}: {tell_ask(ask, first_name(contact), book.today, book.rules.patience)}"


def _room_told(book: Book, contact: Contact) -> str:
    found = room(book, contact.uid)
    return f"{found.kind}: {found.reason}"


# What one could do


def _introductions(book: Book, contact: Contact) -> Iterator[str]:
    under_way = (each for each in book.with_contact(Introduction, contact.uid) if is_open(each))
    return filter(None, (next_step(book, each) for each in under_way))


def _match_told(book: Book, contact: Contact, each: Matching) -> str:
    """Return a match, seen from the one whom the brief is about."""
    name = first_name(contact)
    if each.giver == contact.uid:
        return f"{_called(book, each.taker)} looks for {each.wanted}; {name} offers {each.offered}"
    giver = "you offer" if each.giver is None else f"{_called(book, each.giver)} offers"
    return f"{giver} {each.offered}; {name} looks for {each.wanted}"


def _called(book: Book, uid: str) -> str:
    found = book.get("contacts", uid)
    return found.name if isinstance(found, Contact) else "somebody"


def _birthday(book: Book, contact: Contact) -> Iterator[str]:
    if contact.birthday is None:
        return
    day = next_birthday(contact.birthday, book.today)
    away = (day - book.today).days
    if not 0 <= away <= _BIRTHDAY_DAYS:
        return
    when = "today" if away == 0 else "tomorrow" if away == 1 else f"{tell_short(day, book.today)}, in {away} days"
    years = "" if contact.birthday.year is None else f": turns {day.year - contact.birthday.year}"
    yield f"{when}{years}"


# Fitting


def _fitted(drafts: Sequence[_Draft]) -> tuple[Part, ...]:
    """Return the parts with as many lines as fit: one for each part first, then the others, the most useful first.

    What is free after that goes to lines that are too long for one.
    """
    taken = [0] * len(drafts)
    free = MOST_LINES
    while free > 0 and any(count < len(draft.lines) for count, draft in zip(taken, drafts, strict=True)):
        for at, draft in enumerate(drafts):
            if free > 0 and taken[at] < len(draft.lines):
                taken[at] += 1
                free -= 1
    parts = []
    for draft, count in zip(drafts, taken, strict=True):
        if count:
            lines = _shown(draft, count, free)
            free -= len(lines) - count
            parts.append(Part(draft.heading, lines))
    return tuple(parts)


def _shown(draft: _Draft, count: int, free: int) -> tuple[str, ...]:
    """Return the first `count` lines of a part as they are shown, those that are too long on two, up to `free` more."""
    left = draft.lines[count:]
    if left and draft.running:
        rest = " ".join(draft.lines[count - 1 :])
        return *draft.lines[: count - 1], cut(rest, _ROOM)
    more = f" (and {len(left)} more)" if left else ""
    lines: list[str] = []
    for at, line in enumerate(draft.lines[:count], 1):
        suffix = more if at == count else ""
        room = _ROOM - cell_width(suffix)
        if cell_width(line) > room and free > 0:
            first, *others = wrapped(line, _ROOM)
            lines.append(first)
            free -= 1
            lines.append(cut(f"{_INDENT}{' '.join(others)}", room) + suffix)
        else:
            lines.append(cut(line, room) + suffix)
    return tuple(lines)
