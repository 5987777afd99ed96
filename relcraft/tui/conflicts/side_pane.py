"""The two sides of one conflict, beside each other or (where that is narrow) above each other."""

from collections.abc import Iterator, Sequence

from relcraft.book.open import Book
from relcraft.book.sides import Difference, Said, Sides, count_with_nobody_else
from relcraft.domain.dates import tell_when
from relcraft.domain.records import Contact, Date
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.sync.copies import Copy
from relcraft.tui.laid_out import LaidOutPane
from relcraft.tui.rows import Pieces
from relcraft.tui.signs import fit, wrap

NEW = "+ "
"""Stands before what one side alone says."""
_OLD = "  "
_NOTHING = "-"
_WHICH = "Here is what stands in the book, there the version that waits beside it."
_BESIDE_FROM = 70
"""From so many cells on the sides stand beside each other."""
_LABEL, _SIDE = 18, 7
_GAP = 2
_LEAST = 10
_WHOLE_UP_TO = 8
"""Of a field with more lines, those that both sides say are counted."""

Line = tuple[str, str]
"""A line of one side, and its style."""


class SidePane(LaidOutPane):
    """What each side says where they differ. With the focus, its lines can be gone through."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="sides")
        self._book = book
        self._shown: Sides | Copy | None = None

    @property
    def sides(self) -> Sides | None:
        """The conflict that is shown; None where none is."""
        return self._shown if isinstance(self._shown, Sides) else None

    def show_one(self, one: Sides | Copy | None) -> None:
        """Show another conflict, or a copy; of another one than before, from the top."""
        another = _name(one) != _name(self._shown)
        self._shown = one
        self.lay_out(from_the_top=another)

    def lines_for(self, width: int) -> Iterator[Pieces]:
        """Return what each side says."""
        return _lines_of(self._book, self._shown, width)


def _name(one: Sides | Copy | None) -> str:
    return one.uid if isinstance(one, Sides) else "" if one is None else str(one.path)


def _lines_of(book: Book, one: Sides | Copy | None, width: int) -> Iterator[Pieces]:
    match one:
        case None:
            return
        case Sides():
            yield from _conflict(book, one, width)
        case _:
            for sentence in (clean_line(one.name), one.told, "enter shows what it would bring, and brings it in."):
                yield from ([(line, "")] for line in wrap(sentence, width))
                yield []


def _conflict(book: Book, sides: Sides, width: int) -> Iterator[Pieces]:
    if sides.trouble:
        yield from ([(line, "")] for line in wrap(f"{sides.trouble} It can be dropped.", width))
        return
    both = sides.here is not None and sides.there is not None
    here, there = _heads(sides, book.today)
    yield from ([(line, "quiet")] for line in wrap(_WHICH, width))
    yield []
    if both and width >= _BESIDE_FROM:
        column = (width - _LABEL - _GAP) // 2
        heads = (fit(f"Here: {here}", column + _GAP), "quiet"), (fit(f"There: {there}", column), "quiet")
        yield [(" " * _LABEL, ""), *heads]
        told = (_beside(difference, column) for difference in sides.differences)
    else:
        for head in (f"Here: {here}", f"There: {there}"):
            yield from ([(line, "quiet")] for line in wrap(head, width))
        told = (_above(each, width) if both else _single(each, width) for each in sides.differences)
    for sentence in _worth_knowing(book, sides):
        yield from ([(line, "")] for line in wrap(sentence, width))
    yield []
    for lines in told:
        yield from lines


def _heads(sides: Sides, today: Date) -> tuple[str, str]:
    """Return what became of the record on each side, and when."""
    here = "deleted" if sides.here is None else f"changed {_when(sides.here_on, today)}"
    there = f"{'deleted' if sides.there is None else 'changed'} {_when(sides.there_on, today)}"
    if sides.times is None:
        return here, there
    return f"{here} at {sides.times[0]}", f"{there} at {sides.times[1]}"


def _when(day: Date | None, today: Date) -> str:
    return "on a day that nobody noted" if day is None else tell_when(day, today)


def _worth_knowing(book: Book, sides: Sides) -> Iterator[str]:
    """Yield what is to be known before a side is taken."""
    if sides.here is None and sides.there is None:
        yield "It is deleted on both sides."
    elif sides.here is not None and sides.there is not None and not sides.differences:
        yield "By now both sides say the same."
    elif sides.there is None and isinstance(sides.here, Contact):
        going = count_with_nobody_else(book, sides.here.uid)
        if going:
            entries = "1 entry" if going == 1 else f"{going} entries"
            yield f"Deleting this person takes along {entries} with nobody else."


def _beside(difference: Difference, column: int) -> Iterator[Pieces]:
    """Yield a field with its sides in two columns."""
    ours, theirs = (_side(said, column) for said in (difference.here, difference.there))
    labels = wrap(_label(difference), _LABEL - _GAP)
    for place in range(max(len(ours), len(theirs), len(labels))):
        label = labels[place] if place < len(labels) else ""
        cells = [(side[place] if place < len(side) else ("", "")) for side in (ours, theirs)]
        yield [
            (fit(label, _LABEL), "quiet"),
            (fit(cells[0][0], column), cells[0][1]),
            (" " * _GAP, ""),
            (fit(cells[1][0], column), cells[1][1]),
        ]
    yield []


def _single(difference: Difference, width: int) -> Iterator[Pieces]:
    """Yield a field of the one side that there is."""
    lines = [line for said in difference.here or difference.there for line in wrap(said.text, max(1, width - _LABEL))]
    labels = wrap(difference.field, _LABEL - _GAP)
    for place in range(max(len(lines), len(labels))):
        label, line = (side[place] if place < len(side) else "" for side in (labels, lines))
        yield [(fit(label, _LABEL), "quiet"), (line, "")]


def _above(difference: Difference, width: int) -> Iterator[Pieces]:
    """Yield a field with one side above the other."""
    yield from ([(line, "strong")] for line in wrap(_label(difference), width))
    for name, said in (("here", difference.here), ("there", difference.there)):
        for place, (line, style) in enumerate(_side(said, max(_LEAST, width - _SIDE))):
            yield [(fit("" if place else name, _SIDE), "quiet"), (line, style)]
    yield []


def _label(difference: Difference) -> str:
    return f"{difference.field}, in another order" if difference.same_words else difference.field


def _side(lines: Sequence[Said], width: int) -> list[Line]:
    """Return what one side says, in lines of at most `width` cells; what it alone says is marked."""
    if not lines:
        return [(f"{_OLD}{_NOTHING}", "quiet")]
    told = [said for said in lines if said.alone] if len(lines) > _WHOLE_UP_TO else lines
    made = []
    for said in told:
        for place, line in enumerate(wrap(said.text, max(1, width - len(NEW)))):
            sign = NEW if said.alone and not place else _OLD
            made.append((sign + line, "strong" if said.alone else ""))
    if len(told) < len(lines):
        made.append((f"{_OLD}and {tell_count(len(lines) - len(told), 'line')} that both sides say", "quiet"))
    return made
