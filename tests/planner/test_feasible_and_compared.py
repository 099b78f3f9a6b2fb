"""Feasibility, with and without, who is first, what a peak hangs on, storage, budgets, and what the scenarios do not model."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before

ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("广东2030年前碳达峰能实现吗", "backcast", {"goal": "peak", "year": 2030}),
    ("河北2028年前能达峰吗", "backcast", {"goal": "peak", "year": 2028}),
    ("Will Zhejiang manage to peak by 2029", "backcast", {"goal": "peak", "year": 2029}),
    ("is a 2030 peak feasible for Hebei", "backcast", {"goal": "peak", "year": 2030}),
    ("山东2035年减到5亿吨可行吗", "backcast", {"goal": "cap", "amount": 500.0}),
    ("2035年广东比江苏少排多少", "compare", {"leads": "difference", "years": [2035]}),
    ("比较广东有CCUS和无CCUS", "compare", {"places": ["Guangdong"], "variants": ["不用CCUS"]}),
    ("Compare Shandong with and without CCUS", "compare", {"places": ["Shandong"], "variants": ["without CCUS"]}),
    ("谁先达峰，广东还是山东", "compare", {"places": ["Guangdong", "Shandong"], "leads": "peak"}),
    ("达峰的主要因素是什么", "sensitivity", {}),
    ("广东达峰取决于什么", "sensitivity", {"place": "Guangdong"}),
    ("what determines Hebei's peak year", "sensitivity", {"place": "Hebei"}),
    ("广东CCUS封存够不够", "roadmap_ranking", {"indicator": "storage_gap", "position_of": "Guangdong"}),
    ("Is there enough storage for Shanxi's captured CO2?", "roadmap_ranking", {"position_of": "Shanxi"}),
    ("广东还剩多少碳预算", "backcast", {"goal": "budget", "amount": None}),
    ("How much carbon budget does Hebei have left", "backcast", {"goal": "budget", "amount": None}),
    ("广东累计排放不超过120亿吨可行吗", "backcast", {"goal": "budget", "amount": 12000.0}),
]


@pytest.mark.parametrize(("question", "tool", "wanted"), ASKED, ids=[q for q, _, _ in ASKED])
def test_asked(question: str, tool: str, wanted: dict[str, Any]) -> None:
    call = plan(question, Before()).calls[0]
    assert call.tool == tool and {k: call.args.get(k) for k in wanted} == wanted


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("广东碳中和要投资多少", "投资"), ("how many jobs will Guangdong's roadmap create", "jobs"), ("双碳情景下GDP会损失多少", "GDP"),
        ("碳中和后电价会涨多少", "电价"), ("Will decarbonization hurt Hebei's GDP?", "GDP"), ("广东双碳要花多少财政补贴", "财政"),
    ],
)  # fmt: skip
def test_what_is_not_modelled_is_said_first(question: str, word: str) -> None:
    decided = plan(question, Before())
    assert not decided.calls and decided.status == "refused" and decided.reply is not None
    first = decided.reply.zh.split("，")[0] + decided.reply.en.split(",")[0]
    assert word in first and "不模拟" in first and "does not model" in first


@pytest.mark.parametrize(
    ("question", "tool"),
    [("若广东投资增加10%排放会怎样", "shock"), ("2019年广东人均GDP", "figures"), ("广东2060年碳中和路线图", "roadmap")],
)
def test_other_questions_stay_where_they_were(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool
