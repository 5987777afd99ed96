"""Which contacts may be one person: pairs, found by what they have in common and never by going through all pairs.

Nothing is merged by this: it is shown, and the user says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import combinations

from relcraft.domain.names_alike import Alike
from relcraft.domain.records import Contact
from relcraft.domain.resemblance import Evidence, Features, compare, features_of
from relcraft.domain.value import Value

Pair = tuple[str, str]
"""Two uids, the smaller one first."""

_MOST_SHARING = 12
"""What more contacts than this have in common tells nobody from anybody, and is not looked at."""
_LIKELY_FROM = 8
"""The weight of the same name and one place of work; a city beside the name is not enough."""


class Strength(StrEnum):
    """How surely two contacts are one person."""

    CERTAIN = "surely"
    LIKELY = "probably"
    POSSIBLE = "perhaps"
    UNLIKELY = "hardly"


_ORDER = {strength: place for place, strength in enumerate(Strength)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Candidate(Value):
    """Two contacts that may be one person."""

    first: str
    """A uid, the smaller one."""
    second: str
    strength: Strength
    agrees: tuple[str, ...]
    """What they have in common, each in a few words: "the same name", "the phone 555 0100"."""
    against: tuple[str, ...]
    """What says that they are two people: "other birthdays: 9 Dec 1906 and 4 May 1975"."""
    weight: int = 0
    """Of one strength, the heavier comes first."""

    @property
    def pair(self) -> Pair:
        """The two."""
        return self.first, self.second

    @property
    def is_certain(self) -> bool:
        """Whether name and address, phone or link agree, or they were one before, and nothing is against."""
        return self.strength is Strength.CERTAIN


def pair_of(one: str, other: str) -> Pair:
    """Return two uids as a pair."""
    return (one, other) if one <= other else (other, one)


def apart_uid(one: str, other: str) -> str:
    """Return the uid of the record that keeps two contacts apart: two laptops that say so make the same one."""
    return sha256("\0".join(("apart", *pair_of(one, other))).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def judge(one: Features, other: Features) -> Candidate | None:
    """Return two contacts as a candidate; None where too little says that they could be one person."""
    evidence = compare(one, other)
    if not _is_worth_a_look(evidence):
        return None
    first, second = pair_of(one.contact.uid, other.contact.uid)
    return Candidate(first, second, _strength(evidence), evidence.agrees, evidence.against, evidence.weight)


def _is_worth_a_look(evidence: Evidence) -> bool:
    if evidence.united_before:
        return True
    match evidence.name:
        case Alike.SAME | Alike.NEARLY_SAME | Alike.NICKNAME:
            return True
        case Alike.VARIANT:
            return evidence.beside_name
        case Alike.FIRST | Alike.UNKNOWN:
            return evidence.address
        case _:
            return evidence.own_address  # a phone alone is that of a household


def _strength(evidence: Evidence) -> Strength:
    if evidence.against:
        return Strength.UNLIKELY
    if evidence.united_before or (evidence.name is Alike.SAME and evidence.address):
        return Strength.CERTAIN
    return Strength.LIKELY if evidence.weight >= _LIKELY_FROM else Strength.POSSIBLE


class Lookalikes:
    """The pairs that may be one person, kept in step with the contacts: each change costs what it touches."""

    def __init__(self, contacts: Iterable[Contact] = (), apart: Iterable[Pair] = ()) -> None:
        self._features: dict[str, Features] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._having: dict[str, dict[str, None]] = {}
        self._shared: set[str] = set()
        """What several have in common, and not too many."""
        self._judged: dict[Pair, tuple[Features, Features, Candidate | None]] = {}
        self._apart = set(apart)
        self._found: list[Candidate] | None = None
        for contact in contacts:
            self.learn(contact)

    def learn(self, contact: Contact) -> None:
        """Know a contact as it is now."""
        uid = contact.uid
        self.forget(uid)
        features = features_of(contact)
        self._features[uid] = features
        self._keys[uid] = tuple(dict.fromkeys(_keys_of(features)))
        for key in self._keys[uid]:
            self._having.setdefault(key, {})[uid] = None
            self._notice(key)

    def forget(self, uid: str) -> None:
        """Know a contact no longer."""
        self._found = None
        if self._features.pop(uid, None) is not None:
            for key in self._keys.pop(uid):
                del self._having[key][uid]
                self._notice(key)

    def _notice(self, key: str) -> None:
        having = len(self._having[key])
        if 1 < having <= _MOST_SHARING:
            self._shared.add(key)
        else:
            self._shared.discard(key)
            if not having:
                del self._having[key]

    def keep_apart(self, pair: Pair, *, apart: bool = True) -> None:
        """Leave a pair out from now on, or (not `apart`) no longer."""
        self._found = None
        (self._apart.add if apart else self._apart.discard)(pair)

    def candidates(self) -> list[Candidate]:
        """Return the pairs that may be one person, but for those that are kept apart, the strongest first."""
        if self._found is None:
            judged = {pair: self._look(pair) for pair in self._pairs()}
            self._judged = judged
            found = (one for _first, _second, one in judged.values() if one is not None)
            self._found = sorted(found, key=lambda one: (_ORDER[one.strength], -one.weight, self._named(one)))
        return self._found

    def judge_some(self, most: int) -> bool:
        """Judge so many more pairs ahead of `candidates`; return whether it has no more than that to judge."""
        new = [pair for pair in self._pairs() if pair not in self._judged]
        for pair in new[:most]:
            self._judged[pair] = self._look(pair)
        return len(new) <= most

    def _pairs(self) -> set[Pair]:
        return {pair for key in self._shared for pair in combinations(sorted(self._having[key]), 2)} - self._apart

    def _look(self, pair: Pair) -> tuple[Features, Features, Candidate | None]:
        """Judge two contacts, unless they were as they are when they were judged before."""
        one, other = self._features[pair[0]], self._features[pair[1]]
        known = self._judged.get(pair)
        if known is not None and known[0] is one and known[1] is other:
            return known
        return one, other, judge(one, other)

    def _named(self, candidate: Candidate) -> tuple[str, str, str]:
        return self._features[candidate.first].called.exact, candidate.first, candidate.second


def _keys_of(one: Features) -> Iterator[str]:
    """Yield what brings a contact together with those whom it may be."""
    yield from one.own_keys
    yield from (f"address:{key}" for key in one.emails)
    yield from (f"phone:{key}" for key in one.phones)
    yield from (f"link:{key}" for key in one.links)
    for words in filter(None, (one.called.in_any_order, *sorted(one.called.other_names))):
        yield "name:" + " ".join(words)
    yield from (f"short:{short}" for short in sorted(one.called.short_names))
    if len(one.called.words) < 2:
        yield from (f"short:{word}" for word in one.called.words)
        return
    first, last = one.called.words[0], one.called.words[-1]
    yield f"ends:{first} {last}"
    yield from (f"ends:{short} {last}" for short in sorted(one.called.short_names))
    for known in _known_by(one):
        yield f"{known} first:{first}"
        yield f"{known} last:{last}"


def _known_by(one: Features) -> Iterator[str]:
    """Yield what brings together those whose names are near each other: where they work, and when they were born."""
    yield from dict.fromkeys(f"at:{place}" for place in (one.organisation, *one.domains) if place)
    if one.contact.birthday is not None:
        yield f"born:{one.contact.birthday.month}-{one.contact.birthday.day}"
