"""One line to add anything: its grammar, what it means, and the echo of it before it is saved."""

from relcraft.domain.addline.asking import next_choice
from relcraft.domain.addline.closing import Answerable
from relcraft.domain.addline.completing import Completion, complete
from relcraft.domain.addline.parsed import (
    AS_TEXT,
    LEAVE_OPEN,
    NEW,
    Candidate,
    Chip,
    Choices,
    Closing,
    Mention,
    ParsedAsk,
    ParsedExchange,
    ParsedFollowUp,
    ParsedLine,
    PersonState,
    Role,
    Span,
)
from relcraft.domain.addline.parsing import parse
from relcraft.domain.addline.preview import preview

__all__ = [
    "AS_TEXT",
    "LEAVE_OPEN",
    "NEW",
    "Answerable",
    "Candidate",
    "Chip",
    "Choices",
    "Closing",
    "Completion",
    "Mention",
    "ParsedAsk",
    "ParsedExchange",
    "ParsedFollowUp",
    "ParsedLine",
    "PersonState",
    "Role",
    "Span",
    "complete",
    "next_choice",
    "parse",
    "preview",
]
