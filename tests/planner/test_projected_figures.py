"""What a scenario year is asked for besides emissions: power by source, imports, removals, levers, the peak and its level."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before


def asked(question: str) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, call.args) for call in plan(question, Before()).calls]


def roadmap(question: str) -> dict[str, Any]:
    (call,) = asked(question)
    assert call[0] == "roadmap", call
    return call[1]


@pytest.mark.parametrize(
    ("question", "place", "indicator", "source"),
    [
        ("宁夏2040年太阳能装机能到多少", "Ningxia", "capacity", "solar"),
        ("2045年全国风电大概发多少亿千瓦时", "China", "generation", "wind"),
        ("How many GW of nuclear will Liaoning have in 2050?", "Liaoning", "capacity", "nuclear"),
        ("Hydro generation of Guizhou in 2040, TWh", "Guizhou", "generation", "hydro"),
        ("2035年山东煤电发电量", "Shandong", "generation", "coal"),
        ("煤电占全国发电比重2050年是多少", "China", "generation", "coal"),
        ("Share of wind in Gansu's power generation in 2045", "Gansu", "generation", "wind"),
        ("安徽2050年火电装机还有多少", "Anhui", "capacity", "thermal"),
        ("Capacity by source in Hainan in 2040", "Hainan", "capacity", None),
        ("云南2045年各类电源发电量", "Yunnan", "generation", None),
        ("Where will Tianjin's electricity come from in 2045?", "Tianjin", "power_import", None),
        ("天津2040年外购电占用电的几成", "Tianjin", "power_import", None),
        ("湖南2055年陆地碳汇能消纳多少", "Hunan", "removals", None),
        ("Engineered removals of Shandong in 2055", "Shandong", "removals", None),
        ("陕西2050年捕集了多少二氧化碳，碳汇又抵消多少", "Shaanxi", "removals", None),
    ],
)
def test_a_figure_of_a_year_to_come_is_the_scenarios(
    question: str, place: str, indicator: str, source: str | None
) -> None:
    args = roadmap(question)
    assert args["place"] == place and args["indicator"] == indicator and args.get("source") == source
    assert args.get("year") or args.get("years")


@pytest.mark.parametrize("question", ["全国煤电何时清零", "When will coal power be gone in China?", "新疆煤电哪年退出"])
def test_the_end_of_coal_power_is_told_by_decades(question: str) -> None:
    args = roadmap(question)
    assert args["source"] == "coal" and args["years"] == [2030, 2040, 2050, 2060]


@pytest.mark.parametrize(
    ("question", "place", "sector"),
    [
        ("吉林2045年哪些措施减得最多", "Jilin", None),
        ("四川减排主要靠哪些手段", "Sichuan", None),
        ("What are the biggest levers in Fujian by 2050?", "Fujian", None),
        ("Which measures matter most for Liaoning in 2035?", "Liaoning", None),
        ("江苏化工2040年靠什么技术降碳", "Jiangsu", True),
        ("Which technologies cut Shanxi's steel emissions by 2045?", "Shanxi", True),
    ],
)
def test_levers_are_asked_for(question: str, place: str, sector: bool | None) -> None:
    args = roadmap(question)
    assert args["asks"] == "levers" and args["place"] == place and bool(args.get("sector")) == bool(sector)


@pytest.mark.parametrize(
    "question",
    ["贵州达峰时的排放水平", "福建哪年达峰", "How high will emissions peak in Hubei?", "Peak emissions of Guangxi in your scenario",
     "按你们的模型全国哪年达峰、峰值多少"],
)  # fmt: skip
def test_the_peak_leads(question: str) -> None:
    assert roadmap(question)["asks"] == "peak"


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("浙江2040年较峰值下降多少", 2040),
        ("How far below its peak is Sichuan in 2050?", 2050),
        ("2045年吉林比达峰时低几成", 2045),
    ],
)
def test_a_year_is_set_against_the_peak(question: str, year: int) -> None:
    args = roadmap(question)
    assert args["since"] == "peak" and args["year"] == year


@pytest.mark.parametrize(
    "question", ["贵州实现碳中和要多少钱", "What would net zero cost Anhui?", "山西中和的成本大概多大"]
)
def test_money_is_the_cost_curve(question: str) -> None:
    ((tool, args),) = asked(question)
    assert tool == "backcast" and args["goal"] == "costs"


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("行动方案要求2025年非化石发电占比多少", "targets"),
        ("中国2035年风电和太阳能装机目标", "targets"),
        ("2022年山东煤电装机", "figures"),
        ("甘肃2021年风电发电量", "figures"),
        ("哪个省2040年碳汇最多", "roadmap_ranking"),
        ("如果不用CCUS，陕西2050年净排放", "roadmap"),
    ],
)
def test_what_is_asked_of_data_documents_and_rankings_stays_there(question: str, tool: str) -> None:
    calls = asked(question)
    assert calls[0][0] == tool and "indicator" not in {k for _, a in calls for k in a if tool == "roadmap"}


def test_generation_and_capacity_asked_together_are_both_told() -> None:
    for question in ("2040年山东发电量和装机各是多少", "Gansu 2050: generation in TWh and capacity in GW"):
        assert [a["indicator"] for _, a in asked(question)] == ["generation", "capacity"], question


def test_several_sectors_of_a_roadmap_are_told_one_by_one() -> None:
    calls = asked("云南路线图里电力、化工和交通分别减多少")
    assert [t for t, _ in calls] == ["milestones"] * 3 and {a["place"] for _, a in calls} == {"Yunnan"}


@pytest.mark.parametrize(
    "question",
    ["湖北2050年的情景结果靠谱吗", "How reliable is Anhui's 2045 scenario figure?", "路线图的误差有多大，江西"],
)
def test_how_sure_is_told_with_the_range_and_what_moves_it(question: str) -> None:
    assert [t for t, _ in asked(question)] == ["roadmap", "sensitivity"]


@pytest.mark.parametrize(
    "question", ["增速低0.5个点，安徽达峰会提前几年", "If growth is 1 point higher, how much later does Hunan peak?"]
)
def test_a_shift_of_the_peak_under_a_condition_leads(question: str) -> None:
    args = roadmap(question)
    assert args["asks"] == "peak" and args["overrides"]
