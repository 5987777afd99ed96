"""The table [keys] of a config file, as the registry of commands with the user's own keys. It loads no screen."""

from collections.abc import Mapping

from relcraft.cli.known_settings import KEYS
from relcraft.cli.settings import BadSettings, Settings, not_known
from relcraft.domain.errors import BadInput
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Registry


def registry_of(settings: Settings) -> tuple[Registry, tuple[str, ...]]:
    """Return the commands with the user's keys, and a sentence for each command that nothing knows.

    Raises `BadSettings` for what is no key, for one that has to stay where it is, and where one would mean two things.
    """
    if not settings.keys:
        return REGISTRY, ()
    known = [command.id for command in REGISTRY]
    ours = {command: keys for command, keys in settings.keys.items() if command in known}
    where = f"[{KEYS}] of {settings.config}"
    unknown = tuple(_no_command(command, known, where) for command in settings.keys if command not in known)
    return _with(ours, where), unknown


def _no_command(command: str, known: list[str], where: str) -> str:
    """Return a sentence about a command that there is not; with none near, where all of them are to be seen."""
    told = not_known(command, known, where)
    return told if "did you mean" in told else f"{told.partition(';')[0]}; relcraft config --default lists them."


def _with(keys: Mapping[str, tuple[str, ...]], where: str) -> Registry:
    try:
        return REGISTRY.with_keymap(keys)
    except BadInput as error:
        raise BadSettings(f"{where}: {error}") from error
