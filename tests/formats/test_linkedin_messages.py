"""LinkedIn's messages: which of them I am, who is added, one key a conversation and day, and speed."""

from datetime import date, time
from time import perf_counter

import pytest

from relcraft.domain.incoming import How, IncomingRecord, Myself, Row
from relcraft.domain.records import Interaction
from relcraft.domain.words import Initiator
from relcraft.formats.linkedin import LinkedIn
from relcraft.formats.linkedin.people import paired, split_names
from tests.formats.linkedin_archive import BOB, ME, NEW, OLD, ZOE, table
from tests.formats.rows import skips

HEADER = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT"
SAM = How(me=Myself(names=("Sam Self",)))
OTHER_SAM = "https://www.linkedin.com/in/another-sam"


def read(text: str, how: How = SAM, name: str = "messages.csv") -> list[Row]:
    return list(LinkedIn().read(text.encode(), name, how))


def told(rows: list[Row]) -> list[tuple[str, Initiator, tuple[str, ...], str, bool]]:
    """Return key, who began, the people, the summary, and whether they are added."""
    return [
        (
            row.record.sources[0].removeprefix("linkedin:message:"),
            row.record.initiator,
            tuple(person.name for person in row.people),
            row.record.summary,
            row.adds_people,
        )
        for row in rows
        if isinstance(row, IncomingRecord) and isinstance(row.record, Interaction)
    ]


def one(
    sender: tuple[str, str],
    to: tuple[str, str],
    day: str = "2026-02-08 10:00:00 UTC",
    talk: str = "c1",
    text: str = "Hi",
) -> tuple[str, ...]:
    return (talk, "", *sender, *to, day, "", text)


ME_NAMED, ZOE_NAMED, BOB_NAMED = ("Sam Self", ME), ("Zoë Müller", ZOE), ("Bob Stone", BOB)


def test_messages_of_a_conversation_and_day_have_one_key_and_the_earliest_words() -> None:
    ann = "Dr. Ann O'Hara, Ph.D."
    hello = 'Hello Zoë, as you said: "call me, any time". Sam'
    assert told(read(NEW["messages.csv"])) == [
        ("c1:2026-02-09", Initiator.THEM, ("Zoë Müller",), "Any time!", True),
        ("c1:2026-02-08", Initiator.ME, ("Zoë Müller",), hello, True),
        ("c1:2026-02-08", Initiator.THEM, ("Zoë Müller",), hello, True),
        ("c1:2026-02-08", Initiator.ME, ("Zoë Müller",), hello, True),
        ("c2:2026-03-01", Initiator.ME, ("Bob Stone", ann), "Stone & sons", True),
        ("c2:2026-03-01", Initiator.THEM, (ann, "Bob Stone"), "Stone & sons", True),
        ("c3:2026-03-02", Initiator.THEM, ("Eve Recruits",), "A role", False),
    ]


def test_what_is_no_message_between_people_is_skipped_with_its_reason() -> None:
    assert skips(read(NEW["messages.csv"])) == [
        ("messages.csv, line 9", "is a draft: it was not sent"),
        ("messages.csv, line 13", "is an advertisement: a sponsored message"),
        ("messages.csv, line 14", "is an advertisement: a sponsored message"),
        ("messages.csv, line 15", "is in the spam folder"),
        ("messages.csv, line 16", "is with a hidden member: LinkedIn gives no name"),
        ("messages.csv, line 17", 'has no date that can be read: "soon", 2026-02-08 16:02:04 UTC was expected'),
    ]


def test_the_time_is_kept_where_its_zone_is_known() -> None:
    rows = read(table(HEADER, one(ME_NAMED, ZOE_NAMED), one(ME_NAMED, ZOE_NAMED, "2026-02-09 10:00:00")))
    moments = [
        (row.record.date, row.record.time, row.record.zone)
        for row in rows
        if isinstance(row, IncomingRecord) and isinstance(row.record, Interaction)
    ]
    assert moments == [(date(2026, 2, 8), time(10, 0), "UTC"), (date(2026, 2, 9), None, "")]


