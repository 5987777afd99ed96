"""What holds for one run: where the book is and how Relcraft behaves, and who says so."""

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relcraft.domain.errors import RelcraftError
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

if TYPE_CHECKING:
    from relcraft.cli.config_file import ConfigFile
    from relcraft.domain.incoming import Myself
    from relcraft.domain.rules import Rules

DATA_FILE_VARIABLE = "RELCRAFT_DATA_FILE"
_MOST_BYTES = 256 * 1024
"""A config file of more is none: some other file, or a device without an end, was named."""
_ALIKE = 60
"""Of 100: from here on an unknown key may be a known one, misspelt."""
NOWHERE: Mapping[str, str] = {}
_MOST_TOLD = 10
"""Of how many unknown keys it is told, each with the one that it may mean."""


class BadSettings(RelcraftError):
    """A config file cannot be used; the message says which key, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Settings(Value):
    """What holds for one run."""

    data_file: Path
    is_for_this_run: bool = False
    """Whether an option or a variable named the book."""
    backups: Path
    config: Path
    """The config file, whether or not there is one."""
    rules: "Rules"
    """How long to wait, how many moves to see, what help weighs, and how weeks and days are written."""
    templates: Path
    """The folder of the user's own messages."""
    theme: str = ""
    """The name of a theme; empty: the usual one."""
    themes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """The user's own themes by name, each with what it says of its tokens."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that the user gave commands, by what may be a command: the screen knows."""
    me_name: str = ""
    addresses: tuple[str, ...] = ()
    """The user's own e-mail addresses, phone numbers and profile links."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What the config file says of single settings, by their names; each is of its kind and within its bounds."""
    warnings: tuple[str, ...] = ()
    """What of the config file was read over, a sentence each; of very much the first."""

    @property
    def myself(self) -> "Myself":
        """Who the user is in other programs' files, as far as the config file says."""
        from relcraft.book.mine import myself  # noqa: PLC0415 - imports alone need it

        return myself((*filter(None, (self.me_name,)), *self.addresses))


def config_path(named: Path | None) -> Path:
    """Return the config file: the one that the user named, else the usual one."""
    if named is not None:
        return named
    import platformdirs  # noqa: PLC0415 - a run whose files are all named does without

    return platformdirs.user_config_path("relcraft") / "config.toml"


def book_path(data_file: Path | None, config: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the book's file as `read_settings` finds it, and look at no other setting. Raises `BadSettings`."""
    path = config_path(config)
    file = _read(path, must_be_there=config is not None)
    return _book({} if file is None else file.said, path, data_file, environment)


def _book(said: Mapping[str, Any], config: Path, data_file: Path | None, environment: Mapping[str, str]) -> Path:
    return data_file or _from_environment(environment) or _path_of(said, "data_file", config) or _usual_book()


def read_settings(data_file: Path | None, config: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return what holds: `data_file`, else the environment, else the config file, else the usual folder.

    Raises `BadSettings`.
    """
    path = config_path(config)
    values, others, warnings = _checked(_read(path, must_be_there=config is not None))
    book = _book(values, path, data_file, environment)
    return Settings(
        data_file=book,
        is_for_this_run=data_file is not None or bool(environment.get(DATA_FILE_VARIABLE)),
        backups=_path_of(values, "backups", path) or book.parent / "backups",
        config=path,
        rules=_rules(values, path),
        templates=_path_of(values, "templates.folder", path) or path.parent / "templates",
        theme=str(values.get("theme", "")),
        me_name=clean_line(values.get("me.name", "")),
        addresses=tuple(map(clean_line, values.get("me.addresses", ()))),
        said=values,
        warnings=warnings,
        **others,
    )


def _checked(file: "ConfigFile | None") -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]:
    """Return the values of single settings, keys and themes, and a sentence for each thing that is read over."""
    if file is None or not file.said:
        return {}, {}, ()
    from relcraft.cli import setting_values  # noqa: PLC0415 - most people have no config file

    values = setting_values.read_values(file)
    others: dict[str, Any] = {"keys": setting_values.named_keys(file)}
    unknown = setting_values.misspelt(file)
    if file.said.get("themes"):
        from relcraft.cli import own_themes  # noqa: PLC0415 - few people have themes of their own

        others["themes"] = own_themes.read_themes(file)
        unknown = chain(unknown, own_themes.misspelt_tokens(file))
    told = tuple(islice(unknown, _MOST_TOLD))
    more = next(unknown, None) is not None
    return values, others, (*told, *((f"{file} names more that Relcraft does not know.",) if more else ()))


def _rules(values: Mapping[str, Any], config: Path) -> "Rules":
    if not values:
        from relcraft.domain.rules import USUAL_RULES  # noqa: PLC0415 - `locate config` needs none

        return USUAL_RULES
    from relcraft.cli.rules import rules_of  # noqa: PLC0415 - it needs the errors of this module

    return rules_of(values, config)


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


def _read(path: Path, *, must_be_there: bool) -> "ConfigFile | None":
    """Return the config file; None where there is none. Raises `BadSettings`."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not _can_be_read(file.fileno()):
                raise BadSettings(f"The config file {path} is no file.")
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise BadSettings(f"The config file {path} has more than {_MOST_BYTES // 1024} kilobytes: it is none.")
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        if must_be_there:
            raise BadSettings(f"There is no config file at {path}.") from None
        return None
    except UnicodeDecodeError as error:
        raise BadSettings(f"The config file {path} cannot be read: it is no text in UTF-8.") from error
    except OSError as error:
        raise BadSettings(f"The config file {path} cannot be opened: {error.strerror}.") from error
    import tomllib  # noqa: PLC0415 - most people have no config file

    from relcraft.cli.config_file import ConfigFile  # noqa: PLC0415 - as above

    try:
        return ConfigFile(path=path, text=text, said=tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"The config file {path} cannot be read as TOML: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"The config file {path} holds a number or a nesting beyond all measure.") from error


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe into which nobody writes keeps nobody waiting."""
    return os.open(path, flags | os.O_NONBLOCK)


def _can_be_read(opened: int) -> bool:
    """Whether it is a file, or /dev/null."""
    status = os.fstat(opened)
    return stat.S_ISREG(status.st_mode) or (stat.S_ISCHR(status.st_mode) and not os.isatty(opened))


def _path_of(values: Mapping[str, Any], name: str, config: Path) -> Path | None:
    """Return a path: with ~ for the home folder; a relative one is seen from the config file's folder."""
    value = values.get(name, "")
    if not isinstance(value, str) or "\0" in value:  # `book_path` looks at it before anything was checked
        raise BadSettings(f"{name} in {config} is {clean_line(repr(value))[:60]}: a path in quotes was expected.")
    return config.parent / _at_home(value, f"{name} in {config}") if value.strip() else None


def not_known(key: str, known: Sequence[str], where: str, elsewhere: Mapping[str, str] = NOWHERE) -> str:
    """Return a sentence about a key that none of the known ones is, with the one that it may mean.

    `elsewhere` are keys that are known in other places, each with how it is called there.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a key that nobody knows needs it

    near = process.extractOne(key, (*known, *elsewhere), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if near:
        meant = f"; did you mean {near[0] if near[0] in known else elsewhere[near[0]]}?"
    else:
        meant = f"; known are {tell_list(known, most=len(known))}."
    return f'"{clean_line(key)}" in {where} is no setting that Relcraft knows{meant}'
