"""Who a name could be: the question that the add line and the finder put to the book."""

from collections.abc import Sequence
from typing import Protocol

from relcraft.domain.records import Contact


class Directory(Protocol):
    """Answers names with contacts. Case and accents do not count. Archived contacts answer only where no other does."""

    def named(self, text: str) -> Sequence[Contact]:
        """Return whom `text` names, by the best way that finds anybody: the full name; else a nickname or a first name;
        else the beginning of a name. Several contacts are a question, none is an unknown name.
        """

    def near(self, text: str) -> Sequence[Contact]:
        """Return whom `text` may be meant to name ("Grase"): nearest first, at most five, none for known names."""

    def contact(self, uid: str) -> Contact:
        """Return the contact with this uid. Raises `NotFound`."""
