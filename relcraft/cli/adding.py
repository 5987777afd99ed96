"""The command `add`: one line, or many from the standard input."""

import sys
from contextlib import nullcontext

import click

from relcraft.book.adding import add_line, read_line
from relcraft.book.open import Book
from relcraft.cli.options import words_argument
from relcraft.cli.terminal import say, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.addline import LEAVE_OPEN, ParsedLine, preview
from relcraft.domain.errors import BadInput, RelcraftError
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

_MANY = "-"


@click.command(short_help="Add what took place, in one line.")
@words_argument("line", "LINE", required=True)
@click.option("--dry-run", is_flag=True, help="Tell what would be saved, and save nothing.")
@click.option("--new", "allow_new", is_flag=True, help="Add people who are not in the book yet.")
@click.option("--leave-open", is_flag=True, help="Leave the asks open that the help in the line answers.")
@click.pass_context
def add(ctx: click.Context, line: str, *, dry_run: bool, allow_new: bool, leave_open: bool) -> None:
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

    Single quotes keep < > ? and ! from the shell. With - each line of the standard input is added on its own.

    Example: relcraft add 'coffee with Grace yesterday <intro:Ada !fri send the paper'
    """
    start: Start = ctx.obj
    with open_book(start) as book:
        if line == _MANY:
            ctx.exit(_add_many(book, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open))
        told = _add(book, line, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open)
    if dry_run:
        for each in told:
            say(each)
        tell("Nothing was saved: this was a dry run.")
        return
    tell("Saved:")
    for each in told:
        tell(f"  {each}")


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


def _add_many(book: Book, *, dry_run: bool, allow_new: bool, leave_open: bool) -> int:
    """Save each line of the standard input that can be saved, tell of the others by number; return the exit code."""
    saved = refused = 0
    typed = sys.stdin.isatty()
    if typed:
        tell("One line each; ctrl+d ends.")
    for number, data in enumerate(sys.stdin.buffer, start=1):
        try:
            line = _text_of(data)
            told = _add(book, line, dry_run=dry_run, allow_new=allow_new, leave_open=leave_open) if line else []
        except RelcraftError as error:
            refused += 1
            tell(f"line {number}: {error}")
            continue
        saved += bool(line)
        if line and (dry_run or typed):
            (say if dry_run else tell)(f"line {number}: {' / '.join(told)}")
    what = "would be saved" if dry_run else "saved"
    tell(f"{tell_count(saved, 'line')} {what}" + (f", {refused} not." if refused else "."))
    return 1 if refused else 0


def _text_of(data: bytes) -> str:
    """Return a line of the standard input as text. Raises `BadInput`."""
    try:
        return clean_line(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("This is no text in UTF-8.") from None
