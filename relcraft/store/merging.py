"""Whether two documents say the same, and two edits of one record made into one."""

from relcraft.domain.documents import Document
from relcraft.domain.merging import Merged, merge_fields
from relcraft.domain.text import clean_line
from relcraft.domain.versions import canonical


def same(table: str, one: Document | None, other: Document | None) -> bool:
    """Whether two documents say the same."""
    if one is None or other is None:
        return one is other
    return one == other or canonical(table, one) == canonical(table, other)


def merge(table: str, base: Document, ours: Document, theirs: Document) -> Merged:
    """Put our changes since `base` on top of `theirs`, whatever way the three are spelled."""
    return merge_fields(*(canonical(table, document) for document in (base, ours, theirs)))


def with_theirs(merged: Merged, table: str, theirs: Document) -> Document:
    """Return the merge with their value in each field that both changed."""
    document, other = dict(merged.document), canonical(table, theirs)
    for field in merged.clashes:
        if field in other:
            document[field] = other[field]
        else:
            document.pop(field, None)
    return document


def name_of(table: str, document: Document) -> str:
    """Return how a record is called in a sentence."""
    for field in ("name", "summary", "text"):
        if (said := document.get(field)) and isinstance(said, str):
            return f'"{clean_line(said)[:60]}"'
    kind = table.removesuffix("s").replace("_", "-")
    day = document.get("date") or document.get("until")
    if day:
        return f"the {kind} of {clean_line(str(day))[:40]}"
    return f"the {kind} {clean_line(str(document.get('uid', '')))[:40]}"
