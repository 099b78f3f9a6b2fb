"""Every measure against NetworkX, worked examples and what must not change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx
import numpy as np
import pytest

from tests.network.conftest import NETWORKS, in_parts, no_cycle, random_network
from tools.mrio.algebra import Array
from tools.network import groups, paths, spectral
from tools.network.measures import CENTRALITIES, MEASURES, Graph, measured


def graph_of(weights: Array) -> networkx.DiGraph[int]:
    """The same network for NetworkX, with lengths by plain division."""
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    positive = [float(w) for w in weights.ravel() if w > 0]
    mean = sum(positive) / len(positive)
    for i, j in zip(*np.nonzero(weights), strict=True):
        graph.add_edge(int(i), int(j), weight=float(weights[i, j]), length=mean / float(weights[i, j]))
    return graph


def _katz(graph: Any, weights: Array) -> Any:
    return networkx.katz_centrality_numpy(graph, alpha=spectral.attenuation(weights), weight="weight")


def _hits(graph: Any, which: int) -> Any:
    return networkx.hits(graph, max_iter=100_000, tol=1e-15)[which]


THEIRS: dict[str, Callable[[Any, Array], Any]] = {
    "strength": lambda g, w: dict(g.degree(weight="weight")),
    "in_strength": lambda g, w: dict(g.in_degree(weight="weight")),
    "out_strength": lambda g, w: dict(g.out_degree(weight="weight")),
    "eigenvector": lambda g, w: networkx.eigenvector_centrality(g, max_iter=200_000, tol=1e-14, weight="weight"),
    "katz": _katz,
    "pagerank": lambda g, w: networkx.pagerank(g, tol=1e-14, max_iter=10_000),
    "hub": lambda g, w: _hits(g, 0),
    "authority": lambda g, w: _hits(g, 1),
    "betweenness": lambda g, w: networkx.betweenness_centrality(g, weight="length"),
    "closeness": lambda g, w: networkx.closeness_centrality(g, distance="length"),
    "clustering": lambda g, w: networkx.clustering(g, weight="weight"),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("key", CENTRALITIES)
def test_equal_to_networkx(key: str, name: str) -> None:
    weights = NETWORKS[name]
    ours = MEASURES[key].function(Graph(weights))
    if key == "eigenvector" and not spectral.cyclic(weights):
        assert np.isnan(ours).all()
        return
    theirs = THEIRS[key](graph_of(weights), weights)
    assert ours == pytest.approx([theirs[i] for i in range(len(weights))], abs=1e-8, rel=1e-8)


def test_every_centrality_is_checked_against_networkx() -> None:
    assert set(THEIRS) == set(CENTRALITIES)


def test_betweenness_by_hand() -> None:
    """A star: every pair of the four leaves meets in the centre, 12 ordered pairs of (n - 1)(n - 2) = 12."""
    star = np.zeros((5, 5))
    star[0, 1:] = star[1:, 0] = 2.0
    found = measured(star, ("betweenness", "closeness", "clustering"))
    assert found["betweenness"] == pytest.approx([100.0, 0, 0, 0, 0])
    assert found["closeness"] == pytest.approx([1.0, *[4 / 7] * 4])
    assert found["clustering"] == pytest.approx(np.zeros(5))
    # A square: two equally short ways between opposite corners, so that each node takes half of two pairs in six.
    square = np.zeros((4, 4))
    for i in range(4):
        square[i, (i + 1) % 4] = square[(i + 1) % 4, i] = 1.0
    assert measured(square, ("betweenness",))["betweenness"] == pytest.approx([100 / 6] * 4)


def test_a_strong_detour_is_shorter_than_a_weak_edge() -> None:
    weights = np.zeros((3, 3))
    weights[0, 2], weights[0, 1], weights[1, 2] = 1.0, 10.0, 10.0
    mean = 7.0
    assert paths.distances(weights)[0, 2] == pytest.approx(2 * mean / 10)
    assert measured(weights, ("betweenness",))["betweenness"] == pytest.approx([0.0, 50.0, 0.0])


def test_pagerank_and_katz_by_hand() -> None:
    """1 -> 2: PageRank solves p1 = .075 + .425 p2, p2 = .075 + .85 p1 + .425 p2, as node 2 starts anew anywhere."""
    weights = np.array([[0.0, 3.0], [0.0, 0.0]])
    assert spectral.pagerank(weights) == pytest.approx([1 / 2.85, 1.85 / 2.85])
    # Katz, attenuation 1/2 of the incoming flow of 3: x = (1, 1 + 3/6).
    assert spectral.katz(weights) == pytest.approx(np.array([1, 1.5]) / np.sqrt(3.25))


def test_clustering_of_a_cycle_and_of_a_full_triangle() -> None:
    cycle = np.zeros((3, 3))
    cycle[0, 1] = cycle[1, 2] = cycle[2, 0] = 5.0
    # One of the two possible directed triangles at each node.
    assert groups.clustering(cycle) == pytest.approx([0.5] * 3)
    assert groups.clustering(np.ones((3, 3)) - np.eye(3)) == pytest.approx([1.0] * 3)


@pytest.mark.parametrize("key", CENTRALITIES)
def test_relabelling_changes_nothing(key: str) -> None:
    weights = random_network(21, 18)
    order = np.random.default_rng(5).permutation(18)
    plain = measured(weights, (key,))[key]
    assert measured(weights[np.ix_(order, order)], (key,))[key] == pytest.approx(plain[order], abs=1e-9)


@pytest.mark.parametrize("key", [k for k in CENTRALITIES if MEASURES[k].unit is not None])
def test_the_unit_of_the_flows_changes_nothing(key: str) -> None:
    weights = random_network(22, 12)
    assert measured(weights * 1e4, (key,))[key] == pytest.approx(measured(weights, (key,))[key], abs=1e-9)


def test_nodes_without_edges_and_empty_networks() -> None:
    found = measured(in_parts())
    for key in ("strength", "betweenness", "closeness", "clustering", "hub", "eigenvector"):
        assert found[key][14:] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert (found["pagerank"][14:] > 0).all() and found["pagerank"].sum() == pytest.approx(100.0)
    empty = measured(np.zeros((4, 4)))
    assert np.isnan(empty["eigenvector"]).all() and np.isnan(empty["hub"]).all()
    assert empty["pagerank"] == pytest.approx([25.0] * 4)
    for key in ("strength", "betweenness", "closeness", "clustering"):
        assert empty[key] == pytest.approx(np.zeros(4))


def test_no_eigenvector_without_a_cycle() -> None:
    assert np.isnan(measured(no_cycle(), ("eigenvector",))["eigenvector"]).all()
    assert spectral.spectral_radius(no_cycle()) == 0.0
    assert spectral.spectral_radius(random_network(1)) == pytest.approx(
        np.abs(np.linalg.eigvals(random_network(1))).max()
    )


def test_communities_find_planted_clusters_and_their_modularity() -> None:
    random = np.random.default_rng(8)
    planted = np.repeat([0, 1, 2], 8)
    weights = np.where(planted[:, None] == planted[None, :], 10.0, 0.5) * random.uniform(0.5, 1.5, (24, 24))
    np.fill_diagonal(weights, 0.0)
    order = random.permutation(24)
    found = groups.communities(weights[np.ix_(order, order)])
    assert found.count == 3
    assert all(len(set(found.label[planted[order] == k])) == 1 for k in range(3))
    both = weights + weights.T
    strength = both.sum(1)
    same = planted[:, None] == planted[None, :]
    by_hand = ((both - np.outer(strength, strength) / both.sum()) * same).sum() / both.sum()
    assert found.modularity == pytest.approx(by_hand)


def test_communities_are_the_same_again_and_leave_out_lone_nodes() -> None:
    first, second = groups.communities(in_parts()), groups.communities(in_parts())
    assert (first.label == second.label).all() and first.modularity == second.modularity
    assert (first.label[14:] == -1).all() and (first.label[:14] >= 0).all()
    assert not set(first.label[:7]) & set(first.label[7:14])
    assert groups.communities(np.zeros((3, 3))).count == 0


def test_the_declaration_is_whole() -> None:
    for measure in MEASURES.values():
        for text in (measure.name, measure.meaning, measure.direction, measure.weight):
            assert text.zh and text.en
        assert measure.cost
