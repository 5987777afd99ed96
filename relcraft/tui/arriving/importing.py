"""The import screen: choose a file, see what it would do, do it; nothing is written before that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from relcraft.book.importing import ImportPlan, ImportsOther, keep_import, plan_import
from relcraft.book.mine import chosen, is_among, known_me, myself
from relcraft.book.open import Book
from relcraft.domain.errors import RelcraftError
from relcraft.domain.incoming import NOBODY, How, Myself, Row
from relcraft.formats.others import other_formats
from relcraft.formats.reading import Look, Progress, read_paths
from relcraft.formats.tables import FIELDS, Column
from relcraft.tui.arriving.paths import Offer, common_beginning, downloads, is_there, meant, offers, typed
from relcraft.tui.arriving.report import details, summary
from relcraft.tui.inputs import LineInput
from relcraft.tui.telling import keyed
from relcraft.tui.waits import count_soon, pairs_told

_SHOWN_DETAILS = 200
_HOW_TO_WIDTH = 56
_COLUMN = re.compile(r"([^=]+)=([a-z_ ]*)(?:,|$)")
"""What a column is, said in the line; its header may have commas in it."""
_STEP = 0.01
"""How much further a reading must be before the bar is told."""

HOW_TO = (
    (
        "LinkedIn",
        "Settings & Privacy > Data privacy > Get a copy of your data. The .zip as it comes: people, messages.",
    ),
    (
        "Phone",
        "iPhone: Contacts > Lists > hold a list > Export. Android: Contacts > Fix & manage > Export. A .vcf file.",
    ),
    ("Google", "contacts.google.com > Export: vCard or CSV. Mail: takeout.google.com > Mail, an .mbox file."),
    ("Mail", "An .mbox file or a maildir: who wrote to whom and when, never what. Calendars: .ics files."),
    ("Chats", "WhatsApp: a chat > More > Export chat > without media. A .txt file."),
    ("Others", "Monica (JSON), friends.md, Outlook, Thunderbird, any CSV, LDIF, and folders of all these."),
)
"""The clicks that get the file out of where the people are now."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought."""

    title: str
    added: tuple[str, ...]
    """The uids of the new contacts."""
    to_look_at: bool = False
    """Whether the user wants to see at once who may be there twice, and what waits to be placed."""


