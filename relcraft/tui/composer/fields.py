"""The fields of an ask: their labels, their words, and how each is read."""

from collections.abc import Sequence

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Chance, Goal
from relcraft.domain.text import clean_line
from relcraft.domain.words import Channel, ExchangeKind, Fear
from relcraft.tui.forms import fields, people
from relcraft.tui.forms.fields import NOTHING_CHOSEN, Field, Setting, Shape
from relcraft.tui.signs import fit

FEARS = {
    Fear.NOTHING: "nothing",
    Fear.LOOK_SILLY: "I would look silly",
    Fear.IMPOSE: "I would impose",
    Fear.USING_PEOPLE: "it feels like using people",
    Fear.REFUSED_BEFORE: "they said no before",
    Fear.TOO_LONG: "it has been too long",
}
"""What holds somebody back, in plain words."""
_LONGEST_GOAL = 36

WHOM = people.person("contact", "Whom", missing="Whom do you ask?")
WHAT = fields.line("what", "What", hint="such as half an hour about your work", missing="What do you ask for?")
KIND = fields.choice("kind", "Kind", ExchangeKind)
TARGET = people.person("target", "To meet")
WHY = fields.line("why_them", "Why them", hint='as you would say it to them: "you worked there until June"')
GAIN = fields.line("in_it_for_them", "In it for them", hint='to them, too: "you may have my notes on it"')
WAY_OUT = fields.line("easy_way_out", "Easy way out", hint="words that make a no easy")
BY = fields.choice("channel", "By", Channel, optional=True)


def chance() -> Field:
    """Return the field of what the user expects, as one digit: 7 is 70 %."""

    def parse(text: str, _setting: Setting) -> Chance | None:
        said = clean_line(text)
        if said and said not in "123456789":
            raise BadInput("One digit was expected: 7 for 70 %.")
        return Chance(10 * int(said)) if said else None

    return Field(
        name="chance",
        label="Chance of a yes",
        parse=parse,
        print=lambda value, _: "" if value is None else str(value // 10),
        hint="1-9",
        echo=lambda value, _: "" if value is None else f"of 10, {value} %",
        replaced=True,
    )


def fear() -> Field:
    """Return the field of what holds the user back."""
    meant = {words: word for word, words in FEARS.items()}
    return Field(
        name="fear",
        label="Holding me back",
        parse=lambda text, _: meant[text],
        print=lambda value, _: FEARS[value or Fear.NOTHING],
        shape=Shape.CHOICE,
        options=tuple(meant),
    )


def goal(goals: Sequence[Goal]) -> Field:
    """Return the field of the goal that the ask serves, one of `goals` or none."""
    labels: dict[str, str] = {}
    for one in goals:
        told = fit(one.words or one.kind, _LONGEST_GOAL).rstrip()
        label = next(each for n in range(len(goals) + 1) if (each := f"{told} ({n + 1})" if n else told) not in labels)
        labels[label] = one.uid
    names = {uid: label for label, uid in labels.items()}
    return Field(
        name="goal",
        label="Goal",
        parse=lambda text, _: labels.get(text),
        print=lambda value, _: names.get(value, NOTHING_CHOSEN),
        shape=Shape.CHOICE,
        options=(NOTHING_CHOSEN, *labels),
    )
