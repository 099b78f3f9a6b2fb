"""The backcast: which deployment takes a region's net emissions to zero by a year, at least assumed cost.

Levers of the named region move between the dual-carbon scenario and their technical top, rise, and step by at most the
ramp limit a year (the scenario's own steps are always allowed); all other regions stay on the dual-carbon scenario, and
to 2030 so does the region itself (the plan period is under way), unless the year asked for is before 2050. The
emissions are linearised, the linear programme solved (HiGHS), the model run again, six rounds, within a shrinking trust
region. A corridor from 2028 to the year keeps the cuts from being put off. A good local plan, no proven optimum; costs
serve to rank measures only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import COMMON, LAST, LEVER_KEYS, STRUCT, YEARS, at
from tools.roadmap.sinks import land_sink, most_engineered
from tools.roadmap.slope import own_slope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.model import Model, Path

    Array = NDArray[np.float64]

ROUNDS = 6
_CORRIDOR_FROM = 2028
_SETTLED_BEFORE = 2050  # for a net-zero year from here on, the plan period to 2030 is taken as given
_TRUST = 0.35
_SHRINK = 0.6
_SLACK_COST = 1e6
_SETTLED = 0.05  # Mt: below this a remaining gap is rounding of the linearisation


@dataclass(frozen=True)
class Backcast:
    """The path found for one region. ``gap`` is what stays above zero in the year, Mt (0 where it closes)."""

    year: int
    region: int
    path: Path
    gap: float
    corridor: Array  # (T,) largest net emissions allowed, Mt
    engineered: Array  # (T,) engineered removals used, Mt
    most_engineered: Array  # (T,) their limit


@dataclass(frozen=True)
class _Problem:
    """What stays fixed over the rounds: milestone years and bounds, (D,) or (levers, D)."""

    dates: tuple[int, ...]
    levers: tuple[int, ...]
    low: Array
    top: Array
    start: Array  # (levers,) deployment in 2025
    ramp: float
    sink: Array
    cap: Array
    corridor: Array
    cost: Array  # (levers,) yuan per t
    discount: Array  # (D,)


def neutral(model: Model, year: int, region: int, dual: Path, banned: tuple[int, ...] = ()) -> Backcast:
    """The backcast to net zero by ``year`` for the region at this index of the lane, without the ``banned`` levers."""
    problem = _problem(model, year, region, dual, banned)
    chosen = np.clip(
        dual.deployment[list(problem.levers), region][:, [at(y) for y in problem.dates]], problem.low, problem.top
    )
    for i in range(ROUNDS):
        gross, slope = _linearise(model, problem, chosen, region, dual)
        chosen = _programme(problem, gross, slope, chosen, _TRUST * _SHRINK**i)
    u = dual.deployment.copy()
    u[list(problem.levers), region] = _annual(problem, chosen, dual.deployment[list(problem.levers), region], year)
    path = model.run(f"neutral_{year}", u, consumption=True)
    return _removed(model, year, region, path, dual)


def corridor(year: int, net: Array, slack: float) -> Array:
    """Straight from 2028 to zero in ``year`` times ``slack``, never above ``net`` of the dual-carbon scenario; (T,).

    So a path to net zero emits no more on its way than the scenario it is laid beside. 0 from ``year`` on, open
    before 2028.
    """
    t = np.array(YEARS, dtype=float)
    line = net[at(_CORRIDOR_FROM)] * np.clip((year - t) / (year - _CORRIDOR_FROM), 0, None) * slack
    return np.where(t < _CORRIDOR_FROM, np.inf, np.minimum(line, np.maximum(net, 0.0)))


def _problem(model: Model, year: int, region: int, dual: Path, banned: tuple[int, ...]) -> _Problem:
    defaults = model.defaults
    dates = tuple(sorted({*range(2030, LAST + 1, 5), year}))
    index = [at(y) for y in dates]
    levers = tuple(k for k in range(len(LEVER_KEYS)) if k != STRUCT)
    chosen = [LEVER_KEYS[k] for k in levers]
    top = np.array([defaults.rows("lever_saturation:15", key)[0].high or 1.0 for key in chosen])
    low = dual.deployment[list(levers), region][:, index]
    cost = np.array([defaults.value("mac", key) for key in chosen])
    top = np.maximum(np.repeat(top[:, None], len(dates), axis=1), low)
    if year >= _SETTLED_BEFORE:
        top[:, 0] = low[:, 0]
    for k in (levers.index(b) for b in banned):
        low[k] = top[k] = 0.0
    rate = defaults.value("discount_rate", "all") / 100
    return _Problem(
        dates=dates,
        levers=levers,
        low=low,
        top=top,
        start=dual.deployment[list(levers), region, at(COMMON)],
        ramp=defaults.value("ramp_limit", "all levers"),
        sink=land_sink(defaults, model.economy.regions)[index, region],
        cap=_cap(model, region)[index],
        corridor=corridor(year, dual.net[:, region], defaults.value("corridor_slack", "backcast"))[index],
        cost=np.maximum(cost, 0.0),
        discount=np.array([(1 + rate) ** -(y - COMMON) for y in dates]),
    )


def _cap(model: Model, region: int) -> Array:
    base = model.inventory.base_total
    return most_engineered(model.defaults, float(base[region] / base.sum()))


def _linearise(model: Model, problem: _Problem, chosen: Array, region: int, dual: Path) -> tuple[Array, Array]:
    """Gross emissions (D,) and slopes (levers, D) at the chosen deployment."""
    gross, slope = np.empty(len(problem.dates)), np.empty(chosen.shape)
    for d, year in enumerate(problem.dates):
        u = dual.deployment[..., at(year)].copy()
        u[list(problem.levers), region] = chosen[:, d]
        gross[d], all_levers = own_slope(model, at(year), u, region)
        slope[:, d] = all_levers[list(problem.levers)]
    return gross, slope


def _programme(p: _Problem, gross: Array, slope: Array, chosen: Array, trust: float) -> Array:
    """One linear programme: variables are deployments (levers x D), engineered removals (D) and slack (D)."""
    from scipy.optimize import linprog

    levers, dates = chosen.shape
    size = levers * dates
    cost = np.concatenate([
        (p.cost[:, None] * np.abs(slope) * p.discount).ravel(), 1500.0 * p.discount, np.full(dates, _SLACK_COST),
    ])  # fmt: skip
    rows, limits = [], []
    for d in range(dates):
        row = np.zeros(size + 2 * dates)
        row[np.arange(levers) * dates + d] = slope[:, d]
        row[size + d] = row[size + dates + d] = -1.0
        rows.append(row)
        limits.append(p.corridor[d] + p.sink[d] - gross[d] + slope[:, d] @ chosen[:, d])
    before = (COMMON, *p.dates[:-1])
    for k in range(levers):
        for d in range(dates):
            step = np.zeros(size + 2 * dates)
            step[k * dates + d] = 1.0
            if d:
                step[k * dates + d - 1] = -1.0
            allowed = p.ramp * (p.dates[d] - before[d])
            from_start = 0.0 if d else p.start[k]
            rows += [step, -step]
            limits += [max(allowed, p.low[k, d] - (p.low[k, d - 1] if d else p.start[k])) + from_start, -from_start]
    low = np.maximum(p.low, np.minimum(chosen - trust, p.top))
    high = np.maximum(low, np.minimum(p.top, chosen + trust))
    bounds = [*zip(low.ravel(), high.ravel(), strict=True), *((0.0, c) for c in p.cap), *(((0.0, None),) * dates)]
    found = linprog(cost, A_ub=np.array(rows), b_ub=np.array(limits), bounds=bounds, method="highs")
    if found.status != 0 or found.x is None:  # no better point within the trust region: keep the last one
        return chosen
    return np.asarray(found.x[:size].reshape(chosen.shape))


def _annual(p: _Problem, chosen: Array, dual: Array, year: int) -> Array:
    """Deployment by year, linear between milestones; (levers, T). What is given before stays the scenario's own."""
    given = p.dates[0] if year >= _SETTLED_BEFORE else COMMON
    out = np.array([np.interp(YEARS, (COMMON, *p.dates), row) for row in np.column_stack([p.start, chosen])])
    before = np.array(YEARS) <= given
    out[:, before] = dual[:, before]
    out[p.top.max(axis=1) == 0] = 0.0  # banned levers
    return out


def _removed(model: Model, year: int, region: int, path: Path, dual: Path) -> Backcast:
    """Use as many engineered removals as the corridor needs and the limit allows; state what gap remains."""
    allowed = corridor(year, dual.net[:, region], model.defaults.value("corridor_slack", "backcast"))
    cap = _cap(model, region)
    needed = np.clip(path.gross[:, region] - path.sink[:, region] - allowed, 0.0, cap)
    removed = path.engineered.copy()
    removed[:, region] = needed
    final = replace(path, engineered=removed)
    gap = float(final.net[at(year), region])
    return Backcast(year, region, final, gap if gap > _SETTLED else 0.0, allowed, needed, cap)
