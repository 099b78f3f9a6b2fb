"""The reader of CO2 inventories against made-up workbooks of known figures, and everything it must refuse."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from data.dataset import read_dataset, starter_folder
from data.errors import BadRequest
from data.imports import inventory
from data.imports.forms import Finding, ReadInventory
from data.imports.inventory_checks import check_inventory
from data.imports.inventory_rows import rows_of
from data.imports.workbook import open_workbook
from tests.imports import fixtures_inventory as made

GAS_ROW = 4 + 40  # line of sector 40 (row 5 is sector 1)


def opened(path: Path) -> ReadInventory:
    with open_workbook(path) as book:
        assert inventory.recognise(book)
        return inventory.read(book)


def failed(read: ReadInventory) -> list[Finding]:
    return [found for found in check_inventory(read) if not found.ok]


def cube(read: ReadInventory, region: str, year: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    out = np.full((47, 18), np.nan)
    for row in read.rows:
        if (row.region, row.year) == (region, year):
            out[row.sector_no - 1, inventory.COLUMNS.index(row.fuel)] = row.mt
    return out


def test_provinces_are_read_by_label_in_every_published_spelling(tmp_path: Path) -> None:
    read = opened(made.provincial(tmp_path))
    assert set(read.origins) == {("GD", 2017), ("NM", 2017), ("SN", 2017)}
    for seed, code in ((1, "GD"), (2, "NM"), (3, "SN")):
        np.testing.assert_array_equal(cube(read, code, 2017), made.figures(seed))
        assert read.printed[code, 2017] == pytest.approx(made.figures(seed).sum(), rel=1e-12)
        assert read.printed_sectors[code, 2017, 27] == pytest.approx(made.figures(seed)[26].sum(), rel=1e-12)
    assert failed(read) == []
    assert any("NOTE" in note.en for note in read.notes)


def test_rows_and_columns_may_stand_elsewhere(tmp_path: Path) -> None:
    order = np.random.default_rng(5).permutation(22)

    def shuffle(lines: made.Grid) -> None:
        lines[:] = [["x", line[0], *(line[1 + k] for k in order)] for line in [*lines[:4], *reversed(lines[4:])]]
        for line in lines[:1]:
            line[0] = ""

    read = opened(made.provincial(tmp_path, shuffle))
    np.testing.assert_array_equal(cube(read, "GD", 2017), made.figures(1))
    assert failed(read) == []


def test_the_national_file_has_a_sheet_for_every_year(tmp_path: Path) -> None:
    read = opened(made.national(tmp_path))
    assert set(read.origins) == {("CN", 2018), ("CN", 2019)}
    np.testing.assert_array_equal(cube(read, "CN", 2019), made.figures(19))
    assert failed(read) == []


def test_a_blank_cell_that_no_total_counts_is_stored_as_zero(tmp_path: Path) -> None:
    def clear(lines: made.Grid) -> None:
        row = lines[GAS_ROW - 1]
        lines[3][3] -= row[3]  # keep the printed sums true
        lines[3][22] -= row[3]
        row[22] -= row[3]
        row[3] = ""

    read = opened(made.provincial(tmp_path, clear))
    assert math.isnan(cube(read, "GD", 2017)[39, 2])
    assert len(read.rows) == 3 * 47 * 18 - 1
    assert failed(read) == []
    assert any("1 blank" in found.detail.en and "zero" in found.detail.en for found in check_inventory(read))
    stored = rows_of(read, read_dataset(starter_folder()))["co2"].to_pylist()
    cell = {(r["region"], r["sector_no"], r["fuel"]): r["mt"] for r in stored}
    assert len(stored) == 3 * 47 * 18 and cell["GD", 40, inventory.COLUMNS[2]] == 0.0
    assert sum(v for (region, *_), v in cell.items() if region == "GD") == pytest.approx(read.printed["GD", 2017])


@pytest.mark.parametrize("whole", [False, True], ids=["a cell", "a row"])
def test_a_blank_cell_that_a_total_counts_stops_the_import(tmp_path: Path, whole: bool) -> None:
    def clear(lines: made.Grid) -> None:
        row = lines[26 + 4]  # cement, whose printed total stays
        row[1:22] = [""] * 21 if whole else [*row[1:21], ""]

    stopped = [f for f in failed(opened(made.provincial(tmp_path, clear))) if f.fatal]
    assert {f.name.en.split(":")[0] for f in stopped} >= {"Each sector", "Each sheet"}
    assert "Guangdong2017!W31" in [f.cell for f in stopped]


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (lambda g: g[9].__setitem__(5, "n.a."), "Guangdong2017!F10"),
        (lambda g: g[9].__setitem__(5, -0.5), "Guangdong2017!F10"),
        (lambda g: g[9].__setitem__(22, g[9][22] + 0.01), "Guangdong2017!W10"),
        (lambda g: g[3].__setitem__(22, g[3][22] + 0.01), "Guangdong2017!W4"),
        (lambda g: g.pop(9), "Guangdong2017!A10"),
        (lambda g: g[3].__setitem__(22, ""), "Guangdong2017!W4"),
    ],
    ids=["text", "negative", "row sum", "total", "missing sector", "no total"],
)  # fmt: skip
def test_a_fault_is_found_with_its_cell_and_a_mend(tmp_path: Path, change: made.Change, cell: str) -> None:
    found = [f for f in failed(opened(made.provincial(tmp_path, change))) if f.fatal]
    assert cell in [f.cell for f in found]
    for finding in found:
        assert finding.detail.zh and finding.detail.en
        assert finding.cell and finding.cell.startswith("Guangdong2017!")


def test_the_year_of_a_sheet_must_be_that_of_the_file(tmp_path: Path) -> None:
    read = opened(made.provincial(tmp_path, year=2016, name="Emission_Inventories_for_30_Provinces_2017.xlsx"))
    [found] = failed(read)
    assert found.fatal and "2016" in found.detail.en and "2017" in found.detail.en


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda g: g[9].__setitem__(0, g[8][0]), "A10"),
        (lambda g: g[9].__setitem__(0, "Space Mining"), "Space Mining"),
        (lambda g: g[0].__setitem__(1, "Peat"), "Raw Coal"),
        (lambda g: g[0].__setitem__(2, "Raw Coal"), "C1"),
        (lambda g: g[0].__setitem__(22, "Sum"), "Scope 1 Total"),
        (lambda g: g[1].__setitem__(4, "10^4 tce"), "E2"),
        (lambda g: g[1].__setitem__(4, "kt CO2"), "E2"),
    ],
    ids=["sector twice", "unknown sector", "fuel missing", "fuel twice", "no total column", "unit", "unit of mass"],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_with_its_place(tmp_path: Path, change: made.Change, said: str) -> None:
    path = made.provincial(tmp_path, change)
    with open_workbook(path) as book, pytest.raises(BadRequest) as refusal:
        inventory.read(book)
    for text in (refusal.value.message.zh, refusal.value.message.en):
        assert said in text and "Guangdong2017" in text and path.name in text


def test_one_place_and_year_may_stand_once(tmp_path: Path) -> None:
    path = made.write(tmp_path / "a.xlsx", [("Guangdong2017", made.grid(1)), ("Guangdong 2017", made.grid(1))])
    with open_workbook(path) as book, pytest.raises(BadRequest, match="same place and year"):
        inventory.read(book)


def test_a_misspelt_sheet_is_not_left_out_silently(tmp_path: Path) -> None:
    path = made.write(tmp_path / "a.xlsx", [("Guangdong2017", made.grid(1)), ("Guangdnog2017", made.grid(2))])
    with open_workbook(path) as book, pytest.raises(BadRequest, match="Guangdnog2017"):
        inventory.read(book)


def test_other_workbooks_are_not_recognised(tmp_path: Path) -> None:
    other = made.write(tmp_path / "other.xlsx", [("Table_2017", [["a", 1.0], ["b", 2.0]])])
    with open_workbook(other) as book:
        assert not inventory.recognise(book)
        with pytest.raises(BadRequest, match="no sheet is named"):
            inventory.read(book)


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = made.provincial(tmp_path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BadRequest) as refusal:
        open_workbook(path)
    assert "damaged" in refusal.value.message.en


def test_checks_see_every_sheet(tmp_path: Path) -> None:
    """A fault in any sheet, not only the first, is found."""
    sheets = defaultdict(list)
    for bad in ("Guangdong2017", "Hebei2017"):
        grids = {"Guangdong2017": made.grid(1), "Hebei2017": made.grid(2)}
        grids[bad][20][4] += 1.0
        read = opened(made.write(tmp_path / f"{bad}.xlsx", grids.items()))
        sheets[bad] = [found.cell for found in failed(read)]
    assert all(cell and cell.startswith(name) for name, cells in sheets.items() for cell in cells)
    assert all(sheets.values())
