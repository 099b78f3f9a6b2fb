"""Dialogues of two to four turns: what is kept, changed, added, taken away, asked about the last answer, and how it is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.planner.desk import Desk, after, only
from tools.registry import get_tool

LOW = {"kind": "growth", "value": -1.0}
HIGH = {"kind": "growth", "value": 1.0}
BARE = {"kind": "no_ccus"}
EIGHTY, LATER = "with non-fossil power at 80% in 2040", "hydrogen delayed by 5 years?"
FASTER = "what if growth is one point higher?"
NONFOSSIL = {"kind": "nonfossil_power", "year": 2040}

# turns -> arguments of the one call of the last turn that matter; None: the argument must be absent
SCENARIOS: list[tuple[tuple[str, ...], str, dict[str, Any]]] = [
    (("云南2040年碳排放", "增速低1个点呢", "再去掉CCUS"), "roadmap", {"place": "Yunnan", "year": 2040, "overrides": [LOW, BARE]}),
    (("云南2040年碳排放", "不用CCUS呢", "那增速高1个点呢"), "roadmap", {"overrides": [HIGH]}),
    (("云南2040年碳排放", "不用CCUS呢", "同时增速高1个点呢"), "roadmap", {"overrides": [BARE, HIGH]}),
    (("云南2040年碳排放", "增速低1个点呢", "贵州呢"), "roadmap", {"place": "Guizhou", "year": 2040, "overrides": [LOW]}),
    (("云南2040年碳排放", "增速低1个点呢", "2050年呢"), "roadmap", {"place": "Yunnan", "year": 2050, "overrides": [LOW]}),
    (("云南2040年碳排放", "增速低1个点呢", "改成2个点"), "roadmap", {"overrides": [{"kind": "growth", "value": -2.0}]}),
    (("云南2040年碳排放", "增速低1个点呢", "低半个点呢"), "roadmap", {"overrides": [{"kind": "growth", "value": -0.5}]}),
    (("云南2040年碳排放", "增速低1个点呢", "中和年份提前到2055"), "roadmap", {"target_year": 2055, "overrides": [LOW], "year": None}),
    (("云南2040年碳排放", "增速低1个点，不用CCUS呢", "恢复CCUS"), "roadmap", {"overrides": [LOW], "year": 2040}),
    (("云南2040年碳排放", "增速低1个点呢", "回到原来的情景"), "roadmap", {"overrides": None, "year": 2040, "place": "Yunnan"}),
    (("云南2040年碳排放", "增速低1个点呢", "现行政策下呢"), "roadmap", {"scenario": "current_policies", "overrides": [LOW]}),
    (("Guizhou emissions in 2045", FASTER, "and without carbon capture?"), "roadmap", {"place": "Guizhou", "year": 2045, "overrides": [HIGH, BARE]}),
    (("Guizhou emissions in 2045", "without carbon capture?", "neutral by 2055 instead"), "roadmap", {"target_year": 2055, "overrides": [BARE]}),
    (("Guizhou emissions in 2045", EIGHTY, "make it 90"), "roadmap", {"overrides": [{**NONFOSSIL, "value": 90.0}]}),
    (("Guizhou emissions in 2045", EIGHTY, "what about 85%?"), "roadmap", {"overrides": [{**NONFOSSIL, "value": 85.0}]}),
    (("Guizhou emissions in 2045", LATER, "make it ten years"), "roadmap", {"overrides": [{"kind": "lag", "value": 10.0, "lever": "H2"}]}),
    (("Guizhou emissions in 2045", "without carbon capture?", "back to the original scenario"), "roadmap", {"overrides": None, "year": 2045}),
    (("Guizhou emissions in 2045", "growth one point lower, no carbon capture", "drop the growth assumption"), "roadmap", {"overrides": [BARE]}),
    (("江西能在2052年碳中和吗", "不要碳移除呢"), "roadmap", {"place": "Jiangxi", "target_year": 2052, "overrides": [{"kind": "no_removals"}]}),
    (("2035年湖北的发电结构", "要是非化石发电做到65%呢"), "roadmap", {"place": "Hubei", "year": 2035, "indicator": None}),
    (("吉林的碳达峰目标是什么", "经济增速低1个点呢"), "roadmap", {"place": "Jilin", "overrides": [LOW]}),
    (("比较云南和贵州2045年的排放路径", "不用CCUS呢"), "compare", {"places": ["Yunnan", "Guizhou"], "years": [2045], "variants": [[BARE]]}),
    (("比较云南和贵州2045年的排放路径", "2055年呢"), "compare", {"places": ["Yunnan", "Guizhou"], "years": [2055]}),
    (("比较云南和贵州2045年的排放路径", "把重庆也加进来"), "compare", {"places": ["Yunnan", "Guizhou", "Chongqing"], "years": [2045]}),
    (("比较云南、贵州和重庆2045年的排放路径", "去掉贵州"), "compare", {"places": ["Yunnan", "Chongqing"], "years": [2045]}),
    (("compare the pathways of Jilin and Gansu in 2045", "leave out Gansu"), "compare", {"places": ["Jilin"], "years": [2045]}),
    (("compare the pathways of Jilin and Gansu in 2045", "as well as Hainan"), "compare", {"places": ["Jilin", "Gansu", "Hainan"]}),
    (("甘肃2045年电源结构", "装机呢"), "roadmap", {"place": "Gansu", "year": 2045, "indicator": "capacity"}),
    (("甘肃2045年电源结构", "风电呢"), "roadmap", {"year": 2045, "indicator": "generation", "source": "wind"}),
    (("甘肃2045年电源结构", "用电量呢", "青海呢"), "roadmap", {"place": "Qinghai", "year": 2045, "indicator": "power_use"}),
    (("Hainan capacity by source in 2040", "and generation?", "2055?"), "roadmap", {"place": "Hainan", "year": 2055, "indicator": "generation"}),
    (("Hainan emissions in 2040", "and the removals?"), "roadmap", {"place": "Hainan", "year": 2040, "indicator": "removals"}),
    (("海南碳中和路线图", "达峰呢"), "roadmap", {"place": "Hainan", "asks": "peak"}),
    (("海南2050年排放", "分行业呢"), "milestones", {"place": "Hainan", "years": [2050]}),
    (("海南2050年排放", "电力呢"), "milestones", {"place": "Hainan", "sector": "power_heat", "years": [2050]}),
    (("Hainan emissions in 2040", "Jilin?", "the former's removals?"), "roadmap", {"place": "Hainan", "indicator": "removals"}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "tool", "expected"), SCENARIOS, ids=[" / ".join(t) for t, _, _ in SCENARIOS])
def test_a_scenario_keeps_its_place_year_and_conditions(
    turns: tuple[str, ...], tool: str, expected: dict[str, Any]
) -> None:
    call = only(*turns)
    assert call.tool == tool
    assert {k: call.args.get(k) for k in expected} == expected
    get_tool(call.tool).read(call.args)  # a call that the tool takes


def test_growth_without_an_amount_is_not_guessed() -> None:
    call = only("云南2040年碳排放", "增速低1个点呢", "增速再低一点")
    assert any(
        isinstance(o, str) for o in call.args["overrides"]
    )  # the words themselves, which the tool asks back about


EACH: list[tuple[tuple[str, ...], list[tuple[str, str, Any]]]] = [
    (("广西2014年GDP和人口", "贵州呢"), [("figures", "places", ["Guizhou"]), ("figures", "places", ["Guizhou"])]),
    (("GDP and population of Guangxi in 2014", "and Hainan?", "in 2018?"), [("figures", "years", [2018]), ("figures", "years", [2018])]),
    (("天津和北京的消费侧碳足迹", "2012年呢"), [("footprint", "year", 2012), ("footprint", "year", 2012)]),
    (("天津和北京的消费侧碳足迹", "去掉北京"), [("footprint", "place", "Tianjin")]),
    (("天津和北京的消费侧碳足迹", "把河北也加上"), [("footprint", "place", p) for p in ("Tianjin", "Beijing", "Hebei")]),
    (("天津和北京的消费侧碳足迹", "它们谁更依赖内蒙古"), [("embodied_trade", "place", p) for p in ("Tianjin", "Beijing")]),
    (("footprints of Tianjin and Beijing", "which of them relies more on Shanxi?"), [("embodied_trade", "partner", "Shanxi")] * 2),
    (("甘肃2045年电源结构", "青海和宁夏呢"), [("roadmap", "place", "Qinghai"), ("roadmap", "place", "Ningxia")]),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), EACH, ids=[" / ".join(t) for t, _ in EACH])
def test_each_call_of_an_answer_is_followed(turns: tuple[str, ...], expected: list[tuple[str, str, Any]]) -> None:
    calls = after(*turns).calls
    assert [(c.tool, name, c.args.get(name)) for c, (_, name, _) in zip(calls, expected, strict=True)] == expected


POLICY: list[tuple[tuple[str, ...], str, str]] = [
    (("宁夏的碳达峰目标是什么", "那青海呢"), "targets", "青海"),
    (("宁夏的碳达峰目标是什么", "还差多少"), "track", "宁夏"),
    (("the non-fossil share target for 2030", "how far are we from it?"), "track", "2030"),
    (("全国2030年非化石能源占比目标", "目前做到多少了", "为什么"), "", ""),
]


@pytest.mark.parametrize(("turns", "tool", "word"), POLICY, ids=[" / ".join(t) for t, _, _ in POLICY])
def test_targets_keep_their_topic(turns: tuple[str, ...], tool: str, word: str) -> None:
    decided = after(*turns)
    if not tool:
        assert decided.reply is not None and not decided.calls
        return
    assert decided.calls[0].tool == tool and word in decided.calls[0].args["topic"]


SAID: list[tuple[tuple[str, ...], str]] = [
    (("甘肃2045年碳排放", "够不够"), "不够：移除抵不了总排放"),
    (("Gansu emissions in 2045", "are the sinks enough?"), "不够"),
    (("甘肃2045年碳排放", "青海呢", "为什么"), "不能断定原因"),
    (("Gansu emissions in 2045", "why is it so high?"), "不能断定原因"),
    (("甘肃2045年碳排放", "靠谱吗"), "情景值，不是预测"),
    (("Gansu emissions in 2045", "how sure are you?"), "情景值，不是预测"),
    (("甘肃2045年碳排放", "误差多大"), "没有给出误差区间"),
    (("甘肃2045年碳排放", "这是什么口径"), "净排放（总排放减移除）"),
    (("Gansu footprint", "on what basis?"), "观测值"),
    (("甘肃2045年碳排放", "这是怎么算出来的"), "按投入产出模型计算"),
    (("Gansu emissions in 2045", "how was that computed?"), "按投入产出模型计算"),
    (("甘肃2045年碳排放", "一句话"), "[F1]"),
    (("甘肃2045年碳排放", "长话短说"), "[F1]"),
    (("Gansu emissions in 2045", "tl;dr"), "[F1]"),
    (("Gansu emissions in 2045", "keep it short please"), "[F1]"),
    (("甘肃2045年碳排放", "只要数字"), "- Gansu2045年总排放"),
    (("Gansu emissions in 2045", "just the numbers"), "- Gansu2045年总排放"),
    (("甘肃2045年碳排放", "换成亿吨"), "2亿吨 [F1]"),
    (("Gansu emissions in 2045", "in Gt please"), "[F1]"),
    (("比较甘肃、青海和宁夏2045年的排放路径", "哪个高"), "由高到低：Ningxia2045年总排放"),
    (("甘肃的核心供应商", "详细点"), "没有更详细的版本"),
    (("甘肃消费侧碳足迹", "随便"), ""),
]


@pytest.mark.parametrize(("turns", "words"), SAID, ids=[" / ".join(t) for t, _ in SAID])
def test_a_question_about_the_last_answer_is_answered_from_it(turns: tuple[str, ...], words: str) -> None:
    decided = after(*turns)
    assert not decided.calls and decided.reply is not None
    assert words in decided.reply.zh and len(decided.reply.zh) < 600


REPEATED = ["那么呢", "and?", "然后呢", "so?"]


@pytest.mark.parametrize("asked", REPEATED)
def test_what_brings_nothing_new_is_told_so_with_two_suggestions(asked: str) -> None:
    decided = after("甘肃2045年碳排放", asked)
    assert not decided.calls and decided.reply is not None
    assert len(decided.reply.zh) < 600


def test_the_same_question_again_is_answered_again() -> None:
    assert only("甘肃2045年碳排放", "甘肃2045年碳排放") == only("甘肃2045年碳排放")


@pytest.mark.parametrize(
    ("first", "second", "asked", "operation"),
    [
        ("甘肃2045年碳排放", "青海呢", "差多少", "subtract"),
        ("Gansu emissions in 2045", "Qinghai?", "which is higher?", "subtract"),
        ("比较甘肃和青海2045年的排放路径", "2050年呢", "谁高", "subtract"),
        ("比较甘肃和青海2045年的排放路径", "2050年呢", "高多少倍", "ratio"),
        ("甘肃2015年碳排放", "青海呢", "两个加起来", "add"),
    ],
)
def test_two_answers_are_weighed_by_their_figures(first: str, second: str, asked: str, operation: str) -> None:
    desk = Desk(step=5.0)
    desk.say(first)
    desk.say(second)
    decided = desk.say(asked)
    assert [(c.tool, c.args["operation"], len(c.args["facts"])) for c in decided.calls] == [("calculate", operation, 2)]
    if operation != "add":
        assert decided.notes and "较高的是Qinghai" in decided.notes[0].zh


def test_equal_figures_are_called_equal() -> None:
    decided = after("甘肃2045年碳排放", "青海呢", "哪个高")
    assert not decided.calls and decided.reply is not None and decided.reply.zh.startswith("两者相同")


def test_after_arithmetic_the_talk_is_still_of_what_was_weighed() -> None:
    desk = Desk(step=5.0)
    for said in ("甘肃2045年碳排放", "青海呢", "差多少"):
        desk.say(said)
    assert desk.say("2050年呢").calls[0].args == {"place": "Qinghai", "year": 2050, "detail": "brief"}


FORMS: list[tuple[tuple[str, ...], str]] = [
    (("甘肃2045年碳排放", "画个图"), "charts"),
    (("Gansu emissions in 2045", "draw it"), "charts"),
    (("甘肃消费侧碳足迹", "列成表"), "tables"),
    (("Gansu footprint", "in a table please"), "tables"),
    (("用一句话介绍青海",), "short"),
    (("Describe Qinghai in one sentence",), "short"),
    (("青海2016年碳排放，只要数字",), "numbers"),
]


@pytest.mark.parametrize(("turns", "form"), FORMS, ids=[" / ".join(t) for t, _ in FORMS])
def test_an_answer_is_told_in_the_form_asked_for(turns: tuple[str, ...], form: str) -> None:
    decided = after(*turns)
    assert decided.calls and decided.form == form


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("青海2016年碳排放", "青海2016年碳排放，一句话"),
        ("Which sector emitted most in Gansu in 2016?", "In one sentence: which sector emitted most in Gansu in 2016?"),
        ("天津消费侧碳排放", "简短地说，天津消费侧碳排放"),
        ("海南碳中和路线图", "海南碳中和路线图，长话短说"),
    ],
)
def test_how_to_tell_it_never_changes_the_tool(plain: str, said: str) -> None:
    as_told = [(c.tool, {k: v for k, v in c.args.items() if k != "detail"}) for c in after(said).calls]
    assert as_told == [(c.tool, {k: v for k, v in c.args.items() if k != "detail"}) for c in after(plain).calls]


def test_a_roadmap_told_briefly_is_told_at_length_when_asked() -> None:
    assert only("海南碳中和路线图，一句话").args["detail"] == "brief"
    assert only("海南碳中和路线图，一句话", "详细点").args["detail"] == "full"
    assert only("Hainan roadmap in brief", "in full please").args["detail"] == "full"


def test_why_so_much_of_a_sector_is_its_share_rank_and_fuels() -> None:
    decided = after("安徽2016年各行业碳排放", "为什么水泥这么多")
    assert [(c.args["operation"], c.args["places"], c.args["years"]) for c in decided.calls] == [
        ("share", ["Anhui"], [2016]), ("position", ["Anhui"], [2016]), ("share", ["Anhui"], [2016]),
    ]  # fmt: skip
    assert decided.notes


def test_a_rank_is_of_all_places_after_the_figure_of_one() -> None:
    call = only("2016年青海人均碳排放", "第二名是谁")
    assert (call.args["operation"], call.args["nth"], call.args.get("places")) == ("rank", 2, None)
