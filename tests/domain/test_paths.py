"""Paths: the best weakest link, then the fewest links, then the best product, checked against all chains there are."""

import random
from collections.abc import Iterator, Mapping
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.paths import Graph, Link, Way, best_ways
from tests.domain.timeline import WEIGHINGS, everything_checked, timeline_links

ME = ""


def graph(*links: tuple[str, str, float], brokering: Mapping[str, float] | None = None) -> Graph:
    return Graph((Link(first, second, weight, "") for first, second, weight in links), brokering)


def told(ways: list[Way]) -> list[str]:
    return ["".join(way.people) for way in ways]


# What one would notice


def test_a_direct_way_is_a_way() -> None:
    (way,) = best_ways(graph((ME, "t", 0.2)), ME, "t")
    assert (way.people, way.weakest.weight, way.strength) == (("t",), 0.2, 0.2)


def test_a_strong_chain_beats_a_weak_direct_link() -> None:
    links = graph((ME, "t", 0.2), (ME, "a", 1), ("a", "t", 0.5))
    assert told(best_ways(links, ME, "t")) == ["at", "t"]


def test_who_is_nearest_first_need_not_lead_on() -> None:
    """The best friend leads nowhere good: taking the strongest link at each step would go wrong."""
    links = graph((ME, "a", 1), ("a", "t", 0.3), (ME, "b", 0.6), ("b", "t", 0.5))
    assert told(best_ways(links, ME, "t", count=1)) == ["bt"]


def test_the_weakest_link_counts_before_the_product() -> None:
    links = graph((ME, "a", 0.5), ("a", "t", 0.5), (ME, "b", 1), ("b", "t", 0.49))
    assert told(best_ways(links, ME, "t")) == ["at", "bt"]


def test_fewer_links_count_before_the_product() -> None:
    links = graph((ME, "a", 0.5), ("a", "t", 0.5), (ME, "b", 1), ("b", "c", 1), ("c", "t", 0.5))
    assert told(best_ways(links, ME, "t")) == ["at", "bct"]


def test_the_best_tail_is_not_always_part_of_the_best_way() -> None:
    """From `a` on, `ct` has the better weakest link; but the way to `a` is weak anyway, and `t` is nearer directly."""
    links = graph((ME, "a", 0.3), ("a", "t", 0.4), ("a", "c", 0.9), ("c", "t", 0.9))
    (way,) = best_ways(links, ME, "t")
    assert (way.people, way.weakest.weight) == (("a", "t"), 0.3)


def test_among_short_ways_of_one_weakest_link_the_product_decides() -> None:
    links = graph((ME, "a", 0.3), ("a", "b", 0.4), ("a", "c", 0.9), ("b", "t", 0.9), ("c", "t", 0.5))
    assert told(best_ways(links, ME, "t")) == ["act"]


