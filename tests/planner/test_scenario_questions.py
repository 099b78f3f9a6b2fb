"""Paraphrases of questions on scenarios: changed assumptions said without "if", sectors, goals; nothing of them is dropped."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.classification import PROVINCES
from data.errors import BadRequest
from data.warehouse import Warehouse
from tools.declare import Context
from tools.paths.shock import shock
from tools.registry import get_tool
from tools.roadmap.backcast_tool import BackcastArguments, backcast, study_of
from tools.roadmap.engine import Engine, engine
from tools.roadmap.names import CCUS, at
from tools.roadmap.scope import scope_of
from tools.roadmap.tool import roadmap


@pytest.fixture(scope="module")
def provinces(warehouse: Warehouse) -> Engine:
    return engine(warehouse, "provinces")


def _first(question: str) -> Any:
    decided = plan(question, Before())
    assert decided.calls, decided.reason
    return decided.calls[0]


CHANGED: tuple[tuple[str, list[dict[str, Any]]], ...] = (
    ("如果全国GDP增速下降0.5个百分点", [{"kind": "growth", "value": -0.5}]),
    ("若江苏经济增速下降1个百分点", [{"kind": "growth", "value": -1.0}]),
    ("浙江GDP增速高半个百分点会怎样", [{"kind": "growth", "value": 0.5}]),
    ("放慢山东经济增速1个百分点", [{"kind": "growth", "value": -1.0}]),
    ("Lower Jiangsu's GDP growth by half a point", [{"kind": "growth", "value": -0.5}]),
    ("What if China's GDP growth falls by 0.5 percentage points?", [{"kind": "growth", "value": -0.5}]),
    ("Raise Hunan's economic growth by 2 points", [{"kind": "growth", "value": 2.0}]),
    ("新疆措施推迟5年，2035年多排多少", [{"kind": "lag", "value": 5.0}]),
    ("陕西所有措施晚3年，2040年排放多少", [{"kind": "lag", "value": 3.0}]),
    ("All measures 4 years later: Gansu's emissions in 2040", [{"kind": "lag", "value": 4.0}]),
    ("非化石占比2030年30%的话，江西排放多少", [{"kind": "nonfossil_energy", "value": 30.0, "year": 2030}]),
    ("With 30% non-fossil energy in 2030, what would Jiangxi emit", [{"kind": "nonfossil_energy", "value": 30.0, "year": 2030}]),
    ("贵州2040年非化石能源占比60%，2060年排放呢", [{"kind": "nonfossil_energy", "value": 60.0, "year": 2040}]),
)  # fmt: skip


@pytest.mark.parametrize(("question", "changes"), CHANGED, ids=[q for q, _ in CHANGED])
def test_a_change_is_applied_whatever_words_bring_it(question: str, changes: list[dict[str, Any]]) -> None:
    call = _first(question)
    assert call.tool == "roadmap" and call.args["overrides"] == changes


REFUSED: tuple[tuple[str, str], ...] = (
    ("Raise Jiangsu's GDP growth by 8 points", "override_out_of_range"),
    ("海南经济增速提高8个百分点", "override_out_of_range"),
    ("若全国GDP增速为12%", "override_out_of_range"),
    ("河南2035年非化石能源占比-10%", "override_out_of_range"),
    ("山西非化石发电占比120%", "override_out_of_range"),
    ("Hebei retires coal early and non-fossil 45 %", "not_modelled"),
    ("若山东2035年非化石占比45%且煤电全部关停", "not_modelled"),
    ("What if China electrifies faster and hydrogen is banned?", "no_amount"),
)


@pytest.mark.parametrize(("question", "code"), REFUSED)
def test_what_cannot_be_applied_is_refused_with_its_reason(question: str, code: str, context: Context) -> None:
    call = _first(question)
    assert call.tool == "roadmap"
    with pytest.raises(BadRequest) as caught:
        roadmap.call(call.args, context)
    assert caught.value.code == code


def test_a_share_out_of_range_is_quoted_as_it_was_given(context: Context) -> None:
    for text, value in (("山西非化石发电占比120%", "120"), ("河南2035年非化石能源占比-10%", "-10")):
        with pytest.raises(BadRequest) as caught:
            roadmap.call(_first(text).args, context)
        assert f"收到的是{value}。" in caught.value.message.zh.replace("，收", "收")


OTHER_UNITS = (
    "若江苏出口增速下降2个百分点会怎样",
    "若河北钢铁减产1000万吨会怎样",
    "If Guangdong's construction investment falls by 50 billion yuan, what happens?",
)


@pytest.mark.parametrize("question", OTHER_UNITS)
def test_no_size_of_a_shock_is_invented_where_one_stands_in_another_unit(question: str, context: Context) -> None:
    call = _first(question)
    assert call.tool == "shock"
    with pytest.raises(BadRequest) as caught:
        shock.call(call.args, context)
    assert caught.value.code == "change_not_percent"


@pytest.mark.parametrize(
    "question", ["江苏GDP增速比上年低1个百分点是哪一年", "2015年江苏GDP增速比全国高1个百分点吗", "若钢铁减产一半会怎样"]
)
def test_growth_that_is_past_and_shocks_in_per_cent_stay_with_their_tools(question: str) -> None:
    assert _first(question).tool != "roadmap"


SCENARIO_YEARS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("河北2030年钢铁行业碳排放要降到多少", "milestones", {"place": "Hebei", "years": [2030]}),
    ("How far must Hebei's steel emissions fall by 2030?", "milestones", {"place": "Hebei", "sector": "steel", "years": [2030]}),
    ("湖北水泥行业2035年碳排放是多少", "milestones", {"place": "Hubei", "years": [2035]}),
    ("Cement emissions of Hubei in 2040", "milestones", {"place": "Hubei", "years": [2040]}),
    ("江苏2035年电力热力排放", "milestones", {"sector": "power_heat", "years": [2035]}),
    ("山东2060年剩余排放在哪些行业", "milestones", {"place": "Shandong", "years": [2060]}),
    ("Which sectors still emit in Shandong in 2060?", "milestones", {"place": "Shandong", "years": [2060]}),
    ("长三角2035年碳排放", "roadmap", {"place": "Yangtze River Delta", "year": 2035}),
    ("What will Sichuan's electricity mix be in 2035?", "roadmap", {"year": 2035, "indicator": "generation"}),
    ("四川2040年电源结构", "roadmap", {"year": 2040, "indicator": "generation"}),
    ("内蒙古2035年风光装机", "roadmap", {"year": 2035, "indicator": "capacity"}),
    ("安徽2035年外来电来源", "roadmap", {"year": 2035, "indicator": "power_import"}),
    ("天津2035年用电量", "roadmap", {"year": 2035, "indicator": "power_use"}),
    ("云南2035年非化石占一次能源比重", "roadmap", {"year": 2035, "indicator": "nonfossil_energy"}),
    ("Share of non-fossil energy in Yunnan's primary energy in 2035", "roadmap", {"indicator": "nonfossil_energy"}),
    ("广东2019→2035降幅", "roadmap", {"year": 2035, "since": 2019}),
    ("By how much will Guangdong's emissions fall from 2019 to 2035?", "roadmap", {"year": 2035, "since": 2019}),
    ("海南2030年比2025年排放", "roadmap", {"year": 2030, "since": 2025}),
)  # fmt: skip


@pytest.mark.parametrize(("question", "tool", "wanted"), SCENARIO_YEARS, ids=[q for q, _, _ in SCENARIO_YEARS])
def test_a_scenario_year_reaches_the_scenarios(question: str, tool: str, wanted: dict[str, Any]) -> None:
    call = _first(question)
    assert call.tool == tool and {k: call.args.get(k) for k in wanted} == wanted


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("广东2015年到2019年排放变化", "figures"), ("2030年全国非化石占比目标", "targets"), ("江苏2030年碳达峰目标", "targets"),
        ("天津2019年用电量", "figures"), ("内蒙古2023年风电装机", "figures"), ("河北2017年钢铁行业碳排放", "figures"),
    ],
)  # fmt: skip
def test_years_of_the_data_and_targets_stay_where_they_were(question: str, tool: str) -> None:
    assert _first(question).tool == tool


def _led(question: str, context: Context) -> Any:
    call = _first(question)
    found = get_tool(call.tool).call(call.args, context)
    return found, found.facts[found.lead[0].facts[0]]


def test_the_figure_asked_for_leads_and_is_the_models(context: Context) -> None:
    result, use = _led("天津2035年用电量", context)
    assert (use.unit, use.year, use.region) == ("TWh", 2035, "Tianjin")
    result, total = _led("安徽2035年电源结构", context)
    parts = [f.value for f in result.facts if f.label.en.startswith("Anhui generation, ") and f.year == 2035]
    assert sum(parts) == pytest.approx(total.value, rel=1e-3)
    result, fall = _led("广东2019→2035降幅", context)
    named = [result.facts[k] for k in result.lead[0].facts]
    by_year = {f.year: f.value for f in named if f.unit == "Mt CO2" and "difference" not in f.label.en}
    assert fall.value == pytest.approx(abs(100 * (1 - by_year[2035] / by_year[2019])))


def test_a_sectors_figure_of_the_year_leads_and_the_groups_left_add_up(context: Context) -> None:
    _, steel = _led("河北2030年钢铁行业碳排放要降到多少", context)
    assert steel.year == 2030 and steel.unit == "Mt CO2" and steel.sector
    result, total = _led("山东2060年剩余排放在哪些行业", context)
    named = [result.facts[i] for i in result.lead[0].facts]
    share = next(f for f in named if f.unit == "%")
    groups = sum(f.value for f in named if f.unit == "Mt CO2" and f.sector)
    assert share.value == pytest.approx(100 * groups / total.value, rel=1e-3)


GOALS: tuple[tuple[str, list[dict[str, Any]]], ...] = (
    ("江西2035上限2亿吨，不用CCUS", [{"goal": "cap", "year": 2035, "amount": 200.0, "without": ["ccus"]}]),
    ("甘肃2040净零，不用CCUS", [{"goal": "neutral", "year": 2040, "without": ["ccus"]}]),
    ("Net zero in Gansu by 2045 without carbon capture", [{"goal": "neutral", "year": 2045, "without": ["ccus"]}]),
    (
        "福建2035上限2亿吨，2050净零",
        [{"goal": "cap", "year": 2035, "amount": 200.0}, {"goal": "neutral", "year": 2050}],
    ),
    (
        "Keep Fujian below 200 Mt in 2035 and net zero by 2050",
        [{"goal": "cap", "year": 2035, "amount": 200.0}, {"goal": "neutral", "year": 2050}],
    ),
    ("江苏“十五五”累计不超过36亿吨，可行吗", [{"goal": "budget", "amount": 3600.0, "through": 2030}]),
    ("河北2026—2035年累计排放不超过80亿吨可行吗", [{"goal": "budget", "amount": 8000.0, "through": 2035}]),
    ("Keep Hebei's cumulative 2026-2060 emissions under 5 Gt", [{"goal": "budget", "amount": 5000.0, "through": None}]),
    ("广东2045年减排90%可以吗", [{"goal": "cap", "year": 2045, "percent": 90.0}]),
)


@pytest.mark.parametrize(("question", "wanted"), GOALS, ids=[q for q, _ in GOALS])
def test_every_part_of_a_combined_goal_is_kept(question: str, wanted: list[dict[str, Any]]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["backcast"] * len(wanted)
    assert [{k: c.args.get(k) for k in w} for c, w in zip(calls, wanted, strict=True)] == wanted


def test_a_goal_without_capture_uses_none_and_says_so(context: Context) -> None:
    found = backcast.call({"place": "江西", "goal": "cap", "year": 2035, "amount": 200.0, "without": ["ccus"]}, context)
    assert "不用碳捕集" in found.title.zh and "不用碳捕集" in found.lead[0].text.zh
    arguments = BackcastArguments.model_validate(
        {"place": "江西", "goal": "cap", "year": 2035, "amount": 200.0, "without": ["ccus"]}
    )
    path = study_of(arguments, scope_of(context.warehouse, arguments.place)).path
    here = [p.code for p in PROVINCES].index("JX")
    assert float(path.deployment[CCUS, here, at(2030) :].max()) == 0.0


def test_a_budget_of_five_years_is_held_against_the_scenarios_sums(context: Context, provinces: Engine) -> None:
    found = backcast.call({"place": "江苏", "goal": "budget", "amount": 3600.0, "through": 2030}, context)
    here = [p.code for p in PROVINCES].index("JS")
    path = provinces.path("dual_carbon")
    total = float(path.net[at(2026) : at(2030) + 1, here].sum())
    facts = {f.label.en: f.value for f in found.facts}
    assert facts["Jiangsu cumulative net emissions 2026-2030 (dual carbon)"] == pytest.approx(total, rel=1e-6)
    with pytest.raises(BadRequest):
        backcast.call({"place": "江苏", "goal": "budget", "amount": 3600.0, "through": 2024}, context)


@pytest.mark.parametrize(
    "question",
    ["京津冀什么时候达峰", "江苏什么时候碳达峰", "广东达峰年份", "When will Jiangsu peak?"],
)
def test_the_peak_window_leads_where_the_peak_is_asked_for(question: str, context: Context) -> None:
    call = _first(question)
    assert call.tool == "roadmap" and call.args["asks"] == "peak"
    if call.args["place"] == "Guangdong":
        found = roadmap.call(call.args, context)
        assert [found.facts[k].unit for k in found.lead[0].facts[:3]] == ["year"] * 3
        assert found.lead[0].text.zh.startswith("何时：广东达峰窗口为{0}年至{1}年")


def test_a_whole_roadmap_still_begins_with_how_much() -> None:
    assert "asks" not in _first("广东碳达峰碳中和路线图").args


@pytest.mark.parametrize(
    "question",
    [
        "四川2060年路线图应该是什么样",
        "What should Sichuan's roadmap to 2060 look like?",
        "山东怎么实现碳中和",
        "福建如何实现碳中和",
    ],
)
def test_a_roadmap_asked_for_is_the_whole_of_it(question: str) -> None:
    call = _first(question)
    assert call.tool == "roadmap" and "year" not in call.args and "detail" not in call.args


@pytest.mark.parametrize(
    "question", ["What if Guangdong's imported power share rises to 50 %?", "若广东外来电比例提高到50%"]
)
def test_more_imported_power_is_no_lever_and_todays_share_no_answer(question: str, context: Context) -> None:
    call = _first(question)
    assert call.tool == "roadmap"
    with pytest.raises(BadRequest, match="no lever"):
        roadmap.call(call.args, context)
