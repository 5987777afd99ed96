"""How long `relcraft sync` takes with a folder of cards, program start included.

Usage: python -m tests.bench.sync_bench [CARDS]...
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.peers.carddav import phone_card


def main(sizes: list[int]) -> None:
    """Print a table for each size."""
    for size in sizes or [500, 5000]:
        with tempfile.TemporaryDirectory() as place:
            _measure(Path(place), size)


def _measure(place: Path, size: int) -> None:
    cards, empty = place / "cards", place / "empty"
    cards.mkdir()
    empty.mkdir()
    (place / "none.toml").touch()
    for number in range(size):
        (cards / f"{number}.vcf").write_bytes(phone_card(number, Random(number)).encode())
    print(f"{size} cards:")
    _line("first sync, everybody new in the book", place, cards)
    _line("quiet sync", place, cards)
    _say(cards, 1, "TITLE:Painter")
    _line("one card changed", place, cards)
    _say(cards, 2, "NOTE:said there")
    _line("every other card changed", place, cards)
    _line("first sync with an empty folder, every card new", place, empty)


def _say(cards: Path, every: int, line: str) -> None:
    """Add a line to each such card; to one alone where `every` is 1."""
    paths = sorted(cards.glob("*.vcf"))[: 1 if every == 1 else None : every]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"END:VCARD", f"{line}\r\nEND:VCARD".encode()))


def _line(what: str, place: Path, folder: Path) -> None:
    words: list[str | Path] = ["--data-file", place / "book.json", "--config", place / "none.toml", "sync", folder]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "relcraft", *words], capture_output=True, check=True)
    print(f"  {what:50} {time.perf_counter() - began:7.2f} s", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
