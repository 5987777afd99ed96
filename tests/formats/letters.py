"""Messages for tests, in few words."""

from collections.abc import Iterable, Sequence

from relcraft.domain.incoming import How, IncomingRecord, Myself, Row
from relcraft.domain.records import Interaction

ME = "me@home.example"
KNOWN = How(Myself(emails=(ME,), names=("Kim Oh",)))


def message(
    to: str = f"Kim <{ME}>",
    *,
    sender: str = "Ada Lovelace <ada@engines.example>",
    date: str | None = "Mon, 2 Mar 2026 09:30:00 +0100",
    subject: str = "Notes",
    end: str = "\n",
    body: str = "Hello\n",
    **more: str,
) -> bytes:
    """Return one message; further headers by their names, with _ for -."""
    headers = {"From": sender, "To": to, "Subject": subject, "Date": date or ""}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return end.join([*lines, "", *body.split("\n")]).encode()


def mailbox(messages: Sequence[bytes], line: bytes = b"From - Mon Mar  2 09:30:00 2026\n") -> bytes:
    """Return an mbox."""
    return b"\n".join(line + each for each in messages)


def records(rows: Iterable[Row]) -> list[IncomingRecord]:
    """Return the rows that are records."""
    return [row for row in rows if isinstance(row, IncomingRecord)]


def interactions(rows: Iterable[Row]) -> list[Interaction]:
    """Return the interactions among the rows."""
    return [row.record for row in records(rows) if isinstance(row.record, Interaction)]


def names(row: IncomingRecord) -> list[str]:
    """Return the names of a record's people."""
    return [person.name for person in row.people]
