"""Mail: who wrote to whom and when, from mailboxes and single messages; lists and robots are nobody's closeness."""

import time as clock
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Interaction
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import Circle, Initiator, InteractionKind
from relcraft.formats.mail.mbox import Mbox
from relcraft.formats.mail.message import Message
from relcraft.formats.reading import read_paths
from tests.books import a_book, person
from tests.formats.letters import KNOWN, ME, interactions, mailbox, message, names, records
from tests.formats.rows import sample_folder, skips


def read(data: bytes, how: How = KNOWN) -> list[Row]:
    return list(Message().read(data, "mail", how))


def read_box(data: bytes, how: How = KNOWN) -> list[Row]:
    return list(Mbox().read(data, "box", how))


def why(data: bytes, how: How = KNOWN) -> str:
    ((_where, said),) = skips(read(data, how))
    return said


def test_a_message_to_me_is_with_its_sender_and_adds_nobody() -> None:
    (row,) = records(read(message(Cc="Raj <raj@x.example>")))
    (met,) = interactions([row])
    assert (met.date, met.kind, met.initiator, met.summary) == (
        date(2026, 3, 2),
        InteractionKind.EMAIL,
        Initiator.THEM,
        "Notes",
    )
    assert (names(row), row.people[0].emails, row.adds_people) == (["Ada Lovelace"], ("ada@engines.example",), False)


def test_a_message_from_me_is_with_all_to_whom_it_went_and_adds_them() -> None:
    data = message(
        "Ada <ada@x.example>, raj@x.example", sender=f"Kim <{ME}>", Cc="Lin <lin@x.example>", Bcc="bo@x.example"
    )
    (row,) = records(read(data))
    (met,) = interactions([row])
    assert (names(row), row.adds_people) == (["Ada", "raj@x.example", "Lin", "bo@x.example"], True)
    assert (met.initiator, met.time) == (Initiator.ME, time(9, 30))


def test_a_days_mail_with_the_same_people_has_one_key_whoever_wrote() -> None:
    mine = message("Ada <ADA@engines.example>, Raj <raj@x.example>", sender=ME)
    theirs = message(f"{ME}, raj@x.example", date="Mon, 2 Mar 2026 18:00:00 -0500")
    next_day = message(f"{ME}, raj@x.example", date="Tue, 3 Mar 2026 18:00:00 -0500")
    keys = [row.record.sources for data in (mine, theirs, next_day) for row in records(read(data))]
    assert keys[0] == keys[1] != keys[2]
    assert keys[0][0].startswith("mail:2026-03-02:")


def test_a_mailbox_and_a_maildir_give_the_same_keys() -> None:
    letters = [message(), message("Raj <raj@x.example>", sender=ME), message(date="1 Apr 2026 10:00 +0000")]
    alone = {row.record.sources for each in letters for row in records(read(each))}
    assert {row.record.sources for row in records(read_box(mailbox(letters)))} == alone
    assert len(alone) == 3


def test_what_i_wrote_comes_first_out_of_a_mailbox() -> None:
    rows = read_box(mailbox([message(), message("Ada <ada@engines.example>", sender=ME)]))
    assert [(row.where, row.adds_people) for row in records(rows)] == [("box, line 9", True), ("box, line 1", False)]


