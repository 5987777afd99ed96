"""First contact: the ways to begin, the import with its dry run, and the choice of those who matter."""

from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from relcraft.book.open import Book
from relcraft.domain.words import Circle
from relcraft.tui.arriving.fifteen import Candidates, PickFifteen
from relcraft.tui.arriving.importing import Imported, ImportScreen
from relcraft.tui.arriving.paths import common_beginning, meant, offers, typed
from relcraft.tui.arriving.welcome import Beginning, Welcome
from relcraft.tui.themes import INK, OWN_TOKENS
from tests.books import a_book, person

CONNECTIONS = """Notes:
"Some words that come before"

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Lovelace,https://www.linkedin.com/in/ada,ada@engines.example,Analytical Engines,Countess,08 Feb 2026
Grace,Hopper,https://www.linkedin.com/in/grace,,Navy,Admiral,09 Feb 2026
,,,,,,10 Feb 2026
"""
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Raj Patel\r\nEND:VCARD\r\n"


class Host(App[None]):
    """Shows one screen and keeps what it dismisses."""

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._first = screen
        self.answers: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return OWN_TOKENS

    def on_mount(self) -> None:
        self.register_theme(INK)
        self.theme = INK.name
        self.push_screen(self._first, self.answers.append)


def host(screen: object) -> Host:
    return Host(screen)  # type: ignore[arg-type]  # what a screen dismisses does not matter to the host


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, "utf-8")
    (tmp_path / "contacts.vcf").write_text(CARD, "utf-8")
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".hidden").write_text("", "utf-8")
    (tmp_path / "cards").mkdir()
    return tmp_path


def said(app: Host, where: str) -> str:
    return str(app.screen.query_one(where, Static).content)


