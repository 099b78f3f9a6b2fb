"""The tool grouped: totals kept, named groups agree with their own answers, the bias measured, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import BadRequest, TanluError, UnknownName
from tests.mrio.test_tools import check_form, fact
from tools.charts.specs import Heat
from tools.declare import Context
from tools.mrio.footprint import footprint
from tools.mrio.grouped import grouped
from tools.mrio.groups import Partition, coarse_trade, trade_of
from tools.mrio.system import System
from tools.result import Fact, Result

SOUTH = {"South": ["广东", "广西", "海南"], "East": ["长三角"]}


def of(result: Result, region: str, words: str) -> Fact:
    """The one fact of a group with these words at the end of its label."""
    found = [f for f in result.facts if f.region == region and f.label.en.endswith(words)]
    assert len(found) == 1
    return found[0]


def test_a_group_of_known_provinces_agrees_with_the_footprint_tool(context: Context) -> None:
    result = grouped.call({"region_groups": {"Delta": ["长三角"]}}, context)
    check_form(result)
    theirs = footprint.call({"place": "长三角"}, context)
    ours = of(result, "Delta", "domestic consumption-based CO2")
    assert ours.value == pytest.approx(fact(theirs, "domestic consumption-based CO2").value, rel=1e-12)
    made = of(result, "Delta", "production-based (scope 1) CO2")
    assert made.value == pytest.approx(fact(theirs, "production-based (scope 1) CO2").value, rel=1e-9)


def test_totals_are_kept_and_flows_mirror(context: Context, provinces: System) -> None:
    result = grouped.call({"region_groups": SOUTH, "sector_groups": {"energy": ["电力", "煤炭行业"]}}, context)
    check_form(result)
    made = [f.value for f in result.facts if f.label.en.endswith("production-based (scope 1) CO2")]
    assert sum(made) == pytest.approx(provinces.emissions.co2.sum() + provinces.emissions.households.sum(), rel=1e-12)
    spec = result.charts[0].spec
    assert isinstance(spec, Heat) and len(spec.rows) == 3
    into, gone = of(result, "South", "embodied CO2 from East"), of(result, "East", "embodied CO2 from South")
    assert into.low is not None and into.high is not None and into.low <= into.value <= into.high
    net = of(result, "South", "in trade with East")
    assert net.value == pytest.approx(abs(into.value - gone.value), rel=1e-12)


def test_the_bias_is_that_of_the_table_summed_first(context: Context, provinces: System) -> None:
    """By hand: sum flows, output, final use and CO2 over the groups, and solve that small table."""
    result = grouped.call({"region_groups": SOUTH, "sector_groups": {"energy": ["电力", "煤炭行业"]}}, context)
    m, e, codes = provinces.mrio, provinces.emissions, provinces.mrio.regions
    groups = [[codes.index(c) for c in ("GD", "GX", "HI")], [codes.index(c) for c in ("SH", "JS", "ZJ", "AH")]]
    groups.append([i for i in range(31) if i not in groups[0] + groups[1]])
    kinds = [[23, 1], [k for k in range(42) if k not in (23, 1)]]
    rows = [[42 * r + k for r in g for k in kind] for g in groups for kind in kinds]
    Z = np.array([[m.Z[np.ix_(a, b)].sum() for b in rows] for a in rows])
    x, co2 = (np.array([v[a].sum() for a in rows]) for v in (m.x, e.co2))
    y = np.array([[m.y[np.ix_(a, g)].sum() for g in groups] for a in rows])
    rough = (co2 / x) @ np.linalg.solve(np.eye(6) - Z / x[None, :], y)
    for g, name in enumerate(("South", "East", "Rest of China")):
        assert of(result, name, "aggregated table").value == pytest.approx(rough[g], rel=1e-9)
        fine = of(result, name, "detailed table").value
        assert of(result, name, "aggregation bias").value == pytest.approx(100 * (rough[g] / fine - 1), rel=1e-9)
    assert any(abs(of(result, n, "aggregation bias").value) > 1 for n in ("South", "East"))


def test_single_provinces_and_sectors_bring_no_bias(provinces: System) -> None:
    alone = Partition((), tuple((i,) for i in range(31)), (), tuple((k,) for k in range(42)))
    assert coarse_trade(provinces, alone) == pytest.approx(trade_of(provinces, alone.regions), rel=1e-9, abs=1e-9)


def test_names_of_the_asker_stand_in_the_answer(context: Context) -> None:
    result = grouped.call({"region_groups": {"Sichuan+Chongqing": ["四川", "Chongqing"]}}, context)
    assert result.title.zh.count("四川＋重庆") == 1 and "Sichuan + Chongqing" in result.title.en
    assert any("其余省份" in c.zh for c in result.caveats)


@pytest.mark.parametrize(
    ("groups", "error"),
    [
        ({}, BadRequest), ({"a": []}, BadRequest), ({"a": ["中国"]}, BadRequest), ({"a": ["广东"], "b": ["珠三角以外"]}, UnknownName),
        ({"a": ["广东"], "b": ["广东", "广西"]}, BadRequest), ({"a": ["长三角"], "b": ["上海"]}, BadRequest),
    ],
)  # fmt: skip
def test_refusals(groups: dict[str, list[str]], error: type[TanluError], context: Context) -> None:
    with pytest.raises(error) as caught:
        grouped.call({"region_groups": groups}, context)
    assert caught.value.message.zh != caught.value.message.en


def test_sectors_in_two_groups_are_refused(context: Context) -> None:
    with pytest.raises(BadRequest):
        grouped.call({"region_groups": SOUTH, "sector_groups": {"a": ["电力"], "b": ["电力"]}}, context)
