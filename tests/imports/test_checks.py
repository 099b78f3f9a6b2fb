"""Checks of a table as read: a sound one passes all, and each fault is found, with its cell and both figures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from data.imports import ceads_mrio
from data.imports.checks import check_table
from data.imports.checks_coefficients import spectral_radius
from data.imports.forms import Array, Finding, Origin, ReadTable
from data.imports.workbook import Row
from tests.imports.fixtures_mrio import GridBook, Known, Look, N, known, sheet


@pytest.fixture(scope="module")
def table() -> Known:
    return known()


@pytest.fixture(scope="module")
def grid(table: Known) -> list[Row]:
    return sheet(table, Look())


def findings(grid: list[Row]) -> dict[str, Finding]:
    found = check_table(ceads_mrio.read(GridBook({"Table_2017": grid})))
    for one in found:
        assert one.ok or one.name.en
        assert not (one.ok and (one.fatal or one.cell))
    assert len({one.name.en for one in found}) == len(found)
    return {one.name.en: one for one in found}


def edited(grid: list[Row], *edits: tuple[int, int, object]) -> list[Row]:
    """The sheet with cells set, by 1-based row and column."""
    out = [list(row) for row in grid]
    for row, column, value in edits:
        out[row - 1][column - 1] = value  # type: ignore[call-overload]
    return out


def failed(found: dict[str, Finding]) -> set[str]:
    return {name for name, one in found.items() if not one.ok}


def number(grid: list[Row], row: int, column: int) -> float:
    return float(grid[row - 1][column - 1])  # type: ignore[arg-type]


GO, TI, EX, TFU = 1465, 1314, 1462, 1463


def test_a_sound_table_passes_every_check(grid: list[Row]) -> None:
    found = findings(grid)
    assert failed(found) == set()
    assert {
        "Row balance",
        "Column balance",
        "Spectral radius below 1",
        "Total value added (TVA)",
        "Intensity outliers",
    } <= set(found)


def test_a_changed_flow_breaks_both_balances_and_is_named_with_the_figures(grid: list[Row]) -> None:
    found = findings(edited(grid, (37, 28, number(grid, 37, 28) + 5e7)))  # AB37, 5,000 in 100M yuan
    row, column = found["Row balance"], found["Column balance"]
    assert row.fatal and column.fatal
    assert row.cell == column.cell == "Table_2017!AB37"
    assert "Table_2017!BDI37" in row.detail.zh and "Table_2017!AB1314" in column.detail.zh
    assert "off by the same 5,000.0000 100M yuan" in row.detail.en
    output = number(grid, 37, GO) / 1e4
    for figure in (f"{output:,.4f}", f"{output + 5000:,.4f}"):
        assert figure in row.detail.en
        assert figure in row.detail.zh
    assert {"Total intermediate inputs (TII)", "Total intermediate use"} <= failed(found)


def test_two_changed_flows_are_named_by_their_lines(grid: list[Row]) -> None:
    two = edited(grid, (37, 28, number(grid, 37, 28) + 5e7), (40, 30, number(grid, 40, 30) - 2e7))
    found = findings(two)
    assert found["Row balance"].cell == "Table_2017!BDI37"
    assert found["Column balance"].cell == "Table_2017!AB1314"
    assert found["Row balance"].detail.en.startswith("2 of 1,302")


def test_a_changed_output_is_not_blamed_on_a_flow(grid: list[Row]) -> None:
    found = findings(edited(grid, (37, GO, number(grid, 37, GO) * 2)))
    assert found["Row balance"].cell == "Table_2017!BDI37"
    assert found["Column balance"].cell == "Table_2017!AJ1314"


def test_rounding_is_no_imbalance(grid: list[Row]) -> None:
    """A table printed in whole 10,000 yuan balances only to its rounding."""
    whole = [[round(v) if isinstance(v, float) and v > 1e3 else v for v in row] for row in grid[:-1]]
    found = findings([*whole, grid[-1]])
    assert failed(found) == set()


def test_total_input_that_is_not_output(grid: list[Row]) -> None:
    found = findings(edited(grid, (TI, 10, number(grid, TI, 10) * 1.01)))
    assert found["Column balance"].fatal
    assert found["Column balance"].cell == "Table_2017!J1314"


def test_imports_counted_twice_are_told(table: Known) -> None:
    competitive = dataclasses.replace(
        table, value_added=table.value_added * (1 + table.imports / table.value_added.sum(0))
    )
    found = findings(sheet(competitive, Look()))
    assert found["Column balance"].fatal
    assert "without the import row the columns balance" in found["Column balance"].detail.en


@pytest.mark.parametrize(
    ("row", "column", "name", "cell"),
    [
        (1308, 20, "Total intermediate inputs (TII)", "Table_2017!T1308"),
        (1313, 20, "Total value added (TVA)", "Table_2017!T1313"),
        (20, 1306, "Total intermediate use", "Table_2017!AXF20"),
        (20, TFU, "Total final use (TFU)", "Table_2017!BDG20"),
    ],
)
def test_a_printed_sum_that_is_off_is_a_warning(grid: list[Row], row: int, column: int, name: str, cell: str) -> None:
    found = findings(edited(grid, (row, column, number(grid, row, column) * 1.5)))
    assert failed(found) == {name}
    assert (found[name].fatal, found[name].cell) == (False, cell)


def test_texts_and_blanks_are_fatal_with_their_cell(grid: list[Row]) -> None:
    text = findings(edited(grid, (37, 28, "n/a")))["Cells with numbers"]
    assert text.fatal and text.cell == "Table_2017!AB37" and "n/a" in text.detail.zh
    for row, column, cell in ((50, 30, "Table_2017!AD50"), (50, GO, "Table_2017!BDI50"), (1310, 30, "Table_2017!AD1310"),
                              (50, EX, "Table_2017!BDF50"), (1307, 9, "Table_2017!I1307"), (50, 1311, "Table_2017!AXK50")):  # fmt: skip
        blank = findings(edited(grid, (row, column, "")))["Cells with numbers"]
        assert blank.fatal and blank.cell == cell, blank.detail.en


def test_a_blank_in_final_imports_is_no_data_and_a_warning(grid: list[Row]) -> None:
    found = findings(edited(grid, (1307, 1307, "")))["Cells with numbers"]
    assert not found.ok and not found.fatal


def test_output_below_zero_is_fatal(grid: list[Row]) -> None:
    found = findings(edited(grid, (60, GO, -1.0)))
    assert found["Output not negative"].fatal
    assert found["Output not negative"].cell == "Table_2017!BDI60"


def test_a_sector_without_output_may_stand_empty_but_not_busy(table: Known) -> None:
    def without(at: int, keep: bool) -> Known:
        Z, Y, exports, error = table.Z.copy(), table.Y.copy(), table.exports.copy(), table.error.copy()
        if not keep:
            Z[at] = Z[:, at] = 0.0
            Y[at], exports[at], error[at] = 0.0, 0.0, 0.0
        x = Z.sum(1) + Y.sum((1, 2)) + exports + error
        shares = table.value_added / table.value_added.sum(0)
        value_added = shares * (x - Z.sum(0) - table.imports)
        imports = table.imports.copy()
        if not keep:
            value_added[:, at], imports[at] = 0.0, 0.0
        else:
            x = x.copy()
            x[at] = 0.0
        return dataclasses.replace(
            table, Z=Z, Y=Y, exports=exports, error=error, imports=imports, value_added=value_added, x=x
        )

    empty = findings(sheet(without(200, keep=False), Look()))["Sectors without output"]
    assert empty.ok and empty.detail.en.startswith("1 ")
    busy = findings(sheet(without(200, keep=True), Look()))["Sectors without output"]
    assert busy.fatal and busy.cell == "Table_2017!BDI205"


def test_the_balancing_item_is_pointed_out_when_it_is_large(table: Known) -> None:
    error = table.error.copy()
    error[7] = 0.3 * table.x[7]
    odd = dataclasses.replace(table, error=error, exports=table.exports - error + table.error)
    found = findings(sheet(odd, Look()))["Share of the balancing item"]
    assert not found.ok and not found.fatal and found.cell == "Table_2017!BDH12"


def test_negatives_are_kept_with_a_warning_unless_they_are_many(table: Known) -> None:
    def moved(amount: float) -> dict[str, Finding]:
        Z = table.Z.copy()
        change = Z[3, 9] + amount
        Z[3, 9] -= change
        Z[3, 10] += change
        Z[4, 9] += change
        Z[4, 10] -= change
        return findings(sheet(dataclasses.replace(table, Z=Z), Look()))

    few = moved(1.0)["Negatives (other than stocks, balancing item, net taxes)"]
    assert not few.ok and not few.fatal and few.cell == "Table_2017!M8"
    many = moved(5e7)["Negatives (other than stocks, balancing item, net taxes)"]
    assert many.fatal


def test_negative_stocks_and_net_taxes_are_as_published(table: Known) -> None:
    Y, value_added = table.Y.copy(), table.value_added.copy()
    Y[:, 0, 3] += 2 * Y[:, 0, 4]
    Y[:, 0, 4] *= -1
    value_added[3] += 2 * value_added[1]
    value_added[1] *= -1
    assert failed(findings(sheet(dataclasses.replace(table, Y=Y, value_added=value_added), Look()))) == set()


def test_a_wrong_unit_shows_in_the_order_of_magnitude(table: Known) -> None:
    found = findings(sheet(table, Look(unit="单位：亿元")))
    assert not found["Order of magnitude"].ok
    assert not found["Order of magnitude"].fatal


def test_emissions_in_another_unit_show_in_their_order_of_magnitude(table: Known) -> None:
    found = findings(sheet(dataclasses.replace(table, co2=table.co2 * 100), Look()))["Order of magnitude of emissions"]
    assert not found.ok and not found.fatal


def test_intensity_outliers_are_flagged_and_kept(table: Known) -> None:
    co2 = table.co2.copy()
    at = int(np.argsort(table.x)[N // 20])  # a small sector
    sector = np.arange(N) % 42 == at % 42
    co2[at] = 100 * table.x[at] * co2[sector].sum() / table.x[sector].sum()
    grid = sheet(dataclasses.replace(table, co2=co2), Look())
    found = findings(grid)["Intensity outliers"]
    assert not found.ok and not found.fatal
    read = ceads_mrio.read(GridBook({"Table_2017": grid}))
    assert read.co2 is not None and read.co2[at] == co2[at]
    assert found.cell is not None and found.cell.endswith("1316")


# --- the spectral radius, against eigenvalues --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_spectral_radius_is_that_of_the_eigenvalues(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A = rng.random((30, 30)) * (rng.random((30, 30)) < 0.2) * 0.3
    x = rng.uniform(1, 9, 30)
    expected = float(np.abs(np.linalg.eigvals(A)).max())
    assert spectral_radius(A * x, x, steps=20_000, within=1e-12) == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_a_cyclic_system_settles_too() -> None:
    A = np.array([[0.0, 0.9], [0.4, 0.0]])
    assert spectral_radius(A, np.ones(2), steps=2000, within=1e-13) == pytest.approx(0.6, rel=1e-6)


def own(Z: Array, change: Callable[[ReadTable], ReadTable] = lambda t: t) -> dict[str, Finding]:
    """A table with labels of its own, two regions by two sectors, balanced by its final use and value added."""
    x = np.array([10.0, 20.0, 30.0, 40.0])
    table = ReadTable(
        year=2020, classification="own", regions=("north", "south"), sectors=("goods", "services"), categories=("all",),
        va_rows=("value added",), Z=Z, Y=np.stack([(x - Z.sum(1)) / 2] * 2, 1)[:, :, None], exports=np.zeros(4), error=np.zeros(4),
        imports=np.zeros(4), final_imports=np.zeros((2, 1)), value_added=(x - Z.sum(0))[None, :], x=x, co2=np.ones(4), money="M EUR",
        origin=Origin("table.csv", ""),
    )  # fmt: skip
    return {one.name.en: one for one in check_table(change(table))}


def test_a_table_with_its_own_labels_has_no_cells_but_names() -> None:
    Z = np.full((4, 4), 1.5)
    assert failed(own(Z)) == set()
    broken = own(Z, lambda t: dataclasses.replace(t, exports=np.array([0.0, 0.0, 5.0, 0.0])))["Row balance"]
    assert broken.fatal and broken.cell is None
    assert "south · goods" in broken.detail.en


def test_no_inverse_is_fatal() -> None:
    Z = np.array([[12.0, 0, 0, 0], [0, 1, 1, 1], [0, 1, 1, 1], [0, 1, 1, 1]])
    found = own(Z)
    assert found["Spectral radius below 1"].fatal
    assert not found["Column sums of the coefficients"].ok


def test_value_added_the_file_does_not_hold_is_not_taken_for_zero() -> None:
    found = own(np.full((4, 4), 1.5), lambda t: dataclasses.replace(t, value_added=np.full((1, 4), np.nan)))
    assert found["Cells with numbers"].ok
    assert not found["Column balance"].ok and not found["Column balance"].fatal


def test_labels_that_repeat_are_fatal() -> None:
    found = own(np.full((4, 4), 1.5), lambda t: dataclasses.replace(t, sectors=("goods", "goods")))
    assert found["Labels"].fatal and "goods" in found["Labels"].detail.en
