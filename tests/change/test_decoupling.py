"""The tool decoupling on the shipped data."""

from __future__ import annotations

from typing import Any

import pytest

from data.classification import NATION
from data.errors import BadRequest, NotAvailable
from data.warehouse import Warehouse
from tests.change.told import lead_facts, said, whole
from tools.change.decoupling import Pair, decoupling, periods
from tools.change.decoupling_tell import STATES
from tools.change.tapio import State
from tools.charts.specs import TileMap
from tools.declare import Context
from tools.result import Result


def _call(context: Context, **arguments: Any) -> Result:
    result = decoupling.call(arguments, context)
    whole(result)
    return result


def test_one_place_against_raw_rows(warehouse: Warehouse, context: Context) -> None:
    co2 = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'GD' AND year IN (2010, 2019) GROUP BY 1"))
    gdp = dict(warehouse.rows("SELECT year, gdp_100m_yuan FROM gdp WHERE region = 'GD' AND year IN (2010, 2019)"))
    c, g = co2[2019] / co2[2010] - 1, gdp[2019] / gdp[2010] - 1
    result = _call(context, place="广东", from_year=2010, to_year=2019)
    assert [f.value for f in lead_facts(result)] == pytest.approx([c * 100, g * 100, c / g])
    assert "弱脱钩" in said(result, "zh") and "weak decoupling" in said(result, "en")
    assert "现价" in said(result, "zh") and "current prices" in said(result, "en")


def test_price_line_is_where_the_state_tips(context: Context) -> None:
    """Given as a deflator, the rise named in the answer is the one at which weak decoupling ends."""
    plain = _call(context, place="广东", from_year=2010, to_year=2019)
    rise = next(f.value for f in plain.facts if "物价" in f.label.zh)
    for index, weak in ((100 + rise - 0.5, True), (100 + rise + 0.5, False)):
        told = said(_call_no_parts(context, index), "en")
        assert ("weak decoupling" in told) is weak
        assert "constant prices" in told


def _call_no_parts(context: Context, index: float) -> Result:
    return decoupling.call({"place": "广东", "from_year": 2010, "to_year": 2019, "deflator": index}, context)


def test_all_provinces(context: Context) -> None:
    """30 provinces, each in one state; Tibet is no data and not on the map."""
    result = _call(context, from_year=2015, to_year=2019)
    counts = [f.value for f in lead_facts(result)]
    assert sum(counts) == 30
    tiles = result.charts[0].spec
    assert isinstance(tiles, TileMap) and len(tiles.values) == 30 and "XZ" not in tiles.values
    last = result.tables[0].rows[-1]
    assert getattr(last[0], "en", None) == "Tibet" and last[1] is None and getattr(last[-1], "en", None) == "no data"
    assert any("西藏" in c.zh for c in result.caveats)


def test_every_state_has_a_name() -> None:
    assert set(STATES) == set(State)


def test_periods() -> None:
    assert periods(range(2005, 2020), 2005, 2019) == [(2005, 2010), (2010, 2015), (2015, 2019)]
    assert periods(range(2005, 2020), 2011, 2014) == [(2011, 2012), (2012, 2013), (2013, 2014)]


def test_hardly_any_growth_is_undefined() -> None:
    pair = Pair(NATION, {2010: 100.0, 2011: 120.0}, {2010: 1000.0, 2011: 1000.2})
    assert pair.over(2010, 2011) is None


def test_what_is_missing_is_said(context: Context) -> None:
    cut = _call(context, place="China", period=13)
    assert "inventory ends in 2019" in said(cut, "en")
    for arguments, error, words in (
        ({"place": "西藏"}, NotAvailable, "西藏"),
        ({"place": "广东", "from_year": 2001, "to_year": 2010}, NotAvailable, "2005"),
        ({"place": "广东", "from_year": 2015, "to_year": 2012}, BadRequest, "早于"),
    ):
        with pytest.raises(error) as raised:
            decoupling.call(arguments, context)
        assert words in raised.value.message.zh
