"""Spend-based factors and appraisals against values worked out by other means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable
from data.mrio import load_emissions, load_mrio
from data.warehouse import open_warehouse
from knowledge.search import open_library
from tools.declare import Context
from tools.mrio.system import scope_of
from tools.practice.factors import suppliers
from tools.practice.project import chain_of
from tools.practice.project_appraisal import project_appraisal
from tools.practice.spend_factors import spend_factors
from tools.result import Basis, Ref, Result


def _recall(name: str) -> Any:
    raise AssertionError(name)


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(open_warehouse(), open_library(), _recall)


def _value(result: Result, part: str) -> float:
    found = [f.value for f in result.facts if part in f.label.en]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


def test_a_factor_of_production_is_the_multiplier(context: Context) -> None:
    """Hebei's metal smelting: solve (I - A') e = f instead of inverting, and take its element."""
    mrio = load_mrio(context.warehouse)
    f = load_emissions(context.warehouse, mrio).f
    at = mrio.at("HE", 14)
    e = np.linalg.solve((np.eye(len(f)) - mrio.A).T, f)
    result = spend_factors.call({"place": "Hebei", "sector": "metal smelting", "basis": "produced"}, context)
    assert result.facts[0].value == pytest.approx(e[at] * 1e5, rel=1e-9)
    assert result.facts[1].value == pytest.approx(f[at] * 1e5, rel=1e-9)
    assert result.facts[0].unit == "kg CO2/10k yuan" and result.facts[0].basis is Basis.ESTIMATED


def test_purchases_of_a_province_are_its_inputs_and_final_use(context: Context) -> None:
    scope = scope_of(context.warehouse, _place("GD"), 2017)
    bought = suppliers(scope.system, scope.inside)
    mrio = scope.system.mrio
    g = mrio.regions.index("GD")
    inputs = mrio.Z[:, mrio.block("GD")].sum() + mrio.Y[:, g, :4].sum()
    assert bought.sum() == pytest.approx(inputs, rel=1e-12)


def test_a_purchase_factor_lies_between_its_makers(context: Context) -> None:
    scope = scope_of(context.warehouse, _place("GD"), 2017)
    result = spend_factors.call({"place": "Guangdong", "sector": "cement"}, context)
    per = scope.system.intensity.reshape(31, 42)[:, 12] * 1e5
    made = suppliers(scope.system, scope.inside)[:, 12] > 0
    assert per[made].min() < result.facts[0].value < per[made].max()


def test_a_list_of_purchases_adds_up_and_the_index_scales_it(context: Context) -> None:
    spend = [{"sector": "steel", "place": "Hebei", "amount": 500}, {"sector": "power", "amount": 200}]
    plain = spend_factors.call({"place": "Guangdong", "spend": spend}, context)
    dearer = spend_factors.call({"place": "Guangdong", "spend": spend, "price_index": 125}, context)
    lines = [f.value for f in plain.facts if "embodied in the purchase of" in f.label.en]
    total = _value(plain, "all the purchases")
    assert len(lines) == 2 and total == pytest.approx(sum(lines), rel=1e-12)
    assert _value(dearer, "all the purchases") == pytest.approx(total / 1.25, rel=1e-12)
    steel = spend_factors.call({"place": "Hebei", "sector": "steel", "basis": "produced"}, context).facts[0].value
    assert lines[0] == pytest.approx(500 * steel * 1e-9, rel=1e-12)


def test_every_form_says_what_the_factors_are_unfit_for(context: Context) -> None:
    for arguments in ({}, {"sector": "cement"}, {"spend": [{"sector": "cement", "amount": 1}]}, {"matrix": True}):
        said = spend_factors.call(arguments, context).caveats
        assert any("CBAM" in c.zh for c in said) and any("CBAM" in c.en for c in said)


def test_the_matrix_holds_no_zero_for_no_data(context: Context) -> None:
    result = spend_factors.call({"matrix": True, "basis": "produced"}, context)
    matrix = max(result.tables, key=lambda t: len(t.columns))
    names = [c.name.en for c in matrix.columns]
    tibet = [row[names.index("Tibet")] for row in matrix.rows]
    assert len(matrix.rows) == 42 and len(names) == 32 and set(tibet) == {None}
    assert all(v is None or float(str(v)) > 0 for row in matrix.rows for v in row[1:])


def test_a_chain_is_the_multiplier_in_parts(context: Context) -> None:
    scope = scope_of(context.warehouse, _place("GD"), 2017)
    chain = chain_of(scope, (31,))
    at = scope.system.mrio.at("GD", 31)
    assert chain.own + chain.power + chain.other == pytest.approx(scope.system.intensity[at] * 1e5, rel=1e-9)


def test_an_appraisal_by_hand(context: Context) -> None:
    """1,000 t of raw coal: 20.908 GJ/t x 26.4 kg C/GJ x 0.98 x 44/12; 10 GWh with Guangdong's factor of the dataset."""
    result = project_appraisal.call(
        {"place": "Guangdong", "fuels": [{"fuel": "raw coal", "amount": 1000}], "electricity_gwh": 10}, context
    )
    coal = 1000 * 20.908 * 26.4 / 1000 * 0.98 * 44 / 12
    assert _value(result, "direct CO2 (fuels burnt)") * 1e6 == pytest.approx(coal, rel=1e-9)
    (factor,) = context.warehouse.rows(
        "SELECT kg_per_kwh FROM grid_factors WHERE area = 'GD' ORDER BY year DESC LIMIT 1"
    )[0]
    assert _value(result, "(provincial grid factor)") * 1e9 == pytest.approx(10e6 * factor, rel=1e-9)
    both = _value(result, "direct and purchased power together")
    assert both * 1e6 == pytest.approx(coal + 10e3 * factor, rel=1e-9)


