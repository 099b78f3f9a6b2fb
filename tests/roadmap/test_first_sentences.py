"""What stands first where a difference, the order of peaks, a window, storage or a budget without a limit is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from data.warehouse import Warehouse
from tools.declare import Context
from tools.result import Result
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.compare import compare
from tools.roadmap.engine import Engine
from tools.roadmap.ranking import roadmap_ranking

T2026, T2035, LATE = 9, 18, 44


def first(result: Result, sentence: int = 0) -> list[float]:
    return [result.facts[i].value for i in result.lead[sentence].facts]


def test_a_difference_stands_first_with_its_direction(context: Context, provinces: Engine) -> None:
    result = compare.call({"places": ["广东", "江苏"], "years": [2035], "leads": "difference"}, context)
    path = provinces.path("dual_carbon")
    gd, js = (path.gross[T2035, path.regions.index(c)] for c in ("GD", "JS"))
    assert first(result) == pytest.approx([gd - js])
    assert ("少" in result.lead[0].text.zh) == (gd < js) and ("less" in result.lead[0].text.en) == (gd < js)


def test_the_earlier_peak_stands_first_and_a_tie_is_one(context: Context, provinces: Engine) -> None:
    gross = provinces.path("dual_carbon").gross
    regions = provinces.path("dual_carbon").regions
    result = compare.call({"places": ["广东", "山东"], "leads": "peak"}, context)
    years = {c: 2017 + int(gross[:, regions.index(c)].argmax()) for c in ("GD", "SD", "JS", "ZJ")}
    assert first(result) == sorted({years["GD"], years["SD"]})
    if years["JS"] == years["ZJ"]:
        tied = compare.call({"places": ["江苏", "浙江"], "leads": "peak"}, context)
        assert first(tied) == [years["JS"]] and "没有先后" in tied.lead[0].text.zh


def test_a_peak_goal_tells_the_windows_of_the_scenarios(context: Context, provinces: Engine) -> None:
    result = backcast.call({"place": "广东", "goal": "peak", "year": 2030}, context)
    assert result.lead[0].text.zh.startswith("结论")
    wanted = []
    for scenario in ("dual_carbon", "current_policies"):
        path = provinces.path(scenario)
        r = path.regions.index("GD")
        peaks = provinces.band(scenario).peaks((r,))
        low, high = np.percentile(peaks, (5, 95), method="nearest")
        central = 2017 + int(path.gross[:, r].argmax())
        wanted += [min(low, central), max(high, central)]
    assert first(result, 1) == wanted


def test_a_budget_without_a_limit_is_no_allowance(context: Context, provinces: Engine) -> None:
    result = backcast.call({"place": "广东", "goal": "budget"}, context)
    sums = [
        provinces.path(s).net[T2026:LATE, provinces.path(s).regions.index("GD")].sum()
        for s in ("dual_carbon", "accelerated", "current_policies")
    ]
    assert first(result) == pytest.approx(sums) and "没有官方数" in result.lead[0].text.zh


@pytest.mark.parametrize(("place", "code"), [("广东", "GD"), ("山西", "SX")])
def test_storage_is_held_against_what_must_be_stored(
    context: Context, provinces: Engine, warehouse: Warehouse, place: str, code: str
) -> None:
    result = roadmap_ranking.call({"indicator": "storage_gap", "position_of": place}, context)
    path = provinces.path("dual_carbon")
    need = (path.captured + path.engineered)[T2026:LATE, path.regions.index(code)].sum()
    room = warehouse.rows("SELECT sum(mt) FROM storage WHERE region = ?", (code,))[0][0]
    assert first(result)[:2] == pytest.approx([need, room])
    assert result.lead[0].text.zh.startswith("不够" if need > room else "够")
    assert ("外运" in result.lead[0].text.zh) == (need > room)
