"""What can be said of themes without loading the screen: their names, their tokens, and what a colour is."""

import re

OURS = ("terminal", "paper", "ink", "plain")
"""The themes of Relcraft; the first is the usual one."""
TEXTUALS = (
    *("textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula", "tokyo-night", "monokai"),
    *("flexoki", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato", "solarized-light", "solarized-dark"),
    *("rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light"),
)
"""The themes that come with Textual."""

ROOTS = {
    "primary": "the keys in the footer, the frame with the focus, the bar at the cursor",
    "secondary": "what stands beside that",
    "accent": "what stands out",
    "success": "what went well, and help given",
    "warning": "what to look at",
    "error": "what went wrong",
    "foreground": "letters",
    "background": "the ground",
    "surface": "the ground of windows",
    "panel": "the ground of toasts",
    "boost": "a touch on the ground",
}
"""The colours from which Textual makes all others that are not said."""
COLOURS = {
    **ROOTS,
    "given": "help given",
    "received": "help received",
    "quiet": "what is beside the point",
    "cursor": "the row of the cursor",
    "cursor-bar": "the bar at the cursor",
    "frame": "frames",
    "frame-focus": "the frame with the focus",
    "border": "the border of a field with the focus",
    "border-blurred": "the border of the other fields",
    "scrollbar": "the bar that shows how far down one is",
    "scrollbar-background": "its ground",
    "block-cursor-foreground": "the letters of a marked choice",
    "block-cursor-background": "its ground",
    "input-cursor-foreground": "the letter under the cursor of a field",
    "input-cursor-background": "its ground",
    "input-selection-foreground": "selected letters",
    "input-selection-background": "their ground",
}
"""The tokens of a theme that are colours, and what each is for."""
STYLES = {"cursor-style": "the row of the cursor", "quiet-style": "what is beside the point"}
"""The tokens that are styles of letters."""
BASE, DARK = "base", "dark"
"""The theme from which all is taken that is not said, and whether the ground is dark."""

_WORDS = ("bold", "dim", "italic", "underline", "reverse", "strike", "none")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ANSI = frozenset(
    {
        "ansi_default",
        *(
            f"ansi_{bright}{colour}"
            for bright in ("", "bright_")
            for colour in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
        ),
    }
)


def is_colour(text: str) -> bool:
    """Whether a text is a colour: #1c222b, or a colour of the terminal such as ansi_red."""
    return text in _ANSI or bool(_HEX.fullmatch(text))


def is_style(text: str) -> bool:
    """Whether a text is a style of letters: "bold", "dim", "bold underline", "none"."""
    words = text.split()
    return bool(words) and set(words) <= set(_WORDS)
