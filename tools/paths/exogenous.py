"""Demand-side shocks of the open static Leontief model at fixed prices, as changes of output.

Miller and Blair, Input-Output Analysis (2nd ed., 2009): final demand as the cause (ch. 2), output of some sectors as the
cause (mixed models, ch. 13). Changed input coefficients are solved through the sectors they touch (Sherman-Morrison-
Woodbury), so that no second inverse is formed. ``L`` (n, n) is (I - A)^-1, ``own`` the k sectors touched.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array

Indices = NDArray[np.intp]


def demand_change(L: Array, dy: Array) -> Array:
    """Change of output (n,) caused by a change ``dy`` (n,) of final demand: L dy."""
    return np.asarray(L @ dy)


def output_change(L: Array, own: Indices, change: Array) -> Array:
    """Change of output (n,) where that of the sectors ``own`` is given, ``change`` (k,), and all other final demand stays.

    The mixed model: final demand of ``own`` is what adapts. Raises numpy.linalg.LinAlgError where the sectors' block of
    L is singular.
    """
    return np.asarray(L[:, own] @ np.linalg.solve(L[np.ix_(own, own)], change))


def row_change(L: Array, own: Indices, D: Array, x: Array) -> Array:
    """Change of output (n,) where the rows ``own`` of A change by ``D`` (k, n) and final demand stays, from output ``x``.

    x' - x = L[:, own] t with t = D x' = (I - D L[:, own])^-1 D x.
    """
    columns = L[:, own]
    needed = np.linalg.solve(np.eye(len(own)) - D @ columns, D @ x)
    return np.asarray(columns @ needed)


def column_change(L: Array, own: Indices, D: Array, x: Array) -> Array:
    """Change of output (n,) or (n, c) where the columns ``own`` of A change by ``D`` (n, k) and final demand stays.

    ``x`` (n,) or (n, c): output before, as many columns as there are vectors of final demand.
    x' - x = L D x'[own] with x'[own] = (I - (L D)[own])^-1 x[own].
    """
    effect = L @ D
    after = np.linalg.solve(np.eye(len(own)) - effect[own], x[own])
    return np.asarray(effect @ after)
