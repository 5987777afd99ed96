"""WhatsApp's chat exports, of Android and iOS: with whom the user was in touch, and on which days.

One record is one message, or one note of WhatsApp itself; those of a chat and a day are one interaction, whose summary
is how many they are: never what they say. A chat with one other is with them, also on days when one side alone wrote.
Of a group a day counts on which the user wrote and others, too: it is with those who did. In a group of up to three
others it need not be the user who wrote. Nobody is added of a chat in which the user never wrote, nor of a group of
more than eight.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from relcraft.domain.identity import name_key, phone_key
from relcraft.domain.incoming import USUAL, How, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.telling import tell_count, tell_list
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.decoding import decode_text
from relcraft.formats.whatsapp_lines import Line, days_come_first, is_chat, lines_of, notes_of_whatsapp

_MOST_ADDED = 8
"""Others in a group of whom none is added where they are more."""
_FEW = 3
"""Others whom a message still reaches one by one (`domain.warmth`)."""
_MOST_NAMED = 3
_HEAD_BYTES = 16 * 1024
_BEGIN = re.compile(rb"[^0-9\r\n]{0,12}(?:[0-9]{1,4}[-/.]|[\x80-\xff])")
"""What a chat begins with: a day, in any digits, after marks that nobody sees."""
_PHONE = re.compile(r"\+?[\d\s()./\u2011-]{7,24}")
_NOTE = "is a note of WhatsApp itself, not a message"
_NO_DAY = "has no day that can be read"
_DAY_OR_MONTH = (
    "has a day that can be read in two ways: --day-first, --month-first or date_order in the settings says which"
)
_ALONE = "is yours, on a day on which nobody else wrote in the group"
_UNHEARD = "was written in a group on a day on which you wrote nothing there"


class WhatsApp:
    """Reads one exported chat."""

    name = "whatsapp"
    title = "WhatsApp (exported chat)"

    def recognises(self, head: bytes) -> bool:
        """Whether the file begins with the line of a chat, and somebody wrote in it."""
        begin = head[:_HEAD_BYTES]
        if _BEGIN.match(begin) is None:
            return False
        return is_chat(re.split("\r\n|\n|\r", begin.decode("utf-8", "replace")))

    def expected_rows(self, data: bytes) -> int:
        """About how many messages there are: as many as lines."""
        return data.count(b"\n") + 1

    def likely_mine(self, data: bytes) -> Sequence[tuple[str, int]]:
        """Return the names in a chat, with how much each wrote: the user's is in all of their chats."""
        lines = list(lines_of(decode_text(data)))
        notes = notes_of_whatsapp(lines)
        return Counter(line.sender for line in lines if line.number not in notes).most_common(50)

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield a row for each message, in the order of the file; notes of WhatsApp are skipped."""
        lines = list(lines_of(decode_text(data)))
        if not lines:
            yield Skipped(file_name, "holds no message: lines such as 30/12/2023, 14:30 - Ada: Hello were expected")
            return
        yield from _Chat(lines, file_name, how).rows()


@dataclass(frozen=True, slots=True)
class _Message:
    """A message on a day; `sender` is empty for the user."""

    line: Line
    day: date
    sender: str


class _Chat:
    """One chat: who is in it, and what each of its days was."""

    def __init__(self, lines: list[Line], file_name: str, how: How) -> None:
        self._lines = lines
        self._file_name = file_name
        self._notes = notes_of_whatsapp(lines)
        self._day_first = days_come_first(lines, told=how.day_first)
        senders = dict.fromkeys(line.sender for line in lines if line.number not in self._notes)
        mine = {sender for sender in senders if _is_me(sender, how.me)}
        self._others = [sender for sender in senders if sender not in mine]
        self._wrote = bool(mine)
        self._unknown_me = bool(senders) and not mine and not (_is_told(how.me) and len(senders) == 1)
        self._days: dict[date, list[_Message]] = {}
        self._messages: dict[int, _Message] = {}
        for line in lines:
            day = line.day.read(day_first=self._day_first)
            if line.number not in self._notes and day is not None:
                message = _Message(line, day, "" if line.sender in mine else line.sender)
                self._messages[line.number] = message
                self._days.setdefault(day, []).append(message)
        self._told = {day: self._of_day(day, messages) for day, messages in self._days.items()}

    def rows(self) -> Iterator[Row]:
        """Yield a row for each line that begins a record."""
        who = tell_list(self._others, most=_MOST_NAMED) if self._others else "nobody"
        unknown = f"is in a chat of {who}, of whom none is you as far as is known: --me says your name in it"
        for line in self._lines:
            where = f"{self._file_name}, line {line.number}"
            message = self._messages.get(line.number)
            if line.number in self._notes:
                yield Skipped(where, _NOTE)
            elif self._unknown_me:
                yield Skipped(where, unknown)
            elif message is None:
                yield Skipped(where, _NO_DAY if line.day.is_plain or self._day_first is not None else _DAY_OR_MONTH)
            else:
                yield self._row(message, where)

    def _row(self, message: _Message, where: str) -> Row:
        told = self._told[message.day]
        if isinstance(told, str):
            return Skipped(where, told)
        key, people = told
        interaction = Interaction(
            uid="",
            date=message.day,
            time=message.line.at,
            kind=InteractionKind.MESSAGE,
            initiator=Initiator.THEM if message.sender else Initiator.ME,
            summary=tell_count(len(self._days[message.day]), "message"),
            sources=(key,),
        )
        adds = self._wrote and len(self._others) <= _MOST_ADDED
        return IncomingRecord(interaction, people, where, adds_people=adds)

    def _of_day(self, day: date, messages: list[_Message]) -> tuple[str, tuple[Contact, ...]] | str:
        """Return the key of a day and whom it is with, or why it is with nobody.

        In a group the first message of a day tells the day from those of other groups: it is the same in every later
        export, also where somebody came to the group or left it.
        """
        writers = list(dict.fromkeys(message.sender for message in messages if message.sender))
        if len(self._others) < 2:
            (key, people) = (_key(self._others[0]), self._others) if self._others else ("", [])
        else:
            if not writers:
                return _ALONE
            if len(self._others) > _FEW and all(message.sender for message in messages):
                return _UNHEARD
            first = messages[0]
            key, people = f"{first.line.at}|{_key(first.sender)}|{clean_line(first.line.text[:40])}", writers
        if not people:
            return "is yours, in a chat in which nobody else wrote"
        digest = sha256(key.encode("utf-8", "replace")).hexdigest()[:24]
        return f"whatsapp:{digest}:{day.isoformat()}", tuple(map(_contact, people))


def _is_told(me: Myself) -> bool:
    return bool(me.names or me.phones)


def _is_me(sender: str, me: Myself) -> bool:
    named = name_key(sender)
    if named and any(name_key(name) == named for name in me.names):
        return True
    number = phone_key(sender) if _PHONE.fullmatch(sender) else ""
    return bool(number) and any(phone_key(phone) == number for phone in me.phones)


def _key(name: str) -> str:
    """Return a sender for comparing: a number by its digits, a name of signs alone as it is."""
    return (phone_key(name) if _PHONE.fullmatch(name) else "") or name_key(name) or fold(name)


def _contact(sender: str) -> Contact:
    """Return somebody in a chat, as the phone calls them: by their name in its contacts, or by their number."""
    number = sender if _PHONE.fullmatch(sender) and phone_key(sender) else ""
    return Contact(
        uid="", name="" if number else sender, phones=(number,) if number else (), sources=(f"whatsapp:{_key(sender)}",)
    )
