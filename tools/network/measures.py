"""Every measure of a node in a network, declared once: its function, its name, what it means, what it takes edges for.

The tool, the table of measures shown to users, the tests against NetworkX and the bench all read ``MEASURES``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.text import Text, same
from tools.mrio.algebra import Array
from tools.network import groups, paths, spectral

BY_WEIGHT = Text("权重越大，联系越强", "weight as strength")
BY_LENGTH = Text("距离＝平均权重÷权重，越强越近", "distance = mean weight / weight")
INCOMING = Text("看流入", "incoming")
OUTGOING = Text("看流出", "outgoing")
THROUGH = Text("看经过", "passing through")
ANY = Text("不分方向", "either way")
ITERATED = Text("m × 迭代次数", "m × steps")


class Graph:
    """A network's weights (n, n), row to column, with what several measures share computed once."""

    def __init__(self, weights: Array) -> None:
        self.weights = weights

    @cached_property
    def distance(self) -> Array:
        """Shortest path lengths (n, n)."""
        return paths.distances(self.weights)

    @cached_property
    def eigenvector(self) -> Array:
        """Eigenvector centrality, which gives Katz's attenuation too."""
        return spectral.eigenvector(self.weights)

    @cached_property
    def hits(self) -> tuple[Array, Array]:
        """Hubs and authorities."""
        return spectral.hits(self.weights)

    @cached_property
    def partition(self) -> groups.Partition:
        """Communities."""
        return groups.communities(self.weights)


@dataclass(frozen=True)
class Measure:
    """One measure. ``function`` gives one figure per node (n,), not a number where it is not defined; ``unit`` None takes the
    flows' own, ``scale`` turns the figure into the unit; ``cost`` is the work for n nodes and m edges. ``whole``: taken over all
    flows between nodes, where the others look at the backbone: a node whose flows are all small would else seem to have none."""

    key: str
    name: Text
    meaning: Text
    direction: Text
    weight: Text
    cost: Text
    function: Callable[[Graph], Array]
    unit: str | None = "index"
    scale: float = 1.0
    whole: bool = False


def _community(graph: Graph) -> Array:
    return graph.partition.label.astype(np.float64)


MEASURES: dict[str, Measure] = {
    m.key: m
    for m in (
        Measure(
            "strength", Text("总强度", "strength"),
            Text("流入与流出之和：与其他节点往来的总量", "all flow in and out: how much is exchanged with others"),
            ANY, BY_WEIGHT, same("m"), lambda g: g.weights.sum(0) + g.weights.sum(1), None, whole=True,
        ),
        Measure(
            "in_strength", Text("入强度", "in-strength"),
            Text("流入之和：向其他节点采购（或引致其排放）的总量", "all flow in: what is bought from others, or emitted for it elsewhere"),
            INCOMING, BY_WEIGHT, same("m"), lambda g: g.weights.sum(0), None, whole=True,
        ),
        Measure(
            "out_strength", Text("出强度", "out-strength"),
            Text("流出之和：供给其他节点（或为其排放）的总量", "all flow out: what is supplied to others, or emitted for them"),
            OUTGOING, BY_WEIGHT, same("m"), lambda g: g.weights.sum(1), None, whole=True,
        ),
        Measure(
            "eigenvector", Text("特征向量中心性", "eigenvector centrality"),
            Text("从本身居中心的节点大量采购，则自己也居中心；骨架中没有回路时无定义",
                 "central if it draws much from nodes that are central themselves; undefined where the backbone has no cycle"),
            INCOMING, BY_WEIGHT, ITERATED, lambda g: g.eigenvector,
        ),
        Measure(
            "katz", Text("卡茨中心性", "Katz centrality"),
            Text("所有到达该节点的路径之和，越长的路径权重越小（衰减取收敛上限的一半）",
                 "all walks that arrive, longer ones counting less (attenuation half of what converges)"),
            INCOMING, BY_WEIGHT, ITERATED, lambda g: spectral.katz(g.weights, spectral.radius_of(g.weights, g.eigenvector)),
        ),
        Measure(
            "pagerank", Text("PageRank", "PageRank"),
            Text("沿流向按权重随机行走，最终停留在该节点的比例（阻尼系数0.85）：产品链最终汇向谁",
                 "the time a walker along the flows spends there (damping 0.85): where chains of products end up"),
            INCOMING, BY_WEIGHT, ITERATED, lambda g: spectral.pagerank(g.weights), "%", 100.0,
        ),
        Measure(
            "hub", Text("枢纽值（HITS）", "hub score (HITS)"),
            Text("大量供给“权威”节点的供应者", "a supplier of much to good authorities"),
            OUTGOING, BY_WEIGHT, ITERATED, lambda g: g.hits[0], "%", 100.0,
        ),
        Measure(
            "authority", Text("权威值（HITS）", "authority score (HITS)"),
            Text("从“枢纽”节点大量采购的需求者", "a buyer of much from good hubs"),
            INCOMING, BY_WEIGHT, ITERATED, lambda g: g.hits[1], "%", 100.0,
        ),
        Measure(
            "betweenness", Text("中介中心性", "betweenness centrality"),
            Text("其他节点两两之间的最短路径有多少经过该节点：强联系之间的中转",
                 "the part of shortest paths between other nodes that lead through it: a relay between strong links"),
            THROUGH, BY_LENGTH, same("n m + n² log n"), lambda g: paths.betweenness(g.weights, g.distance), "%", 100.0,
        ),
        Measure(
            "closeness", Text("接近中心性", "closeness centrality"),
            Text("从其他节点沿强联系到达该节点有多近", "how near it is to the nodes that reach it along strong links"),
            INCOMING, BY_LENGTH, same("n m + n² log n"), lambda g: paths.closeness(g.distance),
        ),
        Measure(
            "clustering", Text("聚类系数", "clustering coefficient"),
            Text("其往来对象之间彼此往来的紧密程度", "how strongly its partners deal with each other"),
            ANY, BY_WEIGHT, same("n³"), lambda g: groups.clustering(g.weights),
        ),
        Measure(
            "communities", Text("社区（产业集群）", "communities (clusters)"),
            Text("彼此往来多、与外部往来少的节点群（鲁汶算法，固定随机种子）；编号只是名称，大小没有含义",
                 "nodes that deal with each other more than with the rest (Louvain, fixed seed); the numbers are only names"),
            ANY, BY_WEIGHT, ITERATED, _community, "1",
        ),
    )
}  # fmt: skip
CENTRALITIES: tuple[str, ...] = tuple(key for key in MEASURES if key != "communities")


def measured(weights: Array, keys: tuple[str, ...] = CENTRALITIES) -> dict[str, Array]:
    """The measures named, each (n,) in the unit declared, of a network of ``weights`` (n, n) with an empty diagonal.

    Raises KeyError for a measure that is not declared.
    """
    graph = Graph(weights)
    return {key: MEASURES[key].function(graph) * MEASURES[key].scale for key in keys}
