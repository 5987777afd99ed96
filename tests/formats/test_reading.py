"""Files and folders: which are read, which are skipped and why, and how far along a reading says it is."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relcraft.domain.errors import BadInput
from relcraft.domain.incoming import Incoming, IncomingRecord, Row, Skipped
from relcraft.formats import reading
from relcraft.formats.reading import Progress, read_bytes, read_paths
from tests.formats.rows import people, sample_folder, skips
from tests.fuzz.answers import in_time

CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEND:VCARD\n"
CSV = b"First Name,Last Name,Connected On\nGrace,Hopper,08 Feb 2026\n"


def test_a_format_is_seen_by_content_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "contacts.txt").write_bytes(CARD)
    (tmp_path / "contacts.vcf").write_bytes(CSV)
    rows = read_paths([tmp_path])
    assert [person.name for person in people(rows)] == ["Ada Lovelace", "Grace Hopper"]
    assert rows.format == "vcard, linkedin"


@pytest.mark.parametrize("space", [" ", ""])
def test_a_book_is_sent_to_the_merge(tmp_path: Path, space: str) -> None:
    book = tmp_path / "book.json"
    book.write_text(f'{{"_meta": {{"1": {{"format":{space}"relcraft-book", "schema": 1, "seq": 1}}}}}}')
    ((_where, why),) = skips(read_paths([book]))
    assert why == "is a book of Relcraft, or an export of one: relcraft import takes it in by itself"


def test_a_folder_is_read_by_name_and_its_unknown_files_are_told(tmp_path: Path) -> None:
    for name, data in (
        ("b.vcf", CARD),
        ("a.csv", CSV),
        ("notes.txt", b"hello"),
        (".DS_Store", b"\0\1"),
        ("empty", b""),
    ):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "photos").mkdir()
    rows = list(read_paths([tmp_path]))
    why = "is of no format known here: relcraft import --help lists those that are"
    assert [person.name for person in people(rows)] == ["Grace Hopper", "Ada Lovelace"]
    assert skips(rows) == [("empty", "is empty"), ("notes.txt", why)]


def test_a_missing_file_is_told_by_its_path(tmp_path: Path) -> None:
    assert skips(read_paths([tmp_path / "gone.vcf"])) == [
        (str(tmp_path / "gone.vcf"), "is not there: a file or a folder was expected")
    ]


def test_a_file_that_may_not_be_read_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD)
    os.mkfifo(tmp_path / "pipe.vcf")
    (tmp_path / "loop.vcf").symlink_to(tmp_path / "loop.vcf")
    rows = list(read_paths([tmp_path]))
    assert [person.name for person in people(rows)] == ["Ada Lovelace"]
    assert [where for where, _ in skips(rows)] == ["loop.vcf", "pipe.vcf"]


def test_devices_and_folders_that_lead_in_a_circle_keep_nobody_waiting(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD)
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    rows: list[Row] = in_time(list, read_paths([tmp_path, Path("/dev/zero"), tmp_path / "one"]))
    assert [person.name for person in people(rows)] == ["Ada Lovelace"]
    assert [where for where, _ in skips(rows)] == [str(tmp_path / "one"), "endless", "one", "other", "zero"]


def test_a_file_beyond_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD)
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert skips(read_paths([tmp_path / "a.vcf"]))[0][1].startswith("is larger than")


def test_a_named_format_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD)
    assert skips(read_paths([tmp_path / "a.vcf"], "linkedin")) == [
        ("a.vcf", "has no header row of a LinkedIn archive: First Name, Last Name, ... was expected")
    ]


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"vcard, .*linkedin, .*csv can"):
        read_paths([], "excel")


def test_bytes_from_elsewhere_are_read_as_a_file_is() -> None:
    assert [row.where for row in read_bytes(CARD, "stdin") if isinstance(row, Incoming)] == ["stdin, line 1"]
    assert skips(read_bytes(b"hello", "stdin"))[0][0] == "stdin"


def test_progress_only_grows_and_ends_at_the_whole(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD * 50)
    (tmp_path / "b.csv").write_bytes(CSV)
    (tmp_path / "c.txt").write_bytes(b"hello")
    seen: list[Progress] = []
    rows = list(read_paths([tmp_path], on_progress=seen.append))
    assert all(a.fraction <= b.fraction and a.rows <= b.rows for a, b in pairwise(seen))
    assert (seen[0].fraction, seen[-1].fraction) == (0, 1)
    assert (seen[-1].files_done, seen[-1].files, seen[-1].rows) == (3, 3, len(rows))


def test_rows_come_before_the_whole_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(CARD)
    rows = iter(read_paths([tmp_path / "a.vcf", tmp_path / "gone.vcf"]))
    assert isinstance(next(rows), Skipped)
    assert isinstance(next(rows), Incoming)


def test_control_characters_of_a_file_name_do_not_come_in(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_bytes(b"hello")
    assert skips(read_paths([tmp_path]))[0][0] == "a[31m.txt"


@pytest.mark.parametrize(("path", "origin"), [("x/Connections.csv", "Connections.csv"), ("x/cards/", "cards")])
def test_an_import_is_titled_by_what_is_read(path: str, origin: str) -> None:
    assert read_paths([Path(path)]).origin == origin
    assert read_paths([Path(path), Path("b")]).origin == "2 files"


def test_every_sample_folder_is_read_without_an_error() -> None:
    folders = [path for path in sorted(sample_folder("vcard").parent.iterdir()) if path.is_dir()]
    rows = list(read_paths(folders))
    assert len(people(rows)) >= 67 + 512  # the cards, and the connections
    assert all(row.where for row in rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=200), max_size=3))
def test_any_files_at_all_give_rows_and_never_an_error(tmp_path: Path, files: list[bytes]) -> None:
    paths = [tmp_path / str(number) for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    for name in (None, "vcard", "linkedin"):
        assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in read_paths(paths, name))
