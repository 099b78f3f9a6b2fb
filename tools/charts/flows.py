"""Network and Sankey: what flows from whom to whom."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text
from tools.charts.specs import Chart, Network, Node, Sankey
from tools.charts.style import Figure, Look, colour, frame, measure, see_through, wrap

_SEED = 2060


def _groups(nodes: tuple[Node, ...]) -> list[Text | None]:
    """The groups in order of appearance; one entry None where nodes have none."""
    found: list[Text | None] = []
    for node in nodes:
        if node.group not in found:
            found.append(node.group)
    return found


def render_sankey(chart: Chart, spec: Sankey, language: Language, look: Look) -> Figure:
    """Flows between columns; a link takes the colour of the node it leaves."""
    scaled = measure([link.value for link in spec.links], spec.unit, language)
    groups = _groups(spec.nodes)
    grouped = any(g is not None for g in groups)
    shades = [colour(look, groups.index(n.group) if grouped else i) for i, n in enumerate(spec.nodes)]
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
                 "color": [see_through(shades[k.source], 0.34) for k in spec.links]},
    }  # fmt: skip
    tallest = max((sum(1 for n in spec.nodes if n.column == c) for c in {n.column for n in spec.nodes}), default=6)
    height = min(760, max(320, 40 * tallest)) if tallest < len(spec.nodes) else 420
    layout = frame(chart, language, look, height, subtitle=scaled.titled(spec.value_title))
    layout["margin"] |= {"l": 12, "r": 12, "b": 20}
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


def render_network(chart: Chart, spec: Network, language: Language, look: Look) -> Figure:
    """Nodes where a seeded spring layout puts them, arrows as wide as what flows, colours by group."""
    flow = measure([link.value for link in spec.links], spec.unit, language)
    size = measure([n.size for n in spec.nodes], spec.size_unit, language)
    places = _spring(spec)
    radii = _radii(spec)
    largest = max((link.value for link in spec.links), default=1.0) or 1.0
    arrows = []
    for link in sorted(spec.links, key=lambda k: k.value):
        share = max(0.0, link.value / largest)
        (x0, y0), (x1, y1) = places[link.source], places[link.target]
        arrows.append(
            {"x": x1, "y": y1, "ax": x0, "ay": y0, "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": "",
             "showarrow": True, "arrowhead": 2, "arrowsize": max(0.5, 1.1 - 0.5 * share),
             "arrowwidth": 0.8 + 4.2 * share, "standoff": radii[link.target] + 2,
             "startstandoff": radii[link.source] + 1,
             "arrowcolor": see_through(look.muted, 0.30 + 0.45 * share)}
        )  # fmt: skip
    data = [_middles(spec, places, flow, language)]
    data += _dots(spec, places, radii, size, language, look)
    subtitle = f"{_edges_word(language)}{flow.titled(spec.value_title)} · {_nodes_word(language)}{size.titled(spec.size_title)}"
    layout = frame(chart, language, look, 460, subtitle=subtitle)
    blank = {"visible": False, "showgrid": False, "zeroline": False, "fixedrange": False}
    layout |= {"xaxis": {**blank, "range": [-1.25, 1.25]}, "yaxis": {**blank, "range": [-1.2, 1.2]},
               "annotations": arrows, "hovermode": "closest"}  # fmt: skip
    if len(_groups(spec.nodes)) > 1:
        side = {
            "orientation": "h",
            "x": 0,
            "y": -0.02,
            "yanchor": "top",
            "itemsizing": "constant",
            "font": {"size": 12},
        }
        layout |= {"showlegend": True, "legend": side}
    return {"data": data, "layout": layout}


def _edges_word(language: Language) -> str:
    return "箭头粗细：" if language == "zh" else "arrow width: "


def _nodes_word(language: Language) -> str:
    return "圆点大小：" if language == "zh" else "dot size: "


def _spring(spec: Network) -> list[tuple[float, float]]:
    """Places in [-1, 1]², the same for the same network."""
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(spec.nodes)))
    largest = max((link.value for link in spec.links), default=1.0) or 1.0
    for link in spec.links:
        weight = (link.value / largest) ** 0.5 + graph.get_edge_data(link.source, link.target, {"weight": 0.0})[
            "weight"
        ]
        graph.add_edge(link.source, link.target, weight=weight)
    spread = 2.2 / max(1, len(spec.nodes)) ** 0.5
    found = networkx.spring_layout(graph, seed=_SEED, k=spread, iterations=200)
    columns = [_stretched([float(found[i][axis]) for i in range(len(spec.nodes))]) for axis in (0, 1)]
    # Half of the way towards even spacing, so that a few far nodes do not press the rest together.
    return [((x + u) / 2, (y + v) / 2) for x, y, u, v in zip(*columns, *map(_ranked, columns), strict=True)]


def _ranked(values: list[float]) -> list[float]:
    """The same order of values, evenly spaced on [-1, 1]."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    places = [0.0] * len(values)
    for rank, i in enumerate(order):
        places[i] = 2 * rank / (len(values) - 1) - 1 if len(values) > 1 else 0.0
    return places


def _stretched(values: list[float]) -> list[float]:
    """Values moved and scaled onto [-1, 1]; a single one stands in the middle."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [0.0 if high == low else 2 * (v - low) / (high - low) - 1 for v in values]


def _radii(spec: Network) -> list[float]:
    """Dot radii in pixels, area in proportion to size."""
    largest = max((n.size for n in spec.nodes), default=0.0) or 1.0
    return [4 + 16 * (max(0.0, n.size) / largest) ** 0.5 for n in spec.nodes]


def _middles(spec: Network, places: list[tuple[float, float]], flow: Any, language: Language) -> dict[str, Any]:
    """Invisible points at the middle of the arrows, to hover over."""
    names = [n.name.to(language) for n in spec.nodes]
    ends = [(places[k.source], places[k.target]) for k in spec.links]
    return {"type": "scatter", "mode": "markers", "x": [(a[0] + b[0]) / 2 for a, b in ends],
            "y": [(a[1] + b[1]) / 2 for a, b in ends], "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
            "text": [f"{names[k.source]} → {names[k.target]}<br>{flow.say(k.value)}" for k in spec.links],
            "marker": {"size": 14, "opacity": 0, "color": "#888888"}}  # fmt: skip


def _dots(
    spec: Network, places: list[tuple[float, float]], radii: list[float], size: Any, language: Language, look: Look
) -> list[dict[str, Any]]:
    named = set(sorted(range(len(spec.nodes)), key=lambda i: -radii[i])[:16])
    traces = []
    for number, group in enumerate(_groups(spec.nodes)):
        own = [i for i, n in enumerate(spec.nodes) if n.group == group]
        names = {i: spec.nodes[i].name.to(language) for i in own}
        traces.append(
            {"type": "scatter", "mode": "markers+text", "name": group.to(language) if group else "",
             "x": [places[i][0] for i in own], "y": [places[i][1] for i in own],
             "text": [wrap(names[i], 16, lines=2) if i in named else "" for i in own],
             "textposition": ["bottom center" if places[i][1] < 0 else "top center" for i in own],
             "textfont": {"size": 11, "color": look.text}, "cliponaxis": False,
             "hovertext": [f"<b>{names[i]}</b><br>{size.say(spec.nodes[i].size)}" for i in own],
             "hovertemplate": "%{hovertext}<extra></extra>",
             "marker": {"size": [2 * radii[i] for i in own], "color": colour(look, number), "opacity": 1,
                        "line": {"width": 1.5, "color": look.surface}}}
        )  # fmt: skip
    return traces