async def settled(app: Host, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["i"], Beginning.IMPORT),
        (["n"], Beginning.ADD),
        (["l"], Beginning.SAMPLE),
        (["j", "enter"], Beginning.ADD),
        (["escape"], None),
    ],
)
async def test_a_new_book_begins_in_one_of_three_ways(keys: list[str], expected: Beginning | None) -> None:
    app = host(Welcome("~/book.json"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "~/book.json" in said(app, ".kept")
        await pilot.press(*keys)
        assert app.answers == [expected]


def test_offers_name_what_a_file_holds_and_put_it_first(folder: Path) -> None:
    found = offers(f"{folder}/")
    assert [(offer.name, offer.holds) for offer in found] == [
        ("Connections.csv", "LinkedIn's data archive"),
        ("contacts.vcf", "vCard address book"),
        ("cards/", ""),
        ("holiday.jpg", ""),
    ]
    assert [offer.name for offer in offers(f"{folder}/.")] == [".hidden"]
    assert offers(f"{folder}/nothing/there") == []


@pytest.mark.parametrize(
    ("text", "expected"), [("con", "con"), ("conn", "Connections.csv"), ("HOL", "holiday.jpg"), ("car", "cards/")]
)
def test_tab_completes_as_far_as_it_is_certain(folder: Path, text: str, expected: str) -> None:
    path = f"{folder}/{text}"
    assert common_beginning(path, offers(path)).casefold() == f"{folder}/{expected}".casefold()


def test_the_home_folder_is_typed_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed(tmp_path / "Downloads", is_folder=True) == "~/Downloads/"
    assert meant("~/Downloads/") == tmp_path / "Downloads"


@pytest.mark.parametrize(
    "text", ["~/Downloads/{}", "~/Downloads//{}", "{}", "'{}'", '~/"{}"', "~/Downloads/'{}' ", "~/Downloads/~{}"]
)
def test_a_whole_path_pasted_behind_the_folder_that_stood_there_counts_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.setenv("HOME", "/")
    assert meant(text.format(f"{tmp_path}/my card.vcf")) == tmp_path / "my card.vcf"


def test_a_quote_in_a_name_is_part_of_the_name(tmp_path: Path) -> None:
    for name in ("Ada's cards.vcf", 'the "old" ones', "Ada's"):
        assert meant(f"{tmp_path}/{name}") == tmp_path / name


@pytest.mark.parametrize("text", ["~nobodyknows/cards/x", "x" * 5000, "a" * 300 + "/b"])
async def test_a_path_that_cannot_be_is_told_like_one_that_is_not_there(folder: Path, text: str) -> None:
    app = host(ImportScreen(a_book(), folder))
    async with app.run_test() as pilot:
        app.screen.query_one(Input).value = text
        await pilot.press("enter")
        assert "is not there" in said(app, "#told")


async def test_an_import_tells_first_and_writes_only_when_told_to(folder: Path) -> None:
    book = a_book()
    app = host(ImportScreen(book, folder))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "LinkedIn" in said(app, "#told")
        await pilot.press(*"Conn", "tab", "enter")
        await settled(app, pilot)
        told = said(app, "#told")
        assert "nothing is written yet" in told
        assert "3 read" in told
        assert "2 would be added" in told
        assert "1 skipped" in told
        assert "Connections.csv, line 7" in told
        assert book.contacts() == []
        await pilot.press("enter")
        assert sorted(contact.name for contact in book.contacts()) == ["Ada Lovelace", "Grace Hopper"]
        assert "2 added" in said(app, "#told")
        await pilot.press("enter")
    assert isinstance(app.answers[0], Imported)
    assert set(app.answers[0].added) == {contact.uid for contact in book.contacts()}
    book.undo()
    assert book.contacts() == []


async def test_a_second_import_brings_nothing_and_offers_nothing_to_keep(folder: Path) -> None:
    book = a_book()
    told = ""
    for _ in range(2):
        app = host(ImportScreen(book, folder))
        async with app.run_test() as pilot:
            await pilot.press("down", "enter")
            await settled(app, pilot)
            told = said(app, "#told")
            await pilot.press("enter")
            await pilot.pause()
    assert "2 known already, nothing new" in told
    assert len(book.contacts()) == 2


MAILBOX = """From camille Mon Mar  2 09:00:00 2026
From: Camille Doe <camille@home.example>
To: Ada Lovelace <ada@engines.example>
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <1@home.example>
Subject: The engine

Words that nobody reads.

From ada Mon Mar  2 10:00:00 2026
From: Ada Lovelace <ada@engines.example>
To: Camille Doe <camille@home.example>
Delivered-To: camille@home.example
Date: Mon, 2 Mar 2026 10:00:00 +0000
Message-ID: <2@engines.example>
Subject: Re: The engine

More of them.

"""


async def test_mail_asks_once_which_address_is_mine(tmp_path: Path) -> None:
    (tmp_path / "letters.mbox").write_text(MAILBOX, "utf-8")
    book = a_book()
    app = host(ImportScreen(book, tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert "1  camille@home.example" in said(app, "#told")
        await pilot.press("ctrl+u", *"nobody@x.example", "escape")
        assert app.screen.query_one(Input).value.endswith("letters.mbox")
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "2 read" in said(app, "#told")
        assert app.screen.query_one(Input).value.endswith("letters.mbox")
        await pilot.press("enter")
    (ada,) = book.contacts()
    assert (ada.name, ada.emails) == ("Ada Lovelace", ("ada@engines.example",))
    assert [one.summary for one in book.interactions_with(ada.uid)] == ["The engine"]
    assert book.me.emails == ("camille@home.example",)
    again = host(ImportScreen(book, tmp_path))
    async with again.run_test() as pilot:
        await pilot.press("down", "enter")
        await settled(again, pilot)
        assert "2 known already, nothing new" in said(again, "#told")


async def test_the_columns_of_a_table_can_be_said_otherwise(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text('Name,E-Mail,"Wo, heute"\nAda Lovelace,ada@x.example,Turin\n', "utf-8")
    book = a_book()
    app = host(ImportScreen(book, tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await settled(app, pilot)
        await pilot.press("m")
        field = app.screen.query_one(Input)
        assert field.value.startswith("Name=name, E-Mail=emails, Wo, heute=")
        field.value = "Name=name, E-Mail=emails, Wo, heute=city"
        await pilot.press("enter")
        await settled(app, pilot)
        assert field.value.endswith("people.csv")
        await pilot.press("enter")
    (ada,) = book.contacts()
    assert ada.city == "Turin"


async def test_esc_goes_back_to_the_path_and_then_leaves(folder: Path) -> None:
    book = a_book()
    app = host(ImportScreen(book, folder))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await settled(app, pilot)
        await pilot.press("escape")
        assert not app.screen.query_one(Input).disabled
        await pilot.press("escape")
    assert app.answers == [None]
    assert book.is_empty


async def test_a_folder_is_gone_into_and_a_missing_file_is_told(folder: Path) -> None:
    app = host(ImportScreen(a_book(), folder))
    async with app.run_test() as pilot:
        await pilot.press("down", "down", "down", "enter")
        assert app.screen.query_one(Input).value.endswith("/cards/")
        await pilot.press(*"none.vcf", "enter")
        assert "is not there" in said(app, "#told")


async def test_file_names_are_text(tmp_path: Path) -> None:
    (tmp_path / "[red]x[").write_text(CARD, "utf-8")
    app = host(ImportScreen(a_book(), tmp_path))
    async with app.run_test() as pilot:
        option = app.screen.query_one("#offers", OptionList).get_option_at_index(0)
        assert str(option.prompt).startswith("[red]x[")
        await pilot.press("down", "enter")
        await settled(app, pilot)
        assert "[red]x[: nothing is written yet" in said(app, "#told")


async def picking(book: Book, *keys: str) -> Host:
    app = host(PickFifteen(book))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        app.answers.append(said(app, "#picked"))
    return app


def three() -> Book:
    return a_book(person("a", "Ada"), person("b", "Bob", organisation="Works"), person("c", "Cleo"))


async def test_a_long_organisation_leaves_a_blank_before_the_circle() -> None:
    book = a_book(person("a", "Ada", organisation="Analytical Engines and Everything " * 3, circle=Circle.INNER))
    pieces = Candidates(book).draw("a", 64)
    assert "".join(text for text, _ in pieces).endswith(".. inner   ")


async def test_one_key_sets_a_circle_and_goes_on() -> None:
    book = three()
    app = await picking(book, "i", "c", "d")
    assert [book.contact(uid).circle for uid in "abc"] == [Circle.INNER, Circle.CLOSE, Circle.DISTANT]
    assert "3 picked" in app.answers


async def test_marks_take_a_circle_together() -> None:
    book = three()
    await picking(book, "space", "space", "w")
    assert [book.contact(uid).circle for uid in "abc"] == [Circle.WIDER, Circle.WIDER, None]


async def test_a_circle_can_be_taken_back() -> None:
    book = three()
    await picking(book, "i", "k", "n")
    assert book.contact("a").circle is None
    app = await picking(book, "a", "c", "u")
    assert [book.contact(uid).circle for uid in "ab"] == [Circle.ACTIVE, None]
    assert "1 picked" in app.answers


async def test_the_filter_finds_who_matters() -> None:
    book = three()
    app = host(PickFifteen(book))
    async with app.run_test() as pilot:
        await pilot.press("slash", *"work", "enter", "i")
        assert app.screen.query_one(Candidates).items == ["b"]
        await pilot.press("escape")
        assert app.screen.query_one(Candidates).items == ["a", "b", "c"]
        await pilot.press("enter")
    assert book.contact("b").circle is Circle.INNER
    assert app.answers == [None]


async def test_only_the_imported_are_offered_after_an_import() -> None:
    app = host(PickFifteen(three(), ["c", "a"]))
    async with app.run_test():
        assert app.screen.query_one(Candidates).items == ["a", "c"]
