"""A Markdown page for each person, for Obsidian, GitHub and any editor: what the book says of them, to be read.

The front matter is YAML; all texts are escaped, so that they read as they were typed. People who are named in a page
are links to their own pages. The same book gives the same pages.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from urllib.parse import quote

from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Interaction, Introduction, Record, Tie
from relcraft.domain.text import clean, clean_line, fold
from relcraft.domain.words import AskDirection, Direction, InteractionKind, Size

ENDING = ".md"
_LINK = re.compile(r"https?://[\w./~%?&=+#:@,;-]*[\w/~%&=+#@-]", re.ASCII | re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*_\[\]<>~|&#$=%^]")
_AT_HEAD = re.compile(r"^[ \t]*(?:(?P<number>\d{1,9})(?=[.)])|(?P<sign>(?=[-+:])))?", re.MULTILINE)
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|#^\[\]%&`$!{}\x00-\x1f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\..*)?")
_MOST_BYTES = 100
"""Of a file's name, its ending and a number aside: every file system takes so much."""
_MOST_NAMES = 12
"""How many people of one event a page names."""


def pages(records: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the page of each contact among `records`, by name; what is about nobody is left out.

    File names are safe on every system, and no two are the same, whether or not a system tells "a" from "A" or "á".
    """
    there = _There(records)
    for contact in there.people:
        lines = (*_front_matter(contact), "", *there.body(contact))
        yield there.file_names[contact.uid], ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Return `text` as Markdown that reads as it stands; its line ends are kept. Links of the web stay links."""
    parts: list[str] = []
    at = 0
    for link in _LINK.finditer(text):
        parts += (_without_signs(text[at : link.start()]), f"<{link[0]}>")
        at = link.end()
    parts.append(_without_signs(text[at:]))
    return _AT_HEAD.sub(_shown, "".join(parts))


def _without_signs(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _shown(found: re.Match[str]) -> str:
    """Return what begins a line so that it begins no list, no quotation and no code."""
    return "\\" if found["sign"] is not None else f"{found['number']}\\" if found["number"] else ""


def _line(text: str) -> str:
    return escaped(clean_line(text))


def _quoted(text: str) -> str:
    """Return a YAML string in quotes: JSON's, with what YAML does not take as it is."""
    written = json.dumps(clean(text), ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _front_matter(contact: Contact) -> Iterator[str]:
    yield "---"
    yield f"name: {_quoted(clean_line(contact.name))}"
    yield f"uid: {_quoted(contact.uid)}"
    tags = tuple(re.sub(r"\s+", "-", clean_line(tag).lstrip("#")) for tag in contact.tags)
    for name, values in (("aliases", contact.nicknames), ("tags", tags)):
        if any(values):
            yield f"{name}: [{', '.join(_quoted(value) for value in values if value)}]"
    if contact.circle is not None:
        yield f"circle: {_quoted(contact.circle)}"
    if contact.birthday is not None:
        yield f"birthday: {_quoted(str(contact.birthday))}"
    if contact.archived:
        yield "archived: true"
    yield "---"


def _file_names(people: Sequence[Contact]) -> dict[str, str]:
    """Return by uid the name of each one's file; those that would share one have a sign of their own behind it."""
    plain = {contact.uid: _safe(contact.name) for contact in people}
    counts = Counter(map(fold, plain.values()))
    taken = {name for name, count in counts.items() if count == 1}
    names: dict[str, str] = {}
    for uid, name in plain.items():
        own = name
        while counts[fold(name)] > 1 and (own == name or fold(own) in taken):
            own = f"{name} {_sign(f'{own} {uid}')}"
        taken.add(fold(own))
        names[uid] = f"{own}{ENDING}"
    return names


def _sign(uid: str) -> str:
    return sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _safe(name: str) -> str:
    """Return a name as that of a file, its ending aside."""
    plain = clean_line(_NOT_IN_A_NAME.sub(" ", unicodedata.normalize("NFC", clean_line(name)[:_MOST_BYTES]))).strip(
        "-. ~"
    )
    while len(plain.encode("utf-8", "replace")) > _MOST_BYTES:
        plain = plain[:-1].rstrip(". ")
    if not plain or not any(char.isalnum() for char in plain):
        return "Somebody"
    return f"{plain} -" if _RESERVED.fullmatch(plain) else plain


class _There:
    """Everything that the pages tell, by the people whom it is about."""

    def __init__(self, records: Iterable[Record]) -> None:
        contacts: list[Contact] = []
        self._of: dict[type[Record], dict[str, list[Record]]] = {}
        for record in records:
            if isinstance(record, Contact):
                contacts.append(record)
            for uid in dict.fromkeys(_people(record)):
                self._of.setdefault(type(record), {}).setdefault(uid, []).append(record)
        self.people = sorted(contacts, key=lambda each: (fold(each.name), each.uid))
        self._names = {contact.uid: clean_line(contact.name) or "somebody" for contact in self.people}
        self.file_names = _file_names(self.people)

    def body(self, contact: Contact) -> Iterator[str]:
        """Yield the lines of a page below its front matter."""
        uid = contact.uid
        yield f"# {_line(contact.name) or 'Somebody'}"
        yield from _paragraph(", ".join(filter(None, (contact.role, contact.organisation, contact.city))))
        yield from _section("Reach", [_line(way) for way in (*contact.emails, *contact.phones, *contact.urls)])
        yield from _section("How we met", [_item(part) for part in self._met(contact)])
        yield from _section("Can offer", [_line(offer) for offer in contact.can_offer])
        yield from _section("Looking for", [_line(wish) for wish in contact.looking_for])
        if clean(contact.notes).strip():
            yield from ("", "## Notes", *_paragraph(contact.notes))
        told: tuple[tuple[str, type[Record], Callable[[Record, str], tuple[str, str]]], ...] = (
            ("Follow-ups", FollowUp, self._follow_up),
            ("What took place", Interaction, self._interaction),
            ("Given and received", Exchange, self._exchange),
            ("Asks", Ask, self._ask),
            ("Introductions", Introduction, self._introduction),
        )
        for heading, kind, tell in told:
            found = sorted((tell(record, uid) for record in self._of.get(kind, {}).get(uid, [])), reverse=True)
            yield from _section(heading, [item for _day, item in found])
        known = (each for each in self._of.get(Tie, {}).get(uid, []) if isinstance(each, Tie))
        others = sorted({each.second if each.first == uid else each.first for each in known} - {uid})
        yield from _section("Knows", [self._link(other) for other in others if other in self._names])

    def _link(self, uid: str) -> str:
        """Return somebody by name, as a link to their page; who has none, without."""
        if uid not in self._names:
            return "somebody"
        return f"[{_without_signs(self._names[uid])}]({quote(self.file_names[uid])})"

    def _met(self, contact: Contact) -> Iterator[str]:
        if contact.met_how or contact.met_on is not None:
            day = "" if contact.met_on is None else contact.met_on.isoformat()
            yield ": ".join(filter(None, (day, escaped(clean(contact.met_how)))))
        if contact.introduced_by is not None and contact.introduced_by in self._names:
            yield f"introduced by {self._link(contact.introduced_by)}"

    def _interaction(self, record: Record, uid: str) -> tuple[str, str]:
        assert isinstance(record, Interaction)  # noqa: S101 - as the table above says
        others = [other for other in dict.fromkeys(record.contacts) if other != uid]
        links = ", ".join(self._link(other) for other in others[:_MOST_NAMES])
        more = f" and {len(others) - _MOST_NAMES} more" if len(others) > _MOST_NAMES else ""
        company = f" with {links}{more}" if others else ""
        kind = "note" if record.kind is InteractionKind.NOTE else str(record.kind)
        return _told(record.date.isoformat(), f"{kind}{company}", record.summary)

    def _exchange(self, record: Record, uid: str) -> tuple[str, str]:  # noqa: ARG002 - one of several
        assert isinstance(record, Exchange)  # noqa: S101 - as above
        way = "given" if record.direction is Direction.GIVEN else "received"
        size = "" if record.size is Size.NORMAL else f" ({record.size})"
        return _told(record.date.isoformat(), f"{way}: {record.kind}{size}", record.text)

    def _follow_up(self, record: Record, uid: str) -> tuple[str, str]:  # noqa: ARG002 - one of several
        assert isinstance(record, FollowUp)  # noqa: S101 - as above
        box = "[ ]" if record.done_on is None else "[x]"
        return record.date.isoformat(), _item(f"{box} {record.date} {escaped(clean(record.text))}")

    def _ask(self, record: Record, uid: str) -> tuple[str, str]:
        assert isinstance(record, Ask)  # noqa: S101 - as above
        day = record.steps[0].date.isoformat() if record.steps else ""
        state = f" ({record.steps[-1].state})" if record.steps else ""
        who = "I asked for" if record.direction is AskDirection.OUTGOING else "asked me for"
        whom = "" if record.contact == uid else f" ({self._link(record.contact)})"
        return _told(day, f"{who} {record.kind}{whom}{state}", record.what)

    def _introduction(self, record: Record, uid: str) -> tuple[str, str]:
        assert isinstance(record, Introduction)  # noqa: S101 - as above
        day = record.steps[-1].date.isoformat() if record.steps else ""
        state = f" ({record.steps[-1].state})" if record.steps else ""
        sides = ("me" if side is None else self._link(side) for side in (record.first, record.second))
        broker = "I bring" if record.broker is None else f"{self._link(record.broker)} brings"
        del uid
        return _told(day, f"{broker} {' and '.join(sides)} together{state}", record.text)


def _people(record: Record) -> Iterator[str]:
    """Yield the uids of those on whose pages a record stands."""
    match record:
        case Interaction():
            yield from record.contacts
        case Exchange() | FollowUp() | Ask():
            yield from (uid for uid in (record.contact, getattr(record, "target", None)) if uid is not None)
        case Introduction():
            yield from (uid for uid in (record.broker, record.first, record.second) if uid is not None)
        case Tie():
            yield from (record.first, record.second)


def _told(day: str, what: str, text: str) -> tuple[str, str]:
    """Return the day to sort by, and an item: day, what it was, and the user's words."""
    said = escaped(clean(text).strip())
    return day, _item(" ".join(filter(None, (day, f"{what}: {said}" if said else what))))


def _item(markdown: str) -> str:
    """Return what an item of a list says, its further lines as such."""
    return "\\\n  ".join(filter(None, (line.rstrip() for line in markdown.split("\n"))))


def _section(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {heading}", "", *(f"- {item}" for item in items))


def _paragraph(text: str) -> Iterator[str]:
    """Yield text of any number of lines, each on its own, empty ones between paragraphs."""
    lines = [line.rstrip() for line in escaped(clean(text).strip()).split("\n")]
    if not any(lines):
        return
    yield ""
    for line, after in zip(lines, (*lines[1:], ""), strict=True):
        yield f"{line}\\" if line and after else line
