"""A LinkedIn data archive: each of its tables is known by its header, whatever the file is called.

One record is a row of a table: a connection, a message, an invitation, a recommendation, an endorsement, a note. The
tables about the user alone (profile, addresses) are one record each, and so is each table without people in it.
"""

from collections.abc import Iterator

from relcraft.domain.incoming import NOBODY, USUAL, How, Myself, Row, Skipped
from relcraft.formats.decoding import decode_text
from relcraft.formats.linkedin.days import read_connected_on
from relcraft.formats.linkedin.sheets import Sheet, physical_lines
from relcraft.formats.linkedin.tables import Found, table_of

__all__ = ["LinkedIn", "read_connected_on"]


class LinkedIn:
    """Reads the tables of a LinkedIn archive; asks the profile and the invitations among them who the user is."""

    name = "linkedin"
    title = "LinkedIn's data archive (Connections.csv, messages.csv and others)"

    def recognises(self, head: bytes) -> bool:
        """Whether a row among the first lines is the header of a table of the archive."""
        return table_of(physical_lines(decode_text(head))) is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a line."""
        return data.count(b"\n") or data.count(b"\r")

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield each record; what gives nothing is skipped, with line and reason."""
        found, lines = _found(data)
        if found is None:
            yield Skipped(file_name, "has no header row of a LinkedIn archive: First Name, Last Name, ... was expected")
        else:
            yield from found.table.read(Sheet(file_name, lines, found.header, found.table.long_records), how)

    def myself(self, data: bytes) -> Myself:
        """Return what the profile, the addresses or the invitations say of the user; nothing for another table."""
        found, lines = _found(data)
        if found is None or found.table.myself is None:
            return NOBODY
        return found.table.myself(Sheet("", lines, found.header, found.table.long_records))


def _found(data: bytes) -> tuple[Found | None, list[str]]:
    lines = physical_lines(decode_text(data))
    return table_of(lines), lines
