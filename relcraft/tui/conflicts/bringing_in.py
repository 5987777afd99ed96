"""The way of a copy into the book: what it would bring is shown, then it comes in and is put aside."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relcraft.domain.errors import NotKept
from relcraft.domain.text import clean_line
from relcraft.sync.copies import Copies, Copy
from relcraft.sync.merging import MergePlan, keep_merge, plan_merge
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.tabs import Tab
from relcraft.tui.telling import errors_told, tell, tell_error

if TYPE_CHECKING:
    from relcraft.tui.app import RelcraftApp

_MOST_NAMED = 3
_BRING, _LEAVE = "bring", "leave"


def bring_in(tab: Tab, copy: Copy) -> None:
    """Read a copy, show what it would bring, and bring it in where the user says so."""
    tab.need_writing()
    copies = tab.relcraft.copies
    if copies is not None:
        tab.run_worker(_look_into(tab, copies, copy), group="copy", exclusive=True)


async def _look_into(tab: Tab, copies: Copies, copy: Copy) -> None:
    """Read the copy, which may take a moment, and ask."""
    with errors_told(tab):
        contents = await asyncio.to_thread(copies.read, copy)
        if tab.app.screen is not tab:  # the user went on to something else
            return
        plan = plan_merge(tab.book, contents)
        choices = [(_BRING, "Put it aside" if plan.nothing_new else "Bring it in"), (_LEAVE, "Leave it there")]

        def chosen(choice: str) -> None:
            if choice == _BRING:
                _bring(tab.relcraft, copies, copy, plan)

        tab.ask(ChoicePicker(clean_line(copy.name), choices, list(_told(plan))), chosen)


def _told(plan: MergePlan) -> Iterator[str]:
    """Yield what a copy would bring: how much, and the first names."""
    if plan.nothing_new:
        yield "Everything in it is in the book already."
        return
    yield f"{plan.summary}."
    for head, names in (
        ("Comes in", plan.coming),
        ("Changes", plan.changing),
        ("Is deleted", plan.going),
        ("To look at", plan.conflicts),
        ("Maybe here already", plan.twice),
    ):
        if names:
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            yield clean_line(f"{head}: {'; '.join(names[:_MOST_NAMED])}{more}")


def _bring(app: "RelcraftApp", copies: Copies, copy: Copy, plan: MergePlan) -> None:
    """Bring the copy in, then put it aside: in this order, so that it is never neither here nor there."""
    contents = copies.read(copy)
    if contents != plan.theirs:  # a sync program wrote it anew while the user looked
        plan = plan_merge(app.book, contents)
    change = keep_merge(app.book, plan)
    where = "the copy is put aside with the backups"
    try:
        copies.put_aside(copy)
    except NotKept as error:
        tell_error(app, error)
        where = "the copy is still beside the book"
    app.look_for_copies()
    tell(
        app,
        f"Nothing in it was new: {where}"
        if change is None
        else f"Brought in: {plan.summary}. {{undo}} undoes it; {where}",
    )
