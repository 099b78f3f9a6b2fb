"""Follow-ups and corrections: what is not said again is taken from the call before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember, split
from assistant.planner.plan import Plan
from data.classification import find_sector


def talk(*turns: str) -> Plan:
    """The plan for the last of several turns."""
    before = Before()
    decided = plan(turns[0], before)
    for turn in turns[1:]:
        if decided.calls:
            first = decided.calls[0]
            before = remember(first.tool, first.args, earlier=before if before.tool else None)
        decided = plan(turn, before)
    return decided


def resolved(name: str, value: Any) -> Any:
    """Sectors by their key, whatever the name they were asked by."""
    if name == "sector" and value:
        return find_sector(value).key
    return [find_sector(s).key for s in value] if name == "sectors" and value else value


CASES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("湖北2011年碳排放", "那一年湖南呢"), {"places": ["Hunan"], "years": [2011]}),
    (("湖北2011年碳排放", "湖南"), {"places": ["Hunan"], "years": [2011]}),
    (("Emissions of Fujian in 2009", "and Zhejiang?"), {"places": ["Zhejiang"], "years": [2009]}),
    (("Emissions of Fujian in 2009", "what about 2016"), {"places": ["Fujian"], "years": [2016]}),
    (("Emissions of Fujian in 2009", "per capita please"), {"places": ["Fujian"], "years": [2009], "per": "head"}),
    (("江西2013年钢铁排放", "水泥呢"), {"sectors": ["nonmetallic_minerals"], "places": ["Jiangxi"], "years": [2013]}),
    (("江西2013年钢铁排放", "总量是多少"), {"places": ["Jiangxi"], "years": [2013], "sectors": None}),
    (("江西2013年碳排放", "其中交通的占比"), {"operation": "share", "sectors": ["transport"], "places": ["Jiangxi"]}),
    (("江西2013年碳排放", "上一年呢"), {"places": ["Jiangxi"], "years": [2012]}),
    (("江西2013年碳排放", "占全国多少"), {"operation": "share", "whole": "China", "places": ["Jiangxi"], "years": [2013]}),
    (("江西2013年碳排放", "在全国排第几"), {"operation": "position", "places": ["Jiangxi"], "years": [2013]}),
    (("江西2013年碳排放", "和湖南比呢"), {"operation": "compare", "places": ["Jiangxi", "Hunan"], "years": [2013]}),
    (("江西2013年碳排放", "哪个行业最多"), {"operation": "rank", "over": "sectors", "places": ["Jiangxi"], "years": [2013]}),
    (("江西2013年碳排放", "历年的"), {"operation": "trend", "places": ["Jiangxi"]}),
    (("江西历年碳排放", "只看2010年"), {"operation": None, "places": ["Jiangxi"], "years": [2010]}),
    (("Trend of CO2 in Hainan", "make it Hubei"), {"operation": "trend", "places": ["Hubei"]}),
    (("2012年碳排放前四的省", "人均呢"), {"operation": "rank", "per": "head", "limit": 4, "years": [2012]}),
    (("2012年碳排放前四的省", "2018年呢"), {"operation": "rank", "limit": 4, "years": [2018]}),
    (("2012年碳排放前四的省", "前八"), {"operation": "rank", "limit": 8, "years": [2012]}),
    (("2012年碳排放前四的省", "那山西呢"), {"operation": "position", "places": ["Shanxi"], "years": [2012]}),
    (("CAGR of emissions in Gansu 2002-2012", "Qinghai?"), {"operation": "cagr", "places": ["Qinghai"], "from_year": 2002, "to_year": 2012}),
    (("广东2015年GDP", "人口呢"), {"measure": "population", "places": ["Guangdong"], "years": [2015]}),
    (("吉林2010年碳排放", "黑龙江", "2015年", "人均"), {"places": ["Heilongjiang"], "years": [2015], "per": "head"}),
    (("Emissions of Guandong in 2012", "Guangdong"), {"places": ["Guangdong"], "years": [2012]}),
    (("山东2016年碳排放", "用万吨表示"), {"places": ["Shandong"], "years": [2016], "unit": "万吨"}),
    (("山东2016年碳排放", "画成图"), {"places": ["Shandong"], "operation": "trend", "chart": "line"}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), CASES, ids=[" / ".join(t) for t, _ in CASES])
def test_a_follow_up_keeps_what_is_not_said_again(turns: tuple[str, ...], expected: dict[str, Any]) -> None:
    calls = talk(*turns).calls
    assert [c.tool for c in calls] == ["figures"]
    assert {k: resolved(k, calls[0].args.get(k)) for k in expected} == expected


@pytest.mark.parametrize(
    ("turns", "tool", "expected"),
    [
        (("河北2016年碳排放", "消费侧呢"), "footprint", {"place": "Hebei"}),
        (("河北消费侧碳排放", "那山东呢"), "footprint", {"place": "Shandong"}),
        (("Who are the buyers of Shanxi coal?", "and upstream?"), "chain_partners", {"place": "Shanxi", "direction": "upstream"}),
        (("山西电力行业的下游", "钢铁呢"), "chain_partners", {"place": "Shanxi", "sector": "ferrous", "direction": "downstream"}),
        (("四川碳中和路线图", "那云南呢"), "roadmap", {"place": "Yunnan"}),
        (("四川碳中和路线图", "不用CCUS会怎样"), "roadmap", {"place": "Sichuan"}),
        (("画湖南产业关联网络", "换成桑基图"), "industry_map", {"place": "Hunan", "form": "sankey"}),
    ],
)  # fmt: skip
def test_other_tools_are_followed_up_too(turns: tuple[str, ...], tool: str, expected: dict[str, Any]) -> None:
    call = talk(*turns).calls[0]
    assert call.tool == tool
    assert {k: resolved(k, call.args.get(k)) for k in expected} == expected


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        ("湖北2011年碳排放", "2018年广西的人均碳排放是多少", ["Guangxi"]),
        ("江西2013年钢铁排放", "What did Ningxia emit in total in 2004?", ["Ningxia"]),
        ("江西2013年钢铁排放", "2015年哪个省碳排放最多", None),
    ],
)
def test_a_whole_question_takes_nothing_over(first: str, second: str, places: list[str] | None) -> None:
    assert talk(first, second).calls == plan(second, Before()).calls
    assert talk(first, second).calls[0].args.get("places") == places


def test_small_talk_between_does_not_lose_the_thread() -> None:
    before = remember("figures", {"measure": "co2", "places": ["Hubei"], "years": [2011]})
    assert plan("谢谢", before).status == "answered"
    assert plan("帮我订一张去湖南的机票", before).status == "refused"


def _after(question: str, args: dict[str, Any], facts: list[dict[str, Any]]) -> Before:
    """The memory after a call that found these facts."""
    told = json.dumps({"status": "ok", "facts": facts}, ensure_ascii=False)
    call = {"name": "figures", "args": args, "id": "a"}
    messages = [
        HumanMessage(question),
        AIMessage("", tool_calls=[call]),
        ToolMessage(told, tool_call_id="a"),
        HumanMessage("x"),
    ]
    return split(messages).before


def test_its_means_the_first_of_the_ranking_before() -> None:
    args = {"measure": "co2", "years": [2017], "operation": "rank", "over": "places"}
    before = _after("2017年哪个省碳排放最高", args, [{"region": "Shandong", "year": 2017}, {"region": "Hebei"}])
    assert plan("它的人均是多少", before).calls[0].args == {
        "measure": "co2",
        "per": "head",
        "places": ["Shandong"],
        "years": [2017],
    }


def test_that_sector_means_the_first_of_the_sectors_before() -> None:
    args = {"measure": "co2", "places": ["Jilin"], "years": [2012], "operation": "rank", "over": "sectors"}
    before = _after("吉林2012年哪个行业最多", args, [{"region": "Jilin", "sector": "Construction"}])
    found = plan("这个行业2015年呢", before).calls[0].args
    assert (found["places"], found["sectors"], found["years"]) == (["Jilin"], ["construction"], [2015])
    assert found.get("over") is None


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("山西2012年碳排放", "陕西呢", "两省差多少"), {"operation": "compare", "places": ["Shanxi", "Shaanxi"], "years": [2012]}),
        (("河北2010年碳排放", "2018年", "变化了多少"), {"operation": "change", "from_year": 2010, "to_year": 2018}),
        (("2015年碳排放前三的省", "人均前五"), {"operation": "rank", "per": "head", "limit": 5, "years": [2015]}),
        (("Rank of Anhui in 2012 CO2",), {"operation": "position", "places": ["Anhui"]}),
    ],
)  # fmt: skip
def test_two_turns_back_are_remembered(turns: tuple[str, ...], expected: dict[str, Any]) -> None:
    assert {k: talk(*turns).calls[0].args.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    ("turns", "topic"),
    [
        (("2025年新型储能目标", "2027年呢"), "2027年新型储能目标"),
        (("行动方案对化工有哪些目标", "交通呢"), "行动方案对交通有哪些目标"),
    ],
)
def test_policy_questions_are_followed_up_in_words(turns: tuple[str, ...], topic: str) -> None:
    call = talk(*turns).calls[0]
    assert (call.tool, call.args) == ("targets", {"topic": topic})
