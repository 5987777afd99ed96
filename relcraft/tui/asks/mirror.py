"""The honest mirror on the Asks screen: what was expected of asks beside how they went."""

from collections.abc import Iterator, Mapping, Sequence

from relcraft.domain.calibration import (
    CHANNEL_TOLD,
    FEWEST,
    Calibration,
    Calibrations,
    interval_told,
    silence_told,
    tell_of,
    tell_share,
    told,
)
from relcraft.domain.telling import tell_count

_MOST_CHANNELS = 2
_SMALL_PRINT = (
    f"A yes is an ask that led to help. Open asks do not count, and fewer than {FEWEST} say nothing yet. "
    '"Fits": with so many asks, any share between the two could look like this (95 %, Wilson).'
)


def mirror_line(calibrations: Calibrations) -> str:
    """Return "You expected 35 %, 62 % said yes (8 of 13). By e-mail 2 of 6, in person 6 of 7."; empty below five."""
    whole = told(calibrations.all)
    if not whole:
        return ""
    groups = [(CHANNEL_TOLD[channel], each) for channel, each in calibrations.by_channel.items() if channel]
    groups = sorted((pair for pair in groups if pair[1].n >= FEWEST), key=lambda pair: -pair[1].n)[:_MOST_CHANNELS]
    groups.sort(key=lambda pair: (pair[1].share or 0.0, pair[0]))
    by = ", ".join(f"{name} {tell_of(each)}" for name, each in groups)
    return " ".join(filter(None, (_sentence(whole), _sentence(by))))


def mirror_sentences(calibrations: Calibrations) -> Sequence[str]:
    """Return all that can be said: in all, by channel, kind and circle, each with its interval and count."""
    whole = calibrations.all
    if whole.n < FEWEST:
        ended = "None of your asks has" if not whole.n else f"{tell_count(whole.n, 'of your asks')} has"
        ended = ended if whole.n < 2 else f"{whole.n} of your asks have"
        return (
            f"{ended} come to an end so far. From {FEWEST} on, what you expected stands here beside what came of them.",
        )
    silence = silence_told(whole)
    return (
        _told_with_interval(whole),
        *([_sentence(silence)] if silence else []),
        *_by("how you asked", {_channel(key): each for key, each in calibrations.by_channel.items()}),
        *_by("what you asked for", {str(key): each for key, each in calibrations.by_kind.items()}),
        *_by("circle", {str(key or "no circle"): each for key, each in calibrations.by_circle.items()}),
        _SMALL_PRINT,
    )


def _channel(channel: object) -> str:
    return next((words for known, words in CHANNEL_TOLD.items() if known is channel), "not noted")


def _by(what: str, groups: Mapping[str, Calibration]) -> Iterator[str]:
    """Yield one paragraph on the groups that can be told of, and those that are too few."""
    lines = [f"{name}: {_briefly(each)}" for name, each in groups.items() if each.n >= FEWEST]
    few = [f"{name} {tell_of(each)}" for name, each in groups.items() if each.n < FEWEST]
    if few and lines:
        lines.append(f"too few to say: {', '.join(few)}")
    if lines:
        yield "\n".join((f"By {what}", *(f"  {line}" for line in lines)))


def _told_with_interval(calibration: Calibration) -> str:
    return f"{_sentence(told(calibration))} {_sentence(interval_told(calibration))}"


def _briefly(calibration: Calibration) -> str:
    """Return "expected 37 %, 100 % yes (6 of 6), 61 to 100 % fits" for a group of at least one."""
    share, low, high, expected = calibration.share, calibration.low, calibration.high, calibration.expected
    parts = [
        "" if expected is None else f"expected {tell_share(expected)}",
        "" if share is None else f"{tell_share(share)} yes ({tell_of(calibration)})",
        "" if low is None or high is None else f"{tell_share(low).removesuffix(' %')} to {tell_share(high)} fits",
    ]
    return ", ".join(filter(None, parts))


def shorter(line: str) -> str:
    """Return the line as it is told where there is little room."""
    return line.replace("You expected", "Expected", 1)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
