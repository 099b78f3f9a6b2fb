"""Structural decomposition: exactness, brute force over all orders, two factors by hand, deflation."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from tools.change.sda import FACTORS, Side, along, decompose, deflated, polar, shapley, split_final


def _side(seed: int, n: int = 6, k: int = 3) -> Side:
    rng = np.random.default_rng(seed)
    A = rng.uniform(0, 1, (n, n))
    A *= 0.7 / A.sum(0)
    Y = rng.uniform(0, 100, (n, k))
    Y[:, 0] -= 5  # stocks may fall
    return Side(rng.uniform(0, 2, n), A, Y)


START, END = _side(1), _side(2)


def _emissions(s: Side) -> np.ndarray:
    """By the plain inverse, not by the module's factorisation."""
    return s.f * (np.linalg.inv(np.eye(len(s.f)) - s.A) @ s.Y.sum(1))


def _brute(start: Side, end: Side) -> np.ndarray:
    """All 120 orders walked one by one, each value from scratch."""

    def value(state: list[int]) -> np.ndarray:
        s = [(start, end)[b] for b in state]
        mix = s[2].Y / s[2].Y.sum(0)
        shares = s[3].Y.sum(0) / s[3].Y.sum()
        demand = mix @ shares * s[4].Y.sum()
        return s[0].f * (np.linalg.inv(np.eye(len(s[0].f)) - s[1].A) @ demand)

    terms = np.zeros((5, len(start.f)))
    orders = list(permutations(range(5)))
    for order in orders:
        state = [0] * 5
        now = value(state)
        for i in order:
            state[i] = 1
            after = value(state)
            terms[i] += (after - now) / len(orders)
            now = after
    return terms


def test_two_factors_by_hand() -> None:
    """V = ab from 2 x 3 to 5 x 7: a's mean effect is 3 x (3 + 7)/2 = 15, b's 4 x (2 + 5)/2 = 14; together 29."""
    value = lambda state: np.array((2.0, 5.0)[state[0]] * (3.0, 7.0)[state[1]])  # noqa: E731
    assert shapley(value, 2) == pytest.approx([15, 14])
    assert polar(value, 2) == pytest.approx([15, 14])  # with two factors the polar mean is the Shapley value
    assert along(value, (0, 1)) == pytest.approx([9, 20])
    assert along(value, (1, 0)) == pytest.approx([21, 8])


def test_three_factors_polar_is_not_shapley() -> None:
    """V = abc from 1 x 1 x 1 to 2 x 3 x 4 by hand: Shapley a: (1 + 12)/3 + (3 + 4)/6 x 1 = 5.5; polar a: (1 + 12)/2."""
    value = lambda s: np.array(float((1, 2)[s[0]] * (1, 3)[s[1]] * (1, 4)[s[2]]))  # noqa: E731
    assert shapley(value, 3)[0] == pytest.approx(1 / 3 * 1 + 1 / 6 * 3 + 1 / 6 * 4 + 1 / 3 * 12)
    assert polar(value, 3)[0] == pytest.approx((1 + 12) / 2)
    assert shapley(value, 3).sum() == polar(value, 3).sum() == pytest.approx(23)


def test_terms_sum_to_the_change() -> None:
    """By sector and in sum, for both averages; the ends are the plain model's."""
    found = decompose(START, END)
    change = _emissions(END) - _emissions(START)
    assert found.start == pytest.approx(_emissions(START), rel=1e-12)
    assert found.end == pytest.approx(_emissions(END), rel=1e-12)
    assert np.abs(found.shapley.sum(0) - change).max() < 1e-9
    assert np.abs(found.polar.sum(0) - change).max() < 1e-9
    totals = found.shapley.sum(1)
    assert (found.low <= totals + 1e-9).all() and (totals <= found.high + 1e-9).all()
    assert (found.high - found.low).max() > 1  # an order matters, which is why the mean is taken
    assert len(FACTORS) == 5


def test_shapley_is_the_mean_over_all_orders() -> None:
    assert decompose(START, END).shapley == pytest.approx(_brute(START, END), abs=1e-9)


def test_only_what_changed_gets_a_term() -> None:
    """Demand doubled in proportion: all of it is scale; intensities halved: all of it is intensity."""
    doubled = decompose(START, Side(START.f, START.A, START.Y * 2))
    assert doubled.shapley[4].sum() == pytest.approx(_emissions(START).sum())
    assert np.abs(doubled.shapley[:4]).max() < 1e-9
    cleaner = decompose(START, Side(START.f / 2, START.A, START.Y))
    assert cleaner.shapley[0].sum() == pytest.approx(-_emissions(START).sum() / 2)
    assert np.abs(cleaner.shapley[1:]).max() < 1e-9


def test_pure_inflation_is_no_change_once_deflated() -> None:
    """Prices rise unevenly, nothing real happens: without deflators terms appear, with them none does."""
    price = np.array([1.1, 1.5, 0.9, 2.0, 1.2, 1.05])
    x = np.linalg.inv(np.eye(6) - START.A) @ START.Y.sum(1)
    co2 = START.f * x
    Y = START.Y * price[:, None]
    A = START.A * price[:, None] / price[None, :]
    nominal = Side(co2 / (x * price), A, Y)
    assert _emissions(nominal) == pytest.approx(co2, rel=1e-12)
    assert np.abs(decompose(START, nominal).shapley.sum(1)).max() > 1
    real_A, real_Y, real_x = deflated(A, Y, x * price, price)
    real = Side(co2 / real_x, real_A, real_Y)
    assert real_A == pytest.approx(START.A, rel=1e-12) and real_x == pytest.approx(x, rel=1e-12)
    assert np.abs(decompose(START, real).shapley).max() < 1e-9
    with pytest.raises(ValueError, match="above zero"):
        deflated(A, Y, x, price * 0)


def test_categories_that_are_empty() -> None:
    """A category that appears has no mix before: its growth is category and scale, not mix."""
    Y0, Y1 = START.Y.copy(), START.Y.copy()
    Y0[:, 2] = 0
    found = decompose(Side(START.f, START.A, Y0), Side(START.f, START.A, Y1))
    assert found.shapley.sum() == pytest.approx(_emissions(START).sum() - _emissions(Side(START.f, START.A, Y0)).sum())
    assert np.abs(found.shapley[2]).max() < 1e-9
    cancels = np.array([[5.0, 1.0], [-5.0, 1.0]])
    with pytest.raises(ValueError, match="join it"):
        split_final(cancels)
    with pytest.raises(ValueError, match="positive"):
        split_final(-np.ones((2, 2)))
    with pytest.raises(ValueError, match="shape"):
        decompose(START, _side(3, n=5))
