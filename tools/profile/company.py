"""A company's own figures as CSV: read, checked, and its intensity. They are the owner's and are never shown as observed."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

from data.classification import Place, Sector, find_place, find_sector
from data.errors import BadRequest, TanluError
from data.text import Text

COLUMNS = ("name", "sector", "province", "year", "scope1_t", "scope2_t", "output_10k_yuan")
NEEDED = ("name", "sector", "province", "year", "scope1_t", "output_10k_yuan")
MOST_ROWS = 200
FORM = Text(
    "CSV的列为 name（名称）、sector（行业）、province（省份）、year（年份）、scope1_t（范围一，吨）、scope2_t（范围二，吨，可空）、"
    "output_10k_yuan（产值，万元，当年价）。",
    "The columns of the CSV are name, sector, province, year, scope1_t (tonnes), scope2_t (tonnes, may be empty) and output_10k_yuan "
    "(output in 10,000 yuan, current prices).",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One company and year: tonnes of CO2, output in 10,000 yuan of that year."""

    name: str
    sector: Sector
    place: Place
    year: int
    scope1: float
    scope2: float | None
    output: float

    @property
    def intensity(self) -> float:
        """Scope 1 in kg per 10,000 yuan."""
        return self.scope1 * 1000 / self.output


def read_rows(text: str) -> tuple[Row, ...]:
    """The rows of an own-company CSV, by company and year.

    Raises BadRequest naming line and column where something is missing, unknown or no number.
    """
    reader = csv.DictReader(io.StringIO(text.strip().lstrip("\ufeff")))
    heads = [h.strip().lower() for h in reader.fieldnames or ()]
    missing = [c for c in NEEDED if c not in heads]
    if missing:
        raise BadRequest(
            "company_columns",
            Text(f"缺少列 {'、'.join(missing)}。{FORM.zh}", f"Missing columns: {', '.join(missing)}. {FORM.en}"),
        )
    rows: list[Row] = []
    for number, found in enumerate(reader, 2):
        if number > MOST_ROWS + 1:
            raise BadRequest(
                "company_rows",
                Text(f"最多{MOST_ROWS}行，请分批。", f"At most {MOST_ROWS} rows at a time; split the file."),
            )
        rows.append(
            _row(number, {(k or "").strip().lower(): (v or "") for k, v in found.items() if isinstance(v, str)})
        )
    if not rows:
        raise BadRequest("company_empty", Text(f"CSV没有数据行。{FORM.zh}", f"The CSV has no rows. {FORM.en}"))
    return tuple(sorted(rows, key=lambda r: (r.name, r.year)))


def _row(number: int, cells: dict[str, str]) -> Row:
    name = cells.get("name", "").strip()
    if not name:
        raise _bad(number, "name", "")
    try:
        part, where = find_sector(cells.get("sector", "").strip()), find_place(cells.get("province", "").strip())
    except TanluError as error:
        raise BadRequest(
            "company_name",
            Text(f"第{number}行：{error.message.zh}", f"Line {number}: {error.message.en}"),
            error.nearest,
        ) from error
    if where.kind != "province" or part.kind == "total":
        raise _bad(
            number,
            "province" if where.kind != "province" else "sector",
            where.name.en if part.kind != "total" else "total",
        )
    second = cells.get("scope2_t", "").strip()
    output = _number(number, "output_10k_yuan", cells)
    if output <= 0:
        raise _bad(number, "output_10k_yuan", cells["output_10k_yuan"])
    year = _number(number, "year", cells)
    if year != int(year) or not 1990 <= year <= 2100:
        raise _bad(number, "year", cells["year"])
    return Row(
        name, part, where, int(year), _number(number, "scope1_t", cells),
        _number(number, "scope2_t", cells) if second else None, output,
    )  # fmt: skip


def _number(line: int, column: str, cells: dict[str, str]) -> float:
    text = cells.get(column, "").strip()
    try:
        value = float(text)
    except ValueError:
        raise _bad(line, column, text) from None
    if not math.isfinite(value) or value < 0:
        raise _bad(line, column, text)
    return value


def _bad(line: int, column: str, text: str) -> BadRequest:
    return BadRequest(
        "company_cell",
        Text(
            f"第{line}行 {column} 列的“{text}”不可用。{FORM.zh}",
            f"Line {line}, column {column}: '{text}' cannot be used. {FORM.en}",
        ),
    )