def test_a_name_that_another_message_of_the_mailbox_gives_stands_for_the_bare_address() -> None:
    rows = read_box(mailbox([message("ada@engines.example", sender=ME), message()]))
    assert [names(row) for row in records(rows)] == [["Ada Lovelace"], ["Ada Lovelace"]]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("=?UTF-8?B?SsO2cmcgS3LDtmdlcg==?= <j@x.example>", "Jörg Kröger"),
        ("=?utf-8?q?Lovelace=2C_Ada?= <j@x.example>", "Ada Lovelace"),
        ("=?utf-8?q?Lovelace,_Ada?= <j@x.example>", "Ada Lovelace"),
        ('"=?iso-8859-1?Q?Zo=EB?= Smith" <j@x.example>', "Zoë Smith"),
        ("=?utf-8?B?w?= =?utf-8?q?x?= <j@x.example>", "=?utf-8?B?w?= =?utf-8?q?x?="),
        ("=?utf-8?q?J=C3?= =?utf-8?q?=B6rg?= <j@x.example>", "Jörg"),
        ("=?nonsense-9?q?J=C3=B6rg?= <j@x.example>", "Jörg"),
        ("=?gb2312?B?zfXQocP3?= <j@x.example>", "王小明"),
        ("'Ada Lovelace' <j@x.example>", "Ada Lovelace"),
        ('"Lovelace, Ada" <j@x.example>', "Ada Lovelace"),
        ("j@x.example (Ada Lovelace)", "Ada Lovelace"),
        ('"j@x.example" <j@x.example>', "j@x.example"),
        ("Zoë <j@x.example>", "Zoë"),
        ("Ada\x1b[31m \u202eLovelace <j@x.example>", "Ada[31m Lovelace"),
        ("Ada\n Lovelace\n\t<j@x.example>", "Ada Lovelace"),
    ],
)
def test_names_are_read_however_they_are_encoded(header: str, name: str) -> None:
    (row,) = records(read(message(sender=header)))
    assert (names(row), row.people[0].emails) == ([name], ("j@x.example",))


def test_a_name_in_bytes_of_an_old_program_is_read() -> None:
    (row,) = records(read(message(sender="Zoë <z@x.example>").decode().encode("latin-1")))
    assert names(row) == ["Zoë"]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Re: Fwd: AW: Notes", "Notes"),
        ("RE[2]: Notes", "Notes"),
        ("Regarding: Notes", "Regarding: Notes"),
        ("=?utf-8?q?Re:_Caf=C3=A9?=", "Café"),
        ("", ""),
        ("x" * 5000, "x" * 200),
    ],
)
def test_the_summary_is_the_subject_without_what_answers_put_before_it(subject: str, told: str) -> None:
    assert [met.summary for met in interactions(read(message(subject=subject)))] == [told]


@pytest.mark.parametrize(
    ("date_header", "received", "day"),
    [
        ("Mon, 2 Mar 2026 23:30:00 -0800", "", date(2026, 3, 2)),
        ("2 Mar 26 23:30 EST", "", date(2026, 3, 2)),
        (None, "from a by b; Thu, 5 Mar 2026 01:00:00 +0000", date(2026, 3, 5)),
        ("Thu Jan 01 00:00:10 +0000", "from a by b; Thu, 5 Mar 2026 01:00:00 +0000", date(2026, 3, 5)),
        ("Fri, 1 Jan 1904 00:00:00 +0000", "from a by b; Thu, 5 Mar 2026 01:00:00 +0000", date(2026, 3, 5)),
        ("Fri, 1 Jan 2090 00:00:00 +0000", "from a by b; Thu, 5 Mar 2026 01:00:00 +0000", date(2026, 3, 5)),
        ("Mon, 32 Mar 2026 25:61:00", "from a by b; soon", None),
        (None, "", None),
    ],
)
def test_the_day_is_that_of_the_writers_clock_else_of_the_arrival(
    date_header: str | None, received: str, day: date | None
) -> None:
    rows = read(message(date=date_header, Received=received))
    assert [met.date for met in interactions(rows)] == ([] if day is None else [day])
    assert [said for _, said in skips(rows)] == (["has no date that can be read"] if day is None else [])


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"List_Id": "<a.b>"}, "came through a mailing list"),
        ({"Precedence": "list"}, "came through a mailing list"),
        ({"List_Unsubscribe": "<mailto:a@b>"}, "was sent in bulk"),
        ({"Precedence": "Bulk"}, "was sent in bulk"),
        ({"X_Gmail_Labels": "Inbox,Category promotions"}, "was sent in bulk"),
        ({"Auto_Submitted": "auto-replied"}, "was written by a program"),
        ({"X_Auto_Response_Suppress": "All"}, "was written by a program"),
        ({"X_Spam_Flag": "YES"}, "is marked as spam"),
        ({"X_Gmail_Labels": "Spam"}, "is marked as spam"),
        ({"X_Mozilla_Status": "0009"}, "is marked as deleted"),
        ({"X_Mozilla_Status2": "00200000"}, "is marked as deleted"),
        ({"Status": "RD"}, "is marked as deleted"),
        ({"X_Status": "D"}, "is marked as deleted"),
        ({"X_Status": "T"}, "is a draft"),
        ({"X_Gmail_Labels": "=?UTF-8?Q?Entw=C3=BCrfe?="}, "is a draft"),
        ({"X_Unsent": "1"}, "is a draft"),
        ({"sender": "No Reply <no-reply@shop.example>"}, "is from an address that answers nobody"),
        ({"sender": "Bot <build.notifications@ci.example>"}, "is from an address that answers nobody"),
        ({"sender": "Somebody"}, "has no header that says who wrote it"),
        ({"to": "you@other.example"}, "is neither from one of your addresses nor to one"),
        ({"Cc": "a@x.example, b@x.example, c@x.example"}, "was written to you and more than 2 others"),
        ({"sender": ME, "to": ", ".join(f"p{n}@x.example" for n in range(13))}, "has more than 12 recipients"),
        ({"sender": ME}, "is from you, to nobody but yourself"),
        ({"sender": ME, "to": "python-list-request@python.example, all@lists.x.example"}, "is from you, to nobody"),
    ],
)
def test_what_is_no_sign_of_closeness_is_skipped_with_the_reason(headers: dict[str, str], reason: str) -> None:
    assert why(message(**headers)).startswith(reason)


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "no"}, {"X_Spam_Flag": "NO"}, {"Status": "RO"}, {"X_Mozilla_Status": "0001"}]
)
def test_headers_that_every_message_may_have_skip_nothing(headers: dict[str, str]) -> None:
    assert len(records(read(message(**headers)))) == 1


