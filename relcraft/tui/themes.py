"""The themes: the only place with colours. Everything else names a token of these."""

from textual.theme import Theme

_OF_THE_TERMINAL = {
    "given": "ansi_green",
    "received": "ansi_magenta",
    "quiet": "ansi_default",
    "quiet-style": "dim",
    "cursor": "ansi_default",
    "cursor-style": "bold",
    "cursor-bar": "ansi_magenta",
    "frame": "ansi_default",
    "frame-focus": "ansi_magenta",
    "border": "ansi_magenta",
    "border-blurred": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "bold reverse",
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_magenta",
    "input-selection-foreground": "ansi_bright_white",
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_bright_black",
    "scrollbar-active": "ansi_bright_black",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "scrollbar-corner-color": "ansi_default",
}

_OWN = ("given", "received", "quiet", "cursor", "cursor-style", "cursor-bar", "frame", "frame-focus")
OWN_TOKENS = {**{name: _OF_THE_TERMINAL[name] for name in _OWN}, "quiet-style": "none"}
"""Our tokens beside Textual's, with what they are in a theme that does not set them."""

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_magenta",
    secondary="ansi_default",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables=_OF_THE_TERMINAL,
)
"""The default: the terminal's own background and letters; of its colours, those that read on black and on white."""

PAPER = Theme(
    name="paper",
    dark=False,
    primary="#8a3b12",
    secondary="#8c8474",
    warning="#9a5b00",
    error="#a4262c",
    success="#2c6e49",
    accent="#7a2f6b",
    foreground="#2b2723",
    background="#faf6ee",
    surface="#f3ecdf",
    panel="#ebe2d2",
    variables={
        "given": "#2c6e49",
        "received": "#7a2f6b",
        "quiet": "#6a6154",
        "cursor": "#efdfc4",
        "cursor-bar": "#8a3b12",
        "scrollbar": "#cdc2ad",
        "scrollbar-background": "#f3ecdf",
        "frame": "#b3a994",
        "frame-focus": "#8a3b12",
        "block-cursor-background": "#8a3b12",
        "block-cursor-foreground": "#faf6ee",
    },
)
"""Light."""

INK = Theme(
    name="ink",
    dark=True,
    primary="#d9a066",
    secondary="#6d7a8c",
    warning="#e3b341",
    error="#e06c75",
    success="#8fbf7f",
    accent="#c792c9",
    foreground="#dcdfe4",
    background="#14181f",
    surface="#1c222b",
    panel="#242b36",
    variables={
        "given": "#8fbf7f",
        "received": "#c792c9",
        "quiet": "#97a1af",
        "cursor": "#2a3443",
        "cursor-bar": "#d9a066",
        "scrollbar": "#3a4555",
        "scrollbar-background": "#1c222b",
        "frame": "#4a5566",
        "frame-focus": "#d9a066",
        "block-cursor-background": "#d9a066",
        "block-cursor-foreground": "#14181f",
    },
)
"""Dark."""

PLAIN = Theme(
    name="plain",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={name: "ansi_default" if value.startswith("ansi_") else value for name, value in _OF_THE_TERMINAL.items()}
    | {"input-selection-foreground": "ansi_default"},
)
"""No colour at all: what `NO_COLOR` asks for."""

THEMES = (TERMINAL, PAPER, INK, PLAIN)
"""What a user can choose from; the first is the default."""
