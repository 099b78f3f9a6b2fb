"""The published interprovincial layouts: the same arrays however a sheet is shifted, padded or re-ordered; a label that is
unknown, missing or double is refused with its cell."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import BadRequest, UnknownName
from data.imports import ceads_mrio
from data.imports.forms import ReadTable
from data.imports.workbook import Cell, Extent, Row, open_workbook
from tests.imports.fixtures_mrio import (
    BOOK_2017,
    BOOK_2020,
    WAN,
    GridBook,
    Known,
    Look,
    N,
    R,
    S,
    book_of,
    known,
    sheet,
    write_workbook,
)

FIELDS = ("Z", "Y", "exports", "error", "imports", "final_imports", "value_added", "x")


@pytest.fixture(scope="module")
def table() -> Known:
    return known()


@pytest.fixture(scope="module")
def grid(table: Known) -> list[Row]:
    return sheet(table, Look())


def copied(grid: list[Row]) -> list[Row]:
    return [list(row) for row in grid]


def read(grid: list[Row], name: str = "Table_2017") -> ReadTable:
    return ceads_mrio.read(GridBook({"Note": [["…"]], name: grid}))


def same(found: ReadTable, expected: Known, co2: bool = True) -> None:
    for name in FIELDS:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name) / WAN, rtol=1e-13, err_msg=name)
    if co2:
        assert found.co2 is not None
        np.testing.assert_array_equal(found.co2, expected.co2)


def said(found: ReadTable) -> str:
    return " ".join(note.en for note in found.notes)


def refused(grid: list[Row], code: str, *words: str) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        read(grid)
    error = caught.value
    assert error.code == code, error.message.en
    for word in words:
        assert word in error.message.en, error.message.en
        if "!" in word:
            assert word in error.message.zh, error.message.zh
    return error


def test_reads_the_2017_sheet_with_units_cells_and_sums(table: Known, grid: list[Row]) -> None:
    found = read(grid)
    same(found, table)
    assert (found.year, found.classification, found.money) == (2017, "B", "100M yuan")
    assert (len(found.regions), found.regions[0], found.sectors[-1]) == (R, "BJ", "42")
    assert found.x.sum() == pytest.approx(2.3e6)
    # the columns and rows of the published sheet, as its public readers give them
    assert found.origin.rows == tuple(range(5, 1307))
    assert found.origin.columns == tuple(range(4, 1306))
    assert found.origin.other_rows == {
        "IM": 1307, "TII": 1308, "VA001": 1309, "VA002": 1310, "VA003": 1311, "VA004": 1312, "TVA": 1313, "TI": 1314, "CO2": 1316,
    }  # fmt: skip
    assert (found.origin.other_columns["EX"], found.origin.other_columns["GO"]) == (1462, 1465)
    assert found.origin.other_columns["XJ stock_change"] == 1461
    np.testing.assert_allclose(found.printed["TVA"], table.value_added.sum(0) / WAN)
    assert found.texts == ()


def test_list_b_is_the_default_and_the_other_sheet_can_be_named(table: Known) -> None:
    book = GridBook(book_of(table, BOOK_2017))
    assert ceads_mrio.recognise(book) == "ceads_mrio_2017"
    first, other = ceads_mrio.read(book), ceads_mrio.read(book, "table_2017_consistent ")
    assert (first.origin.sheet, first.classification) == ("Table_2017", "B")
    assert (other.origin.sheet, other.classification) == ("Table_2017_consistent", "A")
    same(other, table)
    assert "Table_2017_consistent" in said(first)
    with pytest.raises(UnknownName):
        ceads_mrio.read(book, "Table_2018")


def test_the_2020_book_in_chinese_and_with_the_published_defects(table: Known) -> None:
    book = GridBook(book_of(table, BOOK_2020), "MRIO 2020.xlsx")
    assert ceads_mrio.recognise(book) == "ceads_mrio_2020"
    chinese, english = ceads_mrio.read(book), ceads_mrio.read(book, "Table_2020_English Version")
    assert chinese.origin.sheet == "Table_2020"
    labels = {str(v) for row in book.rows("Table_2020_English Version")[:4] for v in row}
    assert {"He0", "Hu0", "Hai0", "Yun0", "Fi0ce", "Xizang"} <= labels
    for found in (chinese, english):
        same(found, table, co2=False)
        assert (found.year, found.classification, found.co2) == (2020, "A", None)


def test_the_year_is_read_from_sheet_title_or_file_in_this_order(table: Known, grid: list[Row]) -> None:
    assert read(grid, "Table_2012").year == 2012
    assert read(grid, "Table").year == 2017
    bare = copied(grid)
    bare[0][0] = ""
    assert read(bare, "Table").year is None
    assert ceads_mrio.recognise(GridBook({"Table": bare})) == "ceads_mrio"
    assert ceads_mrio.recognise(GridBook({"Table": bare}, "MRIO_2015.xlsx")) == "ceads_mrio_2015"


def test_what_the_numbers_tell(table: Known) -> None:
    plain = read(sheet(table, Look()))
    assert "balancing item (ERR) is added" in said(plain)
    assert "TII includes imports" in said(plain)
    assert "TFU includes exports" in said(plain)
    other = read(sheet(table, Look(error_sign=-1.0, imports_in_tii=False, exports_in_tfu=False)))
    same(other, table)
    assert "ERR) is subtracted" in said(other)
    assert "TII excludes imports" in said(other)
    assert "TFU excludes exports" in said(other)


def test_a_sheet_without_balancing_item_or_codes(table: Known) -> None:
    even = dataclasses.replace(table, error=np.zeros(N), exports=table.exports + table.error)
    found = read(sheet(even, Look(error_column=False, codes=False)))
    same(found, even)
    assert "none is assumed" in said(found)


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("Unit: 10,000 yuan", 1e-4),
        ("单位：万元", 1e-4),
        ("（单位：亿元）", 1.0),
        ("unit: million yuan at current prices", 1e-2),
        ("", 1e-4),
    ],
)
def test_units_are_read_or_assumed_aloud(table: Known, unit: str, factor: float) -> None:
    found = read(sheet(table, Look(unit=unit)))
    np.testing.assert_allclose(found.x, table.x * factor)
    assert ("assumed" in " ".join(n.en for n in found.notes if "unit" in n.en)) == (unit == "")


def test_a_foreign_unit_is_refused(table: Known) -> None:
    refused(sheet(table, Look(unit="Unit: million US$")), "unknown_unit", "Table_2017!B3", "million US$")


@pytest.mark.parametrize("gap", [0, 1, 7])
def test_the_co2_row_stands_at_any_distance(table: Known, gap: int) -> None:
    found = read(sheet(table, Look(co2_gap=gap)))
    same(found, table)
    assert found.origin.other_rows["CO2"] == 1315 + gap


def test_co2_in_another_unit_and_with_gaps(table: Known, grid: list[Row]) -> None:
    changed = copied(grid)
    changed[-1][1] = "CO2 (10,000 t)"
    changed[-1][3 + 5] = ""
    found = read(changed)
    assert found.co2 is not None
    assert np.isnan(found.co2[5])
    np.testing.assert_allclose(found.co2[6:], table.co2[6:] / 100)


@pytest.mark.parametrize(
    ("label", "factor", "note"),
    [
        ("CO2 emissions", 1.0, "Mt is assumed"),
        ("CO2 (scope 1)", None, "was left out"),
        ("二氧化碳排放（百万吨）", 1.0, "is the row"),
    ],
)
def test_a_unit_of_co2_is_read_assumed_aloud_or_left_out(
    table: Known, grid: list[Row], label: str, factor: float | None, note: str
) -> None:
    changed = copied(grid)
    changed[-1][1] = label
    found = read(changed)
    assert note in said(found)
    assert (found.co2 is None) == (factor is None)


def test_of_two_co2_rows_the_one_in_mt_is_read_and_the_other_named(table: Known, grid: list[Row]) -> None:
    other: Row = ["", "CO2 (10,000 t)", "", *(float(v) * 100 for v in table.co2), *[""] * (len(grid[0]) - 3 - N)]
    found = read([*grid[:-1], other, grid[-1]])
    same(found, table)
    assert "1 more CO2 row(s) were not read" in said(found)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ([["CO2 (Mt)"], ["see the paper"]], "it was left out"),
        ([["CO2 (scope 1)"], ["Beijing", "Construction", 1.0]], "is not known"),
    ],
)
def test_a_co2_sheet_that_cannot_be_read_is_left_out_and_said(table: Known, page: list[Row], words: str) -> None:
    found = ceads_mrio.read(GridBook({"Table_2017": sheet(table, Look(co2_gap=None)), "CO2": page}))
    assert found.co2 is None
    assert words in said(found)


def test_a_table_without_import_row_or_parts_of_value_added(table: Known) -> None:
    closed = dataclasses.replace(table, value_added=table.value_added * (1 + table.imports / table.value_added.sum(0)))
    closed = dataclasses.replace(closed, imports=np.zeros(N))
    gone = {"IM", "VA001", "VA002", "VA003", "VA004"}
    found = read([row for row in sheet(closed, Look()) if row[2] not in gone])
    assert found.va_rows == ("TVA",)
    np.testing.assert_allclose(found.value_added[0], closed.value_added.sum(0) / WAN)
    assert not found.imports.any()
    assert "no import row" in said(found)


@pytest.mark.parametrize("form", ["list", "cross"])
def test_co2_on_a_sheet_of_its_own(table: Known, form: str) -> None:
    grid = sheet(table, Look(co2_gap=None))
    names = [str(row[1]) for row in grid[4 : 4 + S]]
    heads = [str(row[0]) for row in grid[4 : 4 + N] if row[0]]
    if form == "list":
        page: list[Row] = [["Province", "Sector", "CO2 (Mt)"]]
        page += [[heads[i // S] if i % S == 0 else "", names[i % S], float(v)] for i, v in enumerate(table.co2)]
    else:
        page = [["CO2 (Mt)", *heads]]
        page += [[name, *map(float, table.co2[s::S])] for s, name in enumerate(names)]
    found = ceads_mrio.read(GridBook({"Table_2017": grid, "CO2": page}))
    assert found.co2 is not None
    np.testing.assert_array_equal(found.co2, table.co2)
    assert "sheet 'CO2'" in said(found)


def shifted(grid: list[Row], rows: int, columns: int) -> list[Row]:
    width = len(grid[0]) + columns
    above: list[Row] = [[""] * width for _ in range(rows)]
    return above + [[*[""] * columns, *row] for row in grid]


def reordered(grid: list[Row], seed: int) -> list[Row]:
    """Provinces in another order, and sectors within them, in rows and columns apart; each block keeps its name at its start."""
    shuffle = random.Random(seed)

    def order() -> list[int]:
        provinces, sectors = list(range(R)), list(range(S))
        shuffle.shuffle(provinces)
        shuffle.shuffle(sectors)
        return [p * S + s for p in provinces for s in sectors]

    down, across = order(), order()
    lead = [str(grid[4 + p * S][0]) for p in range(R)]
    width = len(grid[0])
    out = [list(row) for row in grid[:4]]
    for place, i in enumerate(down):
        row = list(grid[4 + i])
        row[0] = lead[i // S] if place % S == 0 else ""
        out.append(row)
    out += [list(row) for row in grid[4 + N :]]
    columns = [0, 1, 2, *(3 + i for i in across), *range(3 + N, width)]
    out = [[row[c] for c in columns] for row in out]
    for place, i in enumerate(across):
        out[1][3 + place] = lead[i // S] if place % S == 0 else ""
    return out


def spread(grid: list[Row], seed: int) -> list[Row]:
    """Blank rows and columns between the others."""
    shuffle = random.Random(seed)
    blanks = sorted(shuffle.sample(range(4, len(grid[0])), 5), reverse=True)
    out = [list(row) for row in grid]
    for at in blanks:
        for row in out:
            row.insert(at, "")
    for at in sorted(shuffle.sample(range(5, len(out)), 5), reverse=True):
        out.insert(at, [""] * len(out[0]))
    return out


def dressed(grid: list[Row], seed: int) -> list[Row]:
    """Labels padded, in capitals, in full width."""
    shuffle = random.Random(seed)

    def dress(text: str) -> str:
        if not text or "CO2" in text or "nit" in text:
            return text
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
        return shuffle.choice([f"  {text}", f"{text}\u3000", text.upper(), text.lower(), wide, f"\n{text} "])

    out: list[Row] = [[dress(v) if isinstance(v, str) else v for v in row] for row in grid]
    return out


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(0, 9), columns=st.integers(0, 6), seed=st.integers(0, 10**6),
    order=st.booleans(), gaps=st.booleans(), dress=st.booleans(),
)  # fmt: skip
def test_the_same_arrays_however_the_sheet_is_laid_out(
    table: Known, grid: list[Row], rows: int, columns: int, seed: int, order: bool, gaps: bool, dress: bool
) -> None:
    changed = grid
    changed = reordered(changed, seed) if order else changed
    changed = spread(changed, seed) if gaps else changed
    changed = dressed(changed, seed) if dress else changed
    found = read(shifted(changed, rows, columns))
    same(found, table)
    assert found.classification == "B"


def test_the_two_checking_columns_and_what_stands_beside_them_do_not_count(table: Known, grid: list[Row]) -> None:
    changed = [[*row, "note", 3.0] for row in grid]
    changed[2][-2:] = ["Check", "Our own column"]
    same(read(changed), table)


# Columns of the sheet (1-based): 4 = D first flow. Row 3 holds names, column B too.
def test_an_unknown_sector_is_refused_with_its_cell_and_the_nearest(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[2][3 + 26] = "Konstruktion"
    changed[3][3 + 26] = ""
    error = refused(changed, "unknown_label", "Table_2017!AD3", "Konstruktion", "Construction")
    assert error.nearest[0] == "Construction"
    changed = copied(grid)
    changed[4 + 10][1] = "Prosessing of petrol"
    changed[4 + 10][2] = ""
    refused(changed, "unknown_label", "Table_2017!B15", "Prosessing of petrol")


def test_a_misspelt_sector_is_read_where_its_code_says_the_same_and_that_is_noted(
    table: Known, grid: list[Row]
) -> None:
    changed = copied(grid)
    changed[2][3 + 26] = "Constructoin"
    found = read(changed)
    same(found, table)
    assert "'Constructoin' is read as 'Construction'" in said(found)
    changed[3][3 + 26] = "28"  # the code says wholesale
    refused(changed, "unknown_label", "Table_2017!AD3", "Construction")


def test_an_unknown_province_is_refused(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[4 + 18 * S][0] = "Guangdog"
    error = refused(changed, "unknown_label", "Table_2017!A761", "Guangdog", "Guangdong")
    assert error.nearest[0] == "Guangdong"
    changed = copied(grid)
    changed[1][3] = "Pekingg"
    refused(changed, "unknown_label", "Table_2017!D2", "Pekingg")


def test_a_missing_label_is_named_with_the_unlabelled_cell(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[4 + S + 5][1] = changed[4 + S + 5][2] = ""
    refused(changed, "missing_label", "Tianjin, Manufacture of foods and tobacco", "Table_2017!B52")


def test_a_missing_row_column_and_province_are_named(grid: list[Row]) -> None:
    refused([*grid[:10], *grid[11:]], "missing_label", "Manufacture of textiles", "rows")
    refused([[*row[:20], *row[21:]] for row in grid], "missing_label", "Beijing", "columns")
    whole = [row for i, row in enumerate(grid) if not 4 + 5 * S <= i < 4 + 6 * S]
    refused(whole, "missing_label", "Liaoning", "rows")


@pytest.mark.parametrize("name", ["TI", "VA003"])
def test_a_missing_sum_row_is_named(grid: list[Row], name: str) -> None:
    refused([row for row in grid if row[2] != name], "missing_label", name)


@pytest.mark.parametrize(("at", "name"), [(3 + N + 1 + 155, "EX"), (3 + N + 1 + 158, "GO"), (3 + N + 1, "Beijing")])
def test_a_missing_sum_column_is_named(grid: list[Row], at: int, name: str) -> None:
    lead = [list(row) for row in grid]
    if name == "Beijing":
        lead[1][at + 1] = lead[1][at]  # its block keeps its name when its first column goes
    refused([[*row[:at], *row[at + 1 :]] for row in lead], "missing_label", name)


def test_a_double_label_is_refused_with_both_cells(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[4 + 7][1] = changed[4 + 6][1]
    refused(changed, "double_label", "Table_2017!B12", "Table_2017!B11")
    changed = [[*row, row[3 + N + 1 + 155]] for row in grid]
    refused(changed, "double_label", "Table_2017!BDL3")
    changed = copied(grid)
    changed[3][3 + N] = "GO"  # a name and a code that disagree
    refused(changed, "double_label", "Table_2017!AXF3")


def test_texts_in_numeric_cells_are_no_data_and_named(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[36][27] = "n.a."
    changed[40][3] = "1,234.5"
    changed[41][3] = True
    found = read(changed)
    assert np.isnan(found.Z[32, 24])
    assert np.isnan(found.Z[36, 0])
    assert found.texts == (("Table_2017!AB37", "n.a."), ("Table_2017!D41", "1,234.5"), ("Table_2017!D42", "True"))


class ErrorBook(GridBook):
    """A book whose cell AB37 holds #N/A, which the reader of cells gives as blank."""

    def extent(self, name: str) -> Extent:
        return dataclasses.replace(super().extent(name), errors=("Table_2017!AB37",))


