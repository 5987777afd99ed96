"""A single message: a file of a maildir, or an .eml.

One record is one message, and a file is one. In a folder of them the user's own come in any order; whoever makes the
import places those first that add people. Of an invitation by mail the mail counts, not the calendar within it.
"""

import re
from collections.abc import Iterator, Sequence

from relcraft.domain.incoming import USUAL, How, Row
from relcraft.formats.mail.closeness import DELETED, DRAFT
from relcraft.formats.mail.headers import Head, head_of, header_names
from relcraft.formats.mail.letters import Addresses, Letter, Mine, letter_of, row_of

_TELLING = frozenset(
    {"from", "to", "cc", "date", "subject", "message-id", "received", "return-path", "delivered-to", "mime-version"}
)
_NEEDED = frozenset({"from", "received", "return-path", "message-id"})
_ENOUGH = 3
_MOST_BEFORE = 3
"""Lines of a mailbox that may stand before the headers."""
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]{0,26})$")
"""What a maildir says of a message, at the end of its file's name."""
_MARK = b"\xef\xbb\xbf"


class Message:
    """Reads one message."""

    name = "mail"
    title = "mail (maildir, .eml)"

    def recognises(self, head: bytes) -> bool:
        """Whether the file begins with the headers of a message."""
        if not 32 < (head.removeprefix(_MARK).lstrip(b"\r\n")[:1] or b" ")[0] < 127:
            return False
        names = set(header_names(_block(head)))
        return len(names & _TELLING) >= _ENOUGH and bool(names & _NEEDED)

    def expected_rows(self, data: bytes) -> int:  # noqa: ARG002 - a file is one message
        """One."""
        return 1

    def likely_mine(self, data: bytes) -> Sequence[tuple[str, int]]:
        """Return the addresses of the message, each once."""
        found = Addresses()
        found.take(Head(_block(data)))
        return found.likeliest()

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield the one row of the message."""
        flags = _FLAGS.search(file_name)
        why = DRAFT if flags and "D" in flags[1] else DELETED if flags and "T" in flags[1] else ""
        letter = Letter(file_name, why) if why else letter_of(Head(_block(data)), file_name)
        yield row_of(letter, Mine(how.me), {})


def _block(data: bytes) -> bytes:
    """Return the headers: of the first message, after what a mailbox or a server put before it."""
    begin = data[: 1024 * 1024].removeprefix(_MARK).lstrip(b"\r\n")
    if b"\n" not in begin:
        begin = begin.replace(b"\r", b"\n")
    for _line in range(_MOST_BEFORE):
        if begin.startswith((b"From ", b">From ")):
            begin = begin.partition(b"\n")[2]
    return head_of(begin)[0]
