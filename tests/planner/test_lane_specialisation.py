"""Questions on specialisation and comparative advantage, as people put them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from tools.registry import get_tool

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("广东有哪些行业既有比较优势又低碳", {"place": "Guangdong"}),
    ("Which sectors is Inner Mongolia specialised in, and how carbon-intensive are they?", {"place": "Inner Mongolia"}),
    ("区位商", {}),
    ("location quotient", {}),
    ("浙江的区位商", {"place": "Zhejiang"}),
    ("location quotient of Jiangsu's sectors", {"place": "Jiangsu"}),
    ("钢铁行业哪些省有比较优势", {"sector": "钢铁行业"}),
    ("Which provinces are specialised in steel?", {"sector": "steel"}),
    ("江苏各部门的显性比较优势指数", {"place": "Jiangsu"}),
    ("山东出口的RCA", {"place": "Shandong", "basis": "exports"}),
    ("revealed comparative advantage of Fujian by exports", {"place": "Fujian", "basis": "exports"}),
    ("河南的优势产业碳强度如何", {"place": "Henan"}),
    ("四川对外省调出的比较优势", {"place": "Sichuan", "basis": "outflows"}),
    ("广东电子设备的区位商是多少", {"place": "Guangdong", "sector": "electronics"}),
    ("Which industries in Guangdong combine comparative advantage with low carbon?", {"place": "Guangdong"}),
    ("西藏的区位商", {"place": "Tibet"}),
    ("湖北钢铁有没有比较优势", {"place": "Hubei", "sector": "钢铁"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "arguments"), ASKED, ids=[q for q, _ in ASKED])
def test_asked(question: str, arguments: dict[str, Any]) -> None:
    decided = plan(question, Before())
    assert [(c.tool, c.args) for c in decided.calls] == [("specialisation", arguments)]
    get_tool("specialisation").read(dict(decided.calls[0].args))


@pytest.mark.parametrize(
    ("question", "place"),
    [("广东的比较优势与脱钩", "Guangdong"), ("Comparative advantage and decoupling of Zhejiang", "Zhejiang")],
)
def test_with_decoupling_both_are_asked(question: str, place: str) -> None:
    calls = plan(question, Before()).calls
    assert [(c.tool, c.args["place"]) for c in calls] == [("specialisation", place), ("decoupling", place)]


def test_an_unknown_thing_is_refused() -> None:
    assert plan("location quotients of happiness", Before()).status == "refused"
