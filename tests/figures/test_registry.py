"""The registry, the reference pages, and that every sentence of the figures tools passes the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UnknownName
from tests.figures.conftest import sentences
from tools.reference import reference
from tools.registry import LISTED, all_tools, get_tool

DOCS = Path(__file__).parents[2] / "docs"


def test_every_tool_is_declared_under_its_name():
    tools = all_tools()
    assert list(tools) == [name for _, name in LISTED]
    for name, tool in tools.items():
        assert tool.name == name
        assert len(tool.examples) >= 3, name
        for field, info in tool.arguments.model_fields.items():
            assert info.description, f"{name}.{field} has no description"


def test_one_tool_by_name():
    assert get_tool("figures").name == "figures"
    with pytest.raises(UnknownName) as caught:
        get_tool("figure")
    assert caught.value.nearest[0] == "figures"


@pytest.mark.parametrize(("language", "page"), [("en", "tools.md"), ("zh", "tools.zh-CN.md")])
def test_the_reference_pages_are_current(language, page):
    written = (DOCS / page).read_text(encoding="utf-8")
    assert written == reference(language), "run: python -m tools.reference"


QUERIES = [
    {"places": "湖北", "years": 2009}, {"places": "东北", "years": 2014}, {"places": "30省", "years": 2017},
    {"places": "China", "from_year": 2010, "to_year": 2018, "operation": "change"},
    {"operation": "rank", "years": 2007, "limit": 4}, {"operation": "rank", "years": 2019},
    {"measure": "co2_per_head", "operation": "rank", "order": "asc", "limit": 4, "years": 2012},
    {"places": ["福建", "江西", "湖南"], "operation": "compare", "years": 2016},
    {"places": "Guangxi", "operation": "yoy", "years": 2014}, {"places": "Fujian", "operation": "cagr", "years": [2005, 2015]},
    {"places": "吉林", "operation": "peak"}, {"places": "河北", "operation": "trend"},
    {"places": "浙江", "sectors": "火电", "operation": "share", "years": 2016}, {"places": "广东", "operation": "share"},
    {"places": "广东", "over": "sectors", "operation": "rank", "years": 2017}, {"places": "山西", "operation": "position"},
    {"places": "GD", "sectors": "电力", "operation": "trend", "of": "share"},
    {"measure": "generation", "places": "广东", "over": "parts", "operation": "share", "years": 2022},
    {"measure": "power_import", "places": "广东", "over": "parts", "operation": "rank", "years": 2019},
    {"measure": "grid_factor", "places": "华东", "years": 2022}, {"measure": "co2_world", "operation": "rank"},
    {"places": "上海", "operation": "peak"}, {"places": "北京", "operation": "peak", "order": "asc"},
    {"operation": "peak", "over": "places"}, {"places": "江苏", "operation": "crossing", "above": "6亿吨"},
    {"places": "Beijing", "operation": "crossing", "above": "300 Mt"}, {"places": "China", "operation": "falls"},
    {"places": "全国", "operation": "rises"}, {"places": "新疆", "operation": "times", "years": [2000, 2019]},
    {"places": ["浙江", "江苏"], "operation": "times", "years": [2000, 2019]}, {"operation": "rank", "years": 2018, "nth": 6},
    {"operation": "rank", "years": 2018, "nth": 5, "to_nth": 8}, {"operation": "rank", "years": 2019, "limit": 1},
    {"places": "广东", "over": "sectors", "operation": "rank", "years": 2017, "limit": 1},
    {"places": "长三角", "operation": "rank", "per": "head", "limit": 1}, {"places": "广东", "operation": "threshold", "above": "5亿吨"},
    {"places": "河北", "period": "十二五"}, {"places": "广东", "period": "十三五", "operation": "growth"},
    {"measure": "city_co2", "places": "广东", "operation": "rank", "years": 2019}, {"places": "Shenzhen", "operation": "trend"},
    {"measure": "city_co2", "operation": "rank", "limit": 3}, {"measure": "energy_per_gdp", "operation": "rank", "limit": 3},
    {"measure": "electricity_use", "per": "head", "places": "江苏"},
    {"places": ["GD", "HN"], "operation": "sum", "years": 2019}, {"places": "西南", "per": "head", "years": 2017},
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: "-".join(str(v) for v in q.values()))
def test_every_sentence_passes_the_audit(ask, query):
    from assistant.audit.check import Grounds, audit_text

    result = ask(**query)
    facts = {f"F{i}": f for i, f in enumerate(result.facts, 1)}
    for language in ("zh", "en"):
        asked = f"{query.get('above', '')} 500 Mt 600 Mt 300 Mt"  # the threshold as both languages give it back
        grounds = Grounds(fact=facts.get, clause=lambda name: None, language=language, question=asked)
        findings = [f for sentence in sentences(result, language) for f in audit_text(sentence, grounds)]
        assert findings
        assert [f for f in findings if f.problem] == []
