"""What is fuzzed: each way in for text, run as the program runs it, and held to what it promises.

A target raises for a finding: any error but the program's own, or text that a terminal would act upon. How long an
answer takes is for the caller to see.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree

from relcraft.book.adding import read_line
from relcraft.book.brief import brief
from relcraft.book.capital import capital, whole_balance
from relcraft.book.goals_told import goal_words, goals_in_order, stands
from relcraft.book.importing import plan_import
from relcraft.book.memory import MemoryKeeper
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.searching import Order
from relcraft.book.today import all_moves
from relcraft.book.ways import find_target, tell_way, ways, ways_to
from relcraft.cli.settings import read_settings
from relcraft.cli.templates import FolderTemplates
from relcraft.domain.addline import complete, preview
from relcraft.domain.composing import fill
from relcraft.domain.documents import TABLES
from relcraft.domain.errors import RelcraftError
from relcraft.domain.incoming import USUAL, How, Incoming, Myself, Row, Skipped
from relcraft.domain.records import Contact, Interaction, Me, Record
from relcraft.domain.words import Circle
from relcraft.formats.contacts_csv import contacts_csv
from relcraft.formats.friends_md import friends_md
from relcraft.formats.pages import pages
from relcraft.formats.reading import HEAD_BYTES, read_bytes
from relcraft.formats.registry import FORMATS
from relcraft.formats.relcraft_json import read_export
from relcraft.store import open_store
from relcraft.store.checking import check
from relcraft.sync.importing import as_import
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import TODAY, a_keeper, at_noon, gave, met, person
from tests.formats.address_books import GOOGLE_NEW, GOOGLE_OLD, LDIF, OUTLOOK, THUNDERBIRD
from tests.fuzz import seeds
from tests.fuzz.texts import UNSAFE

_UNSAFE = re.compile("[" + "".join(map(re.escape, (char for char in UNSAFE if char not in "\t\n"))) + "]")


@dataclass(frozen=True, slots=True)
class Target:
    """One way in."""

    name: str
    run: Callable[[bytes], None]
    seeds: Sequence[bytes]
    slow: bool = False
    """Whether a case takes milliseconds, for it goes through files."""


def looked_at(texts: Iterable[str]) -> None:
    """Raise `AssertionError` for a text that a terminal would act upon."""
    for text in texts:
        found = None if text.isascii() and text.isprintable() else _UNSAFE.search(text)
        assert found is None, f"{found!r} came through"


def texts_of(record: Record) -> Iterable[str]:
    """Return the texts of a record, all but its uid, which is shown nowhere, and what this version does not know."""
    for field in fields(record):
        if field.name == "uid":
            continue
        value = getattr(record, field.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))


@cache
def a_village() -> Book:
    """Return a small book that nothing changes."""
    people = (
        person("g", "Grace Hopper", nicknames=("Amazing Grace",), organisation="Navy", emails=("g@n.example",)),
        person("r", "Raj Patel", circle=Circle.CLOSE, tags=("work",), phones=("+1 555 010 0100",)),
        person("a", "Ada Lovelace", urls=("https://www.linkedin.com/in/ada",), notes="Zoë"),
    )
    return Book(a_keeper(*people, met("i", TODAY, "g", "r"), gave("e", TODAY, "g")), at_noon())


@cache
def folder() -> Path:
    """Return the folder that files of cases lie in, one for each process."""
    made = Path(tempfile.mkdtemp(prefix="relcraft-fuzz-"))
    Finalize(None, rmtree, args=(made, True), exitpriority=10)
    return made


def importing(name: str | None, how: How = USUAL) -> Callable[[bytes], None]:
    """Return the target that imports bytes as one format; None: as what they look like."""

    def run(data: bytes) -> None:
        for known in FORMATS:
            known.recognises(data[:HEAD_BYTES])
            assert known.expected_rows(data) >= 0
        rows: list[Row] = []
        for row in read_bytes(data, "a file", name, how):
            rows.append(row)
            if isinstance(row, Skipped):
                looked_at((row.where, row.why))
            else:
                about = (row.contact,) if isinstance(row, Incoming) else (row.record, *row.people)
                looked_at((row.where, *row.notes, *(text for each in about for text in texts_of(each))))
                assert not isinstance(row, Incoming) or row.contact.name.strip()
                assert about[0].sources or isinstance(about[0], Me)
        plan = plan_import(a_village(), rows)
        contacts_csv(row.contact for row in rows if isinstance(row, Incoming))
        looked_at(f"{each.why}{each.name}{each.where}" for each in (*plan.ambiguous, *plan.possible_duplicates))

    return run


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _export(data: bytes) -> None:
    try:
        export = read_export(data, "a file")
    except RelcraftError as error:
        looked_at((str(error),))
        return
    book = Book(MemoryKeeper(), at_noon())
    plan = plan_merge(book, export.contents)
    looked_at(f"{row.where}{row.why}" for row in export.skipped)
    looked_at(map(str, as_import(plan, export.skipped).report().values()))
    keep_merge(book, plan)
    looked_through(book)


def _line(data: bytes) -> None:
    text, village = _text(data), a_village()
    read = read_line(village, text, about=("g",))
    looked_at((read.line, read.summary, *(each.name for each in read.people), *(each.text for each in read.exchanges)))
    looked_at(f"{part}" for part in preview(read))
    complete(text, len(text), village)


def _filter(data: bytes) -> None:
    village = a_village()
    text = _text(data)
    village.ordered(village.search(text), by=Order.DUE)
    village.search(text, archived=True)
    village.named(text)
    village.near(text)
    for target in find_target(village, text):
        ways(village, target)


def _settings(data: bytes) -> None:
    path = folder() / "config.toml"
    path.write_bytes(data)
    try:
        read = read_settings(None, path, {})
    except RelcraftError as error:
        looked_at((str(error),))
    else:
        looked_at(read.warnings)


def _template(data: bytes) -> None:
    (folder() / "ask.txt").write_bytes(data)
    templates = FolderTemplates(folder())
    looked_at((templates.remark("ask"), templates.text("ask")))
    text = _text(data)
    looked_at(
        (fill(text, {"name": text[:200], "what": "x", "why": "", "me": "{name}"}), fill(templates.text("ask"), {}))
    )


def _book(data: bytes) -> None:
    path = folder() / "book.json"
    path.write_bytes(data)
    for other in folder().glob("book.json.*"):
        other.unlink()
    try:
        looked_at((*(report := check(path)).problems, *report.remarks))
        keeper = open_store(path, now=at_noon())
    except RelcraftError as error:
        looked_at((str(error),))
        return
    try:
        looked_through(Book(keeper, at_noon()))
    finally:
        try:
            keeper.close()
        except RelcraftError as error:
            looked_at((str(error),))
    looked_at(keeper.remarks)


def tables(documents: dict[str, dict[str, dict[str, object]]]) -> None:
    """Look through a book whose tables hold any documents at all."""
    looked_through(Book(MemoryKeeper(documents), at_noon()))


def looked_through(book: Book) -> None:
    """Show everything of a book, as screens and commands do."""
    for kind in TABLES.values():
        for record in islice(book.all(kind), 50):
            looked_at((*texts_of(record), title_of(book, record)))
    for order in Order:
        book.ordered(by=order)
    moves = all_moves(book)
    looked_at(move.reason for move in moves)
    capital(book)
    whole_balance(book)
    for goal in goals_in_order(book):
        looked_at((goal_words(goal), stands(goal, book.today)))
    for contact in islice(book.contacts(), 10):
        for part in brief(book, contact.uid).parts:
            looked_at((part.heading, *part.lines))
        book.warmth(contact.uid)
        book.balance(contact.uid)
        book.timeline(contact.uid)
        for way in ways_to(book, contact.uid):
            looked_at(tell_way(book, way))
    looked_at((contacts_csv(book.all(Contact)).decode().replace("\r\n", "\n"),))
    looked_at((friends_md(book.all(Contact), book.all(Interaction)).decode(),))
    everything = (record for kind in TABLES.values() for record in book.all(kind))
    looked_at(text for name, page in pages(everything) for text in (name, page.decode()))
    book.search("a due: lean:given")
    read_line(book, "coffee with Ada <intro ?advice:x")


def _encoded(texts: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8", "surrogateescape") for text in texts)


KIM = How(Myself(names=("Kim",), emails=("me@home.example",)))
"""Who the user is in the examples."""
_PACKED = (*seeds.VCARDS, *seeds.LINKEDIN, *seeds.OWN_CSV)
TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("vcard", importing("vcard"), seeds.VCARDS),
        Target("linkedin", importing("linkedin"), seeds.LINKEDIN),
        Target("csv", importing("csv"), seeds.OWN_CSV),
        Target("table", importing("csv"), _encoded((GOOGLE_NEW, GOOGLE_OLD, *OUTLOOK.values(), *THUNDERBIRD.values()))),
        Target("ldif", importing("ldif"), _encoded((LDIF,))),
        Target("mail", importing("mail", KIM), seeds.MAIL),
        Target("mbox", importing("mbox", KIM), seeds.MBOX),
        Target("whatsapp", importing("whatsapp", KIM), seeds.CHATS),
        Target("calendar", importing("calendar", KIM), seeds.CALENDARS),
        Target("monica", importing("monica"), seeds.MONICA),
        Target("friends", importing("friends"), seeds.FRIENDS),
        Target("export", _export, seeds.EXPORTS),
        Target("zip", importing(None), seeds.ZIPS),
        Target("any", importing(None), _PACKED),
        Target("line", _line, _encoded(seeds.LINES)),
        Target("filter", _filter, _encoded(seeds.FILTERS)),
        Target("settings", _settings, _encoded(seeds.SETTINGS)),
        Target("template", _template, _encoded(seeds.TEMPLATES)),
        Target("book", _book, seeds.BOOKS, slow=True),
    )
}
