"""Compiling: a question becomes the arguments of the figures tool."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.classification import find_sector
from tools.figures.arguments import FiguresArguments

CASES: list[tuple[str, dict[str, Any]]] = [
    # levels
    ("请问2011年陕西一共排放了多少二氧化碳", {"measure": "co2", "places": ["Shaanxi"], "years": [2011]}),
    ("How much CO2 did Jiangxi release in 2004?", {"measure": "co2", "places": ["Jiangxi"], "years": [2004]}),
    ("广西07年碳排放，单位用亿吨", {"measure": "co2", "places": ["Guangxi"], "years": [2007], "unit": "亿吨"}),
    ("emissions; GS; 2009", {"measure": "co2", "places": ["Gansu"], "years": [2009]}),
    ("query=co2 region=Inner Mongolia year=2016", {"measure": "co2", "places": ["Inner Mongolia"], "years": [2016]}),
    ("江苏最新的碳排放", {"measure": "co2", "places": ["Jiangsu"]}),
    ("北京、天津2010年碳排放", {"measure": "co2", "places": ["Beijing", "Tianjin"], "years": [2010]}),
    ("全國2013年碳排放總量", {"measure": "co2", "places": ["China"], "years": [2013]}),
    # sectors, fuels, households
    ("河北2013年钢铁行业排放", {"places": ["Hebei"], "sectors": ["ferrous"], "years": [2013]}),
    ("CO2 from cement in Sichuan, 2015", {"places": ["Sichuan"], "sectors": ["nonmetallic_minerals"], "years": [2015]}),
    ("贵州2012年原煤燃烧的碳排放", {"places": ["Guizhou"], "fuels": ["raw_coal"], "years": [2012]}),
    ("Kerosene emissions in Shanghai 2018", {"places": ["Shanghai"], "fuels": ["kerosene"], "years": [2018]}),
    ("湖南2014年水泥生产过程排放", {"places": ["Hunan"], "fuels": ["process"], "years": [2014]}),
    ("黑龙江2010年农村居民直接排放", {"places": ["Heilongjiang"], "sectors": ["rural_households"], "years": [2010]}),
    ("新疆2017年采矿业碳排放", {"places": ["Xinjiang"], "sectors": ["mining"], "years": [2017]}),
    # ratios
    ("宁夏2009年人均排放", {"measure": "co2", "per": "head", "places": ["Ningxia"], "years": [2009]}),
    ("carbon intensity of GDP in Tianjin 2011", {"measure": "co2", "per": "gdp", "places": ["Tianjin"], "years": [2011]}),
    ("每万元GDP碳排放，吉林，2013，用吨/万元", {"per": "gdp", "places": ["Jilin"], "years": [2013], "unit": "t/10k yuan"}),
    ("emissions of Hainan per person in 2015", {"per": "head", "places": ["Hainan"], "years": [2015]}),
    ("浙江钢铁行业的碳强度", {"per": "output", "places": ["Zhejiang"], "sectors": ["ferrous"]}),
    # other measures
    ("河南2021年GDP", {"measure": "gdp", "places": ["Henan"], "years": [2021]}),
    ("Population of Qinghai at the end of 2018", {"measure": "population", "places": ["Qinghai"], "years": [2018]}),
    ("安徽2019年人均GDP", {"measure": "gdp", "per": "head", "places": ["Anhui"], "years": [2019]}),
    ("山东2018年全社会用电量", {"measure": "electricity_use", "places": ["Shandong"], "years": [2018]}),
    ("Total energy consumption of Liaoning in 2012", {"measure": "energy", "places": ["Liaoning"], "years": [2012]}),
    ("甘肃2022年风电装机", {"measure": "capacity", "places": ["Gansu"], "parts": ["wind"], "years": [2022]}),
    ("福建2020年核电发电量", {"measure": "generation", "places": ["Fujian"], "parts": ["nuclear"], "years": [2020]}),
    ("江苏电网2021年排放因子", {"measure": "grid_factor", "places": ["Jiangsu"], "years": [2021]}),
    ("北京2017年从内蒙古调入多少电", {"measure": "power_import", "places": ["Beijing"], "parts": ["NM"], "years": [2017]}),
    ("中国和印度2016年二氧化碳排放", {"measure": "co2_world", "parts": ["China", "India"], "years": [2016]}),
    ("2012年碳排放最多的五个城市", {"measure": "city_co2", "operation": "rank", "over": "parts", "limit": 5}),
    ("苏州2011年碳排放", {"measure": "city_co2", "parts": ["江苏苏州"], "years": [2011]}),
    ("印度2018年排放了多少二氧化碳", {"measure": "co2_world", "parts": ["India"], "years": [2018]}),
    # ranking
    ("2011年人均碳排放最低的六个省", {"per": "head", "operation": "rank", "order": "asc", "limit": 6, "years": [2011]}),
    ("Top 4 provinces by CO2 intensity in 2014", {"per": "gdp", "operation": "rank", "limit": 4, "years": [2014]}),
    ("哪个省的水泥行业排放最多，2016年", {"sectors": ["nonmetallic_minerals"], "operation": "rank", "years": [2016]}),
    ("Which province had the highest share of power in its CO2 in 2013?",
     {"sectors": ["power_heat"], "operation": "rank", "of": "share", "years": [2013]}),
    ("2005-2012年碳排放增速最快的五个省", {"operation": "rank", "of": "growth", "from_year": 2005, "to_year": 2012, "limit": 5}),
    ("长三角2018年各省碳排放排名", {"operation": "rank", "places": ["Yangtze River Delta"], "years": [2018]}),
    ("云南2016年排放最多的三个行业", {"operation": "rank", "over": "sectors", "limit": 3, "places": ["Yunnan"]}),
    ("Which fuel caused most CO2 in Shaanxi in 2012?", {"operation": "rank", "over": "fuels", "places": ["Shaanxi"]}),
    ("四川2017年碳排放在全国排第几", {"operation": "position", "places": ["Sichuan"], "years": [2017]}),
    ("Where does Hubei rank in CO2 per head, 2010?", {"operation": "position", "per": "head", "places": ["Hubei"]}),
    ("2014年排放最大的五个省里，碳强度最低的是哪个，不含山东",
     {"operation": "rank", "per": "gdp", "order": "asc", "exclude": ["Shandong"], "among": {"measure": "co2", "limit": 5}}),
    # shares and compositions
    ("山西2013年电力热力占全省排放的比重", {"operation": "share", "sectors": ["power_heat"], "places": ["Shanxi"], "years": [2013]}),
    ("What percentage of Gansu's emissions came from transport in 2011?", {"operation": "share", "sectors": ["transport"]}),
    ("江苏占全国碳排放多少，2015年", {"operation": "share", "places": ["Jiangsu"], "whole": "China", "years": [2015]}),
    ("京津冀2012年占全国的份额", {"operation": "share", "places": ["Beijing-Tianjin-Hebei"], "whole": "China"}),
    ("Coal's share of Guizhou's CO2 in 2009", {"operation": "share", "fuels": ["coal"], "places": ["Guizhou"]}),
    ("画一张浙江2015年分行业排放的树图", {"over": "sectors", "chart": "treemap", "places": ["Zhejiang"], "years": [2015]}),
    ("湖北2018年排放的燃料构成", {"over": "fuels", "places": ["Hubei"], "years": [2018]}),
    # change over time
    ("内蒙古2003年到2013年碳排放增长了百分之几", {"operation": "growth", "from_year": 2003, "to_year": 2013}),
    ("Change in Tianjin's CO2 between 2012 and 2018 in Mt", {"operation": "change", "from_year": 2012, "to_year": 2018}),
    ("江西2015年碳排放同比增速", {"operation": "yoy", "places": ["Jiangxi"], "years": [2015]}),
    ("CAGR of emissions, Hebei, 2000-2010", {"operation": "cagr", "from_year": 2000, "to_year": 2010}),
    ("十二五期间山东碳排放年均增速", {"operation": "cagr", "period": 12}),
    ("湖北2016年比2006年多排多少万吨", {"operation": "change", "from_year": 2006, "to_year": 2016, "unit": "万吨"}),
    ("Plot Ningxia's emissions over time", {"operation": "trend", "places": ["Ningxia"]}),
    ("2000—2010年广西碳排放走势", {"operation": "trend", "from_year": 2000, "to_year": 2010}),
    ("重庆碳排放哪一年最高", {"operation": "peak", "places": ["Chongqing"]}),
    ("In which year were Beijing's emissions lowest?", {"operation": "peak", "order": "asc", "places": ["Beijing"]}),
    ("福建电力占比的历年变化", {"operation": "trend", "of": "share", "sectors": ["power_heat"]}),
    # comparing, sums, thresholds
    ("Compare Yunnan and Guizhou emissions in 2013", {"operation": "compare", "places": ["Yunnan", "Guizhou"], "years": [2013]}),
    ("吉林和黑龙江2011年谁的碳排放高，差多少", {"operation": "compare", "places": ["Jilin", "Heilongjiang"], "years": [2011]}),
    ("苏浙两省2014年碳排放合计", {"operation": "sum", "places": ["Jiangsu", "Zhejiang"], "years": [2014]}),
    ("2018年碳排放超过6亿吨的省份有哪些", {"operation": "threshold", "above": "6亿吨", "years": [2018]}),
    ("How many provinces emitted less than 100 Mt in 2012?", {"operation": "threshold", "below": "100Mt", "years": [2012]}),
    ("Which provinces were below 4 t per person in 2010", {"operation": "threshold", "per": "head", "years": [2010]}),
    ("广东累计排放2010到2019", {"operation": "sum", "from_year": 2010, "to_year": 2019}),
]  # fmt: skip


def resolved(name: str, value: object) -> object:
    """Sectors by their key, whatever the name they were asked by."""
    return [find_sector(s).key for s in value] if name == "sectors" and isinstance(value, list) else value


@pytest.mark.parametrize(("question", "expected"), CASES, ids=[q for q, _ in CASES])
def test_question_to_arguments(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["figures"]
    args = calls[0].args
    assert {k: resolved(k, args.get(k)) for k in expected} == expected


@pytest.mark.parametrize("question", [q for q, _ in CASES])
def test_the_tool_takes_the_arguments(question: str) -> None:
    for call in plan(question, Before()).calls:
        FiguresArguments.model_validate(call.args)


def test_a_level_has_no_operation_and_no_limit() -> None:
    args = plan("湖北2009年碳排放多少", Before()).calls[0].args
    assert args == {"measure": "co2", "places": ["Hubei"], "years": [2009]}


def test_two_measures_are_two_calls() -> None:
    calls = plan("广东2019年的GDP和人口", Before()).calls
    assert [c.args["measure"] for c in calls] == ["gdp", "population"]
    assert all(c.args["places"] == ["Guangdong"] and c.args["years"] == [2019] for c in calls)


@pytest.mark.parametrize(
    ("question", "operations"),
    [
        ("四川2014年碳排放多少，占全国比重多大", [None, "share"]),
        ("Hunan's 2013 CO2? And per head?", [None, None]),
        ("浙江2012年电力排放多少，同比呢", [None, "yoy"]),
    ],
)
def test_compound_questions_are_several_calls(question: str, operations: list[str | None]) -> None:
    calls = plan(question, Before()).calls
    assert [c.args.get("operation") for c in calls] == operations
    assert len({tuple(c.args["places"]) for c in calls}) == 1


def test_an_unknown_place_goes_to_the_tool_which_names_the_nearest() -> None:
    args = plan("Guandong emissions in 2015", Before()).calls[0].args
    assert args["places"] == ["Guandong"]
    with pytest.raises(ValueError, match="Guandong"):
        FiguresArguments.model_validate(args)


def test_a_name_narrower_than_the_data_reaches_the_tool_as_written() -> None:
    read = FiguresArguments.model_validate(plan("四川2015年水泥行业排放", Before()).calls[0].args)
    note = read.sectors[0].note
    assert note is not None and "水泥" in note.zh
