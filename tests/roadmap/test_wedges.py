"""Attribution: sums, single levers, and exact Shapley values as an oracle."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from tools.roadmap.engine import Engine
from tools.roadmap.model import Model
from tools.roadmap.names import LEVER_KEYS, at
from tools.roadmap.wedges import by_region, by_sector, wedges

K = len(LEVER_KEYS)


def emitted(model: Model, t: int, u: np.ndarray) -> np.ndarray:
    year = model.year(t, u)
    return np.asarray(year.emissions.sum(axis=(1, 2)) + year.households.sum(axis=1))


@pytest.mark.parametrize("lane_name", ["china", "provinces"])
@pytest.mark.parametrize("year", [2030, 2060])
def test_wedges_sum_to_the_difference(request: pytest.FixtureRequest, lane_name: str, year: int) -> None:
    lane: Engine = request.getfixturevalue(lane_name)
    t = at(year)
    u0, u1 = (lane.path(s).deployment[..., t] for s in ("current_policies", "dual_carbon"))
    found, gap = wedges(lane.model, u0, u1, t, by_region(lane.model))
    exact = emitted(lane.model, t, u1) - emitted(lane.model, t, u0)
    assert np.allclose(found.sum(axis=0), exact, rtol=1e-9, atol=1e-9)
    assert gap < 1e-3


def test_sectors_add_up_to_the_region(provinces: Engine) -> None:
    t, model = at(2045), provinces.model
    u0, u1 = (provinces.path(s).deployment[..., t] for s in ("current_policies", "dual_carbon"))
    region = model.economy.regions.index("GD")
    whole, _ = wedges(model, u0, u1, t, by_region(model))
    parts, _ = wedges(model, u0, u1, t, by_sector(model, region))
    assert np.allclose(parts.sum(axis=1), whole[:, region], rtol=1e-3, atol=1e-2)


@pytest.mark.parametrize("lever", range(K))
def test_a_lever_alone_is_its_direct_difference(china: Engine, lever: int) -> None:
    t, model = at(2045), china.model
    u0 = china.path("current_policies").deployment[..., t]
    u1 = u0.copy()
    u1[lever] = china.path("dual_carbon").deployment[lever, :, t]
    found, gap = wedges(model, u0, u1, t, by_region(model))
    direct = emitted(model, t, u1) - emitted(model, t, u0)
    assert found[lever] == pytest.approx(direct, rel=1e-9)
    assert np.abs(np.delete(found, lever, axis=0)).max() < 1e-9 and gap < 1e-3


@pytest.mark.parametrize("year", [2045, 2060])
def test_large_wedges_lie_near_exact_shapley_values(china: Engine, year: int) -> None:
    """All 512 coalitions, from the technology of 2025 to dual carbon."""
    t, model = at(year), china.model
    u1 = china.path("dual_carbon").deployment[..., t]
    u0 = china.path("dual_carbon").deployment[..., at(2025)]
    worth = {
        members: float(emitted(model, t, np.where(np.array(members)[:, None], u1, u0))[0])
        for members in product((False, True), repeat=K)
    }
    shapley = np.zeros(K)
    for members, value in worth.items():
        size = sum(members)
        if size == K:
            continue
        weight = math.factorial(size) * math.factorial(K - 1 - size) / math.factorial(K)
        for k in range(K):
            if not members[k]:
                joined = tuple(m or i == k for i, m in enumerate(members))
                shapley[k] += weight * (worth[joined] - value)
    found, _ = wedges(model, u0, u1, t, by_region(model))
    total = abs(shapley.sum())
    assert found.sum() == pytest.approx(shapley.sum(), rel=1e-9)
    for k in range(K):
        if abs(shapley[k]) > 0.05 * total:
            assert found[k, 0] == pytest.approx(shapley[k], rel=0.10)
