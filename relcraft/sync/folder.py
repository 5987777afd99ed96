"""The port to a folder of cards, and the report of bringing a book in step with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from relcraft.domain.card_files import CardFile


class CardFolder(Protocol):
    """A folder with one card a file, which other programs change as well."""

    @property
    def key(self) -> str:
        """What the folder is known by: no other folder of this or another machine has it."""

    @property
    def name(self) -> str:
        """What it is called, for sentences."""

    def cards(self) -> Iterable[CardFile]:
        """Return every card, by the names of the files. Raises `BadBook` where there is no such folder."""

    def other_file(self) -> str:
        """Return the name of a file that stands there and belongs into no folder of cards; empty where none does."""

    def read(self, name: str) -> CardFile | None:
        """Return one card as it is now; None where it is gone."""

    def put(self, name: str, data: bytes, etag: str | None) -> None:
        """Write a card whole in the place of the one with `etag` (None: no file of that name is there).

        Raises `ChangedThere` where that is not what is there, and `NotKept`.
        """

    def remove(self, name: str, etag: str) -> None:
        """Delete a card. Raises as `put` does."""

    def settle(self) -> None:
        """Return when all that was written and deleted is durable. Raises `NotKept`."""


@dataclass(slots=True)
class SyncReport:
    """What a sync did, or would do: people by name."""

    folder: str
    added: list[str] = field(default_factory=list)
    """New contacts, from new cards."""
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Contacts that took something in, and in which fields."""
    archived: list[str] = field(default_factory=list)
    """Contacts whose card is gone."""
    created: list[str] = field(default_factory=list)
    """New cards."""
    written: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Cards that took something in, and in which fields."""
    deleted: list[str] = field(default_factory=list)
    """Cards whose contact was deleted."""
    conflicts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Who was changed on both sides, and in which fields each to its own."""
    left: list[tuple[str, str]] = field(default_factory=list)
    """Files that stay as they are, and why."""
    in_step: int = 0
    """How many contacts and cards say the same now."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be done on either side."""
        return not any((self.added, self.changed, self.archived, self.created, self.written, self.deleted))

    def as_json(self) -> dict[str, Any]:
        """Return it as `relcraft sync --json` prints it."""
        named = {
            name: [{"name": who, "fields": list(fields)} for who, fields in getattr(self, name)]
            for name in ("changed", "written", "conflicts")
        }
        return {
            "folder": self.folder,
            "added": self.added,
            "changed": named["changed"],
            "archived": self.archived,
            "created": self.created,
            "written": named["written"],
            "deleted": self.deleted,
            "conflicts": named["conflicts"],
            "left": [{"file": name, "why": why} for name, why in self.left],
            "in_step": self.in_step,
        }
