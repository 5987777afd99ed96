"""The themes: the only place with colours. Everything else names a token of these."""

from collections.abc import Mapping
from dataclasses import replace

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from relcraft.tui.theme_names import BASE, DARK, ROOTS

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
"""Our tokens beside Textual's, with what they are in a theme of the terminal's own colours that does not set them."""

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

_CONTRAST = 4.0
"""How far letters of a derived colour stand out from the ground, at least: between large and small print of WCAG."""
_STEPS = 10


def tokens_of(theme: Theme) -> Mapping[str, str]:
    """Return our own tokens as they are in a theme that does not set them: made of the colours that it has."""
    if theme.ansi:
        return OWN_TOKENS
    made = theme.to_color_system().generate()
    ground, letters = Color.parse(made["background"]), Color.parse(made["foreground"])
    if ground.ansi is not None or letters.ansi is not None:
        return OWN_TOKENS
    lead = _readable(Color.parse(made["primary"]), ground, letters)
    return {
        **OWN_TOKENS,
        "given": _readable(Color.parse(made["success"]), ground, letters).hex,
        "received": _readable(Color.parse(made["accent"]), ground, letters).hex,
        "quiet": _readable(ground.blend(letters, 0.6), ground, letters).hex,
        "cursor": ground.blend(lead, 0.2).hex,
        "cursor-bar": lead.hex,
        "frame": ground.blend(letters, 0.35).hex,
        "frame-focus": lead.hex,
    }


def _readable(colour: Color, ground: Color, letters: Color) -> Color:
    """Return a colour as it is, or as much nearer to that of letters as it needs to be read on the ground."""
    solid = colour.rgb
    nearer = (Color(*solid).blend(letters, step / _STEPS) for step in range(_STEPS))
    return next((each for each in nearer if _contrast(each, ground) >= _CONTRAST), letters)


def _contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Return how light a colour is, from 0 to 1, as WCAG 2 has it."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def own_theme(name: str, said: Mapping[str, object]) -> Theme:
    """Return the theme that a user describes: its base with their tokens in place, or one made of their colours alone.

    `said` was checked: tokens of `theme_names` with colours and styles, a known theme as base, or none.
    """
    tokens = {token: str(value) for token, value in said.items() if token not in (BASE, DARK)}
    base = _KNOWN.get(str(said.get(BASE, "")))
    if base is None:
        ansi = any(tokens.get(token, "").startswith("ansi_") for token in ("background", "foreground"))
        usual = TERMINAL if ansi else PAPER if said.get(DARK) is False else INK
        base = Theme(name=name, primary=usual.primary, ansi=ansi)
    roots = {token: value for token, value in tokens.items() if token in ROOTS}
    others = {token: value for token, value in tokens.items() if token not in ROOTS}
    dark = said.get(DARK, base.dark)
    return replace(base, name=name, dark=bool(dark), variables={**base.variables, **others}, **roots)  # type: ignore[arg-type]  # every root is a field of a colour


_KNOWN = {**BUILTIN_THEMES, **{theme.name: theme for theme in THEMES}}
