"""2020-2025: where each province and sector stands now. The inventories end in 2019; this is an estimate, with its range.

Power follows thermal generation (plants above the designated size, by province, to 2024): CO2 of 2019 times generation
over that of 2019. All the rest follows what is left of the lane's total, which is the inventory of 2019 times the
national index: one factor for the rest of all provinces. 2025 keeps the power factor of 2024. From 2026 the factors of
2025 are held.

Beside it stands the one-factor nowcast (everything in step with the national index) and a third in which a kWh of
thermal power emits 3 % less than in 2019 (better plants; more gas, biomass and waste); the range spans the three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, COMMON, POWER_SECTOR, YEARS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse

    Array = NDArray[np.float64]

LAST_THERMAL = 2024
CLEANER = 0.97  # CO2 per kWh of thermal power against 2019, the low end: our assumption
_POWER = POWER_SECTOR - 1


@dataclass(frozen=True)
class Nowcast:
    """Factors on what the model gives without them: ``sectors`` (T, R, S), ``households`` (T, R), 1 to 2019.

    ``one_factor``, ``low`` and ``high`` (T, R): gross emissions of 2017-2025 by the one factor and over all variants,
    Mt; NaN after 2025.
    """

    sectors: Array
    households: Array
    one_factor: Array
    low: Array
    high: Array


def thermal_index(warehouse: Warehouse, regions: tuple[str, ...]) -> Array:
    """Thermal generation over that of 2019, (6, R) for 2019-2024; NaN where a year is not known."""
    years = range(BASE, LAST_THERMAL + 1)
    found = {
        (region, year): twh
        for region, year, twh in warehouse.rows(
            "SELECT region, year, twh FROM power_generation "
            "WHERE source = 'thermal' AND scope = 'above_scale' AND year BETWEEN ? AND ?", (BASE, LAST_THERMAL),
        )
    }  # fmt: skip
    table = np.array([[found.get((code, year)) or np.nan for code in regions] for year in years], dtype=float)
    return np.asarray(table / table[0])


def nowcast(
    raw: Callable[[int], tuple[Array, Array]], base: tuple[Array, Array], history: Array, index: dict[int, float],
    thermal: Array | None,
) -> Nowcast:  # fmt: skip
    """The factors. ``raw(t)`` gives the model's emissions of a year without factors, (R, S) and households (R,);
    ``base`` the same of the inventory of 2019; ``history`` (T, R) gross emissions to 2019; ``index`` the national index
    (2019 = 1) of 2020-2025; ``thermal`` as ``thermal_index``, None for the one factor alone."""
    regions, sectors = base[0].shape
    out = Nowcast(
        np.ones((len(YEARS), regions, sectors)), np.ones((len(YEARS), regions)),
        *(np.full((len(YEARS), regions), np.nan) for _ in range(3)),
    )  # fmt: skip
    for known in (out.one_factor, out.low, out.high):
        known[: at(BASE) + 1] = history
    total = base[0].sum() + base[1].sum()
    for year in range(BASE + 1, COMMON + 1):
        t, target = at(year), index[year] * total
        production, households = raw(t)
        variants = [_one_factor(production, households, target)]
        if thermal is not None:
            growth = thermal[min(year, LAST_THERMAL) - BASE]
            variants += [_by_sector(production, households, base[0], target, growth * c) for c in (1.0, CLEANER)]
        gross = [(production * s).sum(axis=1) + households * h for s, h in variants]
        chosen = variants[min(1, len(variants) - 1)]
        out.sectors[t], out.households[t] = chosen
        out.one_factor[t], out.low[t], out.high[t] = gross[0], np.min(gross, axis=0), np.max(gross, axis=0)
    out.sectors[at(COMMON) + 1 :] = out.sectors[at(COMMON)]
    out.households[at(COMMON) + 1 :] = out.households[at(COMMON)]
    return out


def _one_factor(production: Array, households: Array, target: float) -> tuple[Array, Array]:
    factor = target / (production.sum() + households.sum())
    return np.full(production.shape, factor), np.full(households.shape, factor)


def _by_sector(
    production: Array, households: Array, base: Array, target: float, growth: Array
) -> tuple[Array, Array]:  # fmt: skip
    """Power in step with ``growth`` (R,) where it is known, the rest by what is left of the target."""
    power, now = base[:, _POWER] * growth, production[:, _POWER]
    known = np.isfinite(power) & (now > 0)
    rest = (target - power[known].sum()) / (production.sum() + households.sum() - now[known].sum())
    factors = np.full(production.shape, rest)
    factors[known, _POWER] = power[known] / now[known]
    return factors, np.full(households.shape, rest)


__all__ = ["CLEANER", "LAST_THERMAL", "Nowcast", "nowcast", "thermal_index"]
