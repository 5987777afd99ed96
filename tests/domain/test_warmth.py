"""How warm a relationship is, case by case, and the laws that hold for every history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.records import Contact, Interaction
from relcraft.domain.warmth import LastContact, Touch, Warmth, cadence_days, last_contact, read_warmth, touch
from relcraft.domain.words import CADENCE_DAYS, MANNER, Circle, Initiator, InteractionKind, Manner

TODAY = date(2026, 11, 23)
ME, THEM, BOTH = Initiator.ME, Initiator.THEM, Initiator.BOTH
K = InteractionKind


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an(kind: InteractionKind, days: int, who: Initiator = BOTH, people: int = 1) -> Interaction:
    uids = tuple(f"c{number}" for number in range(people))
    return Interaction(uid=f"{kind}{days}{who}{people}", date=ago(days), kind=kind, initiator=who, contacts=uids)


def contact(circle: Circle | None = None, cadence: int | None = None) -> Contact:
    return Contact(uid="ada", name="Ada Lovelace", circle=circle, cadence_days=cadence)


def answered(days: int) -> LastContact:
    return LastContact(on=ago(days), answered=True)


@pytest.mark.parametrize(
    ("kind", "who", "people", "expected"),
    [
        (K.COFFEE, ME, 1, Touch.ANSWERED),
        (K.EVENT, ME, 200, Touch.ANSWERED),
        (K.VISIT, THEM, 4, Touch.ANSWERED),
        (K.CALL, ME, 1, Touch.ANSWERED),
        (K.VIDEO, BOTH, 12, Touch.ANSWERED),
        (K.EMAIL, ME, 1, Touch.ONE_WAY),
        (K.EMAIL, ME, 3, Touch.ONE_WAY),
        (K.EMAIL, ME, 4, Touch.NOTHING),
        (K.EMAIL, THEM, 3, Touch.ANSWERED),
        (K.EMAIL, THEM, 4, Touch.NOTHING),
        (K.MESSAGE, BOTH, 1, Touch.ANSWERED),
        (K.LETTER, ME, 1, Touch.ONE_WAY),
        (K.LETTER, BOTH, 4, Touch.NOTHING),
        (K.NOTE, ME, 1, Touch.NOTHING),
        (K.NOTE, THEM, 1, Touch.NOTHING),
        (K.NOTE, BOTH, 0, Touch.NOTHING),
    ],
)
def test_what_an_interaction_does(kind: InteractionKind, who: Initiator, people: int, expected: Touch) -> None:
    assert touch(kind, who, people) is expected


def test_every_kind_and_initiator_has_a_touch() -> None:
    for kind in InteractionKind:
        for who in Initiator:
            for people in (0, 1, 3, 4, 1000):
                assert (touch(kind, who, people) is Touch.NOTHING) == (
                    MANNER[kind] is Manner.NOTE or (MANNER[kind] is Manner.WRITTEN and people > 3)
                )


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], None),
        ([an(K.NOTE, 1)], None),
        ([an(K.EMAIL, 1, people=4)], None),
        ([an(K.COFFEE, -1)], None),
        ([an(K.COFFEE, 0)], (0, True)),
        ([an(K.COFFEE, -1), an(K.CALL, 9)], (9, True)),
        ([an(K.CALL, 9), an(K.COFFEE, 30)], (9, True)),
        ([an(K.EMAIL, 2, ME)], (2, False)),
        ([an(K.EMAIL, 2, ME), an(K.COFFEE, 5)], (2, False)),
        ([an(K.COFFEE, 5), an(K.EMAIL, 2, ME)], (2, False)),
        ([an(K.EMAIL, 2, ME), an(K.EMAIL, 2, THEM)], (2, True)),
        ([an(K.EMAIL, 2, THEM), an(K.EMAIL, 2, ME)], (2, True)),
        ([an(K.EMAIL, 2, ME), an(K.CALL, 2, ME)], (2, True)),
        ([an(K.EMAIL, 5, ME), an(K.EMAIL, 2, THEM)], (2, True)),
        ([an(K.EMAIL, 2, ME), an(K.EMAIL, 1, THEM, people=4)], (2, False)),
        ([an(K.EMAIL, 2, ME), an(K.NOTE, 1, THEM)], (2, False)),
        ([an(K.EMAIL, 2, ME), an(K.EMAIL, -1, THEM)], (2, False)),
    ],
)
def test_the_last_contact(history: list[Interaction], expected: tuple[int, bool] | None) -> None:
    found = last_contact(history, TODAY)
    assert (found and ((TODAY - found.on).days, found.answered)) == expected


@pytest.mark.parametrize(
    ("circle", "own", "expected"),
    [
        (None, None, None),
        (Circle.INNER, None, 7),
        (Circle.CLOSE, None, 30),
        (Circle.ACTIVE, None, 90),
        (Circle.WIDER, None, 180),
        (Circle.DISTANT, None, 365),
        (Circle.CLOSE, 42, 42),
        (None, 42, 42),
        (Circle.INNER, 0, None),
        (None, 0, None),
    ],
)
def test_the_cadence_is_the_contacts_own_or_its_circles(
    circle: Circle | None, own: int | None, expected: int | None
) -> None:
    assert cadence_days(contact(circle, own)) == expected


def test_a_setting_may_give_a_circle_another_cadence_or_none() -> None:
    assert cadence_days(contact(Circle.CLOSE), {**CADENCE_DAYS, Circle.CLOSE: 45}) == 45
    assert cadence_days(contact(Circle.CLOSE), {Circle.CLOSE: 0}) is None
    assert cadence_days(contact(Circle.CLOSE), {}) is None


@pytest.mark.parametrize(
    ("cadence", "days", "state", "bars", "lateness", "due"),
    [
        (30, 0, Warmth.FRESH, 4, 0, False),
        (30, 14, Warmth.FRESH, 4, 0, False),
        (30, 15, Warmth.WARM, 3, 0, False),
        (30, 30, Warmth.WARM, 3, 0, False),
        (30, 31, Warmth.DUE, 2, 1 / 30, True),
        (30, 60, Warmth.DUE, 2, 1, True),
        (30, 61, Warmth.COOLING, 1, 31 / 30, True),
        (30, 119, Warmth.COOLING, 1, 89 / 30, True),
        (30, 120, Warmth.COOLING, 1, 3, True),
        (30, 900, Warmth.COOLING, 1, 3, True),
        (30, 1095, Warmth.COOLING, 1, 3, True),
        (30, 1096, Warmth.DORMANT, 0, 3, True),
        (7, 3, Warmth.FRESH, 4, 0, False),
        (7, 4, Warmth.WARM, 3, 0, False),
        (7, 8, Warmth.DUE, 2, 1 / 7, True),
        (7, 15, Warmth.COOLING, 1, 8 / 7, True),
        (1, 0, Warmth.FRESH, 4, 0, False),
        (1, 1, Warmth.WARM, 3, 0, False),
        (1, 2, Warmth.DUE, 2, 1, True),
        (1, 3, Warmth.COOLING, 1, 2, True),
        (365, 1095, Warmth.COOLING, 1, 2, True),
        (1000, 1095, Warmth.DUE, 2, 0.095, True),
        (2000, 1095, Warmth.WARM, 3, 0, False),
        (2000, 1096, Warmth.DORMANT, 0, 0, False),
        (None, 0, Warmth.KNOWN, 0, 0, False),
        (None, 1095, Warmth.KNOWN, 0, 0, False),
        (None, 1096, Warmth.DORMANT, 0, 0, False),
    ],
)
def test_the_state_by_cadence_and_days(
    cadence: int | None, days: int, state: Warmth, bars: int, lateness: float, due: bool
) -> None:
    reading = read_warmth(contact(cadence=cadence), answered(days), TODAY)
    assert (reading.state, reading.bars, reading.is_due) == (state, bars, due)
    assert reading.lateness == pytest.approx(lateness)
    assert reading.days == days
    assert reading.due_on == (None if cadence is None else ago(days - cadence))


@pytest.mark.parametrize(
    ("last", "today", "dormant"),
    [
        (date(2023, 11, 23), date(2026, 11, 22), False),
        (date(2023, 11, 23), date(2026, 11, 23), True),
        (date(2024, 2, 29), date(2027, 2, 28), False),
        (date(2024, 2, 29), date(2027, 3, 1), True),
        (date(2025, 2, 28), date(2028, 2, 28), True),
        (date(2025, 3, 1), date(2028, 2, 29), False),
        (date(9998, 1, 1), date(9999, 12, 31), False),
        (date(1, 1, 1), date(3, 12, 31), False),
        (date(1, 1, 1), date(4, 1, 1), True),
    ],
)
def test_dormant_begins_three_years_later_to_the_day(last: date, today: date, dormant: bool) -> None:
    reading = read_warmth(contact(), LastContact(on=last, answered=True), today)
    assert reading.state is (Warmth.DORMANT if dormant else Warmth.KNOWN)


def test_without_a_date_a_contact_is_new_and_never_due() -> None:
    reading = read_warmth(contact(Circle.INNER), None, TODAY)
    assert (reading.state, reading.days, reading.due_on, reading.lateness) == (Warmth.NEW, None, None, 0)
    assert not reading.is_due


def test_what_i_wrote_without_an_answer_is_warm_at_best() -> None:
    mine = last_contact([an(K.MESSAGE, 1, ME)], TODAY)
    assert read_warmth(contact(Circle.CLOSE), mine, TODAY).state is Warmth.WARM
    theirs = last_contact([an(K.MESSAGE, 1, ME), an(K.MESSAGE, 0, THEM)], TODAY)
    assert read_warmth(contact(Circle.CLOSE), theirs, TODAY).state is Warmth.FRESH


def test_a_far_due_date_ends_with_the_calendar() -> None:
    last = LastContact(on=date(9999, 12, 1), answered=True)
    reading = read_warmth(contact(cadence=36_500), last, date(9999, 12, 31))
    assert reading.due_on == date.max


def test_a_snooze_moves_the_due_date_and_not_the_history() -> None:
    plain = read_warmth(contact(Circle.CLOSE), answered(50), TODAY)
    snoozed = read_warmth(contact(Circle.CLOSE), answered(50), TODAY, TODAY + timedelta(days=4))
    assert (snoozed.state, snoozed.days, snoozed.last) == (plain.state, plain.days, plain.last)
    assert (plain.is_due, snoozed.is_due) == (True, False)
    assert (snoozed.due_on, snoozed.lateness) == (TODAY + timedelta(days=4), 0)
    assert snoozed.snoozed_until == TODAY + timedelta(days=4)


def test_on_the_day_a_snooze_ends_the_contact_is_due_again() -> None:
    reading = read_warmth(contact(Circle.CLOSE), answered(50), TODAY, TODAY)
    assert (reading.is_due, reading.snoozed_until, reading.due_on) == (True, None, TODAY)


def test_a_snooze_that_ended_before_the_due_date_changes_nothing() -> None:
    assert read_warmth(contact(Circle.CLOSE), answered(5), TODAY, ago(2)) == read_warmth(
        contact(Circle.CLOSE), answered(5), TODAY
    )


def test_the_explanation_names_the_last_contact_the_cadence_and_the_state() -> None:
    history = [an(K.CALL, 3), an(K.NOTE, 3), an(K.COFFEE, 40)]
    reading = read_warmth(contact(Circle.CLOSE), last_contact(history, TODAY), TODAY)
    assert reading.explain(history) == (
        "last contact: call on Fri 20 Nov 2026, 3 days ago",
        "every 30 days, because the circle is close",
        "fresh means: less than 15 days, half the cadence",
        "the next contact is wanted by Sun 20 Dec 2026",
    )


@pytest.mark.parametrize(
    ("who", "last", "snoozed", "sentence"),
    [
        (contact(), None, None, "last contact: no date is known (notes, plans and broadcasts do not count)"),
        (contact(), None, None, "no circle and no cadence is set, so nothing is ever due"),
        (contact(), None, None, "new means: no date of a contact is known"),
        (contact(), answered(1), None, "last contact: Sun 22 Nov 2026, yesterday"),
        (contact(), answered(1), None, "known means: a last contact, and no due date"),
        (contact(Circle.CLOSE, 0), answered(0), None, "never due, as you set for this contact"),
        (contact(Circle.CLOSE, 1), answered(0), None, "every 1 day, as you set for this contact"),
        (contact(Circle.CLOSE), answered(15), None, "warm means: from 15 to 30 days"),
        (contact(Circle.CLOSE), answered(31), None, "due means: more than 30 days"),
        (contact(Circle.CLOSE), answered(31), None, "sorted by 0.03 cadences since that day"),
        (contact(Circle.CLOSE), answered(61), None, "cooling means: more than 60 days, twice the cadence"),
        (contact(Circle.CLOSE), answered(500), None, "sorted by 3 cadences since that day, where it stops growing"),
        (contact(), answered(1096), None, "dormant means: three years or more since the last contact"),
        (
            contact(Circle.CLOSE),
            LastContact(on=ago(3), answered=False),
            None,
            "last contact: Fri 20 Nov 2026, 3 days ago; you wrote, and no answer is noted",
        ),
        (
            contact(Circle.CLOSE),
            LastContact(on=ago(3), answered=False),
            None,
            "warm is the most before an answer is noted; after one, less than 15 days is fresh",
        ),
        (
            contact(Circle.CLOSE),
            answered(31),
            TODAY + timedelta(days=1),
            "snoozed until Tue 24 Nov 2026: that moves the due date, not the history",
        ),
    ],
)
def test_sentences_of_an_explanation(
    who: Contact, last: LastContact | None, snoozed: date | None, sentence: str
) -> None:
    assert sentence in read_warmth(who, last, TODAY, snoozed).explain()


days = st.dates(ago(40), ago(-40)) | st.dates(date(2000, 1, 1), date(2040, 12, 31))
interactions = st.builds(
    lambda on, kind, who, people: replace(an(kind, 0, who, people), date=on),
    days,
    st.sampled_from([K.EMAIL, K.MESSAGE]) | st.sampled_from(InteractionKind),
    st.sampled_from(Initiator),
    st.integers(1, 6),
)
histories = st.lists(interactions, max_size=12)
contacts = st.builds(contact, st.none() | st.sampled_from(Circle), st.none() | st.integers(0, 4000))


@given(st.data(), histories, days)
def test_the_order_of_interactions_does_not_matter(
    data: st.DataObject, history: list[Interaction], today: date
) -> None:
    shuffled = data.draw(st.permutations(history))
    assert last_contact(shuffled, today) == last_contact(history, today)


@given(contacts, histories, interactions, days, st.none() | days)
def test_any_interaction_that_warms_resets_lateness(
    who: Contact, history: list[Interaction], new: Interaction, today: date, snoozed: date | None
) -> None:
    new = replace(new, date=today)
    reading = read_warmth(who, last_contact([*history, new], today), today, snoozed)
    if touch(new.kind, new.initiator, len(new.contacts)) is not Touch.NOTHING:
        assert (reading.lateness, reading.days, reading.is_due) == (0, 0, False)
    else:
        assert reading == read_warmth(who, last_contact(history, today), today, snoozed)


@given(histories, interactions, st.integers(4, 500), days)
def test_a_note_or_a_broadcast_or_a_plan_changes_nothing(
    history: list[Interaction], new: Interaction, people: int, today: date
) -> None:
    before = last_contact(history, today)
    note = replace(new, kind=InteractionKind.NOTE)
    broadcast = replace(new, kind=InteractionKind.EMAIL, contacts=tuple(map(str, range(people))))
    plan = replace(new, date=today + timedelta(days=1))
    assert last_contact([*history, note, broadcast, plan], today) == before


@given(contacts, histories, days, days)
def test_a_snooze_changes_no_history(who: Contact, history: list[Interaction], today: date, until: date) -> None:
    last = last_contact(history, today)
    plain, snoozed = read_warmth(who, last, today), read_warmth(who, last, today, until)
    assert (plain.state, plain.last, plain.days, plain.bars, plain.cadence_days) == (
        snoozed.state,
        snoozed.last,
        snoozed.days,
        snoozed.bars,
        snoozed.cadence_days,
    )
    assert snoozed.lateness <= plain.lateness
    if today < until:
        assert (snoozed.lateness, snoozed.is_due) == (0, False)


@given(contacts, histories, days, st.none() | days)
def test_every_reading_is_of_one_piece(
    who: Contact, history: list[Interaction], today: date, snoozed: date | None
) -> None:
    reading = read_warmth(who, last_contact(history, today), today, snoozed)
    assert 0 <= reading.lateness <= 3
    assert 0 <= reading.bars <= 4
    assert (reading.due_on is None) == (reading.last is None or reading.cadence_days is None)
    assert (reading.lateness == 0) or reading.is_due
    assert reading.cadence_days is not None or reading.state in {Warmth.NEW, Warmth.DORMANT, Warmth.KNOWN}
    assert all(sentence == sentence.strip() and sentence for sentence in reading.explain(history))


@given(st.integers(1, 2000), st.integers(0, 5000), st.integers(0, 100))
def test_a_longer_silence_is_never_warmer(cadence: int, days_gone: int, more: int) -> None:
    order = [Warmth.FRESH, Warmth.WARM, Warmth.DUE, Warmth.COOLING, Warmth.DORMANT]
    sooner, later = (read_warmth(contact(cadence=cadence), answered(n), TODAY) for n in (days_gone, days_gone + more))
    assert order.index(sooner.state) <= order.index(later.state)
    assert sooner.lateness <= later.lateness
