"""Paths side by side, milestones and IAMC rows: figures equal to the engine's own, refusals with their range."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable
from data.exports.iamc import wide
from tools.declare import Context
from tools.result import Account, Ref, Result
from tools.roadmap.compare import compare
from tools.roadmap.engine import Engine
from tools.roadmap.iamc import iamc_rows
from tools.roadmap.milestones import milestones
from tools.roadmap.names import CCUS, YEARS, at
from tools.roadmap.overrides import Override
from tools.roadmap.sensitivity import sensitivity
from tools.roadmap.tool import roadmap
from tools.roadmap.vary import vary


def values(result: Result, account: Account, year: int) -> list[float]:
    return [f.value for f in result.facts if f.account is account and f.year == year and f.unit == "Mt CO2"]


def test_places_stand_beside_each_other_with_the_engines_figures(context: Context, provinces: Engine) -> None:
    result = compare.call({"places": ["广东", "Jiangsu"], "years": [2030, 2060]}, context)
    path = provinces.path("dual_carbon")
    here = [path.regions.index(c) for c in ("GD", "JS")]
    for year in (2030, 2060):
        assert values(result, Account.GROSS, year) == pytest.approx([path.gross[at(year), i] for i in here])
        assert values(result, Account.NET, year) == pytest.approx([path.net[at(year), i] for i in here])
    first = result.tables[0]
    total = next(row for row in first.rows if "since 2026" in getattr(row[1], "en", ""))
    assert isinstance(total[3], Ref)
    assert result.facts[total[3].fact].value == pytest.approx(path.gross[at(2026) :, here[0]].sum())


def test_scenarios_what_ifs_and_net_zero_years(context: Context, provinces: Engine) -> None:
    three = compare.call({"places": ["China"]}, context)
    assert {f.scenario for f in three.facts} == {"current_policies", "dual_carbon", "accelerated"}
    two = compare.call(
        {"places": ["Zhejiang"], "variants": ["不用CCUS", "growth 1 point lower"], "years": [2060]}, context
    )
    region = provinces.model.economy.regions.index("ZJ")
    changed = [
        vary(provinces, "dual_carbon", region, (o,)).path
        for o in (Override(kind="no_ccus"), Override(kind="growth", value=-1))
    ]
    wanted = [p.gross[at(2060), region] for p in (provinces.path("dual_carbon"), *changed)]
    assert values(two, Account.GROSS, 2060) == pytest.approx(wanted)
    goals = compare.call({"places": ["Zhejiang"], "target_years": [2055, 2060], "years": [2055]}, context)
    early, late = values(goals, Account.NET, 2055)
    assert abs(early) < 0.05 < late


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"places": ["广东"], "scenarios": ["dual_carbon"]}, "how_many_paths"),
        ({"places": ["广东", "江苏", "浙江"], "scenarios": ["dual_carbon", "accelerated"]}, "how_many_paths"),
        ({"places": ["广东"], "years": [2015]}, "year_out_of_range"),
        ({"places": ["广东"], "target_years": [2020, 2060]}, "year_out_of_range"),
        ({"places": ["京津冀"], "variants": ["不用CCUS"]}, "group_what_if"),
        ({"places": ["广东"], "variants": ["增速高9个百分点"]}, "override_out_of_range"),
        ({"places": ["广东"], "variants": ["增速高1个百分点，增速低1个百分点"]}, "contradictory_overrides"),
    ],
)
def test_what_cannot_be_compared_is_refused(context: Context, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        compare.call(arguments, context)
    assert (caught.value.code == code and any(c.isdigit() for c in caught.value.message.zh)) or code in (
        "group_what_if",
        "contradictory_overrides",
    )


def test_tibet_has_no_path_to_compare(context: Context) -> None:
    with pytest.raises(NotAvailable):
        compare.call({"places": ["西藏", "四川"]}, context)


def test_milestones_are_the_first_years_from_which_a_sector_stays_below(context: Context, provinces: Engine) -> None:
    result = milestones.call({"place": "广东", "sector": "电力"}, context)
    path = provinces.path("dual_carbon")
    series = path.sectors[:, path.regions.index("GD"), 23]
    years = [int(f.value) for f in result.facts if f.unit == "year"]
    for year, share in zip(years, (0.5, 0.9), strict=True):
        limit = (1 - share) * series[at(2025)]
        assert (series[at(year) :] <= limit).all() and series[at(year) - 1] > limit


def test_deployment_and_the_gantt_chart(context: Context, china: Engine) -> None:
    result = milestones.call({"place": "China", "lever": "CCUS", "years": [2030, 2045]}, context)
    told = [f.value for f in result.facts if f.unit == "%"]
    assert told == pytest.approx([100 * china.path("dual_carbon").deployment[CCUS, 0, at(y)] for y in (2030, 2045)])
    whole = milestones.call({"place": "China"}, context)
    assert [c.kind for c in whole.charts] == ["timeline", "timeline", "line", "heatmap"]
    path, left = china.path("dual_carbon"), whole.charts[3].spec
    power = path.sectors[:, 0, 23]
    assert left.values[0] == pytest.approx([100 * power[at(y)] / power[at(2025)] for y in range(2025, 2061, 5)])  # type: ignore[union-attr,index]
    assert [c.to("en") for c in left.columns][-1] == "2060"  # type: ignore[union-attr]
    with pytest.raises(BadRequest, match="2026"):
        milestones.call({"place": "China", "years": [2020]}, context)


def test_several_years_in_one_question_are_all_told(context: Context, provinces: Engine) -> None:
    result = roadmap.call({"place": "广东", "years": [2060, 2030]}, context)
    text = [s.text.zh for s in result.lead]
    assert "2030年" in text[0] and "2060年" in text[1]
    changed = roadmap.call({"place": "广东", "years": [2030, 2060], "overrides": "不用CCUS，增速低1个百分点"}, context)
    said = " ".join(s.text.zh for s in changed.lead)
    assert "2030年" in said and "2060年" in said
    assert "碳捕集" in changed.title.zh and "增速" in changed.title.zh
    listed = changed.tables[0]
    assert len(listed.rows) == 2 and any("-3–3" in str(cell) for row in listed.rows for cell in row)


def test_both_languages_hold_the_same_figures(context: Context) -> None:
    result = compare.call({"places": ["内蒙古"], "variants": ["推迟3年", "不用CCUS"]}, context)
    for said in result.lead:
        assert sorted(said.text.zh.count(f"{{{n}}}") for n in range(len(said.facts))) == sorted(
            said.text.en.count(f"{{{n}}}") for n in range(len(said.facts))
        )


def test_iamc_rows_hold_every_year_and_add_up(context: Context, provinces: Engine) -> None:
    rows = iamc_rows(context.warehouse, "roadmap", {"place": "广东", "overrides": "不用CCUS"})
    found = {(r.scenario, r.variable, r.year): r.value for r in rows}
    scenarios = {r.scenario for r in rows}
    assert len(found) == len(rows) and any("no carbon capture" in s for s in scenarios)
    for scenario in scenarios:
        parts = {v for s, v, _ in found if s == scenario and v.startswith("Emissions|CO2|Gross|")}
        for year in YEARS:
            gross = found[scenario, "Emissions|CO2|Gross", year]
            assert sum(found[scenario, v, year] or 0.0 for v in parts) == pytest.approx(gross)
            sinks = sum(found[scenario, f"Carbon Removal|{k}", year] or 0.0 for k in ("Land Sink", "Engineered"))
            assert found[scenario, "Emissions|CO2", year] == pytest.approx((gross or 0.0) - sinks, abs=1e-9)
    path = provinces.path("dual_carbon")
    series = [found["dual carbon", "Emissions|CO2|Gross", y] or 0.0 for y in YEARS]
    assert np.allclose(series, path.gross[:, path.regions.index("GD")])


@pytest.mark.parametrize(
    ("tool", "arguments", "scenarios"),
    [
        ("milestones", {"place": "山西", "scenario": "accelerated"}, {"accelerated"}),
        ("backcast", {"place": "山西", "goal": "cap", "year": 2040, "percent": 50},
         {"backcast to a cap on net emissions in 2040", "dual carbon", "current policies"}),
        ("backcast", {"place": "长三角", "goal": "costs"}, {"dual carbon", "current policies"}),
    ],
)  # fmt: skip
def test_every_tool_of_paths_gives_iamc_rows(
    context: Context, tool: str, arguments: dict[str, object], scenarios: set[str]
) -> None:
    rows = iamc_rows(context.warehouse, tool, dict(arguments))
    assert {r.scenario for r in rows} == scenarios
    assert {r.region for r in rows} == {"Shanxi" if arguments["place"] == "山西" else "Yangtze River Delta"}
    head, lines = wide(rows)
    assert head[5:] == tuple(str(y) for y in YEARS)
    units = {(str(line[3]), str(line[4])) for line in lines}
    assert {("Emissions|CO2", "Mt CO2/yr"), ("Electricity Use", "TWh/yr"), ("Primary Energy", "Mtce/yr")} <= units


def test_a_sensitivity_gives_its_ensemble_and_its_single_assumptions(context: Context, provinces: Engine) -> None:
    arguments = {"place": "湖北", "years": [2035, 2060], "runs": 60}
    rows = iamc_rows(context.warehouse, "sensitivity", dict(arguments))
    found = {(r.scenario, r.variable, r.year): r.value for r in rows}
    assert len(found) == len(rows)
    result = sensitivity.call(dict(arguments), context)
    name, path = "Emissions|CO2|Gross", provinces.path("dual_carbon")
    central = path.gross[:, path.regions.index("HB")]
    assert found["dual carbon", name, 2035] == pytest.approx(central[at(2035)])
    low, middle, high = (found[f"dual carbon, delivery risk, {w}", name, 2060] for w in ("5 %", "median", "95 %"))
    assert low is not None and middle is not None and high is not None and low < middle < high
    effect = next(
        f
        for f in result.facts
        if "GDP growth" in f.label.en and "at its high" in f.label.en and f.year == 2060 and f.unit == "Mt CO2"
    )
    shown = found["dual carbon, GDP growth (a year) high", name, 2060]
    assert shown == pytest.approx(central[at(2060)] + effect.value)
