"""Index decomposition by the logarithmic mean Divisia index, method I (LMDI-I).

An aggregate is a sum of products, V = sum_k x_1k x_2k ... x_mk. Arrays of factors are (m, k): one row per factor, one
column per part (fuel, sector); a factor that all parts share is repeated along its row. Sources: Ang (2004), Energy Policy
32(9), 1131-1139; Ang (2015), Energy Policy 86, 233-238; zeros: Ang and Liu (2007), Energy Policy 35(1), 238-246.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def log_mean(a: ArrayLike, b: ArrayLike) -> Array:
    """L(a, b) = (a - b) / ln(a / b), L(a, a) = a, and its limit 0 where either is 0. Elementwise, unit of a.

    Raises ValueError for negative values, of which there is no logarithmic mean.
    """
    first, second = np.broadcast_arrays(np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64))
    if (first < 0).any() or (second < 0).any():
        raise ValueError("the logarithmic mean is of numbers that are not negative")
    low, high = np.minimum(first, second), np.maximum(first, second)
    out = np.zeros(first.shape)
    inside = low > 0
    grown = (high[inside] - low[inside]) / low[inside]
    # low * g / ln(1 + g) stays exact where the two are close
    ratio = np.divide(grown, np.log1p(grown), out=np.ones_like(grown), where=grown > 0)
    out[inside] = low[inside] * ratio
    return out


def additive(start: ArrayLike, end: ArrayLike) -> Array:
    """Contributions (m, k) of each factor and part to the change of V; they sum to V(end) - V(start).

    ``start`` and ``end`` are (m, k), not negative. Zeros take the limit of Ang and Liu's small values: a part that
    appears or vanishes counts wholly with the factors that are zero on one side, in equal shares where there are several;
    a part that is zero at both ends contributes nothing. A factor that is not known on one side because the part is
    absent there (0/0, given as NaN) keeps the value of the other side, so that absence counts with the factor that
    made it. Raises ValueError for shapes that differ, negative values, or a factor unknown on both sides of a part
    that is there.
    """
    x0, x1 = _paired(start, end)
    v0, v1 = x0.prod(0), x1.prod(0)
    weight = log_mean(v1, v0)
    both = (x0 > 0) & (x1 > 0)
    ratio = np.divide(x1, x0, out=np.ones_like(x0), where=both)
    terms = weight * np.log(ratio)
    for k in np.flatnonzero((v0 > 0) != (v1 > 0)):
        absent = (x0[:, k] == 0) if v0[k] == 0 else (x1[:, k] == 0)
        terms[:, k] = np.where(absent, (v1[k] - v0[k]) / absent.sum(), 0.0)
    return np.asarray(terms)


def multiplicative(start: ArrayLike, end: ArrayLike) -> Array:
    """Index (m,) of each factor; their product is V(end) / V(start).

    D_x = exp(sum_k [L(V_k) / L(V)] ln(x_k end / x_k start)), which is exp(additive / L(V)). Raises ValueError as
    ``additive`` does, and where the aggregate is zero in either year.
    """
    x0, x1 = _paired(start, end)
    total0, total1 = float(x0.prod(0).sum()), float(x1.prod(0).sum())
    if total0 <= 0 or total1 <= 0:
        raise ValueError("an index of an aggregate that is zero does not exist")
    return np.asarray(np.exp(additive(x0, x1).sum(1) / log_mean(total1, total0)))


def chained(years: Sequence[ArrayLike]) -> Array:
    """Annual chaining: ``additive`` from each array (m, k) to the next, (len - 1, m, k).

    Summed over the first axis it is the change between the ends; unlike the comparison of the end points it follows the
    path between them. Raises ValueError for fewer than two years.
    """
    if len(years) < 2:
        raise ValueError("a chain needs two years at least")
    return np.stack([additive(a, b) for a, b in pairwise(years)])


def _paired(start: ArrayLike, end: ArrayLike) -> tuple[Array, Array]:
    x0, x1 = np.array(start, dtype=np.float64), np.array(end, dtype=np.float64)
    if x0.ndim != 2 or x0.shape != x1.shape:
        raise ValueError("start and end are both factors by parts, of one shape")
    unknown0, unknown1 = np.isnan(x0), np.isnan(x1)
    gone = (unknown0 & unknown1).any(0)
    if gone.any():  # unknown on both sides: fitting only where the part is zero by another factor on both sides
        if not ((x0 == 0).any(0) & (x1 == 0).any(0))[gone].all():
            raise ValueError("a factor is unknown in both years")
        x0[:, gone], x1[:, gone] = 0.0, 0.0
        unknown0, unknown1 = np.isnan(x0), np.isnan(x1)
    x0, x1 = np.where(unknown0, x1, x0), np.where(unknown1, x0, x1)
    if (x0 < 0).any() or (x1 < 0).any():
        raise ValueError("factors are not negative")
    return x0, x1


__all__ = ["Array", "additive", "chained", "log_mean", "multiplicative"]
