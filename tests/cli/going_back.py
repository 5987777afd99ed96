"""Backups made on the command line, and what one regrets afterwards."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from relcraft.cli.wiring import book_at
from relcraft.domain.changes import drop, put
from tests.books import at_noon, person
from tests.cli.conftest import CommandLine


def backed_up(relcraft: CommandLine) -> Path:
    """Make a backup, and return where it is said to be."""
    answer = relcraft("backup")
    assert answer.code == 0, answer.err
    return Path(answer.out.strip())


def as_of(backup: Path, name: str) -> Path:
    """Give a backup the name of another moment."""
    return backup.rename(backup.with_name(name))


def words(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the records of a book without when they were written."""
    return {
        table: {uid: {**one, "created": "", "updated": ""} for uid, one in records.items()}
        for table, records in found.items()
    }


def mistaken(relcraft: CommandLine) -> None:
    """Do what one regrets: somebody is gone, somebody has another name, somebody is new."""
    with book_at(relcraft.book, at_noon()) as book:
        old = book.contact("hopper")
        changes = put(old, replace(old, name="Grace Brewster", notes="?")), drop(book.contact("kelly"))
        book.change("a mistake", *changes, put(None, person("new", "Nobody New")), drop(book.interaction("i2")))
