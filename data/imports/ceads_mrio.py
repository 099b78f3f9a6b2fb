"""Reads the interprovincial input-output workbooks of CEADs: 2012, 2015, 2017 and 2018, 2020, in either sector list.

Everything is found by its label (``ceads_mrio_layout``). What the layout leaves open is told from the numbers and said in
``notes``: whether the printed intermediate inputs include imports, the sign of the balancing item, whether total final use
includes exports. Money comes in 10,000 yuan unless the sheet says otherwise and goes out in 100 million yuan.

Layouts: Zheng et al. 2021, Scientific Data 8:244 (2012, 2015, 2017); Scientific Data 2025, s41597-025-06543-y (2018, 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from data.classification import PROVINCES
from data.errors import BadRequest
from data.imports import labels
from data.imports.ceads_mrio_axes import Axis, Position
from data.imports.ceads_mrio_co2 import read_co2
from data.imports.ceads_mrio_layout import Layout, finals, missing_sum
from data.imports.forms import Array, Classification, Origin, ReadTable
from data.imports.quantities import YUAN, to_100m_yuan
from data.imports.workbook import Row, Workbook
from data.mrio import CATEGORIES
from data.text import Text, same

LEAST_LINES = 200  # rows and columns of a sheet before it can hold such a table
ASSUMED_UNIT = "10k yuan"
MOST_NAMED = 200  # texts in numeric cells that are listed one by one
_YEAR = re.compile(r"(?<!\d)(199\d|20[0-4]\d)(?!\d)")
_UNIT = re.compile(r"(?:units?|单位)\s*(?:is|为)?\s*[:：]?\s*(.+)", re.IGNORECASE)


def recognise(workbook: Workbook, sheet: str | None = None) -> str | None:
    """The layout, "ceads_mrio_2017" by its year ("ceads_mrio" where none is written); None if it is none of these.

    Where ``sheet`` names one of its sheets only that one is looked at: what stands in the others is not asked for.
    Raises BadRequest as ``Workbook.rows`` does for a sheet that looks like the table.
    """
    named = None if sheet is None else workbook.find(sheet)
    layout = _found(workbook) if named is None else _layout(workbook, named)
    if layout is None or layout.levels is None:
        return None
    year = _year(layout)
    return "ceads_mrio" if year is None else f"ceads_mrio_{year}"


def read(workbook: Workbook, sheet: str | None = None) -> ReadTable:
    """The table of a workbook, from the sheet named, else from the one in list B (2017) or in Chinese (2018, 2020).

    Raises BadRequest not_ceads_mrio, unknown_label, missing_label, double_label, unknown_list, unknown_unit and as
    ``Workbook.rows`` does; UnknownName sheet_missing.
    """
    layout = _found(workbook) if sheet is None else _layout(workbook, workbook.sheet(sheet))
    if layout is None:
        raise BadRequest(
            "not_ceads_mrio",
            Text(
                f"“{workbook.file}”中没有 CEADs 省际投入产出表：未找到同时标有省份与部门的工作表；请导入发布的 MRIO 工作簿。",
                f"'{workbook.file}' holds no CEADs interprovincial table: no sheet is labelled by province and sector; import "
                "an MRIO workbook as published.",
            ),
        )
    classification = layout.classification()
    columns, rows = layout.columns(classification), layout.rows(classification)
    unit, notes = _unit(layout)
    raw = _Raw(workbook, layout, rows, columns, _numbers(layout.grid))
    notes = [*_choice(workbook, layout, classification), *notes, *rows.notes, *columns.notes]
    return _table(raw, classification, unit, notes)


def _rank(name: str) -> tuple[bool, bool, bool]:
    folded = labels.fold(name)
    table = any(word in folded for word in ("table", "mrio", "投入产出"))
    return not table, "consistent" in folded, "english" in folded


def _layout(workbook: Workbook, name: str) -> Layout:
    return Layout(workbook.rows(name), workbook.file, name)


def _found(workbook: Workbook) -> Layout | None:
    """The first sheet, in order of preference, that is labelled like such a table."""
    for name in sorted(workbook.sheet_names, key=_rank):
        extent = workbook.extent(name)
        if min(extent.rows, extent.columns) < LEAST_LINES:
            continue
        layout = _layout(workbook, name)
        if layout.levels is not None:
            return layout
    return None


def _choice(workbook: Workbook, layout: Layout, classification: Classification) -> list[Text]:
    """What was read, and which other sheets could have been."""
    list_a = Text(
        "2012、2015年分类，2018、2020年表亦用", "the classification of 2012 and 2015, also used for 2018 and 2020"
    )
    list_b = Text("2017年及以后的分类", "the classification from 2017 on")
    which = list_b if classification == "B" else list_a
    listed = Text(
        f"读取工作表“{layout.sheet}”，部门为列表{classification}（{which.zh}）。",
        f"Sheet '{layout.sheet}' was read; its sectors are list {classification} ({which.en}).",
    )
    others = [name for name in workbook.sheet_names if name != layout.sheet and not _rank(name)[0]]
    if not others:
        return [listed]
    more = Text(
        f"工作簿中另有{'、'.join(f'“{name}”' for name in others)}，可指定工作表名读取。",
        f"The workbook also has {', '.join(repr(name) for name in others)}; name the sheet to read it instead.",
    )
    return [listed, more]


def _year(layout: Layout) -> int | None:
    """The year in the sheet's name, else in its title, else in the file's name."""
    texts = [layout.sheet, *(text for text, _ in layout.header_texts()[:40]), PurePath(layout.file).stem]
    found = (_YEAR.search(text.replace("_", " ")) for text in texts)
    return next((int(match[1]) for match in found if match), None)


def _unit(layout: Layout) -> tuple[float, list[Text]]:
    """The factor to 100 million yuan. Raises BadRequest unknown_unit for one that is not money in yuan."""
    for text, cell in layout.header_texts():
        match = _UNIT.search(text)
        if match is None:
            continue
        written = match[1].strip(" ()（）[]。.;；")
        factor = next((f for part in _shorter(written) if (f := to_100m_yuan(part)) is not None), None)
        if factor is None:
            raise BadRequest(
                "unknown_unit",
                Text(
                    f"“{layout.file}”的 {cell} 写明单位“{written}”，无法换算为亿元；请改为万元或亿元后导入。",
                    f"'{layout.file}' gives the unit '{written}' in {cell}, which cannot be turned into 100 million yuan; give "
                    "the table in 10,000 yuan.",
                ),
            )
        return factor, [Text(f"单位按 {cell} 所写“{written}”换算为亿元。", f"The unit is '{written}', as {cell} says.")]
    note = Text(
        "表中未写单位，按发布说明以万元读取。", "The sheet states no unit; 10,000 yuan is assumed, as published."
    )
    return to_100m_yuan(ASSUMED_UNIT) or 1e-4, [note]


def _shorter(text: str) -> Iterable[str]:
    """A unit's text, then shorter beginnings of it: "10 thousand yuan at current prices" -> "10 thousand yuan"."""
    yield text
    marks = [m.end() for m in re.finditer(r"yuan|CNY|RMB|元", text, re.IGNORECASE)]
    yield from (text[:end] for end in marks)


