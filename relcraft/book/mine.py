"""Who the user is in other programs' files: what they said, what the book knows, and what is worth remembering."""

from collections.abc import Sequence
from dataclasses import replace

from relcraft.book.alone import alone
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.identity import email_key
from relcraft.domain.incoming import Myself
from relcraft.domain.records import Me
from relcraft.domain.text import clean_line


def myself(said: Sequence[str]) -> Myself:
    """Return who is meant by addresses, links, phone numbers and names."""
    cleaned = tuple(dict.fromkeys(filter(None, map(clean_line, said))))
    emails = tuple(one for one in cleaned if "@" in one)
    urls = tuple(one for one in cleaned if "/" in one and one not in emails)
    phones = tuple(one for one in cleaned if one.startswith("+") or one.replace(" ", "").isdecimal())
    names = tuple(one for one in cleaned if one not in {*emails, *urls, *phones})
    return Myself(names, emails, phones, urls)


def known_me(book: Book) -> Myself:
    """Return who the user is as far as the book knows."""
    me = book.me
    return Myself(names=(me.name,) if me.name else (), emails=me.emails)


def is_among(me: Myself, likely: Sequence[tuple[str, int]]) -> bool:
    """Whether it is known which of those whom files name may be the user: one of them, or nobody is named at all."""
    mine = {email_key(one) for one in (*me.emails, *me.names, *me.phones)}
    return bool(mine) and (not likely or any(email_key(one) in mine for one, _count in likely))


def chosen(answer: str, likely: Sequence[tuple[str, int]]) -> list[str]:
    """Return what an answer says: numbers of those in `likely`, or addresses and names, by commas."""
    found = []
    for part in answer.split(","):
        word = clean_line(part)
        is_number = word.isascii() and word.isdecimal() and len(word) < 4 and 0 < int(word) <= len(likely)
        found.append(likely[int(word) - 1][0] if is_number else word)
    return [word for word in found if word]


@alone
def remember_me(book: Book, emails: Sequence[str]) -> Change | None:
    """Keep addresses of the user's own in the book; None where all of them are known. Raises `NotKept`."""
    new = with_emails(book.me, emails)
    return None if new == book.me else book.change("your own addresses", kept_me(book, new))


def with_emails(me: Me, emails: Sequence[str]) -> Me:
    """Return what the user says of themselves with those addresses that are not in it."""
    known = {email_key(each) for each in me.emails}
    more = tuple(dict.fromkeys(each for each in emails if email_key(each) not in known))
    return replace(me, emails=(*me.emails, *more)) if more else me


def kept_me(book: Book, new: Me) -> Op:
    """Return the op that stores what the user says of themselves."""
    stored = book.get("me", new.uid)
    return put(None, stamped(book, new)) if stored is None else put(stored, touched(book, new))
