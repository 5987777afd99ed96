"""The battery proves itself: the store with one thing done wrong at a time, which some crash has to bring to light.

Usage: python -m tests.battery.mutants [WORD IN A NAME]...

There is a mutant for each place of the store that makes something durable, found by watching the recorded runs, and
one for each rule that keeps a book whole. A mutant is caught where a run with it does not survive a crash, or does not
even come to its end.
"""

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from types import FunctionType
from typing import Any

import relcraft.store
from relcraft.store import backups, folding, journal, reading, storage
from tests.battery.crashes import Tally, crashed, cut_off, played, recorded
from tests.battery.protocols import PROTOCOLS, SEQUELS, Protocol, Sequel
from tests.battery.states import BOUNDED
from tests.battery.writings import WRITINGS, made_durable_in, written

SYNCS = frozenset({"sync", "sync_data", "sync_folder", "write_new"})
"""The functions of the store through which anything becomes durable."""
NOT_PLAYED = {
    "opening.write_book": "the sample book of the demo, in a folder that goes with it",
    "backups.save_new": "tests.battery.restores plays it, and leaves each out",
    "restoring._keep_aside": "as above",
    "restoring._put_in_place": "as above",
}
"""Places that no protocol needs, and why."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """The store with one thing done wrong."""

    name: str
    left_out: str = ""
    """The place that makes nothing durable."""
    owner: Any = None
    """The module or class of the function that is written anew."""
    function: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    """What stands in the function, and what stands there instead."""

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Let the store be wrong."""
        if not self.function:
            yield
            return
        owner, name = self.owner, self.function
        original = inspect.getattr_static(owner, name)
        setattr(owner, name, _rewritten(original, self.changes))
        try:
            yield
        finally:
            setattr(owner, name, original)


def _rewritten(original: Any, changes: tuple[tuple[str, str], ...]) -> Any:
    """Return a function as its source says with `changes` made in it."""
    function: FunctionType = getattr(original, "__func__", original)
    source = textwrap.dedent(inspect.getsource(function))
    for old, new in changes:
        if source.count(old) != 1:
            raise AssertionError(f"{function.__qualname__} has {old!r} {source.count(old)} times: say the mutant anew")
        source = source.replace(old, new)
    made: dict[str, Any] = {}
    exec(compile(source, f"<mutant of {function.__qualname__}>", "exec"), function.__globals__, made)
    return made[function.__name__]


