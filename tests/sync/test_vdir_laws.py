"""Any edits and deletions on both sides: after one sync both say the same, and everything typed is there."""

import json
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.documents import to_document
from relcraft.domain.records import Birthday, Contact, OtherSide
from relcraft.formats.vcard_writing import lines_of
from relcraft.sync.said import as_card_says, changed, said_by, trace_of
from relcraft.sync.vdir import sync
from tests.books import NOON, a_book, person
from tests.formats import contacts as some
from tests.sync.card_folder import MemoryFolder

_SCALARS = ("name", "organisation", "role", "city", "notes", "birthday")
_LISTS = ("emails", "phones", "urls", "tags", "nicknames")
_FIELDS = st.sampled_from((*_SCALARS, *_LISTS))
_X = b"X-KEEP;TYPE=a:b\\;c  d\r\nX-FOLDED:one\r\n  two\r\nEND:VCARD"


@dataclass(frozen=True)
class Edit:
    """One thing that somebody does: at a side, to somebody."""

    here: bool
    who: int
    field: str
    what: str
    """"set", "clear" or "delete"."""


edits = st.lists(
    st.builds(
        Edit,
        here=st.booleans(),
        who=st.integers(0, 3),
        field=_FIELDS,
        what=st.sampled_from(["set"] * 8 + ["clear", "delete"]),
    ),
    max_size=12,
    unique_by=lambda one: (one.here, one.who, one.field),
)


def _token(one: Edit, day: int) -> Any:
    word = f"{'here' if one.here else 'there'}{day}n{one.who}{one.field}"
    match one.field:
        case "birthday":
            return Birthday(1 + day, 1 + one.who * 2 + one.here, None if one.here else 1990)
        case "emails":
            return f"{word}@x.example"
        case "phones":
            return f"+49 30 {day}{one.who}{int(one.here)}4711{len(one.field)}"
        case "urls":
            return f"https://x.example/{word}"
        case _:
            return word


def _edited(contact: Contact, one: Edit, day: int) -> Contact:
    token = _token(one, day)
    if one.what == "clear" and one.field != "name":
        value: Any = None if one.field == "birthday" else () if one.field in _LISTS else ""
    else:
        value = (*getattr(contact, one.field), token) if one.field in _LISTS else token
    fields: dict[str, Any] = {one.field: value}
    return replace(contact, **fields)


class _Folder(MemoryFolder):
    """Deletes at the end of a round, so that the names stay in order."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: list[str] = []

    def delete(self) -> None:
        for name in self.gone:
            self.files.pop(name, None)
        self.gone.clear()


class _Round:
    """What both sides do between two syncs, and what has to be found afterwards."""

    def __init__(self, book: Book, folder: _Folder, day: int) -> None:
        self.book, self.folder, self.day = book, folder, day
        self.typed: list[str] = []
        self.gone: set[tuple[bool, str]] = set()
        self.scalars: dict[tuple[str, str], set[bool]] = {}

    def do(self, one: Edit) -> None:
        names = sorted(self.folder.files)
        if one.who >= len(names) or (one.here, names[one.who]) in self.gone:
            return
        name = names[one.who]
        uid = self.folder.contact(name).uid or name.removesuffix(".vcf")
        if one.what == "delete":
            if not any((one.here, name) == (here, key[0]) for key, sides in self.scalars.items() for here in sides):
                self._delete(one.here, name, uid)
            return
        self.scalars.setdefault((name, one.field), set()).add(one.here)
        if one.what == "set":
            self.typed.append(str(_token(one, self.day)))
        if one.here:
            old = self.book.contact(uid)
            edit(self.book, old, _edited(old, one, self.day))
        else:
            self.folder.edit(name, lambda contact: _edited(contact, one, self.day), minutes=one.who - 600)

    def _delete(self, here: bool, name: str, uid: str) -> None:
        self.gone.add((here, name))
        if here:
            archive(self.book, [uid])
            delete_for_good(self.book, uid)
        else:
            self.folder.gone.append(name)

    def clashes(self) -> int:
        return sum(len(sides) == 2 and field in _SCALARS for (_name, field), sides in self.scalars.items())


@given(rounds=st.lists(edits, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_whatever_both_sides_do_they_agree_after_a_sync_and_everything_typed_is_there(rounds: list[list[Edit]]) -> None:
    book = a_book(*(person(f"uid-{n}", f"Person {n}", emails=(f"p{n}@x.example",), updated=NOON) for n in range(3)))
    folder = _Folder()
    sync(book, folder)
    for name, data in folder.files.items():
        folder.files[name] = data.replace(b"END:VCARD", _X)
    sync(book, folder)
    for day, doings in enumerate(rounds, start=1):
        known = {uid for uid in (one.uid for one in book.contacts()) if f"{uid}.vcf" in folder.files}
        for name in set(folder.files) - {f"{uid}.vcf" for uid in known}:
            del folder.files[name]
        sync(book, folder, force=True)
        this = _Round(book, folder, day)
        for one in doings:
            this.do(one)
        folder.delete()
        before = book.count(OtherSide)
        report, _change = sync(book, folder, force=True)
        _agree(book, folder)
        assert sum(len([f for f in fields if f in _SCALARS]) for _name, fields in report.conflicts) <= this.clashes()
        if not this.clashes():
            assert book.count(OtherSide) == before
        everything = json.dumps(
            [to_document(one) for kind in (Contact, OtherSide) for one in book.all(kind)], ensure_ascii=False
        )
        assert [token for token in this.typed if token not in everything] == []


def _agree(book: Book, folder: MemoryFolder) -> None:
    version, files = book.version, dict(folder.files)
    again, change = sync(book, folder, force=True)
    assert (again.quiet, change, book.version, folder.files) == (True, None, version, files)
    cards = [folder.contact(name) for name in folder.files]
    said = {json.dumps(_plain(as_card_says(one)), sort_keys=True) for one in book.contacts()}
    assert said <= {json.dumps(_plain(said_by(card)), sort_keys=True) for card in cards}
    assert all(b"X-FOLDED:one\r\n  two\r\n" in data for data in folder.files.values())


def _plain(said: Any) -> dict[str, Any]:
    return {field: sorted(value) if isinstance(value, list) else value for field, value in said.items()}


@given(contact=some.contacts)
@settings(max_examples=40, deadline=None)
def test_any_contact_and_its_card_are_in_step_after_one_sync(contact: Contact) -> None:
    book, folder = a_book(), MemoryFolder()
    add_contact(book, replace(contact, uid="", archived=False, introduced_by=None))
    sync(book, folder)
    assert sync(book, folder)[0].quiet
    (kept,) = book.contacts()
    assert not changed(as_card_says(kept), said_by(folder.contact(next(iter(folder.files)))))


@given(contact=some.contacts)
@settings(max_examples=40, deadline=None)
def test_any_card_and_its_contact_are_in_step_after_one_sync(contact: Contact) -> None:
    book, folder = a_book(), MemoryFolder()
    folder.files["a.vcf"] = "".join(f"{line}\r\n" for line in lines_of(contact, "4.0")).encode()
    before = dict(folder.files)
    sync(book, folder)
    assert sync(book, folder)[0].quiet
    assert folder.files == before
    (kept,) = book.all(Contact)
    assert trace_of(kept) == trace_of(contact)
