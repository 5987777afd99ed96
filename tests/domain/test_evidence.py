"""What studies are cited for: only what was read, only where it fits, and never without its source."""

import re
from itertools import product
from pathlib import Path

import pytest

from relcraft.domain import evidence
from relcraft.domain.evidence import FINDINGS, Finding, about_goal, cited, warned
from relcraft.domain.words import Channel, Fear, GoalKind

EVIDENCE = Path(__file__).parents[2] / ".." / "shared" / "EVIDENCE.md"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CASES = list(product([None, *Fear], [None, *Channel], [False, True], [False, True], [None, *GoalKind]))
DISPUTED = re.compile(r"dirty|competen|32|66", re.IGNORECASE)


def rows() -> dict[str, tuple[str, str]]:
    """Return status and the whole row by the source that a row of the evidence names."""
    if not EVIDENCE.is_file():
        pytest.skip("what was read of the studies is not here: shared/EVIDENCE.md beside the project")
    cells = [line.strip().strip("|").split("|") for line in EVIDENCE.read_text("utf-8").splitlines() if "|" in line]
    return {row[2].strip(): (row[3].strip(), "|".join(row)) for row in cells if len(row) == 5}


def row_of(finding: Finding) -> tuple[str, str]:
    found = [row for source, row in rows().items() if re.match(rf"{re.escape(finding.source)}(?!\d)", source)]
    assert len(found) == 1, finding.source
    return found[0]


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.source)
def test_each_cited_study_was_read(finding: Finding) -> None:
    status, _row = row_of(finding)
    assert status.startswith("read")


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.source)
def test_each_figure_that_is_told_stands_in_the_evidence(finding: Finding) -> None:
    _status, row = row_of(finding)
    assert set(NUMBER.findall(finding.text)) <= set(NUMBER.findall(row))


def test_the_look_into_the_evidence_finds_what_was_not_read() -> None:
    with pytest.raises(AssertionError, match="Nobody 1999"):
        row_of(Finding("x", "Nobody 1999"))
    assert len(rows()) >= len(FINDINGS)


def test_all_findings_that_there_are_may_be_looked_up() -> None:
    assert {one for one in vars(evidence).values() if isinstance(one, Finding)} == set(FINDINGS)
    assert len({finding.source for finding in FINDINGS}) == len(FINDINGS)


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.source)
def test_a_finding_is_one_sentence_with_its_source_and_nothing_disputed(finding: Finding) -> None:
    assert finding.told == f"{finding.text} ({finding.source})."
    assert finding.text[0].isupper()
    assert not finding.text.endswith(".")
    assert re.search(r"\d{4}$", finding.source)
    assert not DISPUTED.search(finding.text)


def test_an_email_to_a_stranger_gets_the_warning_and_never_the_figures_of_asks_in_person() -> None:
    for fear, channel, stranger, dormant, goal in CASES:
        found = cited(fear, channel=channel, stranger=stranger, dormant=dormant, goal=goal)
        warning = stranger and channel is Channel.EMAIL
        assert (found is evidence.MAIL_TO_STRANGERS) is warning
        assert warned(channel, stranger=stranger) is (evidence.MAIL_TO_STRANGERS if warning else None)


def test_the_figures_of_direct_asks_are_told_in_person_and_by_phone_alone() -> None:
    for fear, channel, stranger, dormant, goal in CASES:
        found = cited(fear, channel=channel, stranger=stranger, dormant=dormant, goal=goal)
        if found in (evidence.ASKING_DIRECTLY, evidence.ASKING_STRANGERS):
            assert channel in (Channel.IN_PERSON, Channel.CALL)
        if found in (evidence.REACHING_OUT, evidence.DORMANT_ADVICE):
            assert dormant
        if found is evidence.GLAD_HELPERS:
            assert fear is Fear.IMPOSE
        if found is evidence.SECOND_TIME:
            assert fear is Fear.REFUSED_BEFORE


def test_who_fears_nothing_is_told_nothing_but_the_warning() -> None:
    for fear, channel, stranger, dormant, goal in CASES:
        if fear in (None, Fear.NOTHING):
            found = cited(fear, channel=channel, stranger=stranger, dormant=dormant, goal=goal)
            assert found is warned(channel, stranger=stranger)


def test_no_study_is_cited_about_using_people() -> None:
    for channel, stranger in product([None, *Channel], [False, True]):
        found = cited(Fear.USING_PEOPLE, channel=channel, stranger=stranger, dormant=False, goal=None)
        assert found is warned(channel, stranger=stranger)


@pytest.mark.parametrize(
    ("fear", "channel", "stranger", "dormant", "goal", "found"),
    [
        (Fear.LOOK_SILLY, Channel.CALL, False, False, None, evidence.ASKING_DIRECTLY),
        (Fear.LOOK_SILLY, Channel.IN_PERSON, True, False, None, evidence.ASKING_STRANGERS),
        (Fear.LOOK_SILLY, Channel.VIDEO, False, False, None, None),
        (Fear.LOOK_SILLY, Channel.EMAIL, False, False, None, None),
        (Fear.LOOK_SILLY, None, False, False, None, None),
        (Fear.IMPOSE, Channel.EMAIL, False, False, None, evidence.GLAD_HELPERS),
        (Fear.IMPOSE, Channel.EMAIL, True, False, None, evidence.MAIL_TO_STRANGERS),
        (Fear.NOTHING, Channel.EMAIL, True, False, None, evidence.MAIL_TO_STRANGERS),
        (Fear.REFUSED_BEFORE, Channel.CALL, False, False, None, evidence.SECOND_TIME),
        (Fear.TOO_LONG, Channel.EMAIL, False, True, None, evidence.REACHING_OUT),
        (Fear.TOO_LONG, Channel.CALL, False, True, GoalKind.SWITCH, evidence.DORMANT_ADVICE),
        (Fear.TOO_LONG, Channel.CALL, False, False, None, evidence.ASKING_DIRECTLY),
        (Fear.USING_PEOPLE, Channel.MESSAGE, False, True, None, evidence.REACHING_OUT),
    ],
)
def test_the_line_fits_fear_channel_and_tie(
    fear: Fear,
    channel: Channel | None,
    stranger: bool,
    dormant: bool,
    goal: GoalKind | None,
    found: Finding | None,
) -> None:
    assert cited(fear, channel=channel, stranger=stranger, dormant=dormant, goal=goal) is found


@pytest.mark.parametrize(
    ("goal", "only_close", "found"),
    [
        (GoalKind.SWITCH, True, evidence.WEAK_TIES),
        (GoalKind.HIRED, True, evidence.WEAK_TIES),
        (GoalKind.HIRED, False, evidence.REFERRED),
        (GoalKind.PROMOTED, True, evidence.INSIDE),
        (GoalKind.SWITCH, False, None),
        (GoalKind.OTHER, True, None),
    ],
)
def test_a_goal_has_its_own_line(goal: GoalKind, only_close: bool, found: Finding | None) -> None:
    assert about_goal(goal, only_close_asked=only_close) is found
