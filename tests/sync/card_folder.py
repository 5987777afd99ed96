"""A folder of cards in memory, for tests: other programs write into it by `edit`."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from relcraft.domain.card_files import CardFile, ChangedThere, etag_of
from relcraft.domain.records import Contact
from relcraft.formats.vcard import contact_of_lines
from relcraft.formats.vcard_writing import rewritten

LATER = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


class MemoryFolder:
    """Behaves as a folder on disk does towards a sync."""

    def __init__(self, **cards: str) -> None:
        self.key, self.name = "f0", "phone"
        self.files: dict[str, bytes] = {f"{name}.vcf": text.encode() for name, text in cards.items()}
        self.changed: dict[str, datetime] = {}
        self.writes: list[str] = []
        self.others = ""
        self.before_put: Callable[[str], None] = lambda _name: None

    def cards(self) -> Iterator[CardFile]:
        for name in sorted(self.files):
            found = self.read(name)
            assert found is not None
            yield found

    def other_file(self) -> str:
        return self.others

    def read(self, name: str) -> CardFile | None:
        data = self.files.get(name)
        return None if data is None else CardFile(name, data, etag_of(data), self.changed.get(name, LATER))

    def put(self, name: str, data: bytes, etag: str | None) -> None:
        self.before_put(name)
        self._check(name, etag)
        self.files[name] = data
        self.writes.append(name)

    def remove(self, name: str, etag: str) -> None:
        self.before_put(name)
        self._check(name, etag)
        del self.files[name]
        self.writes.append(name)

    def settle(self) -> None:
        pass

    def _check(self, name: str, etag: str | None) -> None:
        now = self.read(name)
        if (None if now is None else now.etag) != etag:
            raise ChangedThere("changed")

    # As another program

    def contact(self, name: str) -> Contact:
        """Return who is on a card."""
        found = contact_of_lines(self.lines(name))
        assert found is not None
        return found

    def lines(self, name: str) -> list[str]:
        """Return a card's lines."""
        return self.files[name].decode().removesuffix("\r\n").split("\r\n")

    def edit(self, name: str, change: Callable[[Contact], Contact], minutes: int = 0) -> None:
        """Change who is on a card, so long after `LATER`."""
        before = self.contact(name)
        lines = rewritten(self.lines(name), before, change(before))
        self.files[name] = "".join(f"{line}\r\n" for line in lines).encode()
        self.changed[name] = LATER + timedelta(minutes=minutes)


def card(*lines: str, version: str = "3.0") -> str:
    """Return a card with these lines in it."""
    return "".join(f"{line}\r\n" for line in ("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"))
