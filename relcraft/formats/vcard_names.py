"""A full name in its parts, as N wants it: family, given and additional names, what stands before and after."""

import re

from relcraft.domain.text import fold
from relcraft.formats import vcard_values as values

_PARTICLES = frozenset(
    (
        *("af", "al", "av", "ben", "bin", "da", "dal", "de", "degli", "dei", "del", "della", "den", "der", "di", "do"),
        *("dos", "du", "el", "ibn", "la", "le", "op", "ter", "ten", "van", "vom", "von", "y", "zu", "zum"),
    )
)
"""Words with which a family name may begin."""
_BEFORE = frozenset({"dr", "dres", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "rev"})
_AFTER = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})


def structured(name: str, before: str = "") -> str:
    """Return the value of N for a full name. What `before`, the N that it had, knows of its parts is kept.

    A family name of several words stays one if the name still ends with it. Titles stay.
    """
    words = name.split()
    family, given, _additional, prefix, suffix, *_more = (*values.fields(before), "", "", "", "", "")
    prefixes, words = _split_off(words, prefix.split() or [w for w in words[:-1] if _plain(w) in _BEFORE])
    after = suffix.split() or [word for word in words[1:] if _plain(word) in _AFTER]
    suffixes = [word for word in words if word in after]
    words = [word for word in words if word not in after]
    at = _family_at(words, family.split(), given.split())
    names, last = words[:at], words[at:]
    first = given.split() if given and names[: len(given.split())] == given.split() else names[:1]
    parts = (last, first, names[len(first) :], prefixes or prefix.split(), suffixes or suffix.split())
    return ";".join(values.escaped(" ".join(part)) for part in parts)


def _plain(word: str) -> str:
    return re.sub(r"\W", "", fold(word))


def _split_off(words: list[str], known: list[str]) -> tuple[list[str], list[str]]:
    """Return the words at the beginning that are titles, and the rest: never nothing."""
    count = 0
    while count < len(words) - 1 and words[count] in known:
        count += 1
    return words[:count], words[count:]


def _family_at(words: list[str], family: list[str], given: list[str]) -> int:
    """Return where the family name begins; a single word is a given name."""
    if family and len(words) > len(family) and words[-len(family) :] == family:
        return len(words) - len(family)
    if given and len(words) > len(given) and words[: len(given)] == given:
        return len(given)
    for at in range(1, len(words) - 1):
        if words[at].lower() in _PARTICLES:
            return at
    return max(len(words) - 1, 1)
