"""What a verb stores, and how its toast tells it."""

from datetime import UTC, datetime, timedelta

import pytest

from relcraft.book import naming, verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.repeating import repeat
from relcraft.domain.changes import put
from relcraft.domain.documents import to_document
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Date, Exchange, FollowUp, Interaction, Snooze
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def book() -> Book:
    people = [Contact(uid="grace", name="Grace Hopper", tags=("navy",)), Contact(uid="raj", name="Raj Patel")]
    return Book(MemoryKeeper({"contacts": {one.uid: to_document(one) for one in people}}), lambda: NOW)


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (1, "Raj Patel: every day"),
        (42, "Raj Patel: every 6 weeks"),
        (30, "Raj Patel: every 30 days"),
        (0, "Raj Patel: never due"),
    ],
)
def test_a_cadence_is_told_as_people_say_it(book: Book, days: int, title: str) -> None:
    assert verbs.set_cadence(book, ["raj"], days).title == title
    assert book.contact("raj").cadence_days == days


def test_a_cadence_taken_away_leaves_it_to_the_circle(book: Book) -> None:
    verbs.set_cadence(book, ["raj"], 7)
    assert verbs.set_cadence(book, ["raj"], None).title == "Raj Patel: as often as the circle says"
    assert book.contact("raj").cadence_days is None


def test_a_tag_in_other_letters_is_the_same_tag(book: Book) -> None:
    with pytest.raises(BadInput, match="Nothing changes"):
        verbs.add_tag(book, ["grace"], "Navy")
    verbs.add_tag(book, ["grace", "raj"], "#Navy")
    assert [book.contact(uid).tags for uid in ("grace", "raj")] == [("navy",), ("Navy",)]
    assert verbs.remove_tag(book, ["grace", "raj"], "NAVY").title == "#NAVY off Grace and Raj"
    assert [book.contact(uid).tags for uid in ("grace", "raj")] == [(), ()]


def test_an_entry_about_nobody_is_told_by_its_kind(book: Book) -> None:
    note = verbs.log_interaction(book, Interaction(uid="", date=book.today, kind=InteractionKind.NOTE, summary="x"))
    assert naming.title_of(book, note) == "note"
    assert verbs.delete(book, [note.uid]).title == "deleted note"


def test_thanks_before_the_help_itself_are_refused_in_words(book: Book) -> None:
    help_got = Exchange(
        uid="",
        date=Date(2026, 11, 20),
        direction=Direction.RECEIVED,
        kind=ExchangeKind.ADVICE,
        contact="raj",
        thanked_on=Date(2026, 11, 19),
    )
    with pytest.raises(BadInput, match="Thanked on Thu 19 Nov 2026 is before the exchange itself, on Fri 20 Nov 2026"):
        verbs.add_exchange(book, help_got)


def test_what_lies_at_the_end_of_the_calendar_is_repeated_no_later(book: Book) -> None:
    far = Interaction(uid="", date=Date.max, kind=InteractionKind.COFFEE, contacts=("raj",))
    change = book.change("far", put(None, verbs.stamped(book, far)))
    later = Book(MemoryKeeper({}), lambda: NOW + timedelta(days=2))
    later.change("raj", put(None, Contact(uid="raj", name="Raj Patel")))
    with pytest.raises(BadInput, match="The calendar ends before"):
        repeat(later, change, ["raj"])


def test_what_was_put_off_about_a_record_goes_with_it_and_comes_back_with_it(book: Book) -> None:
    promise = verbs.add_follow_up(book, FollowUp(uid="", date=book.today, contact="raj", text="the paper"))
    moves = (f"promise:{promise.uid}", promise.uid, "give:grace:raj:a cv|cv help", "keep:grace:2026-01-01")
    snoozes = [verbs.stamped(book, Snooze(uid="", of=of, until=Date.max)) for of in moves]
    book.change("put off", *(put(None, each) for each in snoozes))
    verbs.delete(book, [promise.uid])
    assert sorted(each.of for each in book.all(Snooze)) == sorted(moves[2:])
    verbs.archive(book, ["raj"])
    verbs.delete_for_good(book, "raj")
    assert [each.of for each in book.all(Snooze)] == ["keep:grace:2026-01-01"]
    for _step in range(3):
        book.undo()
    assert sorted(each.of for each in book.all(Snooze)) == sorted(moves)


def test_an_edit_is_later_than_what_it_edits_though_the_clock_went_back() -> None:
    hours = iter((0, -1, -2, -2))
    clock = [NOW]
    book = Book(MemoryKeeper(), lambda: clock[0])
    grace = verbs.add_contact(book, Contact(uid="", name="Grace Hopper"))
    stamps = [grace.updated]
    for hour in hours:
        clock[0] = NOW + timedelta(hours=hour)
        verbs.set_cadence(book, [grace.uid], 30 + len(stamps))
        stamps.append(book.contact(grace.uid).updated)
    assert stamps == sorted(set(stamps))
    assert stamps[-1] - stamps[0] < timedelta(seconds=1)


def test_a_record_from_the_end_of_time_can_be_edited() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    book = Book(MemoryKeeper(), lambda: NOW)
    book.change("added", put(None, Contact(uid="grace", name="Grace Hopper", updated=last)))
    verbs.set_cadence(book, ["grace"], 30)
    assert book.contact("grace").updated == last
