"""The export: everything in it, in the same order each time."""

import json

import pytest

from relcraft.formats.relcraft_json import export_json

ADA = {"uid": "a", "name": "Ada", "extra field": [1, {"b": None}]}
ZOE = {"uid": "z", "name": "Zoë"}


def test_the_export_holds_every_record_sorted_by_uid() -> None:
    whole = json.loads(export_json([("contacts", [ZOE, ADA]), ("exchanges", [])]))
    assert whole == {"format": "relcraft", "schema": 1, "contacts": [ADA, ZOE], "exchanges": []}


def test_the_same_book_gives_the_same_bytes() -> None:
    turned = dict(reversed(ADA.items()))
    assert export_json([("contacts", [ADA, ZOE])]) == export_json([("contacts", [ZOE, turned])])


@pytest.mark.parametrize("value", [2**70, -(2**70), 1.5, "\u2028", "\ud800"])
def test_whatever_another_program_stored_comes_back(value: object) -> None:
    document = {"uid": "a", "odd": value}
    assert json.loads(export_json([("contacts", [document])]))["contacts"] == [document]
