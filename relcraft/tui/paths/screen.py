"""The Paths screen: whom to ask for a way to a person or an organisation, and what that way rests on."""

from collections.abc import Container, Mapping, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container as Box
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from relcraft.book.first_ask import first_ask
from relcraft.book.ways import Target, find_target, tell_way, ways
from relcraft.domain.errors import BadInput
from relcraft.domain.paths import MOST_LINKS, Way
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.tui.adding import AwayTab
from relcraft.tui.commands import REGISTRY
from relcraft.tui.offers import Offers
from relcraft.tui.paths.links import LinkPane
from relcraft.tui.paths.target import Offer, TargetLine, offers_for
from relcraft.tui.paths.way_list import WayList
from relcraft.tui.registry import key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.tabs import TABS
from relcraft.tui.telling import entitle, errors_told, tell

_CALM = (
    "Whom would you like to reach? Name a person or an organisation, and you see up to three ways there: whom you "
    "would ask first, through whom it goes, and the weakest link by name.\n\n"
    "Ways follow from what you note: who met whom with you, who introduced whom, and who knows whom ({tie})."
)
_UNKNOWN = (
    'Nobody and no organisation in the book answers to "{text}".\n\n'
    "Somebody you know may know them. On People, {new} adds the person as a contact; {tie} notes who knows them; then "
    "the way is here. Or ask somebody close whom they know: {ask} drafts that."
)
_NO_WAY = (
    "No way of at most {most} links leads to {name} yet.\n\n"
    "{tie} notes who knows whom. Or ask somebody close whom they know there: {ask} drafts that."
)
_TYPING = "enter takes what is marked   ↑↓ another   esc back"
_TYPED_IN_VAIN = "enter leaves the line, so that these keys work   esc clears it"
_UNTYPED = "esc back"


