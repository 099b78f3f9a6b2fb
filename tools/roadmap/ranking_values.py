"""What provinces are ranked by on a scenario: each indicator's value for one unit (a province, or a group's sum) in a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.text import Text
from tools.result import Account
from tools.roadmap.energy import energy_of
from tools.roadmap.names import COMMON, LAST, SECTORS, YEARS, at
from tools.roadmap.power import BASE_YEAR, SOLAR, WIND
from tools.roadmap.storage import onshore
from tools.roadmap.story import NEAR_ZERO

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Place, Sector
    from tools.roadmap.energy import Energy
    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Path
    from tools.roadmap.power import Power

    Array = NDArray[np.float64]

Key = Literal[
    "gross", "net", "removals", "captured", "captured_total", "storage", "storage_gap", "cumulative", "per_head", "per_gdp",
    "nonfossil_energy", "nonfossil_power", "power_use", "net_import", "net_export", "wind_solar", "peak", "net_zero",
]  # fmt: skip
Indices = tuple[int, ...]
_PEOPLE = "SELECT region, population_10k FROM population WHERE year = 2019"
_PEOPLE_YEAR = 2019


@dataclass(frozen=True)
class Unit:
    """What is ranked: a province, or a group as the sum of its members with an inventory."""

    place: Place
    indices: Indices


@dataclass
class Field:
    """One scenario of the provinces' lane; what several units need of a year is computed once."""

    engine: Engine
    path: Path
    sector: Sector | None = None
    _powers: dict[int, Power] = field(default_factory=dict)
    _energy: Energy | None = None
    _people: Array | None = None

    @property
    def emissions(self) -> Array:
        """Gross emissions of all sectors, or of the sector asked for; (T, R) Mt."""
        if self.sector is None:
            return self.path.gross
        return np.asarray(self.path.sectors[..., positions(self.sector)].sum(axis=-1))

    @property
    def energy(self) -> Energy:
        """Energy of every year, (T, R)."""
        if self._energy is None:
            self._energy = energy_of(self.path, self.engine.energy)
        return self._energy

    def power(self, year: int) -> Power:
        """The physical power balance of a year."""
        if year not in self._powers:
            self._powers[year] = self.engine.power(self.path, year)
        return self._powers[year]

    @property
    def people(self) -> Array:
        """Population assumed for every year, 10k persons (T, R): that of 2019 moved by the model's path."""
        if self._people is None:
            known = dict(self.engine.warehouse.rows(_PEOPLE))
            base = np.array([known.get(code, np.nan) for code in self.path.regions], dtype=float)
            self._people = base * self.engine.model.drivers.population.T
        return self._people

    def peak(self, unit: Unit) -> int:
        """Year of the highest gross emissions from 2017 to 2060."""
        return YEARS[int(self.emissions[:, list(unit.indices)].sum(axis=1).argmax())]

    def net_zero(self, unit: Unit) -> int | None:
        """First year from which net emissions stay at or below zero; None where there is none to 2060."""
        below = self.path.net[:, list(unit.indices)].sum(axis=1) <= NEAR_ZERO
        if not below[-1]:
            return None
        above = np.flatnonzero(~below)
        return YEARS[int(above[-1]) + 1] if len(above) else YEARS[0]


def positions(sector: Sector) -> list[int]:
    """A sector's positions among the 42 and households; empty where the table does not part it."""
    if sector.kind == "households":
        return [SECTORS]
    numbers = sector.mrio or ((sector.part_of,) if sector.part_of is not None else ())
    return [n - 1 for n in numbers]


Value = Callable[[Field, Unit, int], float | None]


def _sum(series: Callable[[Field], Array]) -> Value:
    """The unit's sum of a (T, R) series in the year."""
    return lambda f, u, year: float(series(f)[at(year), list(u.indices)].sum())


def _total(series: Callable[[Field], Array]) -> Value:
    """The same summed over 2026 to the year."""
    return lambda f, u, year: float(series(f)[at(COMMON) + 1 : at(year) + 1, list(u.indices)].sum())


def _ratio(above: Callable[[Field], Array], below: Callable[[Field], Array], factor: float) -> Value:
    """The quotient of two sums in the year."""

    def value(f: Field, u: Unit, year: int) -> float:
        t, here = at(year), list(u.indices)
        return float(above(f)[t, here].sum() / below(f)[t, here].sum() * factor)

    return value


def _room(f: Field, u: Unit) -> float | None:
    """Onshore storage of the members, Mt; None where the dataset holds none for any of them."""
    found = [onshore(f.engine.warehouse, f.path.regions[i]) for i in u.indices]
    known = [v for v in found if v is not None]
    return sum(known) if known else None


def _gap(f: Field, u: Unit, year: int) -> float | None:
    room = _room(f, u)
    return None if room is None else _STORED(f, u, year) - room  # type: ignore[operator]  # sums are never None


_STORED = _total(lambda f: f.path.captured + f.path.engineered)


