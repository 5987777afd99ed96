"""What `list` shows of what is under way: asks, introductions, goals, and who knows whom."""

from collections.abc import Iterable, Sequence

import click

from relcraft.book.asks import state
from relcraft.book.introductions import next_step
from relcraft.book.matches import Matching
from relcraft.book.matches import matches as matches_of
from relcraft.book.open import Book
from relcraft.cli.as_json import ask_json, goal_json, introduction_json, name_of, tie_json
from relcraft.cli.listing import matching, newest_or_oldest, say_rows
from relcraft.cli.options import as_json, filter_words
from relcraft.cli.plain import as_plain
from relcraft.cli.terminal import say_json
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.asking import asked_on, is_open, tell_ask
from relcraft.domain.dates import tell_day
from relcraft.domain.introducing import is_open as is_under_way
from relcraft.domain.introducing import state_of
from relcraft.domain.records import Ask, Contact, Date, Goal, Introduction, Tie
from relcraft.domain.steps import first_name
from relcraft.domain.text import fold
from relcraft.domain.words import AskDirection

_ASK = ("when", "sign", "kind", "who", "state", "what")
_INTRODUCTION = ("when", "state", "who", "next step")
_GOAL = ("state", "when", "kind", "goal", "behind it")
_TIE = ("one", "other", "how well", "known from")
_MATCH = ("who", "offer", "wish")
"""What each column is called in plain lines."""
_WAY = {AskDirection.OUTGOING: "to", AskDirection.INCOMING: "from"}


@click.command()
@filter_words
@newest_or_oldest
@as_plain
@as_json
@click.pass_obj
def asks(start: Start, words: str, sort: str, *, json: bool) -> None:
    """List requests for help, yours and those that came to you.

    Words are looked for in names, kinds, states, channels and texts; "open" finds what waits for an answer or for the
    help itself, "outgoing" and "incoming" tell the directions.

    Example: relcraft list asks open outgoing
    """

    def text_of(book: Book, each: Ask) -> Iterable[str]:
        still_open = "open" if is_open(each, book.today, book.rules.patience) else ""
        said = (each.what, each.why_them, each.kind, each.direction, each.channel or "")
        return _asked(each).isoformat(), state(book, each), still_open, *said, name_of(book, each.contact)

    with open_book(start) as book:
        found = matching(book, Ask, words, text_of)
        found.sort(key=lambda each: (_asked(each), each.created), reverse=sort == "newest")
        if json:
            say_json({"asks": [ask_json(book, each) for each in found]})
        else:
            say_rows([_ask_row(book, each) for each in found], words, _ASK)


def _asked(ask: Ask) -> Date:
    """Return the day under which an ask stands: when it was asked; a draft, when it was begun."""
    return asked_on(ask) or (ask.steps[0].date if ask.steps else ask.created.date())


def _ask_row(book: Book, ask: Ask) -> Sequence[str]:
    who = f"{_WAY[ask.direction]} {name_of(book, ask.contact)}"
    return tell_day(_asked(ask), book.today), "?", ask.kind, who, ask_told(book, ask), ask.what


def ask_told(book: Book, ask: Ask) -> str:
    """Return where an ask stands, in one line."""
    contact = book.get("contacts", ask.contact)
    name = first_name(contact) if isinstance(contact, Contact) else name_of(book, ask.contact)
    return tell_ask(ask, name, book.today, book.rules.patience)


@click.command()
@filter_words
@newest_or_oldest
@as_plain
@as_json
@click.pass_obj
def introductions(start: Start, words: str, sort: str, *, json: bool) -> None:
    """List introductions, by you and to you.

    Words are looked for in names, states and texts; "open" finds those that are under way.

    Example: relcraft list introductions open
    """

    def text_of(book: Book, each: Introduction) -> Iterable[str]:
        still_open = "open" if is_under_way(each) else ""
        people = (uid for uid in (each.broker, each.first, each.second) if uid is not None)
        return _since(each).isoformat(), state_of(each), still_open, each.text, *(name_of(book, uid) for uid in people)

    with open_book(start) as book:
        found = matching(book, Introduction, words, text_of)
        found.sort(key=lambda each: (_since(each), each.created), reverse=sort == "newest")
        if json:
            say_json({"introductions": [introduction_json(book, each) for each in found]})
        else:
            say_rows([_introduction_row(book, each) for each in found], words, _INTRODUCTION)


