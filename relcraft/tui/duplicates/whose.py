"""The question whose that is which waits to be placed: a number takes one of those whom it may be about."""

from relcraft.book.open import Book
from relcraft.book.placing import Waiting, told
from relcraft.domain.text import clean_line
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.duplicates.both_pane import told_shortly

NEW = "new"
"""The answer: somebody who is not in the book yet."""
_NUMBERS = "123456789"
_NEW_KEY = "n"
_MOST_LINES = 4


def whose(book: Book, one: Waiting) -> ChoicePicker:
    """Return the question, which is answered with the uid of a contact, or `NEW`."""
    choices = [(uid, told_shortly(book, uid)) for uid in one.choices[: len(_NUMBERS)]]
    lines = [clean_line(line) for line in told(book, one)][:_MOST_LINES]
    return ChoicePicker(
        f"{one.name}, {one.thing}: whose is it?",
        [*choices, (NEW, "somebody new")],
        lines,
        [*_NUMBERS[: len(choices)], _NEW_KEY],
    )
