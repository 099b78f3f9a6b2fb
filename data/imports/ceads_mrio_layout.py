"""Where a published interprovincial table begins in its sheet, and where its labels stand, told from the labels."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from data.classification import PROVINCES
from data.errors import BadRequest
from data.imports import labels
from data.imports.ceads_mrio_axes import Axis, AxisReader, Levels, Position, written
from data.imports.forms import Classification
from data.imports.workbook import Cell, Row, cell_name
from data.mrio import CATEGORIES
from data.text import Text

HEADER_REACH = 60  # rows from the top, and columns from the left, that are searched for labels
LEAST_LABELS = 20  # provinces, and sectors, that must be known before a line is taken for a level of labels


class Layout:
    """The label levels of a sheet. ``grid`` is the sheet from A1 on."""

    def __init__(self, grid: list[Row], file: str, sheet: str) -> None:
        self.grid, self.file, self.sheet = grid, file, sheet

    @cached_property
    def levels(self) -> tuple[Levels, Levels] | None:
        """Levels of the columns (rows of the header) and of the rows (columns at the left); None where the sheet holds
        no interprovincial table."""
        across = _levels([list(row) for row in self.grid[:HEADER_REACH]])
        down = _levels([[row[c] for row in self.grid] for c in range(min(HEADER_REACH, self._width))])
        if across is None or down is None:
            return None
        return across, down

    @property
    def _width(self) -> int:
        return len(self.grid[0]) if self.grid else 0

    def levels_of(self) -> tuple[Levels, Levels]:
        """``levels``; raises BadRequest not_ceads_mrio."""
        if self.levels is None:
            raise BadRequest(
                "not_ceads_mrio",
                Text(
                    f"“{self.file}”的工作表“{self.sheet}”中找不到省份与部门的行列标签；请选择含投入产出表的工作表（如 Table_2017）。",
                    f"Sheet '{self.sheet}' of '{self.file}' has no rows and columns labelled by province and sector; choose the "
                    "sheet with the input-output table (for instance Table_2017).",
                ),
            )
        return self.levels

    @cached_property
    def first_row(self) -> Position:
        """The first row of data."""
        return self._first(self.levels_of()[1], len(self.grid), lambda level, at: self.grid[at][level])

    @cached_property
    def first_column(self) -> Position:
        """The first column of data."""
        return self._first(self.levels_of()[0], self._width, lambda level, at: self.grid[level][at])

    def _first(self, levels: Levels, length: int, cell: Callable[[Position, Position], Cell]) -> Position:
        def known(at: Position) -> bool:
            province, name = written(cell(levels.province, at)), written(cell(levels.name, at))
            return labels.province_code(province) is not None or any(_sector(name))

        return next(at for at in range(length) if known(at))

    def header_texts(self) -> list[tuple[str, str]]:
        """Texts above and left of the data, with their cells: title, unit."""
        out = []
        for r, row in enumerate(self.grid):
            cells = row if r < self.first_row else row[: self.first_column]
            out += [(v.strip(), self.cell(r, c)) for c, v in enumerate(cells) if isinstance(v, str) and v.strip()]
        return out

    def cell(self, row: Position, column: Position) -> str:
        """A cell's name."""
        return cell_name(self.sheet, row + 1, column + 1)

    def classification(self) -> Classification:
        """The sector list whose names the labels are. Raises BadRequest unknown_list where none is told apart."""
        across, down = self.levels_of()
        names = {written(v) for v in self.grid[across.name]} | {written(row[down.name]) for row in self.grid}
        found = [_sector(name) for name in names]
        only_a = sum(1 for a, b in found if a and not b)
        only_b = sum(1 for a, b in found if b and not a)
        if only_a == only_b:
            raise BadRequest(
                "unknown_list",
                Text(
                    f"“{self.file}”的工作表“{self.sheet}”分不清用的是哪一套42部门分类；请核对部门名称。",
                    f"Sheet '{self.sheet}' of '{self.file}' does not tell which of the two 42-sector lists it uses; check the "
                    "names of its sectors.",
                ),
            )
        return "A" if only_a > only_b else "B"

    def columns(self, classification: Classification) -> Axis:
        """The columns: matrix, categories of final use, TII, EX, TFU, ERR, GO."""
        levels = self.levels_of()[0]
        reader = AxisReader(
            self.file, self.sheet, "column", classification, levels, range(self.first_column, self._width),
            lambda level, at: self.grid[level][at], lambda at: (row[at] for row in self.grid[self.first_row :]),
            lambda level, at: self.cell(level, at),
        )  # fmt: skip
        return reader.read()

    def rows(self, classification: Classification) -> Axis:
        """The rows: matrix, IM, TII, VA001 to VA004, TVA, TI."""
        levels = self.levels_of()[1]
        reader = AxisReader(
            self.file, self.sheet, "row", classification, levels, range(self.first_row, len(self.grid)),
            lambda level, at: self.grid[at][level], lambda at: self.grid[at][self.first_column :],
            lambda level, at: self.cell(at, level),
        )  # fmt: skip
        return reader.read()


def _sector(name: str) -> tuple[int | None, int | None]:
    return labels.sector_number(name, "A"), labels.sector_number(name, "B")


def _levels(lines: list[list[Cell]]) -> Levels | None:
    """The lines with the most provinces, sectors and codes among candidate lines."""
    texts = [[written(v) for v in line if isinstance(v, str) and v.strip()] for line in lines]
    provinces = [len({code for t in line if (code := labels.province_code(t))}) for line in texts]
    names = [sum(1 for t in line if any(_sector(t))) for line in texts]
    if not lines or max(provinces) < LEAST_LABELS or max(names) < LEAST_LABELS:
        return None
    province, name = provinces.index(max(provinces)), names.index(max(names))
    if province == name:
        return None
    codes = [
        sum(1 for t in line if labels.special(t, "column") or labels.special(t, "row") or labels.category(t))
        for line in texts
    ]
    for taken in (province, name):
        codes[taken] = 0
    return Levels(province, name, codes.index(max(codes)) if max(codes) else None)


def missing_sum(layout: Layout, kind: str, key: Text) -> BadRequest:
    """The error for a row or column of sums that must be there."""
    axis = Text("列", "column") if kind == "column" else Text("行", "row")
    return BadRequest(
        "missing_label",
        Text(
            f"“{layout.file}”的工作表“{layout.sheet}”缺少{axis.zh}“{key.zh}”；请重新下载原表，或补上该{axis.zh}及其代码。",
            f"Sheet '{layout.sheet}' of '{layout.file}' has no {axis.en} '{key.en}'; download the table again, or add that {axis.en} "
            "with its code.",
        ),
    )  # fmt: skip


def finals(layout: Layout, axis: Axis) -> dict[tuple[str, str], Position]:
    """Final use by (province, category), all there. Raises BadRequest missing_label."""
    for province in PROVINCES:
        for kind in CATEGORIES:
            if (province.code, kind) not in axis.final:
                raise missing_sum(layout, "column", _named(province.name, labels.category_name(kind)))
    return axis.final


def _named(province: Text, kind: Text) -> Text:
    return Text(f"{province.zh}·{kind.zh}", f"{province.en}, {kind.en}")
