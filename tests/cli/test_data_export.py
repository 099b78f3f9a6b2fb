"""`tanlu data export`: what is written is read back by the programs it is for, with our figures."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from data.classification import place
from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from tests.cli.conftest import Tanlu
from tools.mrio.accounts import accounts
from tools.mrio.system import get_system, scope_of

pymrio = pytest.importorskip("pymrio")


@pytest.fixture(scope="module")
def warehouse(state_home: Path) -> Warehouse:
    return open_warehouse(read_dataset(starter_folder()))


def test_pymrio_finds_the_footprints_of_all_provinces(tanlu: Tanlu, tmp_path: Path, warehouse: Warehouse) -> None:
    assert (
        tanlu("data", "export", "pymrio", "--out", str(tmp_path / "table"), "--year", "2017", "--lang", "en").status
        == 0
    )
    system = pymrio.load_all(tmp_path / "table").calc_all()
    theirs = system.emissions.D_cba_reg.loc["CO2"]
    ours = get_system(warehouse, 2017)
    for code in ours.mrio.regions:
        found = accounts(scope_of(warehouse, place(code), 2017))
        np.testing.assert_allclose(theirs[place(code).name.en], found.consumption, rtol=1e-9)
    np.testing.assert_allclose(theirs["abroad"], ours.exported.sum(), rtol=1e-9)
    sold = system.Z.sum(axis=1) + system.Y.sum(axis=1)
    np.testing.assert_allclose(sold, system.x["indout"], rtol=1e-9, atol=1e-6)
    bought = system.Z.sum(axis=0) + system.value_added.F.sum() + system.imports.F.sum()
    np.testing.assert_allclose(bought, system.x["indout"], rtol=1e-9, atol=1e-6)
    about = (tmp_path / "table" / "metadata.json").read_text("utf-8")
    assert "estimate" in about and "Shan, Y." in about


def test_iamc_series_add_up_and_gaps_stay_empty(tanlu: Tanlu, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    assert tanlu("data", "export", "iamc", "--out", str(path)).status == 0
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0])[:5] == ["Model", "Scenario", "Region", "Variable", "Unit"]
    assert {row["Unit"] for row in rows} == {"Mt CO2/yr"}
    sums: dict[str, float] = defaultdict(float)
    series = {(row["Region"], row["Variable"]): row for row in rows}
    for (region, name), row in series.items():
        root, _, rest = name.rpartition("|")
        if root in ("Emissions|CO2", "Carbon Footprint") and rest and row["2017"]:
            sums[f"{region} {root}"] += float(row["2017"])
    for root in ("Emissions|CO2", "Carbon Footprint"):
        for region in ("Guangdong", "Inner Mongolia"):
            assert sums[f"{region} {root}"] == pytest.approx(float(series[region, root]["2017"]), rel=1e-9)
    assert float(series["Guangdong", "Emissions|CO2"]["2017"]) == pytest.approx(556.86, abs=0.005)
    assert series["Ningxia", "Emissions|CO2"]["2001"] == "" and series["Ningxia", "Emissions|CO2"]["2003"] != ""
    assert not any(region == "Tibet" for region, _ in series)


def test_excel_holds_the_accounts_with_their_sources(tanlu: Tanlu, tmp_path: Path, warehouse: Warehouse) -> None:
    path = tmp_path / "all.xlsx"
    assert tanlu("data", "export", "excel", "--out", str(path), "--year", "2017", "--lang", "zh").status == 0
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["emissions", "fuels", "accounts", "trade", "sectors", "说明与来源"]
    lines = book.get_sheet_by_name("accounts").to_python()
    guangdong = next(line for line in lines if line[0] == "广东")
    found = accounts(scope_of(warehouse, place("GD"), 2017))
    assert guangdong[1:3] == [pytest.approx(found.production, rel=1e-14), pytest.approx(found.consumption, rel=1e-14)]
    assert next(line for line in lines if line[0] == "西藏")[1:] == [""] * 7
    emissions = book.get_sheet_by_name("emissions").to_python()
    column = emissions[2].index("广东")
    assert sum(float(line[column]) for line in emissions[4:51]) == pytest.approx(556.86, abs=0.005)  # type: ignore[arg-type]
    closing = "\n".join(str(line[0]) for line in book.get_sheet_by_name("说明与来源").to_python())
    assert "估算" in closing and "Shan, Y." in closing and "无数据" in closing


def test_what_cannot_be_written_says_why(tanlu: Tanlu, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    told = tanlu("data", "export", "pymrio", "--out", str(tmp_path / "there"))
    assert told.status == 2 and "there already" in told.err
    assert "must end in" in tanlu("data", "export", "iamc", "--out", str(tmp_path / "a.txt")).err
    told = tanlu("data", "export", "excel", "--out", str(tmp_path / "a.xlsx"), "--year", "1960")
    assert told.status == 1 and "1960" in told.err
    assert tanlu("data", "export", "pymrio", "--out", str(tmp_path / "b"), "--year", "1960").status == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "there"]
