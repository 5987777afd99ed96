"""An add line into the book."""

from datetime import UTC, datetime, time

import pytest

from relcraft.book import asks
from relcraft.book.adding import add_line, read_line
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.repeating import repeat
from relcraft.domain.addline import LEAVE_OPEN, NEW, parse
from relcraft.domain.changes import Change
from relcraft.domain.documents import to_document
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.records import Ask, AskStep, Contact, Date, Exchange, FollowUp, Interaction, Introduction, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Direction,
    ExchangeKind,
    Initiator,
    InteractionKind,
    Size,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def book() -> Book:
    people = [
        Contact(uid="grace", name="Grace Hopper", tags=("navy",)),
        Contact(uid="raj", name="Raj Patel"),
        Contact(uid="dana1", name="Dana Fox"),
        Contact(uid="dana2", name="Dana Wolf"),
    ]
    return Book(MemoryKeeper({"contacts": {one.uid: to_document(one) for one in people}}), lambda: NOW)


def _add(book: Book, line: str, *, allow_new: bool = False, about: tuple[str, ...] = ()) -> Change:
    return add_line(book, read_line(book, line, about=about), allow_new=allow_new)


def test_one_line_makes_one_change_of_all_that_it_says(book: Book) -> None:
    change = _add(book, "coffee w/ Grace, Raj yesterday at 14:30 re: Acme <intro:Ada !fri send paper #work every 6w")
    (interaction,) = book.all(Interaction)
    (exchange,) = book.all(Exchange)
    (follow_up,) = book.all(FollowUp)
    assert (interaction.date, interaction.time, interaction.kind) == (Date(2026, 11, 21), time(14, 30), "coffee")
    assert (interaction.contacts, interaction.summary, interaction.tags) == (("grace", "raj"), "re: Acme", ("work",))
    assert (exchange.contact, exchange.direction, exchange.kind) == (
        "grace",
        Direction.RECEIVED,
        ExchangeKind.INTRODUCTION,
    )
    assert (exchange.date, exchange.text, exchange.size) == (Date(2026, 11, 21), "Ada", Size.NORMAL)
    assert (follow_up.date, follow_up.contact, follow_up.text) == (Date(2026, 11, 27), "grace", "send paper")
    assert exchange.interaction == follow_up.interaction == interaction.uid
    assert [book.contact(uid).cadence_days for uid in ("grace", "raj")] == [42, 42]
    assert change.title == "coffee with Grace and Raj"
    assert len(change.ops) == 5


def test_one_undo_takes_all_of_it_back(book: Book) -> None:
    before = list(book.contacts())
    _add(book, "coffee w/ Grace and Zork <advice !fri x every 6w", allow_new=True)
    undone = book.undo()
    assert undone.title == "Undone: coffee with Grace and Zork"
    assert book.contacts() == before
    assert [book.count(kind) for kind in (Interaction, Exchange, FollowUp)] == [0, 0, 0]


def test_a_new_person_is_added_where_that_is_allowed(book: Book) -> None:
    change = _add(book, "met Ada Lovelace >advice:cv !fri write", allow_new=True)
    (ada,) = book.named("Ada Lovelace")
    (interaction,) = book.interactions_with(ada.uid)
    (exchange,) = book.exchanges_with(ada.uid)
    (follow_up,) = book.follow_ups_with(ada.uid)
    assert exchange.interaction == follow_up.interaction == interaction.uid
    assert change.title == "meeting with Ada Lovelace"
    assert ada.created == NOW


def test_a_new_person_is_refused_by_name_elsewhere(book: Book) -> None:
    with pytest.raises(BadInput, match=r"Not in the book yet: Ada Lovelace, Zork\."):
        _add(book, "met Ada Lovelace and Zork")
    assert book.count(Interaction) == 0


def test_a_question_is_refused_with_the_candidates(book: Book) -> None:
    with pytest.raises(BadInput, match=r'"Dana" could be Dana Fox or Dana Wolf\.'):
        _add(book, "coffee with Dana", allow_new=True)
    with pytest.raises(BadInput, match='Nobody here is called "Grase"'):
        _add(book, "coffee with Grase", allow_new=True)
    with pytest.raises(BadInput, match="Nothing to save yet"):
        _add(book, "  ")
    assert book.count(Interaction) == 0


def test_what_was_chosen_is_saved(book: Book) -> None:
    add_line(book, parse("coffee with Dana", book, TODAY, choices={"dana": "dana2"}), allow_new=False)
    assert len(book.interactions_with("dana2")) == 1
    add_line(book, parse("coffee with Dana", book, TODAY, choices={"dana": NEW}), allow_new=True)
    assert [one.name for one in book.named("Dana")] == ["Dana"]


