"""Where the book, its backups and the settings are, and who says so."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relcraft.domain.errors import RelcraftError
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line

if TYPE_CHECKING:
    from relcraft.domain.rules import Rules

DATA_FILE_VARIABLE = "RELCRAFT_DATA_FILE"
KEYS = ("data_file", "backups", "theme", "rules", "weights")
"""What a config file may say: the book's file, the folder of its backups, how the screen looks, and two tables."""
THEMES = ("terminal", "paper", "ink", "plain")
"""The names of the screen's themes, known here without loading the screen; the first is the usual one."""
_MOST_BYTES = 256 * 1024
"""A config file of more is none: some other file, or a device without an end, was named."""
_ALIKE = 60
"""Of 100: from here on an unknown key may be a known one, misspelt."""


class BadSettings(RelcraftError):
    """A config file cannot be used; the message says which key, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for one run."""

    data_file: Path
    backups: Path
    config: Path
    """The config file, whether or not there is one."""
    rules: "Rules"
    """How long to wait, how many moves to see, and what help weighs."""
    theme: str = THEMES[0]
    warnings: tuple[str, ...] = ()
    """What of the config file was read over, a sentence each."""


def config_path(named: Path | None) -> Path:
    """Return the config file: the one that the user named, else the usual one."""
    if named is not None:
        return named
    import platformdirs  # noqa: PLC0415 - a run whose files are all named does without

    return platformdirs.user_config_path("relcraft") / "config.toml"


def book_path(data_file: Path | None, config: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the book's file as `read_settings` finds it, and look at no other setting. Raises `BadSettings`."""
    path = config_path(config)
    return _book(_read(path, must_be_there=config is not None), path, data_file, environment)


def _book(said: Mapping[str, Any], config: Path, data_file: Path | None, environment: Mapping[str, str]) -> Path:
    return data_file or _from_environment(environment) or _path_of(said, "data_file", config) or _usual_book()


def read_settings(data_file: Path | None, config: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return what holds: `data_file`, else the environment, else the config file, else the usual folder.

    Raises `BadSettings`.
    """
    path = config_path(config)
    said = _read(path, must_be_there=config is not None)
    from relcraft.cli.rules import read_rules  # noqa: PLC0415 - it needs the errors of this module

    rules, misspelt = read_rules(said, path)
    book = _book(said, path, data_file, environment)
    return Settings(
        data_file=book,
        backups=_path_of(said, "backups", path) or book.parent / "backups",
        config=path,
        rules=rules,
        theme=_theme(said, path),
        warnings=(*(not_known(key, KEYS, str(path)) for key in said if key not in KEYS), *misspelt),
    )


def _theme(said: Mapping[str, Any], config: Path) -> str:
    value = said.get("theme", THEMES[0])
    if value not in THEMES:
        raise BadSettings(f"theme in {config} is {clean_line(str(value))}: one of {', '.join(THEMES)} was expected.")
    return str(value)


def _from_environment(environment: Mapping[str, str]) -> Path | None:
    named = environment.get(DATA_FILE_VARIABLE)
    return _at_home(named, DATA_FILE_VARIABLE) if named else None


def _at_home(path: str, where: str) -> Path:
    """Return `path` with the home folder for its ~; `where` says who named it. Raises `BadSettings`."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # how pathlib says that ~somebody is nobody here
        raise BadSettings(f"{where} is {clean_line(path)}: nobody here has that home folder.") from None


def _usual_book() -> Path:
    import platformdirs  # noqa: PLC0415 - as above

    return platformdirs.user_data_path("relcraft") / "book.json"


def _read(path: Path, *, must_be_there: bool) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise BadSettings(f"The config file {path} has more than {_MOST_BYTES // 1024} kilobytes: it is none.")
        text = content.decode("utf-8")
    except FileNotFoundError:
        if must_be_there:
            raise BadSettings(f"There is no config file at {path}.") from None
        return {}
    except UnicodeDecodeError as error:
        raise BadSettings(f"The config file {path} cannot be read: it is no text in UTF-8.") from error
    except OSError as error:
        raise BadSettings(f"The config file {path} cannot be opened: {error.strerror}.") from error
    import tomllib  # noqa: PLC0415 - most people have no config file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"The config file {path} cannot be read as TOML: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"The config file {path} holds a number or a nesting beyond all measure.") from error


def _path_of(said: Mapping[str, Any], key: str, config: Path) -> Path | None:
    """Return the path under `key`: with ~ for the home folder; a relative one is seen from the config file's folder."""
    if key not in said:
        return None
    value = said[key]
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        shown = clean_line(repr(value))[:60]
        raise BadSettings(f'{key} in {config} is {shown}: a path in quotes was expected, such as "~/relcraft".')
    return config.parent / _at_home(value, f"{key} in {config}")


def not_known(key: str, known: Sequence[str], where: str) -> str:
    """Return a sentence about a key that none of the known ones is, with the one that it may mean."""
    from rapidfuzz import process  # noqa: PLC0415 - only a key that nobody knows needs it

    near = process.extractOne(key, known, score_cutoff=_ALIKE)
    meant = f"; did you mean {near[0]}?" if near else f"; known are {tell_list(known, most=len(known))}."
    return f'"{clean_line(key)}" in {where} is no setting that Relcraft knows{meant}'
