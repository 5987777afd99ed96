"""The way back in a real terminal: a restore asks, a passphrase is typed unseen, u takes a restore back."""

from pathlib import Path

from relcraft.formats.sealing import is_sealed
from tests import age_v1
from tests.books import person
from tests.pty.conftest import Desk

SECRET = "correct horse battery"


def names(desk: Desk) -> list[str]:
    return sorted(contact["name"] for contact in desk.stored()["contacts"])


def test_a_restore_asks_first_and_no_is_the_usual_answer(desk: Desk) -> None:
    backup = desk.run("backup").stdout.strip()
    desk.fill(person("late", "Late Comer"))
    for answer, code, there in (
        ("\r", 1, ["Ada Lovelace", "Grace Hopper", "Late Comer"]),
        ("n\r", 1, ["Ada Lovelace", "Grace Hopper", "Late Comer"]),
        ("y\r", 0, ["Ada Lovelace", "Grace Hopper"]),
    ):
        terminal = desk.open("restore", Path(backup).name)
        terminal.wait_for("would go: 1 contact: Late Comer")
        terminal.wait_for("Restore it? [y/N]:")
        terminal.press(answer)
        assert terminal.ended() == code
        assert ("Nothing was restored." in terminal.shown) == bool(code)
        assert names(desk) == there
        assert terminal.modes() == terminal.modes_before


def test_u_in_the_screen_takes_a_restore_of_the_shell_back(desk: Desk) -> None:
    backup = desk.run("backup").stdout.strip()
    desk.fill(person("late", "Late Comer"))
    terminal = desk.open()
    terminal.wait_for("Late Comer")
    assert desk.run("restore", backup, "--yes").returncode == 0
    terminal.wait_for("Late Comer", gone=True, patience=5.0)
    terminal.press("u")
    terminal.wait_for("Late Comer")
    terminal.press("q")
    assert terminal.ended() == 0
    assert names(desk) == ["Ada Lovelace", "Grace Hopper", "Late Comer"]


def test_a_passphrase_is_typed_twice_unseen_and_opens_the_backup_again(desk: Desk) -> None:
    target = desk.book.parent / "closed.age"
    terminal = desk.open("backup", "--encrypt", "-o", str(target))
    terminal.wait_for("Nobody can open the file without the passphrase")
    terminal.wait_for("Passphrase:")
    terminal.press(f"{SECRET}\r")
    terminal.wait_for("The same once more:")
    terminal.press(f"{SECRET}\r")
    assert terminal.ended() == 0
    assert SECRET.encode() not in terminal.raw
    assert terminal.modes() == terminal.modes_before
    assert is_sealed(target.read_bytes())
    desk.fill(person("late", "Late Comer"))
    terminal = desk.open("restore", str(target), "--yes")
    terminal.wait_for("Passphrase of closed.age:")
    terminal.press(f"{SECRET}\r")
    assert terminal.ended() == 0
    assert SECRET.encode() not in terminal.raw
    assert names(desk) == ["Ada Lovelace", "Grace Hopper"]


def test_two_passphrases_that_differ_write_nothing(desk: Desk) -> None:
    target = desk.book.parent / "closed.age"
    terminal = desk.open("backup", "--encrypt", "-o", str(target))
    terminal.wait_for("Passphrase:")
    terminal.press(f"{SECRET}\r")
    terminal.wait_for("The same once more:")
    terminal.press("something else\r")
    assert terminal.ended() == 1
    assert "The two passphrases differ: nothing was written." in terminal.shown
    assert not target.exists()


def test_ctrl_c_at_the_passphrase_leaves_the_terminal_as_it_was(desk: Desk) -> None:
    target = desk.book.parent / "closed.age"
    target.write_bytes(age_v1.sealed(desk.book.read_bytes(), SECRET))
    terminal = desk.open("restore", str(target), "--yes")
    terminal.wait_for("Passphrase of closed.age:")
    terminal.press("\x03")
    assert terminal.ended() == 130
    assert terminal.modes() == terminal.modes_before


def test_a_sealed_file_is_not_written_to_a_terminal(desk: Desk) -> None:
    for words in (("backup", "--encrypt", "-o", "-"), ("export", "--encrypt")):
        terminal = desk.open(*words)
        assert terminal.ended() == 1
        assert "A sealed file is no text for a terminal" in terminal.shown


def test_changes_of_several_runs_are_undone_one_by_one_after_a_restart(desk: Desk) -> None:
    for name in ("Nora", "Olaf"):
        assert desk.run("add", "--new", f"coffee with {name}").returncode == 0
    terminal = desk.open()
    terminal.wait_for("Olaf")
    terminal.press("u")
    terminal.wait_for("Olaf", gone=True)
    terminal.press("q")
    assert terminal.ended() == 0
    assert desk.run("undo").returncode == 0
    assert names(desk) == ["Ada Lovelace", "Grace Hopper"]
    assert desk.run("redo").returncode == 0
    terminal = desk.open()
    terminal.wait_for("Nora")
    terminal.press("U")
    terminal.wait_for("Olaf")
    terminal.press("q")
    assert terminal.ended() == 0
    assert names(desk) == ["Ada Lovelace", "Grace Hopper", "Nora", "Olaf"]
