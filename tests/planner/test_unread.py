"""A thing or a place that nothing read is refused by its name; no default stands in for it."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from assistant.planner.reader import read
from data.classification import find_place, nearest
from data.errors import UnknownName
from tools.registry import LISTED, get_tool

THINGS = [
    ("四川2018年快递业碳排放", "快递业"),
    ("浙江旅游业的碳排放是多少", "旅游业"),
    ("Tourism emissions of Yunnan in 2018", "Tourism"),
    ("rainfall in Guangxi 2017", "rainfall"),
    ("happiness of Fujian 2019", "happiness"),
    ("Emissions from cryptocurrency mining in Sichuan 2018", "cryptocurrency"),
    ("湖南幸福指数 2018", "幸福指数"),
    ("山东2017年粗钢产量", "产量"),
    ("湖北2019年森林覆盖率", "森林覆盖率"),
    ("哪个省的失业率最高", "失业率"),
    ("河北2018年钢材价格", "钢材价格"),
    ("ammonia emissions of Henan 2015", "ammonia"),
    ("河南电动汽车碳排放 2018", "电动汽车"),
    ("coal price in Shanxi 2018", "coal price"),
]


@pytest.mark.parametrize(("question", "word"), THINGS, ids=[q for q, _ in THINGS])
def test_an_unknown_thing_is_refused_by_name(question: str, word: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "refused" and not decided.calls
    assert decided.reason is not None and word in decided.reason.to(read(question).language)


@pytest.mark.parametrize(
    "question",
    [
        "请问您能不能告诉我河南省2013年的碳排放大概有多少呀", "老板让我统计一下福建2014年的碳排放数据",
        "Could you kindly let me know roughly what Anhui's yearly emissions were in 2012?",
        "I am writing a thesis on climate; what were the emissions of Gansu in 2011?",
        "Overall CO2 output of Hunan during 2014", "Total energy-related emissions of Jilin, 2010",
        "我们处长想了解2016年度江西的碳排放总量", "贵州2012年原煤燃烧产生的碳排放", "innermongolia 2018 totl co2 emisions",
    ],
)  # fmt: skip
def test_words_beside_the_point_are_no_veto(question: str) -> None:
    calls = plan(question, Before()).calls
    assert len(calls) == 1 and calls[0].tool == "figures" and calls[0].args["measure"] == "co2"
    assert len(calls[0].args["places"]) == 1 and len(calls[0].args["years"]) == 1


@pytest.mark.parametrize(
    ("question", "name"),
    [("韩国碳排放2015", "韩国"), ("Canada's emissions per capita 2016", "Canada"), ("巴西2018年排放多少", "巴西"),
     ("Chicago CO2 2015", "Chicago"), ("How much CO2 did Nevada emit in 2016?", "Nevada"), ("EU emissions 2018", "EU")],
)  # fmt: skip
def test_places_abroad_are_outside_the_coverage(question: str, name: str) -> None:
    decided = plan(question, Before())
    assert decided.status == "refused" and not decided.calls
    assert decided.reason is not None and name in decided.reason.en


def test_a_place_abroad_beside_one_of_ours_is_said_to_be_left_out() -> None:
    decided = plan("巴黎和上海2018碳排放", Before())
    assert [c.args["places"] for c in decided.calls] == [["Shanghai"]]
    assert any("巴黎" in note.zh for note in decided.notes)
    assert not plan("Inner Mongolia CO2 in 2012", Before()).notes


@pytest.mark.parametrize(
    ("question", "word"),
    [("三亚2015年碳排放", "三亚"), ("环渤海2017年碳排放", "环渤海"), ("Lhasa CO2 2015", "Lhasa"), ("Pan Pearl River Delta emissions 2012", None)],
)  # fmt: skip
def test_unknown_places_go_to_the_tool_by_name(question: str, word: str | None) -> None:
    if word is None:
        assert not read(question).places
    else:
        assert plan(question, Before()).calls[0].args["places"] == [word]


def test_a_city_has_totals_only() -> None:
    decided = plan("武汉2012年钢铁行业碳排放", Before())
    assert decided.calls[0].args == {"measure": "city_co2", "parts": ["湖北武汉"], "years": [2012]}
    assert any("总量" in note.zh for note in decided.notes)
    assert plan("Suzhou GDP 2015", Before()).status == "refused"
    with pytest.raises(UnknownName, match=r"城市|city"):
        find_place("苏州")


def test_offers_are_near_or_none() -> None:
    assert next(t.zh for t in nearest("关东", "place")) in ("广东", "山东")
    assert nearest("旅游", "sector", least=70) == []


def test_a_follow_up_that_names_an_unknown_thing_does_not_repeat_the_figure() -> None:
    before = remember("figures", {"measure": "co2", "places": ["Hubei"], "years": [2011]})
    assert plan("失业率呢", before).status == "refused"
    assert plan("and tourism?", before).status == "refused"
    assert plan("差距有多大", before).calls


@pytest.mark.parametrize(
    "question", ["给我讲个碳排放的笑话", "Write a haiku about Shanxi's coal emissions", "写一篇山东减排的作文"]
)
def test_no_stories(question: str) -> None:
    assert plan(question, Before()).status == "refused"


def test_what_is_supposed_is_not_what_is_recorded() -> None:
    decided = plan("假设河北2018年碳排放是7亿吨，人均是多少", Before())
    assert decided.calls and any("假设" in note.zh for note in decided.notes)


def test_greenhouse_gases_are_said_to_be_carbon_dioxide_only() -> None:
    decided = plan("Greenhouse gas emissions of Hunan in 2014", Before())
    assert decided.calls and any("CO2 only" in note.en for note in decided.notes)


@pytest.mark.parametrize("name", [name for _, name in LISTED if name != "calculate"])
def test_no_example_of_a_tool_is_refused(name: str) -> None:
    """The examples the tools declare are questions people ask: none may fall to a word that nothing read."""
    for example in get_tool(name).examples:
        for question in (example.zh, example.en):
            assert plan(question, Before()).status != "refused", question


def test_a_region_s_name_holds_no_cue() -> None:
    args = plan("Pearl River Delta vs Yangtze River Delta emissions 2017", Before()).calls[0].args
    assert "of" not in args and args["years"] == [2017]


@pytest.mark.parametrize(("question", "year"), [("湖南GDP2021", 2021), ("Hubei CO2emissions2014", 2014)])
def test_a_year_written_to_a_word(question: str, year: int) -> None:
    assert plan(question, Before()).calls[0].args["years"] == [year]
