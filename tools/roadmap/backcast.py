"""The backcast: which deployment of a region's measures meets a goal at least assumed cost.

Levers of the named region move between a scenario (dual carbon for net zero, current policies else) and their technical
top, rise, and step by at most the ramp limit a year (the scenarios' own steps are always allowed); all other regions and
the demand structure stay on the dual-carbon scenario (for a peak, which is near, the region's structure stays on current
policies). To 2030 a path to net zero in 2050 or later is that of the scenario
(the plan period is under way). The emissions are linearised, the linear programme solved (HiGHS), the model run again, six
rounds, within a shrinking trust region. A corridor to the year keeps the cuts from being put off. A good local plan, no
proven optimum; costs serve to rank measures only, and none is counted as a gain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.goals import Goal, Terms, standing, tolerance
from tools.roadmap.names import COMMON, LAST, LEVER_KEYS, STRUCT, YEARS, at
from tools.roadmap.programme import Problem, Requirements, programme, spans, year_weights
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
_MARGIN = 1e-4  # by which emissions after a peak stay below it, share of those of 2025
_LEAST_COST = 1.0  # yuan/t for a measure that costs nothing or saves: it comes first, but is not taken beyond the need
_CORRECTIONS = 2  # times a goal over years is set right by what the years between the milestones add
_ABOUT_A_PEAK = 8  # years from that of the goal on that are milestones each
_SLOWLY = 0.1  # trust region of those corrections


@dataclass(frozen=True)
class Backcast:
    """The path found for one region. ``gap`` is what it exceeds its goal by, Mt (0 where the goal is met)."""

    goal: Goal
    terms: Terms
    region: int
    path: Path
    gap: float
    corridor: Array  # (T,) largest emissions allowed, Mt; endless where the goal sets none
    engineered: Array  # (T,) engineered removals used, Mt
    most_engineered: Array  # (T,) their limit

    @property
    def year(self) -> int:
        """The goal's year."""
        return self.goal.year


def neutral(model: Model, year: int, region: int, dual: Path, banned: tuple[int, ...] = ()) -> Backcast:
    """The backcast to net zero by ``year`` for the region at this index of the lane, without the ``banned`` levers."""
    return reach(model, Goal("neutral", year), region, dual, dual, Terms(banned))


def reach(
    model: Model, goal: Goal, region: int, floor: Path, dual: Path, terms: Terms | None = None, consumption: bool = True
) -> Backcast:
    """The backcast to a goal. ``floor`` is the scenario below which no measure falls, ``dual`` the dual-carbon one."""
    terms = terms or Terms()
    problem = _problem(model, goal, region, floor, dual, terms)
    index = [at(y) for y in problem.dates]
    scenario = np.clip(dual.deployment[list(problem.levers), region][:, index], problem.low, problem.top)
    found = _from(model, problem, goal, region, floor, dual, terms, scenario, consumption)
    if not found.gap:
        return found
    # Where a measure adds emissions at first (hydrogen from a dirty grid), the way up from the scenario may miss it.
    other = _from(model, problem, goal, region, floor, dual, terms, _steepest(problem), consumption)
    return min(found, other, key=lambda b: b.gap)


def _from(
    model: Model, problem: Problem, goal: Goal, region: int, floor: Path, dual: Path, terms: Terms, chosen: Array,
    consumption: bool,
) -> Backcast:  # fmt: skip
    """The rounds from one start, ``chosen`` (levers, D)."""
    used = np.zeros(len(problem.dates))
    for i in range(ROUNDS):
        gross, slope = _linearise(model, problem, chosen, region, dual, _structure(goal, floor, dual))
        chosen, used = programme(problem, gross, slope, chosen, _TRUST * _SHRINK**i)
    path = _run(model, goal, problem, chosen, region, floor, dual, consumption, terms.held)
    for _ in range(_CORRECTIONS if goal.kind in ("budget", "peak") else 0):
        found = _removed(model, goal, region, path, floor, terms, _between(problem.dates, used))
        excess = _excess(goal, found)
        if abs(excess) <= tolerance(goal):
            break
        limit = problem.requirements.limit - excess
        problem = replace(problem, requirements=replace(problem.requirements, limit=limit))
        gross, slope = _linearise(model, problem, chosen, region, dual, _structure(goal, floor, dual))
        chosen, used = programme(problem, gross, slope, chosen, _SLOWLY)
        path = _run(model, goal, problem, chosen, region, floor, dual, consumption, terms.held)
    return _removed(model, goal, region, path, floor, terms, _between(problem.dates, used))


def _structure(goal: Goal, floor: Path, dual: Path) -> Path:
    """The scenario whose demand structure the region follows: dual carbon, but for a peak, which is near, the floor's."""
    return floor if goal.kind == "peak" else dual


