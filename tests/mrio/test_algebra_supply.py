"""Ghosh, multipliers, extraction and groups: the textbook's two sectors by hand, brute force, and pymrio on its own table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tools.mrio import algebra, algebra_extraction, algebra_groups, algebra_multipliers, algebra_supply

# Miller & Blair, 2nd ed., chapter 2, example 1: two sectors.
Z = np.array([[150.0, 500.0], [200.0, 100.0]])
X = np.array([1000.0, 2000.0])
Y = np.array([350.0, 1700.0])
V = np.array([650.0, 1400.0])  # payments sector and imports of the same table: x - i'Z
A = algebra.calc_A(Z, X)
L = algebra.calc_L(A)


def test_ghosh_of_the_two_sectors_by_hand() -> None:
    B = algebra_supply.calc_B(Z, X)
    assert B.tolist() == [[0.15, 0.5], [0.1, 0.05]]
    # By hand: |I - B| = 0.85 * 0.95 - 0.5 * 0.1 = 0.7575; G = [[0.95, 0.5], [0.1, 0.85]] / 0.7575.
    G = algebra_supply.calc_G(B)
    assert np.round(G, 4).tolist() == [[1.2541, 0.6601], [0.1320, 1.1221]]
    assert algebra_supply.calc_x_from_v(G, V) == pytest.approx(X)
    assert algebra_supply.ghosh_from_leontief(L, X) == pytest.approx(G, rel=1e-14)


def test_rows_without_output_allot_nothing() -> None:
    flows, output = np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([4.0, 0.0])
    assert algebra_supply.calc_B(flows, output).tolist() == [[0.25, 0.0], [0.0, 0.0]]
    inverse = algebra.calc_L(algebra.calc_A(flows, output))
    direct = algebra_supply.calc_G(algebra_supply.calc_B(flows, output))
    assert algebra_supply.ghosh_from_leontief(inverse, output) == pytest.approx(direct)
    assert algebra_supply.enabling_intensity(inverse, np.array([2.0, 0.0]), output)[1] == 0.0


def test_enabled_emissions_by_hand() -> None:
    # e = (10, 40), f = (0.01, 0.02); G f with G above: (1.25413 * 0.01 + 0.66007 * 0.02, 0.13201 * 0.01 + 1.12211 * 0.02).
    e = np.array([10.0, 40.0])
    m = algebra_supply.enabling_intensity(L, e, X)
    assert m == pytest.approx([0.0257426, 0.0237624], abs=1e-6)
    assert m @ V == pytest.approx(50.0, rel=1e-12), "all primary inputs together stand behind all emissions"
    parts = algebra_supply.enabled(L, e, X, np.diag(V))
    assert parts.sum(1) == pytest.approx(e) and parts.sum(0) == pytest.approx(m * V)


def test_multipliers_of_the_two_sectors() -> None:
    # Chapter 6 takes the column sums of the inverse printed in chapter 2: 1.2541 + 0.2640 and 0.3300 + 1.1221.
    assert algebra_multipliers.output_multipliers(L) == pytest.approx([1.5181, 1.4521], abs=1.01e-4)
    v = algebra_multipliers.coefficients(V, X)
    assert v.tolist() == [0.65, 0.70]
    assert algebra_multipliers.factor_multipliers(v, L) == pytest.approx([1.0, 1.0]), (
        "nothing but primary inputs remains"
    )
    # By hand: (0.02 * 1.25413 + 0.01 * 0.26403) / 0.02 and (0.02 * 0.33003 + 0.01 * 1.12211) / 0.01.
    assert algebra_multipliers.type_i(np.array([0.02, 0.01]), L) == pytest.approx([1.386142, 1.782178], abs=1e-5)
    assert np.isnan(algebra_multipliers.type_i(np.array([0.0, 0.01]), L)[0])
    parts = algebra_multipliers.by_region(np.array([0.02, 0.01]), L, 2)
    assert parts.sum(0) == pytest.approx(np.array([0.02, 0.01]) @ L)


def test_extraction_of_the_two_sectors_by_hand() -> None:
    one = np.array([0])
    # Without sector 1, sector 2 makes 1700 / 0.95 = 1789.4737 instead of 2000.
    assert algebra_extraction.complete(L[:, one], X, one) == pytest.approx([1000.0, 210.526316])
    # It still delivers 350 plus 0.25 * 1789.4737 to sector 2, but buys nothing (its own use falls away too).
    assert algebra_extraction.backward(L[:, one], X, one) == pytest.approx([1000 - 350 - 447.368421, 210.526316])
    # Supply side, row 1 of B zero: x1 = 650 + 0.1 x2 and x2 = 1400 + 0.05 x2, so x2 = 1473.6842 and x1 = 797.3684.
    assert algebra_extraction.forward(L[one], X, one) == pytest.approx([202.631579, 526.315789])


@pytest.mark.parametrize("group", [[0], [3, 7], [1, 2, 3, 9], list(range(4, 8))])
def test_extraction_is_the_table_solved_without_the_group(group: list[int]) -> None:
    generator = np.random.default_rng(3)
    flows = generator.uniform(0, 10, (12, 12))
    final = generator.uniform(0, 50, 12)
    x = flows.sum(1) + final
    flows *= np.minimum(1.0, 0.9 * x / flows.sum(0))[None, :]
    x = flows.sum(1) + final
    paid = x - flows.sum(0)
    a, b = algebra.calc_A(flows, x), algebra_supply.calc_B(flows, x)
    inverse, k = algebra.calc_L(a), np.array(group)
    without = a.copy()
    without[:, k] = 0.0
    back = x - np.linalg.solve(np.eye(12) - without, final)
    assert algebra_extraction.backward(inverse[:, k], x, k) == pytest.approx(back, abs=1e-9)
    kept = final.copy()
    kept[k] = 0.0
    without[k] = 0.0
    gone = x - np.linalg.solve(np.eye(12) - without, kept)
    assert algebra_extraction.complete(inverse[:, k], x, k) == pytest.approx(gone, abs=1e-9)
    shares = b.copy()
    shares[k] = 0.0
    ahead = x - np.linalg.solve(np.eye(12) - shares.T, paid)
    assert algebra_extraction.forward(inverse[k], x, k) == pytest.approx(ahead, abs=1e-9)


def test_groups_sum_the_table_and_refuse_what_is_no_partition() -> None:
    flows = np.arange(16.0).reshape(4, 4)
    final = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    ones = np.ones(4)
    whole = algebra_groups.grouped(flows, final, ones, ones * 9, ones * 2, [[0], [1]], [[0, 1]])
    assert whole.Z.tolist() == [[10.0, 18.0], [42.0, 50.0]] and whole.Y.tolist() == [[4.0, 6.0], [12.0, 14.0]]
    assert whole.x.tolist() == [18.0, 18.0] and whole.emissions.tolist() == [4.0, 4.0] and whole.regions == 2
    for broken in ([[0]], [[0, 1], [1]]):
        with pytest.raises(ValueError, match="exactly one group"):
            algebra_groups.bridge(broken, 2)


@pytest.fixture(scope="module")
def theirs() -> Any:
    """pymrio's own test table, 6 regions of 8 sectors, with everything it can compute."""
    import warnings

    import pymrio

    with warnings.catch_warnings():  # its own deprecation notices
        warnings.simplefilter("ignore")
        return pymrio.load_test().calc_all(include_ghosh=True)


