"""What somebody finds who looks around in the sample book."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.balance import balance
from relcraft.domain.documents import TABLE_OF, from_document, problems, to_document
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Record, Snooze
from relcraft.domain.text import clean_line, fold
from relcraft.domain.warmth import Warmth, last_contact, read_warmth
from relcraft.domain.words import Circle, Direction, ExchangeKind, Gain, InteractionKind, Size
from relcraft.sample import sample_records

TODAY = date(2026, 3, 12)
LEAP_DAY = date(2028, 2, 29)
HARSH = re.compile(r"\b(debts?|owe[ds]?|ghosted|overdue|ignored|should have)\b", re.IGNORECASE)
ARCS = (
    "Marit Solvang",
    "Tadeusz Wrona",
    "Dominic Ashgrove",
    "Noémi Barta",
    "Yaw Darko",
    "Henrike Vossberg",
    "Leila Moradian",
    "Ifeoma Balogun",
    "Maeve O'Driscoll",
    "Rafael Quintanilha",
)
NUMBERS_FOR_FICTION = ("+44 20 7946 0", "+44 117 496 0", "+44 1632 960 ", "+1 202 555 01")
R = TypeVar("R", bound=Record)


@lru_cache(maxsize=2)
def told(today: date) -> tuple[Record, ...]:
    return sample_records(today)


def all_of(kind: type[R], today: date = TODAY) -> list[R]:
    return [record for record in told(today) if isinstance(record, kind)]


def named(name: str, today: date = TODAY) -> Contact:
    return next(contact for contact in all_of(Contact, today) if contact.name == name)


def states(today: date) -> Counter[Warmth]:
    interactions = all_of(Interaction, today)
    return Counter(
        read_warmth(contact, last_contact((i for i in interactions if contact.uid in i.contacts), today), today).state
        for contact in all_of(Contact, today)
    )


def texts_of(record: Record) -> Iterator[str]:
    for value in to_document(record).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value


def test_the_same_day_tells_the_same_story() -> None:
    assert sample_records(TODAY) == sample_records(TODAY)


def test_another_day_moves_every_date_and_nothing_else() -> None:
    earlier, later = all_of(Interaction), all_of(Interaction, TODAY + timedelta(9))
    assert [(i.uid, i.summary, i.date + timedelta(9)) for i in earlier] == [(i.uid, i.summary, i.date) for i in later]


def test_it_has_about_sixty_people_over_three_years() -> None:
    interactions, exchanges = all_of(Interaction), all_of(Exchange)
    assert 55 <= len(all_of(Contact)) <= 70
    assert 350 <= len(interactions) <= 500
    assert 90 <= len(exchanges) <= 160
    assert sum(TODAY - timedelta(3 * 365) <= i.date <= TODAY for i in interactions) > 0.97 * len(interactions)


def test_no_two_people_share_a_name_but_some_nearly_do() -> None:
    names = [contact.name for contact in all_of(Contact)]
    firsts = Counter(name.split()[0] for name in names)
    assert len({fold(name) for name in names}) == len(names)
    assert firsts["Nadia"] == 2
    assert {"Karin Lindqvist", "Karen Lindquist", "Maeve O'Driscoll", "May Thornbury", "Will Tavener"} <= set(names)
    assert any(not name.isascii() for name in names)
    assert {c.sort_name for c in all_of(Contact) if c.sort_name} == {"Takase Chihiro"}


@pytest.mark.parametrize("name", ARCS)
def test_each_of_the_ten_has_a_timeline_to_read(name: str) -> None:
    uid = named(name).uid
    timeline = [i for i in all_of(Interaction) if uid in i.contacts]
    assert len(timeline) >= 16
    assert (max(i.date for i in timeline) - min(i.date for i in timeline)).days > 600


def test_help_goes_both_ways_with_all_of_the_ten_but_the_one_who_takes() -> None:
    exchanges = all_of(Exchange)
    ways = {name: {x.direction for x in exchanges if x.contact == named(name).uid} for name in ARCS}
    assert ways.pop("Dominic Ashgrove") == {Direction.GIVEN}
    assert all(each == set(Direction) for each in ways.values())


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, date(2027, 12, 31)])
def test_every_state_of_warmth_can_be_seen(today: date) -> None:
    assert set(states(today)) == set(Warmth)


def test_every_way_that_give_and_take_can_stand_can_be_seen() -> None:
    exchanges = all_of(Exchange)
    standings = {balance([x for x in exchanges if x.contact == c.uid], TODAY).standing for c in all_of(Contact)}
    assert len(standings) == 4


def test_every_word_of_the_book_appears() -> None:
    interactions, exchanges = all_of(Interaction), all_of(Exchange)
    assert {i.kind for i in interactions} == set(InteractionKind)
    assert {x.kind for x in exchanges} == set(ExchangeKind)
    assert {x.size for x in exchanges} == set(Size)
    assert {gain for x in exchanges for gain in x.gains} == set(Gain)
    assert {c.circle for c in all_of(Contact)} == {*Circle, None}


def test_some_thanks_are_still_open() -> None:
    exchanges = all_of(Exchange)
    waiting = [c for c in all_of(Contact) if balance([x for x in exchanges if x.contact == c.uid], TODAY).to_thank]
    assert 2 <= len(waiting) <= 5


def test_promises_are_past_due_today_soon_and_done_and_plans_lie_ahead() -> None:
    waiting = {(f.date - TODAY).days for f in all_of(FollowUp) if f.done_on is None}
    assert 0 in waiting
    assert min(waiting) < 0 < max(waiting)
    assert any(f.done_on for f in all_of(FollowUp))
    assert 2 <= sum(i.date > TODAY for i in all_of(Interaction)) <= 8
    assert all(s.until > TODAY for s in all_of(Snooze))


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 25), date(2026, 12, 29)])
def test_a_birthday_comes_in_four_days(today: date) -> None:
    birthday = named("Maeve O'Driscoll", today).birthday
    coming = today + timedelta(4)
    assert birthday is not None
    assert (birthday.month, birthday.day, birthday.year) == (coming.month, coming.day, None)


def test_some_people_seem_to_come_from_an_address_book() -> None:
    met = set(chain.from_iterable(i.contacts for i in all_of(Interaction)))
    bare = [c for c in all_of(Contact) if c.circle is None and c.uid not in met]
    assert 5 <= len(bare) <= 10
    assert not any(c.met_how or c.notes for c in bare)


def test_what_one_seeks_another_can_offer() -> None:
    people = [c for c in all_of(Contact) if c.circle]
    assert sum(bool(c.can_offer) for c in people) > 35
    assert sum(bool(c.looking_for) for c in people) > 35


def test_several_people_share_an_organisation() -> None:
    shared = Counter(c.organisation for c in all_of(Contact) if c.organisation)
    assert sum(count > 1 for count in shared.values()) >= 6


def test_each_text_fits_its_row_is_printable_and_kind() -> None:
    for record in sample_records(TODAY):
        for text in texts_of(record):
            assert clean_line(text) == text
            assert not HARSH.search(text), text
    assert all(0 < len(i.summary) <= 72 for i in all_of(Interaction))
    assert all(0 < len(x.text) <= 60 for x in all_of(Exchange))
    assert all(0 < len(f.text) <= 60 for f in all_of(FollowUp))


def test_each_record_is_kept_and_read_back_whole() -> None:
    for record in sample_records(TODAY):
        document = to_document(record)
        assert not problems(type(record), document)
        assert from_document(type(record), document) == record


def test_addresses_and_numbers_belong_to_nobody() -> None:
    for contact in all_of(Contact):
        assert all(email.endswith(".example") for email in contact.emails)
        assert all(phone.startswith(NUMBERS_FOR_FICTION) for phone in contact.phones)


def assert_sound(today: date) -> None:
    records = sample_records(today)
    by_uid = {record.uid: record for record in records}
    people = {record.uid for record in records if isinstance(record, Contact)}
    assert len(by_uid) == len(records)
    for record in records:
        assert record.created <= record.updated < datetime(today.year, today.month, today.day, tzinfo=UTC)
        assert type(record) in TABLE_OF
        match record:
            case Contact():
                assert record.introduced_by is None or record.introduced_by in people
            case Interaction():
                assert record.contacts
                assert set(record.contacts) <= people
            case Exchange():
                assert record.contact in people
                assert record.date <= (record.thanked_on or today) <= today
                assert record.date <= (record.outcome_told_on or today) <= today
                assert_hangs_well(record, by_uid)
            case FollowUp():
                assert record.contact in people
                assert record.done_on is None or record.done_on <= today
                assert_hangs_well(record, by_uid)
            case Snooze():
                assert record.of in by_uid


def assert_hangs_well(record: Exchange | FollowUp, by_uid: dict[str, Record]) -> None:
    if record.interaction is None:
        return
    interaction = by_uid[record.interaction]
    assert isinstance(interaction, Interaction)
    assert record.contact in interaction.contacts
    assert interaction.date == record.date if isinstance(record, Exchange) else interaction.date <= record.date


def test_all_links_and_dates_agree_on_a_leap_day() -> None:
    assert_sound(LEAP_DAY)


@settings(max_examples=20, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_all_links_and_dates_agree_on_any_day(today: date) -> None:
    assert_sound(today)


@settings(max_examples=10, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_states_of_warmth_are_the_same_on_any_day(today: date) -> None:
    assert states(today) == states(TODAY)
