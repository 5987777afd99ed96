"""The command `balance`: how give and take stand, with one person or with everybody."""

from collections.abc import Collection, Iterable, Sequence

import click

from relcraft.book.capital import (
    MONTHS,
    MOST_MONTHS,
    Capital,
    CapitalFigure,
    Line,
    capital,
    everyone,
    exchanges_of,
    explain_capital,
    whole_balance,
)
from relcraft.book.open import Book
from relcraft.cli.as_json import balance_json, name_of
from relcraft.cli.asking import contact_called
from relcraft.cli.options import anyone_argument, as_json
from relcraft.cli.plain import as_plain, is_plain, say_plain, say_records
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.balance import Balance
from relcraft.domain.explaining import Figure, explain
from relcraft.domain.records import Exchange
from relcraft.domain.telling import tell_count, tell_figure, tell_month
from relcraft.domain.words import Direction

_NOTHING = "No help either way is in the book yet."


@click.command(short_help="Show how give and take stand.")
@anyone_argument
@click.option("--explain", "explained", is_flag=True, help="Tell how each figure came about.")
@click.option("--months", type=click.IntRange(1, MOST_MONTHS), help=f"How many months of everybody; else {MONTHS}.")
@click.option("--filter", "words", metavar="FILTER", help="Only those of everybody, as in: list contacts FILTER.")
@click.option("--calibration", is_flag=True, help="What you expected of your asks, beside what came of them.")
@as_plain
@as_json
@click.pass_obj
def balance(
    start: Start, who: str, months: int | None, words: str | None, *, explained: bool, calibration: bool, json: bool
) -> None:
    """Show how give and take stand, with one person or with everybody.

    With everybody come the people, the liveliest first, and what was earned (given), drawn (received) and paid
    forward (given to people who never gave back), by month and by kind.

    Example: relcraft balance grace --explain
    """
    if who and (months is not None or words is not None):
        raise click.UsageError("--months and --filter are for everybody, without WHO.")
    if calibration:
        if who or explained or months is not None or words is not None:
            raise click.UsageError("--calibration stands alone, or with --json.")
        from relcraft.cli.calibrating import say_calibration  # noqa: PLC0415 - this option alone needs it

        with open_book(start) as book:
            say_calibration(book, json=json)
        return
    with open_book(start) as book:
        if who:
            _with_one(book, who, explained=explained, json=json)
        else:
            uids = None if words is None else book.search(words)
            _with_all(book, MONTHS if months is None else months, uids, explained=explained, json=json)


def _with_one(book: Book, who: str, *, explained: bool, json: bool) -> None:
    contact = contact_called(book, who)
    standing = book.balance(contact.uid)
    exchanges = book.exchanges_with(contact.uid)
    sentences = _explanations(book, exchanges) if explained else {}
    if json:
        whole = {"balances": [_line_json(Line(contact, standing))], "total": balance_json(standing)}
        say_json({**whole, "explanations": sentences} if explained else whole)
        return
    say_standing(standing)
    _say_explanations(sentences)
    if not exchanges:
        tell(_NOTHING)


def _with_all(book: Book, months: int, uids: Collection[str] | None, *, explained: bool, json: bool) -> None:
    standing, sums, lines = whole_balance(book, uids), capital(book, months=months, uids=uids), everyone(book, uids)
    sentences: dict[str, Sequence[str]] = {}
    if explained:
        told = {str(each): explain_capital(book, each, months=months, uids=uids) for each in CapitalFigure}
        ours = _explanations(book, exchanges_of(book, uids))
        del ours[Figure.MONTHS]  # those of capital are as many as the user asked for
        sentences = {**ours, **told}
    if json:
        whole = {
            "balances": [_line_json(line) for line in lines],
            "total": balance_json(standing),
            "capital": _capital_json(book, sums),
        }
        say_json({**whole, "explanations": sentences} if explained else whole)
        return
    say_standing(standing)
    _say_explanations(sentences)
    if lines and not explained:
        _say_capital(book, sums)
        say("")
        rows = [_row(line) for line in lines]
        if is_plain():
            say_records(rows, ("name", "exchanges", "two-way", "balance"))
        else:
            say_table(rows)
    if not lines:
        tell(_NOTHING if uids is None else "No help either way with those is in the book yet.")


def _explanations(book: Book, exchanges: Iterable[Exchange]) -> dict[str, Sequence[str]]:
    known = tuple(exchanges)
    return {str(figure): explain(figure, known, book.today, book.weights) for figure in Figure}


