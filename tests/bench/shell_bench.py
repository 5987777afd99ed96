"""Times the command line beside bare Python and beside khard, on the same people, all in the same run.

Rounds go over every command in turn, so that a machine that is busy for a moment is so for all of them. The first one
does not count: it leaves compiled modules behind, as an installation does. Told are the medians of the time on the
clock and of the time of the processor, which others that run meanwhile hardly disturb. khard's people are a folder of
vCards. Before all rounds Relcraft makes one change in the generated book, which seals it as any real one is: a file of
another hand, with no seal, is checked twice each time that it is read.

Usage: python -m tests.bench.shell_bench [ROUNDS [CONTACTS...]]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

import click

from relcraft.cli.main import LateCommands
from tests.bench import big_book

SIZES = (500, 5_000)
PER_CONTACT = 6
"""Interactions."""
CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:{family};{given};;;\r\nORG:{org}\r\n"
    "EMAIL:{uid}@x.example\r\nEND:VCARD\r\n"
)
KHARD = "[addressbooks]\n[[people]]\npath = {folder}\n[general]\ndefault_action = list\n"
NEW_CARD = "First name : {first}\nLast name : New\n"
BIN = Path(sys.executable).parent
RELCRAFT = [str(BIN / "relcraft"), "--today", "2026-11-23", "--data-file"]
CALLS = {
    **{name: [name] for name in ("balance", "check", "conflicts", "digest", "duplicates", "export", "ics")},
    **{name: [name] for name in ("config", "locate", "man", "me", "merge", "schema", "today", "unplaced")},
    "add": ["add", "--new", "--dry-run", "coffee with Somebody New"],
    "backup": ["backup", "--list"],
    "email": ["email", "ada"],
    "import": ["import", "--dry-run", "{folder}/cards"],
    "list": ["list", "contacts"],
    "path": ["path", "org:navy"],
    "restore": ["restore"],
    "show": ["show", "ada byron"],
    "sync": ["sync", "--dry-run", "{folder}/cards"],
    "undo": ["undo", "--list"],
}
"""A call of each command that changes nothing, in a book of two people."""


class Timer:
    """Times commands in rounds, and tells them beside the floor."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**environment, "PYTHONPYCACHEPREFIX": environment["HOME"]}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._clock: dict[str, list[float]] = {}
        self._processor: dict[str, list[float]] = {}

    def time(self, name: str, command: Sequence[str], text: str = "") -> None:
        """Run a command once, and note how long it took."""
        began, spent = time.perf_counter(), _processor_time()
        ended = subprocess.run(command, input=text.encode(), capture_output=True, check=False, env=self._environment)
        self._clock.setdefault(name, []).append(time.perf_counter() - began)
        self._processor.setdefault(name, []).append(_processor_time() - spent)
        assert ended.returncode == 0, (command, ended.stderr.decode()[-500:])

    def tell(self, floor: str, peer: Mapping[str, str]) -> None:
        """Print each, how much more it takes than the floor, its ratio to that, and to the same by the peer."""
        for name in self._clock:
            told = []
            for what, times in (("clock", self._clock), ("processor", self._processor)):
                took, bare = median(times[name][1:]), median(times[floor][1:])
                told.append(f"{what} {1e3 * took:5.0f} ms ({1e3 * (took - bare):+5.0f}, {took / bare:5.1f}x)")
            if name in peer:
                other = peer[name]
                both = (self._clock, self._processor)
                ratios = (median(times[name][1:]) / median(times[other][1:]) for times in both)
                told.append("of khard " + " and ".join(f"{ratio:.2f}" for ratio in ratios))
            print(f"  {name:<38} {'   '.join(told)}")


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(contacts: int, rounds: int, folder: Path) -> None:
    """Time the commands on one book, and on the same people as a folder of vCards."""
    book, cards = folder / "book.json", folder / "cards"
    big_book.write(book, contacts, contacts * PER_CONTACT)
    people = big_book.documents(contacts, 0)["contacts"].values()
    cards.mkdir()
    for person in people:
        given, family = str(person["name"]).split(" ", 1)
        card = CARD.format(
            uid=person["uid"], name=person["name"], family=family, given=given, org=person["organisation"]
        )
        (cards / f"{person['uid']}.vcf").write_text(card, encoding="utf-8")
    config = folder / "khard.conf"
    config.write_text(KHARD.format(folder=cards), encoding="utf-8")
    khard = [str(BIN / "khard"), "-c", str(config)]
    name = str(next(iter(people))["name"])
    ours = [*RELCRAFT, str(book)]
    subprocess.run([*ours, "add", "--new", "coffee with Somebody New"], check=True, capture_output=True)
    asking = {"COMP_WORDS": "\n".join(["relcraft", *ours[1:], "show", name[:2]]), "COMP_CWORD": "6"}
    home = {**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    timer, asked = Timer(home), Timer({**home, **asking, "_RELCRAFT_COMPLETE": "bash_complete"})
    for number in range(1 + rounds):
        timer.time("python -c pass", [sys.executable, "-c", "pass"])
        timer.time("khard list", [*khard, "list"])
        timer.time("relcraft list contacts", [*ours, "list", "contacts"])
        timer.time("relcraft list contacts --json", [*ours, "list", "contacts", "--json"])
        timer.time("khard show", [*khard, "show", name])
        timer.time("relcraft show", [*ours, "show", name])
        timer.time("relcraft email", [*ours, "email", name.partition(" ")[0], "--json"])
        timer.time("relcraft today", [*ours, "today"])
        timer.time("relcraft digest", [*ours, "digest"])
        timer.time("relcraft digest --short, book changed", [*ours, "digest", "--short"])
        timer.time("relcraft digest --short", [*ours, "digest", "--short"])
        asked.time("completing a name, book changed", [ours[0]])
        asked.time("completing a name", [ours[0]])
        asked.time("python -c pass", [sys.executable, "-c", "pass"])
        new = NEW_CARD.format(first=f"Person{number}")
        timer.time("khard new", [*khard, "new"], new)
        timer.time("relcraft add", [*ours, "add", "--new", f"coffee with Person{number} New"])
    print(f"{contacts} contacts, {contacts * PER_CONTACT} interactions, {rounds} rounds")
    pairs = {"relcraft list contacts": "khard list", "relcraft show": "khard show", "relcraft add": "khard new"}
    timer.tell("python -c pass", pairs)
    asked.tell("python -c pass", {})


def measure_starts(rounds: int, folder: Path) -> None:
    """Time how long each command takes to say what it is for, and to answer in a book with next to nothing in it."""
    book = folder / "book.json"
    cards = folder / "cards"
    cards.mkdir()
    for name in ("Byron", "Hopper"):
        card = CARD.format(uid=name, name=f"Ada {name}", family=name, given="Ada", org="Navy")
        (cards / f"{name}.vcf").write_text(card, encoding="utf-8")
    timer = Timer({**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")})
    subprocess.run([*RELCRAFT, str(book), "import", str(cards)], check=True, capture_output=True)
    names = LateCommands().list_commands(click.Context(LateCommands()))
    for _ in range(1 + rounds):
        timer.time("python -c pass", [sys.executable, "-c", "pass"])
        timer.time("relcraft --help", [*RELCRAFT, str(book), "--help"])
        for name in names:
            timer.time(f"relcraft {name} --help", [*RELCRAFT, str(book), name, "--help"])
            if name in CALLS:
                words = [word.format(folder=folder) for word in CALLS[name]]
                timer.time(f"relcraft {name}, called", [*RELCRAFT, str(book), *words])
    print(f"start-up, {rounds} rounds")
    timer.tell("python -c pass", {})


def main(rounds: int = 9, *sizes: int) -> None:
    """Measure and print."""
    for contacts in sizes or SIZES:
        with tempfile.TemporaryDirectory() as name:
            measure(contacts, rounds, Path(name))
    with tempfile.TemporaryDirectory() as name:
        measure_starts(rounds, Path(name))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
