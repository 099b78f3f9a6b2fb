"""One way to solve (I - A) x = y and (I - A') p = f, and to get the Leontief inverse where it is worth having.

Up to INVERSE_UP_TO sectors the inverse is made once (0.1 s at 1,302) and everything else is a product with it; only the
first FEW columns do without where it is not there yet. Above, it is never formed: the first few columns come from the
iteration x <- A x + y, which needs no memory and, as the columns of A sum to well below one, some 60 passes; once MANY
columns were asked for, from the LU factors of I - A. On two busy cores a table of 9,800 sectors took 1.7 s for one column
by iteration and 15 s for 49, 18 s for the factors and then 0.04 s and 0.4 s.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from data.errors import NotAvailable
from data.text import Text
from tools.mrio.algebra import Array, calc_L

INVERSE_UP_TO = 2_000  # sectors
FEW = 2  # columns by iteration before a small table's inverse pays
MANY = 8  # columns by iteration before the factors pay
CLOSE = 1e-13  # relative change of a pass at which the iteration ends
PASSES = 1_000
REFINED = 30  # passes through the base inverse after a change


def iterate(A: Array, y: Array, start: Array | None = None, transposed: bool = False) -> Array | None:
    """x = (I - A)^-1 y (or of A') for ``y`` (n,) or (n, k) by x <- A x + y from ``start``; None where it does not settle.

    ``start`` is a solution nearby, such as that before a shock: half the passes then do.
    """
    operator = A.T if transposed else A
    x = np.array(y if start is None else start, dtype=np.float64)
    for _ in range(PASSES):
        new = operator @ x
        new += y
        size = np.abs(new).max()
        change = np.abs(new - x).max()
        x = new
        if not np.isfinite(size):
            return None
        if change <= CLOSE * size:
            return x
    return None


class Solver:
    """Solves with one A (n, n); safe to share between threads. ``inverse``: the Leontief inverse, where it is known, and
    ``make`` what makes it (``calc_L`` if not given)."""

    def __init__(self, A: Array, inverse: Array | None = None, make: Callable[[], Array] | None = None) -> None:
        self.A = A
        self._inverse = inverse
        self._make = make
        self._factors: Any = None
        self._asked = 0
        self._lock = threading.Lock()
        self.small = len(A) <= INVERSE_UP_TO  # the inverse is worth having

    @property
    def L(self) -> Array:
        """The Leontief inverse (n, n). Raises NotAvailable above INVERSE_UP_TO sectors."""
        if not self.small:
            raise NotAvailable(
                "too_large_to_invert",
                Text(f"该表有{len(self.A)}个地区部门，不计算完整的列昂惕夫逆矩阵；请改问某个地区或部门。",
                     f"With {len(self.A)} sectors the table's whole Leontief inverse is not made; ask for one region or sector."),
            )  # fmt: skip
        with self._lock:
            if self._inverse is None:
                self._inverse = calc_L(self.A) if self._make is None else self._make()
            return self._inverse

    def solve(self, y: Array, start: Array | None = None) -> Array:
        """x = (I - A)^-1 y, (n,) or (n, k): output that final demand ``y`` calls forth."""
        return self._solve(y, start, transposed=False)

    def solve_transposed(self, f: Array, start: Array | None = None) -> Array:
        """p = (I - A')^-1 f, (n,) or (n, k): what is embodied in a unit of each product."""
        return self._solve(f, start, transposed=True)

    def changed(self, A: Array, y: Array, start: Array) -> Array:
        """x = (I - A)^-1 y for changed coefficients ``A`` near the solver's own, from ``start``, the solution before.

        Small tables: what is left of y is put through the base inverse until nothing is left, a few passes for a change in
        some sectors; else the warm-started iteration. Raises NotAvailable where neither settles: A is no table's.
        """
        x = np.array(start, dtype=np.float64)
        if self.small:
            for _ in range(REFINED):
                left = y - x + A @ x
                step = self.L @ left
                x += step
                if np.abs(step).max() <= CLOSE * np.abs(x).max():
                    return x
        found = iterate(A, y, start)
        if found is None:
            raise NotAvailable(
                "no_solution",
                Text("改动后的系数矩阵无解（列和过大）；请减小改动幅度。", "The changed coefficients have no solution (column sums too large); "
                     "take a smaller change."),
            )  # fmt: skip
        return found

    def _solve(self, right: Array, start: Array | None, transposed: bool) -> Array:
        columns = 1 if right.ndim == 1 else right.shape[1]
        with self._lock:  # the machine's threads work on one solve at a time anyway
            self._asked += columns
            if self._inverse is None and self._factors is None and self._asked <= (FEW if self.small else MANY):
                found = iterate(self.A, right, start, transposed)
                if found is not None:
                    return found
            if not self.small:
                return self._by_factors(right, transposed)
        return np.asarray((self.L.T if transposed else self.L) @ right)

    def _by_factors(self, right: Array, transposed: bool) -> Array:
        from scipy.linalg import lu_factor, lu_solve

        if self._factors is None:
            left = np.negative(self.A)
            left[np.diag_indices(len(left))] += 1.0
            self._factors = lu_factor(left, overwrite_a=True, check_finite=False)
        return np.asarray(lu_solve(self._factors, right, trans=1 if transposed else 0, check_finite=False))


__all__ = ["INVERSE_UP_TO", "Solver", "iterate"]
