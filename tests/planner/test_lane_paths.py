"""The lanes of structural paths, shocks and joint reduction, in paraphrases, and what they leave to others."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from data.classification import find_sector

SHOCKS: list[tuple[str, dict[str, Any]]] = [
    ("若辽宁钢铁的下游需求下降15%会怎样", {"place": "Liaoning", "sector": "ferrous", "of": "downstream", "change": -15}),
    ("如果山东化工的下游用户少用百分之八，影响有多大？", {"place": "Shandong", "sector": "chemicals", "of": "downstream", "change": -8}),
    ("Suppose the downstream use of Shaanxi's coal shrinks by 12%", {"place": "Shaanxi", "sector": "coal_mining", "of": "downstream", "change": -12}),
    ("What if buyers' purchases by its direct customers of Anhui's cement drop 5%", {"place": "Anhui", "of": "downstream", "change": -5}),
    ("湖北建筑投资若减少6%，对排放有何影响",
     {"place": "Hubei", "sector": "construction", "of": "final_demand", "category": "investment", "change": -6}),
    ("If Sichuan's investment in construction fell by 7 percent, what then?",
     {"place": "Sichuan", "sector": "construction", "category": "investment", "change": -7}),
    ("假设福建出口下滑两成", {"place": "Fujian", "category": "exports", "change": -20}),
    ("假设福建出口下滑20%", {"place": "Fujian", "category": "exports", "change": -20}),
    ("江西农村居民消费增加4%会带动多少排放", {"place": "Jiangxi", "category": "rural", "change": 4}),
    ("effect of 3% higher government consumption in Hunan on output and CO2", {"place": "Hunan", "category": "government", "change": 3}),
    ("要是云南电力产量砍半会波及哪些省", {"place": "Yunnan", "sector": "power_heat", "of": "output", "change": -50}),
    ("Suppose steel output in Shanxi were cut by 25%", {"place": "Shanxi", "sector": "ferrous", "of": "output", "change": -25}),
    ("重庆汽车制造停产会怎样", {"place": "Chongqing", "of": "output", "change": -100}),
    ("如果全国固定资产投资减少2%", {"place": "China", "category": "investment", "change": -2}),
    ("若吉林化工减10%会怎样", {"place": "Jilin", "sector": "chemicals", "change": -10}),
    ("What would a 5 % rise of exports from Guangdong do to emissions elsewhere?", {"place": "Guangdong", "category": "exports", "change": 5}),
]  # fmt: skip
PATHS: list[tuple[str, dict[str, Any]]] = [
    ("浙江建筑业隐含碳的结构路径分析", {"place": "Zhejiang", "sector": "construction"}),
    ("安徽建筑的碳主要沿哪些产业链路径而来", {"place": "Anhui", "sector": "construction"}),
    ("SPA of final use in Shanghai, cut-off 0.5%", {"place": "Shanghai", "cut": 0.5}),
    ("Supply chain paths of Anhui's footprint down to 0.05 %", {"place": "Anhui", "cut": 0.05}),
    ("湖南足迹的产业链路径，细到0.02%", {"place": "Hunan", "cut": 0.02}),
    ("Which supply chain paths carry the most carbon into Hunan's food industry?", {"place": "Hunan", "sector": "food_tobacco"}),
    ("山西煤炭的下游产业链路径，前八条", {"place": "Shanxi", "sector": "coal_mining", "direction": "downstream", "top": 8}),
    ("Along which paths do emissions of Ningxia's power reach final products?",
     {"place": "Ningxia", "sector": "power_heat", "direction": "downstream"}),
    ("structural path analysis of China's construction, at most 4 tiers", {"place": "China", "sector": "construction", "order": 4}),
    ("北京最终使用的隐含碳路径有哪些", {"place": "Beijing"}),
    ("top 3 upstream paths of Tianjin's general machinery", {"place": "Tianjin", "direction": "upstream", "top": 3}),
]  # fmt: skip
JOINT: list[tuple[str, list[tuple[str, str]], dict[str, Any]]] = [
    ("浙江的建筑业和安徽的水泥应在哪些产业链上联合减排", [("Zhejiang", "construction"), ("Anhui", "nonmetallic_minerals")], {}),
    ("Which chains should Guangdong's electronics and Guizhou's power decarbonise jointly?",
     [("Guangdong", "electronics"), ("Guizhou", "power_heat")], {}),
    ("power in Inner Mongolia and steel in Hebei: how can they cut emissions together?",
     [("Inner Mongolia", "power_heat"), ("Hebei", "ferrous")], {}),
    ("山西煤炭与山东化工协同降碳，各降20%能减多少", [("Shanxi", "coal_mining"), ("Shandong", "chemicals")], {"emitter_cut": 20, "use_cut": 20}),
    ("若河北钢铁强度降15%，江苏建筑用材料减少5%，联合减排多少",
     [("Hebei", "ferrous"), ("Jiangsu", "construction")], {"emitter_cut": 15, "use_cut": 5}),
    ("河北钢铁、内蒙古电力、北京建筑三方如何携手减碳", [("Hebei", "ferrous"), ("Inner Mongolia", "power_heat"), ("Beijing", "construction")], {}),
]  # fmt: skip
OTHERS: list[tuple[str, str]] = [
    ("广东碳中和路径", "roadmap"), ("湖南减排路径有哪些", "roadmap"), ("若四川2040年非化石占比达到60%", "roadmap"),
    ("What if Hebei's growth were 1 point lower?", "roadmap"), ("广东哪些产业链上下游应当联合减排？", "chain_partners"),
    ("哪些产业链上下游应当联合减排", "chain_partners"), ("内蒙古电力行业的下游是谁", "chain_partners"), ("北京消费侧碳足迹", "footprint"),
    ("江苏的影响力系数", "linkages"), ("以2016年为基期，湖北每年线性减排3%，2028年是多少", "contraction"),
    ("2018年国家投入产出表中化工的出口", "national_io"), ("2015年到2019年广东电力排放下降了10%吗", "figures"),
    ("广东2017年碳排放总量", "figures"), ("Which provinces reduced their emissions by more than 10% from 2012 to 2017?", "figures"),
    ("京津冀共同的排放总量", "figures"),
]  # fmt: skip


def same(args: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether the arguments hold the expected ones, sectors compared by what they mean."""
    found = {k: find_sector(v).key if k == "sector" and v else v for k, v in args.items()}
    return {k: found.get(k) for k in expected} == expected


