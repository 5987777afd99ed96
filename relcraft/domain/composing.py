"""Messages to copy: short and human templates, and how they are filled. Nothing is ever sent by the program."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote

from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.records import Ask, Contact, Me
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean, clean_line

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}(\.?)")
"""A placeholder, and the full stop behind it."""
_BLANK_LINES = re.compile(r"\n{3,}")
_ENDS = (".", "!", "?", "…")
USUAL_WAY_OUT = "A no is perfectly fine, and so is no answer."
"""The easy way out of a message whose ask names none."""

PLACEHOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "name": "what you call the one who gets it",
        "full_name": "their full name",
        "what": "what it is about",
        "why": "why them",
        "in_it": "what is in it for them",
        "way_out": "the easy way out",
        "instead": "what you can do instead",
        "other": "what you call the third one, in an introduction",
        "other_name": "the full name of the third one",
        "outcome": "how it went",
        "when": "a day",
        "me": "your own name",
    }
)
"""What may stand in a template in {braces}, and what stands there in the message."""

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "ask": """\
Hi {name},

I would like to ask you for something: {what}.
I thought of you because {why}.
What might be in it for you: {in_it}.
{way_out}

Thank you either way
{me}
""",
        "nudge": """\
Hi {name},

only a short word on what I asked you: {what}.
If it does not fit, that is perfectly fine, and I will not ask again.

All the best
{me}
""",
        "thanks": """\
Hi {name},

thank you so much! It meant a lot to me.
What I am thinking of: {what}.
What came of it: {outcome}.

All the best
{me}
""",
        "tell": """\
Hi {name},

you had a part in this, so I would like you to hear how it went.
What it was about: {what}.
How it went: {outcome}.

Thank you!
{me}
""",
        "yes": """\
Hi {name},

yes, gladly.
What I will do: {what}.
You hear from me by {when}.

All the best
{me}
""",
        "no": """\
Hi {name},

thank you for asking me; I am glad that you did.
This time I have to say no: I cannot give it the time that it needs.
What I can do instead: {instead}.

I wish you every success with it
{me}
""",
        "later": """\
Hi {name},

thank you for asking me. I cannot do it right now.
May I come back to you by {when}?
If you find somebody sooner, all the better.

All the best
{me}
""",
        "introduction": """\
Hi {name},

I know somebody whom you might like to meet: {other_name}.
My thought: {what}.
What might be in it for you: {in_it}.
Shall I introduce you? A no is perfectly fine, and needs no reason.

All the best
{me}
""",
        "introduce": """\
Hi {name}, hi {other},

you both said yes, so here you are.
{name}, meet {other_name}. {other}, meet {full_name}.
What brought you to my mind: {what}.
I leave the rest to the two of you.

All the best
{me}
""",
        "warm-up": """\
Hi {name},

I just thought of you and wanted to say hello.
How are you?

{me}
""",
        "hello": """\
Hi {name},

it has been a while, and today I thought of you.
What made me think of you: {what}.
How are you? I would be glad to hear from you, whenever it suits you.

All the best
{me}
""",
        "offer": """\
Hi {name},

I remembered that you are looking for this: {what}.
I may have something for you: {in_it}.
If it is of no use any more, just leave it.

All the best
{me}
""",
        "birthday": """\
Hi {name},

happy birthday! I hope you have a lovely day.

{me}
""",
    }
)
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ask": "an ask",
        "nudge": "one more word on an ask, after a silence",
        "thanks": "thanks for help",
        "tell": "telling somebody who helped how it went",
        "yes": "a yes to somebody who asks you",
        "no": "a kind no to somebody who asks you",
        "later": "not now, to somebody who asks you",
        "introduction": "asking each side whether to introduce them",
        "introduce": "the introduction itself, to both",
        "warm-up": "two lines to somebody easy, with no ask in them",
        "hello": "a word after a long time",
        "offer": "something to give",
        "birthday": "a birthday",
    }
)
"""The templates by name, and what each is for."""


class Templates(Protocol):
    """Where the texts of the templates are."""

    @property
    def place(self) -> str:
        """Where the user's own texts are, to show; empty where there is no such place."""

    def text(self, name: str) -> str:
        """Return the user's own text, else the built-in one. Raises `BadInput` for a name that is not in `NAMES`."""

    def remark(self, name: str) -> str:
        """Return a sentence on why the user's own text is not used although there is one; else empty."""

    def store(self, name: str, text: str) -> None:
        """Keep the user's own text; an empty one brings the built-in one back. Raises `BadInput`, `NotKept`."""


