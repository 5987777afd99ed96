"""The relationships of a Monica export as ties: each stands in the file once for each of the two, and is one tie."""

import re
from collections.abc import Iterable, Mapping

from relcraft.domain.records import Tie
from relcraft.domain.words import TieStrength
from relcraft.formats.monica.tree import Node

Pair = tuple[str, str]
_STRONG = re.compile(r"(in_?love_?with|loved_?by|lover|date|partner|spouse|parent|child|sibling|best_?friend)")
_WEAK = re.compile(r"ex(_.*)?")
_MOST_SAID = 20
"""Ways in which two can be related; beyond that it is no longer about people."""


def pair_of(node: Node) -> Pair:
    """Return the uuids of the two, in the same order for both directions."""
    first, second = node.line("contact_is"), node.line("of_contact")
    return min(first, second), max(first, second)


def relation_told(node: Node, names: Mapping[str, str]) -> str:
    """Return a relationship in words: "Ada Lovelace is child of Annabella Byron"."""
    kind = node.line("type").replace("_", " ") or "known"
    first, second = (names.get(node.line(side)) or "somebody" for side in ("contact_is", "of_contact"))
    return f"{first} is {kind} of {second}"


def ties_of(nodes: Iterable[Node], names: Mapping[str, str]) -> dict[Pair, Tie]:
    """Return one tie for each two; in its `extra`, as "relation", what Monica says of them in both directions."""
    kinds: dict[Pair, dict[str, None]] = {}
    said: dict[Pair, dict[str, None]] = {}
    for node in nodes:
        pair = pair_of(node)
        if len(kinds.setdefault(pair, {})) < _MOST_SAID:
            kinds[pair][node.line("type")] = None
            said.setdefault(pair, {})[relation_told(node, names)] = None
    return {
        pair: Tie(
            uid="",
            first="",
            second="",
            strength=_strength(kinds[pair]),
            sources=(f"monica:tie:{pair[0]}:{pair[1]}",),
            extra={"relation": sorted(said[pair])},
        )
        for pair in kinds
    }


def _strength(kinds: Iterable[str]) -> TieStrength:
    known = list(kinds)
    if any(_STRONG.fullmatch(kind) for kind in known):
        return TieStrength.STRONG
    return TieStrength.WEAK if all(_WEAK.fullmatch(kind) for kind in known) else TieStrength.ORDINARY
