"""Records come back from their documents as they were, and no field is lost on the way."""

import json
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.documents import TABLE_OF, TABLES, Document, from_document, problems, to_document, write_instant
from relcraft.domain.records import (
    BEGINNING,
    Apart,
    Ask,
    AskStep,
    Birthday,
    Chance,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    IntroductionStep,
    Me,
    OtherSide,
    Record,
    Snooze,
    SyncedCard,
    Tie,
    Unplaced,
)
from relcraft.domain.text import clean
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Circle,
    Direction,
    ExchangeKind,
    Fear,
    Gain,
    GoalKind,
    GoalState,
    Initiator,
    InteractionKind,
    IntroductionState,
    Size,
    TieOrigin,
    TieStrength,
)

texts = st.text(max_size=12).map(clean)
several = st.lists(texts, max_size=3).map(tuple)
uids = st.uuids().map(str)
moments = st.datetimes(timezones=st.just(UTC))
cadences = st.none() | st.integers(0, 36_500)
birthdays = st.builds(
    lambda day, known: Birthday(day.month, day.day, day.year if known else None), st.dates(), st.booleans()
)
clock_times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
unknown_fields = st.dictionaries(st.text(max_size=5).map("x_".__add__), json_values, max_size=3)

common = {"uid": uids, "created": moments, "updated": moments, "sources": several, "extra": unknown_fields}
RECORDS: dict[type[Record], st.SearchStrategy[Record]] = {
    Contact: st.builds(
        Contact,
        **common,
        name=texts,
        sort_name=texts,
        nicknames=several,
        organisation=texts,
        role=texts,
        emails=several,
        phones=several,
        urls=several,
        city=texts,
        time_zone=texts,
        birthday=st.none() | birthdays,
        tags=several,
        circle=st.none() | st.sampled_from(Circle),
        cadence_days=cadences,
        met_how=texts,
        met_on=st.none() | st.dates(),
        introduced_by=st.none() | uids,
        can_offer=several,
        looking_for=several,
        notes=texts,
        archived=st.booleans(),
        do_not_disturb=st.booleans(),
        vcard=several,
    ),
    Interaction: st.builds(
        Interaction,
        **common,
        date=st.dates(),
        kind=st.sampled_from(InteractionKind),
        time=st.none() | clock_times,
        zone=texts,
        contacts=several,
        initiator=st.sampled_from(Initiator),
        summary=texts,
        tags=several,
    ),
    Exchange: st.builds(
        Exchange,
        **common,
        date=st.dates(),
        direction=st.sampled_from(Direction),
        kind=st.sampled_from(ExchangeKind),
        size=st.sampled_from(Size),
        contact=uids,
        text=texts,
        gains=st.lists(st.sampled_from(Gain), max_size=3).map(tuple),
        thanked_on=st.none() | st.dates(),
        outcome_told_on=st.none() | st.dates(),
        interaction=st.none() | uids,
        ask=st.none() | uids,
        introduction=st.none() | uids,
    ),
    FollowUp: st.builds(
        FollowUp,
        **common,
        date=st.dates(),
        contact=st.none() | uids,
        text=texts,
        done_on=st.none() | st.dates(),
        interaction=st.none() | uids,
    ),
    Snooze: st.builds(Snooze, **common, of=uids, until=st.dates()),
    Ask: st.builds(
        Ask,
        **common,
        direction=st.sampled_from(AskDirection),
        contact=uids,
        kind=st.sampled_from(ExchangeKind),
        what=texts,
        why_them=texts,
        in_it_for_them=texts,
        easy_way_out=texts,
        channel=st.none() | st.sampled_from(Channel),
        goal=st.none() | uids,
        target=st.none() | uids,
        chance=st.none() | st.integers(10, 90).map(Chance),
        fear=st.none() | st.sampled_from(Fear),
        steps=st.lists(
            st.builds(AskStep, st.sampled_from(AskState), st.dates(), st.none() | st.dates()), max_size=3
        ).map(tuple),
        nudges=st.lists(st.dates(), max_size=2).map(tuple),
    ),
    Introduction: st.builds(
        Introduction,
        **common,
        broker=st.none() | uids,
        first=st.none() | uids,
        second=uids,
        text=texts,
        ask=st.none() | uids,
        steps=st.lists(st.builds(IntroductionStep, st.sampled_from(IntroductionState), st.dates()), max_size=3).map(
            tuple
        ),
        outcome=texts,
    ),
    Goal: st.builds(
        Goal,
        **common,
        kind=st.sampled_from(GoalKind),
        words=texts,
        state=st.sampled_from(GoalState),
        target_date=st.none() | st.dates(),
        ended_on=st.none() | st.dates(),
        outcome=texts,
        chain=several,
        told=several,
    ),
    Tie: st.builds(
        Tie,
        **common,
        first=uids,
        second=uids,
        strength=st.sampled_from(TieStrength),
        origin=st.sampled_from(TieOrigin),
    ),
    Me: st.builds(Me, **common, name=texts, organisation=texts, can_offer=several, looking_for=several, emails=several),
    Apart: st.builds(Apart, **common, first=texts, second=texts),
    Unplaced: st.builds(
        Unplaced,
        **common,
        table=st.sampled_from(sorted(TABLES)),
        document=st.none() | st.dictionaries(texts, texts | st.integers(), max_size=3),
        person=st.none() | st.dictionaries(texts, texts, max_size=3),
        place=texts,
        where=texts,
        why=texts,
    ),
    SyncedCard: st.builds(
        SyncedCard,
        **common,
        folder=texts,
        contact=texts,
        file=texts,
        card=st.none() | st.dictionaries(texts, texts | st.integers(), max_size=3),
        etag=texts,
        said=texts,
        was=texts,
    ),
    OtherSide: st.builds(
        OtherSide,
        **common,
        table=st.sampled_from(sorted(TABLES)),
        of=texts,
        document=st.none() | st.dictionaries(texts, texts | st.integers(), max_size=3),
    ),
}
records = st.one_of(*RECORDS.values())


