"""The balance of everybody: who helps whom most often, and what was earned, drawn and paid forward in some months."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.domain.balance import SIZE_FACTOR, Balance, Month, two_wayness
from relcraft.domain.balance import balance as balance_of
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.records import Contact, Date, Exchange
from relcraft.domain.telling import tell_count, tell_figure, tell_month
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.words import Direction, ExchangeKind

MONTHS = 12
"""How many months are looked at, where nobody says otherwise."""
MOST_MONTHS = 600
_NAMED = 4
"""How many exchanges or people an explanation names before it says how many more there are."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Line(Value):
    """One person of everybody, and how give and take stand with them."""

    contact: Contact
    balance: Balance


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KindSum(Value):
    """What was earned and drawn by one kind of help."""

    kind: ExchangeKind
    earned: float
    drawn: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Capital(Value):
    """What was earned (given) and drawn (received) in some months: base × size, without decay."""

    since: Date
    """The first day of the first month."""
    earned: float
    drawn: float
    months: tuple[Month, ...]
    """Calendar months up to this one, oldest first."""
    kinds: tuple[KindSum, ...]
    """The kinds of help that there were, the most first."""
    forward: float
    """What of it was given to people who never gave back: paid forward."""
    forward_to: tuple[str, ...]
    """The uids of those people, whom the most was given to first."""


class CapitalFigure(StrEnum):
    """The figures of capital that can say how they came about."""

    EARNED = "earned"
    DRAWN = "drawn"
    MONTHS = "months"
    KINDS = "kinds"
    PAID_FORWARD = "paid forward"


def everyone(book: Book, uids: Collection[str] | None = None) -> list[Line]:
    """Return everybody with whom something was exchanged, the liveliest first; of `uids` alone, unless it is None."""
    today = book.today
    people = {each.contact for each in book.all(Exchange) if each.date <= today} & _wanted(book, uids)
    lines = [Line(book.contact(uid), book.balance(uid)) for uid in people]
    return sorted(lines, key=_liveliness)


def together(lines: Iterable[Line]) -> tuple[int, float | None]:
    """Return how often in 12 months, and how two-way, it stands with all of these people together."""
    balances = [line.balance for line in lines]
    given, received = fsum(each.given for each in balances), fsum(each.received for each in balances)
    return sum(each.frequency for each in balances), two_wayness(given, received)


def _liveliness(line: Line) -> tuple[float, float, float, str]:
    """Return what to sort by, smallest first: how often, then how two-way, then how much in all years."""
    balance = line.balance
    return -balance.frequency, -(balance.two_way or 0), -balance.count, fold(line.contact.name)


def _wanted(book: Book, uids: Collection[str] | None) -> set[str]:
    return {uid for uid, _fields in book.columns(Contact)} if uids is None else set(uids)


def whole_balance(book: Book, uids: Collection[str] | None = None) -> Balance:
    """Return how give and take stand with everybody together, or with all of `uids`."""
    return balance_of(exchanges_of(book, uids), book.today, book.weights)


def exchanges_of(book: Book, uids: Collection[str] | None = None) -> list[Exchange]:
    """Return the exchanges up to today, with everybody or with `uids` alone, newest first."""
    wanted = None if uids is None else set(uids)
    today = book.today
    past = [each for each in book.all(Exchange) if each.date <= today]
    kept = past if wanted is None else [each for each in past if each.contact in wanted]
    return sorted(kept, key=lambda each: (each.date, each.created), reverse=True)


def capital(book: Book, *, months: int = MONTHS, uids: Collection[str] | None = None) -> Capital:
    """Return what was earned, drawn and paid forward in the last `months` (1 or more), this one included."""
    past = exchanges_of(book, uids)
    since = first_day(book.today, months)
    recent = [each for each in past if each.date >= since]
    forward = _by(_paid_forward(past, recent), lambda each: each.contact, book.weights.undecayed)
    both = {
        direction: [each for each in recent if each.direction is direction]
        for direction in (Direction.GIVEN, Direction.RECEIVED)
    }
    return Capital(
        since=since,
        earned=_sum(book, both[Direction.GIVEN]),
        drawn=_sum(book, both[Direction.RECEIVED]),
        months=_months(book, both, since),
        kinds=_kinds(book, both),
        forward=fsum(forward.values()),
        forward_to=tuple(sorted(forward, key=lambda uid: (-forward[uid], uid))),
    )


