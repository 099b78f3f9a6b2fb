"""CEADs CO2 inventories as published: one workbook of provinces a year, and the national one with a sheet a year.

Sheets are known by their names (``InnerMongolia2017``, ``2019``), fuels and sectors by their labels, wherever they
stand. What cannot be told for certain is refused; sums, signs and gaps are for ``inventory_checks`` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from data.characters import folded, simplified
from data.classification import FUELS, INVENTORY_SECTORS, find_place
from data.errors import UnknownName
from data.imports.forms import InventoryRow, Origin, ReadInventory
from data.imports.quantities import to_mt
from data.imports.refusal import refused
from data.text import Text, same

if TYPE_CHECKING:
    from data.imports.workbook import Cell, Row, Workbook

SECTORS = 47
# The 17 fuels in the order of the workbooks, then the process emissions.
COLUMNS: tuple[str, ...] = tuple(fuel.columns[0] for fuel in FUELS if len(fuel.columns) == 1)
TOTAL = "Scope 1 Total"
_TOTAL_COLUMNS = {
    folded(n) for n in (TOTAL, "Scope1 Total", "Total Scope 1", "Scope 1", "范围一合计", "范围1合计", "Total")
}
_TOTAL_ROWS = {
    folded(n)
    for n in ("Total Consumption", "TotalEmissions", "Total Emission", "Total", "总计", "合计", "总排放量", "排放总量")
}
# Beside the fuels; zero in every published sheet, and no part of scope 1.
_ASIDE = ("scope2", "otherenergy", "heat", "electricity", "范围二", "范围2", "热力", "电力", "其他能源")
_SHEET = re.compile(r"^(?P<place>.*?)[\s_\-]*(?P<year>(?:19|20)\d\d)年?$")
_SUMMARY = {"note", "notes", "sum", "readme", "说明", "汇总", "sumsecscope1", "contents"}
_HEAD_ROWS = 15  # the head stands in row 1 of published sheets
_LABEL_COLUMNS = 4


@dataclass(frozen=True)
class Layout:
    """Where things stand in one sheet, 1-based: ``fuels`` column by fuel, ``total`` the column of scope-1 totals,
    ``head`` its row, ``label`` the column of sector names."""

    head: int
    label: int
    total: int
    fuels: Mapping[str, int]
    aside: tuple[int, ...]


def recognise(workbook: Workbook) -> bool:
    """Whether a workbook is a CEADs inventory: a sheet named after a place or year whose head names the fuels."""
    for name in workbook.sheet_names:
        if _sheet_key(name, workbook.file) is not None:
            return _head(workbook.rows(name)) is not None
    return False


def read(workbook: Workbook) -> ReadInventory:
    """Every inventory of a workbook. Raises BadRequest with sheet, cell and mend for what cannot be read for certain."""
    origins: dict[tuple[str, int], Origin] = {}
    rows: list[InventoryRow] = []
    printed: dict[tuple[str, int], float] = {}
    sectors: dict[tuple[str, int, int], float] = {}
    notes: list[Text] = []
    skipped: list[str] = []
    for name in workbook.sheet_names:
        key = _sheet_key(name, workbook.file)
        if key is None:
            if folded(name) not in _SUMMARY and _head(workbook.rows(name)) is not None:
                raise _unknown_sheet(workbook, name)
            skipped.append(name.strip())
            continue
        if key in origins:
            raise refused(
                workbook.file, _sheet(name),
                Text(f"与工作表“{origins[key].sheet}”同为{key[1]}年同一地区",
                     f"it is the same place and year ({key[1]}) as sheet '{origins[key].sheet}'"),
                Text("请只保留一份", "keep one of the two"),
            )  # fmt: skip
        sheet = _Sheet(workbook, name, key)
        origins[key] = sheet.origin
        rows.extend(sheet.figures)
        printed[key] = sheet.totals.pop(0, float("nan"))
        sectors.update({(*key, sector): value for sector, value in sheet.totals.items()})
        notes.extend(sheet.notes)
    if not origins:
        raise refused(
            workbook.file, None,
            Text("没有“省名+年份”或“年份”的清单工作表", "no sheet is named after a province and year, or a year"),
            Text("请确认是 CEADs 排放清单工作簿", "see whether it is a CEADs emission inventory"),
        )  # fmt: skip
    if skipped:
        notes.append(Text(f"未读取的工作表：{'、'.join(skipped)}。", f"Sheets not read: {', '.join(skipped)}."))
    return ReadInventory(tuple(rows), printed, origins, tuple(dict.fromkeys(notes)), sectors)


def file_year(file: str) -> int | None:
    """The year in a file's name, None where there is none or more than one (a span such as 1997-2019)."""
    years = {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", Path(file).name)}
    return years.pop() if len(years) == 1 else None


def _sheet_key(name: str, file: str) -> tuple[str, int] | None:
    """(region code, year) of a sheet's name; "CN" for a bare year. None where the name says neither."""
    found = _SHEET.match(name.strip())
    place, year = (found["place"], int(found["year"])) if found else (name.strip(), file_year(file))
    if year is None or folded(name) in _SUMMARY:
        return None
    if not place:
        return ("CN", year)
    try:
        found_place = find_place(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", place).replace("_", " "))
    except UnknownName:
        return None
    return None if found_place.kind == "group" else (found_place.code, year)


class _Sheet:
    """One sheet read: its figures, printed totals (0 is the grand total) and where they stand."""

    def __init__(self, workbook: Workbook, name: str, key: tuple[str, int]) -> None:
        self.file, self.name, self.key = workbook.file, name, key
        self.notes: list[Text] = []
        self.figures: list[InventoryRow] = []
        self.totals: dict[int, float] = {}
        rows = workbook.rows(name)
        self.layout = self._layout(rows)
        self._unit(rows)
        self.lines = self._lines(rows)
        for sector, line in self.lines.items():
            self._figures(rows[line - 1], sector)
        lay = self.layout
        places = tuple(self.lines.get(s, 0) for s in (*range(1, SECTORS + 1), 0))
        self.origin = Origin(self.file, name, places, (*(lay.fuels[f] for f in COLUMNS), lay.total))
        self._aside(rows)

    def _layout(self, rows: list[Row]) -> Layout:
        head = _head(rows)
        if head is None:
            raise self._bad(None, Text("找不到燃料表头", "its head of fuels was not found"),
                            Text("请保持发布时的表头", "keep the head as published"))  # fmt: skip
        fuels: dict[str, int] = {}
        totals: list[int] = []
        aside: list[int] = []
        for column, cell in enumerate(rows[head - 1], 1):
            label = folded(_text(cell))
            fuel = _fuels().get(label)
            if fuel is not None:
                if fuel in fuels:
                    raise self._bad((head, column), Text(f"“{fuel}”列重复", f"the column {fuel} stands twice"),
                                    Text("请删去多余的一列", "drop one of them"))  # fmt: skip
                fuels[fuel] = column
            elif label in _TOTAL_COLUMNS:
                totals.append(column)
            elif label and any(word in label for word in _ASIDE):
                aside.append(column)
        if missing := [fuel for fuel in COLUMNS if fuel not in fuels]:
            raise self._bad((head, 1), Text(f"缺少列 {'、'.join(missing)}", f"the columns {', '.join(missing)} are missing"),
                            Text("请使用完整的发布文件", "use the whole file as published"))  # fmt: skip
        if len(totals) != 1:
            raise self._bad((head, 1), Text(f"应有一列 {TOTAL}，实有{len(totals)}列", f"one column {TOTAL} is expected, {len(totals)} were found"),
                            Text("请保持发布时的表头", "keep the head as published"))  # fmt: skip
        first = min(fuels.values())
        counts = {
            c: sum(folded(_text(row[c - 1])) in _labels() for row in rows[head:])
            for c in range(1, min(first, _LABEL_COLUMNS + 1))
        }
        if not counts or not max(counts.values()):
            raise self._bad(None, Text("找不到部门名称列", "its column of sector names was not found"),
                            Text("请保持发布时的部门名称", "keep the sector names as published"))  # fmt: skip
        return Layout(head, max(counts, key=lambda c: counts[c]), totals[0], fuels, tuple(aside))

    def _unit(self, rows: list[Row]) -> None:
        """The unit, printed between head and figures; every one printed must be Mt CO2."""
        lay, seen = self.layout, False
        figures = {*lay.fuels.values(), lay.total}
        for r in range(lay.head, min(lay.head + 4, len(rows))):
            if folded(_text(rows[r][lay.label - 1])) in _labels():
                break
            for c, cell in enumerate(rows[r], 1):
                factor = to_mt(re.sub(r"(?i)^\s*(unit|单位)\s*[:：]?\s*", "", _text(cell)))
                seen |= factor == 1.0
                if _text(cell) and factor != 1.0 and (c in figures or factor is not None):
                    raise self._bad((r + 1, c), Text(f"单位为“{_text(cell)}”，应为 Mt CO2", f"the unit is '{_text(cell)}', not Mt CO2"),
                                    Text("请换用以百万吨二氧化碳计的发布文件", "use the file published in Mt CO2"))  # fmt: skip
        if not seen:
            self.notes.append(Text("有工作表未标单位，按发布口径视为百万吨二氧化碳（Mt CO2）。",
                                   "A sheet prints no unit; it is taken as Mt CO2, as published."))  # fmt: skip

    def _lines(self, rows: list[Row]) -> dict[int, int]:
        """Row (1-based) of each sector 1-47 and of the total (0)."""
        lay = self.layout
        lines: dict[int, int] = {}
        for r, row in enumerate(rows[lay.head :], lay.head + 1):
            text = _text(row[lay.label - 1])
            number = _labels().get(folded(text))
            if number is not None:
                if number in lines:
                    raise self._bad((r, lay.label), Text(f"“{text}”已在第{lines[number]}行出现", f"'{text}' stands in row {lines[number]} already"),
                                    Text("请删去重复的一行", "drop one of the rows"))  # fmt: skip
                lines[number] = r
            elif text and any(_is_number(row[c - 1]) for c in lay.fuels.values()):
                raise self._bad((r, lay.label), Text(f"不认识部门“{text}”", f"the sector '{text}' is not known"),
                                Text(f"请用发布时的部门名称{_near(text).zh}", f"use the sector names as published{_near(text).en}"))  # fmt: skip
        return lines

    def _figures(self, row: Row, sector: int) -> None:
        lay = self.layout
        total = row[lay.total - 1]
        if _is_number(total):
            self.totals[sector] = float(total)  # type: ignore[arg-type]
        elif _text(total):
            self.totals[sector] = float("nan")
        if sector == 0:
            return
        for fuel in COLUMNS:
            cell = row[lay.fuels[fuel] - 1]
            if _is_number(cell):
                self.figures.append(InventoryRow(*self.key, sector, fuel, float(cell)))  # type: ignore[arg-type]
            elif _text(cell):
                self.figures.append(InventoryRow(*self.key, sector, fuel, float("nan")))

    def _aside(self, rows: list[Row]) -> None:
        named = [rows[r - 1][c - 1] for r in self.lines.values() for c in self.layout.aside]
        if any(_is_number(cell) and cell for cell in named):
            self.notes.append(Text("范围二等附列含非零数，属范围一之外，未读入。",
                                   "Columns of scope 2 hold figures; they are outside scope 1 and were not read."))  # fmt: skip

    def _bad(self, cell: tuple[int, int] | None, wrong: Text, mend: Text) -> Exception:
        from data.imports.workbook import cell_name

        return refused(self.file, same(cell_name(self.name, *cell)) if cell else _sheet(self.name), wrong, mend)


def _head(rows: list[Row]) -> int | None:
    """The 1-based row that names at least ten fuels, among the first rows; None if there is none."""
    known = _fuels()
    counts = [len({known[k] for cell in row if (k := folded(_text(cell))) in known}) for row in rows[:_HEAD_ROWS]]
    return counts.index(max(counts)) + 1 if counts and max(counts) >= 10 else None


def _unknown_sheet(workbook: Workbook, name: str) -> Exception:
    return refused(
        workbook.file, _sheet(name),
        Text("像是清单，但工作表名中没有可识别的省份和年份", "it looks like an inventory, but its name tells no province and year"),
        Text("请用“Guangdong2017”或“2017”这样的名称", "name it like 'Guangdong2017' or '2017'"),
    )  # fmt: skip


def _sheet(name: str) -> Text:
    return Text(f"工作表“{name}”", f"sheet '{name}'")


def _text(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


@cache
def _fuels() -> dict[str, str]:
    """Folded name of a fuel column -> the fuel, for single fuels only."""
    known = {folded(name): fuel.columns[0] for fuel in FUELS if len(fuel.columns) == 1
             for name in (fuel.key, fuel.name.zh, fuel.name.en, fuel.columns[0])}  # fmt: skip
    return known | {"diesel": "Diesel Oil", "cleancoal": "Cleaned Coal"}


@cache
def _labels() -> dict[str, int]:
    """Folded name of a row -> sector 1-47, or 0 for the total."""
    import pyarrow.parquet as pq

    from data.dataset import starter_folder

    known = dict.fromkeys(_TOTAL_ROWS, 0)
    for number, sector in enumerate(INVENTORY_SECTORS, 1):
        known |= dict.fromkeys((folded(sector.name.zh), folded(sector.name.en)), number)
    published = pq.read_table(starter_folder() / "inventory_sectors.parquet").to_pylist()
    for record in published:  # the workbooks' own names
        known |= {folded(record["en"]): record["no"], folded(simplified(record["zh"])): record["no"]}
    for number, word in (
        (45, "Other"),
        (46, "Urban Household"),
        (46, "Urban Households"),
        (47, "Rural Household"),
        (47, "Rural Households"),
    ):
        known[folded(word)] = number
    return known


def _near(text: str) -> Text:
    from rapidfuzz import fuzz, process

    found = process.extract(folded(text), list(_labels()), scorer=fuzz.ratio, limit=1, score_cutoff=60)
    number = _labels()[found[0][0]] if found else 0
    if not number:
        return Text("，或删去该行", ", or drop the row")
    name = INVENTORY_SECTORS[number - 1].name
    return Text(f"（最接近：{name.zh}）", f" (nearest: {name.en})")


__all__ = ["COLUMNS", "SECTORS", "TOTAL", "file_year", "read", "recognise"]
