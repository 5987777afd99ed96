"""The list of ways: each as a chain of people, with its weakest link and what else to know in the lines below."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.book.open import Book
from relcraft.book.ways import tell_way
from relcraft.domain.paths import Way
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit, wrap

_INDENT = 4


@dataclass(frozen=True, slots=True)
class WayLine:
    """One line of a way; without a way, an empty one."""

    way: Way | None = None
    text: str = ""
    leads: bool = False
    """Whether it is the first line of its way: the cursor stands on that."""
    chain: bool = False
    """Whether it is of the chain, and not of what is said about it."""


class WayList(RowList[WayLine]):
    """Ways as rows. The cursor stands on the first line of each."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="ways")
        self._book = book
        self._in_words: Sequence[tuple[Way, Sequence[str]]] = ()

    def key_of(self, item: WayLine) -> str:
        """A way is known by its people, in their order."""
        return "\n".join(item.way.people) if item.way is not None and item.leads else ""

    def can_select(self, item: WayLine) -> bool:
        """The cursor stands on the first line of a way."""
        return item.leads

    def draw(self, item: WayLine, width: int) -> Pieces:
        """Return the line."""
        return [(fit(item.text, width), "strong" if item.chain else "quiet")]

    @property
    def way(self) -> Way | None:
        """The way under the cursor."""
        return None if self.current is None else self.current.way

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show other ways; the cursor stays on its way, else on its place."""
        self._in_words = [(way, tell_way(self._book, way)) for way in ways]
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew, for the width that there is."""
        width = max(10, self.size.width - 3)
        lines: list[WayLine] = []
        for way, (chain, *said) in self._in_words:
            first, *more = _wrapped(chain, width)
            lines.append(WayLine(way, first, leads=True, chain=True))
            lines += [WayLine(way, line, chain=True) for line in more]
            lines += [WayLine(way, line) for sentence in said for line in _indented(sentence, width)]
            lines.append(WayLine())
        self.show(lines[:-1], stay_on=None if self.current is None else self.key_of(self.current))

    def on_resize(self) -> None:
        """Fit the chains to the new width."""
        self.lay_out()


def _wrapped(chain: str, width: int) -> list[str]:
    """Return a chain on one line where it fits; else what goes on stands further in."""
    lines = wrap(chain, width)
    return lines if len(lines) == 1 else [lines[0], *_indented(chain[len(lines[0]) :].strip(), width)]


def _indented(text: str, width: int) -> list[str]:
    return [" " * _INDENT + line for line in wrap(text, max(1, width - _INDENT))]
