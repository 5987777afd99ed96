"""The People screen: what opens, what explains itself, and what is copied."""

from textual import on

from relcraft.book.naming import title_of
from relcraft.domain.errors import BadInput
from relcraft.domain.explaining import Figure, explain
from relcraft.domain.records import Contact
from relcraft.tui.people.balance_pane import WARMTH
from relcraft.tui.people.changes import Changing
from relcraft.tui.people.timeline import Timeline, kind_told, text_told
from relcraft.tui.rows import RowList
from relcraft.tui.telling import errors_told, tell


class PeopleScreen(Changing):
    """Contacts, the timeline of one of them, and how give and take stand with them."""

    @on(RowList.Selected)
    def _opened(self, event: RowList.Selected) -> None:
        with errors_told(self):
            if event.rows is self.contacts:
                self.timeline.focus()
            elif event.rows is self.timeline or (self.balance.current is not None and self.balance.current.entry):
                self.open_form(self.selected_record())
            else:
                self.action_explain()

    def action_explain(self) -> None:
        """Tell how the figure under the cursor came about; of a contact, warmth and balance."""
        from relcraft.tui.explanation import Explanation  # noqa: PLC0415  # needed by this key alone

        person = self._person()
        line = self.balance.current if self.pane is self.balance else None
        figures = line.figures if line is not None and line.figures else (WARMTH, Figure.STANDING, Figure.TWO_WAY)
        told: list[str] = []
        for figure in figures:
            told += self._explained(person, figure)
        self.app.push_screen(Explanation(person.name, [each[:1].upper() + each[1:] for each in told]))

    def _explained(self, person: Contact, figure: str) -> tuple[str, ...]:
        if figure == WARMTH:
            return self.book.warmth(person.uid).explain(self.book.interactions_with(person.uid))
        return explain(figure, self.book.exchanges_with(person.uid), self.book.today, self.book.weights)

    def action_copy(self) -> None:
        """Copy the e-mail address (where there is none, the name), or the entry under the cursor."""
        pane = self.pane
        if isinstance(pane, Timeline) and pane.current is not None:
            record = self.selected_record()
            parts = (pane.current.date.isoformat(), kind_told(record), text_told(self.book, record, pane.contact))
            text, what = " ".join(filter(None, parts)), title_of(self.book, record)
        else:
            person = self._person()
            text = person.emails[0] if person.emails else person.name
            what = text
        self.app.copy_to_clipboard(text)
        tell(self, f"Copied: {what}")

    def _person(self) -> Contact:
        person = self.contact
        if person is None:
            raise BadInput("Nobody is selected. {new-contact} adds a person.")
        return person
