"""What counts as the same name, address, phone and profile."""

import pytest

from relcraft.domain.identity import address_keys, name_key, phone_key, profile_key
from relcraft.domain.records import Contact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "ADA  LOVELACE"),
        ("Zoë Müller", "Zoe Muller"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("J. Doe", "J Doe"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Ada Lovelace"), ("Jane Doe, PhD", "PhD Jane Doe"), ("安藤", "ロイド")]
)
def test_other_names_stay_others(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_phone_is_the_same_with_and_without_its_country_code() -> None:
    assert phone_key("+49 30 5550100") == phone_key("030/555 01-00") == "305550100"
    assert phone_key("+1-418-656-9254 ext. 102") == phone_key("(418) 656 9254")
    assert phone_key("112") == phone_key("Fax privat") == ""


def test_a_profile_is_a_page_and_not_a_whole_site() -> None:
    assert profile_key("https://www.LinkedIn.com/in/ada/?trk=x") == profile_key("linkedin.com/in/ada")
    assert profile_key("http://www.ibm.com/") == ""


def test_addresses_are_told_as_they_were_written() -> None:
    ada = Contact(uid="a", name="Ada", emails=("Ada@B.example",), phones=("12", "+44 20 5550100"))
    assert address_keys(ada) == {
        "address:ada@b.example": "the address Ada@B.example",
        "phone:205550100": "the phone +44 20 5550100",
    }
