"""What a user may set of the rules: weights, cadences, patience, moves, and how they count weeks and write days."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from relcraft.domain.balance import USUAL_WEIGHTS, Weights
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.errors import BadInput
from relcraft.domain.telling import tell_count
from relcraft.domain.value import Value
from relcraft.domain.words import CADENCE_DAYS, Circle

_MOST_DAYS = 3650
_MOST_MOVES = 20


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Patience(Value):
    """Days of silence after which the program offers to nudge once, or to let an ask rest. Raises `BadInput`."""

    asked: int = 14
    agreed: int = 21

    def __post_init__(self) -> None:
        for name, days in (("asked", self.asked), ("agreed", self.agreed)):
            if not 1 <= days <= _MOST_DAYS:
                raise BadInput(
                    f"The patience after {name} is {tell_count(days, 'day')}: 1 to {_MOST_DAYS} was expected."
                )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rules(Value):
    """Everything that a user may set of the rules. Raises `BadInput` where it makes no sense."""

    weights: Weights = USUAL_WEIGHTS
    patience: Patience = Patience()
    moves: int = 3
    """How many moves Today shows at most."""
    cadences: Mapping[Circle, int] = field(default_factory=lambda: CADENCE_DAYS, hash=False)
    """Days wanted between two contacts, by circle; 0: nobody of this circle is ever due."""
    customs: Customs = USUAL_CUSTOMS

    def __post_init__(self) -> None:
        for circle in Circle:
            days = self.cadences.get(circle)
            if days is None or not 0 <= days <= _MOST_DAYS:
                told = "missing" if days is None else tell_count(days, "day")
                raise BadInput(
                    f"The cadence of the circle {circle} is {told}: 1 to {_MOST_DAYS}, or 0 for never, was expected."
                )
        if not 1 <= self.moves <= _MOST_MOVES:
            raise BadInput(f"Today is to show {tell_count(self.moves, 'move')}: 1 to {_MOST_MOVES} was expected.")


USUAL_RULES = Rules()
