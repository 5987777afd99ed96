"""Every call of the disk fails once, in every way it can: `python -m tests.battery.failing` prints what came of it."""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.battery.playing import Over, Play
from tests.battery.refusing import KINDS, Fault, Kind
from tests.battery.scenes import SCENES

_NEVER = Fault(KINDS[0], 0, lasting=False)
_MEMORY = Path("/dev/shm")
"""A folder in memory, where there is one: thousands of runs, and none of them needs a disk."""


@dataclass(slots=True)
class Outcome:
    """What came of the runs of one scene."""

    calls: int = 0
    runs: int = 0
    refused: int = 0
    """Runs in which something was refused or remarked: the user was told."""
    untouched: int = 0
    """Runs in which all that was asked for was done all the same."""
    unknown: int = 0
    """Runs in which the user was told that nobody can know whether the last change was kept, and it was."""
    kinds: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    """What did not hold, with the fault."""


def run(scene: str, fault: Fault, folder: Path) -> Play:
    """Play a scene with one fault; the play tells what came of it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files_before = _open_files()
    play = Play(folder, fault)
    with suppress(Over):
        SCENES[scene](play)
    play.end()
    if (files := _open_files()) != files_before:
        play.problems.append(f"{files - files_before} files were left open")
    return play


def calls_of(scene: str, folder: Path) -> list[str]:
    """Return the calls of a scene in which nothing fails."""
    return run(scene, _NEVER, folder).files.made


def faults_of(calls: Iterable[str], kinds: Iterable[Kind] = KINDS) -> Iterator[Fault]:
    """Yield every fault: each kind at each call that can fail so, once, and from then on."""
    made = Counter(calls)
    for kind in kinds:
        for call in range(1, sum(made[name] for name in kind.calls) + 1):
            for lasting in (False, True):
                yield Fault(kind, call, lasting)


def battery(scene: str, folder: Path, step: int = 1) -> Outcome:
    """Play a scene with every fault, or with every `step`-th."""
    calls = calls_of(scene, folder)
    outcome = Outcome(calls=len(calls))
    for number, fault in enumerate(faults_of(calls)):
        if number % step:
            continue
        play = run(scene, fault, folder)
        outcome.runs += 1
        outcome.kinds[fault.kind.name] += 1
        outcome.refused += bool(play.told)
        outcome.untouched += not play.told
        outcome.unknown += play.unknown
        outcome.problems += [f"{scene}, {fault}: {problem}" for problem in play.problems]
        if play.unknown and not fault.lasting:
            outcome.problems.append(f"{scene}, {fault}: one call failed, and nobody knows what was kept")
        if not play.files.befell:
            outcome.problems.append(f"{scene}, {fault}: nothing failed")
    return outcome


def a_folder() -> Path:
    """Return a new folder, in memory where there is such a place."""
    return Path(tempfile.mkdtemp(prefix="relcraft-failing-", dir=_MEMORY if _MEMORY.is_dir() else None))


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0


def main(arguments: list[str]) -> int:
    """Print a table of all scenes, and what did not hold; return whether anything did not."""
    step = int(arguments[0]) if arguments else 1
    folder, failed = a_folder(), 0
    print(
        f"{'scene':28} {'calls k':>7} {'kinds':>5} {'runs':>6} {'told':>6} {'done all the same':>18} "
        f"{'not known':>9} {'true':>7}"
    )
    try:
        for scene in SCENES:
            outcome = battery(scene, folder / "run", step)
            bad = len({problem.split(": ")[0] for problem in outcome.problems})
            good = 100 * (outcome.runs - bad) / outcome.runs
            print(
                f"{scene:28} {outcome.calls:7} {len(outcome.kinds):5} {outcome.runs:6} {outcome.refused:6} "
                f"{outcome.untouched:18} {outcome.unknown:9} {good:6.1f}%",
                flush=True,
            )
            for problem in outcome.problems[:20]:
                print(f"   {problem}")
            failed += bool(outcome.problems)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
