"""Sankey: what flows from whom to whom."""

from __future__ import annotations

from typing import Any

from data.text import Language
from tools.charts.network import groups_of
from tools.charts.specs import Chart, Link, Sankey
from tools.charts.style import Figure, Look, Measure, colour, frame, measure, see_through, width_of, wrap

_SLIDER = 62  # pixels


def render_sankey(chart: Chart, spec: Sankey, language: Language, look: Look) -> Figure:
    """Flows between columns; a link takes the colour of the node it leaves. Each step is a trace; buttons choose which is seen."""
    states = [step.links for step in spec.steps] or [spec.links]
    scaled = measure([link.value for links in states for link in links], spec.unit, language)
    data = [_trace(spec, links, scaled, look) for links in states]
    tallest = max((sum(1 for n in spec.nodes if n.column == c) for c in {n.column for n in spec.nodes}), default=6)
    height = min(760, max(320, 40 * tallest)) if tallest < len(spec.nodes) else 420
    layout = frame(chart, language, look, height, subtitle=scaled.titled(spec.value_title))
    layout["margin"] |= {"l": 12, "r": 12, "b": 20}
    if spec.steps:
        _choose(layout, data, spec, language, look)
    names = [n.name.to(language) for n in spec.nodes]
    inner = {k.source for k in spec.links} & {k.target for k in spec.links}
    if inner and any(width_of(names[i]) > 8 for i in inner):  # names of inner columns need room of their own
        layout["meta"]["least_width"] = 560
    return {"data": data, "layout": layout}


def _choose(layout: Figure, data: list[dict[str, Any]], spec: Sankey, language: Language, look: Look) -> None:
    """A slider under the flows with one stop per step; the traces of the others are hidden."""
    first = next((i for i, step in enumerate(spec.steps) if step.links == spec.links), 0)
    for i, trace in enumerate(data):
        trace["visible"] = i == first
    stops = [
        {
            "label": step.name.to(language),
            "method": "restyle",
            "args": [{"visible": [j == i for j in range(len(data))]}],
        }
        for i, step in enumerate(spec.steps)
    ]
    layout["margin"]["b"] += _SLIDER
    layout["height"] += _SLIDER
    layout["sliders"] = [
        {"active": first, "steps": stops, "x": 0.5, "xanchor": "center", "len": 0.8, "y": 0, "yanchor": "top",
         "pad": {"t": 22, "b": 0}, "currentvalue": {"visible": False}, "bgcolor": look.grid, "activebgcolor": look.series[0],
         "bordercolor": look.muted, "tickcolor": look.muted, "font": {"size": 13, "color": look.text}}
    ]  # fmt: skip


def _trace(spec: Sankey, links: tuple[Link, ...], scaled: Measure, look: Look) -> dict[str, Any]:
    """The flows of one state."""
    language = scaled.language
    groups = groups_of(spec.nodes)
    grouped = any(g is not None for g in groups)
    shades = [
        look.muted if n.muted else colour(look, groups.index(n.group) if grouped else i)
        for i, n in enumerate(spec.nodes)
    ]
    names = [n.name.to(language) for n in spec.nodes]
    through = _throughput(spec, links)
    tallest_share = max(through, default=1.0) or 1.0
    # A label takes two lines only where its node is high enough for them.
    labels = [wrap(n, 26 if v > 0.25 * tallest_share else 60, lines=2) for n, v in zip(names, through, strict=True)]
    node: dict[str, Any] = {
        "label": labels, "color": shades, "pad": 14, "thickness": 14, "line": {"width": 0},
        "customdata": [f"<b>{n}</b><br>{scaled.say(v)}" for n, v in zip(names, through, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    if all(n.column is not None for n in spec.nodes):
        node |= _places(spec, through)
    said = [f"{names[k.source]} → {names[k.target]}<br>{scaled.say(k.value)}" for k in links]
    return {
        "type": "sankey", "arrangement": "snap", "node": node, "valueformat": ".4g",
        "textfont": {"color": look.text, "size": 12, "shadow": f"0 0 3px {look.surface}, 0 0 3px {look.surface}"},
        "link": {"source": [k.source for k in links], "target": [k.target for k in links],
                 "value": [scaled.of(k.value) for k in links], "customdata": said,
                 "hovertemplate": "%{customdata}<extra></extra>",
                 "color": [see_through(shades[k.source], 0.22 if spec.nodes[k.source].muted else 0.38) for k in links]},
    }  # fmt: skip


def _throughput(spec: Sankey, links: tuple[Link, ...]) -> list[float]:
    """What passes each node: the larger of inflow and outflow."""
    inflow, outflow = [0.0] * len(spec.nodes), [0.0] * len(spec.nodes)
    for link in links:
        outflow[link.source] += link.value
        inflow[link.target] += link.value
    return [max(a, b) for a, b in zip(inflow, outflow, strict=True)]


def _places(spec: Sankey, through: list[float]) -> dict[str, list[float]]:
    """Fixed columns, each filled from the top in the order of the nodes (plotly.js wants both coordinates)."""
    last = max((n.column or 0) for n in spec.nodes) or 1
    total = max(sum(v for n, v in zip(spec.nodes, through, strict=True) if n.column == c) for c in range(last + 1)) or 1
    columns = [node.column or 0 for node in spec.nodes]
    shares = [max(0.035, 0.78 * value / total) for value in through]  # a thin node still needs a line for its name
    needed = {c: sum(v + 0.02 for v, k in zip(shares, columns, strict=True) if k == c) for c in set(columns)}
    filled: dict[int, float] = {}
    x, y = [], []
    for column, share in zip(columns, shares, strict=True):
        squeeze = min(1.0, 0.96 / needed[column])  # many thin nodes need more than there is
        start = filled.get(column, 0.02)
        x.append(min(0.999, max(0.001, column / last)))
        y.append(min(0.999, max(0.001, start + squeeze * share / 2)))
        filled[column] = start + squeeze * (share + 0.02)
    return {"x": x, "y": y}
