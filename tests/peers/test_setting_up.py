"""Who follows `relcraft sync --help`, and nothing else, gets a phone's people into the book and the book's onto it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relcraft.cli.syncing import sync_
from relcraft.domain.records import Contact
from relcraft.formats.vcard_writing import export_vcards
from tests.peers.server import radicale

HOME_OF = {"https://cloud.example.org/remote.php/dav/": "http://127.0.0.1:{port}/", '"me"': '"somebody"'}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    with radicale(tmp_path / "server") as port:
        yield port


class Home:
    """A user's home, in which programs run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()

    def __call__(self, program: str, *words: str, stdin: str = "") -> str:
        where = {name: str(self.place / path) for name, path in (("HOME", ""), ("XDG_CONFIG_HOME", ".config"))}
        command = [str(Path(sys.executable).with_name(program)), *words]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**where, "LANG": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def the_config() -> str:
    """Return the config file that the help tells."""
    (block,) = (part for part in (sync_.help or "").split("\n\n") if "[general]" in part)
    return "\n".join(line.strip() for line in block.replace("\b", "").splitlines())


def test_the_words_of_the_help_are_enough(tmp_path: Path, server: int) -> None:
    home = Home(tmp_path / "home")
    config = the_config()
    for told, said in HOME_OF.items():
        assert told in config
        config = config.replace(told, said.format(port=server))
    config = config.replace('["command", "pass", "cloud"]', '["command", "echo", "x"]')
    (home.place / ".config/vdirsyncer").mkdir(parents=True)
    (home.place / ".config/vdirsyncer/config").write_text(config)
    home("vdirsyncer", "discover", stdin="y\n")
    assert [path.name for path in (home.place / ".contacts").iterdir()] == ["people"]

    folder = str(home.place / ".contacts/people")
    home("relcraft", "add", "--new", "met Ada Lovelace yesterday")
    home("vdirsyncer", "sync")
    assert "new card: Ada Lovelace" in home("relcraft", "sync", folder)
    home("vdirsyncer", "sync")
    cards = list((tmp_path / "server/collection-root/somebody/people").glob("*.vcf"))
    assert [b"FN:Ada Lovelace" in card.read_bytes() for card in cards] == [True]

    (grace,) = export_vcards([Contact(uid="grace-uid", name="Grace Hopper")], "3.0")
    (cards[0].parent / "grace-uid.vcf").write_bytes(grace)
    home("vdirsyncer", "sync")
    assert "new here: Grace Hopper" in home("relcraft", "sync", folder)
