"""The user's own templates: files that anybody may have written, and the built-in texts behind them."""

import os
from pathlib import Path

import pytest

from relcraft.cli.settings import read_settings
from relcraft.cli.templates import FolderTemplates
from relcraft.domain.composing import NAMES, built_in, message
from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.records import Contact, Me

GRACE = Contact(uid="grace", name="Grace Hopper")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "templates"


@pytest.fixture
def templates(folder: Path) -> FolderTemplates:
    return FolderTemplates(folder)


def put(folder: Path, content: bytes, name: str = "ask") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_bytes(content)
    return path


def test_the_templates_are_beside_the_config_file_unless_it_says_where(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("")
    assert read_settings(None, config, {}).templates == tmp_path / "templates"
    config.write_text('[templates]\nfolder = "letters"')
    assert read_settings(None, config, {}).templates == tmp_path / "letters"
    assert FolderTemplates(tmp_path / "letters").place == str(tmp_path / "letters")


@pytest.mark.parametrize("name", NAMES)
def test_without_a_file_the_built_in_text_is_used(templates: FolderTemplates, folder: Path, name: str) -> None:
    assert templates.text(name) == built_in(name)
    assert templates.remark(name) == ""
    assert not folder.exists()


def test_a_file_of_ones_own_is_used_and_read_anew_each_time(templates: FolderTemplates, folder: Path) -> None:
    put(folder, b"Dear {name}, {what}?\n")
    assert message("ask", GRACE, Me(uid="me"), templates, what="tea") == "Dear Grace, tea?\n"
    put(folder, "\ufeffHallo {name}\r\nund Grüße\r\n".encode())
    assert templates.text("ask") == "Hallo {name}\nund Grüße\n"
    assert templates.text("thanks") == built_in("thanks")


def test_control_characters_in_a_file_reach_no_terminal(templates: FolderTemplates, folder: Path) -> None:
    put(folder, "Hi\x1b[2J {name}\x00\x07 \u202egnihton\n".encode())
    assert templates.text("ask") == "Hi[2J {name} gnihton\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Gr\xfc\xdfe {name}", "is no text in UTF-8: the built-in text is used."),
        (b"\xff\xfeH\x00i\x00", "is no text in UTF-8: the built-in text is used."),
        (b"x" * (64 * 1024 + 1), "has more than 64 kilobytes: the built-in text is used."),
        (b"", "is empty: the built-in text is used."),
        (b" \n\x00\n", "is empty: the built-in text is used."),
    ],
)
def test_a_file_that_is_no_template_is_told_and_the_built_in_text_used(
    templates: FolderTemplates, folder: Path, content: bytes, why: str
) -> None:
    path = put(folder, content)
    assert templates.text("ask") == built_in("ask")
    assert templates.remark("ask") == f"The template {path} {why}"
    assert path.read_bytes() == content


def test_a_file_as_long_as_a_template_may_be_is_read(templates: FolderTemplates, folder: Path) -> None:
    put(folder, b"x" * (64 * 1024))
    assert len(templates.text("ask")) == 64 * 1024


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_file_is_told_and_waits_for_nobody(templates: FolderTemplates, folder: Path, kind: str) -> None:
    folder.mkdir()
    path = folder / "ask.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path)
    assert templates.text("ask") == built_in("ask")
    assert templates.remark("ask").startswith(f"The template {path} ")
    assert templates.remark("ask").endswith(": the built-in text is used.")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read_is_told(templates: FolderTemplates, folder: Path) -> None:
    path = put(folder, b"Hi")
    path.chmod(0)
    assert templates.text("ask") == built_in("ask")
    assert templates.remark("ask") == (
        f"The template {path} cannot be opened (Permission denied): the built-in text is used."
    )


def test_a_file_in_the_place_of_the_folder_is_no_template(templates: FolderTemplates, folder: Path) -> None:
    folder.write_text("not a folder")
    assert templates.text("ask") == built_in("ask")
    with pytest.raises(NotKept, match="cannot be written"):
        templates.store("ask", "Hi")
    assert folder.read_text() == "not a folder"


def test_a_stored_text_is_kept_and_an_empty_one_brings_the_built_in_back(
    templates: FolderTemplates, folder: Path
) -> None:
    templates.store("ask", "Hi {name}\x1b\r\nGrüße\n")
    assert (folder / "ask.txt").read_bytes() == "Hi {name}\nGrüße\n".encode()
    assert FolderTemplates(folder).text("ask") == "Hi {name}\nGrüße\n"
    assert [path.name for path in folder.iterdir()] == ["ask.txt"]
    templates.store("ask", "  \n")
    assert list(folder.iterdir()) == []
    assert templates.text("ask") == built_in("ask")
    templates.store("ask", "")


def test_a_stored_text_goes_where_a_link_points(templates: FolderTemplates, folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    elsewhere = tmp_path / "dotfiles.txt"
    elsewhere.write_text("old")
    (folder / "ask.txt").symlink_to(elsewhere)
    templates.store("ask", "new")
    assert (folder / "ask.txt").is_symlink()
    assert elsewhere.read_text() == "new"


def test_a_link_that_goes_round_in_a_circle_gives_way(templates: FolderTemplates, folder: Path) -> None:
    folder.mkdir()
    (folder / "ask.txt").symlink_to(folder / "ask.txt")
    templates.store("ask", "new")
    assert templates.text("ask") == "new"


def test_what_is_too_long_is_not_stored(templates: FolderTemplates, folder: Path) -> None:
    put(folder, b"mine")
    with pytest.raises(BadInput, match="at most 64 kilobytes"):
        templates.store("ask", "x" * 70_000)
    assert templates.text("ask") == "mine"


@pytest.mark.parametrize("name", ["poem", "../config", "ask.txt", "", "/etc/passwd"])
def test_only_known_names_touch_the_disk(templates: FolderTemplates, folder: Path, name: str) -> None:
    for tried in (lambda: templates.text(name), lambda: templates.remark(name), lambda: templates.store(name, "x")):
        with pytest.raises(BadInput, match="is no template"):
            tried()
    assert not folder.exists()
