"""Where a city stands in its province and the nation, by plain SQL; why cities are not added."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, Incomparable, NotAvailable
from tests.figures.conftest import said


def standing(warehouse, city: str, year: int, inside: str) -> tuple[int, int, int]:
    """(rank, cities with data, cities ever covered) among the cities whose name begins with ``inside``."""
    ((rank, held),) = warehouse.rows(
        """WITH here AS (SELECT city_zh, mt FROM city_co2 WHERE year = ? AND starts_with(city_zh, ?))
           SELECT 1 + count(*) FILTER (mt > (SELECT mt FROM here WHERE city_zh = ?)), count(*) FROM here""",
        (year, inside, city),
    )
    ((ever,),) = warehouse.rows("SELECT count(DISTINCT city_zh) FROM city_co2 WHERE starts_with(city_zh, ?)", (inside,))
    return rank, held, ever


@pytest.mark.parametrize(
    ("name", "key", "province", "year"),
    [("深圳", "广东深圳", "广东", 2019), ("Wuhan", "湖北武汉", "湖北", 2018), ("唐山", "河北唐山", "河北", 2018), ("苏州", "江苏苏州", "江苏", 2012)],
)  # fmt: skip
def test_a_city_in_its_province_and_in_the_nation(ask, warehouse, name, key, province, year):
    result = ask(measure="city_co2", parts=(key,), operation="position", years=year)
    assert result == ask(places=name, operation="position", years=year)
    ((mt,),) = warehouse.rows("SELECT mt FROM city_co2 WHERE city_zh = ? AND year = ?", (key, year))
    own, whole = standing(warehouse, key, year, province), standing(warehouse, key, year, "")
    assert [f.value for f in result.facts] == pytest.approx([mt, *own, *whole])
    assert {f.unit for f in result.facts} == {"Mt CO2", "rank", "count"}
    assert "不能加总" in " ".join(c.zh for c in result.caveats)


def test_a_municipality_has_no_cities_of_its_own(ask, warehouse):
    result = ask(measure="city_co2", places="上海", operation="position", years=2019)
    assert [f.value for f in result.facts][1:] == list(standing(warehouse, "上海", 2019, ""))
    assert "在全国" in said(result, "zh") and "在上海" not in said(result, "zh")


def test_lowest_first_counts_from_below(ask, warehouse):
    highest = ask(measure="city_co2", parts=("广东深圳",), operation="position", years=2019).facts[1].value
    lowest = ask(measure="city_co2", parts=("广东深圳",), operation="position", order="asc", years=2019).facts[1].value
    assert highest + lowest == standing(warehouse, "广东深圳", 2019, "广东")[1] + 1


def test_one_city_ranked_is_its_position(ask):
    ranked = ask(measure="city_co2", parts=("河北唐山",), operation="rank", over="parts", years=2018)
    assert ranked == ask(measure="city_co2", parts=("河北唐山",), operation="position", years=2018)


def test_the_latest_year_is_the_city_s_own(ask, warehouse):
    """Foshan has 2019; a city without the last year stands in the last one it has, and the answer says which."""
    ((key, year),) = warehouse.rows(
        "SELECT city_zh, max(year) FROM city_co2 GROUP BY 1 HAVING max(year) < 2019 ORDER BY 2 DESC, 1 LIMIT 1"
    )
    result = ask(measure="city_co2", parts=(key,), operation="position")
    assert result.facts[0].year == year and f"{year}年" in said(result, "zh")


def test_a_year_without_the_city(ask):
    with pytest.raises(NotAvailable):
        ask(measure="city_co2", parts=("广东深圳",), operation="position", years=2017)
    with pytest.raises(BadRequest):
        ask(measure="city_co2", operation="position")


@pytest.mark.parametrize(("places", "like"), [("广东", "广东%"), ("江苏", "江苏%"), ((), "%")])
def test_cities_are_not_added_and_the_coverage_is_told(ask, warehouse, places, like):
    with pytest.raises(Incomparable) as caught:
        ask(measure="city_co2", places=places, operation="sum")
    for language in ("zh", "en"):
        text = caught.value.message.to(language)
        for year, count in warehouse.rows(
            "SELECT year, count(*) FROM city_co2 WHERE city_zh LIKE ? AND year >= 2017 GROUP BY 1 ORDER BY 1", (like,)
        ):
            assert (f"{year}年{count}个" if language == "zh" else f"{count} in {year}") in text
    assert "不能加总为全省" in caught.value.message.zh and "inventory" in caught.value.message.en


def test_cities_named_are_added(ask, warehouse):
    result = ask(measure="city_co2", parts=("广东广州", "广东深圳"), operation="sum", years=2019)
    ((mt,),) = warehouse.rows("SELECT sum(mt) FROM city_co2 WHERE year = 2019 AND city_zh IN ('广东广州', '广东深圳')")
    assert result.facts[0].value == pytest.approx(mt)
    assert "不能加总" in " ".join(c.zh for c in result.caveats)
