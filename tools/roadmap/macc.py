"""Marginal abatement costs: what each measure avoids in a year, at which assumed cost, and how firm its rank is.

The costs are orders of magnitude per tonne (low, central, high), flat in time and in the amount; they are no investment.
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
_MONEY = 0.01  # Mt x yuan/t = million yuan -> 100 million yuan


@dataclass(frozen=True)
class Bar:
    """One measure: what it avoids in the year (Mt) and its assumed cost, yuan per t of 2017."""

    key: str
    amount: float
    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Curve:
    """``bars`` from the cheapest on; ``adding`` are measures that add emissions in the year (amount below zero)."""

    bars: tuple[Bar, ...]
    adding: tuple[Bar, ...]

    @property
    def total(self) -> float:
        """What all measures avoid, those that add emissions taken off; Mt."""
        return sum(b.amount for b in (*self.bars, *self.adding))


def curve(model: Model, wedge: Array, removed: float) -> Curve:
    """The curve of contributions ``wedge`` (K,), negative where they cut, and of engineered removals (Mt) in one year."""
    amounts = [*(-wedge), removed]
    bars = [
        Bar(key, float(amount), *(abatement_cost(model, key, c) for c in ("low", "central", "high")))
        for key, amount in zip(MEASURES, amounts, strict=True)
        if abs(amount) > _LEAST
    ]
    bars.sort(key=lambda b: (b.central, b.high))
    return Curve(tuple(b for b in bars if b.amount > 0), tuple(b for b in bars if b.amount < 0))


def cost(model: Model, wedge: Array, removed: float, costs: Costs) -> float:
    """Assumed cost of a year, 100 million yuan of 2017. What is assumed to save money counts as free, not as a gain."""
    each = [max(abatement_cost(model, key, costs), 0.0) for key in MEASURES]
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
