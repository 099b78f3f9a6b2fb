"""Follow-ups that pick from the last answer, conditions the model lacks, ends of a joint reduction, and whose fall is faster."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from tests.planner.desk import after, only

_MEASURES = (("节能", -100.0, 20.0), ("非化石电力", 120.0, 75.0), ("碳捕集", 450.0, 100.0), ("氢能", 900.0, 22.0))


def _costs(kept: int = 8) -> Before:
    """The memory after a cost curve, with the first ``kept`` of its figures still at hand."""
    facts: list[dict[str, Any]] = []
    for name, cost, amount in _MEASURES:
        facts.append(
            {
                "id": f"F{len(facts) + 1}",
                "label": f"{name}成本",
                "value": cost,
                "unit": "yuan/t CO2",
                "shown": f"{cost:g}元/吨",
            }
        )
        facts.append(
            {
                "id": f"F{len(facts) + 1}",
                "label": f"{name}少排",
                "value": amount,
                "unit": "Mt CO2",
                "shown": f"{amount:g} Mt",
            }
        )
    pairs = zip(facts[::2], facts[1::2], strict=True)
    lead = "；".join(f"{a['label']}{a['shown']} [{a['id']}]、{b['shown']} [{b['id']}]" for a, b in pairs)
    args = {"place": "Jiangsu", "goal": "costs"}
    told = ({"tool": "backcast", "lead": [lead], "facts": facts[:kept]},)
    return Before(tool="backcast", args=args, calls=(("backcast", args),), told=told, question="江苏减排措施由便宜到贵")


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("最贵的呢", "[F7]"), ("那成本最高的是哪项", "[F7]"), ("and the dearest one?", "[F7]"), ("which is the most expensive?", "[F7]"),
        ("最便宜的是什么", "[F1]"), ("and the cheapest?", "[F1]"), ("哪项减得最多", "[F6]"), ("which of them cuts most?", "[F6]"),
    ],
)  # fmt: skip
def test_one_of_the_measures_told(question: str, mark: str) -> None:
    reply = plan(question, _costs()).reply
    assert reply is not None
    first = next(part for part in reply.zh.split("[") if part.startswith("F"))
    assert f"[{first.split(']')[0]}]" == mark


def test_figures_no_longer_at_hand_are_never_passed_over() -> None:
    decided = plan("最贵的呢", _costs(kept=4))
    assert [c.args["goal"] for c in decided.calls] == ["costs"] and decided.notes


@pytest.mark.parametrize(
    ("turns", "place"),
    [
        (("广东的消费侧碳足迹是多少", "从哪些省来的最多"), "Guangdong"),
        (("北京2017年的碳足迹", "主要来自哪些省"), "Beijing"),
        (("江苏的消费碳足迹有多大", "哪几个省份贡献最大"), "Jiangsu"),
        (("What is Shanghai's carbon footprint?", "which provinces does most of it come from?"), "Shanghai"),
        (("What is the carbon footprint of Tianjin?", "which sectors contribute most?"), "Tianjin"),
    ],
)
def test_origins_are_of_the_place_told(turns: tuple[str, str], place: str) -> None:
    call = only(*turns)
    assert call.tool == "footprint" and call.args["place"] == place and call.args["detail"] == "origins"


@pytest.mark.parametrize(
    ("turns", "order"),
    [
        (("What is the emission intensity of Shanxi in 2018?", "which province is best?"), "asc"),
        (("山西2018年单位GDP碳排放", "哪个省最好"), "asc"),
        (("广东的人均碳排放", "哪个省表现最好"), "asc"),
        (("What is the grid emission factor of Guangdong?", "which province is cleanest?"), "asc"),
        (("河北的碳强度", "哪个省最差"), None),
        (("What is Yunnan's CO2 per head?", "and who is the worst?"), None),
    ],
)
def test_best_is_the_lowest_and_said_so(turns: tuple[str, str], order: str | None) -> None:
    decided = after(*turns)
    assert [(c.args["operation"], c.args.get("order")) for c in decided.calls] == [("rank", order)]
    assert decided.notes


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What if China keeps its coal plants ten years longer?", "coal"), ("若浙江把煤电机组多运行十年，代价有多大", "coal"),
        ("What would it cost if Shandong keeps coal plants running until 2050?", "coal"), ("如果燃煤电厂不关会怎么样", "coal"),
        ("If the peak is delayed to 2035, what does it cost China?", "peak"), ("如果达峰推迟到2035年，代价是什么", "peak"),
        ("江苏若推迟到2032年达峰，2060年还能中和吗", "peak"), ("Suppose Sichuan doesn't peak until 2034: what does it cost?", "peak"),
        ("What if Guangdong bans electric vehicles?", "cars"), ("如果浙江2035年禁售燃油车，排放会降多少", "cars"),
        ("假如河南不建核电，代价多大", "source of power"), ("What if Fujian builds no more nuclear plants?", "source of power"),
    ],
)  # fmt: skip
def test_a_condition_that_is_no_lever_is_refused_by_name(question: str, named: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "refused" and not decided.calls
    assert decided.reply is not None and named in decided.reply.en and "Nearest" in decided.reply.en


@pytest.mark.parametrize(
    "question",
    [
        "如果各项措施推迟5年，江苏何时达峰",
        "If all measures are delayed by 5 years, when does Jiangsu peak?",
        "如果放弃CCUS，江苏要多花多少",
        "2030年前达峰可行吗",
    ],
)
def test_levers_and_goals_are_still_told(question: str) -> None:
    assert plan(question, Before()).calls


@pytest.mark.parametrize(
    ("question", "example"),
    [
        (
            "If Shanghai and Anhui act jointly on Anhui's power, what share of Shanghai's footprint disappears?",
            "construction in Shanghai and",
        ),
        ("如果北京和河北联手治理河北的钢铁，北京的足迹能减少多少", "北京的建筑业与河北的钢铁"),
        ("浙江与内蒙古合作减少内蒙古的电力排放，浙江的足迹能降多少比例", "浙江的建筑业与内蒙古的电力"),
        ("上海和江苏联合减排能减多少", "上海的建筑业与江苏的电力"),
        ("Can Zhejiang and Anhui cut emissions together?", "construction in Zhejiang and power in Anhui"),
        ("四川和供电给它的省份联手，能减多少", "两端"),
    ],
)
def test_the_ends_of_a_joint_reduction_are_asked_for(question: str, example: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "clarify" and decided.reply is not None
    assert example in decided.reply.zh + decided.reply.en


@pytest.mark.parametrize(
    ("question", "places", "year"),
    [
        ("Jiangsu or Guangdong: which falls faster by 2040?", ["Jiangsu", "Guangdong"], 2040),
        ("江苏和广东到2035年谁降得更快", ["Jiangsu", "Guangdong"], 2035),
        ("Hebei or Shanxi, which one cuts emissions faster by 2035?", ["Hebei", "Shanxi"], 2035),
        ("Beijing vs Shanghai: whose emissions decline faster to 2050?", ["Beijing", "Shanghai"], 2050),
        ("山东与河南谁的碳排放到2040年下降更快", ["Shandong", "Henan"], 2040),
        ("四川还是云南，2045年前减得快", ["Sichuan", "Yunnan"], 2045),
    ],
)
def test_the_faster_fall_is_a_relative_change_of_the_places_named(question: str, places: list[str], year: int) -> None:
    call = only(question)
    assert call.tool == "roadmap_ranking"
    assert call.args == {"indicator": "gross", "of": "growth", "year": year, "places": places, "order": "asc"}
