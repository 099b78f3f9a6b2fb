"""The estimate step by step: small cases worked by hand, and a made-up economy that must balance whatever it holds."""

from __future__ import annotations

import numpy as np
import pytest

from data.build.interprovincial import balance, electricity, final_demand, trade
from data.build.interprovincial.estimate import STOCK, estimate
from data.build.interprovincial.scalars import CENTRAL, HOME_SHARE, SCALARS, VARIED
from data.build.interprovincial.variants import COUNT, choices
from data.errors import DatasetError
from tests.mrio.synthetic import CODES, made_up


def test_odds_share_by_hand() -> None:
    # One row, two equal bases, weights 1 and 3: odds o and 3 o. Parts 10/3 and 6 are odds 1/2 and 3/2, so o = 1/2.
    part = balance.odds_share(np.array([[10.0, 10.0]]), np.array([[1.0, 3.0]]), np.array([10 / 3 + 6.0]))
    assert part[0] == pytest.approx([10 / 3, 6.0], rel=1e-12)
    assert balance.odds_share(np.array([[10.0, 10.0]]), np.ones((1, 2)), np.array([0.0])).tolist() == [[0.0, 0.0]]
    assert balance.odds_share(np.array([[10.0, 10.0]]), np.ones((1, 2)), np.array([20.0])).tolist() == [[10.0, 10.0]]
    with pytest.raises(DatasetError):
        balance.odds_share(np.array([[10.0, 10.0]]), np.ones((1, 2)), np.array([21.0]))


def test_odds_balance_meets_both_sums_inside_the_base() -> None:
    random = np.random.default_rng(3)
    base = random.uniform(1, 50, (6, 5))
    share = 1 / (1 + np.exp(-(random.normal(0, 1, (6, 1)) + random.normal(0, 1, (1, 5)))))
    true = base * share
    found = balance.odds_balance(base, true.sum(1), true.sum(0))
    # The odds form is identified by its sums, so the very matrix comes back.
    assert found == pytest.approx(true, rel=1e-8)
    with pytest.raises(DatasetError):
        balance.odds_balance(base, base.sum(1) * 1.1, base.sum(0) * 1.1)


def test_ipf_by_hand_and_impossible() -> None:
    # Ones with sums (30, 70) and (40, 60) become the outer product over 100.
    fitted = balance.ipf(np.ones((2, 2)), np.array([30.0, 70.0]), np.array([40.0, 60.0]))
    assert fitted == pytest.approx(np.array([[12.0, 18.0], [28.0, 42.0]]))
    with pytest.raises(DatasetError):
        balance.ipf(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([1.0, 2.0]), np.array([2.0, 1.0]), steps=50)


def test_power_is_traced_through_transit() -> None:
    # A sends 10 to B, B passes 6 on to C. B uses 4 of its own mix: it makes 0 = 4 + 6 - 10. So C's 6 come from A.
    flows = np.array([[0.0, 10.0, 0.0], [0.0, 0.0, 6.0], [0.0, 0.0, 0.0]])
    used = np.array([20.0, 4.0, 9.0])
    origin = electricity.trace_power(flows, used).origin
    assert origin == pytest.approx(np.array([[20.0, 4.0, 6.0], [0.0, 0.0, 0.0], [0.0, 0.0, 3.0]]))
    # Mixed: B makes 10 as well, so half of what it uses and sends comes from A.
    mixed = electricity.trace_power(flows, np.array([20.0, 14.0, 9.0])).origin
    assert mixed[:, 1] == pytest.approx([7.0, 7.0, 0.0])
    assert mixed[:, 2] == pytest.approx([3.0, 3.0, 3.0])


def test_distances_are_those_of_the_map() -> None:
    found = trade.distances(CODES)
    at = {code: i for i, code in enumerate(CODES)}
    assert found[at["BJ"], at["GD"]] == pytest.approx(1890, rel=0.02)  # Beijing-Guangzhou as the crow flies
    assert found[at["BJ"], at["TJ"]] == pytest.approx(113, rel=0.05)
    assert np.allclose(found, found.T) and (np.diag(found) == 0).all()