class PathsScreen(AwayTab):
    """One line to type in, the ways to what was taken, and the links of the one under the cursor."""

    TAB = "tab-paths"
    AUTO_FOCUS = "#target"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "paths.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("paths")]

    _target: Target | None = None
    _unknown = ""
    """What was typed and answered by nothing."""
    _offered: Sequence[Offer] = ()
    _ways_told = 0
    _asked_to_show: str | None = None

    def body(self) -> ComposeResult:
        """Lay out the line, its offers, the ways and their links."""
        with Horizontal(id="to"):
            yield Static("To", markup=False)
            yield TargetLine(self._passing())
        with Box(id="paths"):
            yield Offers()
            with Box(id="found"):
                yield WayList(self.book)
                yield LinkPane(self.book)

    def _passing(self) -> Mapping[str, str]:
        """Return the keys that lead to other tabs, each with its command."""
        return {key: tab for tab in (*TABS, "next-tab", "previous-tab") for key in self.registry[tab].keys}

    def on_mount(self) -> None:
        """Show what another screen asked for before this one was there."""
        super().on_mount()
        if self._asked_to_show is not None:
            self.show_target(self._asked_to_show)

    # What a tab says

    @property
    def line(self) -> TargetLine:
        """The line to type in."""
        return self.query_one(TargetLine)

    @property
    def home(self) -> WayList:
        """The ways."""
        return self.query_one(WayList)

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "paths"

    @property
    def typing(self) -> bool:
        """Whether a line is open; it tells its own keys."""
        return super().typing or self.line.has_focus

    @property
    def senseless(self) -> Container[str]:
        """The frame tells what enter does with a way; without one there is nobody to open."""
        return {"open"} if self.people() else {"open", "open-contact"}

    def parts(self) -> Sequence[Widget]:
        """Return the line and the ways."""
        return [self.line, self.home]

    def people(self) -> Sequence[str]:
        """Return the first person of the way under the cursor, else whom the way is to lead to."""
        way = self.home.way
        uid = way.people[0] if way is not None else None if self._target is None else self._target.contact
        return [uid] if uid is not None and self.book.get("contacts", uid) is not None else []

    def refill(self) -> None:
        """Show what is so now."""
        if self._target is not None and self._target.contact is not None:
            self._target = self._target if self.book.get("contacts", self._target.contact) is not None else None
        found = [] if self._target is None else ways(self.book, self._target)
        self._ways_told = len(found)
        self.home.empty = self._empty_told()
        self.home.show_ways(found)
        self._show_links()
        if self._offered:
            self._offer(self.line.value)
        self._entitle()

    def _empty_told(self) -> str:
        keys = {name: key_shown(self.registry[each].keys[0]) for name, each in _KEYS.items()}
        if self._unknown:
            return _UNKNOWN.format(text=self._unknown, **keys)
        if self._target is None:
            return _CALM.format(**keys)
        return _NO_WAY.format(name=self._target.name, most=MOST_LINKS, **keys)

    def _entitle(self) -> None:
        count = "No way" if not self._ways_told else tell_count(self._ways_told, "way")
        title = "Paths" if self._target is None else f"{count} to {self._target.name}"
        entitle(self.home, Content(title))
        if self.line.has_focus:
            told = _TYPING if self._offered else _TYPED_IN_VAIN if self._unknown else _UNTYPED
        elif self.home.way is not None:
            told = f"{key_shown(self.registry['open'].keys[0])} draft the ask to the first one"
        else:
            told = self.registry.told("path-target")
        self.home.border_subtitle = Content(told)

    def show_place(self) -> None:
        """Tell the keys of the line while one types in it; offer nothing when one does not."""
        super().show_place()
        if self.query(WayList):
            if not self.line.has_focus:
                self._withdraw()
            self._entitle()

    @on(RowList.Highlighted)
    def _show_links(self) -> None:
        self.query_one(LinkPane).show_way(self.home.way)

    # The line

    def show_target(self, text: str) -> None:
        """Show the ways to the person or organisation that `text` names; where it names several, offer them."""
        if not self.query(WayList):
            self._asked_to_show = text
            return
        self._asked_to_show = None
        named = find_target(self.book, text)
        if len(named) == 1:
            self._take(named[0])
            return
        self._forget()
        self.line.value = clean_line(text)
        self.set_focus(self.line)

    def action_path_target(self) -> None:
        """Type whom to reach."""
        self.line.asked_for = True
        self.set_focus(self.line)
        self.line.action_select_all()

    @on(Input.Changed, "#target")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.line.has_focus and (self._target is None or event.value != self._target.name):
            self._offer(event.value)

    def _offer(self, text: str) -> None:
        """Offer what `text` could mean; where that is nothing, say so in the place of the ways."""
        self._offered = offers_for(self.book, text)
        offers = self.query_one(Offers)
        offers.offer(offer.shown for offer in self._offered)
        offers.set_class(bool(self._offered), "-holds")
        unknown = "" if self._offered else clean_line(text)
        if unknown != self._unknown:
            self._unknown = unknown
            self._target = None if unknown else self._target
            self.refill()
        self._entitle()

    def _withdraw(self) -> None:
        self._offered = ()
        self.query_one(Offers).remove_class("-holds")

    @on(TargetLine.Passed)
    async def _go_on(self, event: TargetLine.Passed) -> None:
        await self.relcraft.run_command(event.command_id)

    @on(TargetLine.Marked)
    def _mark(self, event: TargetLine.Marked) -> None:
        self.query_one(Offers).move(event.by)

    @on(Input.Submitted, "#target")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        marked = self.query_one(Offers).highlighted
        if self._offered and marked is not None:
            self._take(self._offered[marked].target)
        elif clean_line(event.value):
            self.set_focus(self.home)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(self._offered[event.option_index].target)

    def _take(self, target: Target) -> None:
        """Show the ways to a target."""
        self._target, self._unknown = target, ""
        self._withdraw()
        self.line.value = target.name
        self.home.cursor = 0
        self.set_focus(self.home)
        self.refill()
        self.show_place()

    def _forget(self) -> None:
        self._target, self._unknown = None, ""
        self.refill()

    @on(TargetLine.Left)
    def _leave_line(self) -> None:
        """Go back one level: to the ways; where there are none, out of what was typed; then to People."""
        if self._target is not None:
            self.line.value = self._target.name
            self.set_focus(self.home)
        elif self.line.value:
            self.line.value = ""
        else:
            self.relcraft.open_tab("tab-people")

    # Keys

    def _way(self) -> Way:
        way = self.home.way
        if way is None:
            raise BadInput(f"There is no way here yet: {self.registry.told('path-target')}.")
        return way

    @on(RowList.Selected)
    def _draft(self) -> None:
        with errors_told(self):
            self.open_composer(first_ask(self.book, self._way()))

    def action_copy_here(self) -> None:
        """Copy the way under the cursor, in words. Raises `BadInput` where there is none."""
        told = tell_way(self.book, self._way())
        self.app.copy_to_clipboard("\n".join(told))
        tell(self, f"Copied: {told[0]}")


_KEYS = {"tie": "tie", "new": "new-contact", "ask": "ask"}
"""The commands that the sentences name, by their place in them."""
