"""Keys in their turn: one is answered to its end before the next is heard, however fast they come.

Textual hands each key to the focused widget at once. Where a key opens a field or a window, those typed right after it
would still go to the widget that had the focus before: "a" and "coffee" in one burst would run the commands c, o and e.
"""

from collections import deque

from textual import events
from textual.app import App, ReturnType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

_PATIENCE_SECONDS = 0.5
"""After which the next key is heard anyway: a widget that was removed passes nothing on."""
_ROUNDS = 3
"""How often it is asked through the queues whether all is quiet: a key makes messages, which close or open windows."""


class Answered(Message):
    """Follows a key through the same queues, and so arrives when the key was answered."""

    def __init__(self, turn: int, screen: Screen[object], rounds: int) -> None:
        """`screen` is the one on top when the message left, `rounds` how many are still to go."""
        super().__init__()
        self.turn = turn
        self.screen = screen
        self.rounds = rounds


class KeysInTurn(App[ReturnType]):
    """An app that hears keys and pasted text one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._patience: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait while another is being answered."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._patience is not None:
            self._waiting.append(event)
        else:
            await self._hear(event)

    async def _hear(self, event: events.Key | events.Paste) -> None:
        self._turn += 1
        self._patience = self.set_timer(_PATIENCE_SECONDS, self._next)
        before = self._top
        target = before and (before.focused or before)
        await super().on_event(event)
        after = self._top
        if target is None or after is None or not target.post_message(Answered(self._turn, after, _ROUNDS)):
            self.call_later(self._next)

    def on_answered(self, message: Answered) -> None:
        """Hear the next key once the window that may have opened has the focus where it belongs."""
        message.stop()
        if message.turn != self._turn or self._patience is None:
            return
        top = self._top
        rounds = message.rounds - 1 if message.screen is top else _ROUNDS
        if not rounds or top is None or not top.post_message(Answered(message.turn, top, rounds)):
            self.call_later(self._next)

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None
        if self._waiting and self.is_running and self._top is not None:
            await self._hear(self._waiting.popleft())

    @property
    def _top(self) -> Screen[object] | None:
        """The screen that hears keys; None when the program has ended."""
        return self.screen_stack[-1] if self.screen_stack else None
