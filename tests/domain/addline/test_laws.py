"""Laws that hold for every add line."""

import time
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.addline import ParsedLine, complete, parse, preview
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.text import clean
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind, Size
from tests.domain.addline.village import TODAY, VILLAGE, FakeDirectory, a_person

_PIECES = st.sampled_from(
    [
        "coffee",
        "met",
        "with",
        "w/",
        "Grace",
        "grace",
        "Dana",
        "Zork Quux",
        "and",
        ",",
        "@raj",
        "@nobody",
        '"',
        '"a b"',
        ">advice",
        "<intro@raj:x",
        ">rec+:text",
        "!fri",
        "!",
        "#tag",
        "every 6w",
        "yesterday",
        "next tue",
        "12 mar",
        "at 14:30",
        "\x1b[31m",
        "\u202e",
        "李明",
        "🎉",
        ":",
        "'s",
        "+",
        "-",
        "@",
        ">",
        "?ask:x",
        "?ref@grace:x",
        "?intro+",
        "?",
        "   ",
        "by",
    ]
)
lines = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES).map("".join))

_WORDS = st.sampled_from(
    [
        "she",
        "told",
        "a story",
        "about",
        "compilers,",
        "sea;",
        "ideas:",
        "(nice)",
        "it's",
        "- ok?",
        "a@b.c",
        "C#",
        "24/7",
        "> 3",
        "<3",
        "what?",
        "? maybe",
        "?!",
    ]
)
plain_texts = st.lists(_WORDS, min_size=1, max_size=12).map(lambda words: " ".join(["so", *words]))


@given(lines)
@settings(max_examples=500)
def test_any_text_is_read_and_told_without_a_crash(line: str) -> None:
    parsed = parse(line, VILLAGE, TODAY)
    assert all(clean(told) == told for told in preview(parsed))


@given(lines, st.integers(min_value=0, max_value=80))
def test_any_text_can_be_completed_without_a_crash(line: str, cursor: int) -> None:
    for offered in complete(line, min(cursor, len(line)), VILLAGE):
        assert 0 <= offered.span.start <= offered.span.end <= len(line)


@given(lines)
def test_chips_and_names_lie_in_the_line_and_not_over_each_other(line: str) -> None:
    parsed = parse(line, VILLAGE, TODAY)
    last = 0
    for chip in parsed.chips:
        assert last <= chip.span.start < chip.span.end <= len(line)
        last = chip.span.end
    for mention in parsed.mentions:
        assert mention.span is not None
        assert 0 <= mention.span.start < mention.span.end <= len(line)


@given(plain_texts)
def test_text_without_anything_in_it_comes_back_as_the_summary(line: str) -> None:
    parsed = parse(line, VILLAGE, TODAY)
    assert parsed.summary == line
    assert (parsed.kind, parsed.people, parsed.chips, parsed.said_date) == (None, (), (), None)


@given(lines)
def test_what_is_kept_has_no_control_characters(line: str) -> None:
    parsed = parse(line, VILLAGE, TODAY)
    kept = [parsed.summary, *parsed.tags, *(one.name for one in parsed.everybody)]
    kept += [
        *(one.text for one in parsed.exchanges),
        *(one.text for one in parsed.asks),
        *(one.text for one in parsed.follow_ups),
    ]
    assert all(clean(text) == text and "\n" not in text for text in kept)


@given(
    kind=st.sampled_from(InteractionKind),
    people=st.lists(st.sampled_from(VILLAGE.contacts[:6]), max_size=3, unique=True),
    days=st.integers(min_value=-1000, max_value=1000),
    summary=st.sampled_from(["", "talked long", "re: C#"]),
    helped=st.lists(
        st.tuples(
            st.sampled_from([*Direction, None]),
            st.sampled_from(ExchangeKind),
            st.sampled_from(Size),
            st.sampled_from(["", "the cv", "see a@b.c"]),
        ),
        max_size=3,
    ),
    promises=st.lists(st.tuples(st.integers(min_value=1, max_value=500), st.sampled_from(["", "send it"])), max_size=2),
    tags=st.lists(st.sampled_from(["work", "fun-run"]), max_size=2, unique=True),
    cadence=st.sampled_from([None, 30, 42]),
)
def test_a_line_that_was_written_from_parts_gives_them_back(
    kind: InteractionKind,
    people: list[object],
    days: int,
    summary: str,
    helped: list[tuple[Direction | None, ExchangeKind, Size, str]],
    promises: list[tuple[int, str]],
    tags: list[str],
    cadence: int | None,
) -> None:
    names = [one.name for one in VILLAGE.contacts if one in people]
    day = TODAY + timedelta(days=days)
    line = " ".join(
        filter(
            None,
            [
                str(kind),
                f"with {', '.join(names)}" if names else "",
                tell_day_fully(day),
                summary,
                *(_written(*one) for one in helped),
                *(f"!{tell_day_fully(TODAY + timedelta(days=ahead))} {text}".strip() for ahead, text in promises),
                *(f"#{tag}" for tag in tags),
                f"every {cadence}d" if cadence else "",
            ],
        )
    )
    parsed = parse(line, VILLAGE, TODAY)
    assert _structure(parsed) == (
        kind,
        names,
        day,
        summary,
        [one for one in helped if one[0]],
        [one[1:] for one in helped if not one[0]],
        [(TODAY + timedelta(days=ahead), text) for ahead, text in promises],
        tags,
        cadence,
    )


def _written(direction: Direction | None, kind: ExchangeKind, size: Size, text: str) -> str:
    sign = {Direction.GIVEN: ">", Direction.RECEIVED: "<", None: "?"}[direction]
    mark = {Size.BIG: "+", Size.SMALL: "-", Size.NORMAL: ""}[size]
    return f"{sign}{kind}{mark}" + (f":{text}" if text else "")


def _structure(parsed: ParsedLine) -> tuple[object, ...]:
    return (
        parsed.kind,
        [one.name for one in parsed.people],
        parsed.date,
        parsed.summary,
        [(one.direction, one.kind, one.size, one.text) for one in parsed.exchanges],
        [(one.kind, one.size, one.text) for one in parsed.asks],
        [(one.date, one.text) for one in parsed.follow_ups],
        list(parsed.tags),
        parsed.cadence_days,
    )


def test_a_long_line_asks_the_directory_a_few_times_only() -> None:
    directory = FakeDirectory([*VILLAGE.contacts, *(a_person(f"Person Number{n}") for n in range(50))])
    parse("coffee w/ Grace, Raj and Ada Lovelace yesterday re: " + "a long story of it " * 20, directory, TODAY)
    assert directory.asked <= 15


def test_a_line_is_read_in_less_than_five_milliseconds() -> None:
    line = (
        "coffee w/ Grace, Raj and Ada Lovelace yesterday re: the long story <intro:Ada !fri send paper #work every 6w"
    )
    durations = []
    for _ in range(20):
        began = time.perf_counter()
        parse(line, VILLAGE, TODAY)
        durations.append(time.perf_counter() - began)
    assert min(durations) < 0.005
