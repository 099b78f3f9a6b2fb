"""What one roadmap tells: the path it leads with, what stands beside it, and the figures derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.classification import mrio_sector, sector
from tools.roadmap.energy import Energy, energy_of
from tools.roadmap.names import COMMON, LAST, LEVER_KEYS, SECTORS, YEARS, at
from tools.roadmap.wedges import Columns, Order, by_group, ordered, wedges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Sector
    from tools.roadmap.backcast import Backcast
    from tools.roadmap.bands import Band
    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Path
    from tools.roadmap.scope import Scope

    Array = NDArray[np.float64]

NEAR_ZERO = 0.05  # Mt: below this a path counts as net zero
WEDGE_YEARS: tuple[int, ...] = (2030, 2035, 2040, 2045, 2050, 2055, 2060)


@dataclass(frozen=True)
class Story:
    """A place's roadmap. ``beside`` is the other path shown: the scenario beside a backcast, or the reverse."""

    scope: Scope
    lead: Path
    beside: Path | None
    current: Path
    dual: Path
    backcast: Backcast | None
    target_year: int
    asked_neutral: bool  # whether a net-zero year was asked for

    @property
    def engine(self) -> Engine:
        """The lane's engine."""
        return self.scope.engine

    @cached_property
    def band(self) -> Band:
        """The delivery ensemble about the leading path."""
        return self.band_of(self.lead)

    def band_of(self, path: Path) -> Band:
        """The delivery ensemble about a path of this story."""
        if self.backcast is not None and path is self.backcast.path:
            return self.engine.backcast_band(self.backcast.year, self.scope.index)
        return self.engine.band(path.scenario)

    def total(self, values: Array, year: int) -> float:
        """A (T, R) series summed over the place in a year."""
        return float(values[at(year), list(self.scope.indices)].sum())

    def net(self, path: Path, year: int) -> float:
        """Net emissions of the place, Mt."""
        return self.total(path.net, year)

    def reaches_zero(self, path: Path, year: int) -> bool:
        """Whether net emissions are zero or below in a year."""
        return self.net(path, year) <= NEAR_ZERO

    def zero_year(self, path: Path) -> int | None:
        """First year from which net emissions stay at or below zero; None where there is none to 2060."""
        below = path.net[:, list(self.scope.indices)].sum(axis=1) <= NEAR_ZERO
        if not below[-1]:
            return None
        above = np.flatnonzero(~below)
        return YEARS[int(above[-1]) + 1] if len(above) else YEARS[0]

    def peak(self, path: Path) -> int:
        """Year of the highest gross emissions since 2017."""
        return YEARS[int(path.gross[:, list(self.scope.indices)].sum(axis=1).argmax())]

    @property
    def window(self) -> tuple[int, int]:
        """Years between which nine in ten runs of the leading path's delivery ensemble peak, the central run included."""
        first, last = self.band.window(self.scope.indices)
        center = self.peak(self.lead)
        return min(first, center), max(last, center)

    def cumulative(self, path: Path, first: int, last: int) -> float:
        """Gross emissions summed over years, Mt."""
        return float(path.gross[at(first) : at(last) + 1, list(self.scope.indices)].sum())

    def sectors(self, path: Path) -> Array:
        """Emissions of the 42 sectors and households of the place, (T, 43)."""
        return np.asarray(path.sectors[:, list(self.scope.indices)].sum(axis=1))

    def intensity(self, path: Path, year: int) -> float:
        """Gross CO2 per GDP at 2017 prices, kg per 10k yuan."""
        return self.total(path.gross, year) / self.total(path.gdp, year) * 1e5

    def fall(self, path: Path, first: int, last: int) -> float:
        """Fall of CO2 per GDP between two years, %."""
        return (1 - self.intensity(path, last) / self.intensity(path, first)) * 100

    def energy(self, path: Path) -> Energy:
        """Energy of the lane's regions on a path, (T, R)."""
        return energy_of(path, self.engine.energy)

    @cached_property
    def cuts(self) -> list[tuple[int, float]]:
        """Sectors (position, 42 = households) by their cut from 2025 to 2060 on the leading path, largest first."""
        series = self.sectors(self.lead)
        cut = series[at(COMMON)] - series[at(LAST)]
        return [(int(i), float(cut[i])) for i in np.argsort(-cut, kind="stable")]

    def columns(self) -> Columns:
        """The place's emissions as one column of the attribution."""
        size = self.engine.model.economy.size
        here = np.zeros(size)
        here[list(self.scope.indices)] = 1.0
        return Columns(np.repeat(here, SECTORS)[:, None], here[:, None])

    def wedge(self, start: Path, end: Path, year: int) -> Array:
        """Contribution of each lever to the difference of two paths in a year, Mt; (K,)."""
        t = at(year)
        found, _ = wedges(
            self.engine.model, start.deployment[..., t], end.deployment[..., t], t, self.columns()
        )  # fmt: skip
        return np.asarray(found[:, 0])

    def matrix(self, year: int, order: Order = "joint") -> Array:
        """What each lever adds in each sector group from current policies to ``wedge_end``, Mt (K, groups), below zero where
        it cuts. Column sums are the differences of the two paths by group, exactly; all regions' levers move."""
        t, columns = at(year), by_group(self.engine.model, self.scope.indices)
        start, end = (p.deployment[..., t] for p in (self.current, self.wedge_end))
        return ordered(self.engine.model, start, end, t, columns, order)

    @cached_property
    def matrices(self) -> dict[int, Array]:
        """``matrix`` at WEDGE_YEARS, all levers moving together."""
        key = ("matrices", self.lead.scenario, self.target_year, self.scope.indices)
        return self.engine.once(key, lambda: {year: self.matrix(year) for year in WEDGE_YEARS})

    @property
    def lever_wedges(self) -> dict[int, Array]:
        """The contribution of each lever (K,) at WEDGE_YEARS: row sums of the matrices."""
        return {year: found.sum(axis=1) for year, found in self.matrices.items()}

    @property
    def wedge_end(self) -> Path:
        """The path the wedges lead to."""
        return self.dual if self.lead is self.current else self.lead

    def top_levers(self, wedge: Array, most: int = 3) -> list[str]:
        """Keys of the levers that cut most."""
        return [LEVER_KEYS[k] for k in np.argsort(wedge, kind="stable")[:most] if wedge[k] < 0]


