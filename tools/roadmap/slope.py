"""How a region's gross emissions respond to its own levers in one year: what the backcast linearises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import POWER_SECTOR, PRODUCTS, SECTORS
from tools.roadmap.operators import Base, Technology, technology

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.model import Model, Year

    Array = NDArray[np.float64]

_STEP = 1e-4
_POWER = POWER_SECTOR - 1
_MOVING = [p - 1 for p in PRODUCTS]
_BASE_FIELDS = ("intensity", "households", "power_coefficient", "value_added")


def own_slope(model: Model, t: int, u: Array, region: int) -> tuple[float, Array]:
    """Gross emissions of a region (Mt) and their derivative by its own deployments, (K,), for ``u`` (K, R).

    STRUCT's effect on demand is left out: the backcast holds it fixed, and its entry is zero.
    """
    year = model.year(t, u)
    mine, here = slice(region * SECTORS, (region + 1) * SECTORS), slice(region, region + 1)
    own = np.zeros(len(year.x))
    own[mine] = year.intensity[mine]
    caused = year.system.transposed(own).reshape(-1, SECTORS)  # (R, S) Mt in the region per unit of final demand
    levers = len(u)
    moved = np.concatenate([np.eye(levers), -np.eye(levers)]) * _STEP
    base = Base(*(getattr(model.base, name)[here] for name in _BASE_FIELDS))
    tech = technology(
        model.potentials, base, u[:, here] + moved[..., None], np.full(2 * levers, model.deepening[t])
    )  # fmt: skip
    x = year.x[mine]
    per_purchase = np.einsum("kqj,qk->kj", model.solver.by_product[:, :, mine], caused[:, _MOVING])
    change = _difference(tech.rows[:, :, 0], levers)
    total = np.einsum("lkj,kj,j->l", change, per_purchase, x)
    total += _difference(tech.emissions.sum(axis=-1)[:, 0] @ (x * year.factor[region]), levers)
    total += _households(model, t, year, region, caused, tech, levers)
    return float(year.emissions[region].sum() + year.households[region].sum()), total / (2 * _STEP)


def _difference(values: Array, levers: int) -> Array:
    return np.asarray(values[:levers] - values[levers:])


def _households(model: Model, t: int, year: Year, region: int, caused: Array, tech: Technology, levers: int) -> Array:
    """The part that runs through households: what they buy of moving products, and their own fuels; (K,)."""
    bought = model.economy.households[:, :, region]  # (R, S) by supplier
    size = (year.weights.households[:, region] * year.weights.scale[region])[_MOVING]
    per_unit = (caused * bought).sum(axis=0)[_MOVING] * size
    out = _difference(tech.household_rows[..., 0], levers) @ per_unit
    here = slice(region, region + 1)
    power = bought[:, _POWER]
    if power.sum() > 0:
        per_yuan = float(caused[:, _POWER] @ power / power.sum())
        out += _difference(model.household_power(t, tech, here)[:, 0], levers) * per_yuan
    own = model.household_co2(t, tech, here).sum(axis=-1)[:, 0]
    return np.asarray(out + _difference(own, levers) * year.own_factor[region])
