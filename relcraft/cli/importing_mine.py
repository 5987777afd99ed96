"""Who the user is in the files of an import: told, known from before, or asked once and remembered."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from relcraft.book.mine import chosen, is_among, known_me, myself
from relcraft.book.open import Book
from relcraft.cli.terminal import tell
from relcraft.domain.errors import BadInput
from relcraft.domain.incoming import NOBODY, Myself

if TYPE_CHECKING:
    from relcraft.formats.reading import Handed, Look, Reading


def know_me(book: Book, rows: "Reading | Handed", mine: Sequence[str], settled: Myself = NOBODY) -> tuple[str, ...]:
    """Say to `rows` who the user is: by what they named, by settings, by the book, and by asking where it is needed.

    Return the addresses that were named or asked for: those worth remembering. Raises `BadInput` where it has to be
    asked and nobody sits at a terminal.
    """
    said = myself(mine)
    known = said.joined(settled).joined(known_me(book))
    rows.how = replace(rows.how, me=known)
    look = rows.look()
    if not look.needs_me or is_among(known.joined(look.me), look.likely_mine):
        return said.emails
    answered = myself(_asked(look))
    rows.how = replace(rows.how, me=known.joined(answered))
    return (*said.emails, *answered.emails)


def _asked(look: "Look") -> list[str]:
    """Ask which of those who are in the files the user is; several by commas."""
    names = ", ".join(look.needs_me)
    if not sys.stdin.isatty():
        first = look.likely_mine[0][0] if look.likely_mine else "you@example.org"
        raise BadInput(f'{names}: which addresses or names are yours? --me "{first}" says so, once for each.')
    tell(f"{names}: which of these are you? That is asked once, and kept in the book.")
    for number, (one, count) in enumerate(look.likely_mine, start=1):
        tell(f"  {number}  {one} ({count})")
    answer = click.prompt("Numbers or addresses, by commas", err=True, default="1" if look.likely_mine else None)
    return chosen(str(answer), look.likely_mine)
