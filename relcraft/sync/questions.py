"""What a sync asks about before it does anything: a folder that is not what it was, or never was one of cards."""

from collections.abc import Collection, Sequence

from relcraft.domain.card_files import NoFolderOfCards, TooMuchGone
from relcraft.domain.records import SyncedCard
from relcraft.domain.telling import tell_count
from relcraft.sync.folder import CardFolder
from relcraft.sync.matching import Pair

FEW = 5
"""So many cards or contacts may go without a question; of more, a third."""


def refuse_what_is_odd(
    folder: CardFolder, rows: Sequence[SyncedCard], files: Collection[str], pairs: Sequence[Pair]
) -> None:
    """Raise `TooMuchGone` where many of the cards of the last sync, or the contacts of many, are gone.

    Raises `NoFolderOfCards` where there was no sync with the folder yet, and it has other files and no card.
    """
    if not rows and not files and (other := folder.other_file()):
        raise NoFolderOfCards(
            f"{folder.name} has no card in it, but has {other}: a folder of .vcf files was expected. Nothing was "
            "written. To keep cards there from now on: relcraft sync --force."
        )
    known = [pair for pair in pairs if pair.row is not None]
    living = [pair for pair in known if pair.contact is not None and not pair.contact.archived]
    if rows and not files and living:
        raise TooMuchGone(
            f"{folder.name} is empty, and had {tell_count(len(rows), 'card')} at the last sync. Nothing was changed. "
            "If they were deleted on purpose: relcraft sync --force."
        )
    for what, gone in (
        ("cards are gone from the folder", [pair for pair in living if pair.file is None]),
        ("contacts are gone from the book", [p for p in known if p.contact is None and p.file is not None]),
    ):
        if len(gone) > FEW and len(gone) * 3 > len(known):
            raise TooMuchGone(
                f"{len(gone)} of {len(known)} {what} since the last sync with {folder.name}. "
                "Nothing was changed. If they were deleted on purpose: relcraft sync --force."
            )
