"""Options and arguments that several commands share."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from relcraft.domain.text import clean_line

F = TypeVar("F", bound=Callable[..., Any])
_UNDECODED = re.compile("[\udc80-\udcff]")
"""Bytes of an argument that are no text, as Python hands them on."""


def as_json(command: F) -> F:
    """Give a command that reads the option --json."""
    return click.option("--json", is_flag=True, help="As one JSON object, for other programs.")(command)


def words_argument(name: str, metavar: str, *, required: bool) -> Callable[[F], F]:
    """Give a command an argument of words that needs no quotes; it comes in as one text under `name`."""

    def joined(_ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]) -> str:
        text = " ".join(words)
        if _UNDECODED.search(text):  # left out, letters of a name would be lost without a word
            raise click.BadParameter("this is no text in UTF-8.")
        return clean_line(text)

    return click.argument(name, nargs=-1, required=required, metavar=metavar, callback=joined)


filter_words = words_argument("words", "[FILTER]", required=False)
who_argument = words_argument("who", "WHO", required=True)
anyone_argument = words_argument("who", "[WHO]", required=False)