def test_error_values_are_no_data_and_named(grid: list[Row]) -> None:
    changed = copied(grid)
    changed[36][27] = ""
    found = ceads_mrio.read(ErrorBook({"Table_2017": changed}))
    assert np.isnan(found.Z[32, 24])
    assert found.texts == (("Table_2017!AB37", "#ERROR"),)


# One label, or two, replaced by anything: the sheet reads to the same arrays or is refused, never to others.
HEADER = st.tuples(st.integers(1, 3), st.integers(3, 3 + N + 160))
LEFT = st.tuples(st.integers(4, 4 + N + 7), st.integers(0, 2))
JUNK = st.sampled_from(
    ["", "x", "Beijing", "Hunan", "Construction", "GO", "TI", "IM", "FU101", "CO2 (Mt)", "07", "年", 5.0, True]
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(HEADER | LEFT, min_size=1, max_size=2), junk=JUNK)
def test_a_spoilt_label_never_moves_a_number(
    table: Known, grid: list[Row], cells: list[tuple[int, int]], junk: Cell
) -> None:
    changed = list(grid)
    for row, column in cells:
        changed[row] = list(changed[row])
        changed[row][column] = junk
    try:
        found = read(changed)
    except BadRequest as error:
        assert error.message.zh and error.message.en
        return
    same(found, table, co2=False)


