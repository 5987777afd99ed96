"""The entry point: the commands by name, and the one place that turns errors into words and exit codes."""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from relcraft.cli.clock import FIRST_DAY, LAST_DAY
from relcraft.cli.ending import Ended, endings_heeded
from relcraft.cli.settings import BadSettings
from relcraft.cli.terminal import say, tell
from relcraft.cli.wiring import Start
from relcraft.domain.errors import RelcraftError
from relcraft.domain.text import clean_line

PROGRAM = "relcraft"
DEBUG_VARIABLE = "RELCRAFT_DEBUG"
COMPLETE_VARIABLE = "_RELCRAFT_COMPLETE"
DONE, FAILED, WRONG_USAGE, BAD_SETTINGS = 0, 1, 2, 3
INTERRUPTED = 128 + signal.SIGINT
_NEW_OBJECTS = 100_000
"""After how many the collector of garbage looks for some: a book is many objects, and none of them is garbage."""

_COMMANDS = {
    "add": ("relcraft.cli.adding", "add", "Add what took place, in one line."),
    "ask": ("relcraft.cli.asks", "ask", "Ask for help, and note what became of it."),
    "backup": ("relcraft.cli.backups", "backup", "Save the whole book as one more file, or list such files."),
    "balance": ("relcraft.cli.balances", "balance", "Show how give and take stand."),
    "check": ("relcraft.cli.upkeep", "check", "Look whether the book is whole; nothing is changed."),
    "config": ("relcraft.cli.configuring", "config", "Show the settings, print all of them, or check the config file."),
    "conflicts": ("relcraft.cli.conflicts", "conflicts", "Show what two sides say differently, and settle it."),
    "demo": ("relcraft.cli.screens", "demo", "Look around a sample book."),
    "digest": ("relcraft.cli.digest", "digest", "Tell of today and the week ahead, for a timer or a prompt."),
    "duplicates": ("relcraft.cli.duplicates", "duplicates", "Show who may be in the book twice, and make them one."),
    "email": ("relcraft.cli.emailing", "email", "Find e-mail addresses, for mutt and aerc."),
    "export": ("relcraft.cli.exporting", "export", "Write everything in the book, for other programs."),
    "goal": ("relcraft.cli.goals", "goal", "Keep what you are after, and who led there."),
    "ics": ("relcraft.cli.calendar", "ics", "Write follow-ups and birthdays for the calendar."),
    "import": ("relcraft.cli.importing", "import_", "Take in people, mail and chats from other programs."),
    "introduce": ("relcraft.cli.introducing", "introduce", "Bring two people together."),
    "list": ("relcraft.cli.lists", "list_", "List what is in the book."),
    "locate": ("relcraft.cli.upkeep", "locate", "Say where everything is."),
    "man": ("relcraft.cli.manual", "man", "Print the manual page."),
    "me": ("relcraft.cli.goals", "me", "Show or set what you say of yourself."),
    "merge": ("relcraft.cli.merging", "merge", "Bring in what another laptop's book says."),
    "path": ("relcraft.cli.paths", "path", "Show the ways to a person or an organisation."),
    "redo": ("relcraft.cli.history", "redo", "Make a change again that was taken back."),
    "restore": ("relcraft.cli.restoring", "restore", "Go back to a backup, after a look at what would change."),
    "schema": ("relcraft.cli.schema", "schema", "Print what --json prints, as JSON Schema."),
    "show": ("relcraft.cli.showing", "show", "Show one person, and what took place."),
    "sync": ("relcraft.cli.syncing", "sync_", "Keep in step with the cards of a phone or server."),
    "tie": ("relcraft.cli.introducing", "tie", "Note that two people know each other."),
    "today": ("relcraft.cli.todays", "today_", "Show a few small moves for today."),
    "undo": ("relcraft.cli.history", "undo", "Take the last change back."),
    "unplaced": ("relcraft.cli.duplicates", "unplaced", "Show what an import could not place, and say whose it is."),
}
"""Where each command is, and its help in one line, which is here so that the help of all loads none of them."""


class LateCommands(click.Group):
    """The commands of Relcraft; each is loaded when it is asked for, so that none waits for what another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click calls it
        """Return one command, or None where there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name, _short = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in the table above, not in what a user typed
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write all commands, each with its help in one line."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_module, _name, short) in _COMMANDS.items()])


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f'"{value}" is no day: one such as 2026-03-12 was expected.') from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise click.BadParameter(f"{day} is out of reach: a day from {FIRST_DAY} to {LAST_DAY} was expected.")
    return day


