"""What-ifs: read from sentences in both languages, refused where they contradict, and doing what they say."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import BadRequest
from tools.declare import Context
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.names import CCUS, at
from tools.roadmap.overrides import Override
from tools.roadmap.read_overrides import read_overrides
from tools.roadmap.tool import roadmap
from tools.roadmap.vary import vary

SENTENCES = {
    "若浙江2035年非化石占比提高到45%，排放会低多少": ("nonfossil_energy", 45, 2035),
    "non-fossil power 60 % in 2035": ("nonfossil_power", 60, 2035),
    "若广东2040年非化石电力占比达到百分之七十": ("nonfossil_power", 70, 2040),
    "If the non-fossil share of energy reaches 55 percent by 2045": ("nonfossil_energy", 55, 2045),
    "What if Guangdong had no CCUS?": ("no_ccus", None, None),
    "去掉CCUS会怎样": ("no_ccus", None, None),
    "without carbon capture": ("no_ccus", None, None),
    "如果不用碳捕集，2060年还能净零吗": ("no_ccus", None, None),
    "经济增速低1个百分点会怎样": ("growth", -1, None),
    "if growth is 1.5 points lower": ("growth", -1.5, None),
    "GDP增速高0.5个百分点": ("growth", 0.5, None),
    "措施推迟3年": ("lag", 3, None),
    "all measures 5 years later": ("lag", 5, None),
    "如果没有碳移除": ("no_removals", None, None),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_read(sentence: str) -> None:
    kind, value, year = SENTENCES[sentence]
    (found,) = read_overrides(sentence)
    assert (found.kind, found.value, found.year) == (kind, value, year)


def test_several_changes_in_one_sentence() -> None:
    found = read_overrides("不用CCUS，同时经济增速低1个百分点")
    assert {o.kind for o in found} == {"no_ccus", "growth"}
    assert read_overrides("广东2060年碳中和路线图") == ()


@pytest.mark.parametrize("text", ["2035年非化石占比120%", "growth 9 points lower", "make it nicer"])
def test_a_change_out_of_range_or_unreadable_is_refused(context: Context, text: str) -> None:
    with pytest.raises(BadRequest) as caught:
        roadmap.call({"place": "浙江", "overrides": text}, context)
    assert caught.value.message.zh and caught.value.message.en


def test_contradictions_and_years_out_of_range_are_refused(context: Context, china: Engine) -> None:
    twice = (
        Override(kind="nonfossil_power", value=60, year=2035),
        Override(kind="nonfossil_energy", value=40, year=2035),
    )
    with pytest.raises(BadRequest, match="given twice"):
        vary(china, "dual_carbon", 0, twice)
    with pytest.raises(BadRequest):
        roadmap.call({"place": "China", "overrides": [{"kind": "nonfossil_power", "value": 60, "year": 2024}]}, context)
    with pytest.raises(BadRequest, match="can be set from"):
        vary(china, "dual_carbon", 0, (Override(kind="nonfossil_energy", value=99, year=2035),))


@pytest.mark.parametrize("kind", ["nonfossil_energy", "nonfossil_power"])
@pytest.mark.parametrize("share", [45.0, 55.0])
def test_the_share_asked_for_is_met_in_its_year(provinces: Engine, kind: str, share: float) -> None:
    region = provinces.model.economy.regions.index("ZJ")
    asked = Override.model_validate({"kind": kind, "value": share, "year": 2035})
    varied = vary(provinces, "dual_carbon", region, (asked,))
    energy = energy_of(varied.path, provinces.energy)
    values = energy.nonfossil_power if kind == "nonfossil_power" else energy.nonfossil_primary
    assert 100 * values[at(2035), region] == pytest.approx(share, abs=0.05)
    base = energy_of(provinces.path("dual_carbon"), provinces.energy)
    own = base.nonfossil_power if kind == "nonfossil_power" else base.nonfossil_primary
    assert (varied.exceeded is not None) == (100 * own[at(2035), region] > share)
    cleaner = 100 * own[at(2035), region] < share
    change = varied.path.gross[at(2035), region] - provinces.path("dual_carbon").gross[at(2035), region]
    assert (change < 0) == cleaner
    common = at(2025) + 1
    assert np.allclose(varied.path.gross[:common], provinces.path("dual_carbon").gross[:common])


def test_changes_work_on_the_place_alone_and_in_the_right_direction(provinces: Engine) -> None:
    region, other = (provinces.model.economy.regions.index(c) for c in ("SD", "GD"))
    base = provinces.path("dual_carbon")
    for override, raises in (
        (Override(kind="no_ccus"), True),
        (Override(kind="lag", value=4), True),
        (Override(kind="growth", value=-1), False),
    ):
        path = vary(provinces, "dual_carbon", region, (override,)).path
        change = path.gross[:, region] - base.gross[:, region]
        assert (change[at(2040)] > 0) == raises
        assert abs(path.gross[at(2040), other] / base.gross[at(2040), other] - 1) < 0.02
    assert vary(provinces, "dual_carbon", region, (Override(kind="no_ccus"),)).path.deployment[CCUS, region].max() == 0
    bare = vary(provinces, "dual_carbon", region, (Override(kind="no_removals"),)).path
    assert bare.engineered[:, region].max() == 0
    assert np.allclose(bare.gross, base.gross)


def test_a_place_changed_alone_draws_no_more_of_the_nations_removals(provinces: Engine) -> None:
    region = provinces.model.economy.regions.index("GD")
    base = provinces.path("dual_carbon")
    path = vary(provinces, "dual_carbon", region, (Override(kind="no_ccus"),)).path
    assert path.gross[at(2060), region] > base.gross[at(2060), region] + 10
    assert np.array_equal(path.engineered, base.engineered)
    more = (path.net - base.net)[at(2060), region]
    assert more == pytest.approx((path.gross - base.gross)[at(2060), region])


def test_growth_moves_only_the_named_years(provinces: Engine) -> None:
    region = provinces.model.economy.regions.index("SD")
    model = vary(provinces, "dual_carbon", region, (Override(kind="growth", value=-1),)).model
    before, after = provinces.model.drivers.gdp[region], model.drivers.gdp[region]
    assert np.array_equal(before[: at(2025) + 1], after[: at(2025) + 1])
    rates = (before[1:] / before[:-1] - after[1:] / after[:-1])[at(2025) :]
    assert np.allclose(rates, 0.01)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("外来电少10%", "imported power"),
        ("如果外来电比例提高到50%", "imported power"),
        ("imported power falls by 10 %", "imported power"),
        ("增速低1个百分点，外来电少一成", "imported power"),  # never a part of what was asked
        ("煤电装机减半", "single source of power"),
        ("a carbon price of 200 yuan", "carbon price"),
        ("森林碳汇翻番", "land sink"),
    ],
)
def test_a_lever_the_model_has_not_is_refused_with_the_nearest(context: Context, asked: str, named: str) -> None:
    with pytest.raises(BadRequest, match=named) as caught:
        roadmap.call({"place": "广东", "overrides": asked}, context)
    assert caught.value.code == "not_modelled" and "可改" in caught.value.message.zh


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ("增速高8个百分点", "override_out_of_range"),
        ("推迟30年", "override_out_of_range"),
        ("2035年非化石占比提高到99%", "share_out_of_reach"),
        ([{"kind": "nonfossil_energy", "value": 120}], "override_out_of_range"),
        ([{"kind": "nonfossil_power", "value": 60, "year": 2020}], "override_year"),
        ([{"kind": "growth", "value": 1}, {"kind": "growth", "value": -1}], "contradictory_overrides"),
        (
            [{"kind": "nonfossil_energy", "value": 40}, {"kind": "nonfossil_power", "value": 60}],
            "contradictory_overrides",
        ),
    ],
)
def test_what_cannot_be_set_is_refused_never_clipped(context: Context, overrides: object, code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        roadmap.call({"place": "广东", "overrides": overrides}, context)
    assert caught.value.code == code


def test_wind_that_raises_a_share_is_the_share() -> None:
    (found,) = read_overrides("if wind and solar take the non-fossil share to 45 % in 2035")
    assert found.kind == "nonfossil_energy" and found.value == 45 and found.in_year == 2035


@pytest.mark.parametrize(
    ("change", "years"),
    [("不用CCUS", (2060,)), ("不用CCUS", (2035,)), ("不用CCUS", (2040, 2050)), ("如果没有碳移除", (2060,))],
)
def test_every_year_told_has_gross_and_net(context: Context, change: str, years: tuple[int, ...]) -> None:
    """Whoever asks for net emissions is not answered by gross ones alone, least of all where only removals change."""
    result = roadmap.call({"place": "广东", "overrides": change, "years": years}, context)
    for said, year in zip(result.lead, years, strict=False):
        facts = [result.facts[i] for i in said.facts]
        net = {
            f.scenario: f.value
            for f in facts
            if f.account == "net" and f.year == year and "difference" not in f.label.en
        }
        gross = {
            f.scenario: f.value
            for f in facts
            if f.account == "gross" and f.year == year and "difference" not in f.label.en
        }
        assert len(net) == 2 and len(gross) == 2
        assert net["dual_carbon+what_if"] > net["dual_carbon"]
        assert "净排放由" in said.text.zh and "net emissions, less removals, are" in said.text.en
