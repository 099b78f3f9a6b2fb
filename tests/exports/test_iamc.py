"""The IAMC layout: head, one line for each series, years as columns, no data as an empty cell."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.errors import BadRequest
from data.exports import iamc

ROWS = [
    iamc.IamcRow("Tanlu", "history", "Guangdong", "Emissions|CO2", "Mt CO2/yr", year, value)
    for year, value in ((2019, 569.125), (2017, 556.86), (2018, None))
] + [
    iamc.IamcRow("Tanlu", "history", "=Hebei", iamc.variable("Emissions", "CO2", "Iron | steel"), "Mt CO2/yr", 2017, 1.0),
    iamc.IamcRow("Tanlu", "history", "=Hebei", iamc.variable("Emissions", "CO2", "Iron | steel"), "Mt CO2/yr", 2018, math.nan),
]  # fmt: skip
HEAD = ["Model", "Scenario", "Region", "Variable", "Unit", "2017", "2018", "2019"]


def test_csv(tmp_path: Path) -> None:
    path = iamc.write_csv(ROWS, tmp_path / "a.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    assert lines == [
        HEAD,
        ["Tanlu", "history", "Guangdong", "Emissions|CO2", "Mt CO2/yr", "556.86", "", "569.125"],
        ["Tanlu", "history", "=Hebei", "Emissions|CO2|Iron / steel", "Mt CO2/yr", "1.0", "", ""],
    ]


def test_xlsx_has_the_sheet_data_with_numbers(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(iamc.write_xlsx(ROWS, tmp_path / "a.xlsx")))
    assert book.sheet_names == ["data"]
    lines = book.get_sheet_by_name("data").to_python()
    assert lines[0] == [*HEAD[:5], 2017.0, 2018.0, 2019.0]
    assert lines[1][5:] == [556.86, "", 569.125]
    assert lines[2][2] == "=Hebei"


def test_a_figure_stands_once_and_names_are_whole() -> None:
    with pytest.raises(ValueError, match="2017"):
        iamc.wide([ROWS[1], ROWS[1]])
    with pytest.raises(ValueError, match="Tanlu"):
        iamc.wide([iamc.IamcRow("Tanlu", " ", "x", "y", "z", 2017, 1.0)])


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine", "utf-8")
    with pytest.raises(BadRequest, match="there already"):
        iamc.write_csv(ROWS, path)
    assert path.read_text("utf-8") == "mine"
