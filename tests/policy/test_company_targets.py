"""Targets for companies: absolute contraction with the base-year rule, and convergence, by hand."""

from __future__ import annotations

import pytest

from data.errors import BadRequest
from tools.benchmark.contraction import company_path, contracted, contraction, counted_years
from tools.benchmark.convergence import progress, sector_line, share_factor, target_intensity
from tools.benchmark.sda_target import sda_target
from tools.declare import Context
from tools.result import Basis


def test_base_years_after_2020_do_not_soften_the_cut() -> None:
    """42 % by 2030 whatever the base year after 2020; 63 % by 2035."""
    assert [counted_years(b, 2030) for b in (2015, 2020, 2022, 2025)] == [15, 10, 10, 10]
    assert contracted(100, 4.2, counted_years(2024, 2030)) == pytest.approx(58)
    assert contracted(100, 4.2, counted_years(2024, 2035)) == pytest.approx(37)
    assert company_path(100, 4.2, 2022, 2030, 2026) == pytest.approx(79)  # half way to 58


def test_a_companys_contraction(context: Context) -> None:
    result = contraction.call({"emissions": 120_000, "base_year": 2022, "target_year": 2030}, context)
    goal = result.facts[0]
    assert goal.value == pytest.approx(0.0696) and goal.unit == "Mt CO2e" and goal.basis is Basis.ASSUMPTION
    assert result.facts[1].basis is Basis.USER
    assert any(c.document == "sbti-cnzs-v1" for c in result.citations)
    assert any("2020" in s.text.en for s in result.lead)


@pytest.mark.parametrize(
    "arguments",
    [{"emissions": 1e5}, {"emissions": 1e5, "base_year": 2030, "target_year": 2028}, {"rate": 4.2}, {"emissions": 1e5, "base_year": 1990}],
)  # fmt: skip
def test_wrong_companies(context: Context, arguments: dict[str, float]) -> None:
    with pytest.raises(BadRequest):
        contraction.call(arguments, context)


def test_convergence_by_hand() -> None:
    """d = 1.8; the sector goes from 1.8 to 0.2, a third of the way by 2030: p = 2/3; CI = 1.8 x 2/3 + 0.2 = 1.4."""
    assert sector_line(1.8, 0.2, 2020, 2030) == pytest.approx(1.8 - 1.6 / 3)
    p = progress(1.8, 1.8 - 1.6 / 3, 0.2)
    assert p == pytest.approx(2 / 3)
    assert target_intensity(2.0, 0.2, p, 1.0) == pytest.approx(1.4)
    assert target_intensity(2.0, 0.2, 1.0, 1.0) == 2.0  # the base year
    assert target_intensity(2.0, 0.2, 0.0, 1.0) == 0.2  # 2050


def test_a_growing_market_share_tightens_and_a_falling_one_does_not_loosen() -> None:
    assert share_factor(10, 15, 100, 100) == pytest.approx(2 / 3)
    assert share_factor(10, 5, 100, 100) == 1.0
    with pytest.raises(ValueError, match="progress"):
        progress(1.0, 1.0, 1.0)


def test_the_tool_shows_its_workings(context: Context) -> None:
    result = sda_target.call(
        {"company": 2.0, "sector_base": 1.8, "sector_2050": 0.2, "activity": 1e6, "activity_growth": 50}, context
    )
    values = {f.label.en.split(" (")[0]: f.value for f in result.facts}
    assert values["market-share factor m"] == pytest.approx(2 / 3)
    assert values["target intensity CI"] == pytest.approx(1.8 * (2 / 3) * (2 / 3) + 0.2)
    assert values["target emissions in 2030"] == pytest.approx(1.8 * 4 / 9 + 0.2)  # Mt, of 1 Mt of output
    assert any("d p(t) m(t)" in m.en for m in result.method)


def test_a_province_is_an_analogue_and_said_so(context: Context) -> None:
    result = sda_target.call({"place": "浙江", "sector": "非金属矿物", "sector_2050": 500}, context)
    ((own, mean),) = context.warehouse.rows(
        """WITH e AS (SELECT region, sum(mt) AS mt FROM co2 WHERE year = 2017 AND sector_no = 27 AND region <> 'CN' GROUP BY 1),
                o AS (SELECT region, output_100m_yuan AS x FROM mrio_sector WHERE year = 2017 AND sector = 13)
           SELECT 1e5 * max(mt / x) FILTER (region = 'ZJ'), 1e5 * sum(mt) / sum(x) FROM e JOIN o USING (region)"""
    )
    values = {f.label.en.split(" (")[0]: f.value for f in result.facts}
    assert values["base intensity CI"] == pytest.approx(own, rel=1e-6)
    assert values["sector's base intensity SI"] == pytest.approx(mean, rel=1e-6)
    assert any("validates companies only" in c.en for c in result.caveats)


@pytest.mark.parametrize(
    "arguments",
    [
        {"company": 2.0},
        {"company": 2.0, "sector_base": 1.0, "sector_2050": 1.5},
        {"company": 2.0, "sector_base": 1.8, "sector_2050": 0.2, "target_year": 2019},
        {"place": "China", "sector": "钢铁", "sector_2050": 100},
    ],
)
def test_wrong_convergence(context: Context, arguments: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        sda_target.call(arguments, context)
