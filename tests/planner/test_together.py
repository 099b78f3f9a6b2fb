"""All tools together: questions of ordinary people reach the tool that answers them, none of its neighbours.

The questions stand in ``together.txt``, by tool; what follows `` => `` are arguments that matter, as JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from assistant.planner.normal import has_chinese
from assistant.planner.plan import Plan
from data.classification import find_sector
from tools.registry import LISTED, get_tool


def _asked() -> list[tuple[str, str, dict[str, Any]]]:
    tool, out = "", []
    for line in (Path(__file__).parent / "together.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            tool = line[1:-1]
        elif line and not line.startswith("#"):
            question, _, wanted = line.partition(" => ")
            out.append((question, tool, json.loads(wanted) if wanted else {}))
    return out


ASKED = _asked()
COUNTED = ("own_table",)  # answers only where a table of the asker's own is installed: tests of its own
LEAST = 15


@pytest.mark.parametrize(("question", "tool", "wanted"), ASKED, ids=[f"{t}-{q}" for q, t, _ in ASKED])
def test_reaches_its_tool(question: str, tool: str, wanted: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert decided.calls, decided.reason
    assert decided.calls[0].tool == tool, decided.calls
    args = {k: find_sector(v).key if k == "sector" and v else v for k, v in decided.calls[0].args.items()}
    assert {k: args.get(k) for k in wanted} == wanted


def test_the_calls_are_well_formed() -> None:
    """Every argument made is one that the tool's own declaration takes."""
    for question, tool, _ in ASKED:
        for call in plan(question, Before()).calls:
            if call.tool != "calculate" and tool != "about":
                get_tool(call.tool).read(call.args)


def test_every_older_tool_is_asked_in_both_languages() -> None:
    listed = {name for _, name in LISTED}
    said = Counter((tool, has_chinese(question)) for question, tool, _ in ASKED)
    tools = {tool for _, tool, _ in ASKED}
    assert tools <= listed and len(tools) >= 29
    for tool in tools - {"sql"}:
        assert said[tool, True] + said[tool, False] >= LEAST and said[tool, True] and said[tool, False], tool


def talk(*turns: str) -> Plan:
    """The plan for the last of several turns, the calls of each remembered."""
    before = Before()
    decided = plan(turns[0], before)
    for last, turn in pairwise(turns):
        if decided.calls:
            first = decided.calls[0]
            earlier = before if before.tool else None
            made = tuple((c.tool, c.args) for c in decided.calls)
            before = replace(remember(first.tool, first.args, last, earlier), calls=made)
        decided = plan(turn, before)
    return decided


