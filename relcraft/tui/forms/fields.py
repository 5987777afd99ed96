"""How a field of a form is described, and the kinds of field that need no calendar and no people.

A field turns the value of a record into the text that is edited, and that text back into a value. Both are pure.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any

from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.directory import Directory
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Date
from relcraft.domain.text import clean, clean_line, fold

NOTHING_CHOSEN = "none"
"""The choice that stands for no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the texts of a form are read against, as it was when the form opened."""

    now: datetime
    directory: Directory
    people: tuple[str, ...] = ()
    """The uids of the contacts that the record names already: their names always mean them."""
    customs: Customs = USUAL_CUSTOMS
    """How the user writes days."""

    @property
    def today(self) -> Date:
        """The day on which "yesterday" is told."""
        return self.now.date()


Parse = Callable[[str, Setting], Any]
"""Reads a text into a value. Raises `BadInput` with a sentence that says what was expected."""
Print = Callable[[Any, Setting], str]
"""Writes a value as the text that `Parse` reads back."""
Echo = Callable[[Any, Setting], str]
"""Says in words what a value means; empty where the text says it all."""


class Shape(Enum):
    """What a field looks like."""

    LINE = "one line of text"
    CHOICE = "one of a few words"
    PEOPLE = "names, completed while they are typed"
    NOTE = "several lines of text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    name: str
    """The attribute of the record."""
    label: str
    parse: Parse
    print: Print
    shape: Shape = Shape.LINE
    hint: str = ""
    """What may be typed here."""
    missing: str = ""
    """What to say where nothing is typed; empty: it may stay empty."""
    options: tuple[str, ...] = field(default=())
    """The words of a `Shape.CHOICE`."""
    echo: Echo | None = None
    replaced: bool = False
    """Whether what is typed first takes the place of the whole text."""

    def read(self, text: str, setting: Setting) -> Any:
        """Return the value that `text` means. Raises `BadInput`."""
        if self.missing and not clean_line(text):
            raise BadInput(self.missing)
        return self.parse(text, setting)


_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(,|$)')


def split_items(text: str) -> tuple[str, ...]:
    """Return the items of `a, b, "c, d"`, each once and on one line; a quote inside quotes is written twice."""
    found: dict[str, None] = {}
    position = 0
    line = clean_line(text)
    while position < len(line):
        match = _ITEM.match(line, position)
        if match is None:
            break
        quoted, plain, _ = match.groups()
        item = clean_line(plain if quoted is None else quoted.replace('""', '"'))
        if item:
            found[item] = None
        position = max(match.end(), position + 1)
    return tuple(found)


def join_items(items: Iterable[str]) -> str:
    """Return `items` as `split_items` reads them back."""
    return ", ".join(_quoted(item) if "," in item or item.startswith('"') else item for item in items)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'


def _as_is(value: Any, _setting: Setting) -> str:
    return str(value)


def line(name: str, label: str, *, hint: str = "", missing: str = "") -> Field:
    """Return a field of one line of text."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, _: clean_line(text),
        print=lambda value, _: clean_line(value),
        hint=hint,
        missing=missing,
    )


def note(name: str, label: str, *, hint: str = "") -> Field:
    """Return a field of several lines."""
    return Field(
        name=name, label=label, parse=lambda text, _: clean(text).strip("\n"), print=_as_is, shape=Shape.NOTE, hint=hint
    )


def several(
    name: str, label: str, *, hint: str = "by commas", check: Callable[[str], str] = lambda item: item
) -> Field:
    """Return a field of several texts. `check` returns an item as it is kept, or raises `BadInput`."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, _: tuple(dict.fromkeys(map(check, split_items(text)))),
        print=lambda value, _: join_items(value),
        hint=hint,
    )


def email(item: str) -> str:
    """Return an address. Raises `BadInput` where it cannot be one."""
    before, at, after = item.rpartition("@")
    if not (before and at and after) or " " in item:
        raise BadInput(f"{item} is no e-mail address: name@place was expected.")
    return item


def phone(item: str) -> str:
    """Return a phone number. Raises `BadInput` where it has no digit."""
    if not any(char.isdigit() for char in item):
        raise BadInput(f"{item} is no phone number: digits were expected.")
    return item


def link(item: str) -> str:
    """Return a link. Raises `BadInput` where it cannot be one."""
    if " " in item or "." not in item:
        raise BadInput(f"{item} is no link: something such as example.org/ada was expected.")
    return item


def tag(item: str) -> str:
    """Return a tag as it is kept: without the #, and without spaces. Raises `BadInput` where nothing is left."""
    word = item.removeprefix("#").strip().replace(" ", "-")
    if not word:
        raise BadInput("A tag needs a letter.")
    return word


def choice(name: str, label: str, words: type[StrEnum], *, optional: bool = False, hint: str = "") -> Field:
    """Return a field of one word of a vocabulary, or (`optional`) none."""

    def parse(text: str, _setting: Setting) -> StrEnum | None:
        return None if optional and text == NOTHING_CHOSEN else one_of(words, text)

    return Field(
        name=name,
        label=label,
        parse=parse,
        print=lambda value, _: NOTHING_CHOSEN if value is None else str(value),
        shape=Shape.CHOICE,
        options=(*((NOTHING_CHOSEN,) if optional else ()), *words),
        hint=hint,
    )


def one_of(words: type[StrEnum], text: str) -> StrEnum:
    """Return the word that `text` is, or is the beginning of. Raises `BadInput` where it is none or several."""
    wanted = fold(clean_line(text))
    found = [word for word in words if word == wanted] or [word for word in words if wanted and word.startswith(wanted)]
    if len(found) != 1:
        raise BadInput(f"{text or 'Nothing'} is none of these: {', '.join(words)}.")
    return found[0]


def some_of(name: str, label: str, words: type[StrEnum]) -> Field:
    """Return a field of any number of words of a vocabulary."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, _: tuple(dict.fromkeys(one_of(words, item) for item in split_items(text))),
        print=lambda value, _: join_items(value),
        hint=", ".join(words),
        echo=lambda value, _: ", ".join(value),
    )


def yes_no(name: str, label: str, *, hint: str = "") -> Field:
    """Return a field that is yes or no."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, _: text == "yes",
        print=lambda value, _: "yes" if value else "no",
        shape=Shape.CHOICE,
        options=("no", "yes"),
        hint=hint,
    )
