"""The one table of commands: bindings, footer, palette, help, key map and the README's table come from it."""

from relcraft.tui.registry import Command, Registry

_MOVING, _FINDING, _ADDING, _CHANGING, _PROGRAM = "Moving", "Finding", "Adding", "Changing", "Program"
_TODAY, _ASKS, _EVERYONE, _GOALS, _PATHS = "On Today", "On Asks", "On Balance", "On Goals", "On Paths"
_CONFLICTS, _DUPLICATES = "On Conflicts", "On The same person?"

_COMMANDS = (
    Command(
        id="add-line", keys=("a",), title="Add in one line", group=_ADDING, scope="tab", label="add", rank=10,
        help="Add anything in one line: coffee w/ Grace yesterday <intro !fri send slides.",
    ),
    Command(
        id="log-today", keys=("c",), title="In touch today", group=_ADDING, scope="tab", label="in touch", rank=14,
        label_marked="in touch", help="Log that you and who is selected were in touch today.",
    ),
    Command(
        id="gave", keys=(">",), title="Gave help", group=_ADDING, scope="tab", label="gave", rank=12,
        help="Add help that you gave: opens the line with > and who is selected.",
    ),
    Command(
        id="got", keys=("<",), title="Got help", group=_ADDING, scope="tab", label="got", rank=13,
        help="Add help that you got: opens the line with < and who is selected.",
    ),
    Command(
        id="follow-up", keys=("f",), title="Follow up", group=_ADDING, scope="tab",
        help="Promise something for a date: opens the line with ! and who is selected.",
    ),
    Command(
        id="new-contact", keys=("n",), title="New contact", group=_ADDING, scope="people", label="new", rank=20,
        help="Add a person, in a form.",
    ),
    Command(
        id="import", keys=("I",), title="Import people", group=_ADDING, scope="app", label="import", rank=74,
        help="Import contacts from LinkedIn, a phone or any address book; you see what comes before it is kept.",
    ),
    Command(
        id="repeat", keys=(".",), title="Repeat the last add", group=_ADDING, scope="tab",
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
        label_marked="delete", help="Delete what is selected or marked here, at once; {undo} brings it back.",
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
    Command(
        id="ask", keys=("A",), title="Draft an ask", group=_ADDING, scope="tab", label="ask", rank=16,
        help="Draft an ask of who is selected: what is in it for them, an easy way out, and what holds you back.",
    ),
    Command(
        id="asked-of-me", keys=("R",), title="Somebody asks me", group=_ADDING, scope="tab", rank=72,
        label="asked me", help="Note what somebody asks of you.",
    ),
    Command(
        id="introduce", keys=("i",), title="Introduce", group=_ADDING, scope="tab", label="introduce", rank=71,
        help="Begin an introduction: you bring two together, or somebody introduces you; each agrees first.",
    ),
    Command(
        id="tie", keys=("t",), title="They know each other", group=_ADDING, scope="tab", label="tie", rank=73,
        help="Note that who is selected knows somebody else: paths go along such ties.",
    ),
    Command(
        id="brief", keys=("b",), title="Brief", group=_FINDING, scope="tab",
        help="All that matters before a meeting with who is selected, on one screen.",
    ),
    Command(
        id="about-me", keys=("M",), title="About me", group=_ADDING, scope="app", label="about me", rank=75,
        help="Say what you can offer and look for: Today and the paths match it with others.",
    ),
    Command(
        id="tab-people", keys=("1",), title="People", group=_MOVING, scope="app", does="open_tab('tab-people')",
        help="Contacts, timeline, balance.",
    ),
    Command(
        id="tab-today", keys=("2",), title="Today", group=_MOVING, scope="app", does="open_tab('tab-today')",
        help="A few small moves for today.",
    ),
    Command(
        id="tab-asks", keys=("3",), title="Asks", group=_MOVING, scope="app", does="open_tab('tab-asks')",
        help="What you asked for and what is asked of you, by where it stands.",
    ),
    Command(
        id="tab-everyone", keys=("4",), title="Balance", group=_MOVING, scope="app", does="open_tab('tab-everyone')",
        help="How give and take stand with everyone, by month and kind.",
    ),
    Command(
        id="tab-goals", keys=("5",), title="Goals", group=_MOVING, scope="app", does="open_tab('tab-goals')",
        help="What you are after, the asks that serve it, and who could help.",
    ),
    Command(
        id="tab-paths", keys=("6",), title="Paths", group=_MOVING, scope="app", does="open_tab('tab-paths')",
        help="Who leads to a person or an organisation.",
    ),
    Command(
        id="conflicts", keys=("C",), title="Conflicts", group=_MOVING, scope="app",
        help="What waits for a look after two books were brought together: conflicts, and copies of sync programs.",
    ),
    Command(
        id="duplicates", keys=("S",), title="The same person?", group=_MOVING, scope="app",
        help="Duplicates: contacts that may be one person, and what an import could not place. You say which.",
    ),
    Command(
        id="next-tab", keys=("]",), title="Next tab", group=_MOVING, scope="app", help="To the next tab.",
    ),
    Command(
        id="previous-tab", keys=("[",), title="Previous tab", group=_MOVING, scope="app", help="To the tab before.",
    ),
    Command(
        id="leave-tab", keys=("escape",), title="Back", group=_MOVING, scope="away",
        help="Back one level: clear the filter, leave the pane, go to People.",
    ),
    Command(
        id="next-part", keys=("tab",), title="Next part", group=_MOVING, scope="away",
        help="To the next part of the screen: incoming asks, introductions; a goal, and who could help.",
    ),
    Command(
        id="previous-part", keys=("shift+tab",), title="Previous part", group=_MOVING, scope="away",
        help="To the part before.",
    ),
    Command(
        id="part-right", keys=("l", "right"), title="To the right", group=_MOVING, scope="away",
        help="To the next column of asks; elsewhere to the next part of the screen.",
    ),
    Command(
        id="part-left", keys=("h", "left"), title="To the left", group=_MOVING, scope="away",
        help="To the column of asks before; elsewhere to the part before.",
    ),
    Command(
        id="open-contact", keys=("o",), title="Open the contact", group=_FINDING, scope="away", label="contact",
        rank=40, help="Go to the contact of what is selected, on People.",
    ),
    Command(
        id="copy-here", keys=("y",), title="Copy", group=_FINDING, scope="away",
        help="Copy a message for what is selected, from your own template, or the selected line.",
    ),
    Command(
        id="edit-template", keys=("E",), title="Edit a message", group=_CHANGING, scope="away",
        help="Edit the template of a message in your own editor ($VISUAL, $EDITOR): the one that fits comes first.",
    ),
    Command(
        id="move-done", keys=("x",), title="Done", group=_TODAY, scope="today", label="done", rank=1,
        help="The move is done; what was done is written down.",
    ),
    Command(
        id="move-drop", keys=("X",), title="Not now", group=_TODAY, scope="today", label="not now", rank=2,
        help="Drop the move: it does not come back for this occasion.",
    ),
    Command(
        id="move-snooze", keys=("z",), title="Snooze", group=_TODAY, scope="today", label="snooze", rank=3,
        help="Leave the move in peace for a week.",
    ),
    Command(
        id="all-moves", keys=("m",), title="All moves", group=_TODAY, scope="today", label="all", rank=6,
        help="Show every move; again, only those that give first; again, those of today.",
    ),
    Command(
        id="ask-done", keys=("x",), title="Done", group=_ASKS, scope="asks", label="done", rank=1,
        help="A draft was asked; what was asked was helped; help was thanked for; an introduction came one step on.",
    ),
    Command(
        id="ask-rest", keys=("X",), title="Let it rest", group=_ASKS, scope="asks", label="rest", rank=2,
        help="Close it in peace: no mark stays on anybody.",
    ),
    Command(
        id="ask-later", keys=("z",), title="Next week", group=_ASKS, scope="asks", label="later", rank=4,
        help='Note that they said "call me next week", or another day.',
    ),
    Command(
        id="ask-on", keys=("L",), title="One state on", group=_ASKS, scope="asks",
        help="Move the card to the next state: draft, asked, agreed, helped, thanked.",
    ),
    Command(
        id="ask-back", keys=("H",), title="One state back", group=_ASKS, scope="asks",
        help="Take the last step of the card back.",
    ),
    Command(
        id="ask-nudge", keys=("N",), title="Nudge once", group=_ASKS, scope="asks",
        help="Note that you asked once more, in a friendly way; once is enough.",
    ),
    Command(
        id="ask-edit", keys=("e",), title="Edit", group=_ASKS, scope="asks", label="edit", rank=5,
        help="Edit the ask or the introduction.",
    ),
    Command(
        id="ask-delete", keys=("d",), title="Delete", group=_ASKS, scope="asks",
        help="Delete the ask or the introduction at once; {undo} brings it back.",
    ),
    Command(
        id="calibration", keys=("=",), title="Expected and actual", group=_ASKS, scope="asks", label="explain", rank=7,
        help="What you expected of your asks beside what came of them, by channel, kind and circle.",
    ),
    Command(
        id="explain-everyone", keys=("=",), title="Explain", group=_EVERYONE, scope="everyone", label="explain", rank=1,
        help="Tell how the selected figure came about.",
    ),
    Command(
        id="filter-everyone", keys=("/",), title="Filter", group=_EVERYONE, scope="everyone", label="filter", rank=2,
        help="Narrow people and plots: the words of the contact list's filter.",
    ),
    Command(
        id="sort-everyone", keys=("s",), title="Sort", group=_EVERYONE, scope="everyone", label="sort", rank=3,
        help="Sort by how often, by how two-way, by who gave more, by name.",
    ),
    Command(
        id="new-goal", keys=("n",), title="New goal", group=_GOALS, scope="goals", label="new", rank=3,
        help="Put a goal into your own words.",
    ),
    Command(
        id="goal-reached", keys=("x",), title="Reached", group=_GOALS, scope="goals", label="reached", rank=4,
        help="The goal is reached: see whose help led there, and tell them. Again: it is open after all.",
    ),
    Command(
        id="goal-let-go", keys=("X",), title="Let it go", group=_GOALS, scope="goals", label="let go", rank=5,
        help="Let the goal go, without a mark.",
    ),
    Command(
        id="goal-edit", keys=("e",), title="Edit", group=_GOALS, scope="goals", label="edit", rank=6,
        help="Edit the goal.",
    ),
    Command(
        id="goal-delete", keys=("d",), title="Delete", group=_GOALS, scope="goals",
        help="Delete the goal at once; its asks stay. {undo} brings it back.",
    ),
    Command(
        id="path-target", keys=("/",), title="To whom", group=_PATHS, scope="paths", label="to whom", rank=1,
        help="Type the person or the organisation that you would like to reach.",
    ),
    Command(
        id="keep-here", keys=("x",), title="Keep what is here", group=_CONFLICTS, scope="conflicts", label="keep here",
        rank=1, help="The conflict is settled: the record stays as it is here. What cannot be read is dropped.",
    ),
    Command(
        id="take-there", keys=("t",), title="Take what is there", group=_CONFLICTS, scope="conflicts",
        label="take there", rank=2,
        help="The conflict is settled: what the other side says comes in its place, or comes back, or deletes it.",
    ),
    Command(
        id="leave-conflicts", keys=("q",), title="Back to the tab", group=_CONFLICTS, scope="conflicts", label="back",
        rank=20, help="Back to the tab from which you came; esc does it too.",
    ),
    Command(
        id="same-person", keys=("x",), title="The same person", group=_DUPLICATES, scope="duplicates",
        label="one person", rank=1,
        help="The two are one person: the left one stays, with all that either says. What waits: choose whose it is.",
    ),
    Command(
        id="two-people", keys=("d",), title="Two people", group=_DUPLICATES, scope="duplicates", label="two people",
        rank=2, help="The two are different people: they are not shown again.",
    ),
    Command(
        id="other-stays", keys=("s",), title="The other one stays", group=_DUPLICATES, scope="duplicates",
        label="swap", rank=3, help="Let the other one of the two be the one who stays.",
    ),
    Command(
        id="all-certain", keys=("A",), title="All that is sure", group=_DUPLICATES, scope="duplicates",
        label="all sure", rank=4,
        help="Make all pairs one in which the name and an address, phone or link agree; you are asked once.",
    ),
    Command(
        id="somebody-new", keys=("n",), title="Somebody new", group=_DUPLICATES, scope="duplicates",
        label="new person", rank=2, help="What waits is about somebody who is not in the book yet: they are added.",
    ),
    Command(
        id="drop-unplaced", keys=("X",), title="Drop it", group=_DUPLICATES, scope="duplicates", label="drop", rank=3,
        help="What waits is dropped, and does not come up again.",
    ),
    Command(
        id="leave-duplicates", keys=("q",), title="Back to the tab", group=_DUPLICATES, scope="duplicates",
        label="back", rank=20, help="Back to the tab from which you came; esc does it too.",
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
        help="Go through the themes: terminal, paper, ink, plain, and your own.",
    ),
    Command(id="quit", keys=("q",), title="Quit", group=_PROGRAM, scope="tab", help="Quit; everything is saved."),
    Command(
        id="quit-now", keys=("ctrl+q",), title="Quit from anywhere", group=_PROGRAM, scope="app", anywhere=True,
        help="Quit, wherever you are; everything is saved.",
    ),
)  # fmt: skip

REGISTRY = Registry(_COMMANDS)
"""Every command that there is."""
