"""Cases for a target, made of small examples by chance: the same seed always makes the same cases."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.targets import Target
from tests.fuzz.texts import SIGNS, UNSAFE
from tests.fuzz.zips import CARD, Entry, archive

REAL = Path(__file__).parents[2] / ".." / "shared" / "data"
"""Where files that other programs wrote lie, if they do."""
_REAL_FOR = {
    "vcard": ("vcard",),
    "linkedin": ("linkedin", "csv-contacts"),
    "any": ("csv-contacts", "vcard", "mail", "ics"),
}
_MOST_REAL = 40
_LONGEST_REAL = 20_000

_WORDS = r"""
BEGIN:VCARD\r\n|END:VCARD\r\n|VERSION:2.1|FN:|N:;;|BDAY:--0229|TEL;|NOTE;ENCODING=QUOTED-PRINTABLE:=\r\n|KIND:group
CHARSET=utf-16|CHARSET=idna|;BASE64:|AGENT:|\\n|\\,|\\;|\\|\r\n |=0D=0A|=41|X-A;B="|PREF=1|item1.|\n |;TYPE=
First Name,|Last Name,|Connected On|31/31/31|08 Feb 0000|uid,name,notes\n|name|,,,|""|"|;|\t|\n|\r|'=|''
coffee |with |w/ |@|<intro|>rec+|?referral:|!fri |every 9w|3d ago|at 25:61|#|and |next |29 feb|due:|org:|lean:
[rules]|[[x]]|=|\'\'\'|theme|1e999|0x|9999-99-99|{name}|{}|{{|}}|null|true|-1|1e400|NaN|[|{|"uid":|patience_asked=
\xef\xbb\xbf|\xff\xfe|\xfe\xff|\xff|\xc3|\xed\xa0\x80|\0|PK\x03\x04|PK\x01\x02
"""
"""Bytes that mean something somewhere, as Python escapes them."""
_TOKENS: Sequence[bytes] = (
    *(word.encode("latin-1").decode("unicode_escape").encode("latin-1") for word in re.split(r"[|\n]", _WORDS) if word),
    *(sign.encode("utf-8", "surrogatepass") for sign in (*SIGNS, *UNSAFE)),
    *(word.encode() for word in ("İ", "ſ", "ß", "李明", "e\u0301" * 9, "\u0f73", "ᾳ", "٣", "𝟗", "²", "9" * 5000)),
)
_ODD: Sequence[Any] = (
    *(None, True, False, 0, -1, 1, 10**30, 1.5, float("inf"), float("nan"), "", " ", "\n", "a", "b", "me", "\x1b[31m"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "--02-29", "--02-30", "2026-11-23T25:00:00", "0001-01-01T00:00:00Z"),
    *([], {}, [[]], [None], ["a", "a"], ["\u202e"], [{"state": "asked", "date": "0001-01-01"}], [{"state": "helped"}]),
    *({"uid": "a"}, "inner", "outgoing", "given", "referral", "\ud800", "x" * 5000, ["x"] * 500, 36_500, 36_501, 90),
    *("9999-12-31T23:59:59.999999+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 10),
)


def cases(target: Target, seed: int, numbers: Iterator[int] | range) -> Iterator[bytes]:
    """Yield the cases with these numbers."""
    examples = (*target.seeds, *_real(target.name))
    special = _SPECIAL.get(target.name)
    for number in numbers:
        chance = Random(f"{seed} {target.name} {number}")
        if special is not None and chance.random() < 0.6:
            yield special(chance, examples)
        elif chance.random() < 0.1:
            yield b"".join(chance.choices(_TOKENS, k=chance.randrange(40)))
        else:
            yield mutated(chance, examples)


def _real(name: str) -> tuple[bytes, ...]:
    folders = [REAL / folder for folder in _REAL_FOR.get(name, ())]
    files = sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file())
    return tuple(path.read_bytes()[:_LONGEST_REAL] for path in files[:_MOST_REAL])


def mutated(chance: Random, examples: Sequence[bytes]) -> bytes:
    """Return one of the examples with a few things done to it."""
    data = bytearray(chance.choice(examples))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        at, to = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
        chance.choice(_CHANGES)(chance, data, min(at, to), max(at, to), examples)
    if chance.random() < 0.02:
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(_TOKENS)[:40] * chance.choice((100, 1_000, 10_000))
    return bytes(data)


_Change = Callable[[Random, bytearray, int, int, Sequence[bytes]], None]


def _flip(chance: Random, data: bytearray, at: int, _to: int, _examples: Sequence[bytes]) -> None:
    if at < len(data):
        data[at] = chance.randrange(256)


def _insert(chance: Random, data: bytearray, at: int, _to: int, _examples: Sequence[bytes]) -> None:
    data[at:at] = chance.choice(_TOKENS)


def _leave_out(_chance: Random, data: bytearray, at: int, to: int, _examples: Sequence[bytes]) -> None:
    del data[at : min(to, at + 40)]


def _double(_chance: Random, data: bytearray, at: int, to: int, _examples: Sequence[bytes]) -> None:
    data[to:to] = data[at:to]


def _cut(_chance: Random, data: bytearray, _at: int, to: int, _examples: Sequence[bytes]) -> None:
    del data[to:]


def _splice(chance: Random, data: bytearray, at: int, _to: int, examples: Sequence[bytes]) -> None:
    other = chance.choice(examples)
    data[at:] = other[chance.randrange(len(other) + 1) :]


_CHANGES: Sequence[_Change] = (_flip, _insert, _insert, _insert, _leave_out, _double, _cut, _splice)


def _odd_book(chance: Random, examples: Sequence[bytes]) -> bytes:
    """Return a book of which some values are of other kinds."""
    return json.dumps(odd_tables(chance, json.loads(examples[0]))).encode()


def odd_tables(chance: Random, book: dict[str, Any]) -> dict[str, Any]:
    """Change some values somewhere in a book, whatever they are, and return it."""
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        place: Any = book
        for depth in range(chance.choice((1, 2, 3, 3, 3, 4, 5))):
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = chance.choice(keys) if keys else ("x" if isinstance(place, dict) else None)
            if key is None:
                break
            deeper = place[key] if keys else None
            if depth >= 2 and (chance.random() < 0.5 or not isinstance(deeper, dict | list)):
                _replace(chance, place, key)
                break
            if not isinstance(deeper, dict | list):
                _replace(chance, place, key)
                break
            place = deeper
    return book


def _replace(chance: Random, place: Any, key: Any) -> None:
    if isinstance(place, dict) and chance.random() < 0.3:
        key = chance.choice(_FIELDS)
    place[key] = deepcopy(chance.choice(_ODD))  # what stands there may be changed in turn


_FIELDS = (
    *("uid", "name", "birthday", "introduced_by", "contacts", "contact", "date", "steps", "goal", "target", "first"),
    *("second", "broker", "of", "until", "created", "updated", "circle", "cadence_days", "vcard", "sources", "time"),
    *("zone", "time_zone", "nudges", "chance", "thanked_on", "interaction", "ask", "introduction", "document", "table"),
)


def _odd_archive(chance: Random, _examples: Sequence[bytes]) -> bytes:
    """Return an archive whose list of files says other things than are true."""
    return archive(*(_odd_entry(chance) for _ in range(chance.randrange(1, 5))))


def _odd_entry(chance: Random) -> Entry:
    numbers = (0, 1, 20, 200, 2**31, 2**32 - 1)
    contents = (CARD * 50, b"", b"PK\x03\x04", b"\0" * 100_000, mutated(chance, (CARD,)))

    def seldom(usual: Any, odd: Sequence[Any]) -> Any:
        return chance.choice(odd) if chance.random() < 0.15 else usual

    return Entry(
        seldom(b"a.vcf", _ODD_NAMES),
        seldom(CARD, contents),
        method=seldom(8, (0, 0, 9, 12, 14, 93, 99)),
        flags=seldom(0, (1, 8, 0x800, 0x40, 0x2000, 0xFFFF)),
        mode=seldom(0o100644, (0, 0o120777, 0o040755, 0o010644, 0o177777)),
        size=seldom(None, numbers),
        crc=seldom(None, (0,)),
        offset=seldom(None, numbers),
        packed_size=seldom(None, numbers),
    )


_ODD_NAMES = (
    *(b"Connections.csv", b"../x", b"a/../../b", b"C:\\x", b"", b"\0", b"\xff\xfe", b"x/", b".a", b"/", b"a" * 300),
)
_SPECIAL: dict[str, Callable[[Random, Sequence[bytes]], bytes]] = {"book": _odd_book, "zip": _odd_archive}
