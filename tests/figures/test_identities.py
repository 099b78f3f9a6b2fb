"""Figures against each other: parts add up, ratios and changes are what they say."""

from __future__ import annotations

import math

import pytest

from data.classification import FUELS, INVENTORY_SECTORS, PROVINCES, place, sector
from tests.figures.conftest import fact_of
from tools.figures.series import Reader, Slice
from tools.measures import MEASURES


@pytest.fixture(scope="module")
def reader(warehouse):
    return Reader(warehouse, MEASURES["co2"])


@pytest.mark.parametrize("code", ["GD", "NX", "CN", "SW5"])
def test_sectors_and_fuels_add_to_the_total(reader, code):
    where = place(code)
    total = reader.series([Slice(where)])[0].values
    sectors = reader.series([Slice(where, s) for s in INVENTORY_SECTORS])
    fuels = reader.series([Slice(where, None, f) for f in FUELS if len(f.columns) == 1])
    for year in (1997, 2008, 2019):
        assert math.fsum(s.values[year].value for s in sectors) == pytest.approx(total[year].value, rel=1e-12)
        assert math.fsum(f.values[year].value for f in fuels) == pytest.approx(total[year].value, rel=1e-12)


def test_totals_equal_the_printed_ones(reader, warehouse):
    printed = {
        (region, year): mt
        for region, year, mt in warehouse.rows("SELECT region, year, mt FROM co2_published WHERE sector_no = 0")
    }
    checked = 0
    for series in reader.series([Slice(p) for p in PROVINCES]):
        for year, value in series.values.items():
            assert value.value == pytest.approx(
                printed[series.slice.place.code, year], abs=5e-7
            )  # cells are rounded to 1e-9
            checked += 1
    assert checked == 690


def test_households_are_urban_plus_rural(ask):
    whole = ask(places="Shandong", sectors="households", years=2014).facts[0].value
    urban = ask(places="Shandong", sectors="urban households", years=2014).facts[0].value
    rural = ask(places="Shandong", sectors="rural households", years=2014).facts[0].value
    assert whole == pytest.approx(urban + rural, rel=1e-12)


def test_a_group_is_the_sum_of_its_members(ask):
    group = ask(places="东北三省", years=2014)
    parts = [ask(places=p, years=2014).facts[0].value for p in ("Liaoning", "Jilin", "Heilongjiang")]
    fact = fact_of(group, region="Northeast")
    assert fact.value == pytest.approx(sum(parts), rel=1e-12)
    for name in ("辽宁", "吉林", "黑龙江"):
        assert name in fact.label.zh
    named = ask(places=["辽宁", "吉林", "黑龙江"], operation="sum", years=2014).facts[0]
    assert named.region == "Northeast"
    assert named.value == pytest.approx(fact.value)


def test_per_head_of_a_group_leaves_tibet_out_on_both_sides(ask):
    result = ask(measure="co2_per_head", places="西南", years=2017)
    members = ("Chongqing", "Sichuan", "Guizhou", "Yunnan")
    mt = sum(ask(places=m, years=2017).facts[0].value for m in members)
    people = sum(ask(measure="population", places=m, years=2017).facts[0].value for m in members)
    assert result.facts[0].value == pytest.approx(mt * 100 / people, rel=1e-12)
    assert "不含西藏" in result.facts[0].label.zh
    assert any("西藏" in c.zh for c in result.caveats)


def test_growth_change_and_average_growth_agree(ask):
    growth = ask(places="青海", operation="growth", years=[2010, 2016])
    change = ask(places="青海", operation="change", from_year=2010, to_year=2016)
    cagr = ask(places="青海", operation="cagr", years=[2010, 2016])
    first, last = growth.facts[1].value, growth.facts[2].value
    assert growth.facts[0].value == pytest.approx((last / first - 1) * 100)
    assert change.facts[0].value == pytest.approx(last - first)
    assert (1 + cagr.facts[0].value / 100) ** 6 == pytest.approx(last / first)
    assert growth.facts[0].year is None and cagr.facts[0].unit == "%/yr"
    for fact in (growth.facts[0], change.facts[0], cagr.facts[0]):
        assert "2010" in fact.label.zh and "2016" in fact.label.en and "Qinghai" in fact.label.en


def test_year_on_year_carries_the_later_year(ask):
    fact = ask(places="Guangxi", operation="yoy", years=2014).facts[0]
    assert fact.year == 2014
    assert fact.value == pytest.approx(-0.7074, abs=5e-5)
    assert "2013" in fact.label.en


def test_shares_add_to_a_hundred(ask):
    shares = [
        ask(places="浙江", sectors=s.key, operation="share", years=2016).facts[0].value
        for s in (
            sector("agriculture"),
            sector("industry"),
            sector("construction"),
            sector("services"),
            sector("households"),
        )
    ]
    # Inventory sector 1 and 8 are agriculture; 8 is logging, so the five cover all 47 rows once.
    assert sum(shares) == pytest.approx(100, abs=1e-9)


def test_a_sum_over_years_is_the_sum_of_years(ask):
    total = ask(places="广东", operation="sum", from_year=2010, to_year=2019).facts[0]
    single = [ask(places="广东", years=y).facts[0].value for y in range(2010, 2020)]
    assert total.value == pytest.approx(sum(single), rel=1e-12)
    assert total.year is None
    mean = ask(places="广东", operation="mean", from_year=2010, to_year=2019).facts[0]
    assert mean.value == pytest.approx(sum(single) / 10, rel=1e-12)


def test_rank_order_is_the_order_of_values(ask):
    result = ask(operation="rank", years=2019)
    values = [result.facts[c.fact].value for _, _, c in result.tables[0].rows]
    assert values == sorted(values, reverse=True)
    assert len(values) == 30
    assert result.tables[0].rows[0][0] == 1
    position = ask(places="山西", operation="position", years=2019)
    rank = next(i for i, row in enumerate(result.tables[0].rows, 1) if row[1].en == "Shanxi")
    assert fact_of(position, unit="rank").value == rank == 6


def test_net_imports_are_imports_less_exports_and_sum_to_zero(ask, warehouse):
    net = ask(measure="net_power_import", places="Hubei", years=2018).facts[0].value
    received = ask(measure="power_import", places="Hubei", years=2018).facts[0].value
    sent = ask(measure="power_export", places="Hubei", years=2018).facts[0].value
    assert net == pytest.approx(received - sent, rel=1e-12)
    series = Reader(warehouse, MEASURES["net_power_import"]).series([Slice(p) for p in PROVINCES])
    assert math.fsum(s.values[2018].value for s in series if 2018 in s.values) == pytest.approx(0, abs=1e-9)
