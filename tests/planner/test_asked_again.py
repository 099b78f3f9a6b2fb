"""What leans on the turn before (all of them, years ago, the first of them), units, meta questions, chains, what-ifs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.planner.compile import plan
from assistant.planner.memory import Before, split
from tools.figures.arguments import FiguresArguments


def after(*turns: tuple[str, dict[str, Any], list[str]], asked: str) -> dict[str, Any]:
    """The arguments planned for a question after turns of (question, arguments, provinces of the figures found)."""
    messages: list[BaseMessage] = []
    for i, (question, args, regions) in enumerate(turns):
        call = {"name": "figures", "args": {"measure": "co2", **args}, "id": f"c{i}"}
        told = {"status": "ok", "facts": [{"id": f"F{j}", "region": r} for j, r in enumerate(regions)]}
        messages += [HumanMessage(question), AIMessage("", tool_calls=[call]), ToolMessage(json.dumps(told), tool_call_id=f"c{i}"),
                     AIMessage("…")]  # fmt: skip
    before = split([*messages, HumanMessage(asked)]).before
    calls = plan(asked, before).calls
    assert len(calls) == 1 and calls[0].tool == "figures", calls
    FiguresArguments.model_validate({k: v for k, v in calls[0].args.items() if v is not None})
    return calls[0].args


TOP = ("2017年前三", {"years": [2017], "operation": "rank", "limit": 3}, ["Shandong", "Hebei", "Jiangsu", "Hainan"])


@pytest.mark.parametrize("asked", ["它们的人均呢", "their emissions per head?", "这三个省的人均是多少"])
def test_all_of_them_are_the_places_listed(asked: str) -> None:
    args = after(TOP, asked=asked)
    assert args["places"] == ["Shandong", "Hebei", "Jiangsu"] and args["per"] == "head" and args["years"] == [2017]


@pytest.mark.parametrize("asked", ["draw it", "画出来", "plot that"])
def test_a_ranking_is_drawn_whole(asked: str) -> None:
    args = after(TOP, asked=asked)
    assert args["operation"] == "rank" and args["limit"] == 3 and args["chart"] == "bar" and "places" not in args


def test_the_first_and_the_nth_after_a_position() -> None:
    turn = ("安徽排第几", {"places": ["Anhui"], "years": [2015], "per": "head", "operation": "position"}, ["Anhui"])
    first = after(turn, asked="第一名是谁")
    assert first["operation"] == "rank" and first["limit"] == 1 and first["per"] == "head" and "places" not in first
    assert after(turn, asked="排第四的是谁")["nth"] == 4
    assert after(TOP, asked="第七名呢")["nth"] == 7


@pytest.mark.parametrize(
    ("asked", "year"),
    [("八年前呢", 2009), ("ten years earlier?", 2007), ("a decade ago?", 2007), ("3 years ago?", 2014)],
)
def test_years_ago_count_from_the_year_asked_before(asked: str, year: int) -> None:
    assert after(("湖北2017年碳排放", {"places": ["Hubei"], "years": [2017]}, ["Hubei"]), asked=asked)["years"] == [
        year
    ]


def test_a_source_of_power_is_kept_for_another_measure() -> None:
    turn = (
        "江西光伏发电量",
        {"measure": "generation", "places": ["Jiangxi"], "parts": ["solar"], "years": [2021]},
        ["Jiangxi"],
    )
    assert after(turn, asked="装机呢")["parts"] == ["solar"]
    assert "parts" not in after(turn, asked="用电量呢")


def test_which_of_the_two_asked_one_after_the_other() -> None:
    turns = [(p, {"places": [p], "years": [2015]}, [p]) for p in ("Yunnan", "Guizhou")]
    args = after(*turns, asked="哪个人均更高")
    assert args["places"] == ["Yunnan", "Guizhou"] and args["operation"] == "compare" and args["per"] == "head"


def test_growth_after_a_course() -> None:
    turn = ("四川碳排放走势", {"places": ["Sichuan"], "operation": "trend"}, ["Sichuan"])
    assert {k: after(turn, asked="逐年增速呢")[k] for k in ("operation", "of")} == {"operation": "trend", "of": "yoy"}
    single = ("湖北2017年碳排放", {"places": ["Hubei"], "years": [2017]}, ["Hubei"])
    assert after(single, asked="增长了百分之多少")["operation"] == "yoy"


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("in kilotonnes please", "kt"),
        ("in 10,000 tonnes", "万吨"),
        ("换成亿吨", "亿吨"),
        ("in Gt", "Gt"),
        ("in million tonnes", "Mt"),
    ],
)
def test_units_asked_afterwards(asked: str, unit: str) -> None:
    assert after(("Hubei 2017", {"places": ["Hubei"], "years": [2017]}, ["Hubei"]), asked=asked)["unit"] == unit


def test_why_after_a_figure_is_its_composition() -> None:
    before = Before(tool="figures", args={"measure": "co2"})
    turn = split([HumanMessage("河南2016年碳排放"),
                  AIMessage("", tool_calls=[{"name": "figures", "args": {"places": ["Henan"], "years": [2016]}, "id": "c"}]),
                  ToolMessage("{}", tool_call_id="c"), AIMessage("…"), HumanMessage("为什么这么高")])  # fmt: skip
    decided = plan("为什么这么高", turn.before)
    assert [c.args["over"] for c in decided.calls] == ["sectors", "fuels"] and decided.notes
    assert all(c.args["places"] == ["Henan"] and c.args["years"] == [2016] for c in decided.calls)
    assert not plan("为什么这么高", before).notes


ABOUT = [
    ("数据能商用吗", "commercial"), ("May I use these figures commercially?", "commercial"), ("数据更新到什么时候", "updates"),
    ("which figures are estimates?", "estimated"), ("这个系统是谁开发的", "makers"), ("Which language model do you use?", "model"),
    ("你们的省际投入产出表准不准", "interprovincial"), ("why is there no emission data after 2019?", "after_2019"),
    ("What is scope 2 here?", "scope1"), ("数据来源", "sources"), ("show me your sources", "sources"),
    ("人均碳排放怎么算出来的", "per_head"), ("为什么各省相加大于全国", "provinces_and_nation"), ("数据怎么引用", "citation"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "topic"), ABOUT, ids=[q for q, _ in ABOUT])
def test_questions_about_the_data(question: str, topic: str) -> None:
    calls = plan(question, Before()).calls
    assert [(c.tool, c.args.get("topic")) for c in calls] == [("about", topic)]


TOOLS: list[tuple[str, str, dict[str, Any]]] = [
    ("河北的钢铁卖给哪些省份", "chain_partners", {"place": "Hebei", "direction": "downstream"}),
    ("水泥行业的上游有哪些", "chain_partners", {"place": "China", "direction": "upstream"}),
    ("Which supply-chain pairs should Hunan decarbonise together?", "chain_partners", {"place": "Hunan", "sector": None}),
    ("浙江加上外购电的碳排放是多少", "power_account", {"place": "Zhejiang"}),
    ("Sankey of Henan's supply chains", "industry_map", {"form": "sankey"}),
    ("华北电网2021年二氧化碳排放因子是多少", "figures", {"measure": "grid_factor", "years": [2021]}),
    ("Since 2012 have Shandong's emissions grown faster than 3% a year?", "figures", {"operation": "cagr", "from_year": 2012}),
    ("以2018年为基年每年减排4.2%，河南到2030年排放多少", "contraction", {"base_year": 2018, "target_year": 2030, "rate": 4.2}),
    ("如果湖北从2016年起每年减3%，2028年排放多少", "contraction", {"base_year": 2016, "target_year": 2028, "rate": 3}),
    ("湖南2060碳中和路线图，一句话概括", "roadmap", {"target_year": 2060, "detail": "brief"}),
    ("Give me Fujian's neutrality roadmap in brief", "roadmap", {"place": "Fujian", "detail": "brief"}),
    ("全国十四五碳强度下降目标是多少？做到了吗", "track", {"topic": "全国十四五碳强度下降目标是多少?做到了吗"}),
    ("山东各市碳排放排名 2016", "figures", {"measure": "city_co2", "places": ["Shandong"], "operation": "rank", "over": "parts"}),
    ("Which city in Hubei emitted the most in 2012?", "figures", {"measure": "city_co2", "places": ["Hubei"], "limit": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "tool", "expected"), TOOLS, ids=[q for q, _, _ in TOOLS])
def test_the_tool_and_its_arguments(question: str, tool: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert len(calls) == 1 and calls[0].tool == tool, calls
    assert {k: calls[0].args.get(k) for k in expected} == expected


def test_what_cannot_be_drawn_or_observed_is_said() -> None:
    assert any("桑基图" in n.zh for n in plan("内蒙古煤炭供应链桑基图", Before()).notes)
    assert any("no actual figures" in n.en for n in plan("Actual emissions of Zhejiang in 2035", Before()).notes)
