"""The forms of introductions, ties, goals and of the user: from the keys down to what is stored."""

from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from relcraft.book import asks, introductions
from relcraft.book.open import Book
from relcraft.domain.introducing import state_of
from relcraft.domain.records import ME, Ask, Contact, Exchange, Goal, Introduction, Me, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Direction,
    ExchangeKind,
    GoalKind,
    GoalState,
    IntroductionState,
    TieStrength,
)
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import GoalForm, IntroductionForm, MeForm, TieForm
from relcraft.tui.forms.form import Form
from relcraft.tui.forms.row import FormRow
from tests.tui.widget_host import HOSTILE, TODAY, Host, a_book, paste_text, seen, told, type_text


def row(form: Form[Any], name: str) -> FormRow:
    return form.query_one(f"#row-{name}", FormRow)


async def retype(pilot: Pilot[Any], name: str, text: str) -> None:
    pilot.app.screen.query_one(f"#field-{name}").focus()
    await pilot.pause()
    await pilot.press("end", "ctrl+u")
    await paste_text(pilot, text)


def only(book: Book) -> Introduction:
    (introduction,) = book.all(Introduction)
    return introduction


# Introductions


async def test_i_with_two_marked_begins_an_introduction_of_the_two(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("space", "space", "i")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, IntroductionForm)
        assert (row(form, "first").text, row(form, "second").text) == ("Grace Hopper", "Alan Turing")
        await retype(pilot, "text", "compilers")
        await pilot.press("ctrl+s")
        await pilot.pause()
        begun = only(book)
        assert (begun.broker, begun.first, begun.second, begun.text) == (None, "grace", "alan", "compilers")
        assert state_of(begun) is IntroductionState.IDEA, "nobody has agreed yet"
        assert told(app)[-1] == "Saved: introduction of Grace and Alan."
        await pilot.press("u")
    assert book.count(Introduction) == 0


async def test_i_on_one_person_asks_whom_they_meet(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("i")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, IntroductionForm)
        assert row(form, "first").text == "Grace Hopper"
        assert form.focused is form.query_one("#field-second")
        assert "What came of it" not in seen(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Whom do they meet?" in row(form, "second").wrong
        await type_text(pilot, "Alan Turing")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
    assert (only(book).first, only(book).second) == ("grace", "alan")


async def test_somebody_new_comes_into_the_book_with_the_introduction_in_one_change() -> None:
    book = a_book()
    form = IntroductionForm(book, about=("alan",))
    async with Host(form).run_test(size=(100, 30)) as pilot:
        await type_text(pilot, "Lee Chen")
        await pilot.pause()
        assert row(form, "second").meaning == "Lee Chen, a new contact"
        await pilot.press("ctrl+s")
    begun = only(book)
    assert book.contact(begun.second).name == "Lee Chen"
    assert begun.first == "alan"
    book.undo()
    assert book.count(Introduction) == 0
    assert not book.named("Lee Chen")


async def test_a_near_miss_is_a_question_and_quotes_make_it_somebody_new() -> None:
    book = a_book()
    people = book.count(Contact)
    form = IntroductionForm(book, about=("ada",))
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "Alan Tuning")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
        wrong = row(form, "second").wrong
        assert "Nobody here is called Alan Tuning. Is it Alan Turing?" in wrong
        assert 'Somebody new is written in "quotes".' in wrong
        assert book.count(Introduction) == 0
        await retype(pilot, "second", '"Alan Tuning"')
        await pilot.press("ctrl+s")
    assert book.contact(only(book).second).name == "Alan Tuning"
    assert book.count(Contact) == people + 1


@pytest.mark.parametrize(
    ("typed", "meets"),
    [
        ("alan", "alan"),
        ('"Alan Turing"', "alan"),
        ("Grace Hopper (Yale)", "yale"),
        ('"Alan"', None),
        ("Zoë", None),
        (HOSTILE, "hostile"),
    ],
)
async def test_a_known_name_is_never_added_again(typed: str, meets: str | None) -> None:
    book = a_book()
    people = book.count(Contact)
    form = IntroductionForm(book, about=("ada",))
    async with Host(form).run_test() as pilot:
        await retype(pilot, "second", typed)
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
    assert book.count(Contact) == people + (meets is None)
    assert meets is None or only(book).second == meets


