"""Deployment curves and the operators' steps, for any parameters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.roadmap.bands import latin_hypercube
from tools.roadmap.engine import Engine
from tools.roadmap.levers import Curve, s_curve
from tools.roadmap.names import COMMON, GROUP_KEYS, GROUP_OF, LEVER_KEYS, YEARS, at
from tools.roadmap.operators import steps, technology

shares = st.floats(0, 1)


@given(start=st.floats(2000, 2030), span=st.floats(5, 60), place=st.floats(0.1, 0.9))
def test_an_s_curve_rises_from_zero_to_one(start: float, span: float, place: float) -> None:
    curve = s_curve(start, start + place * span, start + span)
    assert curve.min() >= 0 and curve.max() <= 1
    assert np.diff(curve).min() >= -1e-12
    assert s_curve(start, start + place * span, start + span, [start, start + span]) == pytest.approx([0, 1])


def test_an_s_curve_takes_six_tenths_of_its_span_from_ten_to_ninety_percent() -> None:
    fine = np.linspace(2000, 2100, 100_001)
    rate = 2 * np.log(9) / (0.6 * 100)
    logistic = 1 / (1 + np.exp(-rate * (fine - 2050)))
    ten, ninety = (fine[np.searchsorted(logistic, q)] for q in (0.1, 0.9))
    assert ninety - ten == pytest.approx(60, abs=0.01)


@given(reached=st.floats(0, 0.4), top=shares, lag=st.floats(-3, 5), scale=st.floats(0.5, 1))
def test_a_deployment_path_keeps_its_history_and_never_falls(
    reached: float, top: float, lag: float, scale: float
) -> None:
    curve = Curve(2012, 2037, 2062, top, reached)
    plain, moved = curve.path(), curve.path(lag, scale)
    common = at(COMMON) + 1
    assert np.array_equal(plain[:common], moved[:common])
    assert np.diff(moved).min() >= -1e-12
    assert moved.max() <= max(reached, top) + 1e-12


def test_a_later_curve_lies_below_and_has_slope_in_2025() -> None:
    curve = Curve(2012, 2037, 2062, 0.965, 0.145)
    assert (curve.path(3.0) <= curve.path() + 1e-12).all()
    assert curve.path()[at(2026)] > curve.path()[at(2025)]


@settings(max_examples=30, deadline=None)
@given(u=st.lists(shares, min_size=9, max_size=9), w=st.lists(st.floats(0.5, 1.5), min_size=9, max_size=9))
def test_what_levers_leave_are_shares(china: Engine, u: list[float], w: list[float]) -> None:
    found = steps(china.model.potentials, np.array(u)[None, :, None], np.array(w)[None])
    for part in (found.saved, found.half, found.fuel, found.process, found.kept, found.power_fuels):
        assert part.min() >= 0 and part.max() <= 1 + 1e-12
    assert found.power.min() >= 0 and found.gas_for_coal.min() >= 0


def test_no_lever_changes_nothing(china: Engine) -> None:
    model = china.model
    found = technology(model.potentials, model.base, np.zeros((len(LEVER_KEYS), 1)), 1.0)
    assert np.array_equal(found.emissions, model.base.intensity)
    assert np.allclose(found.rows, 1.0) and np.allclose(found.household_rows, 1.0)
    assert found.captured.max() == 0


def test_full_capture_takes_the_potential_of_each_group(china: Engine) -> None:
    model = china.model
    u = np.zeros((len(LEVER_KEYS), 1))
    u[LEVER_KEYS.index("CCUS")] = 1.0
    found = technology(model.potentials, model.base, u, 1.0)
    before = model.base.intensity.sum(axis=-1)[0]
    for position, group in enumerate(GROUP_OF):
        share = model.potentials.capture[group]
        assert found.captured[0, position] == pytest.approx(share * before[position])
    assert model.potentials.capture[GROUP_KEYS.index("PWR")] == pytest.approx(0.7)


def test_the_batch_axis_gives_what_single_calls_give(china: Engine) -> None:
    model = china.model
    rng = np.random.default_rng(5)
    u = rng.random((4, len(LEVER_KEYS), 1))
    batch = technology(model.potentials, model.base, u, np.full(4, 1.2))
    for n in range(4):
        single = technology(model.potentials, model.base, u[n], 1.2)
        assert np.allclose(batch.rows[n], single.rows) and np.allclose(batch.emissions[n], single.emissions)
    assert len(YEARS) == 44


def test_the_latin_hypercube_is_that_of_scipy() -> None:
    from scipy.stats import qmc

    known = qmc.LatinHypercube(d=7, rng=np.random.default_rng(11)).random(48)
    found = latin_hypercube(7, 48, 11)
    assert np.array_equal(found, known)
    assert (np.sort((found * 48).astype(int), axis=0) == np.arange(48)[:, None]).all()
