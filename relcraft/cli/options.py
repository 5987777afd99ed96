"""Options and arguments that several commands share."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from relcraft.domain.text import clean_line

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])
_UNDECODED = re.compile("[\udc80-\udcff]")
"""Bytes of an argument that are no text, as Python hands them on."""


def as_json(command: F) -> F:
    """Give a command that reads the option --json."""
    return click.option("--json", is_flag=True, help="As one JSON object, for other programs.")(command)


def words_argument(name: str, metavar: str, *, required: bool, people: bool = False) -> Callable[[F], F]:
    """Give a command an argument of words that needs no quotes; it comes in as one text under `name`.

    `people`: whether it names somebody, for the shell to complete.
    """

    def joined(_ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]) -> str:
        return _text(" ".join(words))

    return click.argument(
        name, nargs=-1, required=required, metavar=metavar, callback=joined, shell_complete=_completing((), people)
    )


def one_argument(
    name: str, metavar: str, *, required: bool = True, known: Iterable[str] = (), people: bool = False
) -> Callable[[F], F]:
    """Give a command an argument that is one text, in quotes where it has spaces; it comes in under `name`.

    `known`: what it may be, for the shell to complete; `people`: whether it names somebody, for the same.
    """
    return click.argument(
        name,
        metavar=metavar,
        required=required,
        callback=lambda _ctx, _param, said: _text(said or ""),
        shell_complete=_completing(known, people),
    )


def text_option(
    flag: str, name: str, metavar: str, words: str, *, known: Iterable[str] = (), people: bool = False
) -> Callable[[F], F]:
    """Give a command an option that takes a text, empty where it is left out; `words` are its help.

    `known` and `people`: as in `one_argument`.
    """
    return click.option(
        flag,
        name,
        metavar=metavar,
        default="",
        callback=lambda _ctx, _param, said: _text(said),
        help=words,
        shell_complete=_completing(known, people),
    )


_Completing = Callable[[click.Context, click.Parameter, str], "list[CompletionItem] | list[str]"]


def _completing(known: Iterable[str], people: bool) -> _Completing:  # noqa: FBT001 - both callers say what it is
    """Return what completes one of the known words; those of several words are joined, as no shell parts them then."""
    if people:
        return _people
    joined = [word.replace(" ", "-") for word in known]
    return lambda _ctx, _param, begun: [word for word in joined if word.startswith(begun.lower())]


def _people(ctx: click.Context, param: click.Parameter, begun: str) -> "list[CompletionItem] | list[str]":
    from relcraft.cli.completing import people  # noqa: PLC0415 - a shell asks for it, a user never does

    return people(ctx, param, begun)


def _text(said: str) -> str:
    if _UNDECODED.search(said):  # left out, letters of a name would be lost without a word
        raise click.BadParameter("this is no text in UTF-8.")
    return clean_line(said)


class WithUsual(click.Group):
    """A group whose first command is meant where none is named: `ask grace referral` is `ask add grace referral`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what follows the group's name."""
        named = {*self.commands, *ctx.help_option_names}
        return super().parse_args(ctx, args if not args or args[0] in named else [next(iter(self.commands)), *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
        """Return how `incomplete` may go on: as one of the commands, or as what the first one takes first."""
        found = super().shell_complete(ctx, incomplete)
        name, usual = next(iter(self.commands.items()))
        with usual.make_context(name, [], parent=ctx, resilient_parsing=True) as inner:
            first = next((each for each in usual.params if isinstance(each, click.Argument)), None)
            return found if first is None else [*found, *first.shell_complete(inner, incomplete)]


filter_words = words_argument("words", "[FILTER]", required=False)
who_argument = words_argument("who", "WHO", required=True, people=True)
anyone_argument = words_argument("who", "[WHO]", required=False, people=True)
