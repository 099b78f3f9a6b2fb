"""The audit lets true sentences through and catches a wrong digit, unit, sign, place, sector, year or id."""

from __future__ import annotations

import pytest

from assistant.audit.check import Grounds, audit_text, keys_of
from assistant.audit.figures import masked, normal, read_figures
from assistant.audit.quantities import OF_FACTS
from assistant.audit.tables import audit_table
from assistant.ledger import Call
from assistant.render import sentences, table_markdown
from assistant.turn import Turn, own_words
from data.text import Language, Text
from tests.conversation.conftest import call_of, guangdong
from tools.result import Basis, Fact
from tools.units import UNITS


def grounds(question: str = "", said: frozenset[tuple[str, float]] = frozenset(), language: Language = "zh") -> Grounds:
    call = call_of(guangdong())
    assert call.result is not None
    facts = dict(zip(call.ids.facts, call.result.facts, strict=True))
    clauses = dict(zip(call.ids.citations, call.result.citations, strict=True))
    return Grounds(facts.get, clauses.get, language, question, said)


def problems(text: str, question: str = "", heading: str = "") -> list[str | None]:
    return [finding.problem for finding in audit_text(text, grounds(question), heading)]


def test_every_unit_of_a_fact_can_be_read() -> None:
    assert set(OF_FACTS) == UNITS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_tools_say_passes(language: Language) -> None:
    call: Call = call_of(guangdong())
    assert call.result is not None
    found = [p for s in sentences(call.result.lead, call, language) for p in problems(s)]
    assert found == [None] * 6  # total with its range's two ends, power, share; the fall
    table = table_markdown("B1", call.result.tables[0], call, language)
    clean, findings = audit_table("\n".join(table.splitlines()[2:]), grounds(), "")
    assert [f.problem for f in findings] == [None] * 3
    assert clean == "\n".join(table.splitlines()[2:])


@pytest.mark.parametrize(
    "text",
    [
        "广东2017年排放55,686万吨 [F1]。",
        "广东2017年排放5.57亿吨 [F1]。",
        "广东2017年排放556.86 Mt CO2 [F1]。",
        "Guangdong emitted 556.859 million tonnes of CO2 [F1] in 2017.",
        "Guangdong emitted 0.557 Gt CO2 [F1] in 2017.",
        "In 2017, of 556.9 Mt [F1] in Guangdong, 297.8 Mt [F2] came from power and heat.",
        "2017年广东电力热力排放**2.978亿吨** [F2]，占53.47% [F3]。",
        "广东２０１７年排放５.５７亿吨 [F1]",
        "同比变化-3.2% [F4]",
        "同比变化−3.2% [F4]",
        "down 3.2% [F4]",
        "广东5.57亿吨、电力2.98亿吨 [F1][F2]",
        "广东排放5.57亿吨（556.9 Mt）[F1]",
        "5.57亿吨 [F1]（区间5.2亿吨—5.9亿吨）",
        "广东5.57亿吨 [F1]（区间5.2–5.9亿吨）",
        "Guangdong emitted 556.9 Mt CO2 [F1] (520 to 590 Mt CO2)",
        "按`figures`查得，前5名见表2，top 5, first 3 provinces, 前10年",
        "到2030年非化石能源消费比重达到25%左右 [P1]。",
        "《“十四五”节能减排综合工作方案》（国发〔2021〕33号）第二条、ISO 14067:2018、ITU-T L.1470、GB/T 32150-2015 [P1]",
        "1. 2030年前达峰；前5名；第3位；2nd；top 10；2024—2025年；30个省份；42个部门；CO2、PM2.5；范围1、scope 2",
        "见表2和图3，2020年12月31日，22 July 2024，1.5°C",
    ],
)
def test_true_sentences_and_free_numbers_pass(text: str) -> None:
    assert set(problems(text)) <= {None}


