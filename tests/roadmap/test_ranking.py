"""Provinces ranked in a scenario: orders, counts and years recomputed here from the engine's arrays, honest cases of no data."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from data.classification import find_place
from data.errors import BadRequest, NotAvailable, TanluError
from data.warehouse import Warehouse
from tools.declare import Context
from tools.result import Account, Basis, Ref, Result
from tools.roadmap.engine import Engine
from tools.roadmap.model import Path
from tools.roadmap.names import YEARS
from tools.roadmap.ranking import roadmap_ranking


def at(year: int) -> int:
    return year - 2017


def code(result: Result, fact: int) -> str:
    region = result.facts[fact].region
    assert region is not None
    return find_place(region).code


def led(result: Result, sentence: int = 0) -> list[tuple[str, float]]:
    """(province, value) of the regional figures of a leading sentence, in their order."""
    facts = [i for i in result.lead[sentence].facts if result.facts[i].region is not None]
    return [(code(result, i), result.facts[i].value) for i in facts]


def column(result: Result, n: int) -> dict[str, float]:
    """The table's figures of one column by province."""
    out = {}
    for row in result.tables[0].rows:
        cell = row[n]
        if isinstance(cell, Ref):
            out[code(result, cell.fact)] = result.facts[cell.fact].value
    return out


def known(path: Path, values: np.ndarray) -> dict[str, float]:
    """A series by province, those without emissions (Tibet) left out."""
    return {c: float(values[i]) for i, c in enumerate(path.regions) if path.gross[at(2019), i] > 0}


def ask(context: Context, **arguments: Any) -> Result:
    return roadmap_ranking.call(arguments, context)


def test_the_highest_net_emissions_are_the_engines_and_the_table_is_whole(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="net", year=2035, limit=5)
    path = provinces.path("dual_carbon")
    net = known(path, path.gross[at(2035)] - path.sink[at(2035)] - path.engineered[at(2035)])
    wanted = sorted(net.items(), key=lambda item: -item[1])
    assert [c for c, _ in led(result)] == [c for c, _ in wanted[:5]]
    assert [v for _, v in led(result)] == pytest.approx([v for _, v in wanted[:5]])
    assert column(result, 2) == pytest.approx(net) and len(net) == 30
    assert [row[0] for row in result.tables[0].rows] == [*range(1, 31), "—"]
    fact = result.facts[result.lead[0].facts[0]]
    assert (
        fact.account is Account.NET
        and fact.basis is Basis.PROJECTED
        and fact.scenario == "dual_carbon"
        and fact.year == 2035
    )


def test_ranges_hold_the_central_run_and_are_the_ensembles(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="gross", year=2040)
    band = provinces.band("dual_carbon")
    low, high = column(result, 3), column(result, 4)
    for name, value in column(result, 2).items():
        r = provinces.path("dual_carbon").regions.index(name)
        runs = band.gross[:, band.dates.index(2040), r]
        ends = np.percentile(runs, (5, 95))
        assert low[name] == pytest.approx(min(value, ends[0])) and high[name] == pytest.approx(max(value, ends[1]))


def test_the_largest_cuts_come_first_and_are_falls(context: Context, provinces: Engine) -> None:
    result = ask(context, of="change", since=2025, year=2040, order="asc", limit=4)
    path = provinces.path("dual_carbon")
    change = known(path, path.gross[at(2040)] - path.gross[at(2025)])
    wanted = sorted(change.items(), key=lambda item: item[1])[:4]
    assert [c for c, _ in led(result)] == [c for c, _ in wanted]
    assert [v for _, v in led(result)] == pytest.approx([v for _, v in wanted]) and max(change.values()) < 0
    assert (
        "减得最多" in result.lead[0].text.zh
        and "largest cuts" in result.lead[0].text.en
        and ":abs" in result.lead[0].text.zh
    )
    relative = ask(context, of="growth", since=2025, year=2040, order="asc")
    shares = known(path, path.gross[at(2040)])
    then = known(path, path.gross[at(2025)])
    assert column(relative, 2) == pytest.approx({c: 100 * (shares[c] / then[c] - 1) for c in shares})
    assert {relative.facts[i].unit for i in relative.lead[0].facts} == {"%"}


