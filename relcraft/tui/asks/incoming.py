"""The form of what somebody asks of the user."""

from collections.abc import Sequence
from typing import ClassVar

from relcraft.book import asks, naming
from relcraft.book.open import Book
from relcraft.domain.records import Ask
from relcraft.domain.words import AskDirection, Channel, ExchangeKind
from relcraft.tui.forms import fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class IncomingAskForm(Form[Ask]):
    """Notes what the first of `about` asks of the user, or edits it. It answers nothing and promises nothing."""

    CSS_PATH = "../forms/form.tcss"

    FIELDS: ClassVar[tuple[Field, ...]] = (
        people.person("contact", "Who asks", missing="Who asks? A name is needed."),
        fields.choice("kind", "For", ExchangeKind),
        fields.line("what", "What", hint="what they ask for"),
        fields.choice("channel", "By", Channel, optional=True),
    )

    def __init__(self, book: Book, ask: Ask | None = None, *, about: Sequence[str] = ()) -> None:
        record = ask or Ask(
            uid="",
            direction=AskDirection.INCOMING,
            contact=about[0] if about else "",
            kind=ExchangeKind.ADVICE,
        )
        title = naming.title_of(book, record) if ask else "Somebody asks you"
        named = (record.contact,) if record.contact else ()
        super().__init__(book, record, title=title, add=asks.add_incoming, people=named)

    def on_mount(self) -> None:
        """Start with what is asked for, where it is known who asks."""
        super().on_mount()
        if self._is_new and self._record.contact:
            self._rows["kind"].entry.focus()

    def _store(self, record: Ask) -> Ask:
        """Store by the verbs of asks: where an ask stands is no matter of a form."""
        if self._is_new:
            return super()._store(record)
        asks.edit_ask(self._book, self._record, record)
        return self._book.one(Ask, record.uid)
