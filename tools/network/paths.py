"""Measures along shortest paths: betweenness and closeness of weighted directed networks. Pure functions.

The distance along an edge is the mean weight of the edges over its weight: strong links are short. The mean only sets the
unit, so that figures do not depend on the unit of the flows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array

_TIE = 1e-12  # relative difference below which two paths are equally long
_CELLS = 1_000_000  # entries of the largest array worked on at a time


def lengths(weights: Array) -> Array:
    """Edge lengths (n, n): mean positive weight / weight, infinite where there is no edge."""
    mean = float(weights[weights > 0].mean()) if (weights > 0).any() else 1.0
    return np.divide(mean, weights, out=np.full_like(weights, np.inf), where=weights > 0)


def distances(weights: Array) -> Array:
    """Lengths (n, n) of the shortest paths from row to column, infinite where there is none, 0 on the diagonal."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    edge = lengths(weights)
    source, target = np.nonzero(weights > 0)
    graph = csr_matrix((edge[source, target], (source, target)), shape=weights.shape)
    return np.asarray(dijkstra(graph))


def closeness(distance: Array) -> Array:
    """Closeness (n,) by incoming paths: (r - 1) / sum of distances from the r - 1 nodes that reach it, times (r - 1) / (n - 1).

    Wasserman and Faust's form for networks in parts; 0 for a node that none reaches.
    """
    n = len(distance)
    away = np.where(np.isfinite(distance), distance, 0.0).sum(0)
    reaching = np.isfinite(distance).sum(0) - 1.0
    if n < 2:
        return np.zeros(n)
    return np.asarray(np.divide(reaching**2, away * (n - 1), out=np.zeros(n), where=away > 0))


def betweenness(weights: Array, distance: Array) -> Array:
    """Betweenness (n,): the part of the (n - 1)(n - 2) ordered pairs of others whose shortest path leads through the node.

    Brandes' accumulation (2001), all sources at once: step k takes the k-th nearest node of every source, so that the work is
    n steps on arrays instead of n * n steps in Python. Equally short paths share.
    """
    n = len(weights)
    if n < 3:
        return np.zeros(n)
    edge = lengths(weights)
    source, target = np.nonzero(weights > 0)
    length = edge[source, target]
    shortest = length <= distance[source, target] * (
        1 + _TIE
    )  # an edge with a shorter way round is on no shortest path
    source, target, length = source[shortest], target[shortest], length[shortest]
    out = np.zeros(n)
    block = max(1, min(n, _CELLS // max(1, len(source))))
    for first in range(0, n, block):
        out += _dependencies(distance[first : first + block], first, source, target, length, n)
    return out / ((n - 1) * (n - 2))


def _dependencies(
    distance: Array, first: int, source: NDArray[np.intp], target: NDArray[np.intp], length: Array, n: int
) -> Array:
    """Summed dependencies (n,) of a block of sources; ``distance`` (block, n), the block's first source is ``first``."""
    block = len(distance)
    over = distance[:, source] + length
    with np.errstate(invalid="ignore"):
        tight = np.isfinite(over) & (np.abs(over - distance[:, target]) <= _TIE * over)
        tight &= distance[:, source] < distance[:, target]
    row, edge = np.nonzero(tight)
    own = np.arange(block)
    # Predecessors of (row, target), padded to the largest number of them; -1 stands for none.
    key = row * n + target[edge]
    order = np.argsort(key, kind="stable")
    key, before = key[order], source[edge[order]]
    slot = np.arange(len(key)) - np.searchsorted(key, key, side="left")
    width = int(slot.max(initial=-1)) + 1
    previous = np.full((width, block, n), -1, dtype=np.int32)
    previous[slot, key // n, key % n] = before
    nearest = np.argsort(distance, axis=1, kind="stable")
    reached = int(np.isfinite(distance).sum(1).max())
    paths = np.zeros((block, n))
    paths[own, first + own] = 1.0
    for step in range(1, reached):
        at = nearest[:, step]
        for k in range(width):
            back = previous[k, own, at]
            paths[own, at] += np.where(back >= 0, paths[own, back], 0.0)
    depends = np.zeros((block, n))
    for step in range(reached - 1, 0, -1):
        at = nearest[:, step]
        share = np.divide(1.0 + depends[own, at], paths[own, at], out=np.zeros(block), where=paths[own, at] > 0)
        for k in range(width):
            back = previous[k, own, at]
            depends[own, back] += np.where(back >= 0, paths[own, back] * share, 0.0)
    depends[own, first + own] = 0.0
    return np.asarray(depends.sum(0))
