"""How the screens tell the user what happened: one line in a toast, as text."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from relcraft.domain.errors import RelcraftError


def tell(node: DOMNode, sentence: str) -> None:
    """Say `sentence` in a toast, with a capital and a full stop."""
    said = sentence[:1].upper() + sentence[1:]
    node.app.notify(said if said.endswith((".", "?", "!")) else f"{said}.", markup=False)


def tell_error(node: DOMNode, error: RelcraftError) -> None:
    """Say in a toast what went wrong."""
    node.app.notify(str(error), severity="warning", timeout=8, markup=False)


def entitle(widget: Widget, title: Content) -> None:
    """Put a title on a frame; it is drawn anew only where the title is another one."""
    if widget.border_title != title.markup:
        widget.border_title = title


@contextmanager
def errors_told(node: DOMNode) -> Iterator[None]:
    """Say what went wrong, where that is something that can be told in a sentence. Everything else goes on up."""
    try:
        yield
    except RelcraftError as error:
        tell_error(node, error)