async def test_two_of_one_name_are_a_question() -> None:
    book = a_book()
    form = IntroductionForm(book, about=("ada",))
    async with Host(form).run_test() as pilot:
        for typed in ("Grace", '"Grace Hopper"'):
            await retype(pilot, "second", typed)
            await pilot.press("escape", "ctrl+s")
            await pilot.pause()
            assert "Grace Hopper (Navy) or Grace Hopper (Yale)" in row(form, "second").wrong
    assert book.count(Introduction) == 0


async def test_somebody_introduces_me_and_what_was_made_is_one_act() -> None:
    book = a_book()
    ask = Ask(uid="", direction=AskDirection.OUTGOING, contact="alan", kind=ExchangeKind.INTRODUCTION, target="ada")
    asked = asks.add_asked(book, ask, date(2026, 11, 10))
    form = IntroductionForm(book, about=("alan",))
    async with Host(form).run_test(size=(100, 30)) as pilot:
        await retype(pilot, "first", "me")
        await pilot.pause()
        assert row(form, "first").meaning == "you, whom somebody introduces"
        await retype(pilot, "second", "ada lovelace")
        await retype(pilot, "broker", "alan turing")
        form.query_one("#field-steps").focus()
        await pilot.press("m")
        await pilot.press("ctrl+s")
        await pilot.pause()
    made = only(book)
    assert (made.broker, made.first, made.second, made.ask) == ("alan", None, "ada", asked.uid)
    assert [(step.state, step.date) for step in made.steps] == [(IntroductionState.MADE, TODAY)]
    (act,) = book.all(Exchange)
    assert (act.direction, act.contact, act.introduction, act.ask) == (Direction.RECEIVED, "alan", made.uid, asked.uid)
    assert book.contact("ada").introduced_by == "alan"
    assert book.one(Ask, asked.uid).steps[-1].state is AskState.HELPED
    assert book.count(Tie) == 1
    book.undo()
    assert (book.count(Introduction), book.count(Exchange), book.count(Tie)) == (0, 0, 0)
    assert book.contact("ada").introduced_by is None
    assert book.one(Ask, asked.uid) == asked


