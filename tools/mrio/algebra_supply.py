"""Supply-side algebra (Ghosh): how output is allotted to buyers, and what primary inputs lie behind emissions.

A descriptive allocation, never an effect: the model supposes that buyers take whatever is offered, so a change in a
primary input says nothing about what would happen (Oosterhaven 1988; Miller and Blair 2009, chapter 12).
Used here to attribute emissions that did happen to those who were paid primary inputs along the chain (income-based,
"enabled" emissions: Marques, Rodrigues, Lenzen and Domingos, Ecological Economics 84, 2012).
"""

from __future__ import annotations

import numpy as np

from tools.mrio.algebra import Array


def calc_B(Z: Array, x: Array) -> Array:
    """Direct output (allocation) coefficients (n, n), b_ij = z_ij / x_i; rows without output are zero.

    ``Z`` (n, n) and ``x`` (n,) in one unit. Miller and Blair (2009), chapter 12.
    """
    return np.divide(Z, x[:, None], out=np.zeros_like(Z, dtype=np.float64), where=x[:, None] > 0)


def calc_G(B: Array) -> Array:
    """Ghosh inverse (I - B)^-1 (n, n): x' = v' G. Raises numpy.linalg.LinAlgError where I - B is singular.

    Miller and Blair (2009), chapter 12.
    """
    return np.asarray(np.linalg.inv(np.eye(len(B)) - B))


def ghosh_from_leontief(L: Array, x: Array) -> Array:
    """Ghosh inverse (n, n) from the Leontief inverse, g_ij = l_ij x_j / x_i (similar matrices).

    Sectors without output keep the identity's row and column: they neither sell nor buy. Miller and Blair (2009), chapter 12.
    """
    active = x > 0
    G = np.divide(L * x[None, :], x[:, None], out=np.zeros_like(L), where=active[:, None] & active[None, :])
    G[~active, ~active] = 1.0
    return G


def calc_x_from_v(G: Array, v: Array) -> Array:
    """Output (n,) from primary inputs ``v`` (n,) of every kind, imported inputs included: x' = v' G."""
    return np.asarray(v @ G)


def enabling_intensity(L: Array, emissions: Array, x: Array) -> Array:
    """Emissions here and downstream per unit of primary input of each sector (n,): G f = x^-1 L e, e = ``emissions``.

    Unit: that of ``emissions`` per unit of ``x``; 0 without output. Marques et al. (2012), the income-based twin of
    ``embodied_intensity``; written with L so that one inverse serves both sides.
    """
    spread = np.asarray(L @ emissions)
    return np.divide(spread, x, out=np.zeros_like(spread), where=x > 0)


def enabled(L: Array, emissions: Array, x: Array, V: Array) -> Array:
    """Emissions (n, k) of each sector that the primary inputs ``V`` (n, k) lie behind: (V' G diag(f))'.

    Summed over all primary inputs (value added and imported inputs) it is what the sectors emit, since x' = v' G.
    """
    share = np.divide(V, x[:, None], out=np.zeros_like(V, dtype=np.float64), where=x[:, None] > 0)
    return np.asarray(emissions[:, None] * (L.T @ share))


__all__ = ["calc_B", "calc_G", "calc_x_from_v", "enabled", "enabling_intensity", "ghosh_from_leontief"]
