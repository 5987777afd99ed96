"""Which book is used, and what a config file may say."""

from datetime import date, timedelta
from pathlib import Path

import platformdirs
import pytest

from relcraft.cli.clock import FIRST_DAY, LAST_DAY, clock_on, present
from relcraft.cli.settings import BadSettings, read_settings
from relcraft.domain.rules import USUAL_RULES, Patience
from relcraft.domain.words import ExchangeKind
from relcraft.tui.theme_names import OURS, TEXTUALS
from tests.books import TODAY, gave, person
from tests.cli.conftest import CommandLine


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "settings" / "config.toml"
    path.parent.mkdir()
    return path


def test_the_option_wins_over_the_environment_and_that_over_the_config_file(tmp_path: Path, config: Path) -> None:
    config.write_text('data_file = "/from/config.json"')
    environment = {"RELCRAFT_DATA_FILE": "/from/environment.json"}
    assert read_settings(tmp_path / "o.json", config, environment).data_file == tmp_path / "o.json"
    assert read_settings(None, config, environment).data_file == Path("/from/environment.json")
    assert read_settings(None, config, {}).data_file == Path("/from/config.json")


def test_without_any_word_the_book_is_in_the_platforms_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = read_settings(None, None, {})
    assert settings.data_file == platformdirs.user_data_path("relcraft") / "book.json"
    assert settings.config == platformdirs.user_config_path("relcraft") / "config.toml"
    assert settings.backups == settings.data_file.parent / "backups"


def test_a_path_in_the_config_file_may_begin_at_home_or_beside_it(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    config.write_text('data_file = "~/people.json"\nbackups = "copies"')
    settings = read_settings(None, config, {})
    assert settings.data_file == Path("/home/ada/people.json")
    assert settings.backups == config.parent / "copies"


def test_backups_stand_beside_the_book(tmp_path: Path, config: Path) -> None:
    config.write_text("")
    assert read_settings(tmp_path / "b.json", config, {}).backups == tmp_path / "backups"


def test_the_theme_is_remembered_in_the_config_file(config: Path) -> None:
    config.write_text("", "utf-8")
    assert read_settings(Path("book.json"), config, {}).theme == "", "the usual one"
    config.write_text('theme = "paper"\n', "utf-8")
    assert read_settings(Path("book.json"), config, {}).theme == "paper"
    config.write_text("theme = 3\n", "utf-8")
    with pytest.raises(BadSettings, match=r"theme in .* is 3: one of terminal, paper, ink, plain"):
        read_settings(Path("book.json"), config, {})


def test_every_theme_of_the_screen_can_be_named() -> None:
    from textual.theme import BUILTIN_THEMES

    from relcraft.tui.themes import THEMES as OF_THE_SCREEN

    assert tuple(theme.name for theme in OF_THE_SCREEN) == OURS
    assert set(BUILTIN_THEMES) == set(TEXTUALS)


def test_an_unknown_key_is_told_with_the_known_one_that_it_may_mean(config: Path) -> None:
    config.write_text('data-file = "x"\nbakups = "y"\ncolour = 3')
    first, second, third = read_settings(None, config, {}).warnings
    assert "data-file" in first
    assert "did you mean data_file?" in first
    assert "did you mean backups?" in second
    assert "known are data_file, backups, theme, rules, cadences, weights, me, templates, keys and themes" in third


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("data_file = 7", "data_file in .* is 7: a path in quotes was expected"),
        ("backups = [1]", "backups"),
        ("data_file = ", "cannot be read as TOML"),
        ('data_file = "\\u0000"', "a path in quotes was expected"),
        ('backups = "~nobody-of-this-name/x"', "backups in .* is ~nobody-of-this-name/x: nobody here has that home"),
    ],
)
def test_a_bad_value_is_told_with_its_key(config: Path, text: str, told: str) -> None:
    config.write_text(text)
    with pytest.raises(BadSettings, match=told):
        read_settings(None, config, {})


def test_a_config_file_that_is_no_text_is_told(config: Path) -> None:
    config.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match="is no text in UTF-8"):
        read_settings(None, config, {})


def test_a_home_folder_in_the_environment_that_nobody_has_is_told(config: Path) -> None:
    config.write_text("")
    with pytest.raises(BadSettings, match="RELCRAFT_DATA_FILE is ~nobody-of-this-name: nobody here has that"):
        read_settings(None, config, {"RELCRAFT_DATA_FILE": "~nobody-of-this-name"})


def test_a_config_file_that_was_named_must_be_there(config: Path) -> None:
    with pytest.raises(BadSettings, match="There is no config file"):
        read_settings(None, config, {})