def _numbers(grid: list[Row]) -> Array:
    """The cells as numbers, NaN for what is none."""
    nan = float("nan")
    rows = [[v if type(v) is float else (float(v) if type(v) is int else nan) for v in row] for row in grid]
    values = np.array(rows, dtype=np.float64)
    values[np.isinf(values)] = nan
    return values


class _Raw:
    """The numbers of a sheet in its own unit, taken by axis."""

    def __init__(self, workbook: Workbook, layout: Layout, rows: Axis, columns: Axis, values: Array) -> None:
        self.workbook, self.layout, self.rows, self.columns, self.values = workbook, layout, rows, columns, values
        self.matrix_rows: NDArray[np.int64] = np.array(rows.matrix)
        self.matrix_columns: NDArray[np.int64] = np.array(columns.matrix)
        positions = finals(layout, columns)
        self.final_columns: NDArray[np.int64] = np.array([positions[p.code, c] for p in PROVINCES for c in CATEGORIES])

    def row(self, key: str, required: bool = True) -> Array | None:
        """A row of sums over the matrix columns (n,). Raises BadRequest missing_label where it must be there."""
        if key not in self.rows.special:
            if required:
                raise missing_sum(self.layout, "row", same(key))
            return None
        return np.asarray(self.values[self.rows.special[key], self.matrix_columns])

    def column(self, key: str, required: bool = True) -> Array | None:
        """A column of sums over the matrix rows (n,). Raises BadRequest missing_label where it must be there."""
        if key not in self.columns.special:
            if required:
                raise missing_sum(self.layout, "column", same(key))
            return None
        return np.asarray(self.values[self.matrix_rows, self.columns.special[key]])

    def block(self, rows: Iterable[Position], columns: Iterable[Position]) -> Array:
        """Any block."""
        return np.asarray(self.values[np.ix_(list(rows), list(columns))])


