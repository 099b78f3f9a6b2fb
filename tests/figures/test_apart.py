"""Gaps told beside a ranking, and a province's own power beside what it takes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tools.declare import Context
from tools.result import Result


def test_the_gap_is_the_difference_of_the_two_figures_and_the_multiple_their_quotient(
    ask: Callable[..., Result], context: Context
) -> None:
    asked = {
        "measure": "co2_per_head",
        "places": ("Shandong",),
        "years": (2019,),
        "operation": "position",
        "order": "asc",
        "to_first": True,
    }
    facts = ask(**asked).facts
    heads = [f for f in facts if f.unit == "t CO2/person"]
    here = next(f for f in heads if f.region == "Shandong")
    best = next(f for f in heads if f.region not in ("Shandong", None))
    gap = next(f for f in heads if f.region is None)
    times = next(f for f in facts if f.unit == "times")
    assert gap.value == pytest.approx(here.value - best.value) and times.value == pytest.approx(here.value / best.value)
    assert best.value == min(f.value for f in heads if f.region is not None)


def test_the_first_itself_is_laid_beside_the_second(ask: Callable[..., Result], context: Context) -> None:
    asked = {"places": ("Shandong",), "years": (2019,), "operation": "position", "to_first": True}
    result = ask(**asked)
    assert any("其次是河北" in s.text.zh for s in result.lead) and any(
        "next is Hebei" in s.text.en.replace("Next", "next") for s in result.lead
    )


def test_the_ends_of_a_ranking_are_laid_beside_each_other(ask: Callable[..., Result], context: Context) -> None:
    asked = {"measure": "gdp_per_head", "years": (2019,), "operation": "rank", "to_first": True}
    facts = ask(**asked).facts
    levels = [f.value for f in facts if f.unit == "yuan/person" and f.region is not None]
    gap = next(f for f in facts if f.unit == "yuan/person" and f.region is None)
    assert gap.value == pytest.approx(max(levels) - min(levels))


def test_own_power_and_use_stand_beside_the_power_taken_in(ask: Callable[..., Result], context: Context) -> None:
    asked = {"measure": "power_import", "places": ("Beijing",), "years": (2019,), "operation": "rank", "over": "parts"}
    facts = ask(**asked).facts
    made = next(f for f in facts if f.source == "power_generation")
    used = next(f for f in facts if f.source == "power_consumption")
    sql = "SELECT SUM(twh) FROM power_generation WHERE region='BJ' AND year=2019 AND scope='above_scale'"
    assert made.value == pytest.approx(context.warehouse.rows(sql)[0][0])
    assert used.value == pytest.approx(
        context.warehouse.rows("SELECT twh FROM power_consumption WHERE region='BJ' AND year=2019")[0][0]
    )


def test_several_changes_are_told_with_their_percentages(ask: Callable[..., Result], context: Context) -> None:
    asked = {"places": ("Shandong", "Hebei"), "from_year": 2010, "to_year": 2019, "operation": "change"}
    facts = ask(**asked).facts
    for region in ("Shandong", "Hebei"):
        level = {y: context.warehouse.rows(f"SELECT SUM(mt) FROM co2 WHERE region='{c}' AND year={y}")[0][0]
                 for c in ("SD" if region == "Shandong" else "HE",) for y in (2010, 2019)}  # fmt: skip
        rate = next(f.value for f in facts if f.region == region and f.unit == "%")
        assert rate == pytest.approx(100 * (level[2019] / level[2010] - 1))
