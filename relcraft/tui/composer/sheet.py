"""What is typed about one ask: read into an ask against the book as it is now, whatever the screen does."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from relcraft.book.open import Book
from relcraft.domain.composing import USUAL_WAY_OUT
from relcraft.domain.errors import BadInput
from relcraft.domain.matching import match
from relcraft.domain.records import Ask, Contact, Goal
from relcraft.domain.words import ExchangeKind, GoalState
from relcraft.tui.composer import fields
from relcraft.tui.forms.fields import Field, Setting


def gain_offered(book: Book, contact: Contact | None) -> str:
    """Return what the contact looks for and the user can offer, as the user would say it; empty where nothing fits."""
    found = None if contact is None else match(contact.looking_for, book.me.can_offer)
    return "" if found is None else f"you look for {found.wanted}, and I can offer {found.offered}"


class Sheet:
    """The texts of all fields. A field that the user does not touch keeps its value, whatever that is."""

    def __init__(self, book: Book, ask: Ask) -> None:
        self._book = book
        people = tuple(filter(None, (ask.contact, ask.target)))
        self._setting = Setting(now=book.now, directory=book, people=people, customs=book.rules.customs)
        self._ask = ask if ask.uid else self._begun(ask)
        self.fields = self._fields()
        self._printed = {name: self._print(name) for name in self.fields}
        self.texts = dict(self._printed)

    def _begun(self, ask: Ask) -> Ask:
        """Return a new ask with what is offered to begin with, where nothing stands there yet."""
        return replace(
            ask,
            easy_way_out=ask.easy_way_out or USUAL_WAY_OUT,
            in_it_for_them=ask.in_it_for_them or gain_offered(self._book, self._known(ask.contact)),
        )

    def _fields(self) -> Mapping[str, Field]:
        goals = [one for one in self._book.all(Goal) if one.state is GoalState.OPEN or one.uid == self._ask.goal]
        chosen = [
            *([] if self._ask.contact else [fields.WHOM]),
            fields.WHAT, fields.KIND, fields.TARGET, fields.WHY, fields.GAIN, fields.WAY_OUT, fields.BY,
            fields.chance(),
            *([fields.goal(goals)] if goals else []),
            fields.fear(),
        ]  # fmt: skip
        return {field.name: field for field in chosen}

    @property
    def setting(self) -> Setting:
        """What the texts are read against."""
        return self._setting

    def _print(self, name: str) -> str:
        return self.fields[name].print(getattr(self._ask, name) or self._nothing(name), self._setting)

    @staticmethod
    def _nothing(name: str) -> Any:
        return "" if name in ("what", "why_them", "in_it_for_them", "easy_way_out") else None

    # What is typed

    @property
    def touched(self) -> tuple[str, ...]:
        """The names of the fields whose text is another than at the beginning."""
        return tuple(name for name, text in self.texts.items() if text != self._printed[name])

    def read(self, name: str) -> tuple[Any, str]:
        """Return the value of a field and an empty text, or nothing and what is wrong."""
        field = self.fields[name]
        try:
            return field.parse(self.texts[name], self._setting), ""
        except BadInput as bad:
            return None, str(bad)

    def meaning(self, name: str) -> str:
        """Return in words what a field means, where its text does not say so itself."""
        field = self.fields[name]
        value, wrong = self.read(name)
        if wrong or field.echo is None or not self.texts[name]:
            return ""
        told = field.echo(value, self._setting)
        return "" if told == self.texts[name] else told

    @property
    def ask(self) -> Ask:
        """The ask as far as it can be read: a field that is wrong keeps its value."""
        values = {name: value for name in self.touched for value, wrong in [self.read(name)] if not wrong}
        if "contact" in values:
            values["contact"] = values["contact"] or ""
        ask = replace(self._now(), **values)
        return ask if ask.kind is ExchangeKind.INTRODUCTION else replace(ask, target=None)

    def _now(self) -> Ask:
        """Return the ask as it is stored by now; one that was deleted meanwhile is a new one."""
        stored = self._book.get("asks", self._ask.uid) if self._ask.uid else None
        if isinstance(stored, Ask):
            return stored
        return replace(self._ask, uid="", steps=(), nudges=()) if self._ask.uid else self._ask

    def follow(self) -> tuple[str, ...]:
        """Take in what became of the ask in the book; return the names of the fields whose text is another by that."""
        touched, before = self.touched, dict(self.texts)
        self._ask = self._now()
        self._printed = {name: self._print(name) for name in self.fields}
        self.texts.update({name: text for name, text in self._printed.items() if name not in touched})
        return tuple(name for name, text in before.items() if text != self.texts[name])

    @property
    def contact(self) -> Contact | None:
        """Who is asked; None as long as nobody knows."""
        return self._known(self.ask.contact)

    def _known(self, uid: str) -> Contact | None:
        found = self._book.get("contacts", uid) if uid else None
        return found if isinstance(found, Contact) else None

    def wrong(self, *needed: str) -> dict[str, str]:
        """Return what is wrong with the touched fields and with those that are `needed`, by field."""
        found: dict[str, str] = {}
        for name, field in self.fields.items():
            if name in self.touched and (bad := self.read(name)[1]):
                found[name] = bad
            elif name in needed and field.missing and not self.texts[name].strip():
                found[name] = field.missing
        return found

    # What is offered

    def offer_gain(self) -> bool:
        """Offer what fits whom is asked now, where the user wrote nothing else; return whether that changed a text."""
        before, offered = self.texts["in_it_for_them"], gain_offered(self._book, self.contact)
        if self._ask.uid or before != self._printed["in_it_for_them"] or before == offered:
            return False
        self._ask = replace(self._ask, in_it_for_them=offered)
        self._printed["in_it_for_them"] = self.texts["in_it_for_them"] = offered
        return True

    def take(self, ask: Ask) -> dict[str, str]:
        """Put the texts of `ask` in the place of those that stand; return those that stood, of what changes."""
        before, now = dict(self.texts), self.ask
        for name, field in self.fields.items():
            value = getattr(ask, name)
            if value != getattr(now, name):
                self.texts[name] = field.print(value if value is not None else self._nothing(name), self._setting)
        return {name: text for name, text in before.items() if text != self.texts[name]}
