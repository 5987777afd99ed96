"""Folding: the file at rest written anew from what is in memory, and the journal that it makes needless removed."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from relcraft.store.backups import back_up, back_up_before_migration
from relcraft.store.files import (
    Files,
    in_words,
    make_folders,
    read_path,
    sync,
    sync_folder,
    write_all,
    write_new,
)
from relcraft.store.naming import name_at, unused
from relcraft.store.place import Place
from relcraft.store.reading import Reading
from relcraft.store.saving import tables_at_rest
from relcraft.store.seal import checksum_of_sealed
from relcraft.store.snapshot import Identity, Meta, Snapshot, identity_of, render


class Overtaken(OSError):
    """The file at rest was changed from outside while it was written anew: it is as whoever did that left it."""


class Folding:
    """Writes the file at rest of one book. Whoever calls holds the lock."""

    def __init__(self, files: Files, place: Place, backups: Path | None, now: Callable[[], datetime]) -> None:
        self._files = files
        self._place = place
        self._backups = backups
        self._now = now
        self.remarks: tuple[str, ...] = ()
        """What happened, in sentences."""

    def fold(self, state: Reading) -> None:
        """Write `state` to the file at rest, and note in it what is there now. Raises `OSError`: then all is as before.

        What must not be lost is on the disk before anything that holds it goes: a copy of what a migration changes,
        then the new file, and only then the journal goes.
        """
        self._save_copies(state)
        journal = state.journal
        if journal is not None:
            folded = journal.header.name
        elif state.elsewhere is not None:
            folded = state.elsewhere.name
        else:
            folded = "" if state.snapshot is None else state.snapshot.meta.folded
        others = {} if state.snapshot is None else state.snapshot.meta.others
        meta = Meta(state.schema, state.seq, folded, state.rows.next_ids(), others=others)
        data = render(tables_at_rest(state.rows, state.recent), meta)
        identity = self._put(data, None if state.snapshot is None else state.snapshot.identity)
        state.named = True
        state.snapshot = Snapshot(identity, len(data), checksum_of_sealed(data), meta)
        if journal is not None:
            journal.say_farewell(state.snapshot)
            journal.close()
        state.journal, state.elsewhere, state.unsettled, state.migrated_from = None, None, False, None
        state.twice = ()
        self._remove_journal()
        state.marks = identity, None  # and not what is there by now: that may be another program's already

    def _put(self, data: bytes, known: Identity | None) -> Identity:
        """Put `data` in the place of the file at rest, at once and durably; return what it is recognised by.

        Raises `Overtaken` where the file there is not the `known` one: an editor asks for no lock.
        """
        files, place = self._files, self._place
        files.unlink(place.temporary)
        fd = files.open(place.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW)
        try:
            write_all(files, fd, data)
            sync(files, fd)
            identity, there = identity_of(files.fstat(fd)), self._still(known)
            files.replace(place.temporary, place.book)
        except BaseException:
            with suppress(OSError):  # the next fold removes it
                files.unlink(place.temporary)
            raise
        finally:
            files.close(fd)
        sync_folder(files, place.folder)
        if there is not None and there.st_nlink > 1:
            self._remark(
                f"{place.book.name} had a second name on this disk (a hard link): that keeps what there was, "
                "and no change from now on. A symbolic link would follow."
            )
        return identity

    def _still(self, known: Identity | None) -> os.stat_result | None:
        """Return the status of the file at rest. Raises `Overtaken` where it is not the `known` one."""
        there = self._files.stat(self._place.book)
        if (None if there is None else identity_of(there)) != known:
            raise Overtaken(errno.EBUSY, "another program changed it at this moment")
        return there

    def _remove_journal(self) -> None:
        if self._files.stat(self._place.journal) is not None:
            self._files.unlink(self._place.journal)
            sync_folder(self._files, self._place.folder)

    def keep_tail(self, data: bytes) -> None:
        """Keep what could not be read at the end of the journal, durably. Raises `OSError`."""
        path = self._keep_aside("torn", ".journal", data)
        self._remark(f"What was left of the last line of {self._place.journal.name} is kept in {path}.")

    def _keep_aside(self, why: str, end: str, data: bytes) -> Path:
        """Write `data` to a file of its own in the folder of the backups, or else beside the book."""
        folder = self._backups or self._place.folder
        make_folders(self._files, folder)
        name = unused(self._files, folder, name_at(self._place.book, why, self._now()), end)
        write_new(self._files, folder / (name + end), data)
        sync_folder(self._files, folder)
        return folder / (name + end)

    def _save_as_found(self, state: Reading) -> None:
        """Keep a file that was changed from outside while changes waited, or in which something stands twice."""
        if state.snapshot is None or state.snapshot.as_written or not (state.elsewhere or state.twice):
            return
        path = self._keep_aside("as-found", ".json", read_path(self._files, self._place.book))
        self._remark(
            f"{self._place.book.name} was changed by something else than Relcraft: as it was, it is in {path}."
        )

    def _save_copies(self, state: Reading) -> None:
        self._save_as_found(state)
        if state.snapshot is None or state.snapshot.meta.fresh:
            return
        now = self._now()
        if state.migrated_from is not None:
            folder = self._backups or self._place.folder
            back_up_before_migration(self._files, self._place, folder, state.migrated_from, now)
        if self._backups is None:
            return
        try:
            back_up(self._files, self._place, self._backups, now.date())
        except OSError as error:  # what was just typed is worth more than a copy of what was there before
            self._remark(f"The backup of today could not be written to {self._backups}: {in_words(error)}.")

    def _remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks += (sentence,)
