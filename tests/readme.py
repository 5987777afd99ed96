"""Writes the README's table of keys from the registry of commands: python -m tests.readme."""

import re
from pathlib import Path

from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import key_table

README = Path(__file__).parent.parent / "README.md"
_BETWEEN = re.compile(r"(?<=`python -m tests\.readme` -->\n).*?(?=<!-- end of keys -->)", re.DOTALL)


def with_keys(text: str) -> str:
    """Return the README with the table of keys as the registry has it now."""
    return _BETWEEN.sub(lambda _match: f"\n{key_table(REGISTRY)}\n", text)


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
