"""The changing keys of the People screen: edit, tag, circle, snooze, archive, delete, done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from textual.screen import ModalScreen

from relcraft.book import naming, verbs
from relcraft.book.open import Book
from relcraft.domain.changes import Change
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.errors import BadInput, RelcraftError
from relcraft.domain.records import Ask, Contact, Date, Exchange, FollowUp, Interaction, Introduction, Record
from relcraft.domain.words import AskDirection, Circle
from relcraft.tui.commands import REGISTRY
from relcraft.tui.people.panes import Panes
from relcraft.tui.people.timeline import Timeline
from relcraft.tui.registry import Registry
from relcraft.tui.telling import errors_told, tell


class Changing(Panes):
    """Changes what is selected or marked. Each key is one change, and u takes it back."""

    def __init__(self, book: Book, *, banner: str = "", registry: Registry = REGISTRY) -> None:
        super().__init__(book, banner=banner, registry=registry)
        self._unsaved: dict[str, str] = {}
        """Notes that the user wrote and that could not be saved, by the uid of what they are about."""
        self._warned_of_unsaved = False

    def selected_record(self) -> Record:
        """Return what the user means by "this": the entry in the timeline or balance, else the contact."""
        pane = self.pane
        record: Record | None = self.contact
        if isinstance(pane, Timeline):
            record = pane.record()
        elif pane is self.balance and self.balance.current is not None and self.balance.current.entry:
            record = self.book.exchange(self.balance.current.entry)
        if record is None:
            raise BadInput("Nothing is selected here. {add-line} adds anything in one line.")
        return record

    def action_edit(self) -> None:
        """Edit what is selected in a form."""
        self.need_writing()
        self.open_form(self.selected_record())

    def open_form(self, record: Record) -> None:
        """Open the form of a record; it saves by itself."""
        from relcraft.tui import forms  # noqa: PLC0415  # forms are built when one is opened

        match record:
            case Contact():
                self._edit(forms.ContactForm(self.book, record))
            case Interaction():
                self._edit(forms.InteractionForm(self.book, record))
            case Exchange():
                self._edit(forms.ExchangeForm(self.book, record))
            case FollowUp():
                self._edit(forms.FollowUpForm(self.book, record))
            case Introduction():
                self._edit(forms.IntroductionForm(self.book, record))
            case Ask(direction=AskDirection.INCOMING):
                from relcraft.tui.asks.incoming import IncomingAskForm  # noqa: PLC0415  # as above

                self._edit(IncomingAskForm(self.book, record))
            case Ask():
                self.open_composer(record)
            case _:
                raise BadInput("That has no form.")

    def _edit(self, form: ModalScreen[Any]) -> None:
        self.ask(form, lambda stored: tell(self, f"Saved: {naming.title_of(self.book, stored)}"))

    def action_edit_note(self) -> None:
        """Write the note of what is selected in the user's own editor."""
        from relcraft.tui.editor import edit_text  # noqa: PLC0415  # needed by this key alone

        self.need_writing()
        record = self.selected_record()
        note, with_note = _note_of(record)
        text = edit_text(self.app, self._unsaved.get(record.uid, note))
        if text is None:
            return
        if text == note:
            self._unsaved.pop(record.uid, None)
            return
        self._unsaved[record.uid] = text
        change = self._saved_note(record, with_note(text))
        del self._unsaved[record.uid]
        tell(self, f"Saved: {change.title}")

    def _saved_note(self, old: Record, new: Record) -> Change:
        """Save a note. Raises as `verbs.edit` does, with what becomes of the text: it is written and must not go."""
        try:
            return verbs.edit(self.book, old, new)
        except RelcraftError as failed:
            with errors_told(self):
                self.book.look_for_news()
            self._warned_of_unsaved = False
            if self.book.get(TABLE_OF[type(old)], old.uid) is None:
                self.app.copy_to_clipboard(self._unsaved.pop(old.uid))
                raise type(failed)(f"{failed} What you wrote is in the clipboard.") from failed
            raise type(failed)(f"{failed} What you wrote is kept: {{edit-note}} opens it again.") from failed

    def action_quit(self) -> None:
        """Quit; where a note is not saved yet, only when asked twice."""
        if self._unsaved and not self._warned_of_unsaved:
            self._warned_of_unsaved = True
            raise BadInput("A note is not saved yet: {edit-note} opens it again. {quit} once more quits without it.")
        super().action_quit()

    def action_tag(self) -> None:
        """Give a tag, or take one off."""
        from relcraft.tui.prompts import TagPrompt  # noqa: PLC0415  # needed by this key alone

        self.need_writing()
        people = self.somebody()

        def tagged(answer: str) -> None:
            verb = verbs.remove_tag if answer.startswith("-") else verbs.add_tag
            self._bulk(verb(self.book, people, answer[1:]).title)

        self.ask(TagPrompt(self.book, self.named(people)), tagged)

    def action_circle(self) -> None:
        """Set the circle."""
        from relcraft.tui.prompts import CirclePicker  # noqa: PLC0415  # needed by this key alone

        self.need_writing()
        people = self.somebody()

        def chosen(answer: Circle | Literal["none"]) -> None:
            circle = Circle(answer) if answer != "none" else None
            self._bulk(verbs.set_circle(self.book, people, circle).title)

        question: ModalScreen[Any] = CirclePicker(self.named(people), self.book.rules.cadences)
        self.ask(question, chosen)

    def action_snooze(self) -> None:
        """Leave whom is selected, or the follow-ups of the timeline, in peace until a day."""
        from relcraft.tui.prompts import SnoozePrompt  # noqa: PLC0415  # needed by this key alone

        self.need_writing()
        promises = self._promises_chosen()
        uids = [promise.uid for promise in promises] or self.somebody()
        named = self.named(uids)
        if promises:
            named = naming.title_of(self.book, promises[0]) if len(promises) == 1 else f"{len(promises)} follow-ups"

        def chosen(until: Date) -> None:
            title = verbs.snooze(self.book, uids, until).title
            self.timeline.clear_marks()
            self._bulk(title)

        self.ask(SnoozePrompt(self.book.today, named, self.book.rules.customs), chosen)

    def _promises_chosen(self) -> list[FollowUp]:
        """Return the open follow-ups that are marked or under the cursor, where the user is in the timeline."""
        if self.pane is not self.timeline:
            return []
        records = [self.book.get("follow_ups", uid) for uid in self.timeline.chosen]
        return [record for record in records if isinstance(record, FollowUp) and record.done_on is None]

    def action_archive(self) -> None:
        """Put people into the archive, or take them out of it."""
        people = self.somebody()
        change = verbs.archive(self.book, people, archived=not self.contacts.archive)
        self._bulk(f"{change.title}. {{undo}} takes that back")

    def action_delete_for_good(self) -> None:
        """Delete an archived contact, and what hangs on nobody else."""
        for uid in self.somebody():
            change = verbs.delete_for_good(self.book, uid)
            tell(self, f"{change.title}. {{undo}} takes that back")

    def action_delete(self) -> None:
        """Delete entries of the timeline at once."""
        change = verbs.delete(self.book, self.timeline.chosen)
        self.timeline.clear_marks()
        self.show_place()
        tell(self, f"{change.title}. {{undo}} brings it back")

    def action_done(self) -> None:
        """Note that a follow-up is done, or that it is open after all."""
        record = self.timeline.record()
        if isinstance(record, Ask | Introduction):
            from relcraft.tui.asks.answering import open_answer  # noqa: PLC0415  # needed by few entries

            open_answer(self, record)
            return
        if not isinstance(record, FollowUp):
            raise BadInput("{done} is for a follow-up (!), an ask (?) or an introduction (&).")
        if record.done_on is None:
            tell(self, verbs.finish(self.book, record.uid, self.book.today).title)
        else:
            tell(self, verbs.reopen(self.book, record.uid).title)

    def _bulk(self, said: str) -> None:
        self.contacts.clear_marks()
        self.show_place()
        tell(self, said)


def _note_of(record: Record) -> tuple[str, Callable[[str], Record]]:
    """Return the longest text of a record, and what makes the record with another one."""
    match record:
        case Contact():
            return record.notes, lambda text: replace(record, notes=text)
        case Interaction():
            return record.summary, lambda text: replace(record, summary=text)
        case Exchange() | FollowUp():
            return record.text, lambda text: replace(record, text=text)
        case Ask():
            return record.what, lambda text: replace(record, what=text)
        case Introduction():
            return record.text, lambda text: replace(record, text=text)
        case _:
            raise BadInput("That has no note.")
