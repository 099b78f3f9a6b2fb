"""Figures against published values: CEADs totals as printed, NBS, MEE/NBS announcements, CEC."""

from __future__ import annotations

import pytest

from tests.figures.conftest import fact_of, said
from tools.result import Account, Basis

# Scope 1 totals printed in the CEADs workbooks and papers (Mt), to the digits given there.
CEADS = [
    ("Guangdong", 2017, 556.86, 0.005), ("Guangdong", 2019, 569.1, 0.05), ("Shandong", 2017, 835.8, 0.05),
    ("Hebei", 2017, 792.3, 0.05), ("Jiangsu", 2017, 757.9, 0.05), ("Inner Mongolia", 2017, 656.8, 0.05),
    ("Beijing", 2017, 85.6, 0.05), ("China", 2005, 5398, 0.5), ("China", 2012, 9081, 0.5), ("China", 2017, 9408, 0.5),
    ("China", 2019, 9795, 0.5), ("30 provinces", 2017, 10171, 0.5), ("30 provinces", 2019, 10864, 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("place", "year", "mt", "within"), CEADS)
def test_totals_are_the_published_ones(ask, place, year, mt, within):
    result = ask(places=place, years=[year])
    fact = fact_of(result, region=place, year=year, unit="Mt CO2")
    assert fact.value == pytest.approx(mt, abs=within)
    assert fact.account is Account.SCOPE1
    assert fact.source == "co2"


def test_largest_sector_of_guangdong(ask):
    result = ask(places="广东", years=2017, operation="rank", over="sectors", limit=1)
    power = fact_of(result, sector="Production and supply of electric power and heat power", unit="Mt CO2")
    total = fact_of(result, sector=None, unit="Mt CO2")
    share = fact_of(result, unit="%")
    assert power.value == pytest.approx(297.8, abs=0.05)
    assert total.value == pytest.approx(556.86, abs=0.005)
    assert share.value == pytest.approx(power.value / total.value * 100)
    assert said(result, "zh").startswith("广东2017年二氧化碳排放最高的行业是电力热力，为2.978亿吨 [F1]")
    assert "297.8 Mt CO2 [F1]" in said(result, "en")


def test_the_sum_of_provinces_is_never_china(ask):
    result = ask(places="30省", years=2017)
    ratio = fact_of(result, unit="%")
    assert ratio.value == pytest.approx(108.11, abs=0.005)  # 10,171 over 9,408
    assert fact_of(result, region="China").value == pytest.approx(9408.17, abs=0.005)


@pytest.mark.parametrize(
    ("measure", "places", "parts", "year", "value", "unit"),
    [
        ("gdp", "China", None, 2017, 832_096, "100M yuan"),  # sum of the provinces, NBS
        ("population", "China", None, 2020, 141_013, "10k persons"),  # census without the armed forces
        ("electricity_use", "Guangdong", None, 2022, 787.0, "TWh"),  # NEA
        ("electricity_use", "China", None, 2022, 8637.2, "TWh"),  # NEA bulletin
        ("grid_factor", "Zhejiang", None, 2022, 0.5153, "kg CO2/kWh"),  # MEE/NBS announcement
        ("grid_factor", "China", None, 2023, 0.5306, "kg CO2/kWh"),
        ("power_import", "Guangdong", None, 2019, 233.5, "TWh"),  # CEC exchange between provinces
        ("power_import", "Guangdong", "Yunnan", 2019, 145.2, "TWh"),
        ("generation", "China", "nuclear", 2021, 407.5, "TWh"),  # NBS
        ("co2_gcb", "China", None, 2017, 10_011, "Mt CO2"),  # Global Carbon Budget 2022
        ("coal_units", "China", None, None, 1108.9, "GW"),  # GEM, July 2023
    ],
)
def test_other_measures_are_the_published_ones(ask, measure, places, parts, year, value, unit):
    arguments = {"measure": measure, "places": places}
    if parts:
        arguments["parts"] = parts
    if year:
        arguments["years"] = year
    result = ask(**arguments)
    fact = result.facts[0]
    assert fact.unit == unit
    assert fact.region == places
    assert fact.value == pytest.approx(value, rel=6e-4)


def test_national_output_is_the_nbs_table(ask):
    result = ask(measure="output", years=2017)  # 225.8 trillion yuan in all
    assert result.facts[0].value == pytest.approx(225.8e4, rel=5e-4)
    value_added = ask(measure="value_added", years=2020).facts[0]
    assert value_added.value == pytest.approx(101.6e4, rel=5e-4)


def test_intensities_of_beijing_and_ningxia(ask):
    """About 0.29 and 5.6 t per 10k yuan in 2017."""
    beijing = ask(measure="co2_per_gdp", places="Beijing", years=2017).facts[0]
    ningxia = ask(measure="碳强度", places="宁夏", years=2017).facts[0]
    assert beijing.value / 1000 == pytest.approx(0.29, abs=0.006)
    assert ningxia.value / 1000 == pytest.approx(5.6, abs=0.06)
    assert ningxia.basis is Basis.DERIVED
    assert ningxia.account is Account.SCOPE1
