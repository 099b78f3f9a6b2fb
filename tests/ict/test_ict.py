"""The ICT calculators by hand, their refusals, their honesty, both languages alike."""

from __future__ import annotations

import re

import pytest

from data.errors import BadRequest, NotAvailable, TanluError, UnknownName
from data.text import Text
from tools.declare import Context
from tools.ict.effects import net_second_order, with_higher_order
from tools.ict.isc_checklist import clauses_of, isc_checklist
from tools.ict.l1470 import BRANCHES, l1470
from tools.ict.l1480 import l1480
from tools.ict.solutions import EFFECTS, SOLUTIONS, SOURCES, find_solution
from tools.ict.trajectory import grown, level, reduction_factor
from tools.result import Basis, Result


def _holes(result: Result) -> None:
    """Both languages of each sentence hold the same figures and citations."""
    for s in result.lead:
        assert sorted(re.findall(r"\{c?\d+", s.text.zh)) == sorted(re.findall(r"\{c?\d+", s.text.en)), s.text


def test_the_line_by_hand() -> None:
    """45 % in ten years: 4.5 points a year; from 2022 to 2028 of 62 %: 0.504 / 0.876."""
    assert level(45, 2024) == pytest.approx(0.82)
    assert reduction_factor(45, 2020, 2030) == pytest.approx(0.55)
    assert reduction_factor(62, 2022, 2028) == pytest.approx(0.504 / 0.876)
    assert grown(100, 5, 2) == pytest.approx(110.25)
    with pytest.raises(ValueError, match="2031"):
        level(45, 2031)


@pytest.mark.parametrize(
    ("words", "cut", "verified"),
    [("移动运营商", 45, True), ("fixed network operator", 62, False), ("数据中心", 53, False), ("sector", 45, True)],
)
def test_cuts_and_their_marks(context: Context, words: str, cut: float, verified: bool) -> None:
    result = l1470.call({"subsector": words}, context)
    (asked,) = [f for f in result.facts if f.basis is Basis.TARGET]
    assert asked.value == cut
    assert ("(verified)" in asked.label.en) is verified
    assert any("unverified" in c.en for c in result.caveats) is not verified
    assert result.facts[1].value == pytest.approx(100 - cut)
    assert all(f.unit == "%" for f in result.facts)  # no tonnage of a sub-sector is known, so none is given
    assert any("无数据" in c.zh for c in result.caveats)
    _holes(result)


