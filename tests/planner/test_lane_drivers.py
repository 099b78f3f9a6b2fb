"""Questions on what drove a change, as people put them; and those that sound alike and are not."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.lanes.drivers import LANE
from assistant.planner.memory import Before
from assistant.planner.reader import read
from tools.registry import get_tool

GD = {"place": "Guangdong"}
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("2005到2019年广东碳排放增长的驱动因素是什么", {**GD, "from_year": 2005, "to_year": 2019}),
    ("What drove Shandong's emissions 2010-2019?", {"place": "Shandong", "from_year": 2010, "to_year": 2019}),
    ("LMDI分解江苏2012-2017", {"place": "Jiangsu", "from_year": 2012, "to_year": 2017}),
    ("Decompose China's emission change 2012-2017", {"place": "China", "from_year": 2012, "to_year": 2017}),
    ("用LMDI方法分解十二五期间河北的碳排放变化", {"place": "Hebei", "period": 12}),
    ("十三五以来浙江碳排放变化的驱动因素", {"place": "Zhejiang", "period": 13}),
    ("Kaya decomposition of Zhejiang since 2010", {"place": "Zhejiang", "from_year": 2010}),
    ("全国2017到2018年碳排放的结构分解", {"place": "China", "from_year": 2017, "to_year": 2018, "method": "sda"}),
    ("structural decomposition of China's CO2 between 2017 and 2020",
     {"place": "China", "from_year": 2017, "to_year": 2020, "method": "sda"}),
    ("SDA 全国 2017-2018", {"place": "China", "from_year": 2017, "to_year": 2018, "method": "sda"}),
    ("人口、经济和能源强度对四川碳排放变化各贡献了多少", {"place": "Sichuan", "identity": "energy"}),
    ("Did population or income raise Hebei's emissions?", {"place": "Hebei"}),
    ("内蒙古2010到2019年排放为什么增长", {"place": "Inner Mongolia", "from_year": 2010, "to_year": 2019}),
    ("Why did Beijing's emissions fall between 2010 and 2019?", {"place": "Beijing", "from_year": 2010, "to_year": 2019}),
    ("过去十年山西碳排放增长靠什么驱动", {"place": "Shanxi", "from_year": 2009, "to_year": 2019}),
    ("drivers of CO2 growth in Inner Mongolia by sector, 2005-2015",
     {"place": "Inner Mongolia", "from_year": 2005, "to_year": 2015, "split": "sector"}),
    ("广东电力行业2010-2019年排放变化的驱动因素", {**GD, "from_year": 2010, "to_year": 2019, "sector": "power_heat"}),
    ("江苏2012-2017年产业结构效应对碳排放的影响",
     {"place": "Jiangsu", "from_year": 2012, "to_year": 2017, "identity": "structure"}),
    ("What are the drivers of emissions in the Yangtze River Delta?", {"place": "Yangtze River Delta"}),
    ("京津冀2015-2019年排放变化的LMDI分解", {"place": "Beijing-Tianjin-Hebei", "from_year": 2015, "to_year": 2019}),
    ("2011年到2015年北京碳排放下降的原因", {"place": "Beijing", "from_year": 2011, "to_year": 2015}),
    ("What caused the rise of Xinjiang's emissions from 2010 to 2019?", {"place": "Xinjiang", "from_year": 2010, "to_year": 2019}),
    ("西藏碳排放驱动因素", {"place": "Tibet"}),
    ("广东2016年排放变化的驱动因素", {**GD, "from_year": 2015, "to_year": 2016}),
    ("浙江2005-2019年碳排放LMDI首末年分解", {"place": "Zhejiang", "from_year": 2005, "to_year": 2019, "chaining": "end_points"}),
    ("LMDI for China 2012-2017 with price index 112", {"place": "China", "from_year": 2012, "to_year": 2017, "deflators": 112.0}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "arguments"), ASKED, ids=[q for q, _ in ASKED])
def test_asked(question: str, arguments: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert [(c.tool, c.args) for c in decided.calls] == [("drivers", arguments)]
    get_tool("drivers").read(dict(decided.calls[0].args))


def test_two_places_are_two_calls() -> None:
    calls = plan("比较广东和江苏2010-2019年碳排放的驱动因素", Before()).calls
    assert [c.args["place"] for c in calls] == ["Guangdong", "Jiangsu"]


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("为什么2019年山东排放这么高", "figures"),
        ("2010-2019年江苏GDP为什么增长", "figures"),
        ("广东2010到2019年碳排放增长了多少", "figures"),
        ("Growth of Hebei's emissions 2005-2019", "figures"),
        ("广东2030年碳排放会怎样变化", "roadmap"),
        ("广东消费侧碳足迹", "footprint"),
        ("各省碳强度下降目标", "targets"),
    ],
)
def test_left_to_others(question: str, tool: str) -> None:
    assert LANE.vote(read(question)) == 0
    assert plan(question, Before()).calls[0].tool == tool


@pytest.mark.parametrize(
    "question", ["加拿大碳排放的驱动因素", "钢铁价格上涨的驱动因素", "drivers of methane in Shanxi"]
)
def test_what_is_none_of_ours_is_refused(question: str) -> None:
    decided = plan(question, Before())
    assert not decided.calls and decided.status == "refused"
