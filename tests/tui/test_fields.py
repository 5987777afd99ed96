"""The fields of the forms: what is printed is read back, and what cannot be read is told."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean_line
from relcraft.domain.words import Gain
from relcraft.tui.forms import days, fields, people
from relcraft.tui.forms.fields import Setting, join_items, split_items
from tests.tui.widget_host import HOSTILE, NOW, TODAY, a_book

SETTING = Setting(now=NOW, directory=a_book())
ITEMS = st.lists(st.text().map(clean_line).filter(bool), unique=True).map(tuple)


@given(ITEMS)
def test_items_are_read_back_as_they_were_printed(items: tuple[str, ...]) -> None:
    assert split_items(join_items(items)) == items


@given(st.text())
def test_any_text_is_some_items_without_an_error(text: str) -> None:
    items = split_items(text)
    assert split_items(join_items(items)) == items


@given(st.dates())
def test_a_day_is_read_back_as_it_was_printed(day: date) -> None:
    field = days.day("met_on", "Met on")
    assert field.parse(field.print(day, SETTING), SETTING) == day


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_is_read_back_as_it_was_printed(at: time) -> None:
    field = days.clock("time", "Time")
    assert field.parse(field.print(at, SETTING), SETTING) == at


@given(st.dates(min_value=date(1000, 1, 1)), st.booleans())
def test_a_birthday_is_read_back_as_it_was_printed(day: date, with_year: bool) -> None:
    birthday = Birthday(day.month, day.day, day.year if with_year else None)
    assert days.parse_birthday(days.print_birthday(birthday), TODAY) == birthday


@given(st.none() | st.integers(0, 36_500))
def test_a_cadence_is_read_back_as_it_was_printed(cadence: int | None) -> None:
    field = days.cadence("cadence_days", "In touch every")
    assert field.parse(field.print(cadence, SETTING), SETTING) == cadence


@given(st.lists(st.sampled_from(Gain), unique=True).map(tuple))
def test_gains_are_read_back_as_they_were_printed(gains: tuple[Gain, ...]) -> None:
    field = fields.some_of("gains", "Gains", Gain)
    assert field.parse(field.print(gains, SETTING), SETTING) == gains


NAMES = st.sampled_from(
    ["Grace", "Grace Hopper", "Hopper, Grace", 'Gra"ce', "Ada (Navy)", "Ada", HOSTILE, "李明", "Zoë"]
)


@settings(deadline=None)  # each example opens a book
@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "Navy", "Yale (US)"])), min_size=1, max_size=6), st.data())
def test_people_are_read_back_as_they_were_printed(those: list[tuple[str, str]], data: st.DataObject) -> None:
    book = a_book(*(Contact(uid=f"u{at}", name=name, organisation=org) for at, (name, org) in enumerate(those)))
    setting = Setting(now=NOW, directory=book)
    uids = tuple(data.draw(st.lists(st.sampled_from([f"u{at}" for at in range(len(those))]), unique=True)))
    assert people.parse_people(people.print_people(uids, setting), setting) == uids


def test_a_name_that_reads_like_the_label_of_somebody_else_means_its_own() -> None:
    book = a_book(
        Contact(uid="u0", name="Ada (Navy)"),
        Contact(uid="u1", name="Ada"),
        Contact(uid="u2", name="Ada", organisation="Navy"),
    )
    setting = Setting(now=NOW, directory=book)
    assert people.parse_people(people.print_people(("u0", "u1", "u2"), setting), setting) == ("u0", "u1", "u2")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("yesterday", date(2026, 11, 21)),
        ("last fri", date(2026, 11, 20)),
        ("12 mar", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_say_it(text: str, means: date | None) -> None:
    assert days.day("date", "Day").parse(text, SETTING) == means


@pytest.mark.parametrize("text", ["12", "mar", "13-13-2026", "soon"])
def test_what_is_no_day_is_told_with_examples(text: str) -> None:
    with pytest.raises(BadInput, match="yesterday, last fri, 12 mar"):
        days.day("date", "Day").parse(text, SETTING)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("12 mar 1990", Birthday(3, 12, 1990)),
        ("1990-03-12", Birthday(3, 12, 1990)),
        ("12 mar", Birthday(3, 12)),
        ("29 feb", Birthday(2, 29)),
        ("--03-12", Birthday(3, 12)),
        ("", None),
    ],
)
def test_a_birthday_is_read_with_and_without_its_year(text: str, means: Birthday | None) -> None:
    assert days.parse_birthday(text, TODAY) == means


@pytest.mark.parametrize("text", ["yesterday", "fri", "3d ago", "1990", "31 feb", "--02-30"])
def test_what_is_no_birthday_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        days.parse_birthday(text, TODAY)


@pytest.mark.parametrize(
    ("text", "means"), [("6w", 42), ("every 6 weeks", 42), ("30", 30), ("30 days", 30), ("week", 7), ("never", 0)]
)
def test_a_cadence_is_read_as_people_say_it(text: str, means: int) -> None:
    assert days.parse_cadence(text) == means


@pytest.mark.parametrize("text", ["often", "99999999999", "-3", "6w 2d"])
def test_what_is_no_cadence_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        days.parse_cadence(text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (fields.several("emails", "E-mails", check=fields.email), "ada"),
        (fields.several("phones", "Phones", check=fields.phone), "none"),
        (fields.several("urls", "Links", check=fields.link), "a link"),
        (fields.several("tags", "Tags", check=fields.tag), "#"),
        (fields.some_of("gains", "Gains", Gain), "glory"),
        (fields.some_of("gains", "Gains", Gain), "l, lo, e"),
        (days.zone("time_zone", "Zone"), "Mars/Olympus"),
        (days.clock("time", "Time"), "25:00"),
        (people.person("contact", "Who"), "Ada, Alan"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(field: fields.Field, text: str) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        field.read(text, SETTING)


def test_two_of_one_name_are_a_question_that_tells_them_apart() -> None:
    with pytest.raises(BadInput, match=r"Which grace\? Grace Hopper \(Navy\) or Grace Hopper \(Yale\)\."):
        people.parse_person("grace", SETTING)


def test_a_misspelt_name_is_a_question() -> None:
    with pytest.raises(BadInput, match=r"Nobody here is called Ada Lovelacce\. Is it Ada Lovelace\?"):
        people.parse_person("Ada Lovelacce", SETTING)


def test_a_name_on_the_record_keeps_meaning_that_person_when_a_namesake_is_archived() -> None:
    book = a_book(Contact(uid="old", name="Grace", archived=True), Contact(uid="new", name="Grace"))
    setting = Setting(now=NOW, directory=book, people=("old",))
    assert people.parse_people(people.print_people(("old", "new"), setting), setting) == ("old", "new")