def test_a_companys_target_and_the_gap_to_growth(context: Context) -> None:
    result = l1470.call({"subsector": "data centre", "emissions": 50_000, "base_year": 2020, "growth": 5}, context)
    values = {f.label.en: f.value for f in result.facts}
    assert values["target for 2030"] == pytest.approx(0.0235)
    assert values["without measures in 2030"] == pytest.approx(0.05 * 1.05**10)
    assert values["to be cut by 2030"] == pytest.approx(0.05 * 1.05**10 - 0.0235)
    _holes(result)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"subsector": "钢铁"}, "not_for_this_sector"),
        ({"subsector": "power"}, "not_for_this_sector"),
        ({"subsector": "user equipment"}, "no_reduction"),
        ({"subsector": "mobile", "place": "广东"}, "not_for_a_place"),
        ({"subsector": "mobile", "target_year": 2040}, "year_without_trajectory"),
        ({"subsector": "mobile", "base_year": 2015}, "year_without_trajectory"),
        ({"subsector": "mobile", "base_year": 2028, "target_year": 2025}, "years_order"),
        ({"subsector": "qwertz"}, "unknown_subsector"),
    ],
)
def test_where_there_is_no_trajectory(context: Context, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(TanluError) as caught:
        l1470.call(arguments, context)
    assert caught.value.code == code
    assert isinstance(caught.value, (NotAvailable, BadRequest, UnknownName))


def test_every_branch_is_backed_by_a_target(context: Context) -> None:
    for branch in BRANCHES:
        assert l1470.call({"subsector": branch.key}, context).citations


def test_net_effect_by_hand(context: Context) -> None:
    assert net_second_order(1000, 400, 50) == 550
    assert with_higher_order(550, 30) == 520
    result = l1480.call(
        {"reference": 1000, "with_solution": 400, "first_order": 50, "higher_order": 30, "users": 200}, context
    )
    values = {f.label.en: f.value * 1e6 for f in result.facts if f.unit == "Mt CO2e"}
    assert values["net second order effect (positive: avoided)"] == pytest.approx(550)
    assert values["total with higher order effects"] == pytest.approx(520)
    assert values["net second order effect per user"] == pytest.approx(2.75)
    assert any("Sign convention" in m.en for m in result.method)
    _holes(result)


def test_added_emissions_are_said_to_be_added(context: Context) -> None:
    result = l1480.call({"reference": 100, "with_solution": 90, "first_order": 50, "tier": 1}, context)
    assert "增加排放" in result.lead[0].text.zh and "added" in result.lead[0].text.en
    assert result.facts[3].value == pytest.approx(-40e-6)


def test_what_may_be_claimed(context: Context) -> None:
    figures = {"reference": 1000, "with_solution": 400, "first_order": 50}
    for tier in (None, 3):
        inner = l1480.call({**figures, "tier": tier}, context)
        assert (
            "internal screening" in inner.title.en and "内部筛查" in inner.tables[0].title.zh
        )  # goes with every export
    public = l1480.call({**figures, "tier": 2}, context)
    assert "internal screening" not in public.title.en + " ".join(s.text.en for s in public.lead)
    for result in (inner, public):
        assert any("never netted" in c.en for c in result.caveats)
        assert any("not in this figure" in s.text.en for s in result.lead)  # higher order effects were not given


def test_data_needed_by_effect_and_tier(context: Context) -> None:
    result = l1480.call({"solution": "远程会议平台"}, context)
    assert not result.facts
    (tree,) = result.tables
    effects = {row[0] for row in tree.rows}
    assert effects == set(EFFECTS.values())
    assert [c.name.en for c in tree.columns[3:]] == ["Tier 1", "Tier 2", "Tier 3"]
    said = " ".join(s.text.zh for s in result.lead)
    for branch in ("终端设备", "网络传输", "数据中心", "出行", "办公场所", "反弹"):
        assert branch in said
    assert any("our reading" in c.en for c in result.caveats)
    assert {c.clause for c in result.citations} >= {"效应", "层级"}
    _holes(result)


def test_missing_inputs_are_named(context: Context) -> None:
    result = l1480.call({"reference": 1000, "with_solution": 400}, context)
    assert "first order F" in result.lead[0].text.en and "一阶效应F" in result.lead[0].text.zh
    assert "E_ref" not in result.lead[0].text.en
    assert not any(f.label.en.startswith("net second order") for f in result.facts)


def test_trees_are_whole() -> None:
    assert {s.key for s in SOLUTIONS} == {"remote_meeting", "smart_building", "logistics", "generic"}
    for solution in SOLUTIONS:
        assert {b.effect for b in solution.branches} == set(EFFECTS) == set(SOURCES)
    assert find_solution("video conferencing").key == "remote_meeting"
    assert find_solution("智慧农业").key == "generic"


@pytest.mark.parametrize("arguments", [{"tier": 4}, {"reference": -1}, {"users": 0}])
def test_wrong_assessments(context: Context, arguments: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        l1480.call(arguments, context)


def test_the_checklist_has_every_clause(context: Context) -> None:
    assert [len(g) for g in clauses_of(context.library)] == [7, 8, 9]
    result = isc_checklist.call({}, context)
    assert result.facts[-1].value == 24
    listed = next(t for t in result.tables if len(t.rows) == 24)
    assert {row[4] for row in listed.rows} == {Text("未回答", "unanswered")}
    _holes(result)


def test_counts_by_layer(context: Context) -> None:
    result = isc_checklist.call({"yes": ["4.2", "4.4", "5.1.1"], "partly": ["4.5"], "no": ["5.2.4"]}, context)
    values = {f.label.en: f.value for f in result.facts}
    assert values["architecture layers (4.2–4.8): yes"] == 2
    assert values["architecture layers (4.2–4.8): unanswered"] == 4
    assert values["functions for enterprises (5.2): no"] == 1
    assert [values[f"whole checklist: {s}"] for s in ("yes", "partly", "no", "unanswered")] == [3, 1, 1, 19]
    said = " ".join(s.text.en for s in result.lead)
    assert "Missing by the owner's answer: 5.2.4" in said and "4.3 Infrastructure" in said
    assert any("certifies nothing" in c.en for c in result.caveats) and any(
        "may have moved" in c.en for c in result.caveats
    )
    _holes(result)


def test_one_side(context: Context) -> None:
    result = isc_checklist.call({"side": "enterprise"}, context)
    assert max(len(t.rows) for t in result.tables) == 16


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"yes": ["4.1"]}, UnknownName),
        ({"yes": ["5.3.1"]}, UnknownName),
        ({"yes": ["4.2"], "no": ["4.2"]}, BadRequest),
        ({"yes": ["5.1.1"], "side": "enterprise"}, BadRequest),
    ],
)
def test_wrong_answers(context: Context, arguments: dict[str, object], error: type[TanluError]) -> None:
    with pytest.raises(error):
        isc_checklist.call(arguments, context)


def test_what_may_be_claimed_leads_where_it_is_asked(context: Context) -> None:
    third = l1480.call({"tier": 3, "asks": "claims"}, context)
    assert (
        "不得用于对公众和消费者的宣传" in third.lead[0].text.zh and "internal screening only" in third.lead[0].text.en
    )
    first = l1480.call({"tier": 1, "asks": "claims"}, context)
    assert "可用于对外沟通" in first.lead[0].text.zh
    every = l1480.call({"asks": "claims"}, context)
    assert "tier 3" in every.lead[0].text.en and "Tiers 1" not in every.lead[0].text.en
    assert {c.clause for c in every.citations} == {"层级", "报告", "报告内容"}


def test_avoided_emissions_are_never_netted(context: Context) -> None:
    result = l1480.call({"asks": "netting"}, context)
    assert result.lead[0].text.zh.startswith("不能抵扣") and result.lead[0].text.en.startswith("No:")
    assert not result.facts and {c.clause for c in result.citations} == {"报告内容", "报告"}