@pytest.mark.parametrize("scenario", ["dual_carbon", "current_policies", "accelerated"])
def test_peak_years_are_those_of_the_highest_emissions(context: Context, provinces: Engine, scenario: str) -> None:
    result = ask(context, indicator="peak", scenario=scenario, order="desc")
    path = provinces.path(scenario)
    peaks = known(path, np.array(YEARS)[path.gross.argmax(axis=0)].astype(float))
    assert column(result, 2) == peaks
    latest = max(peaks.values())
    named = {c for c, v in peaks.items() if v == latest}
    first = result.lead[0].text.zh.split("的是")[1].split("（")[0].split("、")
    assert {find_place(n).code for n in first} == named and led(result)[0][1] == latest
    past = sum(v <= 2025 for v in peaks.values())
    counts = [result.facts[i].value for i in result.lead[1].facts]
    assert counts == [past]
    for name, low in column(result, 3).items():
        r = path.regions.index(name)
        runs = provinces.band(scenario).peaks((r,))
        ends = np.percentile(runs, (5, 95), method="nearest")
        assert low == min(ends[0], peaks[name]) and column(result, 4)[name] == max(ends[1], peaks[name])


def test_who_peaks_before_a_year_is_counted_and_the_sure_ones_apart(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="peak", before=2030, scenario="current_policies")
    path = provinces.path("current_policies")
    peaks = known(path, np.array(YEARS)[path.gross.argmax(axis=0)].astype(float))
    among, passing = (result.facts[i].value for i in result.lead[0].facts[:2])
    assert (among, passing) == (30, sum(v < 2030 for v in peaks.values())) and 0 < passing < 30
    late = column(result, 4)
    assert result.facts[result.lead[-1].facts[0]].value == sum(late[c] < 2030 and peaks[c] < 2030 for c in peaks)
    after = ask(context, indicator="peak", after=2029, scenario="current_policies")
    assert result.facts[result.lead[0].facts[1]].value + after.facts[after.lead[0].facts[1]].value == 30


def test_net_zero_years_and_those_who_never_get_there(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="net_zero", before=2060)
    path = provinces.path("dual_carbon")
    first: dict[str, float] = {}
    for i, name in enumerate(path.regions):
        stays = [y for y in YEARS if path.gross[at(2019), i] > 0 and (path.net[at(y) :, i] <= 0.05).all()]
        if stays:
            first[name] = float(stays[0])
    assert column(result, 2) == first
    assert [result.facts[i].value for i in result.lead[0].facts[:2]] == [30, sum(v < 2060 for v in first.values())]
    never = [row for row in result.tables[0].rows if getattr(row[2], "zh", "") == "到2060年未达到"]
    assert len(never) == 30 - len(first) > 0
    last = ask(context, indicator="net_zero", order="desc")
    assert last.facts[last.lead[0].facts[0]].value == len(never)


def test_what_is_left_in_2060_names_who_is_still_above_zero(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="net", year=2060, above=0)
    path = provinces.path("dual_carbon")
    above = {c for c, v in known(path, path.net[at(2060)]).items() if v > 0}
    assert [result.facts[i].value for i in result.lead[0].facts[:2]] == [30, len(above)] and 0 < len(above) < 30
    assert {c for c, _ in led(result)} <= above
    nobody = ask(context, indicator="gross", year=2035, above=9000)
    assert nobody.facts[nobody.lead[0].facts[2]].value == 0 and "没有一个" in nobody.lead[0].text.zh


