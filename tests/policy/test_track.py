"""The tool ``track``: verdicts against the tables themselves, and honesty where there is none."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.declare import Context
from tools.policy.judging import REASONS, VERDICTS, Reason, Verdict
from tools.policy.observed import indicator_of, observe, place_of
from tools.policy.rows import all_targets
from tools.policy.track import track
from tools.policy.wording import body
from tools.result import Ref, Result, Table


def lead(result: Result, language: str) -> str:
    return " ".join(s.text.zh if language == "zh" else s.text.en for s in result.lead)


def verdicts(result: Result) -> list[str]:
    table = result.tables[0]
    return [str(row[6].en) for row in table.rows]  # type: ignore[union-attr]


def observed(result: Result, table: Table, row: int) -> float:
    cell = table.rows[row][5]
    assert isinstance(cell, Ref)
    return result.facts[cell.fact].value


def test_steel_in_guangdong_is_not_judged_and_what_can_be_seen_is_shown(context: Context) -> None:
    for topic in (
        "行动方案对钢铁行业有哪些量化目标？广东做到了吗？",
        "Which targets does the action plan set for steel, and has Guangdong met them?",
    ):
        result = track.call({"topic": topic}, context)
        assert set(verdicts(result)) == {"cannot be judged"}
        assert "广东是否做到无法判断" in lead(result, "zh")
        assert "cannot be judged" in lead(result, "en")
        assert {c.document for c in result.citations} == {"cn-ap-2024-2025"}
        ((steel, total),) = context.warehouse.rows(
            "SELECT sum(mt) FILTER (sector_no = 28), sum(mt) FROM co2 WHERE region = 'GD' AND year = 2019"
        )
        shown = [f for f in result.facts if f.source == "co2"]
        assert shown[0].value == pytest.approx(steel)
        assert shown[1].value == pytest.approx(100 * steel / total)
        assert {f.region for f in shown} == {"Guangdong"}


def test_wind_and_solar_of_guangdong(context: Context) -> None:
    """57.9 GW in 2024; the line from 2022 to 74 GW in 2030 asks for a quarter of the way."""
    result = track.call({"topic": "广东2030年风电光伏装机目标进展如何"}, context)
    rows = dict(context.warehouse.rows(
        "SELECT year, sum(gw) FROM power_capacity WHERE region = 'GD' AND source IN ('wind', 'solar') AND year IN (2022, 2024) GROUP BY 1"
    ))  # fmt: skip
    assert verdicts(result) == ["on course"]
    assert observed(result, result.tables[0], 0) == pytest.approx(rows[2024])
    line = next(f for f in result.facts if "straight line" in f.label.en)
    assert line.value == pytest.approx(rows[2022] + (74 - rows[2022]) / 4)
    assert result.charts and any("t0" in m.en for m in result.method)


def test_a_national_target_gives_no_provincial_verdict_however_good_the_data(context: Context) -> None:
    result = track.call({"topic": "2030年风电太阳能总装机目标四川达到了吗"}, context)
    assert set(verdicts(result)) == {"cannot be judged"}
    assert REASONS[Reason.NO_SPLIT].en in str(result.tables[0].rows[0][7])


def test_intensity_at_current_prices_gives_no_verdict(context: Context) -> None:
    result = track.call({"topic": "2024年单位GDP能耗下降目标完成了吗"}, context)
    assert set(verdicts(result)) == {"cannot be judged"}
    assert "不变价" in lead(result, "zh") and "constant prices" in lead(result, "en")


def test_a_reported_outcome_gives_the_verdict(context: Context) -> None:
    result = track.call({"topic": "“十四五”单位GDP二氧化碳排放下降目标完成了吗"}, context)
    assert set(verdicts(result)) == {"not met"}
    assert {f.value for f in result.facts if f.basis == "target"} == {18.0}
    assert 12.0 in {f.value for f in result.facts}


def test_all_gases_and_the_end_of_the_data(context: Context) -> None:
    ndc = track.call({"topic": "2035年国家自主贡献温室气体净排放目标进展如何"}, context)
    assert REASONS[Reason.GASES].en in str(ndc.tables[0].rows[0][7])
    energy = track.call({"topic": "广东能源消费总量控制目标做到了吗"}, context)
    assert REASONS[Reason.DATA_END].en in str(energy.tables[0].rows[0][7])


def test_an_unverified_figure_is_never_judged(context: Context) -> None:
    result = track.call({"topic": "新增水电 目标完成了吗"}, context)
    assert result.tables and "met" not in set(verdicts(result)) - {"cannot be judged"}


def test_wrong_input(context: Context) -> None:
    with pytest.raises(BadRequest):
        track.call({}, context)
    with pytest.raises(NotAvailable):
        track.call({"topic": "全国失业率目标完成了吗"}, context)


def test_every_verdict_and_reason_has_words() -> None:
    assert set(VERDICTS) == set(Verdict) and set(REASONS) == set(Reason)


def test_a_group_counts_only_in_years_with_all_its_parts(context: Context) -> None:
    """Guangdong's solar capacity is known from 2018: wind alone before it is not wind and solar."""
    (target,) = [t for t in all_targets(context.warehouse) if t.topic_zh == "风电光伏装机" and t.scope == "Guangdong"]
    indicator, place = indicator_of(target), place_of(target)
    assert indicator is not None and place is not None
    seen = observe(context.warehouse, indicator, place)
    ((first,),) = context.warehouse.rows(
        "SELECT min(year) FROM power_capacity WHERE region = 'GD' AND source = 'solar'"
    )
    assert seen is not None and min(seen.values) == first


def lane(context: Context, region: str):  # type: ignore[no-untyped-def]
    """The engine of a region's lane and the region's position there."""
    from tools.roadmap.engine import engine

    found = engine(context.warehouse, "china" if region == "CN" else "provinces")
    return found, found.model.economy.regions.index(region)


def projected(result: Result, scenario: str) -> list[float]:
    return [f.value for f in result.facts if f.scenario == scenario and f.source == "roadmap_defaults"]


def test_a_capacity_target_stands_beside_the_scenarios_with_a_verdict(context: Context) -> None:
    """Wind and solar of Guangdong in 2030 as the engine's own power balance has them; 74 GW is asked for."""
    result = track.call({"topic": "广东2030年风电光伏装机目标进展如何"}, context)
    found, at = lane(context, "GD")
    for scenario in ("current_policies", "dual_carbon"):
        capacity = found.power(found.path(scenario), 2030).capacity[at]
        (value,) = projected(result, scenario)
        assert value == pytest.approx(capacity[4] + capacity[5])
        assert value > 74
    assert {f.basis for f in result.facts if f.scenario} == {"projected"}
    assert result.tables[1].rows[0][6] == VERDICTS[Verdict.ON_COURSE]
    assert "两种情景下都达到目标" in lead(result, "zh") and "both reach the target" in lead(result, "en")


def test_the_peak_year_of_the_nation_is_shown_and_not_judged(context: Context) -> None:
    result = track.call({"topic": "全国碳达峰目标进展如何"}, context)
    assert {(f.value, f.unit) for f in result.facts if f.basis == "target"} == {(2030, "year")}
    assert {c.document for c in result.citations} == {"cn-opinions-2021", "cn-peak-2030"}
    found, at = lane(context, "CN")
    for scenario in ("current_policies", "dual_carbon"):
        gross = found.path(scenario).gross[:, at]
        assert set(projected(result, scenario)) == {2017 + gross.argmax()}
    assert {row[6] for row in result.tables[1].rows} == {VERDICTS[Verdict.UNJUDGED]}
    assert {row[7] for row in result.tables[1].rows} == {REASONS[Reason.SCOPE]}


def test_all_gases_against_co2_is_shown_without_a_verdict(context: Context) -> None:
    result = track.call({"topic": "2035年国家自主贡献温室气体净排放目标进展如何"}, context)
    found, at = lane(context, "CN")
    net = found.path("dual_carbon").net[:, at]
    (value,) = set(projected(result, "dual_carbon"))
    assert value == pytest.approx(100 * (1 - net[18] / net[:19].max()))
    assert all(REASONS[Reason.GASES].en in str(row[7]) for row in result.tables[1].rows)


def test_intensity_at_constant_prices_of_the_model_beside_the_plan(context: Context) -> None:
    result = track.call({"topic": "十五五单位GDP二氧化碳排放下降目标进展如何"}, context)
    found, at = lane(context, "CN")
    path = found.path("dual_carbon")
    start, end = (path.gross[y - 2017, at] / path.gdp[y - 2017, at] for y in (2025, 2030))
    assert projected(result, "dual_carbon") == [pytest.approx(100 * (1 - end / start))]


def test_a_national_target_never_yields_a_provincial_verdict_from_scenarios_either(context: Context) -> None:
    result = track.call({"topic": "2030年风电太阳能总装机目标江苏达到了吗"}, context)
    assert projected(result, "dual_carbon")
    assert {row[6] for row in result.tables[1].rows} == {VERDICTS[Verdict.UNJUDGED]}
    assert all(REASONS[Reason.NO_SPLIT].en in str(row[7]) for row in result.tables[1].rows)


