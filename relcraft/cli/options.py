"""Options and arguments that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from relcraft.domain.text import clean_line

F = TypeVar("F", bound=Callable[..., Any])


def as_json(command: F) -> F:
    """Give a command that reads the option --json."""
    return click.option("--json", is_flag=True, help="As one JSON object, for other programs.")(command)


def words_argument(name: str, metavar: str, *, required: bool) -> Callable[[F], F]:
    """Give a command an argument of words that needs no quotes; it comes in as one text under `name`."""

    def joined(_ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]) -> str:
        return clean_line(" ".join(words))

    return click.argument(name, nargs=-1, required=required, metavar=metavar, callback=joined)


filter_words = words_argument("words", "[FILTER]", required=False)
who_argument = words_argument("who", "WHO", required=True)
anyone_argument = words_argument("who", "[WHO]", required=False)
