"""The `friends.md` of the friends command line (github.com/JacobEvelyn/friends), read and written.

One record is a line: an activity, a note, a friend, a place. Names stand in **bold**, places in _underscores_, tags
after an @. Read, an event keeps its places as "locations" in its `extra`, so that they come out again. What has no
place in such a file (addresses, birthdays, help given and received) is left out of it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.text import clean, clean_line, fold
from relcraft.domain.words import InteractionKind
from relcraft.formats.decoding import decode_text, narrow
from relcraft.formats.kinds import kind_told

_ACTIVITIES, _NOTES, _FRIENDS, _LOCATIONS = "Activities", "Notes", "Friends", "Locations"
_HEADING = re.compile(rf"### ({_ACTIVITIES}|{_NOTES}|{_FRIENDS}|{_LOCATIONS}):\s*")
_FIRST_LINES = re.compile(
    rb"\s*### (?:Activities|Notes|Friends|Locations):[ \t]*(?:\r?\n\s*(?:-[ \t]|### (?:Act|Not|Fri|Loc))|\s*\Z)"
)
_FRIEND = re.compile(
    r"(?P<name>[^(\[@]*[^(\[@\s])(?:\s+\(a\.k\.a\. (?P<nicknames>.+)\))?(?:\s+\[(?P<city>[^\[\]]+)\])?(?P<tags>\s+@.*)?"
)
_EVENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?::\s?(.*))?", re.ASCII | re.DOTALL)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_TAG = re.compile(r"(?<![^\W_])@[^\W_]+(?:[:-][^\W_]+)*")
_PLACE = re.compile(r"(?<!\w)_([^\W_][^_]*)_(?!\w)")
_NO_TAG = re.compile(r"[^\w:]+|_+|(?<!\w):|:(?!\w)")
_NO_NAME = re.compile(r"[(\[@*_\])]+")
_WORDS: dict[InteractionKind, str] = {
    InteractionKind.NOTE: "About",
    **{kind: f"{kind.capitalize()} with" for kind in InteractionKind if kind is not InteractionKind.NOTE},
    InteractionKind.VIDEO: "Video call with",
}
_KINDS = {words: kind for kind, words in _WORDS.items()}
_SAID_AT_HEAD = re.compile(rf"({'|'.join(_KINDS)}) ((?:\*\*[^*]+\*\*(?:, | and )?)+)(?:: (.*)|\.)", re.DOTALL)
"""How an event is written whose text does not name everybody: "Coffee with **Ada** and **Raj**: the text"."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One activity or note, its markup taken off."""

    kind: InteractionKind
    people: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    places: tuple[str, ...]


class Friends:
    """Reads a `friends.md`."""

    name = "friends"
    title = "friends.md (of the friends command line)"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with one of the four headings, and a list or the next one under it."""
        return _FIRST_LINES.match(narrow(head)) is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a line."""
        return data.count(b"\n")

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:  # noqa: ARG002 - as formats are read
        """Yield the friends, then what took place, with whoever is named there alone; places are told as left out."""
        events: list[Row] = []
        section = ""
        text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate(text.split("\n"), start=1):
            heading = _HEADING.fullmatch(line)
            section = section if heading is None else heading[1]
            said = clean_line(line).removeprefix("-").strip()
            if heading is not None or not said:
                continue
            where = f"{file_name}, line {number}"
            if section == _FRIENDS:
                yield _friend(said, where)
            elif section == _LOCATIONS:
                events.append(Skipped(where, "is a place by itself: places stay in the words of what took place"))
            elif section:
                events.append(_event_row(said, where, note=section == _NOTES))
            else:
                events.append(Skipped(where, f'stands under no heading: "### {_ACTIVITIES}:" was expected before it'))
        yield from _keyed(events)


def _key(name: str) -> str:
    return f"friends:{name}"


