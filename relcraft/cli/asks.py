"""The command `ask`: a request for help, yours or somebody's, and each step of its life."""

import click

from relcraft.book import asks as verbs
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.cli.asking import NEW_MAY_COME, contact_called
from relcraft.cli.days import day_ahead, on_option, past_day
from relcraft.cli.listing_asks import ask_told
from relcraft.cli.meaning import the_ask, the_goal, word_of
from relcraft.cli.options import WithUsual, one_argument, text_option, words_argument
from relcraft.cli.terminal import tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.asking import following, may_nudge
from relcraft.domain.records import Ask, Chance, Contact
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    ExchangeKind,
    Fear,
    GoalState,
    InteractionKind,
)

_STATES = tuple(state for state in AskState if state is not AskState.DRAFT)


@click.group(cls=WithUsual, short_help="Ask for help, and note what became of it.")
def ask() -> None:
    """Ask for help, or note what somebody asks of you, and what became of it.

    Without one of these words it adds: relcraft ask grace referral is relcraft ask add grace referral.

    Example: relcraft ask add grace referral Acme data team --by call --chance 3
    """


@ask.command(short_help="Add an ask, as a draft unless it was made.")
@one_argument("who", "WHO", people=True)
@one_argument("kind", "KIND", known=ExchangeKind)
@words_argument("what", "[WHAT]", required=False)
@text_option("--why", "why", "TEXT", "Why them.")
@text_option("--in-it", "in_it", "TEXT", "What is in it for them.")
@text_option("--way-out", "way_out", "TEXT", "An easy way out.")
@text_option("--by", "channel", "CHANNEL", "How: in-person, call, video, message, email or letter.", known=Channel)
@click.option("--chance", type=click.IntRange(1, 90), metavar="N", help="What you expect: 3 is 3 of 10, 30 is 30 %.")
@text_option("--goal", "goal", "GOAL", "The goal that it serves, by a few of its words.")
@text_option("--fear", "fear", "FEAR", f"What holds you back: {', '.join(Fear)}.", known=Fear)
@text_option("--to", "target", "WHOM", "Whom you would like to be introduced to.", people=True)
@click.option("--draft/--asked", "draft", default=True, show_default=True, help="Whether it is still to be made.")
@click.option("--from-them", is_flag=True, help="It is they who ask you.")
@on_option
@click.pass_obj
def add(
    start: Start,
    who: str,
    kind: str,
    what: str,
    *,
    why: str,
    in_it: str,
    way_out: str,
    channel: str,
    chance: int | None,
    goal: str,
    fear: str,
    target: str,
    draft: bool,
    from_them: bool,
    on: str | None,
) -> None:
    """Add an ask; it is kept as a draft until you say that it was --asked. Nothing is ever sent.

    WHO in quotes where it has spaces. KIND is information, advice, feedback, help, introduction, lead, recommendation,
    referral, endorsement, gift or other; the beginning of the word will do.

    Example: relcraft ask add grace referral Acme data team --asked --on yesterday
    """
    if on is not None and draft and not from_them:
        raise click.UsageError("--on goes with --asked and --from-them.")
    if from_them and (chance is not None or fear or way_out):
        raise click.UsageError("--chance, --fear and --way-out are about an ask of yours, not --from-them.")
    with open_book(start) as book:
        contact, what_kind = contact_called(book, who), word_of(ExchangeKind, kind, "kind of help")
        if target and what_kind is not ExchangeKind.INTRODUCTION:
            raise click.UsageError("--to goes with an ask for an introduction.")
        said = Ask(
            uid="",
            direction=AskDirection.INCOMING if from_them else AskDirection.OUTGOING,
            contact=contact.uid,
            kind=what_kind,
            what=what,
            why_them=why,
            in_it_for_them=in_it,
            easy_way_out=way_out,
            channel=word_of(Channel, channel, "channel") if channel else None,
            goal=the_goal(book, goal, GoalState.OPEN).uid if goal else None,
            target=contact_called(book, target).uid if target else None,
            chance=None if chance is None else _chance(chance),
            fear=word_of(Fear, fear, "word for what holds one back") if fear else None,
        )
        if from_them:
            new = verbs.add_incoming(book, said, past_day(book, on))
        elif draft:
            new = verbs.save_draft(book, said)
        else:
            new = verbs.add_asked(book, said, past_day(book, on))
        _tell_of(book, new)


