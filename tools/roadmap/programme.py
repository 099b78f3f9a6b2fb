"""The linear programme of a backcast: the least-cost deployment that meets linearised requirements within its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import COMMON

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SLACK_COST = 1e6


@dataclass(frozen=True)
class Requirements:
    """M conditions on the D milestones: ``gross @ emissions - removed @ removals <= limit``; (M, D), (M, D), (M,) in Mt."""

    gross: Array
    removed: Array
    limit: Array


@dataclass(frozen=True)
class Problem:
    """What stays fixed over the rounds: milestone years, bounds (levers, D), steps, costs and requirements."""

    dates: tuple[int, ...]
    levers: tuple[int, ...]
    low: Array
    top: Array
    start: Array  # (levers,) deployment in 2025
    step: Array  # (levers, D) most a lever may rise since the milestone before
    cap: Array  # (D,) most engineered removals
    cost: Array  # (levers,) yuan per t
    removal_cost: float
    discount: Array  # (D,)
    requirements: Requirements


def programme(p: Problem, gross: Array, slope: Array, chosen: Array, trust: float) -> tuple[Array, Array]:
    """Deployments (levers, D) and engineered removals (D,) of least cost near ``chosen``, (levers, D).

    ``gross`` (D,) and ``slope`` (levers, D) are emissions and their derivatives there. A requirement that cannot be met is
    exceeded by as little as can be. Where nothing better lies within ``trust``, ``chosen`` comes back.
    """
    from scipy.optimize import linprog

    levers, dates = chosen.shape
    size, need = levers * dates, p.requirements
    extra = len(need.limit)
    cost = np.concatenate([
        (p.cost[:, None] * np.abs(slope) * p.discount).ravel(), p.removal_cost * p.discount, np.full(extra, _SLACK_COST),
    ])  # fmt: skip
    by_lever = (need.gross[:, None, :] * slope).reshape(extra, size)
    met = np.hstack([by_lever, -need.removed, -np.eye(extra)])
    limit = need.limit - need.gross @ gross + by_lever @ chosen.ravel()
    steps, most, least = _steps(p, levers, dates)
    steps = np.hstack([steps, np.zeros((size, dates + extra))])
    low = np.maximum(p.low, np.minimum(chosen - trust, p.top))
    high = np.maximum(low, np.minimum(p.top, chosen + trust))
    bounds = [*zip(low.ravel(), high.ravel(), strict=True), *((0.0, c) for c in p.cap), *(((0.0, None),) * extra)]
    found = linprog(
        cost, A_ub=np.vstack([met, steps, -steps]), b_ub=np.concatenate([limit, most, least]), bounds=bounds, method="highs"
    )  # fmt: skip
    if found.status != 0 or found.x is None:  # no better point within the trust region: keep the last one
        return chosen, np.zeros(dates)
    return found.x[:size].reshape(chosen.shape), found.x[size : size + dates]


def _steps(p: Problem, levers: int, dates: int) -> tuple[Array, Array, Array]:
    """Each lever's step between milestones as rows of the programme, with the most it may rise and that it may not fall."""
    one = np.eye(dates) - np.eye(dates, k=-1)
    rows = np.asarray(np.kron(np.eye(levers), one), dtype=float)
    first = np.zeros((levers, dates))
    first[:, 0] = p.start
    return rows, (p.step + first).ravel(), -first.ravel()


def spans(dates: tuple[int, ...]) -> Array:
    """Years from one milestone to the next, the first since 2025; (D,)."""
    return np.diff(np.array((COMMON, *dates), dtype=float))


def year_weights(dates: tuple[int, ...]) -> tuple[Array, float]:
    """What each milestone (D,) and 2025 weigh in the sum over 2026-2060 of a series that is linear between them."""
    years = np.arange(COMMON + 1, dates[-1] + 1)
    knots = (COMMON, *dates)
    weights = np.array([np.interp(years, knots, row).sum() for row in np.eye(len(knots))])
    return weights[1:], float(weights[0])
