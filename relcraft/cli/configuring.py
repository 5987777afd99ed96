"""The command `config`: what holds and why, the whole config file at its defaults, and whether one can be used."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from relcraft.cli.keymap import registry_of
from relcraft.cli.known_settings import KEYS, SETTINGS, THEMES
from relcraft.cli.options import as_json
from relcraft.cli.settings import Settings, config_path
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.cli.wiring import Start
from relcraft.domain.errors import NotKept
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.tui.registry import Registry

FILE, DEFAULT, RUN = "file", "default", "run"
"""Where a value is from: the config file, nowhere, or what was said for this run (an option, a variable)."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Held(Value):
    """One setting as it holds."""

    name: str
    value: object
    source: str


@click.command("config", short_help="Show the settings, print all of them, or check the config file.")
@click.option("--default", "print_default", is_flag=True, help="Print every setting at its default, as a config file.")
@click.option("--init", "to_begin", is_flag=True, help="Begin a config file with that, where there is none yet.")
@click.option("--check", "to_check", is_flag=True, help="Say whether the config file can be used: exit 0, or 3.")
@as_json
@click.pass_obj
def config(start: Start, *, print_default: bool, to_begin: bool, to_check: bool, json: bool) -> None:
    """Show every setting: what holds, and whether the config file says so.

    --init writes the config file, if there is none: every setting at its default, with a comment on it, and behind a #
    that you take away to change it. --default prints the same. A screen that is open goes on as it began: it reads the
    file when it starts.

    Example: relcraft config --check
    """
    if sum((print_default, to_begin, to_check, json)) > 1:
        raise click.UsageError("--default, --init, --check and --json are four answers: ask for one of them.")
    if print_default:
        say(_whole())
    elif to_begin:
        _begin(config_path(start.config))
    else:
        _show(start, to_check=to_check, json=json)


def _whole() -> str:
    from relcraft.cli.default_config import default_lines  # noqa: PLC0415 - what shows the settings does without

    return "\n".join(default_lines())


def _begin(path: Path) -> None:
    """Write a config file in which nothing is changed yet, for this user alone: it will say who they are.

    Raises `NotKept` where there is one, or none can be.
    """
    from relcraft.store.files import Files, make_folders, write_new  # noqa: PLC0415 - what shows the settings needs none

    try:
        with suppress(FileExistsError, NotADirectoryError):  # opening the file says what that means
            make_folders(Files(), path.parent)
        write_new(Files(), path, f"{_whole()}\n".encode())
    except FileExistsError:
        raise NotKept(f"There is something at {path} already: it stays as it is.") from None
    except OSError as error:
        raise NotKept(f"The config file {path} cannot be written: {error.strerror}.") from error
    say(clean_line(str(path.absolute())))


def _show(start: Start, *, to_check: bool, json: bool) -> None:
    settings = start.settings()
    registry, unknown = registry_of(settings)
    for warning in unknown:
        tell(warning)
    remarks = (*settings.warnings, *unknown)
    if to_check:
        _say_checked(settings, remarks)
    elif json:
        shown = [{"key": each.name, "value": each.value, "from": each.source} for each in held(settings, registry)]
        say_json({"config": str(settings.config.absolute()), "settings": shown, "remarks": remarks})
    else:
        tell(_which(settings))
        say_table([(each.name, _told(each.value), each.source) for each in held(settings, registry)])


def _say_checked(settings: Settings, remarks: tuple[str, ...]) -> None:
    if not settings.config.exists():
        say(_which(settings))
    else:
        say(clean_line(f"{settings.config} can be used{'; see above for what is read over' if remarks else ''}."))


def _which(settings: Settings) -> str:
    if settings.config.exists():
        return clean_line(f"The config file: {settings.config}")
    return clean_line(
        f"There is no config file at {settings.config}: everything is as usual. relcraft config --init begins one."
    )


def held(settings: Settings, registry: Registry) -> Iterator[Held]:
    """Yield every setting as it holds, with where it is from."""
    for known in SETTINGS:
        said = settings.said.get(known.name)
        source = DEFAULT if said in (None, "") else FILE
        yield _single(settings, known.name, known.default if said is None else said, source)
    for command in registry:
        ours = command.id in settings.keys
        yield Held(f"{KEYS}.{command.id}", list(command.keys), FILE if ours else DEFAULT)
    for name, tokens in settings.themes.items():
        yield from (Held(f"{THEMES}.{name}.{token}", value, FILE) for token, value in tokens.items())


def _single(settings: Settings, name: str, value: Any, source: str) -> Held:
    """Return one setting; a path is shown as it holds, whoever said it."""
    places: Mapping[str, Any] = {
        "data_file": settings.data_file,
        "backups": settings.backups,
        "templates.folder": settings.templates,
    }
    if name == "data_file" and settings.is_for_this_run:
        source = RUN
    return Held(name, str(places[name]) if name in places else value, source)


def _told(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return str(value) if value != "" else "-"
