"""Workbooks: figures as numbers, texts as texts whatever they begin with, names the format allows, notes and sources."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from data.exports.excel import Column, Sheet, workbook

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "12", "\t=2")


def cells(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}  # type: ignore[misc]


def parts(content: bytes, folder: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith(folder))


def sheet(**changes: object) -> Sheet:
    made: dict[str, object] = {
        "name": "B1", "title": "Emissions", "columns": (Column("place"), Column("emissions", "Mt CO2"), Column("year")),
        "rows": [["广东", 556.86, 2017], ["Hebei", None, 2017], ["Tibet", float("nan"), 2018]],
    }  # fmt: skip
    return Sheet(**{**made, **changes})  # type: ignore[arg-type]


def test_figures_are_numbers_with_units_above() -> None:
    read = cells(workbook([sheet()], "zh", ["口径"], ["=Shan et al. 2018"]))
    assert list(read) == ["B1", "说明与来源"]
    lines = read["B1"]
    assert lines[0][0] == "Emissions"
    assert lines[2] == ["place", "emissions", "year"] and lines[3] == ["", "Mt CO2", ""]
    assert lines[4] == ["广东", 556.86, 2017.0]
    assert lines[5] == ["Hebei", "", 2017.0] and lines[6] == ["Tibet", "", 2018.0]
    assert [line[0] for line in read["说明与来源"]] == ["说明", "口径", "", "来源", "=Shan et al. 2018"]


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    rows = [[text, 1.0, 1] for text in EVIL]
    content = workbook(
        [sheet(rows=rows, title="=1", columns=(Column("=a", "=b"), Column("@c"), Column("d")))], "en", ["=n"], ["+s"]
    )
    sheets = parts(content, "xl/worksheets/")
    assert "<f" not in re.sub(r"<(font|fill)", "", sheets) and "hyperlink" not in sheets.lower()
    assert [line[0] for line in cells(content)["B1"][4:]] == list(EVIL)
    assert all(isinstance(line[0], str) for line in cells(content)["B1"][4:])


def test_names_of_sheets_are_cut_cleaned_and_told_apart() -> None:
    long = "Emissions: [all] of / the * provinces? and more"
    names = list(
        cells(workbook([sheet(name=long), sheet(name=long.upper()), sheet(name="'"), sheet(name="History")], "en"))
    )
    assert len({name.lower() for name in names}) == 4
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert "history" not in [name.lower() for name in names]


def test_years_have_no_separators_and_small_figures_keep_their_digits() -> None:
    columns = (Column("year", "year"), Column("share", "%"), Column("output", "100M yuan"))
    content = workbook([sheet(columns=columns, rows=[[2017, 0.0123, 123_456.7]])], "en")
    styles = parts(content, "xl/styles.xml")
    assert 'formatCode="#,##0.00000"' in styles
    assert cells(content)["B1"][4] == [2017.0, 0.0123, 123_456.7]


def test_a_workbook_has_a_table() -> None:
    with pytest.raises(ValueError, match=r"\[\]"):
        workbook([], "en")
