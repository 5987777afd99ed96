"""Real messages read as ties, and a walk through all chains between two people, which knows no short cut."""

import gzip
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from relcraft.domain.paths import Graph, Link, best_ways
from tests.formats.rows import sample_folder

Pair = tuple[str, str]
Near = Mapping[str, Mapping[str, float]]
Weighing = Callable[[int, random.Random], float]
WEIGHINGS: Mapping[str, Weighing] = {
    "weak, ordinary or strong": lambda count, _dice: 0.8 if count >= 5 else 0.5 if count >= 2 else 0.3,
    "by number": lambda count, _dice: 1 - 1 / (1 + count),
    "each its own": lambda _count, dice: 1 - dice.random(),
}
"""What so many messages between two people weigh; the last one only says who knows whom."""


def messages() -> Counter[Pair]:
    """Return how many messages went between each two people; skips the test where the file is not there."""
    counts: Counter[Pair] = Counter()
    with gzip.open(sample_folder("timeline") / "CollegeMsg.txt.gz", "rt", encoding="ascii") as lines:
        for line in lines:
            fields = line.split()
            if len(fields) == 3 and fields[0].isdigit() and fields[0] != fields[1]:
                counts[min(fields[:2]), max(fields[:2])] += 1
    return counts


def timeline_links(weighing: str) -> dict[Pair, float]:
    """Return the weight of each tie."""
    dice = random.Random(1899)
    return {pair: WEIGHINGS[weighing](count, dice) for pair, count in sorted(messages().items())}


def as_graph(links: Mapping[Pair, float]) -> Graph:
    """Return the ties as a graph."""
    return Graph(Link(first, second, weight, "messages") for (first, second), weight in links.items())


def near_of(links: Mapping[Pair, float]) -> Near:
    """Return whom each one knows, with the weights."""
    near: dict[str, dict[str, float]] = {}
    for (first, second), weight in links.items():
        near.setdefault(first, {})[second] = weight
        near.setdefault(second, {})[first] = weight
    return near


def best_weakest(near: Near, source: str, target: str, most_links: int = 4) -> float:
    """Return the best weakest link over all chains of so many links in which nobody comes twice; 0: there is no chain.

    It walks every chain, one link after the other; only the last link is looked up.
    """

    def beyond(chain: tuple[str, ...], weakest: float) -> float:
        best = 0.0
        is_last = len(chain) == most_links - 1
        for person, weight in near[chain[-1]].items():
            if person == target or person in chain:
                continue
            so_far = min(weakest, weight)
            if target in near[person]:
                best = max(best, min(so_far, near[person][target]))
            if not is_last:
                best = max(best, beyond((*chain, person), so_far))
        return best

    return max(near[source].get(target, 0.0), beyond((source,), math.inf))


def everything_checked(links: Mapping[Pair, float], pairs: Iterable[Sequence[str]]) -> tuple[int, int]:
    """Return for how many pairs the answer is right, and for how many there is any way."""
    graph, near = as_graph(links), near_of(links)
    right = with_a_way = 0
    for source, target in pairs:
        found = best_ways(graph, source, (target,))
        weights = [
            [near[first][second] for first, second in zip((source, *way.people), way.people, strict=False)]
            for way in found
        ]
        assert all(len(each) <= 4 for each in weights)
        assert all(len({source, *way.people}) == len(way.links) + 1 for way in found)
        right += max(map(min, weights), default=0.0) == best_weakest(near, source, target)
        right -= any(min(weights[0]) < min(other) for other in weights[1:])
        with_a_way += bool(found)
    return right, with_a_way
