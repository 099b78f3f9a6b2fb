"""One backcast as it is told: the path found, the scenarios beside it, what its own measures avoid and at which cost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.goals import Costs, Goal, Standing, Terms, standing
from tools.roadmap.macc import Curve, cost, curve, present_value, ranks
from tools.roadmap.names import CCUS, LAST, SECTORS, VARIED, at
from tools.roadmap.nearest import Alternative, nearest
from tools.roadmap.wedges import Columns, Order, by_group, emitted, ordered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.backcast import Backcast
    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Path
    from tools.roadmap.scope import Scope

    Array = NDArray[np.float64]

COSTS: tuple[Costs, ...] = ("low", "central", "high")
_COST_YEARS = (2030, 2040, 2050, LAST)  # between them costs are joined linearly


@dataclass(frozen=True)
class Study:
    """A goal with the path that meets it, or comes nearest. Without a goal: the path ``told``, for its measures, by default
    the dual-carbon scenario; only then may the place be a group."""

    scope: Scope
    goal: Goal | None
    found: Backcast | None
    year: int  # the year whose measures are told
    order: Order
    told: Path | None = None
    _owned: dict[tuple[int, Costs], Array] = field(default_factory=dict, repr=False)

    @property
    def engine(self) -> Engine:
        """The lane's engine."""
        return self.scope.engine

    @property
    def region(self) -> int:
        """The region's index on its lane; only for a single region."""
        return self.scope.index

    @property
    def here(self) -> list[int]:
        """The place's region indices."""
        return list(self.scope.indices)

    @property
    def dual(self) -> Path:
        """The dual-carbon scenario."""
        return self.engine.path("dual_carbon")

    @property
    def current(self) -> Path:
        """Current policies."""
        return self.engine.path("current_policies")

    @property
    def path(self) -> Path:
        """The path told."""
        if self.found is not None:
            return self.found.path
        return self.dual if self.told is None else self.told

    def standing(self, path: Path) -> Standing:
        """Where a path stands beside the goal; only where there is one."""
        assert self.goal is not None
        return standing(self.goal, path, self.region)

    def at_costs(self, costs: Costs) -> Path:
        """The path found at these assumed costs (without a goal the same at all)."""
        if self.goal is None or self.found is None:
            return self.path
        if costs == self.found.terms.costs:
            return self.found.path
        return self.engine.reach(self.goal, self.region, replace(self.found.terms, costs=costs)).path

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The nearest targets that can be reached, where the goal cannot."""
        if self.found is None or not self.found.gap:
            return ()
        asked = self.found.terms  # what the asker does without stays away in every alternative

        def solve(goal: Goal, terms: Terms) -> Backcast:
            removals = terms.removals if asked.removals else 0.0
            return self.engine.reach(goal, self.region, replace(terms, banned=asked.banned, removals=removals))

        return tuple(a for a in nearest(solve, self.found) if asked.removals or a.way != "removals")

    def before(self, path: Path) -> Array:
        """The path's deployment with the region's own measures as under current policies, (K, R, T)."""
        u = path.deployment.copy()
        u[:, self.here] = self.current.deployment[:, self.here]
        return u

    def own(self, year: int, costs: Costs = "central") -> Array:
        """What the region's own measures add to its emissions beyond current policies, (K,) Mt, negative where they cut.

        Of the path of least cost at ``costs``, all measures moving together.
        """
        key = (year, costs)
        if key not in self._owned:
            self._owned[key] = self._wedge(self.at_costs(costs), year, self._whole, "joint")[:, 0]
        return self._owned[key]

    @cached_property
    def matrix(self) -> Array:
        """The same of the year told, by measure and sector group of sectors and households, (K, groups).

        It adds up both ways; the measures' order is ``order``.
        """
        return self._wedge(self.path, self.year, by_group(self.engine.model, self.scope.indices), self.order)

    @cached_property
    def others(self) -> float:
        """What measures elsewhere add to the region's emissions in the year against current policies, Mt."""
        t = at(self.year)
        own = float(emitted(self.engine.model, t, self.before(self.path)[..., t], self._whole)[0])
        return own - float(self.current.gross[t, self.here].sum())

    @property
    def _whole(self) -> Columns:
        """The region's emissions as one column."""
        here = np.zeros((self.engine.model.economy.size, 1))
        here[self.here] = 1.0
        return Columns(np.repeat(here, SECTORS, axis=0), here)

    def _wedge(self, path: Path, year: int, columns: Columns, order: Order) -> Array:
        t = at(year)
        return ordered(self.engine.model, self.before(path)[..., t], path.deployment[..., t], t, columns, order)

    def removed(self, year: int, costs: Costs = "central") -> float:
        """Engineered removals beyond current policies, Mt."""
        path = self.at_costs(costs)
        t = at(year)
        return float((path.engineered[t, self.here] - self.current.engineered[t, self.here]).sum())

    @cached_property
    def curve(self) -> Curve:
        """The marginal abatement cost curve of the year."""
        return curve(self.engine.model, self.matrix.sum(axis=1), self.removed(self.year), self.year)

    def ranks(self, costs: Costs) -> dict[str, int]:
        """Measures by what they avoid in the year, on the path of least cost at these costs."""
        return ranks(self.own(self.year, costs), self.removed(self.year, costs))

    def total_cost(self, costs: Costs, learning: bool = False) -> float:
        """Cost of the central path over 2026-2060 at assumed costs, discounted to 2025, 100 million yuan of 2017; flat in time,
        or falling by the assumed learning."""
        model, years = self.engine.model, sorted({*_COST_YEARS, self.year})
        annual = {y: cost(model, self.own(y), max(self.removed(y), 0.0), costs, y if learning else None) for y in years}
        return present_value(model, annual)

    @cached_property
    def bare(self) -> Path:
        """The path with neither capture nor engineered removals in the region."""

        u = self.path.deployment.copy()
        u[CCUS, self.here] = 0.0
        run = self.engine.model.run(self.path.scenario + VARIED, u)
        removed = run.engineered.copy()
        removed[:, self.here] = 0.0
        return replace(run, engineered=removed)
