"""The builder's readers of power, energy and context: units, scopes, flags, and what must not ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.build import build_dataset
from data.errors import DatasetError
from tests.data.small_sources import write

POWER = "province_power/"


def _power(folder: Path) -> None:
    write(folder / POWER / "raw_coal_for_power_JanNov_10kt_2009_2022.csv", ["year", "code", "en", "raw_coal_for_power_Jan_Nov_10kt"],
          [[2015, "GD", "", 9000], [2019, "GD", "", 10000], [2020, "GD", "", ""]])  # fmt: skip
    write(folder / POWER / "generation_full_scope_TWh_2005_2017_2021.csv",
          ["year", "code", "en", "thermal", "hydro", "nuclear", "wind", "solar", "other", "total"],
          [[2017, "GD", "", 300, 20, 80, 6, 3, 0.5, 409.5], [2009, "HI", "", 10, 1, 0, 0, 0, -0.18, 10.82]])  # fmt: skip
    write(folder / POWER / "generation_by_source_TWh_2005_2024.csv",
          ["year", "code", "en", "thermal", "hydro", "nuclear", "wind", "solar_above_scale", "total_listed",
           "wind_basis", "nuclear_basis"],
          [[2020, "GD", "", 350, 15, "", 9, 4, 378, "derived", ""],
           [2020, "SD", "", 450, "", 19.7, "", "", 469.7, "", "derived_residual"]])  # fmt: skip
    write(folder / POWER / "consumption_TWh_2008_2024.csv", ["year", "code", "en", "consumption_TWh"],
          [[2020, "GD", "", 692.6]])  # fmt: skip
    write(folder / POWER / "installed_capacity_GW_2012_2024.csv",
          ["year", "code", "en", "thermal", "hydro", "nuclear", "wind", "solar", "wind_basis", "nuclear_basis"],
          [[2024, "GD", "", 100, 9, 16.1, 17, 40, "end_November", "reported"],
           [2024, "HI", "", 8, 1, 1.3, "", "", "", "known_units"]])  # fmt: skip
    write(folder / POWER / "interprovincial_trade_GWh_2005_2019.csv", ["year", "from", "to", "GWh"],
          [[2019, "YN", "GD", 145172.0], [2016, "HE", "HE", 9506.1]])  # fmt: skip
    sources = ("thermal", "hydro", "nuclear", "wind", "solar")
    head = ["year", "whole_society_consumption_TWh", "cec_full_scope_wind_TWh", "cec_full_scope_solar_TWh"]
    head += [f"nbs_above_scale_{s}_TWh" for s in sources] + [f"capacity_{s}_GW" for s in sources]
    write(folder / POWER / "national_control_totals_2010_2024.csv", head,
          [[2020, 7511, 466.5, 261.1, 5279.9, 1214, 366, 414.6, 142.1, 1245, 370, 49.9, 281.5, ""]])  # fmt: skip
    write(folder / POWER / "coal_power_units_GEM_July2023_GW.csv",
          ["code", "en", "operating_GW", "of_which_captive_GW", "pre-permit_GW", "mean_start_year_capacity_weighted"],
          [["GD", "", 70.5, 1.5, 2.0, 2009]])  # fmt: skip
    factors = "electricity_emission_factors/"
    write(folder / factors / "province_grid_factor_2021_2022.csv",
          ["code", "zh", "y2021_kgCO2_per_kWh", "y2022_kgCO2_per_kWh"], [["GD", "", 0.47, 0.44]])  # fmt: skip
    write(folder / factors / "regional_grid_factor_2021_2022.csv",
          ["zh", "en", "y2021_kgCO2_per_kWh", "y2022_kgCO2_per_kWh"], [["", "South", 0.43, 0.39]])  # fmt: skip
    write(folder / factors / "national_average_2021_2023.csv", ["year", "kgCO2_per_kWh", "confidence"],
          [[2021, 0.55, "one copy; VERIFY"], [2022, 0.53, "two copies"]])  # fmt: skip


def _context(folder: Path) -> None:
    write(folder / "global_context/gcb2022v27_co2_1996_2021.csv",
          ["Country", "Year", "Total", "Coal", "Oil", "Gas", "Cement", "Flaring", "Other"],
          [["China", 2017, 10, 7, 1, 1, 1, "", 0], ["Global", 2017, 36, 14, 12, 7, 2, 1, 0],
           ["Atlantis", 2017, 1, 1, 0, 0, 0, 0, 0]])  # fmt: skip
    owid = ["co2", "coal_co2", "oil_co2", "gas_co2", "cement_co2", "flaring_co2", "other_industry_co2",
            "consumption_co2", "total_ghg"]  # fmt: skip
    write(folder / "global_context/owid_china_2018_2023_extract.csv", ["year", *owid], [[2023, *range(1, 8), "", 9]])
    write(folder / "global_context/climatetrace_china_by_sector_MtCO2e_2015_2021.csv", ["sector", "2021"],
          [["power", 5573.5], ["fossil-fuel-operations", 1735.3]])  # fmt: skip
    peak, price = "CAEP-CP 1.1: CO2", "National ETS price, closing, end of year"
    write(folder / "pathways_reference.csv",
          ["item", "scope", "year", "value", "unit", "low", "high", "source", "status"],
          [[peak, "China", 2030, 10.5, "GtCO2", "", "", "a copy", "verified"],
           [price, "China", 2024, 97.49, "yuan/tCO2", 69, 106, "a copy", "verified"],
           [price, "China", 2023, 79.42, "yuan/tCO2", "", "", "a copy", "verified (derived)"],
           ["A judgement", "China", 2030, 1, "yuan/tCO2", "", "", "nobody", "judgement"]])  # fmt: skip


FACTORS = "province_energy/fuel_factors_published.csv"
FACTOR_HEAD = [
    "set",
    "fuel",
    "NCV",
    "NCV_unit",
    "carbon_content_tC_per_TJ",
    "oxidation",
    "EF_tC_per_unit",
    "EF_tCO2_per_unit",
    "per",
]
_CHINA = "China (provincial inventory guideline values as used in the paper)"
GUIDELINE_COAL = [_CHINA, "Raw Coal", 20908, "kJ/kg", 26.4, 0.98, 0.54, 2.0, "t"]
GUIDELINE_GAS = [_CHINA, "Natural Gas", 389310, "kJ/10 m3", 15.3, 0.99, 5.9, 21.6, "10^4 m3"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    _power(folder)
    _context(folder)
    write(folder / "province_energy/total_energy_consumption_10ktce_1998_2019.csv",
          ["year", "code", "en", "total_energy_consumption_10ktce"], [[2019, "GD", "", 34142]])  # fmt: skip
    write(folder / "province_energy/co2_storage_by_province_PNNL.csv", ["code", "en", "type", "capacity_MtCO2"],
          [["GD", "", "ECBM", 2.7], ["AH", "", "DSF", 12124]])  # fmt: skip
    write(
        folder / FACTORS,
        FACTOR_HEAD,
        [GUIDELINE_COAL, GUIDELINE_GAS, ["IPCC 1996 default", "LPG", "", "", 17.2, "", "", "", "TJ"]],
    )
    return build_dataset(folder, tmp_path_factory.mktemp("out"), only=["power", "energy", "context"])


def table(out: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(out / f"{name}.parquet").to_pylist()
    return rows


def test_generation_keeps_scopes_apart_and_marks_what_is_derived(out: Path) -> None:
    found = {
        (r["region"], r["year"], r["scope"], r["source"]): (r["twh"], r["basis"])
        for r in table(out, "power_generation")
    }
    assert found["GD", 2017, "full", "thermal"] == (300, "observed")
    assert found["GD", 2020, "above_scale", "wind"] == (9, "derived")
    assert found["SD", 2020, "above_scale", "nuclear"] == (19.7, "derived")
    assert found["CN", 2020, "full", "wind"] == (466.5, "observed")
    assert found["CN", 2020, "above_scale", "wind"] == (414.6, "observed")
    assert ("GD", 2020, "above_scale", "nuclear") not in found  # blank is no data
    assert ("HI", 2009, "full", "other") not in found  # a negative residual is no generation
    assert not [key for key in found if key[3] == "total"]


def test_consumption_holds_provinces_and_the_nation(out: Path) -> None:
    assert [(r["region"], r["twh"]) for r in table(out, "power_consumption")] == [("CN", 7511), ("GD", 692.6)]


def test_capacity_says_when_and_how_known(out: Path) -> None:
    found = {(r["region"], r["source"]): (r["gw"], r["basis"], r["month_end"]) for r in table(out, "power_capacity")}
    assert found["GD", "wind"] == (17, "observed", "11")
    assert found["HI", "nuclear"] == (1.3, "derived", "12")
    assert ("HI", "wind") not in found and ("CN", "solar") not in found


def test_trade_is_in_twh_and_between_provinces(out: Path) -> None:
    assert table(out, "power_trade") == [{"year": 2019, "origin": "YN", "destination": "GD", "twh": 145.172}]


def test_coal_units_hold_capacities_only(out: Path) -> None:
    found = {r["item"]: r["gw"] for r in table(out, "coal_units")}
    assert found == {"operating": 70.5, "operating_captive": 1.5, "pre_permit": 2.0}


def test_grid_factors_carry_their_status(out: Path) -> None:
    found = {(r["area"], r["level"], r["year"]): r["status"] for r in table(out, "grid_factors")}
    assert found == {
        ("GD", "province", 2021): "unverified", ("GD", "province", 2022): "verified",
        ("South", "region", 2021): "unverified", ("South", "region", 2022): "unverified",
        ("CN", "nation", 2021): "unverified", ("CN", "nation", 2022): "verified",
    }  # fmt: skip


def test_energy_is_in_mtce_and_storage_in_mt(out: Path) -> None:
    assert table(out, "energy_consumption") == [{"region": "GD", "year": 2019, "mtce": 341.42}]
    assert [(r["region"], r["kind"], r["mt"]) for r in table(out, "storage")] == [
        ("AH", "saline", 12124), ("GD", "coal_seam", 2.7)]  # fmt: skip


def test_coal_for_power_is_of_the_complete_years_and_blank_is_no_data(out: Path) -> None:
    assert table(out, "power_coal") == [{"region": "GD", "year": 2019, "mt": 100.0}]


def test_fuel_factors_follow_from_their_parameters(out: Path) -> None:
    """Coal: 20.908 GJ/t x 26.4 kg C/GJ x 0.98 x 44/12 = 1.983 t CO2/t; other sets than the guideline's are left out."""
    found = {r["fuel"]: (r["unit"], r["value"]) for r in table(out, "fuel_factors")}
    assert set(found) == {"Raw Coal", "Natural Gas"}
    assert found["Raw Coal"] == ("t CO2/t", pytest.approx(1.98342, abs=1e-5))
    assert found["Natural Gas"] == ("t CO2/10k m3", pytest.approx(21.6219, abs=1e-4))


