"""L.1480 from energy and distances: by hand from the grid's and the fuels' factors; what is left aside, asked for, defined."""

from __future__ import annotations

import re

import pytest

from data.errors import BadRequest, NotAvailable, UnknownName
from data.text import Text
from tools.declare import Context
from tools.ict.isc_checklist import clauses_of, isc_checklist
from tools.ict.isc_self import OWN
from tools.ict.l1470 import l1470
from tools.ict.l1480 import l1480
from tools.result import Basis, Result

GWH = 1e6  # kWh


def _use(carrier: str, amount: float, unit: str, role: str, **more: object) -> dict[str, object]:
    return {"carrier": carrier, "amount": amount, "unit": unit, "role": role, **more}


def _value(result: Result, label: str) -> float:
    (found,) = [f for f in result.facts if f.label.en.startswith(label)]
    return found.value


def _factor(context: Context, area: str) -> float:
    rows = context.warehouse.rows(
        "SELECT kg_per_kwh FROM grid_factors WHERE area = ? ORDER BY year DESC LIMIT 1", (area,)
    )
    return float(rows[0][0])


def _fuel(context: Context, fuel: str) -> float:
    return float(context.warehouse.rows("SELECT value FROM fuel_factors WHERE fuel = ?", (fuel,))[0][0])


def _said(result: Result) -> Text:
    return Text("".join(s.text.zh for s in result.lead), " ".join(s.text.en for s in result.lead))


def _alike(result: Result) -> None:
    for s in result.lead:
        assert sorted(re.findall(r"\{c?\d+", s.text.zh)) == sorted(re.findall(r"\{c?\d+", s.text.en)), s.text


@pytest.mark.parametrize(("place", "area"), [("Fujian", "FJ"), ("河南", "HA"), ("Yunnan", "YN"), (None, "CN")])
def test_power_has_its_places_factor(context: Context, place: str | None, area: str) -> None:
    uses = [
        _use("electricity", 2 * GWH, "kWh", "reference", each=True),
        _use("electricity", 0.3 * GWH, "kWh", "first_order"),
    ]
    result = l1480.call({"uses": uses, "count": 50, "saved_percent": 6, "place": place}, context)
    kg = _factor(context, area)
    gross = 50 * 2 * GWH * kg * 0.06 / 1e9  # kg -> Mt
    assert _value(result, "second order effect") == pytest.approx(gross)
    assert _value(result, "net second order effect") == pytest.approx(gross - 0.3 * GWH * kg / 1e9)
    assert ("(our assumption" in " ".join(c.en for c in result.caveats)) is (place is None)
    assert any("making and disposal" in c.en for c in result.caveats)  # energy alone is not a life cycle
    _alike(result)


def test_every_amount_given_is_told_back(context: Context) -> None:
    uses = [_use("electricity", 700_000, "kWh", "reference", each=True)]
    result = l1480.call({"uses": uses, "count": 30, "saved_percent": 9, "place": "Hunan"}, context)
    given = {(f.value, f.unit) for f in result.facts if f.basis is Basis.USER}
    assert {(30.0, "count"), (700_000.0, "count"), (9.0, "%")} <= given
    assert "no net saving yet" in result.lead[0].text.en  # its own power was not given
    assert "solution's own electricity" in _said(result).en and "方案自身的年用电" in _said(result).zh


@pytest.mark.parametrize(
    ("carrier", "unit", "amount", "fuel", "tonnes"),
    [
        ("diesel", "t", 900, "Diesel Oil", 900), ("汽油", "t", 12, "Gasoline", 12), ("原煤", "t", 4e4, "Raw Coal", 4e4),
        ("diesel", "litre", 1e5, "Diesel Oil", 83), ("petrol", "litre", 1e5, "Gasoline", 74.5), ("natural gas", "m3", 5e5, "Natural Gas", 50),
    ],
)  # fmt: skip
def test_fuels_by_hand(context: Context, carrier: str, unit: str, amount: float, fuel: str, tonnes: float) -> None:
    """Litres through the stated density; gas in 10,000 m3, as its factor is."""
    result = l1480.call({"uses": [_use(carrier, amount, unit, "saved")]}, context)
    assert _value(result, "second order effect") == pytest.approx(tonnes * _fuel(context, fuel) / 1e6)
    assumed = unit == "litre"
    assert any("kg per litre (our assumption" in c.en for c in result.caveats) is assumed
    (gross,) = [f for f in result.facts if f.label.en.startswith("second order")]
    assert (gross.basis is Basis.ASSUMPTION) is assumed


def test_a_distance_goes_through_its_consumption(context: Context) -> None:
    petrol = l1480.call({"uses": [_use("petrol", 2e6, "km", "saved", per_100km=7.5)]}, context)
    assert _value(petrol, "second order effect") == pytest.approx(
        2e6 * 7.5 / 100 * 0.745 / 1000 * _fuel(context, "Gasoline") / 1e6
    )
    electric = l1480.call(
        {"uses": [_use("electricity", 2e6, "km", "saved", per_100km=15)], "place": "Sichuan"}, context
    )
    assert _value(electric, "second order effect") == pytest.approx(2e6 * 0.15 * _factor(context, "SC") / 1e9)
    with pytest.raises(BadRequest, match="per 100 km"):
        l1480.call({"uses": [_use("petrol", 2e6, "km", "saved")]}, context)


