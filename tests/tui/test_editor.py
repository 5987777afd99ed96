"""A note in the user's own editor, and back."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from relcraft.domain.errors import BadInput
from relcraft.tui.editor import edit_text, editor_command
from tests.tui.widget_host import Host


class LendingHost(Host):
    """An app whose terminal can be lent, though there is none."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


def an_editor(folder: Path, script: str) -> str:
    """Return the command of an editor that runs `script` with the file's path in `path`."""
    program = folder / "my editor.py"
    program.write_text(f"import sys, os\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n{script}\n")
    return f'{sys.executable} "{program}" --wait'


async def edited(monkeypatch: pytest.MonkeyPatch, editor: str, text: str) -> tuple[str | None, list[str]]:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    host = LendingHost()
    async with host.run_test():
        return edit_text(host, text), host.told


async def test_the_edited_text_comes_back_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = "path.write_text(path.read_text(encoding='utf-8') + 'über\\n\\nend\\n', encoding='utf-8')"
    assert await edited(monkeypatch, an_editor(tmp_path, script), "Zoë,\n") == ("Zoë,\nüber\n\nend\n", [])


async def test_control_characters_do_not_come_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = "path.write_bytes(b'a\\x1b[31mb\\r\\nc\\n')"
    assert await edited(monkeypatch, an_editor(tmp_path, script), "a") == ("a[31mb\nc", [])


async def test_text_in_an_older_encoding_is_not_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert await edited(monkeypatch, an_editor(tmp_path, "path.write_bytes(b'Zo\\xeb\\n')"), "a") == ("Zoë", [])


async def test_an_unchanged_text_comes_back_as_it_was_even_with_a_line_end_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = "path.write_text(path.read_text() + '\\n')"
    assert await edited(monkeypatch, an_editor(tmp_path, script), "note") == ("note", [])


async def test_the_file_is_the_users_alone_and_gone_afterwards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    note = tmp_path / "seen"
    script = (
        f"Path({str(note)!r}).write_text(f'{{path}}\\n{{path.stat().st_mode & 0o777:o}} "
        "{path.parent.stat().st_mode & 0o777:o}')"
    )
    await edited(monkeypatch, an_editor(tmp_path, script), "note")
    path, modes = note.read_text().splitlines()
    assert modes == "600 700"
    assert path.endswith(".md")
    assert not Path(path).parent.exists()


async def test_an_editor_that_fails_is_told_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text, told = await edited(monkeypatch, an_editor(tmp_path, "path.write_text('x'); sys.exit(3)"), "note")
    assert text is None
    assert told[0].endswith("ended with the code 3.")


@pytest.mark.parametrize("editor", ["/nowhere/editor", 'broken "quote', "/"])
async def test_an_editor_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    text, told = await edited(monkeypatch, editor, "note")
    assert text is None
    assert len(told) == 1
    assert told[0].endswith(".")


async def test_a_file_that_the_editor_removed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text, told = await edited(monkeypatch, an_editor(tmp_path, "path.unlink()"), "note")
    assert text is None
    assert len(told) == 1


async def test_a_terminal_that_cannot_be_lent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    host = Host()
    async with host.run_test():
        assert edit_text(host, "note") is None
    assert host.told == ["This terminal cannot be lent to another program."]


def test_visual_comes_before_editor_and_is_split_like_a_shell_does() -> None:
    assert editor_command({"VISUAL": "code --wait 'a b'", "EDITOR": "vi"}) == ["code", "--wait", "a b"]
    assert editor_command({"VISUAL": " ", "EDITOR": "vi"}) == ["vi"]


def test_without_a_setting_an_editor_on_the_path_is_taken_or_none_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match=r"\$VISUAL or \$EDITOR"):
        editor_command({})
    vi = tmp_path / "vi"
    vi.touch(mode=0o755)
    assert editor_command({}) == (str(vi),)


_PROGRAM = """
from textual.app import App
from textual.widgets import Static
from relcraft.tui.editor import edit_text

class Program(App):
    BINDINGS = [("E", "edit", "Edit")]
    def compose(self):
        yield Static("ready", markup=False)
    def action_edit(self):
        self.query_one(Static).update(repr(edit_text(self, "note")))

Program().run()
"""


def test_in_a_real_terminal_the_editor_has_it_and_the_screen_comes_back(tmp_path: Path) -> None:
    script = "print('here I am', flush=True); input(); path.write_text(path.read_text() + ' and more')"
    environment = {**os.environ, "EDITOR": an_editor(tmp_path, script), "VISUAL": "", "TERM": "xterm-256color"}
    child = pexpect.spawn(
        sys.executable, ["-c", _PROGRAM], env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30
    )
    try:
        child.expect("ready")
        child.send("E")
        child.expect("here I am")
        child.send("\n")
        child.expect("note and more")
    finally:
        child.close(force=True)
