"""The next small step: one kind, true line for every situation."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.balance import balance
from relcraft.domain.records import Birthday, Contact, Exchange, FollowUp
from relcraft.domain.steps import NOTHING_WAITS, first_name, next_step
from relcraft.domain.warmth import LastContact, read_warmth
from relcraft.domain.words import Circle, Direction, ExchangeKind

TODAY = date(2026, 11, 23)
UNKIND = re.compile(r"\b(debt|owe[sd]?|overdue|should|neglect\w*|ignor\w*|ghost\w*|fail\w*|must)\b", re.IGNORECASE)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def grace(
    circle: Circle | None = Circle.CLOSE,
    *,
    cadence: int | None = None,
    seeks: tuple[str, ...] = (),
    offers: tuple[str, ...] = (),
    birthday: str = "",
    peace: bool = False,
    archived: bool = False,
) -> Contact:
    return Contact(
        uid="grace",
        name="Grace Hopper",
        circle=circle,
        cadence_days=cadence,
        looking_for=seeks,
        can_offer=offers,
        birthday=Birthday.parse(birthday) if birthday else None,
        do_not_disturb=peace,
        archived=archived,
    )


def helped(direction: Direction, days: int, kind: ExchangeKind = ExchangeKind.INTRODUCTION) -> Exchange:
    return Exchange(uid=f"e{days}", date=ago(days), direction=direction, kind=kind, contact="grace")


def promise(days: int, text: str = "send the paper") -> FollowUp:
    return FollowUp(uid=f"f{days}", date=ago(days), contact="grace", text=text)


def step(
    who: Contact,
    days: int | None = 3,
    *,
    answered: bool = True,
    exchanges: tuple[Exchange, ...] = (),
    promises: tuple[FollowUp, ...] = (),
    snoozed: date | None = None,
    today: date = TODAY,
) -> str:
    last = None if days is None else LastContact(on=today - timedelta(days=days), answered=answered)
    reading = read_warmth(who, last, today, snoozed)
    return next_step(who, reading, balance(exchanges, today), promises, today)


WORTH_IT = "A short message with no ask in it is worth it: people value it more than one expects (Liu et al. 2023)."
GOT, GAVE = Direction.RECEIVED, Direction.GIVEN
RECENT = (helped(GOT, 4),)
LONG_AGO = (helped(GOT, 90),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (step(grace()), NOTHING_WAITS),
        (step(grace(), 20), NOTHING_WAITS),
        (step(grace(None, cadence=0)), NOTHING_WAITS),
        (step(grace(), 40), "Last in touch on Wed 14 Oct 2026. A good day for a word with Grace."),
        (
            step(grace(), 70),
            "Last in touch on Mon 14 Sep 2026. Two lines to Grace, with no ask in them, are plenty.",
        ),
        (
            step(grace(), 40, answered=False),
            "You wrote on Wed 14 Oct 2026. A call is another way, and letting it rest is fine too.",
        ),
        (
            step(grace(seeks=("speakers",)), 40),
            "Last in touch on Wed 14 Oct 2026. Grace is looking for speakers: a good reason to write.",
        ),
        (
            step(grace(), 1500),
            f"Last in touch on Sat 15 Oct 2022. {WORTH_IT}",
        ),
        (
            step(grace(None, seeks=("a flat",)), 1500),
            "Last in touch on Sat 15 Oct 2022. Grace is looking for a flat: a good reason to write again.",
        ),
        (step(grace(), 40, snoozed=date(2026, 12, 1)), "In peace until Tue 1 Dec 2026."),
        (step(grace(), 1500, snoozed=date(2026, 12, 1)), "In peace until Tue 1 Dec 2026."),
        (
            step(grace(), 40, snoozed=TODAY),
            "Last in touch on Wed 14 Oct 2026. A good day for a word with Grace.",
        ),
        (
            step(grace(None), None),
            "Set a circle for Grace, and the list will say when a word is welcome.",
        ),
        (step(grace(None)), "Set a circle for Grace, and the list will say when a word is welcome."),
        (
            step(grace(), None),
            "Note when you were last in touch with Grace, or begin with a short hello.",
        ),
        (
            step(grace(None, cadence=0), None),
            "Note when you were last in touch with Grace, or begin with a short hello.",
        ),
        (
            step(grace(None, seeks=("speakers",)), None),
            "Grace is looking for speakers: a good reason for a first word.",
        ),
        (
            step(grace(seeks=("speakers", "a co-author", "a flat"))),
            "Grace is looking for speakers, a co-author and 1 more: who or what comes to mind?",
        ),
        (step(grace(seeks=("", "  "))), NOTHING_WAITS),
        (
            step(grace(), exchanges=RECENT),
            "Grace gave you an introduction on Thu 19 Nov 2026: a line of thanks is a good next step.",
        ),
        (
            step(grace(seeks=("speakers",)), 40, exchanges=(helped(GOT, 4, ExchangeKind.HELP),)),
            "Grace gave you help on Thu 19 Nov 2026: a line of thanks is a good next step.",
        ),
        (
            step(grace(), exchanges=(helped(GOT, 0, ExchangeKind.REFERRAL),)),
            "Grace gave you a referral on Mon 23 Nov 2026: a line of thanks is a good next step.",
        ),
        (
            step(grace(), exchanges=(replace(RECENT[0], thanked_on=ago(1)),)),
            "A good moment to give: find out what Grace is looking for.",
        ),
        (step(grace(), exchanges=LONG_AGO), "A good moment to give: find out what Grace is looking for."),
        (
            step(grace(offers=("a view on compilers",)), exchanges=(helped(GAVE, 4),)),
            "You have given more, and Grace can offer a view on compilers: a fine moment to ask, if you wish.",
        ),
        (step(grace(), exchanges=(helped(GAVE, 4),)), NOTHING_WAITS),
        (step(grace(), exchanges=(helped(GAVE, 80), *LONG_AGO)), NOTHING_WAITS),
        (step(grace(), 40, promises=(promise(0),)), "Promised for today: send the paper."),
        (
            step(grace(peace=True), promises=(promise(3), promise(9, "call back"))),
            "Promised for Sat 14 Nov 2026: call back (1 more after it).",
        ),
        (step(grace(), promises=(promise(3, "Call back."),)), "Promised for Fri 20 Nov 2026: Call back."),
        (step(grace(), promises=(promise(3, ""),)), "Promised for Fri 20 Nov 2026: a word."),
        (step(grace(), promises=(promise(-4),)), "Next, on Fri 27 Nov 2026: send the paper."),
        (step(grace(), promises=(replace(promise(3), done_on=ago(1)),)), NOTHING_WAITS),
        (step(grace(peace=True), 400, exchanges=RECENT), "Left in peace, as you wished."),
        (step(grace(archived=True), 400), "Archived: kept, and in peace."),
        (step(grace(birthday="--11-23")), "It is the birthday of Grace today: one line of good wishes."),
        (step(grace(birthday="1906-11-24")), "The birthday of Grace is tomorrow: good wishes, in time."),
        (step(grace(birthday="--11-30")), "The birthday of Grace is on Mon 30 Nov 2026: good wishes, in time."),
        (step(grace(birthday="--12-01")), NOTHING_WAITS),
        (step(grace(birthday="--11-22")), NOTHING_WAITS),
        (
            step(grace(birthday="--01-02"), today=date(2026, 12, 30)),
            "The birthday of Grace is on Sat 2 Jan 2027: good wishes, in time.",
        ),
        (
            step(grace(birthday="--02-29"), today=date(2027, 2, 28)),
            "It is the birthday of Grace today: one line of good wishes.",
        ),
        (
            step(grace(birthday="--02-29"), today=date(2028, 2, 28)),
            "The birthday of Grace is tomorrow: good wishes, in time.",
        ),
        (step(grace(birthday="--01-02"), today=date(9999, 12, 30)), NOTHING_WAITS),
    ],
)
def test_the_next_step(line: str, expected: str) -> None:
    assert line == expected


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Grace Hopper", "Grace"),
        ("Grace", "Grace"),
        ("Zoë Kravitz", "Zoë"),
        ("Dr. Grace Hopper", "Dr. Grace Hopper"),
        ("Prof Grace Hopper", "Prof Grace Hopper"),
        ("Hopper, Grace", "Hopper, Grace"),
        ("J. R. Hartley", "J. R. Hartley"),
        ("J Hartley", "J Hartley"),
        ("李小龙", "李小龙"),
        ("Jean-Luc Picard", "Jean-Luc Picard"),
        ("  Grace \n Hopper ", "Grace"),
        ("", "this person"),
    ],
)
def test_a_contact_is_called_by_the_first_name_where_that_is_sure(name: str, called: str) -> None:
    assert first_name(Contact(uid="x", name=name)) == called


words = st.sampled_from(["", "speakers", "a flat", "two\nlines", "x" * 30])
wishes = st.lists(words, max_size=3).map(tuple)
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))
contacts = st.builds(
    Contact,
    uid=st.just("grace"),
    name=st.sampled_from(["Grace Hopper", "李小龙", "Dr. No", ""]),
    circle=st.none() | st.sampled_from(Circle),
    cadence_days=st.none() | st.integers(0, 400),
    birthday=st.none() | st.builds(lambda day: Birthday(day.month, day.day), dates),
    looking_for=wishes,
    can_offer=wishes,
    archived=st.booleans(),
    do_not_disturb=st.booleans(),
)
exchanges = st.builds(
    Exchange,
    uid=st.uuids().map(str),
    date=dates,
    direction=st.sampled_from(Direction),
    kind=st.sampled_from(ExchangeKind),
    contact=st.just("grace"),
)
promises = st.builds(
    FollowUp, uid=st.uuids().map(str), date=dates, contact=st.just("grace"), text=words, done_on=st.none() | dates
)


@given(
    contacts,
    st.none() | st.builds(LastContact, on=dates, answered=st.booleans()),
    st.lists(exchanges, max_size=5),
    st.lists(promises, max_size=3),
    st.none() | dates,
    dates,
)
def test_every_step_is_one_kind_line(
    who: Contact,
    last: LastContact | None,
    history: list[Exchange],
    open_promises: list[FollowUp],
    snoozed: date | None,
    today: date,
) -> None:
    last = None if last is None or last.on > today else last
    told = next_step(who, read_warmth(who, last, today, snoozed), balance(history, today), open_promises, today)
    assert told == " ".join(told.split())
    assert told.endswith((".", "?"))
    assert not UNKIND.search(told)
