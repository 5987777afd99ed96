"""Laptops that change one book and bring it together in all ways; `python -m tests.battery.laptops [RUNS [SEED]]`."""

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from relcraft.book import sides
from relcraft.book.brief import brief
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.domain.contents import Contents
from relcraft.domain.errors import BadInput, Conflict, NotFound
from relcraft.domain.uniting import united
from relcraft.store.checking import check
from relcraft.store.copies import FolderCopies
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.store.uniting import unite_files
from relcraft.sync.merging import keep_merge, plan_merge
from tests.battery.deeds import DEEDS, Deed, Laptop, add_contact, ask, exchange, follow_up, log
from tests.battery.lineage import Lineage, Said, apart, said_by

_BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOST_ROUNDS = 6
"""How often all laptops may have to bring each other in until nothing changes any more."""


class Broken(AssertionError):
    """Something does not hold."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done next."""

    deed: str
    seed: int


@dataclass(slots=True)
class Tally:
    """What happened in all stories."""

    figures: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    broken: list[str] = field(default_factory=list)


class Story:
    """Some laptops, and what happens to them."""

    def __init__(self, folder: Path, seed: int, tally: Tally, *, trace: bool = False) -> None:
        random = Random(seed)
        self.tally, self.lineage, self._trace = tally, Lineage(), trace
        self._folder, self._minutes, self._token = folder, 0, 0
        self._bases: dict[frozenset[int], bytes] = {}
        self.replaced = False
        """Whether a file was put in the place of another, and what that knew of the past is gone."""
        self.laptops = [self._laptop(each, random) for each in range(random.choice((2, 2, 3)))]
        first = self.laptops[0]
        for _ in range(3):
            self._do(first, add_contact, Random(random.random()))
        for _ in range(3):
            self._do(first, random.choice((log, exchange, ask, follow_up)), Random(random.random()))
        first.close()
        for other in self.laptops[1:]:
            shutil.copy(first.path, other.path)
            other.known = first.known
        self._remember(first)

    def _laptop(self, number: int, random: Random) -> Laptop:
        folder = self._folder / "abc"[number]
        folder.mkdir()
        off = [timedelta(minutes=random.choice((0, 0, random.randint(-600, 600))))]

        def clock() -> datetime:
            return _BEGAN + timedelta(minutes=self._minutes) + off[0]

        self._offs = [*getattr(self, "_offs", []), off]
        return Laptop(folder / "book.json", clock, (f"{'abc'[number]}{each}" for each in range(10**6)))

    def token(self) -> str:
        """Return a text that nobody typed before."""
        self._token += 1
        return f"q{self._token}q"

    def play(self, steps: Sequence[Step]) -> None:
        """Do all steps, then bring all together. Raises `Broken`."""
        for step in steps:
            random = Random(step.seed)
            self._minutes += random.randint(1, 30)
            number = random.randrange(len(self.laptops))
            laptop = self.laptops[number]
            if self._trace:
                print(f"-- {laptop.path.parent.name} {step.deed}")
            self.tally.figures[step.deed] += 1
            if step.deed in DEEDS:
                self._do(laptop, DEEDS[step.deed], random)
            elif step.deed == "the clock jumps":
                self._offs[number][0] += timedelta(minutes=random.randint(-900, 300))
            elif step.deed == "all together":
                self.together()
            else:
                SYNCS[step.deed](self, laptop, random)
            self._holds(laptop)
        self.together()

    def _do(self, laptop: Laptop, deed: Deed, random: Random) -> None:
        before = laptop.said() if laptop.path.exists() or laptop.book is not None else {}
        if random.random() < 0.1:
            laptop.older.append((read_contents(laptop.path), "") if before else (Contents("empty"), ""))
        try:
            told = deed(self.token, laptop, random)
        except (BadInput, NotFound, Conflict) as error:
            told = f"refused: {error}"
            self.tally.figures["refused"] += 1
        after = laptop.said()
        known = self.lineage.note(laptop.known, before, after, f"{laptop.path.parent.name} {told}")
        if self._trace:
            print("  ", told, sorted(known - laptop.known))
        laptop.known = known

    # Held all the time

    def _holds(self, laptop: Laptop) -> None:
        report = check(laptop.path)
        if report.problems:
            raise Broken(f"check: {report.problems}")

    def together(self) -> None:
        """Bring all laptops together until nothing changes, and look at what they have."""
        pairs = [(one, other) for one in self.laptops for other in self.laptops if one is not other]
        rounds = 1
        while sum(self.merge(one, other) for one, other in pairs):
            if rounds > MOST_ROUNDS:
                raise Broken(f"no end: {MOST_ROUNDS} rounds of merges still change something")
            rounds += 1
        self.tally.rounds = max(self.tally.rounds, rounds)
        self.tally.figures["together"] += 1
        first, *others = [read_contents(each.path) for each in self.laptops]
        for other in others:
            if found := list(apart(first, other)):
                raise Broken(f"apart: {found}")
        self._look(self.laptops[0], first)

    def _look(self, laptop: Laptop, contents: Contents) -> None:
        said = said_by(contents)
        found = list(self.lineage.problems(laptop.known, said))
        if len(self.laptops) > 2 or self.replaced:
            beyond = [one for one in found if one.startswith(("needless", "other", "alive", "dead"))]
            self.tally.figures["came back or asked needlessly where the past is not known"] += len(beyond)
            found = [one for one in found if one not in beyond]
        if found:
            raise Broken("\n    ".join(found))
        self.tally.figures["conflicts waiting at the end"] += sum(key[0] == "conflicts" for key in said)
        self.tally.figures["of these with nothing new"] += self.lineage.asked_for_nothing(laptop.known, said)
        for each in self.laptops:
            self._holds(each)
        book = laptop.open()
        all_moves(book)
        sides.waiting(book)
        for contact in (*book.contacts(), *book.contacts(archived=True)):
            brief(book, contact.uid)
            book.balance(contact.uid)
            book.warmth(contact.uid)
            book.timeline(contact.uid)

    # Bringing together

    def merge(self, laptop: Laptop, other: Laptop, theirs: Contents | None = None) -> bool:
        """Bring another laptop's book in; return whether that changed anything."""
        theirs = read_contents(other.path) if theirs is None else theirs
        book = laptop.open()
        before = laptop.said()
        plan = plan_merge(book, theirs)
        changed = not united(book.contents(), theirs).nothing_new
        change = keep_merge(book, plan)
        after = laptop.said()
        laptop.known |= other.known
        self.tally.figures["merges"] += 1
        if change is not None:
            self._undone(laptop, before, after)
        again = united(book.contents(), theirs)
        if not again.nothing_new:
            raise Broken(f"again: the same merge changes something: {again}")
        return changed

    def _undone(self, laptop: Laptop, before: Said, after: Said) -> None:
        """Undo of a merge restores all, redo does it again: on a copy."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            path = Path(folder) / "book.json"
            shutil.copy(laptop.path, path)
            journal = laptop.path.with_name("book.json.journal")
            if journal.exists():
                shutil.copy(journal, path.with_name(journal.name))
            with closing(Book(open_store(path, now=laptop.clock), laptop.clock)) as book:
                book.undo()
                if said_by(book.contents()) != before:
                    raise Broken("undo of a merge leaves another book than before")
                book.redo()
                if said_by(book.contents()) != after:
                    raise Broken("redo of a merge makes another book")

    def _other(self, laptop: Laptop, random: Random) -> Laptop:
        return random.choice([each for each in self.laptops if each is not laptop])

    def _folded(self, laptop: Laptop, random: Random) -> Laptop:
        """Another laptop with nothing in its journal: only its file travels."""
        other = self._other(laptop, random)
        other.open()
        other.close()
        return other

    def one_way(self, laptop: Laptop, random: Random) -> None:
        """One takes in the other."""
        self.merge(laptop, self._other(laptop, random))
        self._remember(laptop)

    def both_ways(self, laptop: Laptop, random: Random) -> None:
        """Each takes in the other, at once or one after the other."""
        other = self._other(laptop, random)
        ours = read_contents(laptop.path)
        known = laptop.known
        self.merge(laptop, other)
        if random.random() < 0.5:
            self.merge(other, laptop, None)
        else:
            self.merge(other, replace(laptop, known=known), ours)

    def syncthing(self, laptop: Laptop, random: Random) -> None:
        """The other's file replaces this one, which becomes a conflict copy; the program may be open meanwhile."""
        other = self._folded(laptop, random)
        if random.random() < 0.6:
            laptop.close()
        elif random.random() < 0.5:
            laptop.crash()
        self.replaced = True
        name = f"book.sync-conflict-20260312-1430{random.randint(10, 59)}-ABCDEFG.json"
        shutil.copy(laptop.path, laptop.path.with_name(name))
        shutil.copy(other.path, laptop.path.with_name("new"))
        laptop.path.with_name("new").replace(laptop.path)
        book = laptop.open()
        copies = FolderCopies(laptop.path, laptop.path.parent / "backups")
        waiting = copies.waiting()
        if [each.name for each in waiting] != [name]:
            raise Broken(f"copies: {waiting}")
        for copy in waiting:
            keep_merge(book, plan_merge(book, copies.read(copy)))
            copies.put_aside(copy)
        laptop.known |= other.known

    def git(self, laptop: Laptop, random: Random) -> None:
        """As git merges: with the version that both were made from."""
        other = self._folded(laptop, random)
        laptop.open()
        laptop.close()
        base = self._bases.get(laptop.known & other.known)
        if base is None:
            self.tally.figures["no base for git"] += 1
            return
        path = self._folder / "base"
        path.write_bytes(base)
        theirs = other.path.read_bytes()
        unite_files(path, laptop.path, other.path, laptop.clock())
        self._bases[other.known] = theirs
        laptop.known |= other.known
        if random.random() < 0.5:  # the other one fast-forwards
            shutil.copy(laptop.path, other.path)
            other.known = laptop.known
        self._remember(laptop)

    def whole_copy(self, laptop: Laptop, random: Random) -> None:
        """The other's file is put in the place of this one, knowingly: no change waits in a journal."""
        other = self._folded(laptop, random)
        laptop.open()
        laptop.close()
        self.replaced = True
        laptop.older.append((read_contents(laptop.path), "before the copy"))
        shutil.copy(other.path, laptop.path)
        laptop.known = other.known

    def older_file(self, laptop: Laptop, random: Random) -> None:
        """A file from a while ago is put in the place of this one: no change waits in a journal, to be done in it."""
        if not self._bases:
            return
        self.replaced = True
        laptop.open()
        laptop.close()
        known = random.choice(sorted(self._bases, key=sorted))
        laptop.path.write_bytes(self._bases[known])
        laptop.known = known

    def _remember(self, laptop: Laptop) -> None:
        if laptop.book is not None:
            laptop.book.fold()
        self._bases[laptop.known] = laptop.path.read_bytes()


