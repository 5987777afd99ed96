"""The folder of cards on disk: read as it is, written whole, never over what another program wrote meanwhile."""

import os
from pathlib import Path

import pytest

from relcraft.domain.card_files import ChangedThere, etag_of
from relcraft.domain.errors import BadBook, NotKept
from relcraft.store.vdirs import Vdir


def test_a_new_card_is_for_the_user_alone_and_nothing_else_is_left_behind(tmp_path: Path) -> None:
    Vdir(tmp_path).put("ada.vcf", b"card", None)
    assert (tmp_path / "ada.vcf").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["ada.vcf"]


def test_a_card_that_another_program_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    vdir = Vdir(tmp_path)
    (tmp_path / "ada.vcf").write_bytes(b"theirs")
    with pytest.raises(ChangedThere):
        vdir.put("ada.vcf", b"ours", None)
    with pytest.raises(ChangedThere):
        vdir.put("ada.vcf", b"ours", etag_of(b"older"))
    with pytest.raises(ChangedThere):
        vdir.remove("ada.vcf", etag_of(b"older"))
    assert (tmp_path / "ada.vcf").read_bytes() == b"theirs"
    vdir.put("ada.vcf", b"ours", etag_of(b"theirs"))
    assert (tmp_path / "ada.vcf").read_bytes() == b"ours"
    vdir.remove("ada.vcf", etag_of(b"ours"))
    assert list(tmp_path.iterdir()) == []


def test_a_card_with_the_longest_name_there_can_be_is_written(tmp_path: Path) -> None:
    name = f"{'ä' * 125}a.vcf"
    Vdir(tmp_path).put(name, b"card", None)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_only_cards_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.vcf", "a.vcf", ".hidden.vcf", "color", "b.vcf.tmp"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder.vcf").mkdir()
    (tmp_path / "gone.vcf").symlink_to(tmp_path / "nowhere")
    assert [(card.name, card.data) for card in Vdir(tmp_path).cards()] == [("a.vcf", b"a.vcf"), ("b.vcf", b"b.vcf")]


def test_what_is_no_card_to_be_read_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.vcf")
    with (tmp_path / "huge.vcf").open("wb") as huge:
        huge.truncate(40_000_000)
    assert {card.name: card.trouble for card in Vdir(tmp_path).cards()} == {
        "huge.vcf": "has more than 32 MB",
        "pipe.vcf": "is no file that can be read",
    }


def test_what_a_program_that_was_cut_off_left_behind_goes_once_nobody_can_be_writing_it(tmp_path: Path) -> None:
    old, new, theirs = (tmp_path / name for name in (".a.vcf.17.tmp", ".b.vcf.18.tmp", ".c.tmp"))
    for path in (old, new, theirs):
        path.write_bytes(b"BEGIN:")
    for path in (old, theirs):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    vdir = Vdir(tmp_path)
    vdir.put("a.vcf", b"card", None)
    vdir.settle()
    assert {path.name for path in tmp_path.iterdir()} == {"a.vcf", new.name, theirs.name}


def test_a_link_to_a_card_stays_a_link(tmp_path: Path) -> None:
    folder, real = tmp_path / "folder", tmp_path / "real.vcf"
    folder.mkdir()
    real.write_bytes(b"one")
    (folder / "a.vcf").symlink_to(real)
    Vdir(folder).put("a.vcf", b"two", etag_of(b"one"))
    assert (folder / "a.vcf").is_symlink()
    assert real.read_bytes() == b"two"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadBook, match=r"phone is not there: a folder of \.vcf files was expected"):
        Vdir(tmp_path / "phone")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadBook, match="is no folder"):
        Vdir(tmp_path / "file")


def test_a_folder_of_folders_of_cards_names_the_one_that_has_them(tmp_path: Path) -> None:
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "a.vcf").write_bytes(b"x")
    with pytest.raises(BadBook, match=r"has no card in it, and .*phone has: name that folder"):
        list(Vdir(tmp_path).cards())


def test_a_card_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotKept, match=r"could not be written: no such file or directory"):
        Vdir(tmp_path).put("nowhere/x.vcf", b"x", None)


def test_the_key_of_a_folder_is_the_same_by_every_way_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Vdir(tmp_path / "link").key == Vdir(tmp_path / "real" / ".." / "real").key
    assert Vdir(tmp_path).key != Vdir(tmp_path / "real").key
