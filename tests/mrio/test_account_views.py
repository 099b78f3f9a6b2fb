"""The views of the accounts: categories, income, origins, the matrix; each against sums made another way."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from data.mrio import CATEGORIES
from data.text import Text
from data.warehouse import Warehouse
from tests.mrio.test_tools import check_form, fact
from tools.charts.specs import XY, Heat
from tools.declare import Context
from tools.mrio.accounts import accounts, by_category, by_origin, detail_between, income, inverse
from tools.mrio.embodied_trade import embodied_trade
from tools.mrio.footprint import footprint
from tools.mrio.linkages import linkages
from tools.mrio.system import Scope, System, scope_of
from tools.mrio.variants import VariantSystem
from tools.result import Account, Basis, Ref, Result


@pytest.mark.parametrize("place", ["广东", "Beijing", "京津冀", "China", "内蒙古"])
def test_accounts_of_a_place_agree_with_each_other(place: str, warehouse: Warehouse) -> None:
    scope = scope_of(warehouse, find_place(place), 2017)
    found, split, earned = accounts(scope), by_category(scope), income(scope)
    assert split.own.sum() == pytest.approx(found.own, rel=1e-9)
    assert split.arriving.sum() == pytest.approx(found.inflow, rel=1e-9, abs=1e-9)
    assert split.sent.sum() == pytest.approx(found.outflow, rel=1e-9, abs=1e-9)
    assert earned.production == pytest.approx(found.production, rel=1e-9), "both sides book what the place emits"
    assert earned.own + earned.elsewhere.sum() == pytest.approx(earned.by_sector.sum(), rel=1e-9)
    assert by_origin(scope).sum() == pytest.approx(found.own + found.inflow, rel=1e-9)


def test_income_by_brute_force(provinces: System) -> None:
    """Emissions of the whole country less those left when a province's value added is taken out of the Ghosh model."""
    mrio, e, r = provinces.mrio, provinces.emissions, 3
    B = np.divide(mrio.Z, mrio.x[:, None], out=np.zeros_like(mrio.A), where=mrio.x[:, None] > 0)
    v = mrio.value_added + mrio.imports
    kept = v.copy()
    kept[42 * r : 42 * r + 42] -= mrio.value_added[42 * r : 42 * r + 42]
    made = np.linalg.solve(np.eye(len(v)) - B.T, kept)
    expected = e.f @ (mrio.x - made)
    assert income(Scope(find_place("山西"), provinces, (r,))).by_sector.sum() == pytest.approx(expected, rel=1e-8)


def test_a_variant_solves_what_the_table_inverts(provinces: System) -> None:
    variant = VariantSystem(provinces.mrio, provinces.emissions)
    place = find_place("浙江")
    here = (provinces.mrio.regions.index("ZJ"),)
    a, b = by_category(Scope(place, provinces, here)), by_category(Scope(place, variant, here))
    assert "L" not in vars(variant)
    assert b.consumption == pytest.approx(a.consumption, rel=1e-5)
    assert income(Scope(place, variant, here)).total == pytest.approx(
        income(Scope(place, provinces, here)).total, rel=1e-5
    )
    assert inverse(provinces) is provinces.L


def test_detail_of_a_pair_sums_to_its_flow(warehouse: Warehouse) -> None:
    scope = scope_of(warehouse, find_place("长三角"), 2017)
    origins = scope_of(warehouse, find_place("京津冀"), 2017).inside
    detail = detail_between(scope, origins)
    assert detail.shape == (42, 42)
    assert detail.sum() == pytest.approx(scope.system.trade[np.ix_(origins, scope.inside)].sum(), rel=1e-9)


@pytest.mark.parametrize(
    "arguments",
    [
        {"place": p, **view}
        for p in ("广东", "长三角", "China")
        for view in ({"account": "income"}, {"account": "production"}, {"account": "all"}, {"detail": "category"}, {"detail": "origins"})
    ],
    ids=str,
)  # fmt: skip
def test_every_view_keeps_the_form(arguments: dict[str, object], context: Context) -> None:
    result = footprint.call(arguments, context)
    check_form(result)
    assert result.charts


def test_origins_name_provinces_and_their_sectors(context: Context, provinces: System) -> None:
    result = footprint.call({"place": "广东", "detail": "origins"}, context)
    assert len(result.lead) == 3
    into = fact(result, "embodied CO2 from other provinces")
    assert into.low is not None and into.high is not None and into.low < into.value < into.high
    named = [result.facts[i] for i in result.lead[1].facts]
    sectors = [result.facts[i] for i in result.lead[2].facts]
    arriving = provinces.caused[:, provinces.mrio.regions.index("GD")].reshape(31, 42).copy()
    arriving[provinces.mrio.regions.index("GD")] = 0
    assert named[0].value == pytest.approx(arriving.sum(1).max(), rel=1e-12)
    assert max(f.value for f in sectors) == pytest.approx(arriving.max(), rel=1e-12)
    assert all(f.low is not None and f.high is not None and f.low <= f.value <= f.high for f in (*named, *sectors))
    assert all(f.sector for f in sectors) and {f.account for f in sectors} == {Account.CONSUMPTION_DOMESTIC}
    spec = result.charts[0].spec
    assert isinstance(spec, Heat) and all(v is not None for row in spec.values for v in row)


