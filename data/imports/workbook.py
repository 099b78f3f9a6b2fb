"""Opens a stranger's .xlsx safely and gives its sheets as rows of cells.

The container is inspected first (``archive``); every small part is parsed for what no data file needs (entities, macros,
links to other files), and a sheet is parsed as a stream before it is read: well-formed, within a size, values and no
formulas. Only then python-calamine reads it. Cells are named as a spreadsheet names them: ``Table_2017!AB37``.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from data.errors import BadRequest, UnknownName
from data.imports.archive import Archive, bomb, damaged, file_bytes, refused
from data.text import Text

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
Row = list[Cell]
# The reader lays a sheet out as a full rectangle: a single cell at its far corner would cost gigabytes.
MOST_CELLS = 12_000_000  # a genuine table has 1.9 million
MOST_ROWS = 200_000
MOST_COLUMNS = 16_384  # Excel's own limit
MOST_ERRORS = 20
_RELATION = "/relationships/"
_HARMLESS_RELATIONS = ("hyperlink",)


def column_letters(column: int) -> str:
    """The letters of a 1-based column: 1 -> A, 28 -> AB."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def column_number(letters: str) -> int:
    """The 1-based number of a column's letters: AB -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(sheet: str, row: int, column: int) -> str:
    """A cell as people name it, from 1-based positions: ``Table_2017!AB37``."""
    return f"{sheet}!{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet reaches, counted from A1: ``rows`` and ``columns`` are the last ones that hold a cell. ``errors``
    names its first cells that hold an error value (#N/A), which ``rows`` gives as blank; ``formula`` the first formula."""

    rows: int
    columns: int
    errors: tuple[str, ...] = ()
    formula: str | None = None


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
            scan = _SheetScan(self.file, name)
            _parse(self._archive, self._parts[name], scan)
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
        found = _PartScan(archive.file)
        _parse(archive, name, found)
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
        raise _linked(archive.file)


def _linked(file: str) -> BadRequest:
    return refused(
        "external_links", file, "含有指向其他文件或数据源的链接；请在 Excel 的“数据—编辑链接”中断开链接，另存后再导入。",
        "links to other files or data sources; break the links in Excel (Data, Edit Links), save it and import that.",
    )  # fmt: skip


def _formula(file: str, cell: str) -> BadRequest:
    return refused(
        "formula", file,
        f"的单元格 {cell} 是公式，发布的表中只有数值；请在 Excel 中全选、复制，再“选择性粘贴—数值”，另存后导入。",
        f"has a formula in {cell}, where published tables hold values; in Excel select all, copy, Paste Special "
        "Values, save it and import that.",
    )  # fmt: skip


def _folded(name: str) -> str:
    from data.classification import folded

    return folded(name)


class _Scan:
    """What is looked for while a part streams by. ``start`` gets each element's local name and attributes."""

    def __init__(self, file: str) -> None:
        self.file = file

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError


class _PartScan(_Scan):
    """Relations to the outside, and the workbook's list of sheets (name, relation id)."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.targets: dict[str, str] = {}
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition(_RELATION)[2]
            if attributes.get("TargetMode", "").casefold() == "external" and kind not in _HARMLESS_RELATIONS:
                raise _linked(self.file)
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif name == "sheet":
            key = next((value for at, value in attributes.items() if at.endswith("relationships id")), "")
            self.sheets.append((attributes.get("name", ""), key))


class _SheetScan(_Scan):
    """The reach of a sheet, and the first formula in it."""

    def __init__(self, file: str, sheet: str) -> None:
        super().__init__(file)
        self.sheet = sheet
        self.row = self.last_row = self.column = self.last_column = self.cells = 0
        self._row_text = ""
        self.errors: list[str] = []
        self.formula: str | None = None
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes.get("r"))
            if attributes.get("t") == "e" and len(self.errors) < MOST_ERRORS:
                self.errors.append(cell_name(self.sheet, max(self.row, 1), max(self.column, 1)))
        elif name == "row":
            written = attributes.get("r")
            self.row = self._whole(written) if written is not None else self.row + 1
            self.column = 0
        elif name == "f":
            self.formula = self.formula or cell_name(self.sheet, max(self.row, 1), max(self.column, 1))

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
                    raise damaged(self.file)
                column = self._columns[letters] = column_number(letters.upper())
                if column > MOST_COLUMNS:
                    raise damaged(self.file)
            self.column = column
            row = reference[len(letters) :]
            if row != self._row_text:
                self.row = self._whole(row)
        if self.column > self.last_column:
            self.last_column = self.column
        if self.row > self.last_row:
            self.last_row = self.row
        if max(self.cells, self.last_row * self.last_column) > MOST_CELLS or self.last_row > MOST_ROWS:
            raise refused(
                "sheet_too_large", self.file,
                f"的工作表“{self.sheet}”范围过大（到 {column_letters(self.last_column)}{self.last_row}）；请删去数据区以外的内容，另存后再导入。",
                f"reaches too far in sheet '{self.sheet}' (to {column_letters(self.last_column)}{self.last_row}); delete "
                "what stands outside the data, save it and import that.",
            )  # fmt: skip

    def _whole(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) > 0):
            raise damaged(self.file)
        self._row_text = text
        return int(text)

    def extent(self) -> Extent:
        """How far the cells reached."""
        return Extent(self.last_row, self.last_column, tuple(self.errors), self.formula)


def _parse(archive: Archive, name: str, scan: _Scan) -> None:
    """Stream one XML part through a scan. Raises BadRequest xml_entities, damaged_file, zip_bomb and what it finds."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    local: dict[str, str] = {}
    start = scan.start

    def element(tag: str, attributes: dict[str, str]) -> None:
        short = local.get(tag)
        if short is None:
            if len(local) > 10_000:
                raise bomb(archive.file)
            short = local[tag] = tag.rpartition(" ")[2]
        start(short, attributes)

    def doctype(*_: object) -> None:
        raise refused(
            "xml_entities", archive.file, f"的内部文件 {name} 含有文档类型或实体声明，工作簿中不应有；请在 Excel 中打开并另存为 .xlsx 后再导入。",
            f"declares a document type or entities in its part {name}, which no workbook needs; open it in Excel, save "
            "it as .xlsx and import that.",
        )  # fmt: skip

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    try:
        for chunk in archive.chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(archive.file) from error


__all__ = [
    "MOST_CELLS", "Cell", "Extent", "Row", "Workbook", "cell_name", "column_letters", "column_number", "open_workbook",
]  # fmt: skip