def test_an_unverified_target_is_not_judged_by_scenarios(context: Context) -> None:
    result = track.call({"topic": "浙江2030年风电太阳能总装机目标进展如何"}, context)
    assert set(verdicts(result)) == {"cannot be judged"}
    assert REASONS[Reason.UNVERIFIED].en in str(result.tables[1].rows[0][7])


@pytest.mark.parametrize("topic", ["2024年单位GDP能耗下降目标完成了吗", "国家的电炉钢目标广东做到了吗"])
def test_no_engine_where_nothing_can_be_projected(
    context: Context, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("the engine was opened")

    monkeypatch.setattr("tools.roadmap.scope.scope_of", opened)
    result = track.call({"topic": topic}, context)
    assert not [f for f in result.facts if f.scenario]


def test_a_reported_outcome_of_one_year(context: Context) -> None:
    result = track.call({"topic": "2024年单位GDP二氧化碳排放下降目标完成了吗"}, context)
    assert set(verdicts(result)) == {"not met"}
    assert {f.value for f in result.facts} == {3.9, 3.4}


def test_a_table_says_which_way_a_change_goes(context: Context) -> None:
    """A cell of 2 % beside energy per tonne of steel would read as its level."""
    result = track.call({"place": "Guangdong", "sector": "steel"}, context)
    ways = {str(row[0].zh): row[3] for row in result.tables[0].rows if isinstance(row[0], Text)}
    assert ways["全国吨钢综合能耗"] == Text("下降约", "down about")
    assert ways["全国余热余压余能自发电率"] == Text("至少提高", "up at least")
    assert ways["全国电炉钢占粗钢产量"] == Text("力争", "strive for")


def test_the_chart_shows_observed_line_and_scenarios(context: Context) -> None:
    result = track.call({"topic": "广东2030年风电光伏装机目标进展如何"}, context)
    (chart,) = result.charts
    names = [s.name.en for s in chart.spec.series]  # type: ignore[union-attr]
    assert names == ["Observed", "Straight line to the target", "current policies scenario", "dual carbon scenario"]
    observed, line, current, dual = (s.y for s in chart.spec.series)  # type: ignore[union-attr]
    assert line[-1] == pytest.approx(74) and observed[-1] is None
    assert [dual[-1]] == pytest.approx(projected(result, "dual_carbon"))
    assert [current[-1]] == pytest.approx(projected(result, "current_policies"))


def test_a_target_that_is_met_has_its_level_drawn(context: Context) -> None:
    result = track.call({"topic": "全国2030年风电太阳能装机目标达到了吗"}, context)
    (chart,) = result.charts
    assert set(chart.spec.series[1].y) == {1200}  # type: ignore[union-attr]
    none = track.call({"topic": "全国碳达峰目标进展如何"}, context)
    assert not none.charts


@pytest.mark.parametrize(
    ("topic", "base"),
    [("广东“十四五”单位GDP二氧化碳排放下降目标进展如何", 2020), ("十五五单位GDP二氧化碳排放下降目标进展如何", 2025)],
)
def test_a_change_by_the_scenarios_names_its_base_year(context: Context, topic: str, base: int) -> None:
    """A fall without its base year means nothing: the same year's fall since 2020 and since 2025 are far apart."""
    result = track.call({"topic": topic}, context)
    falls = [f for f in result.facts if f.scenario and f.unit == "%"]
    assert falls and all(f"与{base}年相比" in f.label.zh and f"base year {base}" in f.label.en for f in falls)
    said = [s for s in result.lead if "按路线图" in s.text.zh]
    assert said and all(f"与{base}年相比" in s.text.zh and f"base year {base}" in s.text.en for s in said)


def test_a_change_told_as_a_cut_names_its_base_year(context: Context) -> None:
    for target in all_targets(context.warehouse):
        if target.base_year is None or target.value is None or target.direction not in ("decrease", "increase"):
            continue
        told = body(target)
        assert str(target.base_year) in told.zh and str(target.base_year) in told.en, told


def test_a_figure_whose_base_was_not_read_is_unverified(context: Context) -> None:
    doubtful = [t for t in all_targets(context.warehouse) if t.document == "unep-egr-2025" and t.value in (26, 46)]
    assert len(doubtful) == 2 and not any(t.verified for t in doubtful)
