"""The composer: what is typed and shown, what helps to ask, and what is stored."""

import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from textual.app import App
from textual.pilot import Pilot

from relcraft.book import asks, verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.port import Kept
from relcraft.domain.changes import Change
from relcraft.domain.composing import USUAL_WAY_OUT, built_in
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Ask, AskStep, Chance, Goal, Interaction, Me, Record, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Circle,
    ExchangeKind,
    Fear,
    GoalKind,
    GoalState,
    Initiator,
    InteractionKind,
    TieStrength,
)
from relcraft.tui.app import RelcraftApp
from relcraft.tui.composer import Composer
from relcraft.tui.composer.mailing import address_of, open_mail
from relcraft.tui.forms.row import FormRow
from relcraft.tui.themes import THEMES
from tests.books import TODAY, a_book, a_keeper, at_noon, met, person
from tests.pictures import without_remote_fonts
from tests.tui.widget_host import HOSTILE, paste_text, seen, told, type_text


def people() -> list[Record]:
    """Grace, who looks for what I offer; Ada, who is easy; Lee, a stranger whom Raj knows."""
    return [
        person("grace", "Grace Hopper", circle=Circle.CLOSE, emails=("grace@navy.example",), looking_for=("speakers",)),
        person("ada", "Ada Lovelace", circle=Circle.INNER),
        person("lee", "Lee Chen"),
        person("raj", "Raj Patel", circle=Circle.CLOSE),
        met("talk", TODAY - timedelta(days=20), "grace"),
        met("lunch", TODAY - timedelta(days=6), "ada"),
        met("tea", TODAY - timedelta(days=90), "raj"),
        Tie(uid="tie", first="raj", second="lee", strength=TieStrength.STRONG),
        Me(uid="me", name="Sam", can_offer=("speakers",)),
    ]


@pytest.fixture
def book() -> Book:
    return a_book(*people())


def an_ask(contact: str = "grace", kind: ExchangeKind = ExchangeKind.REFERRAL, **fields: object) -> Ask:
    ask = Ask(uid="", direction=AskDirection.OUTGOING, contact=contact, kind=kind)
    return replace(ask, **fields)  # type: ignore[arg-type]  # the fields are the caller's


class Composing:
    """A composer on the screen of the app, and what it answered."""

    def __init__(self, pilot: Pilot[str], composer: Composer) -> None:
        self.pilot = pilot
        self.composer = composer
        self.answers: list[Ask | None] = []

    @property
    def told(self) -> list[str]:
        return told(self.pilot.app)

    @property
    def seen(self) -> str:
        return seen(self.pilot.app)

    def row(self, name: str) -> FormRow:
        return self.composer.query_one(f"#row-{name}", FormRow)

    def is_at(self, name: str) -> bool:
        return self.composer.focused is self.row(name).entry

    async def go_to(self, name: str) -> None:
        self.composer.query_one(f"#field-{name}").focus()
        await self.pilot.pause()

    async def write(self, name: str, text: str) -> None:
        await self.go_to(name)
        await self.pilot.press("end", "ctrl+u")
        await paste_text(self.pilot, text)  # type: ignore[arg-type]  # the app's answer plays no part


@asynccontextmanager
async def composing(
    book: Book, ask: Ask, *, app: RelcraftApp | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Composing]:
    shown = app or RelcraftApp(book)
    async with shown.run_test(size=size) as pilot:
        await pilot.pause()
        composer = Composer(book, ask, templates=shown.templates)
        here = Composing(pilot, composer)
        await shown.push_screen(composer, here.answers.append)
        await pilot.pause()
        yield here


def stored(book: Book) -> Ask:
    (ask,) = book.all(Ask)
    return ask


# Asked and kept


