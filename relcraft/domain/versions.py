"""Which version of a record a document is, and how one that does not stand is put on the list of conflicts.

Two that say the same are one version, whenever they were written.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from relcraft.domain.documents import TABLES, Document, from_document, to_document, write_instant
from relcraft.domain.merging import STAMPS
from relcraft.domain.records import BEGINNING, OtherSide


def canonical(table: str, document: Mapping[str, Any]) -> Document:
    """Return `document` as this version would write it: what a record keeps of it, however it was spelled."""
    kind = TABLES.get(table)
    return dict(document) if kind is None else to_document(from_document(kind, document))


def version_of(table: str, uid: str, document: Mapping[str, Any] | None) -> str:
    """Return the name of a version of a record: 32 hex digits of what it says; when it was written does not count.

    None is the version in which the record is deleted.
    """
    return version_as_written(table, uid, None if document is None else canonical(table, document))


def version_as_written(table: str, uid: str, document: Mapping[str, Any] | None) -> str:
    """Return what `version_of` returns, of a document that is known to be canonical."""
    said = None if document is None else {k: v for k, v in document.items() if k not in STAMPS}
    text = json.dumps([table, uid, said], sort_keys=True, ensure_ascii=True, default=str)
    from hashlib import blake2b  # noqa: PLC0415 - loads all of OpenSSL, and what only reads a book needs none

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def moment_of(document: Mapping[str, Any]) -> str:
    """Return when a document was last changed, as text whose order is that of time; empty where it does not say."""
    said = document.get("updated") or document.get("created")
    return said if isinstance(said, str) else ""


def just_after(moment: str) -> str:
    """Return the moment after one that a document says; the same where that is none, or the last one."""
    try:
        return write_instant(datetime.fromisoformat(moment).astimezone(UTC) + timedelta(microseconds=1))
    except (ValueError, OverflowError):
        return moment


def conflict_of(
    table: str, uid: str, document: Mapping[str, Any] | None, moment: str, fields: Sequence[str] = ()
) -> Document:
    """Return the conflict by which a version that does not stand is kept to be looked at, as it is stored.

    `document` None: the version in which the record is deleted, since `moment`. `fields`: see `OtherSide`.
    """
    try:
        at = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        at = BEGINNING
    said = None if document is None else dict(document)
    name = version_of(table, uid, document)
    return to_document(
        OtherSide(uid=name, created=at, updated=at, table=table, of=uid, document=said, fields=tuple(fields))
    )