def _date(value: int | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class Indicator:
    """``kind``: ``level`` of a year, ``sum`` over 2026 to the year, ``date`` a year itself. ``first``: the first year it has."""

    name: Text
    unit: str
    value: Value
    kind: Literal["level", "sum", "date"] = "level"
    account: Account | None = None
    first: int = COMMON - 5
    sectors: bool = False  # whether it can be asked of one sector


INDICATORS: dict[Key, Indicator] = {
    "gross": Indicator(Text("总排放", "gross emissions"), "Mt CO2", _sum(lambda f: f.emissions), account=Account.GROSS, sectors=True),
    "net": Indicator(Text("净排放", "net emissions"), "Mt CO2", _sum(lambda f: f.path.net), account=Account.NET),
    "removals": Indicator(
        Text("碳移除（碳汇与工程移除）", "removals (land sink and engineered)"), "Mt CO2", _sum(lambda f: f.path.removals),
        account=Account.REMOVALS,
    ),
    "captured": Indicator(Text("碳捕集量（CCUS）", "CO2 captured (CCUS)"), "Mt CO2", _sum(lambda f: f.path.captured), first=COMMON + 1),
    "captured_total": Indicator(
        Text("累计碳捕集量（CCUS）", "cumulative CO2 captured (CCUS)"), "Mt CO2", _total(lambda f: f.path.captured), "sum",
        first=COMMON + 1,
    ),
    "storage": Indicator(
        Text("累计须封存量（捕集与工程移除）", "CO2 to be stored (captured and engineered removals)"), "Mt CO2", _STORED, "sum",
        first=COMMON + 1,
    ),
    "storage_gap": Indicator(
        Text("累计须封存量超出陆上封存容量之数", "CO2 to be stored beyond onshore storage"), "Mt CO2", _gap, "sum", first=COMMON + 1,
    ),
    "cumulative": Indicator(
        Text("累计总排放", "cumulative gross emissions"), "Mt CO2", _total(lambda f: f.emissions), "sum", Account.GROSS,
        COMMON + 1, sectors=True,
    ),
    "per_head": Indicator(
        Text("人均总排放", "gross emissions per head"), "t CO2/person", _ratio(lambda f: f.emissions, lambda f: f.people, 100.0),
        account=Account.GROSS,
    ),
    "per_gdp": Indicator(
        Text("单位GDP总排放（2017年价）", "gross emissions per GDP (2017 prices)"), "kg CO2/10k yuan",
        _ratio(lambda f: f.emissions, lambda f: f.path.gdp, 1e5), account=Account.GROSS,
    ),
    "nonfossil_energy": Indicator(
        Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)"), "%",
        _ratio(lambda f: f.energy.nonfossil_primary * f.energy.primary, lambda f: f.energy.primary, 100.0),
    ),
    "nonfossil_power": Indicator(
        Text("非化石电力占用电量比重（模型口径，含净调入）", "non-fossil share of the power used (model's convention, imports included)"),
        "%", _ratio(lambda f: f.energy.nonfossil_power * f.energy.power, lambda f: f.energy.power, 100.0),
    ),
    "power_use": Indicator(Text("用电量", "electricity used"), "TWh", _sum(lambda f: f.energy.power)),
    "net_import": Indicator(
        Text("电力净调入", "net import of electricity"), "TWh",
        lambda f, u, year: float(f.power(year).net_import[list(u.indices)].sum()), first=BASE_YEAR,
    ),
    "net_export": Indicator(
        Text("电力净调出", "net export of electricity"), "TWh",
        lambda f, u, year: -float(f.power(year).net_import[list(u.indices)].sum()), first=BASE_YEAR,
    ),
    "wind_solar": Indicator(
        Text("风电与光伏装机", "wind and solar capacity"), "GW",
        lambda f, u, year: float(np.nansum(f.power(year).capacity[list(u.indices)][:, [WIND, SOLAR]])), first=BASE_YEAR,
    ),
    "peak": Indicator(
        Text("达峰年份", "peak year"), "year", lambda f, u, year: float(f.peak(u)), "date", Account.GROSS, sectors=True,
    ),
    "net_zero": Indicator(
        Text("净零年份", "year of net zero"), "year", lambda f, u, year: _date(f.net_zero(u)), "date", Account.NET,
    ),
}  # fmt: skip
DATE_KEYS: tuple[Key, ...] = ("peak", "net_zero")
NEVER_PEAKS = LAST  # a path highest in its last year has no peak


def peak_window(f: Field, unit: Unit) -> tuple[int, int]:
    """Years between which nine in ten runs of the delivery ensemble peak, the central run included."""
    first, last = f.engine.band(f.path.scenario).window(unit.indices)
    center = f.peak(unit)
    return min(first, center), max(last, center)


def spread(f: Field, key: Key, unit: Unit, year: int) -> tuple[float, float] | None:
    """5 and 95 % of the delivery ensemble, the central run included; None where the ensemble has no such figure."""
    band = f.engine.band(f.path.scenario)
    if key not in ("gross", "net") or f.sector is not None or year not in band.dates:
        return None
    low, _, high = band.range(year, unit.indices, "gross" if key == "gross" else "net")
    central = INDICATORS[key].value(f, unit, year)
    assert central is not None  # emissions of a province with an inventory
    return min(low, central), max(high, central)


def runs_agreeing(f: Field, key: Key, units: list[Unit], year: int, *, largest: bool) -> tuple[int, int] | None:
    """In how many runs of the ensemble the first unit of the central run is first as well, of how many."""
    band = f.engine.band(f.path.scenario)
    if key not in ("gross", "net") or f.sector is not None or year not in band.dates:
        return None
    values = (band.gross if key == "gross" else band.net)[:, band.dates.index(year)]
    each = np.array([values[:, list(u.indices)].sum(axis=1) for u in units])
    first = each.argmax(axis=0) if largest else each.argmin(axis=0)
    return int((first == 0).sum()), len(first)


PEOPLE_NOTE = Text(
    f"人均按模型所设人口计算：{_PEOPLE_YEAR}年常住人口按各省趋势渐缓、合计等于全国设定的路径推算，不是官方预测。",
    f"Per head is on the model's population: that of {_PEOPLE_YEAR} moved along each province's fading trend, rescaled to the national "
    "path assumed; no official projection.",
)
GDP_NOTE = Text(
    "GDP为模型所设路径（2017年价，以2017年投入产出表增加值为基数），不是官方规划。",
    "GDP is the model's path (2017 prices, from the value added of the 2017 table), no official plan.",
)
