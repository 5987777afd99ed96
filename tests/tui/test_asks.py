"""The Asks screen, through its keys, down to what is stored."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from relcraft.book import asks
from relcraft.book.open import Book
from relcraft.domain import introducing
from relcraft.domain.documents import Document
from relcraft.domain.records import (
    Ask,
    AskStep,
    Chance,
    Contact,
    Exchange,
    FollowUp,
    Interaction,
    Introduction,
    IntroductionStep,
    Record,
    Tie,
)
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Direction,
    ExchangeKind,
    InteractionKind,
    IntroductionState,
)
from relcraft.tui.app import RelcraftApp
from relcraft.tui.asks.incoming import IncomingAskForm
from relcraft.tui.asks.screen import AsksScreen
from tests.books import TODAY, a_book, person
from tests.tui.conftest import ago
from tests.tui.widget_host import HOSTILE, seen, told, type_text

WIDE, NARROW = (140, 40), (80, 24)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["140", "80"])
NEXT_WEEK = TODAY + timedelta(days=7)


def an_ask(
    uid: str,
    *steps: AskStep,
    who: str = "alan",
    kind: ExchangeKind = ExchangeKind.ADVICE,
    what: str = "",
    direction: AskDirection = AskDirection.OUTGOING,
    channel: Channel | None = Channel.CALL,
    chance: Chance | None = None,
) -> Ask:
    return Ask(
        uid=uid,
        direction=direction,
        contact=who,
        kind=kind,
        what=what or f"about {uid}",
        channel=channel,
        chance=chance,
        steps=steps,
    )


def at(state: AskState, days: int, until: date | None = None) -> AskStep:
    return AskStep(state, ago(days), until)


PEOPLE: Sequence[Record] = (
    person("grace", "Grace Hopper", emails=("grace@navy.example",)),
    person("alan", "Alan Turing"),
    person("radia", "Radia Perlman"),
)
DRAFT = an_ask("draft", at(AskState.DRAFT, 4), who="grace", kind=ExchangeKind.REFERRAL, chance=Chance(30))
ASKED = an_ask("asked", at(AskState.ASKED, 6))
AGREED = an_ask("agreed", at(AskState.ASKED, 9), at(AskState.AGREED, 5), who="radia")
HELPED = an_ask("helped", at(AskState.ASKED, 9), at(AskState.HELPED, 2), who="radia")
RESTED = an_ask("rested", at(AskState.ASKED, 90), at(AskState.RESTED, 60), what="a mentor call")
THANKED = an_ask(
    "thanked", at(AskState.ASKED, 99), at(AskState.HELPED, 95), at(AskState.THANKED, 94), what="the book blurb"
)
DECLINED = an_ask("declined", at(AskState.ASKED, 40), at(AskState.DECLINED, 30), what="a panel seat")
RECEIVED = an_ask(
    "received", at(AskState.RECEIVED, 3), who="grace", what="slides for her class", direction=AskDirection.INCOMING
)
HELP = Exchange(
    uid="help", date=ago(2), direction=Direction.RECEIVED, kind=ExchangeKind.ADVICE, contact="radia", ask="helped"
)
IDEA = Introduction(
    uid="idea",
    first="grace",
    second="alan",
    text="compilers",
    steps=(IntroductionStep(IntroductionState.IDEA, ago(3)),),
)
TO_ME = Introduction(
    uid="to-me",
    broker="grace",
    second="radia",
    steps=(IntroductionStep(IntroductionState.IDEA, ago(8)),),
)


@pytest.fixture
def book() -> Book:
    return a_book(
        *PEOPLE, DRAFT, ASKED, AGREED, HELPED, HELP, RESTED, THANKED, DECLINED, RECEIVED, IDEA, TO_ME,
    )  # fmt: skip


def stored(book: Book) -> dict[str, dict[str, Document]]:
    return {name: {document["uid"]: document for document in documents} for name, documents in book.documents()}


def state(book: Book, uid: str) -> AskState:
    return asks.state(book, book.one(Ask, uid))


async def press(book: Book, *keys: str, size: tuple[int, int] = NARROW) -> RelcraftApp:
    """Press keys on the Asks screen; what starts with a quote is typed."""
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3")
        await pilot.pause()
        for key in keys:
            if key.startswith('"'):
                await type_text(pilot, key[1:])
            else:
                await pilot.press(key)
            await pilot.pause()
        app.shown = seen(app)  # type: ignore[attr-defined]  # what a user saw last
        app.toasts = told(app)  # type: ignore[attr-defined]  # and was told
    return app


def shown(app: RelcraftApp) -> str:
    return str(app.shown)  # type: ignore[attr-defined]  # set above


def toasts(app: RelcraftApp) -> str:
    return "\n".join(app.toasts)  # type: ignore[attr-defined]  # set above


# What is seen


async def test_at_140_the_asks_stand_in_columns_and_all_parts_are_seen(book: Book) -> None:
    screen = shown(await press(book, size=WIDE))
    for title in ("Draft 1", "Asked 1", "Agreed 1", "Helped 1", "Ended 3", "Incoming 1", "Introductions 2"):
        assert title in screen
    assert "Referral · about draft" in screen
    assert "Grace Hopper · 4 days" in screen
    assert "chance 3 of 10" in screen
    assert "patience to 1 Dec" in screen
    assert "thank Radia" in screen
    assert screen.index("no · a panel seat") < screen.index("rested · a mentor call")
    assert screen.index("rested · a mentor call") < screen.index("thanked · the book")
    assert "Ask Grace whether an introduction to Alan is welcome." in screen
    assert "Tell Grace whether you would like to meet Radia." in screen


async def test_at_80_a_strip_of_states_is_over_one_list_and_tab_leads_to_the_other_parts(book: Book) -> None:
    app = await press(book)
    assert "[Draft 1] Asked 1" in shown(app)
    assert "Radia Perlman · helped 2 days ago: a line of thanks to Radia" in shown(app)
    assert "tab incoming 1 · introductions 2" in shown(app)
    assert "[Agreed 1]" in shown(await press(book, "l", "l"))
    assert "[Asked 1]" in shown(await press(book, "l", "l", "h"))
    assert "slides for her class" in shown(await press(book, "tab"))
    assert "Grace Hopper and Alan Turing" in shown(await press(book, "tab", "tab"))
    assert "[Draft 1]" in shown(await press(book, "tab", "tab", "tab"))
    assert "Grace Hopper and Alan Turing" in shown(await press(book, "shift+tab"))


@SIZES
async def test_an_empty_book_tells_what_to_press(size: tuple[int, int]) -> None:
    empty = a_book(person("ada", "Ada"))
    app = RelcraftApp(empty)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3")
        await pilot.pause()
        screen = seen(app)
        assert "A drafts an ask" in screen
        assert "done" not in screen
        for key in ("x", "X", "z", "L", "H", "N", "e", "d", "y", "enter"):
            await pilot.press(key)
        await pilot.press("tab")
        await pilot.pause()
        assert "R notes what somebody asks" in seen(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "i begins one" in seen(app)
    assert list(empty.all(Ask)) == []


@SIZES
async def test_hostile_names_are_text(size: tuple[int, int]) -> None:
    ask = an_ask("bad", at(AskState.ASKED, 1), who="bad", what=HOSTILE)
    came = an_ask("came", at(AskState.RECEIVED, 1), who="bad", what=HOSTILE, direction=AskDirection.INCOMING)
    made = Introduction(uid="in", first="bad", second="ada", text=HOSTILE)
    evil = a_book(person("bad", HOSTILE), person("ada", "Ada"), ask, came, made)
    app = RelcraftApp(evil)
    async with app.run_test(size=size) as pilot:
        for keys in (("3",), ("enter",), ("escape", "z"), ("escape", "tab"), ("enter",), ("escape", "tab"), ("enter",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert "[/]" in seen(app)


@SIZES
async def test_of_many_asks_the_one_under_the_cursor_is_seen_whole(size: tuple[int, int]) -> None:
    many = a_book(
        person("alan", "Alan Turing"), *(an_ask(f"{n:02}", at(AskState.ASKED, 13 - n // 5)) for n in range(60))
    )
    app = RelcraftApp(many)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3", "G")
        await pilot.pause()
        screen = seen(app)
        assert "Advice · about 59" in screen
        assert "Advice · about 00" not in screen
        await pilot.press("g")
        await pilot.pause()
        assert "Advice · about 00" in seen(app)
        await pilot.press(*["j"] * 30)
        await pilot.pause()
        assert "about 30" in seen(app)


async def test_a_resize_keeps_the_ask_under_the_cursor(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("3", "l", "l")
        await pilot.pause()
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert "[Agreed 1]" in seen(app)
        screen = app.screen
        assert isinstance(screen, AsksScreen)
        assert screen.current == AGREED
        await pilot.press("l")
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert screen.current == HELPED
        assert screen.focused is screen.home


# Outgoing: each step is one change


@SIZES
@pytest.mark.parametrize(
    ("keys", "uid", "after", "log"),
    [
        (("x",), "draft", AskState.ASKED, None),
        (("enter", "a"), "draft", AskState.ASKED, None),
        (("L",), "draft", AskState.ASKED, None),
        (("l", "enter", "y", "enter"), "asked", AskState.AGREED, InteractionKind.CALL),
        (("l", "enter", "y", "escape"), "asked", AskState.AGREED, None),
        (("l", "enter", "y", "m"), "asked", AskState.AGREED, InteractionKind.MESSAGE),
        (("l", "enter", "n", "n"), "asked", AskState.DECLINED, None),
        (("l", "enter", "t", "enter"), "asked", AskState.HELPED, InteractionKind.CALL),
        (("l", "enter", "l"), "asked", AskState.RESTED, None),
        (("l", "X"), "asked", AskState.RESTED, None),
        (("l", "L"), "asked", AskState.AGREED, None),
        (("l", "x", "escape"), "asked", AskState.HELPED, None),
        (("l", "l", "x", "enter"), "agreed", AskState.HELPED, InteractionKind.CALL),
        (("l", "l", "H"), "agreed", AskState.ASKED, None),
        (("l", "l", "l", "x"), "helped", AskState.THANKED, None),
        (("l", "l", "l", "enter", "t"), "helped", AskState.THANKED, None),
        (("l", "l", "l", "l", "enter", "a"), "declined", AskState.ASKED, None),
        (("l", "l", "l", "l", "enter", "y", "escape"), "declined", AskState.AGREED, None),
        (("l", "l", "l", "l", "j", "enter", "t", "escape"), "rested", AskState.HELPED, None),
    ],
)
async def test_each_step_is_stored_in_one_change_and_u_takes_it_back(
    book: Book, size: tuple[int, int], keys: tuple[str, ...], uid: str, after: AskState, log: InteractionKind | None
) -> None:
    before = stored(book)
    await press(book, *keys, size=size)
    assert state(book, uid) is after
    assert [each.kind for each in book.all(Interaction)] == ([log] if log else [])
    helps = [each for each in book.all(Exchange) if each.ask == uid]
    assert len(helps) == (after in {AskState.HELPED, AskState.THANKED})
    if after is AskState.HELPED:
        assert (helps[0].interaction is not None) == (log is not None)
    if after is AskState.THANKED:
        assert helps[0].thanked_on == TODAY
    book.undo()
    assert stored(book) == before


@SIZES
async def test_call_me_next_week_takes_enter_for_a_day_in_a_week(book: Book, size: tuple[int, int]) -> None:
    before = stored(book)
    await press(book, "l", "z", "enter", "enter", size=size)
    assert book.one(Ask, "asked").steps[-1] == AskStep(AskState.ASKED, TODAY, NEXT_WEEK)
    assert [each.kind for each in book.all(Interaction)] == [InteractionKind.CALL]
    book.undo()
    assert stored(book) == before
    app = await press(book, "l", "enter", "c", '"1 dec', "enter", "escape", size=size)
    assert book.one(Ask, "asked").steps[-1].until == date(2026, 12, 1)
    assert "Tue 1 Dec" in toasts(app)
    assert list(book.all(Interaction)) == []


async def test_a_day_that_has_passed_is_told_and_nothing_is_stored(book: Book) -> None:
    before = stored(book)
    app = await press(book, "l", "z", '"2026-11-01', "enter")
    assert "has passed" in shown(app)
    assert stored(book) == before


@SIZES
async def test_one_nudge_and_a_second_one_is_told_of(book: Book, size: tuple[int, int]) -> None:
    app = await press(book, "l", "N", "N", size=size)
    assert book.one(Ask, "asked").nudges == (TODAY,)
    assert "once is enough" in toasts(app)
    assert list(book.all(Interaction)) == []
    assert "friendly nudge" not in shown(await press(book, "l", "enter", size=size))


@SIZES
async def test_upper_l_takes_the_card_through_its_life_and_upper_h_back(book: Book, size: tuple[int, int]) -> None:
    before = stored(book)["asks"]["draft"]["steps"]
    await press(book, "L", "L", "L", "L", size=size)
    assert state(book, "draft") is AskState.THANKED
    assert len([each for each in book.all(Exchange) if each.ask == "draft"]) == 1
    for _ in range(4):
        book.undo()
    await press(book, "L", "L", "L", "L", "H", "H", "H", "H", size=size)
    assert stored(book)["asks"]["draft"]["steps"] == before
    assert [each.uid for each in book.all(Exchange)] == ["help"]


async def test_where_nothing_follows_that_is_told(book: Book) -> None:
    before = stored(book)
    ended = ("l", "l", "l", "l", "j", "j")
    for key in ("enter", "x", "L"):
        assert "came to its end" in toasts(await press(book, *ended, key))
    assert "A draft waits for nobody" in toasts(await press(book, "X"))
    assert "still to come" in toasts(await press(book, "z"))
    assert "first step" in toasts(await press(book, "H"))
    assert "It is closed" in toasts(await press(book, "l", "l", "l", "l", "L"))
    assert stored(book) == before


# An introduction that was asked for


@pytest.fixture
def doors() -> Book:
    """A book with one ask, for an introduction to nobody that is named."""
    return a_book(*PEOPLE, an_ask("door", at(AskState.ASKED, 6), who="grace", kind=ExchangeKind.INTRODUCTION))


@SIZES
async def test_help_with_an_introduction_asks_to_whom_and_adds_somebody_new(doors: Book, size: tuple[int, int]) -> None:
    before = stored(doors)
    app = await press(doors, "enter", "t", '"Lee Chen', "enter", "enter", size=size)
    (lee,) = [each for each in doors.all(Contact) if each.name == "Lee Chen"]
    assert "Lee Chen is in the book now" in toasts(app)
    assert lee.introduced_by == "grace"
    assert doors.one(Ask, "door").target == lee.uid
    (help_,) = doors.all(Exchange)
    (introduction,) = doors.all(Introduction)
    (tie,) = doors.all(Tie)
    assert (help_.ask, help_.introduction, help_.contact) == ("door", introduction.uid, "grace")
    assert {tie.first, tie.second} == {"grace", lee.uid}
    assert [each.kind for each in doors.all(Interaction)] == [InteractionKind.CALL]
    doors.undo()
    assert stored(doors) == before


async def test_help_with_an_introduction_may_be_to_somebody_known_or_to_nobody_named(doors: Book) -> None:
    before = stored(doors)
    await press(doors, "L", "L", '"radia', "enter")
    assert doors.one(Ask, "door").target == "radia"
    assert doors.contact("radia").introduced_by == "grace"
    doors.undo()
    doors.undo()
    assert stored(doors) == before
    await press(doors, "x", "enter", "escape")
    assert state(doors, "door") is AskState.HELPED
    assert list(doors.all(Introduction)) == []
    assert [each.ask for each in doors.all(Exchange)] == ["door"]
    doors.undo()
    await press(doors, "x", "escape")
    assert stored(doors) == before


async def test_a_near_miss_of_a_name_is_a_question(doors: Book) -> None:
    before = stored(doors)
    app = await press(doors, "x", '"Radja Perlman', "enter")
    assert "Who is Radja Perlman?" in shown(app)
    assert "Radia Perlman" in shown(app)
    assert "new contact: Radja Perlman" in shown(app)
    assert stored(doors) == before


# What is asked of the user


@SIZES
@pytest.mark.parametrize(
    ("keys", "after", "log"),
    [
        (("enter", "y", "escape"), AskState.AGREED, None),
        (("enter", "y", "enter"), AskState.AGREED, InteractionKind.CALL),
        (("enter", "w", "escape"), AskState.DECLINED, None),
        (("enter", "i", "escape"), AskState.HELPED, None),
        (("enter", "l"), AskState.RESTED, None),
        (("X",), AskState.RESTED, None),
        (("x", "escape"), AskState.HELPED, None),
        (("L",), AskState.AGREED, None),
    ],
)
async def test_what_is_asked_of_the_user_is_answered_in_one_change_and_promises_nothing(
    book: Book, size: tuple[int, int], keys: tuple[str, ...], after: AskState, log: InteractionKind | None
) -> None:
    before = stored(book)
    await press(book, "tab", *keys, size=size)
    assert state(book, "received") is after
    assert list(book.all(FollowUp)) == []
    assert [each.kind for each in book.all(Interaction)] == ([log] if log else [])
    given = [each for each in book.all(Exchange) if each.direction is Direction.GIVEN]
    assert [each.ask for each in given] == (["received"] if after is AskState.HELPED else [])
    book.undo()
    assert stored(book) == before


@SIZES
async def test_a_no_brings_kind_words_to_copy_and_says_so(book: Book, size: tuple[int, int]) -> None:
    app = await press(book, "tab", "enter", "w", "escape", size=size)
    assert app.clipboard.startswith("Hi Grace,\n\nthank you for asking me")
    assert "Kind words are copied" in toasts(app)


async def test_an_answer_to_somebody_may_wait_for_another_day(book: Book) -> None:
    await press(book, "tab", "enter", "n", "enter", "escape")
    assert book.one(Ask, "received").steps[-1] == AskStep(AskState.RECEIVED, TODAY, NEXT_WEEK)
    assert list(book.all(FollowUp)) == []


async def test_only_what_is_promised_is_a_follow_up(book: Book) -> None:
    before = stored(book)
    await press(book, "tab", "enter", "p", '"fri', "enter", "escape")
    assert state(book, "received") is AskState.AGREED
    (promise,) = book.all(FollowUp)
    assert (promise.date, promise.contact, promise.text) == (date(2026, 11, 27), "grace", "slides for her class")
    book.undo()
    assert stored(book) == before


@SIZES
async def test_an_incoming_ask_never_rests_nor_promises_by_itself(size: tuple[int, int]) -> None:
    old = an_ask("old", at(AskState.RECEIVED, 900), direction=AskDirection.INCOMING)
    yes = an_ask("yes", at(AskState.RECEIVED, 900), at(AskState.AGREED, 890), direction=AskDirection.INCOMING)
    book = a_book(*PEOPLE, old, yes)
    before = stored(book)
    screen = shown(await press(book, "tab", "j", "k", size=size))
    assert "Waiting for a word from you 1" in screen
    assert "You said yes 1" in screen
    assert "resting" not in screen
    assert stored(book) == before


@SIZES
async def test_upper_r_notes_what_somebody_asks(book: Book, size: tuple[int, int]) -> None:
    app = await press(book, "R", "tab", "h", "tab", '"an hour on her talk', "tab", "e", "ctrl+s", size=size)
    assert "Saved: ask from Grace Hopper for help" in toasts(app)
    (came,) = [each for each in book.all(Ask) if each.what == "an hour on her talk"]
    assert (came.direction, came.contact, came.kind) == (AskDirection.INCOMING, "grace", ExchangeKind.HELP)
    assert came.channel is Channel.EMAIL
    assert came.steps == (AskStep(AskState.RECEIVED, TODAY),)
    assert list(book.all(FollowUp)) == []


async def test_e_edits_what_somebody_asks_and_leaves_its_steps(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("3", "tab", "e")
        await pilot.pause()
        assert isinstance(app.screen, IncomingAskForm)
        await pilot.press("tab", "tab", *"!!", "ctrl+s")
        await pilot.pause()
    assert book.one(Ask, "received").what == "slides for her class!!"
    assert book.one(Ask, "received").steps == RECEIVED.steps


# Introductions


@SIZES
async def test_x_takes_an_introduction_on_step_by_step_until_it_is_told(book: Book, size: tuple[int, int]) -> None:
    to_introductions = ("tab", "tab")
    await press(book, *to_introductions, "x", "x", size=size)
    assert introducing.state_of(book.one(Introduction, "idea")) is IntroductionState.BOTH_AGREED
    await press(book, *to_introductions, "x", size=size)
    given = [each for each in book.all(Exchange) if each.introduction == "idea"]
    assert sorted(each.contact for each in given) == ["alan", "grace"]
    assert len(list(book.all(Tie))) == 1
    await press(book, *to_introductions, "enter", "t", size=size)
    await press(book, *to_introductions, "x", '"they get on', "enter", size=size)
    done = book.one(Introduction, "idea")
    assert (introducing.state_of(done), done.outcome) == (IntroductionState.TOLD, "they get on")


async def test_an_introduction_rests_and_is_taken_up_again(book: Book) -> None:
    before = stored(book)
    await press(book, "tab", "tab", "X")
    assert introducing.state_of(book.one(Introduction, "idea")) is IntroductionState.RESTED
    await press(book, "tab", "tab", "G", "enter", "t")
    assert introducing.state_of(book.one(Introduction, "idea")) is IntroductionState.IDEA
    book.undo()
    book.undo()
    assert stored(book) == before


async def test_an_introduction_to_the_user_says_who_is_next(book: Book) -> None:
    await press(book, "tab", "tab", "j", "L")
    assert introducing.state_of(book.one(Introduction, "to-me")) is IntroductionState.FIRST_AGREED
    assert "You have said yes. Grace asks Radia now." in shown(await press(book, "tab", "tab"))


# Words, people, the record itself


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("y",), "I would like to ask you for something: about draft."),
        (("l", "y"), "only a short word on what I asked you"),
        (("l", "l", "l", "y"), "thank you so much"),
        (("tab", "y", "y"), "yes, gladly"),
        (("tab", "y", "a"), "thank you for asking me"),
        (("tab", "tab", "y"), "I know somebody whom you might like to meet: Alan Turing"),
        (("tab", "tab", "j", "y"), "you and Radia Perlman"),
    ],
)
async def test_y_copies_the_words_that_fit(book: Book, keys: tuple[str, ...], words: str) -> None:
    before = stored(book)
    app = await press(book, *keys)
    assert words in app.clipboard
    assert "Copied:" in toasts(app)
    assert stored(book) == before


@SIZES
async def test_d_deletes_at_once_and_u_brings_back(book: Book, size: tuple[int, int]) -> None:
    before = stored(book)
    await press(book, "d", size=size)
    assert book.get("asks", "draft") is None
    await press(book, "u", size=size)
    assert stored(book) == before


async def test_o_opens_the_contact(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("3", "l", "o")
        await pilot.pause()
        assert app.current_mode == "tab-people"
        assert app.people.contact is not None
        assert app.people.contact.uid == "alan"


# The mirror


def ended(count: int, yes: int) -> Book:
    return a_book(
        *PEOPLE,
        *(
            an_ask(
                f"{n:02}",
                at(AskState.ASKED, 90),
                at(AskState.HELPED if n < yes else AskState.DECLINED, 80),
                chance=Chance(30 if n % 2 else 40),
                channel=Channel.IN_PERSON if n < 7 else Channel.EMAIL,
            )
            for n in range(count)
        ),
    )


async def test_the_mirror_says_what_was_expected_and_what_came_of_it() -> None:
    book = ended(13, 8)
    assert "You expected 35 %, 62 % said yes (8 of 13). By e-mail 1 of 6, in person 7 of 7." in shown(
        await press(book, size=WIDE)
    )
    assert "62 % said yes (8 of 13)" in shown(await press(book))
    screen = shown(await press(book, "equals_sign", size=WIDE))
    assert "Anything from 36 to 82" in screen
    assert "in person: expected 36 %, 100 % yes (7 of 7), 65 to 100 % fits" in screen


async def test_below_five_the_mirror_is_silent_and_says_why_when_asked() -> None:
    book = ended(4, 4)
    assert "said yes" not in shown(await press(book, size=WIDE)).replace("You said yes", "")
    assert "4 of your asks have come to an end so far" in shown(await press(book, "equals_sign"))
    assert "None of your asks has come to an end" in shown(await press(a_book(*PEOPLE), "equals_sign"))


async def test_an_introduction_that_came_about_needs_no_rest() -> None:
    met = Introduction(
        uid="in",
        first="ada",
        second="alan",
        steps=(IntroductionStep(IntroductionState.MADE, ago(9)), IntroductionStep(IntroductionState.MET, ago(2))),
    )
    book = a_book(person("ada", "Ada"), person("alan", "Alan"), met)
    before = stored(book)
    assert "That came about: it needs no rest." in toasts(await press(book, "tab", "tab", "X"))
    assert stored(book) == before
