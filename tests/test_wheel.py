"""The wheel, built and installed elsewhere, runs: stylesheets and sample are in it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OPEN_THE_SAMPLE = """
import asyncio, datetime, pathlib, sys
import relcraft
assert pathlib.Path(relcraft.__file__).is_relative_to(sys.argv[1]), relcraft.__file__
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.sample import sample_records
from relcraft.tui.app import RelcraftApp

async def main():
    book = Book(MemoryKeeper(), lambda: datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC))
    book.change("the sample", *(put(None, record) for record in sample_records(book.today)))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("question_mark", "escape", "n", "escape", "I", "escape")
        print(len(book.contacts()))

asyncio.run(main())
"""


def test_a_wheel_installed_elsewhere_opens_the_sample(tmp_path: Path) -> None:
    def run(*words: str | Path, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            check=False,
            cwd=tmp_path,
            env={**os.environ, **more},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel)
    assert int(run("-c", OPEN_THE_SAMPLE, site, PYTHONPATH=str(site))) > 60
    assert "--today" in run("-m", "relcraft", "--help", PYTHONPATH=str(site))
