"""The command `sync`: the book kept in step with a folder of cards, which a phone's sync program keeps in step too."""

from pathlib import Path

import click

from relcraft.cli.options import as_json
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.labels import label_of
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.store.vdirs import Vdir
from relcraft.sync.folder import SyncReport
from relcraft.sync.vdir import sync

_MOST = 20


@click.command("sync", short_help="Keep in step with the cards of a phone or server.")
@click.argument("folder", type=click.Path(path_type=Path, readable=False), metavar="DIR")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--force", is_flag=True, help="Go on where many cards or contacts are gone, or DIR has other files.")
@as_json
@click.pass_context
def sync_(ctx: click.Context, folder: Path, *, dry_run: bool, force: bool, json: bool) -> None:
    """Bring the book and a folder of cards in step, both ways: DIR has one .vcf a person, as vdirsyncer keeps them.

    What changed on one side since the last sync comes to the other, by field; of what changed on both sides the later
    stands, and the other waits in relcraft conflicts. Who was deleted there is archived here; who was deleted for good
    here is deleted there. Lines that Relcraft does not know stay as they are, and so does what only it knows: circles,
    what somebody can offer, how you met.

    A phone and a server are brought to the folder by vdirsyncer (or pimsync). Once: this as ~/.config/vdirsyncer/config
    with what your server says, and then vdirsyncer discover, which makes the folder and tells its name.

    \b
      [general]
      status_path = "~/.local/share/vdirsyncer/status/"
      [pair phone]
      a = "here"
      b = "server"
      collections = ["from b"]
      [storage here]
      type = "filesystem"
      path = "~/.contacts/"
      fileext = ".vcf"
      [storage server]
      type = "carddav"
      url = "https://cloud.example.org/remote.php/dav/"
      username = "me"
      password.fetch = ["command", "pass", "cloud"]

    From then on, by hand or from a timer: vdirsyncer sync; relcraft sync ~/.contacts/NAME; vdirsyncer sync

    Example: relcraft sync ~/.contacts/phone
    """
    start: Start = ctx.obj
    vdir = Vdir(folder)
    with open_book(start) as book:
        report, change = sync(book, vdir, dry_run=dry_run, force=force)
    if json:
        say_json(report.as_json())
    else:
        _say(report)
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    elif change is not None:
        tell("relcraft undo takes it back in the book; the cards stay, and the next sync brings in what they say.")
    if report.conflicts:
        tell(f"{tell_count(len(report.conflicts), 'conflict')} to look at: relcraft conflicts")


def _say(report: SyncReport) -> None:
    say(f"{clean_line(report.folder)}: {tell_count(report.in_step, 'contact')} in step.")
    for what, names in (
        ("new here", report.added),
        ("changed here", _with_fields(report.changed)),
        ("archived here, as the card is gone", report.archived),
        ("new card", report.created),
        ("card changed", _with_fields(report.written)),
        ("card deleted", report.deleted),
        ("changed on both sides", _with_fields(report.conflicts)),
        ("left as it is", [f"{clean_line(name)} {why}" for name, why in report.left]),
    ):
        for name in names[:_MOST]:
            say(f"  {what}: {name}")
        if len(names) > _MOST:
            say(f"  {what}: {len(names) - _MOST} more")


def _with_fields(told: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [f"{name}: {', '.join(label_of('contacts', field).lower() for field in fields)}" for name, fields in told]
