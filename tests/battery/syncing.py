"""A book that is brought in step with a folder of cards, and every disk that a crash could leave of that.

Whatever a crash leaves, the next sync makes it good: both sides say the same, nobody is there twice or gone who was
not deleted, all that was typed on either side is somewhere, and the lines of other programs are as they were.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.errors import RelcraftError
from relcraft.domain.records import Contact, OtherSide
from relcraft.store.vdirs import Vdir
from relcraft.sync.card_file import CardRead, read_card
from relcraft.sync.folder import SyncReport
from relcraft.sync.said import as_card_says, changed
from relcraft.sync.vdir import sync
from tests.battery.disk import Disk, Tree
from tests.battery.runs import FOLDER, NOW, Setting, opened

CARDS = Path("/cards")
_FOREIGN = b"X-KEEP;TYPE=a:b\\;c  d\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\n SkZJRgAB\r\n"
_END = b"END:VCARD"
_OLD = ("Ada", "Grace", "Raj", "Linus", "Kim")


@contextmanager
def a_book_on(disk: Disk) -> Iterator[Book]:
    """The book, open."""
    keeper = opened(disk, Setting(), lambda: NOW)
    try:
        yield Book(keeper, lambda: NOW)
    finally:
        keeper.close()


def run_sync(disk: Disk) -> SyncReport:
    """Do what `relcraft sync /cards` does."""
    with a_book_on(disk) as book:
        return sync(book, Vdir(CARDS, disk))[0]


def the(book: Book, name: str) -> Contact:
    """Return somebody by name."""
    return next(one for one in book.all(Contact) if one.name == name)


def _card(name: str, *lines: str) -> bytes:
    text = ("BEGIN:VCARD", "VERSION:3.0", f"UID:card-of-{name.lower()}", f"FN:{name}", *lines)
    return "".join(f"{line}\r\n" for line in text).encode() + _FOREIGN + _END + b"\r\n"


def first_time() -> Tree:
    """A book with people, and a folder with others, that never met."""
    disk = Disk({str(FOLDER): None, str(CARDS): None})
    with a_book_on(disk) as book:
        for name in ("Ada", "Grace"):
            add_contact(book, Contact(uid="", name=name, emails=(f"{name.lower()}@x.example",)))
    tree = disk.tree()
    tree |= {f"{CARDS}/{name}.vcf": _card(name, f"EMAIL:{name.lower()}@x.example") for name in ("Raj", "Grace")}
    return tree


@cache
def _in_step() -> tuple[tuple[str, bytes | None], ...]:
    disk = Disk({str(FOLDER): None, str(CARDS): None})
    for name in _OLD:
        disk = Disk({**disk.tree(), f"{CARDS}/{name}.vcf": _card(name, f"EMAIL:{name.lower()}@x.example")})
    run_sync(disk)
    return tuple(disk.tree().items())


def both_changed() -> Tree:
    """A book and a folder that were in step, and since then each kind of change was made on each side."""
    disk = Disk(dict(_in_step()))
    with a_book_on(disk) as book:
        for name, fields in (("Ada", {"role": "typed here"}), ("Kim", {"role": "Kim here"})):
            old = the(book, name)
            edit(book, old, replace(old, **fields))  # type: ignore[arg-type]  # the fields are of this table
        gone = the(book, "Linus").uid
        archive(book, [gone])
        delete_for_good(book, gone)
        add_contact(book, Contact(uid="", name="Nina", emails=("nina@x.example",)))
    tree = disk.tree()
    for name, line in (("Grace", b"TITLE:typed there\r\nNOTE:said there"), ("Kim", b"TITLE:Kim there")):
        path = f"{CARDS}/{name}.vcf"
        tree[path] = (tree[path] or b"").replace(_END, line + b"\r\n" + _END)
    del tree[f"{CARDS}/Raj.vcf"]
    tree[f"{CARDS}/otto.vcf"] = _card("Otto", "TEL:+49 30 4711")
    return tree


def problem_of(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    """Say what is wrong once a next sync has gone over what a crash left."""
    disk = Disk(tree)
    try:
        report = run_sync(disk)
        again = run_sync(disk)
    except RelcraftError as error:
        return f"the next sync ends with {type(error).__name__}: {error}"
    if done and not report.quiet:
        return f"a sync was done, and the next one has to do {report.as_json()}"
    return f"it never ends: {again.as_json()}" if not again.quiet else _parted(before, after, disk)


def _parted(before: Tree, after: Tree, disk: Disk) -> str:
    cards = _cards(disk.tree())
    with a_book_on(disk) as book:
        contacts = list(book.all(Contact))
        kept = repr([one.document for one in book.all(OtherSide)])
    names = Counter((one.name, one.archived) for one in contacts)
    if names != (wanted := _people(after)):
        return f"the book has {sorted(names.items())}, and not {sorted(wanted.items())}"
    living = {one.name: as_card_says(one) for one in contacts if not one.archived}
    if Counter(card.contact.name for _file, card in cards) != Counter(living.keys()):
        return (
            f"there are cards of {sorted(card.contact.name for _file, card in cards)}, and {sorted(living)} in the book"
        )
    if parted := [card.contact.name for _file, card in cards if changed(living[card.contact.name], card.said)]:
        return f"the two sides differ about {parted}"
    typed = ("typed here", "typed there", "said there", "Kim here", "Kim there", "4711", "nina@")
    said = repr(living) + kept
    if lost := [
        word for word in typed if any(word.encode() in (data or b"") for data in before.values()) and word not in said
    ]:
        return f"lost: {lost}"
    foreign = [file for file, data in before.items() if file.startswith(f"{CARDS}/") and _FOREIGN in (data or b"")]
    there = disk.tree()
    return next(
        (
            f"foreign lines of {file} changed"
            for file in foreign
            if file in there and _FOREIGN not in (there[file] or b"")
        ),
        "",
    )


def _cards(tree: Tree) -> list[tuple[str, CardRead]]:
    found = [
        (file, read_card(data or b""))
        for file, data in tree.items()
        if file.startswith(f"{CARDS}/") and file.endswith(".vcf")
    ]
    return [(file, card) for file, card in found if isinstance(card, CardRead)]


def _people(tree: Tree) -> Counter[tuple[str, bool]]:
    with a_book_on(Disk(tree)) as book:
        return Counter((one.name, one.archived) for one in book.all(Contact))
