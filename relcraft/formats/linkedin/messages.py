"""Messages: one row each, brought together by conversation and day.

Drafts, advertisements and what was put into the spam folder are skipped. People are added of those conversations alone
in which the user wrote; of the others who wrote, those whom the book knows.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from relcraft.domain.identity import link_key, name_key
from relcraft.domain.incoming import How, IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.linkedin.conversations import Message, Mine, known_names, who_i_am, with_links
from relcraft.formats.linkedin.days import read_moment
from relcraft.formats.linkedin.people import is_hidden, links, paired, person
from relcraft.formats.linkedin.sheets import Entry, Sheet
from relcraft.formats.linkedin.wording import first_words

_ASSISTANTS = re.compile(r"(?:guide|coach|role_play)_?messages", re.IGNORECASE)
_YES = frozenset({"yes", "true", "1"})
_ADVERTISEMENT = ("spinmail-quill-editor", "%FIRSTNAME%")
_LONGEST_ID = 100
_NOT_CERTAIN = (
    "is a message, and which of those in it you are is not certain: import the archive with its Profile.csv, "
    'or say it with --me "YOUR NAME" or with --me and the link of your profile'
)


def read_messages(sheet: Sheet, how: How) -> Iterator[Row]:
    """Yield each message; all of one conversation and day have one key and one summary."""
    if _ASSISTANTS.search(sheet.file_name):
        yield Skipped(sheet.file_name, "holds no people, only talks with LinkedIn's own assistants")
        return
    rows = [entry if isinstance(entry, Skipped) else _message(entry) for entry in sheet.entries()]
    messages = [row for row in rows if isinstance(row, Message)]
    known = known_names(messages)
    paired_up = [message.with_recipients(paired(message.to, message.to_links, known)) for message in messages]
    messages = with_links(paired_up)
    mine = who_i_am(messages, how.me)
    if mine is None:
        yield from (row if isinstance(row, Skipped) else Skipped(row.where, _NOT_CERTAIN) for row in rows)
        return
    read = iter(_Reading(messages, mine).rows())
    yield from (row if isinstance(row, Skipped) else next(read) for row in rows)


def _message(entry: Entry) -> Message | Skipped:
    """Return a message, or why it is none between people."""
    title = entry.cell("conversationtitle")
    sender, link = entry.cell("from"), entry.cell("senderprofileurl")
    content = entry.text("content")
    if entry.cell("ismessagedraft").lower() in _YES or entry.cell("isconversationdraft").lower() in _YES:
        return Skipped(entry.where, "is a draft: it was not sent")
    if title.lower().startswith("sponsored") or (not link and any(sign in content for sign in _ADVERTISEMENT)):
        return Skipped(entry.where, "is an advertisement: a sponsored message")
    if entry.cell("folder").upper() == "SPAM":
        return Skipped(entry.where, "is in the spam folder")
    said = entry.cell("date")
    moment = read_moment(said)
    if moment is None:
        return Skipped(
            entry.where, f'has no date that can be read: "{said[:40]}", 2026-02-08 16:02:04 UTC was expected'
        )
    return Message(
        where=entry.where,
        conversation=entry.cell("conversationid"),
        topic=first_words(title) or first_words(entry.text("subject")),
        sender=(sender, links(link)[0] if link else ""),
        to=entry.cell("to"),
        to_links=links(entry.cell("recipientprofileurls")),
        day=moment[0],
        time=moment[1],
        zone=moment[2],
        words=first_words(content),
        direction=entry.cell("direction").upper(),
    )


class _Reading:
    """The messages of one file, once it is known who the user is."""

    def __init__(self, messages: list[Message], mine: Mine) -> None:
        self._messages = messages
        self._mine = mine
        self._keys = [_key(message, mine) for message in messages]
        self._wrote: set[str] = set()
        """The conversations in which the user wrote."""
        self._about: dict[str, tuple[bool, str, str]] = {}
        """By key: whether there is no topic, the clock, and the topic or first words of the earliest."""
        for message, (conversation, key) in zip(messages, self._keys, strict=True):
            if mine.sent(message):
                self._wrote.add(conversation)
            told = (not message.topic, str(message.time or ""), message.topic or message.words)
            if told[2]:
                self._about[key] = min(self._about.get(key, told), told)
        self._people: dict[tuple[str, str], Contact] = {}

    def rows(self) -> Iterator[Row]:
        """Yield a row for each message."""
        for message, (conversation, key) in zip(self._messages, self._keys, strict=True):
            sent = self._mine.sent(message)
            people = tuple(self._person(*each) for each in self._mine.others(message))
            if not people:
                yield Skipped(message.where, "is with a hidden member: LinkedIn gives no name")
                continue
            record = Interaction(
                uid="",
                date=message.day,
                time=message.time,
                zone=message.zone,
                kind=InteractionKind.MESSAGE,
                initiator=Initiator.ME if sent else Initiator.THEM,
                summary=self._about.get(key, (True, "", ""))[2],
                sources=(key,),
            )
            yield IncomingRecord(record, people, message.where, adds_people=conversation in self._wrote)

    def _person(self, name: str, link: str) -> Contact:
        found = self._people.get((name, link))
        if found is None:
            found = self._people[name, link] = person(name, link)
        return found


def _key(message: Message, mine: Mine) -> tuple[str, str]:
    """Return the conversation, and the key of its messages of that day."""
    conversation = message.conversation
    if not conversation:
        others = sorted(link_key(link) or name_key(name) for name, link in mine.others(message) if not is_hidden(name))
        conversation = "with " + ", ".join(others)
    if len(conversation) > _LONGEST_ID:
        conversation = sha256(conversation.encode()).hexdigest()[:32]
    return conversation, f"linkedin:message:{conversation}:{message.day}"
