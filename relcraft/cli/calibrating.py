"""What `balance --calibration` writes: what the user expected of asks beside what people answered."""

from collections.abc import Iterator

from relcraft.book.courage import calibration
from relcraft.book.open import Book
from relcraft.cli.plain import is_plain, say_plain
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.domain.calibration import (
    CHANNEL_TOLD,
    FEWEST,
    Calibration,
    Calibrations,
    interval_told,
    silence_told,
    told,
)
from relcraft.domain.telling import tell_count
from relcraft.domain.words import Channel, Circle, ExchangeKind

_Group = Channel | ExchangeKind | Circle | None


def say_calibration(book: Book, *, json: bool) -> None:
    """Write what was expected beside what came, in all and by group; too few asks say nothing but how many."""
    known = calibration(book)
    if json:
        groups = [_group_json(by, group, each) for by, group, each in _groups(known)]
        say_json({"calibrations": [_group_json("all", None, known.all), *groups]})
        return
    if known.all.n < FEWEST:
        so_far = f"{tell_count(known.all.n, 'ask')} came to an end so far" if known.all.n else "No ask has ended yet"
        tell(f"{so_far}. From {FEWEST} on, what you expected stands here beside what people said. No hurry.")
        return
    for also in filter(None, (told(known.all), interval_told(known.all), silence_told(known.all))):
        if is_plain():
            say_plain("in all", also)
        else:
            say(_sentence(also))
    rows = [(f"{by}: {_name(group)}", told(each)) for by, group, each in _groups(known) if told(each)]
    if rows:
        if is_plain():
            for label, value in rows:
                say_plain(label.replace(": ", " "), value)
            return
        say("")
        say_table(rows)


def _groups(known: Calibrations) -> Iterator[tuple[str, _Group, Calibration]]:
    yield from (("channel", channel, each) for channel, each in known.by_channel.items())
    yield from (("kind", kind, each) for kind, each in known.by_kind.items())
    yield from (("circle", circle, each) for circle, each in known.by_circle.items())


def _name(group: _Group) -> str:
    if group is None:
        return "not noted"
    return CHANNEL_TOLD[group] if isinstance(group, Channel) else str(group)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _group_json(by: str, group: _Group, each: Calibration) -> dict[str, object]:
    """Return the figures of a group; below the fewest they say nothing, so there are none."""
    said = each.n >= FEWEST
    return {
        "by": by,
        "group": group,
        "n": each.n,
        "yes": each.yes if said else None,
        "share": each.share if said else None,
        "low": each.low if said else None,
        "high": each.high if said else None,
        "expected": each.expected if said else None,
        "expected_of": each.expected_of if said else None,
        "sure_then_silence": each.sure_then_silence if said else None,
    }
