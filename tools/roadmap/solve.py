"""Solves x = A_t x + y where A_t differs from the base table in the rows of nine products only.

With L0 the base inverse, E the columns of those rows and W = A0_rows * (psi - 1):

    x = L0 y + L0 E (I - W L0 E)^-1 W L0 y          (Woodbury; rank 9 R)

``Solver`` holds L0 and its parts; ``Factored`` is one year's system, also transposed for adjoints; ``Solver.sweep``
solves many runs at once by preconditioned iteration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.roadmap.names import PRODUCTS
from tools.roadmap.state import moving_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SWEEPS = 60
_ROUGHLY = 1e-4  # how far sweeps in single precision are taken


@dataclass(frozen=True)
class Near:
    """A system already formed that others of the same year differ from in few buyers only."""

    rows: Array  # (9, R, S)
    product: Array  # W L0 E, (9R, 9R)


@dataclass(frozen=True)
class Factored:
    """One year's system, ready to solve."""

    solver: Solver
    delta: Array  # W, (9R, n)
    product: Array  # W L0 E, (9R, 9R)

    @cached_property
    def core(self) -> Array:
        """(I - W L0 E)^-1, (9R, 9R); formed where one system is solved many times."""
        return np.asarray(np.linalg.inv(np.eye(len(self.product)) - self.product))

    def _core(self, columns: Array, transposed: bool = False) -> Array:
        if "core" in self.__dict__:
            return np.asarray((self.core.T if transposed else self.core) @ columns)
        matrix = np.eye(len(self.product)) - self.product
        return np.asarray(np.linalg.solve(matrix.T if transposed else matrix, columns), dtype=np.float64)

    def solve(self, y: Array) -> Array:
        """x for one or several columns y: (n,) or (n, m)."""
        return self.changed(self.solver.inverse @ y)

    def changed(self, unchanged: Array) -> Array:
        """x from what the base table would make, L0 y: (n,) or (n, m)."""
        return np.asarray(unchanged + self.solver.columns @ self._core(self.delta @ unchanged))

    def transposed(self, f: Array) -> Array:
        """Solves (I - A_t)' m = f: what one unit of each final demand causes in total, (n,) or (n, m)."""
        caused = self._core(self.solver.columns.T @ f, transposed=True)
        return np.asarray(self.solver.inverse.T @ (f + self.delta.T @ caused))


class Solver:
    """The base table's inverse and the parts of it that every year uses. ``inverse`` is L0, (n, n)."""

    def __init__(self, coefficients: Array, inverse: Array, regions: int) -> None:
        positions = moving_columns(regions)
        self.regions = regions
        self.inverse = inverse
        self.columns = np.ascontiguousarray(inverse[:, positions])  # L0 E, (n, 9R)
        self.rows = np.ascontiguousarray(coefficients[positions])  # A0 of the moving rows, (9R, n)
        self.by_product = self.rows.reshape(len(PRODUCTS), regions, -1)

    def factor(self, rows: Array, near: Near | None = None) -> Factored:
        """The system for multipliers ``rows`` (9, R, S) of the moving rows, formed from ``near`` where few buyers differ."""
        change = rows.reshape(len(PRODUCTS), 1, -1) - 1
        delta = (self.by_product * change).reshape(self.rows.shape)
        return Factored(self, delta, self._product(rows, delta, near))

    def _product(self, rows: Array, delta: Array, near: Near | None) -> Array:
        """W L0 E, (9R, 9R)."""
        if near is None:
            return np.asarray(delta @ self.columns)
        differs = (rows - near.rows).reshape(len(PRODUCTS), 1, -1)
        buyers = np.flatnonzero(differs.any(axis=(0, 1)))
        if 2 * len(buyers) > delta.shape[1]:
            return np.asarray(delta @ self.columns)
        extra = (self.by_product[..., buyers] * differs[..., buyers]).reshape(len(delta), -1)
        return np.asarray(near.product + extra @ self.columns[buyers])

    def sweep(self, rows: Array, y: Array, near: Factored, tolerance: float = 1e-5) -> Array:
        """x of N runs at once: rows (N, 9, R, S), y (N, n) -> (N, n).

        Iterates on the purchases z = W x of the moving products, preconditioned by the system ``near`` of a run in
        the middle of the batch: in single precision at first, then in double until no run's z moves by more than
        ``tolerance`` of its largest. Runs that have not settled after 60 sweeps are solved one by one.
        """
        change = rows.reshape(len(y), len(PRODUCTS), -1) - 1
        fixed = y @ self.inverse.T
        moved = self.double.moved(change, fixed)
        z = moved @ near.core.T
        for parts, enough in ((self.single, _ROUGHLY), (self.double, tolerance)):
            kind = parts.columns.dtype
            changed, given, correction = (a.astype(kind, copy=False) for a in (change, moved, near.core.T))
            z = z.astype(kind, copy=False)
            for _ in range(_SWEEPS):
                step = (given + parts.moved(changed, z @ parts.columns.T) - z) @ correction
                z += step
                if float(np.abs(step).max()) < enough * float(np.abs(z).max()):
                    break
            else:
                return np.array([self.factor(r).solve(one) for r, one in zip(rows, y, strict=True)])
        return np.asarray(fixed + z @ self.columns.T)

    @cached_property
    def double(self) -> Parts:
        """The parts as they are."""
        return Parts(self.columns, self.by_product)

    @cached_property
    def single(self) -> Parts:
        """The parts in single precision, which takes half the time."""
        return Parts(self.columns.astype(np.float32), self.by_product.astype(np.float32))


@dataclass(frozen=True)
class Parts:
    """What a sweep multiplies with, in one precision: L0 E (n, 9R) and the moving rows (9, R, n)."""

    columns: NDArray[Any]
    by_product: NDArray[Any]

    def moved(self, change: NDArray[Any], x: NDArray[Any]) -> NDArray[Any]:
        """Purchases of the moving products beyond the base table: multipliers less one (N, 9, n), x (N, n) -> (N, 9R)."""
        regions = self.by_product.shape[1]
        out = np.empty((len(x), self.columns.shape[1]), self.columns.dtype)
        for k, rows in enumerate(self.by_product):
            np.matmul(change[:, k] * x, rows.T, out=out[:, k * regions : (k + 1) * regions])
        return out
