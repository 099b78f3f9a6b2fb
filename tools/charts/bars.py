"""Bars, with figures at their ends and whiskers for ranges."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text
from tools.charts.scatter import at, hover
from tools.charts.specs import XY, Chart, Series
from tools.charts.style import (
    NO_DATA,
    Figure,
    Look,
    Measure,
    axis,
    colour,
    frame,
    legend,
    legend_height,
    width_of,
    wrap,
)

_ROW = 30  # pixels a horizontal bar takes
_PLOT = 320
_COLUMNS = 50  # letters' columns that names beneath bars have on a narrow screen
_NARROW = 230  # pixels of a plot beside its names on a narrow screen
_GAP = "\u00a0"  # keeps a figure off the whisker's end
_MOST = 40  # bars up to which figures stand at their ends


def render_bars(chart: Chart, spec: XY, scaled: Measure, look: Look) -> Figure:
    """Bars; long category names lie along the y axis, from the top down."""
    language = scaled.language
    names = [x.to(language) if isinstance(x, Text) else f"{x:g}" for x in spec.x]
    named = any(isinstance(x, Text) for x in spec.x)
    flat = spec.horizontal or (named and sum(min(12, width_of(n)) + 2 for n in names) > _COLUMNS)
    # Wrapped names may coincide, so bars stand at positions and the names are tick labels.
    places = list(range(len(names)))
    waterfall = any(s.base is not None for s in spec.series)
    data = [_bar(series, names, scaled, colour(look, i), flat) for i, series in enumerate(spec.series)]
    for trace, series in zip(data[:], spec.series, strict=True):
        if series.low is not None and series.high is not None:
            trace["error_x" if flat else "error_y"] = _whiskers(series, scaled, look)
        if (len(spec.series) == 1 or series.base is not None) and len(names) <= _MOST:
            data.append(_figures(series, scaled, look, flat))
    single = len(spec.series) == 1 or spec.stacked or waterfall
    rows = len(names) * (_ROW if single else _ROW + 8 * (len(spec.series) - 1))
    layout = frame(
        chart,
        language,
        look,
        (rows + 40 if flat else _PLOT) + legend_height(spec),
        subtitle=scaled.titled(spec.y_title),
    )
    amounts = axis(look, separatethousands=True, exponentformat="none", **_room(spec, scaled, flat))
    ticks = _ticks(names, named, flat)
    if flat:
        layout |= {"yaxis": axis(look, autorange="reversed", **ticks), "xaxis": amounts}
        layout["yaxis"]["tickfont"]["color"] = look.text
    else:
        layout |= {"xaxis": axis(look, **ticks), "yaxis": amounts}
    layout |= {"barmode": "overlay" if waterfall else "relative" if spec.stacked else "group", "bargap": 0.32}
    absent = [p for s in spec.series if len(spec.series) == 1 for p in places if s.y[p] is None]
    layout["annotations"] = [_absence(p, flat, language, look) for p in absent]
    if len(spec.series) > 1:
        layout |= {"showlegend": True, "legend": legend(look)}
    return {"data": data, "layout": layout}


def _ticks(names: list[str], named: bool, flat: bool) -> dict[str, Any]:
    """The names along the axis of categories; of many years only some."""
    shown = [wrap(n, 24, lines=2) if flat else wrap(n, 12, lines=3) for n in names]
    every = -(-len(names) // 10) if not flat and len(names) > 14 and not named else 1
    return {"tickmode": "array", "tickvals": list(range(len(names)))[::every], "ticktext": shown[::every], "showgrid": False,
            "zeroline": False}  # fmt: skip


def _bar(series: Series, names: list[str], scaled: Measure, shade: str, flat: bool) -> dict[str, Any]:
    lengths, places = [scaled.of(v) for v in series.y], list(range(len(names)))
    said = [f"{n}<br>{t}" for n, t in zip(names, hover(series, scaled), strict=True)]
    bar: dict[str, Any] = {
        "type": "bar", "name": series.name.to(scaled.language), "orientation": "h" if flat else "v",
        "x": lengths if flat else places, "y": places if flat else lengths, "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>", "marker": {"color": shade, "cornerradius": 3},
    }  # fmt: skip
    if series.base is not None:
        bar["base"] = [scaled.of(v) or 0.0 for v in series.base]
    return bar


def _ends(series: Series) -> list[tuple[float, float] | None]:
    """Per bar its lowest and highest point, whiskers included, from its base or zero; None for a gap."""
    found: list[tuple[float, float] | None] = []
    for i, value in enumerate(series.y):
        if value is None:
            found.append(None)
            continue
        base = at(series.base, i) or 0.0
        points = [base, base + value, *(v for v in (at(series.low, i), at(series.high, i)) if v is not None)]
        found.append((min(points), max(points)))
    return found


def _figures(series: Series, scaled: Measure, look: Look, flat: bool) -> dict[str, Any]:
    """The figures in the unit of the axis, beyond the whisker or the end of their bars."""
    ends = _ends(series)
    kept = [i for i, end in enumerate(ends) if end is not None]
    down = [(series.y[i] or 0.0) < 0 for i in kept]
    tips = [scaled.of((ends[i] or (0.0, 0.0))[0 if below else 1]) for i, below in zip(kept, down, strict=True)]
    spots = ("middle left", "middle right") if flat else ("bottom center", "top center")
    return {"type": "scatter", "mode": "text", "x": tips if flat else kept, "y": kept if flat else tips,
            "text": [_GAP + scaled.plain(series.y[i] or 0.0) + _GAP for i in kept], "textposition": [spots[0 if b else 1] for b in down],
            "textfont": {"size": 11, "color": look.muted}, "cliponaxis": False, "hoverinfo": "skip",
            "showlegend": False}  # fmt: skip


def _room(spec: XY, scaled: Measure, flat: bool) -> dict[str, Any]:
    """A range with space for the figures that stand at the ends of bars."""
    waterfall = any(s.base is not None for s in spec.series)
    ends = [end for s in spec.series for end in _ends(s) if end is not None]
    if (len(spec.series) > 1 and not waterfall) or not ends:
        return {"rangemode": "tozero"}
    low, high = min(0.0, *(a for a, _ in ends)) * scaled.factor, max(0.0, *(b for _, b in ends)) * scaled.factor
    longest = max((len(scaled.plain(v)) for s in spec.series for v in s.y if v is not None), default=0)
    extra = (high - low) * (min(0.4, (6.5 * longest + 8) / _NARROW) if flat else 0.08)
    below = any(v is not None and v < 0 for s in spec.series for v in s.y)
    return {"range": [low - (extra if below else 0), high + (extra if high > 0 else 0)]}


def _whiskers(series: Series, scaled: Measure, look: Look) -> dict[str, Any]:
    def gap(edge: tuple[float | None, ...] | None, i: int, sign: int) -> float:
        value, end = series.y[i], at(edge, i)
        return 0.0 if value is None or end is None else max(0.0, sign * (end - value)) * scaled.factor

    count = range(len(series.y))
    return {"type": "data", "symmetric": False, "array": [gap(series.high, i, 1) for i in count],
            "arrayminus": [gap(series.low, i, -1) for i in count], "thickness": 1.4, "width": 4,
            "color": look.text}  # fmt: skip


def _absence(place: int, flat: bool, language: Language, look: Look) -> dict[str, Any]:
    """The words "no data" where a bar would stand: a gap is never drawn as zero."""
    spot = {"x": 0, "y": place, "xanchor": "left"} if flat else {"x": place, "y": 0, "yanchor": "bottom"}
    return {**spot, "text": NO_DATA.to(language), "showarrow": False, "font": {"size": 11, "color": look.muted}}
