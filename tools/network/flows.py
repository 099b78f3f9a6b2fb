"""Flows between sectors and provinces as weighted directed networks: pure functions, arrays in, arrays out.

Three kinds of flow, all from supplier (row) to buyer (column), n = regions * sectors, region-major:

- money: intermediate deliveries z_ij;
- chain: M_ij = f_i L_ij y_j, emissions of i in the supply chain of final products of j. Every tonne is counted once;
- deliveries: e_i z_ij with e = f' L, carbon embodied in what i delivers to j. A tonne is counted again at every step of its
  chain, so that these flows add to more than the emissions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.mrio.algebra import Array


def delivery_flows(e: Array, Z: Array) -> Array:
    """Carbon (n, n) embodied in the intermediate deliveries z_ij: e_i z_ij with ``e`` (n,) the embodied intensities f' L."""
    return np.asarray(e[:, None] * Z)


def within(flows: Array, blocks: Sequence[Sequence[int]]) -> Array:
    """The network (s, s) of the sectors of a place: flows among its regions, summed over pairs of regions.

    ``blocks`` holds, per region of the place, the indices of its sectors in one order.
    """
    rows = [np.asarray(b) for b in blocks]
    return np.asarray(sum(flows[np.ix_(a, b)] for a in rows for b in rows))


def between(flows: Array, regions: int) -> Array:
    """The network (R, R) of regions: flows summed over the sectors at both ends."""
    sectors = len(flows) // regions
    return np.asarray(flows.reshape(regions, sectors, regions, sectors).sum((1, 3)))


def part(flows: Array, rows: Sequence[int]) -> Array:
    """The network (k, k) of some nodes, without what they exchange with others."""
    return np.asarray(flows[np.ix_(rows, rows)])


@dataclass(frozen=True)
class Links:
    """A matrix of flows made fit for a network: ``weights`` (n, n) with an empty diagonal and nothing below zero.

    ``own`` is what was on the diagonal, ``negative`` the sum of what lay below zero (stocks drawn down), at most 0: both are
    left out, since no path leads along them.
    """

    weights: Array
    own: float
    negative: float

    @property
    def total(self) -> float:
        """Flow between different nodes."""
        return float(self.weights.sum())

    @property
    def own_share(self) -> float:
        """The nodes' flows to themselves in all flows, 0..1."""
        whole = self.total + self.own
        return self.own / whole if whole > 0 else 0.0


def links(flows: Array) -> Links:
    """``flows`` (n, n) without self-loops and negative entries. Raises ValueError for entries that are not finite."""
    if not np.isfinite(flows).all():
        raise ValueError("flows must be finite")
    weights = flows.astype(np.float64, copy=True)
    own = float(np.maximum(np.diagonal(weights), 0.0).sum())
    np.fill_diagonal(weights, 0.0)
    negative = float(weights[weights < 0].sum())
    np.maximum(weights, 0.0, out=weights)
    return Links(weights, own, negative)