def test_parts_alone_make_no_interaction(book: Book) -> None:
    change = _add(book, ">advice+@grace:on the talk")
    assert change.title == "advice given to Grace Hopper"
    assert [(one.size, one.interaction, one.date) for one in book.exchanges_with("grace")] == [(Size.BIG, None, TODAY)]
    change = _add(book, "!fri send slides")
    assert change.title == 'follow-up "send slides" on Fri 27 Nov'
    assert [(one.contact, one.interaction) for one in book.all(FollowUp)] == [(None, None)]
    assert book.count(Interaction) == 0


def test_tags_and_cadence_alone_are_about_the_people(book: Book) -> None:
    change = _add(book, "#work #navy every 6w @grace @raj")
    assert book.contact("grace").tags == ("navy", "work")
    assert book.contact("raj").tags == ("work", "navy")
    assert book.contact("raj").cadence_days == 42
    assert change.title == "#work #navy on Grace and Raj"
    assert _add(book, "every 30d @grace").title == "Grace Hopper: every 30 days"


def test_tags_of_an_interaction_are_not_those_of_its_people(book: Book) -> None:
    _add(book, "coffee with Raj #work")
    assert book.contact("raj").tags == ()


def test_a_tag_in_other_letters_is_the_same_tag(book: Book) -> None:
    with pytest.raises(BadInput, match="Nothing changes"):
        _add(book, "#Navy @grace")
    assert book.contact("grace").tags == ("navy",)


def test_what_is_so_already_is_no_change(book: Book) -> None:
    with pytest.raises(BadInput, match="it is so already"):
        _add(book, "#navy @grace")


def test_who_is_selected_is_meant(book: Book) -> None:
    assert _add(book, "coffee", about=("grace", "raj", "dana1")).title == "coffee with Grace and 2 others"
    assert _add(book, "likes tea", about=("grace",)).title == "note about Grace Hopper"


def test_a_day_ahead_is_a_plan(book: Book) -> None:
    assert _add(book, "lunch with Raj next tue").title == "plan: lunch with Raj Patel"
    assert book.interactions_with("raj")[0].date == Date(2026, 11, 24)


def test_it_is_kept_who_began(book: Book) -> None:
    _add(book, "emailed Grace")
    _add(book, "call from Raj")
    assert [one.initiator for one in book.interactions_with("grace")] == [Initiator.ME]
    assert [(one.kind, one.initiator) for one in book.interactions_with("raj")] == [
        (InteractionKind.CALL, Initiator.THEM)
    ]


def test_an_interaction_with_nobody_can_be_kept(book: Book) -> None:
    assert _add(book, "lunch alone, thought about Acme").title == "lunch"


def test_somebody_deleted_meanwhile_is_told(book: Book) -> None:
    parsed = parse("coffee with Raj", book, TODAY)
    other = Book(MemoryKeeper(), lambda: NOW)
    with pytest.raises(NotFound):
        add_line(other, parsed, allow_new=True)


def _asked(book: Book, kind: ExchangeKind, contact: str, on: Date = TODAY, target: str | None = None) -> Ask:
    ask = Ask(uid="", direction=AskDirection.OUTGOING, contact=contact, kind=kind, what="Acme", target=target)
    return asks.add_asked(book, ask, on)


def _states(book: Book, ask: Ask) -> list[tuple[AskState, Date]]:
    return [(step.state, step.date) for step in book.one(Ask, ask.uid).steps]


def test_an_ask_is_made_on_the_day_of_the_line(book: Book) -> None:
    change = _add(book, "coffee w/ Grace yesterday ?referral:Acme data team !fri send cv")
    (ask,) = book.all(Ask)
    assert (ask.contact, ask.kind, ask.what, ask.direction) == (
        "grace",
        ExchangeKind.REFERRAL,
        "Acme data team",
        AskDirection.OUTGOING,
    )
    assert ask.steps == (AskStep(AskState.ASKED, Date(2026, 11, 21)),)
    assert ask.channel is Channel.IN_PERSON
    assert [op.table for op in change.ops] == ["interactions", "asks", "follow_ups"]
    book.undo()
    assert [book.count(kind) for kind in (Ask, Interaction, FollowUp)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("lunch w/ Raj ?advice", Channel.IN_PERSON),
        ("called Raj ?advice", Channel.CALL),
        ("zoom w/ Raj ?advice", Channel.VIDEO),
        ("emailed Raj ?advice", Channel.EMAIL),
        ("texted Raj ?advice", Channel.MESSAGE),
        ("letter to Raj ?advice", Channel.LETTER),
        ("note w/ Raj ?advice", None),
        ("?advice@raj", None),
    ],
)
def test_an_ask_is_made_in_the_way_of_the_line(book: Book, line: str, channel: Channel | None) -> None:
    _add(book, line)
    assert [ask.channel for ask in book.all(Ask)] == [channel]


