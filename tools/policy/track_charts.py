"""The chart of a tracked target: what is observed, the straight line or the target's level, and the scenarios' course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import lowered, raised
from tools.roadmap.names import SCENARIOS as NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.policy.rows import Target
    from tools.policy.track_tell import Tracked


def is_change(target: Target) -> bool:
    """Whether a target is a change since a base year, and no level."""
    return target.unit == "times" or target.direction in ("increase", "decrease", "amount")


def course_chart(t: Tracked) -> Chart | None:
    """The chart of a target that is a level, where there is more to draw than what is observed; else None."""
    target, seen = t.target, t.observation
    courses: Mapping[str, Mapping[int, float]] = t.projection.course if t.projection is not None else {}
    if seen is None or not seen.values or is_change(target) or target.value is None or target.target_year is None:
        return None
    if (t.judged.start is None and not courses) or target.unit != seen.unit or t.local:
        return None
    first, last = min(seen.values), target.target_year
    years = tuple(range(min(first, t.judged.start or first), last + 1))
    series = [Series(name=Text("观测值", "Observed"), y=tuple(seen.plain.get(y) for y in years)), _aim(t, years)]
    for key, course in courses.items():
        name = Text(f"{NAMES[key].zh}情景", f"{NAMES[key].en} scenario")
        series.append(Series(name=name, y=tuple(course.get(y) for y in years)))
    place = seen.place.name
    return Chart(
        kind="line",
        title=Text(f"{place.zh}{seen.name.zh}与目标", f"{place.en}: {lowered(seen.name.en)} and the target"),
        spec=XY(
            x=years, series=tuple(series), unit=seen.unit, x_title=Text("年份", "Year"),
            y_title=Text(seen.name.zh, raised(seen.name.en)), observed_until=max(seen.values),
        ),
    )  # fmt: skip


def _aim(t: Tracked, years: tuple[int, ...]) -> Series:
    """The straight line to the target from where it was judged, else the target's level over all years."""
    target, seen, start = t.target, t.observation, t.judged.start
    assert seen is not None and target.value is not None and target.target_year is not None
    if start is None:
        return Series(name=Text("目标值", "Target"), y=tuple(target.value for _ in years))
    base = seen.values[start].value
    slope = (target.value - base) / (target.target_year - start)
    path = tuple(base + slope * (y - start) if y >= start else None for y in years)
    return Series(name=Text("到目标的直线", "Straight line to the target"), y=path)
