"""The tables [themes.NAME] of a config file: the user's own themes, checked token by token before any screen opens."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from relcraft.cli.known_settings import THEMES
from relcraft.cli.setting_values import shown, table_of
from relcraft.cli.settings import BadSettings, not_known
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line
from relcraft.tui.theme_names import BASE, COLOURS, DARK, OURS, STYLES, TEXTUALS, is_colour, is_style

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_TOKENS = (BASE, DARK, *COLOURS, *STYLES)


def read_themes(said: Mapping[str, Any], config: Path) -> tuple[dict[str, dict[str, object]], tuple[str, ...]]:
    """Return the user's themes by name, and a sentence for each token that nothing knows. Raises `BadSettings`."""
    themes: dict[str, dict[str, object]] = {}
    unknown: list[str] = []
    for name, table in table_of(said, THEMES, config).items():
        where = f"[{THEMES}.{clean_line(name)}] of {config}"
        if not isinstance(table, dict):
            told = f"{THEMES}.{clean_line(name)} in {config} is {shown(table)}"
            raise BadSettings(f"{told}: a table was expected, under a line [{THEMES}.my-theme].")
        if not _NAME.fullmatch(name) or name in (*OURS, *TEXTUALS):
            why = "there is a theme of this name" if name in (*OURS, *TEXTUALS) else "that is no name for a theme"
            raise BadSettings(f"{where}: {why}; another one, such as my-theme, was expected.")
        themes[name] = {token: value for token, value in table.items() if token in _TOKENS}
        for token, value in themes[name].items():
            _check(token, value, where)
        unknown += _unknown(table, where)
    return themes, tuple(unknown)


def _unknown(table: Mapping[str, Any], where: str) -> Iterator[str]:
    return (not_known(token, _TOKENS, where) for token in table if token not in _TOKENS)


def _check(token: str, value: object, where: str) -> None:
    if token == DARK:
        fits, wanted = isinstance(value, bool), "true or false"
    elif token == BASE:
        fits, wanted = value in (*OURS, *TEXTUALS), f"one of {tell_choice((*OURS, *TEXTUALS))}"
    elif token in STYLES:
        fits, wanted = isinstance(value, str) and is_style(value), 'a style such as "bold" or "none"'
    else:
        fits, wanted = isinstance(value, str) and is_colour(value), 'a colour such as "#1c222b" or "ansi_red"'
    if not fits:
        raise BadSettings(f"{token} in {where} is {shown(value)}: {wanted} was expected.")
