"""All centralities of the 1302 province-sectors on the backbone of their flows: ours beside NetworkX, equal figures."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.benchmarks.timing import row, seconds

SHARE = 1.0  # percent of the possible edges
LIMIT = 1.0  # seconds promised for all centralities together


def _theirs(weights: Any) -> dict[str, Callable[[], Any]]:
    """NetworkX's functions on the same network, ready to call."""
    import networkx

    from tools.network.spectral import attenuation

    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    mean = weights[weights > 0].mean()
    for i, j in zip(*np.nonzero(weights), strict=True):
        graph.add_edge(int(i), int(j), weight=float(weights[i, j]), length=float(mean / weights[i, j]))
    alpha = attenuation(weights)
    return {
        "eigenvector": lambda: networkx.eigenvector_centrality(graph, max_iter=10_000, tol=1e-12, weight="weight"),
        "katz": lambda: networkx.katz_centrality_numpy(graph, alpha=alpha, weight="weight"),
        "pagerank": lambda: networkx.pagerank(graph, tol=1e-12, max_iter=1000),
        "betweenness": lambda: networkx.betweenness_centrality(graph, weight="length"),
        "closeness": lambda: networkx.closeness_centrality(graph, distance="length"),
        "clustering": lambda: networkx.clustering(graph, weight="weight"),
    }


def run() -> None:
    """Print the rows; stop where figures differ."""
    from data.dataset import read_dataset, starter_folder
    from data.warehouse import open_warehouse
    from tools.mrio.system import get_system
    from tools.network.backbone import top_share
    from tools.network.flows import links
    from tools.network.measures import MEASURES, Graph, measured

    flows = links(get_system(open_warehouse(read_dataset(starter_folder())), 2017).Z)
    found = top_share(flows, SHARE)
    weights = found.matrix()
    print(f"backbone of {SHARE:g} %: {len(found.weight)} edges, {found.covered:.0%} of the flow")
    ours = seconds(lambda: measured(weights))
    row("all centralities, ours", ours)
    row("communities, ours", seconds(lambda: Graph(weights).partition, 3))
    print(f"{'within the second promised':58s} {'yes' if statistics.median(ours) < LIMIT else 'NO'}")
    mine = theirs = 0.0
    for key, function in _theirs(weights).items():
        start = time.perf_counter()
        other = function()
        slow = time.perf_counter() - start
        start = time.perf_counter()
        figures = MEASURES[key].function(Graph(weights))
        fast = time.perf_counter() - start
        mine, theirs = mine + fast, theirs + slow
        difference = max(abs(figures[i] - other[i]) for i in range(len(weights)))
        if difference > 1e-8:
            raise AssertionError(f"{key} differs from NetworkX by {difference:g}")
        print(f"  {key:56s} {fast:8.4f} s   NetworkX {slow:8.3f} s   {slow / fast:8.1f} times")
    print(f"{'NetworkX / ours, these six':58s} {theirs / mine:8.1f} times")