def test_before_and_after_and_tonnes_add_up(context: Context) -> None:
    """Energy beside tonnes of CO2: E_ref holds both."""
    uses = [_use("electricity", 10 * GWH, "kWh", "reference"), _use("electricity", 7 * GWH, "kWh", "with_solution")]
    result = l1480.call(
        {"uses": uses, "place": "Anhui", "first_order": 100, "reference": 500, "with_solution": 400}, context
    )
    expected = (3 * GWH * _factor(context, "AH") / 1e9) + 100e-6
    assert _value(result, "second order effect") == pytest.approx(expected)
    assert _value(result, "net second order effect") == pytest.approx(expected - 100e-6)


def test_words_for_several_fuels_are_taken_for_one_and_say_so(context: Context) -> None:
    result = l1480.call({"uses": [_use("油", 10, "t", "saved")]}, context)
    assert _value(result, "second order effect") == pytest.approx(10 * _fuel(context, "Diesel Oil") / 1e6)
    assert any("“油”" in c.zh and "假设" in c.zh for c in result.caveats)


@pytest.mark.parametrize(
    ("use", "error"),
    [
        (_use("electricity", 5, "t", "saved"), BadRequest), (_use("diesel", 5, "kWh", "saved"), BadRequest),
        (_use("natural gas", 5, "t", "saved"), BadRequest), (_use("briquettes", 5, "t", "saved"), NotAvailable),
        (_use("moonshine", 5, "t", "saved"), UnknownName),
    ],
)  # fmt: skip
def test_what_no_factor_fits_is_refused(context: Context, use: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        l1480.call({"uses": [use]}, context)


def test_what_is_left_aside_is_said_and_what_would_help(context: Context) -> None:
    result = l1480.call({"uses": [_use("diesel", 5, "t", "saved")], "aside": ["9万次", "300 trucks"]}, context)
    assert "“9万次”" in _said(result).zh and "'300 trucks'" in _said(result).en
    assert "per 100 km" in _said(result).en and "每百公里" in _said(result).zh
    percent = l1480.call({"saved_percent": 20}, context)
    assert "left aside" in _said(percent).en and any(f.value == 20 for f in percent.facts)


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        ("first", "方案自身全生命周期", "own life-cycle footprint"), ("second", "其他行业", "other sectors"), ("higher", "系统性", "systemic"),
        ("rebound", "更高阶", "higher order"), ("net", "计入一阶", "first order emissions counted in"), ("tiers", "第三级", "tier 3"),
        ("tree", "效应树", "consequence tree"), ("reference", "没有读到L.1480对它的定义", "No definition of L.1480"),
        ("effects", "更高阶效应", "Higher order effects"),
    ],
)  # fmt: skip
def test_terms_are_defined_with_their_clause(context: Context, term: str, zh: str, en: str) -> None:
    result = l1480.call({"asks": "definition", "term": term}, context)
    assert zh in _said(result).zh and en in _said(result).en
    assert all(s.citations for s in result.lead) and not result.facts and not result.tables
    unverified = any(not c.verified for c in result.citations)
    assert unverified is ("未核对" in _said(result).zh)


def test_what_counts_under_l1470_is_answered_from_clauses(context: Context) -> None:
    result = l1470.call({"asks": "counting"}, context)
    assert {(c.document, c.clause) for c in result.citations} >= {("itu-l1470", "企业目标"), ("itu-l1480", "报告内容")}
    assert "不能计入" in result.lead[0].text.zh and ", no:" in result.lead[0].text.en
    assert not result.facts
    _alike(result)


@pytest.mark.parametrize("amount", [42, 3500.0, 0.5])
def test_a_missing_unit_is_asked_for(context: Context, amount: float) -> None:
    with pytest.raises(BadRequest) as caught:
        l1470.call({"unitless": amount}, context)
    assert (
        "单位" in caught.value.message.zh
        and "which unit" in caught.value.message.en
        and f"{amount:,g}" in caught.value.message.en
    )


def test_tanlu_describes_itself_clause_by_clause(context: Context) -> None:
    clauses = [c.id for g in clauses_of(context.library) for c in g]
    assert sorted(OWN) == sorted(clauses)
    result = isc_checklist.call({"subject": "tanlu"}, context)
    assert "不能说符合" in result.lead[0].text.zh and "cannot be said to comply" in result.lead[0].text.en
    counts = [f.value for f in result.facts]
    assert counts == [sum(has == which for has, _ in OWN.values()) for which in ("yes", "partly", "no")] and sum(
        counts
    ) == len(clauses)
    assert len(result.tables[0].rows) == len(clauses)
    assert any("no assessment of conformity" in c.en for c in result.caveats)
