"""The algebra against worked examples of Miller and Blair (2009), and against pymrio as an independent library."""

from __future__ import annotations

import numpy as np
import pytest

from tools.mrio import algebra

# Miller & Blair, 2nd ed., section 2.2.2 (example 1): two sectors, f and x as printed.
Z = np.array([[150.0, 500.0], [200.0, 100.0]])
Y = np.array([350.0, 1700.0])


def test_two_sector_example_of_the_textbook() -> None:
    x = algebra.calc_x(Z, Y)
    assert x.tolist() == [1000.0, 2000.0]
    A = algebra.calc_A(Z, x)
    assert A.tolist() == [[0.15, 0.25], [0.20, 0.05]]
    L = algebra.calc_L(A)
    # Printed to four decimals in the book.
    assert np.round(L, 4).tolist() == [[1.2541, 0.3300], [0.2640, 1.1221]]
    # New final demand 600 and 1,500: the book's new outputs.
    assert np.round(L @ [600.0, 1500.0], 1).tolist() == [1247.5, 1841.6]


def test_coefficients_without_output_are_zero_and_flows_come_back() -> None:
    A = algebra.calc_A(np.array([[1.0, 0.0], [2.0, 0.0]]), np.array([10.0, 0.0]))
    assert A.tolist() == [[0.1, 0.0], [0.2, 0.0]]
    assert algebra.calc_Z(algebra.calc_A(Z, algebra.calc_x(Z, Y)), algebra.calc_x(Z, Y)) == pytest.approx(Z)


def test_linkages_average_one_and_match_sums_by_hand() -> None:
    L = algebra.calc_L(algebra.calc_A(Z, algebra.calc_x(Z, Y)))
    power, sensitivity = algebra.power_of_dispersion(L), algebra.sensitivity_of_dispersion(L)
    assert power.mean() == pytest.approx(1.0) and sensitivity.mean() == pytest.approx(1.0)
    # From the printed inverse: column sums 1.5181 and 1.4521, row sums 1.5841 and 1.3861, total 2.9702.
    assert power == pytest.approx([1.5181 / 1.4851, 1.4521 / 1.4851], abs=1e-4)
    assert sensitivity == pytest.approx([1.5841 / 1.4851, 1.3861 / 1.4851], abs=1e-4)


@pytest.fixture
def system() -> dict[str, np.ndarray]:
    """Three regions of four sectors with a seeded, balanced table."""
    generator = np.random.default_rng(7)
    flows = generator.uniform(0, 10, (12, 12))
    final = generator.uniform(0, 40, (12, 3))
    abroad = generator.uniform(0, 10, 12)
    x = flows.sum(1) + final.sum(1) + abroad
    return {"Z": flows, "Y": final, "e": abroad, "x": x, "co2": generator.uniform(0, 5, 12)}


def test_production_is_consumption_plus_exports_for_every_sector(system: dict[str, np.ndarray]) -> None:
    L = algebra.calc_L(algebra.calc_A(system["Z"], system["x"]))
    f = algebra.calc_f(system["co2"], system["x"])
    caused = algebra.footprint(f, L, system["Y"]).sum(1) + algebra.footprint(f, L, system["e"][:, None])[:, 0]
    assert caused == pytest.approx(system["co2"], rel=1e-12)
    trade = algebra.embodied_trade(f, L, system["Y"], 3)
    assert trade.sum() == pytest.approx(algebra.footprint(f, L, system["Y"]).sum(), rel=1e-12)
    pairs = algebra.chain(f, L, system["Y"].sum(1) + system["e"])
    assert pairs.sum(1) == pytest.approx(system["co2"], rel=1e-12)
    assert pairs.sum(0) == pytest.approx(
        algebra.embodied_intensity(f, L) * (system["Y"].sum(1) + system["e"]), rel=1e-12
    )


def test_against_pymrio(system: dict[str, np.ndarray]) -> None:
    import pandas  # type: ignore[import-untyped]
    from pymrio.tools import iomath

    x = system["x"]
    A = algebra.calc_A(system["Z"], x)
    L = algebra.calc_L(A)
    theirs_a = iomath.calc_A(pandas.DataFrame(system["Z"]), pandas.Series(x).to_frame())
    assert np.abs(A - theirs_a.to_numpy()).max() < 1e-12
    assert np.abs(L - iomath.calc_L(theirs_a).to_numpy()).max() < 1e-9
    f = algebra.calc_f(system["co2"], x)
    S = iomath.calc_S(pandas.DataFrame(system["co2"][None, :]), x)
    assert np.abs(f - S.to_numpy()[0]).max() < 1e-12
    M = iomath.calc_M(S, pandas.DataFrame(L))
    assert np.abs(algebra.embodied_intensity(f, L) - M.to_numpy()[0]).max() < 1e-9


def test_aggregation_and_top() -> None:
    assert algebra.aggregate(np.arange(9.0).reshape(3, 3), [[0, 2], [1]], [[0], [1, 2]]).tolist() == [
        [6.0, 18.0],
        [3.0, 9.0],
    ]
    assert algebra.top([1.0, 5.0, 0.0, 5.0, -2.0], 4) == [1, 3, 0]
