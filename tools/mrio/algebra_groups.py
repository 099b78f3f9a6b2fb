"""Aggregation of a table by groups of regions and of sectors, and the bias that it brings.

Miller and Blair (2009), chapter 4 (aggregation of sectors, its bias).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.mrio.algebra import Array, calc_A, calc_f, calc_L, embodied_trade


def bridge(groups: Sequence[Sequence[int]], size: int) -> Array:
    """Aggregation matrix (len(groups), size) of ones and zeros: every index 0..size-1 in exactly one group.

    Raises ValueError where one is missing or stands twice.
    """
    out = np.zeros((len(groups), size))
    for g, members in enumerate(groups):
        for member in members:
            out[g, member] += 1.0
    if not np.array_equal(out.sum(0), np.ones(size)):
        raise ValueError("every index must stand in exactly one group")
    return out


@dataclass(frozen=True)
class Grouped:
    """A table by groups, RG groups of regions by SG groups of sectors, region-major, N = RG * SG.

    ``Z`` (N, N), ``Y`` (N, RG), ``exports``, ``x``, ``emissions`` (N,): plain sums, so totals and balances are those of
    the detailed table. Money in the table's unit, emissions in theirs.
    """

    Z: Array
    Y: Array
    exports: Array
    x: Array
    emissions: Array

    @property
    def regions(self) -> int:
        """Number of groups of regions."""
        return int(self.Y.shape[1])

    def trade(self) -> Array:
        """Emissions (RG, RG) in the row group caused by the column group's final use, by the aggregated table."""
        A = calc_A(self.Z, self.x)
        return embodied_trade(calc_f(self.emissions, self.x), calc_L(A), self.Y, self.regions)


def grouped(
    Z: Array, Y: Array, exports: Array, x: Array, emissions: Array, regions: Sequence[Sequence[int]],
    sectors: Sequence[Sequence[int]],
) -> Grouped:  # fmt: skip
    """The table (n = R * S, region-major; ``Y`` (n, R)) summed by groups of region and of sector indices.

    Raises ValueError where the groups do not cover every region and sector exactly once.
    """
    count = sum(len(g) for g in regions)
    space = bridge(regions, count)
    whole = np.kron(space, bridge(sectors, len(x) // count))
    return Grouped(whole @ Z @ whole.T, whole @ Y @ space.T, whole @ exports, whole @ x, whole @ emissions)


def detailed_trade(trade: Array, regions: Sequence[Sequence[int]]) -> Array:
    """Embodied trade (RG, RG) of the detailed table, its (R, R) matrix summed by groups of regions."""
    space = bridge(regions, len(trade))
    return np.asarray(space @ trade @ space.T)


__all__ = ["Grouped", "bridge", "detailed_trade", "grouped"]
