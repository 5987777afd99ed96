"""The tables [rules] and [weights] of a config file: how long to wait, how much Today shows, and what help weighs."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from relcraft.cli.settings import BadSettings, not_known
from relcraft.domain.balance import Weights
from relcraft.domain.errors import BadInput
from relcraft.domain.rules import USUAL_RULES, Patience, Rules
from relcraft.domain.text import clean_line
from relcraft.domain.words import ExchangeKind

_TRY: Mapping[str, Callable[[int], object]] = {
    "patience_asked": lambda days: Patience(asked=days),
    "patience_agreed": lambda days: Patience(agreed=days),
    "moves": lambda moves: Rules(moves=moves),
    "half_life_days": lambda days: Weights(half_life_days=days),
}
"""What [rules] may say, each with what refuses a figure that makes no sense."""
_MOST_DIGITS = 9


def read_rules(said: Mapping[str, Any], config: Path) -> tuple[Rules, tuple[str, ...]]:
    """Return the rules that a config file sets, and a sentence for each key that is read over. Raises `BadSettings`."""
    rules, weights = _table(said, "rules", config), _table(said, "weights", config)
    figures = {key: _figure(key, rules[key], config) for key in _TRY if key in rules}
    usual = USUAL_RULES
    patience = Patience(
        asked=figures.get("patience_asked", usual.patience.asked),
        agreed=figures.get("patience_agreed", usual.patience.agreed),
    )
    bases = {kind: _weight(kind, weights[kind], config) for kind in ExchangeKind if kind in weights}
    half_life = figures.get("half_life_days", usual.weights.half_life_days)
    unknown = (*_unknown(rules, _TRY, "rules", config), *_unknown(weights, list(ExchangeKind), "weights", config))
    return Rules(
        weights=Weights(bases=bases, half_life_days=half_life),
        patience=patience,
        moves=figures.get("moves", usual.moves),
    ), unknown


def _table(said: Mapping[str, Any], name: str, config: Path) -> Mapping[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise BadSettings(f"{name} in {config} is {_shown(table)}: a table was expected, under a line [{name}].")
    return table


def _figure(key: str, value: object, config: Path) -> int:
    where = f"{key} in [rules] of {config}"
    if type(value) is not int or len(str(abs(value))) > _MOST_DIGITS:
        raise BadSettings(f"{where} is {_shown(value)}: a whole number was expected, such as 14.")
    try:
        _TRY[key](value)
    except BadInput as error:
        raise BadSettings(f"{where} is {value}. {error}") from error
    return value


def _weight(kind: ExchangeKind, value: object, config: Path) -> float:
    where = f"{kind} in [weights] of {config}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadSettings(f"{where} is {_shown(value)}: a number was expected, such as 2 or 0.5.")
    try:
        Weights(bases={kind: value})
    except BadInput as error:
        raise BadSettings(f"{where}: {error}") from error
    return float(value)


def _unknown(table: Mapping[str, Any], known: Iterable[str], name: str, config: Path) -> Iterable[str]:
    keys = tuple(known)
    return (not_known(key, keys, f"[{name}] of {config}") for key in table if key not in keys)


def _shown(value: object) -> str:
    return clean_line(repr(value))[:60]
