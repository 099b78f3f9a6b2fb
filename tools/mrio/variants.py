"""Any result of the estimated table under its kept variants: how far it moves, and how often it stays in front.

A variant is rebuilt from its factors for each call (some milliseconds) and let go again. What is small and costly, such
as embodied trade, is kept in the process; of the large arrays only the inverse, in single precision, once a measure has
asked for it: 24 variants of the shipped table then hold 170 MB, and less than 15 MB before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from data.mrio import Emissions
from data.mrio_variants import Kept, VariantMrio, load_kept
from tools.mrio.algebra import Array
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


class VariantSystem(System):
    """A variant as a System: the same attributes, computed in single precision (relative error about 1e-6).

    The accounts are solved from one factorisation; the inverse is made only where a measure asks for ``L``.
    """

    @cached_property
    def L(self) -> Array:
        """Leontief inverse (n, n), single precision."""
        n = len(self.mrio.x)
        return np.asarray(np.linalg.inv(np.eye(n, dtype=np.float32) - self.mrio.A.astype(np.float32)))

    @cached_property
    def _solved(self) -> tuple[Array, Array]:
        """Output (n, R + 1) called forth by final use of each region and by exports, and embodied intensity (n,)."""
        from scipy.linalg import lu_factor, lu_solve

        n, wanted = len(self.mrio.x), np.column_stack([self.mrio.y, self.mrio.exports])
        factors = lu_factor(
            np.eye(n, dtype=np.float32) - self.mrio.A.astype(np.float32), overwrite_a=True, check_finite=False
        )
        output = lu_solve(factors, wanted.astype(np.float32), check_finite=False).astype(np.float64)
        intensity = lu_solve(factors, self.emissions.f.astype(np.float32), trans=1, check_finite=False)
        return output, np.asarray(intensity, dtype=np.float64)

    @cached_property
    def intensity(self) -> Array:
        """As System."""
        return self._solved[1]

    @cached_property
    def caused(self) -> Array:
        """As System."""
        return np.asarray(self.emissions.f[:, None] * self._solved[0][:, :-1])

    @cached_property
    def exported(self) -> Array:
        """As System."""
        return np.asarray(self.emissions.f * self._solved[0][:, -1])

    @cached_property
    def trade(self) -> Array:
        """As System."""
        r = len(self.mrio.regions)
        return np.asarray(self.caused.reshape(r, -1, r).sum(1))


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
        system.__dict__.update(self.left[number])
        return system

    def _keep(self, number: int, system: System) -> None:
        """Keep the derived arrays that are small, the solution and the inverse."""
        for name, value in vars(system).items():
            if name in ("L", "_solved") or (isinstance(value, np.ndarray) and value.nbytes <= SMALL):
                self.left[number][name] = value


_KEPT: dict[tuple[str, int], _Variants | None] = {}
_LOADING = threading.Lock()


def _variants(warehouse: Warehouse, year: int) -> _Variants | None:
    key = (warehouse.dataset.checksum, year)
    with _LOADING:
        if key not in _KEPT:
            kept = load_kept(warehouse, year)
            if kept is not None:
                emissions = get_system(warehouse, year).emissions
                _KEPT[key] = _Variants(kept, emissions, [{} for _ in range(len(kept))])
            else:
                _KEPT[key] = None
        return _KEPT[key]


def spread(warehouse: Warehouse, year: int, measure: Measure, *, top: int | None = None) -> Spread | None:
    """``measure`` on the central estimate and on every kept variant of the year's table.

    ``measure`` maps a System to an array of one shape for all; it must not write into the System's arrays. None where
    the dataset keeps no variants: a published table, the nation's own, a dataset built without them. Raises NotAvailable
    for a year without a table.
    """
    if not warehouse.has("mrio_variants"):
        return None
    found = _variants(warehouse, year)
    if found is None:
        return None
    central = np.asarray(measure(get_system(warehouse, year)), dtype=np.float64)
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


__all__ = ["Measure", "Spread", "VariantSystem", "spread"]
