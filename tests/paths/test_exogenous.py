"""Shocks by hand, against fresh solves, and their plain properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paths.test_spa import economy
from tools.mrio.algebra import calc_L
from tools.paths.exogenous import column_change, output_change, row_change

# A = [[.1, .2], [.3, 0]], y = (0, 84): x = (20, 90).
A2, Y2, X2 = np.array([[0.1, 0.2], [0.3, 0.0]]), np.array([0.0, 84.0]), np.array([20.0, 90.0])
L2 = calc_L(A2)
FIRST, SECOND = np.array([0]), np.array([1])


def test_hand_examples() -> None:
    assert pytest.approx(X2) == L2 @ Y2
    # Final demand for product 2 less by 8.4 (10 %): both outputs less by 10 %.
    assert L2 @ np.array([0.0, -8.4]) == pytest.approx([-2.0, -9.0])
    # Output of sector 1 less by 10: sector 2 sells it .3 * 10 less and keeps its final demand: x = (10, 87).
    assert output_change(L2[:, FIRST], FIRST, np.array([-10.0])) == pytest.approx([-10.0, -3.0])
    # Sector 2 uses 10 % less of product 1: x1 = .1 x1 + .18 x2, x2 = .3 x1 + 84, so x2 = 84 / .94.
    x2 = 84 / 0.94
    assert row_change(L2[:, FIRST], np.array([[0.0, -0.02]]), X2) == pytest.approx([0.2 * x2 - 20, x2 - 90])
    # The same said of column 2.
    assert column_change(L2 @ np.array([[-0.02], [0.0]]), SECOND, X2) == pytest.approx([0.2 * x2 - 20, x2 - 90])


def fresh(A: Any, y: Any) -> Any:
    return np.linalg.solve(np.eye(len(A)) - A, y)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 20), st.floats(-1, 0.1))
def test_changed_coefficients_equal_a_fresh_solve(seed: int, n: int, share: float) -> None:
    A, _, y, _ = economy(seed, n)
    y[0] += 1.0
    L, x, own = calc_L(A), fresh(A, y), np.array([0, 2])
    D = A[own] * share
    D[:, own] = 0.0
    changed = A.copy()
    changed[own] += D
    assert x + row_change(L[:, own], D, x) == pytest.approx(fresh(changed, y), rel=1e-9, abs=1e-9)
    C = A[:, own] * share
    changed = A.copy()
    changed[:, own] += C
    Y = np.column_stack([y, y[::-1]])
    X = fresh(A, Y)
    assert X + column_change(L @ C, own, X) == pytest.approx(fresh(changed, Y), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 20), st.floats(0, 1), st.floats(0, 1))
def test_shocks_are_monotone_nothing_from_nothing_and_linear_where_said(seed: int, n: int, a: float, b: float) -> None:
    A, _, y, _ = economy(seed, n)
    y += 0.5
    small, large = sorted((a, b))
    L, x, own = calc_L(A), fresh(A, y), np.array([1])
    D = A[own].copy()
    D[:, own] = 0.0

    def falls(share: float) -> tuple[Any, Any, Any]:
        return (
            share * (L @ y), -output_change(L[:, own], own, -share * x[own]), -row_change(L[:, own], -share * D, x),
        )  # fmt: skip

    for none, little, more, whole in zip(falls(0.0), falls(small), falls(large), falls(1.0), strict=True):
        assert np.abs(none).max() == 0
        assert (little >= -1e-9).all() and (more >= little - 1e-9).all() and (whole <= x + 1e-9).all()
    for share in (small, large):
        for part, whole in zip(falls(share)[:2], falls(1.0)[:2], strict=True):
            assert part == pytest.approx(share * whole, rel=1e-9, abs=1e-12)


def test_the_mixed_model_meets_the_given_output_and_leaves_other_final_demand(provinces: Any) -> None:
    L, A, x = provinces.L, provinces.mrio.A, provinces.mrio.x
    own = np.array([provinces.mrio.at("NM", 24), provinces.mrio.at("HE", 14)])
    change = -0.1 * x[own]
    dx = output_change(L[:, own], own, change)
    assert dx[own] == pytest.approx(change, rel=1e-9)
    dy = dx - A @ dx
    others = np.delete(dy, own)
    assert np.abs(others).max() < 1e-7 and (dy[own] < 0).all()
