"""What kind of interaction a sentence from another program tells of."""

from relcraft.domain.addline.kinds import kind_at
from relcraft.domain.addline.lexing import tokens_of
from relcraft.domain.words import InteractionKind

_ENOUGH = 80
"""Characters: what something was stands at the head of a line."""
_BY_PHONE = ("on the phone", "over the phone", "by phone")
_LOOKED_THROUGH = 2000


def kind_told(text: str, usual: InteractionKind = InteractionKind.MEETING) -> InteractionKind:
    """Return the kind that the words of `text` say ("Got lunch with", "called"), as an add line reads them.

    `usual` where they say none. Never a note: that something is one, a file says by other means.
    """
    found = kind_at(tokens_of(text[:_ENOUGH]))
    if found is not None and found.kind is not InteractionKind.NOTE:
        return found.kind
    lower = text[:_LOOKED_THROUGH].lower()
    return InteractionKind.CALL if any(phrase in lower for phrase in _BY_PHONE) else usual
