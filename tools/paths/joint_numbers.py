"""Ends of a supply chain that cut emissions together: their links, what they share, and what measures save, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.mrio.algebra import Array
from tools.mrio.system import System
from tools.mrio.variants import columns_of, rows_of
from tools.paths.coalitions import Coalition, coalitions, shapley
from tools.paths.exogenous import Indices, column_change


@dataclass(frozen=True)
class End:
    """A place's sector or sectors: ``inside`` indices of regions, ``numbers`` of the 42 sectors."""

    inside: tuple[int, ...]
    numbers: tuple[int, ...]

    def own(self, system: System) -> Indices:
        """Indices of its sectors."""
        s = len(system.mrio.sectors)
        return np.array([r * s + n - 1 for r in self.inside for n in self.numbers])

    def active(self, system: System) -> Indices:
        """Those with output."""
        own = self.own(system)
        return own[system.mrio.x[own] > 0]


def final_demand(system: System) -> Array:
    """Final use in the country and exports (n,)."""
    return np.asarray(system.mrio.y.sum(1) + system.mrio.exports)


def carried(system: System, buyer: End) -> Array:
    """CO2 of each sector (n,) for the final products of the buyer."""
    own = buyer.own(system)
    return np.asarray(system.emissions.f * (columns_of(system, own) @ final_demand(system)[own]))


def through(system: System, emitter: End, buyer: End) -> Array:
    """CO2 of each sector (n,) on chains into the buyer's final products that pass through the emitter.

    f_u [L_a (L_aa)^-1 L_ab y_b]_u: what extracting a takes from b's footprint; on a's own rows f_a L_ab y_b.
    """
    a, b = emitter.active(system), buyer.own(system)
    columns = columns_of(system, a)
    needed = columns_of(system, b)[a] @ final_demand(system)[b]
    return np.asarray(system.emissions.f * (columns @ np.linalg.solve(columns[a], needed)))


def between(system: System, emitter: End, buyer: End) -> float:
    """CO2 the emitter's own sectors put out for the buyer's final products, Mt."""
    return float(carried(system, buyer)[emitter.own(system)].sum())


def bought(system: System, emitter: End, buyer: End) -> tuple[float, float]:
    """What the buyer buys directly from the emitter, and of the same products from all provinces, 100M yuan."""
    columns = system.mrio.A[:, buyer.own(system)] * system.mrio.x[buyer.own(system)]
    everywhere = End(tuple(range(len(system.mrio.regions))), emitter.numbers).own(system)
    return float(columns[emitter.own(system)].sum()), float(columns[everywhere].sum())


def required(system: System, end: End) -> Array:
    """CO2 of each sector (n,) needed for the end's whole output: f L_k (L_kk)^-1 x_k; its own rows are its direct emissions."""
    own = end.active(system)
    columns = columns_of(system, own)
    return np.asarray(system.emissions.f * (columns @ np.linalg.solve(columns[own], system.mrio.x[own])))


def shared_upstream(system: System, ends: tuple[End, ...]) -> Array:
    """The smallest of the ends' ``required`` emissions of each sector (n,); 0 for the ends themselves."""
    least = np.min([required(system, e) for e in ends], axis=0)
    for e in ends:
        least[e.own(system)] = 0.0
    return np.asarray(least)


def delivered(system: System, end: End) -> Array:
    """Share (n,) of the end's output that ends, directly or through others, in the final products of each sector."""
    own = end.active(system)
    return np.asarray((rows_of(system, own).sum(0) * final_demand(system)) / system.mrio.x[own].sum())


def shared_downstream(system: System, ends: tuple[End, ...]) -> Array:
    """The smallest of the ends' ``delivered`` shares for each final product (n,); 0 for the ends themselves."""
    least = np.min([delivered(system, e) for e in ends], axis=0)
    for e in ends:
        least[e.own(system)] = 0.0
    return np.asarray(least)


def buyers(system: System, ends: tuple[End, ...]) -> tuple[bool, ...]:
    """Which ends act as buyers: those for whose final products the others emit more than they for the others'.

    At least one end is a buyer and one an emitter: where no emission runs between them, the last is the buyer.
    """
    flow = np.array([[between(system, a, b) if a is not b else 0.0 for b in ends] for a in ends])
    buys = tuple(bool(flow[:, k].sum() > flow[k].sum()) for k in range(len(ends)))
    return buys if any(buys) and not all(buys) else tuple(k == len(ends) - 1 for k in range(len(ends)))


@dataclass(frozen=True)
class Measures:
    """Emitters lower their direct intensity by ``emitter_cut``, buyers use ``use_cut`` less (shares, 0-1) per unit of output of
    what the emitters' sectors make, whichever province it comes from."""

    ends: tuple[End, ...]
    buys: tuple[bool, ...]
    emitter_cut: float
    use_cut: float

    def intensity(self, system: System, acting: Coalition) -> Array:
        """Direct intensities (n,) with the emitters among ``acting`` at work."""
        f = system.emissions.f.copy()
        for k in acting:
            if not self.buys[k]:
                f[self.ends[k].own(system)] *= 1 - self.emitter_cut
        return f

    def output(self, system: System, acting: Coalition, X: Array) -> Array:
        """Output (n,) or (n, c) with the buyers among ``acting`` at work, from output ``X`` before."""
        own = [self.ends[k].own(system) for k in acting if self.buys[k]]
        if not own:
            return X
        numbers = {n for e, buys in zip(self.ends, self.buys, strict=True) if not buys for n in e.numbers}
        rows = End(tuple(range(len(system.mrio.regions))), tuple(sorted(numbers))).own(system)
        columns = np.unique(np.concatenate(own))
        D = np.zeros((len(system.mrio.x), len(columns)))
        D[rows] = -self.use_cut * system.mrio.A[np.ix_(rows, columns)]
        return np.asarray(X + column_change(system.solver.solve(D), columns, X))

    def saved(self, system: System, acting: Coalition) -> Array:
        """CO2 saved in each sector (n,), Mt."""
        x = system.mrio.x
        return np.asarray(system.emissions.f * x - self.intensity(system, acting) * self.output(system, acting, x))

    def values(self, system: System) -> dict[Coalition, float]:
        """CO2 saved in the country by every coalition, Mt."""
        return {c: float(self.saved(system, c).sum()) for c in coalitions(len(self.ends))}

    def for_users(self, system: System) -> Array:
        """CO2 all save together by the province whose final use the emissions were for, exports last (R + 1,), Mt."""
        demand = np.column_stack([system.mrio.y, system.mrio.exports])
        X, everyone = system.solver.solve(demand), frozenset(range(len(self.ends)))
        after = self.intensity(system, everyone) @ self.output(system, everyone, X)
        return np.asarray(system.emissions.f @ X - after)

    def summary(self, system: System) -> Array:
        """Each alone, all together, the interaction, Shapley's shares: (2 N + 2,), Mt."""
        value, n = self.values(system), len(self.ends)
        alone = [value[frozenset({k})] for k in range(n)]
        together = value[frozenset(range(n))]
        return np.array([*alone, together, together - sum(alone), *shapley(lambda c: value[c], n)])
