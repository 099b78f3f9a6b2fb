"""2020-2025: where each province and sector stands now. The inventories end in 2019; this is an estimate, with its range.

Power follows thermal generation (plants above the designated size, by province, to 2024): CO2 of 2019 times generation
over that of 2019. All the rest follows what is left of the lane's total, which is the inventory of 2019 times the
national index: one factor for the rest of all provinces. 2025 keeps the power factor of 2024. From 2026 the factors of
2025 are held.

Thermal generation counts gas, biomass and waste as if they were coal, so where these grew (Guangdong) it says too much.
The range therefore spans four: this one, the one-factor nowcast (everything in step with the national index), one in which
a kWh of thermal power emits 3 % less than in 2019, and one in which power follows the raw coal it burnt (to 2022, then
thermal generation), which leaves gas out and so says too little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.mrio import NATION
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


def coal_index(warehouse: Warehouse, regions: tuple[str, ...], thermal: Array) -> Array:
    """Raw coal burnt for power over that of 2019, (6, R), in step with ``thermal`` after 2022; ``thermal`` itself where a
    region has no coal series."""
    out = thermal.copy()
    if not warehouse.has("power_coal"):
        return out
    place = {code: i for i, code in enumerate(regions)}
    found: dict[int, dict[int, float]] = {}
    for region, year, mt in warehouse.rows("SELECT region, year, mt FROM power_coal WHERE year >= ?", (BASE,)):
        if region in place:
            found.setdefault(place[region], {})[year] = mt
    if regions == (NATION,):
        provinces = warehouse.rows("SELECT year, sum(mt) FROM power_coal WHERE year >= ? GROUP BY year", (BASE,))
        found = {0: dict(provinces)}
    for r, series in found.items():
        last = max(series)
        if not series.get(BASE):
            continue
        for year in range(BASE, LAST_THERMAL + 1):
            t = year - BASE
            known = series.get(min(year, last), float("nan")) / series[BASE]
            out[t, r] = known * (thermal[t, r] / thermal[last - BASE, r] if year > last else 1.0)
    return out


def nowcast(
    raw: Callable[[int], tuple[Array, Array]], base: tuple[Array, Array], history: Array, index: dict[int, float],
    thermal: Array | None, coal: Array | None = None,
) -> Nowcast:  # fmt: skip
    """The factors. ``raw(t)`` gives the model's emissions of a year without factors, (R, S) and households (R,);
    ``base`` the same of the inventory of 2019; ``history`` (T, R) gross emissions to 2019; ``index`` the national index
    (2019 = 1) of 2020-2025; ``thermal`` as ``thermal_index``, None for the one factor alone; ``coal`` as ``coal_index``, for
    the range."""
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
            k = min(year, LAST_THERMAL) - BASE
            growths = [thermal[k], CLEANER * thermal[k], *([] if coal is None else [coal[k]])]
            variants += [_by_sector(production, households, base[0], target, growth) for growth in growths]
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


__all__ = ["CLEANER", "LAST_THERMAL", "Nowcast", "coal_index", "nowcast", "thermal_index"]
