"""The two emission accounts of a place and what flows between places, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.mrio.algebra import Array
from tools.mrio.system import Scope


@dataclass(frozen=True)
class Accounts:
    """Mt CO2. ``own`` emitted in the place for its own final use, ``households`` directly by residents, ``arriving`` and
    ``leaving`` by other region (in the order of ``scope.outside``), ``exported`` emitted in the place for exports."""

    own: float
    households: float
    arriving: Array
    leaving: Array
    exported: float

    @property
    def inflow(self) -> float:
        """Emitted elsewhere in the country for the place's final use."""
        return float(self.arriving.sum())

    @property
    def outflow(self) -> float:
        """Emitted in the place for final use elsewhere in the country."""
        return float(self.leaving.sum())

    @property
    def consumption(self) -> float:
        """Domestic consumption-based emissions."""
        return self.own + self.inflow + self.households

    @property
    def production(self) -> float:
        """Production-based emissions, households included: the inventory's total."""
        return self.own + self.outflow + self.exported + self.households

    @property
    def net_inflow(self) -> float:
        """Inflow less outflow: above zero the place is a net importer within the country."""
        return self.inflow - self.outflow


def accounts(scope: Scope) -> Accounts:
    """The accounts of a province, a group (trade inside it is its own) or the nation."""
    trade, inside, outside = scope.system.trade, list(scope.inside), list(scope.outside)
    return Accounts(
        own=float(trade[np.ix_(inside, inside)].sum()),
        households=float(scope.system.emissions.households[inside].sum()),
        arriving=trade[np.ix_(outside, inside)].sum(1),
        leaving=trade[np.ix_(inside, outside)].sum(0),
        exported=float(scope.sectors(scope.system.exported).sum()),
    )


def by_product(scope: Scope) -> Array:
    """CO2 anywhere in the country caused by the place's final use of each product (42,), Mt."""
    s = len(scope.system.mrio.sectors)
    demand = scope.system.mrio.y[:, list(scope.inside)].sum(1)
    return np.asarray((scope.system.intensity * demand).reshape(-1, s).sum(0))


def by_source_sector(scope: Scope, origins: tuple[int, ...]) -> Array:
    """CO2 of each sector (42,) in the regions ``origins`` for the place's final use, Mt."""
    s = len(scope.system.mrio.sectors)
    caused = scope.system.caused[:, list(scope.inside)].sum(1).reshape(-1, s)
    return np.asarray(caused[list(origins)].sum(0))


def by_sector_sent(scope: Scope, users: tuple[int, ...]) -> Array:
    """CO2 of each of the place's sectors (42,) for the final use of the regions ``users``, Mt."""
    return scope.sectors(scope.system.caused[:, list(users)].sum(1))
