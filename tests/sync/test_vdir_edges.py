"""Cards and folders as they are found out there: odd cards, odd files, folders that are suddenly not what they were."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from relcraft.book.open import Book
from relcraft.domain.card_files import NoFolderOfCards, TooMuchGone
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Birthday, Contact, OtherSide, SyncedCard
from relcraft.store.files import Files
from relcraft.store.vdirs import Vdir
from relcraft.sync.vdir import sync
from tests.books import a_book, person
from tests.sync.card_folder import MemoryFolder, card
from tests.sync.stepping import change, gone, ran, the

V3_PHOTO = (
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAADABCDEFGHIJKLMNOPQRSTU",
    " VWXYZ0123456789+/AAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQ==",
)
V4_PHOTO = ("PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAASABIAAD", " /AAAAgAAYdpAAQAAAABAAAAGg==")
KIM = ("UID:kim-uid", "FN:Kim Lee")


def body(folder: MemoryFolder, name: str) -> list[str]:
    """Return the lines of a card between its version and its end."""
    return folder.lines(name)[2:-1]


@pytest.mark.parametrize(("version", "photo"), [("3.0", V3_PHOTO), ("4.0", V4_PHOTO)])
def test_a_picture_stays_byte_for_byte_when_something_else_changes(version: str, photo: tuple[str, ...]) -> None:
    book, folder = a_book(), MemoryFolder(kim=card(*KIM, *photo, "NOTE:old", version=version))
    ran(book, folder)
    change(book, "Kim Lee", notes="new", role="Painter")
    ran(book, folder)
    assert body(folder, "kim.vcf") == [*KIM, *photo, "NOTE:new", "TITLE:Painter"]


def test_a_new_picture_there_comes_and_changes_nothing_here() -> None:
    book, folder = a_book(), MemoryFolder(kim=card(*KIM, *V3_PHOTO))
    ran(book, folder)
    folder.files["kim.vcf"] = card(*KIM, "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=").encode()
    report = ran(book, folder)
    assert (report.changed, report.written, report.conflicts) == ([], [], [])
    assert "iVBORw0KGgo=" in "".join(the(book, "Kim Lee").vcard)


def test_what_stands_in_one_group_changes_together_and_goes_together() -> None:
    grouped = ("item1.EMAIL;type=INTERNET:kim@one.example", "item1.X-ABLabel:Garden", "item2.URL:https://kim.example")
    labelled = (*grouped, "item2.X-ABLabel:_$!<HomePage>!$_")
    book, folder = a_book(), MemoryFolder(kim=card(*KIM, *labelled))
    ran(book, folder)
    change(book, "Kim Lee", emails=("kim@two.example",), urls=())
    ran(book, folder)
    assert body(folder, "kim.vcf") == [
        *KIM,
        "item1.EMAIL;type=INTERNET:kim@two.example",
        "item1.X-ABLabel:Garden",
    ]


@pytest.mark.parametrize(
    ("version", "line", "day", "after"),
    [
        ("4.0", "BDAY:--0229", Birthday(2, 29), "BDAY:--0301"),
        ("4.0", "BDAY:--1209", Birthday(12, 9), "BDAY:--0301"),
        ("4.0", "BDAY;VALUE=date-and-or-time:--1209", Birthday(12, 9), "BDAY:--0301"),
        ("3.0", "BDAY:--02-29", Birthday(2, 29), "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-01"),
        ("3.0", "BDAY;VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-02-29", Birthday(2, 29), None),
        ("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09", Birthday(12, 9), None),
        ("3.0", "BDAY:1604-12-09", Birthday(12, 9), None),
    ],
)
def test_a_birthday_without_a_year_stays_one(version: str, line: str, day: Birthday, after: str | None) -> None:
    book, folder = a_book(), MemoryFolder(kim=card(*KIM, line, version=version))
    before = folder.files["kim.vcf"]
    ran(book, folder)
    assert (the(book, "Kim Lee").birthday, folder.files["kim.vcf"]) == (day, before)
    change(book, "Kim Lee", birthday=Birthday(3, 1))
    ran(book, folder)
    assert folder.contact("kim.vcf").birthday == Birthday(3, 1)
    written = next(one for one in body(folder, "kim.vcf") if one.startswith("BDAY"))
    if after is None:
        assert written.endswith(":1604-03-01")
        assert "X-APPLE-OMIT-YEAR=1604" in written
    else:
        assert written == after
    change(book, "Kim Lee", birthday=Birthday(3, 1, 1990))
    ran(book, folder)
    assert not any("OMIT" in one for one in body(folder, "kim.vcf"))
    assert folder.contact("kim.vcf").birthday == Birthday(3, 1, 1990)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_folds_are_as_they_were(end: str) -> None:
    long = ("X-LONG:" + "a" * 68, " " + "b" * 74, "\tcc")
    text = card(*KIM, *long, "TEL;TYPE=CELL:+49 1", "NOTE:fol", " ded").replace("\r\n", end)
    book, folder = a_book(), MemoryFolder(kim=text)
    ran(book, folder)
    assert the(book, "Kim Lee").notes == "folded"
    change(book, "Kim Lee", phones=("+49 2",))
    ran(book, folder)
    assert folder.files["kim.vcf"].decode() == text.replace("+49 1", "+49 2")


def test_of_two_cards_with_one_uid_the_first_is_taken_and_the_other_told() -> None:
    book, folder = a_book(), MemoryFolder(a=card(*KIM, "TITLE:One"), b=card(*KIM, "TITLE:Two"))
    report = ran(book, folder)
    assert (report.added, report.left) == (["Kim Lee"], [("b.vcf", "has the UID of a.vcf: one of the two can go")])
    folder.edit("b.vcf", lambda one: one)
    change(book, "Kim Lee", role="Three")
    ran(book, folder)
    assert [folder.contact(name).role for name in ("a.vcf", "b.vcf")] == ["Three", "Two"]


def test_a_card_without_a_uid_is_known_by_its_file() -> None:
    book, folder = a_book(), MemoryFolder(kim=card("FN:Kim Lee", "TEL:+49 30 4711"))
    before = folder.files["kim.vcf"]
    assert ran(book, folder).added == ["Kim Lee"]
    assert folder.files["kim.vcf"] == before
    folder.edit("kim.vcf", lambda one: Contact(uid="", name="Kim Lee-Park", phones=one.phones))
    assert ran(book, folder).changed == [("Kim Lee", ("name",))]
    change(book, "Kim Lee-Park", role="Painter")
    ran(book, folder)
    assert body(folder, "kim.vcf")[-1] == "TITLE:Painter"
    del folder.files["kim.vcf"]
    sync(book, folder, force=True)
    assert the(book, "Kim Lee-Park").archived


def test_a_file_with_two_cards_is_left_alone_and_nobody_is_taken_for_deleted() -> None:
    book, folder = a_book(), MemoryFolder(kim=card(*KIM))
    ran(book, folder)
    folder.files["kim.vcf"] += card("UID:other", "FN:Other").encode()
    both = folder.files["kim.vcf"]
    report = ran(book, folder)
    assert report.left == [("kim.vcf", "holds 2 cards: one was expected")]
    assert (folder.files, the(book, "Kim Lee").archived) == ({"kim.vcf": both}, False)


def test_a_card_whose_uid_and_file_change_is_still_the_same_person() -> None:
    book, folder = a_book(), MemoryFolder(kim=card(*KIM, "EMAIL:kim@x.example"))
    ran(book, folder)
    folder.files["new.vcf"] = folder.files.pop("kim.vcf").replace(b"kim-uid", b"other-uid")
    report = ran(book, folder)
    assert (report.added, report.archived, report.created) == ([], [], [])
    assert (book.count(Contact), list(folder.files)) == (1, ["new.vcf"])


def test_one_broken_card_among_two_hundred_holds_nobody_up() -> None:
    cards = {f"c{n}": card(f"UID:uid-{n}", f"FN:Person {n}", f"EMAIL:p{n}@x.example") for n in range(200)}
    book, folder = a_book(person("ada", "Ada Lovelace")), MemoryFolder(**cards)
    folder.files["c77.vcf"] = folder.files["c77.vcf"][:50] + b"\xff\xfe"
    broken = folder.files["c77.vcf"]
    report = ran(book, folder)
    assert (len(report.added), report.created) == (199, ["Ada Lovelace"])
    assert [name for name, _why in report.left] == ["c77.vcf"]
    assert folder.files["c77.vcf"] == broken


def many(count: int) -> tuple[Book, MemoryFolder]:
    """Return a book and a folder in step, with so many people."""
    book = a_book(*(person(f"person-number-{n:02d}", f"Person {n}", emails=(f"p{n}@x.example",)) for n in range(count)))
    folder = MemoryFolder()
    ran(book, folder)
    return book, folder


@pytest.mark.parametrize(("count", "left"), [(30, 15), (30, 19), (12, 6), (200, 100), (7, 1)])
def test_a_folder_that_is_suddenly_half_gone_is_asked_about(count: int, left: int) -> None:
    book, folder = many(count)
    for name in sorted(folder.files)[left:]:
        del folder.files[name]
    with pytest.raises(TooMuchGone, match=rf"{count - left} of {count} cards are gone .* Nothing was changed.*--force"):
        sync(book, folder)
    assert len(folder.files) == left
    assert not any(one.archived for one in book.all(Contact))


def test_a_few_who_go_are_no_question() -> None:
    book, folder = many(30)
    for name in sorted(folder.files)[:5]:
        del folder.files[name]
    assert len(ran(book, folder).archived) == 5


def test_a_folder_of_other_things_is_not_filled_with_cards_by_mistake() -> None:
    book, folder = a_book(person("ada", "Ada Lovelace")), MemoryFolder()
    folder.others = "letter.odt"
    with pytest.raises(NoFolderOfCards, match=r"no card in it, but has letter\.odt: a folder of \.vcf files .*--force"):
        sync(book, folder)
    assert folder.files == {}
    assert sync(book, folder, force=True)[0].created == ["Ada Lovelace"]
    assert ran(book, folder).quiet


def test_two_books_meet_in_one_folder() -> None:
    mine, yours, folder = a_book(person("ada", "Ada", emails=("a@x.example",))), a_book(), MemoryFolder(kim=card(*KIM))
    sync(mine, folder)
    assert sync(yours, folder)[0].added == ["Ada", "Kim Lee"]
    change(mine, "Ada", role="Countess")
    change(yours, "Ada", city="London")
    for book in (mine, yours, mine):
        sync(book, folder)
    assert [(the(book, "Ada").role, the(book, "Ada").city) for book in (mine, yours)] == [("Countess", "London")] * 2
    change(mine, "Ada", role="Mine")
    change(yours, "Ada", role="Yours")
    for book in (mine, yours, mine, yours):
        sync(book, folder)
    roles = {the(book, "Ada").role for book in (mine, yours)}
    kept = repr([one.document for book in (mine, yours) for one in book.all(OtherSide)])
    assert len(roles) == 1
    assert all(role in roles or role in kept for role in ("Mine", "Yours"))
    gone(yours, the(yours, "Ada").uid)
    assert sync(yours, folder)[0].deleted == ["Ada"]
    sync(mine, folder)
    assert the(mine, "Ada").archived
    assert all(sync(book, folder)[0].quiet for book in (mine, yours, mine))
    assert (mine.count(Contact), yours.count(Contact), list(folder.files)) == (2, 1, ["kim.vcf"])


class ReadOnly(Files):
    """A disk on which nothing can be made."""

    def open(self, path: Path, flags: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, "Read-only file system")
        return super().open(path, flags)

    def unlink(self, path: Path) -> None:
        if path.exists():
            raise OSError(errno.EROFS, "Read-only file system")


def test_from_a_folder_that_can_only_be_read_people_come_and_what_cannot_go_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "kim.vcf").write_bytes(card(*KIM).encode())
    folder = Vdir(tmp_path, ReadOnly())
    book = a_book()
    assert sync(book, folder)[0].added == ["Kim Lee"]
    change(book, "Kim Lee", role="Painter")
    version = book.version
    with pytest.raises(NotKept, match=r"kim\.vcf could not be written: the disk can only be read"):
        sync(book, folder)
    assert (book.version, (tmp_path / "kim.vcf").read_bytes()) == (version, card(*KIM).encode())
    assert len(list(tmp_path.iterdir())) == 1
    assert sync(book, Vdir(tmp_path))[0].written == [("Kim Lee", ("role",))]


@pytest.mark.parametrize("way", [lambda real, link: (real, link), lambda real, link: (link, real)])
def test_a_folder_is_the_same_by_a_link(tmp_path: Path, way: Callable[[Path, Path], tuple[Path, Path]]) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    (real / "kim.vcf").write_bytes(card(*KIM).encode())
    first, then = way(real, link)
    book = a_book(person("ada", "Ada Lovelace"))
    sync(book, Vdir(first))
    assert link.is_symlink()
    report, nothing = sync(book, Vdir(then))
    assert (report.quiet, nothing, book.count(SyncedCard)) == (True, None, 2)


def test_what_sync_programs_leave_beside_the_cards_is_left_alone(tmp_path: Path) -> None:
    beside = {".tmp1234.vcf": card(*KIM), "tmpabcd.tmp": card(*KIM), "color": "#ff0000", "displayname": "People"}
    for name, text in beside.items():
        (tmp_path / name).write_bytes(text.encode())
    book = a_book(person("ada-lovelace", "Ada Lovelace"))
    report, _change = sync(book, Vdir(tmp_path))
    assert (report.created, report.added, report.left) == (["Ada Lovelace"], [], [])
    assert {path.name for path in tmp_path.iterdir()} == {*beside, "ada-lovelace.vcf"}
    assert {name: (tmp_path / name).read_bytes().decode() for name in beside} == beside
