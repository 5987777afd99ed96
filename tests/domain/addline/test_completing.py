"""What the word under the cursor could go on to."""

import pytest

from relcraft.domain.addline import complete
from tests.domain.addline.village import VILLAGE


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("coffee w/ gr|", ["coffee w/ Grace Hopper"]),
        ("met with Raj and da| x", ["met with Raj and Dana Fox x", "met with Raj and Dana Wolf x"]),
        ("coffee with Raj, ada l|", ["coffee with Raj, Ada Lovelace"]),
        ("lunch @rad|", ["lunch @Radia Perlman"]),
        ("?intro@raj|", ['?intro@"Raj Patel"']),
        ("<intro@raj|", ['<intro@"Raj Patel"']),
        (">in|", [">information", ">introduction"]),
        ("coffee <rec|", ["coffee <recommendation"]),
        ("coffee <recommendation|", []),
        ("coffee gr|", []),
        ("coffee with a|", []),
        ("coffee with Raj >advice:on gr|", []),
        ("mail a@gr|", []),
        ("|", []),
    ],
)
def test_a_name_or_a_kind_is_completed(line: str, completed: list[str]) -> None:
    cursor = line.index("|")
    typed = line.replace("|", "")
    offers = complete(typed, cursor, VILLAGE)
    assert [typed[: one.span.start] + one.text + typed[one.span.end :] for one in offers] == completed
