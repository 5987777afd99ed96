"""A folder of calendar files."""

from pathlib import Path

from relcraft.store.calendar_folder import Brought, bring_up_to_date


def item(uid: str, text: str = "x") -> bytes:
    return f"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:{uid}\r\nSUMMARY:{text}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n".encode()


ONE, TWO = "follow-up-1@relcraft", "follow-up-2@relcraft"


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    assert bring_up_to_date(tmp_path, {ONE: item(ONE), TWO: item(TWO)}) == Brought(2, 0, 0)
    before = (tmp_path / f"{ONE}.ics").stat()
    assert bring_up_to_date(tmp_path, {ONE: item(ONE), TWO: item(TWO, "new")}) == Brought(1, 0, 1)
    after = (tmp_path / f"{ONE}.ics").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert after.st_mode & 0o777 == 0o600
    assert (tmp_path / f"{TWO}.ics").read_bytes() == item(TWO, "new")


def test_items_of_ours_that_are_gone_go_and_those_of_others_stay(tmp_path: Path) -> None:
    foreign = {
        "theirs.ics": item("f-1@example.org"),
        "two.ics": item(ONE) + item("other@example.org"),
        "note@relcraft.ics": b"no calendar\xff",
        f"{ONE}.txt": item(ONE),
        ".hidden.ics": item(ONE),
    }
    for name, data in foreign.items():
        (tmp_path / name).write_bytes(data)
    bring_up_to_date(tmp_path, {ONE: item(ONE)})
    assert bring_up_to_date(tmp_path, {}) == Brought(0, 1, 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == foreign


def test_an_item_keeps_the_name_of_file_that_another_program_gave_it(tmp_path: Path) -> None:
    (tmp_path / "a1b2.ics").write_bytes(item(ONE).replace(b"UID:follow-up-", b"UID:follow\r\n -up-"))
    assert bring_up_to_date(tmp_path, {ONE: item(ONE)}) == Brought(1, 0, 0)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a1b2.ics", item(ONE))]
