"""The command `man`: the manual page, made of what every command says of itself under --help."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from relcraft import __version__
from relcraft.cli.terminal import say

_SPECIAL = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
"""What roff would take for something else."""
_TABLE = "\b"
"""What click writes before a paragraph whose lines stay as they are."""
_ENVIRONMENT = (
    ("RELCRAFT_DATA_FILE", "The book to use, where --data-file names none."),
    ("RELCRAFT_PLAIN", "With 1, every command with --plain takes it as given."),
    ("NO_COLOR", "With anything, the screen is drawn without colours."),
    ("VISUAL, EDITOR", "What the key E of the screen opens."),
    ("XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME", "Where the book, the settings and the last short digest are."),
)
_EXIT = (
    ("0", "Done."),
    ("1", "Something was not found, or failed."),
    ("2", "The command line was not understood."),
    ("3", "The config file cannot be used."),
)


@click.command("man", short_help="Print the manual page.")
@click.pass_context
def man(ctx: click.Context) -> None:
    """Print the manual page, in the language of man.

    \b
    To have it under: man relcraft
    mkdir -p ~/.local/share/man/man1
    relcraft man > ~/.local/share/man/man1/relcraft.1

    Example: relcraft man
    """
    root = ctx.find_root()
    say("\n".join(page(root)))


def page(root: click.Context) -> Iterator[str]:
    """Yield the lines of the manual page of the program whose context is `root`."""
    program = root.command
    assert isinstance(program, click.Group)  # noqa: S101 - a program of several commands is one
    first, *rest = _paragraphs(program.help or "")
    name = root.info_name or ""
    yield f'.TH "{_escaped(name.upper())}" "1" "" "{_escaped(f"{name} {__version__}")}" "User Commands"'
    yield from (".SH NAME", f"{_escaped(name)} \\- {_escaped(first[:1].lower() + first[1:].rstrip('.'))}")
    yield from (".SH SYNOPSIS", f".B {_escaped(name)}", _escaped(" ".join(program.collect_usage_pieces(root))))
    yield ".SH DESCRIPTION"
    yield from _told([first, *rest])
    yield ".SH OPTIONS"
    yield from _options(program, root)
    yield ".SH COMMANDS"
    yield from _commands(program, root)
    for heading, entries in (("ENVIRONMENT", _ENVIRONMENT), ("EXIT STATUS", _EXIT)):
        yield f".SH {heading}"
        for term, told in entries:
            yield from _entry(term, told)


def _commands(group: click.Group, above: click.Context) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None or command.hidden:
            continue
        ctx = click.Context(command, info_name=name, parent=above)
        yield f'.SS "{_escaped(" ".join((ctx.command_path, *command.collect_usage_pieces(ctx))))}"'
        yield from _told(_paragraphs(command.help or ""))
        yield from _options(command, ctx)
        if isinstance(command, click.Group):
            yield from _commands(command, ctx)


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
        if record is not None and "--help" not in param.opts:
            yield from _entry(*record)


def _entry(term: str, told: str) -> Iterator[str]:
    yield from (".TP", f".B {_escaped(term)}", _escaped(told))


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in cleandoc(text).partition("\f")[0].split("\n\n") if part.strip()]


def _told(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ".PP"
        if paragraph.startswith(_TABLE):
            yield ".nf"
            yield from map(_escaped, paragraph.removeprefix(_TABLE).strip("\n").split("\n"))
            yield ".fi"
        else:
            yield _escaped(" ".join(paragraph.split()))


def _escaped(text: str) -> str:
    """Return a text as roff shows it, letter by letter."""
    written = "".join(_SPECIAL.get(sign) or (sign if sign.isascii() else f"\\[u{ord(sign):04X}]") for sign in text)
    return f"\\&{written}" if written.startswith((".", "\\(aq")) else written
