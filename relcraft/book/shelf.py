"""One table of the open book: documents as they are kept, read into records when somebody looks at them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from relcraft.book.port import Documents
from relcraft.domain.documents import Document, from_document
from relcraft.domain.records import Record

R = TypeVar("R", bound=Record)


class Shelf(Generic[R]):
    """The records of one kind by uid. Reading a record costs once; a book of 200,000 opens without reading them all."""

    def __init__(self, kind: type[R], documents: Documents) -> None:
        self.kind = kind
        self.documents = documents
        self._records: dict[str, R] = {}

    def __len__(self) -> int:
        return len(self.documents)

    def __contains__(self, uid: str) -> bool:
        return uid in self.documents

    def __iter__(self) -> Iterator[R]:
        for uid in self.documents:
            yield self[uid]

    def __getitem__(self, uid: str) -> R:
        """Return the record. Raises KeyError."""
        record = self._records.get(uid)
        if record is None:
            record = from_document(self.kind, self.documents[uid])
            if record.uid != uid:  # chosen elsewhere, of signs that no text keeps: it is found by it all the same
                record = replace(record, uid=uid)
            self._records[uid] = record
        return record

    def get(self, uid: str) -> R | None:
        """Return the record, or None where there is none."""
        return self[uid] if uid in self.documents else None

    def store(self, uid: str, document: Document | None) -> None:
        """Put `document` in the place of what is there; None takes it off the shelf."""
        self._records.pop(uid, None)
        if document is None:
            self.documents.pop(uid, None)
        else:
            self.documents[uid] = document
