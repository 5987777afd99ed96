"""The names that programs give to a second version of a file."""

import pytest

from relcraft.domain.copies import conflict_copies

KNOWN = {
    "book.sync-conflict-20260312-143000-ABCDEFG.json": ("Syncthing", True),
    "book.sync-conflict-20260312-143000.json": ("Syncthing", True),
    "book.json.sync-conflict-20260312-143000-ABCDEFG.journal": ("Syncthing", True),
    "book (Ada's conflicted copy 2026-03-12).json": ("Dropbox", True),
    "book (Ada's conflicted copy 2026-03-12 (1)).json": ("Dropbox", True),
    "book (conflicted copy 2026-03-12).json": ("Dropbox", True),
    "book (Copie en conflit de Ada 2026-03-12).json": ("Dropbox", True),
    "book (In Konflikt stehende Kopie von Ada 2026-03-12).json": ("Dropbox", True),
    "book (conflicted copy 2026-03-12 143000).json": ("Nextcloud or ownCloud", True),
    "book_conflict-20260312-143000.json": ("Nextcloud or ownCloud", True),
    "book (SFConflict ada@b.example 2026-03-12-14-30-00).json": ("Seafile", True),
    "book.Conflict.json": ("Resilio Sync", True),
    "book (1).json": ("Google Drive", False),
    "book 2.json": ("iCloud or the Finder", False),
    "book-LAPTOP7.json": ("OneDrive", False),
}
OTHERS = (
    *("book.json", "book.json.journal", "book.json.lock", "book.json.tmp", "books.json", "book", "book-.json"),
    *("book-2026-03-12.json", "book.conflict-20260312-143000-1.json", "book.schema-1-20260312-143000.json"),
    *("other.sync-conflict-20260312-143000-ABCDEFG.json", "book.sync-conflict-20260312-143000-ABCDEFG.txt"),
    *("book.json.1.journal", "book.sync-conflict-20260312-143000-ABCDEFG.sync-conflict-x.json", "book (one).json"),
)


@pytest.mark.parametrize("name", KNOWN)
def test_a_second_version_is_known_by_its_name(name: str) -> None:
    (copy,) = conflict_copies([name, *OTHERS], "book.json")
    assert (copy.name, copy.program, copy.certain) == (name, *KNOWN[name])
    assert copy.of_journal == name.endswith(".journal")
    assert name in copy.told
    assert copy.program in copy.told


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_no_second_version(name: str) -> None:
    assert conflict_copies([name], "book.json") == []


def test_the_sentence_says_from_where_and_of_what_day() -> None:
    (copy,) = conflict_copies(["my people.sync-conflict-20260312-143000-ABCDEFG.json"], "my people.json")
    assert copy.told == (
        "Syncthing left a second version of my people.json, from ABCDEFG, of 2026-03-12: "
        "my people.sync-conflict-20260312-143000-ABCDEFG.json."
    )


def test_a_day_that_does_not_exist_is_not_told() -> None:
    (copy,) = conflict_copies(["book.sync-conflict-20269912-143000-ABCDEFG.json"], "book.json")
    assert "of 2026" not in copy.told


def test_a_book_without_an_ending_has_copies_as_well() -> None:
    found = conflict_copies(["book.sync-conflict-20260312-143000-ABCDEFG", "book"], "book")
    assert [copy.program for copy in found] == ["Syncthing"]
