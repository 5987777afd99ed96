"""Imports: who is whom, what is told, and that a second import changes nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book import verbs
from relcraft.book.duplicates import candidates
from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.domain.records import Birthday, Contact, Me
from relcraft.domain.words import Circle
from relcraft.formats.reading import read_bytes, read_paths
from relcraft.formats.vcard import contact_of_lines
from tests.books import a_book, person
from tests.formats.rows import sample_folder

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ADA_ON_LINKEDIN = "Ada,Lovelace,https://www.linkedin.com/in/ada,ada@engine.example,Engines,Engineer,08 Feb 2026\n"


def linkedin(*lines: str) -> list[Row]:
    return list(read_bytes((HEADER + "".join(lines)).encode(), "Connections.csv"))


def vcard(*cards: str) -> list[Row]:
    text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n" for card in cards)
    return list(read_bytes(text.encode(), "phone.vcf", "vcard"))


def bring_in(book: Book, rows: list[Row]) -> ImportPlan:
    plan = plan_import(book, rows, "files")
    keep_import(book, plan)
    return plan


def counts(plan: ImportPlan) -> tuple[int, int, int, int, int, int]:
    """Return read, added, updated, unchanged, skipped, ambiguous."""
    report = plan.report("vcard")
    numbers = (report["read"], report["added"], report["updated"], report["unchanged"])
    return (*numbers, len(report["skipped"]), len(report["ambiguous"]))


def the_only(book: Book) -> Contact:
    (contact,) = book.contacts()
    return contact


def sample_paths() -> list[Path]:
    cards = (path for path in sample_folder("vcard").iterdir() if path.suffix in (".vcf", ".vcard"))
    return [*sorted(sample_folder("linkedin").glob("*Connections.csv")), *sorted(cards)]


def test_all_samples_come_in_and_a_second_import_changes_nothing() -> None:
    book = a_book()
    first, second = (bring_in(book, list(read_paths(sample_paths()))) for _ in range(2))
    assert counts(first) == (581, 572, 5, 2, 2, 0)
    assert counts(second) == (581, 0, 0, 579, 2, 0)
    assert len(book.contacts()) == 572
    assert all(row.where.partition(", line ")[2].isdigit() and row.why for row in first.skipped)


def test_each_sample_file_alone_adds_up_and_changes_nothing_the_second_time() -> None:
    for path in sample_paths():
        book = a_book()
        bring_in(book, list(read_paths([path])))
        read, added, updated, unchanged, skipped, ambiguous = counts(bring_in(book, list(read_paths([path]))))
        assert (added, updated, ambiguous) == (0, 0, 0)
        assert read == unchanged + skipped


def test_the_order_of_the_files_does_not_matter_for_a_second_import() -> None:
    book = a_book()
    bring_in(book, list(read_paths(sample_paths())))
    _, added, updated, _, _, ambiguous = counts(bring_in(book, list(read_paths(sample_paths()[::-1]))))
    assert (added, updated, ambiguous) == (0, 0, 0)


def test_an_import_is_one_change_with_a_title_and_one_undo() -> None:
    book = a_book(person("grace", "Grace Hopper"))
    plan = plan_import(book, linkedin(ADA_ON_LINKEDIN, "Raj,Rao,,,,,\n"), "Connections.csv")
    change = keep_import(book, plan)
    assert change is not None
    assert change.title == "import of 2 people from Connections.csv"
    assert [contact.uid for contact in plan.added] == [op.uid for op in change.ops]
    book.undo()
    assert [contact.name for contact in book.contacts()] == ["Grace Hopper"]
    book.redo()
    assert len(book.contacts()) == 3


def test_a_dry_run_leaves_the_book_as_it_was() -> None:
    book = a_book()
    assert counts(plan_import(book, linkedin(ADA_ON_LINKEDIN))) == (1, 1, 0, 0, 0, 0)
    assert book.contacts() == []


def test_nothing_to_do_is_no_change() -> None:
    book = a_book()
    bring_in(book, linkedin(ADA_ON_LINKEDIN))
    assert keep_import(book, plan_import(book, linkedin(ADA_ON_LINKEDIN))) is None


def test_imports_set_no_circle() -> None:
    book = a_book()
    bring_in(book, linkedin(ADA_ON_LINKEDIN))
    assert (the_only(book).circle, the_only(book).cadence_days) == (None, None)


@pytest.mark.parametrize(
    "shared",
    ["EMAIL:ADA@engine.example", "URL:http://linkedin.com/in/ada/", "X-SOCIALPROFILE:https://linkedin.com/in/ada?x=1"],
)
def test_the_same_person_in_both_files_is_one_contact(shared: str) -> None:
    book = a_book()
    bring_in(book, linkedin(ADA_ON_LINKEDIN))
    plan = bring_in(book, vcard(f"FN:Ada LOVELACE\n{shared}\nTEL:+44 20 5550100\nBDAY:--1210\nTITLE:Analyst"))
    assert counts(plan) == (1, 0, 1, 0, 0, 0)
    ada = the_only(book)
    assert (ada.name, ada.role, ada.phones) == ("Ada Lovelace", "Engineer", ("+44 20 5550100",))
    assert (ada.emails, ada.birthday) == (("ada@engine.example",), Birthday(12, 10))
    assert ada.vcard[2] == "FN:Ada LOVELACE"
    assert {source.partition(":")[0] for source in ada.sources} == {"linkedin", "vcard", "row"}
    assert len(ada.urls) == 1


def test_the_same_name_with_the_same_phone_written_otherwise_is_one_contact() -> None:
    book = a_book(person("ada", "Ada Lovelace", phones=("020 555-0100",)))
    assert counts(bring_in(book, vcard("FN:Ada Lovelace\nTEL:+44 20 555 0100"))) == (1, 0, 1, 0, 0, 0)
    assert the_only(book).phones == ("020 555-0100",)


def test_a_shared_phone_alone_makes_two_contacts_and_is_told() -> None:
    book = a_book(person("ada", "Ada Lovelace", phones=("5550100200",)))
    plan = bring_in(book, vcard("FN:Charles Babbage\nTEL:555-010-0200"))
    assert counts(plan) == (1, 1, 0, 0, 0, 0)
    assert plan.report("vcard")["possible_duplicates"] == [
        {
            "where": "phone.vcf, line 1",
            "name": "Charles Babbage",
            "like": "ada",
            "why": "Ada Lovelace has the phone 555-010-0200 as well, under another name",
        }
    ]


def test_the_same_name_alone_makes_two_contacts_and_is_told() -> None:
    book = a_book(person("ada", "Ada Lovelace", emails=("ada@home.example",)))
    plan = bring_in(book, linkedin(ADA_ON_LINKEDIN))
    assert counts(plan) == (1, 1, 0, 0, 0, 0)
    assert [told.why for told in plan.possible_duplicates] == [
        "Ada Lovelace has the same name, and nothing else in common"
    ]


def test_the_website_of_a_company_is_nobodys_profile() -> None:
    book = a_book(person("j", "John Smith", urls=("http://ibm.com",)))
    assert counts(bring_in(book, vcard("FN:John Smith\nURL:http://www.ibm.com/"))) == (1, 1, 0, 0, 0, 0)


def test_one_person_twice_in_a_file_is_one_contact() -> None:
    book = a_book()
    again = ADA_ON_LINKEDIN.replace("https://www.linkedin.com/in/ada", "").replace("Engines", "")
    plan = bring_in(book, [*linkedin(ADA_ON_LINKEDIN, again, ADA_ON_LINKEDIN)])
    assert counts(plan) == (3, 1, 1, 1, 0, 0)
    assert the_only(book).organisation == "Engines"


def test_what_the_user_wrote_is_never_overwritten() -> None:
    mine = person(
        "ada", "Ada King", emails=("ada@engine.example",), organisation="Mine", circle=Circle.INNER, tags=("Maths",),
        sources=("linkedin:linkedin.com/in/ada",),
    )  # fmt: skip
    book = a_book(mine)
    assert counts(bring_in(book, linkedin(ADA_ON_LINKEDIN))) == (1, 0, 1, 0, 0, 0)
    ada = the_only(book)
    assert (ada.name, ada.organisation, ada.circle, ada.tags) == ("Ada King", "Mine", Circle.INNER, ("Maths",))
    assert (ada.role, ada.extra) == ("Engineer", {"connected_on": "2026-02-08"})


def test_what_the_user_took_out_does_not_come_back() -> None:
    book = a_book()
    rows = [*linkedin(ADA_ON_LINKEDIN), *vcard("UID:1\nFN:Grace\nTEL:5550100\nNOTE:old")]
    bring_in(book, rows)
    for contact in book.contacts():
        verbs.edit(book, contact, replace(contact, name="Someone", emails=(), phones=(), organisation="", notes=""))
    assert counts(bring_in(book, rows)) == (2, 0, 0, 2, 0, 0)
    assert [contact.organisation for contact in book.contacts()] == ["", ""]


def test_what_is_new_in_the_file_does_come_in() -> None:
    book = a_book()
    bring_in(book, vcard("UID:0123456789\nFN:Ada"))
    assert counts(bring_in(book, vcard("UID:0123456789\nFN:Ada King\nEMAIL:ada@king.example"))) == (1, 0, 1, 0, 0, 0)
    assert (the_only(book).name, the_only(book).emails) == ("Ada", ("ada@king.example",))


def test_an_archived_contact_is_known_and_stays_archived() -> None:
    book = a_book(person("ada", "Ada Lovelace", emails=("ada@engine.example",), archived=True))
    assert counts(bring_in(book, linkedin(ADA_ON_LINKEDIN))) == (1, 0, 1, 0, 0, 0)
    assert book.contacts() == []


def test_a_row_that_fits_two_contacts_changes_neither_and_is_told() -> None:
    twins = [person(uid, "Ada Lovelace", emails=("ada@engine.example",)) for uid in ("one", "two")]
    book = a_book(*twins)
    plan = bring_in(book, linkedin(ADA_ON_LINKEDIN))
    assert counts(plan) == (1, 0, 0, 0, 0, 1)
    assert plan.ambiguous[0].why.startswith("has the name and an address, phone or link of each of them: 2 contacts")
    assert book.contacts() == twins


def test_a_row_with_the_key_of_an_ambiguous_one_is_as_ambiguous_and_stays_so() -> None:
    book = a_book()
    rows: list[Row] = [
        Incoming(Contact(uid="", name="Ada Lovelace", phones=("5550100",), sources=("k2",)), "a file, line 1"),
        Incoming(Contact(uid="", name="Ada Lovelace", emails=("a@x.example",), sources=("k1",)), "a file, line 2"),
        Incoming(
            Contact(uid="", name="Ada Lovelace", emails=("a@x.example",), phones=("5550100",), sources=("k3",)),
            "a file, line 3",
        ),
        Incoming(Contact(uid="", name="Ada", sources=("k3",)), "a file, line 4"),
    ]
    assert [told.where for told in bring_in(book, rows).ambiguous] == ["a file, line 3", "a file, line 4"]
    again = bring_in(book, rows)
    assert (again.added, again.updated, again.rows_unchanged, len(again.ambiguous)) == ((), (), 2, 2)


def test_a_hidden_member_and_an_unreadable_date_are_told_with_their_place() -> None:
    report = plan_import(a_book(), linkedin(",,,,,,08 Feb 2026\n", "Ada,Lovelace,,,,,soon\n")).report("linkedin")
    assert report["skipped"] == [
        {"where": "Connections.csv, line 2", "why": "is a hidden member: LinkedIn gives no name"}
    ]
    assert [(note["where"], note["name"]) for note in report["notes"]] == [("Connections.csv, line 3", "Ada Lovelace")]


def test_a_plan_that_does_not_add_up_cannot_be_made() -> None:
    plan = plan_import(a_book(), linkedin(ADA_ON_LINKEDIN))
    with pytest.raises(ValueError, match="2 rows were read, and 1 accounted for"):
        replace(plan, read=2)


NAMES = st.sampled_from(["Ada", "Ada Lovelace", "Lovelace, Ada", "Grace", "安藤", "!"])
ADDRESSES = st.lists(st.sampled_from(["a@x.example", "A@x.example", "b@x.example"]), max_size=2).map(tuple)
PHONES = st.lists(st.sampled_from(["5550100", "+1 555 0100", "5550199", "12"]), max_size=2).map(tuple)
KEYS = st.sampled_from(["k1", "k2", "k3", "k4"]).map(lambda key: (key,))
PEOPLE = st.builds(
    lambda name, emails, phones, sources: Incoming(
        Contact(uid="", name=name, emails=emails, phones=phones, sources=sources), "a file, line 1"
    ),
    NAMES,
    ADDRESSES,
    PHONES,
    KEYS,
)


@given(st.lists(PEOPLE | st.just(Skipped("a file, line 2", "because")), max_size=12))
def test_whatever_comes_in_nothing_changes_the_second_time(rows: list[Row]) -> None:
    book = a_book()
    first = bring_in(book, rows)
    assert counts(first)[0] == len(rows)
    kept = book.contacts()
    again = bring_in(book, rows)
    assert (len(again.added), again.rows_updated) == (0, 0)
    assert book.contacts() == kept


_SAID = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["John Smith", "john  smith", "Smith, John"]),
        "emails": st.sampled_from([(), ("home@smith.example",)]),
        "phones": st.sampled_from([(), ("555 0100",)]),
        "organisation": st.sampled_from(["", "Acme"]),
    }
)
_ONE_AND_OTHER = st.sampled_from(
    [
        ({"birthday": Birthday(1, 2, 1950)}, {"birthday": Birthday(1, 2, 1980)}),
        ({"birthday": Birthday(1, 2)}, {"birthday": Birthday(5, 6, 1980)}),
        ({"urls": ("https://www.linkedin.com/in/john-1",)}, {"urls": ("https://linkedin.com/in/john-2",)}),
        ({"urls": ("https://github.com/john1",)}, {"urls": ("https://github.com/john2", "https://smith.example")}),
    ]
)
"""What says that two of one name are two people."""


@given(_SAID, _SAID, _ONE_AND_OTHER, st.booleans(), st.booleans())
def test_two_of_one_name_whose_keys_contradict_each_other_are_never_made_one_whatever_they_share(
    one: dict[str, Any], other: dict[str, Any], apart: tuple[dict[str, Any], dict[str, Any]], keyed: bool, at_once: bool
) -> None:
    said = [{**one, **apart[0]}, {**other, **apart[1]}]
    keys = [(f"google:{place}",) if keyed else () for place in range(2)]
    rows = [Incoming(Contact(uid="", sources=key, **each), "a.csv") for key, each in zip(keys, said, strict=True)]
    book = a_book()
    for part in [rows] if at_once else [[row] for row in rows]:
        keep_import(book, plan_import(book, part))
    both = {(each.birthday, each.urls) for each in book.contacts()}
    assert both == {(row.contact.birthday, row.contact.urls) for row in rows}
    assert [each.emails for each in book.contacts()] in (
        [r.contact.emails for r in rows],
        [r.contact.emails for r in rows[::-1]],
    )
    assert not plan_import(book, rows).brings


def test_father_and_son_with_one_phone_are_told_and_wait_on_the_screen_of_doubles() -> None:
    father = Contact(uid="", name="John Smith", phones=("555 0100",), birthday=Birthday(1, 2, 1950))
    book = a_book()
    keep_import(book, plan_import(book, [Incoming(father, "a.vcf, line 1")]))
    plan = plan_import(book, [Incoming(replace(father, birthday=Birthday(3, 4, 1980)), "a.vcf, line 9")])
    keep_import(book, plan)
    assert [told.name for told in plan.possible_duplicates] == ["John Smith"]
    (pair,) = candidates(book)
    assert pair.strength == "hardly"
    assert pair.against[0].startswith("other birthdays: ")


def card(*lines: str) -> Contact:
    text = ("BEGIN:VCARD", "VERSION:3.0", "FN:Ada Lovelace", "EMAIL:ada@x.example", *lines, "END:VCARD")
    found = contact_of_lines(text)
    assert found is not None
    return found


def test_of_two_cards_of_one_person_no_line_is_lost_and_no_photo_is_there_twice() -> None:
    book = a_book()
    phone = card("UID:phone-1-2-3-4-5-6-7", "PHOTO;ENCODING=b:AAAA", "item1.X-ABDATE:2010-01-01", "item1.X-ABLABEL:One")
    mail = card(
        *("UID:mail-1-2-3-4-5-6-7-8", "PHOTO;ENCODING=b:BBBB", "IMPP:xmpp:ada@x.example", "X-PHONETIC-FIRST-NAME:Eda"),
        *("item1.X-ABDATE:2012-02-02", "item1.X-ABLABEL:Two", "ADR:;;1 St;London;;;UK"),
    )
    for number, one in enumerate((phone, mail, phone, mail)):
        plan = plan_import(book, [Incoming(one, "a.vcf, line 1")])
        assert plan.brings == (number < 2)
        keep_import(book, plan)
    (kept,) = book.contacts()
    lines = set(kept.vcard)
    assert {*phone.vcard, "IMPP:xmpp:ada@x.example", "X-PHONETIC-FIRST-NAME:Eda", "ADR:;;1 St;London;;;UK"} <= lines
    assert [line for line in kept.vcard if line.startswith("PHOTO")] == ["PHOTO;ENCODING=b:AAAA"]
    assert [line for line in kept.vcard if "ABLABEL" in line] == ["item1.X-ABLABEL:One", "item2.X-ABLABEL:Two"]


def test_an_address_that_has_no_place_on_a_card_is_noted_once() -> None:
    book = a_book()
    for card_uid, street in (
        ("phone", "1 St;London;;;UK"),
        ("mail", "2 St;Paris;;;France"),
        ("other", "2 St;Paris;;;France"),
    ):
        one = card(f"UID:{card_uid}-1-2-3-4-5-6-7", f"ADR:;;{street}")
        keep_import(book, plan_import(book, [Incoming(one, "a.vcf, line 1")]))
    (kept,) = book.contacts()
    assert (kept.city, kept.notes) == ("London", "Address, too: 2 St, Paris, France")


def test_a_newer_card_takes_the_place_of_an_older_that_nobody_changed() -> None:
    book = a_book()
    older = card("UID:phone-1-2-3-4-5-6-7", "ADR:;;1 St;London;;;UK", "PHOTO;ENCODING=b:AAAA", "TITLE:Dev")
    newer = card("UID:phone-1-2-3-4-5-6-7", "ADR:;;2 St;Paris;;;France", "PHOTO;ENCODING=b:BBBB", "TITLE:Lead")
    for one in (older, newer, older):
        keep_import(book, plan_import(book, [Incoming(one, "a.vcf, line 1")]))
    (kept,) = book.contacts()
    assert (kept.city, kept.role, kept.vcard) == ("Paris", "Lead", newer.vcard)


JOB = Contact(uid="", name="Grace Hopper", organisation="Navy", role="Captain", sources=("linkedin:grace",))


def test_a_newer_export_says_the_new_job_of_who_was_imported_and_not_changed_by_hand() -> None:
    book = a_book()
    newer = replace(JOB, role="Rear Admiral")
    plans = []
    for one in (JOB, newer, JOB, newer):
        plans.append(plan_import(book, [Incoming(one, "Connections.csv, line 4")]))
        keep_import(book, plans[-1])
    assert [(plan.rows_added, plan.rows_updated, plan.rows_unchanged) for plan in plans] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (0, 0, 1),
    ]
    assert [each.role for each in book.contacts()] == ["Rear Admiral"]


@pytest.mark.parametrize("mine", [{"role": "Friend of the house"}, {"organisation": "Vassar"}])
def test_a_job_that_the_user_wrote_stays_whatever_a_newer_export_says(mine: dict[str, str]) -> None:
    book = a_book()
    keep_import(book, plan_import(book, [Incoming(JOB, "Connections.csv, line 4")]))
    (said,) = book.contacts()
    verbs.edit(book, said, replace(said, **mine))  # type: ignore[arg-type]  # a test names real fields
    newer = replace(JOB, organisation="Remington", role="Director")
    keep_import(book, plan_import(book, [Incoming(newer, "Connections.csv, line 4")]))
    (kept,) = book.contacts()
    assert (kept.organisation, kept.role) == (mine.get("organisation", "Navy"), mine.get("role", "Captain"))


def test_notes_of_another_source_stand_below_those_that_are_there_once() -> None:
    ada = Contact(uid="", name="Ada Lovelace", emails=("ada@x.example",))
    rows = [
        Incoming(replace(ada, notes=said, sources=(f"{key}:1",)), "a.csv, line 2")
        for key, said in (("google", "Likes tea"), ("outlook", "Plays chess"), ("vcard", "Likes tea"))
    ]
    book = a_book()
    keep_import(book, plan_import(book, rows))
    assert [each.notes for each in book.contacts()] == ["Likes tea\nPlays chess"]
    assert not plan_import(book, rows).brings


def test_notes_that_a_newer_row_has_more_of_grow_and_those_that_the_user_changed_stay() -> None:
    row = Contact(uid="", name="Ada Lovelace", emails=("ada@x.example",), notes="Likes tea", sources=("google:1",))
    book = a_book()
    for said in ("Likes tea", "Met in Turin\nLikes tea", "Likes tea, and chess"):
        keep_import(book, plan_import(book, [Incoming(replace(row, notes=said), "a.csv, line 2")]))
    assert [each.notes for each in book.contacts()] == ["Met in Turin\nLikes tea"]


def test_my_own_card_is_no_contact_and_a_namesake_or_who_shares_my_address_is_one() -> None:
    book = a_book(Me(uid="me", name="Camille Doe", emails=("camille@x.example",)))
    rows = [
        Incoming(Contact(uid="", name=name, emails=(email,)), f"a.vcf, line {line}")
        for line, (name, email) in enumerate(
            (
                ("Doe, Camille", "CAMILLE@x.example"),
                ("Camille Doe", "other@x.example"),
                ("Sam Doe", "camille@x.example"),
            )
        )
    ]
    plan = plan_import(book, rows)
    assert [row.where for row in plan.skipped] == ["a.vcf, line 0"]
    assert [each.name for each in plan.added] == ["Camille Doe", "Sam Doe"]
