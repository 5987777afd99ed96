"""Mailboxes in one file: mbox in its dialects (mboxo, mboxrd, mboxcl), broken ones as far as they go.

One record is one message. Rows that the user wrote come first, for they add people. A message begins at a line "From "
that has a date or one address in it and is followed by a header, after a blank line or not; a Content-Length that leads
to such a line, or to the end, is heeded, so that a mailbox within a message is not taken apart. Bodies are not read.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from relcraft.domain.incoming import USUAL, How, Row, Skipped
from relcraft.formats.mail.headers import Head, head_of
from relcraft.formats.mail.letters import Addresses, Letter, Mine, is_from_me, letter_of, names_in, row_of

_BEGIN = re.compile(rb"^From [^\r\n]{1,500}\r?\n(?=(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,80}[ \t]*:)", re.MULTILINE)
_CLOCK = re.compile(rb"\d{1,2}:\d{2}")
_YEAR = re.compile(rb"\d{4}")
_BARE = re.compile(rb"From (?:[^\s]+@[^\s]+|-|MAILER-DAEMON|nobody)[ \t]*\r?\n")
_MARK = b"\xef\xbb\xbf"
MOST_MESSAGES = 1_000_000
"""Of a file with more no more are read."""
_LOOKED_AT = 20_000
"""Messages that are enough to tell whose mailbox it is."""


class Mbox:
    """Reads the messages of a mailbox file."""

    name = "mbox"
    title = "mail (mbox)"

    def recognises(self, head: bytes) -> bool:
        """Whether the file begins with the line that an mbox puts before each message."""
        begin = head[:2048].removeprefix(_MARK).lstrip(b"\r\n")
        if not begin.startswith(b"From "):
            return False
        match = _BEGIN.match(_lines(begin))
        return match is not None and _begins(match[0])

    def expected_rows(self, data: bytes) -> int:
        """About how many messages there are."""
        return data.count(b"\nFrom ") + 1

    def likely_mine(self, data: bytes) -> Sequence[tuple[str, int]]:
        """Return the addresses that stand in most of the first messages, likeliest first."""
        found = Addresses()
        for _line, block in islice(_messages(data), _LOOKED_AT):
            found.take(Head(block))
        return found.likeliest()

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield a row for each message: what the user wrote first, then all others, each in the order of the file."""
        mine, letters = Mine(how.me), list[Letter]()
        for line, block in islice(_messages(data), MOST_MESSAGES):
            letters.append(letter_of(Head(block), f"{file_name}, line {line}"))
        if not letters:
            yield Skipped(file_name, 'holds no message: a line "From ... " with a date was expected before each')
            return
        names = names_in(letters)
        for letter in letters:
            if is_from_me(letter, mine):
                yield row_of(letter, mine, names)
        for letter in letters:
            if not is_from_me(letter, mine):
                yield row_of(letter, mine, names)
        if len(letters) == MOST_MESSAGES:
            yield Skipped(file_name, f"holds {MOST_MESSAGES:,} messages or more: no more are read of one file")


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the line on which each message begins, and its headers."""
    data = _lines(data)
    line, counted = 1, 0
    start = _next(data, 0)
    while start >= 0:
        line, counted = line + data.count(b"\n", counted, start), start
        head = data.find(b"\n", start) + 1
        block, body = head_of(data, head)
        cut = block.find(b"\nFrom ")
        if cut >= 0:  # no blank line before the next message
            block, body = block[: cut + 1], head + cut + 1
        yield line, block
        start = _next(data, _after(data, block, body))


def _lines(data: bytes) -> bytes:
    """Return the data with line feeds: very old ones have carriage returns alone."""
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _next(data: bytes, position: int) -> int:
    """Return where the next message begins, from `position` on; -1 where none does."""
    for match in _BEGIN.finditer(data, position):
        if _begins(match[0]):
            return match.start()
    return -1


def _begins(line: bytes) -> bool:
    """Whether a line "From " is one that mailboxes have: a text may begin a line with that word, too."""
    clock = _CLOCK.search(line)
    dated = clock is not None and _YEAR.search(line, clock.end()) is not None
    return dated or _BARE.fullmatch(line) is not None


def _after(data: bytes, block: bytes, body: int) -> int:
    """Return from where to look for the next message: after the body, where its length is told and right."""
    told = Head(block).first("content-length") if b"ontent-" in block else ""
    if not (told.isascii() and told.isdecimal()) or len(told) > 12:
        return body
    blank = 2 if data[body : body + 2] == b"\r\n" else 1
    end = body + blank + int(told)
    rest = data[end : end + 8].lstrip(b"\r\n")
    return end if end <= len(data) and (not rest or rest.startswith(b"From ")) else body
