"""The command `add`: one line, or many from the standard input."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext

import click

from relcraft.book.adding import add_line, read_line
from relcraft.book.open import Book
from relcraft.cli.options import as_json, words_argument
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.addline import LEAVE_OPEN, ParsedLine, preview
from relcraft.domain.errors import BadInput, RelcraftError
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

_MANY = "-"
_LONGEST = 1024 * 1024
"""Bytes of a line: a text of more is some other file."""


@click.command(short_help="Add what took place, in one line.")
@words_argument("line", "LINE", required=True)
@click.option("--dry-run", is_flag=True, help="Tell what would be saved, and save nothing.")
@click.option("--new", "allow_new", is_flag=True, help="Add people who are not in the book yet.")
@click.option("--leave-open", is_flag=True, help="Leave the asks open that the help in the line answers.")
@as_json
@click.pass_context
def add(ctx: click.Context, line: str, *, dry_run: bool, allow_new: bool, leave_open: bool, json: bool) -> None:
    """Add what took place, what was given, received and asked for, and what you promised, in one line.

    \b
    coffee, met, called, ...  the first word says what it was; else it is a note
    with Grace, Raj           people, also right after met, called, ...; @Grace
    yesterday, 3d ago, fri    the day; also 12 mar, 2026-03-12, at 14:30
    <advice >intro+ <rec-     help received, given; + big, - small
    <intro@raj:to Ada         from whom, where it is not the first; what it was
    ?referral:Acme data team  what you asked for; with a day ahead a draft
    !fri send the paper       a promise, with a day at either end
    #work, every 6w @grace    a tag; how often you want to be in touch

    Help is information, advice, feedback, help, introduction, lead, recommendation, referral, endorsement, gift or
    other; the beginning of the word will do.

    Help from somebody whom you asked for it closes that ask, and the answer says so; --leave-open leaves it open.

    Single quotes keep < > ? and ! from the shell. With - each line of the standard input is added on its own: what is
    good is saved, the others are told by number, and the exit code is 1.

    Example: relcraft add 'coffee with Grace yesterday <intro:Ada !fri send the paper'
    """
    start: Start = ctx.obj
    with open_book(start) as book:
        if line == _MANY:
            told, refused = _add_many(book, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open, quiet=json)
            if json:
                _say_json(told, refused)
            ctx.exit(1 if refused else 0)
        one = _add(book, line, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open)
    if json:
        _say_json({1: one}, {})
    elif dry_run:
        for each in one:
            say(each)
        tell("Nothing was saved: this was a dry run.")
    else:
        tell("Saved:")
        for each in one:
            tell(f"  {each}")


def _say_json(told: Mapping[int, Sequence[str]], refused: Mapping[int, str]) -> None:
    say_json(
        {
            "saved": len(told),
            "lines": [{"line": number, "told": each} for number, each in told.items()],
            "refused": [{"line": number, "why": why} for number, why in refused.items()],
        }
    )


def _add(book: Book, line: str, *, dry_run: bool, allow_new: bool, leave_open: bool) -> list[str]:
    """Save a line; return what it says, in lines. Raises `BadInput` where it leaves a question."""
    with nullcontext() if dry_run else book.alone():
        parsed = _read(book, line, leave_open=leave_open)
        if parsed.questions:
            raise BadInput(" ".join(parsed.questions))
        if parsed.new_people and not allow_new:
            names = ", ".join(mention.name for mention in parsed.new_people)
            raise BadInput(f"Not in the book yet: {names}. With --new they are added.")
        if not dry_run:
            add_line(book, parsed, allow_new=allow_new)
    told = list(preview(parsed, keys=False))
    if parsed.interaction is not None and not parsed.people:
        told.append("(nobody is named in it: @Name says whom it is about)")
    return told


def _read(book: Book, line: str, *, leave_open: bool) -> ParsedLine:
    parsed = read_line(book, line)
    if not leave_open:
        return parsed
    answered = [exchange.closing.key for exchange in parsed.closings if exchange.closing]
    return read_line(book, line, choices=dict.fromkeys(answered, LEAVE_OPEN))


def _add_many(
    book: Book, *, dry_run: bool, allow_new: bool, leave_open: bool, quiet: bool
) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Save each line of the standard input that can be saved; return what was told of each, and why others were not.

    Both go by the number of the line. Unless it is to be `quiet`, they are told as they come.
    """
    saved: dict[int, list[str]] = {}
    refused: dict[int, str] = {}
    typed = sys.stdin.isatty()
    if typed:
        tell("One line each; ctrl+d ends.")
    for number, data in enumerate(_lines(), start=1):
        try:
            line = _text_of(data)
            if not line:
                continue
            saved[number] = _add(book, line, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open)
        except RelcraftError as error:
            refused[number] = str(error)
            if not quiet:
                tell(f"line {number}: {error}")
            continue
        if (dry_run or typed) and not quiet:
            (say if dry_run else tell)(f"line {number}: {' / '.join(saved[number])}")
    if not quiet:
        what = "would be saved" if dry_run else "saved"
        tell(f"{tell_count(len(saved), 'line')} {what}" + (f", {len(refused)} not." if refused else "."))
    return saved, refused


def _lines() -> Iterator[bytes]:
    """Yield the lines of the standard input; of one that is too long so much that this shows."""
    begins = True
    while data := sys.stdin.buffer.readline(_LONGEST + 1):
        if begins:
            yield data
        begins = data.endswith(b"\n")


def _text_of(data: bytes) -> str:
    """Return a line of the standard input as text. Raises `BadInput`."""
    if len(data) > _LONGEST:
        raise BadInput(f"This line is longer than {_LONGEST // 1024} kilobytes.")
    try:
        return clean_line(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("This is no text in UTF-8.") from None
