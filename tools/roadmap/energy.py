"""Energy in physical terms, as far as the model can say: power used, the non-fossil shares, primary energy.

Power use follows the model's purchases from the consumption observed in 2024. The mix is that of the power *used* in
a province, its own plants' and what it draws from others: the physical balance's (``power.py``) on the dual-carbon path,
from which other paths depart by what RENEW leaves of fossil power. Primary energy counts a kWh of power as 0.30
kgce whatever made it, fuels by their heat, and what the inventories do not hold (feedstock, losses: the difference
to the energy total of 2019) in step with fossil heat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, RENEW, YEARS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
    from tools.roadmap.model import Model, Path
    from tools.roadmap.power import Power

    Array = NDArray[np.float64]

TCE_PER_MWH = 0.30  # primary energy booked for a MWh of electricity
MWH_PER_TCE = 8.141  # 29.3076 GJ of heat
MIX_YEARS: tuple[int, ...] = (2024, 2025, *range(2030, 2061, 5))  # balanced; the years between are interpolated
_LAST_POWER = 2024
_POWER_USED = "SELECT region, twh FROM power_consumption WHERE year = ?"


@dataclass(frozen=True)
class EnergyBase:
    """Per region, (R,); NaN where there is no data. ``fossil_share`` is also by year, (T, R).

    ``power``: TWh used per unit of the model's power purchases (2019 = 1), such that 2024 is as observed;
    ``fossil_share`` of the power used if RENEW had replaced nothing; ``other``: primary energy outside the inventories per unit of fossil heat;
    ``potential``: the share of fossil power that RENEW removes at full deployment.
    """

    power: Array
    fossil_share: Array
    other: Array
    potential: float


@dataclass(frozen=True)
class Energy:
    """Energy of one or more years, (..., R). Shares 0..1, primary energy in Mtce, power in TWh."""

    power: Array
    nonfossil_power: Array
    primary: Array
    nonfossil_primary: Array


def load_energy(warehouse: Warehouse, model: Model, fossil_share: Array) -> EnergyBase:
    """Power observed in 2024, energy in 2019, with given shares (``unreplaced``)."""
    regions = model.economy.regions
    power = _observed(warehouse, _POWER_USED, regions, BASE)
    t = at(_LAST_POWER)
    grown = model.power_bought(model.year(t, model.curves("current_policies")[..., t])) / model.power_2019
    latest = _observed(warehouse, _POWER_USED, regions, _LAST_POWER) / grown
    if regions == ("CN",):  # the provinces' sum, within 0.5 % of the national total
        rows = warehouse.rows("SELECT sum(mtce) FROM energy_consumption WHERE year = ?", (BASE,))
        total = np.array([float(rows[0][0])])
    else:
        total = _observed(warehouse, "SELECT region, mtce FROM energy_consumption WHERE year = ?", regions, BASE)
    inventory = model.inventory
    outside = inventory.production[2].sum(axis=1) - inventory.production[2][:, 23] + inventory.households[2]
    heat = (outside[:, :3] / model.potentials.fuel_factor).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):  # Tibet: no inventory, no energy total
        other = np.maximum(total - power * TCE_PER_MWH - heat / MWH_PER_TCE, 0.0) / heat
    return EnergyBase(latest, fossil_share, other, model.potentials.renewable)


def _observed(warehouse: Warehouse, sql: str, regions: tuple[str, ...], year: int) -> Array:
    found = dict(warehouse.rows(sql, (year,)))
    return np.array([found.get(code, np.nan) for code in regions], dtype=float)


def unreplaced(powers: Sequence[Power], renew: Array, potential: float) -> Array:
    """Fossil share of the power used if RENEW had replaced nothing, (T, R), from balances of ``MIX_YEARS``.

    ``renew`` (R, T) is the deployment on the path balanced. Before the first balance its share is kept.
    """
    years = [p.year for p in powers]
    known = np.array([(1 - p.nonfossil_used) / (1 - potential * renew[:, at(p.year)]) for p in powers])
    return np.array([np.interp(YEARS, years, column) for column in known.T]).T


def balance(base: EnergyBase, share: Array, power: Array, heat: Array, biomass: Array, renew: Array) -> Energy:
    """Energy from ``base.fossil_share`` of the years, power (2019 = 1), fossil heat and biomass (TWh) and the deployment of
    RENEW, all (..., R)."""
    used = power * base.power
    fossil = share * (1 - base.potential * renew)
    booked = used * TCE_PER_MWH
    green = booked * (1 - fossil) + biomass / MWH_PER_TCE
    primary = booked + (heat + biomass) / MWH_PER_TCE + base.other * heat
    return Energy(used, 1 - fossil, primary, green / primary)


def energy_of(path: Path, base: EnergyBase) -> Energy:
    """Energy of a path, (T, R)."""
    return balance(base, base.fossil_share, path.power, path.heat, path.biomass, path.deployment[RENEW].T)


def fuels_burnt(model: Model, t: int, u: Array) -> Array:
    """Coal, oil and gas burnt anywhere in a year, power plants included, Mtce of heat, (R, 3).

    CO2 before capture over each fuel's factor; feedstock and losses are not in the inventories, so not in here.
    """
    year = model.year(t, u)
    size = model.economy.size
    kept = year.emissions.sum(axis=-1)
    caught = year.technology.captured * year.x.reshape(size, -1) * year.factor
    before = np.divide(kept + caught, kept, out=np.ones_like(kept), where=kept > 0)
    co2 = (year.emissions[..., :3] * before[..., None]).sum(axis=1) + year.households[:, :3]
    return np.asarray(co2 / model.potentials.fuel_factor / MWH_PER_TCE)


def energy_at(model: Model, base: EnergyBase, t: int, u: Array) -> Energy:
    """Energy of one year at deployment ``u`` (K, R); (R,)."""
    year = model.year(t, u)
    heat, biomass = model.heat_used(year)
    power = model.power_bought(year) / model.power_2019
    return balance(base, base.fossil_share[t], power, heat, biomass, u[RENEW])
