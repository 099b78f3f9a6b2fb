"""LMDI-I against hand arithmetic, the Divisia line integral, the small-value limit and its own identities."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from tools.change.lmdi import additive, chained, log_mean, multiplicative

# Two sectors, energy = activity x share x intensity: (30, 20) of 50 becomes (80, 16) of 80.
START = np.array([[50.0, 50.0], [0.2, 0.8], [3.0, 0.5]])
END = np.array([[80.0, 80.0], [0.5, 0.5], [2.0, 0.4]])


def test_two_sectors_by_hand() -> None:
    """Weights 50 / ln(8/3) = 50.977 and -4 / ln(0.8) = 17.926; ln 1.6 = 0.4700, ln 2.5 = 0.9163, ln(2/3) = -0.4055."""
    terms = additive(START, END)
    one, two = 50 / log(8 / 3), -4 / log(0.8)
    assert one == pytest.approx(50.977, abs=1e-3) and two == pytest.approx(17.926, abs=1e-3)
    assert terms[0].sum() == pytest.approx((one + two) * log(1.6), abs=1e-12)  # activity 32.39
    assert terms[1].sum() == pytest.approx(one * log(2.5) + two * log(0.625), abs=1e-12)  # structure 38.29
    assert terms[2].sum() == pytest.approx(one * log(2 / 3) - 4.0, abs=1e-12)  # intensity -24.67
    assert terms.sum(1) == pytest.approx([32.385, 38.284, -24.669], abs=2e-3)
    assert terms.sum() == pytest.approx(46.0, abs=1e-12)


def test_multiplicative_product_and_tie_to_additive() -> None:
    """Product of the indices = 96 / 50; each additive term is L(96, 50) times the log of its index (Ang 2004)."""
    index = multiplicative(START, END)
    assert index.prod() == pytest.approx(96 / 50, rel=1e-14)
    whole = float(log_mean(96.0, 50.0))
    assert additive(START, END).sum(1) == pytest.approx(whole * np.log(index), rel=1e-13)
    assert multiplicative(END, START) == pytest.approx(1 / index, rel=1e-13)  # time reversal


def test_is_the_line_integral_of_divisia() -> None:
    """Along exponential paths the Divisia integral of V_k d ln x_jk is the LMDI term; integrated numerically."""
    rate = np.log(END / START)
    for j in range(3):
        for k in range(2):
            v = lambda t, k=k: float((START[:, k] * np.exp(rate[:, k] * t)).prod())  # noqa: E731
            integral, _ = quad(lambda t, j=j, k=k, v=v: v(t) * rate[j, k], 0, 1, epsabs=1e-12)
            assert additive(START, END)[j, k] == pytest.approx(integral, abs=1e-9)


def test_consistent_in_aggregation() -> None:
    """Terms of the parts add to the terms of the whole, whichever way the parts are grouped."""
    rng = np.random.default_rng(5)
    x0, x1 = rng.uniform(0.1, 5, (4, 9)), rng.uniform(0.1, 5, (4, 9))
    groups = [slice(0, 2), slice(2, 7), slice(7, 9)]
    joined = sum(additive(x0[:, g], x1[:, g]).sum(1) for g in groups)
    assert additive(x0, x1).sum(1) == pytest.approx(joined, abs=1e-12)
    v0, v1 = x0.prod(0), x1.prod(0)  # two steps: groups' totals first, then the whole
    level = np.array([v0[g].sum() for g in groups]), np.array([v1[g].sum() for g in groups])
    outer = log_mean(*level[::-1]) / log_mean(v1.sum(), v0.sum())
    within = np.stack([np.log(multiplicative(x0[:, g], x1[:, g])) for g in groups])
    assert np.exp(outer @ within) == pytest.approx(multiplicative(x0, x1), rel=1e-12)


def test_log_mean_of_close_and_far_numbers() -> None:
    """Between geometric and arithmetic mean; exact where the plain formula loses all digits."""
    assert float(log_mean(3.0, 3.0)) == 3.0
    assert float(log_mean(0.0, 7.0)) == 0.0
    for gap in (1e-15, 1e-12, 1e-9, 1e-6):  # L(1, 1 + g) = 1 + g/2 - g^2/12 + O(g^3)
        assert float(log_mean(1.0, 1.0 + gap)) == pytest.approx(1 + gap / 2 - gap**2 / 12, rel=1e-15)
    assert float(log_mean(exp(1.0), 1.0)) == pytest.approx(exp(1.0) - 1, rel=1e-15)
    with pytest.raises(ValueError, match="not negative"):
        log_mean(-1.0, 2.0)


def _small_value(v: float, zeros: int, log_delta: float) -> float:
    """A term by the small-value strategy itself: zeros replaced by delta, in logarithms (delta may be 10^-10^9).

    V0 = r delta^m with r = 1, term = L(V, V0) ln(x1/delta), x1 = 1.
    """
    log_v0 = zeros * log_delta
    weight = v / (log(v) - log_v0)
    return weight * -log_delta


@pytest.mark.parametrize("zeros", [1, 2, 3])
def test_a_part_that_appears_takes_the_small_value_limit(zeros: int) -> None:
    """The term tends to V / (number of zero factors) as delta goes to 0; the others to nothing."""
    near = _small_value(6.0, zeros, -1e9)
    assert near == pytest.approx(6.0 / zeros, rel=1e-8)
    x1 = np.array([[1.0], [2.0], [3.0]])
    x0 = x1.copy()
    x0[:zeros] = 0
    grown = additive(x0, x1)[:, 0]
    assert grown == pytest.approx([6 / zeros] * zeros + [0.0] * (3 - zeros), abs=1e-12)
    assert additive(x1, x0)[:, 0] == pytest.approx(-grown, abs=1e-12)  # vanishing is the reverse
    with_delta = np.where(x0 == 0, 1e-100, x0)  # and the literal replacement comes near
    assert additive(with_delta, x1)[:zeros, 0].sum() == pytest.approx(6.0, rel=0.02)


def test_absent_parts_with_unknown_factors() -> None:
    """A sector that appears has no intensity before: all of it is structure, none intensity; absent twice is nothing."""
    start = np.array([[10.0, 10.0, 10.0], [1.0, 0.0, 0.0], [2.0, np.nan, np.nan]])
    end = np.array([[12.0, 12.0, 12.0], [0.75, 0.25, 0.0], [2.0, 4.0, np.nan]])
    terms = additive(start, end)
    assert terms[:, 1] == pytest.approx([0.0, 12.0, 0.0])
    assert not terms[:, 2].any()
    assert terms.sum() == pytest.approx(12 * 0.75 * 2 + 12 - 20, abs=1e-12)
    with pytest.raises(ValueError, match="unknown in both"):
        additive(np.array([[1.0], [np.nan]]), np.array([[2.0], [np.nan]]))
    with pytest.raises(ValueError, match="not negative"):
        additive(np.array([[-1.0]]), np.array([[2.0]]))
    with pytest.raises(ValueError, match="one shape"):
        additive(np.ones((2, 2)), np.ones((2, 3)))
    with pytest.raises(ValueError, match="does not exist"):
        multiplicative(np.zeros((2, 1)), np.ones((2, 1)))


def test_chain_follows_the_path() -> None:
    """Steps sum to the change between the ends, but a way there and back leaves terms that end points cannot see."""
    there = START * np.array([[1.3], [1.0], [1.0]])
    steps = chained([START, there, END])
    assert steps.sum() == pytest.approx(46.0, abs=1e-11)
    assert steps.sum((0, 2)) != pytest.approx(additive(START, END).sum(1), abs=1e-3)
    smooth = [START * (END / START) ** (i / 50) for i in range(51)]  # along the exponential path both agree
    assert chained(smooth).sum((0, 2)) == pytest.approx(additive(START, END).sum(1), abs=1e-9)
    with pytest.raises(ValueError, match="two years"):
        chained([START])


values = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[values] * 6), min_size=1, max_size=6))
def test_terms_always_sum_to_the_change(rows: list[tuple[float, ...]]) -> None:
    """Whatever vanishes or appears; nothing is left over and nothing is not a number."""
    table = np.array(rows).T
    x0, x1 = table[:3], table[3:]
    terms = additive(x0, x1)
    change = x1.prod(0).sum() - x0.prod(0).sum()
    scale = max(1.0, np.abs(x0.prod(0)).sum(), np.abs(x1.prod(0)).sum())
    assert np.isfinite(terms).all()
    assert abs(terms.sum() - change) <= 1e-9 * scale
