"""Charts of milestones: a sector's emissions, a lever's curve, the phases of all levers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.text import Text, joined
from tools.charts.specs import XY, Bar, Chart, Heat, Series, Timeline
from tools.roadmap.names import BASE, COMMON, LAST, LEVER_KEYS, LEVERS, YEARS, at, scenario_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tools.roadmap.story import Story

_CURVES = 8  # lines that colours can tell apart
_CURVE_YEARS = tuple(range(COMMON, LAST + 1))


def deployed(story: Story, key: str, year: int) -> float:
    """Deployment of a lever, % of technical potential; of a group the mean of its members (in a scenario all alike)."""
    return 100 * float(story.lead.deployment[LEVER_KEYS.index(key), list(story.scope.indices), at(year)].mean())


def sector_chart(story: Story, label: Text, series: NDArray[np.float64]) -> Chart:
    """Emissions of one sector by year."""
    where = story.scope.name
    return Chart(
        kind="line",
        title=Text(f"{where.zh}{label.zh}排放", f"{where.en}: emissions of {label.en}"),
        spec=XY(
            x=YEARS, series=(Series(name=scenario_name(story.lead.scenario), y=tuple(float(v) for v in series)),),
            unit="Mt CO2", y_title=Text("二氧化碳", "CO2"), observed_until=BASE, estimated_until=COMMON,
        ),
    )  # fmt: skip


def curves_chart(story: Story) -> Chart:
    """The deployment curves of the levers of the leading path, as many as colours can tell apart: the one that moves least from
    2025 is left out and named."""
    where, name = story.scope.name, scenario_name(story.lead.scenario)
    curves = {key: [deployed(story, key, y) for y in _CURVE_YEARS] for key in LEVER_KEYS}
    kept = sorted(LEVER_KEYS, key=lambda k: curves[k][0] - curves[k][-1])[:_CURVES]
    left = [LEVERS[k] for k in LEVER_KEYS if k not in kept]
    series = tuple(Series(name=LEVERS[k], y=tuple(curves[k])) for k in LEVER_KEYS if k in kept)
    absent = joined(left)
    return Chart(
        kind="line",
        title=Text(
            f"{where.zh}各项措施的部署曲线（{name.zh}情景）", f"{where.en}: deployment of the levers ({name.en})"
        ),
        spec=XY(x=_CURVE_YEARS, series=series, unit="%", y_title=Text("占技术潜力", "of technical potential")),
        note=Text(f"所设曲线，不是预测；未画{absent.zh}", f"assumed curves, no forecast; not drawn: {absent.en}"),
    )


def left_chart(story: Story, named: Mapping[Text, NDArray[np.float64]]) -> Chart:
    """What is left of each sector's emissions of 2025, % by year, as a heat map."""
    where, name = story.scope.name, scenario_name(story.lead.scenario)
    years = tuple(range(COMMON, LAST + 1, 5))
    return Chart(
        kind="heatmap",
        title=Text(
            f"{where.zh}各行业排放相当于2025年的比例（{name.zh}情景）",
            f"{where.en}: emissions of sectors against 2025 ({name.en})",
        ),
        spec=Heat(
            rows=tuple(named),
            columns=tuple(Text(f"{y}", f"{y}") for y in years),
            values=tuple(tuple(100 * float(v[at(y)] / v[at(COMMON)]) for y in years) for v in named.values()),
            unit="%",
            value_title=Text("占2025年排放", "of emissions in 2025"),
        ),
    )


def lever_chart(story: Story, keys: tuple[str, ...]) -> Chart:
    """One lever's curve, or the phases of several: to half and on to nine tenths of what each reaches in 2060."""
    where = story.scope.name
    curves = {key: np.array([deployed(story, key, y) for y in YEARS]) for key in keys}
    if len(keys) == 1:
        lever = LEVERS[keys[0]]
        series = Series(name=lever, y=tuple(float(v) for v in curves[keys[0]]))
        return Chart(
            kind="line",
            title=Text(f"{where.zh}{lever.zh}部署曲线", f"{where.en}: deployment of {lever.en}"),
            spec=XY(x=YEARS, series=(series,), unit="%", y_title=Text("占技术潜力", "of technical potential")),
        )
    bars: list[Bar] = []
    for key, values in curves.items():
        half, most = (YEARS[int(np.argmax(values >= share * values[-1]))] for share in (0.5, 0.9))
        for start, end, label in (
            (COMMON, half, Text("至2060年水平的一半", "to half of its 2060 level")),
            (half, most, Text("至2060年水平的九成", "to nine tenths of it")),
        ):
            if end > start:
                bars.append(Bar(lane=LEVERS[key], label=label, start=start, end=end))
    return Chart(
        kind="timeline",
        title=Text(f"{where.zh}各项措施的部署阶段", f"{where.en}: deployment of the levers"),
        spec=Timeline(bars=tuple(bars)),
    )
