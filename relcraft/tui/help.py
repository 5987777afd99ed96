"""The help: every key with what it does, by groups; typing searches, enter runs."""

from collections.abc import Sequence
from itertools import groupby

from relcraft.domain.text import clean_line
from relcraft.tui.palette import CommandSearch
from relcraft.tui.registry import Command


class Help(CommandSearch):
    """Every command under the heading of its group; a search leaves the matches, best first."""

    TITLE_TOLD = "Help"

    def found(self, text: str) -> Sequence[Command | str]:
        """Return the commands in groups, or those that match `text`."""
        if clean_line(text):
            return super().found(text)
        rows: list[Command | str] = []
        by_group = sorted(
            self.registry, key=lambda one: _FIRST.index(one.group) if one.group in _FIRST else len(_FIRST)
        )
        for group, commands in groupby(by_group, key=lambda one: one.group):
            rows += [group, *commands]
        return rows


_FIRST = ("Adding", "Changing", "Finding", "Moving", "Program")
"""The groups that come first; those of single tabs follow, in the order of the registry."""
