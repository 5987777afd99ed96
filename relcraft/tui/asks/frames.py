"""Frames that tell, at their foot, as many keys as they have room for."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget


class KeyFrame(Widget):
    """A widget whose frame tells keys; they are fitted anew to each width."""

    _foot: tuple[str, ...] = ()

    def tell_keys(self, parts: Iterable[str]) -> None:
        """Tell these parts, the first ones where not all have room."""
        self._foot = tuple(filter(None, parts))
        self._fit_keys()

    def on_resize(self) -> None:
        """Fit what is told to the new width."""
        self._fit_keys()

    def _fit_keys(self) -> None:
        self.border_subtitle = Content(fitting(self._foot, self.size.width))


class Stack(Vertical, KeyFrame):
    """The frame around the states and the one list below them."""


def fitting(parts: Iterable[str], width: int) -> str:
    """Return as many of the parts, in their order, as a frame of `width` cells has room for; at least one."""
    told = ""
    for part in filter(None, parts):
        longer = f"{told}   {part}" if told else part
        if told and cell_len(longer) > width - 4:
            break
        told = longer
    return told
