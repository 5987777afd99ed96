"""A book for tests in which several may be one person, and something waits to be placed."""

from datetime import date

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import IncomingRecord
from relcraft.domain.records import Birthday, Contact, Exchange
from relcraft.domain.words import Circle, Direction, ExchangeKind
from tests.books import TODAY, a_book, gave, met, person

DAY = date(2026, 9, 14)


def twice_here() -> Book:
    """Return a book with two sure pairs, one likely, one that hardly is, and a recommendation of one of two Kims."""
    book = a_book(
        person(
            "marit",
            "Marit Solvang",
            organisation="Tidewater Lab",
            role="Head of research",
            emails=("marit@tidewater.example",),
            circle=Circle.CLOSE,
            notes="Met on the ferry.\nLikes long walks.",
        ),
        person(
            "solvang",
            "Solvang, Marit",
            emails=("Marit@tidewater.example", "marit.solvang@home.example"),
            phones=("+47 22 55 01 00",),
            city="Bergen",
            birthday=Birthday(3, 9, 1979),
        ),
        person("ken1", "Ken Sato", emails=("ken@hoshi.example",), organisation="Hoshi Works"),
        person("ken2", "Ken Satō", emails=("ken@hoshi.example",), city="Osaka"),
        person("zoe1", "Zoë Müller", organisation="Nordlicht Energie", urls=("https://www.linkedin.com/in/zoe-m",)),
        person("zoe2", "Zoe Mueller", emails=("zoe@nordlicht-energie.example",), phones=("030 5550100",)),
        person("kim1", "Kim Lee", organisation="Acme", birthday=Birthday(1, 2, 1980), emails=("kim@acme.example",)),
        person("kim2", "Kim Lee", organisation="Navy", birthday=Birthday(4, 5, 1991), city="Oslo"),
        person("ada", "Ada Lovelace"),
        met("talk", DAY, "solvang", "ada", summary="the new lab"),
        met("walk", DAY, "marit"),
        gave("advice", DAY, "marit"),
    )
    keep_import(book, plan_import(book, [recommendation()]))
    return book


def recommendation(
    key: str = "linkedin:recommendation:1", text: str = "Kim listens first, then acts"
) -> IncomingRecord:
    """Return a recommendation that one of two Kims wrote."""
    said = Exchange(
        uid="",
        date=TODAY,
        direction=Direction.RECEIVED,
        kind=ExchangeKind.RECOMMENDATION,
        contact="",
        text=text,
        sources=(key,),
    )
    return IncomingRecord(said, (Contact(uid="", name="Kim Lee"),), "Recommendations_Received.csv, line 2")
