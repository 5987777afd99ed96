"""A real CardDAV server between a phone and the book, with the sync program people use; and khard on our folder."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.records import Birthday, Contact
from tests.peers.carddav import EDITS, PEOPLE, phone_card, played
from tests.peers.server import Setup, foreign_lines, radicale

_KHARD = """[addressbooks]
[[people]]
path = {folder}
[general]
debug = no
default_action = list
editor = cat
merge_editor = cat
[contact table]
display = first_name
show_uids = yes
[vcard]
preferred_version = 3.0
"""


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Setup]:
    with radicale(tmp_path / "server") as port:
        yield Setup(tmp_path / "all", port)


def the(book: Book, name: str) -> Contact:
    (found,) = (one for archived in (False, True) for one in book.contacts(archived=archived) if one.name == name)
    return found


def test_what_is_made_changed_and_deleted_on_either_side_is_so_on_the_other(setup: Setup) -> None:
    for number in (0, 1, 2):
        (setup.phone / f"{number}.vcf").write_bytes(phone_card(number, Random(number)).encode())
    with setup.book() as book:
        for name, birthday in (("Ada Lovelace", Birthday(12, 10, 1815)), ("Leap Ling", Birthday(2, 29))):
            add_contact(book, Contact(uid="", name=name, emails=(f"{name[0]}@x.example",), birthday=birthday))
    setup.round()
    phone = setup.cards(setup.phone)
    assert {card.contact.name: card.contact.birthday for card in phone.values()} == {
        "Given0 Family0": Birthday(1, 1),
        "Given1 Family1": None,
        "Given2 Family2": None,
        "Ada Lovelace": Birthday(12, 10, 1815),
        "Leap Ling": Birthday(2, 29),
    }
    before = {uid: foreign_lines(card) for uid, card in phone.items()}
    assert any(line.startswith("PHOTO ") for line in before["phone-card-0000"])

    with setup.book() as book:
        old = the(book, "Given0 Family0")
        assert old.birthday == Birthday(1, 1)
        edit(book, old, replace(old, role="Painter", birthday=Birthday(1, 2)))
        archive(book, [the(book, "Given1 Family1").uid])
        delete_for_good(book, the(book, "Given1 Family1").uid)
    setup.file_of(setup.phone, "phone-card-0002").unlink()
    path = setup.file_of(setup.phone, next(uid for uid, card in phone.items() if card.contact.name == "Ada Lovelace"))
    path.write_bytes(path.read_bytes().replace(b"END:VCARD", b"TEL;TYPE=CELL:+44 20 7946 0001\nX-MOOD:calm\nEND:VCARD"))
    report = setup.round()

    assert (report.archived, report.deleted) == (["Given2 Family2"], ["Given1 Family1"])
    phone = setup.cards(setup.phone)
    assert {card.contact.name for card in phone.values()} == {"Given0 Family0", "Ada Lovelace", "Leap Ling"}
    assert (phone["phone-card-0000"].contact.role, phone["phone-card-0000"].contact.birthday) == (
        "Painter",
        Birthday(1, 2),
    )
    assert foreign_lines(phone["phone-card-0000"]) == before["phone-card-0000"]
    with setup.book() as book:
        assert the(book, "Ada Lovelace").phones == ("+44 20 7946 0001",)
        assert the(book, "Given2 Family2").archived
    assert setup.round().quiet


def test_two_hundred_people_and_fifty_edits_on_each_side_agree_and_nothing_is_lost(tmp_path: Path) -> None:
    with radicale(tmp_path / "server") as port:
        play, outcome = played(tmp_path / "all", port)
    assert sum(play.counts.values()) == 2 * EDITS
    assert outcome.wrong() == []
    assert outcome.cards >= PEOPLE * 9 // 10
    assert outcome.foreign > 300
    assert outcome.bytes_kept[0] > 1000
    assert min(outcome.typed - 50, outcome.taken_off, len(outcome.clashing)) > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_dice_say_they_agree_in_one_folder_too(tmp_path: Path, seed: int) -> None:
    _play, outcome = played(tmp_path / "all", 0, seed, 60)
    assert outcome.wrong() == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 110))
def test_over_a_hundred_rounds_they_agree(tmp_path: Path, seed: int) -> None:
    _play, outcome = played(tmp_path / "all", 0, seed, 60)
    assert outcome.wrong() == []


class Khard:
    """khard over one folder, with a config file of its own."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._config = place / "khard.conf"
        self._config.write_text(_KHARD.format(folder=folder))

    def __call__(self, *words: str | Path, stdin: str = "") -> str:
        program = Path(sys.executable).with_name("khard")
        done = subprocess.run(
            [program, "-c", self._config, *words], input=stdin, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_khard_lists_what_relcraft_wrote_and_its_edit_comes_back(tmp_path: Path) -> None:
    setup = Setup.without_server(tmp_path)
    khard = Khard(tmp_path, setup.ours)
    with setup.book() as book:
        for name, birthday in (("Ada Lovelace", Birthday(12, 10, 1815)), ("Jörg Müller", Birthday(2, 29))):
            email, phones = f"{name[0].lower()}@x.example", ("+44 20 7946 0001",)
            one = Contact(uid="", name=name, emails=(email,), phones=phones, organisation="Acme, Inc; Ltd")
            add_contact(book, replace(one, birthday=birthday, notes="first\nsecond; line", tags=("maths",)))
    setup.relcraft()
    assert [line.split("\t")[1] for line in khard("list", "-p").splitlines()] == ["Ada Lovelace", "Jörg Müller"]
    shown = khard("show", "Jörg")
    assert [word for word in ("j@x.example", "+44 20 7946 0001", "Acme, Inc; Ltd", "maths") if word not in shown] == []
    assert khard("email", "-p", "ada").splitlines()[-1].split("\t")[:2] == ["a@x.example", "Ada Lovelace"]

    template = khard("show", "--format", "yaml", "Ada")
    changed = tmp_path / "changed.yaml"
    changed.write_text(template.replace("+44 20 7946 0001", "+44 20 7946 0999").replace("first", "one"))
    khard("edit", "-i", changed, "Ada", stdin="y\n")
    report = setup.relcraft()
    assert [name for name, _fields in report.changed] == ["Ada Lovelace"]
    with setup.book() as book:
        ada = the(book, "Ada Lovelace")
    assert (ada.phones, ada.notes) == (("+44 20 7946 0999",), "one\nsecond; line")
    assert (ada.organisation, ada.birthday) == ("Acme, Inc; Ltd", Birthday(12, 10, 1815))
    assert setup.relcraft().quiet
