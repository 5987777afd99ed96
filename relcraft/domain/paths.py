"""Paths: the chain of people with the best weakest link, then the fewest links, then the best product."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest, nsmallest
from itertools import pairwise

from relcraft.domain.value import Value

MOST_LINKS = 4
"""How many links a path has at most: beyond, nobody speaks for anybody."""
MOST_WAYS = 3
"""How many ways are offered, each through another first person."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Link(Value):
    """Two people who know each other, in either direction."""

    first: str
    second: str
    weight: float
    """Above 0 and at most 1: how likely a word goes through. What is 0 or less is no link."""
    why: str
    """What the link rests on: "met once"."""
    hint: bool = False
    """Whether nobody said that the two know each other: they only might."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way(Value):
    """A chain of links from a source to a target, each `second` being the next one's `first`. At least one link."""

    links: tuple[Link, ...]
    """With the weight that each has in this chain."""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody after the source: whom to ask first, and at the end the target."""
        return tuple(link.second for link in self.links)

    @property
    def weakest(self) -> Link:
        """The weakest link; of several, the nearest to the source."""
        return min(self.links, key=lambda link: link.weight)

    @property
    def strength(self) -> float:
        """The product of all weights."""
        return math.prod(link.weight for link in self.links)


Pair = tuple[str, str]
_Near = dict[str, dict[str, float]]


class Graph:
    """Who knows whom. Of several links between two people the strongest counts."""

    def __init__(self, links: Iterable[Link], brokering: Mapping[str, float] | None = None) -> None:
        """`brokering` tells what is left of a link to somebody who is not the end of a chain: 0 for no broker, else 1.

        It counts for whom it names; everybody else brokers in full.
        """
        self._brokering = dict(brokering or {})
        self._near: _Near = {}
        self._links: dict[Pair, Link] = {}
        for link in links:
            self.add(link)

    def add(self, link: Link) -> None:
        """Take in a link, unless the two have one that is as strong."""
        if link.weight <= 0 or link.first == link.second:
            return
        pair = _pair(link.first, link.second)
        known = self._links.get(pair)
        if known is not None and _rank(known) >= _rank(link):
            return
        self._links[pair] = link
        self._near.setdefault(link.first, {})[link.second] = link.weight
        self._near.setdefault(link.second, {})[link.first] = link.weight

    def clear(self, first: str, second: str) -> None:
        """Take the link between two people out, if there is one."""
        if self._links.pop(_pair(first, second), None) is not None:
            del self._near[first][second]
            del self._near[second][first]

    def set(self, link: Link) -> None:
        """Put a link in the place of the one between its two people."""
        self.clear(link.first, link.second)
        self.add(link)

    def set_brokering(self, brokering: Mapping[str, float]) -> None:
        """Put what is left of links to some in the place of what was."""
        self._brokering = dict(brokering)

    def joined(self, links: Iterable[Link]) -> "Graph":
        """Return a graph with some more links. Quick where they touch few people; this one is to stay as it is then."""
        graph = Graph((), self._brokering)
        graph._near, graph._links = dict(self._near), dict(self._links)
        own: set[str] = set()
        for link in links:
            for person in {link.first, link.second} - own:
                graph._near[person] = dict(graph._near.get(person, {}))
                own.add(person)
            graph.add(link)
        return graph

    def near(self, person: str) -> Mapping[str, float]:
        """Return whom somebody knows, with the weight of each link."""
        return self._near.get(person, {})

    def entering(self, person: str, ends: Collection[str]) -> float:
        """Return what is left of a link that leads to `person`: all of it where they are an end."""
        return 1.0 if person in ends else self._brokering.get(person, 1.0)

    def link(self, first: str, second: str) -> Link | None:
        """Return the link from `first` to `second`, told in that direction."""
        known = self._links.get(_pair(first, second))
        return None if known is None else replace(known, first=first, second=second)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _rank(link: Link) -> tuple[float, bool, str]:
    return link.weight, not link.hint, link.why


def best_ways(
    graph: Graph, source: str, targets: Collection[str], *, most_links: int = MOST_LINKS, count: int = MOST_WAYS
) -> list[Way]:
    """Return the best chain from `source` to any of `targets` through each first person, the best `count` of them.

    The best has the strongest weakest link; among those the fewest links; among those the greatest product; then the
    first by uid. Nobody comes twice in a chain, and a chain ends at the first target that it meets.
    """
    # No single pass finds this order: the best product of a short chain may need a tail whose own weakest link is not
    # the best. So the best weakest link is found first, through every first person; then, with weaker links gone, the
    # fewest links; then the product among the chains of exactly so many.
    ends = frozenset(targets) - {source}
    firsts: dict[float, list[str]] = {}
    for first, weakest in _weakest_links(graph, source, ends, most_links, count).items():
        firsts.setdefault(weakest, []).append(first)
    ways: list[Way] = []
    for weakest in sorted(firsts, reverse=True):
        if len(ways) >= count:
            break
        shortest = _shortest_tails(graph, source, ends, weakest, most_links - 1)
        ranked = nsmallest(
            count - len(ways), (_ranked(graph, source, ends, shortest[first]) for first in firsts[weakest])
        )
        ways += [_way(graph, (source, *people), ends) for _links, _product, people in ranked]
    return ways


def _weakest_links(graph: Graph, source: str, ends: Collection[str], most_links: int, count: int) -> dict[str, float]:
    """Return, by first person, the weakest link of the best chain; not of all who cannot be among the first `count`.

    Round by round the tails, which avoid `source`, get one link longer, so that no chain is longer than `most_links`.
    """
    mine = {first: weight * graph.entering(first, ends) for first, weight in graph.near(source).items()}
    best: dict[str, float] = {}
    news = dict.fromkeys(ends, math.inf)
    found: dict[str, float] = {}
    for _round in range(most_links):
        best |= news
        found |= {first: min(mine[first], news[first]) for first in news if mine.get(first, 0.0) > 0}
        # A longer chain that is no better than `count` known ones comes after them.
        beaten = nlargest(count, found.values())[-1] if len(found) >= count else 0.0
        longer: dict[str, float] = {}
        for person, tail in news.items():
            share = graph.entering(person, ends)
            if tail <= beaten or share <= beaten:
                continue
            for other, weight in graph.near(person).items():
                weakest = min(weight * share, tail)
                if weakest > beaten and weakest > longer.get(other, best.get(other, 0.0)) and other != source:
                    longer[other] = weakest
        news = longer
    return found


_Tail = tuple[float, tuple[str, ...]]
"""The product of a chain's weights, negated so that the smallest is the best; and its people up to the end."""


