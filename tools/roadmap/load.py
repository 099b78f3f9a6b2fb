"""Reads a lane's economy and inventory from the warehouse: China is the sum of the interprovincial table's cells.

The sum meets the national table in every cell, so the China lane rests on the published table; only how consumption
splits into households and government stays an estimate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.errors import NotAvailable
from data.mrio import CATEGORIES, HOUSEHOLDS, NATION, Mrio, load_emissions
from data.text import Text
from tools.roadmap.names import FUELS, SECTORS
from tools.roadmap.state import Economy, Inventory

if TYPE_CHECKING:
    from data.warehouse import Warehouse

INVENTORY_YEARS = (2017, 2018, 2019)


def economy_of(table: Mrio) -> Economy:
    """The arrays the model works on. Raises NotAvailable for a table without value added.

    A published table's balancing item is booked as a change in stocks of its producer: rows then balance in the table's year, and like
    all stock changes it fades to nothing by 2025, being no lasting demand.
    """
    if not np.isfinite(table.value_added).all():
        raise _no_value_added(table)
    regions = len(table.regions)
    final = table.Y.reshape(regions, SECTORS, regions, len(CATEGORIES))
    output = table.x.reshape(regions, SECTORS)
    added = table.value_added.reshape(regions, SECTORS)

    def category(*names: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.asarray(sum(final[..., CATEGORIES.index(name)] for name in names))

    stocks = category("stock_change")
    if table.error is not None:
        own = np.arange(regions)
        stocks = stocks.copy()
        stocks[own, :, own] += np.nan_to_num(table.error.reshape(regions, SECTORS))
    return Economy(
        lane="china" if table.regions == (NATION,) else "provinces",
        regions=table.regions,
        A=np.ascontiguousarray(table.A),
        output=output,
        households=category("rural", "urban"),
        government=category("government"),
        capital=category("fixed_capital"),
        stocks=stocks,
        exports=table.exports.reshape(regions, SECTORS),
        value_added=np.divide(added, output, out=np.zeros_like(added), where=output > 0),
        estimated=table.kind == "estimated",
    )


def _no_value_added(table: Mrio) -> NotAvailable:
    return NotAvailable(
        "no_value_added",
        Text(f"{table.year}年的省际投入产出表没有分行业增加值，路线图无法据此给GDP路径定标；请改用含增加值的表，或换回自带数据集"
             "（`tanlu data use starter`）。",
             f"The interprovincial table of {table.year} gives no value added by sector, so the roadmap cannot be scaled to a GDP path; "
             "use a table with value added, or the dataset shipped (`tanlu data use starter`)."),
    )  # fmt: skip


def load_inventory(warehouse: Warehouse, table: Mrio) -> Inventory:
    """CO2 of 2017-2019 on the lane's regions by sector and fuel, households apart."""
    regions = len(table.regions)
    found = [load_emissions(warehouse, table, year) for year in INVENTORY_YEARS]
    households = np.zeros((len(found), regions, len(FUELS)))
    place = {code: i for i, code in enumerate(table.regions)}
    for region, year, fuel, mt in warehouse.rows(
        "SELECT c.region, c.year, f.grp, sum(c.mt) FROM co2 c JOIN fuels f ON c.fuel = f.fuel "
        "WHERE c.sector_no IN (?, ?) AND c.year BETWEEN ? AND ? GROUP BY ALL ORDER BY ALL",
        (*HOUSEHOLDS, INVENTORY_YEARS[0], INVENTORY_YEARS[-1]),
    ):
        if region in place:
            households[year - INVENTORY_YEARS[0], place[region], FUELS.index(fuel)] += mt
    return Inventory(
        production=np.array([e.by_group.reshape(regions, SECTORS, len(FUELS)) for e in found]),
        households=households,
        present=np.array([code not in found[-1].missing for code in table.regions]),
        moved=found[-1].moved,
    )
