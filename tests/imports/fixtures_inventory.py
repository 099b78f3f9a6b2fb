"""Made-up CO2 inventories in the layout of the published workbooks: A1:W51, names padded, three spellings of the total."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import xlsxwriter

from data.dataset import starter_folder
from data.imports.inventory import COLUMNS

HEAD = [*COLUMNS[:17], "Scope 2 Heat", "Scope 2 Electricity", "Other Energy", "Process", "Scope 1 Total"]
TOTALS = ("Total Consumption", "TotalEmissions", "Total Emissions")
Grid = list[list[Any]]
Change = Callable[[Grid], None]


def sector_names() -> list[str]:
    """The 47 sectors as the workbooks spell them."""
    rows = pq.read_table(starter_folder() / "inventory_sectors.parquet").to_pylist()
    return [row["en"] for row in sorted(rows, key=lambda row: int(row["no"]))]


def figures(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Mt (47, 18) by sector and fuel, the last column process emissions of cement only."""
    random = np.random.default_rng(seed)
    made = np.where(random.random((47, 18)) < 0.4, random.random((47, 18)) * 3, 0.0)
    made[:, 17] = 0.0
    made[26, 17] = 4.25
    return np.asarray(made.round(9))  # a workbook keeps 16 digits


def grid(seed: int, total: str = TOTALS[0], underscores: bool = False, padded: bool = False) -> Grid:
    """A sheet's cells from A1 to W51."""
    made = figures(seed)
    head = [name.replace(" ", "_") if underscores else name for name in HEAD]
    if underscores:
        head[1] = "CleanedCoal"
    lines: Grid = [["", *head], ["", *["Mt CO2"] * len(HEAD)], [""] * (len(HEAD) + 1)]
    body = [[*row[:17], 0.0, 0.0, 0.0, row[17], row.sum()] for row in made]
    lines.append([total, *np.sum(body, axis=0)])
    for name, row in zip(sector_names(), body, strict=True):
        lines.append([f"{name}   " if padded else name, *row])
    return lines


def write(path: Path, sheets: Iterable[tuple[str, Grid]], note: bool = True) -> Path:
    """A workbook of sheets, with the NOTE sheet first as published."""
    with xlsxwriter.Workbook(str(path)) as book:
        if note:
            book.add_worksheet("NOTE").write(0, 0, "Emission inventories, Mt CO2")
        for name, lines in sheets:
            page = book.add_worksheet(name)
            for r, line in enumerate(lines):
                for c, value in enumerate(line):
                    if isinstance(value, str):
                        page.write_string(r, c, value) if value else None
                    elif value is not None:
                        page.write_number(r, c, float(value))
    return path


def provincial(folder: Path, change: Change | None = None, year: int = 2017, name: str | None = None) -> Path:
    """Three provinces in the three spellings; ``change`` is made to Guangdong's sheet."""
    guangdong = grid(1, TOTALS[0], padded=True)
    if change is not None:
        change(guangdong)
    sheets = [
        (f"Guangdong{year}", guangdong), (f"InnerMongolia{year}", grid(2, TOTALS[1], underscores=True)),
        (f"Shaanxi{year}", grid(3, TOTALS[2])),
    ]  # fmt: skip
    return write(folder / (name or f"Emission_Inventories_for_30_Provinces_{year}.xlsx"), sheets)


def national(folder: Path) -> Path:
    """The national file: NOTE, two summaries and a sheet for every year."""
    summary: Grid = [["Year", "Total"], [2018, 1.0], [2019, 2.0]]
    years = [("sum", summary), ("Sum-Sec-Scope 1", summary), ("2018", grid(18)), ("2019", grid(19))]
    return write(folder / "China_CO2_Inventory_1997-2019_(IPCC_Sectoral_Emissions).xlsx", years)
