"""The model's parameters as read from the table ``roadmap_defaults``, and the version they give the model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from data.errors import DatasetError
from data.text import Text
from tools.roadmap.names import GROUP_KEYS, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from data.warehouse import Warehouse

ENGINE = "1.3"  # raise when the equations change: it is part of the recorded model version


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row: value with its range."""

    name: str
    scope: str
    year: int | None
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Defaults:
    """All parameters. ``version`` changes with any value, range or scope, and with the engine."""

    parameters: tuple[Parameter, ...]
    version: str
    _index: Mapping[tuple[str, str], tuple[Parameter, ...]] = field(repr=False, compare=False)

    def rows(self, name: str, scope: str) -> tuple[Parameter, ...]:
        """All rows of a parameter for a scope. Raises DatasetError where there is none."""
        found = self._index.get((name, scope))
        if not found:
            raise DatasetError(
                "missing_default",
                Text(f"路线图参数表缺少 {name}（{scope}）；请用 `tanlu data build` 重建数据集。",
                     f"The roadmap defaults lack {name} ({scope}); rebuild the dataset with `tanlu data build`."),
            )  # fmt: skip
        return found

    def value(self, name: str, scope: str) -> float:
        """The value of a parameter that stands once."""
        return self.rows(name, scope)[0].value

    def triangle(self, name: str) -> tuple[float, float, float]:
        """Low, mode and high of a triangular distribution."""
        row = self.rows(name, "all")[0]
        assert row.low is not None and row.high is not None  # the builder writes both for these rows
        return row.low, row.value, row.high

    def knots(self, name: str, scope: str) -> NDArray[np.float64]:
        """A parameter over all YEARS, linear between its knots and flat outside them; shape (T,)."""
        rows = self.rows(name, scope)
        return np.interp(YEARS, [float(r.year or 0) for r in rows], [r.value for r in rows])

    def by_group(self, name: str) -> NDArray[np.float64]:
        """A parameter per sector group, 0 where a group has no row; shape (groups,)."""
        return np.array(
            [self._index[(name, g)][0].value if (name, g) in self._index else 0.0 for g in GROUP_KEYS], dtype=float
        )

    def by_sector(self, name: str, missing: float) -> NDArray[np.float64]:
        """A parameter per sector of the 42; a row of scope ``other`` serves the rest, else ``missing``."""
        rest = self._index.get((name, "other"))
        other = rest[0].value if rest else missing
        numbers = (f"{n:02d}" for n in range(1, 43))
        return np.array([self._index[(name, n)][0].value if (name, n) in self._index else other for n in numbers])


def from_records(records: Iterable[Mapping[str, Any]]) -> Defaults:
    """Defaults from rows with the columns of ``roadmap_defaults``, in any order."""
    parameters = tuple(
        Parameter(r["name"], r["scope"], r["year"], r["value"], r["low"], r["high"])
        for r in sorted(records, key=lambda r: int(r["ord"]))
    )
    index: dict[tuple[str, str], tuple[Parameter, ...]] = {}
    digest = hashlib.sha256(ENGINE.encode())
    for p in parameters:
        index[(p.name, p.scope)] = (*index.get((p.name, p.scope), ()), p)
        digest.update(repr((p.name, p.scope, p.year, p.value, p.low, p.high)).encode())
    return Defaults(parameters, f"roadmap-{ENGINE}+{digest.hexdigest()[:10]}", index)


def load_defaults(warehouse: Warehouse) -> Defaults:
    """The defaults of a dataset."""
    return from_records(
        warehouse.records("SELECT ord, name, scope, year, value, low, high FROM roadmap_defaults ORDER BY ord")
    )
