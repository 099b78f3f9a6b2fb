"""The IAMC long-to-wide format of scenario data: model, scenario, region, variable, unit and a column for every year.

CSV and XLSX as pyam documents them (https://pyam-iamc.readthedocs.io/en/stable/data.html): the sheet is called "data", a missing
value is an empty cell. Variables are hierarchies with "|" between the levels.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data.exports.targets import fresh

HEAD = ("Model", "Scenario", "Region", "Variable", "Unit")
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class IamcRow:
    """One figure. ``value`` None or NaN: no data."""

    model: str
    scenario: str
    region: str
    variable: str
    unit: str
    year: int
    value: float | None


def variable(*levels: str) -> str:
    """A variable's name from its levels; "|" and line breaks inside a level would be read as structure."""
    return "|".join(" ".join(level.replace("|", "/").split()) for level in levels)


def wide(rows: Iterable[IamcRow]) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Head and lines, one line for each model, scenario, region, variable and unit, in order of first appearance.

    Raises ValueError for a figure given twice or an empty name.
    """
    found: dict[tuple[str, ...], dict[int, float | None]] = {}
    years: set[int] = set()
    for row in rows:
        key = (row.model, row.scenario, row.region, row.variable, row.unit)
        if not all(part.strip() for part in key):
            raise ValueError(key)
        line = found.setdefault(key, {})
        if row.year in line:
            raise ValueError((*key, row.year))
        line[row.year] = None if row.value is None or math.isnan(row.value) else float(row.value)
        years.add(row.year)
    order = sorted(years)
    return (*HEAD, *map(str, order)), [[*key, *(line.get(year) for year in order)] for key, line in found.items()]


def write_csv(rows: Iterable[IamcRow], path: Path) -> Path:
    """Write the rows as CSV (UTF-8) and return the path. Raises as ``wide`` and ``targets.fresh`` do."""
    head, lines = wide(rows)
    with fresh(path) as aside, aside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)
    return path


def write_xlsx(rows: Iterable[IamcRow], path: Path) -> Path:
    """Write the rows as a workbook with the sheet "data" and return the path. Raises as ``write_csv`` does."""
    from data.exports.excel import new_workbook, put

    head, lines = wide(rows)
    with fresh(path) as aside, new_workbook(str(aside)) as book:
        sheet = book.add_worksheet("data")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(head):
            if name.isdigit():
                sheet.write_number(0, column, int(name), bold)
            else:
                sheet.write_string(0, column, name, bold)
        for r, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                put(sheet, r, column, value)
        sheet.freeze_panes(1, len(HEAD))
    return path


__all__ = ["HEAD", "IamcRow", "variable", "wide", "write_csv", "write_xlsx"]