def _table(raw: _Raw, classification: Classification, unit: float, notes: list[Text]) -> ReadTable:
    r, k, n = len(PROVINCES), len(CATEGORIES), len(raw.matrix_rows)
    Z = raw.block(raw.matrix_rows, raw.matrix_columns) * unit
    Y = raw.block(raw.matrix_rows, raw.final_columns).reshape(n, r, k) * unit
    exports, x, total = _need(raw.column("EX")) * unit, _need(raw.column("GO")) * unit, _need(raw.row("TI")) * unit
    va_rows = _value_added_rows(raw)
    value_added = np.stack([_need(raw.row(key)) for key in va_rows]) * unit
    imports, final_imports = np.zeros(n), np.zeros((r, k))
    if "IM" in raw.rows.special:
        imports = _need(raw.row("IM")) * unit
        final_imports = raw.block([raw.rows.special["IM"]], raw.final_columns).reshape(r, k) * unit
    else:
        notes.append(
            Text(
                "表中没有进口（IM）行，进口按无处理。",
                "There is no import row (IM); the table is taken without imports.",
            )
        )
    printed = {key: v * unit for key in ("TII", "TVA", "TI") if (v := raw.row(key, required=False)) is not None}
    for key, name in (("TII", "TII use"), ("TFU", "TFU")):
        if (v := raw.column(key, required=False)) is not None:
            printed[name] = v * unit
    error, told = _error(
        raw.column("ERR", required=False), x - _filled(Z).sum(1) - _filled(Y).sum((1, 2)) - _filled(exports), unit
    )
    notes += [*told, *_inputs(_filled(Z).sum(0), imports, _filled(value_added).sum(0), total, printed)]
    notes += _final_use(_filled(Y).sum((1, 2)), exports, printed)
    co2, at, said = read_co2(raw.workbook, raw.layout, raw.values, raw.matrix_columns, classification)
    rows = {key: at + 1 for key, at in raw.rows.special.items()} | ({"CO2": at + 1} if at is not None else {})
    places = [f"{p.code} {c}" for p in PROVINCES for c in CATEGORIES]
    columns = {key: at + 1 for key, at in raw.columns.special.items()}
    columns |= {name: int(at) + 1 for name, at in zip(places, raw.final_columns, strict=True)}
    origin = Origin(
        raw.layout.file, raw.layout.sheet, tuple(int(i) + 1 for i in raw.matrix_rows),
        tuple(int(i) + 1 for i in raw.matrix_columns), rows, columns,
    )  # fmt: skip
    return ReadTable(
        year=_year(raw.layout), classification=classification, regions=tuple(p.code for p in PROVINCES),
        sectors=tuple(str(no) for no in range(1, labels.SECTORS + 1)), categories=CATEGORIES, va_rows=va_rows, Z=Z, Y=Y,
        exports=exports, error=error, imports=imports, final_imports=final_imports, value_added=value_added, x=x, co2=co2,
        money=YUAN, origin=origin, notes=(*notes, *said), printed=printed, texts=_texts(raw),
    )  # fmt: skip


def _need(values: Array | None) -> Array:
    assert values is not None  # row() and column() raised otherwise
    return values


def _filled(values: Array) -> Array:
    return np.nan_to_num(values, nan=0.0)


