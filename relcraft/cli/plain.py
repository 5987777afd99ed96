"""Plain lines, for screen readers: a label and a value each; no columns, no bars, no signs to guess at."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from relcraft.cli.terminal import say
from relcraft.domain.text import clean_line

F = TypeVar("F", bound=Callable[..., Any])
PLAIN_VARIABLE = "RELCRAFT_PLAIN"
_KEY = "relcraft.plain"
_SIGNS = {"·": "", "?": "", "!": "", "+": "planned", ">": "given", "<": "received"}
"""What a sign that stands alone in a cell says in words; empty where the others say it."""


def _noted(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    ctx.meta[_KEY] = bool(value)


def as_plain(command: F) -> F:
    """Give a command the option --plain; `is_plain` tells what was said."""
    return click.option(
        "--plain",
        is_flag=True,
        envvar=PLAIN_VARIABLE,
        expose_value=False,
        callback=_noted,
        help="A label and a value a line, for screen readers.",
    )(command)


def is_plain() -> bool:
    """Tell whether the command that runs was asked for plain lines."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_KEY))


def say_plain(label: str, value: str) -> None:
    """Write one value with its label; nothing where there is none."""
    told = " ".join(clean_line(value).replace(" · ", ", ").strip(" ·").split())
    if told:
        say(f"{label}: {told}")


def say_records(rows: Iterable[Sequence[str]], labels: Sequence[str]) -> None:
    """Write rows one after the other, each cell with the label of its column, and an empty line between two."""
    for number, row in enumerate(rows):
        if number:
            say("")
        for label, cell in zip(labels, row, strict=True):
            say_plain(label, _SIGNS.get(cell, cell))
