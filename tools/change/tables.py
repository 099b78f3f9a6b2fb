"""Two years of input-output tables as systems to decompose, and value added with CO2 by sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data.classification import Place, find_sector, mrio_sector
from data.errors import BadRequest, NotAvailable
from data.mrio import CATEGORIES, KINDS, SECTORS, load_emissions, load_mrio, table_years
from data.text import Text
from tools.change.lmdi import Array
from tools.change.sda import Side, deflated

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Deflators = float | dict[str, float]
_NATION = (("TC",), ("FU201", "FU202"), ("EX",))  # consumption; fixed capital and stocks together; exports
_TOLERANCE = 1e-6  # of output: larger differences of rows are no rounding


@dataclass(frozen=True)
class Table:
    """One year's system, with the indices of the sectors whose emissions are decomposed (members x 42)."""

    year: int
    side: Side
    x: Array
    emitters: NDArray[np.int_]
    source: str = "io_national"  # the dataset's table behind it
    estimated: bool = False
    balancing: bool = False  # whether it has a balancing item, which then stands with exports


def inventory_years(warehouse: Warehouse) -> tuple[int, ...]:
    """Years of the 42-sector inventory."""
    return tuple(int(r[0]) for r in warehouse.rows("SELECT DISTINCT year FROM co2_42 ORDER BY year"))


def years_of(warehouse: Warehouse, where: Place) -> tuple[int, ...]:
    """Years with a table that answers for the place: national ones for China, interprovincial ones for the others."""
    if where.kind != "nation":
        return table_years(warehouse)
    if not warehouse.has("io_national"):
        return ()
    return tuple(int(r[0]) for r in warehouse.rows("SELECT DISTINCT year FROM io_national ORDER BY year"))


def load_table(warehouse: Warehouse, where: Place, year: int) -> Table:
    """The system of a place and year; Mt and 100M yuan at the prices of the year.

    Raises NotAvailable for a year without table or inventory, or a place without an inventory.
    """
    return _national(warehouse, year) if where.kind == "nation" else _provincial(warehouse, where, year)


def _national(warehouse: Warehouse, year: int) -> Table:
    cells = {
        (row, column): value
        for row, column, value in warehouse.rows(
            "SELECT row_code, column_code, value_100m_yuan FROM io_national WHERE year = ? AND origin = 'domestic'", (year,)
        )
    }  # fmt: skip
    codes = [f"{i:02d}" for i in range(1, SECTORS + 1)]
    x = np.array([cells.get((c, "GO"), 0.0) for c in codes])
    flows = np.array([[cells.get((a, b), 0.0) for b in codes] for a in codes])
    final = np.array([[sum(cells.get((c, k), 0.0) for k in category) for category in _NATION] for c in codes])
    off = np.abs(x - flows.sum(1) - final.sum(1)).max()
    if off > _TOLERANCE * x.max():
        raise NotAvailable(
            "unbalanced_table",
            Text(f"{year}年全国投入产出表的行不平衡（最大差{off:.3g}亿元），不能做结构分解；请重新建立数据集。",
                 f"The rows of the national table of {year} do not balance (largest gap {off:.3g} x 100M yuan), so it "
                 "cannot be decomposed; build the dataset again."),
        )  # fmt: skip
    co2 = _co2_42(warehouse, "CN", year)
    coefficients = np.divide(flows, x[None, :], out=np.zeros_like(flows), where=x > 0)
    f = np.divide(co2, x, out=np.zeros_like(x), where=x > 0)
    return Table(year, Side(f, coefficients, final), x, np.arange(SECTORS)[None, :])


def _provincial(warehouse: Warehouse, where: Place, year: int) -> Table:
    """Categories: own consumption, own capital formation with stocks, use of the other provinces, exports (with a
    published table's balancing item, so that the terms make up all of production)."""
    mrio = load_mrio(warehouse, year)
    emissions = load_emissions(warehouse, mrio)
    codes = where.members or (where.code,)
    inside = [mrio.regions.index(c) for c in codes]
    if all(c in emissions.missing for c in codes):
        raise NotAvailable(
            "no_inventory",
            Text(f"{where.name.zh}没有二氧化碳清单，无法分解其排放变化（无数据不等于零）；可问邻近的青海、四川、云南或新疆。",
                 f"{where.name.en} has no CO2 inventory, so its change cannot be decomposed (no data, not zero); ask for "
                 "its neighbours Qinghai, Sichuan, Yunnan or Xinjiang."),
            ("Qinghai", "Sichuan", "Yunnan", "Xinjiang"),
        )  # fmt: skip
    consumption = [CATEGORIES.index(c) for c in ("rural", "urban", "government")]
    capital = [CATEGORIES.index(c) for c in ("fixed_capital", "stock_change")]
    own = mrio.Y[:, inside].sum(1)
    elsewhere = mrio.Y.sum((1, 2)) - own.sum(1)
    error = np.zeros_like(mrio.x) if mrio.error is None else mrio.error
    out = mrio.exports + error
    final = np.stack([own[:, consumption].sum(1), own[:, capital].sum(1), elsewhere, out], axis=1)
    emitters = np.array([[i * SECTORS + k for k in range(SECTORS)] for i in inside])
    f = np.zeros(len(mrio.x))
    f[emitters.reshape(-1)] = emissions.f[emitters.reshape(-1)]
    balancing = bool((np.abs(error) > 1e-9 * np.abs(mrio.x).max()).any())
    return Table(year, Side(f, mrio.A, final), mrio.x, emitters, mrio.source, mrio.kind == "estimated", balancing)