def _value_added_rows(raw: _Raw) -> tuple[str, ...]:
    present = [key for key in labels.VALUE_ADDED if key in raw.rows.special]
    if present and len(present) < len(labels.VALUE_ADDED):
        raise missing_sum(raw.layout, "row", same(next(key for key in labels.VALUE_ADDED if key not in present)))
    if present:
        return labels.VALUE_ADDED
    raw.row("TVA")
    return ("TVA",)


def _error(written: Array | None, rest: Array, unit: float) -> tuple[Array, list[Text]]:
    """The balancing item with the sign that balances the rows, and what was told of it. ``rest`` is output less all sales."""
    if written is None or bool(np.isnan(written).all()):
        zero = np.zeros_like(rest)
        return zero, [Text("表中没有误差（ERR）列或其为空，按无误差处理，由行平衡检验。",
                           "There is no balancing item (ERR) or it is blank; none is assumed, which the row balance checks.")]  # fmt: skip
    error = written * unit
    plus, minus = np.nansum(np.abs(rest - error)), np.nansum(np.abs(rest + error))
    if minus < plus:
        return -error, [Text("误差（ERR）列按数值判断为减项，已变号为加项。",
                             "The numbers tell that the balancing item (ERR) is subtracted; its sign was turned.")]  # fmt: skip
    return error, [Text("误差（ERR）列按数值判断为加项：总产出=中间使用+最终使用+出口+误差。",
                        "The numbers tell that the balancing item (ERR) is added: output = uses + exports + ERR.")]  # fmt: skip


def _inputs(flows: Array, imports: Array, value_added: Array, total: Array, printed: dict[str, Array]) -> list[Text]:
    """What the numbers tell of imports among the inputs."""
    notes = []
    brought = _filled(imports)
    if brought.any():
        if _apart(flows + value_added, total) < _apart(flows + brought + value_added, total):
            notes.append(Text("按数值判断，进口（IM）不在总投入之内，列平衡不含进口时才成立。",
                              "The numbers tell that imports (IM) stand outside total input: columns balance only without them."))  # fmt: skip
        if "TII" in printed:
            within = _apart(flows + brought, printed["TII"]) < _apart(flows, printed["TII"])
            notes.append(
                Text(
                    "按数值判断，中间投入合计（TII）含进口。", "The numbers tell that the printed TII includes imports."
                )
                if within
                else Text(
                    "按数值判断，中间投入合计（TII）不含进口。",
                    "The numbers tell that the printed TII excludes imports.",
                )
            )
    return notes


def _final_use(final: Array, exports: Array, printed: dict[str, Array]) -> list[Text]:
    """Whether the printed total final use includes exports."""
    if "TFU" not in printed:
        return []
    if _apart(final + _filled(exports), printed["TFU"]) < _apart(final, printed["TFU"]):
        return [
            Text("按数值判断，最终使用合计（TFU）含出口。", "The numbers tell that the printed TFU includes exports.")
        ]
    return [
        Text("按数值判断，最终使用合计（TFU）不含出口。", "The numbers tell that the printed TFU excludes exports.")
    ]


def _apart(a: Array, b: Array) -> float:
    return float(np.nansum(np.abs(a - b)))


def _texts(raw: _Raw) -> tuple[tuple[str, str], ...]:
    """Cells that should hold a number and hold a text or an error value."""
    rows = [*raw.rows.matrix, *raw.rows.special.values()]
    columns = [*raw.columns.matrix, *(int(c) for c in raw.final_columns), *raw.columns.special.values()]
    errors = set(raw.workbook.extent(raw.layout.sheet).errors)
    found: list[tuple[str, str]] = []
    for i, j in np.argwhere(np.isnan(raw.block(rows, columns))):
        value, cell = raw.layout.grid[rows[i]][columns[j]], ""
        text = str(value).strip()
        if text or errors:
            cell = raw.layout.cell(rows[i], columns[j])
        if text or cell in errors:
            found.append((cell, text or "#ERROR"))
        if len(found) == MOST_NAMED:
            break
    return tuple(found)


__all__ = ["read", "recognise"]
