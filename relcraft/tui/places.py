"""Where each command is at home: the tabs that are built when they are first opened, and whose keys are whose."""

TAB_SCREENS = {
    "tab-today": ("relcraft.tui.today.screen", "TodayScreen"),
    "tab-asks": ("relcraft.tui.asks.screen", "AsksScreen"),
    "tab-everyone": ("relcraft.tui.everyone.screen", "EveryoneScreen"),
    "tab-goals": ("relcraft.tui.goals.screen", "GoalsScreen"),
    "tab-paths": ("relcraft.tui.paths.screen", "PathsScreen"),
    "conflicts": ("relcraft.tui.conflicts.screen", "ConflictsScreen"),
    "duplicates": ("relcraft.tui.duplicates.screen", "DuplicatesScreen"),
}
"""Where the tabs are that are built when they are first opened."""

TAB_OF = {
    **dict.fromkeys(("contacts", "timeline", "people", "filter"), "tab-people"),
    "today": "tab-today",
    "asks": "tab-asks",
    "everyone": "tab-everyone",
    "goals": "tab-goals",
    "paths": "tab-paths",
    "conflicts": "conflicts",
    "duplicates": "duplicates",
}
"""The tab on which the keys of a scope are heard, where that is one alone."""

AT_ONCE = frozenset(
    {
        *("archive", "delete-for-good", "delete", "done", "mark", "mark-range"),
        *("move-done", "move-drop", "move-snooze"),
        *("ask-done", "ask-rest", "ask-on", "ask-back", "ask-nudge", "ask-delete"),
        *("goal-reached", "goal-let-go", "goal-delete"),
        *("keep-here", "take-there"),
        *("same-person", "two-people", "all-certain", "somebody-new", "drop-unplaced"),
    }
)
"""Commands that change what is selected without a further question: not from a tab where nobody sees what that is."""
