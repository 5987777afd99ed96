"""Editing the user's own message templates, in their own editor."""

from relcraft.domain.composing import NAMES
from relcraft.domain.errors import BadInput, RelcraftError
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.editor import edit_text
from relcraft.tui.tabs import Tab
from relcraft.tui.telling import tell


def choose_template(tab: Tab, fitting: str) -> None:
    """Ask which template to edit, the fitting one first, and edit it. Raises `BadInput` where there is no place."""
    if not tab.relcraft.templates.place:
        raise BadInput("There is no folder for templates of your own here.")
    names = [fitting, *(name for name in NAMES if name != fitting)]
    picker = ChoicePicker("Which message?", [(name, NAMES[name]) for name in names])
    tab.ask(picker, lambda name: edit_template(tab, name))


def edit_template(tab: Tab, name: str) -> None:
    """Edit one template; where it cannot be kept, what was written goes to the clipboard. Raises `BadInput`."""
    templates = tab.relcraft.templates
    before = templates.text(name)
    text = edit_text(tab.app, before, ".txt")
    if text is None or text == before:
        return
    try:
        templates.store(name, text)
    except RelcraftError as failed:
        tab.app.copy_to_clipboard(text)
        raise type(failed)(f"{failed} What you wrote is in the clipboard.") from failed
    tab.refill_soon()
    tell(tab, templates.remark(name) or f"Your template is kept in {templates.place}")
