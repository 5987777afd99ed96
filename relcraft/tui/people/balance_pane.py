"""The balance pane: how give and take stand with one contact, each figure with its reasons, and the next small step."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from relcraft.book.matches import Matching, is_at_hand, matches_for
from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.book.promises import promises
from relcraft.book.room import room
from relcraft.domain.balance import Balance, Month, Standing
from relcraft.domain.dates import tell_cadence, tell_day, tell_day_fully, tell_short, tell_when
from relcraft.domain.explaining import Figure
from relcraft.domain.records import Birthday, Contact, Date, Exchange
from relcraft.domain.steps import next_step
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.warmth import WarmthReading
from relcraft.domain.words import Direction
from relcraft.tui.people.timeline import kind_told
from relcraft.tui.registry import Registry
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import across, fit, glyph, rising, steps, wrap
from relcraft.tui.telling import registry_of, with_keys

WARMTH = "warmth"
"""Stands beside the figures of a balance: how warm the relationship is, explained by its reading."""
_LAST = 5
"""How many exchanges are shown."""
_LABEL = 10
_NO_EXCHANGE = "No exchange yet: {gave} notes what you gave, {got} what you got."
_MONTHS = "JFMAMJJASOND"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the pane: what it shows, and what it can tell more of."""

    pieces: Pieces = ()
    figures: tuple[str, ...] = ()
    """What `=` explains: figures of the balance, or `WARMTH`."""
    entry: str = ""
    """The uid of the exchange that it shows."""


