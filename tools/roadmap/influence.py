"""Which assumptions move a path: rank correlations over an ensemble, and each assumption at its low and high by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.roadmap.bands import DATES, SEED, Band, Design, Draws, banded, central, draw, gross_of
from tools.roadmap.names import LEVER_KEYS, LEVERS, STRUCT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.engine import Engine

    Array = NDArray[np.float64]

_ENDS = (5.0, 95.0)  # percentiles of the draws taken as an assumption's low and high


@dataclass(frozen=True)
class Driver:
    """One assumption that the runs vary. ``read`` takes its column from draws; ``write`` sets one run's value."""

    key: str
    name: Text
    unit: str  # of the value as shown: value times ``factor`` plus ``offset``
    factor: float
    offset: float
    field: str
    lever: int | None = None

    def read(self, draws: Draws) -> Array:
        """The column of this assumption, (N,)."""
        values: Array = getattr(draws, self.field)
        return values if self.lever is None else np.asarray(values[:, self.lever])

    def write(self, draws: Draws, run: int, value: float) -> None:
        """Set this assumption in one run, in place."""
        values: Array = getattr(draws, self.field)
        if self.lever is None:
            values[run] = value
        else:
            values[run, self.lever] = value


def drivers(design: Design) -> tuple[Driver, ...]:
    """The assumptions a design varies: growth, power use, demand structure, delay, and each lever's effect and saturation."""
    found = [
        Driver("growth", Text("经济增速（每年）", "GDP growth (a year)"), "pp", 1.0, 0.0, "growth"),
        Driver("deepening", Text("终端用电深化程度", "depth of power use"), "%", 100.0, 0.0, "deepening"),
        Driver("struct", Text("需求与产业结构调整力度", "shift of demand and structure"), "%", 100.0, -100.0, "struct"),
        Driver("lag", Text("措施推迟年数", "delay of the levers"), "count", 1.0, 0.0, "lag"),
    ]
    for k, key in enumerate(LEVER_KEYS):
        if k == STRUCT:
            continue
        name = LEVERS[key]
        found.append(
            Driver(
                f"effect_{key}", Text(f"{name.zh}的见效程度", f"effect of {name.en}"), "%", 100.0, -100.0, "exponent", k
            )
        )
        if design == "delivery":
            found.append(
                Driver(
                    f"saturation_{key}", Text(f"{name.zh}的部署上限", f"saturation of {name.en}"), "%", 100.0, -100.0,
                    "saturation", k,
                )
            )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class Sensitivity:
    """Effects on the sum of some regions. D drivers, Y years; peaks as years."""

    design: Design
    drivers: tuple[Driver, ...]
    years: tuple[int, ...]
    band: Band
    correlation: Array  # (D, Y + 1): rank correlation with gross emissions of each year, last with the peak year
    ends: Array  # (D, 2) low and high of each assumption, in the draws' unit
    effect: Array  # (D, 2, Y) gross emissions at low and high less those of the central run, Mt
    peak: NDArray[np.int64]  # (D, 2)
    central_peak: int

    def order(self, column: int) -> list[int]:
        """Drivers by the strength of their correlation with a column."""
        return [int(d) for d in np.argsort(-np.abs(self.correlation[:, column]), kind="stable")]

    def swing(self, year: int) -> list[int]:
        """Drivers by the distance between their low and high effect in a year."""
        y = self.years.index(year)
        return [int(d) for d in np.argsort(-np.abs(self.effect[:, 1, y] - self.effect[:, 0, y]), kind="stable")]


def ranks(values: Array) -> Array:
    """Ranks from 1, ties at their mean; (N,)."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])


def rank_correlation(x: Array, y: Array) -> float:
    """Spearman's rank correlation; 0 where one of them does not vary."""
    a, b = ranks(x) - (len(x) + 1) / 2, ranks(y) - (len(y) + 1) / 2
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else 0.0


def measure(
    engine: Engine, scenario: str, regions: tuple[int, ...], years: tuple[int, ...], design: Design, runs: int,
    ensemble: Callable[[int], Band] | None = None,
) -> Sensitivity:  # fmt: skip
    """Correlations over ``runs`` runs and effects one by one. ``ensemble(runs)`` makes the runs elsewhere (a cluster)."""
    model, path = engine.model, engine.path(scenario)
    dates = tuple(sorted({*DATES, *years}))
    draws = draw(model.defaults, design, runs, SEED)
    if ensemble is not None:
        band = ensemble(runs)
    else:
        gross = gross_of(model, scenario, path.deployment, draws, dates)
        band = banded(model, scenario, gross, path.gross, design, dates)
    found = drivers(design)
    outcomes = [band.gross[:, band.dates.index(y), list(regions)].sum(axis=-1) for y in years]
    outcomes.append(band.peaks(regions).astype(float))
    correlation = np.array([[rank_correlation(d.read(draws), o) for o in outcomes] for d in found])
    ends = np.array([np.percentile(d.read(draws), _ENDS) for d in found])
    alone = _one_by_one(engine, scenario, design, found, ends, dates)
    total = alone.gross[:, :, list(regions)].sum(axis=-1)
    at_years = total[:, [dates.index(y) for y in years]]
    peaks = alone.peaks(regions)
    size = len(found)
    return Sensitivity(
        design, found, years, band, correlation, ends,
        effect=(at_years[1:] - at_years[0]).reshape(size, 2, len(years)),
        peak=peaks[1:].reshape(size, 2), central_peak=int(peaks[0]),
    )  # fmt: skip


def _one_by_one(
    engine: Engine, scenario: str, design: Design, found: tuple[Driver, ...], ends: Array, dates: tuple[int, ...]
) -> Band:
    """Run 0 changes nothing; runs 1, 2 hold the first driver's low and high, and so on."""
    draws = central(1 + 2 * len(found))
    for d, driver in enumerate(found):
        for side in (0, 1):
            driver.write(draws, 1 + 2 * d + side, float(ends[d, side]))
    path = engine.path(scenario)
    gross = gross_of(engine.model, scenario, path.deployment, draws, dates)
    return banded(engine.model, scenario, gross, path.gross, design, dates)