def built_in(name: str) -> str:
    """Return the text that comes with the program. Raises `BadInput` for a name that is not in `NAMES`."""
    if name not in _TEXTS:
        raise BadInput(f'"{clean_line(name)}" is no template: one of {", ".join(NAMES)} was expected.')
    return _TEXTS[name]


class _BuiltIn:
    """The texts that come with the program, where there is no place for others."""

    place = ""

    def text(self, name: str) -> str:
        return built_in(name)

    def remark(self, name: str) -> str:  # noqa: ARG002  # a built-in text is always used
        return ""

    def store(self, name: str, text: str) -> None:  # noqa: ARG002  # nothing can be kept here
        built_in(name)
        raise NotKept("There is no folder for your own templates here.")


BUILT_IN: Templates = _BuiltIn()


# Filling


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the text with the values in the place of their {placeholders}, and one line break at its end.

    A line with placeholders whose values are all empty is left out. An unknown placeholder stays as text. Values are
    text and nothing else: a {placeholder} in one of them stays as it is. A value that ends as a sentence does is
    followed by no second full stop. Of several empty lines in a row one stays.
    """
    safe = {name: clean(value).strip() for name, value in values.items()}
    lines = [filled for line in clean(template).split("\n") if (filled := _filled(line, safe)) is not None]
    text = "\n".join(lines).strip("\n")
    return _BLANK_LINES.sub("\n\n", text) + "\n"


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    """Return a line with its values, or None where it has nothing to say."""
    names = [found[1] for found in _PLACEHOLDER.finditer(line)]
    if names and all(name in values and not values[name] for name in names):
        return None

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if value is None:
            return found[0]
        return value if value.endswith(_ENDS) else f"{value}{found[2]}"

    return _PLACEHOLDER.sub(put, line).rstrip()


def message(name: str, contact: Contact, me: Me, templates: Templates, **values: str) -> str:
    """Return a message to a contact by the template `name`; `values` are those of `PLACEHOLDERS`, others are empty.

    Raises `BadInput` for a name that is not in `NAMES`.
    """
    own = {"name": first_name(contact), "full_name": clean_line(contact.name), "me": clean_line(me.name)}
    return fill(templates.text(name), {**dict.fromkeys(PLACEHOLDERS, ""), **own, **values})


def ask_message(ask: Ask, contact: Contact, me: Me, templates: Templates) -> str:
    """Return the message that asks. Where the ask names no easy way out, the usual one stands there."""
    return message("ask", contact, me, templates, **values_of(ask))


def values_of(ask: Ask) -> dict[str, str]:
    """Return what an ask says, as the values of placeholders."""
    return {
        "what": ask.what,
        "why": ask.why_them,
        "in_it": ask.in_it_for_them,
        "way_out": _sentence(ask.easy_way_out) or USUAL_WAY_OUT,
    }


def between(name: str, contact: Contact, other: Contact, me: Me, templates: Templates, **values: str) -> str:
    """Return a message of an introduction: "introduction" asks `contact`, "introduce" brings both together."""
    third = {"other": first_name(other), "other_name": clean_line(other.name)}
    return message(name, contact, me, templates, **third, **values)


def _sentence(text: str) -> str:
    """Return `text` with a capital at its beginning and a full stop at its end; quotes around all of it go."""
    said = clean(text).strip()
    if len(said) > 1 and (said[0], said[-1]) in {('"', '"'), ("“", "”")}:
        said = said[1:-1].strip()
    if not said:
        return ""
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith(_ENDS) else '.'}"


def subject(ask: Ask) -> str:
    """Return the subject of an e-mail that asks."""
    what = clean_line(ask.what).rstrip(".")
    return f"A question: {what}" if what else "A question"


def mailto(address: str, subject: str, body: str) -> str:
    """Return the link that opens a mail program with this message; `address` may be empty."""
    to = quote(clean_line(address), safe="@+.-_")
    text = quote(clean(body).strip().replace("\n", "\r\n"), safe="")
    return f"mailto:{to}?subject={quote(clean_line(subject), safe='')}&body={text}"
