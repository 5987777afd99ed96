"""One message as a row of an import: an interaction with whom the user wrote to, or with who wrote to the user."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from relcraft.domain.identity import email_key
from relcraft.domain.incoming import IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.mail.closeness import MOST_PEOPLE, MOST_WRITTEN_TO, UNANSWERABLE, answers_nobody, why_not
from relcraft.formats.mail.headers import Head, Somebody

_MOST_SUBJECT = 200
_AGAIN = re.compile(
    r"(?:(?:re|r|fwd?|fw|aw|wg|antw|sv|vs|vb|tr|rif|rv|enc|odp|pd|ynt|ilt)(?:\[\d{1,3}\])?\s?:\s*)+", re.IGNORECASE
)
_NO_HEADERS = "has no header that says who wrote it: From was expected"
_NO_DATE = "has no date that can be read"
_UNKNOWN_ME = "cannot be placed before it is known which addresses are your own: --me says so"
_NOT_MINE = "is neither from one of your addresses nor to one: a blind copy, a list, or an address of yours is missing"
_TO_NOBODY = "is from you, to nobody but yourself, a list or a program"
_BROADCAST = f"has more than {MOST_PEOPLE} recipients: a broadcast is no sign of closeness"
_SHARED = f"was written to you and more than {MOST_WRITTEN_TO - 1} others: a broadcast is no sign of closeness"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the head of one message says, before it is known who the user is."""

    where: str
    why: str = ""
    """Why it gives nothing, whoever the user is."""
    sender: Somebody | None = None
    recipients: tuple[Somebody, ...] = ()
    hidden: tuple[Somebody, ...] = ()
    """Who got a blind copy: only in what the user sent."""
    written: datetime | None = None
    subject: str = ""


class Mine:
    """The user's own addresses: what stands after a + in one is the same mailbox."""

    def __init__(self, me: Myself) -> None:
        self._keys = frozenset(map(email_key, me.emails))

    def __bool__(self) -> bool:
        return bool(self._keys)

    def __contains__(self, somebody: Somebody) -> bool:
        key = somebody.key
        return key in self._keys or ("+" in key and _without_tag(key) in self._keys)


def _without_tag(key: str) -> str:
    local, _, host = key.rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def letter_of(head: Head, where: str) -> Letter:
    """Return what a message says; `why` says that nobody's closeness follows from it."""
    why = why_not(head)
    if why:
        return Letter(where, why)
    senders = head.people("from")
    if not senders:
        return Letter(where, _NO_HEADERS)
    if answers_nobody(senders[0].address):
        return Letter(where, UNANSWERABLE)
    written = head.written()
    if written is None:
        return Letter(where, _NO_DATE)
    subject = _AGAIN.sub("", head.subject()[: 2 * _MOST_SUBJECT], count=1)
    return Letter(
        where, "", senders[0], head.people("to", "cc"), head.people("bcc"), written, subject[:_MOST_SUBJECT].strip()
    )


def is_from_me(letter: Letter, mine: Mine) -> bool:
    """Whether the user wrote it."""
    return letter.sender is not None and letter.sender in mine


def row_of(letter: Letter, mine: Mine, names: Mapping[str, str]) -> Row:
    """Return the row of a message. `names` are those that other messages of the file give to addresses.

    What the user wrote is with all of its recipients, and adds them. What somebody else wrote to the user is with its
    sender alone: it says nothing of those who got it, too.
    """
    if letter.sender is None or letter.written is None:
        return Skipped(letter.where, letter.why or _NO_HEADERS)
    sent = letter.sender in mine
    others = _others((letter.sender, *letter.recipients, *(letter.hidden if sent else ())), mine)
    why = _why_not(letter, mine, len(others), sent=sent)
    if why:
        return Skipped(letter.where, why)
    day = letter.written.date()
    keys = sorted(others)
    interaction = Interaction(
        uid="",
        date=day,
        time=letter.written.time() if sent else None,
        kind=InteractionKind.EMAIL,
        initiator=Initiator.ME if sent else Initiator.THEM,
        summary=letter.subject,
        sources=(f"mail:{day.isoformat()}:{sha256(chr(10).join(keys).encode()).hexdigest()[:24]}",),
    )
    who = others.values() if sent else (letter.sender,)
    return IncomingRecord(interaction, tuple(_contact(each, names) for each in who), letter.where, adds_people=sent)


def _why_not(letter: Letter, mine: Mine, others: int, *, sent: bool) -> str:
    """Return why a message that a person wrote is nothing between the user and somebody; empty where it is."""
    if not mine:
        return _UNKNOWN_ME
    if not sent and not any(each in mine for each in letter.recipients):
        return _NOT_MINE
    if others > MOST_PEOPLE:
        return _BROADCAST
    if not sent and others > MOST_WRITTEN_TO:
        return _SHARED
    return "" if others else _TO_NOBODY


def _others(people: Iterable[Somebody], mine: Mine) -> dict[str, Somebody]:
    """Return everybody but the user and what is nobody, by their addresses for comparing."""
    return {each.key: each for each in people if each not in mine and not answers_nobody(each.address)}


def _contact(somebody: Somebody, names: Mapping[str, str]) -> Contact:
    name = somebody.name or names.get(somebody.key) or somebody.address
    return Contact(uid="", name=name, emails=(somebody.address,), sources=(f"mail:{somebody.key}",))


def names_in(letters: Iterable[Letter]) -> dict[str, str]:
    """Return the name that each address has most often, where it has one."""
    counted: dict[str, Counter[str]] = {}
    for letter in letters:
        for each in (letter.sender, *letter.recipients):
            if each is not None and each.name:
                counted.setdefault(each.key, Counter())[each.name] += 1
    return {key: names.most_common(1)[0][0] for key, names in counted.items()}


class Addresses:
    """Counts the addresses that may be the user's: in how many messages each stands."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def take(self, head: Head) -> None:
        """Count what one message says: whose mailbox it came to; of what people wrote, also from whom and to whom."""
        names = ["delivered-to", "x-original-to", "x-delivered-to", "envelope-to"]
        if not why_not(head):
            names += ["from", "to", "cc"]
        self._counts.update(each.key for each in head.people(*names) if not answers_nobody(each.address))

    def likeliest(self, most: int = 50) -> list[tuple[str, int]]:
        """Return the addresses that stand in most messages."""
        return self._counts.most_common(most)
