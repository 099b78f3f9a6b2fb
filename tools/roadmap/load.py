"""Reads a lane's economy and inventory from the warehouse: China is the sum of the interprovincial table's cells.

The sum meets the national table in every cell, so the China lane rests on the published table; only how consumption
splits into households and government stays an estimate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.mrio import CATEGORIES, HOUSEHOLDS, NATION, Mrio, load_emissions
from tools.roadmap.names import FUELS, SECTORS
from tools.roadmap.state import Economy, Inventory

if TYPE_CHECKING:
    from data.warehouse import Warehouse

INVENTORY_YEARS = (2017, 2018, 2019)


def economy_of(table: Mrio) -> Economy:
    """The arrays the model works on."""
    regions = len(table.regions)
    final = table.Y.reshape(regions, SECTORS, regions, len(CATEGORIES))
    output = table.x.reshape(regions, SECTORS)
    added = table.value_added.reshape(regions, SECTORS)

    def category(*names: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.asarray(sum(final[..., CATEGORIES.index(name)] for name in names))

    return Economy(
        lane="china" if table.regions == (NATION,) else "provinces",
        regions=table.regions,
        A=np.ascontiguousarray(table.A),
        output=output,
        households=category("rural", "urban"),
        government=category("government"),
        capital=category("fixed_capital"),
        stocks=category("stock_change"),
        exports=table.exports.reshape(regions, SECTORS),
        value_added=np.divide(added, output, out=np.zeros_like(added), where=output > 0),
        estimated=table.kind == "estimated",
    )


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
