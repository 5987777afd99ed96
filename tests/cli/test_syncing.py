"""`relcraft sync`: a book and a folder of cards, from the command line."""

from pathlib import Path

import pytest

from tests.books import person
from tests.cli.conftest import CommandLine
from tests.cli.test_schema import fits
from tests.sync.card_folder import card

ADA = person("ada-lovelace-uid", "Ada Lovelace", emails=("ada@engines.example",))


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "grace.vcf").write_bytes(card("UID:grace-hopper-uid", "FN:Grace Hopper", "X-THEIRS:1").encode())
    (folder / "junk.vcf").write_bytes(b"junk")
    return folder


def test_a_sync_tells_what_came_and_went_and_a_second_one_writes_nothing(relcraft: CommandLine, phone: Path) -> None:
    relcraft.fill(ADA)
    first = relcraft("sync", phone)
    assert first.code == 0
    assert first.out.splitlines() == [
        f"{phone}: 2 contacts in step.",
        "  new here: Grace Hopper",
        "  new card: Ada Lovelace",
        "  left as it is: junk.vcf holds no whole card: one was expected",
    ]
    assert "relcraft undo takes it back in the book; the cards stay" in first.err
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in phone.iterdir()}
    book = relcraft.book.read_bytes()
    second = relcraft("sync", phone)
    assert second.out.splitlines()[0] == f"{phone}: 2 contacts in step."
    assert second.err == ""
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in phone.iterdir()} == before
    assert relcraft.book.read_bytes() == book


def test_a_dry_run_writes_nothing(relcraft: CommandLine, phone: Path) -> None:
    relcraft.fill(ADA)
    answer = relcraft("sync", phone, "--dry-run", "--json")
    assert (answer.json["added"], answer.json["created"]) == (["Grace Hopper"], ["Ada Lovelace"])
    fits("sync", answer.json)
    assert len(list(phone.iterdir())) == 2
    assert len(relcraft.stored("contacts")) == 1


def test_one_undo_takes_a_sync_back(relcraft: CommandLine, phone: Path) -> None:
    relcraft.fill(ADA)
    relcraft("sync", phone)
    assert len(relcraft.stored("synced_cards")) == 2
    assert relcraft("undo").err.startswith(f"Undone: sync with {phone}")
    assert [one["name"] for one in relcraft.stored("contacts")] == ["Ada Lovelace"]
    assert relcraft("sync", phone, "--json").json["added"] == ["Grace Hopper"]


def test_an_emptied_folder_is_refused_in_words(relcraft: CommandLine, phone: Path) -> None:
    relcraft.fill(ADA)
    relcraft("sync", phone)
    for path in phone.iterdir():
        path.unlink()
    answer = relcraft("sync", phone)
    assert answer.code == 1
    assert "is empty, and had 2 cards at the last sync. Nothing was changed." in answer.err
    assert relcraft("sync", phone, "--force").code == 0
    assert {one["name"]: one.get("archived") for one in relcraft.stored("contacts")} == {
        "Ada Lovelace": True,
        "Grace Hopper": True,
    }


def test_a_folder_that_is_not_there_is_told(relcraft: CommandLine, tmp_path: Path) -> None:
    answer = relcraft("sync", tmp_path / "nowhere")
    assert answer.code == 1
    assert "nowhere is not there: a folder of .vcf files was expected, one card in each." in answer.err


def test_the_state_of_a_folder_does_not_travel_with_a_merge(relcraft: CommandLine, phone: Path, tmp_path: Path) -> None:
    relcraft("sync", phone)
    elsewhere = ("--data-file", tmp_path / "other.json")
    assert relcraft.plain(*elsewhere, "merge", relcraft.book).code == 0
    listed = relcraft.plain(*elsewhere, "list", "contacts", "--json").json["contacts"]
    assert [one["name"] for one in listed] == ["Grace Hopper"]
    assert "synced_cards" not in (tmp_path / "other.json").read_text()


def test_a_folder_of_other_things_is_not_filled_with_cards_by_mistake(relcraft: CommandLine, tmp_path: Path) -> None:
    relcraft.fill(ADA)
    folder = tmp_path / "Documents"
    folder.mkdir()
    (folder / "letter.odt").write_bytes(b"Dear")
    answer = relcraft("sync", folder)
    assert answer.code == 1
    assert "Documents has no card in it, but has letter.odt: a folder of .vcf files was expected." in answer.err
    assert [path.name for path in folder.iterdir()] == ["letter.odt"]
    assert relcraft("sync", folder, "--force").code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["ada-lovelace-uid.vcf", "letter.odt"]
