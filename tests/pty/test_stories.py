"""Two stories by keys alone, over weeks, each day a program of its own; what counts is what is in the file."""

from datetime import date
from typing import Any

from relcraft.cli.wiring import book_at
from relcraft.domain.records import Tie
from relcraft.domain.words import Circle, InteractionKind
from tests.books import at_noon, met, person
from tests.pty.conftest import Desk
from tests.pty.keys import Hand

COLUMNS, ROWS = 100, 30


def on(desk: Desk, month: int, day: int) -> Hand:
    """Open the program on a day of 2026."""
    hand = Hand(desk.open(today=date(2026, month, day), columns=COLUMNS, rows=ROWS))
    hand.see("6 Paths")
    hand.terminal.wait_until_drawn()
    return hand


def steps(ask: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["state"], step["date"]) for step in ask["steps"]]


def test_from_a_goal_to_the_people_behind_it(desk: Desk) -> None:
    desk.fill(
        person("gina", "Gina Haspel-Moore", circle=Circle.CLOSE),
        person("dana", "Dana Fox", organisation="Acme"),
        met("coffee", date(2026, 10, 30), "gina"),
        Tie(uid="tie", first="gina", second="dana"),
    )

    hand = on(desk, 11, 2)  # a goal, a path to the organisation, and an ask for an introduction
    hand.press("5", "n")
    hand.see("New goal")
    hand.type("data work at Acme")
    hand.press("ctrl+s")
    hand.see("1 open")
    hand.press("6")
    hand.see("Whom would you like to reach?")
    hand.type("Acme")
    hand.press("enter")
    hand.see("2 ways to Acme")
    hand.press("enter")
    hand.see("an introduction to Dana Fox (Acme)")
    hand.press("tab", "tab", "tab", "tab", "3", "tab", "tab", "right", "right")
    hand.see("I would impose")
    hand.see("Zhao & Epley")
    hand.press("ctrl+s")
    hand.see("Asked: ask to")
    hand.leave()
    stored = desk.stored()
    (goal,), (ask,) = stored["goals"], stored["asks"]
    assert (goal["kind"], goal["words"]) == ("get hired", "data work at Acme")
    assert (ask["contact"], ask["kind"], ask["target"], ask["goal"]) == ("gina", "introduction", "dana", goal["uid"])
    assert (ask["chance"], ask["fear"], steps(ask)) == (30, "impose", [("asked", "2026-11-02")])
    assert "interactions" not in stored or len(stored["interactions"]) == 1

    hand = on(desk, 11, 5)  # "call me next week"
    hand.press("3", "z")
    hand.see("Which day did")
    hand.press("enter")
    hand.see("How did the answer come?")
    hand.press("n")
    hand.see("Gina named Thu 12 Nov")
    hand.leave()
    (ask,) = desk.stored()["asks"]
    assert ask["steps"][1] == {"state": "asked", "date": "2026-11-05", "until": "2026-11-12"}

    hand = on(desk, 11, 12)  # the day has come: Today says so; they say yes
    hand.press("2")
    hand.see("Ask Gina Haspel-Moore again")
    hand.press("3", "enter")
    hand.see("they will help")
    hand.press("y")
    hand.see("How did the answer come?")
    hand.press("c")
    hand.see("Agreed 1")
    hand.leave()
    stored = desk.stored()
    assert steps(stored["asks"][0])[2] == ("agreed", "2026-11-12")
    assert [each["kind"] for each in stored["interactions"]] == ["coffee", "call"]

    hand = on(desk, 11, 16)  # the introduction is made: one act, one exchange, a tie that was there
    hand.press("3", "x")
    hand.see("How did the answer come?")
    hand.press("n")
    hand.see("Helped 1")
    hand.leave()
    stored = desk.stored()
    (ask,), (made,), (exchange,), (tie,) = (stored[table] for table in ("asks", "introductions", "exchanges", "ties"))
    assert steps(ask)[3] == ("helped", "2026-11-16")
    assert (made["broker"], made["second"], made["ask"], made["steps"][-1]["state"]) == (
        "gina",
        "dana",
        ask["uid"],
        "made",
    )
    assert (exchange["direction"], exchange["kind"], exchange["contact"]) == ("received", "introduction", "gina")
    assert (exchange["ask"], exchange["introduction"]) == (ask["uid"], made["uid"])
    assert tie["uid"] == "tie"
    assert next(each for each in stored["contacts"] if each["uid"] == "dana")["introduced_by"] == "gina"

    hand = on(desk, 11, 18)  # an ask of the new contact, for the same goal
    hand.press("p")
    hand.type("Dana")
    hand.press("enter")
    hand.see("Dana Fox")
    hand.press("A")
    hand.see("Ask Dana Fox")
    hand.type("a referral for the data team")
    hand.press("tab", "r", "r", *["tab"] * 5, "5", "tab", "right")
    hand.terminal.wait_until_drawn()
    hand.press("ctrl+s")
    hand.see("Asked: ask to")
    hand.leave()
    asked = next(each for each in desk.stored()["asks"] if each["contact"] == "dana")
    assert (asked["kind"], asked["goal"], asked["chance"]) == ("referral", goal["uid"], 50)

    hand = on(desk, 11, 20)  # helped
    hand.press("3")
    hand.see("a referral for the data team")
    hand.press("x")
    hand.see("How did the answer come?")
    hand.press("n")
    hand.see("Helped 2")
    hand.leave()

    hand = on(desk, 11, 21)  # thanked, from Today
    hand.press("2")
    hand.see("Thank Dana Fox")
    hand.press("m")
    hand.terminal.wait_until_drawn()
    thanked = 0
    while thanked < 2:
        hand.see("Thank ")
        hand.press("x")
        hand.see("Noted")
        hand.terminal.wait_until_drawn()
        thanked += 1
    hand.leave()
    stored = desk.stored()
    assert [steps(each)[-1] for each in stored["asks"]] == [("thanked", "2026-11-21")] * 2
    assert [each["thanked_on"] for each in stored["exchanges"]] == ["2026-11-21"] * 2
    assert len(stored["exchanges"]) == 2

    hand = on(desk, 11, 30)  # reached: the chain names both, and Today says to tell both
    hand.press("5", "x")
    hand.terminal.wait_until_drawn()
    hand.type("I begin in March")
    hand.press("enter")
    hand.see("Reached")
    hand.terminal.wait_until_drawn()
    hand.press("2", "m")
    hand.see("Tell Gina Haspel-Moore")
    hand.see("Tell Dana Fox")
    hand.leave()
    (goal,) = desk.stored()["goals"]
    assert (goal["state"], goal["ended_on"], goal["outcome"]) == ("reached", "2026-11-30", "I begin in March")
    assert goal["chain"] == ["gina", "dana"]


