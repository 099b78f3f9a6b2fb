"""The XML parts of a workbook parsed as a stream: what a sheet reaches and holds, what a part points to.

Parsed, not searched: quotes, prefixes, comments and encodings mean here what they mean to any reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter, methodcaller
from xml.parsers import expat

from data.errors import BadRequest
from data.imports.archive import Archive, bomb, damaged, refused

# The reader lays a sheet out as a full rectangle: a single cell at its far corner would cost gigabytes.
MOST_CELLS = 12_000_000  # a genuine table has 1.9 million
MOST_ROWS = 200_000
MOST_COLUMNS = 16_384  # Excel's own limit
MOST_ERRORS = 20
_RELATION = "/relationships/"
_HARMLESS_RELATIONS = ("hyperlink",)
_REFERENCE, _TYPE = itemgetter("r"), methodcaller("get", "t")


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


def linked(file: str) -> BadRequest:
    """The file points to other files or to data sources."""
    return refused(
        "external_links", file, "含有指向其他文件或数据源的链接；请在 Excel 的“数据—编辑链接”中断开链接，另存后再导入。",
        "links to other files or data sources; break the links in Excel (Data, Edit Links), save it and import that.",
    )  # fmt: skip


Attributes = dict[str, str]


class Scan:
    """What is looked for while a part streams by: elements by local name, each with what takes its attributes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.wanted: dict[str, Callable[[Attributes], None]] = {}

    def settle(self) -> None:
        """Look at what was put aside; called after every piece of the part, so that little is ever held."""


class PartScan(Scan):
    """Relations to the outside, and the workbook's list of sheets (name, relation id)."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.targets: dict[str, str] = {}
        self.sheets: list[tuple[str, str]] = []
        self.wanted = {"Relationship": self._relation, "sheet": self._sheet}

    def _relation(self, attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition(_RELATION)[2]
        if attributes.get("TargetMode", "").casefold() == "external" and kind not in _HARMLESS_RELATIONS:
            raise linked(self.file)
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _sheet(self, attributes: Attributes) -> None:
        key = next((value for at, value in attributes.items() if at.endswith("relationships id")), "")
        self.sheets.append((attributes.get("name", ""), key))


class SheetScan(Scan):
    """The reach of a sheet, and the first formula in it."""

    def __init__(self, file: str, sheet: str) -> None:
        super().__init__(file)
        self.sheet = sheet
        self.row = self.last_row = self.column = self.last_column = self.cells = 0
        self._row_text = ""
        self.errors: list[str] = []
        self.formula: str | None = None
        self._columns: dict[str, int] = {}
        # Cells are only put aside: a genuine sheet has two million, and looking at a row of them at once is far quicker.
        self._aside: list[Attributes] = []
        self.wanted = {"c": self._aside.append, "row": self._row, "f": self._formula}

    def settle(self) -> None:
        """Take the cells put aside: a plain run of one row at once, any other one by one."""
        if not self._aside:
            return
        if not self._plain_run(self._aside):
            for attributes in self._aside:
                self._cell(attributes)
        self._aside.clear()

    def _plain_run(self, cells: list[Attributes]) -> bool:
        """Whether all cells name themselves as of the current row and none is an error; they are counted then."""
        try:
            names = [*map(_REFERENCE, cells)]
        except KeyError:
            return False
        run = f"(?:[A-Z]{{1,3}}{re.escape(self._row_text)} )+"
        if not self._row_text or "e" in map(_TYPE, cells) or not re.fullmatch(run, " ".join(names) + " "):
            return False
        last, widest = (
            n.removesuffix(self._row_text) for n in (names[-1], max(zip(map(len, names), names, strict=True))[1])
        )
        self.cells += len(cells)
        self.column = self._columns.get(widest) or self._named(widest)
        self._reached()
        self.column = self._columns.get(last) or self._named(last)
        return True

    def _row(self, attributes: Attributes) -> None:
        self.settle()
        written = attributes.get("r")
        self.row = self._whole(written) if written is not None else self.row + 1
        self.column = 0

    def _formula(self, _: Attributes) -> None:
        self.settle()
        self.formula = self.formula or cell_name(self.sheet, max(self.row, 1), max(self.column, 1))

    def _cell(self, attributes: Attributes) -> None:
        self.cells += 1
        if (reference := attributes.get("r")) is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            self.column = self._columns.get(letters) or self._named(letters)
            if (row := reference[len(letters) :]) != self._row_text:
                self.row = self._whole(row)
        if self.column > self.last_column or self.row > self.last_row or self.cells > MOST_CELLS:
            self._reached()
        if attributes.get("t") == "e" and len(self.errors) < MOST_ERRORS:
            self.errors.append(cell_name(self.sheet, max(self.row, 1), max(self.column, 1)))

    def _named(self, letters: str) -> int:
        """The number of a column met for the first time."""
        if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
            raise damaged(self.file)
        column = self._columns[letters] = column_number(letters.upper())
        if column > MOST_COLUMNS:
            raise damaged(self.file)
        return column

    def _reached(self) -> None:
        """A cell that may lie further out than all before it."""
        self.last_column = max(self.column, self.last_column)
        self.last_row = max(self.row, self.last_row)
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


class _Takers(dict[str, Callable[[Attributes], object]]):
    """What takes the attributes of an element, by its full name; of those not wanted they are only counted."""

    def __init__(self, file: str, scan: Scan) -> None:
        super().__init__()
        self._file, self._wanted = file, scan.wanted

    def __missing__(self, tag: str) -> Callable[[Attributes], object]:
        if len(self) > 10_000:
            raise bomb(self._file)
        take = self[tag] = self._wanted.get(tag.rpartition(" ")[2], len)
        return take


def parse(archive: Archive, name: str, scan: Scan) -> None:
    """Stream one XML part through a scan. Raises BadRequest xml_entities, damaged_file, zip_bomb and what it finds."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    takers = _Takers(archive.file, scan)

    def element(tag: str, attributes: Attributes) -> None:
        takers[tag](attributes)

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
            scan.settle()
        parser.Parse(b"", True)
        scan.settle()
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding nobody knows
        raise damaged(archive.file) from error


__all__ = [
    "Extent", "PartScan", "Scan", "SheetScan", "cell_name", "column_letters", "column_number", "linked", "parse",
]  # fmt: skip
