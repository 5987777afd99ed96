"""The Today screen: a few moves with their reasons, each done, dropped or snoozed with one key, as it is stored."""

from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest

from relcraft.book.open import Book
from relcraft.book.today import all_moves, today
from relcraft.cli.templates import FolderTemplates
from relcraft.domain.records import Ask, AskStep, Birthday, Chance, Exchange, Goal, Interaction, Introduction, Snooze
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind, Initiator
from relcraft.tui.app import RelcraftApp
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.composer import Composer
from relcraft.tui.prompts import CirclePicker
from relcraft.tui.today.move_list import MoveList
from tests.books import TODAY, a_book, got, met, person, promised
from tests.tui.widget_host import HOSTILE, seen, told


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def asked(uid: str, who: str, days: int, *, direction: AskDirection = AskDirection.OUTGOING) -> Ask:
    outgoing = direction is AskDirection.OUTGOING
    first = AskState.ASKED if outgoing else AskState.RECEIVED
    return Ask(
        uid=uid,
        direction=direction,
        contact=who,
        kind=ExchangeKind.REFERRAL,
        what="the data team at Acme",
        chance=Chance(30) if outgoing else None,
        steps=(AskStep(first, ago(days)),),
    )


@pytest.fixture
def few() -> Book:
    """A birthday, help to thank for, an ask without an answer, a promise of before, and one asked of the user."""
    return a_book(
        person("ada", "Ada Lovelace", circle=Circle.CLOSE, birthday=Birthday(11, 23)),
        person("lee", "Lee Chen", circle=Circle.CLOSE),
        person("ken", "Ken Thompson", circle=Circle.ACTIVE),
        person("radia", "Radia Perlman", circle=Circle.CLOSE),
        met("m1", ago(4), "ada"),
        met("m2", ago(5), "lee"),
        met("m3", ago(16), "ken"),
        met("m4", ago(2), "radia"),
        got("intro", ago(5), "lee", ExchangeKind.INTRODUCTION),
        asked("out", "ken", 16),
        promised("slides", ago(3), "radia", "send slides"),
    )


