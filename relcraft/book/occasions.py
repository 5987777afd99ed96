"""Moves that are bound to a day: birthdays, and what the user has promised."""

from collections.abc import Iterator

from relcraft.book.holding import in_peace
from relcraft.book.open import Book
from relcraft.book.promises import has_come
from relcraft.domain.dates import tell_short, tell_when
from relcraft.domain.fitting import cut
from relcraft.domain.moves import Act, Choice, Move, MoveKind
from relcraft.domain.records import Contact, Date, FollowUp
from relcraft.domain.steps import next_birthday
from relcraft.domain.text import clean_line
from relcraft.domain.warmth import WarmthReading
from relcraft.domain.words import Circle

NEARNESS = {Circle.INNER: 5, Circle.CLOSE: 4, Circle.ACTIVE: 3, Circle.WIDER: 2, Circle.DISTANT: 1}
"""What a circle weighs where moves of one kind are put in order; no circle weighs nothing."""
_MOST_COLUMNS = 48


def person(book: Book, uid: str | None) -> Contact | None:
    """Return the contact, archived or not; None where there is none."""
    found = None if uid is None else book.get("contacts", uid)
    return found if isinstance(found, Contact) else None


def seen_told(reading: WarmthReading, today: Date) -> str:
    """Return when somebody was last heard of, for a reason: "last in touch in March"; empty where no date is known."""
    if reading.last is None:
        return ""
    when = tell_when(reading.last.on, today)
    return f"last in touch {when}" if reading.last.answered else f"you wrote {when}"


def birthdays(book: Book) -> Iterator[Move]:
    """Yield a move for each contact, not in peace, whose birthday is today; the nearest circle first."""
    today = book.today
    for contact in book.contacts():
        if contact.birthday is None or next_birthday(contact.birthday, today) != today or in_peace(book, contact):
            continue
        yield Move(
            kind=MoveKind.BIRTHDAY,
            key=f"birthday:{contact.uid}:{today.year}",
            title=f"Good wishes to {contact.name}",
            reason=" · ".join(
                filter(None, ("a birthday today", seen_told(book.warmth(contact.uid), today), "one line is plenty"))
            ),
            contact=contact.uid,
            record=contact.uid,
            rank=(-NEARNESS[contact.circle] if contact.circle is not None else 0.0,),
            choices=(Choice(Act.WISHED, "I sent good wishes"), Choice(Act.CALLED, "we spoke")),
        )


def promised(book: Book) -> Iterator[Move]:
    """Yield a move for each follow-up whose day has come: those of today, and earlier ones, the latest first."""
    now = book.today.isoformat()
    for uid, (day, done) in book.columns(FollowUp, date=str, done_on=str):
        if done is None and (day is None or day <= now):
            promise = book.follow_up(uid)
            if has_come(book, promise):
                yield _promise(book, promise)


def _promise(book: Book, promise: FollowUp) -> Move:
    snooze = book.snooze_of(promise.uid)
    put_off = snooze is not None and snooze.until == book.today
    is_today = put_off or promise.date == book.today
    contact = person(book, promise.contact)
    return Move(
        kind=MoveKind.PROMISED_TODAY if is_today else MoveKind.PROMISE,
        key=f"promise:{promise.uid}",
        title=_title(promise, contact),
        reason=_promised_told(promise, book.today, put_off=put_off),
        contact=None if contact is None else contact.uid,
        record=promise.uid,
        rank=(-promise.date.toordinal(),),
        choices=(Choice(Act.DONE, "done"),),
    )


def _title(promise: FollowUp, contact: Contact | None) -> str:
    text = cut(clean_line(promise.text).rstrip("."), _MOST_COLUMNS)
    if contact is None:
        return f"{text[:1].upper()}{text[1:]}" if text else "Something that you promised"
    return f"{text[:1].upper()}{text[1:]} · {contact.name}" if text else f"A word with {contact.name}"


def _promised_told(promise: FollowUp, today: Date, *, put_off: bool) -> str:
    if promise.date == today:
        return "you promised it for today"
    day = tell_short(promise.date, today)
    return f"you promised it for {day}, and put it off to today" if put_off else f"you promised it for {day}"
