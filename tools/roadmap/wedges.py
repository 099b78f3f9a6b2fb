"""How much each lever contributes to the difference of two deployments: the Aumann-Shapley path integral.

Along the straight line from u0 to u1, lever k contributes the integral of dE/du_k times (u1_k - u0_k). Four-point
Gauss-Legendre; the derivative takes one forward solve, one adjoint per column of emissions and central differences of
the technology (no further solves). The quadrature's gap is closed in proportion, so that wedges add up exactly.
A wedge is a convention: another fair rule shifts it, the sum stays. A positive one is a lever that adds emissions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tools.roadmap.names import GROUP_KEYS, GROUP_OF, HOUSEHOLDS, RENEW, SECTORS, STRUCT, YEARS
from tools.roadmap.operators import Technology, all_fuels, technology
from tools.roadmap.state import moving_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.model import Model, Year

    Array = NDArray[np.float64]

Order = Literal["joint", "supply_first"]
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)
_STEP = 1e-4


@dataclass(frozen=True)
class Columns:
    """Which emissions are attributed: ``sectors`` (n, M) and ``households`` (R, M) are 0/1 masks of M columns."""

    sectors: Array
    households: Array


def by_region(model: Model) -> Columns:
    """One column per region of the lane."""
    size = model.economy.size
    return Columns(np.repeat(np.eye(size), SECTORS, axis=0), np.eye(size))


def by_sector(model: Model, region: int) -> Columns:
    """One column per sector of a region, households last (43 columns)."""
    size = model.economy.size
    sectors = np.zeros((size * SECTORS, SECTORS + 1))
    sectors[region * SECTORS + np.arange(SECTORS), np.arange(SECTORS)] = 1.0
    households = np.zeros((size, SECTORS + 1))
    households[region, SECTORS] = 1.0
    return Columns(sectors, households)


def by_group(model: Model, regions: tuple[int, ...]) -> Columns:
    """One column per sector group of GROUP_KEYS (households last) of some regions together."""
    size, here = model.economy.size, list(regions)
    sectors = np.zeros((size, SECTORS, len(GROUP_KEYS)))
    sectors[here] = np.eye(len(GROUP_KEYS))[list(GROUP_OF)]
    households = np.zeros((size, len(GROUP_KEYS)))
    households[here, HOUSEHOLDS] = 1.0
    return Columns(sectors.reshape(size * SECTORS, -1), households)


def wedges(model: Model, u0: Array, u1: Array, t: int, columns: Columns) -> tuple[Array, float]:
    """Contribution of each lever to E(u1) - E(u0) in year ``t``: (K, M) Mt, and the relative quadrature gap closed.

    ``u0`` and ``u1`` are (K, R). Closing is by absolute size within a column.
    """
    out = np.zeros((len(u0), columns.households.shape[1]))
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        z = (node + 1) / 2
        out += weight / 2 * slopes(model, t, u0 + z * (u1 - u0), u1 - u0, columns)
    exact = emitted(model, t, u1, columns) - emitted(model, t, u0, columns)
    gap = exact - out.sum(axis=0)
    size = np.abs(out)
    total = size.sum(axis=0)
    out += gap * np.divide(size, total, out=np.zeros_like(size), where=total > 0)
    scale = np.abs(exact).sum()
    return out, float(np.abs(gap).sum() / scale) if scale > 0 else 0.0


def ordered(model: Model, u0: Array, u1: Array, t: int, columns: Columns, order: Order = "joint") -> Array:
    """Contributions (K, M) in Mt, all levers moving together, or ``supply_first``: RENEW alone, then the rest together.

    Both add up to E(u1) - E(u0). Supply first credits what a cleaner grid saves to RENEW and spares the levers that use
    power what a dirty one would emit.
    """
    if order == "joint":
        return wedges(model, u0, u1, t, columns)[0]
    between = u0.copy()
    between[RENEW] = u1[RENEW]
    return wedges(model, u0, between, t, columns)[0] + wedges(model, between, u1, t, columns)[0]


def emitted(model: Model, t: int, u: Array, columns: Columns) -> Array:
    """Emissions of a deployment (K, R) in each column, Mt; (M,)."""
    year: Year = model.year(t, u)
    return np.asarray(
        year.emissions.sum(axis=-1).reshape(-1) @ columns.sectors + year.households.sum(axis=-1) @ columns.households
    )


def slopes(model: Model, t: int, u: Array, direction: Array, columns: Columns) -> Array:
    """dE/dz of each lever moved alone along ``direction`` (K, R), for every column of emissions: (K, M)."""
    year = model.year(t, u)
    levers = len(u)
    caused = year.system.transposed(year.intensity[:, None] * columns.sectors)  # (n, M)
    moved = np.zeros((2 * levers, *u.shape))
    for k in range(levers):
        moved[k, k], moved[levers + k, k] = direction[k] * _STEP, -direction[k] * _STEP
    tech = technology(model.potentials, model.base, u + moved, np.full(2 * levers, model.deepening[t]))
    size = model.economy.size
    flat = tech.rows.reshape(2 * levers, -1, size * SECTORS)
    change = flat[:levers] - flat[levers:]
    purchases = model.solver.double.moved(change, np.broadcast_to(year.x, (levers, len(year.x))))
    demand = _demand(model, t, u + moved, tech)
    spent = purchases @ caused[moving_columns(size)] + (demand[:levers] - demand[levers:]) @ caused
    emitted = all_fuels(tech.emissions).reshape(2 * levers, -1) * (year.x * year.factor.reshape(-1))
    direct = (emitted[:levers] - emitted[levers:]) @ columns.sectors
    households = _households(model, t, tech)
    own = (households[:levers] - households[levers:]) * year.own_factor @ columns.households
    return np.asarray((spent + direct + own) / (2 * _STEP))


def _demand(model: Model, t: int, u: Array, tech: Technology) -> Array:
    """Final demand and exports of each perturbed state, (N, n)."""
    gdp = np.broadcast_to(model.drivers.gdp[:, t], (len(u), model.economy.size))
    weights = model.demand.weights(YEARS[t], u[:, STRUCT], gdp)
    return model.demand.total(weights, tech.household_rows, model.household_power(t, tech))


def _households(model: Model, t: int, tech: Technology) -> Array:
    """Households' direct CO2 before the nowcast factor, all fuels; (N, R)."""
    return np.asarray(model.household_co2(t, tech).sum(axis=-1))
