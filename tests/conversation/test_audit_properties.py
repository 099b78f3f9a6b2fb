"""Whatever the figure: told truly it passes in both languages; one digit, unit, sign, place or year changed is caught."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.audit.check import Grounds, audit_text
from assistant.audit.quantities import OF_FACTS, read_unit
from data.classification import PROVINCES, Place
from data.text import Language, Text
from tools.result import Basis, Fact
from tools.units import READERS_UNITS, number, show

WITH_UNIT = sorted(set(OF_FACTS) - {"rank", "year", "count", "index", "1", "°C"})
OTHERS = ["亿吨", "万吨", "亿元", "亿千瓦时", "万千瓦", "%", "个百分点", "吨/人", "千克/万元", "亿吨标准煤", "万人", "Mt CO2", "TWh",
          "GW", "billion yuan", "percentage points", "t CO2/person", "kg CO2/10k yuan", "million people", "Mtce"]  # fmt: skip

languages = st.sampled_from(["zh", "en"])
values = st.floats(min_value=0.05, max_value=99_999, allow_nan=False)


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, Place]:
    place = draw(st.sampled_from(PROVINCES))
    year = draw(st.integers(1997, 2060))
    unit = draw(st.sampled_from(WITH_UNIT))
    reader = draw(st.sampled_from([None, *(r for r, (u, _) in READERS_UNITS.items() if u == unit)]))
    label = Text(f"{place.name.zh}{year}年指标", f"Indicator of {place.name.en}, {year}")
    fact = Fact(
        label=label, value=draw(values), unit=unit, region=place.name.en, year=year, basis=Basis.OBSERVED, source="x",
        reader_unit=reader,
    )  # fmt: skip
    return fact, place


def sentence(place: Place, year: int, figure: str, language: Language) -> str:
    if language == "zh":
        return f"{year}年{place.name.zh}的这项指标为{figure} [F1]，详见下表。"
    return f"In {year} the indicator of {place.name.en} stood at {figure} [F1], as the table shows."


def verdicts(fact: Fact, text: str) -> set[str | None]:
    grounds = Grounds({"F1": fact}.get, lambda _: None, "zh")
    return {finding.problem for finding in audit_text(text, grounds)}


@given(facts(), languages)
@settings(max_examples=200, deadline=None)
def test_the_truth_passes(drawn: tuple[Fact, Place], language: Language) -> None:
    fact, place = drawn
    figure = show(fact.value, fact.unit, language, fact.reader_unit)
    assert verdicts(fact, sentence(place, fact.year or 0, figure, language)) == {None}


@given(facts(), languages, st.data())
@settings(max_examples=200, deadline=None)
def test_one_wrong_digit_is_caught(drawn: tuple[Fact, Place], language: Language, data: st.DataObject) -> None:
    fact, place = drawn
    figure = show(fact.value, fact.unit, language, fact.reader_unit)
    near = {number(fact.value * k, fact.unit, language, fact.reader_unit) for k in (1 - 1e-7, 1 + 1e-7)}
    assume(len(near) == 1)  # 1.25 may be shown as 1.2 and as 1.3: both are right
    digits = [m.start() for m in re.finditer(r"\d", number(fact.value, fact.unit, language, fact.reader_unit))]
    at = data.draw(st.sampled_from(digits))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != figure[at]]))
    corrupted = figure[:at] + wrong + figure[at + 1 :]
    assume(float(re.sub(r"[^\d.]", "", re.match(r"[\d.,]+", corrupted).group(0))) > 0)  # type: ignore[union-attr]
    assert verdicts(fact, sentence(place, fact.year or 0, corrupted, language)) - {None}


@given(facts(), languages, st.sampled_from(OTHERS))
@settings(max_examples=200, deadline=None)
def test_another_unit_is_caught(drawn: tuple[Fact, Place], language: Language, other: str) -> None:
    fact, place = drawn
    figure = show(fact.value, fact.unit, language, fact.reader_unit)
    amount = number(fact.value, fact.unit, language, fact.reader_unit)
    own, new = read_unit(figure, len(amount)), read_unit(other, 0)
    assert new is not None
    assume(own is not None)  # "10 MW", a unit only the house writes
    assert own is not None
    assume((own.dimension, own.factor) != (new.dimension, new.factor) and fact.unit != "%/yr")
    assume({own.dimension, fact.unit} != {"mass", "Mt/yr"})
    assert verdicts(fact, sentence(place, fact.year or 0, f"{amount} {other}", language)) - {None}


@given(facts(), languages, st.sampled_from(PROVINCES))
@settings(max_examples=200, deadline=None)
def test_another_place_is_caught(drawn: tuple[Fact, Place], language: Language, other: Place) -> None:
    fact, place = drawn
    assume(other != place)
    figure = show(fact.value, fact.unit, language, fact.reader_unit)
    assert verdicts(fact, sentence(other, fact.year or 0, figure, language)) == {"region"}


@given(facts(), languages, st.integers(1997, 2060))
@settings(max_examples=200, deadline=None)
def test_another_year_is_caught(drawn: tuple[Fact, Place], language: Language, other: int) -> None:
    fact, place = drawn
    assume(other != fact.year)
    figure = show(fact.value, fact.unit, language, fact.reader_unit)
    assert verdicts(fact, sentence(place, other, figure, language)) == {"year"}


@given(st.floats(min_value=0.2, max_value=60), st.booleans(), languages, st.sampled_from(["%", "pp", "%/yr", "Mt CO2"]))
@settings(max_examples=200, deadline=None)
def test_the_wrong_direction_is_caught(size: float, falling: bool, language: Language, unit: str) -> None:
    fact = Fact(
        label=Text("广东2010至2017年排放变化", "Change of Guangdong's CO2, 2010 to 2017"),
        value=-size if falling else size,
        unit=unit,
        region="Guangdong",
        basis=Basis.DERIVED,
        source="x",
    )
    figure = show(size, unit, language)
    words = {"zh": ("下降", "增长"), "en": ("fell by", "grew by")}[language]
    right, wrong = words if falling else reversed(words)
    assert verdicts(fact, f"Guangdong 2010–2017: {right} {figure} [F1]") == {None}
    assert verdicts(fact, f"Guangdong 2010–2017: {wrong} {figure} [F1]") == {"sign"}
    assert verdicts(fact, f"变化为 {'-' if falling else ''}{figure} [F1]") == {None}
    assert verdicts(fact, f"变化为 {'' if falling else '-'}{figure} [F1]") == {"sign"}
