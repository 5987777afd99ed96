"""Which few of many moves Today shows."""

from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.moves import Move, MoveKind, choose, in_order

PEOPLE = st.sampled_from([None, *"abcdefgh"])


@st.composite
def heaps(draw: st.DrawFn) -> list[Move]:
    """Return moves of any kinds about a few people, each with a key of its own."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(MoveKind), PEOPLE, PEOPLE, st.integers(0, 3)), max_size=20))
    return [
        Move(kind=kind, key=str(at), title="x", reason="y", contact=one, other=other, record="", rank=(float(rank),))
        for at, (kind, one, other, rank) in enumerate(drawn)
    ]


def a_move(kind: MoveKind, contact: str | None, rank: float = 0.0) -> Move:
    return Move(kind=kind, key=f"{kind}:{contact}", title="x", reason="y", contact=contact, record="", rank=(rank,))


@given(heaps(), st.integers(1, 20))
def test_no_contact_has_two_moves_and_no_more_are_shown_than_wanted(moves: list[Move], most: int) -> None:
    chosen = choose(moves, most)
    people = [uid for move in chosen for uid in move.people]
    assert len(chosen) <= most
    assert len(people) == len(set(people))
    assert len({move.key for move in chosen}) == len(chosen)


@given(heaps(), st.integers(1, 20))
def test_a_kind_comes_again_only_after_the_others_had_their_turn(moves: list[Move], most: int) -> None:
    chosen = choose(moves, most)
    for at, move in enumerate(chosen):
        before = [one.kind for one in chosen[:at]]
        shown = {uid for one in chosen[:at] for uid in one.people}
        for other in moves:
            if before.count(other.kind) < before.count(move.kind):
                assert other in chosen or other.people & (shown | move.people)


@given(heaps(), st.integers(1, 20))
def test_nothing_is_left_out_while_there_is_room_for_it(moves: list[Move], most: int) -> None:
    chosen = choose(moves, most)
    shown = {uid for move in chosen for uid in move.people}
    if len(chosen) < most:
        assert all(move in chosen or move.people & shown for move in moves)


@given(st.permutations([a_move(kind, uid, rank) for kind in MoveKind for uid, rank in (("a", 1), ("b", 0))]))
def test_the_order_in_which_moves_were_found_does_not_count(moves: list[Move]) -> None:
    assert in_order(moves) == in_order(reversed(moves))
    assert choose(moves, 3) == choose(in_order(moves), 3)


def test_three_stale_promises_hide_neither_a_birthday_nor_thanks() -> None:
    stale = [a_move(MoveKind.PROMISE, uid) for uid in "abc"]
    shown = choose([*stale, a_move(MoveKind.BIRTHDAY, "d"), a_move(MoveKind.THANK, "e")], 3)
    assert [(move.kind, move.contact) for move in shown] == [
        (MoveKind.BIRTHDAY, "d"),
        (MoveKind.THANK, "e"),
        (MoveKind.PROMISE, "a"),
    ]


def test_where_nothing_else_waits_one_kind_fills_the_screen() -> None:
    assert [move.contact for move in choose([a_move(MoveKind.KEEP, uid) for uid in "abcd"], 3)] == ["a", "b", "c"]


def test_a_contact_with_two_moves_leaves_the_turn_to_another_one_of_the_kind() -> None:
    moves = [a_move(MoveKind.BIRTHDAY, "a"), a_move(MoveKind.THANK, "a"), a_move(MoveKind.THANK, "b", 1)]
    assert [(move.kind, move.contact) for move in choose(moves, 3)] == [
        (MoveKind.BIRTHDAY, "a"),
        (MoveKind.THANK, "b"),
    ]


def test_moves_about_nobody_stand_beside_each_other() -> None:
    moves = [a_move(MoveKind.GOAL, None), a_move(MoveKind.PROMISE, None)]
    assert len(choose(moves, 3)) == 2
