"""The tool ``joint_reduction``: how ends are read, what it says adds up, robustness, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from data.errors import BadRequest, NotAvailable, UnknownName
from tests.mrio.test_tools import check_form
from tools.declare import Context
from tools.mrio.system import System
from tools.paths.joint_reduction import joint_reduction
from tools.result import Basis, Fact, Result

PAIR = "江苏:建筑; 河北:钢铁"


def fact(result: Result, end: str) -> Fact:
    found = [f for f in result.facts if f.label.en.endswith(end)]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


@pytest.mark.parametrize(
    "arguments",
    [
        {"ends": PAIR}, {"ends": ["Hebei steel", "Jiangsu construction"]}, {"ends": "China:steel; China:construction"},
        {"ends": [{"place": "河北", "sector": "钢铁"}, {"place": "江苏", "sector": "建筑"}, {"place": "内蒙古", "sector": "电力"}]},
        {"ends": "京津冀:钢铁; 长三角:建筑", "top": 10}, {"ends": "山西:煤炭开采;山东:化工", "emitter_cut": 30, "use_cut": 0},
        {"ends": "广东:电力;广东:电子设备"}, {"ends": "北京:金融;上海:金融"},
    ],
)  # fmt: skip
def test_every_answer_keeps_the_form_and_adds_up(arguments: dict[str, Any], context: Context) -> None:
    result = joint_reduction.call(arguments, context)
    check_form(result)
    together = fact(result, "CO2 saved by all together").value
    alone = [f.value for f in result.facts if f.label.en.endswith(" alone")]
    shares = [f.value for f in result.facts if f.label.en.endswith("(Shapley)")]
    assert sum(alone) - fact(result, "overlap of the measures").value == pytest.approx(together, rel=1e-9, abs=1e-12)
    assert sum(shares) == pytest.approx(together, rel=1e-9)
    assert min([*alone, *shares, together]) >= 0 and together >= max(alone) - 1e-9


def test_the_question_of_jiangsu_and_hebei(context: Context, provinces: System) -> None:
    result = joint_reduction.call({"ends": PAIR}, context)
    first = result.lead[0]
    assert "河北金属冶炼→江苏建筑" in first.text.zh and "Hebei metal smelting → Jiangsu construction" in first.text.en
    link = fact(result, "own CO2 of Hebei metal smelting for final products of Jiangsu construction")
    assert link.value == pytest.approx(
        float(provinces.pairs[provinces.mrio.at("HE", 14), provinces.mrio.at("JS", 27)]), rel=1e-9
    )
    assert link.low is not None and link.high is not None and link.low <= link.value <= link.high
    assert any("Smelting and pressing of ferrous metals" in c.en for c in result.caveats), (
        "steel is part of a wider sector: said"
    )
    assert any("illustration" in c.en for c in result.caveats)
    shared = next(t for t in result.tables if "upstream of all" in t.title.en)
    assert any("power and heat" in row[0].en for row in shared.rows)  # type: ignore[union-attr]
    # what is named in the lead beside the link is robust
    marks = {row[0].en: row[-1].en for t in result.tables[:1] for row in t.rows}  # type: ignore[union-attr]
    for name, mark in marks.items():
        assert mark == "robust" or name not in first.text.en


def test_order_of_the_ends_changes_nothing(context: Context) -> None:
    there = joint_reduction.call({"ends": PAIR}, context)
    back = joint_reduction.call({"ends": "河北:钢铁; 江苏:建筑"}, context)
    for end in ("CO2 saved by all together", "overlap of the measures", "CO2 saved by Hebei metal smelting alone"):
        assert fact(there, end).value == pytest.approx(fact(back, end).value, rel=1e-9)


def test_cuts_that_were_not_named_are_assumptions(context: Context) -> None:
    plain = joint_reduction.call({"ends": PAIR}, context)
    assert fact(plain, "assumed cut of use at the buying end").basis is Basis.ASSUMPTION
    given = joint_reduction.call({"ends": PAIR, "use_cut": 5}, context)
    assert fact(given, "assumed cut of use at the buying end").basis is Basis.USER
    nothing = joint_reduction.call({"ends": PAIR, "use_cut": 0, "emitter_cut": 0}, context)
    assert fact(nothing, "CO2 saved by all together").value == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "error", "code"),
    [
        ({"ends": "河北:钢铁"}, BadRequest, "number_of_ends"), ({"ends": []}, BadRequest, "number_of_ends"),
        ({"ends": "河北:钢铁;河北:有色"}, BadRequest, "overlapping_ends"), ({"ends": "京津冀:钢铁;河北:钢铁"}, BadRequest, "overlapping_ends"),
        ({"ends": "河北:钢铁;全国:建筑"}, BadRequest, "nation_and_province"), ({"ends": "西藏:建筑;河北:钢铁"}, NotAvailable, "no_inventory"),
        ({"ends": "Mordor:steel;Hebei:steel"}, UnknownName, None), ({"ends": "nonsense;more"}, UnknownName, None),
        ({"ends": PAIR, "use_cut": 150}, BadRequest, "impossible_cut"), ({"ends": PAIR, "emitter_cut": -5}, BadRequest, "impossible_cut"),
        ({"ends": "上海:煤炭开采;河北:钢铁"}, NotAvailable, "no_output"), ({"ends": "河北:居民;江苏:建筑"}, BadRequest, "no_industry"),
        ({}, BadRequest, "bad_arguments"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(
    arguments: dict[str, Any], error: type[Exception], code: str | None, context: Context
) -> None:
    with pytest.raises(error) as caught:
        joint_reduction.call(arguments, context)
    assert code is None or caught.value.code == code  # type: ignore[attr-defined]
