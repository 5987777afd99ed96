"""`relcraft import` as a user meets it: from the programs in which people are, down to what is stored."""

import re
from pathlib import Path

import pytest

from relcraft.formats.registry import formats
from tests.cli.conftest import CommandLine

MAILBOX = """From camille Mon Mar  2 09:00:00 2026
From: Camille Doe <camille@home.example>
To: Ada Lovelace <ada@engines.example>
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <1@home.example>
Subject: The engine

Words that nobody reads.

"""
TABLE = "Name,E-Mail,Wo\nAda Lovelace,ada@x.example,Turin\n"


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    path = tmp_path / "letters.mbox"
    path.write_text(MAILBOX, "utf-8")
    return path


def test_mail_wants_to_know_which_address_is_mine_and_says_how(relcraft: CommandLine, mailbox: Path) -> None:
    answer = relcraft("import", mailbox)
    assert answer.code == 1
    assert '--me "ada@engines.example" says so' in answer.err or '--me "camille@home.example" says so' in answer.err
    assert not relcraft.book.exists() or relcraft.stored("contacts") == []


def test_an_address_that_was_said_once_is_kept(relcraft: CommandLine, mailbox: Path) -> None:
    assert "new: 1 contacts, 1 interactions" in relcraft("import", mailbox, "--me", "camille@home.example").out
    assert [(one["kind"], one["initiator"], one["summary"]) for one in relcraft.stored("interactions")] == [
        ("email", "me", "The engine")
    ]
    assert relcraft.stored("me")[0]["emails"] == ["camille@home.example"]
    again = relcraft("import", mailbox)
    assert (again.code, again.out.splitlines()[0]) == (
        0,
        "1 read: 0 added, 0 updated, 1 unchanged, 0 skipped, 0 ambiguous",
    )


def test_a_dry_run_remembers_nothing(relcraft: CommandLine, mailbox: Path) -> None:
    assert relcraft("import", mailbox, "--me", "camille@home.example", "--dry-run").code == 0
    assert not relcraft.book.exists()


def test_columns_are_told_and_can_be_said_otherwise(relcraft: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "utf-8")
    assert "Columns: Name is name, E-Mail is emails, Wo is " in relcraft("import", path, "--dry-run").err
    assert relcraft("import", path, "--column", "Wo=city").code == 0
    assert relcraft.stored("contacts")[0]["city"] == "Turin"
    assert relcraft("import", path, "--column", "Wo").code == 2


def test_what_waits_to_be_placed_is_stored_and_told(relcraft: CommandLine, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name,E-Mail\nJane Kim,one@x.example\nJane Kim,two@x.example\n", "utf-8")
    assert relcraft("import", people).code == 0
    given = tmp_path / "Recommendations_Received.csv"
    given.write_text(
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
        'Jane,Kim,Acme,Lead,"A joy to work with","03/02/26, 10:00 AM",VISIBLE\n',
        "utf-8",
    )
    answer = relcraft("import", given)
    assert "1 ambiguous" in answer.out
    (waits,) = relcraft.stored("unplaced")
    assert waits["document"]["text"] == "A joy to work with"
    assert relcraft("undo").code == 0
    assert relcraft.stored("unplaced") == []


def test_a_whole_import_is_one_undo(relcraft: CommandLine, mailbox: Path) -> None:
    relcraft("me", "--email", "camille@home.example")
    assert relcraft("import", mailbox).code == 0
    assert relcraft("undo").code == 0
    assert relcraft.stored("contacts") == relcraft.stored("interactions") == []


def test_an_import_with_an_address_of_mine_is_one_undo_and_comes_again(relcraft: CommandLine, mailbox: Path) -> None:
    for _time in range(2):
        assert relcraft("import", mailbox, "--me", "camille@home.example").code == 0
        assert relcraft.stored("interactions")
        assert relcraft("undo").code == 0
        assert [relcraft.stored(table) for table in ("contacts", "interactions", "me")] == [[], [], []]


def test_very_many_rows_with_one_reason_are_told_by_their_number(relcraft: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nEMAIL:a@x.example\nEND:VCARD\n" * 1000, "utf-8")
    lines = relcraft("import", path).out.splitlines()
    assert len([line for line in lines if line.startswith("skipped: ")]) == 4
    assert lines[-1].startswith("skipped: 997 more: has no name")


def test_the_help_names_every_format_and_so_does_the_manual(relcraft: CommandLine) -> None:
    told, manual = relcraft.plain("import", "--help").out, relcraft.plain("man").out
    assert max(map(len, told.splitlines())) <= 80
    said = " ".join(told.split())
    for known in formats():
        assert f" {known.name} {known.title} " in said
        assert re.search(rf"^ +{re.escape(known.name.replace('-', chr(92) + '-'))}  ", manual, re.MULTILINE)
    assert "another book of Relcraft" in told


def test_an_unknown_format_is_refused_with_the_known_ones(relcraft: CommandLine) -> None:
    answer = relcraft("import", "--format", "xml", "people.xml")
    assert answer.code == 2
    assert all(known.name in answer.err for known in formats())