async def test_at_most_three_moves_are_seen_with_their_reasons_and_m_shows_all(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2")
        await pilot.pause()
        shown = seen(app)
        assert "Three small moves" in shown
        for move in today(few):
            assert move.title in shown
        assert "Nothing else asks for you today." in shown
        assert "Ken" not in shown.replace("Ken Thompson", "Ken") or len(today(few)) == 3
        await pilot.press("m")
        await pilot.pause()
        assert f"All moves · {len(all_moves(few))}" in seen(app)
        assert "16 days" in seen(app)


async def test_x_writes_what_was_done_and_u_takes_it_back(few: Book) -> None:
    before = {table: list(rows) for table, rows in few.documents()}
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2", "x")
        await pilot.pause()
        wishes = few.interactions_with("ada")[0]
        assert (wishes.date, wishes.initiator) == (TODAY, Initiator.ME)
        assert "Ada Lovelace" not in seen(app)
        await pilot.press("u")
        await pilot.pause()
        assert "Ada Lovelace" in seen(app)
    assert {table: list(rows) for table, rows in few.documents()} == before


async def test_thanks_are_noted_on_the_help_itself(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2", "j", "x")
        await pilot.pause()
    assert few.one(Exchange, "intro").thanked_on == TODAY


async def test_not_now_drops_a_move_and_a_snooze_lasts_a_week(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2", "X")
        await pilot.pause()
        assert "u brings it back" in told(app)[-1]
        dropped = next(iter(few.all(Snooze)))
        assert (dropped.of, dropped.until) == ("birthday:ada:2026", date.max)
        await pilot.press("z")
        await pilot.pause()
        assert told(app)[-1] == "In peace until Mon 30 Nov."
        assert sorted(each.until for each in few.all(Snooze)) == [TODAY + timedelta(days=7), date.max]


async def test_enter_offers_the_choices_of_a_move(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2", "m")
        await pilot.pause()
        moves = app.screen.query_one(MoveList)
        while moves.move is not None and moves.move.record != "out":
            await pilot.press("j")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ChoicePicker)
        shown = seen(app)
        assert "let it rest" in shown
        assert "nudge" in shown
        await pilot.press("escape", "enter")
        await pilot.pause()
        choices = [choice.id for choice in moves.move.choices] if moves.move is not None else []
        await pilot.press(*["j"] * choices.index("rest"), "enter")
        await pilot.pause()
    assert few.one(Ask, "out").steps[-1].state is AskState.RESTED
    assert not [each for each in few.all(Interaction) if each.date == TODAY]


async def test_nothing_to_do_is_a_calm_sentence() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace"), met("m", TODAY, "ada")))
    async with app.run_test() as pilot:
        await pilot.press("2")
        await pilot.pause()
        shown = seen(app)
        assert "Nothing else asks for you today." in shown
        assert "done" not in shown.splitlines()[-1]
        await pilot.press("x")
        await pilot.pause()
        assert told(app)[-1].startswith("Nothing asks for you here.")


async def test_a_goal_without_an_ask_opens_the_composer_for_it() -> None:
    book = a_book(
        person("ada", "Ada Lovelace", circle=Circle.ACTIVE, can_offer=("data teams",)),
        met("m", ago(2), "ada"),
        Goal(uid="goal", kind=GoalKind.HIRED, words="a data team"),
    )
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2", "x")
        await pilot.pause()
        assert isinstance(app.screen, Composer)
        await pilot.press(*"advice on teams", "escape")
        await pilot.pause()
    drafts = [ask for ask in book.all(Ask) if ask.goal == "goal"]
    assert [ask.contact for ask in drafts] == ["ada"]
    assert drafts[0].steps[-1].state is AskState.DRAFT


async def test_an_imported_contact_is_given_its_circle() -> None:
    book = a_book(person("lin", "Lin Wu", sources=("linkedin:lin",)))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2", "x")
        await pilot.pause()
        assert isinstance(app.screen, CirclePicker)
        await pilot.press("w")
        await pilot.pause()
        assert "Nothing else asks for you today." in seen(app)
    assert book.contact("lin").circle is Circle.WIDER


async def test_words_to_begin_with_stand_beside_and_are_copied(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "happy birthday" in seen(app)
        await pilot.press("y")
        await pilot.pause()
        assert "happy birthday" in app.clipboard
        assert told(app)[-1] == "Copied: words to Ada Lovelace."
        await pilot.press("o")
        await pilot.pause()
        assert app.screen is app.people
        assert app.people.contacts.current == "ada"


async def test_an_incoming_ask_is_never_answered_by_itself() -> None:
    book = a_book(person("ken", "Ken Thompson"), asked("in", "ken", 400, direction=AskDirection.INCOMING))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "Ken" in seen(app)
    assert [step.state for step in book.one(Ask, "in").steps] == [AskState.RECEIVED]


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20), (30, 8)])
async def test_text_from_outside_stays_text(size: tuple[int, int]) -> None:
    book = a_book(
        person("bad", HOSTILE, circle=Circle.CLOSE, birthday=Birthday(11, 23)),
        promised("p", ago(3), None, HOSTILE),
    )
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "m", "j", "x", "X")
        await pilot.pause()
        assert app.is_running


async def test_the_template_of_the_words_is_edited_and_used_at_once(
    few: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'Hurray {name}' > \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr(RelcraftApp, "suspend", lambda _app: nullcontext())
    app = RelcraftApp(few, templates=FolderTemplates(tmp_path / "templates"))
    async with app.run_test() as pilot:
        await pilot.press("2", "E")
        await pilot.pause()
        assert "Which message?" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert told(app)[-1].startswith("Your template is kept in ")
        assert "Hurray Ada" in seen(app)
    assert (tmp_path / "templates" / "birthday.txt").read_text() == "Hurray {name}\n"


async def test_without_a_place_for_templates_that_is_said(few: Book) -> None:
    app = RelcraftApp(few)
    async with app.run_test() as pilot:
        await pilot.press("2", "E")
        await pilot.pause()
        assert told(app)[-1] == "There is no folder for templates of your own here."


async def test_m_goes_on_to_what_one_could_give_another_and_x_begins_the_introduction() -> None:
    book = a_book(
        person("radia", "Radia Perlman", looking_for=("speakers on compilers",), circle=Circle.CLOSE),
        person("linus", "Linus Tor", can_offer=("talks on compilers",), circle=Circle.CLOSE),
        met("m1", ago(2), "radia"),
        met("m2", ago(2), "linus"),
        promised("slides", ago(3), "radia", "send slides"),
    )
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2", "m")
        await pilot.pause()
        assert "All moves · 2" in seen(app)
        assert "m give first · 1" in seen(app)
        await pilot.press("m")
        await pilot.pause()
        assert "Give first · 1" in seen(app)
        assert "send slides" not in seen(app).lower()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        (introduction,) = book.all(Introduction)
        assert {introduction.first, introduction.second} == {"radia", "linus"}
        assert "Give first" not in seen(app)
