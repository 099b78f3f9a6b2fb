"""Questions on decoupling, as people put them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from tools.registry import get_tool

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("广东2005到2019年碳排放与经济增长是否脱钩", {"place": "Guangdong", "from_year": 2005, "to_year": 2019}),
    ("Has Guangdong decoupled emissions from growth, 2005-2019?", {"place": "Guangdong", "from_year": 2005, "to_year": 2019}),
    ("十三五期间各省的脱钩状态", {"period": 13}),
    ("哪些省实现了强脱钩", {}),
    ("Which provinces achieved strong decoupling between 2010 and 2019?", {"from_year": 2010, "to_year": 2019}),
    ("江苏的Tapio脱钩弹性", {"place": "Jiangsu"}),
    ("中国碳排放和GDP脱钩了吗", {"place": "China"}),
    ("Decoupling map of the provinces 2015-2019", {"from_year": 2015, "to_year": 2019}),
    ("北京2010年以来的脱钩情况", {"place": "Beijing", "from_year": 2010}),
    ("Tapio decoupling for Shanxi", {"place": "Shanxi"}),
    ("到2019年上海脱钩了吗", {"place": "Shanghai", "to_year": 2019}),
    ("Is China's growth decoupled from CO2?", {"place": "China"}),
    ("贵州经济增长与碳排放的关系是脱钩还是连结", {"place": "Guizhou"}),
    ("Did the Yangtze River Delta decouple?", {"place": "Yangtze River Delta"}),
    ("经济增长和碳排放脱钩了吗", {"place": "China"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "arguments"), ASKED, ids=[q for q, _ in ASKED])
def test_asked(question: str, arguments: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert [(c.tool, c.args) for c in decided.calls] == [("decoupling", arguments)]
    get_tool("decoupling").read(dict(decided.calls[0].args))


@pytest.mark.parametrize("question", ["电动汽车的脱钩", "Has Germany decoupled?", "什么是脱钩"])
def test_none_of_ours(question: str) -> None:
    assert not any(c.tool == "decoupling" for c in plan(question, Before()).calls)


def test_the_provinces_after_one_place() -> None:
    """那各省呢 keeps the span and lets the place go."""
    before = remember("decoupling", {"place": "Beijing", "from_year": 2010}, "北京2010年以来的脱钩情况", None)
    decided = plan("那各省呢", before)
    assert [(c.tool, c.args) for c in decided.calls] == [("decoupling", {"from_year": 2010})]