def test_a_factor_that_does_not_follow_is_refused(tmp_path: Path) -> None:
    wrong = [*GUIDELINE_COAL[:7], 2.9, "t"]
    for name, head, row in (
        ("total_energy_consumption_10ktce_1998_2019.csv", ["year", "code", "en", "total_energy_consumption_10ktce"],
         [2019, "GD", "", 1]),
        ("co2_storage_by_province_PNNL.csv", ["code", "en", "type", "capacity_MtCO2"], ["GD", "", "ECBM", 2.7]),
        ("fuel_factors_published.csv", FACTOR_HEAD, wrong),
    ):  # fmt: skip
        write(tmp_path / "province_energy" / name, head, [row])
    with pytest.raises(DatasetError, match="Raw Coal does not follow"):
        build_dataset(tmp_path, tmp_path / "out", only=["energy"])


def test_context_leaves_out_what_may_not_ship(out: Path) -> None:
    rows = table(out, "global_co2")
    assert {r["country"] for r in rows} == {"China", "World"}
    assert "fossil-fuel-operations" not in {r["item"] for r in rows}
    units = {(r["source"], r["item"]): r["unit"] for r in rows}
    assert units["owid", "total_ghg"] == units["climate-trace", "power"] == "Mt CO2e"
    assert units["gcb-2022", "total"] == "Mt CO2"
    assert ("owid", "consumption") not in units  # blank is no data


def test_pathways_hold_verified_rows_in_our_units_with_a_publication(out: Path) -> None:
    rows = table(out, "pathways")
    assert [(r["year"], r["value"], r["unit"], r["source"]) for r in rows] == [
        (2030, 10500, "Mt CO2", "caep-2021"), (2024, 97.49, "yuan/t CO2", "mee-carbon-market-2025")]  # fmt: skip
    assert (rows[1]["low"], rows[1]["high"]) == (69, 106)
