"""What a registry of commands is: bindings, footer, palette, help, the key map and the README's table come from one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from relcraft.domain.errors import BadInput
from relcraft.tui.keys import KEPT, OF_WINDOWS, is_typed, key_named, key_shown

if TYPE_CHECKING:
    from textual.binding import Binding

__all__ = ["CHAINS", "Command", "Registry", "key_shown", "key_table"]

CHAINS = (
    ("contacts", "rows", "people", "tab", "app"),
    ("timeline", "rows", "people", "tab", "app"),
    ("balance", "rows", "people", "tab", "app"),
    ("filter", "app"),
    ("today", "rows", "away", "tab", "app"),
    ("asks", "rows", "away", "tab", "app"),
    ("everyone", "rows", "away", "tab", "app"),
    ("goals", "rows", "away", "tab", "app"),
    ("paths", "rows", "away", "tab", "app"),
    ("conflicts", "rows", "away", "app"),
    ("duplicates", "rows", "away", "app"),
)
"""Which scopes hear a key together, nearest first: no key may mean two things along one of these."""

_OWNER = {"rows": "", "filter": "", "app": "app."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that a key does."""

    id: str
    """Its name in a key map; the action is the same with underscores."""
    keys: tuple[str, ...]
    """As Textual names them, single characters as they are; the first is the one that is shown."""
    title: str
    help: str
    """One sentence; {undo} in it is the key of the command undo, as the user has it."""
    group: str
    scope: str
    """Where it is heard: a pane, a tab, "conflicts" or "duplicates", "rows" (any list), "people" (all of its panes),
    "away" (there and on any tab but People), "tab" (any tab), "filter" or "app"."""
    label: str = ""
    """What the footer says; empty: it is not in the footer."""
    rank: int = 0
    """Its place in the footer, smallest first."""
    label_marked: str = ""
    """What the footer says while something is marked; empty: it is not there then."""
    anywhere: bool = False
    """Whether it is heard before the field in which the user types."""
    does: str = ""
    """The action, where that is not its id with underscores."""

    @property
    def action(self) -> str:
        """The action, on whom it is done included."""
        return _OWNER.get(self.scope, "screen.") + (self.does or self.id.replace("-", "_"))

    @property
    def shown(self) -> str:
        """The keys as the help shows them: "j ↓"."""
        return " ".join(map(key_shown, self.keys))


class Registry:
    """Commands, each id once and no key with two meanings in one place. Raises `BadInput` where that is not so."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._given = {command.id: command for command in commands}
        self._commands = {name: _told(command, self._given.get("undo")) for name, command in self._given.items()}
        for chain in CHAINS:
            heard = [command for command in self._commands.values() if command.scope in chain]
            for one, other in combinations(heard, 2):
                for key in set(one.keys) & set(other.keys):
                    raise BadInput(
                        f'The key {key_shown(key)} is for "{one.id}" ({one.title}) and for "{other.id}" '
                        f"({other.title}): give one of them another key."
                    )

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __len__(self) -> int:
        return len(self._commands)

    def __getitem__(self, command_id: str) -> Command:
        """Return the command with this id. Raises KeyError."""
        return self._commands[command_id]

    def key(self, command_id: str) -> str:
        """Return the first key of a command as a reader knows it; empty where there is no such command."""
        command = self._commands.get(command_id)
        return "" if command is None else key_shown(command.keys[0])

    def within(self, scopes: Sequence[str]) -> list[Command]:
        """Return the commands that are heard where these scopes are, in the order of the registry."""
        return [command for command in self._commands.values() if command.scope in scopes]

    def bindings(self, scope: str) -> "list[Binding]":
        """Return the bindings of one scope, for the widget, screen or app that hears them."""
        from textual.binding import Binding  # noqa: PLC0415  # a key map is checked without the interface

        return [
            Binding(
                ",".join(command.keys),
                command.action,
                command.title,
                show=False,
                priority=command.anywhere,
                id=command.id,
            )
            for command in self._commands.values()
            if command.scope == scope
        ]

    def footer(self, scopes: Sequence[str], *, marked: bool = False) -> list[tuple[Command, str]]:
        """Return the commands for a footer with what it says of each, the most useful first."""
        heard = [(command, command.label_marked if marked else command.label) for command in self.within(scopes)]
        return sorted((pair for pair in heard if pair[1]), key=lambda pair: pair[0].rank)

    def told(self, *command_ids: str) -> str:
        """Return commands with their first keys, as a frame tells them: "/ filter  s sort"."""
        commands = [self._commands[command_id] for command_id in command_ids]
        return "  ".join(f"{key_shown(command.keys[0])} {command.title.lower()}" for command in commands)

    def with_keymap(self, overrides: Mapping[str, Sequence[str]]) -> "Registry":
        """Return the registry with the user's own keys, by command id.

        Keys that everybody relies on (enter, esc, tab, ctrl+q, ...) stay with the commands that have them. Raises
        `BadInput` for an id or a key that there is not, for a key that is kept for something else, and, by name, where
        a key would mean two things.
        """
        unknown = sorted(set(overrides) - set(self._commands))
        if unknown:
            raise BadInput(f'The key map names "{unknown[0]}", and there is no command of that name.')
        return Registry(
            replace(command, keys=_keys_of(command, overrides[command.id])) if command.id in overrides else command
            for command in self._given.values()
        )

    def keymap(self) -> dict[str, str]:
        """Return each command's keys by its id, as Textual takes a key map: whole, or it drops what clashes by half."""
        return {command.id: ",".join(command.keys) for command in self._commands.values()}


def _told(command: Command, undo: Command | None) -> Command:
    """Return a command whose help names the key of undo."""
    if undo is None or "{undo}" not in command.help:
        return command
    return replace(command, help=command.help.replace("{undo}", key_shown(undo.keys[0])))


def _keys_of(command: Command, named: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that a user gave a command, and those of its own that stay with it. Raises `BadInput`."""
    keys = []
    for each in named:
        key = key_named(each)
        if key is None:
            told = f'The key map gives "{command.id}" the key "{each}"'
            raise BadInput(f"{told}: one like x, ctrl+x or f5 was expected.")
        if key in KEPT and key not in command.keys:
            told = f'The key map gives "{command.id}" the key {key_shown(key)}'
            raise BadInput(f"{told}, which {KEPT[key]}: another one was expected.")
        if is_typed(key) and (command.anywhere or command.scope == "filter"):
            told = f'The key map gives "{command.id}" the key {key_shown(key)}, and it is heard while you type'
            raise BadInput(f"{told}: one like ctrl+x or f5 was expected.")
        if key in OF_WINDOWS and command.anywhere:
            told = f'The key map gives "{command.id}" the key {key_shown(key)}, and windows have it for their own'
            raise BadInput(f"{told}: another one was expected.")
        keys.append(key)
    if not keys:
        raise BadInput(f'The key map gives "{command.id}" no key.')
    return tuple(dict.fromkeys((*keys, *(key for key in command.keys if key in KEPT))))


def key_table(registry: Registry) -> str:
    """Return all commands as the README's table: one part a group, in Markdown."""
    parts = []
    for group in dict.fromkeys(command.group for command in registry):
        lines = [f"| {group} | |", "|---|---|"]
        lines += [
            f"| {' '.join(f'`{_in_table(key_shown(key))}`' for key in command.keys)} | {_in_table(command.help)} |"
            for command in registry
            if command.group == group
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")
