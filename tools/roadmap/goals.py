"""Goals a backcast works towards, the ranges they may be set in, and what a goal asks of a path.

Net zero in a year; a cap on net or gross emissions in a year; a peak before a year; a carbon budget, which is the
largest sum of net emissions over 2026-2060.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from data.errors import BadRequest, TanluError
from data.text import Text
from tools.roadmap.names import COMMON, LAST, YEARS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.model import Path

    Array = NDArray[np.float64]

Kind = Literal["neutral", "cap", "peak", "budget"]
Account = Literal["net", "gross"]
Costs = Literal["low", "central", "high"]
CLOSE = 0.05  # Mt: below this a remaining gap is rounding of the linearisation
_SPAN = slice(at(COMMON) + 1, None)  # the years of a budget, 2026-2060
RANGES: dict[str, tuple[int, int]] = {"neutral": (2035, LAST), "cap": (COMMON + 1, LAST), "peak": (COMMON + 2, 2040)}
YEARS_OF_BUDGET = LAST - COMMON


@dataclass(frozen=True)
class Goal:
    """What is asked for. ``amount`` is the cap in Mt of the year, or the budget in Mt over 2026-2060."""

    kind: Kind
    year: int
    amount: float = 0.0
    account: Account = "net"
    percent: float | None = field(default=None, compare=False)  # the cut that ``amount`` stands for, as it was asked
    base_year: int = field(default=COMMON, compare=False)

    @property
    def scenario(self) -> str:
        """The key of the path found, as ``names.scenario_name`` reads it."""
        if self.kind == "neutral":
            return f"neutral_{self.year}"
        return f"goal_{self.kind}_{self.account}_{self.year}"

    @property
    def floor(self) -> str:
        """The scenario below whose deployment no measure falls."""
        return "dual_carbon" if self.kind == "neutral" else "current_policies"

    @property
    def uses_removals(self) -> bool:
        """Whether engineered removals count towards the goal."""
        return self.kind in ("neutral", "budget") or (self.kind == "cap" and self.account == "net")


@dataclass(frozen=True)
class Terms:
    """What a backcast is run under: measures left out or held, assumed costs, and limits other than the usual ones."""

    banned: tuple[int, ...] = ()
    held: tuple[int, ...] = ()  # measures that stay where the scenario has them
    costs: Costs = "central"
    removals: float = 1.0  # multiple of the limit on engineered removals
    fast: bool = False  # ramps at the upper end of their range


@dataclass(frozen=True)
class Standing:
    """A path beside a goal: ``value`` is what the goal speaks of, ``gap`` what it exceeds it by (0 where it is met).

    Value in Mt (cap, neutral: of the year; budget: summed over 2026-2060; peak: highest from the year on, the gap to the
    highest before it). ``peak`` is the year of the highest gross emissions.
    """

    value: float
    gap: float
    peak: int = field(default=0)

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.gap == 0


def standing(goal: Goal, path: Path, region: int) -> Standing:
    """Where a path stands beside a goal."""
    gross, net = path.gross[:, region], path.net[:, region]
    peak = YEARS[int(gross.argmax())]
    if goal.kind == "peak":
        late, early = float(gross[at(goal.year) :].max()), float(gross[: at(goal.year)].max())
        return Standing(late, max(late - early, 0.0), peak)
    value = float(
        net[_SPAN].sum() if goal.kind == "budget" else (gross if goal.account == "gross" else net)[at(goal.year)]
    )
    gap = value - goal.amount
    return Standing(value, gap if gap > tolerance(goal) else 0.0, peak)


def tolerance(goal: Goal) -> float:
    """Mt a path may lie above a goal and still be said to meet it: rounding of the linearisation."""
    return CLOSE * (YEARS_OF_BUDGET if goal.kind == "budget" else 1)


def checked(goal: Goal, present: float, now: float) -> Goal:
    """The goal, where it lies within the allowed range. ``present`` and ``now``: gross and net emissions of 2025, Mt.

    Raises BadRequest with the range for a year or an amount outside it. A net cap of zero is net zero.
    """
    if goal.kind == "budget":
        most = now * YEARS_OF_BUDGET
        if not 0 < goal.amount < most:
            raise _amount(Text("2026—2060年累计净排放", "the budget of net emissions over 2026-2060"), most)
        return goal
    first, last = RANGES[goal.kind]
    if not first <= goal.year <= last:
        raise bad_year(goal.kind, goal.year)
    if goal.kind != "cap":
        return goal
    if goal.amount == 0 and goal.account == "net":
        return checked(Goal("neutral", goal.year), present, now)
    top = present if goal.account == "gross" else now
    if not 0 < goal.amount < top:
        names = {
            "gross": Text("总排放上限", "a cap on gross emissions"),
            "net": Text("净排放上限", "a cap on net emissions"),
        }
        raise _amount(names[goal.account], top)
    return goal


_WHAT = {
    "neutral": Text("净零年份", "The net-zero year"),
    "cap": Text("排放上限的年份", "The year of a cap"),
    "peak": Text("“某年前达峰”的年份", "The year before which emissions are to peak"),
}


def bad_year(kind: str, year: int) -> TanluError:
    """The error for a year outside the range of its kind of goal."""
    first, last = RANGES[kind]
    name = _WHAT[kind]
    return BadRequest(
        "goal_year",
        Text(
            f"{name.zh}须在{first}至{last}年之间（基准为2025年），所给为{year}年。",
            f"{name.en} lies between {first} and {last} (the base is 2025); {year} was given.",
        ),
    )


def _amount(name: Text, most: float) -> TanluError:
    """The error for a cap or budget that is no tightening, or below zero."""
    return BadRequest(
        "goal_amount",
        Text(
            f"{name.zh}须大于零且低于{most / 100:.2f}亿吨（2025年水平）；要求净零请改问碳中和年份。",
            f"Set {name.en} above zero and below {most:,.0f} Mt (the level of 2025); for net zero ask for a neutral year.",
        ),
    )
