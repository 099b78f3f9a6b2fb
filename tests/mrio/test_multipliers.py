"""The tool multipliers: against the inverse by hand, its identities, its words and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from data.errors import BadRequest, NotAvailable, TanluError
from data.warehouse import Warehouse
from tests.mrio.test_tools import check_form
from tools.charts.specs import XY
from tools.declare import Context
from tools.mrio.multipliers import multipliers, multipliers_of
from tools.mrio.system import System, scope_of
from tools.result import Fact, Result


def labelled(result: Result, words: str) -> Fact:
    """The one fact with these words in its English label."""
    found = [f for f in result.facts if words in f.label.en]
    assert len(found) == 1
    return found[0]


def test_construction_of_guangdong_by_hand(context: Context, provinces: System) -> None:
    m, e = provinces.mrio, provinces.emissions
    k = m.at("GD", 27)  # construction
    called = np.linalg.solve(np.eye(len(m.x)) - m.A, np.eye(len(m.x))[:, k])
    result = multipliers.call({"place": "广东", "sector": "建筑"}, context)
    check_form(result)
    assert labelled(result, "output multiplier, ").value == pytest.approx(called.sum(), rel=1e-9)
    assert labelled(result, "within the place").value == pytest.approx(called[m.block("GD")].sum(), rel=1e-9)
    assert labelled(result, "CO2 along the chain").value == pytest.approx(1e5 * e.f @ called, rel=1e-9)
    assert labelled(result, "direct CO2").value == pytest.approx(1e5 * e.f[k], rel=1e-9)
    assert labelled(result, "type I ratio").value == pytest.approx(e.f @ called / e.f[k], rel=1e-9)
    assert labelled(result, "value-added multiplier").value + labelled(
        result, "import multiplier"
    ).value == pytest.approx(100)
    for f in result.facts:
        assert f.year == 2017 and f.region == "Guangdong" and f.sector == "Construction"
        assert "type I" in f.label.en or (f.low is not None and f.high is not None and f.low <= f.value <= f.high)
    assert {"mrio_trade", "co2_42"} <= set(result.sources)
    spec = result.charts[0].spec
    assert isinstance(spec, XY)
    assert sum(v or 0.0 for v in spec.series[0].y) == pytest.approx(labelled(result, "CO2 along the chain").value)


def test_price_year_and_limits_are_said(context: Context) -> None:
    result = multipliers.call({"place": "China", "sector": "chemicals"}, context)
    assert any("prices of 2017" in c.en for c in result.caveats) and any("type I" in c.en for c in result.caveats)
    assert not any("interprovincial table" in c.en for c in result.caveats), "the nation has its own table"


@pytest.mark.parametrize("by", ["emissions", "output", "value_added", "type_i"])
def test_rankings_are_in_order_and_say_what_they_rank(by: str, context: Context) -> None:
    result = multipliers.call({"place": "江苏", "by": by, "top": 12}, context)
    check_form(result)
    lead = [result.facts[i].value for i in result.lead[0].facts]
    assert lead == sorted(lead, reverse=True) and len(lead) == 5
    assert len({result.facts[i].unit for i in result.lead[0].facts}) == 1


def test_value_added_and_imports_are_all_of_final_demand_everywhere(warehouse: Warehouse) -> None:
    for name in ("山西", "长三角", "China"):
        found = multipliers_of(scope_of(warehouse, find_place(name), 2017), [(k,) for k in range(1, 43)])
        known = np.isfinite(found.output)
        assert (found.value_added + found.imports)[known] == pytest.approx(np.ones(known.sum()), rel=1e-9)
        assert np.all(found.local[known] <= found.output[known] + 1e-9)


def test_a_part_of_a_sector_is_answered_by_the_whole(context: Context) -> None:
    result = multipliers.call({"place": "河北", "sector": "钢铁"}, context)
    assert any("黑色金属" in c.zh and "金属冶炼" in c.zh for c in result.caveats)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"place": "西藏"}, NotAvailable), ({"place": "上海", "sector": "煤炭行业"}, NotAvailable),
        ({"place": "山西", "sector": "households"}, BadRequest), ({"place": "广东", "by": "jobs"}, BadRequest),
    ],
)  # fmt: skip
def test_refusals(arguments: dict[str, object], error: type[TanluError], context: Context) -> None:
    with pytest.raises(error) as caught:
        multipliers.call(arguments, context)
    assert caught.value.message.zh != caught.value.message.en
