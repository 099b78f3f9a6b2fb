"""Segmentation, glossary and the reading of figures."""

from __future__ import annotations

import pytest

from data.text import Language
from knowledge.figures import read_figures, same
from knowledge.glossary import load_glossary, normalise
from knowledge.segment import tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("電爐鋼產量佔粗鋼比例", "电炉钢产量占粗钢比例"),
        ("ＧＤＰ能耗", "GDP能耗"),
        ("non-fossil share", "Non-Fossil   Share"),
        ("抽水蓄能裝機", "抽水蓄能装机"),
    ],
)
def test_spellings_that_mean_the_same_give_the_same_tokens(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("zh", "en", "concept"),
    [
        ("电炉钢占比", "electric arc furnace share", "electric_furnace"),
        ("再生金属供应占比", "recycled metal supply", "recycled_metal"),
        ("抽水蓄能装机", "pumped hydro", "pumped_storage"),
        ("单位GDP二氧化碳排放", "CO2 emissions per unit of GDP", "co2_per_gdp"),
        ("非化石能源消费占比", "share of non-fossil energy", "nonfossil_share"),
        ("范围1和范围2", "scope 1 and 2", "scope12"),
    ],
)
def test_the_glossary_bridges_the_languages(zh: str, en: str, concept: str) -> None:
    assert concept in load_glossary().concepts(normalise(zh))
    assert concept in load_glossary().concepts(normalise(en))


def test_a_form_is_found_only_as_a_whole_word_and_the_longest_wins() -> None:
    glossary = load_glossary()
    assert "peak" not in glossary.concepts("speaking of petspeaks")
    assert glossary.concepts("new-type energy storage".replace("-", " "))[0] == "new_storage"
    assert "motors" in glossary.concepts("efficient motors")


def test_plural_and_stop_words() -> None:
    assert words("the targets of boilers") == ["target", "boiler"]
    assert "recycl~" in tokens("recycling") and "recycl~" in tokens("recycled")


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("装机超过6200万千瓦", "zh", 62.0, "GW"),
        ("总装机12亿千瓦以上", "zh", 1200.0, "GW"),
        ("节能约5000万吨标准煤", "zh", 50.0, "Mtce"),
        ("减排二氧化碳约1.3亿吨", "zh", 130.0, "Mt CO2"),
        ("控制在10亿吨/年以内", "zh", 1000.0, "Mt/yr"),
        ("蓄积量190亿立方米", "zh", 19.0, "billion m3"),
        ("增加2亿平方米以上", "zh", 200.0, "million m2"),
        ("提高0.5个百分点以上", "zh", 0.5, "pp"),
        ("下降13.5%", "zh", 13.5, "%"),
        ("577亿吨二氧化碳当量", "zh", 57.7, "Gt CO2e"),
        ("about 1,800 Mt a year", "en", 1800.0, "Mt/yr"),
        ("cut about 53 Mt of CO2", "en", 53.0, "Mt CO2"),
        ("57.7 Gt CO2e", "en", 57.7, "Gt CO2e"),
        ("about 2 percentage points", "en", 2.0, "pp"),
        ("19 billion m3", "en", 19.0, "billion m3"),
        ("more than 6 times", "en", 6.0, "times"),
        ("at least 4.2% a year of it", "en", 4.2, "%/yr"),
    ],
)
def test_figures_are_read_in_the_unit_of_the_data(text: str, language: Language, value: float, unit: str) -> None:
    (figure,) = read_figures(text, language)
    assert same(figure, value, unit)
    assert not same(figure, value * 1.01, unit)


def test_numbers_that_are_no_figures_are_left() -> None:
    assert read_figures("国发〔2024〕12号、GB/T 32150-2015、L.1470", "zh") == []
    assert [f.value for f in read_figures("by 2030 and GB/T 32150", "en")] == [2030]
