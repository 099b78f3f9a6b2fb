"""Ranges of the common results over the variants of the estimated table, by place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from data.classification import place
from tools.mrio.algebra import Array, power_of_dispersion, sensitivity_of_dispersion
from tools.mrio.algebra import top as largest
from tools.mrio.system import System, get_system
from tools.mrio.variants import Spread, columns_of, rows_of, spread

if TYPE_CHECKING:
    from data.warehouse import Warehouse

ROBUST = 0.8  # a pair that stays in front in fewer variants is "not robust"
PARTNERS_TOP = 5  # a partner province "stays" while it is among so many
SECTOR_TOP = 10  # a partner of a sector "stays" while it is among so many
PROVINCE_TOP = 20  # a chain pair of a province "stays" while it is among so many
LISTED = 40  # entries of a list of pairs
Listing = Literal["buyers", "suppliers", "downstream", "upstream", "province"]
Inside = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Lowest and highest value over the variants, and the share of variants in which an item stays in front."""

    low: float
    high: float
    stays: float | None = None

    def __neg__(self) -> Bound:
        """The bound of the opposite quantity."""
        return Bound(-self.high, -self.low, self.stays)

    @property
    def robust(self) -> bool:
        """Whether the item stays in front in at least ROBUST of the variants."""
        return self.stays is not None and self.stays >= ROBUST


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of a list: supplier (or emitter) and buyer (or final product) as (province code, sector number)."""

    supplier: tuple[str, int]
    buyer: tuple[str, int]
    value: float
    bound: Bound


def _accounts(system: System, inside: Inside) -> Array:
    """Footprint with households, inflow, outflow, net inflow and exports of a place, Mt."""
    trade, own = system.trade, list(inside)
    own_use = trade[np.ix_(own, own)].sum()
    inflow, outflow = trade[:, own].sum() - own_use, trade[own].sum() - own_use
    exported = system.exported.reshape(len(trade), -1)[own].sum()
    total = trade[:, own].sum() + system.emissions.households[own].sum()
    return np.array([total, inflow, outflow, inflow - outflow, exported])


def _origins(system: System, inside: Inside) -> Array:
    """CO2 emitted in each other province for the place's final use (R,), Mt."""
    arriving = system.trade[:, list(inside)].sum(1)
    arriving[list(inside)] = 0.0
    return np.asarray(arriving)


def _products(system: System, inside: Inside) -> Array:
    """The place's footprint by final product (42,), households' direct emissions left out, Mt."""
    bought = system.mrio.y[:, list(inside)].sum(1)
    return np.asarray((system.intensity * bought).reshape(len(system.mrio.regions), -1).sum(0))


def _sources(system: System, inside: Inside) -> Array:
    """CO2 emitted elsewhere for the place's final use by emitting sector (42,), Mt."""
    arriving = system.caused[:, list(inside)].sum(1).reshape(len(system.mrio.regions), -1)
    arriving[list(inside)] = 0.0
    return np.asarray(arriving.sum(0))


def _dispersion(index: Callable[[Array], Array]) -> Callable[[System, Inside], Array]:
    def measure(system: System, inside: Inside) -> Array:
        s = len(system.mrio.sectors)
        own = np.arange(inside[0] * s, (inside[0] + 1) * s)
        return index(columns_of(system, own)[own])

    return measure


ACCOUNTS = ("footprint", "inflow", "outflow", "net_inflow", "exports")
BY_SECTOR: dict[str, Callable[[System, Inside], Array]] = {
    "footprint_by_product": _products,
    "inflow_by_source": _sources,
    "power_of_dispersion": _dispersion(power_of_dispersion),
    "sensitivity_of_dispersion": _dispersion(sensitivity_of_dispersion),
}
OF_ONE_PROVINCE = ("power_of_dispersion", "sensitivity_of_dispersion")
WITHOUT_INVENTORY = ("inflow", "inflow_by_source", "embodied_flow", *OF_ONE_PROVINCE)  # what is known of Tibet


def bounds(warehouse: Warehouse, year: int, measure: str, region: str) -> dict[tuple[str, int], Bound]:
    """Bounds of one of ACCOUNTS, of BY_SECTOR or of embodied_flow, by (partner code or "", sector number or 0).

    ``region`` is the code of a province or of a group (whose dispersion has none). Empty where there are no variants:
    the nation, a published table. Raises KeyError for an unknown measure.
    """
    return dict(_bounds(warehouse, year, measure, region))


