"""Sankey: what flows from whom to whom."""

from __future__ import annotations

from typing import Any

from data.text import Language
from tools.charts.network import groups_of
from tools.charts.specs import Chart, Sankey
from tools.charts.style import Figure, Look, colour, frame, measure, see_through, width_of, wrap


def render_sankey(chart: Chart, spec: Sankey, language: Language, look: Look) -> Figure:
    """Flows between columns; a link takes the colour of the node it leaves."""
    scaled = measure([link.value for link in spec.links], spec.unit, language)
    groups = groups_of(spec.nodes)
    grouped = any(g is not None for g in groups)
    shades = [
        look.muted if n.muted else colour(look, groups.index(n.group) if grouped else i)
        for i, n in enumerate(spec.nodes)
    ]
    names = [n.name.to(language) for n in spec.nodes]
    through = _throughput(spec)
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
    said = [f"{names[k.source]} → {names[k.target]}<br>{scaled.say(k.value)}" for k in spec.links]
    trace = {
        "type": "sankey", "arrangement": "snap", "node": node, "valueformat": ".4g",
        "textfont": {"color": look.text, "size": 12, "shadow": "none"},
        "link": {"source": [k.source for k in spec.links], "target": [k.target for k in spec.links],
                 "value": [scaled.of(k.value) for k in spec.links], "customdata": said,
                 "hovertemplate": "%{customdata}<extra></extra>",
                 "color": [see_through(shades[k.source], 0.22 if spec.nodes[k.source].muted else 0.38) for k in spec.links]},
    }  # fmt: skip
    tallest = max((sum(1 for n in spec.nodes if n.column == c) for c in {n.column for n in spec.nodes}), default=6)
    height = min(760, max(320, 40 * tallest)) if tallest < len(spec.nodes) else 420
    layout = frame(chart, language, look, height, subtitle=scaled.titled(spec.value_title))
    layout["margin"] |= {"l": 12, "r": 12, "b": 20}
    inner = {k.source for k in spec.links} & {k.target for k in spec.links}
    if inner and any(width_of(names[i]) > 8 for i in inner):  # names of inner columns need room of their own
        layout["meta"]["least_width"] = 560
    return {"data": [trace], "layout": layout}


def _throughput(spec: Sankey) -> list[float]:
    """What passes each node: the larger of inflow and outflow."""
    inflow, outflow = [0.0] * len(spec.nodes), [0.0] * len(spec.nodes)
    for link in spec.links:
        outflow[link.source] += link.value
        inflow[link.target] += link.value
    return [max(a, b) for a, b in zip(inflow, outflow, strict=True)]


def _places(spec: Sankey, through: list[float]) -> dict[str, list[float]]:
    """Fixed columns, each filled from the top in the order of the nodes (plotly.js wants both coordinates)."""
    last = max((n.column or 0) for n in spec.nodes) or 1
    total = max(sum(v for n, v in zip(spec.nodes, through, strict=True) if n.column == c) for c in range(last + 1)) or 1
    filled: dict[int, float] = {}
    x, y = [], []
    for node, value in zip(spec.nodes, through, strict=True):
        column = node.column or 0
        share = max(0.035, 0.78 * value / total)  # a thin node still needs a line for its name
        start = filled.get(column, 0.02)
        x.append(min(0.999, max(0.001, column / last)))
        y.append(min(0.999, max(0.001, start + share / 2)))
        filled[column] = start + share + 0.02
    return {"x": x, "y": y}