def test_only_robust_pairs_lead_the_origins(context: Context) -> None:
    """Whatever the table marks as not robust is in no sentence."""
    for place in ("宁夏", "海南", "青海", "重庆"):
        result = footprint.call({"place": place, "detail": "origins", "top": 31}, context)
        lead = {i for said in result.lead for i in said.facts}
        marks = set()
        for row in result.tables[0].rows:
            cell, mark = row[2], row[3]
            assert isinstance(cell, Ref) and isinstance(mark, Text)
            marks.add(mark.en)
            assert mark.en == "robust" or cell.fact not in lead
        assert marks == {"robust", "not robust"}, place


def test_categories_add_up_and_the_nations_split_is_an_estimate(context: Context) -> None:
    for place in ("四川", "China"):
        result = footprint.call({"place": place, "detail": "category"}, context)
        caused = [f for f in result.facts if f.label.en.split(": ")[1].startswith("CO2 caused by")]
        assert len(caused) == len(CATEGORIES)
        total, homes = fact(result, "domestic consumption-based CO2"), fact(result, "direct household CO2")
        assert sum(f.value for f in caused) + homes.value == pytest.approx(total.value, rel=1e-9)
    bases = {f.label.en.rsplit(" ", 1)[1]: f.basis for f in caused}
    assert bases["government"] is Basis.ESTIMATED and bases["formation"] is Basis.DERIVED


def test_income_says_that_it_describes(context: Context) -> None:
    result = footprint.call({"place": "山西", "account": "income"}, context)
    total = fact(result, "income-based (enabled) CO2")
    assert total.account is Account.INCOME and total.low is not None
    assert "描述性" in result.lead[1].text.zh and "no cause" in result.lead[1].text.en
    assert any("Ghosh" in m.en for m in result.method)


def test_three_accounts_beside_each_other(context: Context) -> None:
    result = footprint.call({"place": "河北", "account": "all"}, context)
    assert [result.facts[i].account for i in result.lead[0].facts] == [
        Account.SCOPE1,
        Account.CONSUMPTION_DOMESTIC,
        Account.INCOME,
    ]
    spec = result.charts[0].spec
    assert isinstance(spec, XY) and spec.stacked and len(spec.x) == 3
    bars = [sum(s.y[i] or 0.0 for s in spec.series) for i in range(3)]
    assert bars == pytest.approx([result.facts[i].value for i in result.lead[0].facts], rel=1e-9)


def test_the_matrix_holds_every_flow(context: Context, provinces: System) -> None:
    result = embodied_trade.call({"form": "matrix", "top": 5}, context)
    check_form(result)
    spec = result.charts[0].spec
    assert isinstance(spec, Heat) and len(spec.rows) == len(spec.columns) == 31
    drawn = sum(v for row in spec.values for v in row if v is not None)
    assert drawn == pytest.approx(provinces.trade.sum() - np.trace(provinces.trade), rel=1e-9)
    tibet = provinces.mrio.regions.index("XZ")
    assert all(v is None for v in spec.values[tibet]), "no inventory is no data"
    assert all(spec.values[i][i] is None for i in range(31))
    first = result.facts[result.lead[0].facts[0]]
    assert first.region == "Hebei" and first.value == pytest.approx(
        np.max(provinces.trade - np.diag(np.diag(provinces.trade)))
    )


def test_a_pair_is_drawn_both_ways_by_sector_and_product(context: Context, provinces: System) -> None:
    result = embodied_trade.call({"place": "广东", "partner": "贵州"}, context)
    regions = provinces.mrio.regions
    gd, gz = regions.index("GD"), regions.index("GZ")
    for chart, flow in zip(result.charts, (provinces.trade[gz, gd], provinces.trade[gd, gz]), strict=True):
        assert isinstance(chart.spec, Heat)
        assert sum(v or 0.0 for row in chart.spec.values for v in row) == pytest.approx(flow, rel=1e-9)


def _quadrant(result: Result) -> XY:
    spec = result.charts[0].spec
    assert isinstance(spec, XY) and spec.quadrants is not None and spec.labels is not None
    return spec


@pytest.mark.parametrize("weight", ["output", "emissions"])
@pytest.mark.parametrize("place", ["江苏", "China", "长三角"])
def test_quadrants_hold_what_their_names_say(weight: str, place: str, context: Context) -> None:
    result = linkages.call({"place": place, "weight": weight}, context)
    check_form(result)
    spec = _quadrant(result)
    key, forward, weak, backward = (n.en for n in spec.quadrants.names)  # type: ignore[union-attr]
    for series in spec.series:
        for x, y in zip(spec.x, series.y, strict=True):
            if y is not None:
                assert isinstance(x, float)
                expected = (key if y > 1 else backward) if x > 1 else (forward if y > 1 else weak)
                assert series.name.en == expected
    points = [sum(s.y[i] is not None for s in spec.series) for i in range(len(spec.x))]
    assert set(points) == {1}
    keys = next(f for f in result.facts if f.unit == "count")
    assert keys.value == sum(v is not None for s in spec.series if s.name.en == key for v in s.y)


def test_emission_weighted_linkages_by_hand(context: Context, provinces: System) -> None:
    block = provinces.mrio.block("HE")
    L = np.linalg.inv(np.eye(1302) - provinces.mrio.A)[block, block]
    weighted = provinces.emissions.f[block][:, None] * L
    result = linkages.call({"place": "河北", "weight": "emissions", "top": 42}, context)
    steel = [f for f in result.facts if f.sector == "Smelting and processing of metals" and f.unit == "index"]
    assert {round(f.value, 9) for f in steel} == {
        round(weighted[:, 13].mean() / weighted.mean(), 9), round(weighted[13].mean() / weighted.mean(), 9),
    }  # fmt: skip
    assert all(f.low is not None and f.high is not None for f in steel)