def at_constant_prices(table: Table, deflators: Deflators) -> Table:
    """The table of the last year at the prices of the first: rows divided by their product's price rise.

    ``deflators`` is the price index of the last year with the first at 100, one number for all or by sector, where
    ``total`` holds for those not named. Raises BadRequest for an index that is not above zero or sectors left out,
    UnknownName for a sector that is not known.
    """
    index = _index(deflators) / 100.0
    every = np.tile(index, len(table.x) // SECTORS)
    co2 = table.side.f * table.x
    coefficients, final, x = deflated(table.side.A, table.side.Y, table.x, every)
    f = np.divide(co2, x, out=np.zeros_like(x), where=x > 0)
    return replace(table, side=Side(f, coefficients, final), x=x)


def _index(deflators: Deflators) -> Array:
    named = dict(deflators) if isinstance(deflators, Mapping) else {"total": float(deflators)}
    if any(not 0 < v < float("inf") for v in named.values()):
        raise BadRequest(
            "bad_deflator",
            Text(
                "价格指数须为正数（起始年=100），如 104.2。",
                "A price index is above zero (first year = 100), e.g. 104.2.",
            ),
        )
    out = np.full(SECTORS, np.nan)
    for name, value in sorted(named.items(), key=lambda item: -len(find_sector(item[0]).mrio)):  # the finer wins
        numbers = find_sector(name).mrio or ((part,) if (part := find_sector(name).part_of) else ())
        out[[n - 1 for n in numbers]] = value
    if np.isnan(out).any():
        first = mrio_sector(int(np.flatnonzero(np.isnan(out))[0]) + 1).name
        raise BadRequest(
            "missing_deflator",
            Text(f"价格指数未覆盖全部42个部门（如“{first.zh}”）；请补上，或用 total 给出其余部门的指数。",
                 f"The price indices leave out sectors (such as {first.en}); add them, or give total for the rest."),
        )  # fmt: skip
    return out


def _co2_42(warehouse: Warehouse, region: str, year: int) -> Array:
    found = dict(
        warehouse.rows("SELECT sector_no, sum(mt) FROM co2_42 WHERE region = ? AND year = ? GROUP BY 1", (region, year))
    )
    if not found:
        raise NotAvailable(
            "no_inventory_year",
            Text(f"没有{year}年的二氧化碳清单；清单覆盖1997至2019年。",
                 f"There is no CO2 inventory of {year}; the inventories cover 1997 to 2019."),
        )  # fmt: skip
    return np.array([found.get(i, 0.0) for i in range(1, SECTORS + 1)])


def activity(warehouse: Warehouse, where: Place, held: tuple[Place, ...], year: int) -> tuple[Array, Array]:
    """Value added (42,) and production CO2 (42,) of a place and year, over the members that have an inventory.

    Raises NotAvailable for a year without either.
    """
    codes = ("CN",) if where.kind == "nation" else tuple(p.code for p in held)
    marks = ", ".join("?" * len(codes))
    if where.kind == "nation":
        sql = (
            "SELECT CAST(column_code AS INTEGER), sum(value_100m_yuan) FROM io_national WHERE year = ? AND row_code = 'TVA' "
            "AND TRY_CAST(column_code AS INTEGER) IS NOT NULL GROUP BY 1"
        )
        found = dict(warehouse.rows(sql, (year,)))
    else:
        sql = f"SELECT sector, sum(value_added_100m_yuan) FROM mrio_sector WHERE year = ? AND region IN ({marks}) GROUP BY 1"
        found = dict(warehouse.rows(sql, (year, *codes)))
    value = np.array([found.get(i, 0.0) for i in range(1, SECTORS + 1)])
    return value, np.sum([_co2_42(warehouse, c, year) for c in codes], axis=0)


def pooled(first: tuple[Array, Array], last: tuple[Array, Array]) -> tuple[Array, Array, tuple[tuple[int, ...], ...]]:
    """Activity and CO2 (2, S) with sectors that emit without activity joined to their kind, and the sectors of each."""
    lone = {i + 1 for value, co2 in (first, last) for i in np.flatnonzero((value <= 0) & (co2 > 0))}
    kinds = [k for k in KINDS if lone & set(k)]
    joined = {n for k in kinds for n in k}
    groups = (*kinds, *((n,) for n in range(1, SECTORS + 1) if n not in joined))

    def of(which: int) -> Array:
        return np.array([[side[which][[n - 1 for n in g]].sum() for g in groups] for side in (first, last)])

    return of(0), of(1), groups


__all__ = [
    "Deflators", "Table", "activity", "at_constant_prices", "inventory_years", "load_table", "pooled", "years_of",
]  # fmt: skip
