"""The emission accounts of a place (production, consumption, income) and what flows between places, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.mrio.algebra import Array, embodied_detail, footprint
from tools.mrio.algebra_supply import enabled, enabling_intensity
from tools.mrio.partners import indices
from tools.mrio.system import Scope, System
from tools.mrio.variants import rows_of

Numbers = tuple[int, ...] | None  # of the 42-list; None for all sectors


@dataclass(frozen=True)
class Exchange:
    """What the other regions emit for a place's final use (``arriving``) and it for theirs (``leaving``), Mt CO2 by other region
    in the order of ``scope.outside``."""

    arriving: Array
    leaving: Array

    @property
    def inflow(self) -> float:
        """Emitted elsewhere in the country for the place's final use."""
        return float(self.arriving.sum())

    @property
    def outflow(self) -> float:
        """Emitted in the place for final use elsewhere in the country."""
        return float(self.leaving.sum())

    @property
    def net_inflow(self) -> float:
        """Inflow less outflow: above zero the place is a net importer within the country."""
        return self.inflow - self.outflow


@dataclass(frozen=True)
class Accounts(Exchange):
    """Mt CO2. ``own`` emitted in the place for its own final use, ``households`` directly by residents, ``exported`` emitted in the
    place for exports, ``balancing`` for the balancing item of a published table."""

    own: float
    households: float
    exported: float
    balancing: float = 0.0

    @property
    def consumption(self) -> float:
        """Domestic consumption-based emissions."""
        return self.own + self.inflow + self.households

    @property
    def production(self) -> float:
        """Production-based emissions, households included: the inventory's total."""
        return self.own + self.outflow + self.exported + self.balancing + self.households


def trade_of(system: System, numbers: Numbers = None) -> Array:
    """CO2 of all sectors, or of the sectors ``numbers`` alone, in the row region caused by the column region's final use (R, R), Mt."""
    if numbers is None:
        return system.trade
    r = len(system.mrio.regions)
    return np.asarray(system.caused.reshape(r, -1, r)[:, [n - 1 for n in numbers]].sum(1))


def exchange(scope: Scope, numbers: Numbers = None) -> Exchange:
    """What goes between a place and the other regions, of all sectors' emissions or of those of ``numbers``; trade inside a group is
    its own."""
    trade, inside, outside = trade_of(scope.system, numbers), list(scope.inside), list(scope.outside)
    return Exchange(arriving=trade[np.ix_(outside, inside)].sum(1), leaving=trade[np.ix_(inside, outside)].sum(0))


def by_final_product(origin: Scope, users: tuple[int, ...], numbers: tuple[int, ...]) -> Array:
    """CO2 of the sectors ``numbers`` of ``origin`` (42,), Mt, by the product for final use in the regions ``users`` that it ends in."""
    system, at = origin.system, indices(origin, numbers)
    ending = system.emissions.f[at] @ rows_of(system, at)
    return np.asarray((ending * system.mrio.y[:, list(users)].sum(1)).reshape(-1, len(system.mrio.sectors)).sum(0))


def accounts(scope: Scope) -> Accounts:
    """The accounts of a province, a group (trade inside it is its own) or the nation."""
    inside, traded = list(scope.inside), exchange(scope)
    return Accounts(
        arriving=traded.arriving, leaving=traded.leaving,
        own=float(scope.system.trade[np.ix_(inside, inside)].sum()),
        households=float(scope.system.emissions.households[inside].sum()),
        exported=float(scope.sectors(scope.system.exported).sum()),
        balancing=float(scope.sectors(scope.system.balancing).sum()),
    )  # fmt: skip


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


@dataclass(frozen=True)
class Categories:
    """Mt CO2 by category of final use, in the order of ``data.mrio.CATEGORIES``: ``own`` emitted in the place and
    ``arriving`` elsewhere in the country for the place's use; ``sent`` emitted in the place for the others' use."""

    own: Array
    arriving: Array
    sent: Array

    @property
    def consumption(self) -> Array:
        """What the place's use of each category causes in the country."""
        return self.own + self.arriving


