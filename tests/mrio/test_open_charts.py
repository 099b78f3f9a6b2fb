"""The first chart of an answer stands open on the page: it is in no folded section."""

from __future__ import annotations

from typing import Any

import pytest

from tools.declare import Context
from tools.registry import get_tool

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("footprint", {"place": "广东"}), ("footprint", {"place": "广东", "detail": "origins"}),
    ("footprint", {"place": "浙江", "detail": "category"}), ("footprint", {"place": "山西", "account": "income"}),
    ("embodied_trade", {"place": "上海"}), ("embodied_trade", {"place": "北京", "partner": "河北"}),
    ("embodied_trade", {"form": "matrix"}), ("linkages", {"place": "河南"}), ("multipliers", {"place": "四川", "sector": "建筑"}),
    ("extraction", {"place": "山西", "sector": "煤炭行业"}), ("grouped", {"region_groups": {"South": ["广东", "福建"]}}),
    ("paths", {"place": "江苏", "sector": "建筑"}), ("shock", {"place": "上海", "change": -5, "of": "final_demand"}),
    ("joint_reduction", {"ends": [{"place": "江苏", "sector": "建筑"}, {"place": "河北", "sector": "钢铁"}]}),
    ("network", {"place": "广东"}), ("specialisation", {"place": "江苏"}), ("decoupling", {}),
    ("drivers", {"place": "广东", "from_year": 2010, "to_year": 2019}), ("spend_factors", {"place": "广东"}),
    ("spend_factors", {"place": "广东", "sector": "建筑"}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), ASKED, ids=lambda v: v if isinstance(v, str) else "")
def test_the_first_chart_stands_open(name: str, arguments: dict[str, Any], context: Context) -> None:
    result = get_tool(name).call(arguments, context)
    assert result.charts
    assert 0 not in {chart for section in result.sections if section.folded for chart in section.charts}