def _steepest(p: Problem) -> Array:
    """Every lever as high at each milestone as its steps and its top allow; (levers, D)."""
    out, before = np.empty_like(p.low), p.start
    for d in range(len(p.dates)):
        before = out[:, d] = np.minimum(p.top[:, d], before + p.step[:, d])
    return out


def _excess(goal: Goal, found: Backcast) -> float:
    """What a path over all years lies above its goal (below: negative), Mt."""
    if goal.kind == "budget":
        return standing(goal, found.path, found.region).value - goal.amount
    return found.gap


def _run(
    model: Model, goal: Goal, p: Problem, chosen: Array, region: int, floor: Path, dual: Path, consumption: bool,
    held: tuple[int, ...] = (),
) -> Path:  # fmt: skip
    """The model on the annual deployment that the milestones give."""
    u = dual.deployment.copy()
    u[STRUCT, region] = _structure(goal, floor, dual).deployment[STRUCT, region]
    u[list(p.levers), region] = _annual(p, goal, chosen, floor.deployment[list(p.levers), region])
    u[list(held), region] = dual.deployment[list(held), region]
    return model.run(goal.scenario, u, consumption=consumption)


def corridor(year: int, net: Array, slack: float, amount: float = 0.0) -> Array:
    """Straight from 2028 to ``amount`` in ``year``, what is to go times ``slack``, never above ``net``; (T,).

    ``net`` (T,) is the scenario's own path, so that one to net zero emits no more on its way than the scenario it is laid
    beside. ``amount`` from ``year`` on, open before 2028 (before a year up to 2030: 2025).
    """
    t = np.array(YEARS, dtype=float)
    start = _CORRIDOR_FROM if year > _CORRIDOR_FROM + 2 else COMMON
    line = amount + max(net[at(start)] - amount, 0.0) * np.clip((year - t) / (year - start), 0, None) * slack
    return np.where(t < start, np.inf, np.minimum(line, np.maximum(net, amount)))


def _problem(model: Model, goal: Goal, region: int, floor: Path, dual: Path, terms: Terms) -> Problem:
    defaults = model.defaults
    dates = _dates(goal)
    index = [at(y) for y in dates]
    levers = tuple(k for k in range(len(LEVER_KEYS)) if k != STRUCT)
    keys = [LEVER_KEYS[k] for k in levers]
    top = np.array([defaults.rows("lever_saturation:15", key)[0].high or 1.0 for key in keys])
    low, scenario = (p.deployment[list(levers), region][:, index] for p in (floor, dual))
    top = np.maximum(np.repeat(top[:, None], len(dates), axis=1), low)
    if goal.kind == "neutral" and goal.year >= _SETTLED_BEFORE:
        top[:, 0] = low[:, 0]
    for k in (levers.index(b) for b in terms.banned):
        low[k] = top[k] = 0.0
    for k in (levers.index(h) for h in terms.held):
        low[k] = top[k] = scenario[k]
    start = dual.deployment[list(levers), region, at(COMMON)]
    ramp = defaults.rows("ramp_limit", "all levers")[0]
    own = np.maximum(*(np.diff(np.column_stack([start, u]), axis=1) for u in (low, np.minimum(scenario, top))))
    rate = defaults.value("discount_rate", "all") / 100
    return Problem(
        dates=dates,
        levers=levers,
        low=low,
        top=top,
        start=start,
        step=np.maximum((ramp.high or ramp.value if terms.fast else ramp.value) * spans(dates), own),
        cap=_cap(model, region)[index] * terms.removals if goal.uses_removals else np.zeros(len(dates)),
        cost=np.maximum([abatement_cost(model, key, terms.costs) for key in keys], _LEAST_COST),
        removal_cost=abatement_cost(model, "CDR", terms.costs),
        discount=np.array([(1 + rate) ** -(y - COMMON) for y in dates]),
        requirements=_requirements(model, goal, region, floor, dates),
    )


def abatement_cost(model: Model, key: str, costs: str) -> float:
    """Assumed abatement cost of a lever (or of CDR), yuan per t of 2017: the value or an end of its range."""
    row = model.defaults.rows("mac", key)[0]
    found = {"low": row.low, "central": row.value, "high": row.high}[costs]
    assert found is not None  # the builder writes both ends for these rows
    return found


def _dates(goal: Goal) -> tuple[int, ...]:
    """Milestones: every five years from 2030, the goal's year, and for a peak the years about it."""
    own = {goal.year}
    if goal.kind == "peak":
        own |= set(range(goal.year - 1, goal.year + _ABOUT_A_PEAK))
    return tuple(sorted({*range(2030, LAST + 1, 5), *own}))


