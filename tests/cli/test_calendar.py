"""The command `ics`."""

from pathlib import Path

from tests.cli.conftest import CommandLine


def test_the_calendar_comes_out_of_the_book(filled: CommandLine) -> None:
    before = filled.book.read_bytes()
    answer = filled("ics")
    assert answer.code == 0
    assert answer.out.startswith("BEGIN:VCALENDAR\r\n") or answer.out.startswith("BEGIN:VCALENDAR\n")
    assert answer.out.count("BEGIN:VTODO") == 2
    assert answer.out.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:send the paper · Grace Hopper" in answer.out
    assert filled.book.read_bytes() == before


def test_a_file_is_this_users_alone(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "my.ics"
    answer = filled("ics", "-o", target)
    assert (answer.code, answer.out, answer.err) == (0, "", f"3 items written to {target}.\n")
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes().count(b"UID:") == 3


def test_a_folder_has_one_file_an_item_and_is_kept_up_to_date(filled: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    assert filled("ics", "-o", folder).err == f"{folder}: 3 written, 0 removed, 0 as before.\n"
    assert filled("ics", "-o", folder).err == f"{folder}: 0 written, 0 removed, 3 as before.\n"
    filled("undo")
    assert filled("ics", "-o", folder).err == f"{folder}: 0 written, 3 removed, 0 as before.\n"
    assert list(folder.iterdir()) == []


def test_the_book_itself_is_never_written_over(filled: CommandLine, tmp_path: Path) -> None:
    before = filled.book.read_bytes()
    assert filled("ics", "-o", filled.book).code == 1
    assert filled.book.read_bytes() == before
    answer = filled("ics", "-o", tmp_path / "no" / "my.ics")
    assert (answer.code, "There is no folder" in answer.err) == (1, True)
