"""Identities that hold for every balanced table: random ones by Hypothesis, and the shipped one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.mrio import algebra, algebra_extraction, algebra_groups, algebra_multipliers, algebra_supply
from tools.mrio.algebra import Array
from tools.mrio.system import System

FEW = settings(max_examples=40, deadline=None)


@dataclass(frozen=True)
class Economy:
    """A balanced table: R regions, S sectors; some sectors without output."""

    regions: int
    sectors: int
    Z: Array
    Y: Array
    exports: Array
    x: Array
    value_added: Array
    imports: Array
    co2: Array

    @property
    def L(self) -> Array:
        """Leontief inverse."""
        return algebra.calc_L(algebra.calc_A(self.Z, self.x))

    @property
    def f(self) -> Array:
        """Direct intensities."""
        return algebra.calc_f(self.co2, self.x)


@st.composite
def economies(draw: st.DrawFn) -> Economy:
    """Tables of 2-4 regions by 2-5 sectors; what is sold is what is made, and more than is bought."""
    regions, sectors = draw(st.integers(2, 4)), draw(st.integers(2, 5))
    n = regions * sectors
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    flows = random.uniform(0, 10, (n, n)) * (random.random((n, n)) < draw(st.floats(0.2, 1.0)))
    final, exports = random.uniform(0, 40, (n, regions)), random.uniform(0, 10, n)
    idle = random.random(n) < draw(st.sampled_from([0.0, 0.15]))
    idle[0] = False
    flows[idle] = 0.0
    flows[:, idle] = 0.0
    final[idle] = 0.0
    exports[idle] = 0.0
    # A sector that would buy more than nine tenths of what it sells sells more to the first region.
    final[:, 0] += np.maximum(0.0, flows.sum(0) / 0.9 - (flows.sum(1) + final.sum(1) + exports))
    x = flows.sum(1) + final.sum(1) + exports
    rest = x - flows.sum(0)
    imports = rest * random.uniform(0, 0.5, n)
    co2 = random.uniform(0, 5, n) * (x > 0)
    return Economy(regions, sectors, flows, final, exports, x, rest - imports, imports, co2)


@FEW
@given(economies())
def test_production_is_consumption_plus_exports_less_imports(e: Economy) -> None:
    trade = algebra.embodied_trade(e.f, e.L, e.Y, e.regions)
    abroad = algebra.footprint(e.f, e.L, e.exports[:, None]).reshape(e.regions, -1).sum(1)
    made = e.co2.reshape(e.regions, -1).sum(1)
    consumed, sent, came = trade.sum(0), trade.sum(1) - trade.diagonal(), trade.sum(0) - trade.diagonal()
    assert made == pytest.approx(consumed + sent + abroad - came, rel=1e-9)
    assert consumed.sum() + abroad.sum() == pytest.approx(made.sum(), rel=1e-9)


@FEW
@given(economies())
def test_income_based_emissions_sum_to_production(e: Economy) -> None:
    enabling = algebra_supply.enabling_intensity(e.L, e.co2, e.x)
    assert enabling @ (e.value_added + e.imports) == pytest.approx(e.co2.sum(), rel=1e-9)
    whose = np.zeros((len(e.x), e.regions + 1))
    for r in range(e.regions):
        whose[r * e.sectors : (r + 1) * e.sectors, r] = e.value_added[r * e.sectors : (r + 1) * e.sectors]
    whose[:, -1] = e.imports
    parts = algebra_supply.enabled(e.L, e.co2, e.x, whose)
    assert parts.sum(1) == pytest.approx(e.co2, rel=1e-9, abs=1e-12)
    assert parts.sum(0) == pytest.approx(enabling @ whose, rel=1e-9)
    G = algebra_supply.calc_G(algebra_supply.calc_B(e.Z, e.x))
    assert algebra_supply.ghosh_from_leontief(e.L, e.x) == pytest.approx(G, rel=1e-8, abs=1e-10)


@FEW
@given(economies())
def test_value_added_and_import_multipliers_sum_to_one(e: Economy) -> None:
    v = algebra_multipliers.factor_multipliers(algebra_multipliers.coefficients(e.value_added, e.x), e.L)
    m = algebra_multipliers.factor_multipliers(algebra_multipliers.coefficients(e.imports, e.x), e.L)
    active = e.x > 0
    assert (v + m)[active] == pytest.approx(np.ones(active.sum()), rel=1e-9)
    assert np.all(algebra_multipliers.output_multipliers(e.L) >= 1 - 1e-12)


@FEW
@given(economies(), st.data())
def test_extraction_never_adds(e: Economy, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(e.x) - 1), min_size=1, max_size=len(e.x) - 1))
    group = np.array(sorted(chosen))
    whole = algebra_extraction.complete(e.L[:, group], e.x, group)
    back = algebra_extraction.backward(e.L[:, group], e.x, group)
    ahead = algebra_extraction.forward(e.L[group], e.x, group)
    for lost in (whole, back, ahead):
        assert np.all(lost >= 0) and np.all(lost <= e.x * (1 + 1e-9) + 1e-9)
    assert whole[group] == pytest.approx(e.x[group])
    assert np.all(back <= whole + 1e-9), "buying nothing takes no more than leaving altogether"
    assert e.f @ whole >= e.co2[group].sum() * (1 - 1e-9)


@FEW
@given(economies(), st.data())
def test_aggregation_keeps_totals(e: Economy, data: st.DataObject) -> None:
    split = data.draw(st.integers(1, e.regions - 1))
    cut = data.draw(st.integers(1, e.sectors - 1))
    regions = [list(range(split)), list(range(split, e.regions))]
    sectors = [list(range(cut)), list(range(cut, e.sectors))]
    small = algebra_groups.grouped(e.Z, e.Y, e.exports, e.x, e.co2, regions, sectors)
    assert small.Z.sum() == pytest.approx(e.Z.sum()) and small.emissions.sum() == pytest.approx(e.co2.sum())
    assert small.x == pytest.approx(small.Z.sum(1) + small.Y.sum(1) + small.exports), "rows still balance"
    detailed = algebra_groups.detailed_trade(algebra.embodied_trade(e.f, e.L, e.Y, e.regions), regions)
    coarse = small.trade()
    abroad = algebra.calc_f(small.emissions, small.x) @ algebra.calc_L(algebra.calc_A(small.Z, small.x)) @ small.exports
    assert coarse.sum() + abroad == pytest.approx(e.co2.sum(), rel=1e-9)
    assert detailed.sum() <= e.co2.sum() * (1 + 1e-12)


@FEW
@given(economies())
def test_one_by_one_groups_bring_no_bias(e: Economy) -> None:
    own = algebra_groups.grouped(
        e.Z, e.Y, e.exports, e.x, e.co2, [[r] for r in range(e.regions)], [[s] for s in range(e.sectors)]
    )
    assert own.trade() == pytest.approx(algebra.embodied_trade(e.f, e.L, e.Y, e.regions), rel=1e-9, abs=1e-12)


@FEW
@given(economies(), st.randoms(use_true_random=False))
def test_the_order_of_regions_and_sectors_does_not_matter(e: Economy, random: object) -> None:
    space, kinds = list(range(e.regions)), list(range(e.sectors))
    random.shuffle(space)  # type: ignore[attr-defined]
    random.shuffle(kinds)  # type: ignore[attr-defined]
    order = np.array([r * e.sectors + s for r in space for s in kinds])
    moved = Economy(
        e.regions, e.sectors, e.Z[np.ix_(order, order)], e.Y[order][:, space], e.exports[order], e.x[order],
        e.value_added[order], e.imports[order], e.co2[order],
    )  # fmt: skip
    trade = algebra.embodied_trade(e.f, e.L, e.Y, e.regions)
    assert algebra.embodied_trade(moved.f, moved.L, moved.Y, e.regions) == pytest.approx(
        trade[space][:, space], rel=1e-9, abs=1e-12
    )
    assert algebra_multipliers.output_multipliers(moved.L) == pytest.approx(
        algebra_multipliers.output_multipliers(e.L)[order], rel=1e-9
    )
    before = algebra_extraction.complete(e.L[:, [0]], e.x, np.array([0]))
    now = np.flatnonzero(order == 0)
    assert algebra_extraction.complete(moved.L[:, now], moved.x, now) == pytest.approx(
        before[order], rel=1e-9, abs=1e-9
    )


def test_the_shipped_table_keeps_them(provinces: System) -> None:
    m, e = provinces.mrio, provinces.emissions
    enabling = algebra_supply.enabling_intensity(provinces.L, e.co2, m.x)
    assert enabling @ (m.value_added + m.imports) == pytest.approx(e.co2.sum(), rel=1e-9)
    paid = algebra_multipliers.coefficients(m.value_added, m.x) + algebra_multipliers.coefficients(m.imports, m.x)
    active = m.x > 0
    assert algebra_multipliers.factor_multipliers(paid, provinces.L)[active] == pytest.approx(
        np.ones(active.sum()), rel=1e-9
    )
    guangdong = np.arange(42) + 42 * 18
    lost = algebra_extraction.complete(provinces.L[:, guangdong], m.x, guangdong)
    assert np.all(lost >= 0) and lost[guangdong] == pytest.approx(m.x[guangdong])
