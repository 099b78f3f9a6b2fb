"""Network: dots where a seeded spring layout puts them, moved apart, with the names that find room.

Places and names are worked out for a narrow screen; on a wider one distances grow while dots and letters stay, so that what
does not overlap there overlaps nowhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.text import Language, Text
from tools.charts.labels import placed
from tools.charts.specs import Chart, Network, Node
from tools.charts.style import Figure, Look, colour, frame, measure, see_through, wrap

Points = NDArray[np.float64]
_SEED = 2060
_HEIGHT = 520
_WIDE, _HIGH = 290.0, 455.0  # pixels that the two units of an axis take on a narrow screen
_REACH = 1.14  # range of both axes, to either side
_GAP = 12.0  # pixels between dots
_EVEN = 0.7  # part of even spacing in the places
_NAMED = 42  # names tried, the largest dots first: as many as a province has sectors


def groups_of(nodes: tuple[Node, ...]) -> list[Text | None]:
    """The groups in order of appearance; one entry None where nodes have none."""
    return list(dict.fromkeys(node.group for node in nodes))


def render_network(chart: Chart, spec: Network, language: Language, look: Look) -> Figure:
    """Arrows as wide as what flows, dots as large as their figure, colours by group."""
    flow = measure([link.value for link in spec.links], spec.unit, language)
    size = measure([n.size for n in spec.nodes], spec.size_unit, language)
    radii = _radii(spec)
    spots = _apart(_spring(spec) * [_WIDE / 2, _HIGH / 2], np.array(radii))
    places = [(float(x), float(y)) for x, y in spots / [_WIDE / 2, _HIGH / 2]]
    names = [wrap(n.name.to(language), 16, lines=2) for n in spec.nodes]
    front = sorted(range(len(names)), key=lambda i: -radii[i])[:_NAMED]
    labelled = placed(names, [(float(x), float(y)) for x, y in spots], radii, front, _WIDE * _REACH + 12)
    data = [_middles(spec, places, flow, language)]
    data += _dots(spec, places, radii, labelled, size, language, look)
    groups = groups_of(spec.nodes)
    words = ("箭头粗细：", "圆点大小：") if language == "zh" else ("arrow width: ", "dot size: ")
    subtitle = f"{words[0]}{flow.titled(spec.value_title)} · {words[1]}{size.titled(spec.size_title)}"
    rows = 0 if len(groups) < 2 else -(-len(groups) // 2)
    layout = frame(chart, language, look, _HEIGHT + 20 * rows, subtitle=subtitle)
    blank = {"visible": False, "showgrid": False, "zeroline": False, "fixedrange": True, "range": [-_REACH, _REACH]}
    layout |= {
        "xaxis": blank,
        "yaxis": dict(blank),
        "annotations": _arrows(spec, places, radii, look),
        "hovermode": "closest",
    }
    if rows:
        layout |= {"showlegend": True, "legend": {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top",
                                                  "itemsizing": "constant", "font": {"size": 12}}}  # fmt: skip
    return {"data": data, "layout": layout}


def _spring(spec: Network) -> Points:
    """Places (n, 2) in [-1, 1]², the same for the same network."""
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(spec.nodes)))
    largest = max((link.value for link in spec.links), default=1.0) or 1.0
    for link in spec.links:
        before = graph.get_edge_data(link.source, link.target, {"weight": 0.0})["weight"]
        graph.add_edge(link.source, link.target, weight=(link.value / largest) ** 0.5 + before)
    spread = 2.2 / max(1, len(spec.nodes)) ** 0.5
    found = networkx.spring_layout(graph, seed=_SEED, k=spread, iterations=200)
    columns = [_stretched([float(found[i][axis]) for i in range(len(spec.nodes))]) for axis in (0, 1)]
    # Most of the way towards even spacing, so that a few far nodes do not press the rest together.
    even = [_ranked(c) for c in columns]
    return np.array(
        [[_EVEN * e + (1 - _EVEN) * v for v, e in zip(*pair, strict=True)] for pair in zip(columns, even, strict=True)]
    ).T.reshape(-1, 2)


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


def _apart(spots: Points, radii: Points) -> Points:
    """Dots (n, 2), in pixels, pushed out of each other step by step and kept within the frame."""
    spots, n = spots.copy(), len(spots)
    edge = np.array([_WIDE / 2, _HIGH / 2])
    room = radii[:, None] + radii[None, :] + _GAP
    np.fill_diagonal(room, 0.0)
    for _ in range(300):
        away = spots[:, None] - spots[None, :]
        distance = np.maximum(np.sqrt((away**2).sum(2)), 1e-6)
        lack = np.maximum(0.0, room - distance)
        if lack.max(initial=0.0) < 0.5:
            break
        # dots at one spot part along their numbers, so that the push has a direction
        same = distance < 1e-3
        away = np.where(same[..., None], np.sign(np.arange(n)[:, None] - np.arange(n))[..., None] * [1e-3, 1e-3], away)
        spots += 0.5 * (away / distance[..., None] * lack[..., None]).sum(1).clip(-20, 20)
        spots = np.clip(spots, -edge, edge)
    return spots


def _radii(spec: Network) -> list[float]:
    """Dot radii in pixels, area in proportion to size."""
    largest = max((n.size for n in spec.nodes), default=0.0) or 1.0
    return [4 + 13 * (max(0.0, n.size) / largest) ** 0.5 for n in spec.nodes]


def _arrows(spec: Network, places: list[tuple[float, float]], radii: list[float], look: Look) -> list[dict[str, Any]]:
    """Arrows, the largest flows on top."""
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
             "arrowcolor": see_through(look.muted, 0.26 + 0.45 * share)}
        )  # fmt: skip
    return arrows


def _middles(spec: Network, places: list[tuple[float, float]], flow: Any, language: Language) -> dict[str, Any]:
    """Invisible points at the middle of the arrows, to hover over."""
    names = [n.name.to(language) for n in spec.nodes]
    ends = [(places[k.source], places[k.target]) for k in spec.links]
    return {"type": "scatter", "mode": "markers", "x": [(a[0] + b[0]) / 2 for a, b in ends],
            "y": [(a[1] + b[1]) / 2 for a, b in ends], "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
            "text": [f"{names[k.source]} → {names[k.target]}<br>{flow.say(k.value)}" for k in spec.links],
            "marker": {"size": 14, "opacity": 0, "color": "#888888"}}  # fmt: skip


def _dots(
    spec: Network, places: list[tuple[float, float]], radii: list[float], labelled: dict[int, str], size: Any,
    language: Language, look: Look,
) -> list[dict[str, Any]]:  # fmt: skip
    """The dots of each group, with their names where there is room; all names show on hovering."""
    traces = []
    for number, group in enumerate(groups_of(spec.nodes)):
        own = [i for i, n in enumerate(spec.nodes) if n.group == group]
        names = {i: spec.nodes[i].name.to(language) for i in own}
        traces.append(
            {"type": "scatter", "mode": "markers+text", "name": group.to(language) if group else "",
             "x": [places[i][0] for i in own], "y": [places[i][1] for i in own],
             "text": [wrap(names[i], 16, lines=2) if i in labelled else "" for i in own],
             "textposition": [labelled.get(i, "top center") for i in own],
             "textfont": {"size": 11, "color": look.text}, "cliponaxis": False,
             "hovertext": [f"<b>{names[i]}</b><br>{size.say(spec.nodes[i].size)}" for i in own],
             "hovertemplate": "%{hovertext}<extra></extra>",
             "marker": {"size": [2 * radii[i] for i in own], "color": colour(look, number), "opacity": 1,
                        "line": {"width": 1.5, "color": look.surface}}}
        )  # fmt: skip
    return traces
