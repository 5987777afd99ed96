"""Messages to copy: what is filled in where, and what never is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.composing import (
    BUILT_IN,
    NAMES,
    PLACEHOLDERS,
    USUAL_WAY_OUT,
    ask_message,
    between,
    built_in,
    fill,
    mailto,
    message,
    subject,
    values_of,
)
from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.records import Ask, Contact, Me
from relcraft.domain.words import AskDirection, ExchangeKind

GRACE = Contact(uid="grace", name="Grace Hopper")
ADA = Contact(uid="ada", name="Ada Lovelace")
ME = Me(uid="me", name="Kim")
ASK = Ask(
    uid="",
    direction=AskDirection.OUTGOING,
    contact="grace",
    kind=ExchangeKind.REFERRAL,
    what="a referral for the data team at Acme",
    why_them="you worked there until June",
    in_it_for_them="Acme thanks for referrals",
    easy_way_out='"no need to answer if it does not fit"',
)


def test_an_ask_says_what_why_what_is_in_it_and_an_easy_way_out() -> None:
    assert ask_message(ASK, GRACE, ME, BUILT_IN) == (
        "Hi Grace,\n"
        "\n"
        "I would like to ask you for something: a referral for the data team at Acme.\n"
        "I thought of you because you worked there until June.\n"
        "What might be in it for you: Acme thanks for referrals.\n"
        "No need to answer if it does not fit.\n"
        "\n"
        "Thank you either way\n"
        "Kim\n"
    )


def test_what_the_ask_does_not_say_is_left_out_but_there_is_always_a_way_out() -> None:
    bare = Ask(uid="", direction=AskDirection.OUTGOING, contact="grace", kind=ExchangeKind.ADVICE, what="A word?")
    assert ask_message(bare, GRACE, Me(uid="me"), BUILT_IN) == (
        f"Hi Grace,\n\nI would like to ask you for something: A word?\n{USUAL_WAY_OUT}\n\nThank you either way\n"
    )


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("a {what} b", {"what": "x"}, "a x b\n"),
        ("a\n{what}\nb", {"what": ""}, "a\nb\n"),
        ("a\n\n{what}\n\nb", {"what": ""}, "a\n\nb\n"),
        ("{what} and {why}", {"what": "", "why": "y"}, " and y\n"),
        ("{what} and {why}", {"what": "", "why": ""}, "\n"),
        ("{whatever} {what}", {"what": "x"}, "{whatever} x\n"),
        ("{whatever}", {"what": "x"}, "{whatever}\n"),
        ("{whatever} {what}", {"what": ""}, "{whatever}\n"),
        ("{ what } {WHAT} {} { {{what}}", {"what": "x"}, "{ what } {WHAT} {} { {x}\n"),
        ("{what}.", {"what": "x."}, "x.\n"),
        ("{what}.", {"what": "x?"}, "x?\n"),
        ("{what}?", {"what": "x."}, "x.?\n"),
        ("{what} {why}", {"what": "{why} {me}", "why": "{what}"}, "{why} {me} {what}\n"),
        ("a\n\n\n\nb\n\n", {}, "a\n\nb\n"),
        ("{what}", {"what": "two\nlines\n"}, "two\nlines\n"),
        ("a\x1b[31m {what}", {"what": "x\x1b]0;y\x07\u202e"}, "a[31m x]0;y\n"),
        ("{0} {what.__class__} {what!r} %s $what", {"what": "x"}, "{0} {what.__class__} {what!r} %s $what\n"),
    ],
)
def test_a_template_is_filled(template: str, values: dict[str, str], text: str) -> None:
    assert fill(template, values) == text


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text()))
def test_any_template_is_filled_with_any_values(template: str, values: dict[str, str]) -> None:
    text = fill(template, values)
    assert text.endswith("\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    assert fill("{what}", {"what": "{name}{me}", "name": "n", "me": "m"}) == "{name}{me}\n"


@pytest.mark.parametrize("name", NAMES)
def test_every_template_is_a_short_message_of_known_placeholders(name: str) -> None:
    text = built_in(name)
    assert set(re.findall(r"\{(.*?)\}", text)) <= set(PLACEHOLDERS)
    assert text.startswith("Hi {name}")
    assert text.endswith("{me}\n")
    assert text.count("\n") <= 12
    full = message(name, GRACE, ME, BUILT_IN, **{place: f"<{place}>" for place in set(PLACEHOLDERS) - {"name", "me"}})
    assert "{" not in full
    bare = message(name, GRACE, Me(uid="me"), BUILT_IN)
    assert "{" not in bare
    assert ":\n" not in bare
    assert ": ." not in bare


def test_the_names_are_those_of_the_texts() -> None:
    with pytest.raises(BadInput, match='"poem" is no template: one of ask, nudge, '):
        built_in("poem")
    with pytest.raises(BadInput, match="is no template"):
        message("../ask", GRACE, ME, BUILT_IN)


def test_nothing_can_be_kept_where_there_is_no_folder() -> None:
    assert BUILT_IN.place == ""
    assert BUILT_IN.remark("ask") == ""
    with pytest.raises(NotKept, match="no folder"):
        BUILT_IN.store("ask", "x")
    assert BUILT_IN.text("ask") == built_in("ask")


def test_a_no_is_kind_and_can_offer_something_else() -> None:
    text = message("no", GRACE, ME, BUILT_IN, instead="Raj knows more about it")
    assert "thank you for asking me" in text
    assert "What I can do instead: Raj knows more about it." in text
    assert "instead" not in message("no", GRACE, ME, BUILT_IN, **values_of(ASK))


def test_an_introduction_asks_each_side_and_then_names_both() -> None:
    assert "you might like to meet: Ada Lovelace." in between("introduction", GRACE, ADA, ME, BUILT_IN)
    assert between("introduce", GRACE, ADA, ME, BUILT_IN, what="compilers").startswith(
        "Hi Grace, hi Ada,\n\nyou both said yes, so here you are.\n"
        "Grace, meet Ada Lovelace. Ada, meet Grace Hopper.\n"
        "What brought you to my mind: compilers.\n"
    )


def test_a_mail_program_gets_the_message_and_no_other_header() -> None:
    link = mailto("grace+a@example.org?bcc=x@example.org&cc=y", "a&bcc=z\nBcc: w", "Hi,\n\n50 % & more?\n")
    assert link == (
        "mailto:grace+a@example.org%3Fbcc%3Dx@example.org%26cc%3Dy?subject=a%26bcc%3Dz%20Bcc%3A%20w"
        "&body=Hi%2C%0D%0A%0D%0A50%20%25%20%26%20more%3F"
    )
    assert subject(ASK) == "A question: a referral for the data team at Acme"
    assert values_of(ASK)["way_out"] == "No need to answer if it does not fit."
