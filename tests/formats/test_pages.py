"""A page for each person: what stands in it, that texts read as they were typed, and what the files are called."""

import re
from datetime import date
from io import StringIO
from time import perf_counter
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from relcraft.domain.records import (
    Ask,
    AskStep,
    Birthday,
    Contact,
    Exchange,
    FollowUp,
    Introduction,
    IntroductionStep,
    Record,
    Tie,
)
from relcraft.domain.text import clean, fold
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    Direction,
    ExchangeKind,
    InteractionKind,
    IntroductionState,
    Size,
)
from relcraft.formats.pages import escaped, pages
from tests.books import TODAY, met, person

DAY = date(2026, 3, 12)


def written(*records: Record) -> dict[str, str]:
    return {name: data.decode() for name, data in pages(records)}


def front(page: str) -> Any:
    """Return the front matter of a page, as a YAML library reads it."""
    assert page.startswith("---\n")
    return YAML(typ="safe").load(StringIO(page[4:].partition("\n---\n")[0]))


def shown(markdown: str) -> str:
    """Return the text that a reader of a page sees."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "link_open", "link_close", "text_special"), (
                child.type
            )
            found.append("\n" if "break" in child.type else child.content)
        found.append("\n" if token.nesting < 0 else "")
    return "".join(found)


def plain(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def test_a_page_says_all_that_the_book_says_of_somebody() -> None:
    ada = person(
        "ada",
        "Ada Lovelace",
        nicknames=("Countess",),
        tags=("maths", "two words"),
        circle=Circle.CLOSE,
        birthday=Birthday(12, 10),
        role="Analyst",
        organisation="Engines",
        city="London",
        emails=("ada@engine.example",),
        urls=("https://engine.example/ada_l",),
        met_how="at a party",
        met_on=DAY,
        introduced_by="raj",
        can_offer=("algebra",),
        looking_for=("a loom",),
        notes="First line.\nSecond line.\n\nAnother part.",
    )
    book = (
        ada,
        person("raj", "Raj Patel"),
        met("i1", DAY, "ada", "raj", summary="about looms\n- and cards"),
        met("i2", TODAY, "ada", kind=InteractionKind.NOTE, summary="likes tea"),
        Exchange(
            uid="e",
            date=DAY,
            direction=Direction.RECEIVED,
            kind=ExchangeKind.ADVICE,
            size=Size.BIG,
            contact="ada",
            text="a proof",
        ),
        FollowUp(uid="f", date=DAY, contact="ada", text="send the paper", done_on=DAY),
        FollowUp(uid="g", date=TODAY, contact="ada", text="call"),
        Ask(
            uid="k",
            direction=AskDirection.OUTGOING,
            contact="ada",
            kind=ExchangeKind.REFERRAL,
            what="the Acme team",
            steps=(AskStep(AskState.ASKED, DAY),),
        ),
        Introduction(uid="n", second="ada", first="raj", steps=(IntroductionStep(IntroductionState.MADE, DAY),)),
        Tie(uid="t", first="raj", second="ada"),
    )
    page = written(*book)["Ada Lovelace.md"]
    assert front(page) == {
        "name": "Ada Lovelace",
        "uid": "ada",
        "aliases": ["Countess"],
        "tags": ["maths", "two-words"],
        "circle": "close",
        "birthday": "--12-10",
    }
    assert page.partition("\n---\n")[2] == (
        "\n# Ada Lovelace\n\nAnalyst, Engines, London\n"
        "\n## Reach\n\n- ada@engine.example\n- <https://engine.example/ada_l>\n"
        "\n## How we met\n\n- 2026-03-12: at a party\n- introduced by [Raj Patel](Raj%20Patel.md)\n"
        "\n## Can offer\n\n- algebra\n\n## Looking for\n\n- a loom\n"
        "\n## Notes\n\nFirst line.\\\nSecond line.\n\nAnother part.\n"
        "\n## Follow-ups\n\n- [ ] 2026-11-23 call\n- [x] 2026-03-12 send the paper\n"
        "\n## What took place\n\n- 2026-11-23 note: likes tea\n"
        "- 2026-03-12 coffee with [Raj Patel](Raj%20Patel.md): about looms\\\n  \\- and cards\n"
        "\n## Given and received\n\n- 2026-03-12 received: advice (big): a proof\n"
        "\n## Asks\n\n- 2026-03-12 I asked for referral (asked): the Acme team\n"
        "\n## Introductions\n\n- 2026-03-12 I bring [Raj Patel](Raj%20Patel.md) and "
        "[Ada Lovelace](Ada%20Lovelace.md) together (made)\n"
        "\n## Knows\n\n- [Raj Patel](Raj%20Patel.md)\n"
    )


def test_somebody_of_whom_little_is_known_has_a_short_page() -> None:
    assert written(person("a", "Ada")) == {"Ada.md": '---\nname: "Ada"\nuid: "a"\n---\n\n# Ada\n'}


def test_markup_in_a_text_reads_as_it_was_typed() -> None:
    odd = "*not bold* _x_ `code` [a](b) <b>&amp; #tag ==x== $x$ ~~y~~ %%z%% ^id | a\\b [[Raj]] ![i](j)"
    page = written(person("a", odd, notes=f"{odd}\n# head\n1. one\n- two\n> three\n    code\n---\n{odd}"))
    (text,) = page.values()
    body = shown(text.partition("\n---\n")[2])
    assert body.count(odd) == 3
    assert plain(body.partition("Notes")[2])[1:7] == ["# head", "1. one", "- two", "> three", "code", "---"]


SIGNS = st.text(alphabet=st.sampled_from("ab 1.)-+*_`[]()<>#&;~|=\\!:\n\t\"'{}^$%@/"), max_size=40)


@given(SIGNS)
def test_any_text_at_all_reads_as_it_was_typed(text: str) -> None:
    lines = [line for line in escaped(clean(text)).split("\n") if line.strip()]
    assert plain(shown("\n\n".join(lines))) == plain(text)
    (page,) = written(person("a", "Ada", notes=text)).values()
    assert plain(shown(page.partition("\n---\n")[2])) == ["Ada", *(["Notes"] if text.strip() else []), *plain(text)]


@given(SIGNS)
def test_any_text_in_an_item_of_a_list_reads_as_it_was_typed(text: str) -> None:
    (page,) = written(person("a", "Ada"), met("i", DAY, "a", summary=text)).values()
    told = "2026-03-12 coffee" + (": " if text.strip() else "")
    assert plain(shown(page.partition("\n---\n")[2])) == ["Ada", "What took place", *plain(told + text.strip())]


@given(st.text(max_size=20), st.text(max_size=20), st.lists(st.text(max_size=8), max_size=3))
def test_any_front_matter_is_yaml_that_says_the_same(name: str, uid: str, nicknames: list[str]) -> None:
    contact = Contact(uid=clean(uid), name=clean(name), nicknames=tuple(map(clean, nicknames)))
    (page,) = written(contact).values()
    said = front(page)
    assert said["name"].split() == clean(name).split()
    assert said["uid"] == clean(uid)
    assert said.get("aliases", []) == [clean(nickname) for nickname in nicknames if clean(nickname)]


def test_links_of_the_web_stay_links() -> None:
    assert escaped("see https://a.example/b_c?d=e&f#g, or (https://h.example).") == (
        "see <https://a.example/b_c?d=e&f#g>, or (<https://h.example>)."
    )


def test_file_names_are_safe_and_unique() -> None:
    names = (
        "Kim Lee",
        "kim lee",
        "Kïm Lee",
        "../../etc/passwd",
        "CON",
        "com¹",
        "a/b:c*?",
        "",
        "...",
        "-rf",
        "é" * 300,
        ".hidden",
    )
    found = list(written(*(person(f"u{at}", name) for at, name in enumerate(names))))
    assert len({fold(name) for name in found}) == len(names)
    assert all(
        re.fullmatch(r"[^\\/:*?\"<>|#^\[\]%\x00-\x1f.-][^\\/:*?\"<>|#^\[\]%\x00-\x1f]*\.md", name) for name in found
    )
    assert all(len(name.encode()) <= 143 for name in found)
    assert {"CON -.md", "com¹ -.md"} <= set(found)
    assert sum(name.startswith(("Kim Lee ", "kim lee ", "Kïm Lee ")) for name in found) == 3


@given(st.lists(st.text(alphabet=st.sampled_from("aAá .-/()'"), max_size=5), max_size=6))
def test_every_link_leads_to_a_page(names: list[str]) -> None:
    people = [person(f"u{at}", name) for at, name in enumerate(names)]
    found = written(*people, met("i", DAY, *(each.uid for each in people)))
    assert len(found) == len(names)
    for page in found.values():
        assert {unquote(link) for link in re.findall(r"\]\(([^)]*)\)", page)} <= set(found)


def test_an_event_of_hundreds_names_a_dozen() -> None:
    people = [person(f"u{at:03}", f"Guest {at}") for at in range(300)]
    found = written(*people, met("i", DAY, *(each.uid for each in people)))
    assert " and 287 more" in found["Guest 7.md"]
    assert max(map(len, found.values())) < 1000


def test_a_text_without_end_takes_no_time_without_end() -> None:
    before = perf_counter()
    written(
        *(person(str(at), text, notes=text) for at, text in enumerate(("x" * 10**5, "* " * 10**5, "http://" * 10**5)))
    )
    assert perf_counter() - before < 5
