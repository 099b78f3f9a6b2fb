"""Ensembles: how far a scenario's path moves when its assumptions do. Ranges of assumptions, never probabilities.

Two designs, both Latin hypercubes with a fixed seed. *Delivery*: saturations, lags and effects that mostly fall short.
*Parameters*: centred, so that the central run lies near the middle. All runs of a year are solved at once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

import numpy as np

from tools.roadmap.levers import scenario_curves
from tools.roadmap.names import COMMON, LEVER_KEYS, SCENARIO_CODES, SECTORS, STRUCT, YEARS, at
from tools.roadmap.operators import all_fuels, technology
from tools.roadmap.sinks import engineered, land_sink

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.defaults import Defaults
    from tools.roadmap.model import Model

    Array = NDArray[np.float64]

Design = Literal["delivery", "parameters"]
RUNS = 48
SEED = 20170101
DATES: tuple[int, ...] = (*range(COMMON + 1, 2041), 2045, 2050, 2055, 2060)
ANNUAL: tuple[int, ...] = tuple(range(COMMON + 1, YEARS[-1] + 1))
BLOCK = 125  # runs solved at once: beyond it the arrays of a year leave the processor's cache
_FULL_EFFECT = 2035  # the exponents' full width
_FULL_DEEPENING = 2040


@dataclass(frozen=True)
class Draws:
    """What each of N runs changes."""

    growth: Array  # (N,) percentage points a year from 2026
    deepening: Array  # (N,) relative change of the power-use index by 2040
    struct: Array  # (N,) multiplier of STRUCT
    exponent: Array  # (N, K)
    lag: Array  # (N,) years
    saturation: Array  # (N, K) multiplier of each lever's saturation (STRUCT has its own)

    def part(self, runs: slice) -> Draws:
        """Some of the runs."""
        return Draws(**{f.name: getattr(self, f.name)[runs] for f in fields(self)})


def central(runs: int) -> Draws:
    """Runs that change nothing."""
    levers = len(LEVER_KEYS)
    none, one, by_lever = np.zeros(runs), np.ones(runs), np.ones((runs, levers))
    return Draws(none, none.copy(), one, by_lever, none.copy(), by_lever.copy())


def latin_hypercube(dimensions: int, runs: int, seed: int) -> Array:
    """Points in the unit cube, (runs, dimensions): on each axis one in every of ``runs`` equal intervals.

    Gives the points of ``scipy.stats.qmc.LatinHypercube`` for a generator of this seed, without loading it.
    """
    rng = np.random.default_rng(seed).spawn(1)[0]
    within = rng.uniform(size=(runs, dimensions))
    interval = np.tile(np.arange(1, runs + 1), (dimensions, 1))
    for axis in interval:
        rng.shuffle(axis)
    return np.asarray((interval.T - within) / runs)


def draw(defaults: Defaults, design: Design, runs: int = RUNS, seed: int = SEED) -> Draws:
    """A Latin hypercube of one design; the same seed gives the same draws."""
    from scipy.special import ndtri  # the normal quantile; scipy.stats takes half a second to load

    levers = len(LEVER_KEYS)
    cube = latin_hypercube(4 + 2 * levers, runs, seed)

    def triangle(name: str, column: Array) -> Array:
        low, mode, high = defaults.triangle(name)
        rise = (mode - low) / (high - low)
        left = low + np.sqrt(column * (high - low) * (mode - low))
        return np.where(column < rise, left, high - np.sqrt((1 - column) * (high - low) * (high - mode)))

    if design == "delivery":
        return Draws(
            growth=triangle("mc_delivery_gdp_growth", cube[:, 0]),
            deepening=triangle("mc_delivery_deepening", cube[:, 1]),
            struct=triangle("mc_delivery_struct", cube[:, 2]),
            exponent=triangle("mc_delivery_effect", cube[:, 4 : 4 + levers]),
            lag=triangle("mc_delivery_lag", cube[:, 3]),
            saturation=triangle("mc_delivery_saturation", cube[:, 4 + levers :]),
        )
    spread = defaults.rows("mc_lever_exponent", "all")[0]
    return Draws(
        growth=ndtri(cube[:, 0]) * defaults.value("mc_gdp_growth", "all"),
        deepening=triangle("mc_deepening", cube[:, 1]),
        struct=triangle("mc_struct", cube[:, 2]),
        exponent=np.clip(1 + ndtri(cube[:, 4 : 4 + levers]) * spread.value, spread.low, spread.high),
        lag=triangle("mc_lag", cube[:, 3]),
        saturation=np.ones((runs, levers)),
    )


@dataclass(frozen=True)
class Band:
    """An ensemble's emissions at ``dates`` for every region, with the central run's history before them."""

    design: Design
    scenario: str
    gross: Array  # (N, D, R)
    net: Array  # (N, D, R)
    history: Array  # (T to 2025, R) gross emissions all runs share
    dates: tuple[int, ...] = DATES

    def range(
        self, year: int, regions: tuple[int, ...], what: Literal["gross", "net"] = "gross"
    ) -> tuple[float, float, float]:
        """5 %, median and 95 % of the runs in a year of ``dates``, for the sum of regions."""
        values = (self.gross if what == "gross" else self.net)[:, self.dates.index(year), list(regions)].sum(axis=-1)
        low, middle, high = np.percentile(values, (5, 50, 95))
        return float(low), float(middle), float(high)

    def peaks(self, regions: tuple[int, ...]) -> NDArray[np.int64]:
        """Year of the highest gross emissions from 2017 to 2040, of each run; (N,)."""
        annual = self.gross[:, : self.dates.index(2040) + 1, list(regions)].sum(axis=-1)
        past = np.broadcast_to(self.history[:, list(regions)].sum(axis=-1), (len(annual), len(self.history)))
        return np.asarray(np.array(YEARS)[np.concatenate([past, annual], axis=1).argmax(axis=1)])

    def window(self, regions: tuple[int, ...]) -> tuple[int, int]:
        """The years between which nine in ten of the ``peaks`` lie: the outermost runs would move with their number."""
        low, high = np.percentile(self.peaks(regions), (5, 95), method="nearest")
        return int(low), int(high)


def deployments(model: Model, scenario: str, draws: Draws, shift: Array | None = None) -> Array:
    """Deployment of every run: (N, K, R, T). ``shift`` (K, R, T) is added to the scenario's curves, lagged alike."""
    curves = scenario_curves(model.defaults, SCENARIO_CODES[scenario])
    runs, size = len(draws.lag), model.economy.size
    out = np.empty((runs, len(curves), size, len(YEARS)))
    years = np.array(YEARS, dtype=float)
    for n in range(runs):
        for k, curve in enumerate(curves):
            if k == STRUCT:
                path = curve.path(float(draws.lag[n]))
                grown = path[at(COMMON)] + (path - path[at(COMMON)]) * draws.struct[n]
                out[n, k] = np.where(years > COMMON, grown, path)
            else:
                out[n, k] = curve.path(float(draws.lag[n]), float(draws.saturation[n, k]))
        if shift is not None:
            late = np.clip(years - draws.lag[n], YEARS[0], YEARS[-1])
            for k, r in zip(*np.nonzero(shift.any(axis=-1)), strict=True):
                out[n, k, r] += np.interp(late, years, shift[k, r]) * (years > COMMON) * draws.saturation[n, k]
    return np.clip(out, 0.0, 1.1)


