"""Any result of the estimated table under its kept variants: how far it moves, and how often it stays in front.

A variant is rebuilt for each call (some milliseconds) and let go again. What is small and costly, such as embodied
trade, is kept in the process; of the large arrays only one per variant, in single precision: the LU factors of I - A, or
the inverse once a measure has asked for ``L``. The 24 variants of the shipped table so hold about 190 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from data.mrio import Emissions, Mrio, table_years
from data.mrio_variants import Kept, VariantMrio, load_kept
from tools.mrio.algebra import Array
from tools.mrio.solve import Solver
from tools.mrio.system import System, get_system

if TYPE_CHECKING:
    from data.warehouse import Warehouse

SMALL = 1 << 20  # bytes of a derived array that is kept from call to call
Measure = Callable[[System], Array]


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest and highest value over the central estimate and its variants, each in the shape of the measure; ``stays``
    the share of variants (0-1) in which an entry is among the ``top`` largest of the flattened measure, None without
    ``top``. An entry that stays in fewer than 80 % is "not robust" and never leads an answer."""

    low: Array
    high: Array
    stays: Array | None


class SingleSolver(Solver):
    """Solver of one variant in single precision (relative error about 1e-6), which makes the variant's A at need.

    It solves by LU factors, and by the inverse once ``L`` was asked for; of the two it keeps one. ``small`` is therefore
    false until then: whoever can do with a solve should.
    """

    def __init__(self, table: Callable[[], Mrio]) -> None:
        self._table = table
        self._inverse: Any = None
        self._factors: Any = None
        self._lock = threading.Lock()
        self.small = False  # until the inverse is at hand

    def _left(self) -> Any:
        """I - A, single precision."""
        left = np.negative(self._table().A, dtype=np.float32)
        left[np.diag_indices(len(left))] += 1
        return left

    @property
    def L(self) -> Array:
        """Leontief inverse (n, n), single precision."""
        with self._lock:
            if self._inverse is None:
                self._inverse, self._factors = np.linalg.inv(self._left()), None
                self.small = True
            return np.asarray(self._inverse)

    def _solve(self, right: Array, start: Array | None, transposed: bool) -> Array:
        from scipy.linalg import lu_factor, lu_solve

        columns: Any = np.asarray(right, dtype=np.float32)  # SciPy's types forget single precision
        with self._lock:
            if self._inverse is not None:
                found = (self._inverse.T if transposed else self._inverse) @ columns
            else:
                if self._factors is None:
                    self._factors = lu_factor(self._left(), overwrite_a=True, check_finite=False)
                found = lu_solve(self._factors, columns, trans=1 if transposed else 0, check_finite=False)
        return np.asarray(found, dtype=np.float64)

    @property
    def nbytes(self) -> int:
        """Memory it holds."""
        held = (self._inverse, *(self._factors or ()))
        return sum(array.nbytes for array in held if array is not None)


class VariantSystem(System):
    """A variant as a System: the same attributes, solved in single precision."""

    @cached_property
    def solver(self) -> Solver:
        """Solves with the variant's A and its transpose."""
        return SingleSolver(lambda: self.mrio)


def columns_of(system: System, at: NDArray[np.intp]) -> Array:
    """Columns (n, k) of the Leontief inverse, without making it where it is not at hand."""
    if not system.solver.small:
        return system.solver.solve(_units(len(system.mrio.x), at))
    return np.asarray(system.L[:, at], dtype=np.float64)


def rows_of(system: System, at: NDArray[np.intp]) -> Array:
    """Rows (k, n) of the Leontief inverse, without making it where it is not at hand."""
    if not system.solver.small:
        return system.solver.solve_transposed(_units(len(system.mrio.x), at)).T
    return np.asarray(system.L[at], dtype=np.float64)


def _units(n: int, at: NDArray[np.intp]) -> Array:
    units = np.zeros((n, len(at)))
    units[at, np.arange(len(at))] = 1.0
    return units


@dataclass
class _Variants:
    """The variants of one dataset and year in this process, and what earlier calls left of each."""

    kept: Kept
    emissions: Emissions
    left: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def measured(self, number: int, measure: Measure) -> Array:
        """``measure`` on one variant. One caller at a time, so that only one variant is ever whole in memory."""
        with self.lock:
            system = self._system(number)
            values = np.asarray(measure(system), dtype=np.float64)
            self._keep(number, system)
        return values

    def _system(self, number: int) -> System:
        mrio = VariantMrio(self.kept, number)
        f = np.divide(self.emissions.co2, mrio.x, out=np.zeros_like(mrio.x), where=mrio.x > 0)
        system = VariantSystem(mrio, replace(self.emissions, f=f))
        left = self.left[number]
        left.setdefault("solver", SingleSolver(lambda: VariantMrio(self.kept, number)))
        system.__dict__.update(left)
        return system

    def _keep(self, number: int, system: System) -> None:
        """Keep the derived arrays that are small; the solver keeps its own. ``L`` is the solver's."""
        for name, value in vars(system).items():
            if isinstance(value, np.ndarray) and value.nbytes <= SMALL:
                self.left[number][name] = value


_KEPT: dict[tuple[str, int], _Variants | None] = {}
_LOADING = threading.Lock()


def _variants(warehouse: Warehouse, year: int) -> _Variants | None:
    key = (warehouse.dataset.checksum, year)
    with _LOADING:
        if key not in _KEPT:
            _KEPT.clear()  # one table's variants at a time, so that memory stays bounded
            kept = load_kept(warehouse, year)
            if kept is not None:
                emissions = get_system(warehouse, year).emissions
                _KEPT[key] = _Variants(kept, emissions, [{} for _ in range(len(kept))])
            else:
                _KEPT[key] = None
        return _KEPT[key]


def warm(warehouse: Warehouse, year: int = 2017) -> None:
    """Solve the variants of a year ahead, so that ranges take milliseconds. Nothing where there are none or no table."""
    if year in table_years(warehouse):
        spread(warehouse, year, lambda system: system.trade)


def spread(warehouse: Warehouse, year: int, measure: Measure, *, top: int | None = None) -> Spread | None:
    """``measure`` on the central estimate and on every kept variant of the year's table.

    ``measure`` maps a System to an array of one shape for all; it must not write into the System's arrays. None where
    the dataset keeps no variants: a published table, the nation's own, a dataset built without them. Raises NotAvailable
    for a year without a table.
    """
    if not warehouse.has("mrio_variants"):
        return None
    system = get_system(warehouse, year)
    found = _variants(warehouse, year) if system.mrio.kind == "estimated" else None
    if found is None:
        return None
    central = np.asarray(measure(system), dtype=np.float64)
    low, high = central.copy(), central.copy()
    stays = None if top is None else np.zeros(central.shape)
    for number in range(len(found.kept)):
        values = found.measured(number, measure)
        np.minimum(low, values, out=low)
        np.maximum(high, values, out=high)
        if stays is not None and top is not None:
            stays += values >= _least(values, top)
    return Spread(low, high, None if stays is None else stays / len(found.kept))


def _least(values: Array, top: int) -> float:
    """The smallest of the ``top`` largest entries; all of them stay where there are no more."""
    flat = values.reshape(-1)
    return float(np.partition(flat, -top)[-top]) if 0 < top < flat.size else float(flat.min(initial=np.inf))


__all__ = ["Measure", "SingleSolver", "Spread", "VariantSystem", "columns_of", "rows_of", "spread", "warm"]
