"""What a way rests on: each link with its reason, and how it stands with whom one would ask first."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import Static

from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.book.ways import SIGNS, sign_of
from relcraft.domain.paths import Link, Way
from relcraft.tui.signs import wrap

_HOW = {"strong": "strong", "ordinary": "ordinary", "weak": "weak", "hint": "a hint only"}
_LEGEND = "  ".join(f"{sign} {_HOW[name]}" for name, sign in SIGNS.items())
_INDENT = 2


class LinkPane(Static):
    """The links of one way, one below the other."""

    def __init__(self, book: Book) -> None:
        super().__init__("", id="links", markup=False)
        self._book = book
        self._told: Sequence[tuple[str, str]] = ()

    def on_mount(self) -> None:
        """Say what the pane is of, and what the signs mean."""
        self.border_title = Content("Link by link")
        self.border_subtitle = Content(_LEGEND)

    def show_way(self, way: Way | None) -> None:
        """Show another way; nothing where that is None."""
        self._told = () if way is None else list(_told(self._book, way))
        self.display = way is not None
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew, for the width that there is."""
        width = max(10, self.size.width - 1)
        self.update(Content("\n").join(line for sign, text in self._told for line in _hung(sign, text, width)))

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self.lay_out()


def _told(book: Book, way: Way) -> Iterator[tuple[str, str]]:
    """Yield each link's sign with what it rests on, then, without a sign, the room to ask the first person."""
    weakest = way.weakest if len(way.links) > 1 else None
    for link in way.links:
        yield sign_of(link), f"{_called(book, link)}: {link.why}{' · the weakest link' if link is weakest else ''}"
    first = way.people[0]
    found = room(book, first)
    yield "", ""
    yield "", f"To ask {names_of(book, (first,))} · {found.kind}: {found.reason}"


def _called(book: Book, link: Link) -> str:
    names = [names_of(book, (uid,)) if uid else "you" for uid in (link.first, link.second)]
    return " and ".join(names)


def _hung(sign: str, text: str, width: int) -> Iterator[Content]:
    """Yield `text` with a sign before its first line; the others stand as far in."""
    lead = sign
    for line in wrap(text, max(1, width - _INDENT)):
        yield Content.assemble((lead.ljust(_INDENT), "bold"), line)
        lead = ""
