"""The add line on a screen: its echo, its questions, and what it stores."""

from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input

from relcraft.book import asks
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.port import Kept
from relcraft.domain.changes import Change
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Ask, AskStep, Contact, Exchange, FollowUp, Interaction
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind, InteractionKind
from relcraft.tui.add_line import AddLine
from tests.tui.widget_host import HOSTILE, Clock, Host, a_book, paste_text, seen, type_text


class LineHost(Host):
    """An add line below another field, and what it posted."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.changes: list[Change] = []
        self.left = 0

    def compose(self) -> ComposeResult:
        """An input that could take the focus away, and the line."""
        yield Input(id="other")
        yield AddLine(self.book)

    @property
    def line(self) -> AddLine:
        """The add line."""
        return self.query_one(AddLine)

    @on(AddLine.Saved)
    def _saved(self, event: AddLine.Saved) -> None:
        self.changes.append(event.change)

    @on(AddLine.Left)
    def _left(self) -> None:
        self.left += 1


def styled(app: App[Any], text: str) -> bool:
    """Whether `text` stands somewhere in a style other than the plain letters of the line."""
    strips = app.screen._compositor.render_strips()
    return any(segment.text == text and segment.style and segment.style.bold for strip in strips for segment in strip)


async def test_a_line_is_stored_as_its_echo_says() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await type_text(pilot, "coffee w/ Ada yesterday re: her talk >feedback !fri send slides")
        await pilot.pause()
        shown = seen(host)
        assert "coffee · Sat 21 Nov · Ada Lovelace" in shown
        assert "> feedback given" in shown
        assert '! Fri 27 Nov "send slides"' in shown
        await pilot.press("enter")
        await pilot.pause()
        assert not host.line.is_open
        assert [change.title for change in host.changes] == ["coffee with Ada Lovelace"]
    (interaction,) = host.book.all(Interaction)
    (exchange,) = host.book.all(Exchange)
    (follow_up,) = host.book.all(FollowUp)
    assert (interaction.kind, interaction.date, interaction.contacts) == (
        InteractionKind.COFFEE,
        date(2026, 11, 21),
        ("ada",),
    )
    assert (exchange.kind, exchange.direction, exchange.contact) == (ExchangeKind.FEEDBACK, Direction.GIVEN, "ada")
    assert (follow_up.date, follow_up.text) == (date(2026, 11, 27), "send slides")


async def test_two_of_one_name_are_asked_and_tab_goes_through_them() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Grace")
        await pilot.press("enter")
        await pilot.pause()
        assert host.book.count(Interaction) == 0
        assert host.line.is_open
        assert '? "Grace" could be' in seen(host)
        await pilot.press("tab")
        assert "Grace Hopper (Navy)" in seen(host)
        await pilot.press("tab")
        await pilot.pause()
        assert "Grace Hopper (Yale)" in seen(host)
        await pilot.press("enter")
    assert [one.contacts for one in host.book.all(Interaction)] == [("yale",)]


async def test_a_near_miss_is_a_question_that_tab_answers() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Alann Turing")
        await pilot.press("enter")
        assert host.book.count(Interaction) == 0
        await pilot.press("tab", "enter")
        assert [one.contacts for one in host.book.all(Interaction)] == [("alan",)]
        host.line.open()
        await paste_text(pilot, "coffee with Alann Turing")
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert "new contact" in seen(host)
        await pilot.press("enter")
    assert "Alann Turing" in [one.name for one in host.book.contacts()]


async def test_a_new_name_is_shown_as_a_new_contact_and_saved_with_enter() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "met Lee Chen yesterday")
        await pilot.pause()
        assert "Lee Chen (new contact)" in seen(host)
        await pilot.press("enter")
    new = next(one for one in host.book.contacts() if one.name == "Lee Chen")
    assert [one.contacts for one in host.book.all(Interaction)] == [(new.uid,)]
    assert len(host.changes) == 1, "one undo takes both back"


async def test_a_line_that_names_nobody_is_about_who_is_selected() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open(">", about=["alan"])
        await paste_text(pilot, "advice")
        await pilot.press("enter")
    assert [(one.contact, one.kind) for one in host.book.all(Exchange)] == [("alan", ExchangeKind.ADVICE)]


async def test_an_empty_line_says_whom_it_is_about_and_saves_nothing() -> None:
    host = LineHost(a_book())
    async with host.run_test(size=(120, 24)) as pilot:
        host.line.open(about=["hostile"])
        await pilot.pause()
        assert f"about {HOSTILE}, unless the line names somebody" in seen(host)
        await pilot.press("enter")
        await pilot.pause()
        assert "Nothing to save yet" in seen(host)
        assert host.line.is_open
    assert host.changes == []


async def test_esc_keeps_the_line_and_offers_it_again() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Ad")
        await pilot.press("escape")
        assert (host.left, host.line.is_open) == (1, False)
        host.line.open("<")
        await pilot.press("escape")
        host.line.open()
        assert host.line.line == "coffee with Ad", "an untouched < does not take its place"
        await paste_text(pilot, "a")
        await pilot.press("escape")
        host.line.open()
        assert host.line.line == "coffee with Ada"
        await pilot.press("enter")
        host.line.open()
        assert host.line.line == "", "neither what was saved nor its beginning is offered again"
    assert host.book.count(Interaction) == 1


async def test_up_goes_back_to_the_lines_that_were_left() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        for line in ("coffee with Ada", "lunch with Alan"):
            host.line.open(line[:1])
            await paste_text(pilot, line[1:])
            await pilot.press("escape")
        host.line.open(">")
        seen_lines = []
        for key in ("up", "up", "up", "down", "down"):
            await pilot.press(key)
            seen_lines.append(host.line.line)
    assert seen_lines == ["lunch with Alan", "coffee with Ada", "coffee with Ada", "lunch with Alan", ">"]


async def test_what_could_not_be_kept_is_told_and_the_line_stays() -> None:
    class Full(MemoryKeeper):
        full = False

        def keep(self, change: Change) -> Kept:
            if self.full:
                raise NotKept("The disk is full [/].")
            return super().keep(change)

    keeper = Full()
    host = LineHost(a_book(keeper=keeper))
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Ada")
        keeper.full = True
        await pilot.press("enter")
        await pilot.pause()
        assert "Not saved: The disk is full [/]." in seen(host)
        assert host.line.line == "coffee with Ada"
        keeper.full = False
        await pilot.press("enter")
    assert host.book.count(Interaction) == 1


async def test_midnight_between_echo_and_enter_asks_for_another_look() -> None:
    clock = Clock()
    host = LineHost(a_book(clock=clock))
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Ada yesterday")
        clock.now += timedelta(days=1)
        await pilot.press("enter")
        await pilot.pause()
        assert host.book.count(Interaction) == 0
        assert "look once more" in seen(host)
        assert "Sun 22 Nov" in seen(host)
        await pilot.press("enter")
    assert [one.date for one in host.book.all(Interaction)] == [date(2026, 11, 22)]


async def test_names_in_the_echo_are_letters() -> None:
    host = LineHost(a_book())
    async with host.run_test(size=(120, 24)) as pilot:
        host.line.open("", about=["hostile"])
        await paste_text(pilot, "note [b]tea[/b] [/]")
        await pilot.pause()
        assert f'{HOSTILE} · "[b]tea[/b] [/]"' in seen(host)
        await pilot.press("enter")
    assert [one.summary for one in host.book.all(Interaction)] == ["[b]tea[/b] [/]"]


async def test_pasted_lines_become_one_without_control_characters() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open("", about=["ada"])
        await paste_text(pilot, "note on \x1b[31mred\r\nand tea\n")
        assert host.line.line == "note on [31mred and tea"
        await pilot.press("enter")
    assert [one.summary for one in host.book.all(Interaction)] == ["on [31mred and tea"]


async def test_what_became_something_stands_out_in_the_line() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Ada yesterday about tea")
        await pilot.pause()
        assert styled(host, "coffee")
        assert styled(host, "Ada")
        assert styled(host, "yesterday")
        assert not styled(host, " about tea")


async def test_the_focus_stays_in_the_line_on_tab() -> None:
    host = LineHost(a_book())
    async with host.run_test() as pilot:
        host.line.open()
        await pilot.press("tab", "shift+tab")
        assert host.focused is host.line.query_one(Input)


async def test_an_ask_stands_out_and_is_stored_as_asked() -> None:
    host = LineHost(a_book())
    async with host.run_test(size=(120, 24)) as pilot:
        host.line.open("?", about=["ada"])
        await pilot.pause()
        assert "what did you ask for?" in seen(host)
        await paste_text(pilot, "referral:Acme data team")
        await pilot.pause()
        assert '? ask for a referral "Acme data team"' in seen(host).replace("ask Ada Lovelace for", "ask for")
        assert styled(host, "?referral:Acme data team")
        await pilot.press("enter")
    assert [(one.contact, one.what, one.steps) for one in host.book.all(Ask)] == [
        ("ada", "Acme data team", (AskStep(AskState.ASKED, date(2026, 11, 22)),))
    ]


async def test_help_closes_an_ask_and_tab_leaves_it_open() -> None:
    book = a_book()
    asked = Ask(uid="", direction=AskDirection.OUTGOING, contact="ada", kind=ExchangeKind.REFERRAL, what="Acme")
    ask = asks.add_asked(book, asked)
    host = LineHost(book)
    async with host.run_test(size=(120, 24)) as pilot:
        host.line.open()
        await paste_text(pilot, "coffee with Ada <referral:done")
        await pilot.pause()
        assert 'closes your ask "Acme" (tab: leave it open)' in seen(host)
        await pilot.press("tab")
        await pilot.pause()
        assert 'leaves your ask "Acme" open (tab: close it)' in seen(host)
        await pilot.press("tab", "enter")
    assert [one.ask for one in book.all(Exchange)] == [ask.uid]
    assert book.one(Ask, ask.uid).steps[-1].state is AskState.HELPED
    assert len(host.changes) == 1, "one undo takes both back"


@pytest.mark.parametrize(
    "line", ["coffee with gra", "lunch w/ Persn 5000, Nobody Known and person 77 yesterday >intro:x"]
)
def test_a_key_is_quick_with_ten_thousand_contacts(line: str) -> None:
    from relcraft.domain.addline import parse, preview

    keeper = MemoryKeeper(
        {"contacts": {f"u{at}": {"uid": f"u{at}", "name": f"Person {at} Name{at % 977}"} for at in range(10_000)}}
    )
    book = a_book(Contact(uid="g", name="Grace Hopper"), keeper=keeper)
    book.named("grace")
    book.near("gracee")
    started = perf_counter()
    for end in range(1, len(line) + 1):
        preview(parse(line[:end], book, book.today))
    assert (perf_counter() - started) / len(line) < 0.1
