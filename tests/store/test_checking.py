"""What a check says of a book."""

import json
from pathlib import Path

from relcraft.domain.changes import put
from relcraft.domain.records import Exchange, Interaction
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind
from relcraft.store.checking import check
from tests.store.changes import ADA, GRACE, NOW, a_book, adding, all_files, change, crashed, deleting, journal_of


def test_a_whole_book_has_its_records_counted(path: Path) -> None:
    coffee = Interaction(uid="coffee", date=NOW.date(), kind=InteractionKind.COFFEE, contacts=("ada", "grace"))
    advice = Exchange(
        uid="advice",
        date=NOW.date(),
        direction=Direction.GIVEN,
        kind=ExchangeKind.ADVICE,
        contact="ada",
        interaction="coffee",
    )
    with a_book(path, ADA, GRACE) as book:
        book.keep(change(put(None, coffee), put(None, advice)))
        book.fold()
        report = check(path)
    assert report.whole
    assert report.remarks == ()
    assert dict(report.counts) == {"contacts": 2, "interactions": 1, "exchanges": 1}


def test_what_waits_is_counted_and_nothing_is_touched(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        crashed(book)
    journal_of(path).write_bytes(journal_of(path).read_bytes() + b"00000000 {")
    before = all_files(path.parent)
    report = check(path)
    assert report.whole
    assert dict(report.counts) == {"contacts": 2}
    assert "cut short" in report.remarks[0]
    assert "1 change waits in book.json.journal" in report.remarks[1]
    assert all_files(path.parent) == before


def test_what_is_wrong_with_documents_is_said_with_table_id_and_uid(path: Path) -> None:
    contacts = {
        "1": {"uid": "ada", "name": "Ada", "circle": "best", "introduced_by": "nobody"},
        "2": {"uid": "ada", "name": "Eva"},
        "7": {"name": "Bo"},
    }
    coffee = {"uid": "c", "date": "soon", "contacts": ["ada", "ghost"]}
    path.write_text(json.dumps({"contacts": contacts, "interactions": {"3": coffee}}))
    report = check(path)
    assert not report.whole
    told = "\n".join(report.problems)
    assert "contacts 1 (uid ada): circle is 'best'" in told
    assert "contacts 1 (uid ada): introduced_by leads to nobody, and there is no such contact." in told
    assert "contacts 2 (uid ada) has the uid of contacts 1" in told
    assert "contacts 7 has no uid" in told
    assert "interactions 3 (uid c): date is 'soon'" in told
    assert "interactions 3 (uid c): kind is missing" in told
    assert "contacts leads to ghost" in told
    assert len(report.problems) == 7


def test_links_of_asks_introductions_goals_and_ties_are_followed(path: Path) -> None:
    step = [{"state": "asked", "date": "2026-11-01"}]
    ask = {"uid": "k", "direction": "outgoing", "contact": "ghost", "kind": "advice", "steps": step, "goal": "none"}
    made = {"uid": "i", "broker": "ada", "second": "ghost", "ask": "k", "steps": []}
    tables = {
        "contacts": {"1": {"uid": "ada", "name": "Ada"}},
        "asks": {"1": ask},
        "introductions": {"1": made},
        "goals": {"1": {"uid": "g", "kind": "get hired", "words": "a job", "chain": ["ada", "ghost"]}},
        "ties": {"1": {"uid": "t", "first": "ada", "second": "ghost"}},
    }
    path.write_text(json.dumps(tables))
    told = [problem for problem in check(path).problems if "leads to" in problem]
    fields = [problem.split(": ")[1].split(" leads")[0] for problem in told]
    assert sorted(fields) == ["chain", "contact", "goal", "second", "second"]


def test_what_was_put_off_on_today_is_nothing_wrong(path: Path) -> None:
    moves = ("keep:ada:2026-03-01", "goal:gone", "dormant-week", "circle-day", "ada")
    snoozes = {str(row): {"uid": f"s{row}", "of": of, "until": "2027-01-01"} for row, of in enumerate(moves, 1)}
    path.write_text(json.dumps({"contacts": {"1": {"uid": "ada", "name": "Ada"}}, "snoozes": snoozes}))
    assert check(path).whole
    snoozes["9"] = {"uid": "s9", "of": "nobody", "until": "2027-01-01"}
    path.write_text(json.dumps({"contacts": {"1": {"uid": "ada", "name": "Ada"}}, "snoozes": snoozes}))
    assert "of leads to nobody" in check(path).problems[0]


def test_unreadable_files_are_one_problem(path: Path) -> None:
    path.write_text('{"contacts": {"1": ')
    assert "something else stands in line 1, column 20; perhaps the file was cut off" in check(path).problems[0]
    path.write_text('{"contacts": {}}')
    journal_of(path).write_bytes(b"0 x\n0 y\n")
    assert "damaged" in check(path).problems[0]
    assert len(check(path).problems) == 1


def test_what_waits_to_be_looked_at_and_what_something_else_did_are_remarks(path: Path) -> None:
    side = {"uid": "x", "table": "asks", "of": "gone", "document": {"uid": "gone"}}
    tables = {
        "contacts": {"5": {"uid": "ada", "name": "Ada"}},
        "goals": {"1": {"uid": "ada", "kind": "get hired", "words": "a job"}},
        "conflicts": {"1": side, "2": {"uid": "y", "table": "asks", "of": "gone"}},
        "_tombstones": {"1": {"uid": "eve", "table": "contacts", "when": "2026-01-01T00:00:00.000000Z", "of": "ab"}},
        "_meta": {"1": {"format": "relcraft-book", "schema": 1, "seq": 1, "next_ids": {"contacts": 5}, "crc32": "?"}},
    }
    path.write_text(json.dumps(tables))
    path.chmod(0o640)
    path.with_name("book.json.tmp").touch()
    path.with_name("book (Ada's conflicted copy 2026-03-12).json").touch()
    backups = path.parent / "backups"
    backups.mkdir()
    (backups / "book-2026-03-01.json").touch(0o644)
    report = check(path, backups)
    assert report.problems == ()
    outside, two_tables, conflicts, ids, mode, backup_mode, left, copy = report.remarks
    assert outside.startswith("book.json was changed by something other than Relcraft")
    assert two_tables == "goals 1 (uid ada) has the uid of contacts 5 as well."
    assert conflicts == "2 conflicts wait: relcraft conflicts shows them."
    assert ids == "contacts has the id 5, and 5 was to be the next: something else gave it."
    assert mode.startswith("book.json has the mode 0640")
    assert backup_mode.startswith("book-2026-03-01.json has the mode 0644")
    assert left.startswith("book.json.tmp was left by a write")
    assert copy.startswith("Dropbox")
    assert copy.endswith("relcraft merge takes it in.")


def test_a_record_that_lives_and_was_deleted_and_a_tombstone_of_nothing_are_problems(path: Path) -> None:
    tombstones = {"1": {"uid": "ada", "table": "contacts", "when": ""}, "2": {"when": ""}}
    path.write_text(json.dumps({"contacts": {"1": {"uid": "ada", "name": "Ada"}}, "_tombstones": tombstones}))
    alive, nothing = check(path).problems
    assert alive == "contacts 1 (uid ada) is there, and _tombstones 1 says that it was deleted."
    assert nothing == "_tombstones 2 does not say which record was deleted."


def test_what_can_be_saved_of_an_unreadable_book_is_said(path: Path) -> None:
    path.write_text('{"contacts": {"1": {"uid": "ada", "name": "Ada"}, "2": {"uid": "gr')
    assert check(path).remarks[0] == (
        "What can be read of it is 1 contact: relcraft check --repair saves that into a new file."
    )


def test_a_book_that_is_not_there_is_a_problem(path: Path) -> None:
    assert "There is no book" in check(path).problems[0]


def test_a_newer_book_is_a_problem(path: Path) -> None:
    path.write_text('{"contacts": {}, "_meta": {"1": {"format": "relcraft-book", "schema": 99, "seq": 0}}}')
    assert "schema 99" in check(path).problems[0]


def test_changes_that_do_not_fit_any_more_are_told_and_no_problem(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(deleting(ADA))
        crashed(book)
    path.write_text(path.read_text().replace("Ada Lovelace", "Augusta"))
    before = all_files(path.parent)
    report = check(path)
    assert report.whole
    assert any('"Augusta" was changed twice' in remark for remark in report.remarks)
    assert all_files(path.parent) == before
