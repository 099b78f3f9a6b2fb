"""Conditions of a question reach the tool, all of them, whatever tool answers; what is not held is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.errors import BadRequest
from data.warehouse import Warehouse
from tools.declare import Context
from tools.registry import get_tool

Changes = list[dict[str, Any]]
NO_CCUS: dict[str, Any] = {"kind": "no_ccus"}
NO_CDR: dict[str, Any] = {"kind": "no_removals"}


def growth(points: float) -> dict[str, Any]:
    return {"kind": "growth", "value": points}


def level(percent: float) -> dict[str, Any]:
    return {"kind": "growth_level", "value": percent}


def lag(years: float, lever: str | None = None) -> dict[str, Any]:
    return {"kind": "lag", "value": years} | ({"lever": lever} if lever else {})


def scale(percent: float, lever: str) -> dict[str, Any]:
    return {"kind": "scale", "value": percent, "lever": lever}


ASKED: tuple[tuple[str, dict[str, Any], Changes], ...] = (
    ("江西w/o CCUS，2060年还能净零吗", {"place": "Jiangxi", "target_year": 2060}, [NO_CCUS]),
    ("Can Anhui still be net zero in 2060 w/o carbon capture?", {"place": "Anhui", "target_year": 2060}, [NO_CCUS]),
    ("CCUS搞不成的话，重庆2060年净排放剩多少", {"place": "Chongqing", "year": 2060}, [NO_CCUS]),
    ("If CCS never works, what is left of Shaanxi's emissions in 2060?", {"place": "Shaanxi", "year": 2060}, [NO_CCUS]),
    ("扣除碳捕集和工程移除，新疆2060年还排多少", {"place": "Xinjiang", "year": 2060}, [NO_CCUS, NO_CDR]),
    ("云南不上CCUS也不上负排放技术，2050年排放", {"place": "Yunnan", "year": 2050}, [NO_CCUS, NO_CDR]),
    ("no CCS and no engineered removals: Ningxia's net emissions in 2060", {"place": "Ningxia", "year": 2060}, [NO_CCUS, NO_CDR]),
    ("假如湖北没有氢能，2055年排放多少", {"place": "Hubei", "year": 2055}, [scale(0.0, "H2")]),
    ("吉林CCUS打对折，2060年净排放是多少", {"place": "Jilin", "year": 2060}, [scale(50.0, "CCUS")]),
    ("What if only half of the CCUS is built in Shanxi - emissions 2060", {"place": "Shanxi", "year": 2060}, [scale(50.0, "CCUS")]),
    ("甘肃CCUS推迟八年，2050年排放", {"place": "Gansu", "year": 2050}, [lag(8, "CCUS")]),
    ("Tianjin's emissions in 2045 if electrification is five years late", {"place": "Tianjin", "year": 2045}, [lag(5, "ELEC")]),
    ("黑龙江措施提前三年，2035年排放多少", {"place": "Heilongjiang", "year": 2035}, [lag(-3)]),
    ("增速慢半个点，广西2040年排放多少", {"place": "Guangxi", "year": 2040}, [growth(-0.5)]),
    ("Guizhou with growth one point higher, emissions in 2040", {"place": "Guizhou", "year": 2040}, [growth(1)]),
    ("Inner Mongolia's emissions in 2035, growth 1pp lower", {"place": "Inner Mongolia", "year": 2035}, [growth(-1)]),
    ("青海GDP每年增长5%，2035年排放", {"place": "Qinghai", "year": 2035}, [level(5)]),
    ("If China's economy grows 3.5 % a year, emissions in 2050?", {"place": "China", "year": 2050}, [level(3.5)]),
    ("辽宁GDP增速降到2%，2040年净排放多少", {"place": "Liaoning", "year": 2040}, [level(2)]),
    ("上海零增长的话2035年排放多少", {"place": "Shanghai", "year": 2035}, [level(0)]),
    ("增速低1个点，福建什么时候达峰", {"place": "Fujian", "asks": "peak"}, [growth(-1)]),
    ("When does Henan peak if all measures come four years later?", {"place": "Henan", "asks": "peak"}, [lag(4)]),
    ("不用CCUS，海南哪年能净零", {"place": "Hainan", "asks": "peak"}, [NO_CCUS]),
    ("湖南2055年碳中和，增速高1个百分点行不行", {"place": "Hunan", "target_year": 2055}, [growth(1)]),
    ("Beijing neutral by 2050 with hydrogen ten years late?", {"place": "Beijing", "target_year": 2050}, [lag(10, "H2")]),
    ("四川2035年非化石发电占比80%且增速低0.5个点，2035年排放", {"place": "Sichuan"},
     [{"kind": "nonfossil_power", "value": 80.0, "year": 2035}, growth(-0.5)]),
    ("CCUS减半、氢能推迟5年、增速高0.5个百分点，山东2060年净排放", {"place": "Shandong", "year": 2060},
     [scale(50.0, "CCUS"), lag(5, "H2"), growth(0.5)]),
    ("growth 1 point higher, no removals and CCUS halved: Hebei's net emissions in 2060", {"place": "Hebei", "year": 2060},
     [growth(1), NO_CDR, scale(50.0, "CCUS")]),
    ("江苏2060年净排放，假设增速低一个点并且不搞CCUS", {"place": "Jiangsu", "year": 2060}, [growth(-1), NO_CCUS]),
)  # fmt: skip


def _floats(changes: Changes) -> list[str]:
    return sorted(str(sorted((k, float(v) if k == "value" else v) for k, v in c.items())) for c in changes)


@pytest.mark.parametrize(("question", "wanted", "changes"), ASKED, ids=[q for q, _, _ in ASKED])
def test_every_condition_reaches_the_roadmap(question: str, wanted: dict[str, Any], changes: Changes) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "roadmap"
    assert {k: call.args.get(k) for k in wanted} == wanted
    assert _floats(call.args["overrides"]) == _floats(changes)


GOALS: tuple[tuple[str, dict[str, Any], Changes], ...] = (
    ("若增速低1个点，浙江2035年净排放能控制在2亿吨以内吗", {"goal": "cap", "year": 2035, "amount": 200.0}, [growth(-1)]),
    ("GDP每年增长4%的话，安徽2029年前达峰可行吗", {"goal": "peak", "year": 2029}, [level(4)]),
    ("Can Jiangsu keep emissions below 500 Mt in 2040 if hydrogen is five years late?", {"goal": "cap", "year": 2040}, [lag(5, "H2")]),
    ("如果增速高0.5个点，河北2035年排放比2020年下降30%能做到吗", {"goal": "cap", "percent": 30.0, "base_year": 2020}, [growth(0.5)]),
    ("碳预算60亿吨，增速低1个点，湖北可行吗", {"goal": "budget", "amount": 6000.0}, [growth(-1)]),
)  # fmt: skip


@pytest.mark.parametrize(("question", "wanted", "changes"), GOALS, ids=[q for q, _, _ in GOALS])
def test_a_goal_keeps_its_conditions(question: str, wanted: dict[str, Any], changes: Changes) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "backcast"
    assert {k: call.args.get(k) for k in wanted} == wanted
    assert _floats(call.args["overrides"]) == _floats(changes)


SAID: tuple[tuple[str, str], ...] = (
    ("如果房价下跌，海南2040年排放多少", "unread_condition unknown_override not_modelled"),
    ("若发生旱灾，云南2035年排放会怎样", "unread_condition unknown_override"),
    ("福建核电翻倍，2060年排放多少", "not_modelled"),
    ("Sichuan's emissions in 2035 without new hydropower", "not_modelled"),
    ("若广东人口减少5%，2040年排放", "not_modelled"),
    ("江苏外来电减少一成，2035年排放", "not_modelled"),
    ("湖南能耗强度下降20%的话2035年排放多少", "not_modelled"),
    ("如果增速更高，陕西2040年排放多少", "no_amount"),
    ("If electrification is slower, what does Hubei emit in 2050?", "no_amount"),
    ("山东电气化率提高到70%，2040年排放多少", "not_modelled"),
    ("辽宁煤电占比降到30%会怎样", "not_modelled"),
    ("若河南增速低1个点，余热发电提高15%，2040年排放多少", "unread_condition"),
)  # fmt: skip


@pytest.fixture(scope="module")
def reach(warehouse: Warehouse) -> Context:
    return Context(warehouse, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("question", "codes"), SAID)
def test_the_unchanged_scenario_never_answers_for_a_changed_one(question: str, codes: str, reach: Context) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "roadmap"
    with pytest.raises(BadRequest) as caught:
        get_tool(call.tool).call(call.args, reach)
    assert caught.value.code in codes.split()
    assert "未改变的情景" in caught.value.message.zh or "能改的有" in caught.value.message.zh


@pytest.mark.parametrize(
    ("question", "tool", "words"),
    [
        ("不用CCUS时哪个省2060年净排放最高", "roadmap_ranking", "不采用碳捕集"),
        ("如果增速低1个点，山东2060年哪些行业还在排", "roadmap", "不分行业"),
        ("不用CCUS，河北钢铁2050年排放", "roadmap", "不分行业"),
        ("若措施推迟5年，四川2035年装机多少", "roadmap", "没有成本和电力"),
        ("河北钢铁减产30%，2040年能少排多少", "shock", "2017年投入产出表"),
        ("山东电炉钢占比升到25%，2035年少排多少", "milestones", "电炉炼钢"),
        ("raise the EAF share to 35 % in Jiangsu: how much less is emitted", "milestones", "电炉炼钢"),
    ],
)  # fmt: skip
def test_what_an_answer_leaves_out_is_said_first(question: str, tool: str, words: str) -> None:
    decided = plan(question, Before())
    assert decided.calls[0].tool == tool
    assert words in decided.notes[0].zh and decided.notes[0].en


SHOCKS: tuple[tuple[str, float], ...] = (
    ("福建水泥产量提高10%会怎样", 10), ("若广东出口增加6%", 6), ("若陕西煤炭产量上调8%会怎样", 8), ("若浙江纺织产量降到80%会怎样", -20),
    ("如果江苏化工产量压减到原来的七成", -30), ("If Liaoning's steel output is cut to 60 % of today, what happens?", -40),
    ("What if Hunan's construction investment rises by 5 %?", 5), ("河南有色减产15%会怎样", -15), ("若安徽钢铁产量扩大12%", 12),
    ("若山西焦化产量下降两成会怎样", -20),
)  # fmt: skip


@pytest.mark.parametrize(("question", "change"), SHOCKS)
def test_a_shock_has_the_direction_that_was_said(question: str, change: float) -> None:
    (call,) = plan(question, Before()).calls
    assert call.tool == "shock" and call.args["change"] == change


@pytest.mark.parametrize(
    "question",
    [
        "河北钢铁电炉比重提高到20%能减多少", "江苏水泥替代燃料比例升到15%，2035年排放", "山东可再生供热占比达到30%会怎样",
        "the share of gas in Hebei's industry rises to 20 %: effect on emissions", "广东短流程钢份额提高到四成会怎样",
    ],
)  # fmt: skip
def test_a_share_set_to_a_level_is_no_output_shock(question: str) -> None:
    assert all(c.tool != "shock" for c in plan(question, Before()).calls)


REFUSED: tuple[tuple[str, str], ...] = (
    ("鞍钢2019年碳排放多少", "鞍钢"), ("中国建材的碳中和目标", "中国建材"), ("CNOOC's carbon footprint", "CNOOC"),
    ("How much CO2 did Tesla emit in 2019?", "Tesla"), ("华诺新能源科技有限公司去年排放多少", "企业"), ("比亚迪2018年排了多少", "比亚迪"),
    ("浙江龙盛集团股份有限公司的碳排放", "集团"), ("大唐集团煤电排放", "大唐集团"), ("陕煤2017年排放", "陕煤"),
    ("山西关停煤矿会减少多少岗位", "岗位"), ("河北去产能导致多少工人下岗", "下岗"), ("unemployment in Shanxi's coal towns", "unemployment"),
    ("How many jobs does steel provide in Hebei?", "jobs"), ("今天碳市场收盘价多少", "行情"), ("隆基股价会涨吗", "行情"),
    ("closing price of the national carbon market", "market"), ("我一年排放多少碳", "个人"), ("my personal carbon footprint", "individuals"),
    ("one tourist's emissions in Yunnan", "individuals"), ("黑龙江稻田甲烷排放", "甲烷"), ("青岛2018年GDP", "城市"),
)  # fmt: skip


@pytest.mark.parametrize(("question", "word"), REFUSED)
def test_what_is_not_held_is_refused_by_name_with_the_nearest(question: str, word: str) -> None:
    decided = plan(question, Before())
    assert not decided.calls and decided.status == "refused" and decided.reason is not None
    first = decided.reason.zh + decided.reason.en
    assert word in first


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("日本钢铁排放", None), ("2017年能源消费中石油占比是多少", "figures"), ("河北钢铁企业2017年排放", "figures"),
        ("广东人均碳排放2019年", "figures"), ("北京东部哪些行业排放多", None), ("其中石化行业排放多少", None),
    ],
)  # fmt: skip
def test_no_company_is_seen_where_none_is(question: str, tool: str | None) -> None:
    decided = plan(question, Before())
    assert decided.reason is None or "企业" not in decided.reason.zh[:8]
    assert tool is None or decided.calls[0].tool == tool


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("碳路通过ISO认证了吗", "没有对自己作过"), ("你们这个平台达标没有", "没有对自己作过"),
        ("Is Tanlu certified to any standard?", "没有对自己作过"),
        ("碳路的自评结果", "没有对自己作过"), ("你的数字是官方数据吗", "不全是官方数据"),
        ("Are your figures official?", "不全是官方数据"), ("你是哪个大模型", "内置规划器"), ("which model are you running on", "内置规划器"),
    ],
)  # fmt: skip
def test_the_product_answers_for_itself_in_its_first_sentence(question: str, said: str) -> None:
    decided = plan(question, Before())
    first = decided.notes[0] if decided.notes else decided.reply
    assert first is not None and said in first.zh


def test_the_asker_platform_still_gets_its_checklist() -> None:
    assert plan("我们的平台具备4.2、4.4，缺5.1.1，符合ISC双碳平台标准吗", Before()).calls[0].tool == "isc_checklist"
