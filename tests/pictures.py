"""Takes the pictures in screenshots/ from the running program, on the sample book and a fixed date.

Usage: python -m tests.pictures
"""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from relcraft.book.open import Book
from relcraft.sample import sample_records
from relcraft.tui.app import RelcraftApp
from relcraft.tui.arriving.importing import ImportScreen
from tests.books import TODAY, a_keeper, at_noon

FOLDER = Path(__file__).parent.parent / "screenshots"
SMALL, LARGE = (80, 24), (140, 40)
LINE = "coffee w/ Nadia yesterday re: her talk >feedback !fri send the slides"
CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Amina,Okafor,https://www.linkedin.com/in/amina-example,amina@example.org,Tidewater Lab,Analyst,08 Feb 2026
Bruno,Keller,https://www.linkedin.com/in/bruno-example,,Nordlicht Energie,Engineer,12 Mar 2026
Chiyo,Tanaka,https://www.linkedin.com/in/chiyo-example,chiyo@example.org,Hoshi Works,Researcher,30 Apr 2026
,,,,,,02 May 2026
"""
_REMOTE_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def sample_book() -> Book:
    """Return the sample book, in memory, on the fixed date."""
    return Book(a_keeper(*sample_records(TODAY)), at_noon())


async def take(name: str, size: tuple[int, int], keys: Sequence[str], *, theme: str = "ink") -> None:
    """Press keys on the sample book and save what the screen shows."""
    app = RelcraftApp(sample_book(), theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        save(app, name)


async def take_import(name: str, size: tuple[int, int]) -> None:
    """Look into a small file of connections and save the report."""
    app = RelcraftApp(sample_book(), theme="ink")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Connections.csv").write_text(CONNECTIONS, "utf-8")
        async with app.run_test(size=size) as pilot:
            app.push_screen(ImportScreen(app.book, Path(folder)))
            await pilot.pause()
            await pilot.press("down", "enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            save(app, name)


def save(app: RelcraftApp, name: str) -> None:
    """Save the screen; a picture names no font of another host."""
    picture = _REMOTE_FONTS.sub("", app.export_screenshot(title="Relcraft"))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(picture, "utf-8")


async def main() -> None:
    """Take them all."""
    await take("people-140x40", LARGE, [*"jjjj"])
    await take("people-80x24", SMALL, [*"jjjj"])
    await take("people-140x40-paper", LARGE, [*"jjjj"], theme="paper")
    await take("add-line-80x24", SMALL, ["a", *LINE])
    await take("help-80x24", SMALL, ["question_mark"])
    await take_import("import-80x24", SMALL)


if __name__ == "__main__":
    asyncio.run(main())