def first_day(today: Date, months: int) -> Date:
    """Return the first day of the earliest of the last `months`, this one included."""
    number = max(12, today.year * 12 + today.month - months)
    return Date(number // 12, number % 12 + 1, 1)


def _paid_forward(past: Iterable[Exchange], recent: Iterable[Exchange]) -> list[Exchange]:
    """Return what of `recent` was given to people of whom nothing was received in all of `past`."""
    gave_back = {each.contact for each in past if each.direction is Direction.RECEIVED}
    return [each for each in recent if each.direction is Direction.GIVEN and each.contact not in gave_back]


def _sum(book: Book, exchanges: Iterable[Exchange]) -> float:
    return fsum(map(book.weights.undecayed, exchanges))


def _by(
    exchanges: Iterable[Exchange], key: Callable[[Exchange], str], weight: Callable[[Exchange], float]
) -> dict[str, float]:
    sums: dict[str, float] = {}
    for each in exchanges:
        sums[key(each)] = sums.get(key(each), 0.0) + weight(each)
    return sums


_Both = Mapping[Direction, Iterable[Exchange]]


def _months(book: Book, both: _Both, since: Date) -> tuple[Month, ...]:
    given, received = (
        _by(both[way], lambda each: each.date.isoformat()[:7], book.weights.undecayed)
        for way in (Direction.GIVEN, Direction.RECEIVED)
    )
    first, last = since.year * 12 + since.month - 1, book.today.year * 12 + book.today.month - 1
    named = ((number // 12, number % 12 + 1) for number in range(first, last + 1))
    return tuple(
        Month(year, month, given.get(f"{year:04d}-{month:02d}", 0.0), received.get(f"{year:04d}-{month:02d}", 0.0))
        for year, month in named
    )


def _kinds(book: Book, both: _Both) -> tuple[KindSum, ...]:
    given, received = (
        _by(both[way], lambda each: each.kind, book.weights.undecayed) for way in (Direction.GIVEN, Direction.RECEIVED)
    )
    sums = [
        KindSum(kind, given.get(kind, 0.0), received.get(kind, 0.0))
        for kind in ExchangeKind
        if kind in given or kind in received
    ]
    return tuple(sorted(sums, key=lambda each: -(each.earned + each.drawn)))


def explain_capital(
    book: Book, figure: CapitalFigure, *, months: int = MONTHS, uids: Collection[str] | None = None
) -> tuple[str, ...]:
    """Return sentences that tell how a figure of `capital(book, months=months, uids=uids)` came about."""
    sums = capital(book, months=months, uids=uids)
    period = f"from {tell_day_fully(sums.since)} to {tell_day_fully(book.today)}"
    match figure:
        case CapitalFigure.EARNED:
            return _sum_told(book, Direction.GIVEN, sums, period, uids)
        case CapitalFigure.DRAWN:
            return _sum_told(book, Direction.RECEIVED, sums, period, uids)
        case CapitalFigure.MONTHS:
            return _months_told(sums)
        case CapitalFigure.KINDS:
            return _kinds_told(book, sums, period)
        case CapitalFigure.PAID_FORWARD:
            return _forward_told(book, sums, period, uids)


def _sum_told(
    book: Book, direction: Direction, sums: Capital, period: str, uids: Collection[str] | None
) -> tuple[str, ...]:
    word, total = ("earned", sums.earned) if direction is Direction.GIVEN else ("drawn", sums.drawn)
    ours = [each for each in exchanges_of(book, uids) if each.direction is direction and each.date >= sums.since]
    if not ours:
        return (f"{word} is 0: nothing {direction} is noted {period}",)
    heaviest = sorted(ours, key=book.weights.undecayed, reverse=True)[:_NAMED]
    return (
        f"{word} is what was {direction} {period}: {tell_figure(total)}, from {tell_count(len(ours), 'exchange')}",
        "each counts kind × size, as on its day: what was earned does not fade",
        *(_exchange_told(book, each) for each in heaviest),
        *_more(len(ours) - _NAMED),
    )


def _exchange_told(book: Book, each: Exchange) -> str:
    base, size = tell_figure(book.weights.base(each.kind)), tell_figure(SIZE_FACTOR[each.size])
    way = "to" if each.direction is Direction.GIVEN else "from"
    product = f"{base} × {size} = {tell_figure(book.weights.undecayed(each))}"
    return f"{each.kind} {way} {clean_line(names_of(book, (each.contact,)))} on {tell_day_fully(each.date)}: {product}"


def _months_told(sums: Capital) -> tuple[str, ...]:
    told = [
        f"{tell_month(each.year, each.month)}: earned {tell_figure(each.given)}, drawn {tell_figure(each.received)}"
        for each in sums.months
        if each.given or each.received
    ]
    return "each month is kind × size of its exchanges, as on their day", *(told or ["nothing is noted in them"])


def _kinds_told(book: Book, sums: Capital, period: str) -> tuple[str, ...]:
    told = [
        f"{each.kind}: earned {tell_figure(each.earned)}, drawn {tell_figure(each.drawn)}; "
        f"one of normal size counts {tell_figure(book.weights.base(each.kind))}"
        for each in sums.kinds
    ]
    return f"what was exchanged {period}, by kind", *(told or ["nothing is noted"])


def _forward_told(book: Book, sums: Capital, period: str, uids: Collection[str] | None) -> tuple[str, ...]:
    if not sums.forward_to:
        return (f"paid forward is 0: whom you helped {period} helped you as well, or nothing given is noted",)
    to = set(sums.forward_to)
    given = [each for each in exchanges_of(book, uids) if each.contact in to and each.date >= sums.since]
    return (
        f"paid forward is what was given {period} to people of whom nothing received is noted, in any year",
        f"{tell_figure(sums.forward)}, to {tell_count(len(to), 'contact')}, in {tell_count(len(given), 'exchange')}",
        *(_exchange_told(book, each) for each in given[:_NAMED]),
        *_more(len(given) - _NAMED),
    )


def _more(count: int) -> tuple[str, ...]:
    return (f"and {count} more",) if count > 0 else ()
