"""What the shell completes: names of people out of the book; and the scripts that ask for it in bash, zsh and fish."""

import os
import re
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path
from typing import ClassVar

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    shell_complete,
)

from relcraft.domain.text import clean_line, fold

_MOST = 200
"""More names than this are no help, and take a terminal long to show."""
_NOT_PLAIN = re.compile(r"([^\w@%+=:,./-])")
"""What bash would take for something else, if it stood alone in a word."""
_IN_DOUBLE_QUOTES = re.compile(r'([\\"$`])')
"""What bash acts upon between double quotes; so it does upon !, which no backslash stops there."""
NAMING = frozenset({"show", "balance", "path", "email"})
"""The commands that take the words of one name, and nothing else but options."""
_BEFORE = ("--data-file", "--config", "--today")
"""What may stand before a command, each with a value."""


def complete(program: click.Group, name: str, variable: str, instruction: str) -> int:
    """Answer a shell; return the exit code."""
    for shell in (_Bash, _Zsh, _Fish):
        add_completion_class(shell)
    return shell_complete(program, {}, name, variable, instruction)


class _Quick(ShellComplete):
    """Answers what shells ask most, a name after a command that takes one, without loading the command."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Return how `incomplete` may go on after `args`."""
        found = whom(args, incomplete)
        return super().get_completions(args, incomplete) if found is None else list(map(CompletionItem, found))


class _Zsh(_Quick, ZshComplete):
    """As click does it."""


class _Bash(_Quick, BashComplete):
    """As click does it; and a name of several words stays one word, of which bash runs nothing."""

    source_template: ClassVar[str] = BashComplete.source_template.replace(
        "IFS=',' read type value", "IFS=',' read -r type value"
    ).replace("COMPREPLY+=($value)", 'COMPREPLY+=("$value")')

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return an answer: between quotes as these need it, outside of them with backslashes."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ.get("COMP_CWORD", "0"))
        begun = words[at] if at < len(words) else ""
        return f"{item.type},{_within(begun[:1], item.value) if item.type == 'plain' else item.value}"


def _within(quote: str, value: str) -> str:
    """Return a text as it stands in a word of bash that begins with `quote`, if that is one: nothing of it is run."""
    if quote == "'":
        return value.replace("'", "'\\''")
    if quote == '"':
        return _IN_DOUBLE_QUOTES.sub(r"\\\1", value).replace("!", "\"'!'\"")
    return _NOT_PLAIN.sub(r"\\\1", value)


class _Fish(_Quick, FishComplete):
    """As click does it; and a name with a comma stays whole."""

    source_template: ClassVar[str] = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


def people(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """Return the names that go on as `begun`; after words of a name that takes several, the rest of it."""
    said = ctx.params.get(param.name or "") if param.nargs == -1 else ""
    named = ctx.find_root().params
    return _going_on(named.get("data_file"), named.get("config"), said.split() if isinstance(said, str) else [], begun)


def whom(args: list[str], begun: str) -> list[str] | None:
    """Return the same for the plainest of command lines; None where more has to be understood."""
    said, words = {}, list(args)
    while len(words) > 1 and words[0] in _BEFORE:
        said[words[0]] = Path(words[1])
        del words[:2]
    if not words or words[0] not in NAMING or any(word.startswith("-") for word in (*words, begun)):
        return None
    return _going_on(said.get("--data-file"), said.get("--config"), " ".join(words[1:]).split(), begun)


def _going_on(data_file: object, config: object, before: list[str], begun: str) -> list[str]:
    """Return how the names go on that begin with the words before and `begun`.

    Nothing is told of a book that cannot be read: what the shell shows would be in the way.
    """
    names: list[str] = []
    with suppress(Exception), redirect_stderr(StringIO()):  # a shell in the middle of a line is the wrong place for it
        names = _names(_at_home(data_file), _at_home(config))
    wanted = fold(" ".join((*before, begun)))
    found = [" ".join(name.split()[len(before) :]) for name in names if fold(name).startswith(wanted)]
    return [name for name in found if name][:_MOST]


def _names(data_file: Path | None, config: Path | None) -> list[str]:
    """Return the names in the book, in their order."""
    from relcraft.cli.kept import Kept  # noqa: PLC0415 - a shell asks for its script without
    from relcraft.cli.settings import book_path, config_path, read_settings  # noqa: PLC0415 - as above

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