def test_pymrio_coefficients_and_inverses(theirs: Any) -> None:
    flows, final = theirs.Z.to_numpy(float), theirs.Y.to_numpy(float)
    x = algebra.calc_x(flows, final)
    assert np.abs(x / theirs.x.to_numpy()[:, 0] - 1).max() < 1e-9
    a, b = algebra.calc_A(flows, x), algebra_supply.calc_B(flows, x)
    assert np.abs(a - theirs.A.to_numpy()).max() < 1e-9
    inverse = algebra.calc_L(a)
    assert np.abs(inverse - theirs.L.to_numpy()).max() < 1e-9
    # pymrio's B and G are normalised as ours: rows by the seller's output.
    assert np.abs(b - theirs.B.to_numpy()).max() < 1e-9
    assert np.abs(algebra_supply.calc_G(b) - theirs.G.to_numpy()).max() < 1e-9
    assert np.abs(algebra_supply.ghosh_from_leontief(inverse, x) - theirs.G.to_numpy()).max() < 1e-9


def test_pymrio_accounts(theirs: Any) -> None:
    """D_pba, D_cba, D_imp, D_exp by region and sector, for both of its emission types."""
    final = theirs.Y.to_numpy(float).reshape(48, 6, 7).sum(2)
    inverse, x = theirs.L.to_numpy(), theirs.x.to_numpy()[:, 0]
    for row in range(2):
        e = theirs.emissions.F.to_numpy(float)[row]
        f = algebra.calc_f(e, x)
        trade = algebra.embodied_trade(f, inverse, final, 6)
        expected = {
            n: getattr(theirs.emissions, n).iloc[row].to_numpy(float) for n in ("D_cba", "D_pba", "D_imp", "D_exp")
        }
        by_region = {n: v.reshape(6, 8).sum(1) for n, v in expected.items()}
        assert trade.sum(0) == pytest.approx(by_region["D_cba"], rel=1e-9)
        assert trade.sum(0) - np.diagonal(trade) == pytest.approx(by_region["D_imp"], rel=1e-9)
        assert trade.sum(1) - np.diagonal(trade) == pytest.approx(by_region["D_exp"], rel=1e-9)
        assert e == pytest.approx(expected["D_pba"], rel=1e-9)
        for region in range(6):
            detail = algebra.embodied_detail(f, inverse, final[:, region], 8)
            assert detail.sum((1, 2)) == pytest.approx(trade[:, region], rel=1e-9)
            # by final product, pymrio's consumption account of the region
            assert detail.sum((0, 1)) == pytest.approx(expected["D_cba"][8 * region : 8 * region + 8], rel=1e-9)
        m = algebra.embodied_intensity(f, inverse)
        assert m == pytest.approx(theirs.emissions.M.iloc[row].to_numpy(float), rel=1e-9)
        assert algebra_multipliers.factor_multipliers(f, inverse) == pytest.approx(m, rel=1e-12)
        down = algebra_supply.enabling_intensity(inverse, e, x)
        # pymrio's downstream multiplier leaves the sector's own direct emissions out.
        assert down - f == pytest.approx(theirs.emissions.M_down.iloc[row].to_numpy(float), rel=1e-9)
