"""What is shocked, by how much, and what output does then: the numbers behind the tool ``shock``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.errors import BadRequest, NotAvailable
from data.mrio import CATEGORIES
from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.system import System
from tools.mrio.variants import columns_of
from tools.paths.exogenous import Indices, output_change, row_change

Of = Literal["final_demand", "downstream", "output"]
Category = Literal["all", "consumption", "households", "rural", "urban", "government", "investment", "exports"]
_HOUSEHOLDS = ("rural", "urban")
PARTS: dict[Category, tuple[str, ...]] = {
    "all": (*_HOUSEHOLDS, "government", "fixed_capital"),
    "consumption": (*_HOUSEHOLDS, "government"),
    "households": _HOUSEHOLDS,
    "rural": ("rural",),
    "urban": ("urban",),
    "government": ("government",),
    "investment": ("fixed_capital",),
    "exports": (),
}


@dataclass(frozen=True)
class Shock:
    """``inside`` indices of the place's regions, ``numbers`` of the 42 sectors (None: all), ``share`` e.g. -0.1.

    final_demand: the place's final use of the products, wherever in the country they are made; with category "exports"
    the exports of its own sectors. downstream: what all other producing sectors of the country use of the products of
    the place's sectors, per unit of their own output. output: the output of the place's sectors.
    """

    of: Of
    inside: tuple[int, ...]
    numbers: tuple[int, ...] | None
    category: Category
    share: float

    def own(self, system: System) -> Indices:
        """Indices of the place's sectors meant."""
        s = len(system.mrio.sectors)
        numbers = self.numbers or tuple(system.mrio.sectors)
        return np.array([r * s + n - 1 for r in self.inside for n in numbers])

    def demand(self, system: System) -> Array:
        """The final demand (n,) that a final-demand shock is a share of, 100M yuan."""
        n, s = len(system.mrio.x), len(system.mrio.sectors)
        chosen = np.zeros(n)
        if self.category == "exports":
            own = self.own(system)
            chosen[own] = system.mrio.exports[own]
            return chosen
        spent = system.mrio.Y[:, list(self.inside)][:, :, [CATEGORIES.index(c) for c in PARTS[self.category]]].sum(
            (1, 2)
        )
        numbers = np.array(self.numbers or system.mrio.sectors)
        asked = np.isin(np.arange(n) % s, numbers - 1)
        return np.asarray(np.where(asked, spent, 0.0))

    def purchases(self, system: System) -> Array:
        """Coefficients (k, n) of the other sectors' purchases from the place's sectors; those among themselves are 0."""
        own = self.own(system)
        used = system.mrio.A[own].copy()
        used[:, own] = 0.0
        return used

    def base(self, system: System) -> float:
        """The amount that changes, before the shock, 100M yuan."""
        if self.of == "final_demand":
            return float(self.demand(system).sum())
        if self.of == "downstream":
            return float((self.purchases(system) @ system.mrio.x).sum())
        return float(system.mrio.x[self.own(system)].sum())

    def change(self, system: System) -> Array:
        """Change of output (n,), 100M yuan."""
        if self.of == "final_demand":
            return system.solver.solve(self.share * self.demand(system))
        own = self.own(system)
        active = own[system.mrio.x[own] > 0]
        if self.of == "output":
            return output_change(columns_of(system, active), active, self.share * system.mrio.x[active])
        return row_change(columns_of(system, own), self.share * self.purchases(system), system.mrio.x)


def check(shock: Shock, system: System, what: Text) -> None:
    """Raises NotAvailable where there is nothing to change, BadRequest where the buyers could not pay for the increase."""
    if shock.base(system) <= 0:
        raise NotAvailable(
            "nothing_to_shock",
            Text(f"投入产出表中没有{what.zh}（为零），因此没有可以变动的数额；请换一个部门、地区或需求类别。",
                 f"The table shows no {what.en}, so there is nothing to change; try another sector, place or kind of demand."),
        )  # fmt: skip
    if shock.of != "downstream" or shock.share <= 0:
        return
    spent = system.mrio.A.sum(0) + shock.share * shock.purchases(system).sum(0)
    if bool((spent >= 1).any()):
        raise BadRequest(
            "infeasible_shock",
            Text("按此增幅，有买方的中间投入将超过其产出；请给一个较小的百分比。",
                 "With that increase some buyers would spend more on inputs than they produce; give a smaller percentage."),
        )  # fmt: skip


def effects(shock: Shock, system: System) -> Array:
    """Falls of output, value added and CO2 by sector, (3, n): 100M yuan, 100M yuan, Mt; negative where they rise."""
    dx = -shock.change(system)
    rate = np.divide(system.mrio.value_added, system.mrio.x, out=np.zeros_like(dx), where=system.mrio.x > 0)
    return np.stack([dx, rate * dx, system.emissions.f * dx])
