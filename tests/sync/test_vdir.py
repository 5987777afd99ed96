"""A book and a folder of cards in step: each side's changes come to the other, and nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from relcraft.book.open import Book
from relcraft.book.sides import take_there, waiting
from relcraft.book.verbs import archive, edit
from relcraft.domain.card_files import TooMuchGone
from relcraft.domain.changes import put
from relcraft.domain.records import Birthday, Contact, OtherSide, SyncedCard
from relcraft.domain.words import Circle
from relcraft.sync.vdir import sync
from tests.books import NOON, a_book, person
from tests.sync.card_folder import LATER, MemoryFolder, card
from tests.sync.stepping import change, gone, ran, the

ADA = person("ada-lovelace-uid", "Ada Lovelace", emails=("ada@engines.example",), circle=Circle.INNER, updated=NOON)
GRACE_CARD = card(
    "UID:grace-hopper-uid",
    "N:Hopper;Grace;;;",
    "FN:Grace Hopper",
    "item1.EMAIL;type=INTERNET:grace@navy.example",
    "item1.X-ABLabel:Navy",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD",
    " AAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQ",
    "X-UNKNOWN;X-P=1:what we do not know",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09",
)


def in_step() -> tuple[Book, MemoryFolder]:
    book, folder = a_book(ADA), MemoryFolder(grace=GRACE_CARD)
    ran(book, folder)
    return book, folder


def test_the_first_sync_brings_each_side_what_only_the_other_has() -> None:
    book, folder = a_book(ADA), MemoryFolder(grace=GRACE_CARD)
    report = ran(book, folder)
    assert (report.added, report.created, report.in_step) == (["Grace Hopper"], ["Ada Lovelace"], 2)
    grace = the(book, "Grace Hopper")
    assert (grace.emails, grace.birthday) == (("grace@navy.example",), Birthday(12, 9))
    assert folder.contact("ada-lovelace-uid.vcf").emails == ("ada@engines.example",)
    assert folder.files["grace.vcf"] == GRACE_CARD.encode()


def test_what_only_the_book_knows_of_somebody_never_leaves_it() -> None:
    _book, folder = in_step()
    assert not any(line.startswith("X-RELCRAFT") for line in folder.lines("ada-lovelace-uid.vcf"))


def test_a_change_on_either_side_comes_to_the_other_and_no_other_line_moves() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Rear admiral")
    folder.edit("ada-lovelace-uid.vcf", lambda ada: replace(ada, phones=("+44 20 7946 0001",)))
    report = ran(book, folder)
    assert report.written == [("Grace Hopper", ("role",))]
    assert report.changed == [("Ada Lovelace", ("phones",))]
    assert the(book, "Ada Lovelace").phones == ("+44 20 7946 0001",)
    assert folder.lines("grace.vcf") == [*GRACE_CARD.split("\r\n")[:-2], "TITLE:Rear admiral", "END:VCARD"]


def test_changes_of_different_fields_and_of_items_of_one_list_come_together() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", city="Arlington", emails=("grace@navy.example", "grace@home.example"), tags=("navy",))
    folder.edit("grace.vcf", lambda one: replace(one, organisation="Navy", emails=(*one.emails, "g@cobol.example")))
    report = ran(book, folder)
    assert report.conflicts == []
    for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf")):
        assert (found.city, found.organisation, found.tags) == ("Arlington", "Navy", ("navy",))
        assert set(found.emails) == {"grace@navy.example", "grace@home.example", "g@cobol.example"}


@pytest.mark.parametrize("later", [True, False])
def test_of_one_field_changed_on_both_sides_the_later_stands_and_the_other_waits(later: bool) -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral", city="Arlington")
    folder.edit("grace.vcf", lambda one: replace(one, role="Professor"), minutes=0 if later else -24 * 60)
    report = ran(book, folder)
    stands, waits = ("Professor", "Admiral") if later else ("Admiral", "Professor")
    assert report.conflicts == [("Grace Hopper", ("role",))]
    assert [found.role for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf"))] == [stands, stands]
    (sides,) = waiting(book)
    assert [(one.name, [each.text for each in one.there]) for one in sides.differences] == [("role", [waits])]
    take_there(book, sides.uid)
    ran(book, folder)
    assert [found.role for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf"))] == [waits, waits]
    assert the(book, "Grace Hopper").city == "Arlington"


def test_who_was_deleted_on_the_phone_is_archived_here_and_keeps_everything() -> None:
    book, folder = in_step()
    del folder.files["ada-lovelace-uid.vcf"]
    report = ran(book, folder)
    assert report.archived == ["Ada Lovelace"]
    assert (the(book, "Ada Lovelace").archived, the(book, "Ada Lovelace").circle) == (True, Circle.INNER)
    archive(book, [ADA.uid], archived=False)
    assert ran(book, folder).created == ["Ada Lovelace"]


def test_who_was_deleted_there_and_changed_here_has_a_card_again() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral")
    del folder.files["grace.vcf"]
    assert ran(book, folder).created == ["Grace Hopper"]
    lines = folder.lines("grace-hopper-uid.vcf")
    assert {"TITLE:Admiral", "X-UNKNOWN;X-P=1:what we do not know"} <= set(lines)


def test_who_was_deleted_for_good_here_is_deleted_there_unless_changed() -> None:
    book, folder = in_step()
    folder.edit("grace.vcf", lambda one: replace(one, role="Admiral"))
    for one in book.contacts():
        gone(book, one.uid)
    report = ran(book, folder)
    assert (report.deleted, report.added) == (["Ada Lovelace"], ["Grace Hopper"])
    assert list(folder.files) == ["grace.vcf"]


def test_the_cards_of_archived_people_stay() -> None:
    book, folder = in_step()
    archive(book, [ADA.uid])
    assert ran(book, folder).quiet
    assert "ada-lovelace-uid.vcf" in folder.files


def test_a_known_person_is_joined_by_uid_or_by_name_and_address_and_never_by_name_alone() -> None:
    known = person("k1", "Grace Hopper", emails=("Grace@Navy.example",), role="Admiral")
    namesake = person("k2", "Alan Turing", emails=("alan@one.example",))
    imported = person("k3", "Linus T.", sources=("vcard:linus-torvalds-uid",))
    folder = MemoryFolder(
        grace=GRACE_CARD,
        alan=card("UID:alan-turing-uid", "FN:Alan Turing", "EMAIL:alan@two.example"),
        linus=card("UID:linus-torvalds-uid", "FN:Linus Torvalds"),
    )
    book = a_book(known, namesake, imported)
    report = ran(book, folder)
    assert report.added == ["Alan Turing"]
    assert (book.count(Contact), len(folder.files)) == (4, 4)
    assert folder.contact("grace.vcf").role == "Admiral"
    assert book.contact("k1").birthday == Birthday(12, 9)


def test_a_sync_is_one_change_and_an_undo_takes_its_state_back_too() -> None:
    book, folder = a_book(ADA), MemoryFolder(grace=GRACE_CARD)
    sync(book, folder)
    assert book.count(SyncedCard) == 2
    book.undo()
    assert (book.count(Contact), book.count(SyncedCard)) == (1, 0)
    report = ran(book, folder)
    assert (report.added, report.created) == (["Grace Hopper"], [])
    assert (book.count(Contact), len(folder.files)) == (2, 2)


def test_a_dry_run_writes_nothing_and_tells_the_same() -> None:
    book, folder = a_book(ADA), MemoryFolder(grace=GRACE_CARD)
    told, nothing = sync(book, folder, dry_run=True)
    assert nothing is None
    assert (book.count(Contact), len(folder.files), folder.writes) == (1, 1, [])
    assert ran(book, folder).as_json() == told.as_json()


def test_a_server_that_turns_the_lines_round_changes_nothing() -> None:
    book, folder = in_step()
    begin, version, *lines, end, _ = folder.files["grace.vcf"].decode().split("\r\n")
    moved = [*lines[3:7], *lines[:3], *lines[7:]]
    moved = [line for line in moved if not line.startswith(" ")]
    moved.insert(moved.index(next(line for line in moved if line.startswith("PHOTO"))) + 1, lines[6])
    folder.files["grace.vcf"] = "\r\n".join([begin, version, *moved, "REV:20261123T100000Z", end, ""]).encode()
    assert ran(book, folder).quiet


def test_a_new_picture_there_is_known_here_if_the_card_has_to_be_made_again() -> None:
    book, folder = in_step()
    folder.files["ada-lovelace-uid.vcf"] = folder.files["ada-lovelace-uid.vcf"].replace(
        b"END:VCARD", b"X-NEW:something new\r\nEND:VCARD"
    )
    ran(book, folder)
    del folder.files["ada-lovelace-uid.vcf"]
    change(book, "Ada Lovelace", role="Countess")
    ran(book, folder)
    assert "X-NEW:something new" in folder.lines("ada-lovelace-uid.vcf")


def test_cards_that_cannot_be_read_stay_and_are_told() -> None:
    book = a_book(ADA)
    folder = MemoryFolder(
        none="hello", two=GRACE_CARD + card("UID:x", "FN:X"), nameless=card("UID:y", "EMAIL:y@y.example")
    )
    before = dict(folder.files)
    report = ran(book, folder)
    assert [name for name, _why in report.left] == ["nameless.vcf", "none.vcf", "two.vcf"]
    assert {name: folder.files[name] for name in before} == before
    assert book.count(Contact) == 1


def test_a_card_that_becomes_unreadable_is_not_taken_for_deleted() -> None:
    book, folder = in_step()
    folder.files["grace.vcf"] = folder.files["grace.vcf"][:60]
    report = ran(book, folder)
    assert (report.archived, [name for name, _why in report.left]) == ([], ["grace.vcf"])


def test_an_empty_folder_is_no_reason_to_archive_everybody() -> None:
    book, folder = in_step()
    folder.files.clear()
    with pytest.raises(TooMuchGone, match=r"phone is empty, and had 2 cards at the last sync"):
        sync(book, folder)
    report, _change = sync(book, folder, force=True)
    assert len(report.archived) == 2


def test_most_people_gone_on_one_side_is_asked_about_first() -> None:
    book = a_book(*(person(f"person-number-{n}", f"Person {n}", emails=(f"p{n}@x.example",)) for n in range(30)))
    folder = MemoryFolder()
    ran(book, folder)
    for one in book.contacts()[:20]:
        gone(book, one.uid)
    with pytest.raises(TooMuchGone, match="20 of 30 contacts are gone from the book"):
        sync(book, folder)
    assert len(folder.files) == 30


def _touches(folder: MemoryFolder, act: Callable[[], None]) -> None:
    def once(_name: str) -> None:
        folder.before_put = lambda _name: None
        act()

    folder.before_put = once


def test_a_card_that_changes_while_it_is_synced_is_read_again() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral")
    _touches(folder, lambda: folder.edit("grace.vcf", lambda one: replace(one, city="Arlington")))
    ran(book, folder)
    for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf")):
        assert (found.role, found.city) == ("Admiral", "Arlington")


@pytest.mark.parametrize("ours_is_later", [True, False])
def test_a_card_that_clashes_and_changes_meanwhile_loses_nothing(ours_is_later: bool) -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral", city="Arlington")
    folder.edit("grace.vcf", lambda one: replace(one, role="Professor"), minutes=-24 * 60 if ours_is_later else 5)
    _touches(folder, lambda: folder.edit("grace.vcf", lambda one: replace(one, notes="COBOL"), minutes=60))
    sync(book, folder)
    ran(book, folder)
    said = {the(book, "Grace Hopper").role, *(str((s.document or {}).get("role")) for s in book.all(OtherSide))}
    assert said == {"Admiral", "Professor"}
    for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf")):
        assert (found.notes, found.city) == ("COBOL", "Arlington")


def test_a_sync_cut_short_before_the_book_was_written_is_made_good_by_the_next() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral")
    folder.edit("ada-lovelace-uid.vcf", lambda one: replace(one, city="London"))
    before = folder.files["ada-lovelace-uid.vcf"]

    class Cut(Exception):
        pass

    def cut(*_args: object) -> None:
        raise Cut

    with pytest.MonkeyPatch.context() as power:
        power.setattr(book, "change", cut)
        with pytest.raises(Cut):
            sync(book, folder)
    assert folder.files["ada-lovelace-uid.vcf"] == before
    assert ran(book, folder).conflicts == []
    assert (the(book, "Ada Lovelace").city, folder.contact("grace.vcf").role) == ("London", "Admiral")


def test_a_clash_whose_card_was_not_written_any_more_is_written_by_the_next_sync() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral")
    folder.edit("grace.vcf", lambda one: replace(one, role="Professor"), minutes=-24 * 60)

    class Cut(Exception):
        pass

    def cut(_name: str) -> None:
        raise Cut

    folder.before_put = cut
    with pytest.raises(Cut):
        sync(book, folder)
    folder.before_put = lambda _name: None
    assert book.count(OtherSide) == 1
    ran(book, folder)
    assert [found.role for found in (the(book, "Grace Hopper"), folder.contact("grace.vcf"))] == ["Admiral"] * 2
    assert book.count(OtherSide) == 1


def test_a_renamed_file_is_the_same_card() -> None:
    book, folder = in_step()
    folder.files["other-name.vcf"] = folder.files.pop("grace.vcf")
    assert ran(book, folder).quiet


def test_two_contacts_made_one_have_one_card() -> None:
    book, folder = in_step()
    folder.files["g2.vcf"] = card("UID:grace-second-uid", "FN:Grace B. Hopper", "EMAIL:g@x.example").encode()
    ran(book, folder)
    keep, other = the(book, "Grace Hopper"), the(book, "Grace B. Hopper")
    edit(book, keep, replace(keep, emails=(*keep.emails, *other.emails), sources=(*keep.sources, *other.sources)))
    gone(book, other.uid)
    report = ran(book, folder)
    assert report.deleted == ["Grace B. Hopper"]
    assert set(folder.contact("grace.vcf").emails) == {"grace@navy.example", "g@x.example"}


def test_who_took_over_another_contact_takes_over_the_card() -> None:
    book, folder = a_book(), MemoryFolder(grace=GRACE_CARD)
    ran(book, folder)
    old = the(book, "Grace Hopper")
    gone(book, old.uid)
    edit_to = replace(old, uid="new", vcard=())
    book.change("somebody new", put(None, edit_to))
    report = ran(book, folder)
    assert report.quiet or (report.deleted, report.added, report.created) == ([], [], [])
    assert folder.files["grace.vcf"] == GRACE_CARD.encode()
    assert [one.uid for one in book.contacts()] == ["new"]


def test_a_card_that_says_when_it_was_changed_is_believed() -> None:
    book, folder = in_step()
    change(book, "Grace Hopper", role="Admiral")
    folder.edit("grace.vcf", lambda one: replace(one, role="Professor"), minutes=60)
    rev = f"REV:{(NOON - timedelta(days=3)).strftime('%Y%m%dT%H%M%SZ')}\r\nEND:VCARD".encode()
    folder.files["grace.vcf"] = folder.files["grace.vcf"].replace(b"END:VCARD", rev)
    ran(book, folder)
    assert folder.contact("grace.vcf").role == "Admiral"
    assert LATER > NOON
