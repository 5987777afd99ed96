"""The names of keys: as a user writes them in a key map, as Textual knows them, and as a reader knows them."""

import unicodedata

_SHOWN = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "comma": ",",
}
_NAMED = frozenset(
    {
        *("space", "tab", "enter", "escape", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
        *("up", "down", "left", "right", "comma"),
        *(f"f{number}" for number in range(1, 25)),
    }
)
_ALSO = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown"}
_ALSO |= {" ": "space", ",": "comma", "backtab": "shift+tab", "ctrl+i": "tab", "ctrl+m": "enter"}
"""Other names of a key; the last ones are what a terminal sends for them."""
_TYPED = frozenset({"space", "comma", "backspace", "delete", "left", "right", "home", "end"})
"""Keys with a name that a field needs."""
_SIGNS = {
    unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_"): sign
    for sign in "!\"#$%&'()*+-./:;<=>?@[\\]^_`{|}~"
}
_SIGNS |= {"slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_"}
"""Signs by the names that Textual has for them."""
_MODIFIERS = ("ctrl", "alt", "shift")

KEPT = {
    "escape": "goes back everywhere",
    "enter": "opens and answers everywhere",
    "tab": "goes on to the next part everywhere",
    "shift+tab": "goes to the part before everywhere",
    "ctrl+q": "quits from anywhere",
    "ctrl+s": "saves in every form",
    "ctrl+c": "copies what is selected",
}
"""The keys that no command can be given beside the one that has them, and what each does."""
OF_WINDOWS = frozenset({"f2", "f3", "f4", "f5"})
"""The keys of windows beside those: what is heard before a window cannot have them."""


def key_shown(key: str) -> str:
    """Return a key as a reader knows it: "esc" for escape."""
    return _SHOWN.get(key, key)


def is_typed(key: str) -> bool:
    """Whether a field in which somebody types needs a key for itself."""
    return len(key) == 1 or key in _TYPED


def key_named(text: str) -> str | None:
    """Return the one name that a key has here, however it was written: "F5", "question_mark", "shift+a"; or None."""
    said = text if text == " " else text.strip()
    if len(said) != 1:
        *modifiers, said = [*said[:-1].split("+"), said[-1:]] if said.endswith("++") else said.split("+")
        modifiers = [modifier.lower() for modifier in modifiers if modifier]
    else:
        modifiers = []
    if len(said) > 1:
        said = said.lower()
        said = _SIGNS.get(said, said)
    said = _ALSO.get(said, said)
    if said == "shift+tab":
        modifiers, said = [*modifiers, "shift"], "tab"
    is_sign = len(said) == 1 and said.isprintable()
    if not (said in _NAMED or is_sign) or len(set(modifiers)) < len(modifiers) or set(modifiers) - set(_MODIFIERS):
        return None
    return _combined(set(modifiers), said)


def _combined(modifiers: set[str], key: str) -> str | None:
    """Return the name of a key held with others; None where no terminal tells that from the key alone."""
    if len(key) == 1 and "shift" in modifiers:
        modifiers, key = modifiers - {"shift"}, key.upper()
        if not key.isalpha() or len(key) > 1:
            return None
    if len(key) == 1 and "ctrl" in modifiers:
        key = key.lower()
    if modifiers and len(key) == 1 and not key.isalnum():
        return "escape" if key == "[" and modifiers == {"ctrl"} else None
    name = "+".join([*(modifier for modifier in _MODIFIERS if modifier in modifiers), key])
    return _ALSO.get(name, name)
