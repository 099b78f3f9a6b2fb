"""Figures of the energy system and of removals asked for by themselves, against the engine's own arrays."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from data.errors import TanluError
from tools.declare import Carried, Context
from tools.result import Account, Fact, Result
from tools.roadmap.engine import Engine
from tools.roadmap.names import GROUP_KEYS, YEARS, at
from tools.roadmap.parts_asked import DEFAULT_YEARS
from tools.roadmap.power import SOURCES
from tools.roadmap.scope import scope_of
from tools.roadmap.story import tell
from tools.roadmap.tool import RoadmapArguments, roadmap


def ask(context: Context, **arguments: object) -> Result:
    return roadmap.call(arguments, context)


def fact(result: Result, words: str, year: int | None = None) -> Fact:
    """The one fact with these words in its English label."""
    found = [f for f in result.facts if words in f.label.en and year in (None, f.year)]
    assert found, [f.label.en for f in result.facts]
    return found[0]


@pytest.mark.parametrize("place", ["Guangdong", "Yunnan"])
def test_exchange_is_told_with_its_share_of_use(place: str, context: Context, provinces: Engine) -> None:
    result = ask(context, place=place, indicator="power_import", year=2035)
    found, i = (
        provinces.power(provinces.path("dual_carbon"), 2035),
        provinces.model.economy.regions.index(find_place(place).code),
    )
    lead = next(f for f in result.facts if f.year == 2035)
    assert lead.value == pytest.approx(abs(found.net_import[i]))
    share = fact(result, "relative to the power used", 2035)
    assert share.value == pytest.approx(100 * abs(found.net_import[i]) / found.use[i])
    assert ("import" in lead.label.en) == (found.net_import[i] > 0)


@pytest.mark.parametrize(
    ("source", "inside"), [("nuclear", ("nuclear",)), ("wind", ("wind",)), ("thermal", ("biomass", "fossil"))]
)
def test_one_source_leads_where_it_is_asked_for(
    source: str, inside: tuple[str, ...], context: Context, china: Engine
) -> None:
    result = ask(context, place="China", indicator="generation", source=source, years=(2040,))
    found = china.power(china.path("dual_carbon"), 2040)
    value = sum(found.generation[0, SOURCES.index(k)] for k in inside)
    assert result.facts[0].value == pytest.approx(value) and result.facts[0].year == 2040
    assert result.facts[1].value == pytest.approx(100 * value / found.generation[0].sum())
    assert result.facts[1].unit == "%"


def test_capacity_of_one_source_by_years(context: Context, china: Engine) -> None:
    result = ask(context, place="China", indicator="capacity", source="nuclear", years=(2035, 2060))
    for told, year in zip(result.facts, (2035, 2060), strict=False):
        found = china.power(china.path("dual_carbon"), year)
        assert told.value == pytest.approx(found.capacity[0, SOURCES.index("nuclear")]) and told.unit == "GW"
    assert len(result.lead) == 2


def test_coal_that_is_left_is_said(context: Context) -> None:
    result = ask(context, place="China", indicator="generation", source="coal", years=(2030, 2060))
    last = result.lead[-1].text
    assert "没有完全退出" in last.zh and "not gone by 2060" in last.en


@pytest.mark.parametrize("source", ["coal", "gas", "biomass"])
def test_capacity_inside_thermal_is_refused_with_what_there_is(source: str, context: Context) -> None:
    with pytest.raises(TanluError, match="thermal capacity"):
        ask(context, place="China", indicator="capacity", source=source)


def test_a_source_goes_with_power_only(context: Context) -> None:
    with pytest.raises((Carried, TanluError, ValueError)):
        RoadmapArguments.model_validate({"place": "China", "indicator": "power_use", "source": "wind"})


@pytest.mark.parametrize("place", ["Sichuan", "China"])
def test_removals_are_told_apart_and_add_up(place: str, context: Context, provinces: Engine, china: Engine) -> None:
    result = ask(context, place=place, indicator="removals", year=2060)
    engine = china if place == "China" else provinces
    path, i, t = engine.path("dual_carbon"), engine.model.economy.regions.index(find_place(place).code), at(2060)
    captured, sink, made = (
        fact(result, w, 2060).value for w in ("captured at plants", "land sink", "engineered removals")
    )
    assert captured == pytest.approx(path.captured[t, i]) and sink == pytest.approx(path.sink[t, i])
    gross, removed, net = (next(f.value for f in result.facts if f.account is a and f.year == 2060)
                           for a in (Account.GROSS, Account.REMOVALS, Account.NET))  # fmt: skip
    assert removed == pytest.approx(sink + made) and net == pytest.approx(gross - removed)


def test_years_default_where_none_is_named(context: Context) -> None:
    result = ask(context, place="Jiangsu", indicator="nonfossil_power")
    assert [f.year for f in result.facts[:3]] == list(DEFAULT_YEARS) and len(result.lead) == 3


@pytest.mark.parametrize(
    "indicator", ["generation", "capacity", "power_import", "power_use", "nonfossil_energy", "removals"]
)
def test_an_indicator_has_its_own_table_and_chart(indicator: str, context: Context) -> None:
    result = ask(context, place="Shandong", indicator=indicator)
    assert len(result.tables) == 1 and len(result.charts) == 1
    assert not any(column.name.en.startswith("Scenario") for column in result.tables[0].columns)
    assert result.charts[0].kind in ("bar", "line")
    assert not any("达峰" in c.zh for c in result.caveats)


def test_the_peak_leads_with_its_level(context: Context, provinces: Engine) -> None:
    result = ask(context, place="Guangdong", asks="peak", detail="brief")
    gross = provinces.path("dual_carbon").gross[:, provinces.model.economy.regions.index("GD")]
    level = next(
        f
        for f in result.facts
        if f.account is Account.GROSS and f.year == YEARS[int(gross.argmax())] and f.unit == "Mt CO2"
    )
    assert level.value == pytest.approx(gross.max())
    assert "峰值" in result.lead[1].text.zh


def test_a_year_against_the_peak(context: Context, provinces: Engine) -> None:
    result = ask(context, place="Hebei", year=2035, since="peak")
    gross = provinces.path("dual_carbon").gross[:, provinces.model.economy.regions.index("HE")]
    assert result.facts[0].value == pytest.approx(100 * (1 - gross[at(2035)] / gross.max()))
    assert "peak" in result.lead[0].text.en and "峰值" in result.lead[0].text.zh


def test_a_year_before_the_balance_is_refused(context: Context) -> None:
    with pytest.raises(TanluError, match="2024"):
        ask(context, place="Jiangsu", indicator="generation", year=2022)


def test_both_languages_tell_the_same_figures(context: Context) -> None:
    for indicator in ("generation", "capacity", "power_import", "removals"):
        result = ask(context, place="Gansu", indicator=indicator, years=(2030, 2050))
        for said in result.lead:
            assert said.text.zh.count("{") == said.text.en.count("{")


def test_mix_agrees_with_the_balance(context: Context, provinces: Engine) -> None:
    """Generation and net import add up to use and losses."""
    scope = scope_of(context.warehouse, find_place("Gansu"))
    found, i = provinces.power(tell(scope, "dual_carbon", None).lead, 2035), scope.index
    use = found.use[i] * (1 + provinces.power_base.losses)
    assert np.sum(found.generation[i]) + found.net_import[i] == pytest.approx(use, rel=1e-6)


@pytest.mark.parametrize(("place", "year"), [("Shanxi", 2040), ("China", 2060)])
def test_levers_are_told_largest_first_and_add_up_to_the_two_paths(place: str, year: int, context: Context) -> None:
    result = ask(context, place=place, asks="levers", year=year)
    story = tell(scope_of(context.warehouse, find_place(place)), "dual_carbon", None)
    between = story.total(story.current.gross, year) - story.total(story.wedge_end.gross, year)
    whole = next(f for f in result.facts if "all levers" in f.label.en)
    assert whole.value == pytest.approx(between, rel=1e-3)
    named = [f.value for f in result.facts[:3]]
    assert named == sorted(named, reverse=True)
    single = [f.value for f in result.facts if "all levers" not in f.label.en]
    assert sum(single) == pytest.approx(whole.value, abs=0.05) and max(single) == named[0]


def test_levers_of_one_sector_are_its_column_of_the_matrix(context: Context) -> None:
    result = ask(context, place="Anhui", asks="levers", sector="cement", years=(2045,))
    story = tell(scope_of(context.warehouse, find_place("Anhui")), "dual_carbon", None)
    column = -story.matrix(2045)[:, GROUP_KEYS.index("MIN")]
    assert result.facts[0].value == pytest.approx(column.max())
    assert next(f for f in result.facts if "all levers" in f.label.en).value == pytest.approx(column.sum())
    assert any("属于" in c.zh for c in result.caveats)


def test_levers_have_no_measure_on_current_policies(context: Context) -> None:
    found = ask(context, place="Hunan", asks="levers", scenario="current_policies")
    assert any("dual" in (f.scenario or "") for f in found.facts)  # told for dual carbon, which they lead to
    with pytest.raises((TanluError, ValueError)):
        ask(context, place="Hunan", sector="steel")