SYNCS: dict[str, Callable[[Story, Laptop, Random], None]] = {
    "merge": Story.one_way,
    "merge both ways": Story.both_ways,
    "Syncthing": Story.syncthing,
    "git": Story.git,
    "whole copy": Story.whole_copy,
    "older file": Story.older_file,
}
WEIGHTS: dict[str, int] = {
    "edits": 14,
    "tags": 3,
    "undo": 5,
    "redo": 3,
    "settles": 4,
    "merge": 8,
    "merge both ways": 3,
    "Syncthing": 3,
    "git": 4,
    "follow-up": 3,
    "deletes": 3,
    "deletes for good": 2,
    "outside edit": 2,
    "asks": 3,
}


def steps_of(seed: int, length: int) -> list[Step]:
    """Return a story."""
    random = Random(seed)
    names = [*DEEDS, *SYNCS, "the clock jumps", "all together"]
    weights = [WEIGHTS.get(name, 1) for name in names]
    return [Step(random.choices(names, weights)[0], random.randrange(10**9)) for _ in range(length)]


def tell(seed: int, steps: Sequence[Step], tally: Tally, *, trace: bool = False) -> str:
    """Play one story; return what does not hold, or nothing."""
    room = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="relcraft-laptops-", dir=room) as folder:
        story = None
        try:
            story = Story(Path(folder), seed, tally, trace=trace)
            story.play(steps)
        except Broken as error:
            return str(error)
        finally:
            for each in story.laptops if story is not None else ():
                each.crash()
    return ""