class ImportScreen(ModalScreen[Imported | None]):
    """Imports a file or a folder; dismisses what came in, or None."""

    CSS_PATH = "arriving.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("enter", "go_on", "Go on", show=False),
        Binding("S", "look", "The same person?", show=False),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
        Binding("m", "say_columns", "Columns", show=False),
    ]

    class Read(Message):
        """A file was read to its end."""

        def __init__(self, rows: Sequence[Row], origin: str, path: Path, columns: Sequence[Column]) -> None:
            super().__init__()
            self.path = path
            self.columns = columns
            """What the columns of a table were taken for."""
            self.rows = rows
            self.origin = origin

    class WhoAmI(Message):
        """The files cannot be read before it is known who the user is."""

        def __init__(self, look: Look, path: Path) -> None:
            super().__init__()
            self.look = look
            self.path = path

    class Further(Message):
        """A reading came further."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    def __init__(self, book: Book, start: Path | None = None, me: Myself = NOBODY) -> None:
        """`start` is the folder to begin in; `me` is who the user is, as far as their settings say."""
        super().__init__()
        self._me = me
        self._book = book
        self._start = start or downloads()
        self._offers: list[Offer] = []
        self._plan: ImportPlan | None = None
        self._done: Imported | None = None
        self._asked: ImportScreen.WhoAmI | None = None
        """What waits for the user to say who they are in it."""
        self._mine = NOBODY
        """Who the user said that they are."""
        self._read_last: ImportScreen.Read | None = None
        self._columns: dict[str, str] | None = None
        """What the user says that the columns are; None: nothing yet."""
        self._says_columns = False
        """Whether the line is about columns just now."""

    def compose(self) -> ComposeResult:
        """Lay out the path, what it could be, and the report."""
        with Vertical(classes="dialog"):
            yield LineInput(placeholder="a file or a folder", compact=True)
            offered = OptionList(id="offers", markup=False, compact=True)
            offered.can_focus = False
            yield offered
            yield ProgressBar(id="progress", show_eta=False)
            with VerticalScroll(id="report"):
                yield Static("", id="told", markup=False)

    def on_mount(self) -> None:
        """Begin in the downloads folder."""
        self.query_one("#progress").display = False
        self.query_one("#report").can_focus = False
        field = self.query_one(Input)
        field.value = typed(self._start, is_folder=True)
        field.cursor_position = len(field.value)
        self._ask()

    def _window(self, title: str, keys: str) -> None:
        window = self.query_one(".dialog")
        window.border_title = Content(title)
        window.border_subtitle = Content(keys)

    def _ask(self) -> None:
        """Ask for the path."""
        self._plan = None
        self._asked = None
        self._columns = None
        self._says_columns = False
        self._window("Import people", "tab complete   enter look into it   esc leave")
        self.query_one(Input).disabled = False
        self.query_one(Input).focus()
        self._tell(_how_to())
        self._offer()

    def _tell(self, content: Content) -> None:
        self.query_one("#told", Static).update(content)
        self.query_one("#report", VerticalScroll).scroll_home(animate=False)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._wants_a_path:
            self._offer()

    def _offer(self) -> None:
        self._offers = offers(self.query_one(Input).value)
        options = self.query_one("#offers", OptionList)
        options.set_options(Option(_told(offer)) for offer in self._offers)
        options.highlighted = None
        options.display = bool(self._offers)

    def action_complete(self) -> None:
        """Complete the path as far as it is certain."""
        field = self.query_one(Input)
        if self._wants_a_path:
            marked = self.query_one("#offers", OptionList).highlighted
            chosen = self._offers if marked is None else [self._offers[marked]]
            self._type(common_beginning(field.value, chosen))

    def _type(self, text: str) -> None:
        field = self.query_one(Input)
        field.value = text
        field.cursor_position = len(text)

    def action_move(self, by: int) -> None:
        """Mark another file, or scroll the report."""
        if self._plan is not None or self._done is not None:
            self.action_scroll(by)
            return
        options = self.query_one("#offers", OptionList)
        at = -1 if options.highlighted is None else options.highlighted
        if self._offers:
            options.highlighted = min(max(at + by, 0), len(self._offers) - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll the report."""
        self.query_one("#report", VerticalScroll).scroll_relative(y=by, animate=False)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(self._offers[event.option_index])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._asked is not None:
            self._answered(self._asked, event.value)
            return
        if self._says_columns:
            self._columns_said(event.value)
            return
        marked = self.query_one("#offers", OptionList).highlighted
        if marked is not None:
            self._choose(self._offers[marked])
        else:
            self._read(meant(event.value))

    def _choose(self, offer: Offer) -> None:
        if offer.is_folder:
            self._type(typed(offer.path, is_folder=True))
        else:
            self._type(typed(offer.path, is_folder=False))
            self._read(offer.path)

    def _read(self, path: Path) -> None:
        if not is_there(path):
            self._tell(Content(f"{path} is not there: a file or a folder was expected."))
            return
        self._window(f"Reading {path.name or path}", "esc stop")
        self.query_one(Input).disabled = True
        self.query_one("#offers").display = False
        bar = self.query_one("#progress", ProgressBar)
        bar.display = True
        bar.update(total=1.0, progress=0.0)
        self._tell(Content(""))
        how = How(
            me=self._me.joined(known_me(self._book)).joined(self._mine),
            columns=self._columns or {},
            day_first=self._book.rules.customs.day_first,
        )
        self._read_in_the_background(path, how)
        self.focus()

    @work(thread=True, exclusive=True)
    def _read_in_the_background(self, path: Path, how: How) -> None:
        worker = get_current_worker()
        told = 0.0

        def further(progress: Progress) -> None:
            nonlocal told
            if progress.fraction - told >= _STEP:
                told = progress.fraction
                self.post_message(self.Further(progress))

        reading = read_paths([path], on_progress=further, how=how)
        look = reading.look()
        if look.needs_me and not is_among(how.me.joined(look.me), look.likely_mine):
            self.post_message(self.WhoAmI(look, path))
            return
        rows = []
        for row in reading:
            if worker.is_cancelled:
                return
            rows.append(row)
        self.post_message(self.Read(rows, reading.origin, path, look.columns))

    def on_import_screen_who_am_i(self, message: WhoAmI) -> None:
        """Ask which of those in the files the user is."""
        self._asked = message
        self.query_one("#progress").display = False
        self._window("Which of these are you?", "enter go on   esc another file")
        self.query_one(Input).disabled = False
        self._type("1" if message.look.likely_mine else "")
        self.query_one(Input).focus()
        lines = [f"{number:>3}  {one}  ({count:,})" for number, (one, count) in enumerate(message.look.likely_mine, 1)]
        asked = "Numbers, or addresses and names, by commas. That is asked once, and kept in the book.\n\n"
        self._tell(Content(asked + "\n".join(lines)))

    def _answered(self, asked: WhoAmI, answer: str) -> None:
        said = chosen(answer, asked.look.likely_mine)
        if said:
            self._mine = self._mine.joined(myself(said))
            self._asked = None
            self._read_again(asked.path)

    @property
    def _wants_a_path(self) -> bool:
        """Whether the line is for a path just now."""
        return not self.query_one(Input).disabled and self._asked is None and not self._says_columns

    def action_say_columns(self) -> None:
        """Say what the columns of a table are, where the guess is wrong."""
        read = self._read_last
        if self._plan is None or read is None or not read.columns:
            return
        self._says_columns = True
        self._window("What the columns are", "enter read it so   esc another file")
        self.query_one(Input).disabled = False
        self._type(", ".join(f"{one.header}={one.field}" for one in read.columns))
        self.query_one(Input).focus()
        fields = ", ".join(FIELDS)
        samples = "\n".join(f"  {one.header}: {', '.join(one.samples) or 'empty'}" for one in read.columns)
        self._tell(Content(f"HEADER=FIELD, by commas; HEADER= leaves it out. Fields: {fields}.\n\n{samples}"))

    def _columns_said(self, answer: str) -> None:
        read = self._read_last
        if read is not None:
            self._columns = {header.strip(): field.strip() for header, field in _COLUMN.findall(answer)}
            self._says_columns = False
            self._read_again(read.path)

    def _read_again(self, path: Path) -> None:
        """Read what waited for an answer, and put its path back where the answer was given."""
        self._type(typed(path, is_folder=path.is_dir()))
        self._read(path)

    def on_import_screen_further(self, message: Further) -> None:
        """Move the bar."""
        self.query_one("#progress", ProgressBar).update(progress=message.progress.fraction)

    def on_import_screen_read(self, message: Read) -> None:
        """Tell what the import would do."""
        self._read_last = message
        self.query_one("#progress").display = False
        self._plan = plan_import(self._book, message.rows, message.origin)
        keys = "enter import   esc another file" if self._plan.brings else "esc another file"
        if message.columns:
            keys = f"m columns   {keys}"
        self._window("Import people", keys)
        broken = "".join(f"{sentence}\n" for sentence in other_formats()[1])
        told = f"{broken}{message.origin}: nothing is written yet.\n\n"
        self._tell(Content.assemble(told, _report(self._plan, done=False)))

    def action_go_on(self) -> None:
        """Import what was looked at; after that, leave."""
        if self._done is not None:
            self.dismiss(self._done)
        elif self._plan is not None and self._plan.brings:
            self._keep(self._plan)

    def _keep(self, plan: ImportPlan) -> None:
        try:
            keep_import(self._book, plan, self._mine.emails)
        except ImportsOther as error:
            self._plan = error.plan
            self._tell(Content.assemble(f"{error}\n\n", _report(error.plan, done=False)))
            return
        except RelcraftError as error:
            self._tell(Content.assemble(str(error), "\n\nNothing was imported."))
            return
        self._plan = None
        self._done = Imported(plan.title, tuple(contact.uid for contact in plan.added))
        on_from_here = "enter pick those who matter" if self._done.added else "enter go on"
        count_soon(self._book)
        looks = pairs_told(self._book)
        self._window("Import people", f"{on_from_here}   S {looks[0]}" if looks else on_from_here)
        self._tell(
            Content.assemble(
                f"{plan.origin}: imported. {keyed(self, '{undo}')} takes all of it back.\n\n", _report(plan, done=True)
            )
        )

    def action_look(self) -> None:
        """After the import, go on to who may be there twice, and to what waits to be placed."""
        if self._done is not None:
            self.dismiss(replace(self._done, to_look_at=True))

    def action_back(self) -> None:
        """Back to the path; from there, leave."""
        if self._done is not None:
            self.dismiss(self._done)
        elif not self._wants_a_path:
            self.workers.cancel_node(self)
            self.query_one("#progress").display = False
            if self._asked is not None or self._says_columns:  # the line held something else
                path = self._asked.path if self._asked is not None else self._start
                path = self._read_last.path if self._says_columns and self._read_last is not None else path
                self._type(typed(path, is_folder=path.is_dir()))
            self._ask()
        else:
            self.dismiss(None)


def _told(offer: Offer) -> Content:
    return Content.assemble(offer.name, (f"   {offer.holds}" if offer.holds else "", "bold"))


def _how_to() -> Content:
    parts = []
    for place, clicks in HOW_TO:
        lines = wrap(clicks, _HOW_TO_WIDTH)
        parts += [Content.styled(f"{place:<10}", "bold"), Content(f"\n{'':10}".join(lines) + "\n")]
    return Content.assemble("Where the file comes from\n\n", *parts)


def _report(plan: ImportPlan, *, done: bool) -> Content:
    parts = [Content("\n".join(summary(plan, done=done)) + "\n")]
    for heading, rows in details(plan):
        parts.append(Content.styled(f"\n{heading}\n", "bold"))
        parts += [Content(f"  {where}: {why}\n") for where, why in rows[:_SHOWN_DETAILS]]
        if len(rows) > _SHOWN_DETAILS:
            parts.append(
                Content(f"  and {len(rows) - _SHOWN_DETAILS} more: relcraft import --dry-run tells them all\n")
            )
    return Content.assemble(*parts)
