"""The interprovincial input-output table and its emissions as arrays, read from the warehouse.

Order everywhere: region-major, index = 42 * r + (sector - 1), provinces in the standard order. Money is in 100 million
yuan at current producers' prices of the table's year, CO2 in Mt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from data.arrays import kept
from data.errors import DatasetError, NotAvailable
from data.text import Text

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Array = NDArray[np.float64]
SECTORS = 42
CATEGORIES: tuple[str, ...] = ("rural", "urban", "government", "fixed_capital", "stock_change")
FUEL_GROUPS: tuple[str, ...] = ("coal", "oil", "gas", "process")
NATION = "CN"
HOUSEHOLDS = (46, 47)  # inventory sectors of direct household emissions
# CO2 booked where the table has no output moves to the largest sector of the same kind in that province.
KINDS: tuple[tuple[int, ...], ...] = (
    (24,), (14,), (13,), (12,), (11, 25), (2, 3, 4, 5), (29,), (28, *range(30, 43)), (1, 27),
    (6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20, 21, 22, 23, 26),
)  # fmt: skip


@dataclass(frozen=True)
class Mrio:
    """An interprovincial table, n = 42 * len(regions), k categories of final use (CATEGORIES).

    ``A`` (n, n) domestic direct input coefficients, 0 where there is no output; ``x`` (n,) gross output; ``Y``
    (n, regions, k) domestic final use, by producing sector, province of use and category; ``exports`` (n,) to abroad;
    ``value_added`` (n,); ``imports`` (n,) foreign products among the sector's inputs; ``final_imports``
    (42, regions, k) foreign products in final use. Rows: x = A x + Y.sum + exports. Columns: x = x * A.sum(0) +
    imports + value_added. In a published table rows hold with ``error`` added, its balancing item; value added and imports
    are NaN where the file does not give them, as are ``final_imports`` (products are not told apart). ``absent`` are sectors
    the table does not tell apart from others: their zeros are no data. ``co2`` (n,) Mt where it came with the table.
    ``source`` is the dataset's table to cite.
    """

    year: int
    kind: Literal["estimated", "published"]
    regions: tuple[str, ...]
    sectors: tuple[int, ...]
    A: Array
    x: Array
    Y: Array
    exports: Array
    value_added: Array
    imports: Array
    final_imports: Array
    error: Array | None = None
    absent: tuple[int, ...] = ()
    co2: Array | None = None
    source: str = "mrio_trade"

    @property
    def Z(self) -> Array:
        """Domestic intermediate flows (n, n), 100M yuan."""
        return np.asarray(self.A * self.x[None, :])

    @cached_property
    def y(self) -> Array:
        """Domestic final use by province (n, regions), categories summed, 100M yuan."""
        return np.asarray(self.Y.sum(2))

    def at(self, region: str, sector: int) -> int:
        """Index of a province's sector. Raises ValueError for a code or number the table does not have."""
        return self.regions.index(region) * len(self.sectors) + self.sectors.index(sector)

    def block(self, region: str) -> slice:
        """Indices of a province. Raises ValueError for a code the table does not have."""
        start = self.regions.index(region) * len(self.sectors)
        return slice(start, start + len(self.sectors))


@dataclass(frozen=True)
class Emissions:
    """Direct CO2 on the table's sectors, Mt, scope 1.

    ``co2`` (n,) production; ``by_group`` (n, 4) the same by FUEL_GROUPS; ``f`` (n,) co2 / output, Mt per 100M yuan, 0
    without output; ``households`` (regions,) direct household emissions; ``missing`` provinces without inventory: their
    zeros are no data. ``source`` the dataset's table they stand in; for CO2 that came with an imported table (then without
    fuels: ``by_group`` is NaN) the table's own. ``moved``: (region, from sector, to sector, Mt) of CO2 booked where the table has no output.
    """

    year: int
    co2: Array
    by_group: Array
    f: Array
    households: Array
    missing: tuple[str, ...]
    moved: tuple[tuple[str, int, int, float], ...]
    source: str = "co2_42"
    household_year: int | None = None  # where it is not ``year``


def table_years(warehouse: Warehouse) -> tuple[int, ...]:
    """Years with an interprovincial table, ascending; empty where the dataset has none."""
    if not warehouse.has("mrio_sector"):
        return ()
    return tuple(int(row[0]) for row in warehouse.rows("SELECT DISTINCT year FROM mrio_sector ORDER BY year"))


def default_year(warehouse: Warehouse) -> int:
    """The year answered for where none is asked: the latest published table, else the latest there is.

    Raises NotAvailable where the dataset holds no table.
    """
    published = [y for found in warehouse.dataset.imports if found.classification in ("A", "B") for y in found.years]
    years = published or list(table_years(warehouse))
    if not years:
        raise _no_table(None, ())
    return max(years)


