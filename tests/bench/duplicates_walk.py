"""Goes through the screen of those who may be one person with keys, on a book of two sources; counts keys and mistakes.

Usage: python -m tests.bench.duplicates_walk [PEOPLE IN BOTH [NAMES OF TWO PEOPLE]]
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from relcraft.book.duplicates import candidates, unite
from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import Incoming
from relcraft.domain.records import Contact
from relcraft.tui.app import RelcraftApp
from relcraft.tui.duplicates.pair_list import PairList
from tests.books import a_book
from tests.two_sources import made, told, walk

_BIG = 10_000


def main(common: int = 300, same_name: int = 20) -> None:
    """Print what came of the walk, and how long the pairs of a large book take."""
    sources = made(common, same_name)
    with tempfile.TemporaryDirectory() as folder:
        for line in told(sources, asyncio.run(walk(sources, Path(folder)))):
            print(line)
    print(_large())
    print(asyncio.run(_opened()))


def _large_book() -> Book:
    """Return a book of ten thousand contacts, many of them twice."""
    book = a_book()
    people = [person for each in made(900, 60, 100).people for person in (each.connection, each.card) if person]
    more = (
        Contact(
            uid="",
            name=f"{chr(97 + at % 26)}{at % 151}na {chr(97 + at % 23)}{at % 307}son",
            organisation=f"Company {at % 397}",
            emails=(f"p{at}@company{at % 397}.example",),
        )
        for at in range(_BIG - len(people))
    )
    rows = [Incoming(each, "") for each in (*people, *more)]
    keep_import(book, plan_import(book, rows))
    return book


def _large() -> str:
    """Return how long it takes to find the pairs in a large book, and to have them again after two were made one."""
    book = _large_book()
    begun = time.perf_counter()
    pairs = candidates(book)
    found = time.perf_counter()
    unite(book, *pairs[0].pair)
    united = time.perf_counter()
    candidates(book)
    again = time.perf_counter()
    return (
        f"{len(book.contacts()) + 1} contacts: {len(pairs)} pairs found in {found - begun:.2f} s, "
        f"two made one in {(united - found) * 1000:.0f} ms, the pairs after that in {(again - united) * 1000:.0f} ms"
    )


async def _opened() -> str:
    """Return how long it takes to open the screen on a large book, until it says something and until it shows pairs."""
    app = RelcraftApp(_large_book())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        begun = last = time.perf_counter()
        app.action_duplicates()
        said = longest = 0.0
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
            pairs = next(iter(app.screen.query(PairList)), None)
            if pairs is not None and pairs.border_title and not said:
                said = now - begun
            if pairs is not None and pairs.items:
                break
        return (
            f"the screen says how far it looked after {said * 1000:.0f} ms, has the pairs after {now - begun:.2f} s; "
            f"meanwhile a key waits {longest * 1000:.0f} ms at most"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
