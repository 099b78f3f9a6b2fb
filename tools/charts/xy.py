"""Line, bar, wedge, fan and scatter: series over years or categories."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text
from tools.charts.bars import render_bars
from tools.charts.scatter import hover, part, points, written
from tools.charts.specs import XY, Chart, Series
from tools.charts.style import (
    Figure,
    Look,
    Measure,
    axis,
    axis_title,
    colour,
    frame,
    legend,
    legend_height,
    measure,
    see_through,
)

OBSERVED = Text("历史数据", "observed")
ESTIMATED = Text("现时估算", "nowcast")
SCENARIO = Text("情景", "scenario")
_PLOT = 320


def render_xy(chart: Chart, spec: XY, language: Language, look: Look) -> Figure:
    """The figure of an ``XY`` spec; ``chart.kind`` says which of the five forms."""
    values = [v for s in spec.series for column in (s.y, s.low or (), s.high or ()) for v in column]
    scaled = measure(values, spec.unit, language)
    if chart.kind == "bar":
        return render_bars(chart, spec, scaled, look)
    layout = frame(chart, language, look, _PLOT + legend_height(spec), subtitle=scaled.titled(spec.y_title))
    names = [x.to(language) if isinstance(x, Text) else x for x in spec.x]
    if chart.kind == "wedge" or (spec.stacked and chart.kind in ("line", "fan")):
        data = _areas(spec, names, scaled, look)
    elif chart.kind == "scatter":
        shown = written(spec, language)
        data = [points(s, names, scaled, colour(look, i), spec, shown) for i, s in enumerate(spec.series)]
    else:
        data = [t for i, s in enumerate(spec.series) for t in _line(s, names, scaled, colour(look, i), spec)]
    years = all(isinstance(x, int) and 1900 <= x <= 2100 for x in spec.x)
    layout["xaxis"] = axis(look, showgrid=False, title=axis_title(look, _words(spec.x_title, language)))
    layout["xaxis"] |= {"tickformat": "d"} if years else {"separatethousands": True, "exponentformat": "none"}
    layout["yaxis"] = axis(look, separatethousands=True, exponentformat="none")
    if chart.kind == "scatter" and spec.logarithmic:
        layout["xaxis"] |= {"type": "log", "dtick": 1}
        layout["yaxis"] |= {"type": "log", "dtick": 1}
    layout["hovermode"] = "closest" if chart.kind == "scatter" else "x unified"
    _mark_scenario(layout, spec, language, look)
    if chart.kind == "scatter" and spec.quadrants is not None:
        part(layout, spec.quadrants, language, look)
    if len(spec.series) > 1:
        layout |= {"showlegend": True, "legend": legend(look)}
    return {"data": data, "layout": layout}


def _words(text: Text | None, language: Language) -> str:
    return "" if text is None else text.to(language)


def _line(series: Series, x: list[Any], scaled: Measure, shade: str, spec: XY) -> list[dict[str, Any]]:
    """A line, drawn solid up to the last observed year and dotted after it, over its band."""
    name = series.name.to(scaled.language)
    traces = _band(series, x, scaled, shade)
    y, said = [scaled.of(v) for v in series.y], hover(series, scaled)
    sparse = len(x) <= 12
    base = {"type": "scatter", "mode": "lines+markers" if sparse else "lines", "name": name, "legendgroup": name,
            "connectgaps": False, "hovertemplate": "%{text}", "marker": {"size": 6, "color": shade}}  # fmt: skip
    until = spec.observed_until
    split = 0 if until is None else sum(1 for v in x if isinstance(v, (int, float)) and v <= until)
    if until is None or split in (0, len(x)):
        dash = "dot" if until is not None and split == 0 else "solid"
        line = {"color": shade, "width": 2.4, "dash": dash}
        return [*traces, {**base, "x": x, "y": y, "text": said, "line": line}]
    past = {**base, "x": x[:split], "y": y[:split], "text": said[:split], "line": {"color": shade, "width": 2.4}}
    # The dotted part starts at the last observed point so that the line does not break; that point is said once.
    future = {**base, "x": x[split - 1 :], "y": y[split - 1 :], "text": ["", *said[split:]], "showlegend": False,
              "line": {"color": shade, "width": 2.4, "dash": "dot"}}  # fmt: skip
    future["hoverinfo"] = ["skip", *["text"] * (len(x) - split)]
    if not any(v is not None for v in y[:split]):
        future["showlegend"] = True
        return [*traces, future]
    return [*traces, past, future]


def _band(series: Series, x: list[Any], scaled: Measure, shade: str) -> list[dict[str, Any]]:
    if series.low is None or series.high is None:
        return []
    kept = [i for i in range(len(x)) if series.low[i] is not None and series.high[i] is not None]
    name = series.name.to(scaled.language)
    edge = {"type": "scatter", "mode": "lines", "x": [x[i] for i in kept], "line": {"width": 0, "color": shade},
            "hoverinfo": "skip", "showlegend": False, "legendgroup": name, "name": name}  # fmt: skip
    low = {**edge, "y": [scaled.of(series.low[i]) for i in kept]}
    high = {**edge, "y": [scaled.of(series.high[i]) for i in kept]}
    return [low, {**high, "fill": "tonexty", "fillcolor": see_through(shade, 0.16)}]


def _areas(spec: XY, x: list[Any], scaled: Measure, look: Look) -> list[dict[str, Any]]:
    """Stacked areas, those below zero in a stack of their own.

    An x where any series has no value is left out: the stack's height is unknown there.
    """
    kept = [i for i in range(len(x)) if all(s.y[i] is not None for s in spec.series)]
    traces = []
    for n, series in enumerate(spec.series):
        below = all((series.y[i] or 0) <= 0 for i in kept) and any(series.y[i] for i in kept)
        said = hover(series, scaled)
        shade = colour(look, n)
        traces.append(
            {"type": "scatter", "mode": "lines", "name": series.name.to(scaled.language),
             "x": [x[i] for i in kept], "y": [scaled.of(series.y[i]) for i in kept], "text": [said[i] for i in kept],
             "hovertemplate": "%{text}", "stackgroup": "below" if below else "above",
             "line": {"width": 0.8, "color": look.surface}, "fillcolor": see_through(shade, 0.88)}
        )  # fmt: skip
    return traces


def _mark_scenario(layout: Figure, spec: XY, language: Language, look: Look) -> None:
    """A thin line where observation ends, with the two words beside it; another where a nowcast ends."""
    until = spec.observed_until
    years = [v for v in spec.x if isinstance(v, (int, float))]
    if until is None or not years or not min(years) < until < max(years):
        return
    word = {"x": until, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 11, "color": look.muted}}  # fmt: skip
    ends = [until, *([] if spec.estimated_until is None else [spec.estimated_until])]
    layout["shapes"] = [{"type": "line", "x0": end, "x1": end, "y0": 0, "y1": 1, "yref": "paper",
                         "line": {"width": 1, "dash": "dot", "color": look.muted}} for end in ends]  # fmt: skip
    layout["annotations"] = [
        {**word, "x": ends[-1], "text": SCENARIO.to(language) + " →", "xanchor": "left", "xshift": 4},
        {**word, "text": OBSERVED.to(language), "xanchor": "right", "xshift": -4},
    ]
    if len(ends) > 1:
        layout["annotations"].append({**word, "x": sum(ends) / 2, "text": ESTIMATED.to(language), "xanchor": "center"})
    layout["margin"]["t"] += 14
