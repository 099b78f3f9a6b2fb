"""Pairs along the chain: what sector i emits for final product j, and how that falls along a path.

M_ij = f_i L_ij y_j, with y_j all final demand and exports of product j. A pair touches a region if its emitter or its
final producer stands there. Pairs are ranked by the cut they share, M(2017) - M(2045), and by what is left in 2060.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.mrio.bounds import pair_bounds
from tools.roadmap.names import SECTORS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
    from tools.roadmap.model import Model, Path

    Array = NDArray[np.float64]

SHOWN: tuple[int, ...] = (2017, 2030, 2045, 2060)
_ROBUST = 0.8  # share of the table's variants in which a pair stays among the region's first twenty


@dataclass(frozen=True)
class Pair:
    """One pair of (region code, sector number); ``carbon`` in Mt at the SHOWN years.

    ``low`` and ``high`` are the range of 2017 over the variants of an estimated table and ``share`` how many of them
    keep the pair in front; None where the pair is not listed there.
    """

    emitter: tuple[str, int]
    product: tuple[str, int]
    carbon: tuple[float, ...]
    low: float | None = None
    high: float | None = None
    share: float | None = None

    @property
    def cut(self) -> float:
        """Joint cut from 2017 to 2045, Mt."""
        return self.carbon[0] - self.carbon[2]

    @property
    def robust(self) -> bool:
        """Whether at least 80 % of the table's variants keep the pair in front."""
        return self.share is not None and self.share >= _ROBUST


@dataclass(frozen=True)
class Touching:
    """Embodied emissions of all pairs that touch a region in one year, Mt."""

    made: Array  # (n, S): emitter anywhere, final product made in the region
    emitted: Array  # (S, n): emitter in the region, final product made anywhere


def touching(model: Model, t: int, u: Array, region: int) -> Touching:
    """Both lists for one year: two solves with 42 columns each."""
    year = model.year(t, u)
    final = year.demand.sum(axis=1) + year.exports.reshape(-1)
    mine = slice(region * SECTORS, (region + 1) * SECTORS)
    columns = np.zeros((len(final), SECTORS))
    columns[mine] = np.diag(final[mine])
    made = year.system.solve(columns) * year.intensity[:, None]
    rows = np.zeros((len(final), SECTORS))
    rows[mine] = np.diag(year.intensity[mine])
    emitted = year.system.transposed(rows).T * final
    return Touching(made, np.asarray(emitted))


def pairs(
    warehouse: Warehouse, model: Model, path: Path, region: int, most: int = 12
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs with the largest joint cut, and those with most left in 2060; a sector's pair with itself is left out."""
    found = [touching(model, at(y), path.deployment[..., at(y)], region) for y in SHOWN]
    made = np.array([f.made for f in found])  # (4, n, S)
    emitted = np.array([f.emitted for f in found])
    here = slice(region * SECTORS, (region + 1) * SECTORS)
    diagonal = np.arange(SECTORS)
    made[:, here][:, diagonal, diagonal] = 0.0
    emitted[:, :, here] = 0.0  # those pairs stand in ``made`` already
    known = _variants(warehouse, model.economy.regions[region])

    def rank(score_made: Array, score_emitted: Array) -> tuple[Pair, ...]:
        flat = np.concatenate([score_made.ravel(), score_emitted.ravel()])
        order = np.argsort(-flat, kind="stable")[:most]
        return tuple(_pair(int(k)) for k in order if flat[k] > 0)

    def _pair(k: int) -> Pair:
        regions = model.economy.regions
        if k < made[0].size:
            i, j = divmod(k, SECTORS)
            carbon = made[:, i, j]
            emitter, product = i, region * SECTORS + j
        else:
            i, j = divmod(k - made[0].size, emitted.shape[2])
            carbon = emitted[:, i, j]
            emitter, product = region * SECTORS + i, j
        ends = tuple((regions[p // SECTORS], p % SECTORS + 1) for p in (emitter, product))
        low, high, share = known.get(ends, (None, None, None))
        return Pair(ends[0], ends[1], tuple(float(c) for c in carbon), low, high, share)

    return rank(made[0] - made[2], emitted[0] - emitted[2]), rank(made[3], emitted[3])


def _variants(warehouse: Warehouse, code: str) -> dict[tuple[tuple[str, int], ...], tuple[float, float, float | None]]:
    """Range and stability of the region's chain pairs of 2017 over the variants of the estimated table."""
    known = pair_bounds(warehouse, 2017, "province", code)
    return {(p.supplier, p.buyer): (p.bound.low, p.bound.high, p.bound.stays) for p in known}