def test_a_users_own_factor_is_named_as_the_users(context: Context) -> None:
    fuels = [{"fuel": "coke oven gas", "amount": 10, "factor": 8.0}]
    result = project_appraisal.call({"place": "Shanxi", "fuels": fuels}, context)
    assert _value(result, "direct CO2 (fuels burnt)") * 1e6 == pytest.approx(80)
    assert next(f for f in result.facts if "CO2 factor of" in f.label.en).basis is Basis.USER


@pytest.mark.parametrize(
    ("arguments", "error", "word"),
    [
        ({"place": "Guangdong"}, BadRequest, "at least one"),
        ({"place": "Guangdong", "output": 5}, BadRequest, "sector"),
        ({"place": "Tibet", "electricity_gwh": 1}, NotAvailable, "no CO2 inventory"),
        ({"place": "Guangdong", "fuels": [{"fuel": "coke oven gas", "amount": 1}]}, NotAvailable, "your own"),
        ({"place": "Guangdong", "fuels": [{"fuel": "oil", "amount": 1}]}, BadRequest, "several fuels"),
        ({"place": "Guangdong", "electricity_gwh": -3}, BadRequest, "electricity_gwh"),
    ],
)
def test_what_cannot_be_appraised_says_the_mend(
    context: Context, arguments: dict[str, Any], error: type[Exception], word: str
) -> None:
    with pytest.raises(error, match=word):
        project_appraisal.call(arguments, context)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"place": "Tibet", "basis": "produced"}, NotAvailable),
        ({"price_index": 110}, BadRequest),
        ({"spend": [{"sector": "steel", "amount": -5}]}, BadRequest),
        ({"spend": [{"sector": "rainbows", "amount": 5}]}, BadRequest),
    ],
)
def test_bad_spending_is_refused(context: Context, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        spend_factors.call(arguments, context)


def _place(code: str) -> Any:
    from data.classification import place

    return place(code)


def test_every_figure_of_the_table_of_factors_is_a_fact(context: Context) -> None:
    """A figure without a fact behind it is withheld by the audit, and the reader would see an empty cell."""
    result = spend_factors.call({"place": "广东"}, context)
    for row in result.tables[0].rows:
        assert not any(isinstance(cell, int | float) for cell in row)
        factor, low, high, own, upstream = (
            None if not isinstance(cell, Ref) else result.facts[cell.fact].value for cell in row[1:6]
        )
        assert factor is not None and low is not None and high is not None and own is not None and upstream is not None
        assert low <= factor * (1 + 1e-6) and factor <= high * (1 + 1e-6)
        assert own + upstream == pytest.approx(factor, rel=1e-9)
