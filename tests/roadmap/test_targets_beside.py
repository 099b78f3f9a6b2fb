"""The roadmap's part 6 and the tool ``track`` say the same of a target: one rule stands behind both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.classification import find_place
from tools.declare import Context
from tools.policy.judging import VERDICTS, Reason, Verdict
from tools.policy.observed import indicator_of, observe
from tools.policy.projected import Run, beside
from tools.policy.rows import Target, all_targets
from tools.policy.track import track
from tools.result import Ref, Result, Table
from tools.roadmap.scope import scope_of
from tools.roadmap.tool import roadmap


def targets_table(result: Result) -> Table:
    return next(t for t in result.tables if t.title.zh.startswith("目标与"))


def rows_of(result: Result) -> dict[tuple[str, int, float], tuple[str, float | None]]:
    """Topic, year and value of a target -> the verdict and the model's figure in the roadmap's table."""
    table = targets_table(result)
    out: dict[tuple[str, int, float], tuple[str, float | None]] = {}
    for row in table.rows:
        target, model = row[5], row[6]
        if isinstance(target, Ref):
            key = (row[0].zh, int(str(row[3])), result.facts[target.fact].value)  # type: ignore[union-attr]
            out[key] = (row[8].en, result.facts[model.fact].value if isinstance(model, Ref) else None)  # type: ignore[union-attr]
    return out


@pytest.mark.parametrize(
    ("place", "topic"),
    [
        ("China", "全国2035年风电太阳能装机目标进展如何"),
        ("China", "全国2030年风电太阳能装机目标进展如何"),
        ("China", "全国2035年非化石能源占能源消费比重目标进展如何"),
        ("Guangdong", "广东2030年风电光伏装机目标进展如何"),
        ("Guangdong", "广东2035年能源消费总量目标进展如何"),
        ("Zhejiang", "浙江2030年风电太阳能总装机目标进展如何"),
    ],
)
def test_both_tools_give_one_verdict_and_one_figure(context: Context, place: str, topic: str) -> None:
    told, asked = (
        roadmap.call({"place": place, "scenario": "dual_carbon"}, context),
        track.call({"topic": topic}, context),
    )
    there, compared = rows_of(told), 0
    for row in asked.tables[1].rows:
        assert isinstance(row[2], Ref) and isinstance(row[4], Ref) and isinstance(row[5], Ref)
        key = (row[0].zh, int(str(row[1])), asked.facts[row[2].fact].value)  # type: ignore[union-attr]
        if key not in there:
            continue
        compared += 1
        verdict, figure = there[key]
        assert figure == pytest.approx(asked.facts[row[5].fact].value)
        said = row[6].en  # type: ignore[union-attr]
        # what is observed may have met the target before its year; else the words are the same
        assert verdict.startswith(said) or verdict.startswith("met: the capacity observed")
    assert compared


def test_the_capacity_of_2035_is_on_course_in_both(context: Context) -> None:
    result = roadmap.call({"place": "China"}, context)
    ((verdict, figure),) = [v for k, v in rows_of(result).items() if k[2] == 3600]
    assert figure is not None and figure > 3600
    assert verdict.startswith(VERDICTS[Verdict.ON_COURSE].en)


@pytest.fixture(scope="module")
def guangdong(context: Context) -> tuple[Run, Target]:
    (target,) = [t for t in all_targets(context.warehouse) if t.topic_zh == "风电光伏装机" and t.scope == "Guangdong"]
    scope = scope_of(context.warehouse, find_place("广东"))
    return Run(scope, scope.engine.path("dual_carbon")), target


def test_the_rule_turns_with_the_target(context: Context, guangdong: tuple[Run, Target]) -> None:
    run, target = guangdong
    indicator = indicator_of(target)
    assert indicator is not None
    seen = observe(context.warehouse, indicator, find_place("广东"))
    found = beside(run, target, seen)
    assert found is not None and not found.barred and found.verdict is Verdict.ON_COURSE
    more = beside(run, replace(target, value=found.value + 1), seen)
    assert more is not None and more.verdict is Verdict.OFF_COURSE
    doubtful = beside(run, replace(target, status="unverified"), seen)
    assert doubtful is not None and doubtful.verdict is Verdict.UNJUDGED and doubtful.barred == (Reason.UNVERIFIED,)
    national = beside(run, replace(target, scope="China"), seen)
    assert national is not None and national.verdict is Verdict.UNJUDGED and Reason.NO_SPLIT in national.barred
    assert beside(run, replace(target, target_year=2024), seen) is None  # observed already


def test_an_early_observation_of_the_targets_own_indicator_is_no_stranger(context: Context) -> None:
    result = track.call({"topic": "Is China on course for 3600 GW of wind and solar by 2035?"}, context)
    said = " ".join(s.text.en for s in result.lead)
    assert "no measure of the target" not in said
    assert "by what is observed" in said and "in the target's own terms" in said
    other = track.call(
        {"place": "Guangdong", "sector": "steel"}, context
    )  # its CO2 is another quantity than the targets'
    assert "no measure of the target" in " ".join(s.text.en for s in other.lead)
