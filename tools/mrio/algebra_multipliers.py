"""Multipliers: what one unit of final demand for a sector takes in output, value added, imports and emissions.

Households are exogenous (open model, type I); no employment or induced (type II) effects. Miller and Blair (2009), chapter 6.
"""

from __future__ import annotations

import numpy as np

from tools.mrio.algebra import Array


def output_multipliers(L: Array) -> Array:
    """Simple output multipliers (n,), column sums of ``L`` (n, n): output anywhere per unit of final demand.

    Miller and Blair (2009), chapter 6.
    """
    return np.asarray(L.sum(0))


def factor_multipliers(c: Array, L: Array) -> Array:
    """Multipliers (n,) of a direct coefficient ``c`` (n,) per unit of output, c' L: its unit per unit of final demand.

    With value added per output the value-added multiplier, with imported inputs the import multiplier (together 1 for
    every sector), with emissions per output the emission multiplier. Miller and Blair (2009), chapters 6 and 10.
    """
    return np.asarray(c @ L)


def coefficients(amount: Array, x: Array) -> Array:
    """``amount`` (n,) per unit of output ``x`` (n,); 0 without output."""
    return np.divide(amount, x, out=np.zeros_like(amount, dtype=np.float64), where=x > 0)


def type_i(c: Array, L: Array) -> Array:
    """Type I ratios (n,), (c' L)_j / c_j: total over direct; nan where the sector has no direct coefficient.

    Miller and Blair (2009), chapter 6.
    """
    total = factor_multipliers(c, L)
    return np.divide(total, c, out=np.full_like(total, np.nan), where=c > 0)


def by_region(c: Array, L: Array, regions: int) -> Array:
    """Multipliers by the region where they arise (R, n): rows sum to ``factor_multipliers`` over regions."""
    return np.asarray((c[:, None] * L).reshape(regions, -1, L.shape[1]).sum(1))


__all__ = ["by_region", "coefficients", "factor_multipliers", "output_multipliers", "type_i"]
