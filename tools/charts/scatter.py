"""Points of a scatter with their names, parted into quadrants where the spec says so."""

from __future__ import annotations

from typing import Any

from data.text import Language
from tools.charts.specs import XY, Quadrants, Series
from tools.charts.style import Figure, Look, Measure

_POSITIONS = ("top center", "bottom center", "middle right", "middle left")


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


def points(series: Series, x: list[Any], scaled: Measure, shade: str, spec: XY) -> dict[str, Any]:
    """A trace of points; with labels hovering says the name, and the first few names are written."""
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
        "text": [names[i] if i < spec.marked else "" for i in kept], "textfont": {"size": 11}, "cliponaxis": False,
        "textposition": [_POSITIONS[i % len(_POSITIONS)] for i in kept],
        "hovertext": [f"{names[i]}<br>({spec.x[i]:.3g}, {said[i]})" for i in kept], "hovertemplate": "%{hovertext}",
    }  # fmt: skip


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