def test_without_a_profile_i_am_who_takes_part_in_every_conversation() -> None:
    rows = read(table(HEADER, one(ME_NAMED, ZOE_NAMED), one(BOB_NAMED, ME_NAMED, talk="c2")), How())
    assert [(who, people) for _, who, people, *_ in told(rows)] == [
        (Initiator.ME, ("Zoë Müller",)),
        (Initiator.THEM, ("Bob Stone",)),
    ]


def test_a_name_of_mine_that_is_not_in_the_file_is_found_out_as_well() -> None:
    text = table(HEADER, one(ME_NAMED, ZOE_NAMED), one(BOB_NAMED, ME_NAMED, talk="c2"))
    assert told(read(text, How(me=Myself(names=("Samuel Selfridge",))))) == told(read(text))


@pytest.mark.parametrize(
    "rows",
    [
        [one(ME_NAMED, ZOE_NAMED)],
        [one(ME_NAMED, ZOE_NAMED), one(ZOE_NAMED, ME_NAMED, talk="c2")],
        [one(ME_NAMED, ZOE_NAMED), one(BOB_NAMED, ("Ida Rau", ""), talk="c2")],
    ],
)
def test_where_it_is_not_certain_who_i_am_the_reason_says_how_to_tell(rows: list[tuple[str, ...]]) -> None:
    found = skips(read(table(HEADER, *rows), How()))
    assert len(found) == len(rows)
    assert all("which of those in it you are is not certain" in why and "--me" in why for _, why in found)


def test_my_link_alone_tells_who_i_am() -> None:
    rows = read(table(HEADER, one(ME_NAMED, ZOE_NAMED)), How(me=Myself(urls=("linkedin.com/in/sam-self/",))))
    assert [who for _, who, *_ in told(rows)] == [Initiator.ME]


def test_a_namesake_of_mine_is_somebody_else() -> None:
    text = table(HEADER, one(("Sam Self", OTHER_SAM), ME_NAMED), one(ME_NAMED, ("Sam Self", OTHER_SAM)))
    how = How(me=Myself(names=("Sam Self",), urls=(ME,)))
    assert [(who, people) for _, who, people, *_ in told(read(text, how))] == [
        (Initiator.THEM, ("Sam Self",)),
        (Initiator.ME, ("Sam Self",)),
    ]


def test_people_of_conversations_in_which_i_did_not_write_are_not_added() -> None:
    text = table(
        HEADER, one(ZOE_NAMED, ME_NAMED), one(BOB_NAMED, ME_NAMED, talk="c2"), one(ME_NAMED, BOB_NAMED, talk="c2")
    )
    assert [(people, adds) for *_, people, _, adds in told(read(text))] == [
        (("Zoë Müller",), False),
        (("Bob Stone",), True),
        (("Bob Stone",), True),
    ]


def test_a_message_in_which_i_am_not_named_is_one_of_who_wrote_it() -> None:
    text = table(HEADER, one(ZOE_NAMED, ("Ida Rau, Bob Stone", "")), one(ME_NAMED, ZOE_NAMED))
    assert told(read(text))[0][2] == ("Zoë Müller",)


def test_archives_before_2021_without_ids_and_links() -> None:
    assert told(read(OLD["Messages 2017.csv"])) == [
        ("with zoe muller:2017-02-08", Initiator.ME, ("Zoë Müller",), "Lunch?", True),
        ("with zoe muller:2017-02-08", Initiator.THEM, ("Zoë Müller",), "Lunch?", True),
        ("with eve recruits:2017-02-09", Initiator.THEM, ("Eve Recruits",), "A role", False),
    ]
    assert told(read(OLD["Messages 2017.csv"], How())) == told(read(OLD["Messages 2017.csv"]))


def test_a_recipient_without_a_link_has_that_of_the_same_name_in_the_conversation() -> None:
    rows = read(OLD["messages.csv"])
    links = [row.people[0].urls for row in rows if isinstance(row, IncomingRecord)]
    assert links == [(ZOE,), (ZOE,), ()]


