"""A new measure is askable in every operation and both languages by its declaration alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.text import Text
from tests.figures.conftest import said
from tools.measures import MEASURES, Measure, Ratio, find_measure, phrases


@pytest.fixture
def toy() -> Iterator[Measure]:
    """Ice cream: one tonne per million yuan of GDP, so that every figure can be told from GDP."""
    measure = Measure(
        key="ice_cream",
        name=Text("冰淇淋产量", "ice cream output"),
        unit="Mt",
        table="gdp",
        sql="SELECT region, year, gdp_100m_yuan * 1e-4 AS value FROM gdp",
        said=Text("玩具统计", "toy statistics"),
        aliases=("冰淇淋", "ice cream"),
        ratios=(
            Ratio(per="head", name=Text("人均冰淇淋产量", "ice cream per head"), unit="kg CO2/kWh", factor=1.0, aliases=("人均冰淇淋",)),
        ),
    )  # fmt: skip
    MEASURES.declare(measure)
    yield measure
    MEASURES.remove("ice_cream")


def _gdp(ask, place: str, year: int) -> float:
    return ask(measure="gdp", places=place, years=year).facts[0].value * 1e-4


@pytest.mark.parametrize("operation", [
    "value", "rank", "position", "share", "trend", "change", "growth", "cagr", "yoy", "peak", "threshold", "sum", "mean",
    "compare",
])  # fmt: skip
def test_every_operation(ask, toy, operation):
    arguments = {"measure": "冰淇淋", "operation": operation, "places": "广东", "years": [2017]}
    if operation in ("change", "growth", "cagr", "trend", "peak", "mean"):
        arguments |= {"years": [2010, 2017]}
    if operation in ("compare", "rank"):
        arguments |= {"places": ["广东", "江苏"]}
    if operation == "threshold":
        arguments |= {"places": [], "above": 1.0}
    result = ask(**arguments)
    assert result.facts
    for language in ("zh", "en"):
        assert ("冰淇淋" if language == "zh" else "ice cream") in said(result, language).lower()


def test_values_are_the_declared_ones(ask, toy):
    assert ask(measure="ice cream", places="Jiangsu", years=2019).facts[0].value == pytest.approx(
        _gdp(ask, "Jiangsu", 2019)
    )
    growth = ask(measure="ice_cream", places="Jiangsu", years=[2010, 2019], operation="growth").facts[0].value
    assert growth == pytest.approx((_gdp(ask, "Jiangsu", 2019) / _gdp(ask, "Jiangsu", 2010) - 1) * 100)
    group = ask(measure="ice_cream", places="京津冀", years=2019).facts[0].value
    assert group == pytest.approx(sum(_gdp(ask, p, 2019) for p in ("Beijing", "Tianjin", "Hebei")))
    first = ask(measure="ice_cream", operation="rank", years=2019, limit=1).facts[0]
    assert first.region == "Guangdong"


def test_names_and_ratios_are_read(ask, toy):
    assert find_measure("人均冰淇淋").per == "head"
    assert find_measure("ice cream per capita").per == "head"
    assert phrases()["冰淇淋"].measure == "ice_cream"
    ratio = ask(measure="人均冰淇淋", places="广东", years=2020).facts[0]
    people = ask(measure="population", places="广东", years=2020).facts[0].value
    assert ratio.value == pytest.approx(_gdp(ask, "广东", 2020) / people)


def test_it_is_gone_afterwards():
    assert "ice_cream" not in MEASURES and "冰淇淋" not in phrases()