def _shortest_tails(
    graph: Graph, source: str, ends: Collection[str], at_least: float, most_links: int
) -> dict[str, _Tail]:
    """Return, by person, the chain of fewest links to an end without a weaker link; of those the best product."""
    known: dict[str, _Tail] = {end: (-1.0, (end,)) for end in ends}
    farthest = known
    for _round in range(most_links):
        reached: dict[str, _Tail] = {}
        for person, (product, people) in farthest.items():
            share = graph.entering(person, ends)
            for other, weight in graph.near(person).items():
                counted = weight * share
                if counted < at_least or other in known or other == source:
                    continue
                rival = reached.get(other)
                longer = product * counted
                if rival is None or longer < rival[0] or (longer == rival[0] and (other, *people) < rival[1]):
                    reached[other] = (longer, (other, *people))
        known = {**known, **reached}
        farthest = reached
    return known


def _ranked(graph: Graph, source: str, ends: Collection[str], tail: _Tail) -> tuple[int, float, tuple[str, ...]]:
    product, people = tail
    first = people[0]
    return len(people), product * graph.near(source)[first] * graph.entering(first, ends), people


def _way(graph: Graph, chain: tuple[str, ...], ends: Collection[str]) -> Way:
    links = []
    for first, second in pairwise(chain):
        link = graph.link(first, second)
        assert link is not None  # noqa: S101 - the chain was put together from these links
        links.append(replace(link, weight=link.weight * graph.entering(second, ends)))
    return Way(tuple(links))