def test_talks_with_linkedins_assistants_are_no_messages() -> None:
    name = "learning_coach_messages.csv"
    assert skips(read(NEW[name], name=name)) == [(name, "holds no people, only talks with LinkedIn's own assistants")]


def test_markup_and_long_texts_are_cut_to_their_first_words() -> None:
    text = "<p>Dear Sam &amp; all,</p>\n" + "many words " * 50
    (row,) = told(read(table(HEADER, one(ME_NAMED, ZOE_NAMED, text=text))))
    assert row[3] == "Dear Sam & all, many words many words many words many..."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Bob Stone", ["Ada Lovelace", "Bob Stone"]),
        ("Jane Doe, Ph.D., Bob Stone, MBA, PMP®", ["Jane Doe, Ph.D.", "Bob Stone, MBA, PMP®"]),
        ("Cher, Bob Stone", ["Cher", "Bob Stone"]),
    ],
)
def test_a_list_of_names_keeps_degrees_with_their_name(text: str, names: list[str]) -> None:
    assert split_names(text, {}) == names


def test_names_of_a_group_are_told_apart_with_and_without_a_blank_after_the_comma() -> None:
    assert paired("Kim Lee,Bob Stone", (ZOE, BOB), {}) == [("Kim Lee", ZOE), ("Bob Stone", BOB)]
    assert paired("Kim Lee, PhD,Bob Stone, MSc", (ZOE, BOB), {}) == [("Kim Lee, PhD", ZOE), ("Bob Stone, MSc", BOB)]


def test_who_is_known_only_by_link_is_named_as_where_they_wrote() -> None:
    names = "Doe, Jane the Great, Bob Stone"
    assert paired(names, (ZOE, BOB), {"linkedin.com/in/bob-stone": "Bob Stone"}) == [("Bob Stone", BOB)]
    assert paired("Doe, Jane", (ZOE,), {}) == [("Doe, Jane", ZOE)]


def test_a_quotation_mark_that_never_closes_costs_one_message() -> None:
    text = (
        table(HEADER, one(ME_NAMED, ZOE_NAMED))
        + 'c1,,"Zoë\n'
        + table(HEADER, one(ME_NAMED, ZOE_NAMED)).partition("\n")[2]
    )
    rows = read(text)
    assert [where for where, _ in skips(rows)] == ["messages.csv, line 3"]
    assert len(told(rows)) == 2


def test_twenty_thousand_messages_take_a_second_or_two() -> None:
    talks = [(f"Person {number}", f"https://www.linkedin.com/in/p{number}") for number in range(500)]
    rows = [
        one(ME_NAMED if number % 2 else talks[number % 500], talks[number % 500] if number % 2 else ME_NAMED,
            f"20{10 + number % 15}-0{1 + number % 9}-1{number % 7} 10:00:00 UTC", f"c{number % 500}", "Hello\n\nyou")
        for number in range(20_000)
    ]  # fmt: skip
    data = table(HEADER, *rows).encode()
    begun = perf_counter()
    assert sum(1 for _ in LinkedIn().read(data, "messages.csv", SAM)) == 20_000
    assert perf_counter() - begun < 10


def test_a_file_of_quotation_marks_is_read_in_time_in_step_with_its_size() -> None:
    data = (HEADER + "\n" + '"a\n' * 100_000).encode()
    begun = perf_counter()
    assert len(skips(list(LinkedIn().read(data, "messages.csv", SAM)))) > 0
    assert perf_counter() - begun < 20


def test_a_long_list_of_names_is_told_apart_in_time_in_step_with_its_length() -> None:
    begun = perf_counter()
    assert len(split_names(", ".join(["a.b.c.d a.b.c.d a.b.c.d a.b.c.d  x"] * 3000), {})) == 3000
    assert len(split_names("Ada Lovelace" + ", Ph.D." * 15_000, {})) == 1
    assert perf_counter() - begun < 3
