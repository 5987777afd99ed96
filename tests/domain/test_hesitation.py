"""What one hears at the moment of hesitation, and in which order."""

from dataclasses import replace
from itertools import product

import pytest

from relcraft.domain.hesitation import Hint, HintKind, OwnRecord, WarmUp, hesitate, own_record, smaller
from relcraft.domain.records import Ask, AskStep, Chance, Contact, Date
from relcraft.domain.rules import Patience
from relcraft.domain.words import AskDirection, AskState, Channel, ExchangeKind, Fear, GoalKind

TODAY = Date(2026, 11, 23)
GRACE = Contact(uid="grace", name="Grace Hopper")
ADA = WarmUp(contact=Contact(uid="ada", name="Ada Lovelace"), last=Date(2026, 11, 17))
REFERRAL = Ask(
    uid="",
    direction=AskDirection.OUTGOING,
    contact="grace",
    kind=ExchangeKind.REFERRAL,
    what="a referral for the data team at Acme",
    channel=Channel.CALL,
    fear=Fear.IMPOSE,
)


def went(
    uid: str,
    state: AskState,
    channel: Channel | None = Channel.CALL,
    kind: ExchangeKind = ExchangeKind.ADVICE,
    contact: str = "",
    chance: int | None = None,
) -> Ask:
    return Ask(
        uid=uid,
        direction=AskDirection.OUTGOING,
        contact=contact or uid,
        kind=kind,
        channel=channel,
        chance=None if chance is None else Chance(chance),
        steps=(AskStep(AskState.ASKED, Date(2026, 3, 1)), AskStep(state, Date(2026, 3, 9))),
    )


def calls(yes: int, no: int, chance: int | None = None) -> list[Ask]:
    states = [AskState.HELPED] * yes + [AskState.DECLINED] * no
    return [went(f"c{at}", state, chance=chance) for at, state in enumerate(states)]


def record(asks: list[Ask], ask: Ask = REFERRAL) -> OwnRecord | None:
    return own_record(ask, asks, TODAY, Patience())


def said(asks: list[Ask], ask: Ask = REFERRAL) -> str:
    found = record(asks, ask)
    return "" if found is None else found.told


def heard(
    ask: Ask,
    *,
    stranger: bool = False,
    dormant: bool = False,
    goal: GoalKind | None = None,
    asks: list[Ask] | None = None,
    warm_up: WarmUp | None = ADA,
) -> tuple[Hint, ...]:
    return hesitate(
        ask,
        GRACE,
        stranger=stranger,
        dormant=dormant,
        goal=goal,
        record=record(calls(6, 1) if asks is None else asks, ask),
        warm_up=warm_up,
        less=smaller(ask),
        today=TODAY,
    )


def test_the_own_record_comes_first_and_the_study_last() -> None:
    assert heard(REFERRAL) == (
        Hint(HintKind.RECORD, "Of 7 people you asked by call, 6 said yes."),
        Hint(
            HintKind.WARM_UP,
            "warm up first: two lines to Ada (you were in touch on Tuesday), no ask in it",
            "ada",
            "w",
        ),
        Hint(HintKind.SMALLER, "ask for something smaller: fifteen minutes about the data team at Acme", None, "s"),
        Hint(
            HintKind.CITED,
            "Those who help are happier, and less put out, than the one who asks expects (Zhao & Epley 2022).",
        ),
    )


def test_the_order_is_the_same_for_every_fear_channel_and_tie() -> None:
    order = list(HintKind)
    for fear, channel, stranger, dormant in product(Fear, [None, *Channel], [False, True], [False, True]):
        kinds = [
            hint.kind
            for hint in heard(replace(REFERRAL, fear=fear, channel=channel), stranger=stranger, dormant=dormant)
        ]
        assert kinds == sorted(set(kinds), key=order.index)
        if fear is Fear.NOTHING:
            assert set(kinds) <= {HintKind.PATH}
        else:
            assert {HintKind.WARM_UP, HintKind.SMALLER} <= set(kinds)


@pytest.mark.parametrize("fear", [None, *Fear])
def test_an_email_to_a_stranger_gets_the_warning_and_the_path_and_no_figure_that_encourages(fear: Fear | None) -> None:
    mail = replace(REFERRAL, channel=Channel.EMAIL, fear=fear)
    mails = [went(str(at), AskState.HELPED, Channel.EMAIL) for at in range(9)]
    first, *others = heard(mail, stranger=True, asks=mails)
    assert first.kind is HintKind.PATH
    assert (first.contact, first.key) == ("grace", "p")
    assert first.text == (
        "You have no interaction with Grace noted yet. By e-mail, askers expected 5.5 of 10 strangers to say yes, and "
        "0.3 did; in person they expected 5, and 7 did (Roghanizad & Bohns 2017). A call, a meeting or an introduction "
        "works far better: look for somebody who knows you both."
    )
    expected = [] if fear in (None, Fear.NOTHING) else [HintKind.WARM_UP, HintKind.SMALLER]
    assert [hint.kind for hint in others] == expected


def test_without_anybody_easy_without_a_record_and_without_a_study_the_smaller_ask_is_left() -> None:
    plain = replace(REFERRAL, fear=Fear.USING_PEOPLE)
    assert [hint.kind for hint in heard(plain, asks=[], warm_up=None)] == [HintKind.SMALLER]


# The own record


