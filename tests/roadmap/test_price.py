"""Contributions by measure and sector of the roadmap itself, and its costs with and without learning."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from tools.declare import Context
from tools.result import Result, Table
from tools.roadmap.engine import Engine
from tools.roadmap.macc import MEASURES, cost, curve, merit, unit_cost
from tools.roadmap.names import GROUP_KEYS, GROUP_OF, HOUSEHOLDS, LEVER_KEYS, RENEW, at
from tools.roadmap.parts_costs import left_out
from tools.roadmap.scope import scope_of
from tools.roadmap.story import WEDGE_YEARS, Story, tell
from tools.roadmap.study import Study
from tools.roadmap.tool import roadmap
from tools.roadmap.wedges import by_group, by_sector


@pytest.fixture(scope="module", params=["广东", "长三角", "China"])
def story(request: pytest.FixtureRequest, context: Context) -> Story:
    return tell(scope_of(context.warehouse, find_place(request.param)), "dual_carbon", None)


@pytest.fixture(scope="module")
def flagship(context: Context) -> Result:
    return roadmap.call({"place": "广东", "target_year": 2060}, context)


def attached(result: Result, word: str) -> Table:
    return next(t for t in result.tables if word in t.title.zh)


def test_groups_of_sectors_are_the_sectors_put_together(provinces: Engine) -> None:
    r = provinces.model.economy.regions.index("HB")
    single, grouped = by_sector(provinces.model, r), by_group(provinces.model, (r,))
    for g in range(len(GROUP_KEYS)):
        of = [*(i for i, group in enumerate(GROUP_OF) if group == g), *([42] if g == HOUSEHOLDS else [])]
        assert np.array_equal(grouped.sectors[:, g], single.sectors[:, of].sum(axis=1))
        assert np.array_equal(grouped.households[:, g], single.households[:, of].sum(axis=1))


def test_the_matrix_closes_on_both_margins(story: Story) -> None:
    here = list(story.scope.indices)
    for year in WEDGE_YEARS:
        found, t = story.matrices[year], at(year)
        by = story.sectors(story.wedge_end)[t] - story.sectors(story.current)[t]
        groups = np.bincount([*GROUP_OF, HOUSEHOLDS], weights=by, minlength=len(GROUP_KEYS))
        assert found.sum(axis=0) == pytest.approx(groups, rel=1e-9, abs=1e-9)
        difference = story.wedge_end.gross[t, here].sum() - story.current.gross[t, here].sum()
        assert story.lever_wedges[year].sum() == pytest.approx(difference, rel=1e-9)
        # levers against the attribution of the whole at once, which closes its own quadrature gap
        assert story.lever_wedges[year] == pytest.approx(
            story.wedge(story.current, story.wedge_end, year), rel=3e-3, abs=2e-3 * abs(difference)
        )


def test_another_order_moves_the_measures_and_keeps_the_sectors(story: Story) -> None:
    first, joint = story.matrix(2045, "supply_first"), story.matrices[2045]
    assert first.sum(axis=0) == pytest.approx(joint.sum(axis=0), rel=1e-9, abs=1e-9)
    assert first[RENEW].sum() < joint[RENEW].sum() < 0


def test_printed_levers_and_the_attached_matrix_agree(flagship: Result) -> None:
    for year in (2030, 2045, 2060):
        table = attached(flagship, f"{year}年措施×行业较现行政策少排")
        assert [c.unit for c in table.columns[1:]] == ["Mt CO2"] * (len(GROUP_KEYS) + 1)
        rows = np.array([[float(v) for v in row[1:]] for row in table.rows])  # type: ignore[arg-type]
        assert rows[:-1].sum(axis=0) == pytest.approx(rows[-1], abs=1e-9)
        assert rows[:, :-1].sum(axis=1) == pytest.approx(rows[:, -1], abs=1e-9)
        printed = [f.value for f in flagship.facts if f.label.zh.startswith(f"广东{year}年") and "较现行政策少排（2060" in f.label.zh
                   and "先供给侧" not in f.label.zh and "前三项" not in f.label.zh]  # fmt: skip
        assert sorted(printed) == pytest.approx(sorted(rows[:-1, -1]))


def test_the_heat_map_shows_the_matrix(flagship: Result) -> None:
    chart = next(c for c in flagship.charts if c.kind == "heatmap")
    table = attached(flagship, "2045年措施×行业较现行政策少排（2060年中和反演情景，各措施同时推进")
    shown = {r.zh: line for r, line in zip(chart.spec.rows, chart.spec.values, strict=True)}  # type: ignore[union-attr]
    for row in table.rows[:-1]:
        assert list(shown[row[0].zh]) == pytest.approx(list(row[1:-1]))  # type: ignore[union-attr]


def test_learning_lowers_positive_costs_by_its_rate(china: Engine) -> None:
    model = china.model
    for key in MEASURES:
        flat, rate = unit_cost(model, key, "central"), model.defaults.value("mac_learning", key)
        later = unit_cost(model, key, "central", 2045)
        assert later == pytest.approx(flat * (1 - rate / 100) ** 20 if flat > 0 else flat)
        assert unit_cost(model, key, "central", 2025) == pytest.approx(flat)
    assert unit_cost(model, "RENEW", "central", 2045) == pytest.approx(120 * 0.98**20)
    assert unit_cost(model, "EFF", "low", 2060) == -400  # a gain does not shrink by learning
    wedge = np.zeros(len(LEVER_KEYS))
    wedge[LEVER_KEYS.index("H2")] = -10.0
    assert cost(model, wedge, 2.0, "central", 2035) == pytest.approx((10 * 900 * 0.97**10 + 2 * 1500 * 0.98**10) / 100)


def test_places_by_cost_are_told_for_each_case(china: Engine) -> None:
    wedge = -np.ones(len(LEVER_KEYS))
    found = curve(china.model, wedge, 1.0, 2060)
    places = merit(found, china.model, 2060)
    assert [b.key for b in sorted(found.bars, key=lambda b: places[b.key][1])] == [b.key for b in found.bars]
    for case, costs in enumerate(("low", "central", "high")):
        ordered = sorted(places, key=lambda k: places[k][case])
        values = [unit_cost(china.model, k, costs) for k in ordered]  # type: ignore[arg-type]
        assert values == sorted(values)
    after = [unit_cost(china.model, k, "central", 2060) for k in sorted(places, key=lambda k: places[k][3])]
    assert after == sorted(after)
    assert places["EFF"][:2] == (1, 1) and places["CDR"] == (10, 10, 10, 10)
    assert len(set(places["H2"])) > 1  # by 2060 hydrogen has learned past capture


def test_costs_with_learning_stand_beside_those_without(flagship: Result, context: Context) -> None:
    both = [f for f in flagship.facts if "折现到2025年" in f.label.zh]
    assert [("不计学习" in f.label.zh, "计入学习" in f.label.zh) for f in both] == [(True, False), (False, True)]
    flat, learned = both
    assert 0 < learned.value < flat.value and flat.low is not None and flat.low <= flat.value <= (flat.high or 0)
    scope = scope_of(context.warehouse, find_place("广东"))
    story = tell(scope, "dual_carbon", 2060)
    study = Study(scope, None, None, 2045, "joint", told=story.lead)
    assert flat.value == pytest.approx(study.total_cost("central")) and learned.value == pytest.approx(
        study.total_cost("central", learning=True)
    )
    section = next(s for s in flagship.sections if s.heading.zh.startswith("8"))
    words = " ".join(s.text.zh for s in section.sentences)
    assert "不是投资额" in words and "GDP、就业与财政影响未模拟" in words and "四种情形下" in words
    assert [flagship.charts[i].title.zh for i in section.charts] == ["广东2045年边际减排成本曲线"]


def test_a_groups_curve_is_the_sum_of_its_members_measures(context: Context) -> None:
    group = scope_of(context.warehouse, find_place("京津冀"))
    path = group.engine.path("dual_carbon")
    whole = Study(group, None, None, 2040, "joint", told=path)
    t, here = at(2040), list(group.indices)
    before = group.engine.model.year(t, whole.before(path)[..., t])
    avoided = before.emissions[here].sum() + before.households[here].sum() - path.gross[t, here].sum()
    current = group.engine.path("current_policies")
    removed = (path.engineered[t, here] - current.engineered[t, here]).sum()
    assert whole.curve.total == pytest.approx(avoided + removed, rel=1e-6)


@pytest.mark.parametrize("place", ["China", "长三角", "北京", "内蒙古", "山东"])
def test_no_answer_holds_more_figures_than_a_page_can(context: Context, place: str) -> None:
    arguments = {"place": place} if place == "长三角" else {"place": place, "target_year": 2060}
    assert len(roadmap.call(arguments, context).facts) <= 400


def test_fewer_removals_than_under_current_policies_are_not_called_added_emissions(
    china: Engine, context: Context
) -> None:
    scope = scope_of(context.warehouse, find_place("广东"))
    study = Study(scope, None, None, 2045, "joint", told=tell(scope, "dual_carbon", 2060).lead)
    fewer = study.removed(2045) < -1e-3
    words = [s.text.zh for s in left_out(study)]
    assert any("工程移除" in w for w in words) == fewer
    assert not any("工程移除" in w and "增加排放" in w for w in words)
