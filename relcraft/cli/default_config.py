"""The config file with every key at its default, each with a comment and behind a #: what one begins with."""

from collections.abc import Callable, Iterator
from textwrap import wrap

from relcraft.cli.known_settings import KEYS, NO_TABLE, SETTINGS, TABLES, THEMES, Kind, Known
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Command
from relcraft.tui.theme_names import BASE, COLOURS, DARK, STYLES

_WIDTH = 100
_EXAMPLE = "mine"
_HEAD = (
    "The settings of Relcraft, each at its default. Take the # away before one to change it; what stays behind a # "
    "goes by the default of your version. relcraft config shows what holds, relcraft config --check says whether the "
    "file can be used. A screen that is open goes on as it began."
)
_OF_TABLE = {
    KEYS: 'The keys of the screen: "x", "ctrl+x", "f5", or several: ["x", "f5"]. esc, enter, tab, ctrl+q, ctrl+s and '
    "ctrl+c stay where they are.",
    THEMES: f'Themes of your own: colours are "#rrggbb" or those of the terminal ("ansi_red", "ansi_default"), styles '
    f'"bold", "dim", "none" and so on. What is not said comes from {BASE}, or is made of the colours that are. This is '
    f'an example; theme = "{_EXAMPLE}" at the top would use it.',
}
_SAMPLE_COLOUR, _SAMPLE_STYLE = "#d9a066", "bold"


def default_lines() -> Iterator[str]:
    """Yield the lines of the file."""
    yield from (*_comment(_HEAD), "")
    yield from _entries(NO_TABLE)
    for table in TABLES:
        yield from ("", f"[{table}]")
        yield from _comment(_OF_TABLE.get(table, ""))
        yield from _entries(table)
    yield from ("", f"[{KEYS}]")
    yield from _comment(_OF_TABLE[KEYS])
    yield from _key_lines()
    yield ""
    yield from _comment(_OF_TABLE[THEMES])
    yield from _theme_lines()


def _entries(table: str) -> Iterator[str]:
    for known in SETTINGS:
        if known.table == table:
            yield from _comment(known.says)
            yield _entry(known)


def _entry(known: Known) -> str:
    bounds = _bounds(known)
    return f"#{known.key} = {toml(known.default)}{f'  # {bounds}' if bounds else ''}"


def _bounds(known: Known) -> str:
    if known.kind in (Kind.WHOLE, Kind.NUMBER):
        return f"{known.least:g} or more" if known.most is None else f"{known.least:g} to {known.most:g}"
    return ", ".join(f'"{each}"' for each in known.among)


def _key_lines() -> Iterator[str]:
    group = ""
    for command in sorted(REGISTRY, key=_place_of(tuple(REGISTRY))):
        if command.group != group:
            group = command.group
            yield from ("", f"# {group}")
        value = toml(command.keys[0] if len(command.keys) == 1 else command.keys)
        yield f"#{command.id} = {value}  # {command.title}"


def _place_of(commands: tuple[Command, ...]) -> Callable[[Command], int]:
    """Return what sorts commands by their groups, in the order in which these first come."""
    groups = list(dict.fromkeys(command.group for command in commands))
    return lambda command: groups.index(command.group)


def _theme_lines() -> Iterator[str]:
    yield f"#[{THEMES}.{_EXAMPLE}]"
    yield f'#{BASE} = "ink"'
    yield f"#{DARK} = true"
    for token, told in COLOURS.items():
        yield f'#{token} = "{_SAMPLE_COLOUR}"  # {told}'
    for token, told in STYLES.items():
        yield f'#{token} = "{_SAMPLE_STYLE}"  # {told}'


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}" for line in wrap(text, _WIDTH - 2))


def toml(value: object) -> str:
    """Return a text, a number or several texts as TOML writes them."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"{value:g}" if isinstance(value, float) else str(value)
