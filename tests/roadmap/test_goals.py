"""Goals: bounds and ramps, what a tighter goal costs, verified alternatives, and what is refused."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable
from tools.declare import Context
from tools.result import Result
from tools.roadmap.backcast import corridor
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.engine import Engine
from tools.roadmap.goals import Goal, Terms, standing, tolerance
from tools.roadmap.names import CCUS, COMMON, STRUCT, YEARS, at
from tools.roadmap.nearest import nearest
from tools.roadmap.programme import Problem, Requirements, programme, year_weights
from tools.roadmap.scope import scope_of
from tools.roadmap.study import Study

GOALS = {
    "JS": Goal("cap", 2035, 600.0),
    "SX": Goal("peak", 2028),
    "GD": Goal("budget", 2060, 8000.0),
    "ZJ": Goal("cap", 2040, 250.0, "gross"),
}


def region_of(engine: Engine, code: str) -> int:
    return engine.model.economy.regions.index(code)


@pytest.mark.parametrize("code", GOALS)
def test_a_goal_is_met_and_limits_are_kept(provinces: Engine, code: str) -> None:
    goal, r = GOALS[code], region_of(provinces, code)
    found = provinces.reach(goal, r)
    current, dual = (provinces.path(s).deployment[:, r] for s in ("current_policies", "dual_carbon"))
    u = found.path.deployment[:, r]
    assert found.gap == 0 and standing(goal, found.path, r).met
    assert not standing(goal, provinces.path("current_policies"), r).met
    free = [k for k in range(len(u)) if k != STRUCT]
    assert (u[free] >= current[free] - 1e-9).all() and u.max() <= 1 + 1e-9
    late = slice(at(COMMON), None)
    assert np.diff(u[free, late], axis=1).min() >= -1e-9
    ramp = provinces.model.defaults.value("ramp_limit", "all levers")
    for first, last in pairwise(y for y in YEARS if y >= COMMON and y % 5 == 0):
        own = np.maximum(*(p[free, at(last)] - p[free, at(first)] for p in (current, dual)))
        # a current-policies curve may lie above the straight line between milestones, so a step may start below it
        assert (u[free, at(last)] - u[free, at(first)] <= np.maximum(own, ramp * (last - first)) + 0.05).all()
    others = np.arange(found.path.deployment.shape[1]) != r
    assert np.array_equal(found.path.deployment[:, others], provinces.path("dual_carbon").deployment[:, others])
    assert np.allclose(found.path.gross[: at(COMMON) + 1], provinces.path("dual_carbon").gross[: at(COMMON) + 1])
    assert (found.engineered <= found.most_engineered + 1e-9).all() or not goal.uses_removals


def test_a_budget_is_the_sum_of_the_years_of_the_path(provinces: Engine) -> None:
    r = region_of(provinces, "GD")
    path = provinces.reach(GOALS["GD"], r).path
    total = sum(
        float(path.gross[at(y), r] - path.sink[at(y), r] - path.engineered[at(y), r]) for y in range(2026, 2061)
    )
    assert total == pytest.approx(8000, abs=tolerance(GOALS["GD"]))


@pytest.mark.parametrize(
    ("code", "goals"),
    [
        ("JS", [Goal("cap", 2035, a) for a in (800.0, 720.0, 640.0, 560.0)]),
        ("GD", [Goal("budget", 2060, a) for a in (15000.0, 12000.0, 9000.0, 7000.0)]),
        ("CN", [Goal("cap", 2040, a, "gross") for a in (9000.0, 7000.0, 5000.0)]),
        ("CN", [Goal("neutral", y) for y in (2059, 2055, 2050)]),
    ],
)
def test_a_tighter_goal_is_never_cheaper(
    china: Engine, provinces: Engine, context: Context, code: str, goals: list[Goal]
) -> None:
    from data.classification import NATION, place

    engine = china if code == "CN" else provinces
    scope = scope_of(context.warehouse, NATION if code == "CN" else place(code))
    costs = []
    for goal in goals:
        found = engine.reach(goal, scope.index)
        assert found.gap == 0
        costs.append(Study(scope, goal, found, goal.year, "joint").total_cost("central"))
    assert all(later >= earlier * 0.999 for earlier, later in pairwise(costs))
    assert costs[-1] > costs[0] >= 0


def test_costs_change_the_path_but_not_the_goal(provinces: Engine) -> None:
    r = region_of(provinces, "JS")
    paths = [provinces.reach(GOALS["JS"], r, Terms(costs=c)).path for c in ("low", "central", "high")]
    assert all(standing(GOALS["JS"], p, r).met for p in paths)
    assert not np.allclose(paths[0].deployment[:, r], paths[2].deployment[:, r], atol=1e-3)


@pytest.mark.parametrize(
    ("lane", "code", "goal", "ways"),
    [
        ("china", "CN", Goal("neutral", 2038), 3),
        ("china", "CN", Goal("cap", 2031, 4000.0, "gross"), 3),
        ("china", "CN", Goal("budget", 2060, 3000.0), 3),
        ("provinces", "GD", Goal("budget", 2060, 3000.0), 3),
    ],
)
def test_alternatives_are_feasible_and_near(
    request: pytest.FixtureRequest, lane: str, code: str, goal: Goal, ways: int
) -> None:
    engine: Engine = request.getfixturevalue(lane)
    r = region_of(engine, code)
    missed = engine.reach(goal, r)
    assert missed.gap > 1
    found = nearest(lambda g, t: engine.reach(g, r, t), missed)
    assert len(found) == ways
    for alternative in found:
        other = alternative.found
        assert other.gap == 0 and standing(other.goal, other.path, r).met
        if alternative.way == "later":
            assert other.goal.year > goal.year and other.goal.amount == goal.amount
        elif alternative.way == "residual":
            assert other.goal.year == goal.year and other.goal.amount > goal.amount
        elif alternative.way == "removals":
            used = other.engineered
            assert other.goal.amount >= goal.amount and (used > missed.most_engineered + 1e-9).any()
        elif alternative.way == "fast":
            assert other.goal.amount >= goal.amount and other.goal.year == goal.year and other.terms.fast


def test_without_capture_and_removals_a_goal_is_harder(provinces: Engine) -> None:
    r, goal = region_of(provinces, "GD"), Goal("neutral", 2055)
    bare = provinces.reach(goal, r, Terms(banned=(CCUS,), removals=0.0))
    assert provinces.reach(goal, r).gap == 0 and bare.gap > 10
    assert bare.engineered.max() == 0 and bare.path.captured[:, r].max() == 0


def test_the_programme_finds_the_optimum_of_a_tiny_case_as_a_full_search_does() -> None:
    """Two levers, one milestone, one cap: every combination on a fine grid is tried."""
    slope = np.array([[-40.0], [-60.0]])
    cost = np.array([300.0, 100.0])
    problem = Problem(
        dates=(2030,), levers=(0, 1), low=np.array([[0.1], [0.1]]), top=np.array([[0.9], [0.6]]), start=np.array([0.1, 0.1]),
        step=np.array([[0.8], [0.5]]), cap=np.array([5.0]), cost=cost, removal_cost=1500.0, discount=np.ones(1),
        requirements=Requirements(np.ones((1, 1)), np.ones((1, 1)), np.array([50.0])),
    )  # fmt: skip
    start = np.array([[0.1], [0.1]])
    chosen, removed = programme(problem, np.array([100.0]), slope, start, 1.0)
    grid = [np.linspace(0.1, top, 81) for top in (0.9, 0.6)]
    best = min(
        (
            (300 * 40 * a + 100 * 60 * b + 1500 * c, a, b, c)
            for a, b, c in product(*grid, np.linspace(0, 5, 51))
            if 100 - 40 * (a - 0.1) - 60 * (b - 0.1) - c <= 50 + 1e-9
        ),
        key=lambda found: found[0],
    )
    assert chosen.ravel() == pytest.approx(best[1:3], abs=0.02)
    assert removed[0] == pytest.approx(best[3], abs=0.1)
    found = float(cost @ (np.abs(slope[:, 0]) * chosen[:, 0]) + 1500 * removed[0])
    assert found <= best[0] + 1e-6


def test_what_cannot_be_met_is_exceeded_by_as_little_as_can_be() -> None:
    problem = Problem(
        dates=(2030,), levers=(0,), low=np.zeros((1, 1)), top=np.ones((1, 1)), start=np.zeros(1), step=np.array([[0.25]]),
        cap=np.array([3.0]), cost=np.array([100.0]), removal_cost=1500.0, discount=np.ones(1),
        requirements=Requirements(np.ones((1, 1)), np.ones((1, 1)), np.array([10.0])),
    )  # fmt: skip
    chosen, removed = programme(problem, np.array([100.0]), np.array([[-80.0]]), np.zeros((1, 1)), 1.0)
    assert chosen[0, 0] == pytest.approx(0.25) and removed[0] == pytest.approx(3.0)


def test_year_weights_sum_a_broken_line() -> None:
    dates = (2030, 2035, 2047, 2060)
    weights, first = year_weights(dates)
    knots = np.array([7.0, 3.0, 8.0, -2.0, 5.0])
    annual = np.interp(np.arange(2026, 2061), (2025, *dates), knots)
    assert weights @ knots[1:] + first * knots[0] == pytest.approx(annual.sum(), rel=1e-12)


def test_the_corridor_of_a_cap_ends_at_it() -> None:
    net = np.full(len(YEARS), 100.0)
    found = corridor(2040, net, 1.1, 40.0)
    assert found[at(2040)] == found[-1] == 40
    assert found[at(2034)] == pytest.approx(40 + 60 * 0.5 * 1.1)
    assert np.isinf(found[at(2027)]) and np.isfinite(corridor(2030, net, 1.1, 40.0)[at(2026)])


REFUSED = [
    ({"goal": "cap", "year": 2020, "amount": 300}, "goal_year"),
    ({"goal": "cap", "year": 2015, "percent": 20, "base_year": 2019}, "goal_year"),
    ({"goal": "cap", "year": 2035, "amount": 3000}, "goal_amount"),
    ({"goal": "cap", "year": 2035, "amount": -1}, "goal_amount"),
    ({"goal": "cap", "year": 2035}, "goal_without_amount"),
    ({"goal": "cap", "year": 2035, "amount": 300, "percent": 20}, "goal_without_amount"),
    ({"goal": "cap", "amount": 300}, "goal_without_year"),
    ({"goal": "cap", "year": 2035, "percent": 120}, "goal_percent"),
    ({"goal": "cap", "year": 2035, "percent": 20, "base_year": 2005}, "goal_base_year"),
    ({"goal": "budget", "amount": -5}, "goal_amount"),
    ({"goal": "budget", "amount": 1e6}, "goal_amount"),
    ({"goal": "neutral", "year": 2030}, "goal_year"),
    ({"goal": "neutral", "year": 2070}, "goal_year"),
    ({"goal": "peak", "year": 2020}, "goal_year"),
    ({"goal": "peak"}, "goal_without_year"),
    ({"goal": "costs", "year": 2080}, "goal_year"),
]


@pytest.mark.parametrize(("arguments", "code"), REFUSED)
def test_a_goal_out_of_range_is_refused_with_the_range(
    context: Context, arguments: dict[str, object], code: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        backcast.call({"place": "广东", **arguments}, context)
    assert caught.value.code == code
    assert caught.value.message.zh and caught.value.message.en
    if code == "goal_year":
        assert "2060" in caught.value.message.en or "2040" in caught.value.message.en


def test_groups_and_tibet_are_refused(context: Context) -> None:
    with pytest.raises(BadRequest, match="one of its members"):
        backcast.call({"place": "京津冀", "goal": "neutral", "year": 2055}, context)
    with pytest.raises(NotAvailable, match="no CO2 inventory"):
        backcast.call({"place": "西藏", "goal": "neutral", "year": 2055}, context)


def sound(result: Result) -> None:
    """Every hole of every sentence has its fact, in both languages alike."""
    import re

    for said in [*result.lead, *(s for part in result.sections for s in part.sentences)]:
        for text in (said.text.zh, said.text.en):
            holes = {int(n) for n in re.findall(r"\{(\d+)", text)}
            assert holes == set(range(len(said.facts))), text
        assert not re.search(r"\{[^\d]", said.text.zh)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"place": "China", "goal": "neutral", "year": 2050}, "feasible within"),
        ({"place": "China", "goal": "neutral", "year": 2038}, "not feasible"),
        ({"place": "China", "goal": "cap", "year": 2035, "percent": 30, "account": "gross"}, "30 % below 2025"),
        (
            {"place": "China", "goal": "cap", "year": 2035, "amount": 10200, "account": "net"},
            "without further measures",
        ),
        ({"place": "China", "goal": "peak", "year": 2028}, "peak before 2028"),
        ({"place": "China", "goal": "budget", "amount": 150000}, "over 2026-2060"),
        ({"place": "China", "goal": "costs", "year": 2040, "order": "supply_first"}, "lowest assumed cost"),
        ({"place": "广东", "goal": "neutral", "year": 2055}, "dual-carbon scenario still"),
    ],
)
def test_answers_are_sound(context: Context, arguments: dict[str, object], words: str) -> None:
    result = backcast.call(arguments, context)
    sound(result)
    assert words in result.lead[0].text.en
    assert len(result.lead) <= 4 and result.charts and result.tables
    labels = [f.label.en for f in result.facts]
    assert len(labels) == len(set(labels))


def test_a_place_without_storage_says_so(context: Context) -> None:
    result = backcast.call({"place": "海南", "goal": "neutral", "year": 2058}, context)
    told = " ".join(s.text.en for part in result.sections for s in part.sentences)
    assert "no local onshore storage" in told and "neither capture nor engineered removals" in told
