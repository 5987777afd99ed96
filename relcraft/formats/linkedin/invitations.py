"""Invitations to connect: one with words in it is a message of that day, in its direction."""

from collections import Counter
from collections.abc import Iterator

from relcraft.domain.identity import link_key, name_key
from relcraft.domain.incoming import How, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Interaction
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.linkedin.days import read_moment
from relcraft.formats.linkedin.people import is_hidden, person, somebody_in, whole_link
from relcraft.formats.linkedin.sheets import Entry, Sheet
from relcraft.formats.linkedin.wording import first_words

_BY_ME = frozenset({"OUTGOING", "SENT"})
_TO_ME = frozenset({"INCOMING", "RECEIVED"})


def read_invitations(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each invitation: those that I wrote add whom I wrote to, those of others add nobody."""
    for entry in sheet.entries():
        yield entry if isinstance(entry, Skipped) else _invitation(entry)


def myself_by_invitations(sheet: Sheet) -> Myself:
    """Return who sent the outgoing ones and got the incoming ones, if that is one and the same throughout."""
    names: Counter[str] = Counter()
    links: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for entry in sheet.entries():
        mine = _side(entry) if isinstance(entry, Entry) else None
        if mine is None or isinstance(entry, Skipped):
            continue
        by_me = mine is Initiator.ME
        name = entry.cell("from" if by_me else "to")
        link = whole_link(entry.cell("inviterprofileurl" if by_me else "inviteeprofileurl"))
        for key, value, counted in ((name_key(name), name, names), (link_key(link), link, links)):
            if key:
                counted[key] += 1
                shown[key] = value
    return Myself(names=_one(names, shown), urls=_one(links, shown))


def _one(counted: Counter[str], shown: dict[str, str]) -> tuple[str, ...]:
    return (shown[next(iter(counted))],) if len(counted) == 1 else ()


def _side(entry: Entry) -> Initiator | None:
    direction = entry.cell("direction").upper()
    return Initiator.ME if direction in _BY_ME else Initiator.THEM if direction in _TO_ME else None


def _invitation(entry: Entry) -> Row:
    side = _side(entry)
    if side is None:
        return Skipped(entry.where, "is an invitation without a direction: OUTGOING or INCOMING was expected")
    by_me = side is Initiator.ME
    name = entry.cell("to" if by_me else "from")
    if is_hidden(name):
        return Skipped(entry.where, "is an invitation with a hidden member: LinkedIn gives no name")
    words = first_words(entry.text("message"))
    if not words:
        return Skipped(entry.where, "is an invitation without a message: to be connected is no contact yet")
    moment = read_moment(entry.cell("sentat"))
    if moment is None:
        return Skipped(entry.where, "is an invitation without a date that can be read: 2/8/26, 2:37 PM was expected")
    record = Interaction(
        uid="",
        date=moment[0],
        time=moment[1],
        zone=moment[2],
        kind=InteractionKind.MESSAGE,
        initiator=side,
        summary=words,
        sources=(f"linkedin:invitation:{side}:{somebody_in(name)}:{moment[0]}",),
    )
    whom = person(name, entry.cell("inviteeprofileurl" if by_me else "inviterprofileurl"))
    return IncomingRecord(record, (whom,), entry.where, adds_people=by_me)
