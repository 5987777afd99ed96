"""The form of a contact."""

from typing import ClassVar

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.records import Contact
from relcraft.domain.words import Circle
from relcraft.tui.forms import days, fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class ContactForm(Form[Contact]):
    """Edits a contact, or adds a person."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        fields.line("name", "Name", missing="A contact needs a name."),
        fields.several("nicknames", "Nicknames", hint="what you call them, by commas"),
        fields.line("organisation", "Organisation"),
        fields.line("role", "Role"),
        fields.choice("circle", "Circle", Circle, optional=True),
        days.cadence("cadence_days", "In touch every"),
        fields.several("tags", "Tags", hint="work, sailing", check=fields.tag),
        fields.several("can_offer", "Can offer", hint="what they could help others with, by commas"),
        fields.several("looking_for", "Looking for", hint="what would help them, by commas"),
        fields.line("met_how", "How we met"),
        days.day("met_on", "Met on"),
        people.person("introduced_by", "Introduced by"),
        fields.several("emails", "E-mails", check=fields.email),
        fields.several("phones", "Phones", check=fields.phone),
        fields.several("urls", "Links", check=fields.link),
        fields.line("city", "City"),
        days.zone("time_zone", "Time zone"),
        days.birthday("birthday", "Birthday"),
        fields.yes_no("do_not_disturb", "Leave in peace", hint="yes: nothing is suggested about them"),
        fields.note("notes", "Notes"),
    )

    def __init__(self, book: Book, contact: Contact | None = None) -> None:
        record = contact or Contact(uid="", name="")
        named = (record.introduced_by,) if record.introduced_by else ()
        title = contact.name if contact else "New contact"
        super().__init__(book, record, title=title, add=verbs.add_contact, people=named)
