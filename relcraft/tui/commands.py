"""The one registry of commands: keys, footer, palette, help, the user's key map and the README's table come from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from textual.binding import Binding

from relcraft.domain.errors import BadInput

CHAINS = (
    ("contacts", "rows", "people", "app"),
    ("timeline", "rows", "people", "app"),
    ("balance", "rows", "people", "app"),
    ("filter", "app"),
)
"""Which scopes hear a key together, nearest first: no key may mean two things along one of these."""

_OWNER = {"rows": "", "filter": "", "app": "app."}
_KEY = re.compile(r"(?:(?:ctrl|shift|alt)\+)*(?:[!-+\--~]|f\d{1,2}|[a-z_]{2,24})")
_SHOWN = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "up": "↑", "down": "↓", "left": "←", "right": "→"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that a key does."""

    id: str
    """Its name in a key map; the action is the same with underscores."""
    keys: tuple[str, ...]
    """As Textual names them, single characters as they are; the first is the one that is shown."""
    title: str
    help: str
    """One sentence."""
    group: str
    scope: str
    """Where it is heard: a pane, "rows" (any list), "people" (the whole screen), "filter" or "app"."""
    label: str = ""
    """What the footer says; empty: it is not in the footer."""
    rank: int = 0
    """Its place in the footer, smallest first."""
    label_marked: str = ""
    """What the footer says while something is marked; empty: it is not there then."""
    anywhere: bool = False
    """Whether it is heard before the field in which the user types."""

    @property
    def action(self) -> str:
        """The action, on whom it is done included."""
        return _OWNER.get(self.scope, "screen.") + self.id.replace("-", "_")

    @property
    def shown(self) -> str:
        """The keys as the help shows them: "j ↓"."""
        return " ".join(map(key_shown, self.keys))


def key_shown(key: str) -> str:
    """Return a key as a reader knows it: "esc" for escape."""
    return _SHOWN.get(key, key)


class Registry:
    """Commands, each id once and no key with two meanings in one place. Raises `BadInput` where that is not so."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = {command.id: command for command in commands}
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

    def within(self, scopes: Sequence[str]) -> list[Command]:
        """Return the commands that are heard where these scopes are, in the order of the registry."""
        return [command for command in self._commands.values() if command.scope in scopes]

    def bindings(self, scope: str) -> list[Binding]:
        """Return the bindings of one scope, for the widget, screen or app that hears them."""
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

    def with_keymap(self, overrides: Mapping[str, str]) -> "Registry":
        """Return the registry with the user's own keys: by command id, keys separated by commas.

        Raises `BadInput` for an id or a key that there is not, and, by name, where a key would mean two things.
        """
        unknown = sorted(set(overrides) - set(self._commands))
        if unknown:
            raise BadInput(f'The key map names "{unknown[0]}", and there is no command of that name.')
        return Registry(
            replace(command, keys=_keys_of(command, overrides[command.id])) if command.id in overrides else command
            for command in self._commands.values()
        )

    def keymap(self) -> dict[str, str]:
        """Return each command's keys by its id, as Textual takes a key map."""
        return {command.id: ",".join(command.keys) for command in self._commands.values()}