def test_per_head_rests_on_the_population_of_2019_and_the_models_path(
    context: Context, provinces: Engine, warehouse: Warehouse
) -> None:
    result = ask(context, indicator="per_head", year=2035)
    path = provinces.path("dual_carbon")
    people = dict(warehouse.rows("SELECT region, population_10k FROM population WHERE year = 2019"))
    grown = provinces.model.drivers.population[:, at(2035)]
    wanted = {
        c: v * 100 / (people[c] * grown[path.regions.index(c)]) for c, v in known(path, path.gross[at(2035)]).items()
    }
    assert column(result, 2) == pytest.approx(wanted)
    moved = provinces.model.drivers.population
    known_2024 = dict(warehouse.rows("SELECT region, population_10k FROM population WHERE year = 2024"))
    base = np.array([people[c] for c in path.regions])
    nation = dict(zip(YEARS, provinces.model.defaults.knots("population", "China"), strict=True))
    assert base @ moved[:, at(2024)] == pytest.approx(sum(known_2024.values()))
    assert base @ moved[:, at(2035)] / sum(known_2024.values()) == pytest.approx(nation[2035] / nation[2024])
    assert any("人口" in c.zh for c in result.caveats) and "population" in result.sources


def test_shares_and_exchange_of_power(context: Context, provinces: Engine) -> None:
    path = provinces.path("dual_carbon")
    power = provinces.power(path, 2035)
    moved = ask(context, indicator="net_export", year=2035, limit=3)
    wanted = sorted(known(path, power.net_import).items(), key=lambda item: item[1])[:3]
    assert [c for c, _ in led(moved)] == [c for c, _ in wanted]
    assert column(moved, 2) == pytest.approx({c: -v for c, v in known(path, power.net_import).items()})
    bought = ask(context, indicator="net_import", year=2035, limit=3)
    assert column(bought, 2) == pytest.approx(known(path, power.net_import)) and led(bought)[0][1] > 0
    share = ask(context, indicator="nonfossil_power", year=2035)
    assert column(share, 2) == pytest.approx(known(path, 100 * power.nonfossil_used), rel=1e-6)
    plants = ask(context, indicator="wind_solar", year=2035)
    assert column(plants, 2) == pytest.approx(known(path, np.nansum(power.capacity[:, 4:6], axis=1)))


def test_capture_and_the_storage_it_lacks(context: Context, provinces: Engine, warehouse: Warehouse) -> None:
    path = provinces.path("dual_carbon")
    span = slice(at(2026), at(2060) + 1)
    caught = known(path, path.captured[span].sum(axis=0))
    assert column(ask(context, indicator="captured_total"), 2) == pytest.approx(caught)
    room = dict(warehouse.rows("SELECT region, sum(mt) FROM storage GROUP BY 1"))
    need = known(path, (path.captured + path.engineered)[span].sum(axis=0))
    short = {c: v - room[c] for c, v in need.items() if c in room and v > room[c]}
    result = ask(context, indicator="storage_gap")
    assert dict(led(result)) == pytest.approx(short) and short
    without = [c for c in need if c not in room]
    assert without == ["HI"] and "海南" in result.lead[1].text.zh and "HI" not in column(result, 2)


def test_groups_are_sums_and_members_stand_by_themselves(context: Context, provinces: Engine) -> None:
    path = provinces.path("dual_carbon")
    groups = [find_place(n) for n in ("京津冀", "长三角", "东北")]
    result = ask(context, indicator="net", year=2035, places=[g.name.zh for g in groups])
    sums = {g.code: sum(path.net[at(2035), path.regions.index(c)] for c in g.members) for g in groups}
    assert dict(led(result)) == pytest.approx(sums)
    members = ask(context, indicator="gross", year=2035, places=["京津冀"])
    assert set(column(members, 2)) == {"BJ", "TJ", "HE"}
    without = ask(context, indicator="gross", year=2035, excluding=["内蒙古"], limit=1)
    assert "NM" not in column(without, 2) and len(column(without, 2)) == 29


def test_a_sector_is_ranked_by_its_own_emissions(context: Context, provinces: Engine) -> None:
    path = provinces.path("dual_carbon")
    result = ask(context, indicator="gross", sector="电力", year=2035, limit=3)
    power = known(path, path.emissions[at(2035), :, 23].sum(axis=-1))
    assert [c for c, _ in led(result)] == sorted(power, key=lambda c: -power[c])[:3]
    late = ask(context, indicator="peak", sector="电力", order="desc")
    assert column(late, 2) == known(
        path, np.array(YEARS)[path.emissions[:, :, 23].sum(axis=-1).argmax(axis=0)].astype(float)
    )