RULES = (
    Mutant(
        "the journal goes before the new file is in its place",
        owner=folding.Folding,
        function="fold",
        changes=(("identity = self._put(", "self._remove_journal(); identity = self._put("),),
    ),
    Mutant(
        "the file at rest is written in its place",
        owner=folding.Folding,
        function="_put",
        changes=(
            ("place.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW", "place.book, os.O_WRONLY | 576"),
            ("self._still(known)", "files.stat(place.book)"),
            ("files.replace(place.temporary, place.book)", "pass"),
        ),
    ),
    Mutant(
        "what the file has already is said again by the journal",
        owner=reading,
        function="_replay_elsewhere",
        changes=(("if not header.name or header.name == snapshot.meta.folded:", "if False:"),),
    ),
    Mutant(
        "a journal is read on whatever file it was begun",
        owner=journal.Header,
        function="fits",
        changes=(("(self.seq, self.size, self.crc) == (", "True or ("),),
    ),
    Mutant(
        "the checksum of a line is not compared",
        owner=journal,
        function="unguarded",
        changes=(('line[:9] != b"%08x " % crc32(line[9:])', "False"),),
    ),
    Mutant(
        "a change is in memory before it is on the disk",
        owner=storage.BookStorage,
        function="commit",
        changes=(
            ("if state.journal is None:", "any(map(state.rows.apply, entry.ops))\n    if state.journal is None:"),
        ),
    ),
    Mutant(
        "a change is told as saved before it is written",
        owner=journal.Journal,
        function="append",
        changes=(
            ("write_all(self._files, self._fd, line)", "write_all(self._files, self._fd, vars(self).get('late', b''))"),
            ("self.seq = seq", "self.seq, self.late = seq, line"),
        ),
    ),
    Mutant(
        "half a line stays after a failed write",
        owner=journal.Journal,
        function="append",
        changes=(("except BaseException:\n        self.cut()", "except BaseException:"),),
    ),
    Mutant(
        "half a line stays after a crash",
        owner=journal.Journal,
        function="cut",
        changes=(("self._files.truncate(self._fd, self.end)", "pass"),),
    ),
    Mutant(
        "a journal that says nothing any more goes before the file is there to stay",
        owner=storage.BookStorage,
        function="_begin",
        changes=(("if not state.named:", "if False:"),),
    ),
    Mutant(
        "the journal of another program is taken to be there to stay",
        owner=storage.BookStorage,
        function="commit",
        changes=(("if not state.journal.named:", "if False:"),),
    ),
    Mutant(
        "what another program wrote is taken to be on the disk",
        owner=journal.Journal,
        function="_settle",
        changes=(("if not self._synced:", "if False:"),),
    ),
    Mutant(
        "a migration keeps no copy of what was before",
        owner=folding.Folding,
        function="fold",
        changes=(("self._save_copies(state)", "pass"),),
    ),
    Mutant(
        "a backup is written in its place",
        owner=backups,
        function="_copy",
        changes=(
            ("write_new(files, temporary, ", "write_new(files, target, "),
            ("files.replace(temporary, target)", ""),
        ),
    ),
    Mutant(
        "an older backup goes before the new one is there",
        owner=folding,
        function="back_up",
        changes=(
            ("copy = _copy(files, place, place.book, folder / name)", "pass"),
            ("_days(files.names(folder), ", "_days([*files.names(folder), name], "),
            ("return copy", "return _copy(files, place, place.book, folder / name)"),
        ),
    ),
)

_DURABLE = {
    "backups._copy > sync_folder > sync": "migration",
    "backups._copy > write_new > sync": "migration",
    "files.make_folders > sync_folder > sync": "killed, new book",
    "folding._keep_aside > sync_folder > sync": "edited outside",
    "folding._keep_aside > write_new > sync": "edited outside",
    "folding._put > sync": "first save",
    "folding._put > sync_folder > sync": "first save",
    "folding._remove_journal > sync_folder > sync": "edited outside at rest",
    "journal._settle > sync_data": "killed, new book",
    "journal._take_back > sync_folder > sync": "refused sync",
    "journal.append > sync_data": "first save",
    "journal.begin > sync": "first save",
    "journal.begin > sync_folder > sync": "first save",
    "copies.put_aside > sync_folder > sync": "a copy that is put aside",
    "copies.put_aside > write_new > sync": "a copy that is put aside",
    "repairing.write_repaired > sync_folder > sync": "a repaired book",
    "repairing.write_repaired > write_new > sync": "a repaired book",
    "page_folder._note > sync_folder > sync": "a first folder of pages",
    "page_folder.write_pages > sync_folder > sync": "a folder of pages",
    "calendar_folder.bring_up_to_date > sync_folder > sync": "a folder of a calendar",
    "whole_files.put_whole > write_new > sync": "a folder of a calendar",
    "vdirs.put > write_new > sync": "a first sync",
    "vdirs.settle > sync_folder > sync": "a first sync",
    "uniting._put > write_new > sync": "a merge by git",
    "storage._begin > sync_folder > sync": "killed, new book",
    "storage.commit > sync_folder > sync": "killed, new book",
}
CAUGHT_BY = {
    **{f"not made durable: {place}": story for place, story in _DURABLE.items()},
    "the journal goes before the new file is in its place": "first save",
    "the file at rest is written in its place": "first save",
    "what the file has already is said again by the journal": "first save",
    "a journal is read on whatever file it was begun": "first save",
    "the checksum of a line is not compared": "used place",
    "a change is in memory before it is on the disk": "full disk",
    "a change is told as saved before it is written": "first save",
    "half a line stays after a failed write": "full disk",
    "half a line stays after a crash": "two crashes",
    "a journal that says nothing any more goes before the file is there to stay": "killed",
    "the journal of another program is taken to be there to stay": "killed",
    "what another program wrote is taken to be on the disk": "killed",
    "a migration keeps no copy of what was before": "migration",
    "a backup is written in its place": "daily backup",
    "an older backup goes before the new one is there": "daily backup",
}
"""The story in which each mutant is known to be caught."""


