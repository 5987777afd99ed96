"""The lines of one goal: its asks and who could help; once it has ended, how, and the people who led there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from relcraft.book.goals import asks_of, untold
from relcraft.book.goals_told import part_in, stands
from relcraft.book.open import Book
from relcraft.book.supporters import Supporter
from relcraft.domain.asking import tell_ask
from relcraft.domain.records import Ask, Contact, Goal
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, GoalState
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Registry
from relcraft.tui.rows import Pieces
from relcraft.tui.signs import fit, wrap
from relcraft.tui.telling import with_keys

_INDENT = "  "
_NAME = 18
_NAME_WIDE = 22
_HEARD = 9
_WIDE = 90
"""From so many cells on, names and the room to ask have columns of their own."""
_NO_ASK = "None yet: enter on somebody below drafts one."
_NO_ASK_NOR_HELPER = "None yet: {ask} drafts one."
_NO_HELPER = (
    "Nobody comes to mind from what is noted so far: what people can offer, where they work, whom you talk to. "
    "{tab-paths} looks for a path to a person or an organisation."
)


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """One line, laid out for the width that there is."""

    pieces: Pieces = ()
    key: str = ""
    """What the cursor stands on; empty on lines where it does not stand."""
    contact: str | None = None
    """The uid of whom the line is about."""
    ask: Ask | None = None
    helper: bool = False
    """Whether the contact is one of those who could help."""
    in_chain: bool = False
    """Whether the contact is one of those who led to a reached goal."""


@dataclass(frozen=True, slots=True)
class GoalLines:
    """Lays a goal out in lines of `width` cells."""

    book: Book
    goal: Goal
    width: int
    registry: Registry = REGISTRY

    def all(self, helpers: Sequence[Supporter]) -> Iterator[GoalEntry]:
        """Yield every line; `helpers` stand below the asks of an open goal."""
        if self.goal.state is GoalState.OPEN:
            yield from self._asks(_NO_ASK if helpers else _NO_ASK_NOR_HELPER)
            yield GoalEntry()
            yield from self._helpers(helpers)
            return
        ended = stands(self.goal, self.book.today, fully=True)
        told = ": ".join(filter(None, (ended[:1].upper() + ended[1:], clean_line(self.goal.outcome))))
        yield from (GoalEntry(((line, "strong"),)) for line in wrap(told, self.width))
        yield GoalEntry()
        if self.goal.state is GoalState.REACHED:
            yield from self._chain()
        yield from self._asks("None.")

    @property
    def _is_wide(self) -> bool:
        return self.width >= _WIDE

    @property
    def _name_width(self) -> int:
        return _NAME_WIDE if self._is_wide else _NAME

    def _heading(self, text: str) -> GoalEntry:
        return GoalEntry(((fit(text, self.width), "heading"),))

    def _hint(self, text: str) -> Iterator[GoalEntry]:
        for line in wrap(with_keys(self.registry, text), max(1, self.width - len(_INDENT))):
            yield GoalEntry(((_INDENT + line, "quiet"),))

    def _row(self, about: GoalEntry, name: str, word: str, *parts: str, style: str = "") -> Iterator[GoalEntry]:
        """Yield a name, a word in its column where it has one, and a text of parts that goes on below where it must."""
        before = (_INDENT, ""), (fit(name, self._name_width) + " ", "strong"), (word, "quiet")
        room = len(_INDENT) + self._name_width + 1 + len(word)
        rest = max(1, self.width - room)
        first, *more = _joined(parts, rest)
        yield replace(about, pieces=(*before, (fit(first, rest), style)))
        for line in more:
            yield GoalEntry(((" " * room, ""), (fit(line, rest), style)))

    def _asks(self, none: str) -> Iterator[GoalEntry]:
        asks = asks_of(self.book, self.goal.uid)
        yield self._heading("Asks that serve it")
        for ask in asks:
            yield from self._ask(ask)
        if not asks:
            yield from self._hint(none)

    def _ask(self, ask: Ask) -> Iterator[GoalEntry]:
        contact = self.book.get("contacts", ask.contact)
        known = contact if isinstance(contact, Contact) else None
        incoming = "asks you · " if ask.direction is AskDirection.INCOMING else ""
        about = GoalEntry(key=ask.uid, contact=None if known is None else known.uid, ask=ask)
        name = "somebody" if known is None else clean_line(known.name)
        what = clean_line(ask.what)
        yield from self._row(about, name, "", f"{incoming}{ask.kind}{': ' if what else ''}{what}")
        called = "they" if known is None else first_name(known)
        standing = tell_ask(ask, called, self.book.today, self.book.rules.patience)
        yield from self._row(GoalEntry(), "", "", standing, style="quiet")

    def _helpers(self, helpers: Sequence[Supporter]) -> Iterator[GoalEntry]:
        yield self._heading("Who could help")
        room = max((len(helper.room.kind) for helper in helpers), default=0) + 2
        for helper in helpers:
            about = GoalEntry(key=helper.contact, contact=helper.contact, helper=True)
            name = clean_line(self.book.contact(helper.contact).name)
            if self._is_wide:
                yield from self._row(about, name, fit(helper.room.kind, room), *helper.reasons)
            else:
                yield from self._row(about, name, "", *helper.reasons, str(helper.room.kind))
        if not helpers:
            yield from self._hint(_NO_HELPER)

    def _chain(self) -> Iterator[GoalEntry]:
        people = [uid for uid in self.goal.chain if isinstance(self.book.get("contacts", uid), Contact)]
        if not people:
            return
        yield self._heading("Who led there")
        waiting = untold(self.goal)
        for uid in people:
            about = GoalEntry(key=f"chain:{uid}", contact=uid, in_chain=True)
            heard = fit("to tell" if uid in waiting else "told", _HEARD)
            yield from self._row(
                about, clean_line(self.book.contact(uid).name), heard, part_in(self.book, self.goal, uid)
            )
        yield GoalEntry()


def _joined(parts: Iterable[str], width: int) -> list[str]:
    """Return parts in lines of at most `width` cells, broken between parts where that goes; at least one line."""
    lines = [""]
    for part in filter(None, parts):
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines[len(lines) - (not lines[-1]) :] = wrap(part, width)
    return lines
