"""The brief before a meeting."""

from dataclasses import replace

from relcraft.book.brief import HEADING_WIDTH, MOST_LINES, WIDTH, Brief, brief
from relcraft.domain.fitting import cell_width
from relcraft.domain.records import Ask, AskStep, Birthday, Contact, Date, Introduction, IntroductionStep, Record
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    ExchangeKind,
    Gain,
    InteractionKind,
    IntroductionState,
)
from tests.books import a_book, gave, got, met, person, promised


def day(text: str) -> Date:
    return Date.fromisoformat(text)


def ask(uid: str, direction: AskDirection, what: str, *steps: AskStep) -> Ask:
    return Ask(uid=uid, direction=direction, contact="grace", kind=ExchangeKind.REFERRAL, what=what, steps=steps)


GRACE = person(
    "grace",
    "Grace Hopper",
    role="Rear Admiral",
    organisation="Navy",
    circle=Circle.CLOSE,
    looking_for=("speakers for the spring meetup",),
    can_offer=("compilers",),
    birthday=Birthday(12, 1, 1986),
    met_how="at the compiler conference",
    met_on=day("2024-05-01"),
    introduced_by="ada",
    notes="Drinks tea.\nHas a nanosecond of wire on her desk, and gives one to everybody who asks.",
)
RECORDS: tuple[Record, ...] = (
    GRACE,
    person("ada", "Ada Lovelace"),
    person("lee", "Lee Chen"),
    met("i1", day("2026-11-20"), "grace", summary="CV, compilers, sea"),
    met("note", day("2026-11-22"), "grace", kind=InteractionKind.NOTE, summary="prepare"),
    met("plan", day("2026-11-25"), "grace"),
    promised("f1", day("2026-11-27"), "grace", "send the paper"),
    replace(promised("f2", day("2026-11-01"), "grace", "done already"), done_on=day("2026-11-02")),
    ask("yes", AskDirection.OUTGOING, "a talk", AskStep(AskState.ASKED, day("2026-11-10")),
        AskStep(AskState.AGREED, day("2026-11-12"))),
    ask("mine", AskDirection.OUTGOING, "the data team", AskStep(AskState.ASKED, day("2026-11-17"))),
    ask("theirs", AskDirection.INCOMING, "a look at the slides", AskStep(AskState.RECEIVED, day("2026-11-21"))),
    ask("agreed", AskDirection.INCOMING, "a lift", AskStep(AskState.RECEIVED, day("2026-11-18")),
        AskStep(AskState.AGREED, day("2026-11-19"))),
    ask("rested", AskDirection.OUTGOING, "long ago", AskStep(AskState.ASKED, day("2025-01-01")),
        AskStep(AskState.RESTED, day("2025-02-01"))),
    Introduction(uid="intro", first="grace", second="lee",
                 steps=(IntroductionStep(IntroductionState.IDEA, day("2026-11-20")),)),
    gave("e1", day("2026-11-20"), "grace"),
    replace(got("e2", day("2026-10-12"), "grace", ExchangeKind.INTRODUCTION), gains=(Gain.FELT_GOOD,),
            thanked_on=day("2026-10-13")),
)  # fmt: skip


def the_brief(*more: Record, instead: Contact = GRACE) -> Brief:
    book = a_book(instead, *RECORDS[1:], *more)
    before = list(book.documents())
    told = brief(book, "grace")
    assert [(name, list(documents)) for name, documents in book.documents()] == [
        (name, list(documents)) for name, documents in before
    ]
    return told


def lines(told: Brief) -> dict[str, tuple[str, ...]]:
    return {part.heading: part.lines for part in told.parts}


def test_the_brief_has_what_matters_the_most_useful_first() -> None:
    told = the_brief()
    assert told.name == "Grace Hopper · Rear Admiral, Navy · close"
    assert [part.heading for part in told.parts] == [
        "last contact",
        "you promised",
        "they promised",
        "looking for",
        "open asks",
        "room to ask",
        "introductions",
        "birthday",
        "can offer",
        "balance",
        "how you met",
        "notes",
    ]
    said = lines(told)
    assert said["last contact"] == (
        "coffee Fri 20 Nov 2026, 3 days ago · fresh · every 30 days",
        '"CV, compilers, sea"',
    )
    assert said["you promised"] == ("Fri 27 Nov: send the paper", '"a lift": you said yes 4 days ago')
    assert said["they promised"] == ('"a talk": agreed 11 days ago, patience until Thu 3 Dec',)
    assert said["open asks"] == (
        '"a look at the slides": Grace asked 2 days ago',
        '"the data team": asked 6 days ago, patience until Tue 1 Dec',
    )
    assert said["room to ask"][0].startswith("wait: ")
    assert said["introductions"] == ("Ask Grace whether an introduction to Lee is welcome.",)
    assert said["birthday"] == ("Tue 1 Dec, in 8 days: turns 40",)
    assert said["balance"][0].startswith("2 exchanges in a year · two-way ")
    assert said["how you met"] == ("at the compiler conference, Wed 1 May 2024, introduced by Ada", "Lovelace")


def test_what_another_one_offers_is_said() -> None:
    giver = person("linus", "Linus T.", can_offer=("speakers for a meetup",))
    (told,) = lines(the_brief(giver))["matches"]
    assert told.startswith("Linus T. offers speakers for a meetup; Grace looks for")


def test_a_long_line_takes_two_where_there_is_room() -> None:
    asked = ask("x", AskDirection.INCOMING, "half an hour on changing the field one works in for good",
                AskStep(AskState.RECEIVED, day("2026-11-21")))  # fmt: skip
    told = brief(a_book(person("grace", "Grace Hopper"), asked), "grace")
    assert lines(told)["open asks"] == (
        '"half an hour on changing the field one wo...": Grace asked 2',
        "  days ago",
    )


def test_it_fits_one_screen_however_much_there_is() -> None:
    much = replace(
        GRACE,
        notes="word " * 500,
        looking_for=tuple(f"thing number {n}" for n in range(40)),
        role="李" * 60,
    )
    asks = [
        ask(f"x{n}", AskDirection.INCOMING, "w" * 90, AskStep(AskState.RECEIVED, day("2026-11-21"))) for n in range(9)
    ]
    told = the_brief(
        *asks, *(promised(f"p{n}", day("2026-12-01"), "grace", f"thing {n}") for n in range(9)), instead=much
    )
    assert sum(len(part.lines) for part in told.parts) <= MOST_LINES
    assert cell_width(told.name) <= WIDTH
    assert all(cell_width(line) <= WIDTH - HEADING_WIDTH for part in told.parts for line in part.lines)
    assert all(len(part.heading) < HEADING_WIDTH for part in told.parts)
    assert lines(told)["you promised"][-1].endswith("(and 9 more)")
    assert lines(told)["notes"][0].endswith("...")


def test_whom_nothing_is_known_of_has_a_short_one() -> None:
    told = brief(a_book(person("new", "New One")), "new")
    assert [part.heading for part in told.parts] == ["last contact", "room to ask"]
    assert lines(told)["last contact"] == ("no date is known yet",)


def test_a_birthday_far_ahead_is_left_for_later() -> None:
    assert "birthday" not in lines(the_brief(instead=replace(GRACE, birthday=Birthday(7, 1))))
    assert lines(the_brief(instead=replace(GRACE, birthday=Birthday(11, 23))))["birthday"] == ("today",)
