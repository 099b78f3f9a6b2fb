"""The physical power balance: generation by source, exchange between provinces and implied capacity, TWh and GW.

Base 2024, all plants (full scope): each source's full-scope generation of 2021 moved by what is known of 2024: thermal and
nuclear by plants above the designated size, hydro by what such plants made more (small plants as in 2021), wind and solar
by capacity (mean of two year-ends), wind to the national full-scope total. Afterwards, each year and with the provinces together:

    use x (1 + losses) = generation by source + net import, and net imports add up to nothing.

Use follows the model's power purchases. Fossil generation of a province follows its power sector in the model (output x
what RENEW leaves), all together meeting the national fossil share; non-fossil generation is the rest: hydro, nuclear and
biomass grow by given national additions, wind and solar take what remains; each is sited by its shares of 2024. Flows
between provinces are the net imports spread over the exporters by iterative proportional fitting on the trade of 2019.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.mrio import NATION
from tools.roadmap.names import LAST, POWER_SECTOR, RENEW, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
    from tools.roadmap.defaults import Defaults
    from tools.roadmap.model import Path

    Array = NDArray[np.float64]

SOURCES: tuple[str, ...] = ("fossil", "biomass", "nuclear", "hydro", "wind", "solar")
FOSSIL, BIOMASS, NUCLEAR, HYDRO, WIND, SOLAR = range(6)
BASE_YEAR, FULL_YEAR, TRADE_YEAR = 2024, 2021, 2019
_ADDED = (BIOMASS, NUCLEAR, HYDRO)  # sources with given additions; wind and solar take the rest
_POWER = POWER_SECTOR - 1
GAS_GAIN = 1.25
_SMALL = 0.05  # TWh: a link not metered in 2019 may carry power later, but little at first
_HOURS = 8.76  # TWh a GW makes in a whole year


@dataclass(frozen=True)
class Assumptions:
    """What the balance assumes (rows ``power_…`` of the defaults), national.

    ``biomass_share`` of thermal generation in 2024; ``additions`` TWh that biomass, nuclear and hydro add from 2024 to
    2060, linear; ``wind_part`` of what wind and solar add.
    """

    biomass_share: float
    additions: tuple[float, float, float]
    wind_part: float

    @classmethod
    def of(cls, defaults: Defaults) -> Assumptions:
        """As the dataset's defaults give them."""
        added = [defaults.value("power_addition", name) for name in ("biomass", "nuclear", "hydro")]
        return cls(
            defaults.value("power_biomass_share", "China"), (added[0], added[1], added[2]),
            defaults.value("power_wind_part", "China"),
        )  # fmt: skip


@dataclass(frozen=True)
class PowerBase:
    """2024 by province: ``generation`` (R, 6) TWh, ``use`` (R,), ``capacity`` (R, 6) GW at the year's end and ``mean`` of the two
    year-ends (NaN where not known), ``trade`` (R, R) of 2019 from row to column, ``losses`` as a share of use that closes
    the nation's balance of 2024."""

    regions: tuple[str, ...]
    generation: Array
    use: Array
    capacity: Array
    mean: Array
    trade: Array
    losses: float


@dataclass(frozen=True)
class Power:
    """One year: ``generation`` (R, 6), ``use`` (R,), ``net_import`` (R,), ``flows`` (R, R) from row to column, TWh, and
    ``capacity`` (R, 6) GW, NaN where a source has none: at the year's end in 2024, later the year's mean, implied by the hours
    of 2024."""

    year: int
    generation: Array
    use: Array
    net_import: Array
    flows: Array
    capacity: Array

    @property
    def nonfossil_used(self) -> Array:
        """Of the power used, 0..1; (R,): a province's own generation and its net imports, each at its exporter's mix."""
        own = self.generation[:, FOSSIL + 1 :].sum(axis=1)
        drawn = self.flows.T @ np.nan_to_num(self.nonfossil_share)
        return np.asarray((own + drawn) / (self.generation.sum(axis=1) + self.flows.sum(axis=0)))

    @property
    def nonfossil_share(self) -> Array:
        """Of the province's own generation, 0..1; (R,)."""
        total = self.generation.sum(axis=1)
        return np.asarray(
            1 - np.divide(self.generation[:, FOSSIL], total, out=np.full_like(total, np.nan), where=total > 0)
        )


def as_nation(base: PowerBase, warehouse: Warehouse) -> PowerBase:
    """The provinces' balance as one region, with the nation's capacity at the year's end: exchange between provinces is
    inside it."""
    capacity, mean = (
        np.where(np.isfinite(own), own, np.nansum(parts, axis=0))
        for own, parts in zip(_capacities(warehouse, (NATION,)), (base.capacity, base.mean), strict=True)
    )
    return replace(
        base, regions=(NATION,), generation=base.generation.sum(axis=0)[None], use=np.array([base.use.sum()]),
        capacity=np.where(capacity > 0, capacity, np.nan), mean=np.where(mean > 0, mean, np.nan), trade=np.zeros((1, 1)),
    )  # fmt: skip


