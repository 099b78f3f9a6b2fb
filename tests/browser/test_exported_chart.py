"""Every form of chart draws from its HTML file alone, without an error and without a request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.charts.samples import ALL
from tools.charts.export import to_html
from tools.charts.render import render

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("name", ALL)
def test_file_draws_alone(chromium: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(to_html(render(ALL[name], "zh", "dark")), encoding="utf-8")
    page = chromium.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(path.as_uri())
    page.locator(".main-svg").first.wait_for()
    page.get_by_text(ALL[name].title.zh[:6]).first.wait_for()
    page.wait_for_timeout(200)
    page.close()
    assert asked == [path.as_uri()]
    assert errors == []
