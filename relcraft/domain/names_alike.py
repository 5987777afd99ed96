"""How far two names agree: the same but for accents, order or a title, a nickname, an initial, nearly the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from relcraft.domain.identity import name_key
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value

_TITLES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "herr", "frau", "phd", "md", "mba", "msc", "bsc"}
    | {"ing", "dipl", "mag"}
)
_GENERATIONS = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
_SPELT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("æ", "a"), ("ø", "o"), ("œ", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i"))
"""Spellings that one program keeps and another does not: Müller and Mueller, Søren and Soren."""
_SHORT_FORM = 3
"""Letters from which on the beginning of a first name may be a short form of it."""
_NEARLY = 85
"""Of 100: from here on two names may be one, misspelt."""
_LONGEST = 120
"""Letters of a name that are compared; nobody has more."""


class Alike(IntEnum):
    """How far two names agree, from not at all to wholly."""

    NOT = 0
    UNKNOWN = 1
    FIRST = 2
    VARIANT = 3
    NICKNAME = 4
    NEARLY_SAME = 5
    SAME = 6


WEIGHT = {
    Alike.NOT: 0,
    Alike.UNKNOWN: 4,
    Alike.FIRST: 4,
    Alike.VARIANT: 4,
    Alike.NICKNAME: 6,
    Alike.NEARLY_SAME: 6,
    Alike.SAME: 6,
}
"""What that weighs beside an address that agrees, which weighs 4."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Called(Value):
    """What somebody is called, in comparable form."""

    exact: str
    words: tuple[str, ...]
    """The name without titles, accents and case; none where it is an address."""
    generation: frozenset[str]
    """Whether somebody is the junior, the third."""
    short_names: frozenset[str]
    """Nicknames of one word."""
    other_names: frozenset[tuple[str, ...]]
    """Nicknames of several words, sorted."""

    @property
    def in_any_order(self) -> tuple[str, ...]:
        """The words of the name, sorted."""
        return tuple(sorted(self.words))

    @property
    def first(self) -> str:
        """The first name as it is written; all of a name that begins with the family's."""
        words = [word for word in self.exact.split(" ") if fold(word).strip(".,") not in _TITLES]
        return words[0] if words and "," not in self.exact else self.exact


Told = tuple[Alike, str]
"""How far two names agree, and that in words."""


def called(name: str, nicknames: Iterable[str]) -> Called:
    """Return a name and nicknames in comparable form."""
    every = _words(name)
    others = [_words(nickname) for nickname in nicknames]
    return Called(
        exact=clean_line(name),
        words=tuple(word for word in every if word not in _TITLES and word not in _GENERATIONS) or every,
        generation=frozenset(every) & _GENERATIONS,
        short_names=frozenset(words[0] for words in others if len(words) == 1),
        other_names=frozenset(tuple(sorted(words)) for words in others if len(words) > 1),
    )


def _words(name: str) -> tuple[str, ...]:
    if "@" in name:
        return ()
    key = name_key(name[:_LONGEST])
    for written, plain in _SPELT:
        key = key.replace(written, plain)
    return tuple(key.split())


def names_agree(one: Called, other: Called) -> Told:
    """Return how far two names agree; where they do not, what is other about them."""
    if not one.words or not other.words:
        return Alike.UNKNOWN, ""
    told = _same(one, other) or _nickname(one, other) or _nearly_same(one, other) or _short_form(one, other)
    if told is not None:
        return told
    if _are_near(one.words, other.words):
        return Alike.VARIANT, "nearly the same name"
    if one.words[0] == other.words[0]:
        return Alike.FIRST, "the same first name"
    if one.words[-1] == other.words[-1]:
        return Alike.NOT, f"other first names: {one.first} and {other.first}"
    return Alike.NOT, f"other names: {one.exact} and {other.exact}"


def _same(one: Called, other: Called) -> Told | None:
    if one.words == other.words:
        return Alike.SAME, "the same name" if one.exact == other.exact else "the same name, written in another way"
    if one.in_any_order == other.in_any_order:
        return Alike.SAME, "the same name, in another order"
    return None


def _nickname(one: Called, other: Called) -> Told | None:
    for this, that in ((one, other), (other, one)):
        if that.in_any_order in this.other_names:
            return Alike.NICKNAME, f"{that.exact} is another name of {this.exact}"
        alone = len(that.words) == 1
        if that.words[0] in this.short_names and (alone or that.words[-1] == this.words[-1]):
            return Alike.NICKNAME, f"{that.first} is a nickname of {this.exact}"
    return None


def _nearly_same(one: Called, other: Called) -> Told | None:
    """Tell of names whose first and last word agree."""
    if min(len(one.words), len(other.words)) < 2 or _ends(one) != _ends(other):
        return None
    if len(one.words) > 2 and len(other.words) > 2 and not _may_fit(one, other):
        return Alike.NEARLY_SAME, "the same first and family name"
    return Alike.NEARLY_SAME, "the same name but for the middle"


def _short_form(one: Called, other: Called) -> Told | None:
    """Tell of names of which one has an initial, or the beginning of a first name, for what the other has in full."""
    if min(len(one.words), len(other.words)) < 2:
        return None
    (first, last), (their_first, their_last) = _ends(one), _ends(other)
    if last == their_last:
        short, long = sorted((first, their_first), key=len)
        if len(short) == 1 and long.startswith(short):
            return Alike.VARIANT, "the same family name, and the initial fits"
        if len(short) >= _SHORT_FORM and long.startswith(short):
            return Alike.VARIANT, f"the same family name, and {short.title()} may be short for {long.title()}"
    elif first == their_first and 1 in (len(last), len(their_last)) and last[0] == their_last[0]:
        return Alike.VARIANT, "the same first name, and the initial fits"
    return None


def _ends(one: Called) -> tuple[str, str]:
    return one.words[0], one.words[-1]


def _may_fit(one: Called, other: Called) -> bool:
    """Whether names in the middle may be the same, initials among them."""
    ours, theirs = one.words[1:-1], other.words[1:-1]
    return any(mine.startswith(their) or their.startswith(mine) for mine in ours for their in theirs)


def _are_near(words: Sequence[str], others: Sequence[str]) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # only who looks for doubles pays for it

    return fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=_NEARLY) > 0


def names_differ(one: Called, other: Called) -> list[str]:
    """Return what of two names says that they are of two people, though much of them may agree."""
    found = []
    if one.generation != other.generation:
        found.append(f"only one is called {' '.join(sorted(one.generation ^ other.generation)).title()}")
    has_middle = min(len(one.words), len(other.words)) > 2
    if has_middle and _ends(one) == _ends(other) and not _may_fit(one, other):
        found.append(f"other middle names: {one.exact} and {other.exact}")
    return found
