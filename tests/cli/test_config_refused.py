"""What a config file cannot say: every bad value, key, theme and file is told in words, with place and reason."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relcraft.cli.config_file import line_of
from relcraft.cli.default_config import toml
from relcraft.cli.keymap import registry_of
from relcraft.cli.known_settings import BY_NAME, SETTINGS, TOP, Kind, Known
from relcraft.cli.rules import rules_of
from relcraft.cli.settings import BadSettings, read_settings
from tests.cli.conftest import CommandLine, Write


def named(known: Known, value: str) -> str:
    """Return a config file in which a setting has a value, as TOML writes it."""
    return f"{f'[{known.table}]' if known.table else ''}\n{known.key} = {value}\n"


# Bad values


def bad_values(known: Known) -> Iterator[str]:
    """Yield what a setting cannot be, as TOML writes it."""
    yield "{}"
    yield "2026-03-12"
    match known.kind:
        case Kind.WHOLE | Kind.NUMBER:
            yield from ('"3"', "true", "nan", "inf", "[1]", "-1", "99999999999999999999")
            yield from ["3.5"] if known.kind is Kind.WHOLE else []
            yield from [str(int(known.most) + 1)] if known.most else []
        case Kind.TEXTS:
            yield from ('"a@b.example"', "[1]", '[""]', '["a\\u0000b"]')
        case Kind.CHOICE | Kind.THEME:
            yield from ("3", '"nonsense"', '["monday"]', '"MONDAY"')
        case _:
            yield from ("3", '["x"]', '"\\u0000"', "true")


@pytest.mark.parametrize(
    ("known", "value"),
    [(known, value) for known in SETTINGS for value in bad_values(known)],
    ids=lambda each: each.name if isinstance(each, Known) else each,
)
def test_a_bad_value_is_told_with_its_key_what_it_is_and_what_was_expected(
    write: Write, known: Known, value: str
) -> None:
    config = write(named(known, value))
    with pytest.raises(BadSettings) as refused:
        read_settings(None, config, {})
    where = f"{known.key} in [{known.table}] of {config}" if known.table else f"{known.key} in {config}"
    assert str(refused.value).startswith(f"{where}, line 2, is ")
    assert str(refused.value).endswith(" was expected.")


@pytest.mark.parametrize("known", SETTINGS, ids=lambda known: known.name)
def test_each_bound_can_be_set_and_the_rules_take_it(write: Write, known: Known) -> None:
    values: list[Any] = [known.default, *(bound for bound in (known.least, known.most) if bound is not None)]
    values += known.among
    for value in values:
        at = int(value) if known.kind is Kind.WHOLE else value
        read = read_settings(None, write(named(known, toml(at))), {})
        assert read.warnings == ()
        rules_of({known.name: at}, read.config)


def test_the_table_of_settings_has_each_name_once_and_says_what_the_first_of_a_row_does() -> None:
    assert len(BY_NAME) == len(SETTINGS)
    for known in SETTINGS:
        assert known.says.endswith(".") or known.table in ("cadences", "weights"), known.name
        assert known.key.isidentifier()


@pytest.mark.parametrize("known", SETTINGS, ids=lambda known: known.name)
def test_a_misspelt_key_is_told_once_with_the_one_that_it_may_mean(write: Write, known: Known) -> None:
    wrong = f"{known.key}x"
    text = named(known, toml(known.default)).replace(f"{known.key} =", f"{wrong} =")
    (warning,) = read_settings(None, write(text), {}).warnings
    assert f'"{wrong}" in ' in warning
    assert f"did you mean {known.key}?" in warning


@pytest.mark.parametrize("table", ["rules", "cadences", "weights", "me", "templates", "keys", "themes"])
def test_a_table_that_is_none_is_told(write: Write, table: str) -> None:
    assert table in TOP
    with pytest.raises(BadSettings, match=rf"{table} in .* is 3: a table was expected, under a line \[{table}\]"):
        read_settings(None, write(f"{table} = 3"), {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[themes]\nmine = 3", r"themes.mine in .* is 3: a table was expected"),
        ("[themes.nord]", r"\[themes.nord\] of .*: there is a theme of this name"),
        ('[themes."my theme"]', r"\[themes.my theme\] of .*: that is no name for a theme"),
        ('[themes.mine]\nframe = "grey"', r"frame in \[themes.mine\] of .* is 'grey': a colour such as \"#1c222b\""),
        ("[themes.mine]\nframe = 3", r"frame in .* is 3: a colour"),
        ('[themes.mine]\nprimary = "#12345"', r"primary in .* is '#12345': a colour"),
        ('[themes.mine]\nbase = "unheard"', r"base in .* is 'unheard': one of terminal, paper"),
        ('[themes.mine]\ndark = "yes"', r"dark in .* is 'yes': true or false was expected"),
        ('[themes.mine]\nquiet-style = "loud"', r"quiet-style in .* is 'loud': a style such as"),
        ('theme = "nrod"', r"theme in .* is 'nrod': one of terminal, .*nord.* was expected"),
        ("[keys]\nundo = 3", r'undo in \[keys\] of .* is 3: a key in quotes, such as "x"'),
        ("[keys]\nundo = []", r"undo in \[keys\] of .* is \[\]: a key in quotes"),
        ('[keys]\nundo = ["x", 3]', r"undo in \[keys\] of .*: a key in quotes"),
    ],
)
def test_a_bad_theme_or_key_is_told_with_its_name(write: Write, text: str, told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        read_settings(None, write(text), {})


def test_an_unknown_token_is_told_with_the_one_that_it_may_mean(write: Write) -> None:
    read = read_settings(None, write('theme = "mine"\n[themes.mine]\nfram = "#112233"\nframe = "ansi_red"'), {})
    (warning,) = read.warnings
    assert "did you mean frame?" in warning
    assert read.themes == {"mine": {"frame": "ansi_red"}}


# Keys


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('sort = "a"', 'The key a is for "add-line" (Add in one line) and for "sort" (Sort)'),
        ('done = "d"', 'The key d is for "delete" (Delete) and for "done" (Done)'),
        ('undo = "ctrl+"', 'The key map gives "undo" the key "ctrl+": one like x, ctrl+x or f5 was expected.'),
        ('undo = "hyper+x"', 'The key map gives "undo" the key "hyper+x"'),
        ('undo = "esc"', 'The key map gives "undo" the key esc, which goes back everywhere: another one was expected.'),
        ('undo = "Enter"', "the key enter, which opens and answers everywhere"),
        ('undo = "ctrl+m"', "the key enter, which opens and answers everywhere"),
        ('undo = "ctrl+q"', "the key ctrl+q, which quits from anywhere"),
        ('undo = "ctrl+s"', "the key ctrl+s, which saves in every form"),
        ('quit-now = "x"', "it is heard while you type: one like ctrl+x or f5 was expected"),
        ('filter-clear = "x"', "it is heard while you type"),
        ('quit-now = "f3"', 'The key map gives "quit-now" the key f3, and windows have it for their own'),
    ],
)
def test_a_key_map_that_cannot_be_used_is_told_by_check_and_ends_with_three(
    relcraft: CommandLine, write: Write, text: str, told: str
) -> None:
    config = write(f"[keys]\n{text}\n")
    for arguments in (["config", "--check"], ["config"]):
        answer = relcraft("--config", config, *arguments)
        assert answer.code == 3
        assert told in answer.err
        assert str(config) in answer.err


def test_a_command_that_there_is_not_is_told_with_the_nearest(relcraft: CommandLine, write: Write) -> None:
    answer = relcraft("--config", write('[keys]\nad-line = "w"\nfly-away = "w"\n'), "config", "--check")
    assert answer.code == 0
    assert answer.err.count('"ad-line" in [keys]') == 1
    assert "did you mean add-line?" in answer.err
    assert '"fly-away"' in answer.err
    assert "see above" in answer.out


def test_keys_that_have_to_stay_stay_beside_the_users_own(write: Write) -> None:
    registry, _unknown = registry_of(read_settings(None, write('[keys]\nopen = "O"\nquit-now = "ctrl+x"'), {}))
    assert registry["open"].keys == ("O", "enter")
    assert registry["quit-now"].keys == ("ctrl+x", "ctrl+q")


def test_two_keys_can_be_swapped(write: Write) -> None:
    registry, _unknown = registry_of(read_settings(None, write('[keys]\nadd-line = "c"\nlog-today = "a"'), {}))
    assert (registry["add-line"].keys, registry["log-today"].keys) == (("c",), ("a",))


def test_no_other_command_looks_at_the_key_map(relcraft: CommandLine, write: Write) -> None:
    assert relcraft("--config", write('[keys]\nsort = "a"\n'), "list", "contacts").code == 0


# Any file


_VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["x", "ink", "#112233", "day"])
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)
_NAMES = st.sampled_from([*TOP, *(known.key for known in SETTINGS), "undo", "mine", "frame", "base"]) | st.text(
    max_size=6
)
_FILES = st.dictionaries(_NAMES, _VALUES | st.dictionaries(_NAMES, _VALUES, max_size=4), max_size=5)


def as_toml(value: Any) -> str:
    """Return anything as TOML writes it in one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)} = {as_toml(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else repr(value)


def sentences_on(config: Path) -> list[str]:
    """Return what is told of a config file: why it cannot be used, or what of it is read over."""
    try:
        read = read_settings(None, config, {})
        return [*read.warnings, *registry_of(read)[1]]
    except BadSettings as error:
        return [str(error)]


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(sign):08X}" for sign in text if not "\ud800" <= sign <= "\udfff") + '"'


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_FILES)
def test_any_file_gives_settings_warnings_or_a_sentence(write: Write, said: dict[str, Any]) -> None:
    lines = {quoted(key): f"{quoted(key)} = {as_toml(value)}" for key, value in said.items()}
    config = write("\n".join(lines.values()) + "\n")
    assert all("\n" not in sentence for sentence in sentences_on(config))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_settings_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(data)
    sentences = sentences_on(config)
    assert all(str(config) in sentence for sentence in sentences)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.text(alphabet="[]\"'=#.,{}\\\n\r themskyrul_03x\x1b\u202e", max_size=60).map(str.encode)
)
def test_no_bytes_give_a_traceback_or_reach_the_terminal_as_they_are(
    relcraft: CommandLine, tmp_path: Path, data: bytes
) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(data)
    for arguments in (["list", "contacts"], ["config", "--check"], ["config"], ["config", "--json"]):
        answer = relcraft("--config", config, *arguments)
        assert answer.code in (0, 3)
        assert "fault of Relcraft" not in answer.err
        assert not _ACTED_UPON.search(answer.out + answer.err)
        if answer.code == 3:
            assert str(config) in answer.err


