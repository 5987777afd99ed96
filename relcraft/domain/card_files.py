"""The files of a folder of cards, as values, and what can go wrong with them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from relcraft.domain.errors import OfFiles
from relcraft.domain.value import Value


class ChangedThere(OfFiles):
    """A card is not as it was when it was read: it is to be read again."""


class TooMuchGone(OfFiles):
    """So many cards or contacts are gone that something else than their deletion is likely."""


class NoFolderOfCards(OfFiles):
    """A folder has files, and no card: another one was meant, perhaps."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CardFile(Value):
    """One file of the folder, as it was read."""

    name: str
    data: bytes
    etag: str
    """The hash of `data`."""
    changed: datetime
    """When the file was last written: UTC."""
    trouble: str = ""
    """Why it could not be read: the end of a sentence that begins with its name; then `data` is empty."""


def etag_of(data: bytes) -> str:
    """Return the hash by which a card is known again."""
    return blake2b(data, digest_size=16).hexdigest()