def load_mrio(warehouse: Warehouse, year: int = 2017) -> Mrio:
    """The table of a year: an imported one as it stands, else the estimate rebuilt from its factors (Chenery-Moses: flow
    = origin share * use). Arrays are memory-mapped and read-only.

    Raises NotAvailable for a year without a table (with the years there are), DatasetError for incomplete factors.
    """
    years = table_years(warehouse)
    if year not in years:
        raise _no_table(year, years)
    if warehouse.dataset.table_import(str(year)) is not None:
        from data.mrio_published import load_published

        return load_published(warehouse.dataset, year)
    regions = tuple(row[0] for row in warehouse.rows("SELECT code FROM provinces ORDER BY ord"))
    found = kept(warehouse.dataset.checksum, f"mrio_{year}", lambda: _rebuilt(warehouse, year, regions))
    arrays: dict[str, Any] = {**found}
    return Mrio(year=year, kind="estimated", regions=regions, sectors=tuple(range(1, SECTORS + 1)), **arrays)


def _no_table(year: int | None, years: tuple[int, ...]) -> NotAvailable:
    known = "、".join(map(str, years)) or "无"
    named = f"{year}年的" if year else ""
    of = f" of {year}" if year else ""
    return NotAvailable(
        "no_mrio_year",
        Text(f"没有{named}省际投入产出表；现有年份：{known}。",
             f"There is no interprovincial table{of}; years available: {', '.join(map(str, years)) or 'none'}."),
        tuple(map(str, years)),
    )  # fmt: skip


def _rebuilt(warehouse: Warehouse, year: int, regions: tuple[str, ...]) -> dict[str, Array]:
    """The arrays of the estimate by their names in Mrio."""
    n, r = len(regions) * SECTORS, len(regions)
    order = "JOIN provinces p ON p.code = t.region WHERE t.year = ? ORDER BY p.ord"
    share = _array(
        warehouse,
        "SELECT share FROM mrio_trade t JOIN provinces o ON o.code = t.origin JOIN provinces d ON d.code = t.destination "
        "WHERE t.year = ? ORDER BY product, o.ord, d.ord", year, (SECTORS, r, r),
    )  # fmt: skip
    use = _array(
        warehouse, f"SELECT value_100m_yuan FROM mrio_use t {order}, product, buyer", year, (r, SECTORS, SECTORS)
    )
    rank = "list_position(['" + "','".join(CATEGORIES) + "'], category)"
    final = _array(
        warehouse, f"SELECT domestic_100m_yuan, imported_100m_yuan FROM mrio_final t {order}, product, {rank}",
        year, (r, SECTORS, len(CATEGORIES), 2),
    )  # fmt: skip
    sector = _array(
        warehouse,
        "SELECT output_100m_yuan, value_added_100m_yuan, exports_100m_yuan, imported_inputs_100m_yuan "
        f"FROM mrio_sector t {order}, sector", year, (n, 4),
    )  # fmt: skip
    x = np.ascontiguousarray(sector[:, 0])
    flows = np.einsum("irs,sij->risj", share, use).reshape(n, n)
    A = np.divide(flows, x[None, :], out=np.zeros((n, n)), where=x[None, :] > 0)
    stock = CATEGORIES.index("stock_change")
    Y = np.einsum("irs,sic->risc", share, final[..., 0])
    Y[..., stock] = 0.0
    for i in range(r):  # a change in stocks stands with its producer
        Y[i, :, i, stock] = final[i, :, stock, 0]
    imported = np.ascontiguousarray(final[..., 1].transpose(1, 0, 2))
    return {
        "A": A, "x": x, "Y": Y.reshape(n, r, len(CATEGORIES)), "exports": sector[:, 2].copy(),
        "value_added": sector[:, 1].copy(), "imports": sector[:, 3].copy(), "final_imports": imported,
    }  # fmt: skip


def national(mrio: Mrio) -> Mrio:
    """The nation as one region ("CN"): the sum over provinces. The estimate meets every cell of the national table; only its
    split of consumption into rural, urban and government stays an estimate. Of a published table it is that table's own sum.
    """
    r, s = len(mrio.regions), len(mrio.sectors)
    flows = mrio.Z.reshape(r, s, r, s).sum((0, 2))
    by_sector = [v.reshape(r, s).sum(0) for v in (mrio.x, mrio.exports, mrio.value_added, mrio.imports)]
    x, exports, value_added, imports = by_sector
    return Mrio(
        year=mrio.year, kind="published", regions=(NATION,), sectors=mrio.sectors,
        A=np.divide(flows, x[None, :], out=np.zeros((s, s)), where=x[None, :] > 0), x=x,
        Y=mrio.Y.reshape(r, s, r, -1).sum((0, 2))[:, None, :], exports=exports, value_added=value_added,
        imports=imports, final_imports=mrio.final_imports.sum(1, keepdims=True), absent=mrio.absent,
        error=None if mrio.error is None else mrio.error.reshape(r, s).sum(0),
        source="io_national" if mrio.kind == "estimated" else mrio.source,
    )  # fmt: skip


