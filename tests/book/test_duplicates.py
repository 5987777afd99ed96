"""Two contacts made one: nothing typed is lost, nothing leads to who went, and undo brings everything back."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book.duplicates import (
    candidates,
    certain,
    is_counted,
    keep_apart,
    look_on,
    unite,
    unite_certain,
    who_stays,
)
from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.documents import TABLE_OF, Document
from relcraft.domain.duplicates import Lookalikes, Strength
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.identity import own_key
from relcraft.domain.incoming import Incoming, IncomingRecord
from relcraft.domain.linking import LINKS
from relcraft.domain.records import (
    Apart,
    Ask,
    Birthday,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    IntroductionStep,
    Record,
    Snooze,
    Tie,
    Unplaced,
)
from relcraft.domain.text import fold
from relcraft.domain.words import (
    AskDirection,
    Circle,
    ExchangeKind,
    GoalKind,
    InteractionKind,
    IntroductionState,
    TieStrength,
)
from tests.books import TODAY, a_book, gave, met, person, promised
from tests.domain.test_documents import RECORDS

DAY = date(2026, 3, 2)


def stored(book: Book) -> dict[str, list[Document]]:
    """Return everything in the book as it is kept, in one order."""
    return {
        table: sorted((dict(each) for each in documents), key=lambda each: str(each["uid"]))
        for table, documents in book.documents()
    }


# What becomes of the contacts


def test_the_one_who_stays_keeps_what_was_said_and_gains_what_was_not() -> None:
    book = a_book(
        person(
            "ada",
            "Ada Lovelace",
            organisation="Engine",
            emails=("ada@engine.example",),
            circle=Circle.CLOSE,
            notes="Sea",
        ),
        person(
            "countess",
            "Countess Lovelace",
            organisation="Byron",
            role="Analyst",
            emails=("ADA@engine.example", "c@byron.example"),
            circle=Circle.WIDER,
            birthday=Birthday(12, 10, 1815),
            notes="Likes flying",
            sources=("linkedin:ada",),
            vcard=("FN:Countess",),
        ),
    )
    change = unite(book, "ada", "countess")
    assert change.title == "Countess Lovelace is Ada Lovelace, made one"
    one = book.contact("ada")
    assert (one.organisation, one.role, one.circle) == ("Engine", "Analyst", Circle.CLOSE)
    assert one.emails == ("ada@engine.example", "c@byron.example")
    assert one.nicknames == ("Countess Lovelace",)
    assert one.birthday == Birthday(12, 10, 1815)
    assert one.vcard == ("FN:Countess",)
    assert one.sources == ("linkedin:ada", own_key("countess"))
    assert one.notes == "Sea\nLikes flying\nOrganisation, too: Byron\nCircle, too: wider"
    assert book.get("contacts", "countess") is None
    assert ("contacts", "countess") in book.tombstones()


def test_who_is_in_the_archive_comes_out_of_it_and_peace_stays_peace() -> None:
    book = a_book(person("a", "Ada", archived=True), person("b", "Ada", do_not_disturb=True, introduced_by="a"))
    unite(book, "a", "b")
    one = book.contact("a")
    assert (one.archived, one.do_not_disturb, one.introduced_by) == (False, True, None)


def test_what_cannot_be_read_is_not_lost_either() -> None:
    book = a_book(
        person("a", "Ada", birthday=None, extra={"birthday": "in spring", "x_moon": 1}),
        person("b", "Ada", birthday=Birthday(1, 2), extra={"x_moon": [2], "x_sun": "bright", "city": 7}),
    )
    unite(book, "a", "b")
    one = book.contact("a")
    assert one.extra == {"birthday": "in spring", "x_moon": 1, "x_sun": "bright"}
    assert one.notes.split("\n") == ["Birthday, too: --01-02", "x_moon, too: [2]", "City, too: 7"]


# What becomes of what hangs on them


def linked() -> Book:
    """Return a book in which everything there is leads to "b" somehow."""
    step = (IntroductionStep(IntroductionState.MADE, DAY),)
    return a_book(
        person("a", "Ada Lovelace"),
        person("b", "Ada Lovelace"),
        person("c", "Charles", introduced_by="b"),
        met("i1", DAY, "b"),
        met("i2", DAY, "a", "b", "c"),
        gave("e1", DAY, "b"),
        replace(gave("e2", DAY, "c"), introduction="n2"),
        promised("f1", DAY, "b", "call"),
        Ask(uid="k1", direction=AskDirection.OUTGOING, contact="b", kind=ExchangeKind.ADVICE),
        Ask(uid="k2", direction=AskDirection.OUTGOING, contact="c", kind=ExchangeKind.INTRODUCTION, target="b"),
        Ask(uid="k3", direction=AskDirection.OUTGOING, contact="a", kind=ExchangeKind.INTRODUCTION, target="b"),
        Introduction(uid="n1", broker=None, first="b", second="c"),
        Introduction(uid="n2", broker="c", first="a", second="b", text="the engine", outcome="one of them", steps=step),
        Goal(uid="g1", kind=GoalKind.OTHER, words="fly", chain=("b", "a", "c"), told=("b",)),
        Tie(uid="t1", first="a", second="b"),
        Tie(uid="t2", first="a", second="c", strength=TieStrength.WEAK, sources=("s2",)),
        Tie(uid="t3", first="c", second="b", strength=TieStrength.STRONG, sources=("s3",)),
        Snooze(uid="z1", of="b", until=TODAY),
        Snooze(uid="z2", of="a", until=DAY),
        Snooze(uid="z3", of="give:c:b", until=TODAY),
        Snooze(uid="z4", of="tell:n2", until=TODAY),
        Unplaced(uid="p1", table="interactions", document={"contacts": ["b", "c"]}, person={"name": "Kim"}),
        Unplaced(uid="p2", table="exchanges", document={"contact": "b"}, person={"name": "Kim"}),
        Apart(uid="x1", first="b", second="c"),
    )


def test_everything_that_led_to_who_went_leads_to_who_stays() -> None:
    book = linked()
    before = stored(book)
    unite(book, "a", "b")
    assert book.interaction("i1").contacts == ("a",)
    assert book.interaction("i2").contacts == ("a", "c")
    assert book.exchange("e1").contact == "a"
    assert book.follow_up("f1").contact == "a"
    assert [book.one(Ask, uid).contact for uid in ("k1", "k2", "k3")] == ["a", "c", "a"]
    assert [book.one(Ask, uid).target for uid in ("k2", "k3")] == ["a", None]
    assert book.one(Introduction, "n1").first == "a"
    assert (book.one(Goal, "g1").chain, book.one(Goal, "g1").told) == (("a", "c"), ("a",))
    assert book.contact("c").introduced_by == "a"
    assert [one["document"] for one in stored(book)["unplaced"]] == [{"contacts": ["a", "c"]}, {"contact": "a"}]
    assert [(one.first, one.second) for one in book.all(Apart)] == [("a", "c")]
    assert no_trace(book, "b")
    book.undo()
    assert stored(book) == before


def test_of_two_ties_the_stronger_stays_and_nobody_is_tied_to_himself() -> None:
    book = linked()
    unite(book, "a", "b")
    (tie,) = book.all(Tie)
    assert (tie.uid, tie.first, tie.second, tie.strength) == ("t3", "c", "a", TieStrength.STRONG)
    assert tie.sources == ("s3", "s2")


def test_of_two_snoozes_the_later_day_stays() -> None:
    book = linked()
    unite(book, "a", "b")
    assert {each.of: each.until for each in book.all(Snooze)} == {"a": TODAY, "give:c:a": TODAY}


def test_an_introduction_of_somebody_to_himself_becomes_a_note() -> None:
    book = linked()
    unite(book, "a", "b")
    assert book.get("introductions", "n2") is None
    assert book.exchange("e2").introduction is None
    told = "Introduction, Charles and Ada Lovelace: made on 2026-03-02: the engine: one of them"
    assert told in book.contact("a").notes


def no_trace(book: Book, uid: str) -> bool:
    """Whether nothing in the book names this uid, but for the key by which imports know who it was."""
    text = json.dumps(stored(book)).replace(json.dumps(own_key(uid)), "")
    return not re.search(rf"(?<![\w-]){uid}(?![\w-])", text)


# By properties

PEOPLE = ("the-one", "the-other", "a-third", "a-fourth")
one_of_them = st.sampled_from(PEOPLE)
maybe = st.none() | one_of_them
several_of_them = st.lists(one_of_them, max_size=4, unique=True).map(tuple)
_LINKS: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    Interaction: {"contacts": several_of_them},
    Exchange: {"contact": one_of_them, "interaction": st.none(), "ask": st.none(), "introduction": st.none()},
    FollowUp: {"contact": maybe},
    Ask: {"contact": one_of_them, "target": maybe},
    Introduction: {"broker": maybe, "first": maybe, "second": one_of_them},
    Goal: {"chain": several_of_them, "told": several_of_them},
    Tie: {"first": one_of_them, "second": one_of_them},
    Snooze: {"of": one_of_them | st.builds("give:{}:{}".format, one_of_them, one_of_them)},
}


@st.composite
def a_record(draw: st.DrawFn) -> Record:
    kind = draw(st.sampled_from(list(_LINKS)))
    links = {name: draw(strategy) for name, strategy in _LINKS[kind].items()}
    return replace(draw(RECORDS[kind]), **links)


def _some_contact(uid: str) -> st.SearchStrategy[Contact]:
    others = st.none() | st.sampled_from([other for other in PEOPLE if other != uid])

    def made(contact: Record, by: str | None) -> Contact:
        assert isinstance(contact, Contact)
        return replace(contact, uid=uid, introduced_by=by)

    return st.builds(made, RECORDS[Contact], others)


@st.composite
def any_book(draw: st.DrawFn) -> Book:
    """Return a book of four contacts and all that may hang on them."""
    people = [draw(_some_contact(uid)) for uid in PEOPLE]
    return a_book(*people, *draw(st.lists(a_record(), max_size=8, unique_by=lambda record: record.uid)))


def letters(text: object) -> str:
    """Return what of a text a search finds: letters and digits, folded."""
    return re.sub(r"\W", "", fold(str(text)))


def texts_of(contact: Contact) -> Sequence[str]:
    several = (*contact.nicknames, *contact.emails, *contact.phones, *contact.tags, *contact.can_offer)
    links = (re.sub(r"^[A-Za-z][\w+.-]*:/*(www\.)?|^www\.", "", each) for each in contact.urls)
    single = (contact.name, contact.organisation, contact.role, contact.city, contact.time_zone, contact.sort_name)
    return [*several, *contact.looking_for, *links, *single, contact.met_how, *contact.notes.split("\n")]


@settings(max_examples=60, deadline=None)
@given(any_book())
def test_of_any_two_nothing_is_lost_and_nothing_leads_to_who_went_and_undo_restores(book: Book) -> None:
    before = stored(book)
    records = {table: {one["uid"] for one in documents} for table, documents in before.items()}
    was = [book.contact(uid) for uid in PEOPLE[:2]]
    unite(book, "the-one", "the-other")
    one = book.contact("the-one")
    kept = letters(json.dumps(stored(book)["contacts"][-1], ensure_ascii=False))
    for contact in was:
        assert [text for text in texts_of(contact) if letters(json.dumps(text, ensure_ascii=False)) not in kept] == []
    assert set(was[0].sources) | set(was[1].sources) <= set(one.sources)
    assert no_trace(book, "the-other")
    after = {table: {each["uid"] for each in documents} for table, documents in stored(book).items()}
    for table in ("interactions", "exchanges", "follow_ups", "asks", "goals"):
        assert after[table] == records[table]
    assert all(len(set(each.contacts)) == len(each.contacts) for each in book.interactions_with("the-one"))
    assert all(each.first != each.second for each in book.with_contact(Tie, "the-one"))
    book.undo()
    assert stored(book) == before
    book.redo()
    assert book.contact("the-one") == one


# Finding them, and both at once


def test_candidates_follow_the_book() -> None:
    book = a_book(person("a", "Ada Lovelace"), person("b", "Ada Lovelace"), person("c", "Ada Lovelace", role="x"))
    assert [one.pair for one in candidates(book)] == [("a", "b"), ("a", "c"), ("b", "c")]
    keep_apart(book, "c", "a")
    assert [one.pair for one in candidates(book)] == [("a", "b"), ("b", "c")]
    unite(book, "a", "b")
    assert candidates(book) == []
    book.undo()
    book.undo()
    assert len(candidates(book)) == 3
    assert candidates(book) == Lookalikes(book.all(Contact)).candidates()


_NAMED = st.tuples(
    st.sampled_from(("Ada Lovelace", "Ada Byron", "Kim Lee", "K. Lee", "Lovelace, Ada")),
    st.sampled_from(((), ("ada@engine.example",), ("lee@navy.example",))),
    st.sampled_from(((), ("https://www.linkedin.com/in/ada-1",), ("https://www.linkedin.com/in/ada-2",))),
)
"""A name, addresses and profile links."""


@settings(max_examples=40, deadline=None)
@given(st.lists(_NAMED, min_size=3, max_size=8), st.integers(1, 3), st.lists(st.sampled_from("uxz+"), max_size=4))
def test_a_look_in_small_steps_finds_what_one_look_finds_whatever_happens_meanwhile(
    said: list[tuple[str, tuple[str, ...], tuple[str, ...]]], step: int, meanwhile: list[str]
) -> None:
    book = a_book(*(person(f"p{at}", name, emails=mails, urls=urls) for at, (name, mails, urls) in enumerate(said)))
    pending = iter(meanwhile)
    assert not is_counted(book)
    while look_on(book, step) < 1:
        one, other, *_ = book.contacts()
        match next(pending, None):
            case "u" if len(book.contacts()) > 2:
                unite(book, one.uid, other.uid)
            case "x" if not book.count(Apart):
                keep_apart(book, one.uid, other.uid)
            case "z" if len(book.contacts()) < len(said):
                book.undo()
            case "+":
                book.change("new", put(None, person(book.new_uid(), "Ada Lovelace")))
    assert is_counted(book)
    apart = ((each.first, each.second) for each in book.all(Apart))
    assert candidates(book) == Lookalikes(book.all(Contact), apart).candidates()


def test_kept_apart_is_one_record_that_undo_takes_back() -> None:
    book = a_book(person("a", "Ada"), person("b", "Ada"))
    change = keep_apart(book, "b", "a")
    assert change.title == "two people called Ada"
    assert [(each.first, each.second) for each in book.all(Apart)] == [("a", "b")]
    with pytest.raises(BadInput, match="noted already"):
        keep_apart(book, "a", "b")
    book.undo()
    assert book.count(Apart) == 0


def test_who_was_kept_apart_may_be_made_one_all_the_same() -> None:
    book = a_book(person("a", "Ada"), person("b", "Ada"))
    keep_apart(book, "a", "b")
    unite(book, "a", "b")
    assert book.count(Apart) == 0


def test_nobody_is_made_one_with_himself_or_with_nobody() -> None:
    book = a_book(person("a", "Ada"))
    with pytest.raises(BadInput):
        unite(book, "a", "a")
    with pytest.raises(NotFound):
        unite(book, "a", "gone")


def test_of_whom_more_is_known_stays() -> None:
    book = a_book(person("a", "Ada", emails=("a@x.example",)), person("b", "Ada"), met("i", DAY, "b"))
    (candidate,) = candidates(book)
    assert who_stays(book, candidate) == ("b", "a")


def test_all_that_is_certain_is_made_one_in_one_change() -> None:
    mail = ("ada@engine.example",)
    book = a_book(
        person("a1", "Ada Lovelace", emails=mail),
        person("a2", "Ada Lovelace", emails=(*mail, "a@b.example")),
        person("a3", "Ada Lovelace", emails=("a@b.example",)),
        person("k1", "Kim Lee", emails=("kim@x.example",), birthday=Birthday(1, 1, 1980)),
        person("k2", "Kim Lee", emails=("kim@x.example", "kim@y.example")),
        person("k3", "Kim Lee", emails=("kim@y.example",), birthday=Birthday(2, 2, 1990)),
        person("r1", "Raj Patel"),
        person("r2", "Raj Patel"),
    )
    before = stored(book)
    into = certain(book)
    assert len(into) == 3
    assert not {"k1", "k3"} <= {*into, *into.values()}
    change = unite_certain(book)
    assert change.title.startswith("3 pairs made one")
    assert len(book.contacts()) == 5
    assert Strength.CERTAIN not in {one.strength for one in candidates(book)}
    assert {len(each.emails) for each in book.contacts() if each.name == "Ada Lovelace"} == {2}
    with pytest.raises(BadInput):
        unite_certain(book)
    book.undo()
    assert stored(book) == before


def test_certain_pairs_keep_apart_whom_the_user_kept_apart() -> None:
    mail = ("ada@engine.example",)
    book = a_book(*(person(f"a{i}", "Ada Lovelace", emails=mail) for i in range(3)))
    keep_apart(book, "a0", "a1")
    unite_certain(book)
    assert len(book.contacts()) == 2
    assert book.count(Apart) == 1


# Imports afterwards


def test_a_later_import_that_knows_the_other_finds_the_one_who_stayed() -> None:
    row = Incoming(Contact(uid="", name="A. Lovelace", sources=("linkedin:ada",)), "Connections.csv, line 2")
    book = a_book(person("a", "Ada Lovelace"))
    keep_import(book, plan_import(book, [row]))
    other = next(each.uid for each in book.contacts() if each.uid != "a")
    unite(book, "a", other)
    assert not plan_import(book, [row]).brings
    own = Incoming(Contact(uid="", name="A. Lovelace", sources=(own_key(other),)), "book.json")
    assert not plan_import(book, [own]).added


def test_a_record_that_an_import_wrote_may_still_grow_after_its_people_were_made_one() -> None:
    ada = Contact(uid="", name="Ada", sources=("chat:ada",))

    def row(summary: str) -> IncomingRecord:
        said = Interaction(uid="", date=DAY, kind=InteractionKind.MESSAGE, summary=summary, sources=("chat:1",))
        return IncomingRecord(said, (ada,), "chat.txt, line 1")

    book = a_book(person("a", "Ada Lovelace"))
    keep_import(book, plan_import(book, [row("engines")]))
    unite(book, "a", next(each.uid for each in book.contacts() if each.uid != "a"))
    keep_import(book, plan_import(book, [row("engines"), row("flying")]))
    (talk,) = book.all(Interaction)
    assert (talk.contacts, talk.summary) == (("a",), "engines; flying")


def test_every_table_that_names_contacts_is_known_here() -> None:
    naming = {table for table, links in LINKS.items() if any("contacts" in targets for targets in links.values())}
    assert naming == {TABLE_OF[kind] for kind in _LINKS} | {"contacts"}