def test_silence_leaves_no_mark(desk: Desk) -> None:
    desk.fill(
        person("gina", "Gina Haspel-Moore", circle=Circle.ACTIVE),
        met("call", date(2026, 8, 20), "gina", kind=InteractionKind.CALL),
    )
    without = desk.book.with_name("without.json")
    without.write_bytes(desk.book.read_bytes())

    hand = on(desk, 9, 1)
    hand.press("p")
    hand.type("Gina")
    hand.press("enter")
    hand.terminal.wait_until_drawn()
    hand.press("A")
    hand.see("Ask Gina")
    hand.type("a word to the team")
    hand.press("ctrl+s")
    hand.see("Asked: ask to")
    hand.leave()

    hand = on(desk, 9, 15)  # 14 days: still within the patience
    hand.press("2", "m")
    hand.terminal.wait_until_drawn()
    assert "Nudge" not in hand.terminal.shown
    hand.leave()

    hand = on(desk, 9, 16)  # silence: one nudge
    hand.press("2", "m")
    hand.see("Nudge Gina Haspel-Moore once, or let it rest")
    hand.press("x")
    hand.see("Noted")
    hand.leave()
    (ask,) = desk.stored()["asks"]
    assert (ask["nudges"], steps(ask)) == (["2026-09-16"], [("asked", "2026-09-01")])

    hand = on(desk, 10, 1)  # silence again: it rests since today, by the dates alone
    hand.press("3")
    hand.see("Ended 1")
    hand.see("resting since")
    hand.press("2", "m")
    hand.terminal.wait_until_drawn()
    assert "Nudge" not in hand.terminal.shown
    hand.leave()

    for day in (date(2026, 10, 1), date(2026, 11, 23), date(2027, 3, 1)):
        with book_at(desk.book, at_noon(day)) as told, book_at(without, at_noon(day)) as untold:
            assert told.warmth("gina") == untold.warmth("gina")
            assert told.balance("gina") == untold.balance("gina")
            assert told.contact("gina") == untold.contact("gina")
            assert list(told.interactions_with("gina")) == list(untold.interactions_with("gina"))
