"""Stacked charts, scatters and heat maps: their numbers, and what is said when a chart asked for is not drawn."""

from __future__ import annotations

import math

import pytest

from data.errors import BadRequest
from tests.figures.conftest import fact_of, said
from tools.charts.specs import XY, Heat
from tools.figures.scatter import correlation


def test_stacked_fuels_add_to_the_total(ask, warehouse):
    result = ask(places="辽宁", over="fuels", operation="trend")
    chart = result.charts[0]
    assert chart.kind == "wedge" and isinstance(chart.spec, XY) and chart.spec.stacked
    assert len(chart.spec.series) == 4
    totals = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'LN' GROUP BY ALL"))
    for i, year in enumerate(chart.spec.x):
        assert math.fsum(s.y[i] for s in chart.spec.series) == pytest.approx(totals[year])
    assert "占二氧化碳排放总量的比重" in said(result, "zh")


@pytest.mark.parametrize(("wish", "kind"), [("area", "wedge"), ("stacked", "bar"), ("line", "line")])
def test_sectors_over_the_years_in_the_form_asked(ask, wish, kind):
    result = ask(places="广东", over="sectors", chart=wish, from_year=2010, to_year=2019)
    spec = result.charts[0].spec
    assert result.charts[0].kind == kind and spec.stacked is (kind != "line")
    assert spec.series[-1].name.zh == "其余"
    last = math.fsum(s.y[-1] for s in spec.series)
    assert last == pytest.approx(fact_of(result, year=2019, unit="Mt CO2").value)
    assert not any("没有画" in c.zh for c in result.caveats)


def test_power_sources_with_gaps_are_bars(ask):
    result = ask(measure="generation", variant="above_scale", places="广东", over="parts", chart="area")
    assert result.charts[0].kind == "bar"
    assert any("没有画堆叠面积图" in c.zh for c in result.caveats)


def test_what_is_not_drawn_is_said(ask):
    pie = ask(places="广东", chart="pie", years=2017)
    assert [c.kind for c in pie.charts] == ["treemap"]
    assert any("饼图" in c.zh and "矩形树图" in c.zh for c in pie.caveats)
    line = ask(places="广东", chart="line", years=[2017])
    assert not line.charts and any("no chart" in c.en for c in line.caveats)


def test_a_scatter_of_two_measures(ask, warehouse):
    result = ask(measure="co2_per_head", against="gdp_per_head", chart="scatter", years=2015)
    rows = warehouse.rows(
        "SELECT c.mt / p.population_10k, g.gdp_100m_yuan / p.population_10k"
        " FROM (SELECT region, year, sum(mt) AS mt FROM co2 GROUP BY ALL) c JOIN gdp g USING (region, year)"
        " JOIN population p USING (region, year) WHERE year = 2015 AND region <> 'CN'"
    )
    a, b = [r[0] for r in rows], [r[1] for r in rows]
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    covariance = sum((x - ma) * (y - mb) for x, y in zip(a, b, strict=True))
    r = covariance / math.sqrt(sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b))
    assert fact_of(result, unit="1").value == pytest.approx(r)
    assert result.charts[0].kind == "scatter" and len(result.charts[0].spec.x) == 30
    with pytest.raises(BadRequest):
        ask(measure="co2_per_head", chart="scatter")


def test_correlation_of_what_does_not_vary():
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert correlation([1, 2, 3], [5, 5, 5]) == 0


def test_a_heat_map_of_provinces_by_sectors(ask):
    result = ask(places="长三角", chart="heatmap", years=2017)
    spec = result.charts[0].spec
    assert isinstance(spec, Heat) and len(spec.rows) == 4 and len(spec.columns) == 10
    single = ask(places="江苏", sectors="电力", years=2017).facts[0].value
    names = [c.zh for c in spec.columns]
    assert spec.values[[r.zh for r in spec.rows].index("江苏")][names.index("电力热力")] == pytest.approx(single)
    assert result.facts[0].value == pytest.approx(max(v for row in spec.values for v in row if v is not None))


def test_services_say_that_transport_is_in_them(ask):
    result = ask(places="广东", sectors="服务业", years=2017)
    transport = ask(places="广东", sectors="transport", years=2017).facts[0].value
    assert result.facts[1].value == pytest.approx(transport)
    assert "含交通运输" in said(result, "zh") and "with transport" in said(result, "en")
    assert not any("含交通运输" in c.zh for c in result.caveats)


def test_petrochemicals_say_that_refining_is_not_in_them(ask):
    result = ask(places="广东", sectors="石化", years=2017)
    assert any("不含炼油" in c.zh for c in result.caveats)
