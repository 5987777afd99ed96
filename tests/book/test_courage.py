"""What the open book says at the moment of hesitation, and what a warm-up leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relcraft.book import courage
from relcraft.domain.asking import moved
from relcraft.domain.calibration import told
from relcraft.domain.composing import BUILT_IN, USUAL_WAY_OUT
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.hesitation import HintKind
from relcraft.domain.records import (
    ME,
    Ask,
    AskStep,
    Chance,
    Contact,
    Date,
    Goal,
    Interaction,
    Me,
    Record,
    Snooze,
)
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Circle,
    ExchangeKind,
    Fear,
    GoalKind,
    Initiator,
    InteractionKind,
)
from tests.books import TODAY, a_book, met, person

GRACE = person("grace", "Grace Hopper")
ADA = person("ada", "Ada Lovelace", circle=Circle.CLOSE)
DRAFT = Ask(
    uid="",
    direction=AskDirection.OUTGOING,
    contact="grace",
    kind=ExchangeKind.REFERRAL,
    what="a referral for the data team",
    channel=Channel.CALL,
    fear=Fear.LOOK_SILLY,
)


def ago(days: int) -> Date:
    return TODAY - timedelta(days=days)


def asked(uid: str, state: AskState, contact: str, days: int = 200, channel: Channel = Channel.CALL) -> Ask:
    begun = replace(DRAFT, uid=uid, contact=contact, channel=channel, steps=(AskStep(AskState.ASKED, ago(days)),))
    return begun if state is AskState.ASKED else moved(begun, state, ago(days - 1))


def wrote(uid: str, day: Date, who: str, initiator: Initiator) -> Interaction:
    return Interaction(uid=uid, date=day, kind=InteractionKind.EMAIL, contacts=(who,), initiator=initiator)


def kinds(*records: Record, ask: Ask = DRAFT) -> list[HintKind]:
    return [hint.kind for hint in courage.hints(a_book(*records), ask)]


# Hints


def test_a_draft_with_a_fear_hears_record_warm_up_smaller_ask_and_study() -> None:
    people = [person(f"p{at}", f"Person {at}") for at in range(7)]
    asks = [asked(f"a{at}", AskState.DECLINED if at == 3 else AskState.HELPED, f"p{at}") for at in range(7)]
    book = a_book(GRACE, ADA, *people, *asks, met("i1", ago(40), "grace"), met("i2", ago(6), "ada"))
    record, warm_up, smaller, cited = courage.hints(book, DRAFT)
    assert record.text == "Of 7 people you asked by call, 6 said yes."
    assert (warm_up.contact, warm_up.key) == ("ada", "w")
    assert warm_up.text == "warm up first: two lines to Ada (you were in touch on Tuesday), no ask in it"
    assert smaller.text == "ask for something smaller: fifteen minutes about the data team"
    assert cited.text.endswith("(Flynn & Lake 2008).")


def test_a_draft_to_nobody_yet_and_an_incoming_ask_are_no_trouble() -> None:
    assert kinds(ask=replace(DRAFT, contact="", channel=Channel.EMAIL)) == [HintKind.SMALLER]
    assert kinds(GRACE, ask=replace(DRAFT, direction=AskDirection.INCOMING)) == []


@pytest.mark.parametrize("fear", [None, *Fear])
def test_an_email_to_a_stranger_is_warned_about_and_a_call_is_not(fear: Fear | None) -> None:
    mail = replace(DRAFT, channel=Channel.EMAIL, fear=fear)
    note = met("i1", ago(3), "grace", kind=InteractionKind.NOTE)
    plan = met("i2", TODAY + timedelta(days=3), "grace")
    assert kinds(GRACE, note, plan, ask=mail)[0] is HintKind.PATH
    assert HintKind.PATH not in kinds(GRACE, note, plan, ask=replace(mail, channel=Channel.CALL))
    assert HintKind.PATH not in kinds(GRACE, met("i3", ago(900), "grace"), ask=mail)


def test_a_dormant_contact_is_worth_it() -> None:
    too_long = replace(DRAFT, channel=Channel.MESSAGE, fear=Fear.TOO_LONG)
    old = met("i1", ago(2000), "grace")
    assert courage.hints(a_book(GRACE, old), too_long)[-1].text.endswith("(Liu et al. 2023).")
    goal = Goal(uid="g", kind=GoalKind.SWITCH, words="out of retail")
    found = courage.hints(a_book(GRACE, old, goal), replace(too_long, goal="g"))
    assert found[-1].text.endswith("(Levin, Walter & Murnighan 2011).")
    assert kinds(GRACE, met("i1", ago(900), "grace"), ask=too_long) == [HintKind.SMALLER]


def test_the_smaller_ask_is_the_one_that_the_hint_tells() -> None:
    less = courage.smaller(DRAFT)
    assert (less.kind, less.what) == (ExchangeKind.ADVICE, "fifteen minutes about the data team")
    assert courage.hints(a_book(GRACE), DRAFT)[0].text.endswith(less.what)


# The warm-up


def easiest(*records: Record, not_this: str = "") -> str | None:
    found = courage.warm_up_contact(a_book(*records), not_this)
    return None if found is None else found.uid


def test_the_easiest_is_the_closest_then_the_latest() -> None:
    inner = person("inner", "Inner", circle=Circle.INNER)
    close = person("close", "Close", circle=Circle.CLOSE)
    people = (GRACE, ADA, inner, close)
    met_all = (
        met("1", ago(2), "ada"),
        met("2", ago(50), "inner"),
        met("3", ago(9), "close"),
        met("4", ago(1), "grace"),
    )
    assert easiest(*people, *met_all) == "inner"
    assert easiest(*people, *met_all, not_this="inner") == "ada"
    assert easiest(ADA, close, *met_all[::2]) == "ada"
    assert easiest(GRACE, met_all[3]) is None


@pytest.mark.parametrize(
    ("who", "records"),
    [
        ("was never met", []),
        ("was not met for months", [met("1", ago(61), "ada")]),
        ("was met today", [met("1", TODAY, "ada")]),
        ("will be met", [met("1", TODAY + timedelta(days=2), "ada")]),
        ("did not answer yet", [met("1", ago(20), "ada"), wrote("2", ago(5), "ada", Initiator.ME)]),
        ("is snoozed", [met("1", ago(5), "ada"), Snooze(uid="s", of="ada", until=TODAY + timedelta(days=1))]),
        ("has an open ask", [met("1", ago(5), "ada"), asked("a", AskState.ASKED, "ada", days=3)]),
        ("agreed to an ask", [met("1", ago(5), "ada"), asked("a", AskState.AGREED, "ada", days=3)]),
        (
            "asked me for something",
            [
                met("1", ago(5), "ada"),
                replace(
                    DRAFT,
                    uid="a",
                    contact="ada",
                    direction=AskDirection.INCOMING,
                    steps=(AskStep(AskState.RECEIVED, ago(2)),),
                ),
            ],
        ),
    ],
)
def test_nobody_is_warmed_up_with_who(who: str, records: list[Record]) -> None:
    assert easiest(ADA, *records) is None


@pytest.mark.parametrize("peace", [{"do_not_disturb": True}, {"archived": True}, {"circle": Circle.WIDER}])
def test_who_is_left_in_peace_or_not_close_is_no_warm_up(peace: dict[str, object]) -> None:
    assert easiest(ADA, met("1", ago(5), "ada")) == "ada"
    assert easiest(replace(ADA, **peace), met("1", ago(5), "ada")) is None  # type: ignore[arg-type]  # known fields


@pytest.mark.parametrize("over", [AskState.DECLINED, AskState.RESTED, AskState.HELPED])
def test_an_ask_that_is_over_and_a_snooze_that_ran_out_stand_in_no_way(over: AskState) -> None:
    ended = asked("a", over, "ada")
    assert easiest(ADA, met("1", ago(5), "ada"), ended, Snooze(uid="s", of="ada", until=TODAY)) == "ada"
    answered = wrote("2", ago(4), "ada", Initiator.THEM)
    assert easiest(ADA, wrote("1", ago(5), "ada", Initiator.ME), answered) == "ada"


def test_one_key_logs_the_warm_up_and_undo_takes_it_back() -> None:
    book = a_book(ADA, met("1", ago(20), "ada"))
    change = courage.log_warm_up(book, "ada")
    assert change.title == "message with Ada Lovelace"
    logged = book.interactions_with("ada")[0]
    assert (logged.date, logged.kind, logged.initiator) == (TODAY, InteractionKind.MESSAGE, Initiator.ME)
    assert logged.uid
    assert book.warmth("ada").state is Warmth.WARM
    assert courage.warm_up_contact(book, "grace") is None
    book.undo()
    assert [each.uid for each in book.interactions_with("ada")] == ["1"]
    with pytest.raises(NotFound):
        courage.log_warm_up(book, "nobody")


# The mirror


def test_the_mirror_shows_every_ask_that_ended_by_group() -> None:
    people: list[Contact] = [person(f"p{at}", f"P {at}", circle=Circle.WIDER if at < 6 else None) for at in range(13)]
    asks = [
        replace(asked(f"a{at}", AskState.HELPED if at < 8 else AskState.DECLINED, f"p{at}"), chance=Chance(40))
        for at in range(13)
    ]
    found = courage.calibration(a_book(*people, *asks))
    assert told(found.all) == "you expected 40 %, 62 % said yes (8 of 13)"
    assert {circle: (one.yes, one.n) for circle, one in found.by_circle.items()} == {
        Circle.WIDER: (6, 6),
        None: (2, 7),
    }
    assert list(found.by_channel) == [Channel.CALL]


def test_the_mirror_and_the_record_follow_the_patience_that_is_set() -> None:
    nudged = replace(asked("a", AskState.ASKED, "ada", days=60), nudges=(ago(30),))
    book = a_book(GRACE, ADA, nudged)
    assert courage.calibration(book).all.n == 1
    found = courage.record_with_people_like(book, DRAFT)
    assert found is not None
    assert found.told.startswith("You asked one person by call, without a yes.")


# Words to copy


def test_a_message_is_signed_with_what_the_user_says_of_themselves() -> None:
    book = a_book(GRACE, ADA, Me(uid=ME, name="Kim"))
    text = courage.message_for(book, BUILT_IN, DRAFT)
    assert text.startswith("Hi Grace,\n\nI would like to ask you for something: a referral for the data team.\n")
    assert text.endswith(f"{USUAL_WAY_OUT}\n\nThank you either way\nKim\n")
    assert "what I asked you: a referral for the data team." in courage.message_for(book, BUILT_IN, DRAFT, "nudge")
    assert courage.message(book, BUILT_IN, "birthday", "ada").startswith("Hi Ada,\n\nhappy birthday!")
    assert "Ada Lovelace" in courage.between(book, BUILT_IN, "introduction", "grace", "ada")
    with pytest.raises(NotFound):
        courage.message(book, BUILT_IN, "hello", "nobody")
    with pytest.raises(BadInput):
        courage.message(book, BUILT_IN, "poem", "ada")


def test_a_no_to_somebody_who_asks_is_kind_whatever_the_ask_says() -> None:
    incoming = replace(DRAFT, direction=AskDirection.INCOMING, in_it_for_them="a favour", why_them="you know it")
    text = courage.message_for(a_book(GRACE), BUILT_IN, incoming, "no")
    assert "thank you for asking me" in text
    assert "favour" not in text
