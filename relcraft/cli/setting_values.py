"""From what a config file says to values: each of its kind and within its bounds, or told with its key and why not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from relcraft.cli.config_file import ConfigFile
from relcraft.cli.known_settings import KEYS, NO_TABLE, SETTINGS, TABLES, THEMES, TOP, Kind, Known, keys_of
from relcraft.cli.settings import BadSettings, not_known
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line
from relcraft.tui.theme_names import OURS, TEXTUALS

_BEYOND = 1_000_000_000
"""No setting needs a number as large as this."""
_LONGEST = 1000
"""How many letters a text of a setting has at most."""


def read_values(file: ConfigFile) -> dict[str, Any]:
    """Return the value of each setting that the file names, by its name, as TOML has it. Raises `BadSettings`."""
    themes = tuple(table_of(file, THEMES))
    values = {}
    for known in SETTINGS:
        table = table_of(file, known.table) if known.table else file.said
        if known.key in table:
            values[known.name] = _value(known, table[known.key], file, themes)
    return values


def table_of(file: ConfigFile, name: str) -> Mapping[str, Any]:
    """Return a table of the file, empty where there is none. Raises `BadSettings` where something else stands there."""
    table = file.said.get(name, {})
    if not isinstance(table, dict):
        raise BadSettings(f"{name} in {file.at(name)} is {shown(table)}: a table was expected, under a line [{name}].")
    return table


def misspelt(file: ConfigFile) -> Iterator[str]:
    """Yield a sentence for each key or table that nothing knows, with the one that it may mean."""
    yield from (not_known(key, TOP, file.at(key), _elsewhere(NO_TABLE)) for key in file.said if key not in TOP)
    for table in TABLES:
        known = keys_of(table)
        for key in table_of(file, table):
            if key not in known:
                yield not_known(key, known, f"[{table}] of {file.at(table, key)}", _elsewhere(table))


def _elsewhere(table: str) -> dict[str, str]:
    """Return the keys of all other tables, each with how it is called: "moves, below [rules]"."""
    others = (known for known in SETTINGS if known.table != table)
    return {each.key: f"{each.key}, {f'below [{each.table}]' if each.table else 'above all tables'}" for each in others}


def named_keys(file: ConfigFile) -> dict[str, tuple[str, ...]]:
    """Return the keys that the file gives commands, by command. Raises `BadSettings` for what names no key at all."""
    found = {}
    for command, value in table_of(file, KEYS).items():
        named = [value] if isinstance(value, str) else value
        if not isinstance(named, list) or not named or not all(isinstance(each, str) and each for each in named):
            where = f"{clean_line(command)} in [{KEYS}] of {file.at(KEYS, command)}"
            raise BadSettings(
                f'{where} is {shown(value)}: a key in quotes, such as "x", or a list of them was expected.'
            )
        found[command] = tuple(map(clean_line, named))
    return found


def shown(value: object) -> str:
    """Return a value as it can be told: in one short line."""
    return clean_line(repr(value))[:60]


def _named(known: Known, file: ConfigFile) -> str:
    """Return how a setting is called in a sentence: "moves in [rules] of FILE, line 4,"."""
    if known.table == NO_TABLE:
        return f"{known.key} in {file.at(known.key)}"
    return f"{known.key} in [{known.table}] of {file.at(known.table, known.key)}"


def _value(known: Known, value: object, file: ConfigFile, themes: Sequence[str]) -> object:
    if _fits(known, value, themes):
        return value
    raise BadSettings(f"{_named(known, file)} is {shown(value)}: {expected(known, themes)} was expected.")


def _fits(known: Known, value: object, themes: Sequence[str]) -> bool:
    match known.kind:
        case Kind.PATH | Kind.TEXT:
            return _is_text(value)
        case Kind.TEXTS:
            return isinstance(value, list) and all(_is_text(each) and each.strip() for each in value)
        case Kind.CHOICE:
            return value in ("", *known.among) if known.default == "" else value in known.among
        case Kind.THEME:
            return value in (*OURS, *TEXTUALS, *themes)
        case _:
            return _is_number(value, known) and _is_within(known, value)


def _is_number(value: object, known: Known) -> TypeGuard[int | float]:
    """Whether a value is a number of the kind that a setting needs; true and false are none."""
    if known.kind is Kind.WHOLE:
        return type(value) is int and abs(value) < _BEYOND
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and "\0" not in value


def _is_within(known: Known, value: float) -> bool:
    return (known.least is None or value >= known.least) and (known.most is None or value <= known.most)


def expected(known: Known, themes: Sequence[str] = ()) -> str:
    """Return what was expected of a setting: "a whole number from 1 to 20"."""
    match known.kind:
        case Kind.THEME:
            return f"one of {tell_choice((*OURS, *TEXTUALS, *map(clean_line, themes)))}"
        case Kind.CHOICE:
            return tell_choice([f'"{each}"' for each in known.among])
        case Kind.WHOLE | Kind.NUMBER if known.most is None:
            return f"{known.kind.value} of {known.least:g} or more"
        case Kind.WHOLE | Kind.NUMBER:
            return f"{known.kind.value} from {known.least:g} to {known.most:g}"
        case _:
            return str(known.kind.value)
