"""GDP and population of every region, 2017-2060: what the scenarios are given from outside.

National growth follows the defaults. A province keeps half of its deviation in nominal growth to 2024; from then on
it converges slowly in GDP per head and follows its population; all provinces are rescaled to the national path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import FIRST, YEARS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
    from tools.roadmap.defaults import Defaults

LAST_OBSERVED = 2024


@dataclass(frozen=True)
class Drivers:
    """``gdp`` as a multiple of each region's own value added of 2017, ``population`` as one of 2019's; both (R, T)."""

    gdp: NDArray[np.float64]
    population: NDArray[np.float64]


def national_drivers(defaults: Defaults) -> Drivers:
    """The China lane's drivers; shapes (1, T)."""
    population = defaults.knots("population", "China")
    return Drivers(national_growth(defaults)[None], (population / population[2])[None])


def national_growth(defaults: Defaults) -> NDArray[np.float64]:
    """Real GDP as a multiple of 2017; (T,)."""
    rate = defaults.knots("gdp_growth_real", "China") / 100
    rate[0] = 0.0
    return np.asarray(np.cumprod(1 + rate))


def provincial_drivers(warehouse: Warehouse, defaults: Defaults, regions: tuple[str, ...]) -> Drivers:
    """The province lane's drivers; shapes (R, T)."""
    gdp = _observed(warehouse, "SELECT region, year, gdp_100m_yuan FROM gdp WHERE year BETWEEN ? AND ?", regions)
    people = _observed(
        warehouse, "SELECT region, year, population_10k FROM population WHERE year BETWEEN ? AND ?", regions
    )
    population = _population(people, defaults)
    nation = national_growth(defaults)
    observed = LAST_OBSERVED - FIRST + 1
    relative = gdp / gdp[:, :1]
    deviation = relative / (gdp.sum(axis=0) / gdp[:, 0].sum())
    level = np.empty((len(regions), len(YEARS)))
    level[:, :observed] = gdp[:, :1] * nation[:observed] * deviation ** defaults.value("gdp_nominal_shrink", "province")
    beta = defaults.value("gdp_convergence_beta", "province")
    for t in range(observed, len(YEARS)):
        before = level[:, t - 1]
        per_head = before / population[:, t - 1]
        gap = np.log(per_head / (before.sum() / population[:, t - 1].sum()))
        fade = np.exp(-max(0, YEARS[t] - 2025) / 40)
        growth = nation[t] / nation[t - 1] * np.exp(-beta * gap * fade)
        level[:, t] = before * growth * (population[:, t] / population[:, t - 1]) ** 0.5
    level *= nation * gdp[:, 0].sum() / level.sum(axis=0)
    return Drivers(level / level[:, :1], population / population[:, 2:3])


def _population(people: NDArray[np.float64], defaults: Defaults) -> NDArray[np.float64]:
    """Provincial population: observed to 2024, then the fading trend, rescaled to the national path."""
    observed = people.shape[1]
    keep = defaults.value("population_trend_keep", "province")
    trend = (people[:, -1] / people[:, 0]) ** (1 / (observed - 1)) - 1
    out = np.empty((len(people), len(YEARS)))
    out[:, :observed] = people
    nation = defaults.knots("population", "China")
    for t in range(observed, len(YEARS)):
        fade = keep * np.exp(-(YEARS[t] - LAST_OBSERVED) / 10)
        raw = out[:, t - 1] * (1 + trend * fade)
        out[:, t] = raw * (out[:, t - 1].sum() * nation[t] / nation[t - 1]) / raw.sum()
    return out


def _observed(warehouse: Warehouse, sql: str, regions: tuple[str, ...]) -> NDArray[np.float64]:
    found = {(r, y): v for r, y, v in warehouse.rows(sql, (FIRST, LAST_OBSERVED))}
    return np.array([[found[(r, y)] for y in range(FIRST, LAST_OBSERVED + 1)] for r in regions])
