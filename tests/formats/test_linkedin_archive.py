"""A whole LinkedIn archive into a book: what is stored, from a folder and a zip, in any order, twice, and undone."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from relcraft.book import verbs
from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import How, Myself, Row
from relcraft.domain.records import Contact, Exchange, Interaction
from relcraft.formats.reading import read_bytes, read_paths
from tests.books import a_book
from tests.formats.linkedin_archive import NEW, OLD, a_folder, everything, zipped
from tests.formats.rows import sample_folder

ANN = "Dr. Ann O'Hara, Ph.D."
HELLO = 'Hello Zoë, as you said: "call me, any time". Sam'
INTERACTIONS = [
    ("2020-03-13", "message", "me", "Ida Rau", "Your talk was great"),
    ("2026-02-07", "message", "me", "Zoë Müller", "We met at the market"),
    ("2026-02-08", "message", "both", "Zoë Müller", HELLO),
    ("2026-02-09", "message", "them", "Zoë Müller", "Any time!"),
    ("2026-03-01", "message", "both", f"Bob Stone + {ANN}", "Stone & sons"),
    ("2026-03-14", "note", "me", "Bob Stone", "Likes granite"),
]
EXCHANGES = [
    ("2021-03-14", "given", "recommendation", "Bob Stone, Stone, Ltd", "Bob builds.\n\nWell."),
    ("2022-06-01", "received", "recommendation", "Zoë Müller, Café", "Sam eats everything."),
    ("2023-06-05", "received", "endorsement", "Bob Stone, Stone, Ltd", "C"),
    ("2023-06-05", "received", "endorsement", "Bob Stone, Stone, Ltd", "C++"),
    ("2023-06-06", "received", "endorsement", "Kim Lee, Globex", "C"),
    ("2023-07-05", "given", "endorsement", "Zoë Müller, Café", "Cooking"),
]
PEOPLE = ["Bob Stone", ANN, "Ida Rau", "Kim Lee", "Kim Lee", "Max Moll", "Zoë Müller"]


def bring_in(book: Book, rows: "Iterator[Row] | list[Row]") -> ImportPlan:
    plan = plan_import(book, rows, "archive")
    keep_import(book, plan)
    return plan


def counts(plan: ImportPlan) -> tuple[int, int, int, int, int, int]:
    """Return read, added, updated, unchanged, skipped, ambiguous."""
    report = plan.report("linkedin")
    numbers = (report["read"], report["added"], report["updated"], report["unchanged"])
    return (*numbers, len(report["skipped"]), len(report["ambiguous"]))


def names(book: Book) -> list[str]:
    return sorted(contact.name for contact in book.contacts())


def interactions(book: Book) -> list[tuple[str, str, str, str, str]]:
    return sorted(
        (
            str(each.date),
            each.kind.value,
            each.initiator.value,
            " + ".join(sorted(book.contact(uid).name for uid in each.contacts)),
            each.summary,
        )
        for each in book.all(Interaction)
    )


def exchanges(book: Book) -> list[tuple[str, str, str, str, str]]:
    return sorted(
        (str(each.date), each.direction.value, each.kind.value, _known_as(book.contact(each.contact)), each.text)
        for each in book.all(Exchange)
    )


def _known_as(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.organisation)))


def stored(book: Book) -> tuple[object, ...]:
    """Return what is kept of an archive, without the uids of contacts."""
    contacts = sorted((each.name, each.organisation, each.role, each.emails, each.urls) for each in book.contacts())
    return contacts, interactions(book), exchanges(book), book.me.name, book.me.emails


@pytest.mark.parametrize("packed", [False, True])
def test_what_an_archive_brings_is_stored(tmp_path: Path, *, packed: bool) -> None:
    if packed:
        paths = [tmp_path / "Complete_LinkedInDataExport_11-23-2026.zip"]
        paths[0].write_bytes(zipped(everything()))
    else:
        paths = [a_folder(tmp_path, everything())]
    book = a_book()
    plan = bring_in(book, list(read_paths(paths)))
    assert counts(plan) == (80, 20, 2, 0, 57, 1)
    assert names(book) == sorted(PEOPLE)
    assert interactions(book) == INTERACTIONS
    assert exchanges(book) == EXCHANGES
    assert (book.me.name, book.me.emails) == ("Sam Self", ("sam@self.example",))


def test_a_recommendation_of_one_of_two_kims_waits(tmp_path: Path) -> None:
    book = a_book()
    plan = bring_in(book, list(read_paths([a_folder(tmp_path, everything())])))
    ((where, name),) = [(told["where"], told["name"]) for told in plan.report("linkedin")["ambiguous"]]
    assert (where, name) == ("Recommendations_Given.csv, line 5", "Kim Lee")
    assert "Kim buys." not in [text for *_, text in exchanges(book)]


def test_a_second_import_adds_and_updates_nothing(tmp_path: Path) -> None:
    book = a_book()
    folder = a_folder(tmp_path, everything())
    bring_in(book, list(read_paths([folder])))
    before = stored(book)
    assert counts(bring_in(book, list(read_paths([folder])))) == (80, 0, 0, 22, 57, 1)
    again = bring_in(book, list(read_bytes(zipped(everything()), "archive.zip")))
    assert counts(again) == (80, 0, 0, 22, 57, 1)
    assert stored(book) == before


def test_an_import_is_undone_as_one(tmp_path: Path) -> None:
    book = a_book()
    bring_in(book, list(read_paths([a_folder(tmp_path, everything())])))
    book.undo()
    assert book.is_empty


@pytest.mark.parametrize("first", sorted(NEW))
def test_the_order_of_the_files_does_not_matter(first: str) -> None:
    how = How(me=Myself(names=("Sam Self",)))
    files = [first, *(name for name in sorted(NEW, reverse=True) if name != first)]
    rows = chain.from_iterable(read_bytes(NEW[name].encode(), name, how=how) for name in files)
    book, other = a_book(), a_book()
    bring_in(book, list(rows))
    bring_in(other, list(read_bytes(zipped(NEW), "archive.zip")))
    assert stored(book) == stored(other)


def test_the_tables_one_by_one_bring_the_same_as_the_archive() -> None:
    one_by_one, whole = a_book(), a_book()
    how = How(me=Myself(names=("Sam Self",)))
    for name in sorted(NEW):
        bring_in(one_by_one, list(read_bytes(NEW[name].encode(), name, how=how)))
    bring_in(whole, list(read_bytes(zipped(NEW), "archive.zip")))
    assert stored(one_by_one) == stored(whole)


def test_an_archive_of_years_ago_comes_in(tmp_path: Path) -> None:
    book = a_book()
    plan = bring_in(book, list(read_paths([a_folder(tmp_path, OLD)])))
    assert counts(plan) == (9, 8, 0, 0, 1, 0)
    assert names(book) == ["Bob Stone", "Zoë Müller"]
    assert interactions(book) == [
        ("2016-02-07", "message", "me", "Zoë Müller", "The market!"),
        ("2017-02-08", "message", "both", "Zoë Müller", "Lunch?"),
        ("2020-02-08", "message", "me", "Zoë Müller", "Hello"),
        ("2020-02-09", "message", "me", "Bob Stone", "Hello Bob"),
        ("2020-02-09", "message", "them", "Zoë Müller", "Hello you"),
    ]
    assert exchanges(book) == [("2018-06-05", "received", "endorsement", "Bob Stone", "C++")]


def test_old_and_new_archives_make_one_person_each(tmp_path: Path) -> None:
    book = a_book()
    for name, files in (("new", everything()), ("old", OLD)):
        bring_in(book, list(read_paths([a_folder(tmp_path / name, files)])))
    assert names(book) == sorted(PEOPLE)


def test_a_newer_archive_adds_only_what_is_new() -> None:
    book = a_book()
    bring_in(book, list(read_bytes(zipped(NEW), "march.zip")))
    later = NEW["messages.csv"] + NEW["messages.csv"].splitlines()[1].replace("2026-02-09", "2026-02-12") + "\n"
    newer = bring_in(book, list(read_bytes(zipped(NEW | {"messages.csv": later}), "april.zip")))
    assert counts(newer)[1:3] == (1, 0)
    assert ("2026-02-12", "message", "them", "Zoë Müller", "Any time!") in interactions(book)


def test_a_word_typed_into_a_message_stays() -> None:
    book = a_book()
    bring_in(book, list(read_bytes(zipped(NEW), "archive.zip")))
    (talk,) = [each for each in book.all(Interaction) if each.summary == "Stone & sons"]
    verbs.edit(book, talk, replace(talk, summary="About the house"))
    assert counts(bring_in(book, list(read_bytes(zipped(NEW), "archive.zip"))))[1:3] == (0, 0)
    assert "About the house" in [summary for *_, summary in interactions(book)]


GIVEN_BY_HAND = [
    ("1833-03-22", "Mary Somerville"),
    ("1838-06-11", "Nikola Scully"),
    ("1838-07-04", "Sofia Goodall"),
    ("1839-12-28", "Wren Granger"),
    ("1840-03-01", "Edsger of Lothlorien"),
    ("1840-10-01", "Seren Pembrook"),
    ("1841-10-25", "Rhonda Amidala"),
    ("1843-02-23", "Srinivasa of Lothlorien"),
    ("1843-08-26", "Annie Bramble"),
    ("1844-09-17", "Dorothy Shannon"),
    ("1845-08-14", "Quill Weasley"),
    ("1846-07-12", "Galadriel Turing"),
    ("1847-11-15", "Frodo Dijkstra"),
    ("1848-03-21", "Barbara Knuth"),
    ("1848-05-24", "Charles Finch"),
    ("1849-03-28", "Briar Gamgee"),
    ("1849-04-24", "Shakuntala Lovegood"),
    ("1849-08-07", "Peeta Pembrook"),
    ("1849-08-12", "Ellen Carson"),
    ("1850-11-10", "Simba of Ithilien"),
    ("1850-12-13", "Barbara of Alexandria"),
]
"""The recommendations of the sample archive, counted by hand."""
OF_TWO = {"Barbara Knuth", "Rhonda Amidala", "Seren Pembrook"}
"""Of whom two endorsed: which of them was recommended, the archive does not say."""
MOST_ENDORSED = {
    ("Charles Babbage", "1833-06-05"): {
        *("Notation", "Operational Cards", "Debugging", "Translation", "Stakeholder Management"),
    },
    ("Mary Somerville", "1833-03-22"): {"Analytical Thinking", "Mathematics", "Perseverance"},
}
"""What the first persons of the sample endorsed, by hand."""


def _sample(*parts: str) -> list[Row]:
    folder = sample_folder("linkedin")
    return list(read_paths([folder / f"linkedin-export-viewer__{part}.csv" for part in parts]))


def test_the_recommendations_of_a_sample_archive_are_those_counted_by_hand() -> None:
    book = a_book()
    plan = bring_in(book, _sample("Recommendations_Given"))
    assert counts(plan) == (21, 21, 0, 0, 0, 0)
    told = [(day, who.partition(", ")[0], way, kind) for day, way, kind, who, _ in exchanges(book)]
    assert told == [(day, who, "given", "recommendation") for day, who in GIVEN_BY_HAND]
    assert next(text for *_, text in exchanges(book)).startswith("Mary introduced me to Charles, to mathematics")


def test_the_endorsements_of_a_sample_archive_are_those_counted_by_hand() -> None:
    book = a_book()
    plan = bring_in(book, _sample("Endorsement_Received_Info"))
    assert counts(plan) == (700, 700, 0, 0, 0, 0)
    found = exchanges(book)
    assert Counter((way, kind) for _, way, kind, _, _ in found) == {("received", "endorsement"): 700}
    for (who, day), skills in MOST_ENDORSED.items():
        assert {text for on, _, _, name, text in found if (name, on) == (who, day)} == skills
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    days = {month: f"{number:02d}" for number, month in enumerate(months, start=1)}
    with (sample_folder("linkedin") / "linkedin-export-viewer__Endorsement_Received_Info.csv").open() as file:
        rows = [list(row) for row in csv.reader(file)][1:]
    assert sorted((day, name, text) for day, _, _, name, text in found) == sorted(
        (f"{on[7:]}-{days[on[3:6]]}-{on[:2]}", f"{first} {last}", skill) for on, skill, first, last, *_ in rows
    )
    assert len(book.contacts()) == 572, "as many as there are profile links: 549 names, of which 23 are of two people"


def test_whom_two_people_of_a_sample_archive_share_a_name_with_waits_in_any_order() -> None:
    parts = ("Endorsement_Received_Info", "Recommendations_Given", "Profile", "Company_Follows")
    for order in (parts, parts[::-1]):
        book = a_book()
        plan = bring_in(book, _sample(*order))
        assert counts(plan) == (723, 718, 1, 0, 1, 3)
        assert {told["name"] for told in plan.report("linkedin")["ambiguous"]} == OF_TWO
        recommended = {who for _, way, _, who, _ in exchanges(book) if way == "given"}
        assert {who.partition(", ")[0] for who in recommended} == {who for _, who in GIVEN_BY_HAND} - OF_TWO
        assert book.me.name == "Ada Byron-Lovelace"
        assert counts(bring_in(book, _sample(*order)))[1:3] == (0, 0)


def test_each_file_of_the_sample_folder_comes_in_and_a_second_time_changes_nothing() -> None:
    paths = sorted(sample_folder("linkedin").glob("*.csv"))
    book = a_book()
    first, second = (bring_in(book, list(read_paths(paths))) for _ in range(2))
    assert counts(first) == (1251, 1245, 1, 0, 2, 3)
    assert counts(second)[1:3] == (0, 0)
    assert book.count(Interaction) == 13


def test_the_messages_of_a_sample_archive_by_conversation_and_day() -> None:
    path = sample_folder("linkedin") / "linkedin-network-intelligence__Messages.csv"
    book = a_book()
    bring_in(book, list(read_paths([path])))
    assert [row[:4] for row in interactions(book)] == [
        ("2024-03-10", "message", "them", "Bob Williams"),
        ("2024-03-12", "message", "me", "Bob Williams"),
        ("2024-05-15", "message", "both", "Alice Johnson"),
        ("2024-05-16", "message", "them", "Alice Johnson"),
        ("2024-05-20", "message", "me", "Alice Johnson"),
        ("2024-06-01", "message", "both", "Carol Davis"),
        ("2024-06-02", "message", "them", "Carol Davis"),
        ("2024-09-15", "message", "me", "Eve Wilson"),
        ("2024-09-18", "message", "them", "Eve Wilson"),
    ]
    assert names(book) == ["Alice Johnson", "Bob Williams", "Carol Davis", "Eve Wilson"]
