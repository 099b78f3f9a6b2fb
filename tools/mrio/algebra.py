"""Input-output algebra: pure functions, arrays in, arrays out, named as in the literature.

Notation of Miller and Blair, Input-Output Analysis (2nd ed., 2009): Z flows, x output, y final demand, A = Z / x,
L = (I - A)^-1, f direct emissions per unit of output. n sectors; with R regions of S sectors, n = R * S, region-major.
Money and emissions keep the unit they come in (here 100 million yuan and Mt CO2). By subject: ``algebra_supply`` (Ghosh),
``algebra_multipliers``, ``algebra_extraction``, ``algebra_groups``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def calc_x(Z: Array, y: Array) -> Array:
    """Output (n,) as the row sums of flows ``Z`` (n, n) and final demand ``y`` (n,) or (n, k): x = Z i + y.

    Miller and Blair (2009), section 2.2.1.
    """
    return np.asarray(Z.sum(1) + (y if y.ndim == 1 else y.sum(1)))


def calc_A(Z: Array, x: Array) -> Array:
    """Direct input coefficients (n, n), a_ij = z_ij / x_j; columns without output are zero.

    Miller and Blair (2009), section 2.2.2.
    """
    return np.divide(Z, x[None, :], out=np.zeros_like(Z, dtype=np.float64), where=x[None, :] > 0)


def calc_Z(A: Array, x: Array) -> Array:
    """Flows (n, n), z_ij = a_ij x_j, in the unit of ``x``."""
    return np.asarray(A * x[None, :])


def calc_L(A: Array) -> Array:
    """Leontief inverse (I - A)^-1, (n, n). Raises numpy.linalg.LinAlgError where I - A is singular.

    Miller and Blair (2009), section 2.2.2.
    """
    return np.asarray(np.linalg.inv(np.eye(len(A)) - A))


def calc_f(emissions: Array, x: Array) -> Array:
    """Direct intensities (n,), emissions per unit of output; 0 where there is no output.

    Miller and Blair (2009), chapter 10.
    """
    return np.divide(emissions, x, out=np.zeros_like(emissions, dtype=np.float64), where=x > 0)


def embodied_intensity(f: Array, L: Array) -> Array:
    """Emissions anywhere per unit of final demand for each sector (n,), f' L: the emission multiplier."""
    return np.asarray(f @ L)


def footprint(f: Array, L: Array, Y: Array) -> Array:
    """Emissions (n, k) of each sector caused by each column of final demand ``Y`` (n, k): diag(f) L Y.

    Consumption-based accounting: Peters (2008), Ecological Economics 65; Miller and Blair (2009), chapter 10.
    """
    return np.asarray(f[:, None] * (L @ Y))


def embodied_trade(f: Array, L: Array, Y: Array, regions: int) -> Array:
    """Emissions (R, R) in the row region caused by the column region's final demand, ``Y`` (n, R).

    Emissions embodied in trade, through all intermediate trade (Peters 2008, the MRIO approach).
    """
    caused = footprint(f, L, Y)
    return np.asarray(caused.reshape(regions, -1, Y.shape[1]).sum(1))


def chain(f: Array, L: Array, y: Array) -> Array:
    """Pairs M_ij = f_i L_ij y_j (n, n): emissions of sector i in the supply chain of final demand for sector j."""
    return np.asarray(f[:, None] * L * y[None, :])


def embodied_detail(f: Array, L: Array, y: Array, sectors: int) -> Array:
    """Emissions (R, S, S) by region and sector of origin and by final product, for one place's final demand ``y`` (n,).

    The sector detail of one column of ``embodied_trade``: entry (r, i, j) is the sum over regions s of f_ri L_ri,sj y_sj.
    """
    pairs = (f[:, None] * L * y[None, :]).reshape(len(f) // sectors, sectors, -1, sectors)
    return np.asarray(pairs.sum(2))


def power_of_dispersion(L: Array) -> Array:
    """Backward linkage (n,), Rasmussen: column mean of L over the mean of L; above 1 pulls more than average.

    Rasmussen (1957); Miller and Blair (2009), chapter 12.
    """
    return np.asarray(L.mean(0) / L.mean())


def sensitivity_of_dispersion(L: Array) -> Array:
    """Forward linkage (n,), Rasmussen: row mean of L over the mean of L; above 1 is pulled more than average.

    Rasmussen (1957); rows of the Ghosh inverse are the other usual choice (Miller and Blair 2009, chapter 12).
    """
    return np.asarray(L.mean(1) / L.mean())


def emission_dispersion(f: Array, L: Array) -> tuple[Array, Array]:
    """Emission-weighted linkages (n,), (n,): column and row means of diag(f) L over its overall mean.

    Backward: the emissions a unit of final demand for the sector pulls along the chain; forward: what the sector emits when every
    sector's final demand grows by one unit. Rasmussen's indices with emissions for output.
    """
    weighted = f[:, None] * L
    mean = weighted.mean()
    if mean <= 0:
        raise ValueError("no emissions to weigh linkages with")
    return np.asarray(weighted.mean(0) / mean), np.asarray(weighted.mean(1) / mean)


def aggregate(matrix: Array, rows: list[list[int]], columns: list[list[int]]) -> Array:
    """Sums of ``matrix`` over groups of rows and columns (len(rows), len(columns))."""
    return np.array([[matrix[np.ix_(r, c)].sum() for c in columns] for r in rows])


def top(values: Any, count: int) -> list[int]:
    """Indices of the ``count`` largest positive entries of a vector, largest first; ties in index order."""
    flat = np.asarray(values, dtype=np.float64)
    order = np.argsort(-flat, kind="stable")[:count]
    return [int(i) for i in order if flat[i] > 0]
