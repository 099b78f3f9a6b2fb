"""Points of a scatter with their names, parted into quadrants where the spec says so."""

from __future__ import annotations

import math
from typing import Any

from data.text import Language
from tools.charts.labels import placed
from tools.charts.specs import XY, Quadrants, Series
from tools.charts.style import Figure, Look, Measure

_WIDE, _HIGH = 230.0, 240.0  # pixels that the points spread over on a narrow screen
_TRIED = 20  # names tried


def hover(series: Series, scaled: Measure) -> list[str]:
    """What hovering says: the figure with its unit, and its range where it has one."""
    said = []
    for i, value in enumerate(series.y):
        text = scaled.say(value)
        low, high = at(series.low, i), at(series.high, i)
        if value is not None and low is not None and high is not None:
            span = f"{scaled.say(low)} – {scaled.say(high)}"
            text += f"（区间 {span}）" if scaled.language == "zh" else f" (range {span})"
        said.append(text)
    return said


def at(values: tuple[float | None, ...] | None, index: int) -> float | None:
    """One of a series' ends, None where it has none."""
    return None if values is None else values[index]


def points(
    series: Series, x: list[Any], scaled: Measure, shade: str, spec: XY, written: dict[int, str]
) -> dict[str, Any]:  # fmt: skip
    """A trace of points; with labels hovering says the name, and those ``written`` (point -> position) stand beside theirs."""
    said = hover(series, scaled)
    trace = {"type": "scatter", "mode": "markers", "name": series.name.to(scaled.language), "x": x,
             "y": [scaled.of(v) for v in series.y], "text": said, "hovertemplate": "%{x}: %{text}",
             "marker": {"size": 9, "color": shade, "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}}}  # fmt: skip
    if spec.labels is None:
        return trace
    kept = [i for i, v in enumerate(series.y) if v is not None]  # labels of gaps would shift those of the points
    names = [name.to(scaled.language) for name in spec.labels]
    return trace | {
        "mode": "markers+text", "x": [x[i] for i in kept], "y": [scaled.of(series.y[i]) for i in kept],
        "text": [names[i] if i in written else "" for i in kept], "textfont": {"size": 11}, "cliponaxis": False,
        "textposition": [written.get(i, "top center") for i in kept],
        "hovertext": [f"{names[i]}<br>({spec.x[i]:.3g}, {said[i]})" for i in kept], "hovertemplate": "%{hovertext}",
    }  # fmt: skip


def written(spec: XY, language: Language) -> dict[int, str]:
    """Which names are written and where: the marked first, then the points farthest from the others, as far as there is room."""
    if spec.labels is None:
        return {}
    height = {i: v for s in spec.series for i, v in enumerate(s.y) if v is not None}
    kept = [i for i in sorted(height) if isinstance(spec.x[i], (int, float))]
    columns = [[float(spec.x[i]) for i in kept], [float(height[i]) for i in kept]]  # type: ignore[arg-type]
    if spec.logarithmic:
        columns = [[math.log10(v) if v > 0 else 0.0 for v in c] for c in columns]
    across, up = (_pixels(c, size) for c, size in zip(columns, (_WIDE, _HIGH), strict=True))
    spots = list(zip(across, up, strict=True))
    middle = (sorted(across)[len(across) // 2], sorted(up)[len(up) // 2]) if spots else (0.0, 0.0)
    far = sorted(range(len(kept)), key=lambda k: (kept[k] >= spec.marked, -math.dist(spots[k], middle)))
    names = [spec.labels[i].to(language) for i in kept]
    below = -_HIGH / 2 - 7  # under it stands the axis, just above it the names of the lower quadrants
    free = [(-_WIDE, below - 100, _WIDE, below)]
    if spec.quadrants is not None:
        free += [(-_WIDE, below, -_WIDE / 6, below + 16), (_WIDE / 6, below, _WIDE, below + 16)]
    found = placed(names, spots, [4.5] * len(kept), far[:_TRIED], _WIDE + 40, free)
    return {kept[k]: spot for k, spot in found.items()}


def _pixels(values: list[float], size: float) -> list[float]:
    """Values as pixels from the middle of an axis of ``size``."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [0.0 if high == low else ((v - low) / (high - low) - 0.5) * size for v in values]


def part(layout: Figure, quadrants: Quadrants, language: Language, look: Look) -> None:
    """Lines at the two thresholds and the quadrants' names in their corners."""
    line = {"type": "line", "line": {"width": 1, "dash": "dash", "color": look.muted}}
    layout["shapes"] = [
        {**line, "x0": quadrants.x, "x1": quadrants.x, "y0": 0, "y1": 1, "yref": "paper"},
        {**line, "y0": quadrants.y, "y1": quadrants.y, "x0": 0, "x1": 1, "xref": "paper"},
    ]
    corners = (("right", "top"), ("left", "top"), ("left", "bottom"), ("right", "bottom"))
    layout["annotations"] = [
        {"xref": "paper", "yref": "paper", "x": float(across == "right"), "y": float(up == "top"), "xanchor": across,
         "yanchor": "bottom" if up == "top" else up, "text": name.to(language), "showarrow": False, "font": {"size": 12, "color": look.muted}}
        for (across, up), name in zip(corners, quadrants.names, strict=True)
    ]  # fmt: skip
