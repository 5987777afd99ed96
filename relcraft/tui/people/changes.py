"""The changing keys of the People screen: edit, tag, circle, snooze, archive, delete, done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from textual.screen import ModalScreen

from relcraft.book import verbs
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Date, Exchange, FollowUp, Interaction, Record
from relcraft.domain.words import Circle
from relcraft.tui.people.adds import Adding
from relcraft.tui.people.timeline import Timeline
from relcraft.tui.telling import tell


class Changing(Adding):
    """Changes what is selected or marked. Each key is one change, and u takes it back."""

    def selected_record(self) -> Record:
        """Return what the user means by "this": the entry in the timeline or balance, else the contact."""
        pane = self.pane
        record: Record | None = self.contact
        if isinstance(pane, Timeline):
            record = pane.record()
        elif pane is self.balance and self.balance.current is not None and self.balance.current.entry:
            record = self.book.exchange(self.balance.current.entry)
        if record is None:
            raise BadInput("Nothing is selected here. a adds anything in one line.")
        return record

    def action_edit(self) -> None:
        """Edit what is selected in a form."""
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
            case _:
                raise BadInput("That has no form.")

    def _edit(self, form: ModalScreen[Any]) -> None:
        self.ask(form, lambda stored: tell(self, f"Saved: {verbs.title_of(self.book, stored)}"))

    def action_edit_note(self) -> None:
        """Write the note of what is selected in the user's own editor."""
        from relcraft.tui.editor import edit_text  # noqa: PLC0415  # needed by this key alone

        record = self.selected_record()
        note, with_note = _note_of(record)
        text = edit_text(self.app, note)
        if text is not None:
            change = verbs.edit(self.book, record, with_note(text))
            tell(self, f"Saved: {change.title}")

    def action_tag(self) -> None:
        """Give a tag, or take one off."""
        from relcraft.tui.prompts import TagPrompt  # noqa: PLC0415  # needed by this key alone

        people = self._somebody()

        def tagged(answer: str) -> None:
            verb = verbs.remove_tag if answer.startswith("-") else verbs.add_tag
            self._bulk(verb(self.book, people, answer[1:]).title)

        self.ask(TagPrompt(self.book, self.named(people)), tagged)

    def action_circle(self) -> None:
        """Set the circle."""
        from relcraft.tui.prompts import CirclePicker  # noqa: PLC0415  # needed by this key alone

        people = self._somebody()

        def chosen(answer: Circle | Literal["none"]) -> None:
            circle = Circle(answer) if answer != "none" else None
            self._bulk(verbs.set_circle(self.book, people, circle).title)

        question: ModalScreen[Any] = CirclePicker(self.named(people))
        self.ask(question, chosen)

    def action_snooze(self) -> None:
        """Leave whom is selected in peace until a day."""
        from relcraft.tui.prompts import SnoozePrompt  # noqa: PLC0415  # needed by this key alone

        person = self.contact
        if person is None:
            raise BadInput("Nobody is selected. n adds a person.")

        def chosen(until: Date) -> None:
            tell(self, verbs.snooze(self.book, person.uid, until).title)

        self.ask(SnoozePrompt(self.book.today, person.name), chosen)

    def action_archive(self) -> None:
        """Put people into the archive, or take them out of it."""
        people = self._somebody()
        change = verbs.archive(self.book, people, archived=not self.contacts.archive)
        self._bulk(f"{change.title}. u takes that back")

    def action_delete_for_good(self) -> None:
        """Delete an archived contact, and what hangs on nobody else."""
        for uid in self._somebody():
            change = verbs.delete_for_good(self.book, uid)
            tell(self, f"{change.title}. u takes that back")

    def action_delete(self) -> None:
        """Delete entries of the timeline at once."""
        change = verbs.delete(self.book, self.timeline.chosen)
        self.timeline.clear_marks()
        self._show_place()
        tell(self, f"{change.title}. u brings it back")

    def action_done(self) -> None:
        """Note that a follow-up is done, or that it is open after all."""
        record = self.timeline.record()
        if not isinstance(record, FollowUp):
            raise BadInput("x is for a follow-up: a line with ! before it.")
        if record.done_on is None:
            tell(self, verbs.finish(self.book, record.uid, self.book.today).title)
        else:
            tell(self, verbs.reopen(self.book, record.uid).title)

    def _bulk(self, said: str) -> None:
        self.contacts.clear_marks()
        self._show_place()
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
        case _:
            raise BadInput("That has no note.")
