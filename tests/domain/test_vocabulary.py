"""The words that the program never says about people stand nowhere in it: not in its code, not in what it composes."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

import relcraft
from relcraft.domain.calibration import calibrate, interval_told, silence_told, told
from relcraft.domain.composing import BUILT_IN, NAMES, PLACEHOLDERS, ask_message, message
from relcraft.domain.evidence import FINDINGS
from relcraft.domain.hesitation import HintKind, WarmUp, hesitate, own_record, smaller
from relcraft.domain.records import Ask, AskStep, Chance, Contact, Date, Me
from relcraft.domain.rules import Patience
from relcraft.domain.words import AskDirection, AskState, Channel, ExchangeKind, Fear, GoalKind

ROOT = Path(relcraft.__file__).parent
NEVER_SAID = re.compile(r"\b(debts?|owe|owes|owed|ghosted|overdue|should\s+have|ignored)\b", re.IGNORECASE)
FOREIGN = {("formats/monica/people.py", "debt")}
"""Words in files of other programs, by which their records are known: never shown."""
TODAY = Date(2026, 11, 23)
DATA = [
    path
    for path in sorted(ROOT.rglob("*"))
    if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "py.typed"
]
"""The style sheets, and whatever else is delivered that is no code."""


def texts_of(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Return each text of a module that a user may see, with its line.

    A docstring is for who reads the code, but of what has a decorator: the help of a command is its docstring.
    """
    shown = {
        id(node.body[0])
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.decorator_list
    }
    unsaid = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and id(node) not in shown
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unsaid:
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "·" for part in node.values),
            )


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_the_program_scolds(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    name = path.relative_to(ROOT).as_posix()
    said = [(line, text) for line, text in texts_of(module) if NEVER_SAID.search(text) and (name, text) not in FOREIGN]
    assert said == []


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_is_delivered_beside_the_code_scolds(path: Path) -> None:
    assert NEVER_SAID.findall(path.read_text(encoding="utf-8")) == []


def test_the_style_sheets_are_looked_at() -> None:
    assert {path.suffix for path in DATA} >= {".tcss"}


def test_the_look_finds_what_it_looks_for() -> None:
    module = ast.parse(
        '"""You owe."""\nwho = "Ada"\na = f"{who} is Overdue"\nb = "you should  have"\nc = "showed indebted"\n'
        'def plain():\n    """Ghosted."""\n@command\ndef shown():\n    """Debts."""\n'
    )
    assert {line for line, text in texts_of(module) if NEVER_SAID.search(text)} == {3, 4, 10}


def went(uid: str, state: AskState, channel: Channel | None, kind: ExchangeKind) -> Ask:
    steps = (AskStep(AskState.ASKED, Date(2026, 1, 1)), AskStep(AskState.AGREED, Date(2026, 1, 2)))
    return Ask(
        uid=uid,
        direction=AskDirection.OUTGOING,
        contact=uid,
        kind=kind,
        channel=channel,
        chance=Chance(40),
        steps=(*steps, AskStep(state, Date(2026, 1, 3))),
    )


def records(channel: Channel | None, kind: ExchangeKind) -> Iterator[list[Ask]]:
    """Yield what may have come of former asks: nothing yet, one yes, one silence, many of both."""
    yield []
    for states in ([AskState.HELPED], [AskState.RESTED], [AskState.RESTED, AskState.HELPED, AskState.DECLINED] * 3):
        yield [went(f"{at}", state, channel, kind) for at, state in enumerate(states)]


@pytest.mark.parametrize("fear", Fear)
def test_nothing_that_is_said_at_the_moment_of_hesitation_scolds(fear: Fear) -> None:
    grace = Contact(uid="grace", name="Grace Hopper")
    said: set[str] = set()
    kinds: set[HintKind] = set()
    for channel, kind, stranger, dormant, goal in product(
        [None, *Channel], ExchangeKind, [False, True], [False, True], [None, GoalKind.SWITCH]
    ):
        ask = Ask(
            uid="",
            direction=AskDirection.OUTGOING,
            contact="grace",
            kind=kind,
            channel=channel,
            fear=fear,
            what="a word",
        )
        for former in records(channel, kind):
            hints = hesitate(
                ask,
                grace,
                stranger=stranger,
                dormant=dormant,
                goal=goal,
                record=own_record(ask, former, TODAY, Patience()),
                warm_up=WarmUp(contact=replace(grace, uid="ada", name="Ada"), last=TODAY),
                less=smaller(ask),
                today=TODAY,
            )
            said.update(hint.text for hint in hints)
            kinds.update(hint.kind for hint in hints)
    assert [text for text in said if NEVER_SAID.search(text)] == []
    assert kinds >= ({HintKind.PATH} if fear is Fear.NOTHING else set(HintKind))


def test_no_message_no_study_and_no_mirror_scolds() -> None:
    grace, me = Contact(uid="grace", name="Grace Hopper"), Me(uid="me", name="Kim")
    filled = dict.fromkeys(set(PLACEHOLDERS) - {"name", "me"}, "it")
    ask = Ask(uid="", direction=AskDirection.OUTGOING, contact="grace", kind=ExchangeKind.HELP)
    mirrors = [calibrate(former, TODAY, Patience()) for former in records(Channel.CALL, ExchangeKind.HELP)]
    said = [
        *(message(name, grace, me, BUILT_IN, **values) for name in NAMES for values in ({}, filled)),
        *(ask_message(replace(ask, kind=kind), grace, me, BUILT_IN) for kind in ExchangeKind),
        *(finding.told for finding in FINDINGS),
        *(tell(mirror) for mirror in mirrors for tell in (told, interval_told, silence_told)),
    ]
    assert [text for text in said if NEVER_SAID.search(text)] == []
