"""Turning points, multiples, ordinals and plan periods, checked against the table itself."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, NotAvailable
from tests.figures.conftest import fact_of, said
from tools.figures.periods import plan_years, read_period
from tools.result import Basis


@pytest.fixture(scope="module")
def totals(warehouse):
    """Region code -> year -> Mt of the inventory."""
    out: dict[str, dict[int, float]] = {}
    for region, year, mt in warehouse.rows("SELECT region, year, sum(mt) FROM co2 GROUP BY ALL"):
        out.setdefault(region, {})[year] = mt
    return out


def test_the_highest_year_and_the_change_since(ask, totals):
    mt = totals["SH"]
    top = max(mt, key=mt.__getitem__)
    result = ask(places="上海", operation="peak")
    highest, last, since = result.facts
    assert (highest.year, last.year) == (top, 2019)
    assert since.value == pytest.approx((mt[2019] / mt[top] - 1) * 100)
    assert "不能判断" in said(result, "zh") and "cannot tell" in said(result, "en")
    assert result.facts[0].basis is Basis.OBSERVED


def test_the_lowest_year(ask, totals):
    result = ask(places="河南", operation="peak", order="asc")
    assert result.facts[0].year == min(totals["HA"], key=totals["HA"].__getitem__)
    assert "不能判断" not in said(result, "zh")


def test_which_provinces_were_highest_before_the_last_year(ask, totals):
    result = ask(operation="peak", over="places")
    early = {c for c, mt in totals.items() if c != "CN" and max(mt, key=mt.__getitem__) < 2019}
    assert fact_of(result, label=result.facts[1].label).value == len(early)
    assert result.facts[0].value == len(totals) - 1
    assert len(result.tables[0].rows) == len(early)
    years = [row[1] for row in result.tables[0].rows]
    assert years == sorted(years)


@pytest.mark.parametrize(("place", "code", "limit", "year"), [("江苏", "JS", 600, 2011), ("山东", "SD", 800, 2011)])
def test_the_first_year_above(ask, totals, place, code, limit, year):
    assert min(y for y, v in totals[code].items() if v > limit) == year
    result = ask(places=place, operation="crossing", above=limit)
    assert [f.year for f in result.facts] == [year, year - 1]
    again = [y for y, v in totals[code].items() if y > year and v <= limit]
    assert ("又不再" in said(result, "zh")) is bool(again)
    assert all(str(y) in said(result, "zh") for y in again)


def test_crossings_at_the_ends(ask, totals):
    last = ask(places="北京", operation="crossing", below=100, which="last")
    assert last.facts[0].year == max(y for y, v in totals["BJ"].items() if v < 100)
    never = ask(places="北京", operation="crossing", above=300)
    assert "没有一年" in said(never, "zh") and "never" in said(never, "en")
    assert never.facts[0].value == pytest.approx(max(totals["BJ"].values()))
    first = ask(places="山东", operation="crossing", above=1)
    assert "第一年" in said(first, "zh")
    with pytest.raises(BadRequest) as caught:
        ask(places="北京", operation="crossing")
    assert "above=" not in caught.value.message.en and "above（" not in caught.value.message.zh


def test_years_of_fall_and_rise(ask, totals):
    mt = totals["CN"]
    fell = [y for y in sorted(mt) if y - 1 in mt and mt[y] < mt[y - 1]]
    result = ask(places="全国", operation="falls")
    assert fact_of(result, unit="count").value == len(fell) == 4
    assert [f.year for f in result.facts if f.unit == "%"] == fell
    assert fact_of(ask(places="全国", operation="rises"), unit="count").value == len(mt) - 1 - len(fell)


def test_times(ask, totals):
    result = ask(places="新疆", operation="times", years=[2000, 2019])
    assert fact_of(result, unit="times").value == pytest.approx(totals["XJ"][2019] / totals["XJ"][2000])
    both = ask(places=["浙江", "江苏"], operation="times", years=[2000, 2019])
    assert [f.value for f in both.facts] == pytest.approx([totals[c][2019] / totals[c][2000] for c in ("ZJ", "JS")])


def test_ordinals(ask, totals):
    order = sorted((c for c in totals if c != "CN"), key=lambda c: -totals[c][2018])
    one = ask(operation="rank", years=2018, nth=6)
    assert [f.value for f in one.facts] == pytest.approx([totals[order[5]][2018]])
    assert "第6位" in said(one, "zh") and "6th" in said(one, "en") and not one.tables
    some = ask(operation="rank", years=2018, nth=5, to_nth=8)
    assert [f.value for f in some.facts] == pytest.approx([totals[c][2018] for c in order[4:8]])
    with pytest.raises(BadRequest):
        ask(operation="rank", years=2018, nth=40)


def test_the_highest_alone_names_the_runner_up_only(ask, totals):
    result = ask(operation="rank", years=2019, limit=1)
    order = sorted((v[2019] for c, v in totals.items() if c != "CN"), reverse=True)
    assert [f.value for f in result.facts] == pytest.approx(order[:2])
    assert not result.tables and not result.sections


def test_one_province_is_never_told_as_the_top(ask):
    result = ask(places="重庆", operation="rank", per="head", years=2019)
    assert "最高的省份是" not in said(result, "zh")
    assert fact_of(result, unit="rank").value == 23
    group = ask(places="长三角", operation="rank", per="head", years=2015, limit=1)
    assert said(group, "zh").startswith("长三角的省份中") and "of the Yangtze River Delta" in said(group, "en")


def test_one_province_against_a_value(ask):
    assert "高于您给出的" in said(ask(places="广东", operation="threshold", above="5亿吨", years=2019), "zh")
    assert "并不低于" in said(ask(places="广东", operation="threshold", below="5亿吨", years=2019), "zh")


@pytest.mark.parametrize(
    ("text", "number"),
    [("十二五", 12), ("12th FYP", 12), (12, 12), ("第十三个五年规划", 13), ("“十三五”时期", 13), ("九五", 9), ("十五", 10),
     ("十五五", 15), ("twelfth five-year plan", 12), ("the 11th Five-Year Plan (2006-2010)", 11)],
)  # fmt: skip
def test_plans_are_read(text, number):
    assert read_period(text) == number


def test_plan_years():
    assert [plan_years(n) for n in (11, 12, 13)] == [(2006, 2010), (2011, 2015), (2016, 2020)]
    for nonsense in ("五", "the plan", "99"):
        with pytest.raises(BadRequest):
            read_period(nonsense)


def test_a_plan_is_summed_and_its_change_is_on_the_year_before(ask, totals):
    mt = totals["TJ"]
    total = ask(places="天津", period="十二五")
    assert total.facts[0].value == pytest.approx(sum(mt[y] for y in range(2011, 2016)))
    assert "累计" in said(total, "zh") and "2011—2015" in said(total, "zh")
    growth = ask(places="天津", period="十二五", operation="growth")
    assert growth.facts[0].value == pytest.approx((mt[2015] / mt[2010] - 1) * 100)
    assert "2010" in said(growth, "zh")


def test_a_plan_beyond_the_data_is_cut_and_that_is_said(ask, totals):
    result = ask(places="广东", period="十三五", operation="sum")
    assert result.facts[0].value == pytest.approx(sum(totals["GD"][y] for y in range(2016, 2020)))
    assert "2016—2019" in said(result, "zh") and "2016—2020" in said(result, "zh")
    assert any("从略" in c.zh for c in result.caveats)
    with pytest.raises(NotAvailable):
        ask(places="广东", period="十五五")


def test_two_conditions_at_once(ask):
    rich = {
        f.region
        for f in ask(operation="threshold", measure="gdp_per_head", above="10万元", years=2019).facts
        if f.region
    }
    low = {f.region for f in ask(operation="threshold", measure="co2_per_head", below=8, years=2019).facts if f.region}
    both = ask(
        operation="threshold",
        measure="co2_per_head",
        below=8,
        years=2019,
        among={"measure": "gdp_per_head", "above": "10万元"},
    )
    assert {f.region for f in both.facts if f.unit == "t CO2/person"} == rich & low
    fell = ask(
        operation="threshold", of="change", from_year=2015, to_year=2019, below=0,
        among={"measure": "gdp", "of": "growth", "above": 40},
    )  # fmt: skip
    grew = {
        f.region
        for f in ask(operation="threshold", measure="gdp", of="growth", from_year=2015, to_year=2019, above=40).facts
    }
    assert {f.region for f in fell.facts if f.unit == "Mt CO2"} <= grew - {None}


def test_the_missing_half_of_a_ratio_is_named(ask):
    with pytest.raises(NotAvailable) as caught:
        ask(places="广东", per="head", years=2003)
    assert "人口" in caught.value.message.zh and "2005" in caught.value.message.zh and caught.value.nearest == ("2005",)
    with pytest.raises(NotAvailable) as caught:
        ask(places="广东", per="head", years=2023)
    assert caught.value.nearest == ("2019",) and "人口" not in caught.value.message.zh


def test_messages_are_for_clerks(ask):
    for query in (
        {"operation": "threshold"},
        {"operation": "threshold", "above": "5 bananas"},
        {"measure": "city_co2"},
    ):
        with pytest.raises((BadRequest, NotAvailable)) as caught:
            ask(**query)
        for text in (caught.value.message.zh, caught.value.message.en):
            assert "=" not in text and "[" not in text
