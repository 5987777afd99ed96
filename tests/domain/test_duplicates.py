"""Who may be one person is found by what they have in common, and told in words; nobody is compared with everybody."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.duplicates import Candidate, Lookalikes, Strength, apart_uid, pair_of
from relcraft.domain.identity import own_key
from relcraft.domain.records import Birthday, Contact
from tests.books import person

CERTAIN, LIKELY, POSSIBLE, UNLIKELY = Strength


def found(*contacts: Contact) -> list[Candidate]:
    return Lookalikes(contacts).candidates()


def said(one: dict[str, object], other: dict[str, object]) -> Candidate | None:
    """Return what is said of two contacts."""
    pairs = found(person("a", **one), person("b", **other))  # type: ignore[arg-type]  # names are among the fields
    return pairs[0] if pairs else None


@pytest.mark.parametrize(
    ("one", "other", "strength", "agrees", "against"),
    [
        (
            {"name": "Ada Lovelace", "emails": ("ada@engine.example",)},
            {"name": "Ada Lovelace", "emails": ("ADA@engine.example",)},
            CERTAIN,
            ("the same name", "the address ada@engine.example"),
            (),
        ),
        (
            {"name": "Zoë Müller", "phones": ("+49 30 1234567",)},
            {"name": "Mueller, Zoe", "phones": ("030 1234567",)},
            CERTAIN,
            ("the same name, written in another way", "the phone +49 30 1234567"),
            (),
        ),
        (
            {"name": "Wei Li", "organisation": "Acme GmbH"},
            {"name": "Li Wei", "organisation": "ACME"},
            LIKELY,
            ("the same name, in another order", "both at Acme GmbH"),
            (),
        ),
        (
            {"name": "Dr. Ada King Lovelace", "organisation": "Engine"},
            {"name": "Ada Lovelace", "emails": ("ada@engine.example",)},
            LIKELY,
            ("the same name but for the middle", "the address ada@engine.example fits Engine"),
            (),
        ),
        (
            {"name": "Elizabeth Bennet", "nicknames": ("Lizzy",), "organisation": "Longbourn"},
            {"name": "Lizzy Bennet", "organisation": "Longbourn"},
            LIKELY,
            ("Lizzy is a nickname of Elizabeth Bennet", "both at Longbourn"),
            (),
        ),
        (
            {"name": "E. Bennet", "emails": ("e@bennet.example",)},
            {"name": "Elizabeth Bennet", "emails": ("e@bennet.example",)},
            LIKELY,
            ("the same family name, and the initial fits", "the address e@bennet.example"),
            (),
        ),
        (
            {"name": "Alex Turing", "organisation": "Bletchley"},
            {"name": "Alexandra Turing", "organisation": "Bletchley"},
            POSSIBLE,
            ("the same family name, and Alex may be short for Alexandra", "both at Bletchley"),
            (),
        ),
        (
            {"name": "Katherine Johnson", "organisation": "Langley"},
            {"name": "Katharine Johnson", "organisation": "Langley"},
            POSSIBLE,
            ("nearly the same name", "both at Langley"),
            (),
        ),
        (
            {"name": "Anna Keller", "urls": ("https://www.linkedin.com/in/anna-k",)},
            {"name": "Anna Berger", "urls": ("http://de.linkedin.com/in/anna-k/",)},
            LIKELY,
            ("the same first name", "the link https://www.linkedin.com/in/anna-k"),
            (),
        ),
        ({"name": "Kim Lee", "city": "Oslo"}, {"name": "Kim Lee", "city": "Oslo"}, POSSIBLE, None, ()),
        (
            {"name": "Kim Lee", "birthday": Birthday(3, 1, 1980)},
            {"name": "Kim Lee", "birthday": Birthday(5, 4)},
            UNLIKELY,
            ("the same name",),
            ("other birthdays: 1 Mar 1980 and 4 May",),
        ),
        (
            {"name": "Kim Lee", "birthday": Birthday(3, 1, 1980)},
            {"name": "Kim Lee", "birthday": Birthday(3, 1)},
            LIKELY,
            ("the same name", "the same birthday, 1 Mar 1980"),
            (),
        ),
        (
            {"name": "Kim Lee", "urls": ("https://linkedin.com/in/kim-lee-1",), "organisation": "Acme"},
            {"name": "Kim Lee", "urls": ("https://linkedin.com/in/kim-lee-2",), "organisation": "Acme"},
            UNLIKELY,
            ("the same name", "both at Acme"),
            ("other profiles on linkedin.com: in/kim-lee-1 and in/kim-lee-2",),
        ),
        (
            {"name": "John Smith"},
            {"name": "John Smith Jr."},
            UNLIKELY,
            ("the same name, written in another way",),
            ("only one is called Jr",),
        ),
        (
            {"name": "John A. Smith"},
            {"name": "John B. Smith"},
            UNLIKELY,
            ("the same first and family name",),
            ("other middle names: John A. Smith and John B. Smith",),
        ),
        (
            {"name": "Anna Keller", "emails": ("kellers@home.example",)},
            {"name": "Peter Keller", "emails": ("kellers@home.example",)},
            UNLIKELY,
            ("the address kellers@home.example",),
            ("other first names: Anna and Peter",),
        ),
        (
            {"name": "kim@lee.example", "emails": ("kim@lee.example",)},
            {"name": "Kim Lee", "emails": ("kim@lee.example",)},
            LIKELY,
            ("the address kim@lee.example",),
            (),
        ),
    ],
)
def test_what_agrees_and_what_is_against_it_is_said_in_words(
    one: dict[str, object],
    other: dict[str, object],
    strength: Strength,
    agrees: Sequence[str] | None,
    against: Sequence[str],
) -> None:
    candidate = said(one, other)
    assert candidate is not None
    assert (candidate.strength, candidate.against) == (strength, against)
    assert agrees is None or candidate.agrees == agrees


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Anna Keller", "organisation": "Acme"}, {"name": "Peter Keller", "organisation": "Acme"}),
        ({"name": "Anna Keller", "phones": ("030 1234567",)}, {"name": "Peter Keller", "phones": ("030 1234567",)}),
        ({"name": "Anna Keller"}, {"name": "Anne Keller"}),
        ({"name": "A. Keller"}, {"name": "Anna Keller"}),
        ({"name": "Anna", "organisation": "Acme"}, {"name": "Anna Keller", "organisation": "Acme"}),
        ({"name": "Anna Keller", "emails": ("a@gmail.com",)}, {"name": "Anna Berger", "emails": ("b@gmail.com",)}),
        ({"name": ""}, {"name": ""}),
        ({"name": "!!!"}, {"name": "???"}),
    ],
)
def test_too_little_in_common_is_not_shown(one: dict[str, object], other: dict[str, object]) -> None:
    assert said(one, other) is None


def test_the_surest_comes_first_and_who_is_kept_apart_is_left_out() -> None:
    book = Lookalikes(
        [
            person("kim1", "Kim Lee"),
            person("kim2", "Kim Lee", birthday=Birthday(1, 1, 1990)),
            person("kim3", "Kim Lee", birthday=Birthday(2, 2, 1990)),
            person("ada1", "Ada Lovelace", emails=("ada@engine.example",)),
            person("ada2", "Ada Lovelace", emails=("ada@engine.example",)),
        ]
    )
    pairs = [(one.pair, one.strength) for one in book.candidates()]
    assert pairs == [
        (("ada1", "ada2"), CERTAIN),
        (("kim1", "kim2"), POSSIBLE),
        (("kim1", "kim3"), POSSIBLE),
        (("kim2", "kim3"), UNLIKELY),
    ]
    book.keep_apart(("kim1", "kim2"))
    assert ("kim1", "kim2") not in [one.pair for one in book.candidates()]
    book.keep_apart(("kim1", "kim2"), apart=False)
    assert [(one.pair, one.strength) for one in book.candidates()] == pairs


def test_what_a_crowd_has_in_common_tells_nobody_from_anybody() -> None:
    crowd = [person(f"u{i}", f"{chr(97 + i) * 5} Kim", emails=("info@acme.example",)) for i in range(20)]
    assert found(*crowd) == []
    assert found(*(person(f"u{i}", "Kim Lee") for i in range(20))) == []


def test_who_came_back_from_another_laptop_after_they_were_made_one_is_shown_again() -> None:
    kept = person("kept", "Ada Lovelace", sources=(own_key("gone"),))
    (candidate,) = found(kept, person("gone", "Countess"))
    assert candidate.agrees == ("the two were one person here before",)
    assert candidate.strength is CERTAIN
    assert candidate.against == ()


def test_two_laptops_that_keep_two_people_apart_say_the_same() -> None:
    assert apart_uid("a", "b") == apart_uid("b", "a") != apart_uid("a", "c")
    assert pair_of("b", "a") == ("a", "b")


NAMES = (
    "Ada Lovelace",
    "Ada King Lovelace",
    "A. Lovelace",
    "Zoë Müller",
    "Mueller, Zoe",
    "Zoe",
    "Ada",
    "",
    "x@y.example",
)
contacts = st.builds(
    Contact,
    uid=st.sampled_from("abcdefgh"),
    name=st.sampled_from(NAMES),
    nicknames=st.sampled_from([(), ("Zoe",), ("Ada Lovelace",)]),
    organisation=st.sampled_from(["", "Acme", "Navy"]),
    emails=st.sampled_from([(), ("x@y.example",), ("ada@acme.example",)]),
    phones=st.sampled_from([(), ("030 1234567",)]),
    urls=st.sampled_from([(), ("linkedin.com/in/a",), ("linkedin.com/in/b",)]),
    birthday=st.sampled_from([None, Birthday(1, 2), Birthday(1, 2, 1980), Birthday(2, 2, 1980)]),
)


@given(st.lists(contacts, max_size=14), st.lists(st.sampled_from("abcdefgh"), max_size=4))
def test_a_book_that_changes_shows_what_it_would_show_when_read_anew(people: list[Contact], going: list[str]) -> None:
    book = Lookalikes()
    known: dict[str, Contact] = {}
    for one in people:
        book.learn(one)
        book.candidates()
        known[one.uid] = one
    for uid in going:
        book.forget(uid)
        book.candidates()
        known.pop(uid, None)
    assert book.candidates() == Lookalikes(known.values()).candidates()


@given(contacts, contacts)
def test_it_does_not_matter_who_is_compared_with_whom(one: Contact, other: Contact) -> None:
    one, other = replace(one, uid="a"), replace(other, uid="b")
    there = {(each.pair, each.strength, each.weight) for each in found(one, other)}
    back = {(each.pair, each.strength, each.weight) for each in found(replace(other, uid="a"), replace(one, uid="b"))}
    assert there == back


def test_ten_thousand_contacts_are_looked_through_in_a_moment() -> None:
    people = [
        person(
            f"u{i}",
            f"{chr(97 + i % 26)}{i % 151}na {chr(97 + i % 23)}{i % 307}son",
            organisation=f"Company {i % 397}",
            emails=(f"p{i}@company{i % 397}.example",),
            phones=(f"+49 30 {1_000_000 + i}",),
        )
        for i in range(10_000)
    ]
    begun = time.process_time()
    found(*people)
    assert time.process_time() - begun < 4  # a quarter of a second on a quiet laptop
