"""What a structural path analysis takes apart: a place's final use, a final product, or a sector's emissions downstream."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from data.errors import NotAvailable
from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.system import Scope, System
from tools.paths.spa import Paths, path_value, stages, structural_paths

Direction = Literal["upstream", "downstream"]
LAYERS = 5  # production layers told one by one


@dataclass(frozen=True)
class Target:
    """``inside`` indices of the place's regions; ``numbers`` of its sectors, None for all.

    Upstream: emissions anywhere for final products of the place's sectors, whoever uses them, exports included; without
    sectors for the place's own final use, whatever it is made of. Downstream: the direct emissions of the place's
    sectors along the chain into final products.
    """

    direction: Direction
    inside: tuple[int, ...]
    numbers: tuple[int, ...] | None

    def own(self, system: System) -> Array:
        """Which sectors are the place's and meant, (n,) 0 or 1."""
        s = len(system.mrio.sectors)
        chosen = np.zeros((len(system.mrio.regions), s))
        chosen[np.ix_(list(self.inside), [n - 1 for n in self.numbers or system.mrio.sectors])] = 1.0
        return np.asarray(chosen.reshape(-1))

    def demand(self, system: System) -> Array:
        """Final demand (n,) whose footprint is meant upstream, 100M yuan."""
        if self.numbers is None:
            return np.asarray(system.mrio.y[:, list(self.inside)].sum(1))
        return np.asarray(self.own(system) * (system.mrio.y.sum(1) + system.mrio.exports))

    def arrays(self, system: System) -> tuple[Array, Array, Array, Array]:
        """A, f, y, m as ``structural_paths`` takes them."""
        if self.direction == "upstream":
            return system.mrio.A, system.emissions.f, self.demand(system), system.intensity
        every = system.mrio.y.sum(1) + system.mrio.exports
        seeds = self.own(system) * system.emissions.f
        return np.ascontiguousarray(system.mrio.A.T), every, seeds, system.solver.solve(every)

    def search(self, system: System, cut: float, order: int) -> Paths:
        """The paths above ``cut`` (share) up to ``order``. Raises NotAvailable where there is nothing to take apart."""
        found = structural_paths(*self.arrays(system), cut=cut, order=order)
        if found.total <= 0:
            raise NotAvailable(
                "no_paths",
                Text("该部门没有最终产品或没有排放，无法作路径分析；请换一个部门，或改问另一方向（上游/下游）。",
                     "That sector has no final products or no emissions, so there are no paths; try another sector, or the other "
                     "direction (upstream or downstream)."),
            )  # fmt: skip
        return found

    def layers(self, system: System) -> Array:
        """The total, the layers 0 .. LAYERS - 1 and what lies beyond them, (LAYERS + 2,), Mt."""
        A, f, y, m = self.arrays(system)
        layers, beyond = stages(A, f, y, m, LAYERS)
        return np.concatenate([[float(m @ y)], layers, [beyond]])

    def values(self, system: System, chains: list[tuple[int, ...]]) -> Array:
        """Emissions of single chains (from their root on) in a system, Mt."""
        if self.direction == "upstream":
            A, f, y = system.mrio.A, system.emissions.f, self.demand(system)
            return np.array([path_value(A, f, y, c) for c in chains])
        f, every = self.own(system) * system.emissions.f, system.mrio.y.sum(1) + system.mrio.exports
        return np.array([path_value(system.mrio.A, f, every, c[::-1]) for c in chains])


@dataclass(frozen=True)
class Found:
    """A search in a scope, with the chains as names want them: from the emitter to the final product."""

    scope: Scope
    target: Target
    paths: Paths

    def chain(self, node: int) -> tuple[int, ...]:
        """The sectors of a path, the emitter first."""
        chain = self.paths.chain(node)
        return chain[::-1] if self.target.direction == "upstream" else chain

    @cached_property
    def count(self) -> int:
        """Paths with emissions of their own."""
        return int(np.count_nonzero(self.paths.value))

    @property
    def covered(self) -> float:
        """What the paths carry, Mt."""
        return float(self.paths.value.sum())
