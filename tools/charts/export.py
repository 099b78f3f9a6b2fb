"""A figure as one HTML file that needs nothing from outside."""

from __future__ import annotations

import json
from functools import cache
from html import escape

from tools.charts.style import FONTS, Figure

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  html, body {{ margin: 0; background: {surface}; font-family: {fonts}; }}
  #chart {{ width: 100%; max-width: 1100px; margin: 0 auto; }}
</style>
</head>
<body>
<div id="chart"></div>
<script>{library}</script>
<script>
  const figure = {figure}
  Plotly.newPlot("chart", figure.data, figure.layout, {{responsive: true, displaylogo: false, showTips: false,
    modeBarButtonsToRemove: ["sendDataToCloud", "lasso2d", "select2d"], plotlyServerURL: ""}})
</script>
</body>
</html>
"""


def to_html(figure: Figure) -> str:
    """A whole HTML document with plotly.js inside (about 5 MB): it opens without a network and asks no host."""
    meta = figure["layout"].get("meta", {})
    # "</" would end the script early; in JSON "<\\/" means the same.
    data = json.dumps(figure, ensure_ascii=False).replace("</", "<\\/")
    return _PAGE.format(
        language="zh-CN" if meta.get("language") == "zh" else "en",
        title=escape(str(meta.get("title", ""))),
        surface=escape(str(figure["layout"].get("paper_bgcolor", "#FFFFFF"))),
        fonts=FONTS,
        library=_library(),
        figure=data,
    )


@cache
def _library() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())
