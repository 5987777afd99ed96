"""What --json prints is what `relcraft schema` says of it: nothing missing, nothing unsaid."""

import json
from collections.abc import Iterator
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from relcraft.cli.main import relcraft as program
from relcraft.cli.schema import OUTPUTS, schema_for, whole_schema
from relcraft.domain.records import OtherSide
from relcraft.sample import sample_records
from tests.books import TODAY, person
from tests.cli.conftest import CommandLine

NO_JSON = {
    "ask": "changes",
    "demo": "opens the screen",
    "export": "prints the book in a format of its own",
    "goal": "changes",
    "ics": "prints a calendar",
    "introduce": "changes",
    "man": "prints the manual page",
    "schema": "prints a schema, which is JSON",
    "tie": "changes",
}
"""The commands without --json, and why."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be run, by its words."""
    root = click.Context(program, info_name="relcraft")
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else None
        if inner is None:
            yield name, command
        else:
            yield from ((f"{name} {each}", one) for each, one in inner.items())


def takes_json(command: click.Command) -> bool:
    return any("--json" in param.opts for param in command.params)


def strict(schema: Any) -> Any:
    """Return a schema in which no object has fields that it does not name."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {**closed, **{key: strict(value) for key, value in schema.items()}}


def fits(command: str, said: Any) -> None:
    problems = [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft202012Validator(strict(schema_for(command))).iter_errors(said)
    ]
    assert problems == []
    assert Draft202012Validator(whole_schema()).is_valid(said)


@pytest.fixture
def sample(relcraft: CommandLine) -> CommandLine:
    """A command line over the sample book."""
    relcraft.fill(*sample_records(TODAY))
    return relcraft


def test_every_command_that_reads_prints_json_and_every_json_has_a_schema() -> None:
    without = {name for name, command in commands() if not takes_json(command)}
    assert {name for name in without if name.split(" ")[0] not in NO_JSON} == set()
    assert {name for name, command in commands() if takes_json(command)} - set(OUTPUTS) == set()


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(whole_schema())
    for command in OUTPUTS:
        Draft202012Validator.check_schema(schema_for(command))


@pytest.mark.parametrize(
    "words",
    [
        *(name for name in OUTPUTS if name.startswith("list ")),
        "list follow-ups --all",
        "list contacts --archived",
        "today",
        "today --all",
        "digest",
        "balance",
        "balance --explain",
        "balance --calibration",
        "me",
        "undo --list",
        "undo",
        "redo --list",
        "conflicts",
        "backup",
        "backup --list",
        "restore",
        "check",
        "locate",
        "locate config",
        "config",
        "duplicates",
        "unplaced",
        "merge",
        "add --dry-run coffee yesterday",
    ],
)
def test_what_is_printed_fits_its_schema(sample: CommandLine, words: str) -> None:
    answer = sample(*words.split(" "), "--json")
    assert answer.code == 0, answer.err
    fits(next(name for name in sorted(OUTPUTS, reverse=True) if f"{words} ".startswith(f"{name} ")), answer.json)


def test_every_person_fits_the_schema(sample: CommandLine) -> None:
    people = sample("list", "contacts", "--json").json["contacts"]
    for contact in people[:12]:
        fits("show", sample("show", contact["uid"], "--json").json)
        fits("balance", sample("balance", contact["uid"], "--explain", "--json").json)
    fits("show", sample("show", people[0]["uid"], "--brief", "--json").json)
    organisation = next(each["organisation"] for each in people if each["organisation"])
    fits("path", sample("path", f"org:{organisation}", "--json").json)
    fits("email", sample("email", people[0]["name"].split()[0], "--json").json)


def test_what_changes_a_book_fits_its_schema(sample: CommandLine, tmp_path: Any) -> None:
    fits("redo", (sample("undo"), sample("redo", "--json").json)[1])
    backup = sample("backup", "--json").json["path"]
    sample("add", "--new", "coffee with Grace Hopper")
    fits("restore", sample("restore", backup, "--dry-run", "--json").json)
    fits("merge", sample("merge", backup, "--dry-run", "--json").json)
    fits("add", sample("add", "-", "--json", stdin=b"coffee yesterday\nmet with Nobody Atall\n").json)
    card = tmp_path / "a.vcf"
    card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lee Chen\r\nEND:VCARD\r\n")
    fits("import", sample("import", str(card), "--dry-run", "--json").json)
    fits("import", sample("import", backup, "--dry-run", "--json").json)
    sample.book.write_bytes(sample.book.read_bytes()[:-500])
    fits("check", sample("check", "--json").json)
    fits("check", sample("check", "--repair", "--json").json)


def test_a_conflict_fits_the_schema(relcraft: CommandLine) -> None:
    ada = person("ada", "Ada")
    relcraft.fill(ada, OtherSide(uid="c", table="contacts", of="ada", document={"uid": "ada", "name": "Adah"}))
    fits("conflicts", relcraft("conflicts", "--json").json)


def test_one_command_is_told_alone_and_an_unknown_one_by_name(relcraft: CommandLine) -> None:
    assert relcraft("schema", "list", "ties").json["title"] == "relcraft list ties --json"
    assert json.dumps(relcraft("schema").json)
    answer = relcraft("schema", "demo")
    assert (answer.code, answer.err.startswith('"demo" prints no JSON: add, ')) == (1, True)
