"""Structural decomposition of the change of emissions between two input-output tables.

Emissions by emitting sector are e = f * (L (M c s)): intensity f (n,), Leontief inverse L (n, n), product mix of each
category of final use M (n, K; columns sum to 1), shares of the categories c (K,), scale s. A structural decomposition is
not unique: any order in which the factors change is exact. Taken here are the mean of the two polar decompositions and the
mean over all n! orders (Dietzenbacher and Los 1998, Economic Systems Research 10(4), 307-324), which is the Shapley value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from math import factorial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FACTORS = ("intensity", "technology", "mix", "categories", "scale")
Value = Callable[[tuple[int, ...]], Array]  # 0 or 1 per factor (its first or last year) -> the aggregate
_LARGE = 1e-12  # relative to all final use: a category below it has no mix


@dataclass(frozen=True)
class Side:
    """One year's system: ``f`` (n,) emissions per output, ``A`` (n, n) coefficients, ``Y`` (n, K) final use."""

    f: Array
    A: Array
    Y: Array


@dataclass(frozen=True)
class Decomposition:
    """Terms by factor (rows as FACTORS) and emitting sector (columns), Mt; each of the two sums to end - start.

    ``low`` and ``high`` (5,) are the least and the most that a factor's sum takes over all orders.
    """

    start: Array
    end: Array
    polar: Array
    shapley: Array
    low: Array
    high: Array


def shapley(value: Value, n: int) -> Array:
    """Mean contribution of each of n factors over all n! orders: (n, ...) for a value of shape (...).

    Every subset is weighed by |S|! (n - |S| - 1)! / n!, which takes 2^n values and not n! paths.
    """
    held = cache(value)
    terms = []
    for i in range(n):
        term = np.zeros_like(np.asarray(held((0,) * n)))
        for others in product((0, 1), repeat=n - 1):
            weight = factorial(sum(others)) * factorial(n - 1 - sum(others)) / factorial(n)
            after, before = (*others[:i], 1, *others[i:]), (*others[:i], 0, *others[i:])
            term = term + weight * (held(after) - held(before))
        terms.append(term)
    return np.stack(terms)


def along(value: Value, order: Sequence[int]) -> Array:
    """Contribution of each factor where they change one after the other in ``order``; (n, ...), in the factors' order."""
    state = [0] * len(order)
    now = np.asarray(value(tuple(state)))
    terms = [np.zeros_like(now)] * len(order)
    for i in order:
        state[i] = 1
        after = np.asarray(value(tuple(state)))
        terms[i] = after - now
        now = after
    return np.stack(terms)


def polar(value: Value, n: int) -> Array:
    """Mean of the two polar decompositions: first factor to last, and last to first."""
    return np.asarray((along(value, range(n)) + along(value, range(n)[::-1])) / 2)


def orders(value: Value, n: int) -> tuple[Array, Array]:
    """Least and greatest contribution of each factor over all n! orders."""
    held = cache(value)
    every = np.stack([along(held, order) for order in permutations(range(n))])
    return every.min(0), every.max(0)


def split_final(final: Array) -> tuple[Array, Array, float]:
    """Final use (n, K) as mix M (n, K), shares c (K,) and scale s: final = M * c * s.

    Raises ValueError where the whole is not positive, or a category sums to zero while its products do not.
    """
    scale = float(final.sum())
    if scale <= 0:
        raise ValueError("final use must be positive in sum")
    sums = final.sum(0)
    empty = np.abs(sums) <= _LARGE * scale
    if (np.abs(final[:, empty]) > _LARGE * scale).any():
        raise ValueError("a category of final use sums to zero while its products do not; join it to another")
    mix = np.divide(final, sums, out=np.zeros_like(final), where=~empty)
    return mix, np.where(empty, 0.0, sums / scale), scale


def deflated(coefficients: Array, final: Array, output: Array, index: Array) -> tuple[Array, Array, Array]:
    """Coefficients, final use and output of a table at the prices of index 1: each row divided by its product's price.

    ``index`` (n,) is the price of each product, all above 0. Coefficient (i, j) becomes a_ij p_j / p_i.
    """
    if (index <= 0).any():
        raise ValueError("a price index is above zero")
    return coefficients * index[None, :] / index[:, None], final / index[:, None], output / index


def decompose(start: Side, end: Side) -> Decomposition:
    """The change of emissions from ``start`` to ``end`` in five factors (see the module).

    Raises ValueError for systems of different shape.
    """
    if start.A.shape != end.A.shape or start.Y.shape != end.Y.shape or start.f.shape != end.f.shape:
        raise ValueError("the two tables differ in shape")
    # a mix of a category that is empty in one year is taken from the other, so that its growth counts as categories
    sides = (start, end)
    splits = [split_final(s.Y) for s in sides]
    mixes = [m.copy() for m, _, _ in splits]
    for k in range(start.Y.shape[1]):
        for a, b in ((0, 1), (1, 0)):
            if splits[a][1][k] == 0:
                mixes[a][:, k] = splits[b][0][:, k]
    from scipy.linalg import lu_factor, lu_solve

    factors = [lu_factor(np.eye(len(s.f)) - s.A) for s in sides]

    @cache
    def output(technology: int, mix: int, categories: int, scale: int) -> Array:
        demand = mixes[mix] @ splits[categories][1] * splits[scale][2]
        return np.asarray(lu_solve(factors[technology], demand))

    def emitted(state: tuple[int, ...]) -> Array:
        return np.asarray(sides[state[0]].f * output(*state[1:]))

    n = len(FACTORS)
    low, high = orders(lambda state: np.asarray(emitted(state).sum()), n)
    return Decomposition(
        start=emitted((0,) * n), end=emitted((1,) * n), polar=polar(emitted, n), shapley=shapley(emitted, n),
        low=low, high=high,
    )  # fmt: skip


__all__ = [
    "FACTORS", "Decomposition", "Side", "along", "decompose", "deflated", "orders", "polar", "shapley", "split_final",
]  # fmt: skip
