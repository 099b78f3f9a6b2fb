"""Workbooks in the layout of the published interprovincial tables, filled with a made-up balanced table of known sums.

No published number is in here: values are random, of China's order of magnitude, and balance by construction.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from data.classification import PROVINCES
from data.imports.forms import Array, Classification
from data.imports.labels import sector_names
from data.imports.workbook import Cell, Extent, Row, Workbook, column_letters

R, S, K = 31, 42, 5
N = R * S
WAN = 1e4  # 10,000 yuan in 100 million yuan
FU = ("FU101", "FU102", "FU103", "FU201", "FU202")
FU_EN = ("Rural household consumption", "Urban household consumption", "Government consumption",
         "Gross fixed capital formation", "Changes in inventories")  # fmt: skip
FU_ZH = ("农村居民消费", "城镇居民消费", "政府消费", "固定资本形成总额", "存货增加")
VA_EN = ("Compensation of employees", "Net taxes on production", "Depreciation of fixed capital", "Operating surplus")
VA_ZH = ("劳动者报酬", "生产税净额", "固定资产折旧", "营业盈余")


@dataclass(frozen=True)
class Known:
    """A balanced table in 10,000 yuan: x = Z.sum(1) + Y.sum + exports + error = Z.sum(0) + imports + value_added.sum(0)."""

    Z: Array
    Y: Array
    exports: Array
    error: Array
    imports: Array
    final_imports: Array
    value_added: Array
    x: Array
    co2: Array


def known(seed: int = 1) -> Known:
    """A table of 31 × 42 with realistic size: most trade at home, all parts positive but stocks and net taxes."""
    rng = np.random.default_rng(seed)
    x = rng.lognormal(0, 1, N)
    x *= 2.3e10 / x.sum()
    Z = rng.lognormal(0, 2, (N, N))
    home = np.kron(np.eye(R), np.ones((S, S)))
    Z *= x[:, None] * x[None, :] * (1 + 40 * home)
    bought, sold = rng.uniform(0.35, 0.8, N) * x, rng.uniform(0.3, 0.9, N) * x
    for _ in range(8):
        Z *= (sold * bought.sum() / sold.sum() / Z.sum(1))[:, None]
        Z *= (bought / Z.sum(0))[None, :]
    Z *= np.minimum(1.0, 0.95 * x / Z.sum(1)).min()  # every row keeps something for final use
    error = x * rng.normal(0, 0.002, N)
    left = x - Z.sum(1) - error
    exports = left * rng.uniform(0.05, 0.2, N)
    parts = rng.dirichlet(np.ones(R * K), N).reshape(N, R, K)
    Y = parts * (left - exports)[:, None, None]
    imports = (x - Z.sum(0)) * rng.uniform(0.02, 0.1, N)
    shares = rng.dirichlet((4, 1, 1, 2), N).T
    value_added = shares * (x - Z.sum(0) - imports)[None, :]
    final_imports = Y.sum(0) * 0.04
    co2 = x * np.tile(rng.lognormal(-18, 1, S), R) * rng.uniform(0.5, 2, N)
    co2 *= 9_400 / co2.sum()
    return Known(Z, Y, exports, error, imports, final_imports, value_added, x, co2)


@dataclass(frozen=True)
class Look:
    """How a sheet is written: list, language, title and what the published ones differ in."""

    classification: Classification = "B"
    language: str = "en"
    title: str = "China multi-regional input-output table 2017"
    unit: str = "Unit: 10,000 yuan"
    error_sign: float = 1.0
    imports_in_tii: bool = True
    exports_in_tfu: bool = True
    co2_gap: int | None = 1  # blank rows before the CO2 row; None: no such row
    defects: bool = False
    codes: bool = True
    error_column: bool = True


BOOK_2017 = {"Table_2017": Look(), "Table_2017_consistent": Look(classification="A")}
BOOK_2020 = {
    "Table_2020": Look("A", "zh", "2020年中国多区域投入产出表", "单位：万元", co2_gap=None),
    "Table_2020_English Version": Look("A", "en", "China MRIO 2020", co2_gap=None, defects=True),
}


def province_names(look: Look) -> list[str]:
    """Province labels as the sheet spells them."""
    if look.language == "zh":
        return [p.name.zh for p in PROVINCES]
    names = ["Xizang" if p.code == "XZ" and look.defects else p.name.en for p in PROVINCES]
    return [name.replace("nan", "0") for name in names] if look.defects else names


def sector_labels(look: Look) -> list[str]:
    """Sector labels as the sheet spells them."""
    names = [name.zh if look.language == "zh" else name.en for name in sector_names(look.classification)]
    return [name.replace("nan", "0") for name in names] if look.defects else names


def sheet(table: Known, look: Look) -> list[Row]:
    """A sheet from A1 on, in the published layout: title, province, name and code rows; three label columns; two checking
    columns at the right; the CO2 row further down."""
    zh = look.language == "zh"
    provinces, sectors = province_names(look), sector_labels(look)
    intermediate = table.Z.sum(1)
    final = table.Y.sum((1, 2)) + (table.exports if look.exports_in_tfu else 0)
    tail = [table.exports, final, *([table.error * look.error_sign] if look.error_column else []), table.x]
    check = [table.x - intermediate - table.Y.sum((1, 2)) - table.exports - table.error, np.zeros(N)]
    body = np.column_stack([table.Z, intermediate, table.Y.reshape(N, R * K), *tail, *check])
    tail_labels = [("出口" if zh else "Export", "EX"), ("最终使用合计" if zh else "Total final use", "TFU")]
    tail_labels += [("其他" if zh else "Others", "ERR")] if look.error_column else []
    tail_labels += [("总产出" if zh else "Gross output", "GO")]
    names = [*sectors * R, "中间使用合计" if zh else "Total intermediate use", *(FU_ZH if zh else FU_EN) * R]
    names += [name for name, _ in tail_labels] + ["", ""]
    codes = [
        *(f"{no:02d}" for _ in range(R) for no in range(1, S + 1)),
        "TII",
        *FU * R,
        *(c for _, c in tail_labels),
        "",
        "",
    ]
    heads = [label for p in provinces for label in (p, *[""] * (S - 1))] + [""]
    heads += [label for p in provinces for label in (p, *[""] * (K - 1))] + [""] * (len(tail_labels) + 2)
    grid: list[Row] = [[look.title, *[""] * (len(names) + 2)], ["", "", "", *heads]]
    grid += [["", look.unit, "", *names], ["", "", "", *(codes if look.codes else [""] * len(codes))]]
    for i in range(N):
        r, s = divmod(i, S)
        grid.append([provinces[r] if s == 0 else "", sectors[s], codes[i] if look.codes else "", *body[i].tolist()])
    grid += _below(table, look, len(names), zh)
    return grid


def _below(table: Known, look: Look, width: int, zh: bool) -> list[Row]:
    inputs = table.Z.sum(0) + (table.imports if look.imports_in_tii else 0)
    rows = [("进口" if zh else "Imports", "IM", [*table.imports, "", *table.final_imports.ravel()])]
    rows += [("中间投入合计" if zh else "Total intermediate inputs", "TII", [*inputs])]
    rows += [(name, f"VA00{i}", [*table.value_added[i - 1]]) for i, name in enumerate(VA_ZH if zh else VA_EN, 1)]
    rows += [("增加值合计" if zh else "Total value added", "TVA", [*table.value_added.sum(0)])]
    rows += [("总投入" if zh else "Total inputs", "TI", [*table.x])]
    out: list[Row] = [_row(["", name, code if look.codes else ""], values, width) for name, code, values in rows]
    if look.co2_gap is not None:
        out += [[""] * (width + 3) for _ in range(look.co2_gap)]
        out.append(_row(["", "CO2 (Mt)", ""], [*table.co2], width))
    return out


def _row(labels: list[str], values: list[Cell], width: int) -> Row:
    plain: list[Cell] = [v if isinstance(v, str) else float(v) for v in values]  # type: ignore[arg-type]
    return [*labels, *plain, *[""] * (width - len(values))]


def write_workbook(path: Path, sheets: dict[str, list[Row]]) -> Path:
    """Write the sheets as .xlsx, blanks left out, a text that begins with "=" as a formula. The frame of the file is
    XlsxWriter's; the cells, two million in a sheet, are put in row by row, which takes a fifth of its time."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        for name in sheets:
            book.add_worksheet(name)
    with zipfile.ZipFile(path) as empty:
        parts = {name: empty.read(name) for name in empty.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as full:
        for name, content in parts.items():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if found is None:
                full.writestr(name, content)
                continue
            before, _, after = content.partition(b"<sheetData/>")
            grid = list(sheets.values())[int(found[1]) - 1]
            letters = [column_letters(c) for c in range(1, max(map(len, grid), default=0) + 1)]
            with full.open(name, "w", force_zip64=True) as out:
                out.write(before + b"<sheetData>")
                for r, row in enumerate(grid, 1):
                    cells = [_cell(f"{at}{r}", v) for at, v in zip(letters, row, strict=False) if v != ""]
                    out.write(f'<row r="{r}">{"".join(cells)}</row>'.encode())
                out.write(b"</sheetData>" + after)
    return path


def _cell(at: str, value: Cell) -> str:
    if not isinstance(value, str):
        return f'<c r="{at}"><v>{value:.16g}</v></c>'
    if value.startswith("="):
        return f'<c r="{at}"><f>{escape(value[1:])}</f><v>0</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def book_of(table: Known, looks: dict[str, Look]) -> dict[str, list[Row]]:
    """A whole workbook's sheets, with the small ones of the release."""
    extra: dict[str, list[Row]] = {"Note": [["Made-up numbers in the published layout"]]}
    if any("2020" in name for name in looks):
        extra["Sector "] = [["code", "sector"], ["1", "Agriculture"]]
        extra["Province"] = [["code", "province"], ["1", "Beijing"]]
    return {**extra, **{name: sheet(table, look) for name, look in looks.items()}}


class GridBook(Workbook):
    """A workbook that was never on disk: sheets given as rows, so that a hundred variants cost no writing."""

    def __init__(self, sheets: dict[str, list[Row]], file: str = "MRIO.xlsx") -> None:
        self.file, self._sheets = file, sheets
        self.sheet_names = tuple(sheets)
        self._parts = dict.fromkeys(sheets, "")

    def extent(self, name: str) -> Extent:
        grid = self._sheets[self.sheet(name)]
        return Extent(len(grid), max((len(row) for row in grid), default=0))

    def rows(self, name: str) -> list[Row]:
        return self._sheets[self.sheet(name)]

    def close(self) -> None:
        pass
