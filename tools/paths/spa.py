"""Structural path analysis: a footprint taken apart into single supply chains, and what is left over.

A path of order k is final product j0 <- j1 <- ... <- jk with the emissions f[jk] A[jk, jk-1] ... A[j1, j0] y[j0]
(Defourny and Thorbecke 1984; Treloar 1997; Lenzen 2003). What hangs above a node, the node included, is its weight times
the total intensity m = f'L of its sector; that is the bound by which branches are cut. With A', seeds f_i and y in the
place of f the same search follows emissions downstream.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array

Indices = NDArray[np.intp]
_CHUNK = 2048  # columns of one product, to bound the memory of a broad level


@dataclass(frozen=True)
class Paths:
    """The nodes of a pruned search, p of them in the order of depth; a node ends the path from its root to it.

    ``sector`` (p,) index of the sector the path ends in, ``parent`` (p,) the node before it (-1 for a root), ``order``
    (p,) its depth, ``weight`` (p,) output of the sector required along the path, ``value`` (p,) emissions of that output:
    the path's own, ``subtree`` (p,) those with everything above. ``total`` is the footprint of the seeds, ``cut`` the
    smallest subtree that was followed (absolute), ``remainder`` what the branches not followed carry, summed branch by
    branch. value.sum() + remainder = total.
    """

    sector: Indices
    parent: Indices
    order: Indices
    weight: Array
    value: Array
    subtree: Array
    total: float
    cut: float
    remainder: float

    def chain(self, node: int) -> tuple[int, ...]:
        """Sectors of the path that ends at ``node``, from its root on."""
        out: list[int] = []
        while node >= 0:
            out.append(int(self.sector[node]))
            node = int(self.parent[node])
        return tuple(reversed(out))

    def largest(self, count: int) -> list[int]:
        """Nodes of the ``count`` largest positive path values, largest first; ties in the order found."""
        order = np.argsort(-self.value, kind="stable")[:count]
        return [int(i) for i in order if self.value[i] > 0]


def structural_paths(A: Array, f: Array, y: Array, m: Array, *, cut: float, order: int) -> Paths:
    """All nodes whose subtree exceeds ``cut`` (share of the total, 0-1) up to depth ``order``.

    ``A`` (n, n) coefficients, ``f`` (n,) intensities, ``y`` (n,) seeds (final demand), ``m`` (n,) total intensities
    f'(I - A)^-1. Works breadth first, a level at a time. Raises ValueError for a cut outside 0-1 or a negative order.
    """
    if not 0 <= cut <= 1 or order < 0:
        raise ValueError(f"cut must be a share and order not negative, got {cut} and {order}")
    total = float(m @ y)
    floor = cut * abs(total)
    bound = m * y
    seeds = np.flatnonzero(np.abs(bound) > floor)
    remainder = float(np.delete(bound, seeds).sum())
    levels = [(seeds, np.full(len(seeds), -1, dtype=np.intp), y[seeds])]
    first = 0  # number of the level's first node among all
    for _ in range(order):
        sectors, _parents, weights = levels[-1]
        if not len(sectors):
            break
        children, left = _children(A, m, sectors, weights, floor)
        remainder += left
        levels.append((children[0], children[1] + first, children[2]))
        first += len(sectors)
    else:
        sectors, _parents, weights = levels[-1]
        remainder += float(((m - f)[sectors] * weights).sum())  # above the last level
    sector = np.concatenate([s for s, _, _ in levels])
    weight = np.concatenate([w for _, _, w in levels])
    return Paths(
        sector=sector, parent=np.concatenate([p for _, p, _ in levels]),
        order=np.repeat(np.arange(len(levels)), [len(s) for s, _, _ in levels]),
        weight=weight, value=f[sector] * weight, subtree=m[sector] * weight, total=total, cut=floor,
        remainder=remainder,
    )  # fmt: skip


def _children(
    A: Array, m: Array, sectors: Indices, weights: Array, floor: float
) -> tuple[tuple[Indices, Indices, Array], float]:
    """The suppliers of a level's nodes that are followed (sector, number of the node, weight), and what the others carry."""
    found: list[tuple[Indices, Indices, Array]] = []
    left = 0.0
    for start in range(0, len(sectors), _CHUNK):
        part = slice(start, start + _CHUNK)
        needed = A[:, sectors[part]] * weights[None, part]
        carried = needed * m[:, None]
        followed = np.abs(carried) > floor
        left += float(carried.sum() - carried[followed].sum())
        rows, columns = np.nonzero(followed)
        found.append((rows, columns + start, needed[rows, columns]))
    return (
        np.concatenate([r for r, _, _ in found]),
        np.concatenate([c for _, c, _ in found]),
        np.concatenate([w for _, _, w in found]),
    ), left


def stages(A: Array, f: Array, y: Array, m: Array, count: int) -> tuple[Array, float]:
    """Emissions of the production layers 0 .. ``count`` - 1, f' A^k y (count,), and of all layers beyond them."""
    layers = np.empty(count)
    for k in range(count):
        layers[k] = f @ y
        y = A @ y
    return layers, float(m @ y)


def path_value(A: Array, f: Array, y: Array, chain: tuple[int, ...]) -> float:
    """Emissions of one path from its root ``chain[0]`` to ``chain[-1]``."""
    value = float(y[chain[0]])
    for behind, ahead in zip(chain[1:], chain, strict=False):
        value *= float(A[behind, ahead])
    return value * float(f[chain[-1]])
