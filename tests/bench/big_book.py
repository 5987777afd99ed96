"""Writes a generated book of any size as a file at rest: the same for the same numbers.

Usage: python -m tests.bench.big_book FILE [CONTACTS [INTERACTIONS]]
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

import orjson

TODAY = date(2026, 11, 23)
FIRST = (
    "Ana",
    "Bo",
    "Chen",
    "Dara",
    "Eli",
    "Femi",
    "Gita",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lea",
    "Mina",
    "Noor",
    "Uma",
)
LAST = ("Abe", "Brandt", "Costa", "Diallo", "Eriksen", "Fox", "Garcia", "Haddad", "Ito", "Rosa", "Sato", "Tran", "Wulf")
CIRCLES = [None, "inner", "close", "active", "wider", "wider", "distant", "distant"]
KINDS = ["coffee", "lunch", "meeting", "event", "call", "video", "email", "message", "note"]
HELP = ["information", "advice", "feedback", "help", "introduction", "lead", "recommendation", "gift"]


def documents(contacts: int, interactions: int) -> dict[str, dict[str, dict[str, object]]]:
    """Return the tables of a book with so many contacts and interactions, and a tenth as many exchanges."""
    dice = random.Random(7)
    stamp = {"created": "2026-01-01T00:00:00.000000Z", "updated": "2026-01-01T00:00:00.000000Z"}
    people: dict[str, dict[str, object]] = {}
    for number in range(contacts):
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}"
        person: dict[str, object] = {
            "uid": f"{number:032x}",
            **stamp,
            "name": name,
            "organisation": f"Works {number % 300}",
        }
        if circle := dice.choice(CIRCLES):
            person["circle"] = circle
        if number % 5 == 0:
            person["notes"] = f"Met at the fair in hall {number % 12}; talks about tides and trains."
        people[str(number + 1)] = person
    met: dict[str, dict[str, object]] = {}
    for number in range(interactions):
        day = TODAY - timedelta(days=int(dice.random() ** 2 * 3000))
        met[str(number + 1)] = {
            "uid": f"{number + 10**9:032x}",
            **stamp,
            "date": day.isoformat(),
            "kind": dice.choice(KINDS),
            "contacts": [f"{dice.randrange(contacts):032x}"],
            "summary": f"spoke about plan {number % 977}",
        }
    helped: dict[str, dict[str, object]] = {}
    for number in range(interactions // 10):
        helped[str(number + 1)] = {
            "uid": f"{number + 2 * 10**9:032x}",
            **stamp,
            "date": (TODAY - timedelta(days=dice.randrange(1500))).isoformat(),
            "direction": dice.choice(["given", "received"]),
            "kind": dice.choice(HELP),
            "contact": f"{dice.randrange(contacts):032x}",
        }
    return {"contacts": people, "interactions": met, "exchanges": helped}


def write(path: Path, contacts: int = 10_000, interactions: int = 200_000) -> None:
    """Write the book, as stock TinyDB would have."""
    path.write_bytes(orjson.dumps(documents(contacts, interactions)))


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
