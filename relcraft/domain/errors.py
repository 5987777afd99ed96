"""The one tree of errors that Relcraft raises on purpose; each message is a sentence for the user."""

from relcraft.domain.text import clean_line


class RelcraftError(Exception):
    """Something that can be told to the user in one sentence."""


class BadInput(RelcraftError):
    """What came in could not be used: the message says where, and what was expected there."""


class NotFound(RelcraftError):
    """Nothing in the book answers to that name."""


class NotUnique(RelcraftError):
    """More than one thing in the book answers to that name; the message lists them."""


class OfFiles(RelcraftError):
    """Something about a file, whose name may be anything: told on one line, without what a terminal acts upon."""

    def __str__(self) -> str:
        return clean_line(super().__str__())


class NotKept(OfFiles):
    """A change could not be stored. The book is as it was before; nothing was half kept."""


class ReadOnly(NotKept):
    """The book cannot be written now, and the message says why."""


class Conflict(NotKept):
    """Somebody else changed the same record since it was read; the message names it."""


class BadBook(OfFiles):
    """A file is not a book that this version can open; it was left untouched."""