@lru_cache(maxsize=512)
def _bounds(warehouse: Warehouse, year: int, measure: str, region: str) -> dict[tuple[str, int], Bound]:
    where = place(region)
    if where.kind == "nation" or (where.kind == "group" and measure in OF_ONE_PROVINCE):
        return {}
    system = get_system(warehouse, year)
    if system.mrio.kind == "published":
        return {}
    inside = tuple(system.mrio.regions.index(code) for code in where.members or (region,))
    unknown = all(system.mrio.regions[i] in system.emissions.missing for i in inside)
    if unknown and measure not in WITHOUT_INVENTORY:
        return {}
    if measure in ACCOUNTS:
        found = spread(warehouse, year, lambda s: _accounts(s, inside))
        return {} if found is None else {("", 0): _bound(found, ACCOUNTS.index(measure))}
    if measure == "embodied_flow":
        found = spread(warehouse, year, lambda s: _origins(s, inside), top=PARTNERS_TOP)
        codes = enumerate(system.mrio.regions)
        others = {k: c for k, c in codes if k not in inside and c not in system.emissions.missing}
        return {} if found is None else {(code, 0): _bound(found, k) for k, code in others.items()}
    of = BY_SECTOR[measure]
    found = spread(warehouse, year, lambda s: of(s, inside))
    return {} if found is None else {("", k + 1): _bound(found, k) for k in range(found.low.size)}


def _bound(found: Spread, at: int) -> Bound:
    stays = None if found.stays is None else float(found.stays[at])
    return Bound(float(found.low[at]), float(found.high[at]), stays)


def _list_of(listing: Listing, at: int) -> Callable[[System], Array]:
    """The candidates (n,) of a sector's list: money or Mt CO2 to or from every sector but itself."""

    def measure(system: System) -> Array:
        mrio, f = system.mrio, system.emissions.f
        if listing == "buyers":
            values = mrio.A[at] * mrio.x
        elif listing == "suppliers":
            values = mrio.A[:, at] * mrio.x[at]
        else:
            final = mrio.y.sum(1) + mrio.exports
            if listing == "downstream":
                values = f[at] * rows_of(system, np.array([at]))[0] * final
            else:
                values = f * columns_of(system, np.array([at]))[:, 0] * final[at]
        values[at] = 0.0
        return np.asarray(values)

    return measure


def _touching(region: int) -> Callable[[System], Array]:
    """Chain pairs that touch a province, Mt: (2 * 42 * n,); first it emits, then only the final product is its own."""

    def measure(system: System) -> Array:
        mrio, f, s = system.mrio, system.emissions.f, len(system.mrio.sectors)
        own = np.arange(region * s, (region + 1) * s)
        final = mrio.y.sum(1) + mrio.exports
        out = f[own][:, None] * rows_of(system, own) * final
        into = (f[:, None] * columns_of(system, own) * final[own]).T
        out[np.arange(s), own] = 0.0
        into[:, own] = 0.0  # pairs inside stand in the first half
        return np.concatenate([out.reshape(-1), into.reshape(-1)])

    return measure


@lru_cache(maxsize=256)
def _pairs(warehouse: Warehouse, year: int, listing: Listing, region: str, sector: int) -> tuple[Pair, ...]:
    system = get_system(warehouse, year)
    codes, s, n = system.mrio.regions, len(system.mrio.sectors), len(system.mrio.x)
    if region not in codes:
        return ()
    at = codes.index(region) * s + sector - 1
    measure = _touching(codes.index(region)) if listing == "province" else _list_of(listing, at)
    found = spread(warehouse, year, measure, top=PROVINCE_TOP if listing == "province" else SECTOR_TOP)
    if found is None:
        return ()
    values = measure(system)
    pairs = []
    for k in largest(values, LISTED):
        if listing == "province":
            half, rest = divmod(k, s * n)
            own, other = codes.index(region) * s + rest // n, rest % n
            ends = (own, other) if half == 0 else (other, own)
        else:
            ends = (at, k) if listing in ("buyers", "downstream") else (k, at)
        supplier, buyer = ((codes[e // s], e % s + 1) for e in ends)
        pairs.append(Pair(supplier, buyer, float(values[k]), _bound(found, k)))
    return tuple(pairs)


def pair_bounds(warehouse: Warehouse, year: int, listing: Listing, region: str, sector: int = 0) -> list[Pair]:
    """The LISTED largest pairs of a province's sector, or (listing "province") of the province, largest first.

    Buyers and suppliers in 100M yuan, the others in Mt CO2. Empty for groups, the nation and a published table.
    """
    return list(_pairs(warehouse, year, listing, region, sector))


def span(bound: Bound | None, value: float) -> dict[str, Any]:
    """``low`` and ``high`` of a Fact from a bound, widened to hold the value (variants are in single precision)."""
    if bound is None:
        return {}
    return {"low": min(bound.low, value), "high": max(bound.high, value)}


__all__ = ["Bound", "Listing", "Pair", "bounds", "pair_bounds", "span"]