def sites() -> set[str]:
    """Return every place from which the stories make something durable."""
    found = {site for name in WRITINGS for site in made_durable_in(name)}
    for protocol in PROTOCOLS:
        found |= played(protocol).disk.sites
    for sequel in SEQUELS:
        found |= {
            site
            for run, _ in recorded(sequel, replace(BOUNDED, every=40 if sequel.power else 1))
            for site in run.disk.sites
        }
    return found - {"elsewhere"}


def looked_at(story: Protocol | Sequel, left_out: str) -> Tally:
    """Crash everywhere in one story, within bounds, until something is wrong."""
    if isinstance(story, Sequel):
        return cut_off(story, BOUNDED, left_out, stop_at_first=True)
    return crashed(story, BOUNDED, left_out, stop_at_first=True)


def shown(site: str) -> str:
    """Return a place without its number of line."""
    return re.sub(r":\d+", "", site)


def mutants(places: set[str]) -> list[Mutant]:
    """Return all mutants: one for each of `places` that makes nothing durable, and those of the rules."""
    return [*(Mutant(f"not made durable: {shown(place)}", left_out=place) for place in sorted(places)), *RULES]


def caught_by(mutant: Mutant, stories: Sequence[Protocol | Sequel] = (*PROTOCOLS, *SEQUELS)) -> tuple[str, str]:
    """Return the name of the story in which a mutant is caught, and what was wrong there; empty: it was not."""
    known = CAUGHT_BY.get(mutant.name, "")
    for name in sorted(WRITINGS, key=lambda name: name != known):
        if mutant.left_out not in made_durable_in(name) or (known not in WRITINGS and " sync" in name):
            continue  # a sync writes the book as well, which the stories of the book look at closely
        if problem := written(name, mutant.left_out).problem:
            return name, problem
    with mutant.alive():
        for story in sorted(stories, key=lambda story: story.name != known):
            try:
                tally = looked_at(story, mutant.left_out)
            except Exception as error:  # noqa: BLE001  # a run that does not come to its end has caught the mutant
                return story.name, f"the run ends with {type(error).__name__}: {error}"
            if tally.wrong:
                return story.name, tally.first
    return "", ""


def places_in_the_source() -> Iterator[tuple[str, range]]:
    """Yield the function and the lines of each call in the store that makes something durable."""
    folder = Path(relcraft.store.__file__).parent
    for path in sorted(folder.glob("*.py")):
        if path.stem == "files":
            continue
        tree = ast.parse(path.read_text())
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SYNCS:
                        end = call.end_lineno or call.lineno
                        yield f"{path.stem}.{function.name}", range(call.lineno, end + 1)


def not_played(places: set[str]) -> list[str]:
    """Return the places in the source of the store that no protocol comes by."""
    reached = set[tuple[str, int]]()
    for place in places:
        function, line = place.split(" > ")[0].split(":")
        reached.add((function, int(line)))
    return sorted(
        function
        for function, lines in places_in_the_source()
        if not any((function, line) in reached for line in lines) and function not in NOT_PLAYED
    )


def main(words: list[str]) -> int:
    """Print what catches each mutant; return 1 where one is not caught."""
    missed, places = 0, sites()
    for place in not_played(places):
        print(f"NOT PLAYED  {place}")
    for mutant in mutants(places):
        if words and not any(word in mutant.name for word in words):
            continue
        start = perf_counter()
        story, wrong = caught_by(mutant)
        missed += not story
        print(f"{'caught' if story else 'MISSED'}  {mutant.name}  ({perf_counter() - start:.1f} s)", flush=True)
        if story:
            print(f"        by {story}: {wrong[:160]}")
    print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
