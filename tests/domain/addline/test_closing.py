"""Help in a line that answers an ask of the user's."""

from collections.abc import Sequence

import pytest

from relcraft.domain.addline import LEAVE_OPEN, ParsedLine, next_choice, parse, preview
from relcraft.domain.records import Ask, AskStep, Date
from relcraft.domain.words import AskDirection, AskState, ExchangeKind
from tests.domain.addline.village import TODAY, VILLAGE

_K = ExchangeKind


def _ask(uid: str, contact: str, kind: ExchangeKind, what: str = "", target: str | None = None) -> Ask:
    return Ask(
        uid=uid,
        direction=AskDirection.OUTGOING,
        contact=contact,
        kind=kind,
        what=what,
        target=target,
        steps=(AskStep(AskState.DRAFT, Date(2026, 11, 1)), AskStep(AskState.ASKED, Date(2026, 11, 10))),
    )


ASKS = [
    _ask("acme", "grace-hopper", _K.REFERRAL, "Acme data team"),
    _ask("to-ada", "raj-patel", _K.INTRODUCTION, target="ada-lovelace"),
    _ask("to-alan", "raj-patel", _K.INTRODUCTION, "to Alan", target="alan-turing"),
    _ask("anybody", "raj-patel", _K.INTRODUCTION, "to somebody at sea"),
    _ask("talk", "alan-turing", _K.FEEDBACK, "the slides of the talk"),
    _ask("paper", "alan-turing", _K.FEEDBACK, "the draft of a paper"),
    _ask("gone", "dana-fox", _K.INTRODUCTION, "to who is gone", target="nobody"),
]


def _answerable(contact: str, kind: ExchangeKind) -> Sequence[Ask]:
    return [ask for ask in ASKS if (ask.contact, ask.kind) == (contact, kind)]


def _parse(line: str, choices: dict[str, str] | None = None) -> ParsedLine:
    return parse(line, VILLAGE, TODAY, choices=choices, answerable=_answerable)


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("coffee w/ Grace <referral:to the team", ["acme"]),
        ("<ref@grace", ["acme"]),
        ("<advice@grace", []),
        (">referral@grace", []),
        ("<referral@alan", []),
        ("<referral", []),
        ("yesterday <referral@grace", ["acme"]),
        ("10 nov <referral@grace", ["acme"]),
        ("9 nov <referral@grace", []),
        ("tomorrow <referral@grace", []),
        ("<referral@grace <referral@grace:a second", ["acme"]),
        ("<intro@raj:Ada", ["to-ada"]),
        ("<intro@raj:to ada lovelace, at last", ["to-ada"]),
        ("<intro@raj:the Countess", ["to-ada"]),
        ("<intro@raj:to Adam", ["anybody"]),
        ("<intro@raj:Alan <intro@raj:Ada", ["to-alan", "to-ada"]),
        ("<intro@raj", ["to-ada"]),
        ("<feedback@alan", ["talk"]),
        ("<feedback@alan:what to say", ["talk"]),
        ("<feedback@alan:the slides", ["talk"]),
        ("<feedback@alan:kind words on the paper", ["paper"]),
        ("<feedback@alan:papers <feedback@alan", ["paper", "talk"]),
        ('<intro@"Dana Fox":to Ada', []),
        ('<intro@"Dana Fox"', ["gone"]),
    ],
)
def test_help_closes_the_ask_that_it_answers(line: str, closed: list[str]) -> None:
    assert [one.closing.ask for one in _parse(line).closings if one.closing] == closed


def test_the_echo_says_which_ask_is_closed() -> None:
    assert preview(_parse("coffee w/ Grace <referral:sent it")) == (
        "coffee · Sun 22 Nov · Grace Hopper",
        '< referral received "sent it"',
        'closes your ask "Acme data team" (tab: leave it open)',
    )
    assert preview(_parse("<intro@raj:Ada"), keys=False)[1:] == ("closes your ask for an introduction",)


def test_tab_leaves_the_ask_open_and_closes_it_again() -> None:
    line = "<referral@grace"
    choices = next_choice(_parse(line), {})
    assert choices == {"?acme": LEAVE_OPEN}
    assert 'leaves your ask "Acme data team" open (tab: close it)' in preview(_parse(line, choices))
    choices = next_choice(_parse(line, choices), choices)
    assert 'closes your ask "Acme data team" (tab: leave it open)' in preview(_parse(line, choices))


def test_a_name_in_question_comes_before_the_ask() -> None:
    line = "coffee w/ Grace, dana <referral:x"
    choices = next_choice(_parse(line), {}, len(line))
    assert choices == {"dana": "dana-fox"}
    choices = next_choice(_parse(line, choices), choices, len(line))
    assert choices == {"dana": "dana-fox", "?acme": LEAVE_OPEN}
    assert next_choice(_parse(line, choices), choices, line.index("dana")) == {**choices, "dana": "dana-wolf"}


def test_without_the_asks_nothing_is_closed() -> None:
    assert parse("<referral@grace", VILLAGE, TODAY).closings == ()
