"""Matching: whether what one person looks for is what another one offers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value

_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?")
_STOP = frozenset(
    word
    for line in (
        "a an the and or of for in on at to by with from about into as is are be it its this that my your our their",
        "his her me you us them who which what some any all more other own new good great via re can could would like",
        "want wants looking look seek seeks need needs find know knows do does make making get getting give gives",
        "giving someone somebody anybody anyone anything everything people person",
    )
    for word in line.split()
)
_GENERIC = (
    *("advice", "help", "feedback", "introduction", "intro", "information", "lead", "recommendation", "referral"),
    *("endorsement", "support", "experience", "work", "expert", "expertise", "thing", "idea", "contact"),
)
"""Words that say how one helps and not with what: by themselves they match only each other."""
_GENERIC_WEIGHT = 0.25
_TELLING = (
    ("talk", "speech", "speak", "lecture", "presentation", "keynote"),
    ("mentor", "coach"),
    ("recruit", "hire", "hiring"),
    ("invest", "investor", "investment", "funding", "venture"),
    ("proofread", "edit", "editor"),
)
"""Words that one may say for each other, and that tell what is done for somebody: half of a phrase is enough."""
_SAME = (
    *_TELLING,
    ("job", "position", "vacancy", "opening", "role"),
    ("develop", "developer", "programmer", "programming", "coder", "coding", "software"),
    ("flat", "apartment", "room"),
    ("cv", "resume"),
)
"""Words that one may say for each other, where a stem alone does not bring them together."""
_ENOUGH = 0.5
"""Of the shorter one of two phrases, so much has to be in the longer one; more, where a single word is shared."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Match(Value):
    """What was wanted, what is offered, and how well the one is the other."""

    score: float
    """Above 0; 1 where the two say the same."""
    wanted: str
    """In the words of who looks for it."""
    offered: str
    """In the words of who offers it."""


def match(wanted: Iterable[str], offered: Iterable[str]) -> Match | None:
    """Return the best match of one thing wanted with one thing offered, or None; of equals the first by its words."""
    offers = [text for text in offered if stems(text)]
    found = [Match(score, want, offer) for want in wanted for offer in offers if (score := likeness(want, offer)) > 0]
    return min(found, key=lambda each: (-each.score, each.wanted, each.offered), default=None)


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """Return how much two phrases say the same, from 0 to 1: by whole words, without regard to order and endings."""
    ours, theirs = stems(one), stems(other)
    shared = ours & theirs
    if not shared or (shared <= _GENERIC_STEMS and not (ours <= _GENERIC_STEMS and theirs <= _GENERIC_STEMS)):
        return 0.0
    common, mine, yours = _weight(shared), _weight(ours), _weight(theirs)
    covered = common / min(mine, yours)
    if covered < _ENOUGH or (covered == _ENOUGH and len(shared - _GENERIC_STEMS) < 2 and not shared & _TELLING_STEMS):
        return 0.0
    return (covered + 2 * common / (mine + yours)) / 2


def _weight(words: Iterable[str]) -> float:
    return sum(_GENERIC_WEIGHT if word in _GENERIC_STEMS else 1.0 for word in words)


@lru_cache(maxsize=65_536)
def stems(text: str) -> frozenset[str]:
    """Return the words of a phrase that say something, each by its stem. Case, accents and endings do not count."""
    words = (word for word in _WORD.findall(fold(clean_line(text))) if word not in _STOP)
    return frozenset(_ALIKE.get(stem, stem) for stem in map(stem_of, words))


def stem_of(word: str) -> str:
    """Return a folded word without its plural and the endings -ing, -er and -ed; a short word stays as it is."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    word = _singular(word)
    for ending, least in (("ing", 4), ("er", 5), ("ed", 4)):
        if word.endswith(ending) and not word.endswith(("eer", "eed")) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


_ALIKE = {stem_of(word): stem_of(group[0]) for group in _SAME for word in group}
_GENERIC_STEMS = frozenset(map(stem_of, _GENERIC))
_TELLING_STEMS = frozenset(stem_of(group[0]) for group in _TELLING)
