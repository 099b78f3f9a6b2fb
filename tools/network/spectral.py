"""Measures by eigenvectors and walks: eigenvector and Katz centrality, PageRank, hubs and authorities. Pure functions.

Edges lead from supplier to buyer; a node is central by what arrives (from whom it buys), save for ``hubs``.
"""

from __future__ import annotations

import numpy as np

from tools.mrio.algebra import Array

_STEPS, _CLOSE = 20_000, 1e-13
DAMPING = 0.85  # PageRank: chance of following an edge instead of starting anew (Brin and Page 1998)
ATTENUATION = 0.5  # Katz: this part of the largest attenuation for which the sum over walks converges


def cyclic(weights: Array) -> bool:
    """Whether any edge lies on a cycle; without one all eigenvalues are 0 and no eigenvector ranks the nodes."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    parts, _ = connected_components(csr_matrix(weights), directed=True, connection="strong")
    return bool(parts < len(weights))


def eigenvector(weights: Array) -> Array:
    """Eigenvector centrality (n,) of incoming edges, length 1: x_j proportional to sum_i w_ij x_i.

    The power method on W' + s I from an even start, s the mean weight of a node's incoming flow, so that it does not swing
    between the parts of a bipartite network. All entries are not a number where no edge lies on a cycle.
    """
    n = len(weights)
    if not cyclic(weights):
        return np.full(n, np.nan)
    matrix = _sparse(weights).T
    shift = float(weights.sum()) / n
    x = np.full(n, 1.0 / np.sqrt(n))
    for _ in range(_STEPS):
        new = matrix @ x + shift * x
        new /= np.linalg.norm(new)
        if np.abs(new - x).max() < _CLOSE:
            break
        x = new
    return np.asarray(new)


def spectral_radius(weights: Array) -> float:
    """The largest eigenvalue of a nonnegative matrix (n, n); 0 without cycles."""
    return radius_of(weights, eigenvector(weights))


def radius_of(weights: Array, vector: Array) -> float:
    """The eigenvalue that belongs to ``eigenvector``; 0 where that is not defined."""
    return 0.0 if np.isnan(vector).any() else float(vector @ (weights.T @ vector))


def attenuation(weights: Array, radius: float | None = None) -> float:
    """Katz's alpha: ATTENUATION over the spectral radius; without cycles over the largest incoming flow of a node."""
    radius = (spectral_radius(weights) if radius is None else radius) or float(weights.sum(0).max(initial=0.0))
    return ATTENUATION / radius if radius > 0 else 0.0


def katz(weights: Array, radius: float | None = None) -> Array:
    """Katz centrality (n,), length 1: x = alpha W' x + 1, all walks that arrive, longer ones counting less (Katz 1953).

    ``radius`` is the spectral radius where it is known already.
    """
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import spsolve

    n = len(weights)
    alpha = attenuation(weights, radius)
    if n > 200:  # the iteration halves the error at every step; cheaper than factoring a large matrix
        matrix = _sparse(weights).T * alpha
        x = np.ones(n)
        for _ in range(_STEPS):
            new = matrix @ x + 1.0
            if np.abs(new - x).max() < _CLOSE * np.abs(new).max():
                break
            x = new
    else:
        new = np.atleast_1d(spsolve((eye_array(n, format="csc") - alpha * _sparse(weights).T).tocsc(), np.ones(n)))
    return np.asarray(new / np.linalg.norm(new))


def pagerank(weights: Array) -> Array:
    """PageRank (n,), sum 1: a walker follows outgoing edges by weight, with DAMPING, else starts anywhere."""
    n = len(weights)
    out = weights.sum(1)
    matrix = _sparse(np.divide(weights, out[:, None], out=np.zeros_like(weights), where=out[:, None] > 0)).T
    stuck = out <= 0
    x = np.full(n, 1.0 / n)
    for _ in range(_STEPS):
        new = DAMPING * (matrix @ x + x[stuck].sum() / n) + (1 - DAMPING) / n
        if np.abs(new - x).sum() < _CLOSE:
            break
        x = new
    return np.asarray(new)


def hits(weights: Array) -> tuple[Array, Array]:
    """Hubs and authorities (n,), each sum 1 (Kleinberg 1999): hubs deliver to good authorities, these buy from good hubs.

    All entries are not a number in a network without edges.
    """
    n = len(weights)
    if not (weights > 0).any():
        return np.full(n, np.nan), np.full(n, np.nan)
    forward = _sparse(weights / weights.max())
    backward = forward.T
    hub = np.full(n, 1.0 / n)
    for _ in range(_STEPS):
        new = forward @ (backward @ hub)
        new /= new.sum()
        if np.abs(new - hub).max() < _CLOSE:
            break
        hub = new
    authority = backward @ new
    return np.asarray(new), np.asarray(authority / authority.sum())


def _sparse(weights: Array):  # type: ignore[no-untyped-def]  # SciPy's sparse arrays carry no types
    from scipy.sparse import csr_array

    return csr_array(weights)
