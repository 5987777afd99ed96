"""A small app around one widget or modal screen, over a book in memory at a fixed moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import ModalScreen

from relcraft.book import verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.records import Contact
from relcraft.tui.app import RelcraftApp
from relcraft.tui.themes import OWN_TOKENS

NOW = datetime(2026, 11, 22, 14, 20, tzinfo=timezone(timedelta(hours=1)))
"""A Sunday."""
TODAY = NOW.date()
HOSTILE = "[/] [red]x[/red] [@click=app.bell]y[/]"

_KEYS = {
    " ": "space", ",": "comma", "-": "minus", ">": "greater_than_sign", "<": "less_than_sign", "#": "number_sign",
    "!": "exclamation_mark", ":": "colon", "@": "at", ".": "full_stop", '"': "quotation_mark", "'": "apostrophe",
    "/": "slash", "[": "left_square_bracket", "]": "right_square_bracket", "(": "left_parenthesis",
    ")": "right_parenthesis", "=": "equals_sign", "+": "plus", "?": "question_mark",
}  # fmt: skip


class Clock:
    """A clock that stands until a test sets it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def a_book(*contacts: Contact, keeper: MemoryKeeper | None = None, clock: Clock | None = None) -> Book:
    """Return a book with these contacts, or with a few usual ones."""
    book = Book(keeper or MemoryKeeper(), clock or Clock())
    for contact in contacts or usual_people():
        verbs.add_contact(book, contact)
    return book


def usual_people() -> Sequence[Contact]:
    """Return two Graces of one name, and people with names of all kinds."""
    return (
        Contact(uid="navy", name="Grace Hopper", organisation="Navy", tags=("work",)),
        Contact(uid="yale", name="Grace Hopper", organisation="Yale"),
        Contact(uid="ada", name="Ada Lovelace", nicknames=("Countess",), organisation="Acme", tags=("sailing",)),
        Contact(uid="alan", name="Alan Turing"),
        Contact(uid="hostile", name=HOSTILE, organisation="[b]Evil[/b]", tags=("[red]",)),
    )


class Host(App[None]):
    """Shows one modal screen and keeps what it answered."""

    def __init__(self, screen: ModalScreen[Any] | None = None) -> None:
        super().__init__()
        self._first = screen
        self.answers: list[Any] = []
        self.told: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the tokens that our style sheets name beside Textual's."""
        return OWN_TOKENS

    def on_mount(self) -> None:
        """Show the screen."""
        if self._first is not None:
            self.push_screen(self._first, self.answers.append)

    def notify(self, message: str, **kwargs: Any) -> None:
        """Keep what is told, as well as showing it."""
        assert kwargs.get("markup") is False, "what is told comes from outside: it is text"
        self.told.append(message)
        super().notify(message, **kwargs)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type `text`, a key at a time."""
    await pilot.press(*(_KEYS.get(char, char) for char in text))


async def paste_text(pilot: Pilot[None], text: str) -> None:
    """Put `text` where the focus is in one piece, as a terminal pastes it: quicker where the keys do not matter."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def seen(app: App[Any]) -> str:
    """Return what stands on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def told(app: App[Any]) -> list[str]:
    """Return what the toasts said."""
    return [notification.message for notification in app._notifications]


def names(app: RelcraftApp) -> list[str]:
    """Return who is listed, from the top."""
    return [app.book.contact(uid).name for uid in app.people.contacts.items]


def focused_pane(app: RelcraftApp) -> str | None:
    """Return the id of what has the focus."""
    return None if app.screen.focused is None else app.screen.focused.id
