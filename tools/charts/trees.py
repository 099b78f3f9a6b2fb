"""Treemap and icicle: parts of a whole."""

from __future__ import annotations

from typing import Any

from data.text import Language
from tools.charts.specs import Chart, Tree
from tools.charts.style import Figure, Look, colour, frame, ink_on, measure, see_through, wrap


def render_tree(chart: Chart, spec: Tree, language: Language, look: Look) -> Figure:
    """Areas in proportion to values; branches of a deep tree have each their colour."""
    scaled = measure(list(spec.values), spec.unit, language)
    branches = _branches(spec)
    order = {b: n for n, b in enumerate(sorted(set(branches.values()), key=lambda i: -spec.values[i]))}
    shades = [look.surface if i not in branches else colour(look, order[branches[i]]) for i in range(len(spec.labels))]
    names = [label.to(language) for label in spec.labels]
    said = [f"<b>{n}</b><br>{scaled.say(v)}" for n, v in zip(names, spec.values, strict=True)]
    inner, flat = set(spec.parents), chart.kind != "icicle"
    trace: dict[str, Any] = {
        "type": "treemap" if flat else "icicle",
        "ids": [str(i) for i in range(len(names))],
        "labels": [n if i in inner and flat else wrap(n, 18) for i, n in enumerate(names)],
        "parents": ["" if p is None else str(p) for p in spec.parents],
        "values": [scaled.of(v) for v in spec.values],
        "branchvalues": "total" if _adds_up(spec) else "remainder",
        "text": [scaled.say(v) for v in spec.values],
        "hovertext": said,
        "hovertemplate": "%{hovertext}<br>%{percentRoot:.1%}<extra></extra>",
        "texttemplate": "%{label}<br>%{text}",
        "marker": {"colors": shades, "line": {"width": 2, "color": look.surface}},
        "textfont": {"color": [look.text if i not in branches else ink_on(s) for i, s in enumerate(shades)]},
        "tiling": {"pad": 2} if flat else {"orientation": "h", "pad": 2},
        "root": {"color": see_through(look.empty, 1)},
    }
    if flat:
        trace["pathbar"] = {"visible": False}
        trace["marker"]["pad"] = {"t": 22, "l": 2, "r": 2, "b": 2}  # the strip for an inner node's name
    layout = frame(chart, language, look, 400, subtitle=scaled.word)
    layout["margin"] |= {"l": 12, "r": 12, "b": 12}
    layout["uniformtext"] = {"minsize": 9, "mode": "hide"}  # smaller could not be read; hovering says what is hidden
    return {"data": [trace], "layout": layout}


def _adds_up(spec: Tree) -> bool:
    """Whether every inner node carries the sum of its children (else its own value stands beside theirs)."""
    sums: dict[int, float] = {}
    for parent, value in zip(spec.parents, spec.values, strict=True):
        if parent is not None:
            sums[parent] = sums.get(parent, 0.0) + value
    # A hair of slack: plotly.js draws nothing at all when children exceed their parent.
    return all(spec.values[i] >= total * (1 - 1e-9) for i, total in sums.items())


def _branches(spec: Tree) -> dict[int, int]:
    """The first-level ancestor of each node below the roots; with several roots, the roots are the first level."""
    roots = [i for i, p in enumerate(spec.parents) if p is None]
    found: dict[int, int] = {}
    for i in range(len(spec.labels)):
        path = [i]
        while (parent := spec.parents[path[-1]]) is not None:
            path.append(parent)
        if len(roots) > 1:
            found[i] = path[-1]
        elif len(path) > 1:
            found[i] = path[-2]
    return found
