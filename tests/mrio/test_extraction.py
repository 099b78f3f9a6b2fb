"""The tool extraction: against tables solved without the sector, and its words."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from data.errors import BadRequest, NotAvailable, TanluError
from data.warehouse import Warehouse
from tests.mrio.test_tools import check_form
from tools.declare import Context
from tools.mrio.extracted import KINDS, Kind, by_sector, extracted
from tools.mrio.extraction import extraction
from tools.mrio.system import System, scope_of


def test_hebei_metals_by_a_table_without_them(warehouse: Warehouse, provinces: System) -> None:
    m, k = provinces.mrio, provinces.mrio.at("HE", 14)
    found = extracted(scope_of(warehouse, find_place("河北"), 2017), (14,))
    A, y = m.A.copy(), m.Y.sum((1, 2)) + m.exports
    A[:, k] = 0.0
    back = m.x - np.linalg.solve(np.eye(len(m.x)) - A, y)
    assert found.output[1] == pytest.approx(back, abs=1e-6)
    A[k], y[k] = 0.0, 0.0
    assert found.output[0] == pytest.approx(m.x - np.linalg.solve(np.eye(len(m.x)) - A, y), abs=1e-6)
    B = np.divide(m.Z, m.x[:, None], out=np.zeros_like(m.A), where=m.x[:, None] > 0)
    B[k] = 0.0
    ahead = m.x - np.linalg.solve(np.eye(len(m.x)) - B.T, m.value_added + m.imports)
    assert found.output[2] == pytest.approx(ahead, abs=1e-6)
    assert np.delete(found.output[0], k) == pytest.approx(np.delete(found.output[1], k), abs=1e-6)
    assert np.all(found.output >= 0) and np.all(found.co2 >= 0)


@pytest.mark.parametrize(
    "arguments",
    [
        {"place": "河北", "sector": "钢铁"},
        {"sector": "power"},
        {"place": "长三角", "sector": "建筑"},
        {"place": "江苏"},
        {"place": "江苏", "kind": "forward"},
        {"place": "河北", "sector": "钢铁", "kind": "complete"},
        {"sector": "power", "kind": "backward"},
        {},
    ],
    ids=str,
)
def test_the_form_and_the_words(arguments: dict[str, object], context: Context) -> None:
    result = extraction.call(arguments, context)
    check_form(result)
    assert "不是预测" in result.lead[0].text.zh and "no forecast" in result.lead[0].text.en
    assert all(f.value >= 0 for f in result.facts)


def test_ranges_and_robust_sectors_lead(context: Context) -> None:
    result = extraction.call({"place": "内蒙古", "sector": "电力", "top": 20}, context)
    for f in (result.facts[i] for said in result.lead for i in said.facts):
        assert f.low is not None and f.high is not None and f.low <= f.value <= f.high
    assert [c.name.en for c in result.tables[1].columns][-1] == "Robustness"
    backward, forward = (result.charts[i].title.en for i in (0, 1))
    assert "purchases" in backward and "supply" in forward


def test_a_ranking_agrees_with_one_sector_alone(context: Context, warehouse: Warehouse) -> None:
    result = extraction.call({"place": "江苏", "top": 3}, context)
    first = result.facts[result.lead[0].facts[0]]
    assert first.sector == "Construction"
    found = extracted(scope_of(warehouse, find_place("江苏"), 2017), (27,))
    others = found.co2[0].copy()
    others[found.group] = 0.0
    assert first.value == pytest.approx(others.sum(), rel=1e-9)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"place": "西藏"}, NotAvailable),
        ({"place": "上海", "sector": "煤炭行业"}, NotAvailable),
        ({"sector": "households"}, BadRequest),
    ],
)
def test_refusals(arguments: dict[str, object], error: type[TanluError], context: Context) -> None:
    with pytest.raises(error):
        extraction.call(arguments, context)


@pytest.mark.parametrize("kind", KINDS)
def test_the_ranking_of_each_kind_is_that_of_the_sectors_one_by_one(
    kind: Kind, warehouse: Warehouse, provinces: System
) -> None:
    for name, chosen in (("河北", (2, 14, 24, 28)), ("京津冀", (14, 24))):
        scope = scope_of(warehouse, find_place(name), 2017)
        ranked = by_sector(scope, kind)
        for number in chosen:
            found = extracted(scope, (number,))
            others = np.delete(found.output[KINDS.index(kind)], found.group)
            assert ranked[0, number - 1] == pytest.approx(others.sum(), rel=1e-9)
            co2 = np.delete(found.co2[KINDS.index(kind)], found.group)
            assert ranked[1, number - 1] == pytest.approx(co2.sum(), rel=1e-9)


def test_forward_ranking_by_a_ghosh_model_without_the_sector(context: Context, provinces: System) -> None:
    m, at = provinces.mrio, provinces.mrio.at("SX", 2)
    B = np.divide(m.Z, m.x[:, None], out=np.zeros_like(m.A), where=m.x[:, None] > 0)
    B[at] = 0.0
    lost = m.x - np.linalg.solve(np.eye(len(m.x)) - B.T, m.value_added + m.imports)
    lost[at] = 0.0
    result = extraction.call({"place": "山西", "kind": "forward", "top": 42}, context)
    told = [f for f in result.facts if f.sector == "Mining and washing of coal"]
    assert {f.unit: f.value for f in told} == pytest.approx(
        {"100M yuan": lost.sum(), "Mt CO2": provinces.emissions.f @ lost}, rel=1e-8
    )
    assert "前向抽取" in result.lead[0].text.zh and "forward extraction" in result.lead[0].text.en


def test_a_kind_alone_is_told_alone(context: Context) -> None:
    both = extraction.call({"place": "河北", "sector": "钢铁"}, context)
    values = {f.label.en: f.value for f in both.facts}
    for kind in KINDS:
        one = extraction.call({"place": "河北", "sector": "钢铁", "kind": kind}, context)
        told = [one.facts[i] for said in one.lead[:2] for i in said.facts[1:]]
        assert len(told) == 4 and all(f.label.en.endswith(f"{kind} extraction") for f in told)
        assert all(values[f.label.en] == f.value for f in told)
        assert len(one.charts) == 1 and len(one.tables) == 2
    assert len(both.charts) == 2 and len(both.tables) == 3