def _friend(said: str, where: str) -> Row:
    found = _FRIEND.fullmatch(said)
    if found is None:
        return Skipped(where, 'is no friend that can be read: "Name (a.k.a. Nickname) [Place] @tag" was expected')
    nicknames = (found["nicknames"] or "").split(" a.k.a. ")
    return Incoming(
        Contact(
            uid="",
            name=found["name"],
            nicknames=tuple(dict.fromkeys(filter(None, map(clean_line, nicknames)))),
            city=clean_line(found["city"] or ""),
            tags=tuple(dict.fromkeys(tag.removeprefix("@") for tag in _TAG.findall(found["tags"] or ""))),
            sources=(_key(found["name"]),),
        ),
        where,
    )


def _event_row(said: str, where: str, *, note: bool) -> Row:
    found = _EVENT.fullmatch(said)
    day = None if found is None else _day(found[1])
    if found is None or day is None:
        return Skipped(where, "begins with no day: one such as 2026-03-12, and a colon, was expected")
    event = _read_event(clean_line(found[2] or ""), note=note)
    interaction = Interaction(
        uid="",
        date=day,
        kind=event.kind,
        summary=event.summary,
        tags=event.tags,
        sources=(f"friends:{day}:{sha256(said.encode()).hexdigest()[:24]}",),
        extra={"locations": list(event.places)} if event.places else {},
    )
    people = (Contact(uid="", name=name, sources=(_key(name),)) for name in event.people)
    return IncomingRecord(interaction, tuple(people), where)


