"""The methods page names every scalar with its value, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.build.interprovincial.scalars import SCALARS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["methods-mrio.md", "methods-mrio.zh-CN.md"])
def test_every_scalar_stands_on_the_page_with_its_value(page: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", (DOCS / page).read_text("utf-8"), re.MULTILINE))
    assert {name: float(value) for name, value in rows.items()} == {name: s.value for name, s in SCALARS.items()}
