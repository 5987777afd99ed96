"""The figures that a user may set: what help weighs, how long to wait for an answer, how many moves to see."""

from dataclasses import dataclass

from relcraft.domain.balance import USUAL_WEIGHTS, Weights
from relcraft.domain.errors import BadInput
from relcraft.domain.telling import tell_count

_MOST_DAYS = 3650
_MOST_MOVES = 20


@dataclass(frozen=True, slots=True)
class Patience:
    """Days of silence after which the program offers to nudge once, or to let an ask rest. Raises `BadInput`."""

    asked: int = 14
    agreed: int = 21

    def __post_init__(self) -> None:
        for name, days in (("asked", self.asked), ("agreed", self.agreed)):
            if not 1 <= days <= _MOST_DAYS:
                raise BadInput(
                    f"The patience after {name} is {tell_count(days, 'day')}: 1 to {_MOST_DAYS} was expected."
                )


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that a user may set of the rules. Raises `BadInput` where it makes no sense."""

    weights: Weights = USUAL_WEIGHTS
    patience: Patience = Patience()
    moves: int = 3
    """How many moves Today shows at most."""

    def __post_init__(self) -> None:
        if not 1 <= self.moves <= _MOST_MOVES:
            raise BadInput(f"Today is to show {tell_count(self.moves, 'move')}: 1 to {_MOST_MOVES} was expected.")


USUAL_RULES = Rules()
