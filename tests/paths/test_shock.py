"""The tool ``shock``: figures against fresh solves of the table, identities, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable, UnknownName
from tests.mrio.test_tools import check_form
from tools.declare import Context
from tools.mrio.system import System
from tools.paths.scenarios import Category, Of, Shock, effects
from tools.paths.shock import shock
from tools.result import Account, Basis, Fact, Result


def fact(result: Result, start: str) -> Fact:
    found = [f for f in result.facts if f.label.en.startswith(start)]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


def three(result: Result, where: str) -> list[float]:
    """Changes of output, value added and CO2 of a place."""
    return [fact(result, f"{word} {where} if").value for word in
            ("fall in output", "fall in value added", "fall in CO2 emissions")]  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        {"place": "内蒙古", "sector": "电力", "of": "downstream"}, {"place": "河北", "sector": "钢铁", "change": -20},
        {"place": "Guangdong", "sector": "construction", "category": "investment", "change": -5},
        {"place": "浙江", "category": "exports", "change": 10}, {"category": "households", "change": -3},
        {"place": "京津冀", "sector": "steel", "of": "downstream", "change": 5}, {"place": "西藏", "sector": "建筑"},
        {"sector": "power", "of": "output"}, {"place": "China", "sector": "coal mining", "of": "downstream"},
        {"place": "长三角"}, {"place": "江苏", "sector": "services", "change": -1}, {"place": "山西", "sector": "煤炭开采", "change": -100},
        {"place": "广东", "sector": "total", "change": 0},
    ],
)  # fmt: skip
def test_every_answer_keeps_the_form(arguments: dict[str, Any], context: Context) -> None:
    result = shock.call(arguments, context)
    check_form(result)
    assert any("fixed prices" in c.en for c in result.caveats) and len(result.charts) == 1
    assert {f.basis for f in result.facts} <= {
        Basis.PROJECTED,
        Basis.ESTIMATED,
        Basis.DERIVED,
        Basis.USER,
        Basis.ASSUMPTION,
    }


def test_downstream_shock_equals_a_fresh_solve(context: Context, provinces: System) -> None:
    mrio, f, i = provinces.mrio, provinces.emissions.f, provinces.mrio.at("NM", 24)
    A = mrio.A.copy()
    A[i] *= 0.9
    A[i, i] = mrio.A[i, i]
    after = np.linalg.solve(np.eye(len(A)) - A, mrio.y.sum(1) + mrio.exports)
    falls = mrio.x - after
    rate = np.divide(mrio.value_added, mrio.x, out=np.zeros_like(falls), where=mrio.x > 0)
    expected = [falls.sum(), (rate * falls).sum(), (f * falls).sum()]
    result = shock.call({"place": "Inner Mongolia", "sector": "power", "of": "downstream", "change": -10}, context)
    assert three(result, "in the country") == pytest.approx(expected, rel=1e-8)
    block = mrio.block("NM")
    assert three(result, "inside Inner Mongolia")[2] == pytest.approx((f * falls)[block].sum(), rel=1e-8)
    base = fact(result, "Inner Mongolia 2017: amount that changes")
    assert base.value == pytest.approx(mrio.Z[i].sum() - mrio.Z[i, i], rel=1e-9)
    assert fact(result, "assumed fall").basis is Basis.USER
    assert fact(result, "fall in CO2 emissions in the country").account is Account.SCOPE1
    assert (
        shock.call({"place": "内蒙古", "sector": "电力", "of": "downstream"}, context).facts[0].basis
        is Basis.ASSUMPTION
    )


def test_all_final_demand_carries_all_that_is_not_stocks_and_exports(context: Context, provinces: System) -> None:
    mrio = provinces.mrio
    per_place = [
        Shock("final_demand", (r,), None, "all", -1.0).change(provinces) for r in range(len(mrio.regions))
    ]  # fmt: skip
    exports = [Shock("final_demand", (r,), None, "exports", -1.0).change(provinces) for r in range(len(mrio.regions))]
    stocks = provinces.L @ mrio.Y[:, :, 4].sum(1)
    assert mrio.x + sum(per_place) + sum(exports) == pytest.approx(stocks, abs=1e-5)
    parts: list[Category] = ["households", "government", "investment"]
    guangdong = (mrio.regions.index("GD"),)
    split = sum(Shock("final_demand", guangdong, None, c, -0.05).change(provinces) for c in parts)
    assert split == pytest.approx(Shock("final_demand", guangdong, None, "all", -0.05).change(provinces), abs=1e-9)


@pytest.mark.parametrize("of", ["final_demand", "downstream", "output"])
def test_zero_monotone_and_linear(of: Of, provinces: System) -> None:
    def at(share: float) -> Any:
        return effects(Shock(of, (provinces.mrio.regions.index("HE"),), (13, 14, 27), "all", share), provinces)

    assert np.abs(at(0.0)).max() == 0
    low, high = at(-0.05), at(-0.3)
    assert (low >= -1e-9).all() and (high >= low - 1e-9).all() and high.sum() > low.sum() > 0
    if of != "downstream":
        assert high == pytest.approx(6 * low, rel=1e-9, abs=1e-9)
        assert at(0.05) == pytest.approx(-low, rel=1e-9, abs=1e-9)
    else:
        # buyers are no smaller after a small cut than after a large one: at most proportional
        assert (high[0] <= 6 * low[0] + 1e-9).all()


def test_output_shock_is_met_and_bounded_by_the_whole(provinces: System) -> None:
    own = provinces.mrio.at("SX", 2)
    found = effects(Shock("output", (provinces.mrio.regions.index("SX"),), (2,), "all", -1.0), provinces)
    assert found[0][own] == pytest.approx(provinces.mrio.x[own], rel=1e-9)
    assert (found[0] <= provinces.mrio.x + 1e-6).all()


def test_tibet_has_no_carbon_of_its_own_but_output(context: Context) -> None:
    result = shock.call({"place": "Tibet", "sector": "construction", "change": -10}, context)
    assert not [f for f in result.facts if f.label.en.startswith("fall in CO2 emissions inside Tibet")]
    assert fact(result, "fall in output inside Tibet").value > 0
    assert any("no CO2 inventory" in c.en for c in result.caveats)


@pytest.mark.parametrize(
    ("arguments", "error", "code"),
    [
        ({"place": "河北", "sector": "钢铁", "change": -150}, BadRequest, "impossible_change"),
        ({"place": "河北", "sector": "钢铁", "change": 150}, BadRequest, "impossible_change"),
        ({"place": "Atlantis", "sector": "steel"}, UnknownName, None), ({"place": "河北", "sector": "居民"}, BadRequest, "no_industry"),
        ({"place": "河北", "of": "downstream"}, BadRequest, "no_industry"), ({"of": "output"}, BadRequest, "no_industry"),
        ({"place": "河北", "sector": "钢铁", "of": "output", "category": "exports"}, BadRequest, "category_of_output"),
        ({"place": "西藏", "sector": "oil and gas extraction"}, NotAvailable, "nothing_to_shock"),
        ({"place": "河北", "sector": "钢铁", "of": "final_demand", "year": 2016}, NotAvailable, "no_mrio_year"),
        ({"place": "河北", "sector": "钢铁", "change": "viel"}, BadRequest, "bad_arguments"),
    ],
)  # fmt: skip
def test_what_cannot_be_shocked_is_refused(
    arguments: dict[str, Any], error: type[Exception], code: str | None, context: Context
) -> None:
    with pytest.raises(error) as caught:
        shock.call(arguments, context)
    assert code is None or caught.value.code == code  # type: ignore[attr-defined]
    assert caught.value.message.zh != caught.value.message.en  # type: ignore[attr-defined]
