"""The house is in order: format, lint, types and the directions between the rooms."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme import README, with_keys

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def check(*words: str) -> None:
    done = subprocess.run([*words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_is_formatted() -> None:
    check(str(BIN / "ruff"), "format", "--check", ".")


def test_no_file_has_lint() -> None:
    check(str(BIN / "ruff"), "check", ".")


def test_all_types_hold() -> None:
    check(str(BIN / "mypy"))


def test_the_rooms_import_in_the_designed_directions() -> None:
    check(str(BIN / "lint-imports"))


def test_every_ignore_names_its_code_and_its_reason() -> None:
    bare = re.compile(r"#\s*(type:\s*ignore(\[[^\]]*\])?|noqa(:\s*[A-Z0-9, ]+)?)\s*$")
    rows = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("relcraft", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert rows == []


@pytest.mark.parametrize("folder", ["relcraft", "tests"])
def test_no_module_has_a_name_that_says_nothing(folder: str) -> None:
    empty = {"utils", "helpers", "common", "managers", "misc"}
    assert [path.name for path in (ROOT / folder).rglob("*.py") if path.stem in empty] == []


def test_style_sheets_use_theme_colours_only() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b\s*;")
    assert [path.name for path in (ROOT / "relcraft").rglob("*.tcss") if colour.search(path.read_text("utf-8"))] == []


def test_the_readme_tells_the_keys_that_there_are() -> None:
    text = README.read_text("utf-8")
    assert with_keys(text) == text
