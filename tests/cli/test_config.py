"""The config file from end to end: the default one whole, and each key of one down to what it does."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from relcraft.cli.default_config import default_lines
from relcraft.cli.keymap import registry_of
from relcraft.cli.known_settings import KEYS, SETTINGS, THEMES
from relcraft.cli.settings import read_settings
from relcraft.domain.rules import USUAL_RULES
from relcraft.domain.words import Circle
from relcraft.tui.commands import REGISTRY
from relcraft.tui.theme_names import BASE, COLOURS, DARK, STYLES
from tests.books import TODAY, gave, met, person
from tests.cli.conftest import CommandLine, Write


def default_file() -> str:
    """Return the printed default with the # taken away before every setting; a comment has a space after its #."""
    return re.sub(r"(?m)^#(?! )(?=.)", "", "\n".join(default_lines()) + "\n")


# The default file


def test_the_printed_default_changes_nothing_as_it_is(relcraft: CommandLine, write: Write) -> None:
    answer = relcraft.plain("config", "--default")
    assert (answer.code, answer.err) == (0, "")
    assert not any(tomllib.loads(answer.out).values()), "no version's defaults are pinned by saving it"
    read = read_settings(None, write(answer.out), {})
    assert read == replace(read_settings(None, write(""), {}), config=read.config)


def test_each_line_of_the_default_uncommented_says_what_holds_without_it(write: Write) -> None:
    said = tomllib.loads(default_file())
    assert set(said.pop(THEMES)) == {"mine"}
    for known in SETTINGS:
        table = said[known.table] if known.table else said
        default = list(known.default) if isinstance(known.default, tuple) else known.default
        assert table.pop(known.key) == default, known.name
    keys = {name: [value] if isinstance(value, str) else value for name, value in said.pop(KEYS).items()}
    read = read_settings(None, write(default_file()), {})
    assert {name: tuple(read.keys[name]) for name in keys} == read.keys
    assert registry_of(read)[0].keymap() == REGISTRY.keymap()
    assert set(keys) == {command.id for command in REGISTRY}
    assert all(value == {} for value in said.values()), "nothing is in it that nobody knows"
    usual = read_settings(None, write(""), {})
    assert (read.warnings, read.rules, read.data_file, read.backups, read.templates, read.myself) == (
        (), usual.rules, usual.data_file, usual.backups, usual.templates, usual.myself,
    )  # fmt: skip
    assert read.rules.cadences == USUAL_RULES.cadences
    assert dict(read.rules.weights.bases) == dict(USUAL_RULES.weights.bases)


def test_every_setting_of_the_printed_default_has_a_comment(relcraft: CommandLine) -> None:
    lines = relcraft.plain("config", "--default").out.splitlines()
    for at, line in enumerate(lines):
        if re.match(r"#[^ ].*=", line) and not line.startswith((f"#{BASE} ", f"#{DARK} ")):
            assert "  # " in line or lines[at - 1].startswith("# "), line
        assert len(line) <= 120


def test_the_example_of_a_theme_in_it_names_every_token_and_can_be_used(write: Write) -> None:
    text = default_file()
    read = read_settings(None, write(f'theme = "mine"\n{text[text.index(f"[{THEMES}.") :]}'), {})
    assert read.warnings == ()
    assert set(read.themes["mine"]) == {BASE, DARK, *COLOURS, *STYLES}


def test_saved_as_the_config_file_it_can_be_used(relcraft: CommandLine, write: Write) -> None:
    for text in (relcraft.plain("config", "--default").out, default_file()):
        config = write(text)
        answer = relcraft("--config", config, "config", "--check")
        assert (answer.code, answer.out, answer.err) == (0, f"{config} can be used.\n", "")


def test_init_begins_a_config_file_in_a_folder_that_there_is_not_yet(relcraft: CommandLine) -> None:
    place = relcraft.plain("locate", "config").out
    config = Path(place.rstrip("\n"))
    assert not config.parent.exists()
    begun = relcraft.plain("config", "--init")
    assert (begun.code, begun.out, begun.err) == (0, place, "")
    assert config.read_text("utf-8") == relcraft.plain("config", "--default").out
    config.write_text("theme = 3\n")
    again = relcraft.plain("config", "--init")
    assert (again.code, again.out, again.err) == (
        1,
        "",
        f"There is something at {config} already: it stays as it is.\n",
    )
    assert config.read_text() == "theme = 3\n"
    assert relcraft.plain("config", "--default").code == 0, "a broken file is no reason not to show a whole one"


def test_init_tells_where_no_file_can_be_written(relcraft: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = relcraft.plain("--config", tmp_path / "file" / "config.toml", "config", "--init")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"The config file {tmp_path}/file/config.toml cannot be written: ")


# What holds


