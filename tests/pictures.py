"""Takes the pictures in screenshots/ from the running program, on the sample book and a fixed date.

Usage: python -m tests.pictures
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.screen import Screen

from relcraft.book.open import Book
from relcraft.sample import sample_records
from relcraft.tui.app import RelcraftApp
from relcraft.tui.arriving.fifteen import PickFifteen
from relcraft.tui.arriving.importing import ImportScreen
from tests.books import TODAY, a_keeper, at_noon
from tests.conflicts import two_laptops
from tests.doubles import twice_here

FOLDER = Path(__file__).parent.parent / "screenshots"
SMALL, LARGE = (80, 24), (140, 40)
LINE = "coffee w/ Nadia yesterday re: her talk >feedback !fri send the slides"
SOMEBODY = ["p", *"marit sol", "enter"]
"""The keys to a contact with much give and take."""
HESITATING = [
    *SOMEBODY,
    "A",
    *"a word to the people who choose the speakers",
    "tab",
    "tab",
    *"she chaired it last year",
    *["tab"] * 3,
    "right",
    "right",
    "tab",
    "3",
    "tab",
    "tab",
    "right",
    "right",
]
"""The keys to an ask of them, up to what holds one back."""
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


async def take(
    name: str,
    keys: Sequence[str],
    *,
    size: tuple[int, int] = SMALL,
    theme: str = "ink",
    screen: Callable[[Book], Screen[Any]] | None = None,
    book: Callable[[], Book] = sample_book,
) -> None:
    """Press keys on the sample book (or another), or on one screen over it, and save what is seen."""
    app = RelcraftApp(book(), theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if screen is not None:
            await app.push_screen(screen(app.book))
        await pilot.press(*keys)
        await pilot.pause()
        save(app, name)


async def take_welcome(name: str) -> None:
    """Save what a new book asks."""
    app = RelcraftApp(Book(a_keeper(), at_noon()), theme="ink", place="~/.local/share/relcraft/book.json")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        save(app, name)


async def take_import(name: str) -> None:
    """Look into a small file of connections and save the report."""
    app = RelcraftApp(sample_book(), theme="ink")
    with a_home() as home:
        (home / "Downloads").mkdir()
        (home / "Downloads" / "Connections.csv").write_text(CONNECTIONS, "utf-8")
        async with app.run_test(size=SMALL) as pilot:
            app.push_screen(ImportScreen(app.book))
            await pilot.pause()
            await pilot.press("down", "enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
            save(app, name)


@contextmanager
def a_home() -> Iterator[Path]:
    """Pretend an empty home folder, so that no picture shows whose computer it was taken on."""
    before = {name: os.environ.pop(name, None) for name in ("HOME", "XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME")}
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HOME"] = folder
            yield Path(folder)
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def without_remote_fonts(picture: str) -> str:
    """Return a picture that names no font of another host: who looks at it asks nobody."""
    return _REMOTE_FONTS.sub("", picture)


def save(app: RelcraftApp, name: str) -> None:
    """Save the screen."""
    picture = without_remote_fonts(app.export_screenshot(title="Relcraft"))
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(picture, "utf-8")


async def main() -> None:
    """Take them all."""
    await take("people-140x40", SOMEBODY, size=LARGE)
    await take("people-80x24", SOMEBODY)
    await take("today-80x24", ["2"])
    await take("today-140x40", ["2", "m"], size=LARGE)
    await take("composer-80x24", HESITATING)
    await take("composer-140x40", HESITATING, size=LARGE)
    await take("asks-80x24", ["3"])
    await take("asks-140x40", ["3"], size=LARGE)
    await take("balance-80x24", ["4"])
    await take("balance-140x40", ["4"], size=LARGE)
    await take("goals-140x40", ["5", "j"], size=LARGE)
    await take("paths-80x24", ["6", *"lagoon", "enter"])
    await take("brief-80x24", [*SOMEBODY, "b"])
    await take("conflicts-80x24", ["C"], book=two_laptops)
    await take("conflicts-140x40", ["C"], size=LARGE, book=two_laptops)
    await take("duplicates-80x24", ["S", "j", "j"], book=twice_here)
    await take("duplicates-140x40", ["S", "j", "j"], size=LARGE, book=twice_here)
    await take("people-140x40-paper", SOMEBODY, size=LARGE, theme="paper")
    await take("add-line-80x24", ["a", *LINE])
    await take("help-80x24", ["question_mark"])
    await take("finder-80x24", ["p", *"na"])
    await take("contact-form-80x24", [*SOMEBODY, "e"])
    await take("explanation-80x24", [*SOMEBODY, "equals_sign"])
    await take_import("import-80x24")
    await take_welcome("welcome-80x24")
    await take("fifteen-140x40", [*"jcjaic"], size=LARGE, screen=PickFifteen)


if __name__ == "__main__":
    asyncio.run(main())