@pytest.mark.parametrize(
    ("yes", "no", "told"),
    [
        (1, 0, "The one person you asked by call said yes."),
        (0, 1, "You asked one person by call, without a yes. That is too few to tell anything."),
        (0, 3, "Of 3 people you asked by call, none said yes. That is too few to tell anything."),
        (1, 3, "Of 4 people you asked by call, 1 said yes."),
        (0, 5, "Of 5 people you asked by call, none said yes."),
    ],
)
def test_the_record_is_told_plainly_from_the_first_ask_on(yes: int, no: int, told: str) -> None:
    assert said(calls(yes, no)) == told


def test_what_was_expected_is_told_from_five_asks_on() -> None:
    assert said(calls(3, 1, chance=40)) == "Of 4 people you asked by call, 3 said yes."
    assert said(calls(4, 1, chance=40)) == "Of 5 people you asked by call, 4 said yes. You expected 40 %; it was 80 %."
    few_chances = [*calls(4, 0, chance=40), went("x", AskState.DECLINED)]
    assert said(few_chances) == "Of 5 people you asked by call, 4 said yes."


def test_asks_of_one_person_are_not_told_as_several_people() -> None:
    twice = [went("a", AskState.HELPED, contact="raj"), went("b", AskState.RESTED, contact="raj")]
    assert said(twice) == "Of 2 asks by call, 1 had a yes."


def test_who_is_like_this_is_by_manner_then_by_kind_then_anybody() -> None:
    spoken = [went("a", AskState.HELPED, Channel.IN_PERSON), went("b", AskState.HELPED, Channel.CALL)]
    written = [went("c", AskState.RESTED, Channel.EMAIL, ExchangeKind.REFERRAL)]
    unknown = [went("d", AskState.HELPED, None, ExchangeKind.LEAD)]
    assert said([*spoken, *written, *unknown]) == "Of 2 people you asked by call or in person, 2 said yes."
    mail = replace(REFERRAL, channel=Channel.LETTER)
    assert said([*spoken, *written], mail).startswith("You asked one person by e-mail, without a yes.")
    assert said([*written, *unknown]).startswith("You asked one person for a referral, without a yes.")
    assert said(unknown) == "The one person you asked so far said yes."
    assert said([*spoken, *written, *unknown], replace(REFERRAL, channel=None)).startswith("You asked one person for")
    assert said([]) == ""


def test_what_is_open_and_the_ask_itself_are_no_record() -> None:
    still_open = went("a", AskState.ASKED)
    itself = went("b", AskState.DECLINED)
    incoming = replace(went("d", AskState.HELPED), direction=AskDirection.INCOMING)
    fresh = replace(still_open, steps=(AskStep(AskState.ASKED, TODAY),))
    assert record([fresh, itself, incoming], replace(REFERRAL, uid="b")) is None
    assert record([itself], REFERRAL) is not None


# The smaller ask


@pytest.mark.parametrize(
    ("kind", "what", "smaller_kind", "smaller_what"),
    [
        (
            ExchangeKind.REFERRAL,
            "a referral for the data team",
            ExchangeKind.ADVICE,
            "fifteen minutes about the data team",
        ),
        (ExchangeKind.REFERRAL, "Acme data team", ExchangeKind.ADVICE, "fifteen minutes about Acme data team"),
        (ExchangeKind.REFERRAL, "", ExchangeKind.ADVICE, "fifteen minutes about your work"),
        (
            ExchangeKind.RECOMMENDATION,
            "a recommendation for my talk",
            ExchangeKind.FEEDBACK,
            "your honest view of my talk",
        ),
        (ExchangeKind.INTRODUCTION, "an introduction to Ada", ExchangeKind.INFORMATION, "a few words about Ada"),
        (ExchangeKind.INTRODUCTION, "intro to Lee Chen", ExchangeKind.INFORMATION, "a few words about Lee Chen"),
        (ExchangeKind.HELP, "help with my CV", ExchangeKind.ADVICE, "ten minutes of advice on my CV"),
        (ExchangeKind.HELP, "help me move house", ExchangeKind.ADVICE, "ten minutes of advice on how to move house"),
        (ExchangeKind.HELP, "help", ExchangeKind.ADVICE, "ten minutes of advice on how to begin"),
        (ExchangeKind.HELP, "helping hands", ExchangeKind.ADVICE, "ten minutes of advice on helping hands"),
        (ExchangeKind.ADVICE, "advice on rent", ExchangeKind.INFORMATION, "one short answer about rent"),
        (ExchangeKind.FEEDBACK, "feedback on X", ExchangeKind.FEEDBACK, "one thing you would change about X"),
    ],
)  # fmt: skip
def test_a_smaller_ask_is_about_the_same_thing(
    kind: ExchangeKind, what: str, smaller_kind: ExchangeKind, smaller_what: str
) -> None:
    less = smaller(replace(REFERRAL, kind=kind, what=what))
    assert (less.kind, less.what) == (smaller_kind, smaller_what)


@pytest.mark.parametrize("kind", ExchangeKind)
def test_every_kind_has_a_smaller_form_and_that_one_is_small_enough(kind: ExchangeKind) -> None:
    ask = replace(REFERRAL, kind=kind, target="lee")
    less = smaller(ask)
    assert less.what != ask.what
    assert less.target is None
    assert smaller(less) == less
    assert [hint for hint in heard(less) if hint.kind is HintKind.SMALLER] == []
