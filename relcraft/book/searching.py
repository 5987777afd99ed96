"""The filter and the orders of the contact list."""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from relcraft.domain.balance import Balance, Standing
from relcraft.domain.records import Contact, Date
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.warmth import Warmth, WarmthReading
from relcraft.domain.words import Circle

_MOST_DIGITS = 9
"""Of a number of days: a longer one is beyond every date as well, and Python reads none of thousands of digits."""
_WORDS = re.compile(r'(?:"[^"]*"?|[^\s"])+')


class Order(StrEnum):
    """What the contact list can be sorted by."""

    DUE = "due"
    NAME = "name"
    LAST_CONTACT = "last contact"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Facts(Value):
    """What the filter may look at, for one contact. All else is found out only where a word asks for it."""

    contact: Contact
    today: Date
    warmth_of: Callable[[str], WarmthReading]
    balance_of: Callable[[str], Balance]

    @property
    def warmth(self) -> WarmthReading:
        """How warm the relationship is."""
        return self.warmth_of(self.contact.uid)

    @property
    def balance(self) -> Balance:
        """How give and take stand."""
        return self.balance_of(self.contact.uid)

    def is_due_within(self, days: int) -> bool:
        """Whether the next contact is wanted by then."""
        due_on = self.warmth.due_on
        return due_on is not None and due_on.toordinal() - self.today.toordinal() <= days


Test = Callable[[Facts], bool]

_LEANS = {
    "given": Standing.GIVEN_MORE,
    "received": Standing.RECEIVED_MORE,
    "even": Standing.EVEN,
    "nothing": Standing.NOTHING_YET,
}


def haystack(contact: Contact) -> str:
    """Return what the filter's plain words look through: names, organisation, role, tags and notes, folded."""
    parts = (
        contact.name,
        contact.sort_name,
        *contact.nicknames,
        contact.organisation,
        contact.role,
        *(f"#{tag}" for tag in contact.tags),
        contact.notes,
    )
    return fold("\n".join(parts))


def words_of(text: str) -> tuple[list[str], list[Test]]:
    """Return the plain words of a filter, and a test for each of the others; a contact passes that meets them all.

    "In quotes" several words are one: org:"corvane retail". An unknown `x:` is a plain word.
    """
    plain: list[str] = []
    tests: list[Test] = []
    for quoted in _WORDS.findall(fold(clean_line(text))):
        word = quoted.replace('"', "")
        name, colon, value = word.partition(":")
        make = _SPECIAL.get(name) if colon else None
        test = make(value) if make is not None else None
        if test is not None:
            tests.append(test)
        elif word:
            plain.append(word)
    return plain, tests


def _due(value: str) -> Test:
    if value.isdecimal():
        days = int(value.lstrip("0")[:_MOST_DIGITS] or "0")
        return lambda facts: facts.is_due_within(days)
    if not value:
        return lambda facts: facts.warmth.is_due
    states = [state for state in Warmth if state.startswith(value)]
    return lambda facts: facts.warmth.state in states


def _tag(value: str) -> Test:
    return lambda facts: any(fold(tag).startswith(value) for tag in facts.contact.tags)


def _circle(value: str) -> Test:
    if value in ("none", "-"):
        return lambda facts: facts.contact.circle is None
    circles = [circle for circle in Circle if circle.startswith(value)]
    return lambda facts: facts.contact.circle in circles


def _lean(value: str) -> Test | None:
    standing = next((_LEANS[name] for name in _LEANS if value and name.startswith(value)), None)
    return None if standing is None else lambda facts: facts.balance.standing is standing


def _org(value: str) -> Test:
    return lambda facts: value in fold(facts.contact.organisation) if value else bool(facts.contact.organisation)


_SPECIAL: dict[str, Callable[[str], Test | None]] = {
    "due": _due,
    "tag": _tag,
    "circle": _circle,
    "lean": _lean,
    "org": _org,
}


Key = tuple[float, float, str]


def sort_key(
    order: Order, contact: Contact, warmth: Callable[[str], WarmthReading], frequency: Callable[[str], int]
) -> Key:
    """Return what to sort a contact by, smallest first; ties go by name."""
    name = fold(contact.sort_name or contact.name)
    match order:
        case Order.NAME:
            return 0, 0, name
        case Order.LAST_CONTACT:
            last = warmth(contact.uid).last
            return (1, 0, name) if last is None else (0, -last.on.toordinal(), name)
        case Order.FREQUENCY:
            last = warmth(contact.uid).last
            return -frequency(contact.uid), 0 if last is None else -last.on.toordinal(), name
        case Order.DUE:
            return *_due_place(contact, warmth(contact.uid)), name


def _due_place(contact: Contact, reading: WarmthReading) -> tuple[float, float]:
    """Who is due comes first, then who will be. A silence of years asks for nothing today, nor does who wants peace."""
    if reading.due_on is None or contact.do_not_disturb:
        return 3, float(reading.state is Warmth.NEW)
    if reading.state is Warmth.DORMANT:
        return 2, reading.due_on.toordinal()
    return (0, -reading.lateness) if reading.is_due else (1, reading.due_on.toordinal())


class Ranking:
    """All contacts in one order, kept sorted through each change."""

    def __init__(self, uids: Iterable[str], key_of: Callable[[str], Key]) -> None:
        self._key_of = key_of
        self._keys = {uid: key_of(uid) for uid in uids}
        self._sorted = sorted((key, uid) for uid, key in self._keys.items())

    def __iter__(self) -> Iterator[str]:
        return (uid for _key, uid in self._sorted)

    def move(self, uid: str, *, there: bool) -> None:
        """Put a contact where it belongs now; `there` is False where it is no longer in the book."""
        old = self._keys.pop(uid, None)
        if old is not None:
            del self._sorted[bisect_left(self._sorted, (old, uid))]
        if there:
            key = self._keys[uid] = self._key_of(uid)
            insort(self._sorted, (key, uid))
