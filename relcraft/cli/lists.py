"""The command `list`, with everything that it can list."""

import click

from relcraft.cli.listing import contacts, exchanges, follow_ups, interactions
from relcraft.cli.listing_asks import asks, goals, introductions, matches, ties


@click.group("list")
def list_() -> None:
    """List what is in the book.

    Example: relcraft list contacts due: --sort due
    """


for _command in (contacts, interactions, exchanges, asks, introductions, goals, ties, matches, follow_ups):
    list_.add_command(_command)
