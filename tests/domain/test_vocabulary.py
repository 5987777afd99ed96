"""The words that the program never says about people stand nowhere in its code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import relcraft

ROOT = Path(relcraft.__file__).parent
NEVER_SAID = re.compile(r"\b(debts?|owe|owes|owed|ghosted|overdue|should\s+have|ignored)\b", re.IGNORECASE)


def told(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Return each text of a module with its line. A text that is a statement of its own is a docstring."""
    unsaid = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unsaid:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_the_program_scolds(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert [(line, text) for line, text in told(module) if NEVER_SAID.search(text)] == []


def test_the_look_finds_what_it_looks_for() -> None:
    module = ast.parse(
        '"""You owe."""\nwho = "Ada"\na = f"{who} is Overdue"\nb = "you should  have"\nc = "showed indebted"'
    )
    assert {line for line, text in told(module) if NEVER_SAID.search(text)} == {3, 4}