def _version(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value:
        from relcraft import __version__  # noqa: PLC0415 - this option alone needs it

        say(f"{PROGRAM} {__version__}")
        ctx.exit()


def _named(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Refuse an empty name of a file, which would otherwise be the folder that one stands in."""
    if value is not None and not value.name:
        raise click.BadParameter("a file was expected.")
    return value


_PATH = click.Path(path_type=Path, readable=False)
"""Whether it can be read is told by those who read it, with their exit code."""


@click.group(
    cls=LateCommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='The shell completes commands after: eval "$(_RELCRAFT_COMPLETE=bash_source relcraft)" (or zsh, fish).',
)
@click.option("--data-file", metavar="FILE", type=_PATH, callback=_named, help="The book to use.")
@click.option("--config", metavar="FILE", type=_PATH, callback=_named, help="The config file to use.")
@click.option("--today", metavar="DATE", callback=_day, help="Act as if today were this day, such as 2026-03-12.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say which version this is."
)
@click.pass_context
def relcraft(ctx: click.Context, data_file: Path | None, config: Path | None, today: date | None) -> None:
    """Remember people, and what passed between you.

    Without a command this opens the screen.

    Example: relcraft add "coffee with Grace yesterday"
    """
    ctx.obj = Start(data_file=data_file, config=config, today=today)
    if ctx.invoked_subcommand is None:
        from relcraft.cli.screens import open_screens  # noqa: PLC0415 - loads all of the interface

        ctx.exit(open_screens(ctx.obj))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (None: that of the program) and return its exit code. Raises nothing."""
    gc.set_threshold(_NEW_OBJECTS, 50, 100)
    _open_what_is_closed()
    with endings_heeded():
        code = _answer(arguments)
    _leave_what_is_lost()
    if arguments is None:
        gc.freeze()  # the process ends: to look through all that is left costs a fifth of a short command
    return code


def _answer(arguments: Sequence[str] | None) -> int:
    try:
        if COMPLETE_VARIABLE in os.environ:
            return _complete(os.environ[COMPLETE_VARIABLE])
        with relcraft.make_context(PROGRAM, list(sys.argv[1:] if arguments is None else arguments)) as ctx:
            relcraft.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return _flushed(leaving.exit_code)
    except Ended as ended:
        with suppress(OSError):  # where the terminal went, nobody is left to be told
            tell("Ended from outside before it was done: what was saved by then is in the book.")
        return 128 + ended.number
    except BaseException as error:  # noqa: BLE001 - the one place that turns whatever comes into words and a code
        return _told(error)
    return DONE


def _open_what_is_closed() -> None:
    """Give a program that was started with closed streams (`>&-`) ones that go nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _complete(instruction: str) -> int:
    from relcraft.cli.completing import complete  # noqa: PLC0415 - a shell asks for it, a user never does

    return complete(relcraft, PROGRAM, COMPLETE_VARIABLE, instruction)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _told(error)
    return code


def _told(error: BaseException) -> int:
    """Tell an error in words and return the exit code for it."""
    match error:
        case BrokenPipeError():
            _leave_output()
            return DONE
        case KeyboardInterrupt() | click.Abort() | EOFError():
            return INTERRUPTED
        case SystemExit():
            return error.code if isinstance(error.code, int) else FAILED
        case click.UsageError():
            _tell_usage(error)
            return WRONG_USAGE
        case BadSettings():
            tell(str(error))
            return BAD_SETTINGS
        case RelcraftError():
            tell(str(error))
        case OSError() if error.strerror:
            _leave_output()
            tell(f"{f'{error.filename}: ' if error.filename else ''}{error.strerror}.")
        case _:
            tell(
                f"That did not work, and it is a fault of Relcraft ({type(error).__name__}). "
                f"The book is as it was last saved; {DEBUG_VARIABLE}=1 shows where it happened."
            )
    if os.environ.get(DEBUG_VARIABLE):
        import traceback  # noqa: PLC0415 - who asks for it can wait

        tell("".join(traceback.format_exception(error)))
    return FAILED


def _tell_usage(error: click.UsageError) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # its message is the help, in lines of its own
        tell(error.format_message())
        return
    if error.ctx is not None:
        tell(error.ctx.get_usage())
    tell(clean_line(error.format_message()))
    if error.ctx is not None:
        tell(f"{error.ctx.command_path} --help says more.")


def _leave_output() -> None:
    """Leave an output that nobody reads, so that closing it fails no more."""
    _leave_if_lost(sys.stdout)


def _leave_what_is_lost() -> None:
    """Leave streams to a terminal that is gone: Python would flush them at its end, fail, and exit with 120."""
    for stream in (sys.stdout, sys.stderr):
        _leave_if_lost(stream)


def _leave_if_lost(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
