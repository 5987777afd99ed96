"""The one table of settings: name, kind, default, bounds, what each does. Reading, telling and the docs follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from relcraft.domain.balance import BASES
from relcraft.domain.customs import WEEKDAYS
from relcraft.domain.rules import USUAL_RULES
from relcraft.domain.value import Value
from relcraft.domain.words import CADENCE_DAYS, Circle, ExchangeKind
from relcraft.tui.theme_names import OURS

NO_TABLE = ""
KEYS, THEMES = "keys", "themes"
"""The two tables that are not of single settings: keys by command, and themes by name."""


class Kind(Enum):
    """What a value is."""

    PATH = "a path in quotes"
    TEXT = "a text in quotes"
    TEXTS = "a list of texts in quotes"
    CHOICE = "one of a few words"
    THEME = "the name of a theme"
    WHOLE = "a whole number"
    NUMBER = "a number"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Known(Value):
    """One setting. An empty text as default means: nothing is set, and `says` tells what holds then."""

    table: str = NO_TABLE
    key: str
    kind: Kind
    default: str | int | float | tuple[str, ...]
    says: str
    """What it does, in words that stand as a comment above it."""
    least: float | None = None
    most: float | None = None
    among: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in one word: "rules.moves"."""
        return f"{self.table}.{self.key}" if self.table else self.key


_CADENCE = {
    Circle.INNER: "Days between two contacts that you wish for, by circle; 0: nobody of it is ever due.",
}
_WEIGHT = {
    ExchangeKind.INFORMATION: "What help of each kind weighs on its day, at normal size: small is half, big twice.",
}


def _weights() -> tuple[Known, ...]:
    return tuple(
        Known(
            table="weights",
            key=kind.value,
            kind=Kind.NUMBER,
            default=BASES[kind],
            says=_WEIGHT.get(kind, ""),
            least=0,
            most=1000,
        )
        for kind in ExchangeKind
    )


SETTINGS = (
    Known(
        key="data_file",
        kind=Kind.PATH,
        default="",
        says="The book. Empty: the usual place. --data-file and RELCRAFT_DATA_FILE go before it.",
    ),
    Known(key="backups", kind=Kind.PATH, default="", says="The folder of its backups. Empty: backups beside the book."),
    Known(
        key="theme",
        kind=Kind.THEME,
        default=OURS[0],
        says="How the screen looks: terminal, paper (light), ink (dark), plain (no colour), one of Textual's (nord, "
        "gruvbox, ...), or one of your own, from below. NO_COLOR goes before it.",
    ),
    Known(
        table="rules",
        key="patience_asked",
        kind=Kind.WHOLE,
        default=USUAL_RULES.patience.asked,
        says="Days of silence after an ask until Today offers to nudge once.",
        least=1,
        most=3650,
    ),
    Known(
        table="rules",
        key="patience_agreed",
        kind=Kind.WHOLE,
        default=USUAL_RULES.patience.agreed,
        says='Days of silence after a "sure!" until Today offers to nudge once.',
        least=1,
        most=3650,
    ),
    Known(
        table="rules",
        key="moves",
        kind=Kind.WHOLE,
        default=USUAL_RULES.moves,
        says="How many moves Today shows at most.",
        least=1,
        most=20,
    ),
    Known(
        table="rules",
        key="half_life_days",
        kind=Kind.WHOLE,
        default=USUAL_RULES.weights.half_life_days,
        says="Days after which help weighs half.",
        least=1,
    ),
    Known(
        table="rules",
        key="week_start",
        kind=Kind.CHOICE,
        default=WEEKDAYS[0],
        says='The day on which a week begins: "this fri" and "this week" go by it, and the one hello a week.',
        among=WEEKDAYS,
    ),
    Known(
        table="rules",
        key="date_order",
        kind=Kind.CHOICE,
        default="",
        says='What comes first in 3/4/2026: "day" or "month". Empty: such days are not guessed.',
        among=("day", "month"),
    ),
    *(
        Known(
            table="cadences",
            key=circle.value,
            kind=Kind.WHOLE,
            default=CADENCE_DAYS[circle],
            says=_CADENCE.get(circle, ""),
            least=0,
            most=3650,
        )
        for circle in Circle
    ),
    *_weights(),
    Known(
        table="me",
        key="name",
        kind=Kind.TEXT,
        default="",
        says="Your name, as it stands in the files of other programs: imports know you by it.",
    ),
    Known(
        table="me",
        key="addresses",
        kind=Kind.TEXTS,
        default=(),
        says="Your own e-mail addresses, phone numbers and profile links, for imports as well.",
    ),
    Known(
        table="templates",
        key="folder",
        kind=Kind.PATH,
        default="",
        says="The folder of your own messages. Empty: templates beside this file.",
    ),
)
"""Every setting but keys and themes."""

BY_NAME: Mapping[str, Known] = {each.name: each for each in SETTINGS}
TABLES = tuple(dict.fromkeys(each.table for each in SETTINGS if each.table))
"""The tables of single settings, in the order of the file."""
TOP = (*(each.key for each in SETTINGS if not each.table), *TABLES, KEYS, THEMES)
"""What may stand at the top of a config file."""


def keys_of(table: str) -> tuple[str, ...]:
    """Return the keys of a table."""
    return tuple(each.key for each in SETTINGS if each.table == table)
