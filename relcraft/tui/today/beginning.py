"""What could come next while the book is young: a line or two below the moves. A book that is in use gets none."""

from collections.abc import Iterator, Sequence
from itertools import islice

from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.domain.records import Ask, Contact, Exchange, Goal, Interaction
from relcraft.tui.registry import Registry, key_shown

_MOST = 2
"""How many lines there are at most: a first step, and perhaps another."""
_YOUNG = 20
"""Below so many interactions and exchanges a book is young."""


def beginnings(book: Book, registry: Registry, *, circle: bool = True) -> Sequence[str]:
    """Return what a young book could have next, the nearest first; empty where all of it is there.

    `circle` is false where a move asks for a circle already.
    """
    return list(islice(_beginnings(book, registry, circle=circle), _MOST))


def _beginnings(book: Book, registry: Registry, *, circle: bool) -> Iterator[str]:
    def key(command_id: str) -> str:
        return key_shown(registry[command_id].keys[0])

    if not book.count(Contact):
        yield f"Nobody is in the book yet: on People ({key('tab-people')}), {key('new-contact')} adds a person."
        yield f"{key('import')} imports the people that you know, from LinkedIn, a phone or any address book."
        return
    happened = book.count(Interaction) + book.count(Exchange)
    if not happened:
        yield f"{key('add-line')} notes anything in one line, such as: coffee w/ Grace yesterday."
    if circle and not any(chosen for _uid, (chosen,) in book.columns(Contact, circle=Text)):
        yield f"{key('circle')} on People ({key('tab-people')}) chooses a circle: how often you want to be in touch."
    if happened >= _YOUNG:
        return
    if not book.count(Goal) and not book.count(Ask):
        yield f"{key('tab-goals')} puts a goal into your own words, and shows who could help."
    if not book.me.can_offer:
        yield f"{key('about-me')} says what you can offer: it is matched with what others look for."
