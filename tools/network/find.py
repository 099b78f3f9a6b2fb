"""The figures of one network: its backbone, the measures on it, its communities, and how steady the front ranks are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tools.mrio.algebra import Array
from tools.mrio.system import System
from tools.mrio.variants import Spread, spread
from tools.network.backbone import Backbone, disparity_filter, top_share
from tools.network.cases import Case, Level
from tools.network.flows import Links, links
from tools.network.groups import Partition
from tools.network.measures import MEASURES, Graph

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Filter = Literal["share", "disparity"]
# Percent of possible flows that are kept unless asked otherwise: 88 of 42 sectors', 96 of 31 provinces', some 17,000 of 1302.
SHARES: dict[Level, float] = {"sectors": 5.0, "provinces": 10.0, "province_sectors": 1.0}
STEADY = 0.8  # a node in front in fewer variants of the table is "not robust"
# In the network of all province-sectors the variants are run only for measures that take a moment.
QUICK = ("strength", "in_strength", "out_strength", "pagerank", "katz", "eigenvector", "hub", "authority")


@dataclass(frozen=True)
class Cut:
    """How the backbone is cut: the largest ``share`` percent, or edges of a significance below ``alpha``."""

    way: Filter
    share: float
    alpha: float

    def __call__(self, found: Links) -> Backbone:
        """The backbone of a network."""
        return top_share(found, self.share) if self.way == "share" else disparity_filter(found, self.alpha)


@dataclass(frozen=True)
class Found:
    """A network cut down to its backbone."""

    case: Case
    links: Links
    backbone: Backbone

    @cached_property
    def graph(self) -> Graph:
        """The backbone as a graph."""
        return Graph(self.backbone.matrix())

    def values(self, key: str) -> Array:
        """A measure of all nodes (n,) in its unit; not a number where it is not defined."""
        if key not in self._known:
            self._known[key] = _measured(key, self.links, self.graph)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[str, Array]:
        return {}

    def order(self, key: str) -> list[int]:
        """Nodes asked about by a measure, largest first; those at 0 or without a figure left out."""
        values = self.values(key)
        front = np.argsort(-np.nan_to_num(values, nan=0.0), kind="stable")
        asked = set(self.case.focus)
        return [int(i) for i in front if int(i) in asked and values[i] > 0]

    def rank(self, key: str, node: int) -> int:
        """A node's place among all nodes, 1 = highest."""
        values = np.nan_to_num(self.values(key), nan=0.0)
        return int((values > values[node]).sum()) + 1

    @property
    def partition(self) -> Partition:
        """Communities of the backbone."""
        return self.graph.partition


def _measured(key: str, found: Links, backbone: Graph | None) -> Array:
    """A measure (n,) in its unit, on the backbone unless it counts all flows."""
    measure = MEASURES[key]
    graph = Graph(found.weights) if measure.whole or backbone is None else backbone
    return np.asarray(measure.function(graph) * measure.scale)


def find(case: Case, cut: Cut) -> Found:
    """The backbone of a case in its own table."""
    found = links(case.flows(case.scope.system))
    return Found(case, found, cut(found))


def steadiness(warehouse: Warehouse, case: Case, cut: Cut, key: str, top: int) -> Spread | None:
    """Ranges of a measure (n,) over the variants of the table, and how often each node is among the ``top``.

    None for the nation's own table, where no variants are kept, where the measure is not defined in a variant, and for
    measures that take too long to be run for every variant.
    """
    if not case.estimated or key == "communities" or (case.level == "province_sectors" and key not in QUICK):
        return None
    mrio = case.scope.system.mrio
    known = (warehouse.dataset.checksum, mrio.year, case.scope.place.code, case.level, case.flow, cut, key, top)
    focus = np.array(case.focus)  # only among those asked about is it counted who stays in front
    if known not in _SPREADS:

        def measure(system: System) -> Array:
            found = links(case.flows(system))
            graph = None if MEASURES[key].whole else Graph(cut(found).matrix())
            return np.asarray(_measured(key, found, graph)[focus])

        if len(_SPREADS) >= _MOST:
            _SPREADS.pop(next(iter(_SPREADS)), None)
        _SPREADS[known] = _widened(spread(warehouse, mrio.year, measure, top=top), focus, len(case.names))
    return _SPREADS[known]


def _widened(found: Spread | None, focus: np.ndarray[Any, Any], count: int) -> Spread | None:
    """A spread over the nodes ``focus`` as one over all ``count``, the others not a number; None where it is not defined."""
    if found is None or not (np.isfinite(found.low).all() and np.isfinite(found.high).all()):
        return None

    def wide(values: Array) -> Array:
        out = np.full(count, np.nan)
        out[focus] = values
        return out

    return Spread(wide(found.low), wide(found.high), None if found.stays is None else wide(found.stays))


_SPREADS: dict[tuple[object, ...], Spread | None] = {}
_MOST = 64  # networks whose ranges are remembered


def steady(found: Spread | None) -> Callable[[int], bool]:
    """Whether a node may lead an answer: it stays in front in enough variants, or there are none to judge by."""
    stays = None if found is None else found.stays
    return lambda node: stays is None or bool(stays[node] >= STEADY)