_ACTED_UPON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "text",
    [
        'theme = "no\\u001b[2Jrd"',
        '"mo\\u001b]0;x\\u0007ves" = 3',
        '[keys]\n"un\\u202edo" = "x"',
        '[keys]\nundo = "\\u001b[A"',
        '[themes."a\\u001bb"]\nframe = "x"',
        '[themes.mine]\n"fr\\u2066ame" = "x"\nframe = "#11\\u001b22"',
        '[me]\nname = "A\\u202eda"\naddresses = ["a\\u001b@b.example"]',
        'data_file = "bo\\u001b[31mok.json"',
        "x = \x1b",
        "\u202e = 3",
    ],
)
def test_what_a_terminal_acts_upon_never_reaches_it(relcraft: CommandLine, write: Write, text: str) -> None:
    config = write(text + "\n")
    for arguments in (["list", "contacts"], ["config"], ["config", "--check"], ["config", "--json"], ["locate"]):
        answer = relcraft.plain("--config", config, *arguments)
        assert not _ACTED_UPON.search(answer.out + answer.err), answer


# What is no good file


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"theme = paper\n", "cannot be read as TOML: Invalid value (at line 1, column 9)."),
        (b"\n[rules\nmoves = 3\n", "cannot be read as TOML: "),
        (b'theme = "ink"\ntheme = "ink"\n', "cannot be read as TOML: Cannot overwrite a value (at line 2, column 14)."),
        (b"[rules]\nmoves = 3\n[rules]\nmoves = 4\n", "(at line 3, column 7)."),
        (b"\x7fELF\x02\x01\x00\xff\xfe", "it is no text in UTF-8."),
        (b"#" * 10_000_000, "has more than 256 kilobytes: it is none."),
        (b"x = " + b"[" * 100_000, "holds a number or a nesting beyond all measure."),
    ],
    ids=["value", "heading", "key twice", "table twice", "binary", "10 MB", "nesting"],
)
def test_what_is_no_config_file_is_told_with_the_place_and_ends_with_three(
    relcraft: CommandLine, tmp_path: Path, content: bytes, told: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    for arguments in (["list", "contacts"], ["config", "--check"]):
        answer = relcraft("--config", config, *arguments)
        assert (answer.code, answer.out) == (3, "")
        assert answer.err.startswith(f"The config file {config} ")
        assert told in answer.err
        assert answer.err.count("\n") == 1


def test_a_folder_or_a_locked_file_in_its_place_is_told(relcraft: CommandLine, write: Write, tmp_path: Path) -> None:
    answer = relcraft("--config", tmp_path, "list", "contacts")
    assert (answer.code, answer.err) == (3, f"The config file {tmp_path} cannot be opened: Is a directory.\n")
    config = write("")
    config.chmod(0)
    if not os.access(config, os.R_OK):  # the root of a container may read all
        answer = relcraft("--config", config, "list", "contacts")
        assert (answer.code, answer.err) == (3, f"The config file {config} cannot be opened: Permission denied.\n")


@pytest.mark.parametrize("text", ['\ufefftheme = "paper"\n', 'theme = "paper"\r\n[rules]\r\nmoves = 5\r\n'])
def test_a_file_from_another_system_is_read_as_well(tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(text.encode())
    read = read_settings(None, config, {})
    assert (read.theme, read.warnings) == ("paper", ())


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[rules]\n\nmoves = 0\n", ("rules", "moves"), 3),
        ("# moves = 3\nrules.moves = 0", ("rules", "moves"), 2),
        ("rules = {moves = 0}", ("rules", "moves"), 1),
        ('[weights]\nhelp = 1\n[keys]\nhelp = "x"\n', ("keys", "help"), 4),
        ('[me]\naddresses = [\n "a",\n 3,\n]\nname = 3\n', ("me", "addresses"), 2),
        ('a = """\nmoves = 1\n"""\nmoves = 2\n', ("moves",), 4),
        ("[rules]\r\nmoves = 0\r\n", ("rules", "moves"), 2),
        ('"m\\u006fves" = 0', ("moves",), None),
        ("#moves\n" * 50 + "moves = 1", ("moves",), None),
    ],
)
def test_the_line_of_a_key_is_told_where_it_can_be(text: str, key: tuple[str, ...], line: int | None) -> None:
    assert line_of(text, key) == line


def test_of_very_many_unknown_keys_the_first_are_told(relcraft: CommandLine, write: Write) -> None:
    config = write("".join(f"k{number} = 1\n" for number in range(15_000)))
    told = relcraft("--config", config, "list", "contacts").err.splitlines()
    assert [line.split()[0] for line in told[:10]] == [f'"k{number}"' for number in range(10)]
    assert told[10] == f"{config} names more that Relcraft does not know."
    assert len(told) == 12, "and that nobody is in the book"


def test_a_setting_in_the_wrong_place_is_told_with_the_right_one(relcraft: CommandLine, write: Write) -> None:
    config = write("moves = 5\n[me]\ntheme = 3\n[cadences]\ndate_order = 3\n")
    told = relcraft("--config", config, "list", "contacts").err
    for meant in ("moves, below [rules]?", "theme, above all tables?", "date_order, below [rules]?"):
        assert f"did you mean {meant}" in told