@pytest.mark.parametrize(
    ("about", "typed", "where", "wrong"),
    [
        ((), {"second": "ada lovelace"}, "first", "Who meets them? Or, where that is you: through whom?"),
        (("ada",), {"second": "alan", "broker": "hostile"}, "broker", "Nobody here is called hostile"),
        (("ada", "alan"), {"broker": "Grace Hopper (Navy)"}, "broker", 'Where somebody introduces you, Who is "me"'),
        (("ada", "ada"), {}, "second", "That is the same person twice."),
        ((), {"first": "Lee Chen", "second": "ada"}, "first", "Or name them as who is met."),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field(
    about: tuple[str, ...], typed: dict[str, str], where: str, wrong: str
) -> None:
    book = a_book()
    form = IntroductionForm(book, about=about)
    async with Host(form).run_test() as pilot:
        for name, text in typed.items():
            await retype(pilot, name, text)
            await pilot.press("escape")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert wrong in row(form, where).wrong
    assert book.count(Introduction) == 0


async def test_an_introduction_under_way_is_not_begun_again() -> None:
    book = a_book()
    introductions.begin(book, Introduction(uid="", first="ada", second="alan"))
    form = IntroductionForm(book, about=("alan", "ada"))
    async with Host(form).run_test() as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "is in the book already (idea): go on with that one." in form.word
    assert book.count(Introduction) == 1


async def test_editing_keeps_how_far_it_came_and_whom_it_is_about_once_somebody_agreed() -> None:
    book = a_book()
    begun = introductions.begin(book, Introduction(uid="", first="ada", second="alan"))
    introductions.move(book, begun.uid, IntroductionState.FIRST_AGREED)
    before = only(book)
    form = IntroductionForm(book, before)
    async with Host(form).run_test() as pilot:
        assert "So far" not in seen(pilot.app)
        await retype(pilot, "second", "Grace Hopper (Navy)")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
        assert "Somebody agreed to this one already" in row(form, "second").wrong
        await retype(pilot, "second", "Alan Turing")
        await retype(pilot, "text", "compilers")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
    assert (only(book).text, only(book).second, only(book).steps) == ("compilers", "alan", before.steps)


# Ties


async def test_t_notes_that_the_two_who_are_marked_know_each_other(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("space", "space", "t")
        await pilot.pause()
        assert isinstance(app.screen, TieForm)
        app.screen.query_one("#field-strength").focus()
        await pilot.press("s", "ctrl+s")
        await pilot.pause()
        (tie,) = book.all(Tie)
        assert ((tie.first, tie.second), tie.strength) == (("grace", "alan"), TieStrength.STRONG)
        assert told(app)[-1] == "Saved: tie between Grace and Alan."
        await pilot.press("u")
    assert book.count(Tie) == 0


async def test_a_tie_noted_again_changes_how_well_they_know_each_other() -> None:
    book = a_book()
    async with Host(TieForm(book, about=("ada", "alan"))).run_test() as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
    again = TieForm(book, about=("alan", "ada"))
    async with Host(again).run_test() as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "know each other is noted already, as ordinary" in again.word
        again.query_one("#field-strength").focus()
        await pilot.press("w", "ctrl+s")
        await pilot.pause()
    (tie,) = book.all(Tie)
    assert tie.strength is TieStrength.WEAK


async def test_nobody_is_tied_to_themselves_or_to_a_stranger() -> None:
    book = a_book()
    form = TieForm(book, about=("ada",))
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "Ada Lovelace")
        await pilot.press("escape", "ctrl+s")
        await pilot.pause()
        assert row(form, "second").wrong == "! A tie is between two people."
        await retype(pilot, "second", "Lee Chen")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "A person is added first" in row(form, "second").wrong
    assert book.count(Tie) == 0


# Goals and the user


async def test_a_goal_in_the_users_own_words() -> None:
    book = a_book()
    form = GoalForm(book)
    async with Host(form).run_test(size=(100, 30)) as pilot:
        assert "What came of it" not in seen(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert row(form, "words").wrong == "! A goal needs a few words of yours."
        await type_text(pilot, "data engineer in Lisbon")
        form.query_one("#field-kind").focus()
        await pilot.press("s")
        await retype(pilot, "target_date", "1 mar")
        await pilot.pause()
        assert row(form, "target_date").meaning == "Mon 1 Mar 2027"
        await pilot.press("ctrl+s")
    (goal,) = book.all(Goal)
    assert (goal.words, goal.kind, goal.state) == ("data engineer in Lisbon", GoalKind.SWITCH, GoalState.OPEN)
    assert goal.target_date == date(2027, 3, 1)
    book.undo()
    assert book.count(Goal) == 0


async def test_upper_m_keeps_what_one_says_of_oneself_and_edits_it_later(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("M")
        await pilot.pause()
        assert isinstance(app.screen, MeForm)
        await type_text(pilot, "Sam Reed")
        await retype(pilot, "can_offer", "a talk, code review")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert (book.me.name, book.me.can_offer) == ("Sam Reed", ("a talk", "code review"))
        await pilot.press("M")
        await pilot.pause()
        await retype(pilot, "looking_for", HOSTILE)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert (book.me.name, book.me.looking_for) == ("Sam Reed", (HOSTILE,))
        assert book.count(Me) == 1
        await pilot.press("u")
        assert book.me.looking_for == ()
        await pilot.press("u")
    assert book.get("me", ME) is None


async def test_saving_what_one_says_of_oneself_untouched_changes_nothing() -> None:
    book = a_book()
    async with Host(MeForm(book)).run_test() as pilot:
        await type_text(pilot, "Sam")
        await pilot.press("ctrl+s")
        await pilot.pause()
    before = book.history.last_done()
    async with Host(MeForm(book)).run_test() as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert book.history.last_done() == before


async def test_names_in_forms_are_text_whatever_they_hold() -> None:
    book = a_book()
    introduction = introductions.begin(book, Introduction(uid="", first="hostile", second="ada", text=HOSTILE))
    tie = TieForm(book, about=("hostile", "ada"))
    for form in (IntroductionForm(book, introduction), tie, IntroductionForm(book, about=("hostile",))):
        host = Host(form)
        async with host.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            assert HOSTILE in seen(host)
            await pilot.press("ctrl+s")
            await pilot.pause()
