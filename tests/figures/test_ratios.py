"""Ratios of energy and electricity: checked against the two tables they rest on."""

from __future__ import annotations

import pytest

from assistant.audit.quantities import OF_FACTS, factors, read_unit
from tests.figures.conftest import said
from tools.result import Basis
from tools.units import UNITS, show


def test_energy_per_gdp_of_hebei(ask, warehouse):
    ((mtce, gdp),) = warehouse.rows(
        "SELECT e.mtce, g.gdp_100m_yuan FROM energy_consumption e JOIN gdp g USING (region, year)"
        " WHERE region = 'HE' AND year = 2018"
    )
    fact = ask(measure="能耗强度", places="河北", years=2018).facts[0]
    assert fact.unit == "tce/10k yuan" and fact.basis is Basis.DERIVED
    assert fact.value == pytest.approx(mtce * 1e6 / (gdp * 1e4))


def test_electricity_per_head_of_jiangsu(ask, warehouse):
    ((twh, people),) = warehouse.rows(
        "SELECT c.twh, p.population_10k FROM power_consumption c JOIN population p USING (region, year)"
        " WHERE region = 'JS' AND year = 2023"
    )
    fact = ask(measure="electricity consumption per capita", places="Jiangsu", years=2023).facts[0]
    assert fact.unit == "kWh/person"
    assert fact.value == pytest.approx(twh * 1e9 / (people * 1e4))


def test_a_nation_summed_leaves_out_the_same_above_and_below(ask, warehouse):
    ((mtce, gdp),) = warehouse.rows(
        "SELECT sum(e.mtce), sum(g.gdp_100m_yuan) FROM energy_consumption e JOIN gdp g USING (region, year) WHERE year = 2019"
    )
    result = ask(measure="energy", per="gdp", places="China", years=2019)
    assert result.facts[0].value == pytest.approx(mtce / gdp * 100)
    assert any("西藏" in c.zh for c in result.caveats)


def test_net_imports_relative_to_consumption(ask, warehouse):
    ((net,),) = warehouse.rows(
        "SELECT sum(CASE WHEN destination = 'GD' THEN twh ELSE -twh END) FROM power_trade"
        " WHERE year = 2019 AND 'GD' IN (origin, destination)"
    )
    ((used,),) = warehouse.rows("SELECT twh FROM power_consumption WHERE region = 'GD' AND year = 2019")
    for operation in ("value", "share"):
        result = ask(measure="net_power_import", per="electricity", places="广东", years=2019, operation=operation)
        assert result.facts[0].value == pytest.approx(net / used * 100)
        assert result.facts[0].unit == "%"
    assert "过境" in " ".join(m.zh for m in result.method)


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [("tce/10k yuan", "0.994吨标准煤/万元", "0.994 tce/10k yuan"), ("kWh/person", "1千瓦时/人", "1 kWh per person")],
)
def test_the_audit_reads_the_new_units_as_shown(unit, zh, en):
    assert unit in UNITS and unit in OF_FACTS
    for language, text in (("zh", zh), ("en", en)):
        value = float(text.split("吨")[0].split("千")[0].split(" ")[0])
        assert show(value, unit, language) == text
        at = len(str(text)) - len(text.lstrip("0123456789."))
        found = factors(read_unit(text, at), unit, text)
        assert found == pytest.approx((1.0,))


def test_the_ratio_is_said_with_its_name(ask):
    result = ask(measure="energy_per_gdp", places="河北", years=2018)
    assert "单位GDP能耗" in said(result, "zh") and "energy consumption per GDP" in said(result, "en")