def test_every_table_has_its_kind_of_record_here() -> None:
    assert set(RECORDS) == set(TABLES.values())
    assert {TABLES[table] for table in TABLES} == set(TABLE_OF)


@given(records)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert from_document(type(record), to_document(record)) == record


@given(records)
def test_a_record_comes_back_through_json_as_it_was(record: Record) -> None:
    document = json.loads(json.dumps(to_document(record)))
    assert from_document(type(record), document) == record
    assert to_document(from_document(type(record), document)) == document


@given(records)
def test_nothing_is_told_about_a_document_that_is_well(record: Record) -> None:
    assert problems(type(record), to_document(record)) == []


@given(st.sampled_from(list(RECORDS)), st.data())
def test_whatever_a_document_holds_a_write_keeps_it(kind: type[Record], data: st.DataObject) -> None:
    names = [field.name for field in fields(kind) if field.name != "extra"]
    document = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=6), json_values, max_size=8))
    record = from_document(kind, document)
    written = to_document(record)
    told = problems(kind, document)
    for name, value in document.items():
        if name not in names or any(line.startswith(f"{name} is ") for line in told):
            assert written[name] == value
    assert from_document(kind, written) == record


@given(records, st.data())
def test_an_unreadable_field_is_named_and_survives(record: Record, data: st.DataObject) -> None:
    names = [field.name for field in fields(record) if field.name != "extra"]
    name = data.draw(st.sampled_from(names))
    document = {**to_document(record), name: [{"not": "readable"}]}
    assert [line.split(" ")[0] for line in problems(type(record), document)] == [name]
    read = from_document(type(record), document)
    assert read.extra[name] == [{"not": "readable"}]
    assert to_document(read)[name] == [{"not": "readable"}]


def test_an_unreadable_field_gives_way_once_the_user_sets_it() -> None:
    read = from_document(Contact, {"uid": "ada", "name": "Ada", "circle": "bubble"})
    assert read.circle is None
    assert to_document(replace(read, city="London"))["circle"] == "bubble"
    assert to_document(replace(read, circle=Circle.CLOSE))["circle"] == "close"


def test_an_unreadable_day_gives_way_once_the_user_sets_it() -> None:
    read = from_document(Snooze, {"uid": "s", "of": "ada", "until": "soon"})
    assert read.until == BEGINNING.date()
    assert to_document(read)["until"] == "soon"
    assert to_document(replace(read, until=date(2026, 1, 2)))["until"] == "2026-01-02"


@given(records)
def test_a_field_at_its_default_is_not_written(record: Record) -> None:
    document = to_document(record)
    for field in fields(record):
        if field.name != "extra" and field.default is not MISSING:
            assert (field.name in document) == (getattr(record, field.name) != field.default)


