"""Whom a name could be, and going through them with tab."""

import pytest

from relcraft.domain.addline import AS_TEXT, NEW, PersonState, Role, next_choice, parse
from relcraft.domain.records import Contact
from tests.domain.addline.village import TODAY, VILLAGE, FakeDirectory, told


def _after_tabs(line: str, count: int, about: tuple[str, ...] = ()) -> str:
    choices: dict[str, str] = {}
    for _ in range(count):
        choices = next_choice(parse(line, VILLAGE, TODAY, about=about, choices=choices), choices)
    return told(parse(line, VILLAGE, TODAY, about=about, choices=choices))


@pytest.mark.parametrize(
    ("tabs", "meaning"),
    [
        (0, "coffee | dana=Dana Fox/Dana Wolf"),
        (1, "coffee | Dana Fox"),
        (2, "coffee | Dana Wolf"),
        (3, "coffee | +dana"),
        (4, "coffee | Dana Fox"),
    ],
)
def test_tab_goes_through_the_people_and_somebody_new(tabs: int, meaning: str) -> None:
    assert _after_tabs("coffee with dana", tabs) == meaning


@pytest.mark.parametrize(
    ("line", "tabs", "meaning"),
    [
        ("coffee w/ Grase", 1, "coffee | Grace Hopper"),
        ("coffee w/ Grase", 2, "coffee | +Grase"),
        ("met Grace Kelly Acme", 1, 'meeting | Grace Hopper | "Kelly Acme"'),
        ("met Grace Kelly", 2, "meeting | +Grace Kelly"),
        ("coffee @zoltan", 1, "coffee | +zoltan"),
        ("coffee @zoltan", 2, 'coffee | "@zoltan" | ?zoltan'),
        ("event PyCon", 1, "event | +PyCon"),
        ("coffee Grase here", 3, 'coffee | "Grase here" | ?Grase'),
        (">advice@zoltan:cv", 1, "+zoltan | >advice:cv"),
        ("coffee with Raj", 1, "coffee | Raj Patel"),
        ("dinner with dana and Grase", 2, "dinner | Dana Fox, Grace Hopper"),
    ],
)
def test_tab_answers_the_first_question(line: str, tabs: int, meaning: str) -> None:
    assert _after_tabs(line, tabs) == meaning


def test_tab_at_the_cursor_is_about_the_name_there() -> None:
    line = "dinner with dana and Grase"
    parsed = parse(line, VILLAGE, TODAY)
    assert next_choice(parsed, {}, cursor=line.index("Grase") + 2) == {"grase": "grace-hopper"}
    assert [mention.text for mention in parsed.doubtful] == ["dana", "Grase"]


def test_a_choice_stays_while_the_line_goes_on() -> None:
    parsed = parse("hello, dinner with dana yesterday", VILLAGE, TODAY, choices={"dana": "dana-wolf"})
    assert parsed.people == ()
    parsed = parse("dinner with dana yesterday at the sea", VILLAGE, TODAY, choices={"dana": "dana-wolf"})
    assert [(one.name, one.state) for one in parsed.people] == [("Dana Wolf", PersonState.KNOWN)]
    assert parsed.questions == ()


def test_a_choice_that_no_longer_fits_is_asked_again() -> None:
    parsed = parse("dinner with dana", VILLAGE, TODAY, choices={"dana": "gone"})
    assert parsed.questions == ('"dana" could be Dana Fox or Dana Wolf.',)
    known = parse("dinner with Raj", VILLAGE, TODAY, choices={"raj": AS_TEXT, "dinner": NEW})
    assert [one.uid for one in known.people] == ["raj-patel"]


def test_who_is_selected_comes_first_among_namesakes() -> None:
    parsed = parse("dinner with dana", VILLAGE, TODAY, about=("dana-wolf",))
    assert [one.name for one in parsed.people[0].candidates] == ["Dana Wolf", "Dana Fox"]


def test_who_is_selected_is_meant_where_nobody_is_named() -> None:
    parsed = parse("coffee yesterday >advice:cv !fri send it", VILLAGE, TODAY, about=("raj-patel", "alan-turing"))
    assert [one.name for one in parsed.people] == ["Raj Patel", "Alan Turing"]
    assert [one.who.name for one in parsed.exchanges if one.who] == ["Raj Patel"]
    assert [one.who.name for one in parsed.follow_ups if one.who] == ["Raj Patel"]
    assert parsed.questions == ()


def test_who_is_named_outdoes_who_is_selected() -> None:
    parsed = parse("coffee with Grace", VILLAGE, TODAY, about=("raj-patel",))
    assert [one.name for one in parsed.people] == ["Grace Hopper"]


def test_who_was_deleted_meanwhile_is_no_longer_selected() -> None:
    assert parse("coffee", VILLAGE, TODAY, about=("nobody",)).people == ()


def test_namesakes_are_told_with_what_tells_them_apart() -> None:
    twins = FakeDirectory(
        [
            Contact(uid="1", name="Grace Hopper", organisation="Navy"),
            Contact(uid="2", name="Grace Hopper", emails=("g@acme.com",)),
        ]
    )
    parsed = parse("met Grace Hopper", twins, TODAY)
    assert parsed.questions == ('"Grace Hopper" could be Grace Hopper (Navy) or Grace Hopper (g@acme.com).',)


def test_one_person_named_twice_takes_part_once() -> None:
    parsed = parse("coffee with Grace, @grace and Zork, zork says @Zork", VILLAGE, TODAY)
    assert [one.name for one in parsed.people] == ["Grace Hopper", "Zork"]


def test_the_chips_say_what_each_stretch_became() -> None:
    line = "coffee w/ Grace, Zork yesterday re: Acme <intro:Ada !fri send it #work every 6w"
    chips = [(line[chip.span.start : chip.span.end], chip.role) for chip in parse(line, VILLAGE, TODAY).chips]
    assert chips == [
        ("coffee", Role.KIND),
        ("Grace", Role.PERSON),
        ("Zork", Role.NEW_PERSON),
        ("yesterday", Role.DATE),
        ("<intro:Ada", Role.EXCHANGE),
        ("!fri send it", Role.FOLLOW_UP),
        ("#work", Role.TAG),
        ("every 6w", Role.CADENCE),
    ]


def test_chips_count_in_the_line_as_it_was_typed() -> None:
    line = "co\x1bffee  w/ Gr\u202eace   yesterday"
    parsed = parse(line, VILLAGE, TODAY)
    assert [line[chip.span.start : chip.span.end] for chip in parsed.chips] == [
        "co\x1bffee",
        "Gr\u202eace",
        "yesterday",
    ]
    assert [one.name for one in parsed.people] == ["Grace Hopper"]