@pytest.mark.parametrize("sheets", [{"Sheet1": [["a", 1.0]]}, {"Table_2017": [[1.0] * 300] * 300}, {"NOTE": []}])
def test_other_workbooks_are_not_recognised(sheets: dict[str, list[Row]]) -> None:
    book = GridBook(sheets)
    assert ceads_mrio.recognise(book) is None
    with pytest.raises(BadRequest) as caught:
        ceads_mrio.read(book)
    assert caught.value.code == "not_ceads_mrio"


def test_a_named_sheet_that_is_no_table_is_refused(table: Known, grid: list[Row]) -> None:
    with pytest.raises(BadRequest) as caught:
        ceads_mrio.read(GridBook({"Note": [["x"]], "Table_2017": grid}), "Note")
    assert caught.value.code == "not_ceads_mrio"


def test_only_the_sheet_named_is_looked_at(table: Known, grid: list[Row], tmp_path: Path) -> None:
    """A fault of the sheet that would be read by default does not stop the reading of another."""
    from data.imports.importing import read_file

    wrong: list[Row] = [[""] * 1480 for _ in range(1320)]
    wrong[-1][-1] = "=1+1"
    path = write_workbook(tmp_path / "MRIO 2017.xlsx", {"Table_2017": wrong, "Table_2017_mine": grid, "Note": [["x"]]})
    with pytest.raises(BadRequest) as caught:
        read_file(path)
    assert caught.value.code == "formula"
    layout, read = read_file(path, "Table_2017_mine")
    assert layout == "ceads-mrio" and isinstance(read, ReadTable)
    np.testing.assert_allclose(read.Z, table.Z / WAN, rtol=1e-12)
    for wanted, code in (("Note", "not_ceads_mrio"), ("Table_2017", "formula")):
        with pytest.raises(BadRequest) as caught:
            read_file(path, wanted)
        assert caught.value.code == code


def test_labels_of_neither_list_are_refused(grid: list[Row]) -> None:
    """Without the names in which the two lists differ, the list cannot be told."""
    from data.imports.labels import sector_number

    changed = [
        [("x" if isinstance(v, str) and bool(sector_number(v, "A")) != bool(sector_number(v, "B")) else v) for v in row]
        for row in grid
    ]
    refused(changed, "unknown_list")


def test_a_workbook_of_genuine_size_on_disk(table: Known, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "MRIO.xlsx", book_of(table, {"Table_2017": Look()}))
    with open_workbook(path) as book:
        assert ceads_mrio.recognise(book) == "ceads_mrio_2017"
        found = ceads_mrio.read(book)
    for name in FIELDS:  # xlsx keeps 16 digits
        np.testing.assert_allclose(getattr(found, name), getattr(table, name) / WAN, rtol=1e-12, err_msg=name)