@pytest.mark.parametrize(("question", "expected"), SHOCKS, ids=[q for q, _ in SHOCKS])
def test_shocks(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["shock"] and same(calls[0].args, expected), calls


@pytest.mark.parametrize(("question", "expected"), PATHS, ids=[q for q, _ in PATHS])
def test_paths(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["paths"] and same(calls[0].args, expected), calls


@pytest.mark.parametrize(("question", "ends", "expected"), JOINT, ids=[q for q, _, _ in JOINT])
def test_joint(question: str, ends: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["joint_reduction"], calls
    found = [(e["place"], find_sector(e["sector"]).key) for e in calls[0].args["ends"]]
    assert found == ends and same(calls[0].args, expected)


@pytest.mark.parametrize(("question", "tool"), OTHERS, ids=[q for q, _ in OTHERS])
def test_what_is_left_to_others(question: str, tool: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} == {tool}


@pytest.mark.parametrize(
    "question",
    ["2017年新疆电力行业的下游是谁，若下游需求减10%会怎样?",
     "Who buys Xinjiang's power, and what if downstream demand falls by 10%?"],
)  # fmt: skip
def test_buyers_and_shock_in_one_question(question: str) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["chain_partners", "shock"]
    assert same(calls[1].args, {"place": "Xinjiang", "sector": "power_heat", "of": "downstream", "change": -10})


@pytest.mark.parametrize(
    "question",
    ["若火星钢铁产量减少15%会怎样", "Suppose Atlantis steel output is cut by 15%", "若广东旅游消费减少10%会怎样", "若快递业产出减少10%会怎样",
     "Structural path analysis of tourism in Hainan", "火星钢铁的产业链路径"],
)  # fmt: skip
def test_no_default_stands_in_for_what_was_not_read(question: str) -> None:
    assert plan(question, Before()).status == "refused"


@pytest.mark.parametrize("question", ["广东订单", "广东需求", "江苏链条", "collaboration in Guangdong"])
def test_words_of_these_lanes_count_as_read_only_for_them(question: str) -> None:
    assert plan(question, Before()).status == "refused"


def before_of(question: str) -> Before:
    """The memory of a question as the next turn has it."""
    from dataclasses import replace

    calls = plan(question, Before()).calls
    first = remember(calls[0].tool, calls[0].args, question)
    return replace(first, calls=tuple((c.tool, c.args) for c in calls))


@pytest.mark.parametrize(
    ("first", "then", "tool", "expected"),
    [
        ("新疆电力的下游是谁，若下游需求减10%会怎样?", "若减20%呢?", "shock", {"place": "Xinjiang", "of": "downstream", "change": -20}),
        ("Who buys Xinjiang's power, and what if downstream demand falls by 10%?", "And if it fell by 30 %?", "shock",
         {"place": "Xinjiang", "sector": "power_heat", "of": "downstream", "change": -30}),
        ("新疆电力的下游是谁，若下游需求减10%会怎样?", "上游呢?", "chain_partners", {"place": "Xinjiang", "direction": "upstream"}),
        ("若广东出口减少5%会怎样", "如果增加5%呢", "shock", {"place": "Guangdong", "category": "exports", "change": 5}),
        ("若广东出口减少5%会怎样", "那浙江呢", "shock", {"place": "Zhejiang", "category": "exports", "change": -5}),
        ("浙江建筑的上游产业链路径", "江苏呢", "paths", {"place": "Jiangsu", "sector": "construction", "direction": "upstream"}),
        ("江苏建筑与河北钢铁如何联合减排", "如果两端都按20%呢？", "joint_reduction", {"emitter_cut": 20, "use_cut": 20}),
    ],
)  # fmt: skip
def test_follow_ups(first: str, then: str, tool: str, expected: dict[str, Any]) -> None:
    calls = plan(then, before_of(first)).calls
    assert calls and calls[0].tool == tool and same(calls[0].args, expected), calls
    if tool == "joint_reduction":
        assert len(calls[0].args["ends"]) == 2
