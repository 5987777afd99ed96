"""The commands `goal` and `me`: what you are after and who led there; what you say of yourself."""

from dataclasses import replace

import click

from relcraft.book import goals as verbs
from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.cli.as_json import record_json
from relcraft.cli.asking import contact_called
from relcraft.cli.days import day_ahead, on_option, past_day
from relcraft.cli.meaning import the_goal, word_of
from relcraft.cli.options import as_json, one_argument, text_option, words_argument
from relcraft.cli.terminal import say_json, say_table, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import NotFound, NotUnique
from relcraft.domain.records import Goal, Me
from relcraft.domain.telling import tell_choice
from relcraft.domain.words import GoalKind, GoalState

_goal_argument = words_argument("said", "GOAL", required=True)
_outcome_option = text_option("--outcome", "outcome", "TEXT", "How it went.")


@click.group()
def goal() -> None:
    """Keep what you are after, and who led there.

    GOAL is a few of its words.

    Example: relcraft goal add hired a job with data --by 2027-03-01
    """


@goal.command()
@one_argument("kind", "KIND", known=GoalKind)
@words_argument("words", "WORDS", required=True)
@click.option("--by", "by", metavar="DAY", help='By when: 2026-12-01, "in 6 months".')
@click.pass_obj
def add(start: Start, kind: str, words: str, by: str | None) -> None:
    """Add a goal, in your own words. KIND is career, switch, hired, promoted or other.

    Example: relcraft goal add switch from testing to data
    """
    with open_book(start) as book:
        new = Goal(uid="", kind=word_of(GoalKind, kind, "kind of goal"), words=words, target_date=day_ahead(book, by))
        tell(f'Saved: goal "{verbs.add_goal(book, new).words}".')


@goal.command(short_help="Note that a goal was reached.")
@_goal_argument
@_outcome_option
@on_option
@click.pass_obj
def reach(start: Start, said: str, outcome: str, on: str | None) -> None:
    """Note that a goal was reached; whose help led there is kept with it.

    Example: relcraft goal reach job --outcome "I start in March"
    """
    with open_book(start) as book:
        one = the_goal(book, said, GoalState.OPEN, GoalState.LET_GO)
        tell(f"Saved: {verbs.reach(book, one.uid, outcome=outcome, on=past_day(book, on)).title}.")
        chain = book.one(Goal, one.uid).chain
        if chain:
            tell(f"Behind it: {_names(book, chain)}. Each of them may like to hear of it: relcraft goal tell WHO")


def _names(book: Book, uids: tuple[str, ...]) -> str:
    return ", ".join(names_of(book, (uid,)) for uid in uids)


@goal.command("let-go")
@_goal_argument
@_outcome_option
@on_option
@click.pass_obj
def let_go(start: Start, said: str, outcome: str, on: str | None) -> None:
    """Note that a goal is no longer one.

    Example: relcraft goal let-go job
    """
    with open_book(start) as book:
        one = the_goal(book, said, GoalState.OPEN)
        tell(f"Saved: {verbs.let_go(book, one.uid, outcome=outcome, on=past_day(book, on)).title}.")


@goal.command()
@_goal_argument
@click.pass_obj
def reopen(start: Start, said: str) -> None:
    """Take a goal up again that was reached or let go.

    Example: relcraft goal reopen job
    """
    with open_book(start) as book:
        one = the_goal(book, said, GoalState.REACHED, GoalState.LET_GO)
        tell(f"Saved: {verbs.reopen(book, one.uid).title}.")


@goal.command("tell")
@one_argument("who", "WHO", people=True)
@text_option("--goal", "said", "GOAL", "Which one, where WHO is behind several.")
@on_option
@click.pass_obj
def tell_(start: Start, who: str, said: str, on: str | None) -> None:
    """Note that somebody who led to a goal heard that it was reached.

    Example: relcraft goal tell grace
    """
    with open_book(start) as book:
        contact = contact_called(book, who)
        one = the_goal(book, said, GoalState.REACHED) if said else _told_next(book, contact.uid, contact.name)
        tell(f"Saved: {verbs.tell(book, one.uid, contact.uid, past_day(book, on)).title}.")


def _told_next(book: Book, contact: str, name: str) -> Goal:
    """Return the one goal that a contact led to and has not heard of. Raises `NotFound`, `NotUnique`."""
    waiting = [each for each in book.all(Goal) if contact in verbs.untold(each)]
    if not waiting:
        raise NotFound(f"{name} is behind no goal that is still to be told of.")
    if len(waiting) > 1:
        could = tell_choice([f'"{each.words}"' for each in waiting])
        raise NotUnique(f"{name} is behind several goals: {could}? --goal says which.")
    return waiting[0]


@click.command(short_help="Show or set what you say of yourself.")
@click.option("--name", help="Your name, under messages.")
@click.option("--organisation", help="Where you work.")
@click.option("--can-offer", "can_offer", multiple=True, metavar="THING", help="What you can offer; may come often.")
@click.option("--looking-for", "looking_for", multiple=True, metavar="THING", help="What you look for; may come often.")
@click.option("--email", "emails", multiple=True, metavar="ADDRESS", help="An address of your own; may come often.")
@as_json
@click.pass_obj
def me(  # noqa: PLR0917 - click hands each option over by its name
    start: Start,
    name: str | None,
    organisation: str | None,
    can_offer: tuple[str, ...],
    looking_for: tuple[str, ...],
    emails: tuple[str, ...],
    *,
    json: bool,
) -> None:
    """Show what you say of yourself, or set it: your name, and what you can do for others.

    Each list that is given takes the place of the one that was there; one empty text empties it.

    Example: relcraft me --can-offer "talks on data" --can-offer feedback
    """
    said = {
        "name": name,
        "organisation": organisation,
        "can_offer": can_offer or None,
        "looking_for": looking_for or None,
        "emails": emails or None,
    }
    new = {field: value for field, value in said.items() if value is not None}
    if new and json:
        raise click.UsageError("--json shows, and goes with nothing that is set.")
    with open_book(start) as book:
        if new:
            verbs.set_me(book, replace(book.me, **new))  # type: ignore[arg-type]  # each value is of its field's kind
            tell("Saved: what you say of yourself.")
        elif json:
            say_json({"me": [record_json(book.me)]})
        else:
            _say_me(book.me)


def _say_me(one: Me) -> None:
    known = (
        ("name", one.name),
        ("organisation", one.organisation),
        ("can offer", ", ".join(one.can_offer)),
        ("looking for", ", ".join(one.looking_for)),
        ("own addresses", ", ".join(one.emails)),
    )
    rows = [(label, value) for label, value in known if value]
    if rows:
        say_table(rows)
    else:
        tell("Nothing yet: relcraft me --help says what there could be.")