def _keys_of(command: Command, text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    for key in keys:
        if not _KEY.fullmatch(key):
            raise BadInput(f'The key map gives "{command.id}" the key "{key}": one like x, ctrl+x or f5 was expected.')
    if not keys:
        raise BadInput(f'The key map gives "{command.id}" no key.')
    return keys


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


_MOVING, _FINDING, _ADDING, _CHANGING, _PROGRAM = "Moving", "Finding", "Adding", "Changing", "Program"

_COMMANDS = (
    Command(
        id="add-line", keys=("a",), title="Add in one line", group=_ADDING, scope="people", label="add", rank=10,
        help="Add anything in one line: coffee w/ Grace yesterday <intro !fri send slides.",
    ),
    Command(
        id="log-today", keys=("c",), title="In touch today", group=_ADDING, scope="people", label="in touch", rank=14,
        label_marked="in touch", help="Log that you and who is selected were in touch today.",
    ),
    Command(
        id="gave", keys=(">",), title="Gave help", group=_ADDING, scope="people", label="gave", rank=12,
        help="Add help that you gave: opens the line with > and who is selected.",
    ),
    Command(
        id="got", keys=("<",), title="Got help", group=_ADDING, scope="people", label="got", rank=13,
        help="Add help that you got: opens the line with < and who is selected.",
    ),
    Command(
        id="follow-up", keys=("f",), title="Follow up", group=_ADDING, scope="people",
        help="Promise something for a date: opens the line with ! and who is selected.",
    ),
    Command(
        id="new-contact", keys=("n",), title="New contact", group=_ADDING, scope="people", label="new", rank=20,
        help="Add a person, in a form.",
    ),
    Command(
        id="import", keys=("I",), title="Import people", group=_ADDING, scope="app",
        help="Import contacts from LinkedIn, a phone or any address book; you see what comes before it is kept.",
    ),
    Command(
        id="repeat", keys=(".",), title="Repeat the last add", group=_ADDING, scope="people",
        help="Add the same again, dated today, for who is selected.",
    ),
    Command(
        id="edit", keys=("e",), title="Edit", group=_CHANGING, scope="people", label="edit", rank=30,
        help="Edit what is selected, in a form.",
    ),
    Command(
        id="edit-note", keys=("E",), title="Edit the note", group=_CHANGING, scope="people",
        help="Write the note of what is selected in your own editor ($VISUAL, $EDITOR).",
    ),
    Command(
        id="mark", keys=("space",), title="Mark", group=_CHANGING, scope="people", label_marked="mark", rank=9,
        help="Mark the row, or take its mark off, and go on to the next.",
    ),
    Command(
        id="mark-range", keys=("v",), title="Mark up to here", group=_CHANGING, scope="people", rank=60,
        label_marked="up to here",
        help="Mark all rows from the last mark up to here; without a mark, all that are shown.",
    ),
    Command(
        id="tag", keys=("#",), title="Tag", group=_CHANGING, scope="people", label_marked="tag", rank=11,
        help="Give who is selected or marked a tag, or take one off.",
    ),
    Command(
        id="circle", keys=("o",), title="Circle", group=_CHANGING, scope="people", label_marked="circle", rank=10,
        help="Set the circle of who is selected or marked, and with it how often to be in touch.",
    ),
    Command(
        id="snooze", keys=("z",), title="Snooze", group=_CHANGING, scope="people", label_marked="snooze", rank=13,
        help="Leave who is selected or marked, or a follow-up in the timeline, in peace until a day.",
    ),
    Command(
        id="archive", keys=("d",), title="Archive", group=_CHANGING, scope="contacts", rank=15,
        label_marked="archive", help="Put who is selected or marked into the archive; in the archive, take them out.",
    ),
    Command(
        id="delete-for-good", keys=("D",), title="Delete for good", group=_CHANGING, scope="contacts",
        help="Delete an archived contact, and what hangs on nobody else.",
    ),
    Command(
        id="delete", keys=("d",), title="Delete", group=_CHANGING, scope="timeline", label="delete", rank=6,
        label_marked="delete", help="Delete what is selected or marked in the timeline, at once; u brings it back.",
    ),
    Command(
        id="done", keys=("x",), title="Done", group=_CHANGING, scope="timeline", label="done", rank=5,
        help="Note that the follow-up is done today; again, that it is open after all.",
    ),
    Command(
        id="undo", keys=("u",), title="Undo", group=_CHANGING, scope="app", label="undo", rank=70, label_marked="undo",
        help="Take the last change back, whatever it was.",
    ),
    Command(id="redo", keys=("U",), title="Redo", group=_CHANGING, scope="app", help="Make the undone change again."),
    Command(
        id="filter", keys=("/",), title="Filter", group=_FINDING, scope="people", label="filter", rank=45,
        label_marked="filter",
        help="Show only who has these words in name, work, tags or notes; due: tag: circle: lean: org: narrow down.",
    ),
    Command(
        id="sort", keys=("s",), title="Sort", group=_FINDING, scope="people",
        help="Sort by who is due, by name, by the last contact, by how often you helped each other.",
    ),
    Command(
        id="find-person", keys=("p",), title="Find a person", group=_FINDING, scope="app",
        help="Go to a person by any part of the name.",
    ),
    Command(
        id="show-archive", keys=("Z",), title="The archive", group=_FINDING, scope="people",
        help="Show who is archived instead, and back.",
    ),
    Command(
        id="explain", keys=("=",), title="Explain", group=_FINDING, scope="people", label="explain", rank=4,
        help="Tell how the selected figure, or the warmth of the contact, came about.",
    ),
    Command(
        id="copy", keys=("y",), title="Copy", group=_FINDING, scope="people",
        help="Copy the contact's e-mail address, or the selected line, to the clipboard.",
    ),
    Command(
        id="filter-keep", keys=("enter", "down"), title="Keep the filter", group=_FINDING, scope="filter", label="keep",
        rank=1, help="Go to the list, with the filter kept.",
    ),
    Command(
        id="filter-clear", keys=("escape",), title="Clear the filter", group=_FINDING, scope="filter", label="clear",
        rank=2, help="Show everybody again.",
    ),
    Command(id="down", keys=("j", "down"), title="Down", group=_MOVING, scope="rows", help="One row down."),
    Command(id="up", keys=("k", "up"), title="Up", group=_MOVING, scope="rows", help="One row up."),
    Command(id="top", keys=("g", "home"), title="Top", group=_MOVING, scope="rows", help="To the first row."),
    Command(id="bottom", keys=("G", "end"), title="Bottom", group=_MOVING, scope="rows", help="To the last row."),
    Command(
        id="half-down", keys=("ctrl+d",), title="Half a page down", group=_MOVING, scope="rows",
        help="Half a page down.",
    ),
    Command(
        id="half-up", keys=("ctrl+u",), title="Half a page up", group=_MOVING, scope="rows",
        help="Half a page up.",
    ),
    Command(id="a-page-down", keys=("pagedown",), title="Page down", group=_MOVING, scope="rows", help="A page down."),
    Command(id="a-page-up", keys=("pageup",), title="Page up", group=_MOVING, scope="rows", help="A page up."),
    Command(
        id="next-pane", keys=("l", "right", "tab"), title="Next pane", group=_MOVING, scope="people",
        help="To the next pane: contacts, timeline, balance.",
    ),
    Command(
        id="previous-pane", keys=("h", "left", "shift+tab"), title="Previous pane", group=_MOVING, scope="people",
        help="To the pane before.",
    ),
    Command(
        id="open", keys=("enter",), title="Open", group=_MOVING, scope="rows", label="open", rank=50,
        help="Open what is selected: a contact's timeline, an entry's form, how a figure came about.",
    ),
    Command(
        id="back", keys=("escape",), title="Back", group=_MOVING, scope="people", label_marked="unmark", rank=80,
        help="Back one level: take the marks off, clear the filter, leave the pane.",
    ),
    Command(
        id="help", keys=("?", "f1"), title="Help", group=_PROGRAM, scope="app", label="help", rank=99,
        help="All keys; type to search, enter runs one.",
    ),
    Command(
        id="palette", keys=("ctrl+p",), title="Commands", group=_PROGRAM, scope="app",
        help="Find a command by its name, and run it.",
    ),
    Command(
        id="next-theme", keys=("T",), title="Next theme", group=_PROGRAM, scope="app",
        help="Go through the themes: terminal, paper, ink, plain.",
    ),
    Command(id="quit", keys=("q",), title="Quit", group=_PROGRAM, scope="people", help="Quit; everything is saved."),
    Command(
        id="quit-now", keys=("ctrl+q",), title="Quit from anywhere", group=_PROGRAM, scope="app", anywhere=True,
        help="Quit, wherever you are; everything is saved.",
    ),
)  # fmt: skip

REGISTRY = Registry(_COMMANDS)
"""Every command that there is."""
