"""Demand-side shocks of the open static Leontief model at fixed prices, as changes of output.

Miller and Blair, Input-Output Analysis (2nd ed., 2009): final demand as the cause (ch. 2), output of some sectors as the
cause (mixed models, ch. 13). Changed input coefficients are solved through the sectors they touch (Sherman-Morrison-
Woodbury), so that no second system is solved. ``own`` are the k sectors touched, L = (I - A)^-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array

Indices = NDArray[np.intp]


def output_change(columns: Array, own: Indices, change: Array) -> Array:
    """Change of output (n,) where that of the sectors ``own`` is given, ``change`` (k,), and all other final demand stays.

    ``columns`` (n, k) = L[:, own]. The mixed model: final demand of ``own`` is what adapts. Raises
    numpy.linalg.LinAlgError where the sectors' block of L is singular.
    """
    return np.asarray(columns @ np.linalg.solve(columns[own], change))


def row_change(columns: Array, D: Array, x: Array) -> Array:
    """Change of output (n,) where k rows of A change by ``D`` (k, n) and final demand stays, from output ``x`` (n,).

    ``columns`` (n, k) of L for the same sectors. x' - x = columns t with t = D x' = (I - D columns)^-1 D x.
    """
    needed = np.linalg.solve(np.eye(len(D)) - D @ columns, D @ x)
    return np.asarray(columns @ needed)


def column_change(effect: Array, own: Indices, x: Array) -> Array:
    """Change of output (n,) or (n, c) where the columns ``own`` of A change by D and final demand stays.

    ``effect`` (n, k) = L D; ``x`` (n,) or (n, c) output before, as many columns as there are vectors of final demand.
    x' - x = effect x'[own] with x'[own] = (I - effect[own])^-1 x[own].
    """
    after = np.linalg.solve(np.eye(len(own)) - effect[own], x[own])
    return np.asarray(effect @ after)
