"""Abatement costs and the measure by sector matrix: they add up, whatever the order."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import NATION, place
from tools.declare import Context
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.engine import Engine
from tools.roadmap.goals import Goal
from tools.roadmap.macc import MEASURES, cost, curve, present_value, ranks
from tools.roadmap.names import GROUP_KEYS, HOUSEHOLDS, LEVER_KEYS, RENEW, SECTORS, at
from tools.roadmap.scope import scope_of
from tools.roadmap.storage import onshore, to_store
from tools.roadmap.study import Study
from tools.roadmap.wedges import by_region, by_sector, ordered, wedges


@pytest.fixture(scope="module")
def guangdong(context: Context, provinces: Engine) -> Study:
    scope = scope_of(context.warehouse, place("GD"))
    goal = Goal("neutral", 2055)
    return Study(scope, goal, provinces.reach(goal, scope.index), 2045, "joint")


@pytest.mark.parametrize("order", ["joint", "supply_first"])
def test_the_matrix_adds_up_both_ways(guangdong: Study, order: str) -> None:
    study = Study(guangdong.scope, guangdong.goal, guangdong.found, 2045, order)  # type: ignore[arg-type]
    t, r = at(2045), study.region
    matrix = study.matrix
    assert matrix.shape == (len(LEVER_KEYS), len(GROUP_KEYS))
    whole = matrix.sum() + study.others
    assert whole == pytest.approx(study.path.gross[t, r] - study.current.gross[t, r], rel=1e-9)
    before = study.engine.model.year(t, study.before(study.path)[..., t])
    households = study.path.households[t, r].sum() - before.households[r].sum()
    assert matrix[:, HOUSEHOLDS].sum() == pytest.approx(households, rel=1e-9)
    power = study.path.emissions[t, r, 23].sum() - before.emissions[r, 23].sum()
    assert matrix[:, GROUP_KEYS.index("PWR")].sum() == pytest.approx(power, rel=1e-9)
    assert matrix.sum(axis=1).sum() == pytest.approx(matrix.sum(axis=0).sum(), rel=1e-12)


def test_measures_of_the_matrix_are_those_of_the_whole(guangdong: Study) -> None:
    assert guangdong.matrix.sum(axis=1) == pytest.approx(guangdong.own(2045), rel=2e-3, abs=0.02)


def test_supply_first_gives_the_grid_its_own_difference_and_keeps_the_sum(china: Engine) -> None:
    t, model = at(2045), china.model
    u0, u1 = (china.path(s).deployment[..., t] for s in ("current_policies", "dual_carbon"))
    columns = by_sector(model, 0)
    joint, first = wedges(model, u0, u1, t, columns)[0], ordered(model, u0, u1, t, columns, "supply_first")
    assert first.sum(axis=0) == pytest.approx(joint.sum(axis=0), rel=1e-9, abs=1e-9)
    assert first.shape == (len(LEVER_KEYS), SECTORS + 1)
    between = u0.copy()
    between[RENEW] = u1[RENEW]
    alone, _ = wedges(model, u0, between, t, by_region(model))
    assert first[RENEW].sum() == pytest.approx(alone[RENEW, 0], rel=1e-9)
    assert first[RENEW].sum() < joint[RENEW].sum() < 0


def test_the_curve_sums_to_what_is_avoided_and_rises(guangdong: Study) -> None:
    found, t, r = guangdong.curve, at(2045), guangdong.region
    before = guangdong.engine.model.year(t, guangdong.before(guangdong.path)[..., t])
    avoided = before.emissions[r].sum() + before.households[r].sum() - guangdong.path.gross[t, r]
    removed = guangdong.path.engineered[t, r] - guangdong.current.engineered[t, r]
    assert found.total == pytest.approx(avoided + removed, rel=1e-3)
    costs = [b.central for b in found.bars]
    assert costs == sorted(costs) and all(b.amount > 0 for b in found.bars)
    assert all(b.low <= b.central <= b.high for b in (*found.bars, *found.adding))


def test_a_measure_that_adds_emissions_is_not_drawn_as_abatement(china: Engine) -> None:
    wedge = -np.arange(1.0, 10.0)
    wedge[LEVER_KEYS.index("H2")] = 4.0
    found = curve(china.model, wedge, 3.0, 2045)
    assert [b.key for b in found.adding] == ["H2"] and found.adding[0].amount == -4
    assert found.total == pytest.approx(-wedge.sum() + 3)
    assert {b.key for b in found.bars} == set(MEASURES) - {"H2"}


def test_costs_by_hand(china: Engine) -> None:
    wedge = np.zeros(len(LEVER_KEYS))
    wedge[LEVER_KEYS.index("CCUS")], wedge[LEVER_KEYS.index("EFF")] = -10.0, -50.0
    # 10 Mt at 450 yuan/t and 2 Mt at 1,500: 4,500 + 3,000 million yuan; efficiency is assumed to save and counts as free
    assert cost(china.model, wedge, 2.0, "central") == pytest.approx(75.0)
    assert cost(china.model, wedge, 2.0, "high") == pytest.approx((10 * 900 + 50 * 150 + 2 * 3000) / 100)
    flat = present_value(china.model, {2026: 100.0, 2060: 100.0})
    assert flat == pytest.approx(sum(100 / 1.04**n for n in range(1, 36)), rel=1e-12)


def test_ranks_are_by_what_is_avoided() -> None:
    wedge = np.zeros(len(LEVER_KEYS))
    wedge[RENEW], wedge[0], wedge[5] = -30.0, -10.0, 8.0
    assert ranks(wedge, 20.0) == {"RENEW": 1, "CDR": 2, "STRUCT": 3}


def test_chart_and_table_of_the_curve_agree(context: Context) -> None:
    result = backcast.call({"place": "江苏", "goal": "costs", "year": 2040}, context)
    chart = next(c for c in result.charts if c.kind == "fan")
    x, widths = chart.spec.x, []  # type: ignore[union-attr]
    for i, series in enumerate(chart.spec.series):  # type: ignore[union-attr]
        assert {n for n, v in enumerate(series.y) if v is not None} == {2 * i, 2 * i + 1}
        widths.append(float(x[2 * i + 1]) - float(x[2 * i]))  # type: ignore[arg-type]
    amounts = [f.value for f in result.facts if "cost curve" in f.label.en]
    assert sorted(widths) == pytest.approx(sorted(amounts)[-len(widths) :])
    money = [s.text.en for s in result.lead]
    assert any("no investment" in s and "not modelled" in s for s in money)


def test_storage_counts_capture_and_removals(context: Context, guangdong: Study) -> None:
    captured, removed = to_store(guangdong.path, guangdong.region)
    later = slice(at(2026), None)
    assert captured == pytest.approx(guangdong.path.captured[later, guangdong.region].sum()) and captured > 0
    assert removed == pytest.approx(guangdong.path.engineered[later, guangdong.region].sum())
    rows = context.warehouse.rows("SELECT region, mt FROM storage")
    assert onshore(context.warehouse, "GD") == pytest.approx(sum(mt for code, mt in rows if code == "GD"))
    assert onshore(context.warehouse, None) == pytest.approx(sum(mt for _, mt in rows))
    assert onshore(context.warehouse, "HI") is None
    assert scope_of(context.warehouse, NATION).nation
