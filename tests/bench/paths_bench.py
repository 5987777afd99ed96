"""Times paths on real messages read as ties, checks each answer against all chains, and times ways in a big book.

Usage: python -m tests.bench.paths_bench [PAIRS [CONTACTS [INTERACTIONS]]]
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import orjson

from relcraft.book import verbs
from relcraft.book.matches import matches
from relcraft.book.open import Book
from relcraft.book.supporters import who_could_help
from relcraft.book.ways import ways_to, ways_to_organisation
from relcraft.domain.paths import best_ways
from relcraft.domain.records import Contact, Goal
from relcraft.domain.words import GoalKind
from relcraft.store.opening import open_store
from tests.bench import big_book
from tests.books import at_noon
from tests.domain.timeline import WEIGHINGS, as_graph, everything_checked, timeline_links

RUNS = 15
OFFERS = ("speakers", "a talk on tides", "proofreading", "a flat in Berlin", "python lessons", "tax advice", "trains")


def main(pairs: int = 200, contacts: int = 10_000, interactions: int = 200_000) -> None:
    """Print one line a figure."""
    for weighing in WEIGHINGS:
        on_messages(weighing, pairs)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        in_a_big_book(Path(folder, "book.json"), contacts, interactions)


def on_messages(weighing: str, count: int) -> None:
    """Time and check `count` random pairs."""
    links = timeline_links(weighing)
    people = sorted({person for pair in links for person in pair})
    dice = random.Random(20)
    pairs = [tuple(dice.sample(people, 2)) for _ in range(count)]
    graph = as_graph(links)
    times = sorted(timed(partial(best_ways, graph, source, (target,))) for source, target in pairs)
    started = time.perf_counter()
    right, with_a_way = everything_checked(links, pairs)
    print(
        f"{len(people)} people, {len(links)} ties, {weighing}: {right} of {count} right, {with_a_way} with a way; "
        f"a path {statistics.median(times) * 1000:.1f} ms, 9 of 10 under {times[count * 9 // 10] * 1000:.1f} ms, "
        f"most {times[-1] * 1000:.1f} ms; all chains {(time.perf_counter() - started) / count * 1000:.0f} ms a pair"
    )


def in_a_big_book(path: Path, contacts: int, interactions: int) -> None:
    """Time the ways in a book where two or three are together in every third interaction, and all offer or look for."""
    tables = big_book.documents(contacts, interactions)
    dice = random.Random(3)
    for number, met in enumerate(tables["interactions"].values()):
        if number % 3 == 0:
            met["contacts"] = [f"{dice.randrange(contacts):032x}" for _ in range(dice.choice((2, 3)))]
    for person in tables["contacts"].values():
        person["can_offer"], person["looking_for"] = [dice.choice(OFFERS)], [dice.choice(OFFERS)]
    path.write_bytes(orjson.dumps(tables))
    book = Book(open_store(path, now=at_noon(big_book.TODAY)), at_noon(big_book.TODAY))
    uids = [each.uid for each in book.all(Contact)]
    book.warmth(uids[0])
    print(f"{contacts} contacts, {interactions} interactions")
    say("first way to a contact", timed(lambda: ways_to(book, uids[5])))
    say("another way to a contact", median(lambda: ways_to(book, dice.choice(uids))))
    say("a way to an organisation", median(lambda: ways_to_organisation(book, f"Works {dice.randrange(300)}")))
    goal = Goal(uid="goal", kind=GoalKind.HIRED, words="a job with tides at Works 7")
    say("who could help with a goal", median(lambda: who_could_help(book, goal)))
    say("first look at who could give what", timed(lambda: matches(book)))
    say("another one", median(lambda: matches(book)))
    after: list[float] = []
    for _ in range(RUNS):
        verbs.in_touch_today(book, [dice.choice(uids)])
        after.append(timed(lambda: ways_to(book, dice.choice(uids))))
    say("a way after a change", statistics.median(after))
    book.close()


def say(what: str, seconds: float) -> None:
    """Print one figure."""
    print(f"{what:46} {seconds * 1000:9.2f} ms")


def median(act: Callable[[], object]) -> float:
    """Return the median of some runs, in seconds."""
    return statistics.median(timed(act) for _ in range(RUNS))


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that `act` takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
