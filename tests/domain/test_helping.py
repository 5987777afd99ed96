"""Who could help with a goal: what speaks for one contact, and in which words."""

from dataclasses import replace

import pytest

from relcraft.domain.helping import Helping, Standing, Support
from relcraft.domain.records import Contact, Goal, Me
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import Circle, GoalKind
from tests.books import person

ME = Me(uid="me", organisation="Navy", can_offer=("talks",))
STANDING = Standing(warmth=Warmth.KNOWN, link=0.5, has_open_ask=False, asked_for_it=False)
CLOSE = person("ada", "Ada Lovelace", circle=Circle.CLOSE)


def support(
    contact: Contact, kind: GoalKind = GoalKind.OTHER, words: str = "a data job at Acme", standing: Standing = STANDING
) -> Support | None:
    return Helping(Goal(uid="g", kind=kind, words=words), ME).support(contact, standing)


def reasons(*arguments: object, **named: object) -> tuple[str, ...]:
    found = support(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
    return () if found is None else found.reasons


def test_nothing_speaks_for_whom_nothing_is_known() -> None:
    assert support(CLOSE) is None


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"can_offer": ("data jobs",)}, GoalKind.OTHER, "can offer data jobs"),
        ({"can_offer": ("interview practice",)}, GoalKind.HIRED, "can offer interview practice"),
        ({"can_offer": ("mentoring",)}, GoalKind.PROMOTED, "can offer mentoring"),
        ({"organisation": "ACME"}, GoalKind.OTHER, "is at ACME"),
        ({"organisation": "navy"}, GoalKind.PROMOTED, "is at navy, as you are"),
        ({"role": "Data engineer"}, GoalKind.OTHER, ""),
        ({"role": "Data"}, GoalKind.OTHER, "is Data"),
        ({"looking_for": ("speakers",)}, GoalKind.OTHER, "looks for speakers, which you can offer"),
        ({"organisation": "Acm"}, GoalKind.OTHER, ""),
        ({"organisation": "navy"}, GoalKind.HIRED, ""),
        ({"can_offer": ("interview practice",)}, GoalKind.CAREER, ""),
    ],
)
def test_what_fits_the_goal_is_a_reason(fields: dict[str, object], kind: GoalKind, reason: str) -> None:
    assert reasons(replace(CLOSE, **fields), kind) == ((reason,) if reason else ())  # type: ignore[arg-type]  # fields of a contact


@pytest.mark.parametrize("kind", [GoalKind.HIRED, GoalKind.SWITCH])
def test_looser_ties_help_to_change_jobs_the_moderately_weak_most(kind: GoalKind) -> None:
    scores = {}
    for circle in (*Circle, None):
        found = support(replace(CLOSE, circle=circle), kind)
        scores[circle] = 0 if found is None else found.score
    assert scores[Circle.INNER] == scores[Circle.CLOSE] == 0
    assert scores[Circle.WIDER] > scores[Circle.DISTANT] > scores[Circle.ACTIVE] == scores[None] > 0
    assert "Rajkumar et al. 2022" in reasons(replace(CLOSE, circle=Circle.WIDER), kind)[0]


def test_an_old_tie_is_for_advice_and_says_so_with_its_source() -> None:
    dormant = replace(STANDING, warmth=Warmth.DORMANT, link=0.4)
    assert "Levin et al. 2011" in reasons(CLOSE, GoalKind.CAREER, standing=dormant)[0]
    assert reasons(CLOSE, GoalKind.PROMOTED, standing=dormant) == ()


@pytest.mark.parametrize("fields", [{"do_not_disturb": True}, {"archived": True}])
def test_who_is_left_in_peace_is_out(fields: dict[str, bool]) -> None:
    assert support(replace(CLOSE, organisation="Acme", **fields)) is None  # type: ignore[arg-type]  # fields of a contact


def test_an_open_ask_lowers_and_says_so() -> None:
    free, busy = (
        support(replace(CLOSE, organisation="Acme"), standing=replace(STANDING, has_open_ask=held))
        for held in (False, True)
    )
    assert free is not None
    assert busy is not None
    assert 0 < busy.score < free.score
    assert busy.reasons == ("is at Acme", "an ask to them is open: wait for it")


def test_who_was_asked_for_it_comes_after_who_was_not() -> None:
    asked = support(replace(CLOSE, organisation="Acme"), standing=replace(STANDING, asked_for_it=True))
    free = support(replace(CLOSE, organisation="Acme"))
    assert asked is not None
    assert free is not None
    assert asked.score < free.score


def test_the_reason_that_counts_most_comes_first() -> None:
    contact = replace(CLOSE, circle=Circle.WIDER, organisation="Acme", looking_for=("a talk",))
    assert reasons(contact, GoalKind.HIRED, standing=replace(STANDING, link=1.0)) == (
        "is at Acme",
        "a looser tie: those help most to change jobs (Rajkumar et al. 2022)",
        "looks for a talk, which you can offer",
        "you are in touch",
    )