def by_category(scope: Scope) -> Categories:
    """The place's consumption-based emissions by category of final use, and its production by the others' categories.

    A change in stocks may be below zero. Direct household emissions and exports stand in ``Accounts``.
    """
    mrio, inside = scope.system.mrio, list(scope.inside)
    mine = _caused_by(scope, mrio.Y[:, inside].sum(1))
    others = _caused_by(scope, mrio.Y[:, list(scope.outside)].sum(1))
    here = scope.rows.reshape(-1)
    own = mine[here].sum(0)
    return Categories(own=own, arriving=mine.sum(0) - own, sent=others[here].sum(0))


def _caused_by(scope: Scope, demand: Array) -> Array:
    return footprint(scope.system.emissions.f, inverse(scope.system), demand)


def inverse(system: System) -> Any:
    """The Leontief inverse for products with it, ``@`` and ``.T @``; where it is not made, products are solved for."""
    if system.solver.small:
        return system.L
    from scipy.sparse.linalg import LinearOperator

    n, ahead, back = len(system.mrio.x), system.solver.solve, system.solver.solve_transposed
    return LinearOperator((n, n), matvec=ahead, rmatvec=back, matmat=ahead, rmatmat=back, dtype=np.float64)


def by_origin(scope: Scope) -> Array:
    """CO2 by region and sector of origin (R, 42) for the place's final use, Mt; its own regions included."""
    caused = scope.system.caused[:, list(scope.inside)].sum(1)
    return np.asarray(caused.reshape(len(scope.system.mrio.regions), -1))


def by_own_sector(scope: Scope) -> Array:
    """Production-based CO2 of each sector of the place (42,), Mt; households left out."""
    return scope.sectors(scope.system.emissions.co2)


@dataclass(frozen=True)
class Income:
    """Income-based ("enabled") emissions, Mt CO2: emitted by those who, along the chain, bought what the place's
    primary inputs (value added) went into. A description of what was sold to whom, never an effect.

    ``own`` emitted in the place, ``elsewhere`` by other region (in the order of ``scope.outside``), ``by_sector`` (42,)
    by the sector of the place whose value added it was. On the side of the place's production: ``from_elsewhere`` what
    it emitted with others' primary inputs behind it, ``from_abroad`` with imported inputs. ``households`` directly by residents.
    """

    own: float
    elsewhere: Array
    by_sector: Array
    from_elsewhere: float
    from_abroad: float
    households: float

    @property
    def total(self) -> float:
        """Income-based emissions, households included."""
        return self.own + float(self.elsewhere.sum()) + self.households

    @property
    def production(self) -> float:
        """Production-based emissions, households included: the inventory's total."""
        return self.own + self.from_elsewhere + self.from_abroad + self.households


def income(scope: Scope) -> Income:
    """The income-based account of a province, a group or the nation (Marques et al. 2012; supply side, Ghosh)."""
    system = scope.system
    mrio, co2, here = system.mrio, system.emissions.co2, scope.rows.reshape(-1)
    own_inputs = np.zeros_like(mrio.x)
    own_inputs[here] = mrio.value_added[here]
    inputs = np.column_stack([own_inputs, mrio.value_added - own_inputs, mrio.imports])
    L = inverse(system)
    behind = enabled(L, co2, mrio.x, inputs)
    emitted = behind[:, 0].reshape(len(mrio.regions), -1).sum(1)
    return Income(
        own=float(behind[here, 0].sum()),
        elsewhere=emitted[list(scope.outside)],
        by_sector=scope.sectors(enabling_intensity(L, co2, mrio.x) * mrio.value_added),
        from_elsewhere=float(behind[here, 1].sum()),
        from_abroad=float(behind[here, 2].sum()),
        households=float(system.emissions.households[list(scope.inside)].sum()),
    )


def detail_between(scope: Scope, origins: tuple[int, ...]) -> Array:
    """CO2 (42, 42) by sector of origin in the regions ``origins`` and by final product used in the place, Mt."""
    system = scope.system
    demand = system.mrio.y[:, list(scope.inside)].sum(1)
    detail = embodied_detail(system.emissions.f, system.L, demand, len(system.mrio.sectors))
    return np.asarray(detail[list(origins)].sum(0))
