"""Targets of provinces' plans: found by what the plan is, by the figure a question names, and by years listed one by one."""

from __future__ import annotations

import pytest

from data.errors import NotAvailable
from tools.declare import Context
from tools.policy.match import same_figure
from tools.policy.question import read_question
from tools.policy.rows import all_targets
from tools.policy.targets import targets
from tools.policy.track import track
from tools.result import Result


def figures(result: Result) -> list[tuple[float, int | None]]:
    """The targets' figures in the order they are told."""
    return [(f.value, f.year) for f in result.facts if f.source not in ("co2", "gdp", "power_capacity")]


@pytest.mark.parametrize(
    ("topic", "document", "first"),
    [
        ("浙江碳达峰方案有哪些量化目标", "zj-opinions-2021", 24),
        ("浙江省碳达峰实施方案的目标", "zj-opinions-2021", 24),
        ("What targets does Fujian's carbon peaking plan set?", "fj-opinions-2022", 27.4),
        ("重庆双碳方案的量化目标", "cq-opinions-2022", 14),
        ("四川碳达峰方案2030年非化石占比", "sc-peak-2022", 43.5),
        ("上海2030年非化石能源占比目标", "sh-peak-2022", 25),
        ("What is Hainan's non-fossil target for 2030?", "hi-peak-2022", 54),
        ("北京2025年可再生能源消费比重目标", "bj-peak-2022", 14.4),
        ("天津2025年可再生能源装机目标", "tj-peak-2022", 8),
        ("湖南2025年非化石能源消费比重", "hn-peak-2022", 22),
        ("安徽2025年单位GDP能耗下降目标", "ah-peak-2022", 14),
        ("山东2030年单位GDP二氧化碳排放目标", "sd-peak-2022", 68),
    ],
)
def test_a_provinces_plan_answers_by_its_own_figures(topic: str, document: str, first: float, context: Context) -> None:
    result = targets.call({"topic": topic}, context)
    assert {c.document for c in result.citations} == {document}
    assert figures(result)[0][0] == first
    assert "未核对" in result.lead[0].text.zh and "unverified" in result.lead[0].text.en


def test_the_progress_of_a_plan_lists_its_own_targets(context: Context) -> None:
    result = track.call({"topic": "浙江碳达峰方案有哪些量化目标？完成情况"}, context)
    mine = [t for t in all_targets(context.warehouse) if t.scope == "Zhejiang"]
    assert len(result.tables[0].rows) == len(mine) >= 8
    assert "没有浙江的对应目标" not in " ".join(s.text.zh for s in result.lead)


@pytest.mark.parametrize(
    ("topic", "value", "document"),
    [
        ("Did Guangdong meet its 14th FYP target of 31% coal", 31, "gd-14fyp-outline"),
        ("广东2025年煤炭占31%的目标完成了吗", 31, "gd-14fyp-outline"),
        ("行动方案2025年减排1.3亿吨完成了吗", 130, "cn-ap-2024-2025"),
        ("行动方案2024年节能5000万吨标准煤做到了吗", 50, "cn-ap-2024-2025"),
    ],
)
def test_a_figure_named_leads_to_its_target(topic: str, value: float, document: str, context: Context) -> None:
    result = track.call({"topic": topic}, context)
    assert value in [f.value for f in result.facts if f.source == document]
    assert {c.document for c in result.citations} == {document}


def test_new_energy_capacity_is_not_new_energy_vehicles(context: Context) -> None:
    result = track.call({"topic": "内蒙古2025年新能源装机目标完成了吗"}, context)
    assert result.lead[0].facts and result.facts[result.lead[0].facts[0]].value == 150
    assert any("超过火电装机" in str(cell) for row in result.tables[0].rows for cell in row)
    assert {c.document for c in result.citations} == {"nm-opinions-2022", "nm-newenergy-2023"}
    with pytest.raises(NotAvailable):
        track.call({"topic": "海南2025年新能源装机目标完成了吗"}, context)


@pytest.mark.parametrize("topic", ["新疆2030年煤电装机目标", "Xinjiang's target for coal power capacity in 2030"])
def test_coal_power_is_answered_neither_by_coal_nor_by_hydropower(topic: str, context: Context) -> None:
    with pytest.raises(NotAvailable):
        targets.call({"topic": topic}, context)


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("2024年和2025年非化石占比目标分别是多少", [(18.9, 2024), (20, 2025)]),
        ("Non-fossil share targets for 2025 and 2030", [(20, 2025), (25, 2030)]),
        ("全国2025、2030年非化石能源占比目标", [(20, 2025), (25, 2030)]),
    ],
)
def test_years_listed_one_by_one_are_each_answered(topic: str, told: list[tuple[float, int]], context: Context) -> None:
    assert figures(targets.call({"topic": topic}, context))[:2] == told


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("全国十四五单位GDP二氧化碳降了多少", 12),
        ("十四五碳强度下降了多少", 12),
        ("How much did China's CO2 per unit of GDP fall in the 14th five-year plan?", 12),
        ("“十四五”单位GDP二氧化碳要降多少", 18),
        ("How far must CO2 per unit of GDP fall in the 14th five-year plan?", 18),
    ],
)
def test_what_fell_is_not_what_was_to_fall(topic: str, value: float, context: Context) -> None:
    assert figures(targets.call({"topic": topic}, context))[0][0] == value


def test_a_base_year_is_no_second_year(context: Context) -> None:
    asked = read_question("2030年单位GDP二氧化碳比2005年下降多少", context.library)
    assert asked.each == () and asked.last == 2030


def test_an_unread_row_yields_to_the_read_one_it_repeats(context: Context) -> None:
    rows = all_targets(context.warehouse)
    repeated = [t for t in rows if t.document == "cn-14fyp" and any(same_figure(t, r) for r in rows if r.verified)]
    assert repeated
    result = targets.call({"topic": "“十四五”单位GDP能耗下降目标"}, context)
    assert "cn-14fyp" not in {c.document for c in result.citations}


def test_energy_targets_are_not_given_co2_as_what_can_be_observed(context: Context) -> None:
    result = track.call({"topic": "十四五能耗强度下降13.5%完成了吗"}, context)
    assert "无法判断" in " ".join(s.text.zh for s in result.lead)
    assert not [f for f in result.facts if f.source == "co2"]


def test_a_change_in_data_of_one_year_is_refused_by_that_reason(context: Context) -> None:
    from data.errors import BadRequest
    from tools.figures.tool import figures as figures_tool

    with pytest.raises(BadRequest) as refused:
        figures_tool.call(
            {"measure": "co2", "per": "output", "sectors": ["power_heat"], "operation": "rank", "of": "change", "over": "places"}, context
        )  # fmt: skip
    assert "2017" in refused.value.message.zh and "0年" not in refused.value.message.zh


@pytest.mark.parametrize(
    "topic",
    [
        "广东2030年前有哪些碳排放相关目标？",
        "广东2030年有哪些双碳目标",
        "列出广东2030年的减排目标",
        "What carbon targets does Guangdong have before 2030?",
        "Which climate targets does Guangdong have for 2030",
    ],
)
def test_targets_of_the_field_at_large_are_all_of_the_places(topic: str, context: Context) -> None:
    plain = targets.call({"topic": "广东2030年有哪些目标"}, context)
    found = targets.call({"topic": topic}, context)
    assert figures(found) == figures(plain) and len(figures(found)) >= 4
    assert {f.region for f in found.facts} == {"Guangdong"}


def test_one_target_of_the_field_is_still_its_own(context: Context) -> None:
    assert figures(targets.call({"topic": "广东有哪些碳达峰目标"}, context)) == [(2030, 2030)]
