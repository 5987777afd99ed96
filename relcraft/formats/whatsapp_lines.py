"""The lines of a WhatsApp chat: when each was written and by whom, in the shapes of phones and languages.

A record begins with a day and a time: `30/12/2023, 14:30 - Ada: Hello` as Android writes it, `[30.12.23, 14:30:05] Ada:
Hello` as iOS does, and without brackets before a colon as old phones did. Lines that begin otherwise go on with the
record before. What has no name is a note of WhatsApp itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from relcraft.domain.text import clean_line

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u061c\u2066\u2067\u2068\u2069\ufeff"))
_STAMP = re.compile(
    r"(?P<open>\[?)(?P<a>\d{1,4})(?P<sep>[-/.])(?P<gap> ?)(?P<b>\d{1,2})(?P=sep) ?(?P<c>\d{1,4})\.?"
    r"(?:,\s{0,2}|\s{1,3})(?:(?P<before>[^\W\d_]{1,8})\.?\s{0,2})?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\s{0,2}(?P<after>d[ae] [^\W\d_]{4,9}|[^\W\d_]{1,2}\.?(?:\s?[^\W\d_]\.?)?))?"
    r"(?P<close>\]\s?|\s?[-–]\s|:\s)"
)
_SENDER = re.compile(r"([^:]{1,80}):(?:\s|$)")
_QUOTED = re.compile(r"[\"“”„«»]")
_LOGGED = frozenset({"info", "debug", "warning", "warn", "error", "critical", "fatal", "trace", "notice"})
_AM = frozenset({"am", "πμ", "öö", "ص", "오전", "上午", "午前", "凌晨", "早上", "da manhã", "da madrugada"})
_PM = frozenset({"pm", "μμ", "ös", "م", "오후", "下午", "午後", "中午", "晚上", "da tarde", "da noite"})
_ENCRYPTED = re.compile(
    r"end-to-end|ende-zu-ende|extremo a extremo|ponta a ponta|bout en bout|eind-tot-eind|端到端|端對端|сквозн",
    re.IGNORECASE,
)
_SAYS_ENCRYPTED = re.compile(r"Messages (?:and calls|you send|to this) [^.]{0,80}(?:end-to-end|secured)")
_BUDDHIST_YEARS = 543


@dataclass(frozen=True, slots=True)
class Day:
    """A day as its numbers stand in the file."""

    first: int
    second: int
    year: int
    year_first: bool = False
    dots: bool = False
    """Whether dots stand between the numbers: then the day comes first, wherever that is written."""

    def read(self, *, day_first: bool | None) -> date | None:
        """Return the day; None where it is none, or where `day_first` would have to be known."""
        month, day = (self.first, self.second) if self.year_first or self.second > 12 else (self.second, self.first)
        if not self.is_plain and not day_first:
            if day_first is None:
                return None
            month, day = day, month
        try:
            return date(self.year, month, day)
        except ValueError:
            return None

    @property
    def is_plain(self) -> bool:
        """Whether there is one way to read it."""
        return self.year_first or self.first > 12 or self.second > 12 or self.first == self.second


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a chat."""

    number: int
    day: Day
    at: time | None
    sender: str
    """Empty: a note of WhatsApp itself."""
    text: str
    marked: bool
    """Whether a hidden mark stands before the text: what iOS writes before what nobody typed."""


def lines_of(text: str) -> Iterator[Line]:
    """Yield the records of a chat, with the lines on which they begin."""
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        read = read_line(line, number)
        if read is not None:
            yield read


def read_line(line: str, number: int = 1) -> Line | None:
    """Return the record that begins on a line; None where none does."""
    plain = line if line.isascii() else line.translate(_MARKS)
    match = _STAMP.match(plain)
    if match is None or bool(match["open"]) != match["close"].startswith("]"):
        return None
    day = _day(match)
    if day is None:
        return None
    rest = plain[match.end() :]
    named = _SENDER.match(rest)
    sender = clean_line(named[1]).lstrip("~ ") if named and not _QUOTED.search(named[1]) else ""
    text = rest[named.end() :] if named and sender else rest
    return Line(number, day, _time(match), sender, text, marked=": \u200e" in line)


def is_chat(lines: Iterable[str]) -> bool:
    """Whether the first line that is not empty begins a record of a chat, and one of the lines has a sender."""
    full = [line for line in lines if line.strip()]
    if not full or read_line(full[0]) is None:
        return False
    match = _STAMP.match(full[0].translate(_MARKS))
    if match is None or (match["second"] and not match["open"] and match["sep"] != "/"):
        return False  # Android writes no seconds, programs that keep a log do
    read = (read_line(line) for line in full[:40])
    senders = {line.sender.lower() for line in read if line is not None and line.sender}
    return bool(senders) and not senders & _LOGGED


def notes_of_whatsapp(lines: list[Line]) -> set[int]:
    """Return the numbers of the lines that nobody wrote, though iOS puts a name before some of them.

    There a note that everything is encrypted stands under the name of the other one, or of the group: a sender of whom
    there is nothing but such notes, beside two others, is the group.
    """
    found = {line.number for line in lines if not line.sender or _is_note(line)}
    written: dict[str, bool] = {}
    telling: set[str] = set()
    for line in lines:
        if line.sender:
            written[line.sender] = written.get(line.sender, False) or not line.marked
            if line.marked and _ENCRYPTED.search(line.text[:300]):
                telling.add(line.sender)
    groups = {sender for sender in telling if not written[sender]} if len(written) > 2 else set()
    return found | {line.number for line in lines if line.sender in groups}


def days_come_first(lines: list[Line], *, told: bool | None) -> bool | None:
    """Return whether 3/4/2026 is in April; None where neither the file nor the user says so.

    What is certain counts first: a number above 12. Then what the user said; then dots; then the one reading in which
    no line is earlier than the line before.
    """
    days = list(dict.fromkeys(line.day for line in lines if not line.day.year_first))
    first, second = any(day.first > 12 for day in days), any(day.second > 12 for day in days)
    if first != second:
        return first
    if told is not None:
        return told
    if any(day.dots for day in days):
        return True
    rising = [_rises(days, day_first=way) for way in (True, False)]
    return rising[0] if rising[0] != rising[1] else None


def _rises(days: list[Day], *, day_first: bool) -> bool:
    read = [each for each in (day.read(day_first=day_first) for day in days) if each is not None]
    return all(one <= other for one, other in pairwise(read))


def _is_note(line: Line) -> bool:
    if line.marked and (line.text.startswith((f"{line.sender} ", "You ")) or _ENCRYPTED.search(line.text[:300])):
        return True
    return _SAYS_ENCRYPTED.match(line.text) is not None


def _day(match: re.Match[str]) -> Day | None:
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    spaced = match["sep"] == "." and match["gap"] == " "
    if len(match["a"]) == 4 or (spaced and len(match["c"]) < 4):  # "21. 1. 5.": Korean, Hungarian
        return Day(b, c, _year(a), year_first=True)
    if len(match["a"]) > 2 or len(match["c"]) not in (2, 4):
        return None
    return Day(a, b, _year(c), dots=match["sep"] == ".")


def _year(year: int) -> int:
    if year < 100:
        return 2000 + year
    return year - _BUDDHIST_YEARS if year > 2400 else year


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    words = {re.sub(r"[.\s]+", "", word).lower() for word in (match["before"] or "", match["after"] or "")}
    words |= {(match["after"] or "").lower()}
    if hour <= 12:
        if words & _PM:
            hour = hour % 12 + 12
        elif words & _AM:
            hour %= 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
