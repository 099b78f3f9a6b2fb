"""What an answer owes its reader: one-sided ranges, the parting of coal and gas, turns of the power balance, titles."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import PROVINCES, find_place
from tools.benchmark.contraction import contraction
from tools.declare import Context
from tools.result import Result
from tools.roadmap.engine import Engine
from tools.roadmap.names import COMMON, at
from tools.roadmap.parts_power import YEARS_SHOWN, turning
from tools.roadmap.scope import scope_caveats, scope_of
from tools.roadmap.story import tell
from tools.roadmap.tool import roadmap


def text_of(result: Result) -> str:
    return " ".join(s.text.zh + s.text.en for part in result.sections for s in part.sentences)


@pytest.fixture(scope="module")
def sichuan(context: Context) -> Result:
    return roadmap.call({"place": "四川"}, context)


def test_a_one_sided_range_is_said_to_be_one(context: Context, provinces: Engine) -> None:
    found, t = provinces.model.nowcast, at(COMMON)
    now, said = provinces.path("current_policies").gross[t], 0
    for province in PROVINCES:
        if province.code == "XZ":  # no inventory
            continue
        i = provinces.model.economy.regions.index(province.code)
        low, high = float(found.low[t, i]), float(found.high[t, i])
        words = " ".join(c.zh for c in scope_caveats(scope_of(context.warehouse, find_place(province.code))))
        top, bottom = "区间上端" in words, "区间下端" in words
        if high - low >= 0.02 * now[i]:
            assert top == (high - now[i] <= 0.02 * (high - low)), province
            assert bottom == (now[i] - low <= 0.02 * (high - low)), province
        said += top or bottom
    assert said  # Guangdong at least: its gas power counts as coal
    assert "区间上端" in " ".join(c.zh for c in scope_caveats(scope_of(context.warehouse, find_place("广东"))))


def test_an_exporter_that_turns_importer_is_told(context: Context, sichuan: Result, provinces: Engine) -> None:
    """By the balance itself: the sign of net imports in 2024 against the later years shown."""
    turned = set()
    for code in ("SC", "GZ", "GD", "NM", "BJ"):
        scope = scope_of(context.warehouse, find_place(code))
        story, i = tell(scope, "dual_carbon", None), scope.index
        nets = np.array([provinces.power(story.lead, y).net_import[i] for y in YEARS_SHOWN])
        used = np.array([provinces.power(story.lead, y).use[i] for y in YEARS_SHOWN])
        year = turning(story)
        if year is None:
            flips = (nets * nets[0] < 0) & (np.minimum(abs(nets / used), abs(nets[0] / used[0])) >= 0.02)
            assert not flips.any()
            continue
        turned.add(code)
        assert nets[YEARS_SHOWN.index(year)] * nets[0] < 0
    assert "SC" in turned and "GD" not in turned and "BJ" not in turned
    told = [c for c in sichuan.caveats if "由净外送电量转为净调入电量" in c.zh]
    assert len(told) == 1 and "no forecast" in told[0].en
    line = next(s for part in sichuan.sections for s in part.sentences if "转为净调入电量" in s.text.zh)
    facts = [sichuan.facts[i] for i in line.facts]
    assert facts[0].year == 2024 and facts[1].year in YEARS_SHOWN and min(f.value for f in facts) > 0


def test_coal_and_gas_are_said_not_to_add_up(context: Context, sichuan: Result) -> None:
    national = roadmap.call({"place": "China"}, context)
    for result in (national, sichuan):
        assert "各省气电之和不等于全国气电" in text_of(result)
        assert "does not add up to China's" in text_of(result)


def test_only_money_is_at_prices_of_2017(sichuan: Result) -> None:
    priced = [t for t in sichuan.tables if "prices of 2017" in t.title.en]
    assert priced and all("emissions" not in t.title.en for t in priced)
    assert any("direct emissions by sector group" in t.title.en for t in sichuan.tables)


def test_a_page_holds_only_so_many_figures(sichuan: Result) -> None:
    assert len(sichuan.facts) <= 400


@pytest.mark.parametrize(("rate", "scope3"), [(2.5, True), (4.2, False)])
def test_the_rate_for_scope_3_is_not_given_to_scope_1(context: Context, rate: float, scope3: bool) -> None:
    result = contraction.call({"place": "Guangdong", "rate": rate}, context)
    told = " ".join(s.text.zh + s.text.en for s in result.lead)
    assert ("不适用于范围一、二" in told and "not of scopes 1 and 2" in told) == scope3
    assert any(f.value == 4.2 and f.basis == "target" for f in result.facts) == scope3
    assert {c.document for c in result.citations} == {"sbti-cnzs-v1"}


def test_the_same_is_owed_where_the_figure_is_asked_by_itself(context: Context) -> None:
    """Power exchange and generation asked for a year, without the full roadmap."""
    exchange = roadmap.call({"place": "四川", "year": 2045, "indicator": "power_import"}, context)
    assert any("由净外送电量转为净调入电量" in c.zh for c in exchange.caveats)
    generation = roadmap.call({"place": "广东", "year": 2035, "indicator": "generation"}, context)
    assert any("各省气电之和不等于全国气电" in c.zh for c in generation.caveats)
