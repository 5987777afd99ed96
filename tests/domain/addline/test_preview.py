"""The echo below the add line."""

import pytest

from relcraft.domain.addline import parse, preview
from relcraft.domain.addline.undated import like_a_day
from tests.domain.addline.village import TODAY, VILLAGE


@pytest.mark.parametrize(
    ("line", "echo"),
    [
        (
            "coffee w/ Grace yesterday re: her talk >feedback !fri send slides",
            [
                'coffee · Sat 21 Nov · Grace Hopper · "re: her talk"',
                '> feedback given · ! Fri 27 Nov "send slides"',
            ],
        ),
        (
            "coffee w/ dana",
            ["coffee · Sun 22 Nov · dana? (tab: Dana Fox or Dana Wolf)", '"dana" could be Dana Fox or Dana Wolf.'],
        ),
        (
            "met Grase 3 dec 2025 at 9:05",
            [
                "meeting · Wed 3 Dec 2025 09:05 · Grase? (tab: Grace Hopper)",
                'Nobody here is called "Grase": is it Grace Hopper, or (in quotes) somebody new?',
            ],
        ),
        ("met Zoltan #fun", ["meeting · Sun 22 Nov · Zoltan (new contact) · #fun"]),
        ("lunch w/ Raj next tue", ["+ plan: lunch · Tue 24 Nov · Raj Patel"]),
        ("coffee @zoltan", ['coffee · Sun 22 Nov · "@zoltan"', '"zoltan" stays text (tab: new contact)']),
        (
            "lunch w/ Raj, Alan <intro+@alan:Ada >gift-",
            [
                "lunch · Sun 22 Nov · Raj Patel, Alan Turing",
                '< big introduction received from Alan Turing "Ada" · > small gift given to Raj Patel',
            ],
        ),
        (">advice@grace:cv", ['Sun 22 Nov · > advice given to Grace Hopper "cv"']),
        (">advice@grace tomorrow", ["+ plan: Mon 23 Nov · > advice given to Grace Hopper"]),
        (
            "yesterday ?referral@grace:Acme data team",
            ['? ask Grace Hopper for a referral "Acme data team" · asked Sat 21 Nov'],
        ),
        (
            "coffee w/ Grace yesterday ?intro:Ada",
            ["coffee · Sat 21 Nov · Grace Hopper", '? ask for an introduction "Ada" · asked Sat 21 Nov in person'],
        ),
        (
            "call Grace, Raj ?info",
            [
                "call · Sun 22 Nov · Grace Hopper, Raj Patel",
                "? ask Grace Hopper for information · asked Sun 22 Nov by call",
            ],
        ),
        (
            "lunch w/ Raj next tue ?lead:data posts",
            [
                "+ plan: lunch · Tue 24 Nov · Raj Patel",
                '? ask for a lead "data posts" · a draft: Tue 24 Nov lies ahead',
            ],
        ),
        (
            "?lead+@raj",
            [
                "? ask Raj Patel for a lead · asked Sun 22 Nov",
                "an ask has no size: + and - are for the help, when it comes",
            ],
        ),
        (
            "?lead:data posts",
            [
                '? ask for a lead "data posts" · asked Sun 22 Nov',
                "Nobody is named who is asked for the lead: ?lead@grace.",
            ],
        ),
        ("?other@raj:a sofa", ['? ask Raj Patel for something else "a sofa" · asked Sun 22 Nov']),
        ("!fri send slides to @grace", ['! Fri 27 Nov "send slides to grace" for Grace Hopper']),
        ("every 6w #work @grace", ["Grace Hopper · #work · every 6 weeks"]),
        (
            "coffee w/ Raj 12/03/2026",
            [
                'coffee · Sun 22 Nov · Raj Patel · "12/03/2026"',
                '"12/03/2026" stays text, and this is dated today (a day: 3d ago, 12 mar, 2026-03-12)',
            ],
        ),
        ("coffee w/ Raj yesterday about last year", ['coffee · Sat 21 Nov · Raj Patel · "about last year"']),
        ("", ["Nothing to save yet: say what took place, as in: coffee with Grace yesterday."]),
        (
            "<advice every 6w",
            [
                "every 6 weeks",
                "Sun 22 Nov · < advice received",
                "Nobody is named who gave the advice: <advice@grace.",
                "Nobody is named for the cadence: every 6w @grace.",
            ],
        ),
    ],
)
def test_the_echo_says_what_will_be_saved(line: str, echo: list[str]) -> None:
    assert list(preview(parse(line, VILLAGE, TODAY))) == echo


def test_a_chosen_namesake_is_told_with_the_others_a_tab_away() -> None:
    parsed = parse("coffee w/ dana", VILLAGE, TODAY, choices={"dana": "dana-fox"})
    assert list(preview(parsed)) == ["coffee · Sun 22 Nov · Dana Fox (tab: 2 could be dana)"]


def test_without_a_tab_key_a_hint_says_what_to_write() -> None:
    assert preview(parse("coffee @zoltan", VILLAGE, TODAY), keys=False)[1:] == (
        '"zoltan" stays text (somebody new: @"zoltan")',
    )
    assert [mention.name for mention in parse('coffee @"zoltan"', VILLAGE, TODAY).new_people] == ["zoltan"]


def test_what_only_looks_like_a_hint_is_echoed_as_it_is_stored() -> None:
    assert preview(parse("note see (tab: two)", VILLAGE, TODAY), keys=False) == (
        'note · Sun 22 Nov · "see (tab: two)"',
    )


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("12/03/2026", "12/03/2026"),
        ("on 12.3.26, in Rome", "12.3.26"),
        ("2026/11/20", "2026/11/20"),
        ("2026-02-31", "2026-02-31"),
        ("the 31 Feb", "31 Feb"),
        ("it was last week", "last week"),
        ("a few days ago", "a few days ago"),
        ("12/3", ""),
        ("24/7", ""),
        ("python 3.11.2", ""),
        ("last year's figures", ""),
        ("call 555-12-3456", ""),
        ("10.0.0.1", ""),
        ("5 marbles", ""),
    ],
)
def test_what_looks_like_a_day_is_found(text: str, stretch: str) -> None:
    assert like_a_day(text) == stretch