def _chance(said: int) -> Chance:
    """Return a chance in per cent, from one digit or from 10 to 90."""
    return Chance(said * 10 if said < 10 else said)


def _tell_of(book: Book, ask: Ask) -> None:
    tell(f"Saved: {title_of(book, ask)}: {ask_told(book, ask)}.")


_kind_option = text_option("--kind", "kind", "KIND", "Which one, where there are several.", known=ExchangeKind)
_log_option = text_option(
    "--log", "log", "KIND", "Log it as a call, email, coffee, ... of that day, too.", known=InteractionKind
)


@ask.command(short_help="Note what became of an ask.")
@one_argument("who", "WHO", people=True)
@one_argument("state", "STATE", known=_STATES)
@_kind_option
@on_option
@click.option("--until", metavar="DAY", help='The day that was named for later: 2026-12-01, fri, "next week", 2w.')
@_log_option
@click.option("--promise", metavar="DAY", help="With your yes to their ask: the day you promise it for.")
@text_option("--text", "text", "TEXT", "What was said (with --log); what you promise.")
@text_option("--to", "target", "WHOM", "Whom an introduction led to.", people=True)
@click.option("--new", "allow_new", is_flag=True, help="Whom it led to may be somebody new.")
@click.pass_obj
def move(
    start: Start,
    who: str,
    state: str,
    *,
    kind: str,
    on: str | None,
    until: str | None,
    log: str,
    promise: str | None,
    text: str,
    target: str,
    allow_new: bool,
) -> None:
    """Note what became of an ask: asked, agreed, helped, thanked, declined or rested.

    "asked" or "agreed" once more, with --until, notes "call me next week". Help writes its exchange.

    Example: relcraft ask move grace asked --until "next week" --log call
    """
    if text and not log and promise is None:
        raise click.UsageError("--text goes with --log or --promise, which keep it.")
    with open_book(start) as book:
        to, day = word_of(_STATES, state, "state of an ask"), day_ahead(book, until)
        one = the_ask(
            book,
            who,
            lambda each: _may(book, each, to, again=day is not None),
            kind=word_of(ExchangeKind, kind, "kind of help") if kind else None,
            told=f'can go on to "{to}" now',
        )
        with book.alone():
            change = verbs.move(
                book,
                one.uid,
                to,
                on=past_day(book, on),
                until=day,
                log=_log_kind(log),
                promise=day_ahead(book, promise),
                text=text,
                to=_led_to(book, target, allow_new=allow_new) if target else None,
            )
        tell(f"Saved: {change.title}.")


def _may(book: Book, ask: Ask, to: AskState, *, again: bool) -> bool:
    """Tell whether an ask can go to a state; to its own one only `again`, with a day for later."""
    now = verbs.state(book, ask)
    return to in following(ask, now) and (to is not now or again)


def _log_kind(said: str) -> InteractionKind | None:
    return word_of(InteractionKind, said, "kind of interaction") if said else None


def _led_to(book: Book, who: str, *, allow_new: bool) -> Contact:
    if allow_new and not book.named(who):
        return Contact(uid="", name=who)
    return contact_called(book, who, hint=NEW_MAY_COME)


@ask.command()
@one_argument("who", "WHO", people=True)
@_kind_option
@on_option
@_log_option
@click.pass_obj
def nudge(start: Start, who: str, *, kind: str, on: str | None, log: str) -> None:
    """Note that you asked once more. One nudge is open for each asking.

    Example: relcraft ask nudge grace --log message
    """
    with open_book(start) as book:
        one = the_ask(
            book,
            who,
            may_nudge,
            kind=word_of(ExchangeKind, kind, "kind of help") if kind else None,
            told="can be nudged now",
        )
        tell(f"Saved: {verbs.nudge(book, one.uid, on=past_day(book, on), log=_log_kind(log)).title}.")


@ask.command()
@one_argument("who", "WHO", people=True)
@_kind_option
@click.pass_obj
def back(start: Start, who: str, *, kind: str) -> None:
    """Take the last step of an ask back, and the exchange that it wrote.

    Example: relcraft ask back grace
    """
    with open_book(start) as book:
        one = the_ask(
            book,
            who,
            lambda each: len(each.steps) > 1,
            kind=word_of(ExchangeKind, kind, "kind of help") if kind else None,
            told="has a step to take back",
        )
        tell(f"Saved: {verbs.take_back(book, one.uid).title}.")
