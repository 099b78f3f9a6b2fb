"""Progress on targets, the ICT standards and companies' targets, read from sentences."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember


@pytest.mark.parametrize(
    "question",
    [
        "行动方案对钢铁行业有哪些量化目标？广东做到了吗？",
        "Which quantified targets does the action plan set for steel? Has Guangdong met them?",
        "广东2030年风电光伏装机目标进展如何",
        "Is Guangdong on course for its 2030 wind and solar capacity target?",
        "“十四五”单位GDP二氧化碳排放下降目标完成了吗",
        "Was the 14th five-year plan target for CO2 per unit of GDP met?",
        "Has China reached its 2030 wind and solar capacity target?",
        "浙江完成非化石能源占比目标的情况怎么样",
        "全国抽水蓄能目标达到了吗",
    ],
)
def test_progress(question: str) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "track"


def test_progress_as_a_follow_up() -> None:
    asked = "行动方案对钢铁行业有哪些量化目标?"
    before = remember("targets", {"topic": asked}, asked)
    for question, place in (
        ("广东做到了吗？", "广东"),
        ("那浙江完成了吗", "浙江"),
        ("Has Guangdong met them?", "Guangdong"),
    ):
        (call,) = plan(question, before).calls
        assert call.tool == "track" and place in call.args["topic"] and "钢铁" in call.args["topic"]
    again = remember("track", {"topic": f"广东 {asked}"}, asked)
    (call,) = plan("那浙江呢？", again).calls
    assert call.tool == "track" and "浙江" in call.args["topic"] and "广东" not in call.args["topic"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "按L.1470，一家数据中心企业2020年范围一和二排放5万吨，2030年应降到多少？",
            {"subsector": "data_centre", "emissions": 50_000.0, "base_year": 2020, "target_year": 2030},
        ),
        ("L.1470 trajectory for a mobile operator", {"subsector": "mobile"}),
        (
            "L.1470 trajectory for a data centre operator with 50,000 t in 2022: level in 2028?",
            {"subsector": "data_centre", "emissions": 50_000.0, "base_year": 2022, "target_year": 2028},
        ),
        (
            "用L.1470给我们固网公司定2028年目标，2022年排放12万吨，业务增长5%",
            {"subsector": "fixed", "emissions": 120_000.0, "base_year": 2022, "target_year": 2028, "growth": 5.0},
        ),
        ("Apply L.1470 to Guangdong", {"place": "Guangdong"}),
        ("用L.1470给钢铁行业定目标", {"subsector": "钢铁行业"}),
    ],
)
def test_trajectories(question: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == ("l1470", expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("按L.1480评估一个远程会议平台的净减排，需要哪些数据?", {"solution": "远程会议平台"}),
        ("Which data does an L.1480 assessment of a video conferencing platform need?", {"solution": "video conferencing"}),
        ("按L.1480，楼宇能源管理系统要收集哪些数据", {"solution": "楼宇能源管理系统"}),
        (
            "按L.1480评估：参考情景排放1000吨，采用方案后400吨，方案自身一阶排放50吨，反弹30吨，净减排多少？",
            {"reference": 1000.0, "with_solution": 400.0, "first_order": 50.0, "higher_order": 30.0},
        ),
        (
            "L.1480 tier 3: reference scenario 20,000 t, with the solution 15,000 t, first order 600 t, what is the net effect for 200 users?",
            {"reference": 20_000.0, "with_solution": 15_000.0, "first_order": 600.0, "tier": 3, "users": 200.0},
        ),
        ("我们的视频会议系统净减排怎么评估，需要什么数据", {"solution": "视频会议系统"}),
    ],
)  # fmt: skip
def test_assessments(question: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == ("l1480", expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ISC双碳平台自评表", {}),
        ("双碳平台自查清单", {}),
        ("our platform has 4.2, 4.4 and 5.1.1; what is missing?", {"yes": ["4.2", "4.4", "5.1.1"]}),
        (
            "我们的平台已具备4.2、4.4和5.1.1，部分具备4.5，没有5.1.4，还缺什么？",
            {"yes": ["4.2", "4.4", "5.1.1"], "partly": ["4.5"], "no": ["5.1.4"]},
        ),
        ("ISC self-assessment checklist for the enterprise side", {"side": "enterprise"}),
    ],
)
def test_checklists(question: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == ("isc_checklist", expected)


def test_a_rate_and_the_gap_to_the_best_in_one_answer() -> None:
    for question in (
        "Apply a 4.2 %/yr illustration to Zhejiang's non-metallic minerals to 2035; show the gap to the best province.",
        "对浙江非金属矿物按每年4.2%示意到2035年，并给出与最好省份的差距",
    ):
        path, gap = plan(question, Before()).calls
        assert path.tool == "contraction"
        assert path.args == {"place": "Zhejiang", "sector": "nonmetallic_minerals", "target_year": 2035, "rate": 4.2}
        assert (gap.tool, gap.args) == ("best_in_class", {"place": "Zhejiang", "sector": "nonmetallic_minerals"})


@pytest.mark.parametrize(
    ("question", "tool", "expected"),
    [
        (
            "我公司2022年排放12万吨，按SBTi绝对收缩2030年目标是多少",
            "contraction",
            {"emissions": 120_000.0, "base_year": 2022, "target_year": 2030},
        ),
        (
            "行业脱碳法：企业强度2.0、行业1.8、2050年0.2吨/吨，2030年目标强度是多少？",
            "sda_target",
            {"company": 2.0, "sector_base": 1.8, "sector_2050": 0.2, "target_year": 2030},
        ),
        (
            "SDA target: company intensity 2.0, sector 1.8, 2050 0.2 t/t: what for 2035?",
            "sda_target",
            {"company": 2.0, "sector_base": 1.8, "sector_2050": 0.2, "target_year": 2035},
        ),
        (
            "浙江非金属矿物制品业按强度趋同法类比，2050年强度500",
            "sda_target",
            {"sector_2050": 500.0, "place": "Zhejiang", "sector": "nonmetallic_minerals"},
        ),
    ],
)
def test_companies(question: str, tool: str, expected: dict[str, object]) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args) == (tool, expected)


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("Explain what the L.1480 tiers mean", "policy_search"),
        ("L.1470包含哪些子行业", "policy_search"),
        ("什么是行业脱碳法", "policy_search"),
        ("双碳平台标准的算法模型层包括什么", "policy_search"),
        ("信息通信行业2030年要减排多少", "targets"),
        ("SBTi要求每年线性减排多少", "targets"),
        ("广东碳达峰了吗", "figures"),
        ("广东完成2030年目标要怎么减排", "roadmap"),
        ("河南钢铁与最好省份的碳强度差距", "best_in_class"),
    ],
)
def test_what_is_left_to_others(question: str, tool: str) -> None:
    assert {c.tool for c in plan(question, Before()).calls} == {tool}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ISC双碳平台自评：4.2、4.4具备，5.1.1部分具备，5.2.3不具备", {"yes": ["4.2", "4.4"], "partly": ["5.1.1"], "no": ["5.2.3"]}),
        ("ISC双碳平台自评表：没有5.2.3和5.2.8，4.2—4.4都有", {"no": ["5.2.3", "5.2.8"], "yes": ["4.2", "4.3", "4.4"]}),
        ("ISC双碳平台自评，4.2：具备；4.3：无；5.1.1：部分具备", {"yes": ["4.2"], "no": ["4.3"], "partly": ["5.1.1"]}),
        ("ISC platform self-assessment: 4.2 and 4.4 yes, 5.1.1 partly, 5.2.3 no", {"yes": ["4.2", "4.4"], "partly": ["5.1.1"], "no": ["5.2.3"]}),
        ("ISC platform checklist: yes 4.2, 4.4, partly 5.1.1, no 5.2.3", {"yes": ["4.2", "4.4"], "partly": ["5.1.1"], "no": ["5.2.3"]}),
        ("ISC platform self-assessment: it has 4.2, 4.4 and 5.1.1, lacks 5.2.3", {"yes": ["4.2", "4.4", "5.1.1"], "no": ["5.2.3"]}),
    ],
)  # fmt: skip
def test_statuses_stand_before_or_after_their_clauses(question: str, expected: dict[str, list[str]]) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "isc_checklist"
    assert {k: v for k, v in call.args.items() if k != "side"} == expected


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("L.1480第三级评估结果可以公开吗", "claims"), ("What may be claimed in public from a tier 3 L.1480 assessment?", "claims"),
        ("L.1480第一级评估的净减排能对外宣传吗", "claims"), ("避免的排放能抵扣公司清单吗", "netting"),
        ("By L.1480, can we net avoided emissions off our scope 3 inventory?", "netting"),
        ("按L.1480，避免的排放可以从我们的排放清单里抵减吗", "netting"),
    ],
)  # fmt: skip
def test_claims_and_netting(question: str, asks: str) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.tool, call.args["asks"]) == ("l1480", asks)


@pytest.mark.parametrize(
    "question",
    [
        "全国碳达峰目标进展如何", "全国2030年非化石能源占比目标能完成吗", "浙江能完成2030年非化石能源占比目标吗", "广东2035年能源消费上限会不会超",
        "Will China reach its 2035 wind and solar target?", "十五五单位GDP二氧化碳排放下降17%的目标进展如何", "中国NDC进展如何",
        "Can Guangdong meet its 2030 wind and solar target?", "全国2060年碳中和目标进展如何",
    ],
)  # fmt: skip
def test_what_is_still_to_come_is_tracked_too(question: str) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "track"


def test_several_provinces_are_tracked_one_by_one() -> None:
    calls = plan("广东和江苏哪个钢铁目标完成得更好", Before()).calls
    assert [(c.tool, c.args["place"]) for c in calls] == [("track", "Guangdong"), ("track", "Jiangsu")]


@pytest.mark.parametrize(
    "question",
    ["When must China's CO2 emissions peak?", "When is China to peak its CO2 emissions?", "中国什么时候碳达峰？目标是哪一年",
     "China's carbon peak target year", "全国碳达峰的目标年份"],
)  # fmt: skip
def test_the_peak_year_is_a_target(question: str) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "targets"


@pytest.mark.parametrize(
    "question",
    ["双碳什么意思", "What does 三新一高 mean?", "CCUS是什么", "What is CCUS?", "What does CBAM mean?", "先立后破怎么理解",
     "碳预算是什么意思", "What is dual carbon?"],
)  # fmt: skip
def test_the_meaning_of_a_term_is_looked_up(question: str) -> None:
    assert [c.tool for c in plan(question, Before()).calls] == ["policy_search"]


@pytest.mark.parametrize(
    ("question", "tool"),
    [("碳强度的定义是什么", "about"), ("范围一是什么意思", "about"), ("非化石能源占比目标是什么", "targets"),
     ("What is the peak target of China?", "targets")],
)  # fmt: skip
def test_what_the_data_mean_and_what_a_target_is_keep_their_tools(question: str, tool: str) -> None:
    assert [c.tool for c in plan(question, Before()).calls] == [tool]


@pytest.mark.parametrize(
    "question",
    ["What is the 15th FYP carbon intensity target and which clause?", "十五五碳强度目标是多少，出自哪个文件？",
     "What is the non-fossil target for 2030, and in which document?"],
)  # fmt: skip
def test_asking_for_the_clause_is_no_second_question(question: str) -> None:
    assert [c.tool for c in plan(question, Before()).calls] == ["targets"]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("上海2025年之前达峰了吗", {}),
        ("Did Shanghai's emissions peak before 2025?", {}),
        ("浙江2016年之前排放最高是哪一年", {"to_year": 2016}),
        ("上海2015年以后达峰了吗", {"from_year": 2015}),
    ],
)
def test_one_year_bounds_the_search_for_a_peak(question: str, args: dict[str, int]) -> None:
    (call,) = plan(question, Before()).calls
    assert call.args["operation"] == "peak"
    assert {k: v for k, v in call.args.items() if k in ("years", "from_year", "to_year")} == args


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("哪个省单位GDP碳排放下降最快(2014-2019)", "growth"),
        ("Which province cut CO2 per GDP fastest from 2014 to 2019?", "growth"),
        ("哪个省碳排放增加最多(2010-2019)", "change"),
    ],
)
def test_the_fastest_is_told_by_the_rate(question: str, of: str) -> None:
    (call,) = plan(question, Before()).calls
    assert (call.args["operation"], call.args["of"]) == ("rank", of)


@pytest.mark.parametrize("question", ["广冬碳中和路线图", "请给出广冬的双碳路线图", "亚特兰蒂斯碳中和路线图"])
def test_an_unknown_place_is_not_answered_by_the_nations_roadmap(question: str) -> None:
    decided = plan(question, Before())
    assert all(c.args.get("place") in ("广冬", "亚特兰蒂斯") for c in decided.calls)
