"""Many cases by chance over every way in: python -m tests.fuzz.long --cases 100000

Prints, for each way in, how many cases there were, how many ended in an error of Python's, with a text that a terminal
acts upon or after more than a second, and the slowest answer. The same seed makes the same cases.
"""

import argparse
import sys
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import process_time

from tests.fuzz.answers import LONGEST
from tests.fuzz.mutating import cases
from tests.fuzz.targets import TARGETS

SEED = 20261123
_PROCESSES = 2
_AT_ONCE = 500
_SLOW_SHARE = 0.2
"""How many cases go through files, for each that does not."""
_MOST_TOLD = 5


@dataclass(slots=True)
class Tally:
    """What became of some cases of one target."""

    name: str
    cases: int = 0
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another's cases too."""
        self.cases += other.cases
        self.slowest = max(self.slowest, other.slowest)
        self.findings += other.findings


def run_some(name: str, seed: int, start: int, stop: int) -> Tally:
    """Run the cases of a target with these numbers."""
    target, tally = TARGETS[name], Tally(name)
    for data in cases(target, seed, range(start, stop)):
        tally.cases += 1
        began = process_time()
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - every error is what is looked for
            where = "".join(traceback.format_exception(error)[-9:])
            tally.findings.append(f"{name}: {shortly(data)}\n{where}")
        took = process_time() - began
        tally.slowest = max(tally.slowest, took)
        if took > LONGEST:
            tally.findings.append(f"{name}: {shortly(data)}\nan answer took {took:.1f} s\n")
    return tally


def shortly(data: bytes) -> str:
    """Return bytes as Python writes them, the middle of many left out."""
    return repr(data) if len(data) <= 2_000 else f"{data[:1_000]!r} ... {data[-1_000:]!r} ({len(data)} bytes)"


def run_all(count: int, seed: int, names: Sequence[str] = tuple(TARGETS)) -> list[Tally]:
    """Run `count` cases in all, shared out among the targets, in two processes."""
    tallies = {name: Tally(name) for name in names}
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(run_some, *work) for work in _work(count, seed, names)]
        for each in waiting:
            tally = each.result()
            tallies[tally.name].add(tally)
    return list(tallies.values())


def _work(count: int, seed: int, names: Sequence[str]) -> Iterator[tuple[str, int, int, int]]:
    shares = {name: _SLOW_SHARE if TARGETS[name].slow else 1.0 for name in names}
    for name, share in shares.items():
        whole = -int(-count * share // sum(shares.values()))
        for start in range(0, whole, _AT_ONCE):
            yield name, seed, start, min(whole, start + _AT_ONCE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line says; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--target", choices=list(TARGETS), action="append")
    said = parser.parse_args(arguments)
    tallies = run_all(said.cases, said.seed, said.target or tuple(TARGETS))
    for tally in tallies:
        print("\n".join(tally.findings[:_MOST_TOLD]), end="")
    print(f"{'way in':<10}{'cases':>9}{'found':>7}{'slowest':>10}")
    for tally in tallies:
        print(f"{tally.name:<10}{tally.cases:>9}{len(tally.findings):>7}{tally.slowest:>8.2f} s")
    found = sum(len(tally.findings) for tally in tallies)
    slowest = max(tally.slowest for tally in tallies)
    print(f"{'all':<10}{sum(tally.cases for tally in tallies):>9}{found:>7}{slowest:>8.2f} s   seed {said.seed}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
