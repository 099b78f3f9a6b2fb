"""The backcast: it reaches zero where it can, keeps its limits, and says the gap where it cannot."""

from __future__ import annotations

import numpy as np
import pytest

from tools.roadmap.backcast import Backcast, corridor
from tools.roadmap.engine import Engine
from tools.roadmap.names import CCUS, COMMON, LEVER_KEYS, STRUCT, YEARS, at
from tools.roadmap.slope import own_slope

MILESTONES = (COMMON, *range(2030, 2061, 5))


@pytest.fixture(scope="module")
def guangdong(provinces: Engine) -> Backcast:
    return provinces.backcast(2060, provinces.model.economy.regions.index("GD"))


def test_slopes_equal_differences_of_the_model(provinces: Engine) -> None:
    model, t = provinces.model, at(2045)
    region = model.economy.regions.index("JS")
    u = provinces.path("dual_carbon").deployment[..., t]
    gross, slope = own_slope(model, t, u, region)
    assert gross == pytest.approx(provinces.path("dual_carbon").gross[t, region], rel=1e-12)
    for lever in range(len(LEVER_KEYS)):
        if lever == STRUCT:
            assert slope[lever] == 0
            continue
        ends = []
        for step in (1e-4, -1e-4):
            moved = u.copy()
            moved[lever, region] += step
            year = model.year(t, moved)
            ends.append(year.emissions[region].sum() + year.households[region].sum())
        assert slope[lever] == pytest.approx((ends[0] - ends[1]) / 2e-4, rel=1e-5)


def test_guangdong_reaches_net_zero_where_dual_carbon_does_not(provinces: Engine, guangdong: Backcast) -> None:
    r = guangdong.region
    assert provinces.path("dual_carbon").net[-1, r] > 10
    assert guangdong.gap == 0
    assert guangdong.path.net[-1, r] == pytest.approx(0, abs=0.05)
    assert np.allclose(guangdong.path.net, guangdong.path.gross - guangdong.path.removals)


def test_it_keeps_bounds_ramps_and_the_scenario_to_2030(provinces: Engine, guangdong: Backcast) -> None:
    r, dual = guangdong.region, provinces.path("dual_carbon").deployment
    u, ramp = guangdong.path.deployment, provinces.model.defaults.value("ramp_limit", "all levers")
    index = [at(y) for y in MILESTONES]
    steps = np.diff(u[:, r][:, index], axis=1)
    assert steps.min() >= -1e-9
    assert (steps <= np.maximum(np.diff(dual[:, r][:, index], axis=1), 5 * ramp) + 1e-6).all()
    assert u.max() <= 1 + 1e-9 and (u[:, r][:, index] >= dual[:, r][:, index] - 1e-9).all()
    early = at(2030) + 1
    assert np.array_equal(u[:, r, :early], dual[:, r, :early])
    others = np.arange(u.shape[1]) != r
    assert np.array_equal(u[:, others], dual[:, others])


def test_on_its_way_it_emits_no_more_than_the_scenario(provinces: Engine, guangdong: Backcast) -> None:
    r = guangdong.region
    late = [at(y) for y in MILESTONES if y >= 2035]
    assert (guangdong.path.net[late, r] <= provinces.path("dual_carbon").net[late, r] + 0.5).all()
    assert guangdong.engineered.min() >= 0
    assert (guangdong.engineered <= guangdong.most_engineered + 1e-12).all()


def test_a_year_too_early_is_answered_with_the_gap(provinces: Engine) -> None:
    found = provinces.backcast(2040, provinces.model.economy.regions.index("SH"))
    assert found.gap > 1
    assert found.path.net[at(2040), found.region] == pytest.approx(found.gap)


def test_a_lever_taken_away_stays_away(provinces: Engine) -> None:
    region = provinces.model.economy.regions.index("GD")
    found = provinces.backcast(2060, region, (CCUS,))
    assert found.path.deployment[CCUS, region].max() == 0
    assert found.path.captured[:, region].max() == 0
    assert found.gap == 0 or found.path.net[-1, region] == pytest.approx(found.gap)


def test_the_corridor_is_straight_open_before_and_never_above_the_scenario() -> None:
    net = np.full(len(YEARS), 100.0)
    net[at(2050) :] = 5.0
    found = corridor(2060, net, 1.1)
    assert np.isinf(found[: at(2028)]).all()
    assert found[at(2044)] == pytest.approx(100 * (16 / 32) * 1.1)
    assert found[at(2055)] == 5.0 and found[-1] == 0
