"""Who could help with a goal, ranked, with reasons and the room to ask."""

from dataclasses import replace
from datetime import date

from relcraft.book import verbs
from relcraft.book.supporters import who_could_help
from relcraft.domain.records import Ask, AskStep, Goal
from relcraft.domain.room import RoomKind
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind
from tests.books import TODAY, a_book, met, person

GOAL = Goal(uid="goal", kind=GoalKind.HIRED, words="a data job at Acme")
LEE = person("lee", "Lee Chen", organisation="Acme", circle=Circle.CLOSE)
RAJ = person("raj", "Raj Patel", circle=Circle.WIDER)
ADA = person("ada", "Ada Lovelace", can_offer=("job referrals",), circle=Circle.CLOSE)
MET = tuple(met(f"m-{each.uid}", TODAY, each.uid) for each in (LEE, RAJ, ADA))


def ask(contact: str, *states: AskState, goal: str | None = None) -> Ask:
    return Ask(
        uid=f"ask-{contact}",
        direction=AskDirection.OUTGOING,
        contact=contact,
        kind=ExchangeKind.REFERRAL,
        goal=goal,
        steps=tuple(AskStep(state, TODAY) for state in states),
    )


def test_each_has_reasons_and_room() -> None:
    found = who_could_help(a_book(LEE, RAJ, ADA, person("bo", "Bo"), *MET), GOAL)
    assert [each.contact for each in found] == ["lee", "ada", "raj"]
    assert [each.reasons[0] for each in found] == [
        "is at Acme",
        "can offer job referrals",
        "a looser tie: those help most to change jobs (Rajkumar et al. 2022)",
    ]
    assert all(each.room.kind is RoomKind.GO for each in found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_an_open_ask_puts_somebody_behind_and_its_room_says_wait() -> None:
    found = who_could_help(a_book(LEE, RAJ, ADA, *MET, ask("lee", AskState.ASKED)), GOAL)
    assert [each.contact for each in found] == ["ada", "raj", "lee"]
    assert found[-1].room.kind is RoomKind.WAIT


def test_who_was_asked_for_this_goal_comes_later_and_a_draft_changes_nothing() -> None:
    declined = ask("lee", AskState.ASKED, AskState.DECLINED, goal="goal")
    found = who_could_help(a_book(LEE, RAJ, ADA, *MET, declined), GOAL)
    assert "was asked for it before" in next(each for each in found if each.contact == "lee").reasons
    plain = who_could_help(a_book(LEE, RAJ, ADA, *MET), GOAL)
    assert who_could_help(a_book(LEE, RAJ, ADA, *MET, ask("lee", AskState.DRAFT, goal="goal")), GOAL) == plain


def test_who_is_in_peace_is_out() -> None:
    book = a_book(replace(LEE, do_not_disturb=True), replace(RAJ, archived=True), ADA, *MET)
    assert [each.contact for each in who_could_help(book, GOAL)] == ["ada"]


def test_an_old_tie_is_for_a_choice_of_career() -> None:
    book = a_book(LEE, ADA, met("m", date(2020, 1, 1), "lee"))
    found = who_could_help(book, replace(GOAL, kind=GoalKind.CAREER, words="what to do"))
    assert [each.contact for each in found] == ["lee"]


def test_of_many_only_the_first_are_named() -> None:
    book = a_book(*(person(f"p{at}", f"P{at:02}", organisation="Acme") for at in range(40)))
    found = who_could_help(book, GOAL, most=5)
    assert [each.contact for each in found] == [f"p{at}" for at in range(5)]
    assert len(who_could_help(book, GOAL)) == 20


def test_a_snooze_moves_nobody_and_any_other_change_is_looked_at() -> None:
    book = a_book(LEE, RAJ, ADA, *MET)
    seen: list[list[str]] = []
    book.subscribe(lambda _ops: seen.append([each.contact for each in who_could_help(book, GOAL)]))
    first = [each.contact for each in who_could_help(book, GOAL)]
    verbs.snooze(book, ["lee"], date(2026, 12, 24))
    verbs.edit(book, ADA, replace(ADA, do_not_disturb=True))
    assert seen == [first, ["lee", "raj"]], "also for who asks as the change is told"
    book.undo()
    assert seen[-1] == first
