"""Tables as an Excel workbook: a sheet each with title, head and units, then notes and sources. Texts stay texts, whatever
they begin with: nothing in the file is a formula or a link."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.text import Language, Text

Value = str | int | float | None
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767  # limits of the format
_WIDTHS = (9, 60)
_SHEETS = Text("说明与来源", "Notes and sources")
_SOURCES, _NOTES = Text("来源", "Sources"), Text("说明", "Notes")


@dataclass(frozen=True)
class Column:
    """A column's name and unit, None for words."""

    name: str
    unit: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One table. ``name`` is that of the sheet (cut and cleaned as the format asks), ``title`` stands above the head."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    notes: tuple[str, ...] = field(default=())


def workbook(
    sheets: Sequence[Sheet], language: Language, notes: Sequence[str] = (), sources: Sequence[str] = ()
) -> bytes:
    """The workbook's bytes: the tables in order, then one sheet of notes and sources. Raises ValueError on no table."""
    if not sheets:
        raise ValueError(sheets)
    out = io.BytesIO()
    taken: set[str] = set()
    with new_workbook(out) as book:
        for sheet in sheets:
            _write(book, sheet, _name(sheet.name, taken))
        if notes or sources:
            _close(book, _name(_SHEETS.to(language), taken), language, notes, sources)
    return out.getvalue()


def new_workbook(target: Any) -> Any:
    """An xlsxwriter workbook that guesses nothing: no formula, link or number is made of a text."""
    import xlsxwriter

    return xlsxwriter.Workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True},
    )


def put(sheet: Any, row: int, column: int, value: Value, form: Any = None) -> None:
    """One cell: a text as text, a finite number as a number, no data as an empty cell."""
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST_TEXT], form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif value is not None and math.isfinite(value):
        sheet.write_number(row, column, value, form)


def _write(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    small = book.add_format({"font_color": "#666666", "bottom": 1})
    put(page, 0, 0, sheet.title, bold)
    units = any(column.unit for column in sheet.columns)
    first = 3 + units
    for c, column in enumerate(sheet.columns):
        put(page, 2, c, column.name, head)
        if units:
            put(page, 3, c, column.unit or "", small)
        values = [row[c] for row in sheet.rows]
        form = book.add_format({"num_format": _format(values, column.unit)})
        for r, value in enumerate(values, first):
            put(page, r, c, value, form)
        page.set_column(c, c, _width([column.name, column.unit or "", *values]))
    for r, note in enumerate(sheet.notes, first + len(sheet.rows) + 1):
        put(page, r, 0, note)
    page.freeze_panes(first, 1)


def _close(book: Any, name: str, language: Language, notes: Sequence[str], sources: Sequence[str]) -> None:
    page = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 120)
    row = 0
    for heading, lines in ((_NOTES, notes), (_SOURCES, sources)):
        if lines:
            put(page, row, 0, heading.to(language), bold)
            for row, line in enumerate(lines, row + 1):  # noqa: B020 - the next heading goes on from the last line
                put(page, row, 0, line, wrapped)
            row += 2


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet name the format allows and that is not taken, by any case."""
    clean = _FORBIDDEN.sub(" ", wanted).strip().strip("'").strip() or "Table"
    name, number = clean[:_LONGEST_NAME].rstrip(), 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        tail = f" {number}"
        name = clean[: _LONGEST_NAME - len(tail)].rstrip() + tail
    taken.add(name.lower())
    return name


def _format(values: Sequence[Value], unit: str | None) -> str:
    """How a column's numbers look: four digits of the largest; the cells keep them in full."""
    numbers = [abs(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v)]
    if not numbers or unit in ("year", "rank"):
        return "General"
    whole = all(isinstance(v, int) for v in values if v is not None and not isinstance(v, str))
    if whole:
        return "General" if unit is None else "#,##0"
    largest = max(numbers)
    decimals = 2 if largest == 0 else min(8, max(0, 3 - math.floor(math.log10(largest))))
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _width(values: Sequence[Value]) -> float:
    """A column's width: Chinese characters take two places."""
    texts = [str(v) if isinstance(v, str) else "0" * 10 for v in values[:200] if v is not None]
    longest = max((sum(1 + (ord(c) > 0x2E80) for c in text) for text in texts), default=0)
    return float(min(_WIDTHS[1], max(_WIDTHS[0], longest + 2)))


__all__ = ["Column", "Sheet", "Value", "new_workbook", "put", "workbook"]
