"""The list of moves: each with its number, and its reason in the lines below."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.book.open import Book
from relcraft.domain.moves import Move
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit, wrap

NOTHING = "Nothing else asks for you today."
_INDENT = 6


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One line of a move: its title, or a part of its reason; without a move, a line of its own."""

    move: Move | None
    text: str
    number: int = 0
    """Of the move, from 1, on the line with its title; 0 on others."""


class MoveList(RowList[MoveLine]):
    """Moves as rows. The cursor stands on titles."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="moves", empty=NOTHING)
        self._book = book
        self._moves: Sequence[Move] = ()
        self._beginnings: Sequence[str] = ()

    def key_of(self, item: MoveLine) -> str:
        """A title is known by its move, any other line by nothing that a cursor could stand on."""
        return item.move.key if item.move is not None and item.number else ""

    def can_select(self, item: MoveLine) -> bool:
        """The cursor stands on titles."""
        return item.number > 0

    def draw(self, item: MoveLine, width: int) -> Pieces:
        """Return the number and the title, or a line of the reason."""
        if item.number:
            return [(f"{item.number:>2}  ", "quiet"), (fit(item.text, max(0, width - 4)), "strong")]
        return [(fit(item.text, width), "quiet")]

    @property
    def move(self) -> Move | None:
        """The move under the cursor."""
        return None if self.current is None else self.current.move

    def show_moves(self, moves: Sequence[Move], beginnings: Sequence[str] = ()) -> None:
        """Show other moves, and below them what a young book could have next; the cursor stays on its move."""
        self._moves, self._beginnings = moves, beginnings
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew, for the width that there is."""
        lines: list[MoveLine] = []
        width = max(10, self.size.width - 4 - _INDENT)
        for number, move in enumerate(self._moves, 1):
            lines.append(MoveLine(move, move.title, number))
            lines += [MoveLine(move, " " * _INDENT + line) for line in wrap(move.reason, width)]
            lines.append(MoveLine(None, ""))
        lines.append(MoveLine(None, f"    {NOTHING}"))
        for sentence in self._beginnings:
            lines.append(MoveLine(None, ""))
            lines += [MoveLine(None, f"    {line}") for line in wrap(sentence, width)]
        self.show(lines, stay_on=None if self.move is None else self.move.key)

    def on_resize(self) -> None:
        """Fit the reasons to the new width."""
        self.lay_out()