def test_one_provinces_position(context: Context, provinces: Engine) -> None:
    path = provinces.path("dual_carbon")
    result = ask(context, indicator="net", year=2035, position_of="广东")
    net = known(path, path.net[at(2035)])
    rank = next(result.facts[i] for i in result.lead[0].facts if result.facts[i].unit == "rank")
    assert rank.value == 1 + sum(v > net["GD"] for v in net.values()) and rank.region == "Guangdong"
    peaks = known(path, np.array(YEARS)[path.gross.argmax(axis=0)].astype(float))
    dated = ask(context, indicator="peak", position_of="广东")
    year = next(dated.facts[i].value for i in dated.lead[0].facts if dated.facts[i].unit == "year")
    number, earlier, alike = (dated.facts[i].value for i in dated.lead[0].facts if dated.facts[i].unit == "count")
    assert (year, number) == (peaks["GD"], 30)
    assert (
        earlier == sum(v < peaks["GD"] for v in peaks.values())
        and alike == sum(v == peaks["GD"] for v in peaks.values()) - 1
    )


def test_the_first_place_is_tried_on_the_ensemble(context: Context, provinces: Engine) -> None:
    result = ask(context, indicator="gross", year=2060)
    band, path = provinces.band("dual_carbon"), provinces.path("dual_carbon")
    top = path.regions.index(max(known(path, path.gross[at(2060)]).items(), key=lambda item: item[1])[0])
    held = [i for i in range(len(path.regions)) if path.gross[at(2019), i] > 0]
    runs = band.gross[:, band.dates.index(2060), held]
    same, tried = (result.facts[i].value for i in result.lead[1].facts)
    assert (same, tried) == (sum(held[i] == top for i in runs.argmax(axis=1)), len(runs))


def test_tibet_is_no_data_and_never_ranked(context: Context) -> None:
    result = ask(context, indicator="gross", year=2035, order="asc")
    last = result.tables[0].rows[-1]
    assert (
        getattr(last[1], "zh", "") == "西藏"
        and getattr(last[2], "zh", "") == "无数据"
        and "XZ" not in column(result, 2)
    )
    assert any("西藏" in c.zh and "不等于零" in c.zh for c in result.caveats)
    assert all("XZ" not in c.spec.values for c in result.charts if c.kind == "tilemap")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"places": ["西藏"]}, "ranking_empty"),
        ({"places": ["中国"]}, "ranking_nation"),
        ({"indicator": "net", "year": 2015}, "ranking_year"),
        ({"indicator": "captured", "year": 2024}, "ranking_year"),
        ({"indicator": "peak", "of": "change"}, "ranking_change"),
        ({"of": "change", "since": 2040, "year": 2035}, "ranking_since"),
        ({"indicator": "net", "sector": "钢铁"}, "ranking_sector"),
    ],
)
def test_what_cannot_be_ranked_is_refused(context: Context, arguments: dict[str, Any], error: str) -> None:
    with pytest.raises((BadRequest, NotAvailable)) as caught:
        ask(context, **arguments)
    refused: TanluError = caught.value
    assert refused.code == error and refused.message.zh and refused.message.en


@pytest.mark.parametrize(
    "arguments",
    [
        {"indicator": "net", "year": 2050, "limit": 3}, {"indicator": "peak", "before": 2030}, {"indicator": "peak"},
        {"indicator": "net_zero", "order": "desc"}, {"of": "change", "year": 2035, "order": "asc"}, {"indicator": "storage_gap"},
        {"indicator": "per_gdp", "year": 2035, "below": 500}, {"indicator": "peak", "sector": "钢铁", "order": "asc"},
        {"indicator": "peak", "position_of": "Hebei"}, {"indicator": "net", "year": 2060, "position_of": "河北"},
    ],
)  # fmt: skip
def test_both_languages_tell_the_same_figures(context: Context, arguments: dict[str, Any]) -> None:
    for sentence in ask(context, **arguments).lead:
        zh, en = (re.findall(r"\{(\d+)[^}]*\}", text) for text in (sentence.text.zh, sentence.text.en))
        assert sorted(zh, key=int) == sorted(en, key=int) == [str(i) for i in range(len(sentence.facts))]
