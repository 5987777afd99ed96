"""The user's own notes about connections (`Notes.csv`): notes of that day."""

from collections.abc import Iterator
from hashlib import sha256

from relcraft.domain.incoming import How, IncomingRecord, Row, Skipped
from relcraft.domain.records import Interaction
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.linkedin.days import read_connected_on
from relcraft.formats.linkedin.people import full_name, person, somebody_in
from relcraft.formats.linkedin.sheets import Entry, Sheet


def read_notes(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each note; one without a name, a day or a word is skipped."""
    for entry in sheet.entries():
        yield entry if isinstance(entry, Skipped) else _note(entry)


def _note(entry: Entry) -> Row:
    name = full_name(entry.cell("connectionfirstname"), entry.cell("connectionlastname"))
    if not name:
        return Skipped(entry.where, "is about a hidden member: LinkedIn gives no name")
    text = entry.text("note")
    if not text:
        return Skipped(entry.where, "is an empty note")
    day = read_connected_on(entry.cell("createdon")) or read_connected_on(entry.cell("editedon"))
    if day is None:
        return Skipped(entry.where, "is a note without a date that can be read: 08 Feb 2026 was expected")
    told = sha256(text.encode()).hexdigest()[:12]
    record = Interaction(
        uid="",
        date=day,
        kind=InteractionKind.NOTE,
        initiator=Initiator.ME,
        summary=text,
        sources=(f"linkedin:note:{somebody_in(name)}:{day}:{told}",),
    )
    return IncomingRecord(record, (person(name, entry.cell("connectionprofileurl")),), entry.where)
