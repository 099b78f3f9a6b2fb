"""What the changes do to the model, and goals under them: verdicts of the backcast on the changed engine."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import BadRequest
from tools.declare import Context
from tools.result import Result
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.changed import changed, combines
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.model import Path
from tools.roadmap.names import CCUS, H2, LEVER_KEYS, RENEW, at
from tools.roadmap.overrides import Override
from tools.roadmap.tool import roadmap
from tools.roadmap.vary import vary

LOWER = Override(kind="growth", value=-1)
HALF = Override(kind="scale", lever="CCUS", value=50)


def region(engine: Engine, code: str) -> int:
    return engine.model.economy.regions.index(code)


def test_growth_set_to_a_level_is_that_level_in_its_years_only(provinces: Engine) -> None:
    here = region(provinces, "SC")
    before = provinces.model.drivers.gdp[here]
    asked = Override(kind="growth_level", value=4, year=2035)
    after = vary(provinces, "dual_carbon", here, (asked,)).model.drivers.gdp[here]
    rates = after[1:] / after[:-1]
    assert np.allclose(rates[at(2025) : at(2035)], 1.04)
    assert np.allclose(rates[at(2035) :], (before[1:] / before[:-1])[at(2035) :])
    assert np.array_equal(before[: at(2025) + 1], after[: at(2025) + 1])


@pytest.mark.parametrize(("lever", "part"), [("CCUS", 50.0), ("H2", 0.0), ("ELEC", 70.0), ("EFF", 0.0)])
def test_a_measure_in_part_is_that_part_of_what_is_added_after_2025(provinces: Engine, lever: str, part: float) -> None:
    here, k = region(provinces, "SD"), LEVER_KEYS.index(lever)
    base = provinces.path("dual_carbon").deployment[:, here]
    asked = Override.model_validate({"kind": "scale", "lever": lever, "value": part})
    path = vary(provinces, "dual_carbon", here, (asked,)).path.deployment[:, here]
    now = base[k, at(2025)]
    assert np.allclose(path[k, at(2026) :], now + part / 100 * (base[k, at(2026) :] - now))
    others = [i for i in range(len(LEVER_KEYS)) if i != k]
    assert np.array_equal(path[others], base[others])


def test_no_measure_goes_beyond_what_it_can_do(provinces: Engine) -> None:
    with pytest.raises(BadRequest) as caught:
        vary(provinces, "dual_carbon", region(provinces, "SD"), (Override(kind="scale", lever="RENEW", value=150),))
    assert caught.value.code == "scale_out_of_reach"


def test_one_measure_later_moves_it_alone_and_fewer_removals_are_fewer(provinces: Engine) -> None:
    here, base = region(provinces, "HE"), provinces.path("dual_carbon")
    late = vary(provinces, "dual_carbon", here, (Override(kind="lag", lever="H2", value=5),)).path
    assert late.deployment[H2, here, at(2050)] < base.deployment[H2, here, at(2050)]
    assert np.array_equal(np.delete(late.deployment, H2, axis=0), np.delete(base.deployment, H2, axis=0))
    fewer = vary(provinces, "dual_carbon", here, (Override(kind="removals", value=40),)).path
    assert np.allclose(fewer.engineered[:, here], 0.4 * base.engineered[:, here])
    assert np.allclose(fewer.gross[:, here], base.gross[:, here])


def test_points_of_a_share_are_added_to_the_scenarios_own(provinces: Engine) -> None:
    here = region(provinces, "GD")
    own = 100 * float(_power_share(provinces, provinces.path("dual_carbon"), here))
    asked = Override(kind="nonfossil_power", value=5, year=2035, points=True)
    path = vary(provinces, "dual_carbon", here, (asked,)).path
    assert 100 * float(_power_share(provinces, path, here)) == pytest.approx(own + 5, abs=0.05)


def _power_share(engine: Engine, path: Path, here: int) -> float:
    return float(energy_of(path, engine.energy).nonfossil_power[at(2035), here])


def test_a_backcast_under_changes_leaves_what_they_set(provinces: Engine) -> None:
    here = region(provinces, "GD")
    overrides = (LOWER, HALF)
    found = changed(provinces, here, overrides).backcast(2055, here)
    held = vary(provinces, "dual_carbon", here, overrides).path
    assert np.allclose(found.path.deployment[CCUS, here], held.deployment[CCUS, here])
    plain = provinces.backcast(2055, here)
    assert found.path.gdp[at(2055), here] < plain.path.gdp[at(2055), here]
    assert found.path.scenario != plain.path.scenario
    again = changed(provinces, here, overrides).model.run("x", found.path.deployment)
    assert again.gross[at(2055), here] == pytest.approx(found.path.gross[at(2055), here])
    if not found.gap:
        assert found.path.net[at(2055), here] <= 0.05


def test_a_share_and_removals_hold_in_a_backcast_too(provinces: Engine) -> None:
    here = region(provinces, "ZJ")
    overrides = (Override(kind="nonfossil_power", value=60, year=2035), Override(kind="no_removals"))
    found = changed(provinces, here, overrides).backcast(2055, here)
    held = vary(provinces, "dual_carbon", here, overrides).path
    assert np.allclose(found.path.deployment[RENEW, here], held.deployment[RENEW, here])
    assert found.path.engineered[:, here].max() == 0


@pytest.mark.parametrize(("place", "code"), [("Guangdong", "GD"), ("Hebei", "HE")])
def test_net_zero_asked_under_changes_leads_with_the_verdict(
    context: Context, provinces: Engine, place: str, code: str
) -> None:
    change = ({"kind": "no_ccus"}, {"kind": "growth", "value": -0.5})
    result = roadmap.call({"place": place, "target_year": 2055, "overrides": list(change)}, context)
    here = region(provinces, code)
    overrides = tuple(Override.model_validate(c) for c in change)
    found = changed(provinces, here, overrides).backcast(2055, here)
    first = result.lead[0]
    assert first.text.zh.startswith("结论：不能" if found.gap else "结论：可以")
    assert first.text.en.startswith("Verdict: no" if found.gap else "Verdict: yes")
    assert "不采用碳捕集" in first.text.zh and "0.5" in first.text.zh and "2055" in first.text.zh
    told = [result.facts[i].value for i in first.facts]
    assert any(v == pytest.approx(float(found.path.gross[at(2055), here])) for v in told)


def test_all_measures_moved_are_not_combined_with_a_goal_and_that_is_said(context: Context) -> None:
    assert combines((LOWER, HALF)) and not combines((Override(kind="lag", value=5),))
    result = roadmap.call({"place": "江苏", "target_year": 2060, "overrides": "措施推迟5年"}, context)
    assert "没有合并计算" in result.lead[0].text.zh and "not combined" in result.lead[0].text.en
    with pytest.raises(BadRequest) as caught:
        backcast.call(
            {"place": "山东", "goal": "cap", "year": 2035, "amount": 600, "overrides": "措施推迟5年"}, context
        )
    assert caught.value.code == "goal_of_all_measures"


def test_a_cap_under_lower_growth_is_met_at_less_effort(context: Context) -> None:
    asked = {"place": "江苏", "goal": "cap", "year": 2035, "amount": 500}
    plain, lower = (backcast.call(asked | more, context) for more in ({}, {"overrides": "增速低1个百分点"}))
    assert "低1个百分点" in lower.lead[0].text.zh and "lower by 1 percentage point" in lower.lead[0].text.en
    assert "低1个百分点" in lower.title.zh

    def dual(result: Result) -> float:
        return next(
            f.value
            for f in result.facts
            if f.year == 2035 and str(f.scenario).startswith("dual_carbon") and f.account == "net"
        )

    assert dual(lower) < dual(plain)


def test_the_peak_under_a_change_leads_where_it_is_asked(context: Context, provinces: Engine) -> None:
    result = roadmap.call({"place": "江苏", "overrides": "措施推迟5年", "asks": "peak"}, context)
    here = region(provinces, "JS")
    path = vary(provinces, "dual_carbon", here, (Override(kind="lag", value=5),)).path
    years = [result.facts[i].value for i in result.lead[0].facts]
    assert 2017 + int(path.gross[:, here].argmax()) in years
