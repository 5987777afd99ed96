"""Keys as a terminal sends them, one at a time and counted."""

from tests.pty.terminal import Terminal

_SENT = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "ctrl+s": "\x13",
    "f2": "\x1bOQ",
}


class Hand:
    """Presses keys in one terminal, and knows how many they were."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.presses = 0

    def press(self, *keys: str) -> None:
        """Press keys by their names; a name of one character is that character."""
        for key in keys:
            self.terminal.press(_SENT.get(key, key))
            self.presses += 1
            if key == "escape":
                self.terminal.wait_until_drawn()

    def type(self, text: str) -> None:
        """Type a text, each character a press."""
        self.terminal.press(text)
        self.presses += len(text)

    def see(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.terminal.wait_for(text)

    def leave(self) -> None:
        """Quit, and see that the program ends well."""
        self.terminal.press("q")
        assert self.terminal.ended() == 0
