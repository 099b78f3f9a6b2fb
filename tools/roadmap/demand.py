"""Final demand of a year: its structure shifts with STRUCT, its size is set so that GDP meets the given path.

Demand is exogenous: levers do not feed back on GDP. One factor per region scales its final demand and its exports so
that, with the technology of 2017, every region's value added equals its GDP (an R x R system per year).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import FIRST, POWER_SECTOR, PRODUCTS, SECTORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.defaults import Defaults
    from tools.roadmap.state import Economy

    Array = NDArray[np.float64]

_STOCKS_GONE = 2025
_POWER = POWER_SECTOR - 1
_MOVING = [p - 1 for p in PRODUCTS]


@dataclass(frozen=True)
class DemandRules:
    """Parameters of the shift, by product (S,) or scalar."""

    elasticity: Array
    capital_shift: Array
    investment_fall: float
    export_fall: float


def load_rules(defaults: Defaults) -> DemandRules:
    """The rules from the defaults."""
    return DemandRules(
        elasticity=defaults.by_sector("income_elasticity", 1.0),
        capital_shift=defaults.by_sector("gfcf_mix_shift", 0.0),
        investment_fall=defaults.value("invest_share_fall", "all"),
        export_fall=defaults.value("export_ratio_fall", "all"),
    )


@dataclass(frozen=True)
class Weights:
    """Multipliers of the base year's final demand by product and buying region, and the scale per region."""

    households: Array  # (..., S, R)
    capital: Array  # (..., S, R)
    stocks: float
    exports: Array  # (..., R)
    scale: Array  # (..., R)


class Demand:
    """Final demand of one lane for any year and deployment of STRUCT."""

    def __init__(self, economy: Economy, rules: DemandRules, inverse: Array) -> None:
        self.economy = economy
        self.rules = rules
        regions = economy.size
        # Value added each region earns per unit of final demand for (region, product); (R, R, S).
        earned = np.empty((regions, regions * SECTORS))
        for r in range(regions):
            rows = slice(r * SECTORS, (r + 1) * SECTORS)
            earned[r] = economy.value_added[r] @ inverse[rows]
        per_unit = earned.reshape(regions, regions, SECTORS)
        self._households = _through(per_unit, economy.households)
        self._government = _through(per_unit, economy.government).sum(axis=1)
        self._capital = _through(per_unit, economy.capital)
        self._stocks = _through(per_unit, economy.stocks).sum(axis=1)
        self._exports = np.einsum("ris,is->ri", per_unit, economy.exports)  # exports of region i earn in region r
        self.income = (economy.value_added * economy.output).sum(axis=1)  # value added of 2017, (R,)
        self._household_total = economy.households.sum(axis=0)  # (S, R)
        self._capital_total = economy.capital.sum(axis=0)

    def weights(self, year: int, struct: Array, gdp: Array) -> Weights:
        """Structure and scale for ``struct`` and ``gdp`` (multiple of 2017), both (..., R).

        Raises no error for a scale outside the usual range: ``warnings`` of the run reports it.
        """
        rules = self.rules
        s, income = struct[..., None, :], gdp[..., None, :]
        households = income ** (s * (rules.elasticity[:, None] - 1))
        households = households * _renormalise(self._household_total, households)
        capital = 1 + rules.capital_shift[:, None] * s
        fall = rules.investment_fall * struct
        capital = capital * _renormalise(self._capital_total, capital) * (1 - fall)[..., None, :]
        consumed = self._household_total.sum(axis=0)
        freed = self._capital_total.sum(axis=0) * fall
        households = households * (1 + freed / consumed)[..., None, :]
        exports = 1 - rules.export_fall * struct
        stocks = max(0.0, (_STOCKS_GONE - year) / (_STOCKS_GONE - FIRST))
        earned = (
            np.einsum("ris,...is->...rs", self._households, households)
            + self._government
            + np.einsum("ris,...is->...rs", self._capital, capital)
            + self._stocks * stocks
            + self._exports * exports[..., None, :]
        )
        scale = np.linalg.solve(earned, (self.income * gdp)[..., None])[..., 0]
        return Weights(households, capital, stocks, exports, scale)

    def by_region(self, w: Weights, rows: Array, added: Array) -> tuple[Array, Array]:
        """Final demand by buying region (n, R) and exports (R, S) of one run.

        ``rows`` (9, R) multiplies the moving products households buy, ``added`` (R,) is money they spend on power in
        addition, over the suppliers they have.
        """
        e = self.economy
        households = w.households * w.scale
        households = self._moved(households, rows)
        demand = (
            e.households * households
            + (e.government + e.stocks * w.stocks) * w.scale
            + e.capital * (w.capital * w.scale)
        )
        power = e.households[:, _POWER]
        total = power.sum(axis=0)
        demand[:, _POWER] += power * np.divide(added, total, out=np.zeros_like(total), where=total > 0)
        return demand.reshape(-1, e.size), e.exports * (w.exports * w.scale)[:, None]

    def total(self, w: Weights, rows: Array, added: Array) -> Array:
        """Final demand of all regions and exports together for a batch of runs: (N, n)."""
        e = self.economy
        households = self._moved(w.households * w.scale[:, None, :], rows)
        power = e.households[:, _POWER]
        purchases = power.sum(axis=0)
        households[:, _POWER] += np.divide(added, purchases, out=np.zeros_like(added), where=purchases > 0)
        capital = w.capital * w.scale[:, None, :]
        fixed = e.government + e.stocks * w.stocks
        out = (
            np.einsum("ris,nis->nri", e.households, households, optimize=True)
            + np.einsum("ris,nis->nri", e.capital, capital, optimize=True)
            + np.einsum("ris,ns->nri", fixed, w.scale, optimize=True)
            + e.exports * (w.exports * w.scale)[..., None]
        )
        return np.asarray(out.reshape(len(out), -1))

    @staticmethod
    def _moved(households: Array, rows: Array) -> Array:
        out = households.copy()
        out[..., _MOVING, :] *= rows
        return out


def _through(per_unit: Array, demand: Array) -> Array:
    """Value added in region r from product i bought by region s: (R, S, R)."""
    return np.asarray(np.einsum("rqi,qis->ris", per_unit, demand, optimize=True))


def _renormalise(total: Array, weights: Array) -> Array:
    """The factor that keeps a region's total where it was, (..., 1, R); 1 where there is nothing."""
    weighted = (total * weights).sum(axis=-2)
    kept = np.divide(total.sum(axis=0), weighted, out=np.ones_like(weighted), where=weighted > 0)
    return np.asarray(kept)[..., None, :]
