"""The tables [rules], [cadences] and [weights] of a config file, as the rules that the book goes by."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relcraft.cli.known_settings import BY_NAME
from relcraft.cli.settings import BadSettings
from relcraft.domain.balance import Weights
from relcraft.domain.customs import WEEKDAYS, Customs
from relcraft.domain.errors import BadInput
from relcraft.domain.rules import Patience, Rules
from relcraft.domain.words import Circle, ExchangeKind

_DAY_FIRST = {"": None, "day": True, "month": False}


def rules_of(values: Mapping[str, Any], config: Path) -> Rules:
    """Return the rules that a config file sets, from the values of its settings. Raises `BadSettings`."""

    def value(name: str) -> Any:
        return values.get(name, BY_NAME[name].default)

    try:
        return Rules(
            weights=Weights(
                bases={kind: float(value(f"weights.{kind}")) for kind in ExchangeKind},
                half_life_days=value("rules.half_life_days"),
            ),
            patience=Patience(asked=value("rules.patience_asked"), agreed=value("rules.patience_agreed")),
            moves=value("rules.moves"),
            cadences={circle: value(f"cadences.{circle}") for circle in Circle},
            customs=Customs(
                week_start=WEEKDAYS.index(value("rules.week_start")), day_first=_DAY_FIRST[value("rules.date_order")]
            ),
        )
    except BadInput as error:  # the table of settings has the same bounds, so this is what it does not know
        raise BadSettings(f"{config}: {error}") from error