def test_config_shows_each_setting_and_who_said_it(relcraft: CommandLine, write: Write) -> None:
    config = write('[rules]\nmoves = 5\n[keys]\nundo = "ctrl+z"\n[themes.mine]\nframe = "#112233"\n')
    told = {each["key"]: each for each in relcraft("--config", config, "config", "--json").json["settings"]}
    assert told["rules.moves"] == {"key": "rules.moves", "value": 5, "from": "file"}
    assert told["rules.patience_asked"] == {"key": "rules.patience_asked", "value": 14, "from": "default"}
    assert told["keys.undo"] == {"key": "keys.undo", "value": ["ctrl+z"], "from": "file"}
    assert told["keys.redo"]["from"] == "default"
    assert told["themes.mine.frame"]["value"] == "#112233"
    assert told["data_file"] == {"key": "data_file", "value": str(relcraft.book), "from": "run"}
    assert {known.name for known in SETTINGS} <= set(told)
    assert {f"keys.{command.id}" for command in REGISTRY} <= set(told)
    lines = relcraft("--config", config, "config").out.splitlines()
    assert lines[5].split() == ["rules.moves", "5", "file"]


def test_without_a_file_config_says_so(relcraft: CommandLine) -> None:
    answer = relcraft.plain("config", "--check")
    assert answer.code == 0
    assert "There is no config file at" in answer.out
    assert "There is no config file at" in relcraft.plain("config").err


def test_config_gives_one_answer_at_a_time(relcraft: CommandLine) -> None:
    assert relcraft("config", "--default", "--check").code == 2
    assert relcraft("config", "--check", "--json").code == 2
    assert relcraft("config", "--init", "--default").code == 2