async def test_an_ask_is_drafted_and_sent_with_the_keys_alone(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await type_text(here.pilot, "a word to the data team")
        await here.pilot.press("enter", "enter")
        await type_text(here.pilot, "you know them")
        await here.pilot.press("enter", "enter", "enter", "c", "enter", "3", "enter", "i", "i", "ctrl+s")
        await here.pilot.pause()
        ask = stored(book)
        assert here.answers == [ask]
        assert here.told == ["Asked: ask to Grace Hopper for a referral. u takes that back."]
    assert (ask.contact, ask.kind, ask.what) == ("grace", ExchangeKind.REFERRAL, "a word to the data team")
    assert (ask.why_them, ask.easy_way_out) == ("you know them", USUAL_WAY_OUT)
    assert ask.in_it_for_them == "you look for speakers, and I can offer speakers"
    assert (ask.channel, ask.chance, ask.fear) == (Channel.CALL, 30, Fear.IMPOSE)
    assert ask.steps == (AskStep(AskState.ASKED, TODAY),)
    book.undo()
    assert list(book.all(Ask)) == []


async def test_esc_keeps_what_was_typed_as_a_draft(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await type_text(here.pilot, "a word")
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert here.answers == [stored(book)]
        assert here.told == ["Kept as a draft: ask to Grace Hopper for a referral. u takes that back."]
    assert stored(book).what == "a word"
    assert stored(book).steps == (AskStep(AskState.DRAFT, TODAY),)
    book.undo()
    assert list(book.all(Ask)) == []


async def test_where_nothing_was_typed_nothing_is_kept(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert (here.answers, here.told) == ([None], [])
    assert list(book.all(Ask)) == []


async def test_ctrl_q_keeps_the_draft(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await type_text(here.pilot, "a word")
        await here.pilot.press("ctrl+q")
    assert (stored(book).what, stored(book).steps[-1].state) == ("a word", AskState.DRAFT)


async def test_a_draft_that_cannot_be_kept_at_the_end_is_told_in_the_terminal(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    async with composing(book, an_ask("")) as here:
        await here.write("what", "a [b]word[/b]")
        await here.pilot.press("ctrl+q")
    assert list(book.all(Ask)) == []
    assert 'The draft "a [b]word[/b]" is not kept: it does not say whom.' in capsys.readouterr().err


async def test_a_draft_goes_on_where_it_was_left(book: Book) -> None:
    draft = asks.save_draft(book, an_ask(what="a word", in_it_for_them="", easy_way_out="", chance=Chance(40)))
    async with composing(book, draft) as here:
        assert here.row("what").text == "a word"
        assert here.row("in_it_for_them").text == "", "what the user left empty stays empty"
        assert here.row("chance").text == "4"
        await here.write("why_them", "you know them")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    asked = stored(book)
    assert (asked.uid, asked.what, asked.why_them, asked.chance) == (draft.uid, "a word", "you know them", 40)
    assert [step.state for step in asked.steps] == [AskState.DRAFT, AskState.ASKED]
    book.undo()
    assert stored(book) == draft


async def test_a_rested_ask_can_be_asked_again(book: Book) -> None:
    ask = asks.send(book, an_ask(what="a word"))
    asks.move(book, ask.uid, AskState.RESTED)
    async with composing(book, stored(book)) as here:
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert [step.state for step in stored(book).steps] == [AskState.ASKED, AskState.RESTED, AskState.ASKED]


async def test_what_is_said_of_an_open_ask_is_edited_without_asking_again(book: Book) -> None:
    ask = asks.send(book, an_ask(what="a word"))
    async with composing(book, ask) as here:
        assert "ctrl+s save" in here.seen
        await here.write("why_them", "you know them")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert here.told == ["Saved: ask to Grace Hopper for a referral. u takes that back."]
    assert (stored(book).why_them, stored(book).steps) == ("you know them", ask.steps)


async def test_an_ask_needs_to_say_what(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await here.write("why_them", "you know them")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert here.composer.word == "Not asked yet: What do you ask for?"
        assert here.row("what").wrong == "! What do you ask for?"
        assert here.is_at("what")
        await type_text(here.pilot, "a word")
        assert here.composer.word == ""
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert (stored(book).what, stored(book).why_them) == ("a word", "you know them")


async def test_whom_is_asked_first_where_nobody_was_selected(book: Book) -> None:
    async with composing(book, an_ask("")) as here:
        assert "Ask whom?" in here.seen
        await type_text(here.pilot, "grac")
        await here.pilot.press("enter", "enter")
        assert "Ask Grace Hopper · referral" in here.seen
        assert "Room to ask: " in here.seen
        assert here.row("in_it_for_them").text == "you look for speakers, and I can offer speakers"
        await type_text(here.pilot, "a word")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert (stored(book).contact, stored(book).what) == ("grace", "a word")


async def test_a_draft_to_nobody_is_left_only_when_asked_twice(book: Book) -> None:
    async with composing(book, an_ask("")) as here:
        await here.write("what", "a word")
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert here.composer.word == "Not kept yet: Whom do you ask? esc again leaves without it."
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert here.answers == [None]
    assert list(book.all(Ask)) == []


class Full(MemoryKeeper):
    """A keeper whose disk may be full."""

    full = False

    def keep(self, change: Change) -> Kept:
        if self.full:
            raise NotKept("The disk is full.")
        return super().keep(change)


async def test_what_could_not_be_kept_is_told_and_stays_on_the_screen() -> None:
    keeper = Full(a_keeper(*people()).tables)
    book = Book(keeper, at_noon())
    keeper.full = True
    async with composing(book, an_ask()) as here:
        await type_text(here.pilot, "a word")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert here.composer.word == "Not asked yet: The disk is full."
        assert here.row("what").text == "a word"
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert here.composer.word == "Not kept yet: The disk is full. esc again leaves without it."
        keeper.full = False
        await here.pilot.press("escape")
        await here.pilot.pause()
        assert here.answers == [stored(book)]
    assert stored(book).what == "a word"


async def test_what_others_changed_meanwhile_stays_beside_what_was_typed(book: Book) -> None:
    draft = asks.save_draft(book, an_ask(what="a word"))
    async with composing(book, draft) as here:
        await here.write("why_them", "you know them")
        asks.save_draft(book, replace(draft, what="two words"))
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert (stored(book).what, stored(book).why_them) == ("two words", "you know them")


async def test_a_conflict_is_told_and_ctrl_s_once_more_keeps_what_stands_there() -> None:
    draft = an_ask(uid="draft", what="a word", steps=(AskStep(AskState.DRAFT, TODAY),))
    keeper = a_keeper(*people(), draft)
    book = Book(keeper, at_noon())
    async with composing(book, draft) as here:
        await here.write("what", "my words")
        kept = keeper.tables["asks"]["draft"]
        keeper.tables["asks"]["draft"] = {**kept, "what": "their words"}
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert here.composer.word.startswith("Not asked yet: ")
        assert here.composer.word.endswith("ctrl+s once more keeps what stands here.")
        assert here.row("what").text == "my words"
        keeper.tables["asks"]["draft"] = kept
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert stored(book).what == "my words"


async def test_a_draft_deleted_meanwhile_is_kept_anew(book: Book) -> None:
    draft = asks.save_draft(book, an_ask(what="a word"))
    async with composing(book, draft) as here:
        await here.write("what", "two words")
        verbs.delete(book, [draft.uid])
        await here.pilot.press("escape")
        await here.pilot.pause()
    assert stored(book).what == "two words"
    assert stored(book).uid != draft.uid


async def test_an_ask_serves_a_goal() -> None:
    hired = Goal(uid="job", kind=GoalKind.HIRED, words="a job in data")
    same = Goal(uid="same", kind=GoalKind.OTHER, words="a job in data")
    reached = Goal(uid="past", kind=GoalKind.OTHER, words="a past one", state=GoalState.REACHED)
    book = a_book(*people(), hired, same, reached)
    async with composing(book, an_ask(what="a word")) as here:
        assert "a past one" not in here.seen
        await here.go_to("goal")
        await here.pilot.press("a", "a", "ctrl+s")
        await here.pilot.pause()
    assert stored(book).goal == "same"


async def test_an_introduction_is_to_somebody(book: Book) -> None:
    async with composing(book, an_ask("raj")) as here:
        assert not here.row("target").display
        await here.go_to("kind")
        await here.pilot.press("i", "i")
        assert here.row("kind").text == "introduction"
        await here.write("target", "lee")
        await here.write("what", "an introduction to Lee")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert (stored(book).kind, stored(book).target) == (ExchangeKind.INTRODUCTION, "lee")


async def test_whom_nobody_is_called_is_told_beside_the_field(book: Book) -> None:
    async with composing(book, an_ask("raj", ExchangeKind.INTRODUCTION)) as here:
        await here.write("what", "a word")
        await here.write("target", "zz")
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert "Nobody here is called zz" in here.row("target").wrong
        assert list(book.all(Ask)) == []


# The message


async def test_the_message_grows_as_one_types(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        assert "Hi Grace," in here.seen
        assert "What might be in it for you: you look for speakers" in here.seen
        await type_text(here.pilot, "a word")
        assert "I would like to ask you for something: a word." in here.seen
        await here.pilot.press("f2")
        assert "I would like to ask you for something: a word." in here.pilot.app.clipboard
        assert "Sam" in here.pilot.app.clipboard


class OwnTemplates:
    """Templates in memory."""

    place = "~/templates"

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.full = False

    def text(self, name: str) -> str:
        return self.own.get(name, built_in(name))

    def remark(self, name: str) -> str:
        return ""

    def store(self, name: str, text: str) -> None:
        if self.full:
            raise NotKept("The disk is full.")
        self.own[name] = text


@contextmanager
def lent(_app: RelcraftApp) -> Iterator[None]:
    """Lend a terminal though there is none."""
    yield


def an_editor(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    program = folder / "editor.sh"
    program.write_text(f'#!/bin/sh\ncat "$1" > {folder}/found\nprintf %s "{text}" > "$1"\n')
    program.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(program))


async def test_f3_edits_the_template_and_the_message_follows(
    book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(RelcraftApp, "suspend", lent)
    templates = OwnTemplates()
    an_editor(tmp_path, monkeypatch, "Ahoy {name}: {what}")
    async with composing(book, an_ask(), app=RelcraftApp(book, templates=templates)) as here:
        await type_text(here.pilot, "a word")
        templates.full = True
        await here.pilot.press("f3")
        await here.pilot.pause()
        assert "The template stays as it was: The disk is full." in here.composer.word
        templates.full = False
        await here.pilot.press("f3")
        await here.pilot.pause()
        assert (tmp_path / "found").read_text() == "Ahoy {name}: {what}", "what was written is not lost"
        assert "Ahoy Grace: a word" in here.seen
        assert here.told == ["Your template is kept in ~/templates."]
    assert templates.own == {"ask": "Ahoy {name}: {what}"}


async def test_without_a_folder_for_templates_f3_says_so_before_one_writes(book: Book) -> None:
    async with composing(book, an_ask()) as here:
        await here.pilot.press("f3")
        await here.pilot.pause()
        assert here.composer.word == "There is no folder for templates of your own here."


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to a mail program."""
    links: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("mail"))

    def open_link(link: str) -> bool:
        links.append(link)
        return True

    monkeypatch.setattr(webbrowser, "open", open_link)
    return links


async def test_f4_opens_an_e_mail_and_nothing_else(book: Book, opened: list[str]) -> None:
    async with composing(book, an_ask(channel=Channel.CALL)) as here:
        await here.write("what", "a word & two?subject=x#y")
        await here.pilot.press("f4")
        assert "it is for asks whose" in here.composer.word
        assert opened == []
        await here.go_to("channel")
        await here.pilot.press("e", "f4")
        assert len(opened) == 1
        await here.pilot.press("escape")
        await here.pilot.pause()
    parts = urlsplit(opened[0])
    assert (parts.scheme, unquote(parts.path), parts.fragment) == ("mailto", "grace@navy.example", "")
    query = parse_qs(parts.query)
    assert set(query) == {"subject", "body"}
    assert "a word & two?subject=x#y" in query["subject"][0]
    assert "Hi Grace,\r\n" in query["body"][0]
    assert stored(book).steps[-1].state is AskState.DRAFT, "opening a mail program asks nobody"


async def test_f4_without_an_address_says_so(book: Book, opened: list[str]) -> None:
    async with composing(book, an_ask("ada", channel=Channel.EMAIL)) as here:
        await here.pilot.press("f4")
        await here.pilot.pause()
        assert here.composer.word == "No e-mail address is known here. f2 copies the message."
    assert opened == []


def test_only_an_address_is_an_address() -> None:
    assert address_of(("Grace <g@x.org>, b@x.org", "no", " g@x.org ")) == "g@x.org"
    assert address_of(("g@x.org?bcc=b@x.org",)) == ""
    assert address_of(()) == ""


def test_a_browser_that_draws_in_the_terminal_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    monkeypatch.setattr(webbrowser, "open", lambda link: pytest.fail("opened"))
    assert not open_mail("mailto:a@b.c")


# The moment of hesitation


def asked_before(n: int, yes: int) -> list[Ask]:
    """Return asks by call that ended, of which some were helped."""
    day = TODAY - timedelta(days=100)
    ends = [AskState.HELPED] * yes + [AskState.DECLINED] * (n - yes)
    return [
        an_ask(
            "raj", uid=f"ask{i}", what="x", channel=Channel.CALL,
            steps=(AskStep(AskState.ASKED, day), AskStep(end, day + timedelta(days=2))),
        )
        for i, end in enumerate(ends)
    ]  # fmt: skip


async def fear(here: Composing, letter: str = "i") -> None:
    """Say what holds one back, and go to the steps."""
    await here.go_to("fear")
    await here.pilot.press(letter, letter, "tab")
    await here.pilot.pause()


async def test_a_fear_is_answered_in_order_by_record_warm_up_smaller_ask_and_study() -> None:
    book = a_book(*people(), *asked_before(7, 6))
    async with composing(book, an_ask(what="a referral for the data team", channel=Channel.CALL)) as here:
        assert "Hi Grace," in here.seen
        await fear(here)
        assert here.row("fear").text == "I would impose"
        assert "Hi Grace," not in here.seen, "the steps take the place of the message"
        lines = here.composer.panel.lines
        assert [line.key for line in lines] == ["", "w", "s", ""]
        assert "6 had a yes" in lines[0].text
        assert "two lines to Ada" in lines[1].text
        assert "fifteen minutes about the data team" in lines[2].text
        assert "(Zhao & Epley 2022)" in lines[3].text
        assert here.composer.focused is here.composer.panel
        await here.pilot.press("f5")
        assert "Hi Grace," in here.seen
        await here.pilot.press("f5")
        assert "Hi Grace," not in here.seen
        await here.go_to("fear")
        await here.pilot.press("n", "n")
        assert here.row("fear").text == "nothing"
        assert "Does something hold you back?" in here.seen
        await here.pilot.press("tab")
        assert here.is_at("what")
        assert "Hi Grace," in here.seen


async def test_the_warm_up_is_shown_copied_logged_and_taken_back(book: Book) -> None:
    before = list(book.all(Interaction))
    async with composing(book, an_ask(what="a word")) as here:
        await fear(here)
        await here.pilot.press("w")
        assert "Hi Ada," in here.seen
        assert list(book.all(Interaction)) == before, "showing the two lines logs nothing"
        await here.pilot.press("f2")
        assert here.pilot.app.clipboard.startswith("Hi Ada,")
        await here.pilot.press("escape")
        assert "Hi Ada," not in here.seen
        assert here.answers == [], "esc closes the two lines, not the ask"
        await here.pilot.press("w", "w")
        (logged,) = (one for one in book.all(Interaction) if one not in before)
        assert (logged.kind, logged.contacts, logged.date) == (InteractionKind.MESSAGE, ("ada",), TODAY)
        assert logged.initiator is Initiator.ME
        assert "logged: a message to Ada Lovelace, today;" in here.seen
        await here.pilot.press("u")
        assert list(book.all(Interaction)) == before


async def test_a_smaller_ask_takes_the_place_of_the_larger_and_gives_it_back(book: Book) -> None:
    async with composing(book, an_ask(what="a referral for the data team")) as here:
        await fear(here)
        await here.pilot.press("s")
        assert (here.row("what").text, here.row("kind").text) == ("fifteen minutes about the data team", "advice")
        assert "Ask Grace Hopper · advice" in here.seen
        await here.pilot.press("u")
        assert (here.row("what").text, here.row("kind").text) == ("a referral for the data team", "referral")
        await here.pilot.press("s", "s")
        assert here.row("what").text == "a referral for the data team"
        await here.pilot.press("s", "ctrl+s")
        await here.pilot.pause()
    assert (stored(book).what, stored(book).kind) == ("fifteen minutes about the data team", ExchangeKind.ADVICE)


async def test_enter_and_arrows_take_the_steps_too(book: Book) -> None:
    async with composing(book, an_ask(what="a referral for the data team")) as here:
        await fear(here)
        await here.pilot.press("down", "enter")
        assert here.row("kind").text == "advice"
        await here.pilot.press("up")
        assert here.is_at("fear")


async def test_a_click_takes_a_step(book: Book) -> None:
    async with composing(book, an_ask(what="a referral for the data team")) as here:
        await fear(here)
        at = next(y for y, line in enumerate(here.seen.split("\n")) if "fifteen minutes" in line)
        await here.pilot.click(offset=(20, at))
        await here.pilot.pause()
        assert here.row("kind").text == "advice"


async def test_an_e_mail_to_a_stranger_is_warned_of_and_the_path_offered(book: Book) -> None:
    async with composing(book, an_ask("lee", what="a word")) as here:
        await here.go_to("channel")
        await here.pilot.press("e", "tab", "tab", "tab")
        await here.pilot.pause()
        assert "Roghanizad & Bohns 2017" in here.seen
        assert here.composer.focused is here.composer.panel
        await here.pilot.press("p")
        assert "you ─ Raj ═ Lee Chen" in here.seen
        await here.pilot.press("1")
        await here.pilot.pause()
        assert "Ask Raj Patel · introduction" in here.seen
        assert "an introduction to Lee Chen" in here.seen
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
        assert "Ask Lee Chen · referral" in here.seen
        await here.pilot.press("escape", "escape")
        await here.pilot.pause()
    by_contact = {ask.contact: ask for ask in book.all(Ask)}
    assert (by_contact["raj"].target, by_contact["raj"].steps[-1].state) == ("lee", AskState.ASKED)
    assert by_contact["lee"].steps[-1].state is AskState.DRAFT


async def test_where_no_way_is_known_that_is_said(book: Book) -> None:
    verbs.delete(book, ["tie"])
    async with composing(book, an_ask("lee", what="a word", channel=Channel.EMAIL)) as here:
        await here.go_to("fear")
        await here.pilot.press("tab", "p")
        assert "Nobody is known who could introduce you" in " ".join(line.text for line in here.composer.panel.lines)


async def test_the_room_to_ask_is_told_and_locks_nothing(book: Book) -> None:
    asks.send(book, an_ask(what="the first"))
    async with composing(book, an_ask(what="the second")) as here:
        assert "Room to ask: wait" in here.seen
        await here.pilot.press("ctrl+s")
        await here.pilot.pause()
    assert {ask.what for ask in book.all(Ask)} == {"the first", "the second"}


# On all screens


@pytest.mark.parametrize(
    ("theme", "size"), [*((theme.name, (80, 24)) for theme in THEMES), (THEMES[0].name, (140, 40)), ("plain", (60, 20))]
)
async def test_names_and_texts_are_letters(theme: str, size: tuple[int, int]) -> None:
    book = a_book(
        person("evil", HOSTILE, circle=Circle.INNER, looking_for=("[b]talks[/b]",)),
        person("also", f"{HOSTILE} 2", circle=Circle.INNER),
        met("one", TODAY - timedelta(days=3), "evil"),
        met("two", TODAY - timedelta(days=3), "also"),
        Goal(uid="goal", kind=GoalKind.OTHER, words="[/] goal"),
        Me(uid="me", name="[red]me", can_offer=("[b]talks[/b]",)),
    )
    async with composing(book, an_ask("evil"), app=RelcraftApp(book, theme=theme), size=size) as here:
        await paste_text(here.pilot, "[/] \x1b[31mwhat [@click=app.bell]x[/]")  # type: ignore[arg-type]  # as above
        assert "[/] [31mwhat [@click=app.bell]x[/]" in here.seen
        assert f"Ask {HOSTILE} · referral" in here.seen
        await fear(here)
        await here.pilot.press("w", "escape", "ctrl+s")
        await here.pilot.pause()
        assert f"to {HOSTILE}" in here.told[0]
    assert stored(book).what == "[/] [31mwhat [@click=app.bell]x[/]"


async def test_a_wide_screen_shows_message_and_steps_at_once(book: Book) -> None:
    async with composing(book, an_ask(what="a word"), size=(140, 40)) as here:
        assert "Hi Grace," in here.seen
        assert "Does something hold you back?" in here.seen
        await fear(here)
        assert here.composer.focused is here.composer.panel
        assert "Hi Grace," in here.seen
        assert "two lines to Ada" in here.seen


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 14), (140, 24)])
async def test_every_field_and_step_can_be_seen(book: Book, size: tuple[int, int]) -> None:
    async with composing(book, an_ask(what="a word"), size=size) as here:
        for name, row in here.composer.rows.items():
            if row.display:
                await here.go_to(name)
                await here.pilot.wait_for_animation()
                assert row.entry.region.overlaps(here.composer.query_one("#ask-rows").region), name
        await fear(here)
        await here.pilot.press("down", "down", "down", "down", "down")
        assert "put out" in " ".join(here.seen.split()) or "Zhao" in here.seen


async def test_the_screen_follows_a_new_size(book: Book) -> None:
    async with composing(book, an_ask(what="a word"), size=(140, 40)) as here:
        await here.pilot.resize_terminal(80, 24)
        await here.pilot.pause()
        assert "f5 steps" in here.seen
        assert "Does something hold you back?" not in here.seen


@pytest.fixture
def _no_remote_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures name no font of another host."""
    monkeypatch.setattr(
        RelcraftApp, "export_screenshot", lambda app, **how: without_remote_fonts(App.export_screenshot(app, **how))
    )


@pytest.mark.usefixtures("_no_remote_fonts")
@pytest.mark.parametrize(("size", "theme"), [((80, 24), "ink"), ((140, 40), "paper")], ids=["small", "large"])
def test_the_composer_looks_as_it_did(snap_compare: Callable[..., bool], size: tuple[int, int], theme: str) -> None:
    book = a_book(*people(), *asked_before(7, 6), Goal(uid="job", kind=GoalKind.HIRED, words="a job in data"))
    app = RelcraftApp(book, theme=theme)
    what = "a referral for the data team at Acme"

    async def hesitate(pilot: Pilot[str]) -> None:
        await pilot.pause()
        composer = Composer(book, an_ask(what=what, why_them="you worked there until June", channel=Channel.CALL))
        await app.push_screen(composer)
        await pilot.pause()
        await fear(Composing(pilot, composer))

    assert snap_compare(app, terminal_size=size, run_before=hesitate)
