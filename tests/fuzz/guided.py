"""Fuzzing that follows what code a case reaches: python -m tests.fuzz.guided --minutes 10

Each way in has its share of the time, in a process of its own, which starts from the examples in `seeds` and keeps what
reaches new code in a folder for a while. What is found is printed with its input as Python writes it; the case belongs
into `test_found` then. Needs the extra `fuzz` (atheris).
"""

import argparse
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time

from tests.fuzz.answers import LONGEST

_LONGEST_INPUT = 20_000
"""Bytes: longer ones are what `test_repeats` is for."""
_PROCESSES = 2
_SLACK = 240
"""Seconds that a process may take over its time, to load and to end."""
_SLOWED = 20
"""How many times longer an answer may take while each branch is counted."""
_STARTS = 20
"""How often a way in is begun again after a finding, within its time."""
_MOST_LINES = 30
_DONE = re.compile(r"Done (\d+) runs|#(\d+)\s")
_COVERED = re.compile(r"cov: (\d+)")


@dataclass(slots=True)
class Found:
    """What became of one way in."""

    name: str
    runs: int = 0
    covered: int = 0
    crashes: tuple[bytes, ...] = ()
    told: str = ""


def fuzz(name: str, folder: Path, seconds: int) -> None:
    """Fuzz one target in this process: the fuzzer ends it, with another code than 0 where something is found."""
    import atheris

    with atheris.instrument_imports(include=["relcraft", "vobject"]):
        from tests.fuzz.targets import TARGETS
    logging.disable(logging.CRITICAL)
    target, slowest = TARGETS[name], LONGEST * _SLOWED

    def one(data: bytes) -> None:
        began = process_time()
        target.run(data)
        took = process_time() - began
        assert took < slowest, f"an answer took {took:.1f} s"

    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = (f"-max_total_time={seconds}", f"-max_len={_LONGEST_INPUT}", f"-artifact_prefix={folder}/", "-timeout=60")
    atheris.Setup([sys.argv[0], *options, "-rss_limit_mb=2048", "-print_final_stats=1", str(corpus)], one)
    atheris.Fuzz()


def in_a_process(name: str, seconds: int) -> Found:
    """Fuzz one target for so long, begun again after each finding, which counts once however often it comes."""
    found = Found(name)
    with tempfile.TemporaryDirectory(prefix=f"relcraft-guided-{name}-") as place:
        folder = Path(place)
        command = [sys.executable, "-m", "tests.fuzz.guided", "--one", name, "--folder", str(folder)]
        left = seconds
        for _ in range(_STARTS):
            began = monotonic()
            code, words = _ended([*command, "--seconds", str(left)], left + _SLACK, folder)
            found.runs += max((int(a or b) for a, b in _DONE.findall(words)), default=0)
            found.covered = max([found.covered, *map(int, _COVERED.findall(words))])
            left -= int(monotonic() - began)
            if code:
                told = "\n".join(words.partition("=== Uncaught")[2].splitlines()[:_MOST_LINES]) or words[-2_000:]
                found.told += f"{name}:{told}\n"
            if not code or left <= 0:
                break
        artifacts = sorted(path for path in folder.iterdir() if path.is_file())
        found.crashes = tuple(path.read_bytes() for path in artifacts)
    return found


def _ended(command: Sequence[str], seconds: float, folder: Path) -> tuple[int, str]:
    """Return with what code a process ended, and what it said; what it leaves behind, it leaves in `folder`."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    try:
        ended = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=environment)
    except subprocess.TimeoutExpired as error:
        return 1, f"did not end within {seconds:.0f} s\n{(error.stderr or b'').decode('utf-8', 'replace')[-2_000:]}"
    return ended.returncode, ended.stderr.decode("utf-8", "replace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line says; 1 where anything was found."""
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", choices=list(TARGETS), action="append")
    said = parser.parse_args(arguments)
    names = said.target or list(TARGETS)
    seconds = max(1, int(said.minutes * 60 * _PROCESSES / len(names)))
    with ThreadPoolExecutor(_PROCESSES) as pool:
        every = list(pool.map(lambda name: in_a_process(name, seconds), names))
    for found in every:
        for crash in found.crashes:
            print(f"{found.name}: {crash!r}")
        print(found.told, end="\n" if found.told else "")
    print(f"{'way in':<10}{'runs':>10}{'branches':>10}{'found':>7}   {seconds} s each, {_PROCESSES} at once")
    for found in every:
        print(f"{found.name:<10}{found.runs:>10}{found.covered:>10}{len(found.crashes):>7}")
    print(f"{'all':<10}{sum(found.runs for found in every):>10}{'':>10}{sum(len(each.crashes) for each in every):>7}")
    return 1 if any(found.told or found.crashes for found in every) else 0


def _as_one(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--seconds", type=int, required=True)
    said = parser.parse_args(arguments)
    fuzz(said.one, said.folder, said.seconds)


if __name__ == "__main__":
    if "--one" in sys.argv:
        _as_one(sys.argv[1:])
    else:
        sys.exit(main())