def _since(introduction: Introduction) -> Date:
    return introduction.steps[-1].date if introduction.steps else introduction.created.date()


def _introduction_row(book: Book, introduction: Introduction) -> Sequence[str]:
    when, told = tell_day(_since(introduction), book.today), introduction_told(book, introduction)
    return when, state_of(introduction), told, next_step(book, introduction)


def introduction_told(book: Book, introduction: Introduction) -> str:
    """Return who is introduced to whom, by whom: "Ada and Lee", "you to Lee, by Ada"."""
    second = name_of(book, introduction.second)
    if introduction.broker is None or introduction.first is not None:
        return f"{name_of(book, introduction.first or '')} and {second}"
    return f"you to {second}, by {name_of(book, introduction.broker)}"


@click.command()
@filter_words
@as_plain
@as_json
@click.pass_obj
def goals(start: Start, words: str, *, json: bool) -> None:
    """List goals, the open ones first.

    Words are looked for in kinds, states and texts.

    Example: relcraft list goals open
    """

    def text_of(_book: Book, each: Goal) -> Iterable[str]:
        return each.kind, each.state, each.words, each.outcome

    with open_book(start) as book:
        found = matching(book, Goal, words, text_of)
        found.sort(key=lambda each: (each.ended_on or Date.max, each.created), reverse=True)
        if json:
            say_json({"goals": [goal_json(book, each) for each in found]})
        else:
            say_rows([_goal_row(book, each) for each in found], words, _GOAL)


def _goal_row(book: Book, goal: Goal) -> Sequence[str]:
    day = goal.ended_on or goal.target_date
    when = "" if day is None else f"{'' if goal.ended_on else 'by '}{tell_day(day, book.today)}"
    behind = ", ".join(name_of(book, uid) for uid in goal.chain)
    return goal.state, when, goal.kind, goal.words, f"thanks to {behind}" if behind else ""


@click.command()
@filter_words
@as_plain
@as_json
@click.pass_obj
def ties(start: Start, words: str, *, json: bool) -> None:
    """List who knows whom, as noted by hand and by introductions.

    Words are looked for in names, strengths and where they come from.

    Example: relcraft list ties grace
    """

    def text_of(book: Book, each: Tie) -> Iterable[str]:
        return each.strength, each.origin, name_of(book, each.first), name_of(book, each.second)

    with open_book(start) as book:
        found = matching(book, Tie, words, text_of)
        found.sort(key=lambda each: (name_of(book, each.first), name_of(book, each.second)))
        if json:
            say_json({"ties": [tie_json(book, each) for each in found]})
        else:
            names = [(name_of(book, each.first), name_of(book, each.second), each) for each in found]
            say_rows([(first, second, each.strength, each.origin) for first, second, each in names], words, _TIE)


@click.command(short_help="List who could give what to whom.")
@filter_words
@as_plain
@as_json
@click.pass_obj
def matches(start: Start, words: str, *, json: bool) -> None:
    """List who could give what to whom: what one looks for beside what another, or you, can offer.

    Words are looked for in names and in what is wanted and offered.

    Example: relcraft list matches
    """
    with open_book(start) as book:
        found = [each for each in matches_of(book) if _meets(book, each, words)]
        if json:
            say_json({"matches": [_match_json(book, each) for each in found]})
        else:
            say_rows([_match_row(book, each) for each in found], words, _MATCH)


def _match_row(book: Book, matching: Matching) -> Sequence[str]:
    taker = name_of(book, matching.taker)
    return _giver(book, matching), f"can offer {matching.offered}", f"{taker} looks for {matching.wanted}"


def _giver(book: Book, matching: Matching) -> str:
    return "you" if matching.giver is None else name_of(book, matching.giver)


def _meets(book: Book, matching: Matching, words: str) -> bool:
    told = fold(" ".join((_giver(book, matching), name_of(book, matching.taker), matching.wanted, matching.offered)))
    return all(word in told for word in fold(words).split())


def _match_json(book: Book, matching: Matching) -> dict[str, object]:
    return {
        "giver": matching.giver,
        "giver_name": _giver(book, matching),
        "taker": matching.taker,
        "taker_name": name_of(book, matching.taker),
        "offered": matching.offered,
        "wanted": matching.wanted,
        "score": round(matching.score, 4),
    }
