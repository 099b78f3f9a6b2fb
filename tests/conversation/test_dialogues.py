"""Whole dialogues through the engine: real tools, real figures, every figure of every turn borne out by the audit."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.engine import Assistant

WITHHELD = ("〔数字", "[figure withheld")
DIALOGUES: dict[str, tuple[str, ...]] = {
    "conditions": ("云南2045年碳排放多少", "增速低1个点呢", "再去掉CCUS", "中和年份提前到2056"),
    "number": ("Gansu emissions in 2045 with non-fossil power at 80% in 2040", "make it 90", "back to the original scenario"),
    "places": ("比较云南和贵州2045年的排放路径", "把重庆也加进来", "去掉云南", "哪个高"),
    "difference": ("甘肃2045年碳排放多少", "宁夏呢", "差多少", "2050年呢"),
    "about": ("海南2050年碳排放多少", "靠谱吗", "什么口径", "怎么算的", "够不够"),
    "brief": ("吉林碳中和路线图", "一句话", "只要数字", "为什么"),
    "power": ("甘肃2040年电源结构", "装机呢", "风电呢", "青海呢"),
    "pair": ("GDP and population of Guangxi in 2014", "and Hainan?", "just the numbers"),
    "target": ("宁夏的碳达峰目标是什么", "经济增速低1个点的话呢", "换成亿吨"),
    "footprint": ("天津和北京2017年消费侧碳足迹", "它们谁更依赖内蒙古", "列成表"),
}  # fmt: skip
LONGEST = 1_500  # characters of an aside, of which none repeats a roadmap


@pytest.fixture(scope="module")
def told() -> dict[str, list[Answer]]:
    """The answers of every dialogue."""

    async def all_of_them() -> dict[str, list[Answer]]:
        out: dict[str, list[Answer]] = {}
        async with Assistant() as assistant:
            for name, turns in DIALOGUES.items():
                conversation = None
                for turn in turns:
                    answer = await assistant.answer(turn, conversation=conversation)
                    conversation = answer.conversation
                    out.setdefault(name, []).append(answer)
        return out

    return asyncio.run(all_of_them())


@pytest.mark.parametrize("name", DIALOGUES)
def test_every_turn_is_answered_and_no_figure_withheld(told: dict[str, list[Answer]], name: str) -> None:
    for answer in told[name]:
        assert answer.status == "answered", (answer.question, answer.answer[:200])
        assert not any(mark in answer.answer for mark in WITHHELD), (answer.question, answer.answer[:400])


def arguments(answer: Answer) -> dict[str, Any]:
    """The arguments of an answer's only call."""
    assert len(answer.tool_calls) == 1
    return answer.tool_calls[0].arguments


def value(answer: Answer, year: int, account: str) -> float:
    """The figure of an account in a year that stands first under the scenario asked for."""
    return next(f.value for f in answer.facts if f.year == year and f.account == account)


def test_conditions_stand_together_and_move_the_figure(told: dict[str, list[Answer]]) -> None:
    first, slower, bare, sooner = told["conditions"]
    assert [o["kind"] for o in arguments(bare)["overrides"]] == ["growth", "no_ccus"]
    assert arguments(sooner)["target_year"] == 2056 and arguments(sooner)["overrides"] == arguments(bare)["overrides"]
    changed = [a.facts[1].value for a in (slower, bare)]  # the changed level follows the difference
    assert changed[0] < value(first, 2045, "gross") and changed[1] > changed[0]


def test_a_number_alone_changes_the_last_condition(told: dict[str, list[Answer]]) -> None:
    eighty, ninety, plain = told["number"]
    assert arguments(ninety)["overrides"][0]["value"] == 90.0
    assert eighty.answer != ninety.answer and "overrides" not in arguments(plain)


def test_places_come_and_go_and_the_rest_are_ordered(told: dict[str, list[Answer]]) -> None:
    _, more, less, which = told["places"]
    assert arguments(more)["places"] == ["Yunnan", "Guizhou", "Chongqing"]
    assert arguments(less)["places"] == ["Guizhou", "Chongqing"]
    levels = {f.region: f.value for f in less.facts if f.year == 2045 and f.account == "gross"}
    difference = next(f.value for f in which.facts if f.tool_call == which.tool_calls[0].id)
    assert difference == pytest.approx(abs(levels["Guizhou"] - levels["Chongqing"]))


def test_the_difference_of_two_answers_is_theirs(told: dict[str, list[Answer]]) -> None:
    one, other, apart, later = told["difference"]
    difference = next(f.value for f in apart.facts if f.tool_call == apart.tool_calls[0].id)
    assert difference == pytest.approx(abs(value(one, 2045, "gross") - value(other, 2045, "gross")))
    assert arguments(later)["place"] == "Ningxia" and arguments(later)["year"] == 2050


@pytest.mark.parametrize(("name", "turn"), [("about", i) for i in (1, 2, 3, 4)] + [("brief", i) for i in (1, 2, 3)])
def test_a_question_about_the_answer_is_short_and_calls_nothing(
    told: dict[str, list[Answer]], name: str, turn: int
) -> None:
    answer = told[name][turn]
    assert not answer.tool_calls and len(answer.answer) < LONGEST
    assert len(answer.answer) < len(told[name][0].answer)


def test_the_verdict_on_sinks_is_that_of_the_figures(told: dict[str, list[Answer]]) -> None:
    first, verdict = told["about"][0], told["about"][4]
    enough = value(first, 2050, "removals") >= 0.999 * value(first, 2050, "gross")
    assert verdict.answer.startswith("够" if enough else "不够")


def test_sides_of_a_scenario_keep_year_and_place(told: dict[str, list[Answer]]) -> None:
    sides = [arguments(a) for a in told["power"]]
    assert [a.get("indicator") for a in sides] == ["generation", "capacity", "capacity", "capacity"]
    assert {a["year"] for a in sides} == {2040} and [a.get("source") for a in sides] == [None, None, "wind", "wind"]
    assert [a["place"] for a in sides] == ["Gansu", "Gansu", "Gansu", "Qinghai"]


def test_both_measures_follow_to_another_place(told: dict[str, list[Answer]]) -> None:
    _, hainan, numbers = told["pair"]
    assert [c.arguments["measure"] for c in hainan.tool_calls] == ["gdp", "population"]
    assert all(c.arguments["places"] == ["Hainan"] for c in hainan.tool_calls)
    assert not numbers.tool_calls and numbers.answer.count("[F") == 2


def test_a_target_leaves_its_place_to_the_scenario(told: dict[str, list[Answer]]) -> None:
    _, changed, converted = told["target"]
    assert arguments(changed)["place"] == "Ningxia" and "亿吨 [F" in converted.answer and not converted.tool_calls


def test_those_named_before_are_weighed_against_one_more(told: dict[str, list[Answer]]) -> None:
    _, leaning, table = told["footprint"]
    assert {(c.arguments["place"], c.arguments["partner"]) for c in leaning.tool_calls} == {
        ("Tianjin", "Inner Mongolia"), ("Beijing", "Inner Mongolia"),
    }  # fmt: skip
    assert "| " in table.answer and len(table.answer) < len(leaning.answer) + LONGEST