def ensemble(model: Model, scenario: str, center: Array, history: Array, design: Design = "delivery", runs: int = RUNS,
             seed: int = SEED, shift: Array | None = None, dates: tuple[int, ...] = DATES) -> Band:  # fmt: skip
    """The ensemble about a path: ``center`` is its deployment (K, R, T), ``history`` its gross emissions (T, R)."""
    draws = draw(model.defaults, design, runs, seed)
    return banded(model, scenario, gross_of(model, scenario, center, draws, dates, shift), history, design, dates)


def gross_of(model: Model, scenario: str, center: Array, draws: Draws, dates: tuple[int, ...],
             shift: Array | None = None) -> Array:  # fmt: skip
    """Gross emissions of all runs at some dates, (N, D, R), solved in blocks of runs. Each date stands by itself."""
    out = np.empty((len(draws.lag), len(dates), model.economy.size))
    for start in range(0, len(out), BLOCK):
        block = slice(start, start + BLOCK)
        some = draws.part(block)
        paths = deployments(model, scenario, some, shift)
        for d, year in enumerate(dates):
            t = at(year)
            out[block, d] = _year(model, t, paths[..., t], some, center[..., t])
    return out


def banded(
    model: Model, scenario: str, gross: Array, history: Array, design: Design, dates: tuple[int, ...] = DATES
) -> Band:
    """Gross emissions (N, D, R) of an ensemble less the removals of the scenario."""
    positions = [at(y) for y in dates]
    sink = land_sink(model.defaults, model.economy.regions)[positions]
    filled = np.zeros((len(gross), len(YEARS), model.economy.size))
    filled[:, positions] = gross
    removed = engineered(model.defaults, SCENARIO_CODES[scenario], filled)[:, positions]
    return Band(design, scenario, gross, gross - sink - removed, history[: at(COMMON) + 1], dates)


def effects(model: Model, t: int, draws: Draws) -> tuple[Array, Array, Array]:
    """Exponents of the levers (N, K), power-use index (N,) and GDP (N, R) of a year."""
    past = YEARS[t] - COMMON
    effect = 1 + (draws.exponent - 1) * min(1.0, past / (_FULL_EFFECT - COMMON))
    deepening = model.deepening[t] * (1 + draws.deepening * min(1.0, past / (_FULL_DEEPENING - COMMON)))
    gdp = model.drivers.gdp[:, t] * (1 + draws.growth[:, None] / 100) ** past
    return effect, deepening, gdp


def _year(model: Model, t: int, u: Array, draws: Draws, center: Array) -> Array:
    """Gross emissions of all runs in one year: (N, R)."""
    runs, size = len(u), model.economy.size
    effect, deepening, gdp = effects(model, t, draws)
    tech = technology(model.potentials, model.base, u, deepening, effect)
    weights = model.demand.weights(YEARS[t], u[:, STRUCT], gdp)
    richer = (gdp / model.drivers.gdp[:, t]) ** model.household_elasticity
    demand = model.demand.total(weights, tech.household_rows, model.household_power(t, tech) * richer)
    middle = technology(model.potentials, model.base, center, float(model.deepening[t])).rows
    near = model.solver.factor(middle, model.near.get(t))
    x = model.solver.sweep(tech.rows, demand, near).reshape(runs, size, SECTORS)
    produced = (all_fuels(tech.emissions) * x * model.nowcast.sectors[t]).sum(axis=-1)
    own = all_fuels(model.household_co2(t, tech)) * model.nowcast.households[t]
    return np.asarray(produced + own * richer)
