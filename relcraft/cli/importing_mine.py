"""Who the user is in the files of an import: told, known from before, or asked once and remembered."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from relcraft.book.alone import alone
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.cli.terminal import tell
from relcraft.domain.changes import put
from relcraft.domain.errors import BadInput
from relcraft.domain.identity import email_key
from relcraft.domain.incoming import How, Myself
from relcraft.domain.text import clean_line

if TYPE_CHECKING:
    from relcraft.formats.reading import Handed, Look, Reading


def know_me(book: Book, rows: "Reading | Handed", mine: Sequence[str]) -> tuple[str, ...]:
    """Say to `rows` who the user is: by what they named, by the book, and by asking where a format needs it.

    Return the addresses that were named or asked for: those worth remembering. Raises `BadInput` where it has to be
    asked and nobody sits at a terminal.
    """
    said = myself(mine)
    known = said.joined(Myself(names=(book.me.name,) if book.me.name else (), emails=book.me.emails))
    rows.how = replace(rows.how, me=known)
    look = rows.look()
    told = known.joined(look.me)
    if not look.needs_me or _is_told(told, look):
        return said.emails
    chosen = myself(_asked(look))
    rows.how = How(known.joined(chosen), rows.how.columns, rows.how.day_first)
    return (*said.emails, *chosen.emails)


def myself(said: Sequence[str]) -> Myself:
    """Return who is meant by addresses, links, phone numbers and names."""
    cleaned = tuple(filter(None, map(clean_line, said)))
    emails = tuple(one for one in cleaned if "@" in one)
    urls = tuple(one for one in cleaned if "/" in one and one not in emails)
    phones = tuple(one for one in cleaned if one.startswith("+") or one.replace(" ", "").isdecimal())
    names = tuple(one for one in cleaned if one not in {*emails, *urls, *phones})
    return Myself(names, emails, phones, urls)


def _is_told(me: Myself, look: "Look") -> bool:
    """Whether one of those whom the files know is the user, as far as is known."""
    mine = {*map(email_key, me.emails), *map(email_key, me.names), *map(email_key, me.phones)}
    return bool(mine) and (not look.likely_mine or any(email_key(one) in mine for one, _count in look.likely_mine))


def _asked(look: "Look") -> list[str]:
    """Ask which of those who are in the files the user is; several by commas."""
    names = ", ".join(look.needs_me)
    likely = [one for one, _count in look.likely_mine]
    if not sys.stdin.isatty():
        first = likely[0] if likely else "you@example.org"
        raise BadInput(f"{names}: which addresses or names are yours? --me {first} says so, once for each.")
    tell(f"{names}: which of these are you? That is asked once, and kept in the book.")
    for number, (one, count) in enumerate(look.likely_mine, start=1):
        tell(f"  {number}  {one} ({count})")
    answer = click.prompt("Numbers or addresses, by commas", err=True, default="1" if likely else None)
    found = []
    for part in str(answer).split(","):
        word = clean_line(part)
        found.append(likely[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(likely) else word)
    return found


@alone
def remember_me(book: Book, emails: Sequence[str]) -> None:
    """Keep the user's addresses in the book, where they are new."""
    old = book.me
    known = {email_key(each) for each in old.emails}
    more = tuple(dict.fromkeys(each for each in emails if email_key(each) not in known))
    if more:
        new = replace(old, emails=(*old.emails, *more))
        stored = book.get("me", old.uid)
        book.change("your own addresses", put(old, touched(book, new)) if stored else put(None, stamped(book, new)))
