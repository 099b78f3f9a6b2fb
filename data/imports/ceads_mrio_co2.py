"""CO2 beside a published interprovincial table: a row further down in its sheet, or a sheet of its own."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from data.classification import PROVINCES
from data.imports import labels
from data.imports.ceads_mrio_axes import Position, written
from data.imports.ceads_mrio_layout import Layout
from data.imports.forms import Array, Classification
from data.imports.quantities import to_mt
from data.imports.workbook import Row, Workbook
from data.text import Text

_CO2 = re.compile(r"co2|carbon dioxide|carbon emission|二氧化碳|碳排放", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(（\[](.+?)[)）\]]")


def read_co2(
    workbook: Workbook, layout: Layout, values: Array, columns: NDArray[np.int64], classification: Classification
) -> tuple[Array | None, Position | None, list[Text]]:
    """CO2 in Mt over the matrix columns (n,), None where the workbook holds none; the row it stood in; what was assumed."""
    found = [(at, text) for at in range(layout.first_row, len(layout.grid)) if (text := _co2_label(layout, at))]
    rows = [(at, text) for at, text in found if not np.isnan(values[at, columns]).all()]
    if rows:
        at, text = next(((at, t) for at, t in rows if _unit(t) == 1.0), rows[0])
        where = next(layout.cell(at, c) for c, v in enumerate(layout.grid[at]) if written(v) == text)
        factor, notes = _factor(text, where)
        if factor is None:
            return None, None, notes
        notes.insert(0, Text(f"CO2 取自 {where} 所在行“{text}”。", f"CO2 is the row '{text}' at {where}."))
        if len(rows) > 1:
            notes.append(Text(f"另有{len(rows) - 1}行 CO2 未读取。", f"{len(rows) - 1} more CO2 row(s) were not read."))
        return values[at, columns] * factor, at, notes
    for name in workbook.sheet_names:
        if _CO2.search(name) and name != layout.sheet:
            return _from_sheet(workbook, name, classification)
    return None, None, []


def _co2_label(layout: Layout, at: Position) -> str:
    """The CO2 label among the row's label cells, "" for none."""
    cells = (written(v) for v in layout.grid[at][: layout.first_column])
    return next((text for text in cells if _CO2.search(text)), "")


def _unit(text: str) -> float | None:
    """The factor to Mt of the unit in brackets."""
    match = _IN_BRACKETS.search(text)
    return None if match is None else to_mt(match[1]) or to_mt(f"{match[1]} CO2")


def _factor(text: str, where: str) -> tuple[float | None, list[Text]]:
    """The factor to Mt and what is to be said of it: Mt where no unit is written, None where an unknown one is."""
    factor = _unit(text)
    if factor is not None:
        return factor, []
    if _IN_BRACKETS.search(text):
        return None, [Text(f"{where} 的“{text}”单位无法识别，CO2 未读取；请注明百万吨（Mt）后重新导入。",
                           f"{where}: the unit of '{text}' is not known, so CO2 was left out; give it in Mt and import again.")]  # fmt: skip
    return 1.0, [
        Text(f"{where} 的“{text}”未写单位，按百万吨读取。", f"{where}: '{text}' states no unit; Mt is assumed.")
    ]


def _from_sheet(
    workbook: Workbook, name: str, classification: Classification
) -> tuple[Array | None, Position | None, list[Text]]:
    """A sheet with one number per province and sector: a list of them, or sectors by provinces."""
    grid = workbook.rows(name)
    head = [written(v) for row in grid[:6] for v in row[:60] if isinstance(v, str)]
    listed = _listed(grid, classification)
    cells = listed or _crossed(grid, classification)
    keys = [(p.code, no) for p in PROVINCES for no in range(1, labels.SECTORS + 1)]
    if not cells:
        return None, None, [Text(f"工作表“{name}”未能按省份与部门读出 CO2，未读取。",
                                 f"Sheet '{name}' gives no CO2 by province and sector that could be read; it was left out.")]  # fmt: skip
    label = next((t for t in head if _IN_BRACKETS.search(t) and _CO2.search(t)), name)
    factor, notes = _factor(label, f"{name}!A1")
    if factor is None:
        return None, None, notes
    missing = sum(1 for key in keys if key not in cells)
    notes.insert(0, Text(f"CO2 取自工作表“{name}”。", f"CO2 is from sheet '{name}'."))
    if missing:
        notes.append(
            Text(
                f"其中{missing}个省份部门没有数据，按缺数处理。", f"{missing} province-sectors are not in it: no data."
            )
        )
    return np.array([cells.get(key, float("nan")) for key in keys]) * factor, None, notes


def _listed(grid: list[Row], classification: Classification) -> dict[tuple[str, int], float]:
    """Rows of province (filled forward), sector and one number. Empty where the sheet is not such a list."""
    out: dict[tuple[str, int], float] = {}
    province: str | None = None
    for row in grid:
        texts = [written(v) for v in row if isinstance(v, str) and v.strip()]
        province = next((code for t in texts if (code := labels.province_code(t))), province)
        sector = next((no for t in texts if (no := labels.sector_number(t, classification))), None)
        numbers = [float(v) for v in row if type(v) is float or type(v) is int]
        if sector is None or province is None or not numbers:
            continue
        if (province, sector) in out or len(set(numbers)) > 2:
            return {}
        out[province, sector] = numbers[-1]  # a number before it is the row's own code
    return out


def _crossed(grid: list[Row], classification: Classification) -> dict[tuple[str, int], float]:
    """Sectors by provinces, or provinces by sectors. Empty where the sheet is not such a table."""
    for rows in (grid, [list(column) for column in zip(*grid, strict=True)]):
        head = next(
            (r for r in rows if sum(1 for v in r if labels.province_code(written(v))) >= len(PROVINCES) - 1), None
        )
        if head is None:
            continue
        out: dict[tuple[str, int], float] = {}
        for row in rows:
            sector = next(
                (no for v in row if isinstance(v, str) and (no := labels.sector_number(v, classification))), None
            )
            for label, value in zip(head, row, strict=True):
                code = labels.province_code(written(label))
                if sector is not None and code is not None and (type(value) is float or type(value) is int):
                    out[code, sector] = float(value)
        return out
    return {}


__all__ = ["read_co2"]
