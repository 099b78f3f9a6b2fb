"""A place over the years: CO2 by fuel group or sector group, population, GDP and energy consumption, from the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.classification import PROVINCES, Place, Sector, inventory_sector, place, sector
from data.text import Text
from tools.change.lmdi import Array
from tools.figures.gaps import no_place
from tools.measures import MEASURES

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Split = Literal["none", "fuel", "sector"]
FUELS: tuple[tuple[str, Text], ...] = (
    ("coal", Text("煤炭", "coal")),
    ("oil", Text("石油", "oil")),
    ("gas", Text("天然气", "natural gas")),
    ("process", Text("水泥过程", "cement process")),
)
_REST = Text("其他制造业", "other manufacturing")
# The 47 sectors of the inventory in parts that together are the whole.
_KEYS = (
    "power_heat", "ferrous", "nonmetallic_minerals", "chemicals", "petroleum_coking", "nonferrous", "mining", "transport",
    "construction", "services", "agriculture", "households",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of the emissions: inventory numbers or a fuel group; ``sector`` where it is one of the classification."""

    name: Text
    numbers: tuple[int, ...] = ()
    fuel: str | None = None
    sector: Sector | None = None


def sector_parts() -> tuple[Part, ...]:
    """The sectors in 14 parts: those that emit most by themselves, the others together."""
    parts: list[Part] = []
    taken: set[int] = set()
    for key in _KEYS:
        found = sector(key)
        numbers = tuple(n for n in found.inventory if n not in taken)
        taken.update(numbers)
        short = found.short
        name = Text("运输以外的服务业", "services other than transport") if key == "services" else short
        parts.append(Part(name, numbers, sector=found if key != "services" else None))
    light = tuple(n for n in sector("manufacturing").inventory if n not in taken)
    supply = tuple(n for n in range(1, 48) if n not in taken and n not in light)
    parts.append(Part(_REST, light))
    parts.append(Part(Text("燃气和水的供应", "gas and water supply"), supply))
    return tuple(parts)


def parts_of(split: Split, chosen: Sector | None) -> tuple[Part, ...]:
    """The parts of a split; of one sector chosen, that sector's fuels or its inventory sectors."""
    numbers = chosen.inventory if chosen else ()
    if split == "fuel":
        return tuple(Part(name, numbers, key) for key, name in FUELS)
    if split == "sector" and chosen is None:
        return sector_parts()
    if split == "sector" and len(numbers) > 1:
        return tuple(Part(inventory_sector(n).short, (n,), sector=inventory_sector(n)) for n in numbers)
    return (Part(Text("排放", "emissions"), numbers, sector=chosen),)


@dataclass(frozen=True)
class Panel:
    """A place's series. ``co2`` holds (region, year, sector number, fuel group, Mt); money is at current prices.

    ``held`` are the members that have an inventory, ``left_out`` those that have not; people, GDP and energy are of the
    held ones alone, and for China of all provinces. ``energy`` is empty where a member, or the nation, has none.
    """

    place: Place
    held: tuple[Place, ...]
    left_out: tuple[Place, ...]
    rows: tuple[tuple[int, int, str, float], ...]  # year, sector number, fuel group, Mt
    population: dict[int, float]
    gdp: dict[int, float]
    energy: dict[int, float]

    @cached_property
    def inventory_years(self) -> tuple[int, ...]:
        """Years of the inventory, ascending."""
        return tuple(sorted({r[0] for r in self.rows}))

    def years(self, energy: bool) -> tuple[int, ...]:
        """Years with an inventory, people and GDP, and energy where asked."""
        both = set(self.inventory_years) & set(self.population) & set(self.gdp)
        return tuple(sorted(both & set(self.energy) if energy else both))

    def emissions(self, parts: Sequence[Part], years: Sequence[int]) -> Array:
        """CO2 (years, parts), Mt."""
        out = np.zeros((len(years), len(parts)))
        at = {y: i for i, y in enumerate(years)}
        owner: dict[tuple[int, str], list[int]] = {}
        for year, number, group, mt in self.rows:
            if year not in at:
                continue
            if (number, group) not in owner:
                owner[number, group] = [
                    k for k, p in enumerate(parts) if (not p.numbers or number in p.numbers) and p.fuel in (None, group)
                ]
            for k in owner[number, group]:
                out[at[year], k] += mt
        return out


def load_panel(warehouse: Warehouse, where: Place) -> Panel:
    """The series of a place. Raises NotAvailable for a place without any inventory (Tibet)."""
    codes = ("CN",) if where.kind == "nation" else where.members or (where.code,)
    marks = ", ".join("?" * len(codes))
    known = {r[0] for r in warehouse.rows(f"SELECT DISTINCT region FROM co2 WHERE region IN ({marks})", codes)}
    if not known:
        raise no_place(MEASURES["co2"], where)
    held = tuple(c for c in codes if c in known)
    within = ", ".join("?" * len(held))
    rows = warehouse.rows(
        "SELECT c.year, c.sector_no, f.grp, sum(c.mt) FROM co2 c JOIN fuels f USING (fuel) "
        f"WHERE c.region IN ({within}) AND c.year IN (SELECT year FROM co2 WHERE region IN ({within}) GROUP BY year "
        "HAVING count(DISTINCT region) = ?) GROUP BY ALL ORDER BY ALL",
        (*held, *held, len(held)),
    )
    people = tuple(p.code for p in PROVINCES) if where.kind == "nation" else held
    return Panel(
        place=where,
        held=() if where.kind == "nation" else tuple(place(c) for c in held),
        left_out=tuple(place(c) for c in codes if c not in known),
        rows=tuple((int(y), int(n), str(g), float(v)) for y, n, g, v in rows),
        population=_sums(warehouse, "population", "population_10k", people),
        gdp=_sums(warehouse, "gdp", "gdp_100m_yuan", people),
        energy={} if where.kind == "nation" else _sums(warehouse, "energy_consumption", "mtce", people),
    )


def _sums(warehouse: Warehouse, table: str, column: str, codes: Sequence[str]) -> dict[int, float]:
    """Sum over the places by year, for the years in which every one has a value."""
    marks = ", ".join("?" * len(codes))
    sql = (
        f"SELECT year, sum({column}) FROM {table} WHERE region IN ({marks}) AND {column} IS NOT NULL "
        "GROUP BY year HAVING count(*) = ? ORDER BY year"
    )
    return {int(y): float(v) for y, v in warehouse.rows(sql, (*codes, len(codes)))}


__all__ = ["FUELS", "Panel", "Part", "Split", "load_panel", "parts_of", "sector_parts"]
