"""The fields of a form that are days, times, time zones and spans."""

from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import (
    leading_cadence,
    leading_time,
    read_day,
    tell_cadence,
    tell_day,
    tell_day_fully,
    time_in,
)
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Birthday, Date, Time
from relcraft.domain.text import clean_line, fold
from relcraft.tui.forms.fields import Field, Setting

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEAP_YEAR = 2000
_NEVER = "never"
_FARTHEST_DAYS = 36_500


def read_one_day(text: str, today: Date, *, ahead: bool, customs: Customs = USUAL_CUSTOMS) -> Date:
    """Return the day that `text` names. Raises `BadInput`, with examples of what can be read."""
    day = read_day(clean_line(text), today, ahead=ahead, customs=customs)
    if day is None and ahead:
        day = read_day(clean_line(text), today, ahead=False, customs=customs)
    if day is None:
        examples = "fri, next week, 27 nov" if ahead else "yesterday, last fri, 12 mar"
        raise BadInput(f'"{clean_line(text)}" is no day that can be read here: {examples} or 2026-03-12 was expected.')
    return day


def echo_day(day: Date, today: Date) -> str:
    """Return a day with nothing left to guess, and as people say it: "Sat 21 Nov 2026, yesterday"."""
    full = tell_day_fully(day)
    near = tell_day(day, today)
    return f"{full}, {near}" if near in ("today", "yesterday", "tomorrow") else full


def day(name: str, label: str, *, ahead: bool = False, missing: str = "") -> Field:
    """Return a field of one day; without `missing` it may stay empty. `ahead`: it is something promised."""

    def parse(text: str, setting: Setting) -> Date | None:
        if not clean_line(text):
            return None
        return read_one_day(text, setting.today, ahead=ahead, customs=setting.customs)

    return Field(
        name=name,
        label=label,
        parse=parse,
        print=lambda value, _: "" if value is None else value.isoformat(),
        hint="fri, next week, 27 nov, 2026-11-27" if ahead else "today, yesterday, last fri, 12 mar, 2026-03-12",
        missing=missing,
        echo=lambda value, setting: "" if value is None else echo_day(value, setting.today),
        replaced=True,
    )


def clock(name: str, label: str) -> Field:
    """Return a field of a time of day."""

    def parse(text: str, _setting: Setting) -> Time | None:
        words = clean_line(text).removeprefix("at ").split()
        if not words:
            return None
        found = leading_time(["at", *words])
        if found is None or found[1] != len(words) + 1:
            raise BadInput(f'"{clean_line(text)}" is no time of day: 14:30 or 2pm was expected.')
        return found[0]

    return Field(
        name=name,
        label=label,
        parse=parse,
        print=lambda value, _: "" if value is None else value.isoformat("minutes"),
        hint="14:30, 2pm",
        replaced=True,
    )


def parse_birthday(text: str, today: Date, customs: Customs = USUAL_CUSTOMS) -> Birthday | None:
    """Return the birthday that "12 mar 1990", "1990-03-12", "12 mar" or "--03-12" is; None for nothing.

    With customs that say what comes first, "12/3/1990" and "12/3" are birthdays, too.

    Raises `BadInput`.
    """
    said = clean_line(text)
    if not said:
        return None
    if said.startswith("--"):
        return Birthday.parse(said)
    with_year = (f"{said} {_LEAP_YEAR}", f"{said}/{_LEAP_YEAR}")
    bare = next(filter(None, (read_day(each, today, ahead=False, customs=customs) for each in with_year)), None)
    if bare is not None:
        return Birthday(bare.month, bare.day)
    full = read_day(said, today, ahead=False, customs=customs) if any(char.isdigit() for char in said) else None
    if full is None or len([char for char in said if char.isdigit()]) < 5:
        raise BadInput(f'"{said}" is no birthday: 12 mar 1990, or 12 mar without the year, was expected.')
    return Birthday(full.month, full.day, full.year)


def print_birthday(value: Birthday | None) -> str:
    """Return a birthday as `parse_birthday` reads it: "12 Mar 1990", "12 Mar"."""
    if value is None:
        return ""
    if value.year is None:
        return f"{value.day} {_MONTHS[value.month - 1]}"
    return str(value)


def birthday(name: str, label: str) -> Field:
    """Return a field of a birthday whose year may be unknown."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, setting: parse_birthday(text, setting.today, setting.customs),
        print=lambda value, _: print_birthday(value),
        hint="12 mar 1990, or 12 mar without the year",
        echo=lambda value, _: _echo_birthday(value),
    )


def _echo_birthday(value: Birthday | None) -> str:
    if value is None or value.year is None:
        return "" if value is None else "year unknown"
    return tell_day_fully(Date(value.year, value.month, value.day))


def parse_cadence(text: str) -> int | None:
    """Return the days of "6w", "every 6 weeks", "30"; 0 for "never", None for nothing. Raises `BadInput`."""
    said = fold(clean_line(text))
    if not said or said in (_NEVER, "0"):
        return 0 if said else None
    words = said.removeprefix("every ").split()
    found = leading_cadence(["every", *words])
    days = {"day": 1, "week": 7, "month": 30, "year": 365}.get(" ".join(words))
    if found is not None and found[1] == len(words) + 1:
        days = found[0]
    elif words[0].isascii() and words[0].isdecimal() and words[1:] in ([], ["days"]):
        days = int(words[0][:6])
    if days is None or not 0 < days <= _FARTHEST_DAYS:
        raise BadInput(f'"{clean_line(text)}" is no span: 6w, 30 days, never, or nothing was expected.')
    return days


def cadence(name: str, label: str) -> Field:
    """Return a field of how often."""
    return Field(
        name=name,
        label=label,
        parse=lambda text, _: parse_cadence(text),
        print=lambda value, _: "" if value is None else tell_cadence(value) if value else _NEVER,
        hint="6w, 30 days, never; nothing: as the circle says",
        echo=lambda value, _: "" if value is None else tell_cadence(value) if value else "never due",
        replaced=True,
    )


def zone(name: str, label: str) -> Field:
    """Return a field of a time zone."""

    def parse(text: str, setting: Setting) -> str:
        said = clean_line(text)
        if said and time_in(said, setting.now) is None:
            raise BadInput(f'"{said}" is no time zone known here: something such as Europe/Berlin was expected.')
        return said

    def echo(value: str, setting: Setting) -> str:
        there = time_in(value, setting.now) if value else None
        return "" if there is None else f"{there:%H:%M} there now"

    return Field(
        name=name, label=label, parse=parse, print=lambda value, _: value, hint="such as Europe/Berlin", echo=echo
    )
