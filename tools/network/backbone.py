"""The backbone of a dense network: the edges that carry it. Pure functions.

Two ways: the largest flows (a share of all possible ones), and the disparity filter of Serrano, Boguna and Vespignani
(2009, PNAS 106, 6483-6488), which keeps an edge that is large for one of its ends, however small that end is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array
from tools.network.flows import Links

Index = NDArray[np.intp]


@dataclass(frozen=True)
class Backbone:
    """Edges kept of a network of ``n`` nodes, largest first; ``total`` is the flow of all edges it had, ``edges`` their number."""

    n: int
    source: Index
    target: Index
    weight: Array
    total: float
    edges: int

    @property
    def covered(self) -> float:
        """Part of the flow that the kept edges carry, 0..1."""
        return float(self.weight.sum()) / self.total if self.total > 0 else 0.0

    @cached_property
    def nodes(self) -> Index:
        """Nodes that at least one kept edge touches, ascending."""
        return np.unique(np.concatenate([self.source, self.target]))

    @property
    def reached(self) -> float:
        """Part of the nodes that the kept edges touch, 0..1."""
        return len(self.nodes) / self.n if self.n else 0.0

    def pairs(self) -> list[tuple[int, int, float]]:
        """The kept edges as (source, target, weight), largest first."""
        return list(zip(self.source.tolist(), self.target.tolist(), self.weight.tolist(), strict=True))

    def first(self, count: int) -> Backbone:
        """The ``count`` largest of the kept edges."""
        return replace(self, source=self.source[:count], target=self.target[:count], weight=self.weight[:count])

    def matrix(self) -> Array:
        """The kept edges as a matrix (n, n), zero elsewhere."""
        out = np.zeros((self.n, self.n))
        out[self.source, self.target] = self.weight
        return out


def _kept(found: Links, mask: NDArray[np.bool_]) -> Backbone:
    """The edges of a mask, largest first, equal ones in the order of the nodes."""
    source, target = np.nonzero(mask)
    weight = found.weights[source, target]
    order = np.argsort(-weight, kind="stable")
    return Backbone(
        len(found.weights), source[order], target[order], weight[order], found.total, int((found.weights > 0).sum())
    )


def top_share(found: Links, percent: float) -> Backbone:
    """The largest flows, as many as ``percent`` of the n * n possible ones (5 percent of 42 * 42 are 88), at least one.

    Raises ValueError for a percentage outside (0, 100].
    """
    if not 0 < percent <= 100:
        raise ValueError("percent must lie in (0, 100]")
    n = len(found.weights)
    count = min(max(1, round(n * n * percent / 100)), int((found.weights > 0).sum()))
    if count == 0:
        return _kept(found, np.zeros((n, n), dtype=bool))
    flat = found.weights.reshape(-1)
    least = np.partition(flat, flat.size - count)[flat.size - count]
    mask = flat > least
    equal = np.flatnonzero(flat == least)  # of flows equal to the smallest kept, the first in order fill up the number
    mask[equal[: count - int(mask.sum())]] = True
    return _kept(found, mask.reshape(n, n))


def significance(weights: Array) -> Array:
    """The disparity filter's alpha_ij (n, n): the chance that an edge is as large a part of its end's flow by random splitting.

    For an end with k edges and a part p in the edge, alpha = 1 - (k - 1) * integral_0^p (1 - x)^(k - 2) dx = (1 - p)^(k - 1);
    the smaller of the supplier's and the buyer's. An end with one edge says nothing (alpha 1), nor do edges of weight 0.
    """
    alpha = np.ones_like(weights)
    for axis in (1, 0):
        degree = (weights > 0).sum(axis, keepdims=True)
        strength = weights.sum(axis, keepdims=True)
        part = np.divide(weights, strength, out=np.zeros_like(weights), where=strength > 0)
        by_end = np.where(degree > 1, (1.0 - np.minimum(part, 1.0)) ** np.maximum(degree - 1, 0), 1.0)
        alpha = np.minimum(alpha, by_end)
    return np.where(weights > 0, alpha, 1.0)


def disparity_filter(found: Links, alpha: float) -> Backbone:
    """The edges whose ``significance`` lies below ``alpha``. Raises ValueError for alpha outside (0, 1)."""
    if not 0 < alpha < 1:
        raise ValueError("alpha must lie in (0, 1)")
    return _kept(found, significance(found.weights) < alpha)