def test_five_links_are_never_a_way() -> None:
    chain = graph((ME, "a", 1), ("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("d", "t", 1))
    assert best_ways(chain, ME, "t") == []
    assert told(best_ways(chain, ME, "d")) == ["abcd"]


def test_a_long_strong_chain_gives_way_to_a_shorter_weak_one_only_beyond_four_links() -> None:
    strong = [(ME, "a", 1.0), ("a", "b", 1.0), ("b", "c", 1.0)]
    weak = [("a", "t", 0.3)]
    assert told(best_ways(graph(*strong, ("c", "t", 1), *weak), ME, "t")) == ["abct"]
    assert told(best_ways(graph(*strong, ("c", "d", 1), ("d", "t", 1), *weak), ME, "t")) == ["at"]


def test_alternatives_differ_in_the_first_person() -> None:
    links = graph(*((ME, each, 0.8) for each in "abcd"), *((each, "t", 0.5) for each in "abcd"), ("a", "b", 1))
    assert told(best_ways(links, ME, "t")) == ["at", "bt", "ct"]
    assert told(best_ways(links, ME, "t", count=9)) == ["at", "bt", "ct", "dt"]


def test_no_way_leads_through_the_source_again() -> None:
    links = graph((ME, "a", 1), (ME, "t", 0.2))
    assert told(best_ways(links, ME, "t")) == ["t"]


def test_a_way_ends_at_the_first_target_it_meets() -> None:
    links = graph((ME, "a", 0.5), ("a", "b", 1), (ME, "c", 0.4), ("c", "b", 0.8))
    assert told(best_ways(links, ME, ("a", "b"))) == ["a", "cb"]


def test_who_is_no_broker_can_still_be_the_end() -> None:
    links = graph((ME, "a", 1), ("a", "t", 0.5), (ME, "b", 0.3), ("b", "t", 0.3), brokering={"a": 0})
    assert told(best_ways(links, ME, "t")) == ["bt"]
    assert told(best_ways(links, ME, "a")) == ["a", "bta"]


def test_who_is_busy_counts_half_on_the_way_and_in_full_at_its_end() -> None:
    links = graph((ME, "a", 0.8), ("a", "t", 0.8), (ME, "b", 0.5), ("b", "t", 0.5), brokering={"a": 0.5})
    first, second = best_ways(links, ME, "t")
    assert (first.people, first.weakest.weight) == (("b", "t"), 0.5)
    assert [link.weight for link in second.links] == [0.4, 0.8]
    assert best_ways(links, ME, "a")[0].links == (Link(ME, "a", 0.8, ""),)


def test_of_two_links_between_the_same_people_the_stronger_counts() -> None:
    links = graph(("a", ME, 0.2), (ME, "a", 0.5), (ME, "a", 0.3), ("a", "a", 1), (ME, "b", 0))
    (way,) = best_ways(links, ME, "ab")
    assert (way.people, way.strength) == (("a",), 0.5)


def test_more_links_leave_the_graph_they_join_as_it_was() -> None:
    small = graph((ME, "a", 1))
    assert told(best_ways(small.joined([Link("a", "t", 0.1, "", hint=True)]), ME, "t")) == ["at"]
    assert best_ways(small, ME, "t") == []


@pytest.mark.parametrize("targets", [(), (ME,), ("nobody",)])
def test_nowhere_leads_no_way(targets: tuple[str, ...]) -> None:
    assert best_ways(graph((ME, "a", 1)), ME, targets) == []


def test_the_order_of_the_links_changes_nothing() -> None:
    """Ties in all the sort orders: the same three ways in the same order, and they go by uid."""
    links = [(ME, "c", 0.5), (ME, "a", 0.5), (ME, "b", 0.5), ("a", "t", 0.5), ("b", "t", 0.5), ("c", "t", 0.5)]
    found = {tuple(told(best_ways(graph(*order), ME, "t"))) for order in permutations(links)}
    assert found == {("at", "bt", "ct")}


# Against all chains there are

NODES = "abcdef"
WEIGHTS = (0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[tuple[str, str], float], dict[str, float], tuple[str, ...]]:
    """Return weights by pair, what is left of links to some, and targets."""
    people = [ME, *NODES]
    pairs = [(one, other) for at, one in enumerate(people) for other in people[at + 1 :]]
    weights = draw(st.dictionaries(st.sampled_from(pairs), st.sampled_from(WEIGHTS), max_size=14))
    brokering = draw(st.dictionaries(st.sampled_from(NODES), st.sampled_from((0.0, 0.5)), max_size=3))
    targets = draw(st.sets(st.sampled_from(NODES), min_size=1, max_size=2))
    return weights, brokering, tuple(sorted(targets))


def all_chains(
    weights: dict[tuple[str, str], float], brokering: dict[str, float], targets: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[float]]]:
    """Yield every chain of one to four links in which nobody comes twice, with its weights."""
    either = weights | {(other, one): weight for (one, other), weight in weights.items()}
    for count in range(4):
        for between in permutations([each for each in NODES if each not in targets], count):
            for target in targets:
                chain = (*between, target)
                links = [either.get(pair, 0.0) for pair in zip((ME, *chain), chain, strict=False)]
                counted = [
                    weight * (1.0 if person in targets else brokering.get(person, 1.0))
                    for weight, person in zip(links, chain, strict=True)
                ]
                if all(counted):
                    yield chain, counted


def product_of(weights: list[float]) -> float:
    product = 1.0
    for weight in reversed(weights):
        product *= weight
    return product


@settings(max_examples=400)
@given(graphs())
def test_the_best_way_through_each_first_person_is_found(
    drawn: tuple[dict[tuple[str, str], float], dict[str, float], tuple[str, ...]],
) -> None:
    weights, brokering, targets = drawn
    best: dict[str, tuple[float, int, float]] = {}
    for chain, counted in all_chains(weights, brokering, targets):
        rank = (-min(counted), len(chain), -round(product_of(counted), 9))
        best[chain[0]] = min(best.get(chain[0], rank), rank)
    links = Graph((Link(one, other, weight, "") for (one, other), weight in weights.items()), brokering)
    found = best_ways(links, ME, targets, count=9)
    ranks = [(-way.weakest.weight, len(way.links), -round(way.strength, 9)) for way in found]
    assert dict(zip((way.people[0] for way in found), ranks, strict=True)) == best
    assert ranks == sorted(ranks)
    assert all(len({ME, *way.people}) == len(way.links) + 1 for way in found)
    assert [best_ways(links, ME, targets, count=count) for count in (1, 2, 3)] == [found[:1], found[:2], found[:3]]


# On real messages


@pytest.mark.parametrize(
    ("weighing", "count"),
    [("each its own", 30), *(pytest.param(name, 200, marks=pytest.mark.long) for name in WEIGHINGS)],
)
def test_on_real_messages_every_way_has_the_best_weakest_link_of_all_chains(weighing: str, count: int) -> None:
    """1,899 people, 59,835 messages, pairs drawn at random; 200 in each weighing: pytest -n0 -m long <this file>."""
    links = timeline_links(weighing)
    people = sorted({person for pair in links for person in pair})
    assert len(people) == 1899
    dice = random.Random(20)
    pairs = [tuple(dice.sample(people, 2)) for _ in range(count)]
    right, with_a_way = everything_checked(links, pairs)
    assert right == count
    assert with_a_way > 0.95 * count
