"""Whether a target is met or on course: pure rules over a target's figure and an observed series in the same terms.

A series is a dict of years to values in the unit of the measure; ``achieved`` puts a year of it into the target's terms
(a level, a fall in percent from the base year, an addition since it). Before the target year "on course" means: at least
what a straight line from the start to the target asks for in the latest observed year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.text import Text


class Verdict(StrEnum):
    """What can be said of a target."""

    MET = "met"
    NOT_MET = "not_met"
    ON_COURSE = "on_course"
    OFF_COURSE = "off_course"
    UNJUDGED = "cannot_be_judged"


class Reason(StrEnum):
    """Why a target cannot be judged."""

    SCOPE = "scope"
    GASES = "gases"
    BASE_YEAR = "base_year"
    PRICE_BASIS = "price_basis"
    NO_SPLIT = "no_provincial_split"
    DATA_END = "data_end"
    UNVERIFIED = "unverified_target"
    NO_SERIES = "no_series"


VERDICTS: dict[Verdict, Text] = {
    Verdict.MET: Text("达到", "met"),
    Verdict.NOT_MET: Text("未达到", "not met"),
    Verdict.ON_COURSE: Text("进展符合", "on course"),
    Verdict.OFF_COURSE: Text("进展滞后", "off course"),
    Verdict.UNJUDGED: Text("无法判断", "cannot be judged"),
}
REASONS: dict[Reason, Text] = {
    Reason.SCOPE: Text("口径不一致", "scope differs"),
    Reason.GASES: Text("目标含全部温室气体，数据只有二氧化碳", "the target covers all gases, the data CO2 only"),
    Reason.BASE_YEAR: Text("缺少基年数据", "no data for the base year"),
    Reason.PRICE_BASIS: Text("强度须按不变价比较，数据只有现价GDP", "intensity needs constant prices, the data hold current ones"),
    Reason.NO_SPLIT: Text("目标没有分解到该省", "the target is not split by province"),
    Reason.DATA_END: Text("数据截止过早", "the data end too early"),
    Reason.UNVERIFIED: Text("数值未核对", "the figure is unverified"),
    Reason.NO_SERIES: Text("没有对应的观测序列", "the data hold no matching series"),
}  # fmt: skip

RISING = frozenset({"reach", "increase", "decrease", "amount"})  # more of what was achieved is better
FALLING = frozenset({"cap", "fall_to"})  # less is better
_FROM_BASE = frozenset({"increase", "decrease", "amount"})


@dataclass(frozen=True, slots=True)
class Aim:
    """A target's figure: ``start`` is the year the straight line sets out from (base year, else the document's year)."""

    value: float
    unit: str
    direction: str
    comparator: str
    base_year: int | None
    target_year: int
    start: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict; ``year`` and ``achieved`` of the observation it rests on, ``expected`` by the straight line."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    year: int | None = None
    achieved: float | None = None
    expected: float | None = None
    start: int | None = None
    ahead: bool = field(default=False)  # met before the target year
    waits: int | None = None  # the start of the straight line, where nothing is observed after it yet


def achieved(aim: Aim, series: Mapping[int, float], year: int) -> float | None:
    """A year of the series in the target's terms; None where the base year (or the year) has no value.

    Reach, cap, fall_to: the level. Decrease and increase in %: 100 (v_t / v_b - 1), sign so that more is better. Else, in the
    unit of the series (points, GW added): v_t - v_b, with the same sign rule.
    """
    now = series.get(year)
    if now is None or (aim.direction not in _FROM_BASE and aim.unit != "times"):
        return now
    base = series.get(aim.base_year) if aim.base_year is not None else None
    if not base:
        return None
    sign = -1.0 if aim.direction == "decrease" else 1.0
    if aim.unit == "times":
        return now / base
    return sign * (100 * (now / base - 1) if aim.unit == "%" else now - base)


def reached(aim: Aim, value: float) -> bool:
    """Whether a value in the target's terms meets it: at least, for ``gt`` more than; for caps at most."""
    if aim.direction in FALLING:
        return value <= aim.value
    return value > aim.value if aim.comparator == "gt" else value >= aim.value


def judge_result(aim: Aim, value: float) -> Verdict:
    """The verdict on a result reported for the target year in the target's own terms."""
    return Verdict.MET if reached(aim, value) else Verdict.NOT_MET


def judge_projection(aim: Aim, value: float) -> Verdict:
    """The verdict on a scenario's value of the target year in the target's own terms: on course where it reaches the target."""
    return Verdict.ON_COURSE if reached(aim, value) else Verdict.OFF_COURSE


def line(aim: Aim, first: float, year: int) -> float:
    """The straight line from ``first`` in the start year to the target's value in its year."""
    return first + (aim.value - first) * (year - aim.start) / (aim.target_year - aim.start)


def judge(aim: Aim, series: Mapping[int, float]) -> Judged:
    """The verdict on one target from one matching series. Never guesses: what is missing becomes a reason."""
    if aim.direction not in RISING | FALLING or not series:
        return Judged(Verdict.UNJUDGED, (Reason.NO_SERIES,))
    last = max(y for y in series if y <= aim.target_year) if min(series) <= aim.target_year else None
    if last is None:
        return Judged(Verdict.UNJUDGED, (Reason.DATA_END,))
    now = achieved(aim, series, last)
    if now is None:
        return Judged(Verdict.UNJUDGED, (Reason.BASE_YEAR,), last)
    if last == aim.target_year:
        return Judged(Verdict.MET if reached(aim, now) else Verdict.NOT_MET, (), last, now)
    if aim.direction in RISING and reached(aim, now):
        return Judged(Verdict.MET, (), last, now, ahead=True)
    if last <= aim.start:
        return Judged(Verdict.UNJUDGED, (Reason.DATA_END,), last, now, waits=aim.start)
    if aim.direction == "cap":
        return Judged(Verdict.ON_COURSE if reached(aim, now) else Verdict.OFF_COURSE, (), last, now, aim.value)
    from_base = aim.direction in _FROM_BASE and aim.base_year is not None and aim.base_year == aim.start
    first = 0.0 if from_base else achieved(aim, series, aim.start)
    if first is None:
        return Judged(Verdict.UNJUDGED, (Reason.BASE_YEAR,), last, now)
    wanted = line(aim, first, last)
    good = now <= wanted if aim.direction in FALLING else now >= wanted
    return Judged(Verdict.ON_COURSE if good else Verdict.OFF_COURSE, (), last, now, wanted, aim.start)