def test_what_is_read_over_is_told_once(relcraft: CommandLine, write: Write, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name,E-mail\nAda Lovelace,ada@example.org\n")
    answer = relcraft("--config", write("mooves = 3\n"), "import", people)
    assert answer.code == 0
    assert answer.err.count("mooves") == 1


# Effects


def test_a_cadence_changes_who_is_due(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(person("ada", "Ada", circle=Circle.CLOSE), met("i", TODAY.replace(day=13), "ada"))

    def ada(*config: str | Path) -> Any:
        return relcraft(*config, "list", "contacts", "--json").json["contacts"][0]

    assert (ada()["warmth"], ada()["is_due"]) == ("fresh", False)
    config = write("[cadences]\nclose = 9\n")
    told = ada("--config", config)
    assert (told["warmth"], told["is_due"], told["due_on"]) == ("due", True, "2026-11-22")
    assert relcraft("--config", config, "list", "contacts", "due:").out
    assert not relcraft("list", "contacts", "due:").out
    assert "Write to Ada" in relcraft("--config", config, "today").out
    assert "every 9 days" in relcraft("--config", config, "today").out
    assert ada("--config", write("[cadences]\nclose = 0\n"))["due_on"] is None


def test_moves_and_weights_reach_today_and_the_balance(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(
        person("ada", "Ada", circle=Circle.INNER),
        person("bob", "Bob", circle=Circle.INNER),
        *(met(f"i{who}", TODAY.replace(month=9), who) for who in ("ada", "bob")),
        gave("e", TODAY, "ada"),
    )
    assert len(relcraft("--config", write("[rules]\nmoves = 1\n"), "today", "--json").json["moves"]) == 1
    config = write("[weights]\nadvice = 7\n")
    assert relcraft("--config", config, "balance", "--json").json["total"]["given"] == 7


def test_patience_says_when_a_nudge_is_offered(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(person("ada", "Ada"), person("bob", "Bob"))
    relcraft("ask", "add", "ada", "lead", "--asked", "--on", "2026-11-18")
    relcraft("ask", "add", "bob", "lead", "--asked", "--on", "2026-11-01")
    relcraft("ask", "move", "bob", "agreed", "--on", "2026-11-13")

    def nudged(*config: str | Path) -> set[str]:
        lines = relcraft(*config, "today", "--all").out.splitlines()
        return {name for name in ("Ada", "Bob") if any("udge" in line and name in line for line in lines)}

    assert nudged() == set()
    assert nudged("--config", write("[rules]\npatience_asked = 4\n")) == {"Ada"}
    assert nudged("--config", write("[rules]\npatience_agreed = 9\n")) == {"Bob"}


def test_the_half_life_says_what_help_of_before_weighs(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(person("ada", "Ada"), gave("e", TODAY.replace(year=TODAY.year - 1), "ada"))
    assert relcraft("balance", "--json").json["total"]["given"] == pytest.approx(0.5 ** (1 / 2), abs=0.01)
    config = write("[rules]\nhalf_life_days = 365\n")
    assert relcraft("--config", config, "balance", "--json").json["total"]["given"] == pytest.approx(0.5, abs=0.01)


def test_book_and_backups_are_where_the_file_says(relcraft: CommandLine, write: Write, tmp_path: Path) -> None:
    config = write('data_file = "mine/people.json"\nbackups = "copies"\n')
    assert relcraft.plain("--config", config, "add", "--new", "coffee with Ada").code == 0
    assert (tmp_path / "mine" / "people.json").exists()
    assert relcraft.plain("--config", config, "backup").code == 0
    assert list((tmp_path / "copies").iterdir())


def test_the_first_day_of_the_week_says_what_this_week_and_this_friday_are(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(person("ada", "Ada"))

    def promised(first: str, said: str) -> str:
        config = write(f'[rules]\nweek_start = "{first}"\n')
        out = relcraft("--config", config, "add", "--dry-run", f"met Ada !{said} send the paper").out
        return out.splitlines()[-1] if out else ""

    assert "29 Nov" in promised("monday", "this week")
    assert "28 Nov" in promised("sunday", "this week")
    assert "29 Nov" in promised("monday", "this sun")
    assert "22 Nov" in promised("sunday", "this sun")


def test_the_order_of_dates_is_what_the_add_line_reads(relcraft: CommandLine, write: Write) -> None:
    relcraft.fill(person("ada", "Ada"))
    for order, day in (("day", "2026-04-03"), ("month", "2026-03-04")):
        config = write(f'[rules]\ndate_order = "{order}"\n')
        assert relcraft("--config", config, "add", "coffee with Ada 3/4/2026 engines").code == 0
        assert relcraft.stored("interactions")[-1]["date"] == day
    assert relcraft("add", "coffee with Ada 3/4/2026 engines").code == 0
    assert relcraft.stored("interactions")[-1]["date"] == TODAY.isoformat()


def test_the_order_of_dates_is_how_imports_read_what_does_not_tell(
    relcraft: CommandLine, write: Write, tmp_path: Path
) -> None:
    people, certain = tmp_path / "people.csv", tmp_path / "certain.csv"
    people.write_text("Name,E-mail,Birthday\nAda Lovelace,ada@example.org,3/4/1990\n")
    certain.write_text("Name,E-mail,Birthday\nBob,b@example.org,3/4/1990\nEve,e@example.org,12/31/1990\n")
    config = write('[rules]\ndate_order = "day"\n')
    assert relcraft("--config", config, "import", people, certain).code == 0
    assert {one["name"]: one.get("birthday") for one in relcraft.stored("contacts")} == {
        "Ada Lovelace": "1990-04-03",
        "Bob": "1990-03-04",
        "Eve": "1990-12-31",
    }, "a file that tells is believed"


def test_own_addresses_are_not_asked_for_again(relcraft: CommandLine, write: Write, tmp_path: Path) -> None:
    mail = tmp_path / "sent.mbox"
    mail.write_text(
        "From me Mon Nov 23 10:00:00 2026\nFrom: Me <me@home.example>\nTo: Ada Lovelace <ada@example.org>\n"
        "Date: Mon, 23 Nov 2026 10:00:00 +0000\nMessage-ID: <1@home.example>\nSubject: Engines\n\nHello\n\n"
    )
    assert "--me" in relcraft("import", mail).err
    config = write('[me]\naddresses = ["me@home.example"]\n')
    answer = relcraft("--config", config, "import", mail)
    assert answer.code == 0
    assert [one["name"] for one in relcraft.stored("contacts")] == ["Ada Lovelace"]
    assert [one["initiator"] for one in relcraft.stored("interactions")] == ["me"]


def test_who_one_is_comes_from_the_config_file(write: Write) -> None:
    config = write('[me]\nname = "Ada King"\naddresses = ["a@b.example", "+49 123", "linkedin.com/in/ada"]\n')
    me = read_settings(None, config, {}).myself
    assert (me.names, me.emails, me.phones, me.urls) == (
        ("Ada King",), ("a@b.example",), ("+49 123",), ("linkedin.com/in/ada",),
    )  # fmt: skip


# Speed


def loaded(*arguments: str | Path) -> set[str]:
    """Return the modules that a command line loads."""
    code = "import sys; from relcraft.cli.main import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return set(done.stderr.split())


def test_a_run_without_a_config_file_loads_nothing_for_one(relcraft: CommandLine) -> None:
    modules = loaded("--data-file", relcraft.book, "list", "contacts")
    needless = {"tomllib", "relcraft.cli.known_settings", "relcraft.cli.rules", "relcraft.tui.registry"}
    assert not needless & modules
    assert "relcraft.cli.settings" in modules


@pytest.mark.parametrize("arguments", [["config"], ["config", "--check"], ["config", "--default"], ["today"]])
def test_the_key_map_and_the_themes_are_checked_without_the_interface(
    relcraft: CommandLine, write: Write, arguments: list[str]
) -> None:
    config = write('theme = "mine"\n[keys]\nundo = "ctrl+z"\n[themes.mine]\nframe = "#112233"\n')
    modules = loaded("--data-file", relcraft.book, "--config", config, *arguments)
    assert not {"textual", "rapidfuzz"} & modules
    assert "tomllib" in modules or arguments == ["config", "--default"]