def _capacities(warehouse: Warehouse, regions: tuple[str, ...]) -> tuple[Array, Array]:
    """Capacity at the end of 2024 and its mean over the year, (R, 6) GW; a source without an earlier year-end keeps the later.

    A year's generation is made by what stood through it: over the year-end's capacity the hours of a fast-growing
    source (solar: +45 % in 2024) would come out far too low.
    """
    last = _capacity(warehouse, regions, BASE_YEAR)
    mean = (last + _capacity(warehouse, regions, BASE_YEAR - 1)) / 2
    return last, np.where(np.isfinite(mean), mean, last)


def load_power(warehouse: Warehouse, regions: tuple[str, ...], assumed: Assumptions) -> PowerBase:
    """The balance of 2024 from the dataset's tables."""
    full = _generation(warehouse, regions, "full", FULL_YEAR)
    now, then = (_generation(warehouse, regions, "above_scale", year) for year in (BASE_YEAR, FULL_YEAR))
    mean = {year: (_capacity(warehouse, regions, year) + _capacity(warehouse, regions, year - 1)) / 2
            for year in (BASE_YEAR, FULL_YEAR)}  # fmt: skip
    by_plants = np.divide(now, then, out=np.ones_like(now), where=(then > 0) & np.isfinite(now))
    by_capacity = np.divide(mean[BASE_YEAR], mean[FULL_YEAR], out=np.ones_like(now), where=mean[FULL_YEAR] > 0)
    growth = by_plants
    growth[:, [WIND, SOLAR]] = by_capacity[:, [WIND, SOLAR]]
    generation = np.nan_to_num(full) * growth
    more = np.nan_to_num(now[:, HYDRO] - then[:, HYDRO])
    generation[:, HYDRO] = np.maximum(np.nan_to_num(full[:, HYDRO]) + more, 0.0)
    for total in _national_wind(warehouse):
        generation[:, WIND] *= total / generation[:, WIND].sum()
    generation[:, BIOMASS] = generation[:, FOSSIL] * assumed.biomass_share
    generation[:, FOSSIL] -= generation[:, BIOMASS]
    use = _used(warehouse, regions, BASE_YEAR)
    return PowerBase(
        regions, generation, use, *_capacities(warehouse, regions), _trade(warehouse, regions),
        float(generation.sum() / use.sum() - 1),
    )  # fmt: skip


_NAMES = {"thermal": FOSSIL, "nuclear": NUCLEAR, "hydro": HYDRO, "wind": WIND, "solar": SOLAR}


def _generation(warehouse: Warehouse, regions: tuple[str, ...], scope: str, year: int) -> Array:
    return _by_source(
        warehouse,
        regions,
        "SELECT region, source, twh FROM power_generation WHERE scope = ? AND year = ?",
        (scope, year),
    )


def _capacity(warehouse: Warehouse, regions: tuple[str, ...], year: int) -> Array:
    return _by_source(warehouse, regions, "SELECT region, source, gw FROM power_capacity WHERE year = ?", (year,))


def _by_source(warehouse: Warehouse, regions: tuple[str, ...], sql: str, params: tuple[object, ...]) -> Array:
    """(R, 6); thermal stands in the fossil column; NaN where there is no row."""
    out = np.full((len(regions), len(SOURCES)), np.nan)
    place = {code: i for i, code in enumerate(regions)}
    for region, source, value in warehouse.rows(sql, params):
        if region in place and source in _NAMES:
            out[place[region], _NAMES[source]] = value
    return out


def _national_wind(warehouse: Warehouse) -> list[float]:
    rows = warehouse.rows(
        "SELECT twh FROM power_generation WHERE region = 'CN' AND source = 'wind' AND scope = 'full' AND year = ?",
        (BASE_YEAR,),
    )
    return [float(row[0]) for row in rows]


def _used(warehouse: Warehouse, regions: tuple[str, ...], year: int) -> Array:
    found = dict(warehouse.rows("SELECT region, twh FROM power_consumption WHERE year = ?", (year,)))
    return np.array([found.get(code, 0.0) for code in regions], dtype=float)


def _trade(warehouse: Warehouse, regions: tuple[str, ...]) -> Array:
    out = np.zeros((len(regions), len(regions)))
    place = {code: i for i, code in enumerate(regions)}
    for origin, destination, twh in warehouse.rows(
        "SELECT origin, destination, twh FROM power_trade WHERE year = ?", (TRADE_YEAR,)
    ):
        if origin in place and destination in place:
            out[place[origin], place[destination]] += twh
    return out