# Turns, the tool of the last one, its arguments that matter (None: not given).
TALKS: list[tuple[str, str, dict[str, Any]]] = [
    ("广东建筑业的碳排放乘数|江苏呢|钢铁呢", "multipliers", {"place": "Jiangsu", "sector": "ferrous"}),
    ("广东建筑业的碳排放乘数|2012年呢", "multipliers", {"place": "Guangdong", "sector": "construction", "year": 2012}),
    ("全国各部门产出乘数排名|增加值的呢|前10", "multipliers", {"by": "value_added", "top": 10}),
    ("emission multipliers of Guangdong|and Jiangsu?|top 5", "multipliers", {"place": "Jiangsu", "top": 5}),
    ("如果没有河北的钢铁行业会怎样|那山西呢|水泥呢", "extraction", {"place": "Shanxi", "sector": "nonmetallic_minerals"}),
    ("What if Hebei's steel industry did not exist?|and the power sector?|in Shandong", "extraction",
     {"place": "Shandong", "sector": "power_heat"}),
    ("河北钢铁减产20%会怎样|那改成10%呢|江苏呢", "shock", {"place": "Jiangsu", "change": -10.0, "of": "output"}),
    ("河北钢铁减产20%会怎样|影响哪些省", "shock", {"place": "Hebei", "sector": "ferrous", "change": -20.0}),
    ("广东出口下降10%的影响|改成增加5%|浙江呢", "shock", {"place": "Zhejiang", "change": 5.0, "category": "exports"}),
    ("If Guangdong's exports fall 10 %, what happens?|make it 20%", "shock", {"place": "Guangdong", "change": -20.0}),
    ("河北2017年碳排放是多少|如果钢铁减产10%呢", "shock", {"place": "Hebei", "sector": "ferrous", "change": -10.0}),
    ("江苏建筑业的碳排放结构路径|河北呢|前5条", "paths", {"place": "Hebei", "sector": "construction", "top": 5}),
    ("structural paths of construction in Jiangsu|downstream instead|top 5", "paths", {"direction": "downstream", "top": 5}),
    ("江苏建筑业和河北钢铁怎么联合减排|那改成20%呢", "joint_reduction", {"emitter_cut": 20.0, "use_cut": 20.0}),
    ("广东产业网络的核心行业|江苏呢|用PageRank呢", "network", {"place": "Jiangsu", "measure": "pagerank"}),
    ("各省隐含碳网络里谁是枢纽|前5名|桑基图呢", "network", {"level": "provinces", "flow": "carbon", "form": "sankey"}),
    ("Most central sectors in Hunan's industry network|and Hubei?|betweenness?", "network", {"place": "Hubei", "measure": "betweenness"}),
    ("广东2005到2019年排放增长的驱动因素|江苏呢|十二五期间呢", "drivers", {"place": "Jiangsu", "period": 12, "from_year": None}),
    ("LMDI of Zhejiang 2010-2019|Fujian?|2005-2015?|by sector", "drivers",
     {"place": "Fujian", "from_year": 2005, "to_year": 2015, "split": "sector"}),
    ("广东脱钩了吗|江苏呢|十二五呢|各省呢", "decoupling", {"place": None, "period": 12}),
    ("Has Zhejiang decoupled?|and Jiangsu|2010-2015?", "decoupling", {"place": "Jiangsu", "from_year": 2010, "to_year": 2015}),
    ("广东哪些行业有比较优势|江苏呢|出口的呢", "specialisation", {"place": "Jiangsu", "basis": "exports"}),
    ("广东每万元钢铁采购的排放因子|水泥呢|江苏呢", "spend_factors", {"place": "Jiangsu", "sector": "nonmetallic_minerals"}),
    ("采购河北钢材500万元，隐含排放多少|那改成800万元呢", "spend_factors",
     {"spend": [{"sector": "ferrous", "place": "Hebei", "amount": 800.0}]}),
    ("河北新建钢厂年用煤50万吨，排放多少|改成100万吨呢|在山东呢", "project_appraisal",
     {"place": "Shandong", "fuels": [{"fuel": "coal", "amount": 1e6}]}),
    ("a data centre in Guizhou using 300 GWh a year: CO2?|500 GWh?|in Guangdong?", "project_appraisal",
     {"place": "Guangdong", "electricity_gwh": 500.0}),
    ("把四川和重庆合为一组，消费侧碳排放|把云南也加进去呢", "grouped",
     {"region_groups": {"Sichuan+Chongqing+Yunnan": ["Sichuan", "Chongqing", "Yunnan"]}}),
    ("广东消费侧碳排放|收入侧呢|江苏呢|按最终需求类别", "footprint", {"place": "Jiangsu", "detail": "category", "account": None}),
    ("Footprint of Beijing|by category|Shanghai?", "footprint", {"place": "Shanghai", "detail": "category"}),
    ("上海的隐含碳净流入|和江苏之间呢", "embodied_trade", {"place": "Shanghai", "partner": "Jiangsu"}),
    ("上海的隐含碳净流入|只算电力呢", "embodied_trade", {"place": "Shanghai", "sector": "power_heat"}),
    ("Net embodied carbon trade of Zhejiang|only the power sector?", "embodied_trade", {"place": "Zhejiang", "sector": "power_heat"}),
    ("江苏的关键部门|化工呢", "linkages", {"place": "Jiangsu", "sector": "chemicals"}),
    ("河南有色的抽取|后向抽取呢", "extraction", {"place": "Henan", "kind": "backward"}),
    ("广东关键部门|按碳排放加权呢|江苏呢", "linkages", {"place": "Jiangsu", "weight": "emissions"}),
    ("Key sectors of Shandong|by emissions|and Hebei", "linkages", {"place": "Hebei", "weight": "emissions"}),
    ("山西煤炭的下游有哪些|上游呢", "chain_partners", {"place": "Shanxi", "sector": "coal_mining", "direction": "upstream"}),
    ("浙江以2018年为基年每年4.2%线性下降，2030年是多少|那改成3%呢|江苏呢", "contraction", {"place": "Jiangsu", "rate": 3.0}),
    ("山东化工行业的碳强度和最好的省差多少|河北呢|钢铁呢", "best_in_class", {"place": "Hebei", "sector": "ferrous"}),
    ("广东2060碳中和路线图|江苏呢", "roadmap", {"place": "Jiangsu", "target_year": 2060}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "tool", "wanted"), TALKS, ids=[t for t, _, _ in TALKS])
def test_conversations(turns: str, tool: str, wanted: dict[str, Any]) -> None:
    calls = talk(*turns.split("|")).calls
    assert calls and calls[0].tool == tool, calls
    args = {k: find_sector(v).key if k == "sector" and v else v for k, v in calls[0].args.items()}
    assert {k: args.get(k) for k in wanted} == wanted


def test_what_cannot_change_the_answer_is_not_answered_again() -> None:
    """The network of a province has no sector to pick: the same answer once more would pretend that it had."""
    decided = talk("广东产业网络的核心行业", "只看电力")
    assert not decided.calls and decided.status == "clarify"


# Words of the lanes that name nothing the data hold when they stand alone beside a place.
UNHELD = [
    "广东2017年投资", "广东购买力", "Fixed investment of Guangdong", "广东2018年财政支出", "Government spending of Hebei 2018",
    "Guangdong purchases 2018", "广东2017年项目数量", "河北2015年价格指数", "Price index of Hebei 2015", "江苏2018年贸易额",
    "广东2018年投资额", "广东2016年消费", "Trade of Guangdong 2017", "山西依赖度2018", "北京2018年采购额", "北京2018年买房",
    "广东2017年投产", "Exports of Guangdong 2018", "江苏社区数量2018", "hubs of Hebei 2018", "江苏2018年账户数", "广东2018年用户",
    "江苏2018年贡献", "广东2018年弹性", "Hebei 2018 project", "广东减产2018", "江苏2017年低碳",
]  # fmt: skip


@pytest.mark.parametrize("question", UNHELD)
def test_a_lane_s_word_is_no_figure_by_itself(question: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "refused" and not decided.calls, decided.calls
