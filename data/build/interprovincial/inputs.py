"""What the estimate starts from: published totals, read from the source files as arrays in 100 million yuan and TWh."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.build.interprovincial.scalars import PRODUCTS
from data.build.protocol import bad_source, missing_source, read_csv

Array = NDArray[np.float64]
WAN_TO_YI = 1e-4  # 10,000 yuan -> 100 million yuan


@dataclass(frozen=True, slots=True)
class National:
    """The national table of 2017, 42 products (list B), 100M yuan, current producers' prices.

    ``domestic`` and ``imported`` (42, 42): intermediate use by product and buyer. ``final_domestic`` and
    ``final_imported`` (42, 5): final use by CATEGORIES. ``exports``, ``value_added``, ``output`` (42,).
    """

    domestic: Array
    imported: Array
    final_domestic: Array
    final_imported: Array
    exports: Array
    value_added: Array
    output: Array


@dataclass(frozen=True, slots=True)
class Inputs:
    """Published totals of 2017. Provinces in the standard order (31), products 1..42.

    ``output`` (31, 42) control totals of Chen et al. 2023, 100M yuan, not yet scaled; ``gdp`` (31,) 100M yuan;
    ``population`` (31,) 10k persons; ``goods_trade`` (31,) kUSD by origin and destination; ``power_trade`` (31, 31)
    TWh from row to column; ``power_use`` and ``power_generation`` (31,) TWh.
    """

    codes: tuple[str, ...]
    national: National
    output: Array
    gdp: Array
    population: Array
    goods_trade: Array
    power_trade: Array
    power_use: Array
    power_generation: Array


def read_inputs(sources: Path, year: int = 2017) -> Inputs:
    """Read the source files. Raises DatasetError where one is missing or does not balance."""
    codes = tuple(row["code"] for row in read_csv(sources, "reference", "provinces.csv"))
    at = {code: i for i, code in enumerate(codes)}

    def by_code(name: tuple[str, str], key: str, column: str, **where: str) -> Array:
        values = np.full(len(codes), np.nan)
        for row in read_csv(sources, *name):
            if all(row[k] == v for k, v in where.items()) and row[column]:
                values[at[row[key]]] = float(row[column])
        if np.isnan(values).any():
            lacking = ", ".join(np.array(codes)[np.isnan(values)])
            raise bad_source(sources.joinpath(*name), f"{year}年缺 {lacking}", f"{lacking} missing for {year}")
        return values

    y = str(year)
    trade = np.zeros((len(codes), len(codes)))
    for row in read_csv(sources, "province_power", "interprovincial_trade_GWh_2005_2019.csv"):
        if row["year"] == y:
            trade[at[row["from"]], at[row["to"]]] = float(row["GWh"]) / 1000
    output = np.array([
        [float(row[code]) for code in codes]
        for row in read_csv(sources, "province_sector_output_42x31", f"gross_output_{year}_42x31_100M_yuan.csv")
    ]).T  # fmt: skip
    return Inputs(
        codes=codes,
        national=read_national(sources, year),
        output=output,
        gdp=by_code(("province_macro", "gdp_current_100M_yuan_2005_2024.csv"), "code", y),
        population=by_code(("province_macro", "population_10k_2005_2024.csv"), "code", y),
        goods_trade=by_code(
            ("province_trade", "goods_trade_kUSD_2016_2024.csv"), "province",
            "total_trade_by_origin_destination_kUSD", year=y,
        ),
        power_trade=trade,
        power_use=by_code(("province_power", "consumption_TWh_2008_2024.csv"), "code", "consumption_TWh", year=y),
        power_generation=by_code(
            ("province_power", "generation_full_scope_TWh_2005_2017_2021.csv"), "code", "total", year=y
        ),
    )  # fmt: skip


def _grid(sources: Path, name: str) -> list[list[str]]:
    path = sources / "nbs_national_io_42" / name
    if not path.is_file():
        raise missing_source(path, sources)
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def read_national(sources: Path, year: int) -> National:
    """The national table with final consumption split into rural, urban and government by the shares of 2015.

    The table of 2017 gives final consumption as one column; the split of 2015 is the nearest there is, product by
    product. Raises DatasetError where rows or columns do not balance.
    """
    name = f"china_io_{year}_42_noncompetitive.csv"
    grid = _grid(sources, name)
    head, body = grid[0], grid[1:]
    start = head.index("01")
    figures = {  # (code, origin) -> cells from the first buyer on
        (row[0], row[head.index("Origin")]): np.array([float(cell or 0) for cell in row[start:]]) * WAN_TO_YI
        for row in body
    }
    columns = {label: i for i, label in enumerate(head[start:])}
    numbers = [f"{i:02d}" for i in range(1, PRODUCTS + 1)]
    domestic = np.array([figures[n, "Domestic"] for n in numbers])
    imported = np.array([figures[n, "Imports"] for n in numbers])
    shares = consumption_shares(sources)

    def final(block: Array) -> Array:
        consumption = block[:, columns["TC"], None] * shares
        return np.column_stack([consumption, block[:, columns["FU201"]], block[:, columns["FU202"]]])

    table = National(
        domestic=domestic[:, :PRODUCTS],
        imported=imported[:, :PRODUCTS],
        final_domestic=final(domestic),
        final_imported=final(imported),
        exports=domestic[:, columns["EX"]],
        value_added=next(v for k, v in figures.items() if k[0] == "TVA")[:PRODUCTS],
        output=domestic[:, columns["GO"]],
    )
    rows = table.domestic.sum(1) + table.final_domestic.sum(1) + table.exports - table.output
    down = table.domestic.sum(0) + table.imported.sum(0) + table.value_added - table.output
    worst = float(max(np.abs(rows).max(), np.abs(down).max()))
    if worst > 1e-6:
        raise bad_source(
            sources / name, f"行列不平衡，最大差 {worst:.3g} 亿元", f"unbalanced by {worst:.3g} (100M yuan)"
        )
    return table


def consumption_shares(sources: Path) -> Array:
    """Rural, urban and government shares of final consumption by product of list B (42, 3), from the table of 2015.

    2015 is in list A: its 22 and 23 form 22 of list B, 24..35 become 23..34, and 36 serves both 35 and 36. A product
    without consumption in 2015 takes the shares of all products together.
    """
    grid = _grid(sources, "china_io_2015_42_competitive.csv")
    head = grid[0]
    picked = [head.index(name) for name in ("FU101", "FU102", "FU103")]
    old = np.array([[float(row[i] or 0) for i in picked] for row in grid[1:] if row[0].isdigit()][:PRODUCTS])
    source = [*((i,) for i in range(21)), (21, 22), *((i,) for i in range(23, 35)), (35,), (35,),
              *((i,) for i in range(36, 42))]  # fmt: skip
    spent = np.clip(np.array([old[list(rows)].sum(0) for rows in source]), 0.0, None)
    total = spent.sum(1, keepdims=True)
    return np.asarray(np.where(total > 0, spent / np.where(total > 0, total, 1.0), spent.sum(0) / spent.sum()))
