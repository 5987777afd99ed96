"""The scenes in which calls fail: a bit of everything that is done with the file of a book."""

from collections.abc import Callable
from dataclasses import replace

from relcraft.book.restoring import keep_restore, plan_restore
from relcraft.domain.changes import drop, put
from relcraft.domain.contents import Contents
from relcraft.domain.documents import Document, to_document
from relcraft.domain.records import Contact
from relcraft.store.rows import Data
from relcraft.sync.merging import keep_merge, plan_merge
from tests.battery.playing import Play
from tests.store.changes import ADA, GRACE, crashed

LINUS = Contact(uid="linus", name="Linus Torvalds")
LONDON = replace(ADA, city="London")
PARIS = replace(ADA, city="Paris")


def first_save(play: Play) -> None:
    """The first change makes the file, and the folder for it."""
    play.open(backups=play.backups)
    play.change(put(None, ADA))
    play.change(put(None, GRACE))
    play.close()


def in_a_new_folder(play: Play) -> None:
    """The folders are not there yet."""
    play.path = play.folder / "not" / "yet" / "book.json"
    first_save(play)


def many_changes(play: Play) -> None:
    """Added, edited, deleted, undone, redone."""
    play.at_rest(ADA)
    play.open()
    ada, grace = (LONDON, play.change(put(ADA, LONDON))), play.change(put(None, GRACE))
    play.change(put(ada[0] if ada[1] else ADA, replace(ada[0], name="Augusta")))
    if grace:
        play.change(drop(GRACE))
    if play.change(put(None, LINUS)) and play.undo(drop(LINUS)):
        play.redo(put(None, LINUS))
    play.close()


def folds(play: Play) -> None:
    """Changes, a fold, changes after it, a fold."""
    play.at_rest(ADA)
    play.open()
    play.change(put(None, GRACE))
    play.fold()
    play.change(put(None, LINUS))
    play.change(put(ADA, LONDON))
    play.fold()
    play.change(put(LONDON, PARIS)) if play.saved["contacts"]["ada"] == to_document(LONDON) else None
    play.close()


def after_a_kill(play: Play) -> None:
    """A journal waits, and its last line was cut short."""
    play.at_rest(ADA)
    book = play.other()
    play.by_other(book, put(None, GRACE))
    play.by_other(book, put(ADA, LONDON))
    play.others.clear()
    crashed(book._keeper)  # type: ignore[arg-type]  # it is a file
    journal = play.path.with_name("book.json.journal")
    journal.write_bytes(journal.read_bytes() + b'0123abcd {"seq":3,"ti')
    play.open()
    play.change(put(None, LINUS))
    play.close()


def outside_edit(play: Play) -> None:
    """An editor changes the file while changes wait in the journal: both are kept."""
    play.at_rest(ADA, GRACE)
    play.open()
    play.change(put(None, LINUS))
    play.edit(_in_town("grace", "New York"))
    play.saved["contacts"]["grace"] = {**play.saved["contacts"]["grace"], "city": "New York"}
    play.look()
    play.change(put(ADA, LONDON))
    play.close()


def conflict(play: Play) -> None:
    """An editor changes the field that waits in the journal: theirs stands, and ours is not lost."""
    play.at_rest(ADA, GRACE)
    play.open()
    if play.change(put(ADA, LONDON)):
        play.words.append("London")
    play.edit(_in_town("ada", "Turin"))
    play.saved["contacts"]["ada"] = {**play.saved["contacts"]["ada"], "city": "Turin"}
    play.look()
    play.change(put(None, LINUS))
    play.fold()
    play.close()


def _in_town(uid: str, city: str) -> Callable[[dict[str, dict[str, Document]]], None]:
    def edit(tables: dict[str, dict[str, Document]]) -> None:
        next(one for one in tables["contacts"].values() if one["uid"] == uid)["city"] = city

    return edit


def migration(play: Play) -> None:
    """A newer version brings the file up to date with its first change, and keeps what was there."""
    play.at_rest(ADA, GRACE)
    play.words.append(play.path.read_text("utf-8").splitlines()[1])
    play.migrations = (everybody_gets_a_shape,)
    for document in play.saved["contacts"].values():
        document["shape"] = "round"
    play.open(backups=play.backups)
    play.change(put(None, LINUS))
    play.fold()
    play.close()


def everybody_gets_a_shape(tables: Data) -> None:
    for row, document in tables["contacts"].items():
        tables["contacts"][row] = {**document, "shape": "round"}


def daily_backup(play: Play) -> None:
    """Days go by, and each fold of a day keeps a copy first."""
    play.at_rest(ADA)
    play.open(backups=play.backups)
    for number in range(3):
        play.change(put(None, Contact(uid=f"p{number}", name=f"Person {number}")))
        play.fold()
    play.close()
    if not play.told and not list(play.backups.glob("book-*.json")):
        play.problems.append("there is no backup, and nothing said so")


def restore(play: Play) -> None:
    """Go back to a backup: one change, which an undo takes back."""
    play.at_rest(ADA, GRACE)
    then = Contents("backup.json", {"contacts": {"ada": to_document(PARIS), "linus": to_document(LINUS)}})
    play.open()
    play.change(put(ADA, LONDON))
    plan = plan_restore(play.user, then, "the backup")
    play.do(lambda book: keep_restore(book, plan), plan.ops)
    play.fold()
    play.close()


def merge(play: Play) -> None:
    """Take in what another laptop has."""
    play.at_rest(ADA, GRACE)
    theirs = Contents("theirs.json", {"contacts": {"ada": to_document(ADA), "linus": to_document(LINUS)}})
    play.open()
    play.change(put(ADA, LONDON))
    plan = plan_merge(play.user, theirs)
    play.do(lambda book: keep_merge(book, plan), plan.ops)
    play.close()


def news(play: Play) -> None:
    """Another program changes and folds, and this one looks."""
    play.at_rest(ADA)
    play.open()
    other = play.other()
    play.by_other(other, put(None, GRACE))
    play.look()
    play.by_other(other, put(ADA, LONDON))
    other.fold()
    play.look()
    play.by_other(other, put(None, LINUS))
    play.look()
    play.close()


def two_programs(play: Play) -> None:
    """Two programs change the book in turn, and the same record too."""
    play.at_rest(ADA)
    play.open()
    other = play.other()
    play.change(put(None, GRACE))
    play.by_other(other, put(ADA, LONDON))
    play.change(put(ADA, replace(ADA, role="Analyst")))
    other.fold()
    play.change(put(None, LINUS))
    play.by_other(other, put(None, Contact(uid="more", name="More")))
    play.fold()
    play.by_other(other, put(None, Contact(uid="last", name="Last")))
    play.close()


SCENES: dict[str, Callable[[Play], None]] = {
    "first save": first_save,
    "first save in a new folder": in_a_new_folder,
    "many changes": many_changes,
    "folds, changes after them": folds,
    "opened after a kill": after_a_kill,
    "edited from outside": outside_edit,
    "conflict with an editor": conflict,
    "migration": migration,
    "daily backup": daily_backup,
    "restore": restore,
    "merge": merge,
    "news of another program": news,
    "two programs in turn": two_programs,
}
