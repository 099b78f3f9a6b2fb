"""A chart as a Plotly figure: plain dictionaries (``data``, ``layout``), no plotting library needed.

Only trace features that plotly.js 3.1 has are used, since that is the version Panel serves.
"""

from __future__ import annotations

from data.text import Language
from tools.charts.flows import render_sankey
from tools.charts.grids import render_heat, render_tiles, render_timeline
from tools.charts.network import render_network
from tools.charts.specs import Chart, Heat, Network, Sankey, TileMap, Timeline, Tree
from tools.charts.style import LOOKS, Figure, Theme
from tools.charts.trees import render_tree
from tools.charts.xy import render_xy


def render(chart: Chart, language: Language, theme: Theme = "light") -> Figure:
    """The figure of a chart in one language and theme: ``{"data": [...], "layout": {...}}``, JSON-ready.

    Figures are scaled by ``tools.units`` for readers of the language; hovering shows each with its unit. The width
    follows the page, the height the content. ``layout.meta`` holds title and subtitle as plain text.
    """
    look, spec = LOOKS[theme], chart.spec
    if isinstance(spec, Tree):
        return render_tree(chart, spec, language, look)
    if isinstance(spec, TileMap):
        return render_tiles(chart, spec, language, look)
    if isinstance(spec, Network):
        return render_network(chart, spec, language, look)
    if isinstance(spec, Sankey):
        return render_sankey(chart, spec, language, look)
    if isinstance(spec, Heat):
        return render_heat(chart, spec, language, look)
    if isinstance(spec, Timeline):
        return render_timeline(chart, spec, language, look)
    return render_xy(chart, spec, language, look)
