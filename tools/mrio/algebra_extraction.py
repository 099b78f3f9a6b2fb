"""Hypothetical extraction: how much output depends on a group of sectors, measured by leaving it out on paper.

A measure of importance, not a forecast: prices, substitution, imports in its place and capacity are left out. Miller
and Lahr (2001), "A taxonomy of extractions"; Miller and Blair (2009), chapter 12; Dietzenbacher and van der Linden (1997),
Journal of Regional Science 37. Everything is written with columns or rows of the inverse at hand, so that leaving out a
group K costs one small solve with L_KK instead of a new inverse. ``columns`` is L_.K (n, k), ``rows`` L_K. (k, n).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.mrio.algebra import Array

Group = NDArray[np.intp]


def complete(columns: Array, x: Array, group: Group) -> Array:
    """Output lost (n,) when ``group`` neither buys, sells nor delivers to final demand; in the group all of ``x``.

    With R the rest, x_R - (I - A_RR)^-1 y_R = L_RK L_KK^-1 x_K; in K the same product gives x_K. Never below zero where
    A and x are not negative. Unit of ``x``.
    """
    return np.asarray(columns @ _inside(columns, x, group))


def backward(columns: Array, x: Array, group: Group) -> Array:
    """Output lost (n,) when ``group`` buys nothing from domestic sectors but still delivers to final demand.

    Columns K of A are zero: x - x* = (L - I)_.K L_KK^-1 x_K (Dietzenbacher and van der Linden 1997, backward).
    """
    return _without_own(complete(columns, x, group), _inside(columns, x, group), group)


def forward(rows: Array, x: Array, group: Group) -> Array:
    """Output lost (n,) on the supply side when ``group`` sells nothing to other producers or itself, rows K of B zero.

    x' - x*' = x*_K' (G - I)_K. with x*_K' = x_K' G_KK^-1 (Dietzenbacher and van der Linden 1997, forward). The Ghosh
    model allots what is sold; read it as dependence of buyers on the group, not as an effect. Sectors of the group without
    output count for nothing.
    """
    made = x[group] > 0
    active, sold = group[made], rows[made]
    share = np.linalg.solve(sold[:, active].T, np.ones(len(active)))  # x*_K / x_K
    left = x[active] * share
    lost = (share @ sold) * x  # G_K. = x_K^-1 L_K. x
    return _without_own(np.asarray(lost), left, active)


def _inside(columns: Array, x: Array, group: Group) -> Array:
    return np.asarray(np.linalg.solve(columns[group], x[group]))


def _without_own(lost: Array, kept: Array, group: Group) -> Array:
    """Take from the loss what the group itself still makes; rounding below zero is zero."""
    out = lost.copy()
    out[group] -= kept
    tiny = 1e-12 * np.abs(lost).max(initial=0.0)
    return np.asarray(np.where((out < 0) & (out > -tiny), 0.0, out))


__all__ = ["Group", "backward", "complete", "forward"]
