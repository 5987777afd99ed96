"""The tables [themes.NAME] of a config file: the user's own themes, checked token by token before any screen opens."""

import re
from collections.abc import Iterator

from relcraft.cli.config_file import ConfigFile
from relcraft.cli.known_settings import THEMES
from relcraft.cli.setting_values import shown, table_of
from relcraft.cli.settings import BadSettings, not_known
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line
from relcraft.tui.theme_names import BASE, COLOURS, DARK, OURS, STYLES, TEXTUALS, is_colour, is_style

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_TOKENS = (BASE, DARK, *COLOURS, *STYLES)


def read_themes(file: ConfigFile) -> dict[str, dict[str, object]]:
    """Return the user's themes by name, of what is known. Raises `BadSettings` for a name or a value that is none."""
    themes: dict[str, dict[str, object]] = {}
    for name, table in table_of(file, THEMES).items():
        told = f"{THEMES}.{clean_line(name)}"
        if not isinstance(table, dict):
            what = f"{told} in {file.at(THEMES, name)} is {shown(table)}"
            raise BadSettings(f"{what}: a table was expected, under a line [{THEMES}.my-theme].")
        if not _NAME.fullmatch(name) or name in (*OURS, *TEXTUALS):
            why = "there is a theme of this name" if name in (*OURS, *TEXTUALS) else "that is no name for a theme"
            where = file.at(THEMES, name).removesuffix(",")
            raise BadSettings(f"[{told}] of {where}: {why}; another one, such as my-theme, was expected.")
        themes[name] = {token: value for token, value in table.items() if token in _TOKENS}
        for token, value in themes[name].items():
            if wanted := _wanted(token, value):
                where = f"[{told}] of {file.at(THEMES, name, token)}"
                raise BadSettings(f"{token} in {where} is {shown(value)}: {wanted} was expected.")
    return themes


def misspelt_tokens(file: ConfigFile) -> Iterator[str]:
    """Yield a sentence for each token of a theme that nothing knows; `read_themes` found the tables in order."""
    for name, table in table_of(file, THEMES).items():
        for token in table:
            if token not in _TOKENS:
                yield not_known(token, _TOKENS, f"[{THEMES}.{name}] of {file.at(THEMES, name, token)}")


def _wanted(token: str, value: object) -> str:
    """Return what is expected of a token; empty where the value is that."""
    if token == DARK:
        fits, wanted = isinstance(value, bool), "true or false"
    elif token == BASE:
        fits, wanted = value in (*OURS, *TEXTUALS), f"one of {tell_choice((*OURS, *TEXTUALS))}"
    elif token in STYLES:
        fits, wanted = isinstance(value, str) and is_style(value), 'a style such as "bold" or "none"'
    else:
        fits, wanted = isinstance(value, str) and is_colour(value), 'a colour such as "#1c222b" or "ansi_red"'
    return "" if fits else wanted
