"""Questions on the asker's own figures: named in either language, declined, with a scenario file, and none taken from others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.planner.memory import Before
from assistant.planner.own_figures import asked_of, plan
from data.own.store import OwnFigures
from tools.roadmap.own_files import take

GD = {"place": "Guangdong"}
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "根据我们局的数据，广东路线图": ("roadmap", {**GD, "own": True}),
    "Use my own figures for Guangdong's roadmap": ("roadmap", {**GD, "own": True}),
    "用我们局的数据算一下广东2060年碳中和时间表": ("roadmap", {**GD, "target_year": 2060, "own": True}),
    "按本局数据，广东2035年排放会降到多少": ("roadmap", {**GD, "year": 2035, "own": True}),
    "基于本厅口径，浙江碳中和路线图": ("roadmap", {"place": "Zhejiang", "own": True}),
    "以我们掌握的数据为准，山东什么时候达峰": ("roadmap", {"place": "Shandong", "own": True}),
    "广东2024年排放多少，根据本厅数据": ("roadmap", {**GD, "year": 2024, "own": True}),
    "With our bureau's data, what are Guangdong's emissions in 2035?": ("roadmap", {**GD, "year": 2035, "own": True}),
    "Based on the numbers we uploaded, what is Hebei's pathway to neutrality?": (
        "roadmap",
        {"place": "Hebei", "own": True},
    ),
    "根据我上传的数据，江苏什么时候达峰": ("roadmap", {"place": "Jiangsu", "own": True}),
    "如果不用CCUS，按我们局的数据广东2060年还能净零吗": (
        "roadmap",
        {**GD, "own": True, "overrides": [{"kind": "no_ccus"}]},
    ),
    "According to our own data, how much must Guangdong cut by 2040?": ("roadmap", {**GD, "year": 2040, "own": True}),
    "不用我的数据，广东路线图": ("roadmap", {**GD, "own": False}),
    "广东碳中和路线图，不要用我们提供的数据": ("roadmap", {**GD, "own": False}),
    "Guangdong's roadmap without my figures": ("roadmap", {**GD, "own": False}),
    "Ignoring our own data, what is Guangdong's roadmap?": ("roadmap", {**GD, "own": False}),
    "基于我们提供的数据比较广东和江苏的碳中和路径": ("compare", {"places": ["Guangdong", "Jiangsu"], "own": True}),
    "用自有数据做广东的敏感性分析": ("sensitivity", {**GD, "own": True}),
    "Using our own numbers, which assumptions matter most for Guangdong's pathway?": (
        "sensitivity",
        {**GD, "own": True},
    ),
    "按我厅口径，广东减碳里程碑": ("milestones", {**GD, "own": True}),
    "based on the figures we gave you, Guangdong's milestones": ("milestones", {**GD, "own": True}),
    "根据我们的数据，广东2055年碳中和成本最低的路径": ("backcast", {**GD, "year": 2055, "own": True}),
    "用我的情景文件，广东2060年的排放会怎样": ("roadmap", {**GD, "year": 2060, "own_scenario": ""}),
    "Apply my scenario file “low growth” to Guangdong": ("roadmap", {**GD, "own_scenario": "low growth"}),
    "按我们的情景“低增速”，广东2035年排放是多少": ("roadmap", {**GD, "year": 2035, "own_scenario": "低增速"}),
    "Under my own scenario, what are Guangdong's emissions in 2040?": (
        "roadmap",
        {**GD, "year": 2040, "own_scenario": ""},
    ),
    "按我们局的数据和我的情景文件，广东路线图": ("roadmap", {**GD, "own": True, "own_scenario": ""}),
}
OTHERS = (
    "广东2060年碳中和路线图", "根据我上传的文件，广东的目标是什么", "According to my document, what is the target?", "你们的数据从哪里来",
    "What data do you have?", "我想看广东的数据", "我们省的排放是多少", "哪些省的数据没有", "现行政策情景下广东的排放",
    "Which scenario is the lowest?",
    "我国的排放数据", "我们公司的范围一排放目标",
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> None:
    (state_home / "warehouse").mkdir(exist_ok=True)
    (tmp_path / "warehouse").symlink_to(state_home / "warehouse")
    monkeypatch.setenv("TANLU_HOME", str(tmp_path))


@pytest.mark.parametrize("question", ASKED)
def test_own_figures_are_asked_for(question: str) -> None:
    tool, args = ASKED[question]
    (call,) = plan(question, Before()).calls
    assert call.tool == tool
    for key in ("own", "own_scenario"):
        assert call.args.get(key) == args.get(key), key
    assert {k: call.args.get(k) for k in args} == args


@pytest.mark.parametrize("question", OTHERS)
def test_other_questions_are_left_alone(question: str) -> None:
    assert asked_of(question) is None
    assert all("own" not in c.args for c in plan(question, Before()).calls)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("不用我的数据呢？", {"own": False}),
        ("改用我们局的数据", {"own": True}),
        ("without my figures", {"own": False}),
        ("and with my own figures?", {"own": True}),
        ("用我的情景文件呢", {"own_scenario": ""}),
    ],
)
def test_a_follow_up_turns_them_on_and_off(said: str, more: dict[str, Any]) -> None:
    before = Before(tool="roadmap", args={**GD, "target_year": 2060, "own": True})
    (call,) = plan(said, before).calls
    assert (call.tool, call.args) == ("roadmap", {**before.args, **more})


def test_the_one_province_with_figures_need_not_be_named() -> None:
    take(OwnFigures(), "province,item,year,value,unit\n浙江,emissions,2024,400,Mt\n".encode(), "a.csv")
    for said in ("用我们局的数据画路线图", "Roadmap on our own data"):
        (call,) = plan(said, Before()).calls
        assert call.args["place"] == "Zhejiang" and call.args["own"] is True


@pytest.mark.parametrize(
    "question",
    [
        "怎么上传我们局的数据？",
        "我们的数据在哪里填",
        "How do I upload my own figures?",
        "Where can I give our own data?",
        "自有数据的模板",
    ],
)
def test_how_to_give_them_is_told(question: str) -> None:
    told = plan(question, Before())
    assert told.reply is not None and not told.calls
    assert "tanlu figures add" in told.reply.zh and "tanlu figures add" in told.reply.en
