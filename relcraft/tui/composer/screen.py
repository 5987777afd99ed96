"""The composer's ways out: asked, kept as a draft, copied, handed to a mail program. Nothing typed is lost silently."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from relcraft.book import asks, naming
from relcraft.book.open import Book
from relcraft.domain.composing import BUILT_IN, Templates, mailto, subject
from relcraft.domain.errors import Conflict, RelcraftError
from relcraft.domain.records import Ask
from relcraft.domain.words import Channel
from relcraft.tui.composer.mailing import address_of, open_mail
from relcraft.tui.composer.message import MessagePane
from relcraft.tui.composer.steps import Hesitating
from relcraft.tui.telling import errors_told, tell

_TEMPLATE = "ask"
_AGAIN = "esc again leaves without it."


class Composer(Hesitating):
    """Drafts an ask, and tells in a toast what became of it.

    Dismisses it as it is stored, asked or kept as a draft; None where nothing was typed or kept. `ask` has the uid ""
    where it is new, and the contact "" where the first field is to say whom.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "asked", "Asked"),
        Binding("escape", "leave", "Keep the draft"),
        Binding("f2", "copy", "Copy"),
        Binding("f3", "template", "Edit the template"),
        Binding("f4", "mail", "Mail"),
    ]

    def __init__(self, book: Book, ask: Ask, *, templates: Templates = BUILT_IN) -> None:
        super().__init__(book, ask, templates=templates)
        self._warned = False
        self._ended = False
        self._unkept = ""
        """A template that the user wrote and that could not be kept."""

    # Asked, or kept

    def action_asked(self) -> None:
        """Note that this was asked today; of what was asked before, keep what is said of it now."""
        undone = "Not asked yet" if self.begins else "Not saved yet"
        if not self._all_right(undone, "contact", "what"):
            return
        try:
            if self.begins:
                self._end(asks.send(self.book, self.sheet.ask), "Asked")
            else:
                self._end(asks.save_draft(self.book, self.sheet.ask), "Saved")
        except RelcraftError as failed:
            self._tell_failed(undone, failed)

    def action_leave(self) -> None:
        """Keep what was typed as a draft; where that cannot be, leave only when asked twice."""
        if not self.sheet.touched or (self._warned and not self.sheet.ask.contact):
            self._end(None)
            return
        if not self._warned and not self._all_right("Not kept yet", "contact"):
            self._warn()
            return
        try:
            told = "Kept as a draft" if self.is_draft else "Saved"
            self._end(asks.save_draft(self.book, self.sheet.ask), told)
        except RelcraftError as failed:
            if self._warned:
                self._end(None)
            else:
                self._tell_failed("Not kept yet", failed)
                self._warn()

    def _end(self, stored: Ask | None, told: str = "") -> None:
        self._ended = True
        if stored is not None:
            tell(self, f"{told}: {naming.title_of(self.book, stored)}. {{undo}} takes that back")
        self.dismiss(stored)

    def _warn(self) -> None:
        sentence = self.word
        self.say(f"{sentence} {_AGAIN}")
        self._warned = True

    def say(self, sentence: str) -> None:
        """Say something that is about the whole; esc is only warned of while that stands there."""
        super().say(sentence)
        self._warned = False

    def _all_right(self, told: str, *needed: str) -> bool:
        """Return whether the fields can be read; tell what is wrong beside each, and go to the first of them."""
        wrong = self.sheet.wrong(*needed)
        for name, row in self.rows.items():
            row.tell(wrong.get(name, ""))
        if wrong:
            first = next(iter(wrong))
            self.say(f"{told}: {wrong[first]}")
            self.rows[first].entry.focus()
        return not wrong

    def _tell_failed(self, told: str, failed: RelcraftError) -> None:
        """Say what went wrong; what was typed stays, what was not typed follows the book."""
        with errors_told(self):
            self.book.look_for_news()
        self.say_rows(self.sheet.follow())
        both = " ctrl+s once more keeps what stands here." if isinstance(failed, Conflict) else ""
        self.say(f"{told}: {failed}{both}")

    def on_unmount(self) -> None:
        """Keep the draft where the program is left from here, by key or by signal."""
        ask = self.sheet.ask
        if self._ended or not self.sheet.touched:
            return
        self._ended = True
        try:
            if ask.contact:
                asks.save_draft(self.book, ask)
                return
            why = "it does not say whom."
        except RelcraftError as failed:
            why = str(failed)
        code = self.app.return_code or 0
        self.app.exit(self.app.return_value, code, Text(f'The draft "{ask.what}" is not kept: {why}'))

    # The message

    @property
    def text(self) -> str:
        """The message that stands on the screen: the ask's, or an open warm-up's."""
        return self.warm_up[1] if self.warm_up is not None else self.query_one(MessagePane).text

    def action_copy(self) -> None:
        """Copy the message."""
        self.app.copy_to_clipboard(self.text)
        tell(self, "The two lines are copied" if self.warm_up is not None else "The message is copied")

    def action_template(self) -> None:
        """Edit the template of the message in the user's own editor."""
        from relcraft.tui.editor import edit_text  # noqa: PLC0415  # needed by this key alone

        if not self.templates.place:
            self.say("There is no folder for templates of your own here.")
            return
        before = self.templates.text(_TEMPLATE)
        text = edit_text(self.app, self._unkept or before, ".txt")
        if text is None or text == before:
            return
        self._unkept = text
        try:
            self.templates.store(_TEMPLATE, text)
        except RelcraftError as failed:
            self.say(f"The template stays as it was: {failed} f3 opens what you wrote again.")
            return
        self._unkept = ""
        self.show_message()
        self.say(self.templates.remark(_TEMPLATE))
        tell(self, f"Your template is kept in {self.templates.place}")

    def action_mail(self) -> None:
        """Open the message in the user's mail program, where the ask goes by e-mail."""
        ask, contact = self.sheet.ask, self.sheet.contact
        address = "" if contact is None else address_of(contact.emails)
        if ask.channel is not Channel.EMAIL:
            self.say('f4 opens a mail program: it is for asks whose "By" is email. f2 copies the message.')
        elif contact is None or not address:
            self.say("No e-mail address is known here. f2 copies the message.")
        elif not open_mail(mailto(address, subject(ask), self.query_one(MessagePane).text)):
            self.say("No mail program could be opened from here. f2 copies the message.")
        else:
            tell(self, "Your mail program has the message; nothing is sent by itself. ctrl+s when it is asked")
