"""The formats that `import` knows, as its help and its option tell them; they are loaded when somebody looks."""

from inspect import cleandoc
from textwrap import wrap

import click

from relcraft.domain.text import clean_line

_OURS = "another book of Relcraft, a backup of one, or its export to JSON"
"""What is read whole, and is no format of rows."""
_HEADING = "What comes in, each by its name for --format:"

_WIDTH = 72
"""Of a name with its title: what is left of 80 columns beside the margins."""


class FormatName(click.ParamType[str]):
    """One of the formats that can be imported."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a known name as it is; fail with all of them for another one."""
        names = [name for name, _title in known_formats()]
        if value not in names:
            *most, last = names
            self.fail(f'"{value}" is no format that can be imported: {", ".join(most)} and {last} are.', param, ctx)
        return value


class TellsFormats(click.Command):
    """A command whose help names the formats, those of other packages among them."""

    @property
    def help(self) -> str | None:
        """What the command says of itself, with the formats."""
        named = [*known_formats(), ("", _OURS)]
        width = max(len(name) for name, _title in named)
        rest = f"\n{'':<{width + 4}}"
        formats = "\n".join(f"  {name:<{width}}  {rest.join(wrap(title, _WIDTH - width))}" for name, title in named)
        return f"{self._said}\n\n\b\n{_HEADING}\n{formats}"

    @help.setter  # noqa: A003 - click's name for it
    def help(self, said: str | None) -> None:
        self._said = cleandoc(said or "")


def known_formats() -> list[tuple[str, str]]:
    """Return each format by its name, with what a reader calls it, by name."""
    from relcraft.formats.registry import formats  # noqa: PLC0415 - a list of commands does without

    return sorted({known.name: clean_line(known.title) for known in formats()}.items())
