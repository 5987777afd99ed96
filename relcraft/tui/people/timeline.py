"""The timeline: what passed with one contact and what is promised, newest first."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from relcraft.book.links import Entry
from relcraft.book.naming import ask_told, introduction_told
from relcraft.book.open import Book
from relcraft.book.promises import has_come, in_peace_until
from relcraft.domain.dates import tell_cadence, tell_day
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Interaction, Introduction, Record
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, Size
from relcraft.tui.commands import REGISTRY
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import STEP, fit, glyph
from relcraft.tui.telling import entitle

_DATE_WIDTH = 9
_KIND_WIDTH = 8
_KIND_WIDTH_WIDE = 12
_WIDE = 54


_NOBODY = "Nobody is selected. What passed between you, and what is promised, stands here."


def _empty(person: Contact) -> str:
    circle = "" if person.circle else ", {circle} chooses a circle: how often to be in touch"
    adds = f"{{add-line}} adds anything in one line, {{log-today}} says you were in touch today{circle}"
    return f"Nothing noted with {first_name(person)} yet. {adds}."


class Timeline(RowList[Entry]):
    """One contact's entries as rows; a record is read when its row is drawn."""

    scope = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("timeline")]

    def __init__(self, book: Book) -> None:
        super().__init__(id="timeline")
        self._book = book
        self.contact: str | None = None

    def key_of(self, item: Entry) -> str:
        """An entry is known by its record's uid."""
        return item.uid

    def record(self) -> Record | None:
        """Return the record under the cursor; None in an empty timeline."""
        return None if self.current is None else self._book.get(self.current.table, self.current.uid)

    def draw(self, item: Entry, width: int) -> Pieces:
        """Return the day, the glyph, the kind, and what it was about."""
        record = self._book.get(item.table, item.uid)
        if record is None:
            return [("", "")]
        today = self._book.today
        kind = kind_told(record)
        kind_width = max(_KIND_WIDTH_WIDE if width >= _WIDE else _KIND_WIDTH, len(kind))
        sign = glyph(record, today)
        ready = isinstance(record, FollowUp) and has_come(self._book, record)
        style = {"> ": "given", "< ": "received"}.get(sign, "strong" if ready else "")
        before = [
            (fit(tell_day(item.date, today), _DATE_WIDTH) + (STEP if ready else " "), "strong" if ready else "quiet"),
            (sign, style),
            (fit(kind, kind_width) + "  ", "strong" if ready else ""),
        ]
        rest = max(0, width - _DATE_WIDTH - kind_width - 5)
        return [*before, (fit(text_told(self._book, record, self.contact), rest), "")]

    def show_contact(self, uid: str | None, *, stay_on: str | None = None) -> None:
        """Show the timeline of another contact, from its newest entry, or the same one's anew."""
        if uid != self.contact:
            self.marks.clear()
            self.cursor = 0
            self.scroll_to(y=0, animate=False, force=True)
        self.contact = uid
        person = None if uid is None else self._book.get("contacts", uid)
        self.empty = _empty(person) if isinstance(person, Contact) else _NOBODY
        entries: Sequence[Entry] = () if uid is None or person is None else self._book.timeline(uid)
        self.keep_marks(entry.uid for entry in entries)
        self.show(entries, stay_on=stay_on)
        self.refresh_title()

    def _title(self, person: Contact | None) -> Content:
        if person is None:
            return Content("Timeline")
        reading = self._book.warmth(person.uid)
        parts = [
            clean_line(person.name),
            "archived" if person.archived else "",
            f"{len(self.marks)} marked" if self.marks else "",
            person.circle or "",
            tell_cadence(reading.cadence_days) if reading.cadence_days is not None else "",
        ]
        told = ""
        for part in filter(None, parts):
            longer = f"{told} · {part}" if told else part
            if told and cell_len(longer) > self.size.width - 4:
                break
            told = longer
        return Content(told)

    def on_resize(self) -> None:
        """Fit rows and title to the new width."""
        super().on_resize()
        self.refresh_title()

    def refresh_title(self) -> None:
        """Say in the frame around whose timeline it is, and how many entries are marked."""
        person = None if self.contact is None else self._book.get("contacts", self.contact)
        if isinstance(self.parent, Widget):
            entitle(self.parent, self._title(person if isinstance(person, Contact) else None))


def kind_told(record: Record) -> str:
    """Return the word for what a record is, with its size where that is not the normal one."""
    match record:
        case Interaction():
            return str(record.kind)
        case Exchange():
            return str(record.kind) if record.size is Size.NORMAL else f"{record.kind} {_SIZES[record.size]}"
        case FollowUp():
            return "done" if record.done_on is not None else "follow-up"
        case Ask():
            return str(record.kind)
        case Introduction():
            return "introduction"
        case _:
            return ""


_SIZES = {Size.SMALL: "-", Size.NORMAL: "", Size.BIG: "+"}


def text_told(book: Book, record: Record, contact: str | None) -> str:
    """Return what a record was about, on one line; an interaction tells who else was there."""
    match record:
        case Interaction():
            others = [
                first_name(person)
                for uid in record.contacts
                if uid != contact and isinstance(person := book.get("contacts", uid), Contact)
            ]
            beside = f"with {', '.join(others)}" if others else ""
            return " · ".join(filter(None, (clean_line(record.summary), beside)))
        case FollowUp():
            until = in_peace_until(book, record)
            peace = "" if until is None else f"in peace until {tell_day(until, book.today)}"
            return " · ".join(filter(None, (peace, clean_line(record.text))))
        case Exchange():
            return clean_line(record.text)
        case Ask():
            asked = "asks you" if record.direction is AskDirection.INCOMING else ""
            return " · ".join(filter(None, (asked, ask_told(book, record))))
        case Introduction():
            return introduction_told(book, record)
        case _:
            return ""
