"""Defaults, gaps, scopes and words of the figures tool."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, Incomparable, NotAvailable, UnknownName
from tests.figures.conftest import fact_of, said
from tools.figures.amounts import read_amount, read_unit
from tools.figures.gaps import nearest_year, spans
from tools.measures import MEASURES, find_measure
from tools.result import Basis


def test_default_place_and_year_are_said(ask):
    result = ask(sectors="电力")
    fact = result.facts[0]
    assert (fact.region, fact.year) == ("China", 2019)
    assert "未指定地区和年份" in said(result, "zh") and "2019" in said(result, "en")
    assert "national inventory" in said(result, "en")


def test_a_year_outside_the_inventory(ask):
    with pytest.raises(NotAvailable) as caught:
        ask(places="Jilin", years=1990)
    assert "1997-2019" in caught.value.message.en and "1997—2019" in caught.value.message.zh
    assert caught.value.nearest == ("1997",)
    with pytest.raises(NotAvailable) as caught:
        ask(places="Jilin", years=2025)
    assert caught.value.nearest == ("2019",)


def test_part_of_the_years_is_answered_with_the_limit_said(ask):
    result = ask(places="广东", years=[2017, 2025])
    assert [f.year for f in result.facts] == [2017]
    assert any("2025" in c.zh and "1997—2019" in c.zh for c in result.caveats)


def test_tibet_has_no_inventory_but_has_people(ask):
    with pytest.raises(NotAvailable) as caught:
        ask(places="西藏", years=2017)
    assert caught.value.nearest == ("Qinghai", "Xinjiang", "Sichuan", "Yunnan")
    beside = ask(places=["西藏", "青海"], years=2017)
    assert [f.region for f in beside.facts] == ["Qinghai"]
    assert any("西藏" in c.zh for c in beside.caveats)
    assert ask(measure="population", places="西藏", years=2020).facts[0].value == pytest.approx(366, abs=5)


def test_full_scope_is_taken_where_the_year_exists(ask):
    full = ask(measure="generation", places="Guangdong", years=2017)
    assert "全口径" in said(full, "zh") and "full scope" in said(full, "en")
    above = ask(measure="generation", places="Guangdong", years=2022)
    assert "规模以上" in said(above, "zh")
    assert any("分布式光伏" in c.zh for c in above.caveats)
    assert above.facts[0].value == pytest.approx(609.5, abs=0.05)  # NBS, plants above the designated size
    line = ask(measure="generation", places="Guangdong", operation="trend")
    assert {f.year for f in line.facts if f.unit == "TWh"} <= {2005, *range(2007, 2018), 2021}


def test_the_break_of_energy_statistics_is_said(ask):
    across = ask(measure="energy", places="广东", operation="growth", years=[2010, 2015])
    within = ask(measure="energy", places="广东", operation="growth", years=[2013, 2015])
    assert any("经济普查" in c.zh for c in across.caveats)
    assert not any("经济普查" in c.zh for c in within.caveats)


def test_the_broken_inventories_are_said(ask):
    assert any("宁夏" in c.zh for c in ask(places="宁夏", years=2001).caveats)
    assert not ask(places="宁夏", years=2003).caveats


def test_rank_names_all_in_order_with_values(ask):
    result = ask(operation="rank", years=2007, limit=4)
    assert [f.region for f in result.facts] == ["Shandong", "Hebei", "Jiangsu", "Henan"]
    text = said(result, "zh")
    assert text.index("山东") < text.index("河北") < text.index("江苏") < text.index("河南")
    assert any("西藏" in c.zh for c in result.caveats)


def test_rank_of_all_goes_to_a_table(ask):
    result = ask(operation="rank", years=2019)
    assert result.sections[0].tables == (0,)
    assert len(result.facts) == 30
    assert len(said(result, "zh")) < 200


def test_a_result_takes_another_as_its_places(ask):
    result = ask(
        measure="co2_per_head", operation="rank", order="asc", limit=1, years=2019,
        among={"measure": "co2", "limit": 5}, exclude="内蒙古",
    )  # fmt: skip
    largest = [f.region for f in ask(operation="rank", years=2019, limit=5).facts]
    assert "Inner Mongolia" in largest
    heads = {
        p: ask(measure="co2_per_head", places=p, years=2019).facts[0].value for p in largest if p != "Inner Mongolia"
    }
    assert result.facts[0].region == min(heads, key=heads.__getitem__)
    assert any("内蒙古" in c.zh and "山东" in c.zh for c in result.caveats)


def test_threshold_counts_and_names(ask):
    result = ask(operation="threshold", above="5亿吨", years=2019)
    ranked = ask(operation="rank", years=2019)
    expected = [ranked.facts[c.fact].region for _, _, c in ranked.tables[0].rows if ranked.facts[c.fact].value > 500]
    assert fact_of(result, unit="count").value == len(expected) == 7
    assert [f.region for f in result.facts if f.unit == "Mt CO2"] == expected


def test_compare_names_both_in_the_gap(ask):
    result = ask(places=["Gansu", "Shaanxi"], operation="compare", years=2019)
    gap = next(f for f in result.facts if "Shaanxi minus Gansu" in f.label.en)
    assert gap.value == pytest.approx(131.784, abs=5e-4)
    assert gap.year == 2019 and gap.region is None
    assert "陕西" in gap.label.zh and "甘肃" in gap.label.zh


def test_peak_says_when_it_may_be_no_peak(ask):
    jilin = ask(places="吉林", operation="peak")
    assert jilin.facts[0].year == 2011 and jilin.charts[0].kind == "line"
    china = ask(places="China", operation="peak")
    assert any("达峰" in c.zh for c in china.caveats)
    assert not jilin.caveats


def test_share_in_the_nation_says_both_wholes(ask):
    result = ask(places="广东", operation="share", years=2017)
    of_china, of_sum = (f for f in result.facts if f.unit == "%")
    assert of_china.value == pytest.approx(556.859 / 9408.17 * 100, rel=1e-4)
    assert of_sum.value == pytest.approx(556.859 / 10171.2 * 100, rel=1e-4)


def test_overlapping_places_are_not_summed(ask):
    for places in (["广东", "China"], ["长三角", "浙江"]):
        with pytest.raises(Incomparable):
            ask(places=places, operation="sum", years=2019)
    with pytest.raises(Incomparable):
        ask(places="山东", sectors=["金属冶炼", "钢铁"], operation="sum", years=2010)


def test_what_is_asked_in_a_unit_is_shown_in_it(ask):
    result = ask(places="黑龙江", years=2016, unit="万吨")
    assert result.facts[0].reader_unit == "万吨" and result.facts[0].unit == "Mt CO2"
    assert "27,768万吨" in said(result, "zh")
    unfit = ask(places="黑龙江", years=2016, unit="furlongs")
    assert unfit.facts[0].reader_unit is None and any("furlongs" in c.en for c in unfit.caveats)


def test_estimates_say_so(ask):
    finance = ask(places="广东", sectors="金融业", years=2017)
    assert finance.facts[0].basis is Basis.ESTIMATED and finance.caveats
    intensity = ask(per="output", sectors="power", places="Guangdong")
    assert intensity.facts[0].basis is Basis.ESTIMATED and intensity.facts[0].year == 2017
    assert "gross output" in intensity.facts[0].label.en


def test_dimensions_that_are_not_there(ask):
    with pytest.raises(NotAvailable):
        ask(measure="gdp", sectors="power", places="Guangdong")
    with pytest.raises(NotAvailable) as caught:
        ask(measure="output", sectors="钢铁", places="Guangdong")
    assert caught.value.nearest == ("Smelting and processing of metals",)
    with pytest.raises(NotAvailable):
        ask(measure="grid_factor", places="长三角")
    with pytest.raises(BadRequest):
        ask(measure="population", per="gdp", places="Guangdong")
    with pytest.raises(UnknownName) as unknown:
        ask(measure="emisions", places="Guangdong")
    assert "co2" in unknown.value.nearest
    with pytest.raises(UnknownName):
        ask(places="Atlantis")


def test_charts_are_those_asked_for(ask):
    assert [c.kind for c in ask(places="Hubei", years=2016, chart="treemap").charts] == ["treemap"]
    assert [c.kind for c in ask(years=2019, chart="tilemap").charts] == ["tilemap"]
    assert [c.kind for c in ask(places="Hebei", operation="trend").charts] == ["line"]
    tree = ask(places="Hubei", years=2016, chart="treemap")
    spec = tree.charts[0].spec
    assert spec.values[0] == pytest.approx(sum(spec.values[1:]))
    assert "湖北" in tree.charts[0].title.zh and "2016" in tree.charts[0].title.en


def test_spans_and_nearest_years():
    assert spans([2005, 2007, 2008, 2021]).en == "2005, 2007-2008, 2021"
    assert nearest_year(2018, [2017, 2021]) == 2017
    assert nearest_year(2019, [2017, 2021]) == 2021


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("5亿吨", "Mt CO2", 500), ("500 Mt", "Mt CO2", 500), (8, "t CO2/person", 8), ("10万亿元", "100M yuan", 100_000),
     ("1000亿千瓦时", "TWh", 100), ("3000万千瓦", "GW", 30), ("1亿人", "10k persons", 10_000)],
)  # fmt: skip
def test_amounts_are_read_in_their_unit(text, unit, value):
    assert read_amount(text, unit) == pytest.approx(value)


def test_amounts_without_a_fitting_unit_are_refused():
    with pytest.raises(BadRequest):
        read_amount("5 bananas", "Mt CO2")
    assert read_unit("公斤", "kg CO2/10k yuan", []) is None
    assert read_unit("吨/万元", "kg CO2/10k yuan", []) == "t/10k yuan"


@pytest.mark.parametrize(
    ("text", "measure", "per"),
    [("人均碳排放", "co2", "head"), ("carbon intensity", "co2", "gdp"), ("co2_per_gdp", "co2", "gdp"), ("GDP", "gdp", "none"),
     ("人均GDP", "gdp", "head"), ("per-capita emissions", "co2", "head"), ("用电量", "electricity_use", "none"),
     ("grid emission factor", "grid_factor", "none"), ("装机容量", "capacity", "none"), ("emissions per GDP", "co2", "gdp")],
)  # fmt: skip
def test_measures_are_found_by_their_names(text, measure, per):
    asked = find_measure(text)
    assert (asked.measure, asked.per) == (measure, per)


def test_every_declared_measure_answers(ask):
    """Each declared measure gives at least one finite figure in a ranking of what it is of."""
    for measure in MEASURES:
        over = "places" if measure.placed and measure.key not in ("co2_gcb", "co2_owid") else "parts"
        result = ask(measure=measure.key, operation="rank", over=over, limit=3)
        assert result.facts and all(f.source for f in result.facts), measure.key


def test_parts_that_hold_the_same_are_not_added(ask):
    with pytest.raises(Incomparable):
        ask(measure="coal_units", places="山西", parts=["在运", "自备"], operation="sum")
    both = ask(measure="coal_units", places="山西", parts=["在建", "已核准"], operation="sum").facts
    assert both[0].value == pytest.approx(both[1].value + both[2].value)


def test_balances_and_ratios_have_no_shares(ask):
    for arguments in ({"measure": "net_power_import"}, {"measure": "grid_factor"}, {"measure": "co2", "per": "head"}):
        with pytest.raises(BadRequest):
            ask(places="广东", operation="share", **arguments)
    with pytest.raises(BadRequest):
        ask(measure="storage", places="山西", operation="trend")


def test_provinces_that_fell(ask):
    result = ask(operation="threshold", of="change", from_year=2010, to_year=2019, below=0)
    assert {f.region for f in result.facts if f.unit == "Mt CO2"} == {"Beijing", "Henan", "Shanghai", "Yunnan"}
    assert "下降的省份共4" in said(result, "zh")
    assert fact_of(result, unit="count").value == 4


def test_many_figures_stay_within_a_table(ask):
    result = ask(operation="compare", places="30省", years=[2015, 2016, 2017, 2018, 2019])
    assert len(result.tables[0].rows) == 60 and result.tables[0].total_rows == 150
    assert len(result.facts) <= 80