def sector_at(position: int) -> Sector:
    """A sector by its position in the 43 (42 sectors and households): ``short`` for words, ``name`` for facts."""
    return sector("households") if position == SECTORS else mrio_sector(position + 1)


def cut_year(series: Array, share: float) -> int | None:
    """First year from 2025 in which a series (T,) stays ``share`` below its 2025 level; None where never to 2060."""
    start = series[at(COMMON)]
    low = series <= start * (1 - share)
    if start <= 0 or not low[-1]:
        return None
    above = np.flatnonzero(~low[at(COMMON) :])
    return YEARS[at(COMMON) + int(above[-1]) + 1]


def tell(scope: Scope, scenario: str, target_year: int | None) -> Story:
    """Choose the path to lead with: the scenario, or for a net-zero year asked for the path that reaches it."""
    engine = scope.engine
    dual, current = engine.path("dual_carbon"), engine.path("current_policies")
    path = engine.path(scenario)
    year = target_year or LAST
    bare = Story(scope, path, None, current, dual, None, year, target_year is not None)
    if not scope.single or bare.reaches_zero(path, year):
        return bare
    found = engine.backcast(year, scope.index)
    if target_year is None:
        return Story(scope, path, found.path, current, dual, found, year, asked_neutral=False)
    return Story(scope, found.path, path, current, dual, found, year, asked_neutral=True)