def test_an_ask_on_a_day_ahead_is_a_draft(book: Book) -> None:
    assert _add(book, "lunch w/ Raj next tue ?lead:data posts").title == "plan: lunch with Raj Patel"
    assert [ask.steps for ask in book.all(Ask)] == [(AskStep(AskState.DRAFT, TODAY),)]
    assert _add(book, "tomorrow ?lead@grace").title == "draft of ask to Grace Hopper for a lead"


def test_an_ask_alone_makes_no_interaction(book: Book) -> None:
    assert _add(book, "?intro@raj:to Ada").title == "ask to Raj Patel for an introduction"
    assert book.count(Interaction) == 0


def test_somebody_new_can_be_asked(book: Book) -> None:
    _add(book, 'met "Lee Chen" ?advice:where to begin', allow_new=True)
    (ask,) = book.all(Ask)
    assert book.contact(ask.contact).name == "Lee Chen"


def test_help_closes_the_ask_in_the_same_change(book: Book) -> None:
    ask = _asked(book, ExchangeKind.REFERRAL, "grace", Date(2026, 11, 10))
    _add(book, "coffee w/ Grace yesterday <referral+:to the data team")
    (exchange,) = book.all(Exchange)
    assert (exchange.ask, exchange.size, exchange.text) == (ask.uid, Size.BIG, "to the data team")
    assert [exchange.interaction] == [one.uid for one in book.all(Interaction)]
    assert _states(book, ask) == [(AskState.ASKED, Date(2026, 11, 10)), (AskState.HELPED, Date(2026, 11, 21))]
    book.undo()
    assert book.one(Ask, ask.uid) == ask
    assert book.count(Exchange) == 0


def test_an_ask_can_be_left_open(book: Book) -> None:
    ask = _asked(book, ExchangeKind.REFERRAL, "grace")
    (exchange,) = read_line(book, "<referral@grace").closings
    assert exchange.closing is not None
    parsed = read_line(book, "<referral@grace", choices={exchange.closing.key: LEAVE_OPEN})
    add_line(book, parsed, allow_new=False)
    assert [one.ask for one in book.all(Exchange)] == [None]
    assert book.one(Ask, ask.uid) == ask


def test_an_ask_that_rests_is_closed_too_and_one_that_waits_goes_first(book: Book) -> None:
    resting = asks.move(book, _asked(book, ExchangeKind.ADVICE, "raj").uid, AskState.RESTED).ops[0].uid
    waiting = _asked(book, ExchangeKind.ADVICE, "raj", Date(2026, 11, 1))
    closed = [one.closing.ask for one in read_line(book, "<advice@raj <advice@raj:more").closings if one.closing]
    assert closed == [waiting.uid, resting]


def test_what_is_helped_declined_or_a_draft_is_not_closed(book: Book) -> None:
    asks.move(book, _asked(book, ExchangeKind.ADVICE, "raj").uid, AskState.DECLINED)
    asks.move(book, _asked(book, ExchangeKind.ADVICE, "raj").uid, AskState.HELPED)
    _add(book, "tomorrow ?advice@raj")
    assert read_line(book, "<advice@raj").closings == ()


def test_an_introduction_that_was_asked_for_is_one_exchange_with_its_tie(book: Book) -> None:
    ask = _asked(book, ExchangeKind.INTRODUCTION, "raj", Date(2026, 11, 10), target="dana1")
    change = _add(book, 'coffee w/ Raj, "Dana Fox" yesterday <intro@raj:Dana Fox every 6w')
    (exchange,) = book.all(Exchange)
    (introduction,) = book.all(Introduction)
    assert (exchange.ask, exchange.introduction, exchange.direction) == (
        ask.uid,
        introduction.uid,
        Direction.RECEIVED,
    )
    assert (introduction.broker, introduction.second, introduction.ask) == ("raj", "dana1", ask.uid)
    assert book.count(Tie) == 1
    assert (book.contact("dana1").introduced_by, book.contact("dana1").cadence_days) == ("raj", 42)
    assert len({(op.table, op.uid) for op in change.ops}) == len(change.ops), "each record once in a change"
    book.undo()
    assert [book.count(kind) for kind in (Exchange, Introduction, Tie, Interaction)] == [0, 0, 0, 0]
    assert book.contact("dana1").introduced_by is None


def test_an_ask_is_repeated_as_it_began_and_help_without_the_ask_that_it_answered(book: Book) -> None:
    last = _add(book, "emailed Grace ?referral:Acme")
    repeat(book, last, ["raj"])
    assert [(one.contact, one.what, len(one.steps)) for one in book.all(Ask)] == [
        ("grace", "Acme", 1),
        ("raj", "Acme", 1),
    ]
    last = _add(book, "<referral@grace")
    repeat(book, last, ["raj"])
    assert [one.ask is None for one in book.all(Exchange)] == [False, True]
