"""What waits to be placed gets its person by one word of the user, and is not asked about again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.duplicates import unite
from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.book.placing import drop, place, told, waiting
from relcraft.book.verbs import delete
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.incoming import Incoming, IncomingRecord, Row
from relcraft.domain.records import Contact, Exchange, Interaction, Tie, Unplaced
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind
from tests.book.test_duplicates import stored
from tests.books import a_book, person

DAY = date(2026, 3, 2)
KEYED = Contact(uid="", name="Kim Lee", sources=("linkedin:kim-7",))
NAMED = Contact(uid="", name="Kim Lee")


def two_kims() -> Book:
    return a_book(
        person("kim1", "Kim Lee", emails=("kim@acme.example",), organisation="Acme"),
        person("kim2", "Kim Lee", organisation="Navy"),
        person("ada", "Ada Lovelace", emails=("ada@engine.example",)),
    )


def recommended(who: Contact, key: str = "rec:1", text: str = "A joy") -> IncomingRecord:
    said = Exchange(
        uid="",
        date=DAY,
        direction=Direction.RECEIVED,
        kind=ExchangeKind.RECOMMENDATION,
        contact="",
        text=text,
        sources=(key,),
    )
    return IncomingRecord(said, (who,), "Recommendations_Received.csv, line 2")


def met(*people: Contact, key: str = "cal:1") -> IncomingRecord:
    said = Interaction(uid="", date=DAY, kind=InteractionKind.MEETING, summary="Budget", sources=(key,))
    return IncomingRecord(said, people, "calendar.ics, line 9", adds_people=False)


def know(*people: Contact) -> IncomingRecord:
    return IncomingRecord(Tie(uid="", first="", second="", sources=("tie:1",)), people, "monica.json, line 4")


def bring(book: Book, *rows: Row) -> None:
    keep_import(book, plan_import(book, rows))


def test_what_waits_is_told_with_whom_it_may_be_about() -> None:
    book = two_kims()
    bring(book, recommended(NAMED))
    (one,) = waiting(book)
    assert (one.name, one.thing, one.choices) == ("Kim Lee", "recommendation received", ("kim1", "kim2"))
    assert told(book, one) == ["Mon 2 Mar", "A joy"]
    assert waiting(two_kims()) == ()


def test_placed_it_is_stored_with_its_person_and_a_second_import_changes_nothing() -> None:
    book = two_kims()
    bring(book, recommended(KEYED))
    before = stored(book)
    change = place(book, waiting(book)[0].uid, "kim2")
    assert change.title == "recommendation received placed with Kim Lee"
    (helped,) = book.exchanges_with("kim2")
    assert (helped.text, helped.direction) == ("A joy", Direction.RECEIVED)
    assert "linkedin:kim-7" in book.contact("kim2").sources
    assert waiting(book) == ()
    again = plan_import(book, [recommended(KEYED)])
    assert (again.brings, again.rows_unchanged) == (False, 1)
    book.undo()
    assert stored(book) == before


def test_what_else_waits_about_the_same_person_is_placed_with_it() -> None:
    book = two_kims()
    bring(book, recommended(KEYED), recommended(KEYED, "rec:2", "Again"), recommended(NAMED, "rec:3", "Who?"))
    assert len(waiting(book)) == 3
    keyed = next(one for one in waiting(book) if one.person.sources)
    assert place(book, keyed.uid, "kim1").title.startswith("recommendation received and 1 more")
    assert {each.text for each in book.exchanges_with("kim1")} == {"A joy", "Again"}
    assert [one.unplaced.document["text"] for one in waiting(book) if one.unplaced.document] == ["Who?"]


def test_a_later_file_finds_who_was_told() -> None:
    book = two_kims()
    bring(book, recommended(KEYED))
    place(book, waiting(book)[0].uid, "kim2")
    bring(book, recommended(KEYED, "rec:9", "Later"))
    assert len(book.exchanges_with("kim2")) == 2


def test_somebody_new_is_added_with_all_that_the_file_says() -> None:
    book = two_kims()
    bring(book, recommended(KEYED))
    assert "somebody new, Kim Lee" in place(book, waiting(book)[0].uid, None).title
    (new,) = [each for each in book.contacts() if each.uid not in ("kim1", "kim2", "ada")]
    assert (new.name, new.sources) == ("Kim Lee", ("linkedin:kim-7",))
    assert len(book.exchanges_with(new.uid)) == 1
    assert not plan_import(book, [recommended(KEYED)]).brings


def test_dropped_it_does_not_come_up_again() -> None:
    book = two_kims()
    bring(book, recommended(NAMED))
    before = stored(book)
    assert drop(book, waiting(book)[0].uid).title == "recommendation received of Kim Lee dropped"
    again = plan_import(book, [recommended(NAMED)])
    assert (again.brings, again.rows_unchanged, book.count(Exchange)) == (False, 1, 0)
    book.undo()
    assert stored(book) == before


def test_somebody_more_comes_to_a_meeting_that_is_there_already() -> None:
    book = two_kims()
    ada = Contact(uid="", name="Ada Lovelace", emails=("ada@engine.example",))
    bring(book, met(ada, NAMED))
    (meeting,) = book.all(Interaction)
    assert meeting.contacts == ("ada",)
    (one,) = waiting(book)
    place(book, one.uid, "kim1")
    assert book.interaction(meeting.uid).contacts == ("ada", "kim1")
    assert not plan_import(book, [met(ada, NAMED)]).brings


def test_a_meeting_that_was_deleted_meanwhile_stays_deleted() -> None:
    book = two_kims()
    bring(book, met(Contact(uid="", name="Ada Lovelace", emails=("ada@engine.example",)), KEYED))
    (meeting,) = book.all(Interaction)
    delete(book, [meeting.uid])
    place(book, waiting(book)[0].uid, "kim1")
    assert book.count(Interaction) == 0
    assert "linkedin:kim-7" in book.contact("kim1").sources


def test_a_tie_waits_for_its_other_end() -> None:
    book = two_kims()
    ada = Contact(uid="", name="Ada Lovelace", emails=("ada@engine.example",))
    bring(book, know(ada, NAMED))
    (one,) = waiting(book)
    with pytest.raises(BadInput, match="nobody is tied"):
        place(book, one.uid, "ada")
    place(book, one.uid, "kim2")
    (tie,) = book.all(Tie)
    assert {tie.first, tie.second} == {"ada", "kim2"}


def test_a_tie_of_two_who_wait_is_there_when_both_are_placed() -> None:
    book = a_book(*(person(f"{name}{i}", name.title() + " Lee") for name in ("kim", "raj") for i in (1, 2)))
    bring(book, know(NAMED, Contact(uid="", name="Raj Lee")))
    place(book, waiting(book)[0].uid, "kim1")
    assert book.count(Tie) == 0
    place(book, waiting(book)[0].uid, "raj2")
    (tie,) = book.all(Tie)
    assert {tie.first, tie.second} == {"kim1", "raj2"}


def test_a_row_about_a_person_fills_what_is_empty() -> None:
    both = ("kim@acme.example",)
    book = a_book(person("kim1", "Kim Lee", emails=both), person("kim2", "Kim Lee", emails=both, city="Oslo"))
    row = Incoming(Contact(uid="", name="Kim Lee", emails=both, city="Rome", role="Pilot", sources=("g:1",)), "a.csv")
    bring(book, row)
    (one,) = waiting(book)
    assert (one.thing, one.record, set(one.choices)) == ("person", None, {"kim1", "kim2"})
    place(book, one.uid, "kim2")
    assert (book.contact("kim2").city, book.contact("kim2").role) == ("Oslo", "Pilot")
    assert not plan_import(book, [row]).brings


def test_what_no_longer_waits_is_told() -> None:
    book = two_kims()
    bring(book, recommended(NAMED))
    uid = waiting(book)[0].uid
    with pytest.raises(NotFound):
        place(book, uid, "gone")
    drop(book, uid)
    with pytest.raises(NotFound):
        place(book, uid, "kim1")
    with pytest.raises(NotFound):
        drop(book, uid)


def test_what_cannot_be_read_can_only_be_dropped() -> None:
    book = a_book(
        person("kim1", "Kim Lee"), Unplaced(uid="u", table="moons", document={"x": 1}, person={"name": "Kim Lee"})
    )
    (one,) = waiting(book)
    assert one.choices == ("kim1",)
    drop(book, one.uid)
    assert book.count(Unplaced) == 0


def test_those_who_are_made_one_are_no_longer_two_to_choose_from() -> None:
    book = two_kims()
    bring(book, recommended(NAMED))
    unite(book, "kim1", "kim2")
    assert waiting(book)[0].choices == ("kim1",)


def test_what_was_placed_with_the_wrong_one_and_undone_can_be_placed_again() -> None:
    book = two_kims()
    bring(book, recommended(NAMED))
    place(book, waiting(book)[0].uid, "kim1")
    book.undo()
    place(book, waiting(book)[0].uid, "kim2")
    assert [each.contact for each in book.all(Exchange)] == ["kim2"]


@given(st.lists(st.sampled_from([KEYED, NAMED]), min_size=1, max_size=4), st.sampled_from(["kim1", "kim2", None]))
def test_all_that_waits_can_be_placed_and_undone_and_read_again(people: list[Contact], whose: str | None) -> None:
    rows = [recommended(each, f"rec:{place}") for place, each in enumerate(people)]
    book = two_kims()
    bring(book, *rows)
    before = stored(book)
    steps = 0
    while waiting(book):
        place(book, waiting(book)[0].uid, whose)
        steps += 1
    assert book.count(Exchange) == len(rows)
    assert not plan_import(book, rows).brings
    for _ in range(steps):
        book.undo()
    assert stored(book) == before
