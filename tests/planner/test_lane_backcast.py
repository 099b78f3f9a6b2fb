"""Goals and abatement costs in the ways people ask for them, and what stays with its neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember

ASKED: dict[str, dict[str, Any]] = {
    "广东怎样才能在2055年碳中和，成本最低的路径？": {"place": "Guangdong", "goal": "neutral", "year": 2055},
    "Least-cost path to net zero in 2055 for Guangdong": {"place": "Guangdong", "goal": "neutral", "year": 2055},
    "用最低成本让辽宁2060年净零": {"place": "Liaoning", "goal": "neutral", "year": 2060},
    "全国2045年净零的成本最优路径是什么": {"place": "China", "goal": "neutral", "year": 2045},
    "What is the cheapest way for Shanghai to be carbon neutral by 2050?": {"place": "Shanghai", "goal": "neutral", "year": 2050},
    "Backcast to net zero in 2050 for Zhejiang": {"place": "Zhejiang", "goal": "neutral", "year": 2050},
    "把江苏2035年净排放控制在6亿吨以内可行吗": {
        "place": "Jiangsu", "goal": "cap", "year": 2035, "amount": 600.0, "account": "net",
    },
    "Is it feasible to keep Jiangsu's net emissions within 600 Mt in 2035?": {
        "place": "Jiangsu", "goal": "cap", "year": 2035, "amount": 600.0, "account": "net",
    },
    "河北能否把2040年碳排放压减到3亿吨以下？": {"place": "Hebei", "goal": "cap", "year": 2040, "amount": 300.0, "account": "gross"},
    "浙江2030年碳排放不超过4亿吨，可能吗？": {"place": "Zhejiang", "goal": "cap", "year": 2030, "amount": 400.0, "account": "gross"},
    "能否让天津2040年的净排放降到5000万吨以下": {"place": "Tianjin", "goal": "cap", "year": 2040, "amount": 50.0, "account": "net"},
    "China: cap gross emissions at 7 Gt in 2035, feasible?": {
        "place": "China", "goal": "cap", "year": 2035, "amount": 7000.0, "account": "gross",
    },
    "Could Guangdong keep its emissions below 500 Mt in 2035?": {
        "place": "Guangdong", "goal": "cap", "year": 2035, "amount": 500.0, "account": "gross",
    },
    "山东2035年排放比2020年下降40%能做到吗": {
        "place": "Shandong", "goal": "cap", "year": 2035, "percent": 40.0, "base_year": 2020, "account": "gross",
    },
    "Can Shandong cut emissions by 40 % from 2020 by 2035?": {
        "place": "Shandong", "goal": "cap", "year": 2035, "percent": 40.0, "base_year": 2020, "account": "gross",
    },
    "山西2028年前达峰要怎么做": {"place": "Shanxi", "goal": "peak", "year": 2028},
    "What must Shanxi do to peak before 2028?": {"place": "Shanxi", "goal": "peak", "year": 2028},
    "Could Henan peak before 2029, and how?": {"place": "Henan", "goal": "peak", "year": 2029},
    "四川2030年前达峰需要哪些措施？": {"place": "Sichuan", "goal": "peak", "year": 2030},
    "Carbon budget of 8 Gt for Guangdong from 2026: feasible?": {"place": "Guangdong", "goal": "budget", "amount": 8000.0},
    "广东2026年起的碳预算为80亿吨，可行吗？": {"place": "Guangdong", "goal": "budget", "amount": 8000.0},
    "湖北2026—2060年累计排放不超过50亿吨可行吗": {"place": "Hubei", "goal": "budget", "amount": 5000.0},
    "按成本从低到高，广东的减排措施有哪些（边际减排成本曲线）": {"place": "Guangdong", "goal": "costs"},
    "Guangdong's marginal abatement cost curve in 2035": {"place": "Guangdong", "goal": "costs", "year": 2035},
    "上海最便宜的减排措施是哪些？": {"place": "Shanghai", "goal": "costs"},
    "Rank Jiangsu's abatement measures from the cheapest": {"place": "Jiangsu", "goal": "costs"},
    "安徽的减排成本曲线": {"place": "Anhui", "goal": "costs"},
    "Abatement cost curve for China, 2060": {"place": "China", "goal": "costs", "year": 2060},
    # what the tool refuses with the allowed range reaches it as it was asked
    "把江苏2015年净排放控制在6亿吨以内可行吗": {
        "place": "Jiangsu", "goal": "cap", "year": 2015, "amount": 600.0, "account": "net",
    },
    "广东碳预算负5亿吨可行吗": {"place": "Guangdong", "goal": "budget", "amount": -500.0},
    "西藏2050年碳中和成本最低的路径": {"place": "Tibet", "goal": "neutral", "year": 2050},
    "江苏2035年净排放控制在6亿吨以内可行吗？先供给侧分摊": {
        "place": "Jiangsu", "goal": "cap", "year": 2035, "amount": 600.0, "account": "net", "order": "supply_first",
    },
}  # fmt: skip


@pytest.mark.parametrize("question", ASKED)
def test_goals_are_read(question: str) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "backcast"
    assert call.args == ASKED[question]


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("广东在2060年达成碳中和时间表及产业投入产出路线图应为何？", "roadmap"),
        ("上海能在2050年实现碳中和吗？", "roadmap"),
        ("河北2035年排放会降到多少？", "roadmap"),
        ("若浙江2035年非化石占比提高到45%，排放会低多少", "roadmap"),
        ("广东什么时候达峰", "roadmap"),
        ("全国双碳情景下什么时候达峰？", "roadmap"),
        ("达峰方案要求2030年前达峰吗", "targets"),
        ("碳预算是什么", "policy_search"),
        ("2010年哪些省排放超过3亿吨", "figures"),
        ("累计排放最多的省", "figures"),
        ("2000年以来广东累计排放多少", "figures"),
        ("Which provinces have emissions below 100 Mt in 2019?", "figures"),
        ("广东2019年排放比2015年下降多少", "figures"),
        ("广东按每年减4.2%到2030年排放是多少", "contraction"),
    ],
)
def test_it_takes_nothing_from_its_neighbours(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool


def test_a_follow_up_asks_another_place_for_the_same() -> None:
    first = "把江苏2035年净排放控制在6亿吨以内可行吗"
    (call,) = plan(first, Before()).calls
    (after,) = plan("浙江呢", remember(call.tool, call.args, first, None)).calls
    assert after.tool == "backcast"
    assert after.args["place"] == "Zhejiang" and after.args["amount"] == 600.0 and after.args["year"] == 2035