def _array(warehouse: Warehouse, sql: str, year: int, shape: tuple[int, ...]) -> Array:
    """The numbers a query returns, in its order, as an array of ``shape``. Raises DatasetError on another count."""
    flat = np.array(warehouse.rows(sql, (year,)), dtype=np.float64).reshape(-1)
    if flat.size != int(np.prod(shape)):
        raise DatasetError(
            "incomplete_mrio",
            Text(f"{year}年的省际投入产出表不完整（应有{int(np.prod(shape))}个数，实有{flat.size}个）；请重新建立数据集。",
                 f"The interprovincial table of {year} is incomplete ({flat.size} numbers instead of "
                 f"{int(np.prod(shape))}); build the dataset again."),
        )  # fmt: skip
    return flat.reshape(shape)


def load_emissions(warehouse: Warehouse, mrio: Mrio, year: int | None = None) -> Emissions:
    """CO2 of an inventory ``year`` on the table's sectors; intensities against the table's output. By default what came with
    the table, else the inventory of its year, else the latest inventory before it (its ``year`` says so).

    For a table of the nation ("CN") the national inventory, never the sum of the provinces. Raises NotAvailable for a
    year without inventory.
    """
    wanted = _inventory_year(warehouse, mrio.year) if year is None else year
    if year is None and mrio.co2 is not None:
        from data.mrio_published import own_emissions

        return own_emissions(mrio, mrio.co2, wanted, _households(warehouse, mrio, wanted))
    n = len(mrio.x)
    groups = {"coal": 0, "oil": 1, "gas": 2, "process": 3}
    by_group = np.zeros((n, len(FUEL_GROUPS)))
    seen: set[str] = set()
    place = {code: i for i, code in enumerate(mrio.regions)}
    for region, number, group, mt in warehouse.rows(
        "SELECT c.region, c.sector_no, lower(f.grp), sum(c.mt) FROM co2_42 c JOIN fuels f ON f.fuel = c.fuel "
        "WHERE c.year = ? GROUP BY ALL ORDER BY ALL", (wanted,),
    ):  # fmt: skip
        if region not in place:
            continue
        seen.add(region)
        by_group[place[region] * SECTORS + number - 1, groups[group]] += mt
    if not seen:
        raise NotAvailable(
            "no_inventory_year",
            Text(f"没有{wanted}年的二氧化碳清单；清单覆盖1997至2019年。",
                 f"There is no CO2 inventory of {wanted}; the inventories cover 1997 to 2019."),
        )  # fmt: skip
    _merge_absent(mrio, by_group)
    moved = move(mrio, by_group)
    co2 = by_group.sum(1)
    f = np.divide(co2, mrio.x, out=np.zeros(n), where=mrio.x > 0)
    missing = tuple(code for code in mrio.regions if code not in seen)
    return Emissions(wanted, co2, by_group, f, _households(warehouse, mrio, wanted), missing, moved)


def _inventory_year(warehouse: Warehouse, year: int) -> int:
    """The year itself where there is an inventory of it, else the latest before; the year itself where there is none."""
    found = warehouse.rows("SELECT max(year) FROM co2_42 WHERE year <= ?", (year,))[0][0]
    return year if found is None else int(found)


def _households(warehouse: Warehouse, mrio: Mrio, year: int) -> Array:
    """Direct household emissions of each region (R,), Mt; zero where there is no inventory."""
    found = dict(
        warehouse.rows(
            "SELECT region, sum(mt) FROM co2 WHERE year = ? AND sector_no IN (?, ?) GROUP BY region",
            (year, *HOUSEHOLDS),
        )
    )
    return np.array([found.get(code, 0.0) for code in mrio.regions])


def _merge_absent(mrio: Mrio, by_group: Array) -> None:
    """CO2 mapped to a sector that the table holds inside another goes there with it (B35 into B36), in place."""
    for sector in mrio.absent:
        for base in range(0, len(mrio.x), SECTORS):
            by_group[base + sector] += by_group[base + sector - 1]
            by_group[base + sector - 1] = 0.0


def move(mrio: Mrio, by_group: Array) -> tuple[tuple[str, int, int, float], ...]:
    """Move CO2 of sectors without output, in place, to the largest sector of their kind (else of the province)."""
    moved: list[tuple[str, int, int, float]] = []
    for index in np.flatnonzero((mrio.x <= 0) & (by_group.sum(1) > 0)):
        base, sector = int(index) // SECTORS * SECTORS, int(index) % SECTORS + 1
        kin = next(kind for kind in KINDS if sector in kind)
        if not any(mrio.x[base + k - 1] > 0 for k in kin):
            kin = mrio.sectors
        target = max(kin, key=lambda k: mrio.x[base + k - 1])
        moved.append((mrio.regions[base // SECTORS], sector, target, float(by_group[index].sum())))
        by_group[base + target - 1] += by_group[index]
        by_group[index] = 0.0
    return tuple(moved)


__all__ = [
    "CATEGORIES",
    "FUEL_GROUPS",
    "NATION",
    "Emissions",
    "Mrio",
    "default_year",
    "load_emissions",
    "load_mrio",
    "national",
    "table_years",
]
