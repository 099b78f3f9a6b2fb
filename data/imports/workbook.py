"""Opens a stranger's .xlsx safely and gives its sheets as rows of cells.

The container is inspected first (``archive``); every small part is parsed for what no data file needs (entities, macros,
links to other files), and a sheet is parsed as a stream before it is read: well-formed, within a size, values and no
formulas. Only then python-calamine reads it. Cells are named as a spreadsheet names them: ``Table_2017!AB37``.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadRequest, UnknownName
from data.imports.archive import Archive, damaged, file_bytes, refused
from data.imports.xml_scan import (
    Extent,
    PartScan,
    SheetScan,
    cell_name,
    column_letters,
    column_number,
    linked,
    parse,
)
from data.text import Text

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
Row = list[Cell]


class Workbook:
    """An inspected workbook. ``file`` is its name, ``sheet_names`` its worksheets as written (blanks included)."""

    def __init__(self, archive: Archive, book: CalamineWorkbook, parts: dict[str, str]) -> None:
        self.file = archive.file
        self.sheet_names: tuple[str, ...] = tuple(parts)
        self._archive = archive
        self._book = book
        self._parts = parts
        self._extents: dict[str, Extent] = {}
        self._kept: tuple[str, list[Row]] | None = None

    def find(self, name: str) -> str | None:
        """The sheet of this name, whatever its width, case and blanks; None if there is none."""
        if name in self._parts:
            return name
        return next((sheet for sheet in self.sheet_names if _folded(sheet) == _folded(name)), None)

    def sheet(self, name: str) -> str:
        """Like ``find``; raises UnknownName sheet_missing with the sheets there are."""
        found = self.find(name)
        if found is None:
            raise UnknownName(
                "sheet_missing",
                Text(
                    f"“{self.file}”中没有名为“{name}”的工作表；有：{'、'.join(self.sheet_names)}。",
                    f"'{self.file}' has no sheet named '{name}'; it has {', '.join(self.sheet_names)}.",
                ),
                self.sheet_names,
            )
        return found

    def extent(self, name: str) -> Extent:
        """How far a sheet reaches. Inspects it (once): raises BadRequest sheet_too_large, damaged_file, zip_bomb,
        xml_entities; UnknownName sheet_missing."""
        name = self.sheet(name)
        if name not in self._extents:
            scan = SheetScan(self.file, name)
            parse(self._archive, self._parts[name], scan)
            self._extents[name] = scan.extent()
        return self._extents[name]

    def rows(self, name: str) -> list[Row]:
        """A sheet's cells from A1 on, as rows of equal length; a blank cell is "". Raises BadRequest formula where a cell
        holds one, and as ``extent`` does.

        ``rows(name)[r - 1][c - 1]`` stands in row r, column c. The last sheet read is kept, so asking again is free; do
        not change what you get.
        """
        name = self.sheet(name)
        if self._kept is None or self._kept[0] != name:
            self._kept = None
            extent = self.extent(name)
            if extent.formula is not None:
                raise _formula(self.file, extent.formula)
            if not extent.rows:
                return []
            self._kept = (name, self._read(name))
        return self._kept[1]

    def _read(self, name: str) -> list[Row]:
        from python_calamine import CalamineError

        try:
            return list(self._book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        except CalamineError as error:
            raise damaged(self.file) from error

    def close(self) -> None:
        """Let go of the file's contents."""
        self._kept = None
        self._book.close()

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workbook(path: Path) -> Workbook:
    """Inspect a workbook and open it; sheets are inspected when they are asked for.

    Raises BadRequest with one of the codes file_missing, file_too_large, not_xlsx, encrypted, damaged_file, zip_bomb,
    macros, external_links, xml_entities; no sheet has been read then.
    """
    archive = Archive(file_bytes(path), path.name)
    folded = {name.casefold(): name for name in archive.names}
    if "xl/workbook.xml" not in folded:
        raise refused(
            "not_xlsx", archive.file, "是压缩包，但不是 .xlsx 工作簿；请导入发布的 .xlsx 文件。",
            "is an archive but not an .xlsx workbook; import the .xlsx file as published.",
        )  # fmt: skip
    _refuse_unwanted(archive, list(folded))
    relations: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    for name in archive.names:
        lower = name.casefold()
        if lower.startswith("xl/worksheets/") and not lower.endswith(".rels"):
            continue  # inspected when asked for
        if not lower.endswith((".xml", ".rels")):
            continue  # pictures, printer settings: never opened
        found = PartScan(archive.file)
        parse(archive, name, found)
        if lower == "xl/_rels/workbook.xml.rels":
            relations = found.targets
        elif lower == "xl/workbook.xml":
            sheets = found.sheets
    return _opened(archive, sheets, relations, folded)


def _opened(
    archive: Archive, sheets: list[tuple[str, str]], relations: dict[str, str], folded: dict[str, str]
) -> Workbook:
    from python_calamine import CalamineError, load_workbook

    targets = {name: relations.get(key, "") for name, key in sheets}
    parts: dict[str, str] = {}
    for name, target in targets.items():
        inside = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        part = folded.get(inside.casefold())
        if part is not None and part.casefold().startswith("xl/worksheets/"):
            parts[name] = part  # chart sheets hold no cells
    try:
        book = load_workbook(io.BytesIO(archive.content))
        known = set(book.sheet_names)
    except CalamineError as error:
        raise damaged(archive.file) from error
    if not parts or len(targets) != len(sheets) or not set(parts) <= known:
        raise damaged(archive.file)
    return Workbook(archive, book, parts)


def _refuse_unwanted(archive: Archive, names: list[str]) -> None:
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise refused(
            "macros", archive.file, "含有宏；请在 Excel 中另存为不含宏的 .xlsx 再导入。",
            "holds macros; save it in Excel as an .xlsx without macros and import that.",
        )  # fmt: skip
    if any(name.startswith(("xl/externallinks/", "xl/querytables/")) or name == "xl/connections.xml" for name in names):
        raise linked(archive.file)


def _formula(file: str, cell: str) -> BadRequest:
    return refused(
        "formula", file,
        f"的单元格 {cell} 是公式，发布的表中只有数值；请在 Excel 中全选、复制，再“选择性粘贴—数值”，另存后导入。",
        f"has a formula in {cell}, where published tables hold values; in Excel select all, copy, Paste Special "
        "Values, save it and import that.",
    )  # fmt: skip


def _folded(name: str) -> str:
    from data.characters import folded

    return folded(name)


__all__ = [
    "Cell", "Extent", "Row", "Workbook", "cell_name", "column_letters", "column_number", "open_workbook",
]  # fmt: skip
