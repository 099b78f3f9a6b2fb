"""Joint reduction as numbers: a hand example, identities of links, coalitions and savings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.mrio import Emissions, Mrio
from tests.paths.test_spa import economy
from tools.mrio.system import System
from tools.paths.coalitions import coalitions, interaction, shapley
from tools.paths.joint_numbers import (
    End,
    Measures,
    between,
    bought,
    buyers,
    carried,
    delivered,
    final_demand,
    required,
    shared_upstream,
    through,
)

MILL, BUILDER = End((0,), (1,)), End((0,), (2,))


def system_of(A: Any, f: Any, y: Any) -> System:
    """One region of n sectors that sells ``y`` to final use."""
    n = len(A)
    x = np.linalg.solve(np.eye(n) - A, y)
    zero = np.zeros(n)
    mrio = Mrio(2017, "estimated", ("XX",), tuple(range(1, n + 1)), A, x, np.repeat(y[:, None, None], 1, 2), zero, x * (1 - A.sum(0)),
                zero, np.zeros((n, 1, 1)))  # fmt: skip
    return System(mrio, Emissions(2017, f * x, np.zeros((n, 4)), f, np.zeros(1), (), ()))


def test_mill_and_builder_by_hand() -> None:
    # The mill sells only to the builder, .5 per unit; nothing else is bought: x = (50, 100), f = (2, .1): 110 in all.
    system = system_of(np.array([[0.0, 0.5], [0.0, 0.0]]), np.array([2.0, 0.1]), np.array([0.0, 100.0]))
    assert buyers(system, (MILL, BUILDER)) == (False, True) and buyers(system, (BUILDER, MILL)) == (True, False)
    assert between(system, MILL, BUILDER) == pytest.approx(100) and between(system, BUILDER, MILL) == 0
    assert bought(system, MILL, BUILDER) == pytest.approx((50, 50))
    measures = Measures((MILL, BUILDER), (False, True), 0.1, 0.2)
    # Alone: .1 * 2 * 50 = 10, .2 * 50 * 2 = 20; together 100 - 2 * .9 * 50 * .8 = 28; overlap -2, shared alike.
    assert measures.summary(system) == pytest.approx([10, 20, 28, -2, 9, 19])
    assert measures.for_users(system) == pytest.approx([28, 0])


def test_shapley_of_a_known_game() -> None:
    # The glove game (Shapley and Shubik): two own a left glove, one a right one: (1/6, 1/6, 4/6).
    def pairs(c: frozenset[int]) -> float:
        return float(min(len(c & {0, 1}), len(c & {2})))

    assert shapley(pairs, 3) == pytest.approx([1 / 6, 1 / 6, 4 / 6])
    assert len(coalitions(3)) == 8 and interaction(pairs, 3) == 1


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5000), st.integers(5, 15), st.floats(0, 1), st.floats(0, 1))
def test_savings_are_positive_monotone_and_overlap(seed: int, n: int, a: float, b: float) -> None:
    A, f, y, _ = economy(seed, n)
    system = system_of(A, f, y + 1.0)
    ends = (End((0,), (1,)), End((0,), (2,)), End((0,), (3,)))
    measures = Measures(ends, buyers(system, ends), a, b)
    values = measures.values(system)
    assert values[frozenset()] == pytest.approx(0, abs=1e-9)
    for c in values:
        assert (measures.saved(system, c) >= -1e-9).all()
        for other in values:
            if c <= other:
                assert values[other] >= values[c] - 1e-9
    found = measures.summary(system)
    assert found[4] <= 1e-9  # the same tonne is saved once
    assert found[5:].sum() == pytest.approx(found[3], rel=1e-9, abs=1e-9)
    assert measures.for_users(system).sum() == pytest.approx(found[3], rel=1e-9, abs=1e-9)
    nothing = replace(measures, emitter_cut=0.0, use_cut=0.0)
    assert np.abs(nothing.summary(system)).max() < 1e-9


def test_a_measure_is_a_fresh_solve(provinces: System) -> None:
    mrio, f = provinces.mrio, provinces.emissions.f
    js, he = mrio.regions.index("JS"), mrio.regions.index("HE")
    mill, builder = End((he,), (14,)), End((js,), (27,))
    assert buyers(provinces, (builder, mill)) == (True, False)
    A, g = mrio.A.copy(), f.copy()
    metals, b = [r * 42 + 13 for r in range(31)], mrio.at("JS", 27)
    A[metals, b] *= 0.9
    g[mrio.at("HE", 14)] *= 0.9
    y = final_demand(provinces)
    before = f @ np.linalg.solve(np.eye(len(f)) - mrio.A, y)
    after = np.linalg.solve(np.eye(len(f)) - A, y)
    alone, together = before - f @ after, before - g @ after
    found = Measures((builder, mill), (True, False), 0.1, 0.1).summary(provinces)
    assert found[0] == pytest.approx(alone, rel=1e-7)
    assert found[1] == pytest.approx(0.1 * provinces.emissions.co2[mrio.at("HE", 14)], rel=1e-9)
    assert found[2] == pytest.approx(together, rel=1e-7)


def test_links_are_parts_of_the_footprint(provinces: System) -> None:
    mrio = provinces.mrio
    mill, builder = End((mrio.regions.index("HE"),), (14,)), End((mrio.regions.index("JS"),), (27,))
    i, j = mrio.at("HE", 14), mrio.at("JS", 27)
    assert between(provinces, mill, builder) == pytest.approx(float(provinces.pairs[i, j]), rel=1e-12)
    assert carried(provinces, builder).sum() == pytest.approx(float(provinces.pairs[:, j].sum()), rel=1e-12)
    passing = through(provinces, mill, builder)
    assert passing[i] == pytest.approx(between(provinces, mill, builder), rel=1e-9)
    assert (passing <= carried(provinces, builder) + 1e-9).all()
    # Extract the mill: what remains of the builder's footprint is the rest.
    A = mrio.A.copy()
    A[i] = 0.0
    remaining = provinces.emissions.f @ np.linalg.solve(
        np.eye(len(A)) - A, np.eye(len(A))[j] * final_demand(provinces)[j]
    )
    assert passing.sum() == pytest.approx(float(carried(provinces, builder).sum() - remaining), rel=1e-8)
    needed = required(provinces, mill)
    assert needed[i] == pytest.approx(float(provinces.emissions.co2[i]), rel=1e-9)
    assert delivered(provinces, mill).sum() == pytest.approx(1.0, rel=1e-9)
    shared = shared_upstream(provinces, (mill, builder))
    assert shared[i] == shared[j] == 0 and (shared <= needed + 1e-12).all()
