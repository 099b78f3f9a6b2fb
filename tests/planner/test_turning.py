"""Turning points, ordinals, plan periods, fuels in a row, several conditions, charts: the arguments they become."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from tools.figures.arguments import FiguresArguments

CASES: list[tuple[str, dict[str, Any]]] = [
    ("哪些省份的排放已经达峰", {"operation": "peak", "over": "places"}),
    ("Has Tianjin's CO2 already peaked?", {"operation": "peak", "places": ["Tianjin"], "over": None}),
    ("重庆碳排放的拐点是哪一年", {"operation": "peak", "places": ["Chongqing"]}),
    ("江西碳排放最低的年份", {"operation": "peak", "order": "asc"}),
    ("湖北碳排放何时突破3亿吨", {"operation": "crossing", "above": "3亿吨", "which": None}),
    ("When did Guangdong's emissions first exceed 500 Mt?", {"operation": "crossing", "above": "500Mt"}),
    ("山西人均碳排放最后一次低于10吨是哪年", {"operation": "crossing", "which": "last", "below": "10吨", "per": "head"}),
    ("In which years did Liaoning's emissions fall?", {"operation": "falls", "places": ["Liaoning"]}),
    ("云南哪几年碳排放减少了", {"operation": "falls", "places": ["Yunnan"]}),
    ("2015年安徽碳排放是1998年的几倍", {"operation": "times", "from_year": 1998, "to_year": 2015}),
    ("河北2017年碳排放是海南的几倍", {"operation": "compare", "years": [2017]}),
    ("2015年人均碳排放第四高的省份", {"operation": "rank", "nth": 4, "per": "head", "years": [2015]}),
    ("Who was second lowest in CO2 per GDP in 2016?", {"operation": "rank", "nth": 2, "order": "asc"}),
    ("2013年碳排放排名第十一到第十五的省", {"operation": "rank", "nth": 11, "to_nth": 15}),
    ("Provinces ranked 3rd to 6th by GDP in 2020", {"operation": "rank", "nth": 3, "to_nth": 6, "measure": "gdp"}),
    ("湖南2012年排名第几", {"operation": "position", "nth": None}),
    ("十一五期间河南碳排放累计多少", {"operation": "sum", "period": 11}),
    ("Total emissions of Anhui over the 12th five-year plan", {"period": 12, "places": ["Anhui"]}),
    ("江西十二五末人均碳排放", {"years": [2015], "period": None}),
    ("浙江十三五前三年碳排放合计", {"operation": "sum", "from_year": 2016, "to_year": 2018}),
    ("安徽2018年煤、油和天然气的占比", {"fuels": ["coal", "oil", "natural_gas"], "operation": "share"}),
    ("云南2016年煤油气排放", {"fuels": ["coal", "oil", "natural_gas"]}),
    ("广东2018年煤油排放", {"fuels": ["kerosene"]}),
    ("湖南哪个行业排放最高 2016", {"operation": "rank", "over": "sectors", "limit": 1}),
    ("哪些省2016年排放最高", {"operation": "rank", "over": "places", "limit": None}),
    ("Which province had the highest grid factor in 2022?", {"measure": "grid_factor", "limit": 1}),
    ("heat map of sectors across provinces 2018", {"chart": "heatmap", "years": [2018], "operation": None}),
    ("人均GDP和人均碳排放的散点图 2018", {"chart": "scatter", "against": "gdp_per_head", "measure": "co2", "per": "head"}),
    ("广西分燃料排放堆积图 2000-2019", {"chart": "stacked", "over": "fuels", "operation": "trend"}),
    ("2017年人均GDP超过8万元而人均碳排放低于10吨的省",
     {"operation": "threshold", "per": "head", "measure": "co2", "below": "10吨",
      "among": {"measure": "gdp", "per": "head", "above": "8万元", "year": 2017}}),
    ("2010到2019年碳排放下降但人口增长的省有哪些",
     {"operation": "threshold", "measure": "population", "above": 0,
      "among": {"measure": "co2", "of": "change", "below": 0, "from_year": 2010, "to_year": 2019}}),
    ("2017 排放 最多 的 行业 湖北", {"operation": "rank", "over": "sectors", "places": ["Hubei"]}),
    ("辽宁有多少煤电在建", {"measure": "coal_units", "parts": ["construction"]}),
    ("我国2016年碳排放总量及构成", {"operation": "share", "over": "sectors", "years": [2016]}),
    ("2016年前三名柱状图", {"operation": "rank", "limit": 3, "chart": "bar", "years": [2016]}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), CASES, ids=[q for q, _ in CASES])
def test_question_to_arguments(question: str, expected: dict[str, Any]) -> None:
    calls = plan(question, Before()).calls
    assert len(calls) == 1 and calls[0].tool == "figures", calls
    assert {k: calls[0].args.get(k) for k in expected} == expected
    FiguresArguments.model_validate(calls[0].args)  # what is sent is what the tool takes
