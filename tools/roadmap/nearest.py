"""What can be reached instead of a goal that cannot: the nearest feasible targets, each verified by running it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tools.roadmap.backcast import Backcast
from tools.roadmap.goals import RANGES, Goal, Terms, standing
from tools.roadmap.names import LAST, YEARS, at

Solve = Callable[[Goal, Terms], Backcast]
Way = Literal["later", "residual", "removals", "fast", "both"]
MOST = 3
_MOST_REMOVALS = 5.0  # times the limit: more is offered to nobody
_TRIES = 3
_EASED = (1.0, 1.02, 1.05)  # by which a try that narrowly fails is eased
_YEARS_LATER = 5


@dataclass(frozen=True)
class Alternative:
    """A goal near the one asked for, and the path that meets it (``found.gap`` is 0)."""

    way: Way
    found: Backcast


def nearest(solve: Solve, missed: Backcast) -> tuple[Alternative, ...]:
    """Up to three feasible targets near the one ``missed``: a later year, more left, more removals, faster measures.

    Where one change is not enough, two together.
    """
    out: list[Alternative] = []
    ways: tuple[tuple[Way, Iterator[tuple[Goal, Terms]]], ...] = (
        ("later", _later(missed)),
        ("residual", _residual(missed.goal, _reached(missed))),
        ("removals", _removals(missed)),
        ("fast", iter([(missed.goal, Terms(fast=True))])),
        ("both", _both(missed)),
        ("fast", _eased(solve, missed, Terms(fast=True))),
        ("removals", _eased(solve, missed, Terms(removals=2.0)) if missed.goal.uses_removals else iter([])),
    )
    for way, tries in ways:
        if any(a.way == way for a in out):
            continue
        found = _first(solve, tries)
        if found is not None:
            out.append(Alternative(way, found))
        if len(out) == MOST:
            break
    return tuple(out)


def _first(solve: Solve, tries: Iterator[tuple[Goal, Terms]]) -> Backcast | None:
    """The first try that is met."""
    for _, (goal, terms) in zip(range(_TRIES), tries, strict=False):
        found = solve(goal, terms)
        if not found.gap:
            return found
    return None


def _reached(missed: Backcast) -> float:
    """The lowest value the path in hand reaches, Mt."""
    return standing(missed.goal, missed.path, missed.region).value


def _later(missed: Backcast) -> Iterator[tuple[Goal, Terms]]:
    """Later years: from the first in which the path in hand keeps the goal (a peak: from its own)."""
    goal = missed.goal
    if goal.kind == "budget":
        return
    last = RANGES[goal.kind][1]
    for year in range(goal.year + 1, last + 1):
        if standing(replace(goal, year=year), missed.path, missed.region).met:
            for later in range(year, last + 1):
                yield replace(goal, year=later), Terms()
            return


def _residual(goal: Goal, reached: float) -> Iterator[tuple[Goal, Terms]]:
    """The same year with more left; a peak in time at a lower level is no easier, so it has none."""
    if goal.kind == "peak":
        return
    kind = "cap" if goal.kind == "neutral" else goal.kind
    for eased in _EASED:
        yield Goal(kind, goal.year, _rounded_up(reached * eased), goal.account), Terms()


def _removals(missed: Backcast) -> Iterator[tuple[Goal, Terms]]:
    """More engineered removals than the limit assumed."""
    goal = missed.goal
    if not goal.uses_removals:
        return
    most = missed.most_engineered
    limit = float(most.sum() if goal.kind == "budget" else most[at(goal.year)])
    needed = 1 + missed.gap / limit if limit > 0 else math.inf
    for eased in _EASED:
        if needed * eased <= _MOST_REMOVALS:
            yield goal, Terms(removals=math.ceil(needed * eased * 20) / 20)


def _both(missed: Backcast) -> Iterator[tuple[Goal, Terms]]:
    """Some years later with more left."""
    goal = missed.goal
    year = min(goal.year + _YEARS_LATER, LAST)
    if goal.kind not in ("neutral", "cap") or year == goal.year:
        return
    series = missed.path.net if goal.account == "net" else missed.path.gross
    value = float(series[YEARS.index(year), missed.region])
    yield from _residual(replace(goal, year=year), max(value, 1.0))


def _eased(solve: Solve, missed: Backcast, terms: Terms) -> Iterator[tuple[Goal, Terms]]:
    """The same year with more left, under wider limits: what they reach by themselves."""
    other = solve(missed.goal, terms)
    reached = standing(missed.goal, other.path, missed.region).value
    yield from ((goal, terms) for goal, _ in _residual(missed.goal, reached))


def _rounded_up(amount: float) -> float:
    """Up to three figures, so that the target reads as one."""
    if amount <= 0:
        return 1.0
    step = 10.0 ** (math.floor(math.log10(amount)) - 2)
    return math.ceil(amount / step) * step
