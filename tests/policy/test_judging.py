"""Verdicts on targets: every rule by hand, no verdict where something is missing."""

from __future__ import annotations

import pytest

from tools.policy.judging import Aim, Reason, Verdict, achieved, judge, judge_projection, judge_result, line


def aim(value: float, direction: str = "reach", comparator: str = "ge", *, unit: str = "GW", base: int | None = None,
        year: int = 2030, start: int = 2022) -> Aim:  # fmt: skip
    return Aim(value, unit, direction, comparator, base, year, start)


def test_the_straight_line_by_hand() -> None:
    """From 30 in 2022 to 74 in 2030: a quarter of 44 after two years."""
    assert line(aim(74), 30, 2024) == pytest.approx(41.0)


def test_on_and_off_course() -> None:
    assert judge(aim(74), {2022: 30.0, 2024: 41.0}).verdict is Verdict.ON_COURSE
    late = judge(aim(74), {2022: 30.0, 2024: 40.9})
    assert (late.verdict, late.year, late.achieved) == (Verdict.OFF_COURSE, 2024, 40.9)
    assert late.expected == pytest.approx(41.0)


def test_met_ahead_in_time_and_missed() -> None:
    ahead = judge(aim(74), {2024: 80.0})
    assert (ahead.verdict, ahead.ahead) == (Verdict.MET, True)
    assert judge(aim(74), {2030: 74.0}).verdict is Verdict.MET
    assert judge(aim(74, comparator="gt"), {2030: 74.0}).verdict is Verdict.NOT_MET
    assert (
        judge(aim(74), {2030: 73.0, 2031: 90.0}).verdict is Verdict.NOT_MET
    )  # the target year counts, not the year after


def test_a_fall_from_the_base_year() -> None:
    """-18 % over five years asks for -10.8 % after three."""
    fall = aim(18, "decrease", "eq", unit="%", base=2020, year=2025, start=2020)
    assert achieved(fall, {2020: 200.0, 2023: 178.0}, 2023) == pytest.approx(11.0)
    assert judge(fall, {2020: 200.0, 2023: 178.0}).verdict is Verdict.ON_COURSE
    assert judge(fall, {2020: 200.0, 2023: 180.0}).verdict is Verdict.OFF_COURSE
    assert judge(fall, {2020: 200.0, 2025: 164.0}).verdict is Verdict.MET
    assert judge(fall, {2020: 200.0, 2025: 165.0}).verdict is Verdict.NOT_MET
    assert judge(fall, {2023: 178.0}).reasons == (Reason.BASE_YEAR,)
    assert judge_result(fall, 12.0) is Verdict.NOT_MET


def test_multiples_start_at_one() -> None:
    six = aim(6, comparator="gt", unit="times", base=2020, year=2035, start=2020)
    found = judge(six, {2020: 500.0, 2023: 1000.0})
    assert (found.achieved, found.verdict) == (2.0, Verdict.ON_COURSE)
    assert found.expected == pytest.approx(2.0)


def test_caps() -> None:
    cap = aim(480, "cap", "le", unit="Mtce", year=2035)
    assert judge(cap, {2023: 400.0}).verdict is Verdict.ON_COURSE
    assert judge(cap, {2023: 500.0}).verdict is Verdict.OFF_COURSE
    assert judge(cap, {2035: 480.0}).verdict is Verdict.MET
    assert judge(cap, {2019: 341.0}).reasons == (Reason.DATA_END,)


def test_a_share_that_is_to_fall() -> None:
    down = aim(31, "fall_to", "eq", unit="%", year=2025, start=2021)
    assert judge(down, {2021: 39.0, 2023: 35.0}).verdict is Verdict.ON_COURSE
    assert judge(down, {2021: 39.0, 2023: 36.0}).verdict is Verdict.OFF_COURSE


def test_no_verdict_without_data_or_start() -> None:
    assert judge(aim(74), {}).reasons == (Reason.NO_SERIES,)
    assert judge(aim(74), {2021: 20.0}).reasons == (Reason.DATA_END,)
    assert judge(aim(74), {2024: 40.0}).reasons == (Reason.BASE_YEAR,)  # nothing observed where the line starts
    assert judge(aim(2030, "peak", "le", unit="year"), {2024: 1.0}).verdict is Verdict.UNJUDGED
    assert judge(aim(74, year=2023), {2031: 90.0}).reasons == (Reason.DATA_END,)


def test_a_scenario_reaches_a_target_or_not() -> None:
    assert judge_projection(aim(74), 74.0) is Verdict.ON_COURSE
    assert judge_projection(aim(74), 73.9) is Verdict.OFF_COURSE
    assert judge_projection(aim(74, comparator="gt"), 74.0) is Verdict.OFF_COURSE
    assert judge_projection(aim(480, "cap", "le", unit="Mtce", year=2035), 481.0) is Verdict.OFF_COURSE
