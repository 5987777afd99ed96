"""What a Monica export tells of a contact, each as a row: notes, calls, conversations, gifts, reminders and others."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from relcraft.domain.incoming import IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction
from relcraft.domain.words import Direction, ExchangeKind, Initiator, InteractionKind
from relcraft.formats.kinds import kind_told
from relcraft.formats.monica.people import as_named, same_day
from relcraft.formats.monica.tree import Node

_MOST_REPEATS = 1200
"""A reminder that comes every so many weeks, months or years; beyond that it comes once."""
_ONE_TIME = ("one_time", "once", "")
_KIND_OF_TYPE = {
    **dict.fromkeys(("watched_movie_at_home", "talked_at_home"), InteractionKind.VISIT),
    **dict.fromkeys(("ate_at_his_place", "ate_at_her_place", "ate_at_home"), InteractionKind.DINNER),
    **dict.fromkeys(("ate_restaurant",), InteractionKind.DINNER),
    "went_bar": InteractionKind.DRINKS,
    "picnicked": InteractionKind.LUNCH,
    **dict.fromkeys(("went_theater", "went_concert", "went_play", "went_museum"), InteractionKind.EVENT),
    "did_sport_activities_together": InteractionKind.EVENT,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One record of the file, with all that it takes to read it."""

    node: Node
    key: str
    where: str
    contact: Contact
    types: Mapping[str, Node]
    """Of the instance: kinds of life events and the like, by uuid."""
    exported_on: date | None

    def row(self, record: Interaction | Exchange | FollowUp, *notes: str) -> Row:
        """Return the row of a record about the contact."""
        return IncomingRecord(record, (as_named(self.contact),), self.where, notes)

    def undated(self) -> Row:
        """Return the row of a record whose day cannot be read."""
        return Skipped(self.where, "has no day that can be read: one such as 2021-03-04 was expected")


def _note(told: Told) -> Row:
    body, day = told.node.text("body"), told.node.day("created_at", "updated_at")
    if not body:
        return Skipped(told.where, "is an empty note")
    return told.undated() if day is None else told.row(_noted(told, day, body))


def _noted(told: Told, day: date, summary: str) -> Interaction:
    return Interaction(uid="", date=day, kind=InteractionKind.NOTE, summary=summary, sources=(told.key,))


def _call(told: Told) -> Row:
    day = told.node.day("called_at", "created_at")
    if day is None:
        return told.undated()
    felt = ", ".join(filter(None, (emotion.line("name") for emotion in told.node.nodes("emotions"))))
    summary = "\n".join(filter(None, (told.node.text("content"), felt and f"Felt: {felt}")))
    by = Initiator.THEM if told.node.flag("contact_called") else Initiator.ME
    call = Interaction(uid="", date=day, kind=InteractionKind.CALL, initiator=by, summary=summary, sources=(told.key,))
    return told.row(call)


def _conversation(told: Told) -> Row:
    day = told.node.day("happened_at", "created_at")
    if day is None:
        return told.undated()
    messages = [message for message in told.node.nodes("messages") if message.text("content")]
    mine = {message.flag("written_by_me") for message in messages}
    by = Initiator.BOTH if len(mine) != 1 else Initiator.ME if True in mine else Initiator.THEM
    them = told.contact.name
    lines = (f"{'Me' if each.flag('written_by_me') else them}: {each.text('content')}" for each in messages)
    return told.row(
        Interaction(
            uid="",
            date=day,
            kind=InteractionKind.MESSAGE,
            initiator=by,
            summary="\n".join(lines),
            sources=(told.key,),
        )
    )


def _life_event(told: Told) -> Row:
    day = told.node.day("happened_at", "created_at")
    kind = told.types.get(told.node.line("type"), Node({}))
    what = told.node.line("name") or kind.line("name") or kind.line("default_life_event_type_key").replace("_", " ")
    said = ": ".join(filter(None, (what, told.node.text("note"))))
    if not said:
        return Skipped(told.where, "is a life event without a word")
    return told.undated() if day is None else told.row(_noted(told, day, said))


