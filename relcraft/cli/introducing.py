"""The commands `introduce` and `tie`: bringing two together, and noting who knows whom."""

import click

from relcraft.book import introductions as verbs
from relcraft.book import ties
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.verbs import delete
from relcraft.cli.asking import NEW_MAY_COME, contact_called
from relcraft.cli.days import on_option, past_day
from relcraft.cli.meaning import the_introduction, word_of
from relcraft.cli.options import WithUsual, one_argument, text_option, words_argument
from relcraft.cli.terminal import tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import NotFound
from relcraft.domain.introducing import DONE, TABLE, WAY, state_of
from relcraft.domain.records import Introduction
from relcraft.domain.words import IntroductionState, TieStrength


@click.group(cls=WithUsual, short_help="Bring two people together.")
def introduce() -> None:
    """Bring two people together, each having agreed first, or note that somebody does so for you.

    Example: relcraft introduce ada "raj patel" --about compilers
    """


@introduce.command(short_help="Begin an introduction.")
@one_argument("first", "A", people=True)
@one_argument("second", "[B]", required=False, people=True)
@text_option("--broker", "broker", "WHO", "Who introduces you, to A; there is no B then.", people=True)
@text_option("--about", "text", "TEXT", "What for.")
@text_option("--state", "state", "STATE", f"How far it has come: {', '.join(WAY)}.", known=WAY)
@on_option
@click.option("--new", "allow_new", is_flag=True, help="The last one named may be somebody new.")
@click.pass_obj
def begin(
    start: Start, first: str, second: str, *, broker: str, text: str, state: str, on: str | None, allow_new: bool
) -> None:
    """Begin an introduction: of A and B by you, or (--broker WHO) of you to A.

    Example: relcraft introduce "Lee Chen" --broker grace --new --state made
    """
    if bool(second) == bool(broker):
        raise click.UsageError("Two people were expected, A and B; or one alone, and --broker WHO.")
    with open_book(start) as book:
        how_far = word_of(WAY, state, "state that an introduction begins in") if state else IntroductionState.IDEA
        day, to = past_day(book, on), second or first
        with book.alone():
            is_new = allow_new and bool(to) and not book.named(to)
            said = Introduction(
                uid="",
                broker=contact_called(book, broker).uid if broker else None,
                first=None if broker else contact_called(book, first).uid,
                second="" if is_new else contact_called(book, to, hint=NEW_MAY_COME).uid,
                text=text,
            )
            if said.second:
                new = verbs.begin(book, said, state=how_far, on=day)
            else:
                new = verbs.begin_with_new(book, said, to, state=how_far, on=day)
        _tell_of(book, new.uid, title_of(book, new))


def _tell_of(book: Book, uid: str, title: str) -> None:
    """Tell what was saved, and whose turn it is now."""
    tell(" ".join(filter(None, (f"Saved: {title}.", verbs.next_step(book, book.one(Introduction, uid))))))


@introduce.command(short_help="Take an introduction further.")
@one_argument("who", "WHO", people=True)
@one_argument("state", "STATE", known=IntroductionState)
@text_option("--with", "other", "WHO", "The other one, where there are several.", people=True)
@on_option
@click.pass_obj
def move(start: Start, who: str, state: str, *, other: str, on: str | None) -> None:
    """Take an introduction further: first-agreed, both-agreed, made, met, outcome-told, rested or idea.

    "made" writes the help and the tie that it is.

    Example: relcraft introduce move ada both-agreed
    """
    with open_book(start) as book:
        to = word_of(IntroductionState, state, "state of an introduction")
        one = the_introduction(
            book, who, other, lambda each: to in TABLE[state_of(each)], told=f'can go on to "{to}" now'
        )
        change = verbs.move(book, one.uid, to, on=past_day(book, on))
        _tell_of(book, one.uid, change.title)


@introduce.command()
@one_argument("who", "WHO", people=True)
@words_argument("text", "TEXT", required=True)
@text_option("--with", "other", "WHO", "The other one, where there are several.", people=True)
@on_option
@click.pass_obj
def outcome(start: Start, who: str, text: str, *, other: str, on: str | None) -> None:
    """Note how an introduction went, once it was told.

    Example: relcraft introduce outcome ada they write a paper together
    """
    with open_book(start) as book:
        one = the_introduction(book, who, other, lambda each: state_of(each) in DONE, told="was made yet")
        tell(f"Saved: {verbs.outcome(book, one.uid, text, past_day(book, on)).title}.")


@click.command(short_help="Note that two people know each other.")
@one_argument("first", "A", people=True)
@one_argument("second", "B", people=True)
@text_option(
    "--strength", "strength", "STRENGTH", f"How well: {', '.join(TieStrength)}; else ordinary.", known=TieStrength
)
@click.option("--remove", is_flag=True, help="Take the tie away.")
@click.pass_obj
def tie(start: Start, first: str, second: str, *, strength: str, remove: bool) -> None:
    """Note that A and B know each other, or how well.

    Example: relcraft tie ada raj --strength strong
    """
    if remove and strength:
        raise click.UsageError("--remove and --strength do not go together.")
    with open_book(start) as book:
        one, other = contact_called(book, first), contact_called(book, second)
        if remove:
            known = ties.tie_between(book, one.uid, other.uid)
            if known is None:
                raise NotFound(f"No tie between {one.name} and {other.name} is noted.")
            tell(f"Saved: {delete(book, [known.uid]).title}.")
            return
        how = word_of(TieStrength, strength, "strength") if strength else TieStrength.ORDINARY
        new = ties.add_tie(book, one.uid, other.uid, how)
        tell(f"Saved: {one.name} and {other.name} know each other ({new.strength}).")
