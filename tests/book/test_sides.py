"""The two sides of a conflict: what the user sees of each, and what is stored when one of them is kept."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book import verbs
from relcraft.book.fields_told import fields_of, told_of
from relcraft.book.open import Book
from relcraft.book.port import Keeper
from relcraft.book.sides import Sides, keep_all_here, keep_here, sides_of, take_there, waiting
from relcraft.domain.changes import put
from relcraft.domain.documents import TABLE_OF, TABLES, Document, from_document, to_document
from relcraft.domain.errors import BadInput, Conflict, NotFound, ReadOnly
from relcraft.domain.labels import LABELS
from relcraft.domain.merging import STAMPS
from relcraft.domain.records import (
    Ask,
    AskStep,
    Birthday,
    Contact,
    Date,
    Exchange,
    FollowUp,
    Goal,
    Introduction,
    IntroductionStep,
    Me,
    OtherSide,
    Record,
    Snooze,
    Tie,
)
from relcraft.domain.text import clean_line
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    Direction,
    ExchangeKind,
    GoalKind,
    IntroductionState,
)
from relcraft.store.opening import open_store
from tests.books import NOON, TODAY, a_book, a_keeper, at_noon, gave, met, person, promised
from tests.conflicts import days_ago, deleted, differently, saying

ADA = person(
    "ada", "Ada Lovelace", organisation="Acme", tags=("maths", "work"), updated=days_ago(1), created=days_ago(100)
)
NAVY = replace(ADA, organisation="Navy", tags=("maths", "sailing"), updated=days_ago(3))
Opener = Callable[..., Book]


@pytest.fixture(params=["memory", "file"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """What opens a book with some records, kept in memory or in a file; called again, the same book once more."""
    ticks = count()
    books: list[Book] = []
    memory = a_keeper()

    def now() -> datetime:
        return NOON.astimezone(UTC) + timedelta(microseconds=next(ticks))

    def another(*records: Record) -> Book:
        in_memory = request.param == "memory"
        keeper: Keeper = memory if in_memory else open_store(tmp_path / "book.json", now=now)
        book = Book(keeper, now)
        books.append(book)
        if records:
            book.change("filled", *(put(None, record) for record in records))
        return book

    yield another
    for book in books:
        book.close()


def stored(book: Book) -> dict[str, dict[str, Document]]:
    """Return everything in a book as it is kept."""
    return {table: {each["uid"]: each for each in documents} for table, documents in book.documents()}


def lines(sides: Sides) -> dict[str, tuple[list[str], list[str]]]:
    """Return what each side says, by the names of the fields; what it alone says with a plus."""
    return {
        each.field: tuple(
            [f"{'+' if said.alone else ''}{said.text}" for said in side] for side in (each.here, each.there)
        )  # type: ignore[misc]  # two sides make two lists
        for each in sides.differences
    }


# Seeing


def test_only_what_differs_is_told_in_the_words_of_the_forms() -> None:
    (sides,) = waiting(a_book(ADA, differently(NAVY)))
    assert (sides.title, sides.thing, sides.trouble) == ("Ada Lovelace", "person", "")
    assert lines(sides) == {
        "Organisation": (["+Acme"], ["+Navy"]),
        "Tags": (["maths", "+work"], ["maths", "+sailing"]),
    }


def test_each_side_is_dated_by_the_users_own_day() -> None:
    (sides,) = waiting(a_book(ADA, differently(NAVY)))
    assert (sides.here_on, sides.there_on) == (Date(2026, 11, 22), Date(2026, 11, 20))
    old = replace(ADA, updated=Contact(uid="", name="").updated, created=Contact(uid="", name="").created)
    (sides,) = waiting(a_book(old, differently(NAVY)))
    assert sides.here_on is None


def test_two_changes_of_one_day_are_told_apart_by_the_time() -> None:
    there = differently(NAVY)
    here = replace(ADA, updated=there.updated + timedelta(minutes=90))
    (sides,) = waiting(a_book(here, there))
    assert sides.times == ("13:30", "12:00")
    (sides,) = waiting(a_book(replace(ADA, updated=there.updated + timedelta(seconds=7)), there))
    assert sides.times == ("12:00:07", "12:00:00")
    (sides,) = waiting(a_book(replace(ADA, updated=there.updated), there))
    assert sides.times is None


def test_notes_differ_by_lines_and_the_order_alone_is_said() -> None:
    one, other = replace(ADA, notes="Climbs.\nVegetarian."), replace(ADA, notes="Climbs.\nSails.")
    (sides,) = waiting(a_book(one, differently(other)))
    assert lines(sides) == {"Notes": (["Climbs.", "+Vegetarian."], ["Climbs.", "+Sails."])}
    (sides,) = waiting(a_book(ADA, differently(replace(ADA, tags=("work", "maths")))))
    assert [each.same_words for each in sides.differences] == [True]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            person("x", "X", circle=Circle.CLOSE, cadence_days=42, introduced_by="ada"),
            person("x", "X", cadence_days=0, introduced_by="nobody"),
            {
                "Circle": (["+close"], []),
                "In touch every": (["+every 6 weeks"], ["+never due"]),
                "Introduced by": (["+Ada Lovelace"], ["+somebody who is not in the book"]),
            },
        ),
        (
            person("x", "X", birthday=Birthday(12, 9, 1906), met_on=TODAY, archived=True),
            person("x", "X", birthday=Birthday(12, 9), do_not_disturb=True),
            {
                "Birthday": (["+9 Dec 1906"], ["+9 Dec"]),
                "Met on": (["+Mon 23 Nov"], []),
                "Leave in peace": (["+no"], ["+yes"]),
                "In the archive": (["+yes"], ["+no"]),
            },
        ),
        (
            Exchange(
                uid="e", date=TODAY, direction=Direction.GIVEN, kind=ExchangeKind.LEAD, contact="ada", interaction="i1"
            ),
            Exchange(uid="e", date=Date(2025, 3, 1), direction=Direction.GIVEN, kind=ExchangeKind.LEAD, contact="x"),
            {
                "With": (["+Ada Lovelace"], ["+somebody who is not in the book"]),
                "Day": (["+Mon 23 Nov"], ["+Sat 1 Mar 2025"]),
                "On the occasion of": (["+coffee with Ada Lovelace"], []),
            },
        ),
        (
            Ask(
                uid="a", direction=AskDirection.OUTGOING, contact="ada", kind=ExchangeKind.LEAD,
                steps=(AskStep(AskState.DRAFT, Date(2026, 11, 2)),), nudges=(Date(2026, 11, 20),),
            ),
            Ask(
                uid="a", direction=AskDirection.OUTGOING, contact="ada", kind=ExchangeKind.LEAD,
                steps=(
                    AskStep(AskState.DRAFT, Date(2026, 11, 2)),
                    AskStep(AskState.ASKED, Date(2026, 11, 3), until=Date(2026, 12, 1)),
                ),
                goal="gone",
            ),
            {
                "Goal": ([], ["+goal that is not in the book"]),
                "So far": (["draft Mon 2 Nov"], ["draft Mon 2 Nov", '+asked Tue 3 Nov, "call me on Tue 1 Dec"']),
                "Nudged on": (["+Fri 20 Nov"], []),
            },
        ),
        (
            Introduction(uid="n", second="ada", broker="ada"),
            Introduction(
                uid="n", first="ada", second="ada", steps=(IntroductionStep(IntroductionState.IDEA, TODAY),)
            ),
            {
                "Who": (["+you"], ["+Ada Lovelace"]),
                "Through": (["+Ada Lovelace"], ["+you"]),
                "So far": ([], ["+idea Mon 23 Nov"]),
            },
        ),
        (
            Snooze(uid="s", of="ada", until=TODAY),
            Snooze(uid="s", of="a:b", until=TODAY),
            {"In peace": (["+Ada Lovelace"], ["+a move on Today"])},
        ),
        (Me(uid="me", name="Camille"), Me(uid="me"), {"Your name": (["+Camille"], [])}),
    ],
)  # fmt: skip
def test_values_are_told_as_the_program_tells_them(
    one: Record, other: Record, told: dict[str, tuple[list[str], list[str]]]
) -> None:
    (sides,) = waiting(a_book(ADA, met("i1", TODAY, "ada"), one, differently(other)))
    assert lines(sides) == told


def test_what_one_side_deleted_is_told_as_the_other_has_it() -> None:
    there, here = (
        sides_of(a_book(ADA, deleted(ADA)), deleted(ADA).uid),
        sides_of(a_book(differently(NAVY)), differently(NAVY).uid),
    )
    assert (there.here, there.there) == (ADA, None)
    assert lines(there) == {
        "Name": (["+Ada Lovelace"], []),
        "Organisation": (["+Acme"], []),
        "Tags": (["+maths", "+work"], []),
    }
    assert here.here is None
    assert here.there == NAVY
    assert here.title == "Ada Lovelace"


def test_the_latest_of_the_other_side_comes_first() -> None:
    book = a_book(ADA, differently(NAVY, days=5), differently(replace(NAVY, city="Bath"), days=2), deleted(ADA, days=9))
    assert [sides.there_on for sides in waiting(book)] == [Date(2026, 11, 21), Date(2026, 11, 18), Date(2026, 11, 14)]


def test_every_field_that_a_record_keeps_has_a_name_and_the_forms_call_it_the_same() -> None:
    for table, kind in TABLES.items():
        if table == "conflicts":
            continue
        kept = {field.name for field in fields(kind)} - {"uid", "extra", "sources", *STAMPS}
        assert set(LABELS[table]) == kept, table
        assert set(fields_of(table)) == kept | {"sources"}


def test_the_forms_call_their_fields_as_conflicts_do() -> None:
    from relcraft.tui.composer import fields as composing
    from relcraft.tui.forms import (  # fmt: skip
        ContactForm,
        ExchangeForm,
        FollowUpForm,
        GoalForm,
        InteractionForm,
        IntroductionForm,
        MeForm,
        TieForm,
    )

    forms: dict[str, Any] = {
        "contacts": ContactForm, "interactions": InteractionForm, "exchanges": ExchangeForm,
        "follow_ups": FollowUpForm, "goals": GoalForm, "introductions": IntroductionForm, "ties": TieForm,
        "me": MeForm,
    }  # fmt: skip
    for table, form in forms.items():
        shown = {field.name: field.label for field in form.FIELDS}
        assert {name: LABELS[table][name] for name in shown} == shown
    asks = (composing.WHOM, composing.WHAT, composing.KIND, composing.TARGET, composing.WHY, composing.GAIN)
    more = (composing.WAY_OUT, composing.BY, composing.chance(), composing.fear())
    assert {LABELS["asks"][field.name] for field in (*asks, *more)} == {field.label for field in (*asks, *more)}


# Settling


def test_keeping_what_is_here_drops_the_conflict_and_nothing_else(opened: Opener) -> None:
    book = opened(ADA, differently(NAVY))
    before = stored(book)
    change = keep_here(book, differently(NAVY).uid)
    assert change.title == "Ada Lovelace stays as it is here"
    assert stored(book) == {**before, "conflicts": {}}
    book.undo()
    assert stored(book) == before
    book.redo()
    assert stored(opened()) == {**before, "conflicts": {}}


def test_what_came_together_already_is_neither_shown_nor_lost_when_the_other_side_is_taken(opened: Opener) -> None:
    here = replace(ADA, role="Countess")
    there = replace(differently(replace(NAVY, city="Paris")), fields=("organisation", "city"))
    book = opened(here, there)
    (sides,) = waiting(book)
    assert lines(sides) == {"Organisation": (["+Acme"], ["+Navy"]), "City": ([], ["+Paris"])}
    take_there(book, there.uid)
    ada = book.contact("ada")
    assert (ada.organisation, ada.city, ada.role, ada.tags) == ("Navy", "Paris", "Countess", ("maths", "work"))
    assert waiting(book) == []


def test_a_word_that_the_other_side_has_not_goes_when_that_side_is_taken(opened: Opener) -> None:
    there = replace(differently(replace(ADA, organisation="")), fields=("organisation",))
    book = opened(replace(ADA, role="Countess"), there)
    take_there(book, there.uid)
    assert (book.contact("ada").organisation, book.contact("ada").role) == ("", "Countess")


def test_taking_the_other_side_puts_its_version_in_place_stamped_now(opened: Opener) -> None:
    book = opened(ADA, differently(NAVY))
    before = stored(book)
    change = take_there(book, differently(NAVY).uid)
    assert change.title == "Ada Lovelace as on the other side"
    taken = book.contact("ada")
    assert replace(taken, updated=NAVY.updated) == NAVY
    assert taken.updated.date() == NOON.date()
    assert not waiting(book)
    book.undo()
    assert stored(opened()) == before


def test_taking_a_deletion_deletes_what_hangs_on_that_person_alone(opened: Opener) -> None:
    grace = person("grace", "Grace Hopper", introduced_by="ada")
    both, alone = met("both", TODAY, "ada", "grace"), met("alone", TODAY, "ada")
    book = opened(ADA, grace, both, alone, gave("gift", TODAY, "ada"), promised("f", TODAY, "ada"), deleted(ADA))
    before = stored(book)
    assert take_there(book, deleted(ADA).uid).title == "Ada Lovelace deleted, as on the other side"
    assert [contact.uid for contact in book.contacts()] == ["grace"]
    assert book.contact("grace").introduced_by is None
    assert [each.contacts for each in book.interactions_with("grace")] == [("grace",)]
    assert not [*book.all(Exchange), *book.all(FollowUp), *book.all(OtherSide)]
    book.undo()
    assert stored(book) == before


def test_taking_the_deletion_of_an_interaction_leaves_what_came_from_it(opened: Opener) -> None:
    coffee = met("coffee", TODAY, "ada")
    help_given = replace(gave("gift", TODAY, "ada"), interaction="coffee")
    book = opened(ADA, coffee, help_given, deleted(coffee))
    take_there(book, deleted(coffee).uid)
    assert book.exchange("gift").interaction is None
    assert book.get("interactions", "coffee") is None


def test_a_deletion_that_is_not_taken_leaves_the_record(opened: Opener) -> None:
    book = opened(ADA, deleted(ADA))
    keep_here(book, deleted(ADA).uid)
    assert book.contact("ada") == ADA


def test_what_was_deleted_here_comes_back_or_stays_away(opened: Opener) -> None:
    book = opened(differently(NAVY))
    before = stored(book)
    assert take_there(book, differently(NAVY).uid).title == "Ada Lovelace is back, from the other side"
    assert book.contact("ada").organisation == "Navy"
    book.undo()
    assert stored(book) == before
    assert keep_here(book, differently(NAVY).uid).title == "Ada Lovelace stays deleted"
    assert book.is_empty


def test_what_was_deleted_on_both_sides_only_leaves_the_list(opened: Opener) -> None:
    book = opened(deleted(ADA))
    (sides,) = waiting(book)
    assert (sides.here, sides.there, sides.differences) == (None, None, ())
    take_there(book, sides.uid)
    assert book.is_empty


def test_of_several_other_sides_each_is_settled_by_itself(opened: Opener) -> None:
    third = differently(replace(NAVY, city="Bath"), days=2)
    book = opened(ADA, differently(NAVY), third)
    take_there(book, third.uid)
    (left,) = waiting(book)
    assert left.uid == differently(NAVY).uid
    assert lines(left) == {"City": (["+Bath"], [])}


def test_all_can_be_kept_as_they_are_here_in_one_change(opened: Opener) -> None:
    book = opened(ADA, differently(NAVY), deleted(ADA), saying("moons", "x", {}, uid="odd"))
    before = stored(book)
    assert keep_all_here(book).title == "3 conflicts settled: everything stays as it is here"
    assert not waiting(book)
    with pytest.raises(BadInput, match="No conflict waits"):
        keep_all_here(book)
    book.undo()
    assert stored(book) == before


def test_links_to_what_is_gone_are_cleared_in_what_is_taken(opened: Opener) -> None:
    here = met("coffee", TODAY, "ada")
    there = met("coffee", TODAY, "ada", "gone")
    ask = Ask(uid="a", direction=AskDirection.OUTGOING, contact="ada", kind=ExchangeKind.LEAD, target="gone", goal="no")
    goal = Goal(uid="g", kind=GoalKind.HIRED, words="A job", chain=("ada", "gone"))
    book = opened(ADA, here, differently(there), differently(ask), differently(goal))
    for each in (there, ask, goal):
        take_there(book, differently(each).uid)
    assert book.interaction("coffee").contacts == ("ada",)
    assert (book.one(Ask, "a").target, book.one(Ask, "a").goal) == (None, None)
    assert book.one(Goal, "g").chain == ("ada",)


@pytest.mark.parametrize(
    "lost",
    [
        gave("gift", TODAY, "gone"),
        met("coffee", TODAY, "gone"),
        Tie(uid="t", first="ada", second="gone"),
        Introduction(uid="i", broker="gone", second="ada"),
    ],
)
def test_what_cannot_stand_without_somebody_who_is_gone_is_refused(opened: Opener, lost: Record) -> None:
    book = opened(ADA, differently(lost))
    before = stored(book)
    with pytest.raises(BadInput, match="somebody who is no longer in the book"):
        take_there(book, differently(lost).uid)
    assert stored(book) == before


def test_settling_twice_is_refused_in_words(opened: Opener) -> None:
    book = opened(ADA, differently(NAVY))
    keep_here(book, differently(NAVY).uid)
    with pytest.raises(NotFound):
        keep_here(book, differently(NAVY).uid)
    with pytest.raises(NotFound):
        take_there(book, differently(NAVY).uid)


def test_a_book_that_cannot_be_written_says_so() -> None:
    keeper = a_keeper(ADA, differently(NAVY))
    keeper.read_only = "This disk is full."
    book = Book(keeper, at_noon())
    for verb in (keep_here, take_there):
        with pytest.raises(ReadOnly, match="full"):
            verb(book, differently(NAVY).uid)
    assert len(waiting(book)) == 1


# Two programs


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """One book in two programs: Ada, of whom the other side says something else."""
    ticks = count()

    def now() -> datetime:
        return NOON.astimezone(UTC) + timedelta(microseconds=next(ticks))

    one = Book(open_store(tmp_path / "book.json", now=now), now)
    one.change("filled", *(put(None, each) for each in (ADA, differently(NAVY))))
    other = Book(open_store(tmp_path / "book.json", now=now), now)
    yield one, other
    one.close()
    other.close()


@pytest.mark.parametrize("verb", [keep_here, take_there])
def test_what_another_program_settled_is_not_settled_again(two: tuple[Book, Book], verb: Callable[..., Any]) -> None:
    one, other = two
    keep_here(other, differently(NAVY).uid)
    with pytest.raises(NotFound):
        verb(one, differently(NAVY).uid)
    assert one.contact("ada").organisation == "Acme"


@pytest.mark.parametrize("verb", [keep_here, take_there])
def test_what_another_program_changed_since_it_was_seen_is_looked_at_again(
    two: tuple[Book, Book], verb: Callable[..., Any]
) -> None:
    one, other = two
    (seen,) = waiting(one)
    verbs.edit(other, other.contact("ada"), replace(other.contact("ada"), city="Bath"))
    with pytest.raises(Conflict, match="Ada Lovelace was changed by another program meanwhile"):
        verb(one, seen.uid, seen=seen)
    assert one.contact("ada").city == "Bath"
    (now,) = waiting(one)
    assert "City" in lines(now)
    verb(one, now.uid, seen=now)
    assert not waiting(one)


def test_undo_takes_a_side_back_under_another_programs_change_elsewhere(two: tuple[Book, Book]) -> None:
    one, other = two
    verbs.add_contact(other, Contact(uid="", name="Grace Hopper"))
    take_there(one, differently(NAVY).uid)
    one.undo()
    assert one.contact("ada") == ADA
    assert len(waiting(one)) == 1
    other.look_for_news()
    assert len(waiting(other)) == 1


# Hostile


HOSTILE: list[tuple[str, Document]] = [
    ("an unknown table", {"uid": "x1", "table": "moons", "of": "ada", "document": {"a": 1}}),
    ("its own table", {"uid": "x1", "table": "conflicts", "of": "ada", "document": {"a": 1}}),
    ("a table that is no text", {"uid": "x1", "table": 7, "of": "ada", "document": {"a": 1}}),
    ("no table", {"uid": "x1", "of": "ada", "document": {}}),
    ("no record", {"uid": "x1", "table": "contacts", "document": {}}),
    ("a record that is no text", {"uid": "x1", "table": "contacts", "of": ["ada"], "document": {}}),
    ("a document that is a list", {"uid": "x1", "table": "contacts", "of": "ada", "document": [1]}),
    ("a document that is a text", {"uid": "x1", "table": "contacts", "of": "ada", "document": "gone"}),
    ("nothing", {"uid": "x1"}),
]


@pytest.mark.parametrize("document", [each for _name, each in HOSTILE], ids=[name for name, _each in HOSTILE])
def test_what_cannot_be_read_is_told_and_can_only_be_dropped(document: Document) -> None:
    keeper = a_keeper(ADA)
    keeper.tables["conflicts"] = {"x1": document}
    book = Book(keeper, at_noon())
    (sides,) = waiting(book)
    assert sides.trouble
    assert sides.differences == ()
    with pytest.raises(BadInput, match="It can only be dropped"):
        take_there(book, "x1")
    assert book.contact("ada") == ADA
    keep_here(book, "x1")
    assert not waiting(book)
    book.undo()
    assert keeper.tables["conflicts"] == {"x1": document}


def test_text_of_the_other_side_is_clean_and_a_foreign_field_is_told() -> None:
    there = {
        "uid": "somebody else", "name": "Ada\x1b[31m \u202eLovelace", "organisation": 7, "shoe\x1b size": [1, {"a": 2}],
        "tags": ["[/]"], "notes": "[@click=app.bell]x[/]",
    }  # fmt: skip
    (sides,) = waiting(a_book(ADA, saying("contacts", "ada", there)))
    assert not sides.trouble
    told = lines(sides)
    assert told["Name"] == (["+Ada Lovelace"], ["+Ada[31m Lovelace"])
    assert told["Organisation"] == (["+Acme"], ["+7"])
    assert told["shoe size"] == ([], ['+[1, {"a": 2}]'])
    assert told["Notes"] == ([], ["+[@click=app.bell]x[/]"])
    book = a_book(ADA, saying("contacts", "ada", there))
    take_there(book, sides.uid)
    assert book.contact("ada").extra["organisation"] == 7
    assert {contact.uid for contact in book.contacts()} == {"ada"}


def test_a_contact_without_a_name_is_no_contact() -> None:
    book = a_book(ADA, saying("contacts", "ada", {"uid": "ada", "city": "Bath"}))
    (sides,) = waiting(book)
    with pytest.raises(BadInput, match="needs a name"):
        take_there(book, sides.uid)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted({name for labels in LABELS.values() for name in labels} | {"uid", "updated", "created", "sources"})


@given(
    table=st.sampled_from([*TABLES, "moons"]),
    of=st.sampled_from(["ada", "coffee", "nobody", ""]),
    document=JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8),
)
def test_nothing_that_the_other_side_may_say_breaks_the_list(table: str, of: str, document: Any) -> None:
    keeper = a_keeper(ADA, met("coffee", TODAY, "ada"))
    keeper.tables["conflicts"] = {"x1": {"uid": "x1", "table": table, "of": of, "document": document}}
    book = Book(keeper, at_noon())
    (sides,) = waiting(book)
    said = [sides.title, *(line.text for each in sides.differences for line in (*each.here, *each.there))]
    assert all(text == clean_line(text) for text in said)
    try:
        take_there(book, "x1", seen=sides)
    except BadInput:
        assert book.contact("ada") == ADA
        keep_here(book, "x1", seen=sides)
    assert not waiting(book)
    assert all(
        from_document(TABLES[name], each)
        for name, documents in book.documents()
        for each in documents
        if name in TABLES
    )


def test_a_record_tells_every_field_that_it_has_without_a_word_of_its_shape() -> None:
    book = a_book(ADA)
    for record in (ADA, Me(uid="me", name="C"), Goal(uid="g", kind=GoalKind.HIRED, words="A job")):
        told = [line for name in to_document(record) for line in told_of(book, TABLE_OF[type(record)], record, name)]
        assert not any("(" in line or "None" in line for line in told)
