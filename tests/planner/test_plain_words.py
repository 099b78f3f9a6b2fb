"""What plain words ask for, in arguments: everyday amounts, names that stand in for others, two questions in one."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from assistant.planner.compile import plan
from assistant.planner.intent.utterances import labelled
from assistant.planner.memory import Before, remember, split
from assistant.planner.plan import Plan
from tools.registry import get_tool

ASKED: list[tuple[str, list[tuple[str, dict[str, Any]]]]] = [
    ("粤近三年用电量", [("figures", {"places": ["Guangdong"], "from_year": 2022, "to_year": 2024})]),
    ("十二五期间哪几个省碳排不升反降", [("figures", {"period": 12, "operation": "threshold", "of": "change", "below": 0})]),
    ("populaton of Anhui in 2018 and its rank", [("figures", {"measure": "population", "operation": "position"})]),
    ("煤炭到电力再到铝这条链在新疆有多大碳量", [("paths", {"place": "Xinjiang"})]),
    ("东北、珠三角（就用广东）、京津冀三块之间碳怎么流的",
     [("grouped", {"region_groups": {"Northeast": ["Northeast"], "Guangdong": ["Guangdong"],
                                     "Beijing-Tianjin-Hebei": ["Beijing-Tianjin-Hebei"]}})]),
    ("which provinces are hubs and which are authorities in carbon flows",
     [("network", {"level": "provinces", "flow": "carbon", "measure": "hub"}), ("network", {"measure": "authority"})]),
    ("national io tables: exports of textiles 2017 vs 2018",
     [("national_io", {"measure": "exports", "year": 2017}), ("national_io", {"year": 2018})]),
    ("can I use the L.1470 path for my cement plant", [("l1470", {"subsector": "cement plants"})]),
    ("我们平台有数据采集和基础设施，还缺哪几层", [("isc_checklist", {"yes": ["4.2", "4.3"]})]),
    ("What if Hubei goes for neutrality in 2055 rather than 2060?", [("roadmap", {"target_year": 2055, "year": None})]),
    ("Roadmap. Region: Yangtze River Delta. Output: gross, net, 2030/2045.",
     [("roadmap", {"place": "Yangtze River Delta", "years": [2030, 2045]})]),
    ("2040年比2025年砍一半，河南做得到不，花钱最少怎么走",
     [("backcast", {"place": "Henan", "goal": "cap", "year": 2040, "percent": 50.0, "base_year": 2025})]),
    ("put Hunan's baseline next to its most ambitious case", [("compare", {"scenarios": ["current_policies", "accelerated"]})]),
    ("我们基准年80万吨，每年线性降4.2%，2032剩多少", [("contraction", {"emissions": 8e5, "rate": 4.2, "target_year": 2032, "base_year": None})]),
    ("start 2021 at 600 kt, minus 3% a yr straight line, whats left in 2035",
     [("contraction", {"emissions": 6e5, "rate": 3.0, "base_year": 2021, "target_year": 2035})]),
    ("采购20万块钱的钢材（河北产）碳是多少", [("spend_factors", {"spend": [{"sector": "ferrous", "place": "Hebei", "amount": 20.0}]})]),
    ("We spent 3m yuan on chemicals from Jiangsu and 200k on logistics in Beijing. Scope 3 estimate?",
     [("spend_factors", {"spend": [{"sector": "chemicals", "place": "Jiangsu", "amount": 300.0},
                                   {"sector": "transport", "place": "Beijing", "amount": 20.0}]})]),
    ("电炉项目，年用电5亿千瓦时，投资10亿，落江苏，评估一下",
     [("project_appraisal", {"place": "Jiangsu", "electricity_gwh": 500.0, "investment": 1e5})]),
    ("我们厂在唐山，钢铁的上游是谁", [("chain_partners", {"place": "Hebei", "direction": "upstream"})]),
    ("深圳所在省2018年碳排放", [("figures", {"measure": "co2", "places": ["Guangdong"]})]),
    ("鲁脱钩了吗", [("decoupling", {"place": "Shandong"})]),
    ("晋煤炭开采的乘数", [("multipliers", {"place": "Shanxi", "sector": "coal_mining"})]),
    ("宁 2018 CO2", [("figures", {"places": ["Ningxia"], "years": [2018]})]),
    ("2018粤", [("figures", {"places": ["Guangdong"], "years": [2018]})]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "wanted"), ASKED, ids=[q for q, _ in ASKED])
def test_arguments(question: str, wanted: list[tuple[str, dict[str, Any]]]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == [tool for tool, _ in wanted], calls
    for call, (tool, args) in zip(calls, wanted, strict=True):
        assert {k: call.args.get(k) for k in args} == args
        get_tool(tool).read(dict(call.args))


@pytest.mark.parametrize(
    ("question", "note"),
    [("买河北钢材每万元多少碳", "黑色金属冶炼"), ("CO2 multiplier of cars in Jilin", "transport equipment"),
     ("我们在唐山，上游谁的碳最多", "河北"), ("去年江苏碳排放多少", "2019"), ("2023年湖南碳排放", "湖南2023年碳中和路线图")],
)  # fmt: skip
def test_what_stands_in_is_said(question: str, note: str) -> None:
    assert any(note in n.zh + n.en for n in plan(question, Before()).notes)


def test_a_product_is_no_sector_of_a_plain_figure() -> None:
    for question in (
        "number of cars in Guangdong 2018",
        "广东2018年手机产量",
        "How many houses were built in Hebei in 2016?",
    ):
        decided = plan(question, Before())
        assert not decided.calls and decided.status == "refused", decided.calls


BOTH = [
    ("Hunan's 2018 emissions, and how big is its consumption footprint?", ["figures", "footprint"]),
    ("河南2005年以来碳排涨了多少，主要啥原因", ["figures", "drivers"]),
    ("Zhejiang emissions 2008-2018 and has it decoupled?", ["figures", "decoupling"]),
    ("安徽碳中和路线图来一个，再说说哪个假设最要命", ["roadmap", "sensitivity"]),
    ("辽宁的碳主要流去哪些省？钢铁主要卖给谁", ["embodied_trade", "chain_partners"]),
    ("Key sectors in Hubei and their CO2 multipliers", ["linkages", "multipliers"]),
    ("Hebei vs Shanxi pathways, and when does coal power nearly vanish in each", ["compare", "milestones"]),
]


@pytest.mark.parametrize(("question", "tools"), BOTH, ids=[q for q, _ in BOTH])
def test_two_questions_are_both_answered_of_one_place(question: str, tools: list[str]) -> None:
    calls = plan(question, Before()).calls
    assert list(dict.fromkeys(c.tool for c in calls)) == tools
    places = [set(c.args.get("places") or [c.args["place"]]) for c in calls]
    assert all(place <= places[0] for place in places)


ONE = [
    "新上一个项目年用电3亿度、天然气2000万方，在宁夏，碳排大概多少",
    "出口掉两成，广东GDP和碳会咋样", "who supplies Zhejiang's textile industry, top ten",
    "我们的视频会议系统净减排怎么评估，需要什么数据",
    "河北钢铁主要卖给谁？省内省外都要",
]  # fmt: skip


@pytest.mark.parametrize("question", ONE)
def test_one_question_in_several_clauses_is_one(question: str) -> None:
    assert len({c.tool for c in plan(question, Before()).calls}) == 1


TALKS: list[tuple[str, str, dict[str, Any]]] = [
    ("谁买了河北的钢材|江苏呢", "chain_partners", {"place": "Jiangsu"}),
    ("把上海外面买进来的电算上，一共多少碳|北京呢", "power_account", {"place": "Beijing"}),
    ("海南在哪些行业有优势|江西呢", "specialisation", {"place": "Jiangxi"}),
    ("这些年江西排放往上走，主要是人多了还是能耗高了|湖南呢", "drivers", {"place": "Hunan"}),
    ("does Hunan still get richer without emitting more|and Hubei?", "decoupling", {"place": "Hubei"}),
    ("hydrogen: how much of it by 2040 in Shandong|and Hebei?", "milestones", {"place": "Hebei", "lever": "H2"}),
    ("哪个假设最左右福建的路线|广西呢", "sensitivity", {"place": "Guangxi"}),
    ("给我看看湖北这个省的碳家底|湖南呢", "profile", {"place": "Hunan"}),
    ("山东水泥要是做到全国最好能少排多少|河北呢", "best_in_class", {"place": "Hebei"}),
    ("造纸这行哪几个省是标杆|纺织呢", "benchmark_lists", {}),
    ("山西要是不挖煤了，全国少多少|内蒙古呢", "extraction", {"place": "Inner Mongolia"}),
    ("Where does the coal burned in Liaoning go, by sector|and Jilin?", "fuel_flow", {"place": "Jilin"}),
    ("上海人消费让全国多排多少碳|天津呢", "footprint", {"place": "Tianjin"}),
    ("河北的碳主要流去哪些省|山西呢", "embodied_trade", {"place": "Shanxi"}),
    ("广东碳中和路线图来一份|浙江呢", "roadmap", {"place": "Zhejiang"}),
]


def _talk(*turns: str) -> Plan:
    before, decided = Before(), plan(turns[0], Before())
    for last, turn in pairwise(turns):
        assert decided.calls, (last, decided.reason)
        first = decided.calls[0]
        made = tuple((c.tool, c.args) for c in decided.calls)
        before = replace(remember(first.tool, first.args, last, before if before.tool else None), calls=made)
        decided = plan(turn, before)
    return decided


@pytest.mark.parametrize(("turns", "tool", "wanted"), TALKS, ids=[t for t, _, _ in TALKS])
def test_follow_ups_of_plain_words(turns: str, tool: str, wanted: dict[str, Any]) -> None:
    calls = _talk(*turns.split("|")).calls
    assert calls and calls[0].tool == tool, calls
    assert {k: calls[0].args.get(k) for k in wanted} == wanted


def test_figures_told_before_are_calculated_with() -> None:
    lead = {
        "tool": "figures",
        "status": "ok",
        "lead": ["广东 5.86亿吨 [F1]", "江苏 8.05亿吨 [F2]，山东 9.37亿吨 [F3]"],
        "facts": [],
    }
    call = {"name": "figures", "args": {"measure": "co2"}, "id": "a"}
    before = split(
        [HumanMessage("广东、江苏、山东的碳排放"), AIMessage("", tool_calls=[call]),
         ToolMessage(json.dumps(lead, ensure_ascii=False), tool_call_id="a"), AIMessage("…"), HumanMessage("?")]
    ).before  # fmt: skip
    assert before.facts == ("F1", "F2", "F3")
    assert plan("刚才那两个数相除是多少", before).calls[0].args == {"facts": ["F1", "F2"], "operation": "ratio"}
    assert plan("average of those three figures", before).calls[0].args == {
        "facts": ["F1", "F2", "F3"],
        "operation": "mean",
    }
    assert plan("刚才那两个数相除是多少", Before()).calls[0].args == {"operation": "ratio"}  # the tool asks which


@pytest.mark.parametrize(
    "question",
    ["如果广东增速快6个百分点呢", "What if Hebei's growth were 6 points higher?", "若全国百分之二百非化石会怎样"],
)
def test_a_value_out_of_range_is_left_to_the_tool_to_refuse(question: str) -> None:
    decided = plan(question, Before())
    assert decided.calls or decided.reply is not None


PIECES = st.sampled_from([q[i : i + 9] for q, _ in labelled()[::37] for i in range(0, len(q), 9)])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6), st.sampled_from(["", " ", "，", "? ", "；"]))
def test_any_mix_of_utterances_is_planned(pieces: list[str], joint: str) -> None:
    decided = plan(joint.join(pieces), Before())
    assert decided.calls or decided.reply is not None
    for call in decided.calls:
        json.dumps(call.args)
