"""Cities in words: their position, why they are not added, and nothing per head."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan as compiled
from assistant.planner.memory import Before
from assistant.planner.plan import Plan
from data.text import Text
from tools.figures.cities import city, known_city
from tools.registry import get_tool

POSITIONS = (
    ("深圳在广东排第几", ["广东深圳"]), ("深圳2018年在广东城市里排第几位", ["广东深圳"]), ("苏州排放在江苏是第几名", ["江苏苏州"]),
    ("佛山碳排放居全省第几", ["广东佛山"]), ("东莞的排放在广东排第几", ["广东东莞"]), ("苏州碳排放在全国城市中的位次", ["江苏苏州"]),
    ("Where does Shenzhen rank among Guangdong's cities?", ["广东深圳"]), ("Suzhou's rank in Jiangsu by CO2", ["江苏苏州"]),
    ("Rank of Tangshan among all cities, 2018", ["河北唐山"]), ("What is the position of Dongguan in Guangdong by emissions?", ["广东东莞"]),
)  # fmt: skip
SUMS = (
    "广东各城市排放加起来是多少", "广东所有城市碳排放之和", "把江苏各市的排放加总", "江苏13个市合计排放多少", "全国所有城市一共排放多少",
    "浙江11个地级市排放总和", "Sum the emissions of all cities in Guangdong", "Add up Jiangsu's cities", "Total of all city emissions in China 2019",
    "Do Guangdong's cities add up to the province?", "What do the cities of Zhejiang emit altogether?",
)  # fmt: skip
PER_HEAD = (
    "哪个城市人均排放最高", "广州人均碳排放在全国城市第几", "Which city has the highest emissions per head?", "各市单位GDP碳排放排名",
    "Which city has the lowest carbon intensity of GDP?",
)  # fmt: skip


def plan(question: str) -> Plan:
    return compiled(question, Before())


def call_of(question: str) -> tuple[str, dict[str, Any]]:
    (call,) = plan(question).calls
    return call.tool, dict(call.args)


@pytest.mark.parametrize(("question", "cities"), POSITIONS)
def test_a_city_s_position(question: str, cities: list[str]) -> None:
    tool, args = call_of(question)
    assert tool == "figures"
    asked = get_tool("figures").read(args)  # a city among the places is one of the city inventory
    assert asked.measure == "city_co2" and asked.operation in ("position", "rank")
    assert [city(p).key if p in cities else known_city(p) for p in asked.parts] == cities


@pytest.mark.parametrize("question", SUMS)
def test_all_cities_together_ask_the_tool_for_a_sum(question: str) -> None:
    tool, args = call_of(question)
    assert (tool, args["measure"], args["operation"]) == ("figures", "city_co2", "sum")
    assert "parts" not in args


@pytest.mark.parametrize(
    "question",
    ["广州和深圳2019年加起来排放多少", "苏州与无锡合计排放", "Emissions of Guangzhou and Shenzhen combined, 2019"],
)
def test_cities_named_are_added(question: str) -> None:
    _, args = call_of(question)
    assert args["operation"] == "sum" and len(args["parts"]) == 2


@pytest.mark.parametrize("question", PER_HEAD)
def test_cities_are_not_ranked_per_head_by_their_totals(question: str) -> None:
    found = plan(question)
    assert found.status == "refused" and not found.calls
    assert isinstance(found.reply, Text) and "人均" in found.reply.zh


@pytest.mark.parametrize(
    ("question", "measure"),
    [("江苏和浙江加起来排放多少", "co2"), ("2019年城市居民生活排放", "co2"), ("广东2019年各城市排放排名", "city_co2"), ("哪个省人均排放最高", "co2")],
)  # fmt: skip
def test_neighbours_keep_theirs(question: str, measure: str) -> None:
    _, args = call_of(question)
    assert args.get("measure", "co2") == measure
    assert measure == "co2" or args["operation"] == "rank"
