"""Two edits of one record made into one: what clashes, and what does not."""

from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.merging import merge_fields

ITEMS = st.lists(st.sampled_from(["work", "friend", "maths", "club"]), unique=True)


def test_a_tag_added_on_each_of_two_laptops_is_no_conflict() -> None:
    merged = merge_fields({"name": "Ada"}, {"name": "Ada", "tags": ["friend"]}, {"name": "Ada", "tags": ["work"]})
    assert merged.document["tags"] == ["friend", "work"]
    assert merged.clashes == ()


def test_an_address_taken_off_here_does_not_come_back_with_one_that_was_added_there() -> None:
    merged = merge_fields({"emails": ["old@x"]}, {}, {"emails": ["old@x", "new@x"]})
    assert merged.document["emails"] == ["new@x"]
    assert merged.clashes == ()


def test_another_order_stays_the_one_that_was_chosen() -> None:
    merged = merge_fields({"emails": ["a@x", "b@x"]}, {"emails": ["b@x", "a@x"]}, {"emails": ["a@x", "b@x", "c@x"]})
    assert merged.document["emails"] == ["b@x", "a@x", "c@x"]


def test_what_is_one_value_still_clashes() -> None:
    merged = merge_fields({"role": "Baker"}, {"role": "Butcher"}, {"role": "Brewer"})
    assert merged.document == {"role": "Butcher"}
    assert merged.clashes == ("role",)


def test_a_list_that_somebody_wrote_as_a_text_clashes_as_a_value() -> None:
    assert merge_fields({}, {"tags": "work"}, {"tags": ["friend"]}).clashes == ("tags",)


@given(ITEMS, ITEMS, ITEMS)
def test_what_either_added_is_there_and_what_either_took_off_is_not(
    was: list[str], mine: list[str], other: list[str]
) -> None:
    base, ours, theirs = ({"tags": side} if side else {} for side in (was, mine, other))
    merged = merge_fields(base, ours, theirs)
    kept, added = set(was) & set(mine) & set(other), (set(mine) | set(other)) - set(was)
    assert set(merged.document.get("tags", [])) == kept | added
    assert len(merged.document.get("tags", [])) == len(kept | added)
    assert merged.clashes == ()