def _keyed(events: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, each event with the key that finds it again when its words were changed.

    That is its day and its people, where no other of the file has both; else its words tell it from the others.
    """
    keys = [_who_and_when(row) if isinstance(row, IncomingRecord) else "" for row in events]
    counts = Counter(keys)
    for row, key in zip(events, keys, strict=True):
        if isinstance(row, IncomingRecord) and key and counts[key] == 1:
            yield replace(row, record=replace(row.record, sources=(key,)))
        else:
            yield row


def _who_and_when(row: IncomingRecord) -> str:
    record = row.record
    names = sorted(person.name for person in row.people)
    if not isinstance(record, Interaction) or not names:
        return ""
    told = sha256(json.dumps([record.kind is InteractionKind.NOTE, names]).encode()).hexdigest()[:24]
    return f"friends:{record.date}:with:{told}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_event(said: str, *, note: bool) -> _Event:
    tags = tuple(dict.fromkeys(tag.removeprefix("@") for tag in _TAG.findall(said)))
    words = said.split(" ")
    while words and _TAG.fullmatch(words[-1]):
        words.pop()
    said = " ".join(words)
    people = tuple(dict.fromkeys(filter(None, map(clean_line, _BOLD.findall(said)))))
    places = tuple(dict.fromkeys(_PLACE.findall(said)))
    head = _SAID_AT_HEAD.fullmatch(said)
    if head is not None and (_KINDS[head[1]] is InteractionKind.NOTE) is note:
        people = tuple(dict.fromkeys(filter(None, map(clean_line, _BOLD.findall(head[2])))))
        return _Event(_KINDS[head[1]], people, _bare(head[3] or ""), tags, places)
    summary = _bare(said)
    return _Event(InteractionKind.NOTE if note else kind_told(summary), people, summary, tags, places)


def _bare(said: str) -> str:
    return _PLACE.sub(r"\1", _BOLD.sub(r"\1", said))


def friends_md(contacts: Iterable[Contact], interactions: Iterable[Interaction]) -> bytes:
    """Return the file, in the order in which the friends program keeps one. The same book gives the same bytes.

    Of two contacts with one name the second is numbered, for a name is all that such a file knows people by.
    """
    people = sorted(contacts, key=lambda each: (fold(each.name), each.name, each.uid))
    known = {contact.uid for contact in people}
    told = (each for each in interactions if clean_line(each.summary) or known.intersection(each.contacts))
    events = sorted(told, key=lambda each: each.uid)
    events.sort(key=lambda each: each.date, reverse=True)
    names = _names(people)
    notes = [each for each in events if each.kind is InteractionKind.NOTE]
    activities = [each for each in events if each.kind is not InteractionKind.NOTE]
    places = {_place_name(contact.city) for contact in people} | {name for each in events for name in _places(each)}
    sections = (
        (_ACTIVITIES, [_event_line(each, names) for each in activities]),
        (_NOTES, [_event_line(each, names) for each in notes]),
        (_FRIENDS, [_friend_line(each, names[each.uid]) for each in people]),
        (_LOCATIONS, sorted(places - {""})),
    )
    written = (
        "".join(f"{line}\n" for line in (f"### {head}:", *(f"- {one}" for one in rows))) for head, rows in sections
    )
    return "\n".join(written).encode("utf-8", "replace")


def _names(people: Sequence[Contact]) -> dict[str, str]:
    """Return by uid the name of everybody in the file, each another one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for contact in people:
        plain = _plain_name(contact.name) or _plain_name(contact.uid) or "Somebody"
        name = plain
        while name in taken:
            counts[plain] = counts.get(plain, 1) + 1
            name = f"{plain} {counts[plain]}"
        taken.add(name)
        names[contact.uid] = name
    return names


def _plain_name(text: str) -> str:
    return clean_line(_NO_NAME.sub(" ", clean(text))).removeprefix("-").strip()


def _place_name(text: str) -> str:
    return clean_line(re.sub(r"[\[\]_*]+", " ", clean(text)))


def _places(interaction: Interaction) -> list[str]:
    said = interaction.extra.get("locations")
    names = (_place_name(name) for name in said if isinstance(name, str)) if isinstance(said, list) else ()
    return [name for name in names if name]


def _tag_names(tags: Iterable[str]) -> list[str]:
    """Return tags as the friends program takes them: letters and digits, with hyphens between."""
    plain = (_NO_TAG.sub("-", clean_line(tag)).strip("-:") for tag in tags)
    return list(dict.fromkeys(filter(None, (re.sub(r"-+", "-", tag) for tag in plain))))


def _friend_line(contact: Contact, name: str) -> str:
    nicknames = filter(None, map(_plain_name, contact.nicknames))
    known_as = " ".join(f"a.k.a. {nickname}" for nickname in nicknames)
    city = _place_name(contact.city)
    parts = (name, f"({known_as})" if known_as else "", f"[{city}]" if city else "")
    return " ".join(filter(None, (*parts, *(f"@{tag}" for tag in _tag_names(contact.tags)))))


def _event_line(interaction: Interaction, names: Mapping[str, str]) -> str:
    """Return an event: its text with the names in it in bold, where that says it all; else the names before it."""
    people = tuple(names[uid] for uid in interaction.contacts if uid in names)
    text = clean_line(clean(interaction.summary).replace("**", "* *"))
    tags = [tag for tag in _tag_names(interaction.tags) if f"@{tag}" not in _TAG.findall(text)]
    note = interaction.kind is InteractionKind.NOTE
    within = _marked(text, people, "**")
    read = _read_event(within, note=note)
    if (read.kind, set(read.people), read.summary) != (interaction.kind, set(people), text) and (people or not note):
        told = f"{_WORDS[interaction.kind]} {_row([f'**{name}**' for name in people])}" if people else ""
        within = f"{told}: {text}" if told and text else f"{told}." if told else text
    placed = _marked(within, _places(interaction), "_")
    placed = placed if set(_read_event(placed, note=note).people) == set(people) else within
    return " ".join(filter(None, (f"{interaction.date.isoformat()}:", placed, *(f"@{tag}" for tag in tags))))


def _marked(text: str, names: Sequence[str], sign: str) -> str:
    """Return `text` with the names in it between signs; longer ones first."""
    if not names:
        return text
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(rf"(?<![\w*])({either})(?![\w*])", rf"{sign}\1{sign}", text)


def _row(things: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))
