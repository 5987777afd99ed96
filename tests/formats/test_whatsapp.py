"""WhatsApp's chats: the shapes of phones and languages, whose day counts, and that no text is kept."""

import time as clock
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Interaction
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import Circle, Initiator, InteractionKind
from relcraft.formats.whatsapp import WhatsApp
from relcraft.formats.whatsapp_lines import read_line
from tests.books import a_book, person
from tests.formats.letters import interactions, names, records
from tests.formats.rows import sample_folder, skips

KIM = How(Myself(names=("Kim Oh",)))
TWO = """\
30/12/2023, 14:30 - Messages and calls are end-to-end encrypted. Tap to learn more.
30/12/2023, 14:30 - Ada: Hello
and a second line: with a colon
30/12/2023, 14:31 - Kim Oh: <Media omitted>
31/12/2023, 09:00 - Ada: A new day
"""


def read(text: str, how: How = KIM) -> list[Row]:
    return list(WhatsApp().read(text.encode(), "chat.txt", how))


@pytest.mark.parametrize(
    ("line", "day", "at", "sender"),
    [
        ("30/12/2023, 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("12/30/23, 2:30 PM - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("12/30/23, 2:30\u202fPM - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/23, 12:05 am - Ada: Hi", date(2023, 12, 30), time(0, 5), "Ada"),
        ("30.12.23, 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2023, 2:30 p.\u00a0m. - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2023 2:30 p. m. - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2023 à 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30.12.2023 klo 14.30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30-12-2023 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2023 2:30 da tarde - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("2023-12-30, 2:30 p.m. - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("2023/12/30, 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("2023. 12. 30. 오후 2:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("[23. 12. 30. 오후 2:30:05] Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("[2023/12/30 下午2:30:05] Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2566 14:30 - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("\u200f٣٠\u200f/١٢\u200f/٢٠٢٣, ٢:٣٠ م - Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("[30.12.23, 14:30:05] Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        (
            "\u200e[30/12/2023, 2:30:05\u202fPM] \u202a+49 170 555 0100\u202c: Hi",
            date(2023, 12, 30),
            time(14, 30),
            "+49 170 555 0100",
        ),
        ("[12/30/23, 2:30:05 PM] ~\u202fAda: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("[30.12.2023 klo 14.30.05] Ada: Hi", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2012 14:30:48: Ada: Hi", date(2012, 12, 30), time(14, 30), "Ada"),
        ("12/30/14, 1:59:59 PM: Ada: Hi", date(2014, 12, 30), time(13, 59), "Ada"),
        ("30/12/2023, 14:30 - Ada:", date(2023, 12, 30), time(14, 30), "Ada"),
        ("30/12/2023, 14:30 - Ada left", date(2023, 12, 30), time(14, 30), ""),
        ('30/12/2023, 14:30 - Ada changed the subject to "Fun: us"', date(2023, 12, 30), time(14, 30), ""),
    ],
)
def test_a_line_of_every_phone_and_language_is_read(line: str, day: date, at: time, sender: str) -> None:
    found = read_line(line)
    assert found is not None
    assert (found.day.read(day_first=None), found.at, found.sender) == (day, at, sender)


@pytest.mark.parametrize(
    "line",
    [
        "Hello",
        "1/2 of it: yes",
        "[30.12.23, 14:30:05 Ada: Hi",
        "30/12/2023",
        "2024-01-01",
        "at 14:30 - Ada: x",
        "",
        "12345/1/1, 14:30 - A: b",
    ],
)
def test_other_lines_go_on_with_the_message_before(line: str) -> None:
    assert read_line(line) is None


def test_each_message_is_a_row_and_those_of_a_day_have_one_key() -> None:
    rows = read(TWO)
    assert skips(rows) == [("chat.txt, line 1", "is a note of WhatsApp itself, not a message")]
    assert [row.where for row in records(rows)] == ["chat.txt, line 2", "chat.txt, line 4", "chat.txt, line 5"]
    assert [(met.date, met.time, met.initiator, met.summary, met.kind) for met in interactions(rows)] == [
        (date(2023, 12, 30), time(14, 30), Initiator.THEM, "2 messages", InteractionKind.MESSAGE),
        (date(2023, 12, 30), time(14, 31), Initiator.ME, "2 messages", InteractionKind.MESSAGE),
        (date(2023, 12, 31), time(9, 0), Initiator.THEM, "1 message", InteractionKind.MESSAGE),
    ]
    keys = [row.record.sources for row in records(rows)]
    assert keys[0] == keys[1] != keys[2]
    assert {tuple(names(row)) for row in records(rows)} == {("Ada",)}
    assert all(row.adds_people for row in records(rows))


def test_what_was_written_is_not_kept() -> None:
    told = repr(records(read(TWO.replace("Hello", "a secret"))))
    assert "secret" not in told


def test_a_later_export_has_the_same_keys() -> None:
    longer = TWO + "31/12/2023, 10:00 - Kim Oh: More\n1/1/2024, 00:01 - Ada: Happy new year\n"
    first, second = ([row.record.sources for row in records(read(text))] for text in (TWO, longer))
    assert first == second[:3]


def test_of_a_chat_in_which_i_never_wrote_nobody_is_added() -> None:
    (row,) = records(read("30/12/2023, 14:30 - Ada: Hello\n"))
    assert (names(row), row.adds_people) == (["Ada"], False)


def test_who_i_am_is_asked_where_no_name_is_mine() -> None:
    rows = read(TWO, USUAL)
    assert not records(rows)
    assert skips(rows)[1][1].startswith("is in a chat of Ada and Kim Oh, of whom none is you")
    assert list(WhatsApp().likely_mine(TWO.encode())) == [("Ada", 2), ("Kim Oh", 1)]


def test_i_am_known_by_my_number_too() -> None:
    text = TWO.replace("Kim Oh", "+49 170 555 0100")
    assert len(records(read(text, How(Myself(phones=("0170 5550100",)))))) == 3


def test_somebody_who_is_a_number_has_it_as_phone_and_no_name() -> None:
    (row, _mine) = records(read("30/12/2023, 14:30 - +49 170 555 0100: Hi\n30/12/2023, 14:31 - Kim Oh: Hi\n"))
    assert (names(row), row.people[0].phones) == ([""], ("+49 170 555 0100",))


@pytest.mark.parametrize(
    ("days", "told", "expected"),
    [
        (("3/4/2026", "13/4/2026"), None, date(2026, 4, 3)),
        (("3/4/2026", "4/13/2026"), None, date(2026, 3, 4)),
        (("3/4/2026", "4/4/2026", "1/5/2026"), None, date(2026, 4, 3)),
        (("3/4/2026", "3/5/2026", "4/1/2026"), None, date(2026, 3, 4)),
        (("3.4.2026", "4.4.2026"), None, date(2026, 4, 3)),
        (("3/4/2026", "4/4/2026"), None, None),
        (("3/4/2026", "4/4/2026"), True, date(2026, 4, 3)),
        (("3/4/2026", "4/4/2026"), False, date(2026, 3, 4)),
        (("3/4/2026", "4/13/2026"), True, date(2026, 3, 4)),
    ],
)
def test_the_whole_file_tells_whether_the_day_comes_first(
    days: tuple[str, ...], told: bool | None, expected: date | None
) -> None:
    rows = read("".join(f"{day}, 14:30 - Ada: x\n" for day in days), How(KIM.me, day_first=told))
    first = rows[0]
    if expected is None:
        assert isinstance(first, Skipped)
        assert "--day-first" in first.why
    else:
        assert isinstance(first, IncomingRecord)
        assert isinstance(first.record, Interaction)
        assert first.record.date == expected


def test_a_day_that_is_none_is_skipped_with_its_line() -> None:
    assert skips(read("31/02/2026, 14:30 - Ada: x\n")) == [("chat.txt, line 1", "has no day that can be read")]


def group(*said: str) -> str:
    return "".join(f"{13 + at // 10}/12/2023, 14:{at % 10:02} - {who}: x\n" for at, who in enumerate(said))


def test_a_day_in_a_group_is_with_those_who_wrote_on_it() -> None:
    rows = read(group("Ada", "Kim Oh", *["Raj"] * 8, "Kim Oh", "Lin"))
    assert [names(row) for row in records(rows)] == [["Ada", "Raj"]] * 10 + [["Lin"]] * 2


def test_a_day_in_a_group_on_which_i_alone_wrote_is_with_nobody() -> None:
    rows = read(group("Ada", "Raj", *["Kim Oh"] * 8, "Kim Oh"))
    assert skips(rows) == [("chat.txt, line 11", "is yours, on a day on which nobody else wrote in the group")]


def test_what_others_write_in_a_large_group_warms_nobody() -> None:
    rows = read(group("Kim Oh", "Ada", "Raj", "Lin", *["Bo"] * 6, "Ada"))
    assert [why for _, why in skips(rows)] == ["was written in a group on a day on which you wrote nothing there"]


def test_of_a_group_of_more_than_eight_nobody_is_added() -> None:
    rows = read(group("Kim Oh", *(f"P{n}" for n in range(8))))
    assert all(row.adds_people for row in records(rows))
    rows = read(group("Kim Oh", *(f"P{n}" for n in range(9))))
    assert [row.adds_people for row in records(rows)] == [False] * 10


def test_somebody_who_came_to_the_group_changes_no_key() -> None:
    before = group("Ada", "Raj", *["Kim Oh"] * 8)
    after = before + group("Lin").replace("13/", "14/")
    assert [row.record.sources for row in records(read(before))] == [
        row.record.sources for row in records(read(after))
    ][:10]


def test_notes_that_ios_puts_under_a_name_are_no_messages() -> None:
    text = (
        "[30.12.23, 14:30:05] Fun: \u200eMessages and calls are end-to-end encrypted.\n"
        "[30.12.23, 14:30:05] Fun: \u200eAda created this group\n"
        "[30.12.23, 14:30:05] Ada: \u200eAda added you\n"
        "[30.12.23, 14:31:05] Ada: Hello\n"
        "[30.12.23, 14:32:05] Kim Oh: \u200eimage omitted\n"
        "[30.12.23, 14:33:05] Raj: Hi\n"
    )
    rows = read(text)
    assert [where for where, _ in skips(rows)] == [f"chat.txt, line {n}" for n in (1, 2, 3)]
    assert names(records(rows)[0]) == ["Ada", "Raj"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (TWO, True),
        ("\ufeff" + TWO.replace("\n", "\r\n"), True),
        ("\u200e[30.12.23, 14:30:05] Ada: Hi\n", True),
        ("2024-01-01 12:00:00 - INFO: started\n", False),
        ("[2024-01-01 12:00:00] ERROR: x\n", False),
        ("2024-01-01 12:00 - INFO: started\n", False),
        ("2018-11-01: Grace came by\n", False),
        ("Name,Day\nAda,30/12/2023\n", False),
        ("30/12/2023, 14:30 - Ada left\n", False),
        ("", False),
    ],
)
def test_a_chat_is_known_by_its_lines(text: str, is_one: bool) -> None:
    assert WhatsApp().recognises(text.encode()) is is_one


def bring(book: Book, text: str) -> dict[str, int]:
    plan = plan_import(book, read(text), "chat")
    keep_import(book, plan)
    said = plan.report("")
    return {name: said[name] if isinstance(said[name], int) else len(said[name]) for name in said if name != "format"}


def test_a_chat_warms_the_other_and_comes_in_once() -> None:
    ada = person("ada", "Ada", circle=Circle.CLOSE)
    book = a_book(ada)
    text = TWO.replace("/12/2023", "/10/2026")
    said = bring(book, text)
    assert (said["read"], said["added"], said["skipped"]) == (4, 3, 1)
    assert [(each.summary, each.initiator) for each in book.interactions_with("ada")] == [
        ("1 message", Initiator.THEM),
        ("2 messages", Initiator.BOTH),
    ]
    assert book.warmth("ada").state is Warmth.WARM
    again = bring(book, text)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 3)
    grown = bring(book, text + "31/10/2026, 09:05 - Kim Oh: Good morning\n")
    assert (grown["added"], grown["updated"]) == (0, 2)
    assert [each.summary for each in book.interactions_with("ada")] == ["2 messages", "2 messages"]


def test_a_chat_of_a_phone() -> None:
    data = (sample_folder("whatsapp") / "kawsay__android_chat.txt").read_bytes()
    assert WhatsApp().recognises(data)
    rows = list(WhatsApp().read(data, "chat", How(Myself(names=("Jane",)))))
    assert [met.summary for met in interactions(rows)] == ["3 messages"] * 3
    assert [where for where, _ in skips(rows)] == ["chat, line 4"]


@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    for whole in (data, TWO.encode() + data, b"30/12/2023, 14:30 - " + data):
        WhatsApp().recognises(whole)
        assert WhatsApp().expected_rows(whole) > 0
        WhatsApp().likely_mine(whole)
        for how in (KIM, USUAL):
            assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in WhatsApp().read(whole, "x", how))


@given(st.lists(st.text(st.sampled_from("0123456789/.-,:[] \u200e\u202faApPmM~Ada٣"), max_size=40), max_size=12))
def test_any_lines_give_rows(lines: list[str]) -> None:
    rows = read("\n".join(lines))
    assert rows


@pytest.mark.parametrize(
    "text",
    [
        "30/12/2023, 14:30 - Ada: x\n" * 50_000,
        "30/12/2023, 14:30 - Ada: x\n" + "y\n" * 1_000_000,
        "1" * 1_000_000,
        "30/12/2023, 14:30 - " + "a" * 1_000_000,
        "".join(f"30/12/2023, 14:30 - P{n}: x\n" for n in range(20_000)),
    ],
    ids=len,
)
def test_a_hostile_chat_keeps_nobody_waiting(text: str) -> None:
    begun = clock.process_time()
    WhatsApp().likely_mine(text.encode())
    assert read(text)
    assert clock.process_time() - begun < 10