def test_mail_to_my_address_with_a_plus_is_to_me() -> None:
    assert len(records(read(message("me+shop@home.example")))) == 1


def test_without_my_addresses_nothing_is_placed_and_it_is_said_how_to_tell_them() -> None:
    assert "--me" in why(message(), USUAL)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Mar  2 09:30:00 2026\n",
        b"From ada@x.example Sun Jul 16 15:06:25 +0200 2023\r\n",
        b"From ada@x.example\n",
    ],
)
def test_messages_of_a_mailbox_are_told_apart(line: bytes, end: str) -> None:
    box = mailbox([message(end=end, body="From here on:\nnothing\n\n>From me\n"), message(end=end)], line)
    assert Mbox().recognises(box)
    assert [row.where for row in records(read_box(box))] == ["box, line 1", "box, line 12"]


def test_a_mailbox_without_blank_lines_between_messages_is_read() -> None:
    first = message(body="1234").rstrip(b"\n")
    assert len(records(read_box(mailbox([first, first])))) == 2


def test_a_text_that_begins_a_line_with_from_begins_no_message() -> None:
    box = mailbox([message(body="Hi\n\nFrom what I know,\nNote: this is text\n")])
    assert len(read_box(box)) == 1


def test_a_message_with_a_mailbox_in_it_is_one_where_its_length_is_told() -> None:
    inner = mailbox([message(), message()]).decode()
    outer = message(body=inner, Content_Length=str(len(inner.encode())))
    assert len(read_box(mailbox([outer, message()]))) == 2
    lying = message(body="short\n", Content_Length="999999999999")
    assert len(read_box(mailbox([lying, message()]))) == 2


def test_a_message_without_a_body_ends_before_the_next() -> None:
    bare = message().partition(b"\n\n")[0]
    assert len(records(read_box(mailbox([bare, bare])))) == 2


def test_the_likeliest_address_of_mine_is_the_one_in_most_messages() -> None:
    box = mailbox(
        [
            message(Delivered_To=ME),
            message(Delivered_To=ME, List_Id="<a.b>", to="list@x.example"),
            message("raj@x.example", sender=ME),
            message(to="list@x.example", List_Id="<a.b>"),
        ]
    )
    assert Mbox().likely_mine(box)[0] == (ME, 3)
    assert "list@x.example" not in dict(Mbox().likely_mine(box))
    assert dict(Message().likely_mine(message())) == {ME: 1, "ada@engines.example": 1}


