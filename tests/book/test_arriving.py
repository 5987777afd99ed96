"""Records that an import brings: found again, put together, given to the right person, or left waiting until told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book import verbs
from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import Incoming, IncomingRecord, Row
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Me, Tie, Unplaced
from relcraft.domain.words import Direction, ExchangeKind, Initiator, InteractionKind
from tests.books import a_book, person

DAY = date(2026, 3, 2)
ADA = Contact(uid="", name="Ada Lovelace", urls=("https://www.linkedin.com/in/ada",), sources=("linkedin:ada",))


def named(name: str, **known: object) -> Contact:
    return replace(Contact(uid="", name=name), **known)  # type: ignore[arg-type]  # a test names real fields


def wrote(*people: Contact, key: str = "mail:1", line: int = 1, adds: bool = True, **said: object) -> IncomingRecord:
    record = Interaction(uid="", date=DAY, kind=InteractionKind.EMAIL, initiator=Initiator.ME, sources=(key,))
    return IncomingRecord(
        replace(record, **said),  # type: ignore[arg-type]  # as above
        people,
        f"mail, line {line}",
        adds_people=adds,
    )


def recommended(who: Contact, key: str = "recommendation:1") -> IncomingRecord:
    said = Exchange(
        uid="",
        date=DAY,
        direction=Direction.RECEIVED,
        kind=ExchangeKind.RECOMMENDATION,
        contact="",
        text="A joy to work with",
        sources=(key,),
    )
    return IncomingRecord(said, (who,), "Recommendations_Received.csv, line 2")


def bring(book: Book, *rows: Row) -> ImportPlan:
    plan = plan_import(book, rows, "a file")
    keep_import(book, plan)
    return plan


def counted(plan: ImportPlan) -> tuple[int, int, int, int, int, int]:
    """Return read, added, updated, unchanged, skipped, ambiguous."""
    said = plan.report("")
    return (
        said["read"],
        said["added"],
        said["updated"],
        said["unchanged"],
        len(said["skipped"]),
        len(said["ambiguous"]),
    )


def met(book: Book) -> list[Interaction]:
    return sorted(book.all(Interaction), key=lambda each: each.uid)


def test_a_record_finds_its_person_by_key_by_address_by_link_and_by_name() -> None:
    book = a_book(
        person("key", "Somebody Else", sources=("linkedin:ada",)),
        person("address", "Grace Hopper", emails=("grace@navy.example",)),
        person("link", "Raj Rao", urls=("https://linkedin.com/in/raj-rao/",)),
        person("name", "Zoë Müller"),
    )
    for number, (who, uid) in enumerate(
        (
            (ADA, "key"),
            (named("", emails=("GRACE@navy.example",)), "address"),
            (named("Raj R.", urls=("http://www.linkedin.com/in/raj-rao",)), "link"),
            (named("Müller, Zoe"), "name"),
        )
    ):
        bring(book, wrote(who, key=f"mail:{number}"))
        assert [each.contacts for each in met(book) if f"mail:{number}" in each.sources] == [(uid,)]
    assert len(book.contacts()) == 4


def test_who_is_in_the_same_import_is_found_wherever_their_row_stands() -> None:
    book = a_book()
    plan = bring(book, wrote(named("Ada Lovelace", urls=ADA.urls)), Incoming(ADA, "Connections.csv, line 2"))
    (contact,) = book.contacts()
    assert met(book)[0].contacts == (contact.uid,)
    assert counted(plan) == (2, 2, 0, 0, 0, 0)
    assert plan.title == "import of 1 person and 1 record from a file"
    assert plan.report("")["made"] == {"contacts": 1, "interactions": 1}


def test_a_second_import_changes_nothing_and_one_undo_takes_all_of_the_first_back() -> None:
    book = a_book()
    rows = (
        wrote(named("Ada", emails=("ada@x.example",))),
        recommended(named("Grace Hopper")),
        Incoming(ADA, "c, line 1"),
    )
    bring(book, *rows)
    again = plan_import(book, rows)
    assert counted(again) == (3, 0, 0, 3, 0, 0)
    assert keep_import(book, again) is None
    book.undo()
    assert book.is_empty


def test_messages_of_one_conversation_and_day_are_one_interaction() -> None:
    book = a_book()
    ada = named("Ada", emails=("ada@x.example",))
    plan = bring(
        book,
        wrote(ada, line=1, time=time(14, 30), summary="Lunch"),
        wrote(ada, line=2, time=time(9, 5), summary="Lunch", initiator=Initiator.THEM),
        *(wrote(ada, line=3 + number, summary=f"More {number}") for number in range(4)),
    )
    (said,) = met(book)
    assert (said.time, said.initiator, said.summary) == (time(9, 5), Initiator.BOTH, "Lunch; More 0; More 1 and 2 more")
    assert counted(plan) == (6, 6, 0, 0, 0, 0)


def test_a_newer_file_makes_a_day_grow_that_nobody_touched() -> None:
    book = a_book()
    ada = named("Ada", emails=("ada@x.example",))
    bring(book, wrote(ada, summary="2 messages", kind=InteractionKind.MESSAGE))
    assert counted(bring(book, wrote(ada, summary="5 messages", kind=InteractionKind.MESSAGE))) == (1, 0, 1, 0, 0, 0)
    assert [each.summary for each in met(book)] == ["5 messages"]
    assert counted(bring(book, wrote(ada, summary="5 messages", kind=InteractionKind.MESSAGE))) == (1, 0, 0, 1, 0, 0)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_shorter_export_that_comes_later_takes_no_messages_away(*, at_once: bool) -> None:
    book = a_book()
    ada = named("Ada", emails=("ada@x.example",))
    rows = [wrote(ada, summary=said, kind=InteractionKind.MESSAGE) for said in ("12 messages", "5 messages")]
    for part in [rows] if at_once else [[row] for row in rows]:
        bring(book, *part)
    assert [each.summary for each in met(book)] == ["12 messages"]
    assert not plan_import(book, rows).brings


def test_what_the_user_made_of_a_record_stays() -> None:
    book = a_book()
    ada = named("Ada", emails=("ada@x.example",))
    bring(book, wrote(ada, summary="2 messages"))
    (said,) = met(book)
    verbs.edit(book, said, replace(said, summary="How we met again"))
    assert counted(bring(book, wrote(ada, summary="5 messages"))) == (1, 0, 0, 1, 0, 0)
    assert [each.summary for each in met(book)] == ["How we met again"]


def test_what_the_user_deleted_does_not_come_again() -> None:
    book = a_book()
    bring(book, wrote(named("Ada", emails=("ada@x.example",))))
    verbs.delete(book, [met(book)[0].uid])
    assert counted(bring(book, wrote(named("Ada", emails=("ada@x.example",))))) == (1, 0, 0, 1, 0, 0)
    assert met(book) == []


def test_what_an_undo_took_back_comes_again() -> None:
    book = a_book(person("grace", "Grace Hopper"))
    rows = (wrote(named("Ada", emails=("ada@x.example",))), recommended(named("Grace Hopper")))
    bring(book, *rows)
    book.undo()
    assert counted(bring(book, *rows)) == (2, 2, 0, 0, 0, 0)
    assert (book.count(Interaction), book.count(Exchange)) == (1, 1)
    verbs.delete(book, [met(book)[0].uid])
    book.undo()
    book.redo()
    assert counted(plan_import(book, rows)) == (2, 0, 0, 2, 0, 0)


def test_addresses_of_mine_said_for_an_import_come_and_go_with_it() -> None:
    book = a_book()
    rows = (wrote(named("Ada", emails=("ada@x.example",))),)
    keep_import(book, plan_import(book, rows), ["me@x.example"])
    assert mine(book) == ["me@x.example"]
    book.undo()
    assert book.is_empty
    profile = IncomingRecord(Me(uid="me", name="Zoe", emails=("zoe@x.example",), sources=("linkedin:me",)), (), "p")
    keep_import(book, plan_import(book, (*rows, profile)), ["me@x.example", "ZOE@x.example"])
    assert mine(book) == ["zoe@x.example", "me@x.example"]
    assert book.me.name == "Zoe"
    keep_import(book, plan_import(book, rows), ["third@x.example"])
    assert mine(book)[2:] == ["third@x.example"]


def mine(book: Book) -> list[str]:
    return list(book.me.emails)


def test_an_invitation_that_is_in_the_messages_too_is_one_message() -> None:
    book = a_book()

    def message(who: Contact, key: str, day: date, at: time | None = None) -> IncomingRecord:
        return wrote(who, key=f"linkedin:{key}", date=day, time=at, kind=InteractionKind.MESSAGE, summary="Hi, we met")

    rows = (
        message(ADA, "invitation:me:ada:2026-03-01", DAY - timedelta(days=1)),
        message(ADA, "message:2-AAA:2026-03-02", DAY, time(0, 10)),
        message(ADA, "message:2-BBB:2026-05-02", date(2026, 5, 2)),
        message(named("Raj"), "invitation:me:raj:2026-03-02", DAY),
    )
    assert counted(bring(book, *rows)) == (4, 4, 0, 0, 0, 0)
    assert sorted(each.date for each in met(book)) == [DAY, DAY, date(2026, 5, 2)]
    assert counted(bring(book, *rows)) == (4, 0, 0, 4, 0, 0)


def test_strangers_are_left_out_where_a_row_adds_nobody() -> None:
    book = a_book(person("ada", "Ada Lovelace"))
    plan = bring(
        book,
        wrote(named("Spam Er", emails=("spam@x.example",)), key="mail:1", adds=False),
        wrote(named("Ada Lovelace"), named("Nobody Known"), key="mail:2", adds=False),
    )
    assert counted(plan) == (2, 1, 0, 0, 1, 0)
    assert plan.skipped[0].why == "names Spam Er: nobody in the book is meant"
    assert [each.contacts for each in met(book)] == [("ada",)]
    assert len(book.contacts()) == 1


def test_who_is_added_by_a_later_row_is_known_to_earlier_ones() -> None:
    book = a_book()
    ada = named("Ada", emails=("ada@x.example",))
    plan = bring(book, wrote(ada, key="mail:1", adds=False, initiator=Initiator.THEM), wrote(ada, key="mail:2"))
    assert counted(plan) == (2, 2, 0, 0, 0, 0)
    assert len(book.contacts()) == 1


def test_one_of_two_kims_without_a_link_waits_until_the_user_says_which() -> None:
    book = a_book(person("kim1", "Jane Kim", organisation="Acme"), person("kim2", "Jane Kim", organisation="Initech"))
    for _ in range(2):
        plan = bring(book, recommended(named("Jane Kim")))
        assert counted(plan) == (1, 0, 0, 0, 0, 1)
        assert plan.ambiguous[0].why == (
            "may be any of 2 contacts (Jane Kim, Jane Kim). It waits until you say whom it means"
        )
    (waits,) = book.all(Unplaced)
    assert (waits.table, waits.place, waits.where) == (
        "exchanges",
        "contact",
        "Recommendations_Received.csv, line 2",
    )
    assert waits.document is not None
    assert waits.document["text"] == "A joy to work with"
    assert not list(book.all(Exchange))


def test_what_was_dropped_instead_of_placed_does_not_wait_again() -> None:
    book = a_book(person("kim1", "Jane Kim"), person("kim2", "Jane Kim"))
    bring(book, recommended(named("Jane Kim")))
    (waits,) = book.all(Unplaced)
    verbs.delete(book, [waits.uid])
    assert counted(bring(book, recommended(named("Jane Kim")))) == (1, 0, 0, 1, 0, 0)
    assert not list(book.all(Unplaced))


def test_a_name_alone_is_not_enough_where_both_have_other_addresses() -> None:
    book = a_book(person("john", "John Smith", emails=("john@home.example",)))
    plan = bring(book, wrote(named("John Smith", emails=("john.smith@bank.example",))))
    assert counted(plan) == (1, 0, 0, 0, 0, 1)
    assert plan.ambiguous[0].why.startswith("may be John Smith, of whom other addresses are known.")
    assert len(book.contacts()) == 1


def test_a_profile_link_of_the_same_site_tells_two_of_one_name_apart() -> None:
    book = a_book(person("first", "John Smith", urls=("https://linkedin.com/in/john-1",)))
    other = named("John Smith", urls=("https://linkedin.com/in/john-2",), sources=("linkedin:john-2",))
    assert counted(bring(book, recommended(other))) == (1, 1, 0, 0, 0, 0)
    assert len(book.contacts()) == 2


def test_in_an_interaction_of_several_those_who_are_certain_stand_and_the_other_waits() -> None:
    book = a_book(person("ada", "Ada Lovelace"), person("kim1", "Jane Kim"), person("kim2", "Jane Kim"))
    row = wrote(named("Ada Lovelace"), named("Jane Kim"))
    assert counted(bring(book, row)) == (1, 0, 0, 0, 0, 1)
    assert [each.contacts for each in met(book)] == [("ada",)]
    assert [each.place for each in book.all(Unplaced)] == ["contacts"]
    assert counted(bring(book, row)) == (1, 0, 0, 0, 0, 1)
    assert (len(met(book)), book.count(Unplaced)) == (1, 1)


def test_a_follow_up_and_a_tie_come_in_and_who_introduced_somebody_is_told() -> None:
    book = a_book()
    ada, grace = named("Ada Lovelace", sources=("m:1",)), named("Grace Hopper", sources=("m:2",))
    promised = FollowUp(uid="", date=DAY, text="send the paper", sources=("m:task:1",))
    bring(
        book,
        Incoming(ada, "m, line 1", introducer=grace),
        Incoming(grace, "m, line 2"),
        IncomingRecord(promised, (ada,), "m, line 3"),
        IncomingRecord(replace(promised, sources=("m:task:2",)), (), "m, line 4"),
        IncomingRecord(Tie(uid="", first="", second="", sources=("m:tie:1",)), (grace, ada), "m, line 5"),
    )
    uids = {contact.name: contact.uid for contact in book.contacts()}
    assert book.contact(uids["Ada Lovelace"]).introduced_by == uids["Grace Hopper"]
    assert {each.contact for each in book.all(FollowUp)} == {uids["Ada Lovelace"], None}
    assert [{tie.first, tie.second} for tie in book.all(Tie)] == [set(uids.values())]


def test_what_a_file_says_of_the_user_fills_only_what_they_left_open() -> None:
    book = a_book(Me(uid="me", name="Camille"))
    row = IncomingRecord(
        Me(uid="me", name="Camille Doe", organisation="Acme", emails=("c@x.example",)), (), "p, line 2"
    )
    assert counted(bring(book, row)) == (1, 0, 1, 0, 0, 0)
    assert (book.me.name, book.me.organisation, book.me.emails) == ("Camille", "Acme", ("c@x.example",))
    assert counted(bring(book, row)) == (1, 0, 0, 1, 0, 0)


def test_what_several_files_say_of_the_user_is_one_record() -> None:
    book = a_book()
    rows = [
        IncomingRecord(Me(uid="me", name=name, emails=(email,), sources=(email,)), (), "p, line 2")
        for name, email in (("Camille", "c@x.example"), ("Someone", "d@x.example"))
    ]
    assert counted(bring(book, *rows)) == (2, 0, 2, 0, 0, 0)
    assert (book.me.name, book.me.emails) == ("Camille", ("c@x.example", "d@x.example"))


def test_two_laptops_that_import_the_same_file_have_the_same_records() -> None:
    one, other = (a_book(person("ada", "Ada Lovelace")) for _ in range(2))
    for book in (one, other):
        bring(book, wrote(named("Ada Lovelace")), recommended(named("Ada Lovelace")))
    assert [each.uid for each in met(one)] == [each.uid for each in met(other)]


_NAMES = st.sampled_from(["Ada Lovelace", "Jane Kim", "Grace Hopper", "jane kim", "Kim, Jane", ""])
_EMAILS = st.lists(st.sampled_from(["a@x.example", "b@x.example", "c@x.example"]), max_size=2, unique=True)
_PEOPLE = st.builds(
    lambda name, emails: Contact(uid="", name=name or "Somebody", emails=tuple(emails)), _NAMES, _EMAILS
)
_ROWS = st.one_of(
    st.builds(
        lambda people, key, adds, words: wrote(*people, key=f"mail:{key}", adds=adds, summary=words),
        st.lists(_PEOPLE, max_size=3),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(["", "Lunch", "Plans"]),
    ),
    st.builds(lambda who, key: recommended(who, f"recommendation:{key}"), _PEOPLE, st.integers(0, 3)),
    st.builds(
        lambda who, key: Incoming(replace(who, sources=(f"card:{key}",)), f"card, line {key}"),
        _PEOPLE,
        st.integers(0, 5),
    ),
)


@given(st.lists(_ROWS, max_size=8), st.lists(_PEOPLE, max_size=3))
def test_every_row_is_counted_once_and_a_second_import_adds_and_updates_nothing(
    rows: Sequence[Row], there: Sequence[Contact]
) -> None:
    book = a_book(*(replace(contact, uid=f"there{number}") for number, contact in enumerate(there)))
    first = bring(book, *rows)
    assert counted(first)[0] == sum(counted(first)[1:])
    second = plan_import(book, rows)
    assert counted(second)[1:3] == (0, 0)
    assert keep_import(book, second) is None
    for interaction in book.all(Interaction):
        assert all(book.get("contacts", uid) is not None for uid in interaction.contacts)


@pytest.mark.parametrize("words", ["[/] [@click=app.quit]x", "=1+1", "\u202e"])
def test_text_of_a_file_stays_text(words: str) -> None:
    book = a_book(person("ada", "Ada Lovelace"))
    bring(book, wrote(named("Ada Lovelace"), summary=words))
    assert met(book)[0].summary in (words, "")
