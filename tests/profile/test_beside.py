"""Two provinces side by side: values from the tables, differences that add up, words that fit the sign."""

from __future__ import annotations

import pytest

from data.classification import find_place
from data.errors import BadRequest, NotAvailable
from tools.declare import Context
from tools.profile.beside import gaps
from tools.profile.profile import profile
from tools.result import Basis, Result


def _total(context: Context, code: str) -> float:
    return float(context.warehouse.rows("SELECT sum(mt) FROM co2 WHERE region = ? AND year = 2019", (code,))[0][0])


def _value(result: Result, label: str) -> float:
    return next(f.value for f in result.facts if f.label.en.endswith(label))


@pytest.mark.parametrize(("one", "two", "codes"), [("Liaoning", "Jilin", ("LN", "JL")), ("海南", "浙江", ("HI", "ZJ"))])
def test_level_and_intensity(context: Context, one: str, two: str, codes: tuple[str, str]) -> None:
    result = profile.call({"place": one, "beside": two}, context)
    totals = [_total(context, c) for c in codes]
    assert [f.value for f in result.facts[:2]] == pytest.approx(totals)
    assert result.facts[0].basis is Basis.OBSERVED
    people = [
        float(
            context.warehouse.rows("SELECT population_10k FROM population WHERE region = ? AND year = 2019", (c,))[0][0]
        )
        for c in codes
    ]
    name = find_place(two).name.en
    assert _value(result, f"per head, difference to {name}") == pytest.approx(
        totals[0] / people[0] * 100 - totals[1] / people[1] * 100
    )
    higher = totals[0] > totals[1]
    assert (" higher" in result.lead[0].text.en) is higher and ("低" in result.lead[0].text.zh) is not higher


def test_differences_by_sector_add_up(context: Context) -> None:
    found = gaps(context.warehouse, find_place("Anhui"), find_place("Henan"), 2019)
    assert sum(g.difference for g in found) == pytest.approx(_total(context, "AH") - _total(context, "HA"))
    sizes = [abs(g.difference) for g in found]
    assert sizes == sorted(sizes, reverse=True)


def test_sectors_named_stand_on_their_side(context: Context) -> None:
    result = profile.call({"place": "Fujian", "beside": "Jiangxi"}, context)
    for s in result.lead[3:]:
        values = [result.facts[i].value for i in s.facts]
        assert all(v > 0 for v in values) if "higher in" in s.text.en else all(v < 0 for v in values)
    assert any("higher in" in s.text.en for s in result.lead) and any("低在" in s.text.zh for s in result.lead)
    assert len(result.tables) == 2 and result.charts[0].kind == "bar"
    assert not any(f.scenario for f in result.facts)  # today, no scenario


@pytest.mark.parametrize("other", ["China", "长三角", "Hubei"])
def test_only_another_province_fits(context: Context, other: str) -> None:
    with pytest.raises(BadRequest):
        profile.call({"place": "Hubei", "beside": other}, context)


def test_one_without_an_inventory_has_no_data(context: Context) -> None:
    with pytest.raises(NotAvailable):
        profile.call({"place": "Hubei", "beside": "Tibet"}, context)