def _say_explanations(sentences: dict[str, Sequence[str]]) -> None:
    for figure, told in sentences.items():
        if is_plain():
            for sentence in told:
                say_plain(figure, sentence)
            continue
        say(f"\n{figure}")
        for sentence in told:
            say(f"  {sentence}")


def _line_json(line: Line) -> dict[str, object]:
    return {"contact": line.contact.uid, "contact_name": line.contact.name, **balance_json(line.balance)}


def _capital_json(book: Book, sums: Capital) -> dict[str, object]:
    return {
        "since": sums.since,
        "earned": sums.earned,
        "drawn": sums.drawn,
        "paid_forward": sums.forward,
        "paid_forward_to": [{"contact": uid, "contact_name": name_of(book, uid)} for uid in sums.forward_to],
        "months": [
            {"month": f"{each.year:04d}-{each.month:02d}", "earned": each.given, "drawn": each.received}
            for each in sums.months
        ],
        "kinds": [{"kind": each.kind, "earned": each.earned, "drawn": each.drawn} for each in sums.kinds],
    }


def say_standing(standing: Balance) -> None:
    """Write how give and take stand: how often and how two-way first, then what leans, then what the helpers gained."""
    if is_plain():
        _say_standing_plainly(standing)
        return
    frequency = tell_count(standing.frequency, "exchange")
    say(f"{frequency} in the last 12 months{f' · {_two_way(standing)}' if standing.two_way is not None else ''}")
    if standing.count:
        sums = f"given {tell_figure(standing.given)} · received {tell_figure(standing.received)}"
        say(f"{sums} · {standing.standing}")
    for direction, who in ((Direction.RECEIVED, "helping you, they"), (Direction.GIVEN, "helping them, you")):
        gained = _gained(standing, direction)
        if gained:
            say(f"{who} {gained}")


def _gained(standing: Balance, direction: Direction) -> str:
    return ", ".join(f"{gain} {times}×" for gain, times in standing.gains[direction].items())


def _say_standing_plainly(standing: Balance) -> None:
    say_plain("exchanges in the last 12 months", str(standing.frequency))
    say_plain("two-way", _two_way(standing).removeprefix("two-way "))
    if standing.count:
        say_plain("given", tell_figure(standing.given))
        say_plain("received", tell_figure(standing.received))
        say_plain("balance", standing.standing)
    say_plain("helping you, they", _gained(standing, Direction.RECEIVED))
    say_plain("helping them, you", _gained(standing, Direction.GIVEN))


def _say_capital(book: Book, sums: Capital) -> None:
    """Write what was earned, drawn and paid forward, by month and by kind."""
    forward = f"paid forward {tell_figure(sums.forward)}"
    if sums.forward_to:
        names = [name_of(book, uid) for uid in sums.forward_to]
        forward += f" (to {names[0]}" + (f" and {tell_count(len(names) - 1, 'other')})" if names[1:] else ")")
    say("")
    since = tell_month(sums.since.year, sums.since.month)
    if is_plain():
        for label, told in (
            ("since", since),
            ("earned", tell_figure(sums.earned)),
            ("drawn", tell_figure(sums.drawn)),
            ("paid forward", forward.removeprefix("paid forward ")),
        ):
            say_plain(label, told)
    else:
        say(f"since {since} · earned {tell_figure(sums.earned)} · drawn {tell_figure(sums.drawn)} · {forward}")
    _say_sums([(tell_month(each.year, each.month), each.given, each.received) for each in sums.months])
    _say_sums([(str(each.kind), each.earned, each.drawn) for each in sums.kinds])


def _say_sums(sums: Sequence[tuple[str, float, float]]) -> None:
    """Write what was earned and drawn, a row for each name with anything."""
    rows = [
        (name, f"earned {tell_figure(earned)}" if earned else "", f"drawn {tell_figure(drawn)}" if drawn else "")
        for name, earned, drawn in sums
        if earned or drawn
    ]
    if rows and is_plain():
        for name, *told in rows:
            say_plain(name, ", ".join(filter(None, told)))
    elif rows:
        say("")
        say_table(rows, indent="  ")


def _row(line: Line) -> Sequence[str]:
    standing = line.balance
    two_way = _two_way(standing)
    if is_plain():
        two_way = two_way.removeprefix("two-way ")
    return line.contact.name, f"{standing.frequency} in a year", two_way, standing.standing


def _two_way(standing: Balance) -> str:
    return "" if standing.two_way is None else f"two-way {100 * standing.two_way:.0f} %"