_GAP = Line()


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are shown together, or not at all where there is no room; the smallest rank goes last."""

    rank: int
    lines: Sequence[Line]


class BalancePane(RowList[Line]):
    """The lines about one contact. Without the focus it shows what fits; with it everything, and scrolls."""

    scope = "balance"

    def __init__(self, book: Book) -> None:
        super().__init__(
            id="balance", empty="{add-line} adds an exchange in one line: > is what you gave, < what you got."
        )
        self._book = book
        self.contact: str | None = None
        self._match: Matching | None = None
        self._looks_further = False

    def on_mount(self) -> None:
        """Name the pane."""
        self.border_title = Content("Balance")

    def key_of(self, item: Line) -> str:
        """A line is known by what it tells of."""
        return item.entry or " ".join(item.figures) or "".join(text for text, _style in item.pieces)

    def can_select(self, item: Line) -> bool:
        """The cursor stands where there is more to tell."""
        return bool(item.figures or item.entry)

    def draw(self, item: Line, width: int) -> Pieces:  # noqa: ARG002  # the lines were made for this width
        """Return the line."""
        return item.pieces

    def show_contact(self, uid: str | None) -> None:
        """Show how it stands with another contact, or with the same one by now."""
        if uid != self.contact:
            self.cursor = 0
            self.scroll_to(y=0, animate=False, force=True)
            self._match = None
        self.contact = uid
        if is_at_hand(self._book):
            self._match = self._best_match()
        elif not self._looks_further:
            self._looks_further = True
            self.call_after_refresh(self._look_further)
        self.lay_out()

    def _look_further(self) -> None:
        """Show who could give what, when all else is on the screen: for that the whole book may have to be read."""
        self._looks_further = False
        if self.is_attached:
            self._match = self._best_match()
            self.lay_out()

    def _best_match(self) -> Matching | None:
        """Return the best match in which the contact gives or takes."""
        uid = self.contact
        if uid is None or self._book.get("contacts", uid) is None:
            return None
        return next(iter(matches_for(self._book, uid)), None)

    def lay_out(self) -> None:
        """Make the lines anew, for the room that there is."""
        person = None if self.contact is None else self._book.get("contacts", self.contact)
        if not isinstance(person, Contact):
            self.show(())
            return
        width = max(20, self.size.width - 3)
        parts = parts_of(self._book, person, width, self._match, registry_of(self))
        lines = lines_that_fit(parts, None if self.has_focus else self.size.height)
        self.show(lines, stay_on=None if self.current is None else self.key_of(self.current))

    def on_resize(self) -> None:
        """Fit the lines to the new room."""
        self.lay_out()

    def on_focus(self) -> None:
        """Show everything."""
        self.lay_out()

    def on_blur(self) -> None:
        """Show what fits."""
        self.scroll_to(y=0, animate=False, force=True)
        self.lay_out()


def lines_that_fit(parts: Sequence[Part], room: int | None) -> list[Line]:
    """Return the lines of the parts that fit into `room` lines (None: of all), those of the smallest ranks first."""
    kept = list(parts)
    while room is not None and len(kept) > 1 and sum(len(part.lines) for part in kept) > room:
        kept.remove(max(kept, key=lambda part: part.rank))
    lines = [line for part in kept for line in part.lines]
    return [line for line, before in zip(lines, [_GAP, *lines], strict=False) if line != _GAP or before != _GAP]


def parts_of(book: Book, person: Contact, width: int, best: Matching | None, keys: Registry) -> list[Part]:
    """Return everything that the pane can tell of a contact, with their best match, in the order of the pane."""
    today = book.today
    reading, sums = book.warmth(person.uid), book.balance(person.uid)
    exchanges = book.exchanges_with(person.uid)
    step = next_step(person, reading, sums, promises(book, person.uid), today)
    last = _last_exchanges(exchanges, today, width)
    parts = [
        Part(1, _headline(sums, width, keys)),
        Part(2, _sums(sums, width)),
        Part(9, _month_names(sums.months)),
        Part(3, _standing(sums, width)),
        Part(8, _gains(sums, width)),
        Part(4, _warmth(reading, today, width)),
        Part(7, [_GAP, *last] if last else []),
        *_details(book, person, width),
        Part(5, [_GAP]),
        Part(6, _room(book, person, width)),
        Part(10, [] if best is None else _match(book, person, best, width)),
        Part(0, [Line([(line, "strong")]) for line in wrap(step, width)]),
    ]
    return [part for part in parts if part.lines]


def _told(text: str, width: int, *figures: str) -> list[Line]:
    return [Line([(line, "")], figures) for line in wrap(text, width)]


def _headline(sums: Balance, width: int, keys: Registry) -> list[Line]:
    if sums.count == 0:
        return _told(with_keys(keys, _NO_EXCHANGE), width, Figure.FREQUENCY)
    two_way = "" if sums.two_way is None else f" · two-way {100 * sums.two_way:.0f} %"
    told = f"{tell_count(sums.frequency, 'exchange')} in a year{two_way}"
    return [Line([(told, "strong")], (Figure.FREQUENCY, Figure.TWO_WAY))]


def _sums(sums: Balance, width: int) -> list[Line]:
    if sums.count == 0:
        return []
    most = max(sums.given, sums.received)
    peak = max(max(month.given, month.received) for month in sums.months)
    figures = {Direction.GIVEN: sums.given, Direction.RECEIVED: sums.received}
    lines = []
    for direction, total in figures.items():
        row = "".join(
            rising(month.given if direction is Direction.GIVEN else month.received, peak) for month in sums.months
        )
        bar = across(total, most, width - _LABEL - len(row) - 1 - 6)
        pieces = [
            (fit(str(direction), _LABEL), ""),
            (row + " ", str(direction)),
            (fit(bar, width - _LABEL - len(row) - 1 - 5), str(direction)),
            (f"{total:>5.1f}", ""),
        ]
        figure = Figure.GIVEN if direction is Direction.GIVEN else Figure.RECEIVED
        lines.append(Line(pieces, (figure, Figure.MONTHS)))
    return lines


def _month_names(months: Sequence[Month]) -> list[Line]:
    names = "".join(_MONTHS[month.month - 1] for month in months)
    if not any(month.given or month.received for month in months):
        return []
    return [Line([(" " * _LABEL + names, "quiet")])]


def _standing(sums: Balance, width: int) -> list[Line]:
    if sums.standing is Standing.NOTHING_YET:
        return []
    lean = "" if sums.standing is Standing.EVEN else f" · lean {'+' if sums.lean > 0 else '-'}{abs(sums.lean):.1f}"
    return _told(f"{sums.standing}{lean}", width, Figure.STANDING, Figure.LEAN)


def _gains(sums: Balance, width: int) -> list[Line]:
    lines = []
    for direction, who in ((Direction.RECEIVED, "helping you, they"), (Direction.GIVEN, "helping them, you")):
        told = ", ".join(f"{gain} {times}×" for gain, times in sums.gains[direction].items())
        if told:
            lines += _told(f"{who} {told}", width, Figure.GAINS)
    return lines


def _warmth(reading: WarmthReading, today: Date, width: int) -> list[Line]:
    bar = f" {steps(reading.bars).rstrip()}" if reading.bars else ""
    last = "no contact noted yet" if reading.last is None else f"last in touch {tell_when(reading.last.on, today)}"
    due = ""
    if reading.snoozed_until is not None:
        due = f" · in peace until {tell_short(reading.snoozed_until, today)}"
    elif reading.due_on is not None and not reading.is_due:
        due = f" · next by {tell_short(reading.due_on, today)}"
    return _told(f"{reading.state}{bar} · {last}{due}", width, WARMTH)


def _room(book: Book, person: Contact, width: int) -> list[Line]:
    known = room(book, person.uid)
    return _told(f"to ask: {known.kind} · {known.reason}", width)


def _match(book: Book, person: Contact, best: Matching, width: int) -> list[Line]:
    """Return the line about a match in which the person gives or takes."""
    if best.taker != person.uid:
        return _told(f"could give {names_of(book, (best.taker,))}: {best.offered}", width)
    giver = "you" if best.giver is None else names_of(book, (best.giver,))
    return _told(f"{giver} could give them: {best.offered}", width)


def _last_exchanges(exchanges: Sequence[Exchange], today: Date, width: int) -> list[Line]:
    lines = []
    for each in exchanges[:_LAST]:
        sign = glyph(each, today)
        told = f"{kind_told(each)}  {clean_line(each.text)}"
        pieces = [
            (fit(tell_day(each.date, today), 9) + " ", "quiet"),
            (sign, str(each.direction)),
            (fit(told, max(0, width - 12)), ""),
        ]
        lines.append(Line(pieces, entry=each.uid))
    return lines


def _details(book: Book, person: Contact, width: int) -> list[Part]:
    """Return what is known of the person; what comes first is dropped last."""
    cadence = book.warmth(person.uid).cadence_days
    met = " ".join(filter(None, (clean_line(person.met_how), f"({person.met_on:%Y})" if person.met_on else "")))
    via = book.get("contacts", person.introduced_by) if person.introduced_by else None
    known = (
        ("offers", ", ".join(person.can_offer)),
        ("seeks", ", ".join(person.looking_for)),
        ("work", ", ".join(filter(None, (person.role, person.organisation)))),
        ("tags", " ".join(f"#{tag}" for tag in person.tags)),
        ("met", met),
        ("through", via.name if isinstance(via, Contact) else ""),
        ("e-mail", ", ".join(person.emails)),
        ("birthday", "" if person.birthday is None else _birthday_told(person.birthday)),
        ("circle", " · ".join(filter(None, (person.circle or "", tell_cadence(cadence) if cadence else "")))),
        ("phone", ", ".join(person.phones)),
        ("lives in", person.city),
        ("notes", person.notes),
    )
    parts = [Part(12, [_GAP])]
    for rank, (label, text) in enumerate(known, start=20):
        if clean_line(text):
            parts.append(Part(rank, _labelled(label, text, width)))
    return parts if len(parts) > 1 else []


def _labelled(label: str, text: str, width: int) -> list[Line]:
    lines = wrap(text, max(8, width - _LABEL))
    first = Line([(fit(label, _LABEL), "quiet"), (lines[0], "")])
    return [first, *(Line([(" " * _LABEL + line, "")]) for line in lines[1:])]


def _birthday_told(birthday: Birthday) -> str:
    day, month, *_year = tell_day_fully(Date(2000, birthday.month, birthday.day)).split()[1:]
    return " ".join((day, month, *(() if birthday.year is None else (str(birthday.year),))))
