"""What the shell completes: names of people out of the book; and the scripts that ask for it in bash, zsh and fish."""

import os
import re
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path
from typing import ClassVar

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, add_completion_class, shell_complete

from relcraft.domain.text import clean_line, fold

_MOST = 200
"""More names than this are no help, and take a terminal long to show."""
_NOT_PLAIN = re.compile(r"([^\w@%+=:,./-])")
"""What bash would take for something else, if it stood alone in a word."""
_QUOTES = ("'", '"')


def complete(program: click.Group, name: str, variable: str, instruction: str) -> int:
    """Answer a shell; return the exit code."""
    add_completion_class(_Bash)
    add_completion_class(_Fish)
    return shell_complete(program, {}, name, variable, instruction)


class _Bash(BashComplete):
    """As click does it; and a name of several words stays one word."""

    source_template: ClassVar[str] = BashComplete.source_template.replace(
        "IFS=',' read type value", "IFS=',' read -r type value"
    ).replace("COMPREPLY+=($value)", 'COMPREPLY+=("$value")')

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return an answer; in quotes a space is a space, outside of them it needs a backslash."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ.get("COMP_CWORD", "0"))
        in_quotes = at < len(words) and words[at].startswith(_QUOTES)
        value = item.value if in_quotes or item.type != "plain" else _NOT_PLAIN.sub(r"\\\1", item.value)
        return f"{item.type},{value}"


class _Fish(FishComplete):
    """As click does it; and a name with a comma stays whole."""

    source_template: ClassVar[str] = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


def people(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """Return the names that go on as `begun`; after words of a name that takes several, the rest of it.

    Nothing is told of a book that cannot be read: what the shell shows would be in the way.
    """
    said = ctx.params.get(param.name or "") if param.nargs == -1 else ""
    before = said.split() if isinstance(said, str) else []
    names: list[str] = []
    with suppress(Exception), redirect_stderr(StringIO()):  # a shell in the middle of a line is the wrong place for it
        names = _names(ctx)
    wanted = fold(" ".join((*before, begun)))
    found = [" ".join(name.split()[len(before) :]) for name in names if fold(name).startswith(wanted)]
    return [name for name in found if name][:_MOST]


def _names(ctx: click.Context) -> list[str]:
    """Return the names in the book, in their order."""
    from relcraft.cli.kept import Kept  # noqa: PLC0415 - a shell asks for its script without
    from relcraft.cli.settings import book_path, config_path, read_settings  # noqa: PLC0415 - as above

    named = ctx.find_root().params
    data_file, config = _at_home(named.get("data_file")), _at_home(named.get("config"))
    book_file = book_path(data_file, config)
    if not book_file.exists():
        return []
    kept = Kept(book_file, config_path(config), "names")
    text = kept.read()
    if text is None:
        from relcraft.cli.clock import present  # noqa: PLC0415 - as above
        from relcraft.cli.wiring import book_at  # noqa: PLC0415 - as above

        settings = read_settings(data_file, config)
        with book_at(settings.data_file, present, settings.backups, settings.rules) as book:
            names = {clean_line(contact.name) for contact in book.contacts()}
        text = "\n".join(sorted(names - {""}, key=fold))
        kept.keep(text)
    return text.split("\n")


def _at_home(path: object) -> Path | None:
    """Return a path that the shell has not yet made whole."""
    return path.expanduser() if isinstance(path, Path) else None