def bring(book: Book, rows: list[Row]) -> dict[str, int]:
    plan = plan_import(book, rows, "mail")
    keep_import(book, plan)
    said = plan.report("")
    return {name: said[name] if isinstance(said[name], int) else len(said[name]) for name in said if name != "format"}


def test_people_to_whom_i_wrote_are_added_and_strangers_are_not() -> None:
    book = a_book()
    rows = read_box(
        mailbox(
            [
                message(),
                message("Ada Lovelace <ada@engines.example>", sender=ME, date="Tue, 3 Mar 2026 10:00:00 +0100"),
                message(sender="Stranger <s@x.example>"),
            ]
        )
    )
    said = bring(book, rows)
    assert [contact.name for contact in book.contacts()] == ["Ada Lovelace"]
    (ada,) = book.contacts()
    assert [(each.date, each.initiator, each.summary) for each in book.interactions_with(ada.uid)] == [
        (date(2026, 3, 3), Initiator.ME, "Notes"),
        (date(2026, 3, 2), Initiator.THEM, "Notes"),
    ]
    assert (said["read"], said["added"], said["skipped"]) == (3, 2, 1)
    again = bring(book, rows)
    assert (again["added"], again["updated"], again["unchanged"], again["skipped"]) == (0, 0, 2, 1)


def test_a_days_letters_to_and_fro_are_one_interaction_that_both_began() -> None:
    book = a_book()
    bring(
        book,
        read_box(mailbox([message(subject="Re: Plans"), message("ada@engines.example", sender=ME, subject="Plans")])),
    )
    (met,) = book.all(Interaction)
    assert (met.initiator, met.summary, met.time) == (Initiator.BOTH, "Plans", time(9, 30))


def test_an_inbox_and_what_was_sent_come_in_one_after_the_other_and_again_without_harm() -> None:
    book = a_book(person("ada", "Ada Lovelace", emails=("ada@engines.example",)))
    inbox = read_box(mailbox([message(subject="Plans")]))
    sent = read_box(mailbox([message("ada@engines.example", sender=ME, subject="Lunch")]))
    assert [bring(book, rows)["updated"] for rows in (inbox, sent, inbox, sent)] == [0, 1, 0, 0]
    (met,) = book.all(Interaction)
    assert (met.initiator, met.summary, met.time) == (Initiator.BOTH, "Plans; Lunch", time(9, 30))


def test_a_letter_warms_who_wrote_it_and_bulk_mail_warms_nobody() -> None:
    friends = [
        person(uid, name, emails=(f"{uid}@x.example",), circle=Circle.CLOSE)
        for uid, name in (("ada", "Ada Lovelace"), ("raj", "Raj Patel"), ("lin", "Lin Wu"))
    ]
    book = a_book(*friends)
    day = "Sun, 22 Nov 2026 10:00:00 +0100"
    bring(
        book,
        read_box(
            mailbox(
                [
                    message(sender="Ada Lovelace <ada@x.example>", Cc="raj@x.example", date=day),
                    message(sender="Raj Patel <raj@x.example>", date=day, List_Unsubscribe="<https://x>"),
                    message(sender="Lin Wu <lin@x.example>", date=day, Cc="a@x.example, b@x.example, c@x.example"),
                    message(sender="Stranger <s@y.example>", date=day, Cc="lin@x.example"),
                ]
            )
        ),
    )
    assert [book.warmth(uid).state for uid in ("ada", "raj", "lin")] == [Warmth.FRESH, Warmth.NEW, Warmth.NEW]


