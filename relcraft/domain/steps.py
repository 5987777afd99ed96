"""The next small step with a contact: one kind, true line."""

from collections.abc import Iterable
from datetime import timedelta

from relcraft.domain.balance import Balance, Standing
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.records import Birthday, Contact, Date, Exchange, FollowUp
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.warmth import Warmth, WarmthReading
from relcraft.domain.words import ExchangeKind

NOTHING_WAITS = "Nothing is waiting here."
_BIRTHDAY_AHEAD = timedelta(days=7)
_VALUED = "people value it more than one expects (Liu et al. 2023)"
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "the"})


def next_step(
    contact: Contact, reading: WarmthReading, balance: Balance, open_follow_ups: Iterable[FollowUp], today: Date
) -> str:
    """Return the next small step with `contact`, or that nothing is waiting.

    In this order: what was promised for today or before, leaving in peace, a birthday within a week, thanks, a first
    contact, a dormant one, a due one, a good moment to give, what they look for, what is promised for later.
    """
    name = first_name(contact)
    promised = sorted((each for each in open_follow_ups if each.done_on is None), key=lambda each: each.date)
    steps = (
        _promised(promised, today),
        _peace(contact),
        _birthday(contact.birthday, name, today),
        _thanks(balance.to_thank, name),
        _begin(contact, reading, name),
        _keep_in_touch(contact, reading, name),
        _give(contact, balance, name),
        _promised_later(promised),
        _snoozed(reading),
        _choose_circle(contact, name),
    )
    return next(filter(None, steps), NOTHING_WAITS)


def first_name(contact: Contact) -> str:
    """Return what to call a contact in a sentence: the first word of the name, where that is surely a first name."""
    words = clean_line(contact.name).split(" ")
    first = words[0]
    told_apart = "," not in contact.name and first.isalpha() and len(first) > 1
    return first if told_apart and first.casefold() not in _TITLES else " ".join(words) or "this person"


def _promised(promised: list[FollowUp], today: Date) -> str:
    ready = [each for each in promised if each.date <= today]
    if not ready:
        return ""
    first = ready[0]
    when = "today" if first.date == today else tell_day_fully(first.date)
    what = _what(first)
    more = f" ({len(ready) - 1} more after it)" if len(ready) > 1 else ""
    return f"Promised for {when}: {what}{more}."


def _what(promise: FollowUp) -> str:
    return clean_line(promise.text).rstrip(".") or "a word"


def _peace(contact: Contact) -> str:
    if contact.do_not_disturb:
        return "Left in peace, as you wished."
    return "Archived: kept, and in peace." if contact.archived else ""


def _birthday(birthday: Birthday | None, name: str, today: Date) -> str:
    if birthday is None:
        return ""
    ahead = next_birthday(birthday, today) - today
    if not timedelta(0) <= ahead <= _BIRTHDAY_AHEAD:
        return ""
    if not ahead:
        return f"It is the birthday of {name} today: one line of good wishes."
    day = "tomorrow" if ahead.days == 1 else f"on {tell_day_fully(today + ahead)}"
    return f"The birthday of {name} is {day}: good wishes, in time."


def next_birthday(birthday: Birthday, today: Date) -> Date:
    """Return the next one, today included; a 29 February is kept on the 28th in years without it."""
    passed = (birthday.month, birthday.day) < (today.month, today.day)
    year = min(today.year + passed, Date.max.year)
    try:
        return Date(year, birthday.month, birthday.day)
    except ValueError:
        return Date(year, birthday.month, 28)


def _thanks(exchange: Exchange | None, name: str) -> str:
    if exchange is None:
        return ""
    given = f"{name} gave you {a_kind(exchange.kind)} on {tell_day_fully(exchange.date)}"
    return f"{given}: a line of thanks is a good next step."


def a_kind(kind: ExchangeKind) -> str:
    """Return a kind of help as a sentence says it: "an introduction", "advice", "help"."""
    thing = "help" if kind is ExchangeKind.OTHER else str(kind)
    if thing in {"help", "information", "advice", "feedback"}:
        return thing
    return f"an {thing}" if thing[0] in "aeiou" else f"a {thing}"


def _begin(contact: Contact, reading: WarmthReading, name: str) -> str:
    if reading.state is not Warmth.NEW or reading.snoozed_until is not None:
        return ""
    looks_for = _looks_for(contact, name)
    if looks_for:
        return f"{looks_for}: a good reason for a first word."
    return (
        _choose_circle(contact, name) or f"Note when you were last in touch with {name}, or begin with a short hello."
    )


def _keep_in_touch(contact: Contact, reading: WarmthReading, name: str) -> str:
    dormant = reading.state is Warmth.DORMANT
    if reading.last is None or reading.snoozed_until is not None or not (dormant or reading.is_due):
        return ""
    looks_for = _looks_for(contact, name)
    if looks_for:
        reason = f"{looks_for}: a good reason to write{' again' if dormant else ''}."
    elif dormant:
        reason = f"A short message with no ask in it is worth it: {_VALUED}."
    elif not reading.last.answered:
        return (
            f"You wrote on {tell_day_fully(reading.last.on)}. A call is another way, and letting it rest is fine too."
        )
    elif reading.state is Warmth.COOLING:
        reason = f"Two lines to {name}, with no ask in them, are plenty."
    else:
        reason = f"A good day for a word with {name}."
    return f"Last in touch on {tell_day_fully(reading.last.on)}. {reason}"


def _give(contact: Contact, balance: Balance, name: str) -> str:
    looks_for, can_offer = _looks_for(contact, name), _told(contact.can_offer)
    if looks_for:
        return f"{looks_for}: who or what comes to mind?"
    if balance.standing is Standing.RECEIVED_MORE:
        return f"A good moment to give: find out what {name} is looking for."
    if balance.standing is Standing.GIVEN_MORE and can_offer:
        return f"You have given more, and {name} can offer {can_offer}: a fine moment to ask, if you wish."
    return ""


def _promised_later(promised: list[FollowUp]) -> str:
    if not promised:
        return ""
    first = promised[0]
    return f"Next, on {tell_day_fully(first.date)}: {_what(first)}."


def _snoozed(reading: WarmthReading) -> str:
    return "" if reading.snoozed_until is None else f"In peace until {tell_day_fully(reading.snoozed_until)}."


def _choose_circle(contact: Contact, name: str) -> str:
    if contact.circle is not None or contact.cadence_days is not None:
        return ""
    return f"Set a circle for {name}, and the list will say when a word is welcome."


def _looks_for(contact: Contact, name: str) -> str:
    wanted = _told(contact.looking_for)
    return f"{name} is looking for {wanted}" if wanted else ""


def _told(things: tuple[str, ...]) -> str:
    said = [each for each in map(clean_line, things) if each]
    return tell_list(said) if said else ""