def balance_of(path: Path, base: PowerBase, potential: float, assumed: Assumptions, year: int) -> Power:
    """The balance of one year, 2024 to 2060, for all provinces of a path; ``potential`` is the share of fossil power that
    RENEW replaces at full deployment."""
    t, start = at(year), at(BASE_YEAR)
    use = base.use * path.power[t] / path.power[start]
    need = use * (1 + base.losses)
    left = 1 - potential * path.deployment[RENEW]  # (R, T) of fossil power
    sector = path.output[..., _POWER] * left.T  # (T, R)
    moved = np.divide(sector[t], sector[start], out=np.ones_like(need), where=sector[start] > 0)
    fossil = base.generation[:, FOSSIL] * moved
    weight = base.generation[:, FOSSIL] / base.generation[:, FOSSIL].sum()
    share = float(weight @ (left[:, t] / left[:, start]) * base.generation[:, FOSSIL].sum() / base.generation.sum())
    fossil *= need.sum() * share / fossil.sum()
    national = _non_fossil(base, assumed, float(need.sum() - fossil.sum()), year)
    siting = base.generation / base.generation.sum(axis=0)
    generation = siting * national
    generation[:, FOSSIL] = fossil
    net = need - generation.sum(axis=1)
    return Power(year, generation, use, net, flows_of(net, base.trade), _implied(base, generation, year))


def _non_fossil(base: PowerBase, assumed: Assumptions, total: float, year: int) -> Array:
    """National generation of each source (6,), fossil 0, adding up to ``total``.

    Where less is needed than the given additions make, the additions shrink alike; where less than 2024 made, all do.
    """
    start = base.generation.sum(axis=0)
    start[FOSSIL] = 0.0
    room = total - start.sum()
    if room < 0:
        return np.asarray(start * total / start.sum())
    added = np.zeros_like(start)
    added[list(_ADDED)] = np.array(assumed.additions) * (year - BASE_YEAR) / (LAST - BASE_YEAR)
    if added.sum() > room:
        added *= room / added.sum()
    rest = room - added.sum()
    added[WIND], added[SOLAR] = rest * assumed.wind_part, rest * (1 - assumed.wind_part)
    return np.asarray(start + added)


def flows_of(net: Array, prior: Array, sweeps: int = 2000) -> Array:
    """Flows (R, R) from exporters to importers that give each its net import, nearest to ``prior`` (iterative
    proportional fitting, Deming and Stephan 1940). Exports equal imports: ``net`` adds up to nothing."""
    out_of, into = np.maximum(-net, 0.0), np.maximum(net, 0.0)
    if into.sum() <= 0:
        return np.zeros_like(prior)
    flows = np.where((out_of[:, None] > 0) & (into > 0), prior + _SMALL, 0.0)
    for _ in range(sweeps):
        rows = flows.sum(axis=1)
        flows *= np.divide(out_of, rows, out=np.zeros_like(rows), where=rows > 0)[:, None]
        columns = flows.sum(axis=0)
        flows *= np.divide(into, columns, out=np.zeros_like(columns), where=columns > 0)
        if float(np.abs(flows.sum(axis=1) - out_of).max()) < 1e-9:
            break
    return flows


def _implied(base: PowerBase, generation: Array, year: int) -> Array:
    """GW at the hours of 2024, the nation's where a province has no capacity of the source yet; thermal in one.

    Fossil and biomass share the thermal plants: their capacity stands under fossil. 2024 itself is as it stood at its end.
    """
    if year == BASE_YEAR:
        return base.capacity
    thermal, made = base.generation.copy(), generation.copy()
    thermal[:, FOSSIL] += thermal[:, BIOMASS]
    made[:, FOSSIL] += made[:, BIOMASS]
    known = np.isfinite(base.mean) & (base.mean > 0)
    whole = np.where(known, base.mean, 0.0).sum(axis=0)
    mean = np.divide((thermal * known).sum(axis=0), whole, out=np.full(len(SOURCES), np.nan), where=whole > 0)
    hours = np.where(known, np.divide(thermal, base.mean, out=np.full_like(thermal, np.nan), where=known), mean)
    hours = np.where(hours > 0.05 * _HOURS, hours, mean)  # a plant that hardly ran says nothing of later years
    out: Array = np.divide(made, hours, out=np.full_like(made, np.nan), where=np.isfinite(hours) & (hours > 0))
    return out


def gas_part(path: Path, fuel_factor: Array, year: int) -> Array:
    """Share of gas in fossil generation, from the power sector's CO2 by fuel, (R,); NaN without an inventory.

    Heat is CO2 over the fuel's factor (t per MWh, coal, oil, gas); a gas plant makes 1.25 times as much of it as a
    coal plant (50 against 40 %: our assumption). Oil goes with coal. Heat supplied by the sector is in both.
    """
    heat = path.emissions[at(year), :, _POWER, :3] / fuel_factor
    made = heat * np.array([1.0, 1.0, GAS_GAIN])
    total = made.sum(axis=-1)
    part: Array = np.divide(made[:, 2], total, out=np.full_like(total, np.nan), where=total > 0)
    return part


__all__ = [
    "BASE_YEAR", "SOURCES", "Assumptions", "Power", "PowerBase", "as_nation", "balance_of", "flows_of", "gas_part",
    "load_power",
]  # fmt: skip
