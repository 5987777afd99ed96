"""An import told in sentences: what it would do, or did, with every row accounted for."""

from collections.abc import Sequence

from relcraft.book.importing import ImportPlan

NAMES = {"contacts": "people", "follow_ups": "follow-ups", "me": ""}
"""What tables are called; of the user there is but one record, which is no news."""


def _count(number: int, words: tuple[str, str] = ("", "")) -> str:
    return f"{number:>6,} {words[number != 1]}".rstrip()


def summary(plan: ImportPlan, *, done: bool) -> list[str]:
    """Return the counts as lines: read = added + updated + unchanged + skipped + ambiguous."""
    rows = [
        (plan.rows_added, "added" if done else "would be added"),
        (plan.rows_updated, "brought something new" if done else "would bring something new"),
        (plan.rows_unchanged, "known already, nothing new"),
        (len(plan.skipped), "skipped"),
        (len(plan.ambiguous), "could be several people: wait until you say whom"),
    ]
    lines = [f"{_count(plan.read)} read"]
    lines += [f"{_count(number)} {what}" for number, what in rows if number or what.endswith("added")]
    made = [f"{count:,} {told}" for table, count in plan.made.items() if (told := NAMES.get(table, table))]
    return [*lines, *([f"       new: {', '.join(made)}"] if set(plan.made) - {"contacts"} else [])]


def details(plan: ImportPlan) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Return what deserves a look, by heading: file and line, and a sentence."""
    parts = [
        ("Skipped", [(row.where, row.why) for row in plan.skipped]),
        ("Could be several people", [(told.where, f"{told.name}: {told.why}") for told in plan.ambiguous]),
        (
            "Added, and perhaps somebody you have already",
            [(told.where, f"{told.name}: {told.why}") for told in plan.possible_duplicates],
        ),
        ("Read, but not all of it", [(told.where, f"{told.name}: {told.why}") for told in plan.notes]),
    ]
    return [(heading, rows) for heading, rows in parts if rows]
