"""Tapio's eight states at and around their bounds; quotients by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tools.change.location import quotient, symmetric
from tools.change.tapio import State, coupling, price_margin, state_of


@pytest.mark.parametrize(
    ("emissions", "activity", "state"),
    [
        (-0.05, 0.10, State.STRONG),
        (0.0, 0.10, State.WEAK),
        (0.0799, 0.10, State.WEAK),
        (0.08, 0.10, State.EXPANSIVE_COUPLING),
        (0.10, 0.10, State.EXPANSIVE_COUPLING),
        (0.12, 0.10, State.EXPANSIVE_COUPLING),
        (0.1201, 0.10, State.EXPANSIVE_NEGATIVE),
        (0.05, -0.10, State.STRONG_NEGATIVE),
        (0.0, -0.10, State.WEAK_NEGATIVE),
        (-0.0799, -0.10, State.WEAK_NEGATIVE),
        (-0.08, -0.10, State.RECESSIVE_COUPLING),
        (-0.12, -0.10, State.RECESSIVE_COUPLING),
        (-0.1201, -0.10, State.RECESSIVE),
    ],
)
def test_eight_states(emissions: float, activity: float, state: State) -> None:
    assert state_of(emissions, activity) is state


def test_every_state_is_reached() -> None:
    grid = [(e, a) for e in (-0.3, -0.1, -0.02, 0.02, 0.1, 0.3) for a in (-0.1, 0.1)]
    assert {state_of(e, a) for e, a in grid} == set(State)


def test_elasticity_and_its_refusals() -> None:
    found = coupling(100, 140, 200, 400)  # +40 % over +100 %
    assert found.elasticity == pytest.approx(0.4) and found.state is State.WEAK
    assert found.emissions == pytest.approx(0.4) and found.activity == pytest.approx(1.0)
    for args in ((100, 110, 200, 200), (100, 110, 1000, 1000.5)):
        with pytest.raises(ValueError, match="not defined"):
            coupling(*args)
    for args in ((0, 1, 1, 2), (1, 2, 0, 2)):
        with pytest.raises(ValueError, match="positive"):
            coupling(*args)


def test_price_margin_is_where_the_state_tips() -> None:
    """Emissions +40 %, GDP doubled: real growth must exceed 50 %, so prices may rise by 2 / 1.5 - 1 = 1/3."""
    found = coupling(100, 140, 200, 400)
    margin = price_margin(found)
    assert margin == pytest.approx(1 / 3)
    for prices, state in ((margin - 0.001, State.WEAK), (margin + 0.001, State.EXPANSIVE_COUPLING)):
        assert coupling(100, 140, 200, 400 / (1 + prices)).state is state
    assert price_margin(coupling(100, 90, 200, 400)) is None


def test_location_quotient_by_hand() -> None:
    """Region 1: 30 of 40 in sector 1, the whole 50 of 100: (0.75 / 0.5) = 1.5; region 2: (20/60) / 0.5 = 2/3."""
    values = np.array([[30.0, 10.0], [20.0, 40.0]])
    found = quotient(values)
    assert found == pytest.approx(np.array([[1.5, 0.5], [2 / 3, 4 / 3]]))
    assert symmetric(found) == pytest.approx(np.array([[0.2, -1 / 3], [-0.2, 1 / 7]]))


def test_shares_weigh_to_one_and_gaps_are_no_zero() -> None:
    """Weighted by the regions' sizes the quotients of a sector average to 1; no exports is undefined, not 0."""
    values = np.random.default_rng(3).uniform(0, 9, (5, 7))
    weight = values.sum(1) / values.sum()
    assert weight @ quotient(values) == pytest.approx(np.ones(7))
    values[2] = 0
    values[:, 4] = 0
    found = quotient(values)
    assert np.isnan(found[2]).all() and np.isnan(found[:, 4]).all() and np.isfinite(found[0, :4]).all()
    outside = quotient(np.array([[1.0, 1.0]]), np.array([3.0, 1.0]))
    assert outside == pytest.approx(np.array([[2 / 3, 2.0]]))
    with pytest.raises(ValueError, match="not negative"):
        quotient(-values - 1)