def test_a_folder_of_single_messages_comes_in_whatever_the_order(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    for number, data in enumerate([message(), message("ada@engines.example", sender=ME)]):
        (tmp_path / "cur" / f"{number}.x:2,S").write_bytes(data)
    book = a_book()
    said = bring(book, list(read_paths([tmp_path], how=KNOWN)))
    assert (said["read"], said["added"], len(list(book.all(Interaction)))) == (2, 2, 1)


@pytest.mark.parametrize(
    ("file", "me", "told"),
    [
        ("mining-the-social-web-3rd-edition__northpole.mbox", "santa@northpole.example.org", (2, 1)),
        ("roundcubemail__import.mbox", "tb@tester.local", (3, 3)),
    ],
)
def test_mailboxes_of_other_programs(file: str, me: str, told: tuple[int, int]) -> None:
    data = (sample_folder("mail") / file).read_bytes()
    rows = read_box(data, How(Myself(emails=(me,))))
    assert (len(rows), len(records(rows))) == told


@pytest.mark.parametrize(("flags", "reason"), [("DS", "is a draft"), ("ST", "is marked as deleted"), ("RS", "")])
def test_a_maildir_says_in_the_name_of_a_file_what_is_a_draft_or_deleted(flags: str, reason: str) -> None:
    rows = Message().read(message(), f"cur/1773.a.host:2,{flags}", KNOWN)
    assert [row.why if isinstance(row, Skipped) else "" for row in rows] == [reason]


def test_a_maildir_of_another_program(tmp_path: Path) -> None:
    files = sorted((sample_folder("mail") / "maildir-mu-testdir").glob("mu__*"))
    me = How(Myself(emails=("dfgh@floppydisk.nl", "frodo@example.com", "hanni@carthago.net", "ivan@example.com")))
    rows = [row for file in files for row in Message().read(file.read_bytes(), file.name, me)]
    assert all(Message().recognises(file.read_bytes()) for file in files)
    assert len(rows) == len(files) == 19
    assert sorted(met.summary for met in interactions(rows)) == ["currying and tail optimization", "signed", "xyz"]
    reasons = [said for _, said in skips(rows)]
    assert reasons.count("came through a mailing list") == 10
    assert reasons.count("has no date that can be read") == 2


@given(st.binary(max_size=500))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    for whole in (
        data,
        b"From - Mon Mar  2 09:30:00 2026\nFrom: " + data,
        message() + data,
        b"To: me@home.example\nDate: " + data,
    ):
        for reader in (Mbox(), Message()):
            reader.recognises(whole)
            assert reader.expected_rows(whole) > 0
            reader.likely_mine(whole)
            assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in reader.read(whole, "x", KNOWN))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["From", "To", "Cc", "Date", "Subject", "Received", "X-Mozilla-Status", "Content-Length"]),
            st.text(st.sampled_from('ab@<>,;:"()[]\\=?utf-8?Q_ 0123456789\n\t\u202e\x00é'), max_size=60),
        ),
        max_size=8,
    )
)
def test_any_headers_give_one_row(headers: list[tuple[str, str]]) -> None:
    data = "".join(f"{name}: {value}\n" for name, value in headers).encode()
    assert len(list(Message().read(data, "x", KNOWN))) == 1


@pytest.mark.parametrize(
    "data",
    [
        message(sender="(" * 100_000 + "<a@x.example>"),
        message(sender='"' * 100_000),
        message(sender="=?utf-8?q?" * 50_000),
        message(to=", ".join(f"P {n} <p{n}@x.example>" for n in range(100_000))),
        message(subject="Re: " * 200_000),
        message(Received="\n\t" * 100_000 + ";"),
        message(date="1" * 100_000),
        b"X: y\n" * 1_000_000,
        b"From - Mon Mar  2 09:30:00 2026\n" * 200_000,
        b"From 11:11 11:11 11:11 11:11 11:11\n" * 100_000,
        b"From a@b\nA:" * 30_000,
        b"From: a@b\n" * 100_000,
    ],
    ids=lambda data: f"{data[:24]!r} {len(data)}",
)
def test_a_hostile_file_keeps_nobody_waiting(data: bytes) -> None:
    begun = clock.process_time()
    for reader in (Mbox(), Message()):
        reader.recognises(data[:65536])
        reader.likely_mine(data)
        for row in reader.read(data, "x", KNOWN):
            assert not isinstance(row, IncomingRecord) or len(row.people) <= 12
    assert clock.process_time() - begun < 5
