"""The table ready for analysis: coefficients inverted once per dataset and process, and places as parts of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.arrays import is_kept, kept
from data.classification import Place, place
from data.errors import NotAvailable
from data.mrio import Emissions, Mrio, default_year, load_emissions, load_mrio, national
from data.text import Text, joined
from tools.mrio.algebra import Array, calc_L, chain
from tools.mrio.solve import INVERSE_UP_TO, Solver

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True)
class System:
    """A table with its emissions; what is costly is computed at first use and kept. Mt CO2 and 100M yuan."""

    mrio: Mrio
    emissions: Emissions
    checksum: str = ""  # of the dataset, under which the inverse is kept on disk; "" keeps it in the process only

    @cached_property
    def solver(self) -> Solver:
        """Solves with the table's A and its transpose."""
        if not self.checksum or len(self.mrio.x) > INVERSE_UP_TO:
            return Solver(self.mrio.A)
        name = f"inverse_{self.mrio.year}_{len(self.mrio.regions)}"

        def made() -> Array:
            return kept(self.checksum, name, lambda: {"L": calc_L(self.mrio.A)})["L"]

        return Solver(self.mrio.A, made() if is_kept(self.checksum, name) else None, made)

    @cached_property
    def L(self) -> Array:
        """Leontief inverse (n, n)."""
        return self.solver.L

    @cached_property
    def intensity(self) -> Array:
        """Embodied intensity f' L (n,), Mt per 100M yuan of final demand."""
        return self.solver.solve_transposed(self.emissions.f)

    @cached_property
    def caused(self) -> Array:
        """CO2 of each sector by the region whose final use causes it (n, R), Mt."""
        return np.asarray(self.emissions.f[:, None] * self.solver.solve(self.mrio.y))

    @cached_property
    def trade(self) -> Array:
        """CO2 in the row region caused by the column region's final use (R, R), Mt."""
        r = len(self.mrio.regions)
        return np.asarray(self.caused.reshape(r, -1, r).sum(1))

    @cached_property
    def exported(self) -> Array:
        """CO2 of each sector embodied in exports from anywhere in the country (n,), Mt."""
        return np.asarray(self.emissions.f * self.solver.solve(self.mrio.exports))

    @cached_property
    def balancing(self) -> Array:
        """CO2 of each sector embodied in the published table's balancing item (n,), Mt: in no one's footprint."""
        if self.mrio.error is None:
            return np.zeros(len(self.mrio.x))
        return np.asarray(self.emissions.f * self.solver.solve(self.mrio.error))

    @cached_property
    def pairs(self) -> Array:
        """Chain pairs M (n, n), Mt: emissions of i for the final products of j, whoever uses them."""
        return chain(self.emissions.f, self.L, self.mrio.y.sum(1) + self.mrio.exports)

    @cached_property
    def Z(self) -> Array:
        """Domestic flows (n, n), 100M yuan."""
        return self.mrio.Z


_SYSTEMS: dict[tuple[str, int, bool], System] = {}
_BUILDING = threading.Lock()


def get_system(warehouse: Warehouse, year: int | None = None, nation: bool = False) -> System:
    """The provinces' system of a year (default: the latest table's), or the nation's; one per dataset and process.

    Raises NotAvailable for a year without a table.
    """
    year = default_year(warehouse) if year is None else year
    key = (warehouse.dataset.checksum, year, nation)
    with _BUILDING:
        if key not in _SYSTEMS:
            mrio = load_mrio(warehouse, year)
            if nation:
                mrio = national(mrio)
            _SYSTEMS[key] = System(mrio, load_emissions(warehouse, mrio), warehouse.dataset.checksum)
        return _SYSTEMS[key]


@dataclass(frozen=True)
class Scope:
    """A place as part of a system: ``inside`` its regions' indices, ``outside`` the others.

    ``rows`` are the indices of its sectors, members together, sector-major within each member.
    """

    place: Place
    system: System
    inside: tuple[int, ...]

    @property
    def outside(self) -> tuple[int, ...]:
        """Indices of the other regions."""
        return tuple(i for i in range(len(self.system.mrio.regions)) if i not in self.inside)

    @property
    def rows(self) -> Array:
        """Indices (members, 42) of the place's sectors."""
        s = len(self.system.mrio.sectors)
        return np.array([[i * s + k for k in range(s)] for i in self.inside])

    def sectors(self, vector: Array) -> Array:
        """A vector (n,) or matrix (n, k) summed over the place's members: (42,) or (42, k)."""
        return np.asarray(vector[self.rows].sum(0))

    def flows(self) -> Array:
        """Domestic flows within the place (42, 42), 100M yuan."""
        rows = self.rows
        return np.asarray(sum(self.system.Z[np.ix_(a, b)] for a in rows for b in rows))

    @property
    def missing(self) -> tuple[Place, ...]:
        """Members without an emission inventory."""
        codes = [self.system.mrio.regions[i] for i in self.inside]
        return tuple(place(code) for code in codes if code in self.system.emissions.missing)


def scope_of(warehouse: Warehouse, where: Place, year: int | None = None) -> Scope:
    """A place in the system that answers for it: the nation in its own, provinces and groups in the provinces'. The year is
    by default that of the latest table.

    Raises NotAvailable for a year without a table, and for a place that the table does not hold.
    """
    if where.kind == "nation":
        return Scope(where, get_system(warehouse, year, nation=True), (0,))
    system = get_system(warehouse, year)
    regions = system.mrio.regions
    codes = [code for code in where.members or (where.code,) if code in regions]
    if not codes:
        raise NotAvailable(
            "not_in_table",
            Text(f"{system.mrio.year}年的省际投入产出表不含{where.name.zh}；请换一个省份或年份。",
                 f"The interprovincial table of {system.mrio.year} does not hold {where.name.en}; take another province or year."),
        )  # fmt: skip
    return Scope(where, system, tuple(regions.index(code) for code in codes))


def need_inventory(scope: Scope) -> None:
    """Raises NotAvailable where none of the place's members has an inventory (Tibet): its zeros are no data."""
    if len(scope.missing) == len(scope.inside):
        name = scope.place.name
        raise NotAvailable(
            "no_inventory",
            Text(f"{name.zh}没有二氧化碳清单，无法计算其隐含碳（无数据不等于零）；可以问其投入产出金额，或邻近的青海、四川、云南、新疆。",
                 f"{name.en} has no CO2 inventory, so its embodied carbon cannot be computed (no data, not zero); ask for its "
                 "money flows, or for its neighbours Qinghai, Sichuan, Yunnan or Xinjiang."),
            ("Qinghai", "Sichuan", "Yunnan", "Xinjiang"),
        )  # fmt: skip


def missing_caveat(scope: Scope) -> Text | None:
    """What to say where some members of a group have no inventory; None where all have."""
    if not scope.missing:
        return None
    names = joined([p.name for p in scope.missing])
    return Text(
        f"{names.zh}没有二氧化碳清单，其排放未计入（不是零）。",
        f"{names.en} has no CO2 inventory; its emissions are left out, not zero.",
    )


__all__ = ["Scope", "System", "get_system", "missing_caveat", "need_inventory", "scope_of"]
