"""Monica's JSON export: everybody and what was noted of them, down to what is stored."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import Incoming, IncomingRecord, Skipped
from relcraft.domain.records import Birthday, Contact, Exchange, FollowUp, Interaction, Tie
from relcraft.domain.words import Direction, ExchangeKind, Initiator, InteractionKind, TieStrength
from relcraft.formats.monica import Monica
from relcraft.formats.monica.deeds import next_day
from relcraft.formats.reading import read_bytes
from tests.books import a_book
from tests.formats.monica_file import Raw, contact, export, group, record, special, types
from tests.formats.rows import sample_folder


def bring_in(data: bytes, book: Book | None = None) -> tuple[Book, ImportPlan]:
    """Import a file, twice: the second time changes nothing."""
    book = book or a_book()
    plan = plan_import(book, read_bytes(data, "monica.json"))
    keep_import(book, plan)
    again = plan_import(book, read_bytes(data, "monica.json"))
    assert not again.brings
    assert again.rows_unchanged == plan.read - len(plan.skipped)
    return book, plan


def with_ada(*groups: Raw, **properties: Any) -> Book:
    """Return the book that an export of Ada alone gives."""
    return bring_in(export(group("contact", contact("ada", "Ada Lovelace", *groups, **properties))))[0]


def the_only(book: Book, kind: type[Any]) -> Any:
    (found,) = book.all(kind)
    return found


def why(plan: ImportPlan) -> list[str]:
    return [skipped.why for skipped in plan.skipped]


def test_the_sample_counted_by_hand() -> None:
    data = (sample_folder("monica") / "bonds__monica_export.json").read_bytes()
    book, plan = bring_in(data)
    assert (plan.read, plan.rows_added, len(plan.skipped)) == (5, 5, 0)
    assert plan.made == {"contacts": 2, "interactions": 2, "ties": 1}
    john, jane = sorted(book.contacts(), key=lambda each: each.name, reverse=True)
    assert (john.name, john.nicknames, john.organisation) == ("John Doe", ("Johnny",), "Acme Corp")
    assert (john.role, john.birthday, john.notes) == ("Software Engineer", Birthday(5, 15, 1990), "College friend")
    assert (john.tags, jane.name, jane.circle) == (("friend", "starred"), "Jane Smith", None)
    said = {(each.date, each.contacts, each.summary, each.kind) for each in book.all(Interaction)}
    assert said == {
        (date(2023, 6, 1), (john.uid,), "Met at the reunion last week.", InteractionKind.NOTE),
        (date(2023, 7, 1), (jane.uid,), "Works at the library downtown.", InteractionKind.NOTE),
    }
    tie = the_only(book, Tie)
    assert ({tie.first, tie.second}, tie.strength) == ({john.uid, jane.uid}, TieStrength.STRONG)
    assert tie.extra["relation"] == ["John Doe is spouse of Jane Smith"]


def test_a_contact_with_everything() -> None:
    fields = group(
        "contact_field",
        record("f1", data="ada@engine.example", type="mail"),
        record("f2", data="+44 20 7946 0000", type="phone"),
        record("f3", data="https://engine.example/ada", type="site"),
        record("f4", data="@countess", type="bird"),
        record("f5", data="ada@second.example"),
    )
    places = group("address", record("a1", name="Home", street="12 St James's Square", city="London", country="GB"))
    pets = group("pet", record("p1", name="Puff", category="Cat"))
    ada = contact(
        "ada",
        "Ada Lovelace",
        *(fields, places, pets),
        middle_name="King",
        nickname="Countess",
        tags=["maths", "poetry"],
        is_starred=True,
        birthdate=special("1815-12-10", unknown=True),
        first_met_date=special("1833-06-05"),
        first_met_additional_info="at a party of Mary Somerville",
        first_met_through="mary",
        stay_in_touch_frequency=30,
        food_preferences="no fish",
        description="Sees further.\nLikes machines.",
    )
    kinds = types(("mail", "Email", "mailto:"), ("phone", "Phone", "tel:"), ("site", "Site", ""), ("bird", "Bird", ""))
    mary = contact("mary", "Mary Somerville")
    book, plan = bring_in(export(group("contact", ada, mary), instance={"contact_field_types": kinds}))
    found = next(each for each in book.contacts() if each.name == "Ada King Lovelace")
    assert (found.nicknames, found.tags, found.cadence_days) == (("Countess",), ("maths", "poetry", "starred"), 30)
    assert (found.emails, found.phones) == (("ada@engine.example", "ada@second.example"), ("+44 20 7946 0000",))
    assert (found.urls, found.city, found.birthday) == (("https://engine.example/ada",), "London", Birthday(12, 10))
    assert (found.met_on, found.met_how) == (date(1833, 6, 5), "at a party of Mary Somerville")
    assert book.record(found.introduced_by or "") == next(each for each in book.contacts() if each.name[0] == "M")
    assert found.notes.split("\n") == [
        *("Sees further.", "Likes machines.", "Food: no fish", "Bird: @countess"),
        *("Address (Home): 12 St James's Square, London, GB", "Pet: Puff (Cat)"),
    ]
    assert (plan.read, plan.rows_added) == (2, 2)


def test_who_died_or_was_archived_is_left_in_peace() -> None:
    dead = with_ada(is_dead=True, deceased_date=special("1852-11-27"))
    (ada,) = dead.contacts(archived=True)
    assert (ada.archived, ada.do_not_disturb, ada.notes) == (True, True, "Died on 1852-11-27")
    (ada,) = with_ada(is_active=False).contacts(archived=True)
    assert (ada.archived, ada.do_not_disturb) == (True, False)


def test_of_an_age_no_birthday_is_made() -> None:
    ada = the_only(with_ada(birthdate=special("1980-01-01", by_age=True)), Contact)
    assert (ada.birthday, ada.notes) == (None, "Born about 1980")


def test_money_is_a_plain_line_and_no_word_of_blame() -> None:
    ada = the_only(
        with_ada(
            group(
                "debt",
                record(
                    "d1",
                    "2021-03-04",
                    in_debt=False,
                    status="inprogress",
                    amount="20.00",
                    currency="EUR",
                    reason="lunch",
                ),
                record("d2", "2021-03-05", in_debt=True, status="complete", amount=7, currency={"iso": "GBP"}),
            )
        ),
        Contact,
    )
    assert ada.notes == "lent 20 EUR on 2021-03-04: lunch\nborrowed 7 GBP on 2021-03-05 (settled)"


def test_an_activity_is_one_interaction_with_all_who_were_there() -> None:
    there = group("activity", "lunch", "play")
    data = export(
        group("contact", contact("ada", "Ada Lovelace", there), contact("mary", "Mary S", group("activity", "lunch"))),
        group(
            "activity",
            record("lunch", summary="Lunch at the club", description="about machines", happened_at="2024-02-03"),
            record("play", summary="Macbeth", happened_at="2024-02-04", type="theatre"),
            record("alone", summary="A walk", happened_at="2024-02-05"),
            record("never", summary="Some day", created="?", happened_at="soon"),
        ),
        instance={"activity_types": [record("theatre", translation_key="went_play", name="Went to a play")]},
    )
    book, plan = bring_in(data)
    lunch, play = sorted(book.all(Interaction), key=lambda each: each.date)
    assert [book.record(uid).name for uid in lunch.contacts] == ["Ada Lovelace", "Mary S"]  # type: ignore[attr-defined]  # contacts have names
    assert (lunch.kind, lunch.date) == (InteractionKind.LUNCH, date(2024, 2, 3))
    assert lunch.summary == "Lunch at the club\nabout machines"
    assert (play.kind, len(play.contacts)) == (InteractionKind.EVENT, 1)
    assert why(plan) == [
        "is an activity with nobody",
        "has no day that can be read: one such as 2021-03-04 was expected",
    ]


def test_calls_say_who_called() -> None:
    calls = group(
        "call",
        record("c1", called_at="2024-01-01T09:00:00Z", content="the notes", contact_called=True),
        record("", called_at="2024-01-02T09:00:00Z", contact_called=False, emotions=[{"name": "happy"}]),
    )
    them, me = sorted(with_ada(calls).all(Interaction), key=lambda each: each.date)
    assert (them.kind, them.initiator, them.summary) == (InteractionKind.CALL, Initiator.THEM, "the notes")
    assert (me.initiator, me.summary) == (Initiator.ME, "Felt: happy")


@pytest.mark.parametrize(
    ("mine", "initiator"), [((True,), Initiator.ME), ((False, False), Initiator.THEM), ((True, False), Initiator.BOTH)]
)
def test_a_conversation_is_one_interaction_with_all_that_was_said(mine: tuple[bool, ...], initiator: Initiator) -> None:
    messages = [record("", content=f"word {at}", written_by_me=by) for at, by in enumerate(mine)]
    chat = group("conversation", record("c", happened_at="2024-01-01", messages=messages))
    said = the_only(with_ada(chat), Interaction)
    assert (said.kind, said.initiator) == (InteractionKind.MESSAGE, initiator)
    assert said.summary.split("\n")[0] == ("Me: word 0" if mine[0] else "Ada Lovelace: word 0")


def test_gifts_go_in_their_direction_and_an_idea_is_a_note() -> None:
    gifts = group(
        "gift",
        record("g1", name="A book", status="offered", date="2024-01-01", comment="on looms", amount="12"),
        record("g2", name="A pen", status="received", url="https://pen.example"),
        record("g3", name="A loom", status="idea"),
    )
    book = with_ada(gifts)
    assert {(each.direction, each.kind, each.date, each.text) for each in book.all(Exchange)} == {
        (Direction.GIVEN, ExchangeKind.GIFT, date(2024, 1, 1), "A book (12): on looms"),
        (Direction.RECEIVED, ExchangeKind.GIFT, date(2023, 6, 1), "A pen https://pen.example"),
    }
    idea = the_only(book, Interaction)
    assert (idea.kind, idea.summary) == (InteractionKind.NOTE, "Gift idea: A loom")


def test_reminders_and_tasks_are_follow_ups_and_a_birthday_is_none() -> None:
    later = record(
        "r1", initial_date="2027-01-02", title="Send the paper", description="signed", frequency_type="one_time"
    )
    monthly = record("r2", initial_date="2024-01-31", title="Call", frequency_type="month", frequency_number=1)
    birthday = record(
        "r3", initial_date="2026-12-10", title="Wish a happy birthday", frequency_type="year", delible=False
    )
    past = record("r4", initial_date="2020-01-02", title="Ask how it went", frequency_type="one_time")
    todo = record("t1", "2024-05-01", title="Return the book", completed=False)
    done = record("t2", "2024-05-01", title="Thank", completed=True, completed_at="2024-05-03T00:00:00Z")
    groups = (group("reminder", later, monthly, birthday, past), group("task", todo, done))
    ada = contact("ada", "Ada Lovelace", *groups, birthdate=special("1815-12-10"))
    book, plan = bring_in(export(group("contact", ada)))
    assert {(each.date, each.text, each.done_on) for each in book.all(FollowUp)} == {
        (date(2027, 1, 2), "Send the paper: signed", None),
        (date(2026, 11, 30), "Call", None),
        (date(2020, 1, 2), "Ask how it went", date(2020, 1, 2)),
        (date(2024, 5, 1), "Return the book", None),
        (date(2024, 5, 1), "Thank", date(2024, 5, 3)),
    }
    assert why(plan) == ["repeats the birthday every year, which the contact has"]
    assert [told.why for told in plan.notes] == ["It comes every month in Monica; here it is there for 2026-11-30"]


@pytest.mark.parametrize(
    ("first", "repeats", "number", "day"),
    [
        (date(2024, 1, 1), "week", 2, date(2026, 11, 30)),
        (date(2024, 2, 29), "year", 1, date(2027, 2, 28)),
        (date(2020, 11, 20), "year", 2, date(2026, 11, 20)),
        (date(2024, 1, 31), "month", 5, date(2026, 12, 31)),
        (date(2024, 1, 1), "month", 10**9, date(2026, 12, 1)),
        (date(2030, 1, 1), "week", 1, date(2030, 1, 1)),
        (date(1, 1, 1), "week", -3, date(2026, 11, 23)),
    ],
)
def test_a_reminder_that_repeats_is_there_for_its_next_day(first: date, repeats: str, number: int, day: date) -> None:
    assert next_day(first, repeats, number, date(2026, 11, 20)) == day


def test_life_events_are_notes() -> None:
    event = group("life_event", record("l", happened_at="2022-02-02", type="moved", note="to Ockham"))
    ada = contact("ada", "Ada Lovelace", event)
    kinds = {"life_event_types": [record("moved", name="Moved")]}
    book, _plan = bring_in(export(group("contact", ada), instance=kinds))
    assert the_only(book, Interaction).summary == "Moved: to Ockham"


def test_a_relationship_that_stands_twice_is_one_tie() -> None:
    people = group("contact", contact("ada", "Ada"), contact("byron", "Byron"))
    ties = group(
        "relationship",
        record("r1", type="child", contact_is="ada", of_contact="byron"),
        record("r2", type="parent", contact_is="byron", of_contact="ada"),
        record("r3", type="friend", contact_is="ada", of_contact="nobody"),
    )
    book, plan = bring_in(export(people, ties))
    tie = the_only(book, Tie)
    assert tie.extra["relation"] == ["Ada is child of Byron", "Byron is parent of Ada"]
    assert tie.strength is TieStrength.STRONG
    assert (plan.rows_added, why(plan)) == (4, ["names somebody who is not in the file"])


def test_the_user_is_me_and_no_contact() -> None:
    users = group(
        "user",
        {**record("u1", me_contact="self"), "first_name": "Kim", "last_name": "Lee", "email": "kim@lee.example"},
        {**record("u2"), "first_name": "Sam", "last_name": "Lee", "email": "sam@lee.example"},
    )
    me = contact("self", "Kim Lee", group("note", record("n", body="dear diary")), company="Lee & Lee")
    tie = group("relationship", record("r", type="spouse", contact_is="self", of_contact="ada"))
    data = export(users, group("contact", me, contact("ada", "Ada")), tie, exported_by="kim@lee.example")
    book, plan = bring_in(data)
    assert (book.me.name, book.me.emails, book.me.organisation) == ("Kim Lee", ("kim@lee.example",), "Lee & Lee")
    assert [each.name for each in book.contacts()] == ["Ada"]
    assert why(plan) == [
        "is another user of the same account",
        "is about yourself",
        "is between you and somebody, no tie of two contacts: Kim Lee is spouse of Ada",
    ]
    assert Monica().myself(data).emails == ("kim@lee.example",)


def test_what_has_no_place_is_told_one_by_one() -> None:
    data = export(
        group("contact", contact("ada", "Ada", group("photo", "p"), group("spell", record("s")))),
        group("photo", record("p", original_filename="a.png")),
        group("document", record("d"), record("e")),
        group("unicorn", record("x")),
        properties={"journal_entries": [record("j", post="Today")]},
    )
    _book, plan = bring_in(data)
    assert Counter(why(plan)) == {
        'is of a kind ("spell") that has no place here': 1,
        "is a photo: pictures stay in Monica": 1,
        "is a document: files stay in Monica": 2,
        'is of a kind ("unicorn") that has no place here': 1,
        "is a page of your journal, and about nobody in particular": 1,
    }


def test_a_place_is_the_line_of_the_record() -> None:
    data = export(group("contact", contact("nameless", "", group("note", record("", body="x")))))
    told = plan_import(a_book(), read_bytes(data, "monica.json")).skipped
    line = data.decode().split("\n").index('            "uuid": "nameless",') + 1
    assert [(each.where, each.why) for each in told] == [
        (f"monica.json, line {line}", "has no name"),
        ("monica.json, note 1 of a contact without a name", "is about a contact without a name"),
    ]


def test_the_names_of_kinds_in_the_plural_and_lists_as_objects_are_read_too() -> None:
    note = {"count": 1, "type": "notes", "values": {"0": record("n", body="hello")}}
    data = export({"count": 1, "type": "contacts", "values": [contact("ada", "Ada", note)]})
    assert the_only(bring_in(data)[0], Interaction).summary == "hello"


def test_a_note_that_was_made_longer_grows_unless_the_user_changed_it() -> None:
    def file(body: str) -> bytes:
        return export(group("contact", contact("ada", "Ada", group("note", record("n", body=body)))))

    book, _plan = bring_in(file("one"))
    _book, plan = bring_in(file("one and two"), book)
    assert (plan.rows_updated, the_only(book, Interaction).summary) == (1, "one and two")


MARKUP = "[/] [@click=app.quit]x[/] \x1b[31mred \u202e \\N <b> & \U0001f600"


def test_markup_survives_and_control_characters_do_not() -> None:
    note = group("note", record("n", body=MARKUP))
    book = with_ada(note, description=MARKUP)
    kept = "[/] [@click=app.quit]x[/] [31mred  \\N <b> & \U0001f600"
    assert (the_only(book, Interaction).summary, the_only(book, Contact).notes) == (kept, kept)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_encoding_is_recognised(encoding: str) -> None:
    data = export(group("contact", contact("ada", "Zoë"))).decode().encode(encoding)
    assert Monica().recognises(data)
    assert [row.contact.name for row in Monica().read(data, "x") if isinstance(row, Incoming)] == ["Zoë"]


def test_half_a_file_is_told() -> None:
    data = export(group("contact", contact("ada", "Ada")))
    assert list(Monica().read(data[:-20], "x.json")) == [
        Skipped("x.json", "is no whole export of Monica: it ends too early, or it is damaged")
    ]


@given(st.binary(max_size=300))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    for whole in (data, b'{"account": ' + data + b"}", b'{"account": {"data": [' + data + b"]}}"):
        read_any(whole)


VALUES = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.floats()),
        st.sampled_from(["ada", "2024-02-30", "2024-02-03T00:00:00Z", "contact", "note", "\ud800", "year", "9" * 30]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["uuid", "type", "values", "data", "properties", "date", "body"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
KINDS = ("contact_field", "address", "pet", "debt", "note", "call", "conversation", "life_event", "gift")
NAMES = (
    *("uuid", "first_name", "type", "status", "date", "birthdate", "first_met_date", "messages", "tags", "created_at"),
    *("happened_at", "initial_date", "frequency_type", "frequency_number", "contact_is", "of_contact", "amount"),
    *("stay_in_touch_frequency", "first_met_through", "emotions", "data", "in_debt", "currency", "completed"),
)
RECORDS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8).map(lambda each: {"properties": each, **each})
GROUPS = st.lists(
    st.builds(
        lambda kind, items: {"type": kind, "values": items},
        st.sampled_from((*KINDS, "reminder", "task", "activity", "relationship", "user", "contact")),
        st.lists(RECORDS | VALUES, max_size=3),
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(GROUPS, GROUPS)
def test_whatever_stands_in_a_field_there_are_rows_and_never_an_error(account: list[Raw], inner: list[Raw]) -> None:
    ada = {**contact("ada", "Ada"), "data": inner}
    read_any(json.dumps({"account": {"data": [group("contact", ada), *account]}}).encode("utf-8", "surrogatepass"))


def read_any(data: bytes) -> None:
    Monica().recognises(data)
    Monica().myself(data)
    assert Monica().expected_rows(data) >= 0
    rows = list(Monica().read(data, "x"))
    assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in rows)
    plan_import(a_book(), rows)


def test_deep_nesting_is_told_and_no_error() -> None:
    read_any(b'{"account": ' + b"[" * 100_000)
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    read_any(b'{"account": {"data": [{"type": "contact", "values": [' + deep + b"]}]}}")
