"""Provinces' own targets: what the table holds for each, how they are found, and several provinces beside each other."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from data.classification import PROVINCES
from knowledge.corpus import load_corpus
from tools.declare import Context
from tools.policy.match import same_indicator
from tools.policy.rows import Target, all_targets
from tools.policy.targets import targets
from tools.policy.track import track
from tools.result import Result

# Plans of which no figure and no peak year was read in two places: their clauses say so.
WITHOUT = {"he-peak-2022", "ha-peak-2023"}
UNITS = {"%", "GW", "Mtce", "Mt", "Mt CO2", "billion m3", "million m2", "year", None}


def of_provinces(context: Context) -> list[Target]:
    names = {p.name.en for p in PROVINCES}
    return [t for t in all_targets(context.warehouse) if t.scope in names]


def texts(result: Result) -> str:
    return " ".join(s.text.zh for s in result.lead)


def test_each_document_of_a_province_has_a_target(context: Context) -> None:
    names = {p.name.en for p in PROVINCES}
    documents = {d.id for d in load_corpus().documents.values() if d.place in names}
    counted = Counter(t.document for t in of_provinces(context))
    assert documents - set(counted) == WITHOUT


def test_the_units_and_years_of_provinces_targets_are_those_of_their_indicators(context: Context) -> None:
    rows = of_provinces(context)
    assert len({t.scope for t in rows}) >= 24 and len(rows) >= 120
    for t in rows:
        assert t.unit in UNITS, t
        assert t.target_year is None or 2020 <= t.target_year <= 2060, t
        if t.unit == "%":
            assert t.value is not None and 0 < t.value <= 100, t
        if t.topic_zh.endswith("装机") and t.value is not None:
            assert t.unit == "GW" and 0.5 <= t.value <= 500, (
                t
            )  # no province had 500 GW in mind; 万千瓦 read as GW would
        if t.unit == "GW":
            assert t.base_year is None, t
        if t.direction == "decrease" and "2005" in str(t.base_year):
            assert t.target_year == 2030, t


def test_a_later_target_of_one_paper_is_no_smaller(context: Context) -> None:
    """Non-fossil shares and capacities grow from 2025 to 2030 in the papers of one province."""
    rows = [t for t in of_provinces(context) if t.direction == "reach" and t.value is not None and t.target_year]
    series: dict[tuple[str, str], list[Target]] = {}
    for t in rows:
        series.setdefault((t.document, t.topic_zh), []).append(t)
    for found in series.values():
        for one, other in pairwise(sorted(found, key=lambda t: (t.target_year or 0, t.value or 0))):
            assert (one.value or 0) <= (other.value or 0), (one, other)


@pytest.mark.parametrize(
    ("topic", "document", "value", "unit"),
    [
        ("我省（甘肃）2030年非化石能源占比目标是多少", "gs-peak-2023", 35, "%"),
        ("甘肃2025年单位GDP能耗下降目标", "gs-peak-2023", 12.5, "%"),
        ("How much pumped storage does Gansu plan for 2030?", "gs-newenergy-2025", 10, "GW"),
        ("甘肃2025年新型储能目标", "gs-newenergy-2025", 6, "GW"),
        ("江苏2025年海上风电装机目标", "js-res-14fyp", 15, "GW"),
        ("江苏2025年可再生能源消费比重目标", "js-res-14fyp", 15, "%"),
        ("山东2025年光伏装机目标", "sd-energy-14fyp", 57, "GW"),
        ("Shaanxi renewable capacity target for 2026", "sn-res-2024", 85, "GW"),
        ("宁夏2025年非化石能源消费比重目标", "nx-energy-14fyp", 15, "%"),
        ("湖北2025年风光装机目标", "hb-energy-14fyp", 32, "GW"),
        ("What is Heilongjiang's non-fossil target for 2030?", "hl-peak-2022", 20, "%"),
        ("辽宁2025年非化石能源占比", "ln-peak-2022", 13.7, "%"),
        ("江西十四五单位GDP能耗目标", "jx-ese-14fyp", 14, "%"),
        ("内蒙古2025年新能源装机目标是多少", "nm-newenergy-2023", 150, "GW"),
        ("山西2025年新能源和清洁能源装机占比目标", "sx-peak-2022", 50, "%"),
    ],
)
def test_a_province_is_answered_by_its_own_paper(
    topic: str, document: str, value: float, unit: str, context: Context
) -> None:
    first = targets.call({"topic": topic}, context).facts[0]
    assert (first.source, first.value, first.unit) == (document, value, unit)


@pytest.mark.parametrize("topic", ["江苏2025年风电光伏装机目标", "Jiangsu's wind and solar capacity target for 2025"])
def test_a_whole_that_the_plan_sets_in_parts_is_answered_by_all_of_them(topic: str, context: Context) -> None:
    assert [f.value for f in targets.call({"topic": topic}, context).facts] == [28, 35]


@pytest.mark.parametrize(
    ("topic", "said", "without"),
    [
        ("比较甘肃和内蒙古2030年非化石能源占比目标", {"Gansu": 35, "Inner Mongolia": 25}, ""),
        ("四川、云南与甘肃2030年非化石能源占比目标分别是多少", {"Sichuan": 43.5, "Gansu": 35}, "云南"),
        ("Compare the 2030 non-fossil targets of Zhejiang and Hunan", {"Zhejiang": 30, "Hunan": 25}, ""),
    ],
)
def test_provinces_named_stand_beside_each_other(
    topic: str, said: dict[str, float], without: str, context: Context
) -> None:
    result = targets.call({"topic": topic}, context)
    assert {f.region: f.value for f in result.facts} == said
    assert without in texts(result)
    if not without:
        assert "没有" not in texts(result)


@pytest.mark.parametrize(
    ("topic", "name", "year"),
    [
        ("哪个省2030年非化石能源占比目标最高", "非化石能源消费比重", 2030),
        ("Which province has the highest non-fossil target for 2025?", "非化石能源消费比重", 2025),
        ("各省2025年单位GDP能耗下降目标一览", "单位GDP能耗", 2025),
    ],
)
def test_all_provinces_are_put_in_order(topic: str, name: str, year: int, context: Context) -> None:
    own = [t for t in of_provinces(context) if t.topic_zh == name and t.target_year == year and t.value is not None]
    result = targets.call({"topic": topic}, context)
    count, high, low = (f.value for f in result.facts[:3])
    assert count == len({t.scope for t in own}) and high == max(t.value or 0 for t in own)
    assert low == min(t.value or 0 for t in own)
    assert len({(t.scope, t.value) for t in own}) == len(result.tables[0].rows)
    assert all(same_indicator(own[0], t) for t in own)


@pytest.mark.parametrize("topic", ["全省如何分解国家2030年非化石能源目标到各省", "2030年非化石能源消费比重目标是多少"])
def test_the_nations_target_stays_the_nations(topic: str, context: Context) -> None:
    assert targets.call({"topic": topic}, context).facts[0].region == "China"


@pytest.mark.parametrize(
    ("topic", "scope", "sources"),
    [
        ("山东2025年光伏装机目标完成了吗", "SD", ("solar",)),
        ("湖北2025年风电装机目标进展", "HB", ("wind",)),
        ("宁夏2025年新能源装机目标进展如何", "NX", ("wind", "solar")),
        ("江苏2025年可再生能源装机目标完成情况", "JS", ("hydro", "wind", "solar")),
    ],
)
def test_the_capacity_observed_stands_beside_a_provinces_target(
    topic: str, scope: str, sources: tuple[str, ...], context: Context
) -> None:
    marks = ", ".join("?" for _ in sources)
    ((wanted,),) = context.warehouse.rows(
        f"SELECT sum(gw) FROM power_capacity WHERE region = ? AND year = 2024 AND source IN ({marks})",
        (scope, *sources),
    )
    result = track.call({"topic": topic}, context)
    assert wanted in [pytest.approx(f.value) for f in result.facts if f.source == "power_capacity"]
    assert "无法判断" in texts(result)  # the target was not read in the document itself


@pytest.mark.parametrize(
    "topic", ["各省2030年可再生能源装机目标", "Which provinces have a 2030 renewable capacity target?"]
)
def test_a_single_province_is_told_and_said_to_be_the_only_one(topic: str, context: Context) -> None:
    result = targets.call({"topic": topic}, context)
    assert (result.facts[0].region, result.facts[0].value) == ("Shaanxi", 120)
    assert "只有这一个省份" in texts(result) and result.facts[0].unit == "GW"


def test_a_peak_to_strive_for_is_not_told_as_set(context: Context) -> None:
    result = targets.call({"topic": "甘肃二氧化碳排放达峰目标"}, context)
    assert "力争为" in result.lead[0].text.zh and "strive" in result.lead[0].text.en


@pytest.mark.parametrize("asked", ["河南2025年可再生能源装机目标", "renewable capacity planned in Henan"])
def test_the_plan_of_another_province_does_not_lead(asked: str, context: Context) -> None:
    names = {p.name.en for p in PROVINCES}
    corpus = context.library.corpus
    places = [corpus.documents[h.document].place for h in context.library.search(asked, 3)]
    assert places[0] == "Henan" or places[0] not in names
