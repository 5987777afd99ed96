"""Formats of other packages: found by their entry points, and harmless where they are broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relcraft.domain.incoming import Incoming, Skipped
from relcraft.formats.others import other_formats
from relcraft.formats.reading import read_paths
from relcraft.formats.registry import formats
from tests.cli.conftest import CommandLine

GOOD = """
from relcraft.domain.incoming import Incoming
from relcraft.domain.records import Contact


class Good:
    name = "good"
    title = "Good things"

    def recognises(self, head):
        return head.startswith(b"GOOD")

    def expected_rows(self, data):
        return 1

    def read(self, data, file_name, how):
        for number, line in enumerate(data.decode().split()[1:], 2):
            yield Incoming(Contact(uid="", name=line, sources=(f"good:{line}",)), f"{file_name}, line {number}")


class Bad(Good):
    name = "bad"

    def recognises(self, head):
        if head.startswith(b"GOOD"):
            raise SystemExit(3)
        return head.startswith(b"BAD")

    def expected_rows(self, data):
        raise ValueError

    def read(self, data, file_name, how):
        yield Incoming(None, "nowhere")
        yield from super().read(data, file_name, how)
        raise RuntimeError


class Vcard(Bad):
    name = "vcard"


raises = None


def __getattr__(name):
    raise SystemExit(4)
"""
ENTRIES = """[relcraft.formats]
a-bad = relcraft_good_things:Bad
good = relcraft_good_things:Good
gone = relcraft_gone_things:Gone
leaves = relcraft_good_things:leaves
nothing = relcraft_good_things:raises
vcard = relcraft_good_things:Vcard
"""


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package with formats, as pip would."""
    room = tmp_path / "site"
    told = room / "relcraft_good_things-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: relcraft-good-things\nVersion: 1.0\n", "utf-8")
    (told / "entry_points.txt").write_text(ENTRIES, "utf-8")
    (room / "relcraft_good_things.py").write_text(GOOD, "utf-8")
    monkeypatch.syspath_prepend(str(room))
    other_formats.cache_clear()
    yield
    other_formats.cache_clear()


def test_a_format_of_another_package_is_found_and_one_of_our_name_is_not() -> None:
    assert [known.name for known in formats() if known.name in ("good", "bad", "vcard")] == ["vcard", "bad", "good"]
    assert type(next(known for known in formats() if known.name == "vcard")).__name__ == "VCard"


def test_a_format_that_fails_keeps_what_came_before_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"GOOD\nAda\nRaj\n")
    (tmp_path / "b").write_bytes(b"BAD\nGrace\n")
    rows = list(read_paths([tmp_path / "a", tmp_path / "b"]))
    assert [row.contact.name for row in rows if isinstance(row, Incoming)] == ["Ada", "Raj", "Grace"]
    failed = [row.why for row in rows if isinstance(row, Skipped)]
    assert failed == [f"could not be read on: the format bad failed ({what})" for what in ("Incoming", "RuntimeError")]


def test_formats_that_cannot_be_loaded_are_told_by_name_and_do_no_harm(relcraft: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "cards").write_bytes(b"GOOD\nAda\n")
    answer = relcraft("import", tmp_path / "cards")
    assert answer.code == 0
    assert "1 added" in answer.out
    assert answer.err.splitlines()[:3] == [
        f"The format {name} of another package cannot be used ({why})."
        for name, why in (("gone", "ModuleNotFoundError"), ("leaves", "SystemExit"), ("nothing", "AttributeError"))
    ]
