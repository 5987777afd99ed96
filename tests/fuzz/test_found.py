"""What fuzzing found, and stays mended: each case once made an error of Python's, a leak, or an answer of seconds."""

import json

import pytest

from tests.fuzz.answers import in_time
from tests.fuzz.seeds import BOOKS
from tests.fuzz.targets import TARGETS
from tests.fuzz.zips import CARD, Entry, archive

_MANY = 50_000


def _book(table: str, row: str, **odd: object) -> bytes:
    book = json.loads(BOOKS[0])
    book[table][row].update(odd)
    return json.dumps(book).encode()


FOUND = {
    "a year of thousands of digits that an iPhone is said to leave out": (
        "vcard",
        b"BEGIN:VCARD\nFN:a\nBDAY;X-APPLE-OMIT-YEAR=" + b"9" * _MANY + b":19900312\nEND:VCARD\n",
    ),
    "a heap of accents out of their order": ("vcard", b"BEGIN:VCARD\nFN:a" + "\u0301\u0323".encode() * _MANY),
    "an archive with a file without a name": ("zip", archive(Entry(b"\0", CARD))),
    "days of thousands of digits": ("filter", b"due:" + b"9" * _MANY),
    "days of thousands of wide digits": ("filter", b"due:" + "９".encode() * _MANY),
    "a setting of thousands of digits": ("settings", b"x = " + b"9" * _MANY),
    "settings nested thousands of times": ("settings", b"x = " + b"[" * _MANY),
    "a uid of signs that no text keeps": ("book", _book("contacts", "2", uid="\x1b[31m")),
    "a uid with half a character": ("book", _book("contacts", "2", uid="\ud800")),
    "a list with other things than texts": ("book", _book("contacts", "2", looking_for=[False, {}, None, "x"])),
}


@pytest.mark.parametrize("found", FOUND)
def test_what_was_found_once_is_answered_in_words_and_in_time(found: str) -> None:
    name, data = FOUND[found]
    in_time(TARGETS[name].run, data)