def _requirements(model: Model, goal: Goal, region: int, floor: Path, dates: tuple[int, ...]) -> Requirements:
    """What the goal asks of gross emissions and engineered removals at the milestones."""
    one = np.eye(len(dates))
    index = [at(y) for y in dates]
    sink = land_sink(model.defaults, model.economy.regions)[:, region]
    if goal.kind == "budget":
        weights, first = year_weights(dates)
        now = float(floor.gross[at(COMMON), region])
        most = goal.amount + float(sink[at(COMMON) + 1 :].sum()) - first * now
        return Requirements(weights[None], weights[None], np.array([most]))
    if goal.kind == "peak":
        p = dates.index(goal.year - 1)
        later = one[p + 1 :] - one[p]
        known = float(floor.gross[: at(COMMON) + 1, region].max())
        margin = _MARGIN * known
        if known >= float(floor.gross[at(goal.year - 1), region]):  # the peak lies behind: it must not be passed again
            return Requirements(one[p + 1 :], np.zeros_like(later), np.full(len(later), known - margin))
        return Requirements(later, np.zeros_like(later), np.full(len(later), -margin))
    allowed = _corridor(model, goal, region, floor)[index]
    closed = np.isfinite(allowed)
    counted = one if goal.account == "net" else np.zeros_like(one)
    limit = allowed + (sink[index] if goal.account == "net" else 0.0)
    return Requirements(one[closed], counted[closed], limit[closed])


def _corridor(model: Model, goal: Goal, region: int, floor: Path) -> Array:
    """The corridor of a goal for one year; open for the others."""
    if goal.kind not in ("neutral", "cap"):
        return np.full(len(YEARS), np.inf)
    own = floor.net if goal.account == "net" else floor.gross
    return corridor(goal.year, own[:, region], model.defaults.value("corridor_slack", "backcast"), goal.amount)


def _cap(model: Model, region: int) -> Array:
    base = model.inventory.base_total
    return most_engineered(model.defaults, float(base[region] / base.sum()))


def _linearise(
    model: Model, problem: Problem, chosen: Array, region: int, dual: Path, structure: Path
) -> tuple[Array, Array]:
    """Gross emissions (D,) and slopes (levers, D) at the chosen deployment."""
    gross, slope = np.empty(len(problem.dates)), np.empty(chosen.shape)
    for d, year in enumerate(problem.dates):
        u = dual.deployment[..., at(year)].copy()
        u[STRUCT, region] = structure.deployment[STRUCT, region, at(year)]
        u[list(problem.levers), region] = chosen[:, d]
        gross[d], all_levers = own_slope(model, at(year), u, region)
        slope[:, d] = all_levers[list(problem.levers)]
    return gross, slope


def _between(dates: tuple[int, ...], values: Array) -> Array:
    """A series by year, linear between milestones and zero in 2025; (T,)."""
    return np.asarray(np.interp(YEARS, (COMMON, *dates), [0.0, *values]))


def _annual(p: Problem, goal: Goal, chosen: Array, floor: Array) -> Array:
    """Deployment by year, linear between milestones; (levers, T). What is given before stays the scenario's own.

    Between milestones nothing falls below current policies, whose curves are not straight.
    """
    settled = goal.kind == "neutral" and goal.year >= _SETTLED_BEFORE
    out = np.array([np.interp(YEARS, (COMMON, *p.dates), row) for row in np.column_stack([p.start, chosen])])
    if goal.kind != "neutral":
        out = np.maximum(out, floor)
    before = np.array(YEARS) <= (p.dates[0] if settled else COMMON)
    out[:, before] = floor[:, before]
    out[p.top.max(axis=1) == 0] = 0.0  # banned levers
    return out


def _removed(
    model: Model, goal: Goal, region: int, path: Path, floor: Path, terms: Terms, used: Array
) -> Backcast:  # fmt: skip
    """Book the engineered removals: as many as the corridor needs and the limit allows (a budget: those chosen).

    A goal to which they do not count keeps those of the scenario below. What is still exceeded is the gap.
    """
    allowed, cap = _corridor(model, goal, region, floor), _cap(model, region) * terms.removals
    removed = path.engineered.copy()
    if goal.kind == "budget":
        removed[:, region] = np.clip(used, 0.0, cap)
    elif goal.uses_removals:
        removed[:, region] = np.clip(path.gross[:, region] - path.sink[:, region] - allowed, 0.0, cap)
    else:
        removed[:, region] = floor.engineered[:, region]
    final = replace(path, engineered=removed)
    return Backcast(
        goal, terms, region, final, standing(goal, final, region).gap, allowed, removed[:, region].copy(), cap
    )  # fmt: skip
