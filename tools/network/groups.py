"""Clustering and communities. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.mrio.algebra import Array

SEED = 2060
_TRIES = 10  # partitions tried in a small network; the best modularity is taken
_SMALL = 150


def clustering(weights: Array) -> Array:
    """Clustering (n,) of a weighted directed network, Fagiolo (2007): how strongly a node's partners deal with each other.

    The geometric mean of the three weights of every triangle, whatever its directions, over the triangles possible; weights
    relative to the largest; 0 for a node with fewer than two partners.
    """
    largest = float(weights.max(initial=0.0))
    if largest <= 0:
        return np.zeros(len(weights))
    root = np.cbrt(weights / largest)
    both = root + root.T
    triangles = _triangles(both)
    edges = weights > 0
    degree = edges.sum(0) + edges.sum(1)
    mutual = (edges & edges.T).sum(1)
    possible = 2.0 * (degree * (degree - 1.0) - 2.0 * mutual)
    return np.asarray(np.divide(triangles, possible, out=np.zeros(len(weights)), where=possible > 0))


def _triangles(both: Array) -> Array:
    """Row sums (n,) of (B B) * B, by way of the entries that are not zero where these are few."""
    from scipy.sparse import csr_array

    if np.count_nonzero(both) > both.size / 20:
        return np.asarray(((both @ both) * both).sum(1))
    thin = csr_array(both)
    return np.asarray((thin @ thin).multiply(thin).sum(1)).reshape(-1)


@dataclass(frozen=True)
class Partition:
    """Communities: ``label`` (n,) from 0, by the flow within each, largest first; -1 for nodes without an edge.

    ``modularity`` is that of the partition in the symmetric network w_ij + w_ji (Newman 2004).
    """

    label: np.ndarray[tuple[int], np.dtype[np.int64]]
    modularity: float

    @property
    def count(self) -> int:
        """Number of communities."""
        return int(self.label.max(initial=-1)) + 1


def communities(weights: Array, seed: int = SEED) -> Partition:
    """Communities by the Louvain method (Blondel et al. 2008) on the symmetric network, the same for the same seed.

    In small networks the partition of the highest modularity of ten is taken, since one run depends on the order of nodes.
    """
    import networkx

    n = len(weights)
    label = np.full(n, -1, dtype=np.int64)
    both = weights + weights.T
    touched = np.flatnonzero(both.sum(1) > 0)
    if len(touched) == 0:
        return Partition(label, 0.0)
    source, target = np.nonzero(np.triu(both))
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(touched.tolist())
    graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), both[source, target].tolist(), strict=True))
    best: list[set[int]] = []
    score = -np.inf
    for trial in range(_TRIES if n <= _SMALL else 1):
        found = networkx.community.louvain_communities(graph, weight="weight", seed=seed + trial)
        value = float(networkx.community.modularity(graph, found, weight="weight"))
        if value > score + 1e-12:
            best, score = [set(part) for part in found], value
    order = sorted(best, key=lambda part: (-float(both[np.ix_(sorted(part), sorted(part))].sum()), min(part)))
    for number, part in enumerate(order):
        label[sorted(part)] = number
    return Partition(label, score)
