"""The `friends.md` of the friends command line: in, out, and in again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import Incoming, IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.words import InteractionKind
from relcraft.formats.friends_md import Friends, friends_md
from relcraft.formats.reading import read_bytes
from tests.books import TODAY, a_book, met, person
from tests.formats.rows import people, sample_folder, skips

COUNTS = {
    "friends__add_event_helper-L244.md": (2, 1, 0),
    "friends__add_event_helper-L323.md": (3, 2, 0),
    "friends__add_event_helper-L436.md": (3, 3, 0),
    "friends__commands-add-activity_spec-L219.md": (0, 2, 0),
    "friends__commands-add-activity_spec-L35.md": (0, 7, 0),
    "friends__commands-add-note_spec-L13.md": (0, 3, 0),
    "friends__commands-clean_spec-L40.md": (1, 1, 0),
    "friends__commands-clean_spec-L91.md": (4, 3, 5),
    "friends__commands-graph_spec-L28.md": (3, 7, 3),
    "friends__commands-list-activities_spec-L169.md": (3, 4, 0),
    "friends__commands-stats_spec-L54.md": (0, 1, 0),
    "friends__default_file_spec-L28.md": (3, 2, 1),
    "friends__friends.md": (3, 6, 3),
}
"""Of each sample: friends, activities and notes, places; counted by hand."""


def read(text: str | bytes) -> list[Row]:
    return list(Friends().read(text if isinstance(text, bytes) else text.encode(), "friends.md"))


def bring_in(data: bytes) -> tuple[Book, ImportPlan]:
    """Import a file, twice: the second time changes nothing."""
    book = a_book()
    plan = plan_import(book, read_bytes(data, "friends.md"))
    keep_import(book, plan)
    assert not plan_import(book, read_bytes(data, "friends.md")).brings
    return book, plan


def the_only(rows: Sequence[Row]) -> IncomingRecord:
    (row,) = rows
    assert isinstance(row, IncomingRecord)
    return row


def event(text: str, section: str = "Activities") -> tuple[Interaction, tuple[str, ...]]:
    """Return the one event that a line is, and whom it names."""
    row = the_only(read(f"### {section}:\n- 2026-03-12: {text}\n"))
    assert isinstance(row.record, Interaction)
    return row.record, tuple(each.name for each in row.people)


def test_all_samples_counted_by_hand() -> None:
    for name, (friends, events, places) in COUNTS.items():
        rows = read((sample_folder("friends-md") / name).read_bytes())
        assert len(people(rows)) == friends, name
        assert len([row for row in rows if isinstance(row, IncomingRecord)]) == events, name
        assert len(skips(rows)) == places, name


def test_the_largest_sample_down_to_what_is_stored() -> None:
    book, plan = bring_in((sample_folder("friends-md") / "friends__friends.md").read_bytes())
    assert (plan.read, plan.rows_added, plan.made) == (12, 9, {"contacts": 3, "interactions": 6})
    grace = next(each for each in book.contacts() if each.name == "Grace Hopper")
    assert (grace.nicknames, grace.city, grace.tags) == (("The Admiral", "Amazing Grace"), "Paris", ("navy", "science"))
    lunch = next(each for each in book.all(Interaction) if each.date == date(2018, 1, 4))
    assert lunch.summary == "Got lunch with Grace Hopper and George Washington Carver."
    assert (lunch.kind, lunch.tags, len(lunch.contacts)) == (InteractionKind.LUNCH, ("food",), 2)
    call = next(each for each in book.all(Interaction) if each.date == date(2017, 11, 15))
    assert call.kind is InteractionKind.CALL
    party = next(each for each in book.all(Interaction) if each.date == date(2017, 12, 31))
    assert (party.summary, party.extra) == (
        "Celebrated the new year in Paris with Marie Curie.",
        {"locations": ["Paris"]},
    )
    kinds = {each.kind for each in book.all(Interaction) if each.date in (date(2018, 6, 15), date(2017, 6, 6))}
    assert kinds == {InteractionKind.NOTE}


def test_all_samples_that_the_program_wrote_come_out_line_for_line() -> None:
    """The other samples lack sections, or stand in an order that the program itself would change."""
    same = [name for name in COUNTS if comes_out_again(sample_folder("friends-md") / name)]
    assert same == [
        *(f"friends__add_event_helper-L{line}.md" for line in (244, 323, 436)),
        *("friends__commands-add-activity_spec-L35.md", "friends__commands-add-note_spec-L13.md"),
        *("friends__commands-clean_spec-L91.md", "friends__default_file_spec-L28.md", "friends__friends.md"),
    ]


def comes_out_again(path: Path) -> bool:
    """Whether every line comes out as it went in; events of one day have no order of their own."""
    book, _plan = bring_in(path.read_bytes())
    written = friends_md(book.all(Contact), book.all(Interaction))
    return sorted(written.split(b"\n")) == sorted(path.read_bytes().split(b"\n"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Got lunch with **Ada**.", InteractionKind.LUNCH),
        ("Coffee with **Ada** in _Paris_", InteractionKind.COFFEE),
        ("**Ada** and I had a long talk on the phone", InteractionKind.CALL),
        ("Emailed **Ada**", InteractionKind.EMAIL),
        ("Went sailing with **Ada**", InteractionKind.MEETING),
        ("Notes compared with **Ada**", InteractionKind.MEETING),
    ],
)
def test_the_words_say_of_what_kind_an_activity_was(text: str, kind: InteractionKind) -> None:
    assert (event(text)[0].kind, event(text, "Notes")[0].kind) == (kind, InteractionKind.NOTE)


def test_signs_become_fields() -> None:
    said, names = event("Saw _The Tate_ with **Ada Lovelace**; her @idea:new is a_b_c. @art @fun-day")
    assert said.summary == "Saw The Tate with Ada Lovelace; her @idea:new is a_b_c."
    assert (names, said.tags, said.extra) == (
        ("Ada Lovelace",),
        ("idea:new", "art", "fun-day"),
        {"locations": ["The Tate"]},
    )


def test_an_address_is_no_tag() -> None:
    assert event("Wrote to ada@engine.example with **Ada**")[0].tags == ()


def test_somebody_named_in_an_activity_alone_comes_in_too() -> None:
    book, plan = bring_in(b"### Activities:\n- 2026-03-12: Tea with **Ada** and **Raj**.\n\n### Friends:\n- Raj\n")
    assert sorted(each.name for each in book.contacts()) == ["Ada", "Raj"]
    assert (plan.read, plan.rows_added) == (2, 2)


def test_what_cannot_be_read_is_told_with_its_line() -> None:
    text = (
        "odd\n### Activities:\n- yesterday: x\n- 2026-02-30: x\n\n### Friends:\n- @tag alone\n### Locations:\n- Paris\n"
    )
    assert [where for where, _ in skips(read(text))] == [f"friends.md, line {line}" for line in (7, 1, 3, 4, 9)]


def test_out_and_in_again_finds_everybody() -> None:
    contacts = [
        person("k1", "Kim Lee", city="Oslo"),
        person("k2", "Kim Lee"),
        person("b", "Ada (Countess) [Lovelace]", nicknames=("The (first)",), tags=("two words", "c++", "#1")),
        person("p", "Paris Hilton", notes="private"),
        person("x", "(((", archived=True),
    ]
    events = [
        met("1", TODAY, "k1", "k2", summary="About looms, with Kim Lee"),
        met("2", TODAY, "b", kind=InteractionKind.CALL),
        met("3", TODAY, "p", kind=InteractionKind.NOTE, summary="likes **bold** things in Paris"),
        met("4", TODAY, kind=InteractionKind.MEETING),
        met("5", TODAY, "p", kind=InteractionKind.DINNER, summary="Dinner with Paris Hilton"),
    ]
    data = friends_md(contacts, events)
    text = data.decode()
    assert "private" not in text
    assert "- 2026-11-23: Coffee with **Kim Lee** and **Kim Lee 2**: About looms, with Kim Lee\n" in text
    assert "- 2026-11-23: Call with **Ada Countess Lovelace**.\n" in text
    assert "- 2026-11-23: Dinner with **Paris Hilton**\n" in text
    assert "- Ada Countess Lovelace (a.k.a. The first) @two-words @c @1\n" in text
    book, plan = bring_in(data)
    assert len(list(book.contacts())) == 5
    assert not [told for told in plan.skipped if "place" not in told.why]


WORDS = st.text(alphabet=st.sampled_from("aZé_*@()[].:- \n\t\u202e-"), max_size=16)
NAMES = st.lists(WORDS, max_size=4)


@given(
    NAMES, st.lists(st.tuples(WORDS, st.sets(st.integers(0, 3)), st.sampled_from(InteractionKind), WORDS), max_size=4)
)
def test_whatever_stands_in_a_book_everybody_is_found_again(
    names: list[str], said: list[tuple[str, set[int], InteractionKind, str]]
) -> None:
    contacts = [person(f"c{at}", name, city=name, tags=(name,)) for at, name in enumerate(names)]
    events = [
        Interaction(
            uid=f"e{at}",
            date=date(2026, 1, 1 + at),
            kind=kind,
            summary=text,
            contacts=tuple(f"c{which}" for which in sorted(who)),
            extra={"locations": [place]},
        )
        for at, (text, who, kind, place) in enumerate(said)
    ]
    data = friends_md(contacts, events)
    assert Friends().recognises(data)
    rows = read(data)
    assert len({each.name for each in people(rows)}) == len(contacts)
    named = {
        row.record.date: row for row in rows if isinstance(row, IncomingRecord) and isinstance(row.record, Interaction)
    }
    for each in events:
        meant = len([uid for uid in each.contacts if int(uid[1:]) < len(contacts)])
        assert len(named[each.date].people if each.date in named else ()) >= meant
        if meant:
            assert not [row for row in rows if isinstance(row, Incoming) and row.contact.name == ""]


@given(st.binary(max_size=300))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    for whole in (data, b"### Friends:\n" + data, b"### Activities:\n- 2026-03-12: **A" + data):
        Friends().recognises(whole)
        assert Friends().expected_rows(whole) >= 0
        assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in read(whole))


@given(st.text(alphabet=st.sampled_from("a*_@([).:- \n"), max_size=80))
def test_any_signs_at_all_give_rows_and_never_an_error(text: str) -> None:
    for section in ("Friends", "Activities", "Notes"):
        read(f"### {section}:\n- 2026-03-12: {text}\n- {text}")


@pytest.mark.parametrize(
    "line",
    [
        *("- a (a.k.a. x" + ") [" * 30_000, "- a" + " (a.k.a. " * 30_000, "- " + " a" * 60_000 + "("),
        *("- 2026-03-12: " + sign * 60_000 for sign in ("**a", "_a", " @a:", "**a**, ")),
        "- 2026-03-12: Coffee with " + "**a**, " * 30_000 + "x",
    ],
    ids=lambda line: line[:24],
)
def test_a_line_without_end_takes_no_time_without_end(line: str) -> None:
    before = perf_counter()
    read(f"### Friends:\n{line}\n### Activities:\n{line}\n")
    assert perf_counter() - before < 5


def test_an_event_whose_words_were_changed_is_the_same_event_and_two_of_a_day_are_two() -> None:
    book = a_book()

    def bring(*lines: str) -> ImportPlan:
        text = "\n".join(("### Activities:", *(f"- {line}" for line in lines)))
        plan = plan_import(book, list(read_bytes(text.encode(), "friends.md", None)))
        keep_import(book, plan)
        return plan

    bring(
        "2026-01-05: Lunch with **Ada Lovelace**.", "2026-01-04: Tea with **Raj**.", "2026-01-04: Chess with **Raj**."
    )
    plan = bring(
        "2026-01-05: Lunch with **Ada Lovelace** at _Noma_.",
        "2026-01-04: Tea with **Raj**.",
        "2026-01-04: Go with **Raj**.",
    )
    assert (plan.rows_updated, plan.rows_unchanged, plan.rows_added) == (1, 1, 1)
    said = sorted(each.summary for each in book.all(Interaction))
    assert said == ["Chess with Raj.", "Go with Raj.", "Lunch with Ada Lovelace at Noma.", "Tea with Raj."]