def test_flq_by_hand() -> None:
    # Two equal regions with equal structure: quotient 1, size 1/2, log2(1.5)^0.3.
    output = np.ones((2, 3))
    assert trade.local_quotient(output, 0.3) == pytest.approx(np.full((2, 3), np.log2(1.5) ** 0.3))


def test_own_flow_leaves_partners_for_the_rest() -> None:
    # A holds almost all of a product: without a correction nobody could take what it does not use.
    supply, use = np.array([90.0, 5.0, 5.0]), np.array([70.0, 20.0, 10.0])
    own = trade.own_flow(supply, use, np.ones(3), prior=0.1, weight=0.0)
    flows = trade.product_flows(supply, use, own, np.ones((3, 3)))
    assert flows.sum(1) == pytest.approx(supply)
    assert flows.sum(0) == pytest.approx(use)
    assert (flows >= 0).all()


def test_urban_share_meets_the_nation_and_rises_with_income() -> None:
    gdp, population = np.array([1.0, 2.0, 6.0]), np.array([2.0, 2.0, 2.0])
    share = final_demand.urban_share(gdp, population, 1.5, 0.58)
    assert share.mean() == pytest.approx(0.58)
    assert (np.diff(share) > 0).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_made_up_economy_balances(seed: int) -> None:
    inputs = made_up(seed)
    nation = inputs.national
    found = estimate(inputs, CENTRAL)
    n, s = found.output.shape
    flows = np.einsum("irs,sij->risj", found.share, found.use)
    used = np.einsum("irs,sic->ri", found.share, found.final[:, :, :STOCK]) + found.final[:, :, STOCK]
    assert np.abs(flows.sum((2, 3)) + used + found.exports - found.output).max() < 1e-6
    made = flows.sum((0, 1)) + found.imported_use.sum(1) + found.value_added
    assert np.abs(made - found.output).max() < 1e-6
    for part, whole in (
        (found.use, nation.domestic), (found.imported_use, nation.imported), (found.final, nation.final_domestic),
        (found.imported_final, nation.final_imported), (found.exports, nation.exports),
        (found.value_added, nation.value_added), (found.output, nation.output),
    ):  # fmt: skip
        assert np.abs(part.sum(0) - whole).max() < 1e-6
    assert found.value_added.sum(1) / found.value_added.sum() == pytest.approx(inputs.gdp / inputs.gdp.sum(), rel=1e-9)
    for part in (
        found.use,
        found.imported_use,
        found.final[:, :, :STOCK],
        found.exports,
        found.share,
        found.value_added,
    ):
        assert (part >= 0).all()
    row = electricity.ROW
    bought = found.use[:, row].sum(1) + found.final[:, row].sum(1)
    made_share = (found.output[:, row] - found.exports[:, row]) / bought
    physical = 1 - (inputs.power_trade.sum(0) - inputs.power_trade.sum(1)) / inputs.power_use
    assert made_share == pytest.approx(physical, abs=0.03)
    assert (n, s) == (31, 42)


def test_every_scalar_has_its_reason_and_variants_stay_in_range() -> None:
    assert set(HOME_SHARE) == set(range(1, 43))
    for name, scalar in SCALARS.items():
        assert scalar.low <= scalar.value <= scalar.high, name
        assert len(scalar.reason.zh) > 20 and len(scalar.reason.en) > 40, name
    picked = choices()
    assert len(picked) == COUNT >= 20
    assert picked == choices(), "the variants are always the same"
    for name in VARIED:
        values = [getattr(choice, name) for choice, _ in picked]
        low, high = SCALARS[name].low, SCALARS[name].high
        assert all(low <= v <= high for v in values)
        assert max(values) - min(values) > 0.85 * (high - low), f"{name} is spread over its range"
    assert {by_balance for _, by_balance in picked} == {True, False}
