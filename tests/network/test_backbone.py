"""Flows and backbones: against integrals, hand examples and identities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from tests.network.conftest import NETWORKS, random_network
from tools.mrio.algebra import chain
from tools.mrio.system import System
from tools.network.backbone import disparity_filter, significance, top_share
from tools.network.flows import between, delivery_flows, links, part, within


def test_self_loops_and_negative_flows_are_left_out_and_told() -> None:
    found = links(np.array([[5.0, 2.0], [-1.0, 3.0]]))
    assert found.weights.tolist() == [[0.0, 2.0], [0.0, 0.0]]
    assert (found.own, found.negative, found.total) == (8.0, -1.0, 2.0)
    assert found.own_share == pytest.approx(0.8)
    assert links(np.zeros((3, 3))).own_share == 0.0
    with pytest.raises(ValueError, match="finite"):
        links(np.array([[0.0, np.nan], [1.0, 0.0]]))


def test_the_largest_share_by_hand() -> None:
    weights = np.zeros((4, 4))
    weights[0, 1], weights[1, 2], weights[2, 3], weights[3, 0] = 8.0, 4.0, 3.0, 1.0
    found = top_share(links(weights), 12.5)  # two of sixteen
    assert list(zip(found.source.tolist(), found.target.tolist(), strict=True)) == [(0, 1), (1, 2)]
    assert found.covered == pytest.approx(12 / 16)
    assert found.reached == pytest.approx(3 / 4)
    assert found.edges == 4
    whole = top_share(links(weights), 100)
    assert whole.covered == pytest.approx(1.0) and len(whole.weight) == 4  # never an edge of weight 0
    assert (whole.matrix() == weights).all()
    assert len(top_share(links(weights), 1e-6).weight) == 1
    assert len(top_share(links(np.zeros((3, 3))), 5).weight) == 0
    even = top_share(links(np.ones((4, 4))), 25)  # of equal flows the first four
    assert list(zip(even.source.tolist(), even.target.tolist(), strict=True)) == [(0, 1), (0, 2), (0, 3), (1, 0)]
    for wrong in (0, -1, 101):
        with pytest.raises(ValueError, match="percent"):
            top_share(links(weights), wrong)


@pytest.mark.parametrize("name", NETWORKS)
def test_significance_is_serranos_integral(name: str) -> None:
    weights = NETWORKS[name]

    def one(k: int, p: float) -> float:
        return 1.0 if k < 2 else 1 - (k - 1) * quad(lambda x: (1 - x) ** (k - 2), 0, min(p, 1.0))[0]

    found = significance(weights)
    for i, j in zip(*np.nonzero(weights), strict=True):
        sent, received = weights[i], weights[:, j]
        expected = min(
            one(int((sent > 0).sum()), weights[i, j] / sent.sum()),
            one(int((received > 0).sum()), weights[i, j] / received.sum()),
        )
        assert found[i, j] == pytest.approx(expected, abs=1e-9)
    assert (found[weights == 0] == 1.0).all()


def test_the_disparity_filter_keeps_what_matters_to_a_small_node() -> None:
    """A large hub that spreads evenly, and a small node that sends nearly all of its little to one partner."""
    weights = np.zeros((22, 22))
    weights[0, 1:11] = 100.0
    weights[11, 12:] = 0.1
    weights[11, 12] = 9.0
    kept = disparity_filter(links(weights), 0.05)
    assert list(zip(kept.source.tolist(), kept.target.tolist(), strict=True)) == [(11, 12)]
    # The largest flows see only the hub.
    assert set(top_share(links(weights), 2).source.tolist()) == {0}
    # Even splitting is never significant, nor the single edge of a node.
    assert len(disparity_filter(links(weights[:11, :11]), 0.05).weight) == 0
    for wrong in (0.0, 1.0):
        with pytest.raises(ValueError, match="alpha"):
            disparity_filter(links(weights), wrong)


@pytest.mark.parametrize("name", NETWORKS)
def test_stricter_filters_nest_and_relabelling_changes_nothing(name: str) -> None:
    weights = NETWORKS[name]
    strict, loose = disparity_filter(links(weights), 0.05), disparity_filter(links(weights), 0.3)
    assert ((strict.matrix() > 0) <= (loose.matrix() > 0)).all()
    assert strict.covered <= loose.covered <= 1
    order = np.random.default_rng(1).permutation(len(weights))
    moved = disparity_filter(links(weights[np.ix_(order, order)]), 0.3)
    assert (moved.matrix() == loose.matrix()[np.ix_(order, order)]).all()


def test_embodied_flows_by_hand() -> None:
    """Miller and Blair's two-sector table: L = [[1.2541, .33], [.2640, 1.1221]], final demand 600 and 1500."""
    A = np.array([[0.15, 0.25], [0.20, 0.05]])
    L, y, f = np.linalg.inv(np.eye(2) - A), np.array([600.0, 1500.0]), np.array([0.5, 0.2])
    x = L @ y
    flows = chain(f, L, y)
    assert flows == pytest.approx(np.array([[376.238, 247.525], [31.683, 336.634]]), abs=1e-3)
    assert flows.sum() == pytest.approx(f @ x)  # every tonne once
    assert flows.sum(1) == pytest.approx(f * x)
    e = f @ L
    deliveries = delivery_flows(e, A * x)
    assert deliveries == pytest.approx(e[:, None] * A * x)
    # Carbon in what is bought and emitted is carbon in what is sold, sector by sector.
    assert deliveries.sum(0) + f * x == pytest.approx(e * x)


def test_aggregations_add_up() -> None:
    flows = random_network(2, 12, 0.9) + np.diag(np.arange(12.0))
    blocks = [range(0, 4), range(4, 8), range(8, 12)]
    assert within(flows, blocks) == pytest.approx(flows.reshape(3, 4, 3, 4).sum((0, 2)))
    assert within(flows, blocks[:1]) == pytest.approx(flows[:4, :4])
    assert between(flows, 3) == pytest.approx(
        np.array([[flows[a][:, b].sum() for b in map(list, blocks)] for a in map(list, blocks)])
    )
    assert part(flows, [1, 5]).tolist() == [[flows[1, 1], flows[1, 5]], [flows[5, 1], flows[5, 5]]]


def test_the_chains_of_the_table_hold_every_tonne(provinces: System) -> None:
    """Chains of all provinces and sectors add to the emissions; between provinces to what was embodied in all products."""
    demand = provinces.mrio.y.sum(1) + provinces.mrio.exports
    flows = chain(provinces.emissions.f, provinces.L, demand)
    assert flows.sum() == pytest.approx(provinces.emissions.co2.sum(), rel=1e-9)
    coarse = between(flows, 31)
    assert coarse.sum(1) == pytest.approx(provinces.emissions.co2.reshape(31, 42).sum(1), rel=1e-9)
    found = links(flows)
    kept = top_share(found, 1.0)
    assert len(kept.weight) == round(1302 * 1302 / 100)
    assert 0.8 < kept.covered < 0.95
