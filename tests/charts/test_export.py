"""A figure as an HTML file that needs nothing from outside."""

from __future__ import annotations

import re

from data.text import Text
from tests.charts.samples import BAR
from tools.charts.export import to_html
from tools.charts.render import render


def test_html_loads_nothing_from_anywhere() -> None:
    page = to_html(render(BAR, "zh"))
    library = max(re.findall(r"<script>(.*?)</script>", page, re.S), key=len)
    own = page.replace(library, "")
    assert len(own) < 20_000
    assert "http" not in own
    assert not re.search(r"\b(src|href)\s*=|@import|<link", own)
    assert "Plotly.newPlot" in own
    assert '<html lang="zh-CN">' in own


def test_a_title_cannot_leave_the_script() -> None:
    nasty = BAR.model_copy(update={"title": Text("</script><b>广东", "</script><b>x")})
    page = to_html(render(nasty, "en"))
    assert "</script><b>" not in page
    assert "&lt;/script&gt;" in page
