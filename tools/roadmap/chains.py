"""Pairs along the chain: what sector i emits for final product j, and how that falls along a path.

M_ij = f_i L_ij y_j, with y_j all final demand and exports of product j. A pair touches a place if its emitter or its
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
    Known = dict[tuple[tuple[str, int], ...], tuple[float | None, float | None, float | None]]

SHOWN: tuple[int, ...] = (2017, 2030, 2035, 2045, 2060)
_CUT = SHOWN.index(2045)  # the joint cut is counted from the first year to this one
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
        return self.carbon[0] - self.carbon[_CUT]

    @property
    def robust(self) -> bool:
        """Whether at least 80 % of the table's variants keep the pair in front."""
        return self.share is not None and self.share >= _ROBUST


@dataclass(frozen=True)
class Touching:
    """Embodied emissions of all pairs that touch a place of k regions in one year, Mt."""

    made: Array  # (n, k * S): emitter anywhere, final product made in the place
    emitted: Array  # (k * S, n): emitter in the place, final product made anywhere


def touching(model: Model, t: int, u: Array, regions: tuple[int, ...]) -> Touching:
    """Both lists for one year: two solves with 42 columns per region."""
    year = model.year(t, u)
    final = year.demand.sum(axis=1) + year.exports.reshape(-1)
    mine = _nodes(regions)
    columns = np.zeros((len(final), len(mine)))
    columns[mine, np.arange(len(mine))] = final[mine]
    made = year.system.solve(columns) * year.intensity[:, None]
    rows = np.zeros((len(final), len(mine)))
    rows[mine, np.arange(len(mine))] = year.intensity[mine]
    emitted = year.system.transposed(rows).T * final
    return Touching(made, np.asarray(emitted))


def _nodes(regions: tuple[int, ...]) -> NDArray[np.int64]:
    """Indices of the regions' sectors among all n."""
    return np.concatenate([np.arange(r * SECTORS, (r + 1) * SECTORS) for r in regions])


def pairs(
    warehouse: Warehouse, model: Model, path: Path, regions: tuple[int, ...], most: int = 12
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs with the largest joint cut, and those with most left in 2060; a sector's pair with itself is left out."""
    found = [touching(model, at(y), path.deployment[..., at(y)], regions) for y in SHOWN]
    made = np.array([f.made for f in found])  # (5, n, k S)
    emitted = np.array([f.emitted for f in found])
    nodes = _nodes(regions)
    made[:, nodes, np.arange(len(nodes))] = 0.0
    emitted[:, :, nodes] = 0.0  # those pairs stand in ``made`` already
    names = model.economy.regions
    known: Known = {}
    for r in regions:  # robust is a pair that stays in front for one of its two provinces
        for ends, entry in _variants(warehouse, names[r]).items():
            if ends not in known or (entry[2] or 0.0) > (known[ends][2] or 0.0):
                known[ends] = entry

    def rank(score_made: Array, score_emitted: Array) -> tuple[Pair, ...]:
        flat = np.concatenate([score_made.ravel(), score_emitted.ravel()])
        order = np.argsort(-flat, kind="stable")[:most]
        return tuple(_pair(int(k)) for k in order if flat[k] > 0)

    def _pair(k: int) -> Pair:
        if k < made[0].size:
            i, j = divmod(k, len(nodes))
            carbon = made[:, i, j]
            emitter, product = i, int(nodes[j])
        else:
            i, j = divmod(k - made[0].size, emitted.shape[2])
            carbon = emitted[:, i, j]
            emitter, product = int(nodes[i]), j
        ends = tuple((names[p // SECTORS], p % SECTORS + 1) for p in (emitter, product))
        low, high, share = known.get(ends, (None, None, None))
        return Pair(ends[0], ends[1], tuple(float(c) for c in carbon), low, high, share)

    return rank(made[0] - made[_CUT], emitted[0] - emitted[_CUT]), rank(made[-1], emitted[-1])


def _variants(warehouse: Warehouse, code: str) -> Known:
    """Range and stability of the region's chain pairs of 2017 over the variants of the estimated table."""
    known = pair_bounds(warehouse, 2017, "province", code)
    return {(p.supplier, p.buyer): (p.bound.low, p.bound.high, p.bound.stays) for p in known}
