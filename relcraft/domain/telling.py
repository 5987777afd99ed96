"""Months, counts and figures as sentences say them, whatever the locale of the machine."""

from collections.abc import Sequence

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def tell_month(year: int, month: int) -> str:
    """Return a month: "Nov 2026"."""
    return f"{_MONTHS[month - 1]} {year}"


def tell_count(count: int, thing: str) -> str:
    """Return how many there are of a thing whose plural ends in s: "1 day", "3 days"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def tell_ago(days: int) -> str:
    """Return how long ago a day was: "today", "yesterday", "3 days ago"."""
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"


def tell_figure(figure: float) -> str:
    """Return a figure to two decimals, without the zeros at its end; what is above 0 never reads as 0."""
    if 0 < figure < 0.005:
        return "less than 0.01"
    return f"{figure:.2f}".rstrip("0").rstrip(".")


def tell_list(things: Sequence[str], most: int = 2) -> str:
    """Return things in a row: "a", "a and b", "a, b and 2 more". At least one thing."""
    if len(things) > most:
        return f"{', '.join(things[:most])} and {len(things) - most} more"
    return _row(things, " and ")


def tell_choice(things: Sequence[str]) -> str:
    """Return things to choose from: "a", "a or b", "a, b or c". At least one thing."""
    return _row(things, " or ")


def _row(things: Sequence[str], joined: str) -> str:
    return joined.join(filter(None, (", ".join(things[:-1]), things[-1])))