@pytest.mark.parametrize(
    ("kind", "field", "value", "expected"),
    [
        (Contact, "name", 5, "text"),
        (Contact, "nicknames", "Amy", "a list of texts"),
        (Contact, "nicknames", ["Amy", 5], "a list of texts"),
        (Contact, "birthday", "12 March", "a birthday such as 1990-03-12 or --03-12"),
        (Contact, "circle", "bubble", "one of inner, close, active, wider, distant"),
        (Contact, "cadence_days", -1, "a whole number of days from 0 to 36500"),
        (Contact, "cadence_days", 36_501, "a whole number of days from 0 to 36500"),
        (Contact, "cadence_days", 7.5, "a whole number of days from 0 to 36500"),
        (Contact, "cadence_days", True, "a whole number of days from 0 to 36500"),
        (Contact, "archived", "yes", "true or false"),
        (Contact, "archived", 1, "true or false"),
        (Contact, "created", "yesterday", "a moment such as 2026-03-12T14:30:00Z"),
        (Contact, "created", None, "a moment such as 2026-03-12T14:30:00Z"),
        (Contact, "introduced_by", None, "text"),
        (Interaction, "date", "2026-02-30", "a day such as 2026-03-12"),
        (Interaction, "date", 20260312, "a day such as 2026-03-12"),
        (Interaction, "time", "25:00", "a time such as 14:30"),
        (Interaction, "kind", "sky-diving", "one of coffee, lunch"),
        (Exchange, "size", "huge", "one of small, normal, big"),
        (Exchange, "gains", ["fame"], "a list of felt good, looked good, gained credit, learned"),
        (Exchange, "gains", "learned", "a list of felt good, looked good, gained credit, learned"),
        (Ask, "chance", 95, "a whole number of per cent from 10 to 90"),
        (Ask, "chance", True, "a whole number of per cent from 10 to 90"),
        (Ask, "steps", {"state": "asked"}, "a list of steps with a state (draft, asked, received, "),
        (Ask, "steps", [{"state": "waiting", "date": "2026-03-12"}], "a list of steps with a state (draft, asked"),
        (Ask, "steps", [{"state": "asked", "date": "2026-03-12", "until": "soon"}], "a list of steps with a state"),
        (Ask, "nudges", ["soon"], "a list of days such as 2026-03-12"),
        (Ask, "fear", "spiders", "one of look silly, impose, using people"),
    ],
)
def test_what_was_expected_is_told(kind: type[Record], field: str, value: object, expected: str) -> None:
    whole: dict[type[Record], Document] = {
        Contact: {"uid": "u", "name": "Ada"},
        Interaction: {"uid": "u", "date": "2026-03-12", "kind": "call"},
        Exchange: {"uid": "u", "date": "2026-03-12", "direction": "given", "kind": "help", "contact": "ada"},
        Ask: {"uid": "u", "direction": "outgoing", "contact": "ada", "kind": "advice"},
    }
    (told,) = problems(kind, {**whole[kind], field: value})
    assert told.startswith(f"{field} is ")
    assert f": {expected}" in told


def test_what_is_missing_is_told() -> None:
    assert problems(Contact, {}) == ["uid is missing: text was expected", "name is missing: text was expected"]
    assert from_document(Contact, {}) == Contact(uid="", name="")


def test_what_steers_a_terminal_is_not_read_in() -> None:
    read = from_document(Contact, {"uid": "u", "name": "\x1b[31mAda\x07", "tags": ["a\u202eb"]})
    assert (read.name, read.tags) == ("[31mAda", ("ab",))


def test_a_long_unreadable_value_is_told_short_and_clean() -> None:
    (told,) = problems(Contact, {"uid": "u", "name": "Ada", "circle": "\x1b" + "x" * 500})
    assert "\x1b" not in told
    assert len(told) < 150


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-12T14:30:00Z", datetime(2026, 3, 12, 14, 30, tzinfo=UTC)),
        ("2026-03-12T14:30:00.000001Z", datetime(2026, 3, 12, 14, 30, 0, 1, tzinfo=UTC)),
        ("2026-03-12T14:30:00+02:00", datetime(2026, 3, 12, 12, 30, tzinfo=UTC)),
        ("2026-03-12T14:30:00", datetime(2026, 3, 12, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc(text: str, moment: datetime) -> None:
    read = from_document(Contact, {"uid": "u", "name": "Ada", "created": text})
    assert read.created == moment
    assert read.created.utcoffset() == timedelta(0)


@given(st.lists(moments, max_size=6))
def test_moments_sort_as_text_as_they_do_in_time(several_moments: list[datetime]) -> None:
    assert sorted(map(write_instant, several_moments)) == list(map(write_instant, sorted(several_moments)))


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    cet = timezone(timedelta(hours=1))
    assert write_instant(datetime(2026, 3, 12, 0, 30, tzinfo=cet)) == "2026-03-11T23:30:00.000000Z"


def test_a_time_is_written_to_the_minute() -> None:
    interaction = Interaction(uid="i", date=date(2026, 3, 12), kind=InteractionKind.CALL, time=time(9, 5))
    assert to_document(interaction)["time"] == "09:05"
