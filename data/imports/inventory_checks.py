"""Checks of CO2 inventories as read: sums, gaps, signs and years, each failure with its sheet and cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import groupby

from data.imports.forms import Finding, InventoryRow, Origin, ReadInventory
from data.imports.inventory import COLUMNS, SECTORS, file_year
from data.imports.workbook import cell_name
from data.text import Text

ROUNDING = 1e-6  # Mt, or relative above 1 Mt: published sums meet it; a larger gap means a figure was changed
Key = tuple[str, int]


def check_inventory(read: ReadInventory) -> tuple[Finding, ...]:
    """Every check, in order. A failed one marked ``fatal`` stops the import; its detail names the worst cell and the mend."""
    sheets = {key: list(rows) for key, rows in groupby(read.rows, key=lambda row: (row.region, row.year))}
    return tuple(check(read, sheets) for check in _CHECKS)


Check = Callable[[ReadInventory, dict[Key, list[InventoryRow]]], Finding]


def _years(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("工作表年份与文件名一致", "Years of the sheets match the file's name")
    for (_, year), origin in read.origins.items():
        named = file_year(origin.file)
        if named is not None and named != year:
            return Finding(
                name, False, True,
                Text(f"工作表“{origin.sheet}”为{year}年，文件名为{named}年；请核对文件是否混入他年工作表，或改正文件名。",
                     f"sheet '{origin.sheet}' is of {year}, the file's name says {named}; see whether a sheet of another "
                     "year got in, or mend the file's name."),
                cell_name(origin.sheet, 1, 1),
            )  # fmt: skip
    years = sorted({year for _, year in read.origins})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return _good(name, Text(f"{len(read.origins)}张表，{span}年", f"{len(read.origins)} sheets, {span}"))


def _sectors(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("47个部门各出现一次", "All 47 sectors stand once")
    for origin in read.origins.values():
        missing = [number for number in range(1, SECTORS + 1) if not origin.rows[number - 1]]
        if missing:
            first = missing[0]
            near = max((row for row in origin.rows[: first - 1]), default=0) or max(origin.rows)
            listed_zh = "、".join(_sector(n).zh for n in missing[:3])
            listed_en = ", ".join(_sector(n).en for n in missing[:3])
            return Finding(
                name, False, True,
                Text(f"工作表“{origin.sheet}”缺{len(missing)}个部门：{listed_zh}；请使用完整的发布文件。",
                     f"sheet '{origin.sheet}' lacks {len(missing)} sectors: {listed_en}; use the whole file as published."),
                cell_name(origin.sheet, near + 1, 1),
            )  # fmt: skip
    return _good(name, Text(f"{len(read.origins)}张表均完整", f"{len(read.origins)} sheets are whole"))


def _numbers(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("数值单元格均为数", "Figures are numbers")
    bad = [_cell(read.origins[key], row) for key, rows in sheets.items() for row in rows if math.isnan(row.mt)]
    bad += [_total_cell(read.origins[key], 0) for key, total in read.printed.items() if math.isnan(total)]
    bad += [
        _total_cell(read.origins[r, y], s) for (r, y, s), total in read.printed_sectors.items() if math.isnan(total)
    ]
    if bad:
        return Finding(
            name, False, True,
            Text(f"{len(bad)}个单元格不是数或缺总计，首个为 {bad[0]}；请填入数值；所印合计未计入的单元格可留空。",
                 f"{len(bad)} figure(s) are text or a missing total, first {bad[0]}; put the number, or blank where no total counts it."),
            bad[0],
        )  # fmt: skip
    blank = len(read.origins) * SECTORS * len(COLUMNS) - len(read.rows)
    detail = Text(f"{len(read.rows):,}个数", f"{len(read.rows):,} figures")
    if blank:
        detail = Text(
            f"{detail.zh}；{blank:,}个空白单元格记为零：表中所印合计未计入它们（见下列合计检查）",
            f"{detail.en}; {blank:,} blank cells are stored as zero: the printed totals hold nothing for them (checked below)",
        )
    return _good(name, detail)


def _signs(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("没有负排放", "No emission is negative")
    low = min((row for row in read.rows if row.mt < 0), key=lambda row: row.mt, default=None)
    if low is None:
        return _good(name, Text("全部不小于零", "none is below zero"))
    cell = _cell(read.origins[low.region, low.year], low)
    count = sum(row.mt < 0 for row in read.rows)
    return Finding(
        name, False, True,
        Text(f"{count}个负数，最小 {low.mt:g} Mt 在 {cell}；范围一清单不应有负数，请与发布文件核对。",
             f"{count} negative figures, lowest {low.mt:g} Mt in {cell}; a scope-1 inventory has none: compare with the file as published."),
        cell,
    )  # fmt: skip


def _rows(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("各部门：燃料与过程之和等于范围一合计", "Each sector: fuels and process make its scope-1 total")
    worst = (0.0, 0.0, 0.0, "")
    count = 0
    for key, rows in sheets.items():
        sums = {s: 0.0 for s in range(1, SECTORS + 1) if (*key, s) in read.printed_sectors}  # a blank row makes zero
        for row in rows:
            sums[row.sector_no] = sums.get(row.sector_no, 0.0) + row.mt
        for sector, parts in sums.items():
            total = read.printed_sectors.get((*key, sector), math.nan)
            count += 1
            worst = _worse(worst, parts, total, _total_cell(read.origins[key], sector))
    without = sum((*key, s) not in read.printed_sectors for key in read.origins for s in range(1, SECTORS + 1))
    return _sums(name, worst, Text(f"{count:,}行相符，{without}行未印合计", f"{count:,} rows agree, {without} print no total") if without
                 else Text(f"{count:,}行相符", f"{count:,} rows agree"))  # fmt: skip


def _totals(read: ReadInventory, sheets: dict[Key, list[InventoryRow]]) -> Finding:
    name = Text("各表：47部门之和等于总计", "Each sheet: the 47 sectors make the printed total")
    worst = (0.0, 0.0, 0.0, "")
    for key, total in read.printed.items():
        parts = math.fsum(row.mt for row in sheets.get(key, ()))
        worst = _worse(worst, parts, total, _total_cell(read.origins[key], 0))
    return _sums(name, worst, Text(f"{len(read.printed)}张表相符", f"{len(read.printed)} sheets agree"))


def _worse(
    worst: tuple[float, float, float, str], parts: float, total: float, cell: str
) -> tuple[float, float, float, str]:
    gap = abs(parts - total) / max(1.0, abs(total))
    return (gap, parts, total, cell) if gap > worst[0] else worst


def _sums(name: Text, worst: tuple[float, float, float, str], agreed: Text) -> Finding:
    gap, parts, total, cell = worst
    if gap <= ROUNDING:
        return _good(name, agreed)
    return Finding(
        name, False, True,
        Text(f"相差最大在 {cell}：各项之和 {parts:.6f} Mt，表中合计 {total:.6f} Mt；请与发布文件核对该行各数。",
             f"the largest gap is in {cell}: the parts make {parts:.6f} Mt, the file prints {total:.6f} Mt; compare "
             "that row with the file as published."),
        cell,
    )  # fmt: skip


def _good(name: Text, detail: Text) -> Finding:
    return Finding(name, True, False, detail)


def _sector(number: int) -> Text:
    from data.classification import inventory_sector

    return inventory_sector(number).name


def _cell(origin: Origin, row: InventoryRow) -> str:
    return cell_name(origin.sheet, origin.rows[row.sector_no - 1], origin.columns[COLUMNS.index(row.fuel)])


def _total_cell(origin: Origin, sector: int) -> str:
    """The cell of a printed total; 0 is the sheet's own."""
    line = origin.rows[sector - 1] if sector else origin.rows[SECTORS]
    return cell_name(origin.sheet, max(line, 1), origin.columns[-1])


_CHECKS: tuple[Check, ...] = (_years, _sectors, _numbers, _signs, _rows, _totals)

__all__ = ["ROUNDING", "check_inventory"]
