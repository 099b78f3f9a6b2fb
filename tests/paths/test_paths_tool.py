"""The tool ``paths``: what it says adds up, and what cannot be taken apart is refused."""

from __future__ import annotations

from typing import Any

import pytest

from data.errors import BadRequest, NotAvailable, UnknownName
from tests.mrio.test_tools import check_form
from tools.charts.specs import Tree
from tools.declare import Context
from tools.mrio.accounts import accounts
from tools.mrio.system import System, scope_of
from tools.paths.spa import path_value
from tools.paths.targets import Found, Target
from tools.paths.tool import paths
from tools.result import Basis, Fact, Result


def fact(result: Result, end: str) -> Fact:
    found = [f for f in result.facts if f.label.en.endswith(end)]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


CASES: list[dict[str, Any]] = [
    {"place": "江苏", "sector": "建筑"}, {"place": "Guangdong"}, {"place": "China", "sector": "construction", "top": 5}, {},
    {"place": "内蒙古", "sector": "电力", "direction": "downstream"}, {"place": "河北", "sector": "钢铁", "direction": "downstream"},
    {"place": "长三角", "cut": 0.5}, {"place": "京津冀", "sector": "services", "cut": 1, "order": 3}, {"place": "山西", "direction": "downstream"},
    {"place": "上海", "sector": "建筑", "top": 25, "cut": 0.05}, {"place": "河北", "sector": "steel", "order": 0},
]  # fmt: skip


@pytest.mark.parametrize("arguments", CASES)
def test_every_answer_keeps_the_form_and_adds_up(arguments: dict[str, Any], context: Context) -> None:
    result = paths.call(arguments, context)
    check_form(result)
    total = result.facts[0].value
    covered, rest = fact(result, "CO2 of all paths found").value, fact(result, "remainder outside the paths").value
    assert covered + rest == pytest.approx(total, rel=1e-9) and rest >= 0
    layers = [f.value for f in result.facts if "CO2 of the layer" in f.label.en]
    assert sum(layers) == pytest.approx(total, rel=1e-9)
    shares = [f.value for f in result.facts if "share of the layer" in f.label.en]
    assert sum(shares) == pytest.approx(100, rel=1e-9)
    listed = [f.value for f in result.facts if "CO2 along the path" in f.label.en]
    assert listed == sorted(listed, reverse=True) and sum(listed) <= covered * (1 + 1e-9)


def test_totals_are_those_of_the_other_tools(context: Context, provinces: System) -> None:
    scope = scope_of(context.warehouse, context_place("Guangdong"), 2017)
    account = accounts(scope)
    assert paths.call({"place": "广东"}, context).facts[0].value == pytest.approx(
        account.own + account.inflow, rel=1e-9
    )
    j = provinces.mrio.at("JS", 27)
    assert paths.call({"place": "江苏", "sector": "建筑"}, context).facts[0].value == pytest.approx(
        float(provinces.pairs[:, j].sum()), rel=1e-9
    )
    down = paths.call({"place": "内蒙古", "sector": "电力", "direction": "downstream"}, context).facts[0]
    assert down.value == pytest.approx(float(provinces.emissions.co2[provinces.mrio.at("NM", 24)]), rel=1e-9)
    assert (down.source, down.basis) == ("co2_42", Basis.DERIVED)


def context_place(name: str) -> Any:
    from data.classification import find_place

    return find_place(name)


def test_paths_are_named_from_emitter_to_product(context: Context, provinces: System) -> None:
    result = paths.call({"place": "江苏", "sector": "建筑"}, context)
    mrio, f = provinces.mrio, provinces.emissions.f
    y = Target("upstream", (mrio.regions.index("JS"),), (27,)).demand(provinces)
    chain = (mrio.at("JS", 27), mrio.at("JS", 13), mrio.at("JS", 24))
    label = "CO2 along the path Jiangsu power and heat → Jiangsu non-metallic minerals → Jiangsu construction"
    assert fact(result, label).value == pytest.approx(path_value(mrio.A, f, y, chain), rel=1e-9)
    assert "江苏电力热力→江苏非金属矿物制品→江苏建筑" in result.tables[0].rows[3][0].zh  # type: ignore[union-attr]


def test_both_directions_hold_the_same_path(context: Context, provinces: System) -> None:
    mrio = provinces.mrio
    scope = scope_of(context.warehouse, context_place("Inner Mongolia"), 2017)
    for direction in ("downstream", "upstream"):
        place, sector = ("NM", 24) if direction == "downstream" else ("HE", 27)
        target = Target(direction, (mrio.regions.index(place),), (sector,))  # type: ignore[arg-type]
        found = Found(scope, target, target.search(provinces, 1e-4, 4))
        values = {found.chain(i): float(v) for i, v in enumerate(found.paths.value)}
        chain = (mrio.at("NM", 24), mrio.at("HE", 27))
        if direction == "downstream":
            first = values[chain]
        else:
            assert values[chain] == pytest.approx(first, rel=1e-9)
    chains = [found.paths.chain(i) for i in found.paths.largest(20)]
    assert target.values(provinces, chains) == pytest.approx(found.paths.value[found.paths.largest(20)], rel=1e-9)


def test_the_icicle_is_a_tree_whose_parts_add_up(context: Context) -> None:
    for arguments in ({"place": "江苏", "sector": "建筑"}, {"place": "广东"}):
        chart = paths.call(arguments, context).charts[0]
        assert chart.kind == "icicle" and isinstance(chart.spec, Tree)
        spec = chart.spec
        for i, value in enumerate(spec.values):
            parts = [v for p, v in zip(spec.parents, spec.values, strict=True) if p == i]
            assert not parts or sum(parts) == pytest.approx(value, rel=1e-9)
        assert sum(p is None for p in spec.parents) == 1


@pytest.mark.parametrize(
    ("arguments", "error", "code"),
    [
        ({"place": "西藏"}, NotAvailable, "no_inventory"), ({"place": "Gotham"}, UnknownName, None),
        ({"place": "江苏", "sector": "居民"}, BadRequest, "no_industry"), ({"place": "江苏", "cut": 0.0001}, BadRequest, "cut_off"),
        ({"place": "江苏", "cut": 50}, BadRequest, "cut_off"), ({"place": "江苏", "order": -1}, BadRequest, "bad_arguments"),
        ({"place": "北京", "sector": "煤炭开采", "year": 2003}, NotAvailable, "no_mrio_year"),
        ({"place": "上海", "sector": "煤炭开采"}, NotAvailable, "no_output"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_apart_is_refused(
    arguments: dict[str, Any], error: type[Exception], code: str | None, context: Context
) -> None:
    with pytest.raises(error) as caught:
        paths.call(arguments, context)
    assert code is None or caught.value.code == code  # type: ignore[attr-defined]
