"""Targets asked of at large (碳排放目标), a document that is silent on the thing asked, results of earlier years, ranges in percent."""

from __future__ import annotations

import pytest

from data.errors import NotAvailable
from tools.declare import Context
from tools.policy.match import find_targets
from tools.policy.question import read_question
from tools.policy.rows import all_targets
from tools.policy.search import policy_search
from tools.policy.targets import targets
from tools.policy.track import track


@pytest.mark.parametrize(
    "topic",
    ["全国碳排放目标完成情况", "Has China met its climate targets?", "How is China doing on its climate goals?"],
)
def test_the_nations_goals_at_large_are_its_headline_targets(topic: str, context: Context) -> None:
    result = track.call({"topic": topic}, context)
    assert "温室气体净排放" in result.lead[0].text.zh and {t.document for t in result.citations} >= {"cn-ndc-2035"}
    assert not any("公共机构" in s.text.zh or "陆路交通" in s.text.zh for s in result.lead)
    # the verdict by a reported result stands right behind the target it is of
    said = [s.text.zh for s in result.lead]
    at = next(i for i, s in enumerate(said) if "没有达到目标" in s)
    assert "单位GDP二氧化碳排放比2020年下降" in said[at - 2] and "实际" in said[at - 1]


def test_a_provinces_goals_at_large_are_its_own_before_the_nations(context: Context) -> None:
    asked = read_question("浙江双碳目标做到了吗", context.library)
    own = find_targets(all_targets(context.warehouse), asked).rows
    assert own and {t.scope for t in own} == {"Zhejiang"}
    national = track.call({"topic": "西藏碳排放目标完成得怎么样"}, context)
    assert "没有西藏的对应目标" in " ".join(s.text.zh for s in national.lead)


@pytest.mark.parametrize("topic", ["全国失业率目标完成了吗", "Has China met its unemployment target?"])
def test_goals_of_another_field_are_none_of_ours(topic: str, context: Context) -> None:
    with pytest.raises(NotAvailable):
        track.call({"topic": topic}, context)


def test_a_range_in_percent_names_both_its_ends(context: Context) -> None:
    result = track.call({"topic": "全国NDC 2035年减排7-10%的目标进展如何"}, context)
    assert {f.value for f in result.facts if f.source == "cn-ndc-2035"} == {7.0, 10.0}
    assert {c.document for c in result.citations} == {"cn-ndc-2035"}


@pytest.mark.parametrize(
    "topic", ["全国2030年非化石能源占比25%目标进展如何", "Is China on course for 30% non-fossil share by 2035?"]
)
def test_a_share_without_a_series_has_the_result_reported_last_beside_it(topic: str, context: Context) -> None:
    result = track.call({"topic": topic}, context)
    assert any("最近公布的结果" in s.text.zh and "latest result reported" in s.text.en for s in result.lead)
    assert 21.7 in [f.value for f in result.facts if f.year == 2025]
    assert "无法判断" in " ".join(s.text.zh for s in result.lead)  # one value is no course


@pytest.mark.parametrize(
    "question", ["行动方案对数据中心有什么要求？", "What does the action plan require of data centres?"]
)
def test_a_document_silent_on_the_thing_asked_is_said_to_be(question: str, context: Context) -> None:
    result = policy_search.call({"question": question}, context)
    assert "没有说到这一点" in result.lead[0].text.zh and "says nothing on this" in result.lead[0].text.en
    assert "cn-ap-2024-2025" not in {c.document for c in result.citations}
    assert any("数据中心" in c.digest.zh for c in result.citations)


def test_a_document_that_speaks_of_it_is_not_called_silent(context: Context) -> None:
    result = policy_search.call({"question": "2030碳达峰方案对数据中心怎么要求"}, context)
    assert "没有说到" not in result.lead[0].text.zh and result.citations[0].document == "cn-peak-2030"


def test_a_national_plan_is_not_answered_by_a_target_of_the_world(context: Context) -> None:
    with pytest.raises(NotAvailable):
        targets.call({"topic": "行动方案对数据中心有什么要求"}, context)
    assert targets.call({"topic": "数据中心运营商2030年要减排多少"}, context).citations[0].document == "itu-l1470"
