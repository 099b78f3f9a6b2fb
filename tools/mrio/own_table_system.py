"""An imported table with labels of its own, ready for questions: accounts by two or three solves, never the inverse.

Region-major order, n = regions * sectors. Money in the file's unit, CO2 in Mt.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.errors import NotAvailable, UnknownName
from data.mrio_published import load_arrays
from data.package import Import
from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.solve import Solver

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True)
class Flows:
    """CO2 of a region (R,), Mt: ``arriving`` emitted in each region for its final use, ``leaving`` emitted in it for that of
    each region; its own use stands in both."""

    arriving: Array
    leaving: Array


@dataclass(frozen=True)
class OwnTable:
    """One imported table. ``y`` (n, R) final use by region; ``co2`` (n,) or None where the file has none."""

    record: Import
    A: Array
    x: Array
    y: Array
    exports: Array
    error: Array
    co2: Array | None

    @property
    def regions(self) -> tuple[str, ...]:
        """The file's regions."""
        return self.record.regions

    @property
    def sectors(self) -> tuple[str, ...]:
        """The file's sectors."""
        return self.record.sectors

    @cached_property
    def solver(self) -> Solver:
        """Solves with the table's A."""
        return Solver(self.A)

    @cached_property
    def f(self) -> Array:
        """Direct CO2 per unit of output (n,); 0 without output. Raises NotAvailable where the file holds no CO2."""
        if self.co2 is None or not np.isfinite(self.co2).any():
            raise NotAvailable(
                "no_co2_in_table",
                Text(f"导入的表 {self.record.file} 不含二氧化碳，无法计算隐含碳；请在文件中加上 CO2 行后重新导入，或改问乘数与关联。",
                     f"The imported table {self.record.file} holds no CO2, so nothing embodied can be computed; add CO2 to the file and "
                     "import it again, or ask for multipliers or linkages."),
            )  # fmt: skip
        known = np.nan_to_num(np.asarray(self.co2))
        return np.divide(known, self.x, out=np.zeros(len(self.x)), where=self.x > 0)

    @cached_property
    def embodied(self) -> Array:
        """CO2 anywhere in the table per unit of final use of each product (n,)."""
        return self.solver.solve_transposed(self.f)

    @cached_property
    def backward(self) -> Array:
        """Column sums of the Leontief inverse (n,): output anywhere per unit of final use, the output multiplier."""
        return self.solver.solve_transposed(np.ones(len(self.x)))

    @cached_property
    def forward(self) -> Array:
        """Row sums of the Leontief inverse (n,)."""
        return self.solver.solve(np.ones(len(self.x)))

    @cached_property
    def footprints(self) -> Array:
        """CO2 anywhere in the table for the final use of each region (R,), Mt."""
        return np.asarray(self.embodied @ self.y)

    @cached_property
    def produced(self) -> Array:
        """CO2 emitted in each region (R,), Mt."""
        return np.asarray((self.f * self.x).reshape(len(self.regions), -1).sum(1))

    def by_product(self, region: int) -> Array:
        """The footprint of a region by product (S,), Mt, wherever it was made."""
        return np.asarray((self.embodied * self.y[:, region]).reshape(len(self.regions), -1).sum(0))

    def flows(self, region: int) -> Flows:
        """What arrives in and leaves a region inside products, by partner: one solve each way."""
        r = len(self.regions)
        here = np.zeros(len(self.x))
        block = slice(region * len(self.sectors), (region + 1) * len(self.sectors))
        here[block] = self.f[block]
        arriving = (self.f * self.solver.solve(np.ascontiguousarray(self.y[:, region]))).reshape(r, -1).sum(1)
        return Flows(np.asarray(arriving), np.asarray(self.solver.solve_transposed(here) @ self.y))

    def linkages(self) -> tuple[Array, Array]:
        """Rasmussen's power and sensitivity of dispersion (n,), mean 1 over the whole table."""
        n, total = len(self.x), self.backward.sum()
        return np.asarray(self.backward * n / total), np.asarray(self.forward * n / total)

    def find(self, asked: str, names: tuple[str, ...], what: Text) -> int:
        """The position of a label as the file writes it. Raises UnknownName with the nearest ones."""
        plain = [name.strip().casefold() for name in names]
        wanted = asked.strip().casefold()
        if wanted in plain:
            return plain.index(wanted)
        from rapidfuzz import process

        near = tuple(names[hit[2]] for hit in process.extract(wanted, plain, limit=3))
        raise UnknownName(
            "unknown_label",
            Text(f"导入的表中没有{what.zh}“{asked}”；相近的有：{'、'.join(near)}。",
                 f"The imported table has no {what.en} '{asked}'; nearest: {', '.join(near)}."),
            near,
        )  # fmt: skip


_TABLES: dict[tuple[str, str], OwnTable] = {}
_LOADING = threading.Lock()


def own_imports(warehouse: Warehouse) -> tuple[Import, ...]:
    """The dataset's imported tables with labels of their own, oldest first."""
    return tuple(i for i in warehouse.dataset.imports if i.kind == "table" and i.classification == "own")


def own_table(warehouse: Warehouse, key: str | None = None) -> OwnTable:
    """One of the dataset's own tables, by default the last imported; one per dataset and process.

    Raises NotAvailable where the dataset has none, UnknownName for an id it does not have.
    """
    found = own_imports(warehouse)
    if not found:
        raise NotAvailable(
            "no_own_table",
            Text("现用数据集中没有自有标签的投入产出表；请先用 tanlu data import 导入。",
                 "The active dataset holds no table with labels of its own; import one first: tanlu data import FILE."),
        )  # fmt: skip
    record = found[-1] if key is None else next((i for i in found if i.id == key), None)
    if record is None:
        names = tuple(i.id for i in found)
        raise UnknownName(
            "unknown_own_table",
            Text(f"没有编号为 {key} 的导入表；现有：{'、'.join(names)}。", f"There is no imported table {key}; there are: {', '.join(names)}."),
            names,
        )  # fmt: skip
    with _LOADING:
        at = (warehouse.dataset.checksum, record.id)
        if at not in _TABLES:
            a = load_arrays(warehouse.dataset, record.id)
            _TABLES[at] = OwnTable(
                record, a["A"], a["x"], np.asarray(a["Y"].sum(2)), a["exports"], a["error"], a.get("co2")
            )
        return _TABLES[at]


__all__ = ["Flows", "OwnTable", "own_imports", "own_table"]
