"""An amount avoided says whose measures it counts; what must be stored stands beside what there is room for."""

from __future__ import annotations

import pytest

from data.classification import find_place
from tools.declare import Context
from tools.result import Result
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.scope import counted, scope_of
from tools.roadmap.storage import onshore, to_store
from tools.roadmap.tool import roadmap


@pytest.fixture(scope="module")
def guangdong(context: Context) -> Result:
    return roadmap.call({"place": "广东"}, context)


@pytest.fixture(scope="module")
def curve(context: Context) -> Result:
    return backcast.call({"place": "Guangdong", "goal": "costs"}, context)


def test_every_amount_avoided_says_whose_measures_it_counts(guangdong: Result, curve: Result) -> None:
    for result, own in ((guangdong, False), (curve, True)):
        avoided = [f.label for f in result.facts if "较现行政策" in f.label.zh and "少排" in f.label.zh]
        assert len(avoided) > 8
        for label in avoided:
            assert ("本地措施" if own else "含外省措施") in label.zh, label.zh
            assert ("own measures" if own else "measures elsewhere included") in label.en, label.en


def test_two_tables_of_one_year_differ_and_say_why(guangdong: Result, context: Context) -> None:
    """All provinces' measures against the province's own with engineered removals: other sums, other titles."""
    whole = next(t for t in guangdong.tables if "2045年措施×行业" in t.title.zh)
    price = next(t for t in guangdong.tables if "少排量与假设成本" in t.title.zh)
    assert "含外省措施" in whole.title.zh and "measures elsewhere included" in whole.title.en
    assert "本地措施与工程移除" in price.title.zh and "own measures and engineered removals" in price.title.en
    total, own = float(str(whole.rows[-1][-1])), sum(float(str(row[1])) for row in price.rows)
    assert total != pytest.approx(own, rel=1e-3)


def test_the_curve_leads_with_whose_measures(curve: Result) -> None:
    first = curve.lead[0].text
    assert "广东本地措施与工程移除" in first.zh and "Guangdong's own measures and engineered removals" in first.en


def test_china_has_no_elsewhere(context: Context) -> None:
    assert counted(scope_of(context.warehouse, find_place("全国")), own=False) == ("", "")
    assert counted(scope_of(context.warehouse, find_place("长三角")), own=True)[1] == ", members' own measures"


def test_what_must_be_stored_stands_beside_the_room(guangdong: Result, context: Context) -> None:
    """More is to be stored than Guangdong has room for onshore: both figures, never one that reads as the excess."""
    scope = scope_of(context.warehouse, find_place("广东"))
    facts = {f.label.en: f.value for f in guangdong.facts}
    told = next(s for part in guangdong.sections for s in part.sentences if "陆上封存容量" in s.text.zh)
    values = [guangdong.facts[i].value for i in told.facts]
    assert values[2] == pytest.approx(values[0] + values[1])
    assert values[3] == pytest.approx(onshore(context.warehouse, "GD"))
    assert values[2] > values[3] and "合计须封存{2}，而陆上封存容量只有{3}" in told.text.zh
    assert "超出" not in told.text.zh and "beyond" not in told.text.en
    assert any("to be stored 2026-2060" in label for label in facts)
    assert sum(to_store(scope.engine.path("dual_carbon"), scope.index)) == pytest.approx(values[2])