@pytest.mark.parametrize(
    "text,problem",
    [
        ("广东2017年排放5.67亿吨 [F1]。", "value"),
        ("广东2017年排放5.569万吨 [F1]。", "value"),
        ("广东2017年排放5.569亿元 [F1]。", "unit"),
        ("广东2017年排放5.569亿吨标准煤 [F1]。", "unit"),
        ("Guangdong emitted 556.9 Mt CO2e [F1] in 2017.", "unit"),
        ("广东2017年排放6亿吨 [F1]。", "value"),
        ("广东2017年排放5.569亿吨。", "no_id"),
        ("广东2017年排放5.569亿吨 [F9]。", "unknown_id"),
        ("山东2017年排放5.569亿吨 [F1]。", "region"),
        ("全国2017年排放5.569亿吨 [F1]。", "region"),
        ("京津冀2017年排放5.569亿吨 [F1]。", "region"),
        ("广东2018年排放5.569亿吨 [F1]。", "year"),
        ("广东2017年水泥排放2.978亿吨 [F2]。", "sector"),
        ("广东2017年电力排放5.569亿吨 [F1]。", "sector"),
        ("比2016年增长3.2% [F4]。", "sign"),
        ("It rose 3.2% [F4].", "sign"),
        ("同比+3.2% [F4]。", "sign"),
        ("比2016年下降3.2个百分点 [F4]。", "unit"),
        ("从4.1亿吨增至5.57亿吨 [F1]。", "value"),
        ("到2030年非化石能源消费比重达到35%左右 [P1]。", "clause"),
        ("约三成来自电力。", "no_id"),
        ("百分之五十三来自电力。", "no_id"),
        ("Twenty percent comes from cement.", "no_id"),
        ("two thirds comes from power", "no_id"),
        ("电力占百分之六十三 [F3]。", "value"),
        ("三分之一来自电力 [F3]", "value"),
        ("此前为6.12亿吨。", "no_id"),
        ("前7亿吨来自电力。", "no_id"),
        ("the first 100 Mt came from power", "no_id"),
        ("it is `612 Mt CO2` in all", "no_id"),
        ("```\n612 Mt\n```", "no_id"),
        ("it cost RMB612 million", "no_id"),
        ("1/3 of it", "no_id"),
        ("a ratio of 3:1", "no_id"),
        ("排放达到612。", "no_id"),
        ("广东5.57亿吨 [F1]，其中电力占一半即2.8亿吨。", "no_id"),
        ("广东排放（区间5.1–5.9亿吨）[F1]", "value"),
    ],
)
def test_false_sentences_are_caught(text: str, problem: str) -> None:
    assert problem in problems(text)


def test_figures_in_words_pass_where_they_are_right() -> None:
    assert problems("电力占百分之五十三 [F3]") == [None]
    assert problems("电力占五成半 [F3]") == [None]


def test_what_shows_as_zero_goes_neither_way() -> None:
    label = Text("广东2060年净排放", "Net emissions of Guangdong, 2060")
    net = Fact(
        label=label, value=-2e-14, unit="Mt CO2", region="Guangdong", year=2060, basis=Basis.PROJECTED, source="x"
    )
    findings = audit_text("广东2060年净排放0万吨 [F1]", Grounds({"F1": net}.get, lambda _: None, "zh"))
    assert [f.problem for f in findings] == [None]


def test_heading_gives_place_and_year_where_the_sentence_does_not() -> None:
    assert problems("排放5.57亿吨 [F1]", heading="## 广东，2017年") == [None]
    assert problems("排放5.57亿吨 [F1]", heading="## 山东") == ["region"]
    assert problems("排放5.57亿吨 [F1]", heading="## 2018年") == ["year"]
    assert problems("广东2017年排放5.57亿吨 [F1]", heading="## 山东，2018年") == [None]


def test_each_place_goes_with_its_own_figure() -> None:
    assert problems("Guangdong emitted 556.9 Mt [F1], Shandong more.") == [None]
    assert problems("Shandong emitted 556.9 Mt [F1], Guangdong more.") == ["region"]
    assert problems("556.9 Mt CO2 [F1] in Shandong and 297.8 Mt [F2] in Guangdong") == ["region", None]


def test_a_name_right_behind_a_mark_is_its_own() -> None:
    text = "In the 2060 scenario it is 556.9 Mt [F1] in 2017 (observed), 297.8 Mt [F2] in {year}."
    assert problems(text.format(year=2017)) == [None, None]
    assert problems(text.format(year=2019)) == [None, "year"]
    spans = "It is 556.9 Mt [F1] from 2016 to 2017, from 556.9 Mt [F1] to 556.9 Mt [F1]."
    assert problems(spans) == [None, None, None]


def test_a_place_in_another_part_of_the_sentence_binds_only_against_strangers() -> None:
    text = "链对：本地排放5.57亿吨 [F1]；跨省河北较多。"
    assert problems(text, question="广东如何减排？") == [None]
    assert problems(text, question="河北如何减排？") == ["region"]
    assert problems("山东排放多；其中5.57亿吨 [F1]。", question="山东？") == ["region"]


def test_a_figure_of_the_question_stands_only_as_the_askers_own() -> None:
    asked = "排放超过5亿吨的省份有哪些？"
    assert problems("您所问的5亿吨以上的省份：广东。", asked) == []
    assert problems("广东排放5亿吨。", asked) == ["no_id"]
    assert problems("您所问的6亿吨以上的省份：广东。", asked) == ["no_id"]
    assert problems("Emissions above 500 million tonnes", "which emit over 500 Mt?") == []


