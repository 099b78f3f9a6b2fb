"""Sentences that only say more of the one beside them; lists; plans as an occasion; electricity by source and by route."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before

ONE_CALL: list[tuple[str, dict[str, Any]]] = [
    ("湖北比安徽多排多少？2014年", {"places": ["Hubei", "Anhui"], "years": [2014], "operation": "compare"}),
    ("2012年。浙江和福建的碳排放谁多？", {"places": ["Zhejiang", "Fujian"], "years": [2012], "operation": "compare"}),
    ("What was Hunan's CO2 per head? In 2011.", {"places": ["Hunan"], "per": "head", "years": [2011]}),
    ("Compare Jilin and Gansu. Year: 2013. Metric: CO2 per GDP.",
     {"places": ["Jilin", "Gansu"], "per": "gdp", "years": [2013], "operation": "compare"}),
    ("四川2006年碳排放有多少？用亿吨", {"places": ["Sichuan"], "years": [2006], "unit": "亿吨"}),
    ("GET /co2?region=Hubei&year=2013", {"places": ["Hubei"], "years": [2013]}),
    ("湖北2022年电力结构", {"measure": "generation", "over": "parts", "operation": "share"}),
    ("What is Yunnan's electricity mix in 2022?", {"measure": "generation", "over": "parts"}),
    ("上海2022年风电占比", {"measure": "generation", "parts": ["wind"], "operation": "share"}),
    ("福建2021年火电占比", {"measure": "generation", "parts": ["thermal"], "operation": "share"}),
    ("山西2020年装机结构", {"measure": "capacity", "over": "parts"}),
    ("山东2018年火电碳排放", {"measure": "co2", "places": ["Shandong"]}),
    ("河南外来电主要来自哪里 2018", {"measure": "power_import", "operation": "rank", "over": "parts"}),
    ("Where does Beijing's electricity come from? 2018", {"measure": "power_import", "over": "parts", "years": [2018]}),
    ("云南的电卖给了谁 2019", {"measure": "power_export", "places": ["Yunnan"], "over": "parts"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), ONE_CALL, ids=[q for q, _ in ONE_CALL])
def test_one_call(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert len(calls) == 1 and calls[0].tool == "figures"
    assert {k: calls[0].args.get(k) for k in expected} == expected


def test_items_of_a_list_are_asked_one_by_one_in_one_year() -> None:
    calls = plan(
        "请给出：一是江西2016年碳排放总量；二是江西水泥行业排放；三是江西人均排放；四是江西在全国的排名", Before()
    ).calls
    assert [c.args["years"] for c in calls] == [[2016]] * 4
    assert "per" not in calls[0].args and calls[1].args["sectors"] and calls[2].args["per"] == "head"
    assert calls[3].args["operation"] == "position" and "per" not in calls[3].args


def test_a_second_question_is_not_taken_for_a_fragment() -> None:
    calls = plan("安徽2014年碳排放是多少？2015年人均是多少？", Before()).calls
    assert [(c.args["years"], c.args.get("per")) for c in calls] == [([2014], None), ([2015], "head")]


@pytest.mark.parametrize(
    ("question", "tool"),
    [("我们在编十五五规划，需要湖南2015、2018年的碳排放和碳强度", "figures"), ("cement sector requirements for 2025", "targets"),
     ("有色金属行业2025年节能降碳指标", "targets"), ("Is there a cap on alumina capacity by 2025?", "targets"),
     ("第十五个五年规划的碳强度要降多少", "targets"), ("河北2012年钢铁行业碳排放", "figures")],
)  # fmt: skip
def test_policy_or_figures(question: str, tool: str) -> None:
    calls = plan(question, Before()).calls
    assert calls and {c.tool for c in calls} == {tool}


def test_a_target_of_a_province_and_of_the_nation_are_two_lookups() -> None:
    topics = [c.args["topic"] for c in plan("浙江和全国2030年非化石能源占比目标分别是多少", Before()).calls]
    assert len(topics) == 2 and "全国" not in topics[0] and "浙江" not in topics[1]


def test_carbon_per_energy_is_no_measure_and_both_figures_are_given() -> None:
    decided = plan("湖南2017年单位能耗碳排放", Before())
    assert decided.notes and [c.args["measure"] for c in decided.calls] == ["co2", "energy"]


def test_one_measure_as_a_share_of_another_is_calculated() -> None:
    decided = plan("甘肃2016年外送电量占发电量多少", Before())
    assert decided.then == "share" and [c.args["measure"] for c in decided.calls] == ["power_export", "generation"]
    assert all(c.args["places"] == ["Gansu"] and c.args["years"] == [2016] for c in decided.calls)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("广西消费侧排放比生产侧高还是低", "footprint"),
        ("emissions embodied in Sichuan's exports to Guangdong", "embodied_trade"),
    ],
)
def test_consumption_and_embodied_carbon_are_not_territorial_figures(question: str, tool: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} == {tool}