def test_a_pretended_day_goes_with_the_present_time_of_day() -> None:
    before = present()
    pretended = clock_on(date(2020, 2, 29))()
    assert pretended.date() in (date(2020, 2, 29), date(2020, 3, 1))  # the second where midnight fell in between
    assert pretended.tzinfo is not None
    assert abs((pretended.replace(tzinfo=None) - before.replace(tzinfo=None)).seconds) < 60


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_days_far_away_can_be_pretended(day: date) -> None:
    assert abs(clock_on(day)().date() - day) <= timedelta(days=1)


def test_the_rules_are_settings(config: Path) -> None:
    config.write_text(
        "[rules]\npatience_asked = 10\npatience_agreed = 30\nmoves = 5\nhalf_life_days = 365\n"
        "[weights]\nreferral = 4\nendorsement = 0.5\n"
    )
    settings = read_settings(None, config, {})
    rules = settings.rules
    assert (rules.patience.asked, rules.patience.agreed, rules.moves) == (10, 30, 5)
    assert rules.weights.half_life_days == 365
    assert rules.weights.base(ExchangeKind.REFERRAL) == 4
    assert rules.weights.base(ExchangeKind.ENDORSEMENT) == 0.5
    assert rules.weights.base(ExchangeKind.LEAD) == 2, "what is not said stays as usual"
    assert settings.warnings == ()


def test_without_a_word_about_them_the_rules_are_the_usual_ones(config: Path) -> None:
    config.write_text("")
    rules = read_settings(None, config, {}).rules
    assert (rules.patience, rules.moves, rules.weights.half_life_days) == (Patience(), 3, 730)
    assert all(rules.weights.base(kind) == USUAL_RULES.weights.base(kind) for kind in ExchangeKind)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[rules]\npatience_asked = 0", r"patience_asked in \[rules\] of .*config.toml, line 2, is 0.*1 to 3650 was"),
        (
            '[rules]\npatience_agreed = "long"',
            r"patience_agreed .* is 'long': a whole number from 1 to 3650 was expected",
        ),
        ("[rules]\nmoves = 99", r"moves .* is 99.*1 to 20 was expected"),
        ("[rules]\nmoves = true", r"moves .* is True: a whole number from 1 to 20 was expected"),
        ("[rules]\nhalf_life_days = 0", r"half_life_days .* is 0: a whole number of 1 or more was expected"),
        ("[rules]\nhalf_life_days = 1.5", r"half_life_days .* is 1.5: a whole number of 1 or more was expected"),
        ("[weights]\nreferral = -1", r"referral in \[weights\] of .*a number from 0 to 1000 was expected"),
        ("[weights]\nreferral = nan", r"referral in \[weights\] of .*a number from 0 to 1000 was expected"),
        ('[weights]\nadvice = "2"', r"advice .* is '2': a number from 0 to 1000 was expected"),
        ("rules = 3", r"rules in .* is 3: a table was expected, under a line \[rules\]"),
        ("weights = []", r"weights in .* is \[\]: a table was expected"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_with_its_key(config: Path, text: str, told: str) -> None:
    config.write_text(text)
    with pytest.raises(BadSettings, match=told):
        read_settings(None, config, {})


def test_a_misspelt_rule_is_told_with_the_one_that_it_may_mean(config: Path) -> None:
    config.write_text("[rules]\npatience_askt = 3\n[weights]\nreferal = 2")
    rule, weight = read_settings(None, config, {}).warnings
    assert "did you mean patience_asked?" in rule
    assert "[rules]" in rule
    assert "did you mean referral?" in weight


def test_a_bad_rule_ends_with_the_code_of_bad_settings_and_the_rules_reach_the_book(
    relcraft: CommandLine, config: Path
) -> None:
    config.write_text("[rules]\nmoves = 0")
    answer = relcraft("--config", config, "balance")
    assert answer.code == 3
    assert "moves in [rules]" in answer.err
    config.write_text("[weights]\nadvice = 7")
    relcraft.fill(person("ada", "Ada"), gave("e", TODAY, "ada"))
    assert relcraft("--config", config, "balance", "--json").json["total"]["given"] == 7


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 50_000])
def test_a_config_file_beyond_all_measure_is_told_in_words(relcraft: CommandLine, tmp_path: Path, value: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f"x = {value}\n")
    answer = relcraft("--config", config, "list", "contacts")
    assert (answer.code, answer.err) == (
        3,
        f"The config file {config} holds a number or a nesting beyond all measure.\n",
    )


def test_a_config_file_without_an_end_is_told_in_words(relcraft: CommandLine) -> None:
    answer = relcraft("--config", "/dev/zero", "list", "contacts")
    assert (answer.code, answer.err) == (3, "The config file /dev/zero has more than 256 kilobytes: it is none.\n")
