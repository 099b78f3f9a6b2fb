"""Questions for profiles and benchmark lists, as people put them, and those that are none."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from tools.registry import get_tool

PROFILES = [
    ("广东省碳排放画像", "Guangdong"), ("Guangdong profile", "Guangdong"), ("内蒙古碳排放画像报告", "Inner Mongolia"),
    ("Carbon profile report of Inner Mongolia", "Inner Mongolia"), ("介绍一下湖北的碳排放情况", "Hubei"),
    ("Give me an overview of Hubei's emissions", "Hubei"), ("江苏的基线、标杆和骨架", "Jiangsu"),
    ("Baseline, benchmark and backbone of Jiangsu", "Jiangsu"), ("给我一份山西的完整画像", "Shanxi"), ("tell me about Shanxi", "Shanxi"),
    ("Profile of Zhejiang province", "Zhejiang"), ("写一份四川碳排放画像报告", "Sichuan"), ("河南碳排放分析报告", "Henan"),
    ("西藏画像", "Tibet"), ("广东的3B报告", "Guangdong"), ("按3B框架看浙江", "Zhejiang"),
]  # fmt: skip
LISTS: list[tuple[str, dict[str, Any]]] = [
    ("水泥建材行业的标兵省份名单", {"sector": "水泥建材"}),
    ("List of model provinces in non-metallic minerals", {"sector": "nonmetallic_minerals"}),
    ("地方标兵：单位GDP碳排放最低的省份名单", {}), ("Model places by CO2 per GDP", {}), ("地方标兵名单", {}),
    ("钢铁行业减排最快的标兵省份", {"sector": "钢铁行业", "by": "improvement"}),
    ("Which model provinces improved fastest in steel?", {"sector": "steel", "by": "improvement"}),
    ("电力行业历史最快的减排速度", {"sector": "power_heat", "by": "pace"}),
    ("Historical best pace of emissions in power", {"sector": "power_heat", "by": "pace"}),
    ("过去10年持续减排最快的省份", {"by": "pace", "span": 10, "measure": "emissions"}),
    ("5年里单位GDP碳排放持续下降最快", {"by": "pace", "span": 5, "measure": "intensity"}),
    ("fastest sustained decline of emissions in steel over 10 years", {"sector": "steel", "by": "pace", "span": 10}),
    ("江苏电力的历史最快降碳速度", {"place": "Jiangsu", "sector": "power_heat", "by": "pace"}),
    ("山东各行业与前沿的差距", {"place": "Shandong", "by": "frontier"}),
    ("Shandong's gap to the frontier in every sector", {"place": "Shandong", "by": "frontier"}),
    ("河北各部门与标杆的差距", {"place": "Hebei", "by": "frontier"}),
    ("各行业的标兵省份", {"by": "frontier"}), ("Frontier of each sector", {"by": "frontier"}), ("行业标兵名单", {"by": "frontier"}),
    ("化工行业标兵有哪些省", {"sector": "chemicals"}), ("哪些省份是造纸行业的标兵", {"sector": "paper"}),
    ("广东水泥的标兵是谁", {"place": "Guangdong", "sector": "水泥"}), ("benchmark list for transport", {"sector": "transport"}),
    ("Best practice provinces in chemicals", {"sector": "chemicals"}),
    ("钢铁领先企业名单", {"sector": "钢铁", "firms": True}),
    ("Which leading companies are there in cement?", {"sector": "cement", "firms": True}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "place"), PROFILES, ids=[q for q, _ in PROFILES])
def test_profiles(question: str, place: str) -> None:
    assert [(c.tool, c.args) for c in plan(question, Before()).calls] == [("profile", {"place": place})]


@pytest.mark.parametrize(("question", "arguments"), LISTS, ids=[q for q, _ in LISTS])
def test_lists(question: str, arguments: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert [(c.tool, c.args) for c in decided.calls] == [("benchmark_lists", arguments)]
    get_tool("benchmark_lists").read(dict(decided.calls[0].args))


@pytest.mark.parametrize("ask", ["帮我对照我司的排放强度：", "Compare our company with the sector:"])
def test_a_pasted_table_is_an_own_company(ask: str) -> None:
    table = "name,sector,province,year,scope1_t,output_10k_yuan\nAcme,cement,Anhui,2020,800000,300000"
    calls = plan(f"{ask}\n{table}", Before()).calls
    assert [(c.tool, c.args) for c in calls] == [("benchmark_lists", {"company_csv": table})]


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("河南水泥建材的碳强度和全国最好的省差多少", "best_in_class"),
        ("Gap of Henan's non-metallic minerals intensity to the best province", "best_in_class"),
        ("能源消费画像 山西", "figures"), ("3B框架是什么", "policy_search"), ("中国碳排放概况", "figures"), ("长三角画像", "figures"),
        ("广东2017年碳排放概况", "figures"), ("哪个省钢铁排放下降最快", "figures"),
    ],
)  # fmt: skip
def test_neighbours_keep_their_questions(question: str, tool: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} == {tool}


def test_an_unknown_thing_is_refused() -> None:
    assert plan("快乐行业标兵", Before()).status == "refused"