def shrunk(seed: int, steps: Sequence[Step]) -> list[Step]:
    """Return fewer steps that break in the same way."""
    kind = tell(seed, steps, Tally()).split(":")[0]
    size = max(1, len(steps) // 2)
    steps = list(steps)
    while size:
        place = 0
        while place < len(steps):
            fewer = steps[:place] + steps[place + size :]
            if tell(seed, fewer, Tally()).split(":")[0] == kind:
                steps = fewer
            else:
                place += size
        size //= 2
    return steps


def soak(runs: int, seed: int, length: int = 30, seconds: float = 1e9) -> Tally:
    """Play stories until there were enough, or time is over."""
    tally, began = Tally(), time.monotonic()
    for number in range(seed, seed + runs):
        if time.monotonic() - began > seconds:
            break
        found = tell(number, steps_of(number, length), tally)
        tally.figures["stories"] += 1
        if found:
            tally.broken.append(f"story {number}: {found}")
    return tally


def main(words: list[str]) -> int:
    """Print what came of RUNS stories from SEED on; return 1 where something did not hold."""
    runs, seed = (int(words[place]) if len(words) > place else usual for place, usual in ((0, 300), (1, 0)))
    tally = soak(runs, seed)
    print(", ".join(f"{what} {count}" for what, count in tally.figures.items()))
    print(f"rounds until all have the same, at most: {tally.rounds}; broken: {len(tally.broken)}")
    for problem in tally.broken:
        print(problem)
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
