"""The entry strip: the entry under the cursor told whole, at the foot of the timeline where there is room for it."""

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from relcraft.book.naming import ask_told, introduction_told, title_of
from relcraft.book.open import Book
from relcraft.book.promises import in_peace_until
from relcraft.domain.dates import tell_day, tell_day_fully
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Interaction, Introduction, Record
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, Direction, ExchangeKind, Initiator, Size
from relcraft.tui.people.timeline import Timeline, kind_told
from relcraft.tui.signs import wrap

LEAST_LINES = 14
"""How many lines the timeline must have before the strip takes some of them."""
_SHARE = 4
"""The strip takes one line of so many."""
_LEAST_STRIP = 5
_MORE = "enter shows all of it"


class Story(Vertical):
    """The timeline, and below it the strip where there is room."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="story")
        self._book = book

    def compose(self) -> ComposeResult:
        """Lay out the timeline and the strip."""
        yield Timeline(self._book)
        yield EntryStrip()

    def on_resize(self) -> None:
        """Give the strip its share, which stays the same from entry to entry, so that the rows never jump."""
        strip = self.query_one(EntryStrip)
        strip.display = self.size.height >= LEAST_LINES
        strip.styles.height = max(_LEAST_STRIP, self.size.height // _SHARE)

    def on_click(self, event: events.Click) -> None:
        """Go to the entry that is told in the strip; a double click opens it."""
        if isinstance(event.widget, EntryStrip):
            timeline = self.query_one(Timeline)
            timeline.focus()
            if event.chain == 2:
                timeline.call_later(timeline.action_open)  # said by us, the parent, it would not be heard further up

    def show_entry(self) -> None:
        """Tell the entry under the cursor, as it is now."""
        timeline = self.query_one(Timeline)
        record = timeline.record()
        lines = [] if record is None else list(entry_told(self._book, record, timeline.contact))
        self.query_one(EntryStrip).show(lines)


class EntryStrip(Widget):
    """Lines of text, wrapped; where they are more than fit, the last says how to see the rest."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"entry--head", "entry--quiet"}  # noqa: RUF012  # Textual reads it from the class
    DEFAULT_CSS = """
    EntryStrip {
        display: none;
        border-top: solid $frame;
        padding: 0 1;
        & > .entry--head { text-style: bold; }
        & > .entry--quiet { color: $quiet; text-style: $quiet-style; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str]] = []

    def show(self, lines: list[tuple[str, str]]) -> None:
        """Show these lines, each with the name of its style ("head", "quiet" or "")."""
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render(self) -> Content:
        """Return the lines that fit."""
        width, room = self.content_size.width, self.content_size.height
        wrapped = [(line, style) for text, style in self._lines for line in wrap(text, max(1, width))]
        if len(wrapped) > room > 0:
            wrapped = [*wrapped[: room - 1], (_MORE, "quiet")]
        styles = {"": ""} | {name: self.get_visual_style(f"entry--{name}") for name in ("head", "quiet")}
        return Content("\n").join(Content.styled(line, styles[style]) for line, style in wrapped)


def entry_told(book: Book, record: Record, contact: str | None) -> Iterator[tuple[str, str]]:
    """Yield what an entry holds as lines, each with the name of its style; fields that hold nothing are left out."""
    match record:
        case Interaction():
            yield from _interaction_told(book, record, contact)
        case Exchange():
            yield from _exchange_told(book, record)
        case FollowUp():
            yield from _follow_up_told(book, record)
        case Ask():
            yield from _ask_told(book, record)
        case Introduction():
            yield from _introduction_told(book, record)
        case _:
            return


def _head(record: Interaction | Exchange | FollowUp, book: Book, *rest: str) -> tuple[str, str]:
    day, near = tell_day_fully(record.date), tell_day(record.date, book.today)
    told = f"{day}, {near}" if near in ("today", "yesterday", "tomorrow") else day
    return " · ".join(filter(None, (told, *rest))), "head"


def _interaction_told(book: Book, record: Interaction, contact: str | None) -> Iterator[tuple[str, str]]:
    began = {Initiator.ME: "you began", Initiator.THEM: "they began", Initiator.BOTH: ""}[record.initiator]
    at = "" if record.time is None else f"{record.time:%H:%M}"
    planned = "planned" if record.date > book.today else ""
    yield _head(record, book, at, kind_told(record), planned, began)
    people = [book.get("contacts", uid) for uid in record.contacts if uid != contact]
    names = ", ".join(clean_line(person.name) for person in people if isinstance(person, Contact))
    if names:
        yield f"with {names}", "quiet"
    yield from _text(record.summary)
    if record.tags:
        yield " ".join(f"#{clean_line(tag)}" for tag in record.tags), "quiet"


def _exchange_told(book: Book, record: Exchange) -> Iterator[tuple[str, str]]:
    size = "" if record.size is Size.NORMAL else f"{record.size} help"
    kind = "" if record.kind is ExchangeKind.OTHER else f"{record.kind} "
    yield _head(record, book, f"{kind}{record.direction}", size)
    yield from _text(record.text)
    if record.gains:
        helper = "they" if record.direction is Direction.RECEIVED else "you"
        yield f"{helper} {', '.join(record.gains)}", "quiet"
    if record.thanked_on is not None:
        yield f"thanked on {tell_day_fully(record.thanked_on)}", "quiet"
    if record.outcome_told_on is not None:
        yield f"outcome told on {tell_day_fully(record.outcome_told_on)}", "quiet"
    yield from _origin(book, record.interaction)


def _follow_up_told(book: Book, record: FollowUp) -> Iterator[tuple[str, str]]:
    done = "" if record.done_on is None else f"done on {tell_day_fully(record.done_on)}"
    until = in_peace_until(book, record)
    peace = "" if until is None else f"in peace until {tell_day_fully(until)}"
    yield _head(record, book, "follow-up", done or peace)
    yield from _text(record.text)
    yield from _origin(book, record.interaction)


def _ask_told(book: Book, record: Ask) -> Iterator[tuple[str, str]]:
    way = "ask for" if record.direction is AskDirection.OUTGOING else "asked of you:"
    by = "" if record.channel is None else f"by {record.channel}"
    chance = "" if record.chance is None else f"chance {record.chance // 10} of 10"
    yield " · ".join(filter(None, (f"{way} {record.kind}", by, chance))), "head"
    yield ask_told(book, record), ""
    for label, text in (
        ("why", record.why_them),
        ("in it for them", record.in_it_for_them),
        ("easy way out", record.easy_way_out),
    ):
        if clean_line(text):
            yield f"{label}: {clean_line(text)}", "quiet"
    yield ", ".join(f"{step.state} {tell_day(step.date, book.today)}" for step in record.steps), "quiet"


def _introduction_told(book: Book, record: Introduction) -> Iterator[tuple[str, str]]:
    yield title_of(book, record), "head"
    yield introduction_told(book, record), ""
    yield from _text(record.outcome)
    yield ", ".join(f"{step.state} {tell_day(step.date, book.today)}" for step in record.steps), "quiet"


def _text(text: str) -> Iterator[tuple[str, str]]:
    if clean_line(text):
        yield text.strip(), ""


def _origin(book: Book, interaction: str | None) -> Iterator[tuple[str, str]]:
    """Say in which interaction it took place."""
    record = None if interaction is None else book.get("interactions", interaction)
    if isinstance(record, Interaction):
        yield f"from the {title_of(book, record)} on {tell_day_fully(record.date)}", "quiet"
