"""Zip archives: what is good in them comes in, and what no honest one holds is refused with its name and the limit."""

import os
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.incoming import Row
from relcraft.formats import archives
from relcraft.formats.reading import Progress, read_bytes, read_paths
from tests.formats.rows import people, sample_folder, skips
from tests.fuzz.answers import in_time
from tests.fuzz.zips import BOMB, CARD, OTHER_METHODS, Entry, archive, overlapping, reaching, zipped

CSV = b"First Name,Last Name,Connected On\nGrace,Hopper,08 Feb 2026\n"
GOOD = Entry(b"good.vcf", CARD.replace(b"Ada Lovelace", b"Good"))


def read(data: bytes) -> list[Row]:
    """Read an archive, within a second."""
    return in_time(list, read_bytes(data, "x.zip"))


def test_people_of_an_archive_come_in_without_unpacking_it(tmp_path: Path) -> None:
    files = [("Connections.csv", CSV), ("messages.csv", b"From,To\n"), ("more/cards.vcf", CARD), ("media/", b"")]
    (tmp_path / "Basic_LinkedInDataExport.zip").write_bytes(zipped(files))
    rows = read_paths([tmp_path])
    assert [person.name for person in people(rows)] == ["Grace Hopper", "Ada Lovelace"]
    assert skips(rows) == [("Basic_LinkedInDataExport.zip", "holds 1 file of no format known here: messages.csv")]
    assert rows.format == "linkedin, vcard"
    assert [path.name for path in tmp_path.iterdir()] == ["Basic_LinkedInDataExport.zip"]


def test_each_person_of_an_archive_is_told_by_file_and_line() -> None:
    data = zipped([("cards.vcf", CARD + b"BEGIN:VCARD\nEND:VCARD\n")])
    assert [where for where, _ in skips(read(data))] == ["x.zip: cards.vcf, line 5"]


def test_of_an_archive_a_named_format_reads_what_it_knows() -> None:
    data = zipped([("Connections.csv", CSV), ("cards.vcf", CARD)])
    rows = list(read_bytes(data, "x.zip", "linkedin"))
    assert [person.name for person in people(rows)] == ["Grace Hopper"]
    assert skips(rows) == [("x.zip", "holds 1 file of no format known here: cards.vcf")]


def test_hidden_files_of_an_archive_are_left_out_as_those_of_a_folder() -> None:
    assert skips(read(zipped([("__MACOSX/._a.vcf", CARD), (".DS_Store", b"x"), ("a.vcf", CARD)]))) == []


def test_backslashes_between_folders_are_those_of_older_programs_on_windows() -> None:
    packed = archive(Entry(b"Export\\a.vcf", CARD), Entry(b"Export\\", b""), Entry(b"__MACOSX\\._a.vcf", CARD))
    rows = read(packed)
    assert len(people(rows)) == 1
    assert skips(rows) == []


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Entry(b"../../a.vcf", CARD), "../../a.vcf: has a name that leads out of the archive"),
        (Entry(b"\0", CARD), "a file without a name: has a name that leads out of the archive"),
        (Entry(b"/etc/a.vcf", CARD), "/etc/a.vcf: has a name that leads out of the archive"),
        (Entry(b"C:a.vcf", CARD), "C:a.vcf: has a name that leads out of the archive"),
        (
            Entry(b"book.json", b'{"_meta": {"1": {"format": "relcraft-book"}}}'),
            "book.json: is a book of Relcraft, or an",
        ),
        (Entry(b"..\\..\\b.vcf", CARD), "..\\..\\b.vcf: has a name that leads out of the archive"),
        (Entry(b"a.vcf\0.jpg", CARD), "a.vcf.jpg: has a name that leads out of the archive"),
        (Entry(b"a\x1b[31m.vcf", CARD, mode=0o120777), "a[31m.vcf: is a link, which may lead anywhere"),
        (Entry(b"pipe", CARD, mode=0o010644), "pipe: is no ordinary file"),
        (Entry(b"a.vcf", CARD, flags=1), "a.vcf: is locked with a password: unpack it first"),
        (Entry(b"a.vcf", CARD, method=97), "a.vcf: is packed in a way that is not known here"),
        (Entry(b"a.zip", zipped([("b.vcf", CARD)])), "a.zip: is an archive within an archive: unpack it first"),
        (Entry(b"a.vcf", CARD, crc=1), "a.vcf: is damaged: it cannot be unpacked"),
        (Entry(b"a.vcf", CARD, size=20), "a.vcf: is damaged: it cannot be unpacked"),
        (Entry(b"a.vcf", b"\xff" * 90, method=0, flags=0, size=90, crc=0), "a.vcf: is damaged: it cannot be unpacked"),
        (Entry(b"a.vcf", CARD, packed_size=2**31), "a.vcf: reaches into another file of the archive"),
        (Entry(b"a.vcf", CARD, offset=2**31), "a.vcf: is not where the list of the archive's files says"),
    ],
)
def test_what_no_honest_archive_holds_is_refused_by_name_and_the_rest_comes_in(entry: Entry, why: str) -> None:
    rows = read(archive(entry, GOOD))
    told = [f"{where.removeprefix('x.zip: ')}: {said}" for where, said in skips(rows)]
    assert len(told) == 1
    assert told[0].startswith(why)
    assert [person.name for person in people(rows)] == ["Good"]


