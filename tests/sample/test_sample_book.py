"""What somebody finds who looks around in the sample book."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book import goals
from relcraft.book.courage import calibration
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.domain import asking, introducing
from relcraft.domain.balance import balance
from relcraft.domain.documents import TABLE_OF, from_document, problems, to_document
from relcraft.domain.matching import match
from relcraft.domain.records import (
    Ask,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    Me,
    Record,
    Snooze,
    Tie,
)
from relcraft.domain.room import RoomKind
from relcraft.domain.rules import Patience
from relcraft.domain.text import clean_line, fold
from relcraft.domain.warmth import Warmth, last_contact, read_warmth
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Circle,
    Direction,
    ExchangeKind,
    Fear,
    Gain,
    GoalState,
    InteractionKind,
    IntroductionState,
    Size,
    TieOrigin,
)
from relcraft.sample import sample_records
from tests.books import a_keeper

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
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield text


@lru_cache(maxsize=2)
def opened(today: date) -> Book:
    return Book(a_keeper(*told(today)), lambda: datetime.combine(today, time(12), UTC))


def state(ask: Ask, today: date = TODAY) -> AskState:
    return asking.state_of(ask, today, Patience())


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


def test_asks_of_every_state_can_be_seen_both_ways() -> None:
    outgoing = [ask for ask in all_of(Ask) if ask.direction is AskDirection.OUTGOING]
    incoming = [ask for ask in all_of(Ask) if ask.direction is AskDirection.INCOMING]
    assert {state(ask) for ask in outgoing} == set(AskState) - {AskState.RECEIVED}
    assert {state(ask) for ask in incoming} == set(AskState) - {AskState.DRAFT, AskState.ASKED, AskState.THANKED}
    assert {ask.fear for ask in outgoing} >= {None, Fear.IMPOSE, Fear.LOOK_SILLY, Fear.USING_PEOPLE, Fear.TOO_LONG}
    assert {ask.channel for ask in outgoing} >= {Channel.IN_PERSON, Channel.CALL, Channel.EMAIL, Channel.MESSAGE}


def test_some_asks_wait_and_one_of_them_in_silence() -> None:
    waiting = [ask for ask in all_of(Ask) if asking.waits_until(ask, Patience()) and state(ask) is not AskState.RESTED]
    assert len(waiting) >= 3
    assert sum(asking.is_silent(ask, TODAY, Patience()) for ask in waiting) == 1
    assert sum(bool(ask.steps[-1].until) for ask in waiting) == 1
    assert any(state(ask) is AskState.RESTED and ask.steps[-1].state is not AskState.RESTED for ask in all_of(Ask))


def test_one_draft_has_everything_but_the_sending() -> None:
    drafts = [ask for ask in all_of(Ask) if state(ask) is AskState.DRAFT]
    said = [(ask.what, ask.why_them, ask.in_it_for_them, ask.easy_way_out, ask.channel, ask.chance) for ask in drafts]
    assert sorted(map(all, said)) == [False, True]


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY])
def test_people_said_yes_more_often_than_was_expected(today: date) -> None:
    mirror = calibration(opened(today))
    assert mirror.all.n >= 13
    assert mirror.all.expected is not None
    assert mirror.all.low is not None
    assert mirror.all.expected < mirror.all.low, "more than chance alone would have it"
    assert mirror.all.sure_then_silence == 1
    assert sum(group.n >= 5 for group in mirror.by_channel.values()) >= 3
    assert sum(group.n >= 5 for group in mirror.by_kind.values()) >= 2
    assert sum(group.n >= 5 for group in mirror.by_circle.values()) >= 2


def test_help_that_was_asked_for_is_one_exchange() -> None:
    helped = {ask.uid: ask for ask in all_of(Ask) if any(step.state is AskState.HELPED for step in ask.steps)}
    answers = [x for x in all_of(Exchange) if x.ask]
    assert sorted(x.ask or "" for x in answers) == sorted(helped)
    for exchange in answers:
        ask = helped[exchange.ask or ""]
        assert (exchange.contact, exchange.kind) == (ask.contact, ask.kind)
        if state(ask) is AskState.THANKED:
            assert exchange.thanked_on == ask.steps[-1].date
        elif ask.direction is AskDirection.OUTGOING:
            assert exchange.thanked_on is None


def test_introductions_of_every_state_can_be_seen_both_ways() -> None:
    introductions = all_of(Introduction)
    assert {introducing.state_of(each) for each in introductions} == set(IntroductionState)
    assert {each.broker is None for each in introductions} == {True, False}
    for each in introductions:
        helps = [x for x in all_of(Exchange) if x.introduction == each.uid]
        made = introducing.made_on(each) is not None
        assert len(helps) == (0 if not made else 2 if each.broker is None else 1)
        pair = {each.first or each.broker, each.second}
        assert not made or sum({tie.first, tie.second} == pair for tie in all_of(Tie)) == 1


def test_who_was_introduced_says_by_whom() -> None:
    people = {contact.uid: contact for contact in all_of(Contact)}
    to_me = [each for each in all_of(Introduction) if each.broker is not None and introducing.made_on(each)]
    assert len(to_me) == 2
    assert all(people[each.second].introduced_by == each.broker and each.ask for each in to_me)


def test_a_dozen_ties_are_noted_by_hand_and_some_lead_to_people_of_an_address_book() -> None:
    ties = [tie for tie in all_of(Tie) if tie.origin is TieOrigin.BY_HAND]
    bare = {c.uid for c in all_of(Contact) if c.uid in {uid for tie in ties for uid in (tie.first, tie.second)}}
    met = set(chain.from_iterable(i.contacts for i in all_of(Interaction)))
    assert 12 <= len(ties) <= 20
    assert len({frozenset((tie.first, tie.second)) for tie in all_of(Tie)}) == len(all_of(Tie))
    assert len(bare - met) >= 4


def test_goals_are_reached_with_their_chains_and_open_with_and_without_an_ask() -> None:
    book = opened(TODAY)
    reached = [goal for goal in all_of(Goal) if goal.state is GoalState.REACHED]
    assert [goals.chain(book, goal) for goal in reached] == [goal.chain for goal in reached]
    assert sorted(len(goals.untold(goal)) for goal in reached) == [0, 1]
    waiting = [goal for goal in all_of(Goal) if goal.state is GoalState.OPEN]
    assert sorted(bool(goals.asks_of(book, goal.uid)) for goal in waiting) == [False, True]


def test_every_room_to_ask_can_be_seen() -> None:
    book = opened(TODAY)
    assert {room(book, contact.uid).kind for contact in all_of(Contact)} == set(RoomKind)


def test_the_user_offers_what_some_look_for_and_so_do_others() -> None:
    (me,) = all_of(Me)
    people = all_of(Contact)
    assert sum(match(one.looking_for, me.can_offer) is not None for one in people) >= 3
    assert any(match(me.looking_for, one.can_offer) for one in people)
    pairs = [(a, b) for a in people for b in people if a != b and match(b.looking_for, a.can_offer)]
    assert len(pairs) >= 3


def test_each_text_fits_its_row_is_printable_and_kind() -> None:
    for record in sample_records(TODAY):
        for text in texts_of(record):
            assert clean_line(text) == text
            assert not HARSH.search(text), text
    assert all(0 < len(i.summary) <= 72 for i in all_of(Interaction))
    assert all(0 < len(x.text) <= 60 for x in all_of(Exchange))
    assert all(0 < len(f.text) <= 60 for f in all_of(FollowUp))
    assert all(0 < len(a.what) <= 60 for a in all_of(Ask))
    assert all(0 < len(n.text) <= 60 for n in all_of(Introduction))


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
            case Ask():
                assert {record.contact, record.target or record.contact} <= people
                assert record.goal is None or isinstance(by_uid[record.goal], Goal)
                assert_lived(record, today)
            case Introduction():
                assert {uid for uid in (record.broker, record.first, record.second) if uid} <= people
                assert_went_on(record, today)
            case Goal():
                assert set(record.told) <= set(record.chain) <= people
            case Tie():
                assert {record.first, record.second} <= people
                assert record.first != record.second


def assert_lived(ask: Ask, today: date) -> None:
    """Each step follows on the one before, by the table, and no silence between them was long enough for rest."""
    first, *later = ask.steps
    lived = replace(ask, steps=asking.begun(ask.direction, first.state, first.date), nudges=())
    nudges = list(ask.nudges)
    for step in later:
        while nudges and nudges[0] <= step.date:
            lived = asking.nudged(lived, nudges.pop(0))
        assert asking.settled(lived, step.date - timedelta(1), Patience()) == lived
        lived = asking.moved(lived, step.state, step.date, step.until)
    for day in nudges:
        lived = asking.nudged(lived, day)
    assert lived == ask
    assert all(step.date <= today for step in ask.steps)


def assert_went_on(introduction: Introduction, today: date) -> None:
    """Each state follows on the one before, by the table."""
    went = replace(introduction, steps=introducing.begun(introduction.steps[0].state, introduction.steps[0].date))
    for step in introduction.steps[1:]:
        went = introducing.moved(went, step.state, step.date)
    assert went == introduction
    assert all(step.date <= today for step in introduction.steps)


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
