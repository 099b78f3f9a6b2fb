"""Line, bar, wedge, fan and scatter: series over years or categories."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text
from tools.charts.scatter import at, hover, part, points
from tools.charts.specs import XY, Chart, Series
from tools.charts.style import (
    NO_DATA,
    Figure,
    Look,
    Measure,
    axis,
    axis_title,
    colour,
    frame,
    legend,
    measure,
    see_through,
    width_of,
    wrap,
)

OBSERVED = Text("历史数据", "observed")
SCENARIO = Text("情景", "scenario")
_ROW = 30  # pixels a horizontal bar takes
_PLOT = 320


def render_xy(chart: Chart, spec: XY, language: Language, look: Look) -> Figure:
    """The figure of an ``XY`` spec; ``chart.kind`` says which of the five forms."""
    values = [v for s in spec.series for column in (s.y, s.low or (), s.high or ()) for v in column]
    scaled = measure(values, spec.unit, language)
    if chart.kind == "bar":
        return _bars(chart, spec, scaled, look)
    layout = frame(chart, language, look, _PLOT + _legend_height(spec), subtitle=scaled.titled(spec.y_title))
    names = [x.to(language) if isinstance(x, Text) else x for x in spec.x]
    if chart.kind == "wedge" or (spec.stacked and chart.kind in ("line", "fan")):
        data = _areas(spec, names, scaled, look)
    elif chart.kind == "scatter":
        data = [points(s, names, scaled, colour(look, i), spec) for i, s in enumerate(spec.series)]
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


def _legend_height(spec: XY) -> int:
    return 0 if len(spec.series) < 2 else 24 + 20 * (len(spec.series) // 3)


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
    """A thin line where observation ends, with the two words beside it."""
    until = spec.observed_until
    years = [v for v in spec.x if isinstance(v, (int, float))]
    if until is None or not years or not min(years) < until < max(years):
        return
    word = {"x": until, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 11, "color": look.muted}}  # fmt: skip
    layout["shapes"] = [{"type": "line", "x0": until, "x1": until, "y0": 0, "y1": 1, "yref": "paper",
                         "line": {"width": 1, "dash": "dot", "color": look.muted}}]  # fmt: skip
    layout["annotations"] = [
        {**word, "text": SCENARIO.to(language) + " →", "xanchor": "left", "xshift": 4},
        {**word, "text": OBSERVED.to(language), "xanchor": "right", "xshift": -4},
    ]
    layout["margin"]["t"] += 14


def _bars(chart: Chart, spec: XY, scaled: Measure, look: Look) -> Figure:
    """Bars; long category names lie along the y axis, from the top down."""
    language = scaled.language
    names = [x.to(language) if isinstance(x, Text) else f"{x:g}" for x in spec.x]
    named = any(isinstance(x, Text) for x in spec.x)
    flat = spec.horizontal or (named and sum(width_of(n) + 2 for n in names) > 72)
    shown = [wrap(n, 24, lines=2) if flat else wrap(n, 12, lines=3) for n in names]
    # Wrapped names may coincide, so bars stand at positions and the names are tick labels.
    places = list(range(len(names)))
    data, absent = [], []
    for i, series in enumerate(spec.series):
        lengths = [scaled.of(v) for v in series.y]
        said = [f"{n}<br>{t}" for n, t in zip(names, hover(series, scaled), strict=True)]
        bar: dict[str, Any] = {
            "type": "bar", "name": series.name.to(language), "orientation": "h" if flat else "v",
            "x": lengths if flat else places, "y": places if flat else lengths, "hovertext": said,
            "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"color": colour(look, i), "cornerradius": 3},
        }  # fmt: skip
        if series.base is not None:
            bar["base"] = [scaled.of(v) or 0.0 for v in series.base]
        if (len(spec.series) == 1 or series.base is not None) and len(names) <= 40:
            bar |= {"text": ["" if v is None and series.base else scaled.say(v) for v in series.y], "textposition": "outside", "cliponaxis": False,
                    "textfont": {"size": 11, "color": look.muted}}  # fmt: skip
        if series.low is not None and series.high is not None:
            bar["error_x" if flat else "error_y"] = _whiskers(series, scaled, look)
        data.append(bar)
        absent += [p for p, v in zip(places, series.y, strict=True) if v is None and len(spec.series) == 1]
    waterfall = any(s.base is not None for s in spec.series)
    single = len(spec.series) == 1 or spec.stacked or waterfall
    rows = len(names) * (_ROW if single else _ROW + 8 * (len(spec.series) - 1))
    height = (rows + 40 if flat else _PLOT) + _legend_height(spec)
    layout = frame(chart, language, look, height, subtitle=scaled.titled(spec.y_title))
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": shown, "showgrid": False, "zeroline": False}
    if not flat and len(names) > 14 and not named:
        every = -(-len(names) // 10)
        ticks |= {"tickvals": places[::every], "ticktext": shown[::every]}
    amounts = axis(look, separatethousands=True, exponentformat="none", **_room(spec, scaled, flat))
    if flat:
        layout |= {"yaxis": axis(look, autorange="reversed", **ticks), "xaxis": amounts}
        layout["yaxis"]["tickfont"]["color"] = look.text
    else:
        layout |= {"xaxis": axis(look, **ticks), "yaxis": amounts}
    layout |= {"barmode": "overlay" if waterfall else "relative" if spec.stacked else "group", "bargap": 0.32}
    layout["annotations"] = [_absence(p, flat, language, look) for p in absent]
    if len(spec.series) > 1:
        layout |= {"showlegend": True, "legend": legend(look)}
    return {"data": data, "layout": layout}


def _room(spec: XY, scaled: Measure, flat: bool) -> dict[str, Any]:
    """A range with space for the figures that stand at the ends of single bars."""
    waterfall = any(s.base is not None for s in spec.series)
    starts = [s.base or (0.0,) * len(s.y) for s in spec.series]
    ends = zip(starts, (s.y for s in spec.series), strict=True)
    values = [(b or 0.0) + v for base, y in ends for b, v in zip(base, y, strict=True) if v is not None]
    if (len(spec.series) > 1 and not waterfall) or not values or spec.series[0].low is not None:
        return {"rangemode": "tozero"}
    low, high = min(0.0, min(values)) * scaled.factor, max(0.0, max(values)) * scaled.factor
    extra = (high - low) * (0.2 if flat else 0.08)
    return {"range": [low - (extra if low < 0 else 0), high + (extra if high > 0 else 0)]}


def _whiskers(series: Series, scaled: Measure, look: Look) -> dict[str, Any]:
    def gap(edge: tuple[float | None, ...] | None, i: int, sign: int) -> float:
        value, end = series.y[i], at(edge, i)
        return 0.0 if value is None or end is None else max(0.0, sign * (end - value)) * scaled.factor

    count = range(len(series.y))
    return {"type": "data", "symmetric": False, "array": [gap(series.high, i, 1) for i in count],
            "arrayminus": [gap(series.low, i, -1) for i in count], "thickness": 1.2, "width": 4,
            "color": look.muted}  # fmt: skip


def _absence(place: int, flat: bool, language: Language, look: Look) -> dict[str, Any]:
    """The words "no data" where a bar would stand: a gap is never drawn as zero."""
    spot = {"x": 0, "y": place, "xanchor": "left"} if flat else {"x": place, "y": 0, "yanchor": "bottom"}
    return {**spot, "text": NO_DATA.to(language), "showarrow": False, "font": {"size": 11, "color": look.muted}}
