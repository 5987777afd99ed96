"""How the screens tell the user what happened: one line in a toast, as text."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from relcraft.domain.errors import RelcraftError
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Registry

_COMMAND = re.compile(r"\{([a-z-]+)\}")


def keyed(node: DOMNode, sentence: str) -> str:
    """Return a sentence in which the key of a command, as the user has it, stands for its id: {undo}."""
    return with_keys(registry_of(node), sentence)


def registry_of(node: DOMNode) -> Registry:
    """Return the commands with the user's keys."""
    registry = getattr(node.app, "registry", REGISTRY)
    return registry if isinstance(registry, Registry) else REGISTRY


def with_keys(registry: Registry, sentence: str) -> str:
    """Return a sentence in which the key of a command stands for its id: {undo}; what is no command's id stays."""
    return _COMMAND.sub(lambda match: registry.key(match[1]) or match[0], sentence)


def tell(node: DOMNode, sentence: str) -> None:
    """Say `sentence` in a toast, with a capital and a full stop; {undo} in it is the key of the command undo."""
    sentence = keyed(node, sentence)
    said = sentence[:1].upper() + sentence[1:]
    node.app.notify(said if said.endswith((".", "?", "!")) else f"{said}.", markup=False)


def tell_error(node: DOMNode, error: RelcraftError) -> None:
    """Say in a toast what went wrong; {undo} in it is the key of the command undo."""
    node.app.notify(keyed(node, str(error)), severity="warning", timeout=8, markup=False)


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
