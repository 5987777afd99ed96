"""Programs are killed at any moment: `python -m tests.battery.killing 10000` prints what was lost.

Everything runs in one process without threads, so that a program to be killed is a fork of a warm one.
"""

import os
import pickle
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tinydb import TinyDB

from relcraft.domain.documents import Document
from relcraft.store.files import Files
from relcraft.store.migrations import MIGRATIONS
from relcraft.store.opening import write_book
from relcraft.store.place import Place
from relcraft.store.reading import read_book
from tests.battery import victims
from tests.battery.doomed import Doomed
from tests.battery.programs import PATIENCE, Account, Program
from tests.battery.victims import COUNTER, DAMAGED, DEEDS, Victim
from tests.store.changes import all_files

_ONE_OF = re.compile(r"(\S+) (\d+) of (\d+)")
_GENERATION = 6
"""After how many kills a deed begins with a new folder."""
_MANY = 1_000
"""From how many kills on two cores are at it."""
_LONGEST = 0.030
"""Seconds after which a program is killed at the latest: each change takes a fraction of a millisecond."""
_MOST_CALLS = (15, 60, 200)
"""Within how many calls of the disk a program is killed: one of these, by chance."""


@dataclass(slots=True)
class Tally:
    """What came of the kills of one kind."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    phantom: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        self.kills += other.kills
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.half += other.half
        self.phantom += other.phantom
        self.problems += other.problems


class Ground:
    """One folder in which programs of one kind are killed again and again."""

    def __init__(self, deed: str, folder: Path, dice: random.Random) -> None:
        self.deed = deed
        self.path = folder / "book.json"
        self._dice = dice
        self._folder = folder
        self._migrations = (victims.give_everybody_a_shape,) if deed == "migrating" else MIGRATIONS
        self.saved: frozenset[str] = frozenset()
        self.tally = Tally()
        folder.mkdir(parents=True)
        victims.write_backup(folder)
        if deed == "restoring a damaged book":
            self.path.write_bytes(DAMAGED)
        if deed == "migrating":
            write_book(self.path, victims.people("old-0", 2))
            self.saved = frozenset({"old-0"})

    def kill_one(self, run: str) -> None:
        """Let a program run, kill it, and look."""
        dice = self._dice
        if self.deed == "two programs":
            accounts = self._two(run)
        elif self.deed == "holding the lock":
            accounts = self._in_the_lock(run)
        elif dice.random() < 0.6:
            moment = dice.choice(["before", "half", "after"])
            program = self._program(run, Doomed(self._a_call(), moment))
            program.listen(PATIENCE)
            accounts = [program.kill()]
        else:
            program = self._program(run, Files())
            program.listen(dice.random() * _LONGEST)
            accounts = [program.kill()]
        self.tally.kills += 1
        self.tally.acknowledged += sum(account.changes for account in accounts)
        for account in accounts:
            self._expect("!" not in "".join(account.said), f"the program says {account.said}")
        self._look(accounts)

    def _a_call(self) -> int:
        return self._dice.randrange(1, self._dice.choice(_MOST_CALLS))

    def _program(self, run: str, files: Files, deed: str = "") -> Program:
        return Program(deed or self.deed, self.path, files, run, self.saved)

    def _two(self, run: str) -> list[Account]:
        """Two programs write; one is killed, and the other goes on at once."""
        first = self._program(f"{run}a", Doomed(self._a_call(), "half"))
        second = self._program(f"{run}b", Files())
        first.listen(PATIENCE)
        killed = first.kill()
        self._goes_on(second)
        return [killed, second.kill()]

    def _in_the_lock(self, run: str) -> list[Account]:
        """A program is killed while it holds the lock and another one waits for it."""
        first = self._program(f"{run}a", Files())
        first.listen(PATIENCE, until="?")
        second = self._program(f"{run}b", Files(), "changing")
        second.listen(self._dice.random() * 0.01)
        self._expect(not second.account.changes, "two programs held the lock")
        killed = first.kill()
        self._goes_on(second)
        return [killed, second.kill()]

    def _goes_on(self, program: Program) -> None:
        before, began = program.account.changes, time.monotonic()
        while program.account.changes < before + 2 and time.monotonic() < began + PATIENCE:
            program.listen(0.002)
        self._expect(program.account.changes >= before + 2, "the other program does not go on")

    # Looking

    def _expect(self, holds: bool, problem: str) -> None:
        if not holds:
            self.tally.problems.append(f"{self.deed}, {self.path}: {problem}")

    def _look(self, accounts: list[Account]) -> None:
        if self.path.exists() and self.path.read_bytes() == DAMAGED:
            self._expect(not accounts[0].changes, "a restore that was acknowledged is not there")
            return
        self._groups(self._with_stock_tinydb(self.path), "the file at rest")
        reading = read_book(Files(), Place.of(self.path), self._migrations)
        if reading.journal is not None:
            reading.journal.close()
        found = self._groups([dict(one) for one in reading.rows.tables.get("contacts", {}).values()], "the book")
        self._compare(found, accounts)
        self._look_beside()
        self.saved = found
        if self._dice.random() < 0.4:  # else the next one finds the files as they are
            self._next_program()

    def _compare(self, found: frozenset[str], accounts: list[Account]) -> None:
        certain = frozenset[str]().union(*(account.saved for account in accounts))
        possible = [certain]
        for account in accounts:
            if account.tried is not None:
                possible += [one | account.tried if len(accounts) > 1 else account.tried for one in possible]
        if found in possible:
            return
        lost, phantom = certain - found, found - frozenset[str]().union(*possible)
        self.tally.lost += len(lost)
        self.tally.phantom += len(phantom)
        self._expect(False, f"lost {sorted(lost)}, never said {sorted(phantom)}, found {sorted(found)}")

    def _look_beside(self) -> None:
        """The backups are whole, and what was damaged is kept."""
        if self.deed == "restoring a damaged book":
            kept = [data for name, data in all_files(self._folder).items() if name != "book.json"]
            self._expect(DAMAGED in kept, "the damaged file is gone")
        if self.deed == "migrating" and any("shape" in one for one in self._with_stock_tinydb(self.path)):
            copies = list((self._folder / "backups").glob("book.schema-1-*.json"))
            self._expect(bool(copies), "the file was migrated, and nothing has it as it was")
        for backup in (self._folder / "backups").glob("book*.json"):
            self._groups(self._with_stock_tinydb(backup), backup.name)

    def _next_program(self) -> None:
        """The next program goes on from there, and brings the file up to date."""
        tag = f"next{len(self.saved)}-{self.tally.kills}"
        victim = Victim(self.path, Files(), tag, self._hear)
        book = victim.opened(migrations=self._migrations, backups=self._folder / "backups")
        victim.change(book)
        book.close()
        self.saved |= {f"{tag}-1"}
        self._expect(not book.read_only, book.read_only)
        at_rest = self._groups(self._with_stock_tinydb(self.path), "the file at rest")
        self._expect(at_rest == self.saved, "the next program leaves something else in the file")

    def _hear(self, line: str) -> None:
        """Nobody kills this one."""

    def _with_stock_tinydb(self, path: Path) -> list[Document]:
        if not path.exists():
            return []
        with TinyDB(path, encoding="utf-8") as database:
            return [dict(one) for one in database.table("contacts")]

    def _groups(self, contacts: list[Document], where: str) -> frozenset[str]:
        """Return the changes that are there, all of them whole."""
        sizes: Counter[str] = Counter()
        whole: dict[str, int] = {}
        counter = ""
        for one in contacts:
            if one["uid"] == COUNTER:
                counter = str(one["notes"])
                continue
            name = _ONE_OF.fullmatch(str(one["name"]))
            assert name is not None, one
            sizes[name[1]] += 1
            whole[name[1]] = int(name[3])
        half = [tag for tag, size in sizes.items() if size != whole[tag]]
        half += [counter] if counter and counter not in sizes else []
        shapes = {one.get("shape") for one in contacts if str(one["name"]).startswith("old-")}
        self._expect(len(shapes) < 2, f"{where} is half migrated")
        self.tally.half += len(half)
        self._expect(not half, f"{where} has half of {half}")
        return frozenset(sizes)


def killed(kills: int, folder: Path, seed: int, deeds: Sequence[str]) -> dict[str, Tally]:
    """Kill so many programs, of every kind in turn; return what came of it by kind."""
    dice = random.Random(seed)
    tallies = {deed: Tally() for deed in deeds}
    grounds: dict[str, Ground] = {}
    for number in range(kills):
        deed = deeds[number % len(deeds)]
        ground = grounds.get(deed)
        if ground is None or ground.tally.kills == _generation(deed):
            if ground is not None:
                tallies[deed].add(ground.tally)
                shutil.rmtree(ground.path.parent)
            ground = grounds[deed] = Ground(deed, folder / f"{deed.replace(' ', '-')}-{number}", dice)
        ground.kill_one(f"r{number}")
    for deed, ground in grounds.items():
        tallies[deed].add(ground.tally)
    return tallies


def _generation(deed: str) -> int:
    return 1 if deed in ("migrating", "restoring a damaged book") else _GENERATION


@contextmanager
def _a_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="relcraft-killing-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def killed_side_by_side(kills: int, folder: Path, seed: int, deeds: Sequence[str]) -> dict[str, Tally]:
    """Do the same with two cores."""
    ours, theirs = os.pipe()
    half = os.fork()
    if not half:
        try:
            tallies = killed(kills // 2, folder / "half", seed + 1, deeds)
            with os.fdopen(theirs, "wb") as pipe:
                pickle.dump(tallies, pipe)
        finally:
            os._exit(0)
    os.close(theirs)
    tallies = killed(kills - kills // 2, folder, seed, deeds)
    with os.fdopen(ours, "rb") as pipe:
        for deed, tally in pickle.load(pipe).items():
            tallies[deed].add(tally)
    os.waitpid(half, 0)
    return tallies


def main(arguments: list[str]) -> int:
    """Kill so many (with these dice, and these deeds), and print what came of it; return whether anything was lost."""
    kills, seed = (int(one) for one in (*arguments[:2], *("100", "20260312")[len(arguments[:2]) :]))
    began = time.monotonic()
    with _a_folder() as folder:
        kill = killed if kills < _MANY else killed_side_by_side
        tallies = kill(kills, folder, seed, arguments[2:] or list(DEEDS))
    together = Tally()
    print(f"{'killed while':26} {'kills':>6} {'acknowledged':>13} {'lost':>5} {'half':>5} {'never said':>11}")
    for deed, tally in (*tallies.items(), ("all", together)):
        print(f"{deed:26} {tally.kills:6} {tally.acknowledged:13} {tally.lost:5} {tally.half:5} {tally.phantom:11}")
        if tally is not together:
            together.add(tally)
    for problem in together.problems[:30]:
        print(f"   {problem}")
    if together.problems:
        return 1
    print(f"Stock TinyDB opened the file every time. {time.monotonic() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
