"""Specialisation and carbon intensity of provinces' sectors from the interprovincial table: pure sums over a System."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.change.location import quotient
from tools.change.sda import Array
from tools.mrio.system import System

Basis = Literal["output", "value_added", "exports", "outflows"]
MEASURES: tuple[Basis, ...] = ("output", "value_added", "exports", "outflows")


def outflows(system: System, inside: tuple[int, ...]) -> Array:
    """What the regions' sectors sell to the other provinces (S,), 100M yuan: output less use inside and exports abroad."""
    mrio, s = system.mrio, len(system.mrio.sectors)
    rows = np.array([i * s + k for i in inside for k in range(s)])
    used = np.asarray(mrio.A[np.ix_(rows, rows)], dtype=np.float64) @ mrio.x[rows]
    own = mrio.y[np.ix_(rows, np.array(inside))].sum(1)
    sold = (mrio.x[rows] - used - own - mrio.exports[rows]).reshape(len(inside), s).sum(0)
    return np.asarray(np.where(sold > 1e-6 * mrio.x[rows].reshape(len(inside), s).sum(0), sold, 0.0))


def by_region(system: System, basis: Basis) -> Array:
    """The measure of every region's sectors (R, S), 100M yuan, not negative."""
    mrio, s = system.mrio, len(system.mrio.sectors)
    if basis == "outflows":
        return np.stack([outflows(system, (i,)) for i in range(len(mrio.regions))])
    vector = {"output": mrio.x, "value_added": mrio.value_added, "exports": mrio.exports}[basis]
    return np.maximum(vector.reshape(-1, s), 0.0)


def of_place(system: System, basis: Basis, inside: tuple[int, ...]) -> Array:
    """Quotients of one place (S,) against all regions together: location quotient, or RCA for exports and outflows."""
    every = by_region(system, basis)
    own = outflows(system, inside) if basis == "outflows" else every[list(inside)].sum(0)
    return np.asarray(quotient(own[None, :], every.sum(0))[0])


def of_sectors(system: System, basis: Basis, numbers: tuple[int, ...]) -> Array:
    """Quotients of every region in some sectors taken together (R,)."""
    every = by_region(system, basis)
    rest = [k for k in range(every.shape[1]) if k + 1 not in numbers]
    joint = np.column_stack([every[:, [n - 1 for n in numbers]].sum(1), every[:, rest].sum(1)])
    return np.asarray(quotient(joint)[:, 0])


@dataclass(frozen=True)
class Carbon:
    """Direct intensity (Mt per 100M yuan of output) of a place and its ratio to the regions' that have an inventory; NaN
    where the place has no output or no inventory."""

    own: Array
    relative: Array


def carbon(system: System, rows: NDArray[np.int_], columns: NDArray[np.int_] | None = None) -> Carbon:
    """Intensities of the sectors of ``rows`` (members, S); with ``columns`` those sectors (indices) together, one value."""
    emissions, mrio = system.emissions, system.mrio
    s = len(mrio.sectors)
    known = [i for i, code in enumerate(mrio.regions) if code not in emissions.missing]
    every = np.array([[i * s + k for k in range(s)] for i in known])
    mine = np.array([r for r in rows if int(r[0]) // s in known], dtype=int).reshape(-1, s)

    def ratio(at: NDArray[np.int_]) -> Array:
        co2, x = emissions.co2[at].sum(0), mrio.x[at].sum(0)
        if columns is not None:
            co2, x = co2[columns].sum(keepdims=True), x[columns].sum(keepdims=True)
        return np.asarray(np.divide(co2, x, out=np.full(len(x), np.nan), where=x > 0))

    own, whole = ratio(mine), ratio(every)
    return Carbon(own, np.divide(own, whole, out=np.full(len(own), np.nan), where=whole > 0))


__all__ = ["MEASURES", "Basis", "Carbon", "by_region", "carbon", "of_place", "of_sectors", "outflows"]
