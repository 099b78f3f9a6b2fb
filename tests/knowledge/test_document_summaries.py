"""A document asked for as a whole: its headline clauses; key targets, several years, abbreviated provinces."""

from __future__ import annotations

import pytest

from tests.knowledge.test_policy_tools import lead
from tools.declare import Context
from tools.policy.search import policy_search
from tools.policy.targets import targets

SUMMARIES = (
    ("summarise the Action Plan for Carbon Dioxide Peaking Before 2030 in numbers", "cn-peak-2030", "二"),
    ("用两句话概括2030年前碳达峰行动方案", "cn-peak-2030", "二"),
    ("2030年前碳达峰行动方案", "cn-peak-2030", "二"),
    ("summarise the 2024-2025 action plan in numbers", "cn-ap-2024-2025", "一"),
    ("用数字概括节能降碳行动方案", "cn-ap-2024-2025", "一"),
    ("2035年国家自主贡献的主要内容", "cn-ndc-2035", "announcement"),
    ("What does the UNEP Emissions Gap Report say about China?", "unep-egr-2025", "key messages"),
    ("排放差距报告怎么说中国", "unep-egr-2025", "key messages"),
    ("What does UNEP's 2025 gap report say?", "unep-egr-2025", "key messages"),
)


@pytest.mark.parametrize(("question", "document", "clause"), SUMMARIES)
def test_a_whole_document_is_told_by_its_headline_clause(
    question: str, document: str, clause: str, context: Context
) -> None:
    found = policy_search.call({"question": question}, context)
    assert (found.citations[0].document, found.citations[0].clause) == (document, clause)
    assert found.facts


def test_what_a_report_does_not_say_of_china_is_said(context: Context) -> None:
    zh = lead(policy_search.call({"question": "排放差距报告怎么说中国"}, context))
    en = lead(policy_search.call({"question": "What does UNEP say about China?"}, context), "en")
    assert "没有单独说到中国" in zh and "nothing of China by name" in en


@pytest.mark.parametrize(
    ("question", "sector"),
    (
        ("有色 用数字概括节能降碳行动方案", "二(五)"),
        ("building materials summarise the 2024-2025 action plan in numbers", "二(六)"),
        ("石化 节能降碳行动方案", "二(四)"),
    ),
)
def test_a_field_named_beside_it_is_told_by_its_own_clause(question: str, sector: str, context: Context) -> None:
    found = policy_search.call({"question": question}, context)
    assert found.citations[0].document == "cn-ap-2024-2025" and str(found.citations[0].clause).startswith(sector)
    assert found.facts  # a clause with figures, no stray detail


@pytest.mark.parametrize(
    "question",
    (
        "NDC 2035 key targets",
        "What are the key targets of China's 2035 NDC?",
        "headline targets of the 2035 NDC",
        "自主贡献的主要目标有哪些",
        "国家自主贡献2035的主要目标",
        "2035年自主贡献目标",
    ),
)
def test_key_targets_of_a_pledge_are_all_of_its_own(question: str, context: Context) -> None:
    found = targets.call({"topic": question}, context)
    assert {f.source for f in found.facts} == {"cn-ndc-2035"}
    assert {7.0, 10.0, 30.0} <= {f.value for f in found.facts}
    assert len(found.tables[0].rows) == 6
    assert "No target here" not in lead(found, "en")


@pytest.mark.parametrize(
    "question",
    (
        "non-fossil share target in 2024 and in 2025",
        "2024年的非化石占比目标和2025年的各是多少",
        "2024年和2025年非化石能源消费占比目标",
        "non-fossil share of energy consumption: 2024 target vs 2025 target",
        "What non-fossil share was aimed at in 2024, and what in 2025?",
        "2024年非化石占比目标是多少，2025年呢",
    ),
)
def test_two_years_are_both_told(question: str, context: Context) -> None:
    found = targets.call({"topic": question}, context)
    assert {18.9, 20.0} <= {f.value for f in found.facts}


@pytest.mark.parametrize(
    ("question", "value"),
    (
        ("what data target did China set for non-fossil share in 2025?", 20.0),
        ("non-fossil share target 2030, what data?", 25.0),
        ("China's non-fossil share target for 2030 so far", 25.0),
        ("Has China set a non-fossil share target for 2030 yet?", 25.0),
        ("目前2030年非化石能源占比目标有哪些数据", 25.0),
        ("截至目前2030年非化石占比目标是多少", 25.0),
    ),
)
def test_words_at_the_end_change_no_target(question: str, value: float, context: Context) -> None:
    found = targets.call({"topic": question}, context)
    assert found.facts[0].value == value and found.facts[0].region == "China"


def test_an_abbreviation_by_itself_is_a_province(context: Context) -> None:
    named = targets.call({"topic": "2030年非化石占比", "place": "粤"}, context)
    assert named.facts[0].region == "Guangdong"
