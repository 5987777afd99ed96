"""Contacts that may be one person: who they are, and the verbs that make them one or keep them apart."""

from collections.abc import Iterable, Mapping, Sequence

from relcraft.book.alone import alone
from relcraft.book.derived import Derived
from relcraft.book.naming import names_of
from relcraft.book.one_of_two import united_ops
from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.book.verbs import stamped
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.documents import TABLE_OF, from_document
from relcraft.domain.duplicates import Candidate, Lookalikes, Pair, Strength, apart_uid, judge, pair_of
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Apart, Contact
from relcraft.domain.resemblance import features_of
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

_CONTACTS, _APART = TABLE_OF[Contact], TABLE_OF[Apart]


class _Look:
    """A look for pairs, as far as it came: it is in step with the book all the time."""

    def __init__(self, contacts: Iterable[str], apart: Iterable[Pair]) -> None:
        self.known = Lookalikes((), apart)
        self.to_read = list(contacts)
        self.is_done = False

    def go_on(self, book: Book, most: int) -> None:
        """Read so many more contacts; after the last, judge as many more pairs."""
        if self.to_read:
            self.to_read, now = self.to_read[most:], self.to_read[:most]
            for contact in (book.get(_CONTACTS, uid) for uid in now):
                if isinstance(contact, Contact):
                    self.known.learn(contact)
        else:
            self.is_done = self.known.judge_some(most)


def candidates(book: Book) -> Sequence[Candidate]:
    """Return the pairs that may be one person, the surest first; those that are kept apart are left out."""
    look = _LOOKS.of(book)
    look.go_on(book, len(look.to_read))
    look.is_done = True
    return look.known.candidates()


def is_counted(book: Book) -> bool:
    """Whether `candidates` answers at once: on a large book the first look takes a moment."""
    return _LOOKS.is_at_hand(book) and _LOOKS.of(book).is_done


def look_on(book: Book, most: int) -> float:
    """Go on with the first look by `most` contacts or pairs, and return how much of it is done: 1 is all.

    Who has a screen to draw does so in between.
    """
    look = _LOOKS.of(book)
    if not look.is_done:
        look.go_on(book, most)
    read = 1 - len(look.to_read) / max(1, book.count(Contact))
    return 1.0 if look.is_done else max(0.0, min(0.99, read))


def _begun(book: Book) -> _Look:
    apart = (pair_of(each.first, each.second) for each in book.all(Apart))
    return _Look((uid for uid, _name in book.columns(Contact, name=Text)), apart)


def _follow(look: _Look, op: Op) -> bool:
    if op.table == _CONTACTS:
        if op.after is None:
            look.known.forget(op.uid)
        else:
            look.known.learn(from_document(Contact, {**op.after, "uid": op.uid}))
    elif op.table == _APART:
        for document, apart in ((op.before, False), (op.after, True)):
            if document is not None:
                record = from_document(Apart, document)
                look.known.keep_apart(pair_of(record.first, record.second), apart=apart)
    return True


_LOOKS = Derived(_begun, _follow, of_a_day=False)


def who_stays(book: Book, candidate: Candidate) -> tuple[str, str]:
    """Return the two with the one first that is the better one to keep: of whom more is known here.

    Not in the archive, with a circle, with more in the timeline, with more fields, noted earlier: what differs first.
    """
    one, other = sorted(candidate.pair, key=lambda uid: _worth(book, uid), reverse=True)
    return one, other


def _worth(book: Book, uid: str) -> tuple[bool, bool, int, int, float]:
    contact = book.contact(uid)
    said = sum(bool(getattr(contact, name)) for name in ("emails", "phones", "urls", "birthday", "notes", "role"))
    known = contact.circle is not None
    return not contact.archived, known, len(book.timeline(uid)), said, -contact.created.timestamp()


# Verbs


@alone
def unite(book: Book, keep_uid: str, other_uid: str) -> Change:
    """Make two contacts one, in one change: `keep_uid` stays, with all that either says; what hung on either is his.

    Raises `NotFound` where one of them is no longer in the book, `BadInput` where they are one already.
    """
    if keep_uid == other_uid:
        raise BadInput("That is one person already.")
    kept, other = book.contact(keep_uid), book.contact(other_uid)
    ours, theirs = clean_line(kept.name), clean_line(other.name)
    title = f"two {ours} made one" if ours == theirs else f"{theirs} is {ours}, made one"
    return book.change(title, *united_ops(book, {other_uid: keep_uid}))


@alone
def unite_certain(book: Book) -> Change:
    """Make all pairs one in which the name and an address, phone or link agree, and nothing is against it.

    One change. Who would be drawn together with somebody who is kept apart, or is another person, is left as it is.
    Raises `BadInput` where there is no such pair.
    """
    into = certain(book)
    if not into:
        raise BadInput("There is no pair of which that is certain.")
    pairs = tell_count(len(into), "pair")
    return book.change(
        f"{pairs} made one: {names_of(book, list(dict.fromkeys(into.values())))}", *united_ops(book, into)
    )


def certain(book: Book) -> Mapping[str, str]:
    """Return who would be made one without a doubt: the uid of each who goes, with that of who stays."""
    groups: dict[str, set[str]] = {}
    sure = [candidate for candidate in candidates(book) if candidate.is_certain]
    kept_apart = {pair_of(each.first, each.second) for each in book.all(Apart)}
    for candidate in sure:
        ours, theirs = (groups.get(uid, {uid}) for uid in candidate.pair)
        if ours is not theirs and all(_may_be_one(book, one, other, kept_apart) for one in ours for other in theirs):
            group = ours | theirs
            groups.update(dict.fromkeys(group, group))
    return {uid: stays for stays, group in _stayers(book, groups.values()) for uid in sorted(group) if uid != stays}


def _stayers(book: Book, groups: Iterable[set[str]]) -> Iterable[tuple[str, set[str]]]:
    """Yield each group once, with who of it stays."""
    for group in {id(group): group for group in groups}.values():
        yield max(sorted(group), key=lambda uid: _worth(book, uid)), group


def _may_be_one(book: Book, one: str, other: str, kept_apart: set[Pair]) -> bool:
    """Whether nothing says that two contacts, of whom each is surely a third, are two people."""
    if pair_of(one, other) in kept_apart:
        return False
    found = judge(features_of(book.contact(one)), features_of(book.contact(other)))
    return found is None or found.strength is not Strength.UNLIKELY


@alone
def keep_apart(book: Book, one: str, other: str) -> Change:
    """Note that two contacts are two people: nobody asks again. Raises `NotFound`, `BadInput` where that is noted."""
    if one == other:
        raise BadInput("That is one person.")
    first, second = pair_of(book.contact(one).uid, book.contact(other).uid)
    uid = apart_uid(first, second)
    if book.get(_APART, uid) is not None:
        raise BadInput("That they are two people is noted already.")
    ours, theirs = (clean_line(book.contact(each).name) for each in (one, other))
    title = f"two people called {ours}" if ours == theirs else f"{ours} and {theirs} are two people"
    return book.change(title, put(None, stamped(book, Apart(uid=uid, first=first, second=second))))