def test_what_a_tool_said_in_words_may_be_repeated() -> None:
    said = keys_of("估算表的误差约为20%；线性路径每年4.2%。")
    assert [f.problem for f in audit_text("误差约20%。", grounds(said=said))] == []
    assert [f.problem for f in audit_text("误差约30%。", grounds(said=said))] == ["no_id"]
    above = keys_of("both indices above 1: —, namely")
    assert [f.problem for f in audit_text("(both above 1): 556.9 Mt [F1]", grounds(said=above))] == [None]


def test_a_tools_own_words_are_its_templates_without_their_holes() -> None:
    call = call_of(guangdong())
    words = own_words(call)
    assert Text("比2016年下降— —。", "That is — lower than in 2016 —.") in words
    assert Text("清单为范围一。", "The inventory is scope 1.") in words
    assert Text("排放", "Emissions") in words


def test_a_models_own_table_is_audited_cell_by_cell() -> None:
    table = (
        "| 省份 | 年份 | 排放（亿吨） | 占比（%） |\n|---|---|---|---|\n"
        "| 广东 | 2017 | 5.57 [F1] | 53.5 [F3] |\n| 山东 | 2017 | 5.57 [F1] | 53.5 |\n| 广东 | 2017 | 5.97 [F1] | – |"
    )
    clean, findings = audit_table(table, grounds(), "")
    assert [f.problem for f in findings] == [None, None, "region", "no_id", "value"]
    assert clean.splitlines()[2:] == [
        "| 广东 | 2017 | 5.57 [F1] | 53.5 [F3] |",
        "| 山东 | 2017 | — | — |",
        "| 广东 | 2017 | — | – |",
    ]


def test_a_columns_unit_counts() -> None:
    table = "| 省份 | 排放（万吨） |\n|---|---|\n| 广东 | 5.57 [F1] |\n| 广东 | 55,686 [F1] |"
    assert [f.problem for f in audit_table(table, grounds(), "")[1]] == ["value", None]


@pytest.mark.parametrize(
    "text,figures",
    [
        ("2017年5.57亿吨，2,017吨，2017吨", ["5.57亿吨", "2,017吨", "2017吨"]),
        ("-3.2%至-1.5%，2010-2017年", ["-3.2%", "-1.5%"]),
        ("5%-7% of $2,000", ["5%", "7%", "2,000"]),
        ("peak 2029 [F1] to 2035 [F2], 2031年 [F3]", ["2029", "2035", "2031年"]),
        ("完成、构成、百万千瓦级、第三、十四五", []),
    ],
)
def test_reading_figures(text: str, figures: list[str]) -> None:
    plain = normal(text)
    assert [plain[f.start : f.end] for f in read_figures(plain)] == figures


def test_masking_keeps_every_position() -> None:
    text = "国发〔2021〕23号，2017年排放5.57亿吨 [F1]，ISO 14067"
    assert len(masked(text)) == len(text)


def _asked_turn(question: str) -> Turn:
    call = call_of(guangdong())
    assert call.result is not None
    turn = Turn.__new__(Turn)
    turn.asked, turn.question, turn.language = "", question, "zh"
    turn._said, turn._heard, turn._places = set(), set(), {}
    turn.hear(call.model_copy(update={"arguments": {"place": "Guangdong"}}))
    return turn


@pytest.mark.parametrize(
    "question", ["深圳碳中和路线图", "廣東碳中和路線圖", "Zhuhai's roadmap", "粤的路线图", "广东路线图"]
)
def test_a_place_asked_of_by_a_city_or_in_traditional_characters_is_the_place_that_was_computed(question: str) -> None:
    # Hebei is named for the second figure only; the first is the province's that the tool was asked about.
    text = "上下游的链对，本地电力热力→建筑2.978亿吨 [F2]；跨省河北"
    asked = _asked_turn(question).grounds().question
    assert problems(text, asked) == [None]
    assert problems("河北电力热力2.978亿吨 [F2]", asked) == ["region"]
    assert problems(text, "湖南碳中和路线图") == ["region"]


@pytest.mark.parametrize("text", ["双碳情景1,658亿吨", "前3,204亿吨", "见图1，共1,658亿吨"])
def test_an_ordinal_takes_nothing_off_a_figure_with_thousands(text: str) -> None:
    values = [f.value for f in read_figures(text)]
    assert values == [3204.0 if "3,204" in text else 1658.0]
