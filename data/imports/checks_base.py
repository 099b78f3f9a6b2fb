"""What the checks of a table share: the table without gaps, names and cells of its positions, and the form of a finding."""

from __future__ import annotations

import numpy as np

from data.classification import place
from data.imports import labels
from data.imports.forms import Array, Finding, ReadTable
from data.imports.quantities import YUAN
from data.imports.workbook import cell_name
from data.text import Text, same

ROUNDING = 1e-4  # of a sector's output; a balance further off is not rounding
# Of the table's output: 1,457 cells rounded to whole 10,000 yuan miss a sum of 230 trillion yuan by at most this share.
ROUNDING_ALL = 3e-8


class Filled:
    """A table with zero for what is missing, and names and cells for its positions."""

    def __init__(self, table: ReadTable) -> None:
        self.table = table
        self.Z, self.Y, self.x = filled(table.Z), filled(table.Y), filled(table.x)
        self.exports, self.error, self.imports = filled(table.exports), filled(table.error), filled(table.imports)
        self.value_added = filled(table.value_added)
        self.flows_out, self.flows_in = self.Z.sum(1), self.Z.sum(0)
        self.holds_value_added = not bool(np.isnan(table.value_added).all())
        self.money = Text("亿元", "100M yuan") if table.money == YUAN else Text(f" {table.money}", table.money)
        self.tolerance = np.maximum(ROUNDING * np.abs(self.x), ROUNDING_ALL * float(np.abs(self.x).sum()))

    def name(self, at: int) -> Text:
        """Province and sector of a position."""
        region, sector = divmod(int(at), len(self.table.sectors))
        code, no = self.table.regions[region], self.table.sectors[sector]
        if self.table.classification == "own":
            return same(f"{code} · {no}")
        where, what = place(code).name, labels.sector_names(self.table.classification)[int(no) - 1]
        return Text(f"{where.zh}·{what.zh}", f"{where.en}, {what.en}")

    def amount(self, value: float) -> Text:
        """An amount of money with its unit."""
        return Text(f"{shown(value)}{self.money.zh}", f"{shown(value)} {self.money.en}")

    def cell(self, row: int | str, column: int | str) -> str | None:
        """A cell by matrix position or by the name of a sum, None where the format has none."""
        origin = self.table.origin
        r = _position(row, origin.rows, dict(origin.other_rows))
        c = _position(column, origin.columns, dict(origin.other_columns))
        return None if r is None or c is None or not origin.sheet else cell_name(origin.sheet, r, c)


def _position(key: int | str, matrix: tuple[int, ...], others: dict[str, int]) -> int | None:
    if isinstance(key, str):
        return others.get(key)
    return matrix[int(key)] if matrix else None


def filled(values: Array) -> Array:
    """The values with zero for what is missing; the same array where nothing is."""
    return np.nan_to_num(values, nan=0.0) if bool(np.isnan(values).any()) else values


def shown(value: float) -> str:
    """A figure for a message."""
    return f"{value:,.4f}" if abs(value) < 1e6 else f"{value:,.1f}"


def placed_at(name: Text, cell: str | None) -> Text:
    """A position with its cell, where the format has one."""
    return Text(f"{name.zh}（{cell}）", f"{name.en} ({cell})") if cell else name


def finding(name: Text, ok: bool, detail: Text, *, fatal: bool = True, cell: str | None = None) -> Finding:
    """A finding; one that is ``ok`` is neither fatal nor names a cell."""
    return Finding(name, ok, fatal and not ok, detail, None if ok else cell)


__all__ = ["Filled", "filled", "finding", "placed_at", "shown"]