def _gift(told: Told) -> Row:
    node, day = told.node, told.node.day("date", "created_at")
    if day is None:
        return told.undated()
    amount = node.line("amount")
    recipient = told.types.get(node.line("recipient"))
    whom = "" if recipient is None else f"for {recipient.line('first_name')}"
    what = " ".join(filter(None, (node.line("name"), whom, f"({amount})" if amount else "")))
    text = ": ".join(filter(None, (what, node.text("comment"))))
    text = " ".join(filter(None, (text, node.line("url"))))
    direction = {"offered": Direction.GIVEN, "received": Direction.RECEIVED}.get(node.line("status"))
    if direction is None:
        return told.row(_noted(told, day, f"Gift idea: {text}"))
    return told.row(
        Exchange(
            uid="",
            date=day,
            direction=direction,
            kind=ExchangeKind.GIFT,
            contact="",
            text=text,
            sources=(told.key,),
        )
    )


def _task(told: Told) -> Row:
    day = told.node.day("created_at", "updated_at")
    if day is None:
        return told.undated()
    completed = told.node.flag("completed")
    done = (told.node.day("completed_at", "updated_at") or day) if completed else None
    return told.row(FollowUp(uid="", date=day, text=_titled(told.node), done_on=done, sources=(told.key,)))


def _reminder(told: Told) -> Row:
    node, first = told.node, told.node.day("initial_date", "created_at")
    if first is None:
        return told.undated()
    repeats = node.line("frequency_type")
    if repeats == "year" and same_day(told.contact.birthday, first):
        return Skipped(told.where, "repeats the birthday every year, which the contact has")
    today = told.exported_on
    if repeats in _ONE_TIME or node.flag("inactive") or today is None:
        passed = node.flag("inactive") or (today is not None and first < today)
        done = first if passed else None
        return told.row(FollowUp(uid="", date=first, text=_titled(node), done_on=done, sources=(told.key,)))
    day = next_day(first, repeats, node.get("frequency_number"), today)
    return told.row(
        FollowUp(uid="", date=day, text=_titled(node), sources=(told.key,)),
        f"It comes every {repeats} in Monica; here it is there for {day}",
    )


def _titled(node: Node) -> str:
    return ": ".join(filter(None, (node.line("title"), node.text("description"))))


def next_day(first: date, repeats: str, number: object, today: date) -> date:
    """Return the first day from `today` on of what began on `first` and comes every so many weeks, months or years."""
    if first >= today or repeats not in ("week", "month", "year"):
        return first
    count = number if type(number) is int and 0 < number <= _MOST_REPEATS else 1
    if repeats == "week":
        return first + timedelta(weeks=count * -(-(today - first).days // (7 * count)))
    step = count * (12 if repeats == "year" else 1)
    passed = (today.year - first.year) * 12 + today.month - first.month
    rounds = passed // step
    return next(day for day in (_months_on(first, step * times) for times in (rounds, rounds + 1)) if day >= today)


def _months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def activity_of(node: Node, key: str, types: Mapping[str, Node]) -> Interaction | None:
    """Return an activity, its people left open; None where its day cannot be read."""
    day = node.day("happened_at", "created_at")
    if day is None:
        return None
    kind = types.get(node.line("type"), Node({}))
    summary = "\n".join(filter(None, (node.text("summary"), node.text("description"))))
    usual = _KIND_OF_TYPE.get(kind.line("translation_key"), InteractionKind.MEETING)
    return Interaction(
        uid="",
        date=day,
        kind=kind_told(node.line("summary"), usual),
        summary=summary or kind.line("name"),
        sources=(key,),
    )


DEEDS: Mapping[str, Callable[[Told], Row]] = {
    "note": _note,
    "call": _call,
    "conversation": _conversation,
    "life_event": _life_event,
    "gift": _gift,
    "task": _task,
    "reminder": _reminder,
}
"""How each kind of record that hangs on a contact is read."""