def test_a_size_that_is_stated_too_large_is_not_believed() -> None:
    rows = read(archive(Entry(b"a.vcf", CARD, size=2**31), GOOD))
    assert [person.name for person in people(rows)] == ["Ada Lovelace", "Good"]


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_packings_that_cannot_be_limited_are_not_unpacked(method: int) -> None:
    assert "in a way that is not known here" in skips(read(zipped([("a.vcf", CARD)], method)))[0][1]


def test_a_bomb_is_refused_with_the_limit_named() -> None:
    rows = read(archive(Entry(b"bomb.vcf", BOMB), GOOD))
    assert skips(rows) == [
        ("x.zip: bomb.vcf", "unpacks to more than 200 times its size, the most that an honest file does")
    ]
    assert [person.name for person in people(rows)] == ["Good"]


def test_a_bomb_that_lies_about_its_size_is_no_larger_than_it_says() -> None:
    assert skips(read(archive(Entry(b"bomb.vcf", BOMB, size=100), GOOD)))[0][1].startswith("is damaged")


def test_a_file_larger_than_the_most_is_refused_with_the_limit_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBER_BYTES", 2 * 1024 * 1024)
    noise = CARD + os.urandom(3 * 1024 * 1024)
    rows = read(archive(Entry(b"big.vcf", noise, method=0), GOOD))
    assert skips(rows) == [("x.zip: big.vcf", "is larger than 2 MB, the most that is read of one file")]
    assert [person.name for person in people(rows)] == ["Good"]


def test_no_more_than_the_most_is_unpacked_of_all_files_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1024 * 1024)
    noise = CARD + os.urandom(600 * 1024)
    rows = read(archive(GOOD, Entry(b"a.vcf", noise, method=0), Entry(b"b.vcf", noise, method=0), GOOD))
    assert "is where 1 MB are unpacked, the most that is read of an archive" in [why for _, why in skips(rows)]
    assert [person.name for person in people(rows)] == ["Good", "Ada Lovelace"]


def test_an_archive_of_very_many_files_is_refused_with_the_limit_named() -> None:
    data = archive(*(Entry(b"%d" % number, b"", method=0) for number in range(archives.MOST_MEMBERS + 1)))
    assert skips(read(data)) == [("x.zip", "holds more than 10000 files, the most that an archive may hold")]


def test_files_that_share_their_bytes_are_refused() -> None:
    rows = read(overlapping())
    assert people(rows) == []
    assert {why for _, why in skips(rows)} == {"reaches into another file of the archive, which no honest one does"}
    assert [person.name for person in people(read(reaching()))] == ["Ada Lovelace"]


def test_an_archive_cut_short_is_told_wherever_it_is_cut() -> None:
    data = zipped([("a.vcf", CARD), ("b.vcf", CARD)])
    for end in range(4, len(data)):
        assert [where for where, _ in skips(read(data[:end]))] == ["x.zip"]


def test_an_archive_of_64_bits_is_read_as_any_other(tmp_path: Path) -> None:
    with (
        ZipFile(tmp_path / "x.zip", "w", ZIP_STORED) as target,
        target.open(ZipInfo("a.vcf"), "w", force_zip64=True) as file,
    ):
        file.write(CARD)
    assert [person.name for person in people(read_paths([tmp_path]))] == ["Ada Lovelace"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([], "is an archive without a file in it"),
        ([("[Content_Types].xml", b"<x/>")], "is a spreadsheet or a document: save it as CSV or as vCards first"),
        ([("mimetype", b"application/x")], "is a spreadsheet or a document: save it as CSV or as vCards first"),
        (
            [(f"{n}.jpg", b"x") for n in range(7)],
            "holds 7 files of no format known here: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more",
        ),
    ],
)
def test_an_archive_without_people_says_what_it_is(files: list[tuple[str, bytes]], why: str) -> None:
    assert skips(read(zipped(files))) == [("x.zip", why)]


def test_progress_through_an_archive_only_grows(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped([("a.vcf", CARD * 9), ("b", b"x"), ("c.csv", CSV)]))
    seen: list[Progress] = []
    assert len(list(read_paths([tmp_path], on_progress=seen.append))) == 11
    fractions = [each.fraction for each in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_the_cards_of_other_programs_come_out_of_an_archive_as_out_of_their_folder() -> None:
    folder = sample_folder("vcard")
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    assert people(read(zipped(files))) == people(read_paths([folder]))


_honest = zipped([("a.vcf", CARD), ("Connections.csv", CSV)])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_honest) - 1), st.integers(0, 255)), max_size=6))
def test_an_archive_with_any_bytes_changed_gives_rows_and_never_an_error(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_honest)
    for at, value in changes:
        data[at] = value
    assert read(bytes(data))
