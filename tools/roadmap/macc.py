"""Marginal abatement costs: what each measure avoids in a year, at which assumed cost, and how firm its rank is.

The costs are orders of magnitude per tonne (low, central, high), flat in the amount; they are no investment. Flat in time, too,
unless a year is given: then the assumed learning since 2025 is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.backcast import abatement_cost
from tools.roadmap.names import COMMON, LAST, LEVER_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tools.roadmap.goals import Costs
    from tools.roadmap.model import Model

    Array = NDArray[np.float64]

REMOVALS = "CDR"  # engineered removals, a measure beside the nine levers
MEASURES: tuple[str, ...] = (*LEVER_KEYS, REMOVALS)
_LEAST = 1e-3  # Mt: what avoids less is not drawn
_CASES: tuple[Costs, ...] = ("low", "central", "high")
_MONEY = 0.01  # Mt x yuan/t = million yuan -> 100 million yuan


@dataclass(frozen=True)
class Bar:
    """One measure: what it avoids in the year (Mt) and its assumed cost, yuan per t of 2017; ``learned`` is the central one after
    the learning assumed up to the year."""

    key: str
    amount: float
    low: float
    central: float
    high: float
    learned: float


@dataclass(frozen=True)
class Curve:
    """``bars`` from the cheapest on; ``adding`` are measures that add emissions in the year (amount below zero)."""

    bars: tuple[Bar, ...]
    adding: tuple[Bar, ...]

    @property
    def total(self) -> float:
        """What all measures avoid, those that add emissions taken off; Mt."""
        return sum(b.amount for b in (*self.bars, *self.adding))


def unit_cost(model: Model, key: str, costs: Costs, year: int | None = None) -> float:
    """Assumed cost of a measure, yuan per t of 2017; in a year after the learning assumed since 2025.

    Learning lowers positive costs alone: a measure assumed to save money does not save less for it.
    """
    value = abatement_cost(model, key, costs)
    if year is None or value <= 0:
        return value
    return float(value * (1 - model.defaults.value("mac_learning", key) / 100) ** (year - COMMON))


def curve(model: Model, wedge: Array, removed: float, year: int) -> Curve:
    """The curve of contributions ``wedge`` (K,), negative where they cut, and of engineered removals (Mt) in one year."""
    amounts = [*(-wedge), removed]
    bars = [
        _bar(model, key, float(amount), year)
        for key, amount in zip(MEASURES, amounts, strict=True)
        if abs(amount) > _LEAST
    ]
    bars.sort(key=lambda b: (b.central, b.high))
    return Curve(tuple(b for b in bars if b.amount > 0), tuple(b for b in bars if b.amount < 0))


def _bar(model: Model, key: str, amount: float, year: int) -> Bar:
    low, central, high = (unit_cost(model, key, costs) for costs in _CASES)
    return Bar(key, amount, low, central, high, unit_cost(model, key, "central", year))


def cost(model: Model, wedge: Array, removed: float, costs: Costs, year: int | None = None) -> float:
    """Assumed cost of a year's cuts, 100 million yuan of 2017; ``year`` takes learning into account. What is assumed to save
    money counts as free, not as a gain."""
    each = [max(unit_cost(model, key, costs, year), 0.0) for key in MEASURES]
    return float(np.abs([*wedge, removed]) @ each) * _MONEY


def present_value(model: Model, by_year: Mapping[int, float]) -> float:
    """Costs of single years, joined linearly from zero in 2025, summed over 2026-2060 and discounted to 2025."""
    years = np.arange(COMMON + 1, LAST + 1)
    knots = sorted(by_year)
    annual = np.interp(years, [COMMON, *knots], [0.0, *(by_year[y] for y in knots)])
    rate = model.defaults.value("discount_rate", "all") / 100
    return float(annual @ (1 + rate) ** -(years - COMMON).astype(float))


def ranks(wedge: Array, removed: float) -> dict[str, int]:
    """Rank of each measure by what it avoids, 1 the most; those that avoid nothing have none."""
    amounts = np.array([*(-wedge), removed])
    order = [int(k) for k in np.argsort(-amounts, kind="stable") if amounts[k] > _LEAST]
    return {MEASURES[k]: n for n, k in enumerate(order, 1)}


def merit(found: Curve, model: Model, year: int) -> dict[str, tuple[int, ...]]:
    """Position of each measure of the curve by cost, 1 the cheapest: at low, central and high costs and after learning."""
    keys = [b.key for b in found.bars]
    cases: tuple[tuple[Costs, int | None], ...] = (("low", None), ("central", None), ("high", None), ("central", year))
    places = []
    for costs, when in cases:
        order = sorted(keys, key=lambda k: (unit_cost(model, k, costs, when), keys.index(k)))
        places.append({k: n for n, k in enumerate(order, 1)})
    return {k: tuple(p[k] for p in places) for k in keys}
