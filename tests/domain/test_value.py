"""Values are equal, hashed and told as any frozen dataclass is."""

import importlib
import pkgutil
from dataclasses import dataclass, field, is_dataclass

import pytest

import relcraft
from relcraft.domain.value import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pair(Value):
    """Has a field that is not compared, one that is not hashed, and one that is not told."""

    first: object
    second: object = None
    note: str = field(default="", compare=False)
    more: list[int] = field(default_factory=list, hash=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Longer(Pair):
    """Has all that a pair has, and is none."""

    third: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Nothing(Value):
    """Says nothing."""


def test_values_are_equal_where_what_is_compared_is() -> None:
    assert Pair(1, 2, note="a") == Pair(1, 2, note="b")
    assert Pair(1, 2) != Pair(2, 1)
    assert Pair(1, more=[1]) != Pair(1, more=[2])
    assert Longer(1, third=1) != Longer(1, third=2)
    assert Nothing() == Nothing()


def test_a_value_is_equal_to_none_of_another_class() -> None:
    assert Pair(1) != Longer(1)
    assert Longer(1) != Pair(1)
    assert Pair(1, 2) != (1, 2)


def test_values_that_are_equal_are_found_as_one() -> None:
    assert len({Pair(1, 2, note="a"), Pair(1, 2, note="b"), Pair(1, 3)}) == 2
    assert hash(Pair(1, more=[1])) == hash(Pair(1, more=[2]))
    assert len({Nothing(), Nothing()}) == 1
    with pytest.raises(TypeError):
        hash(Pair([]))


def test_a_value_is_told_as_it_is_written() -> None:
    assert repr(Pair(1, "b", secret="x")) == "Pair(first=1, second='b', note='', more=[])"
    assert repr(Longer(1)) == "Longer(first=1, second=None, note='', more=[], third=0)"
    around: list[object] = []
    around.append(Pair(around))
    assert repr(around) == "[Pair(first=[...], second=None, note='', more=[])]"


def _dataclasses() -> list[type]:
    names = [each.name for each in pkgutil.walk_packages(relcraft.__path__, "relcraft.") if "__main__" not in each.name]
    held = [vars(importlib.import_module(name)).values() for name in names]
    return [each for values in held for each in values if isinstance(each, type) and is_dataclass(each)]


def test_no_class_goes_without_the_methods_that_it_says_it_inherits() -> None:
    found = {each for each in _dataclasses() if each.__module__.startswith("relcraft.")}
    assert len(found) > 100
    frozen = {each for each in found if each.__dataclass_params__.frozen}  # type: ignore[attr-defined]  # a dataclass
    assert {each for each in frozen for name in ("__eq__", "__repr__") if _is_bare(each, name)} == set()


def _is_bare(kind: type, name: str) -> bool:
    return getattr(kind, name) is getattr(object, name)
