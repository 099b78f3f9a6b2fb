"""Cities: by province, by their English names, and nothing but totals."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, NotAvailable
from tests.figures.conftest import said


@pytest.fixture(scope="module")
def guangdong(warehouse):
    return dict(warehouse.rows("SELECT city_zh, mt FROM city_co2 WHERE city_zh LIKE '广东%' AND year = 2019"))


def test_the_cities_of_a_province_in_order(ask, guangdong):
    result = ask(measure="city_co2", places="广东", operation="rank", years=2019, limit=5)
    assert [f.value for f in result.facts if f.unit == "Mt CO2"] == pytest.approx(sorted(guangdong.values())[:-6:-1])
    counts = [f.value for f in result.facts if f.unit == "count"]
    assert counts == [21, len(guangdong)]
    assert "广州" in said(result, "zh") and "Guangzhou" in said(result, "en") and "唐山" not in said(result, "zh")


def test_a_year_with_two_cities_says_so(ask):
    result = ask(measure="city_co2", places="广东", operation="rank", years=2017)
    assert len([f for f in result.facts if f.unit == "Mt CO2"]) == 2
    assert "只在有数据的城市之间" in said(result, "zh")


def test_a_province_alone_asks_for_its_cities(ask):
    result = ask(measure="city_co2", places="江苏", limit=1)
    assert "苏州" in said(result, "zh") and "Suzhou" in said(result, "en")


@pytest.mark.parametrize("name", ["深圳", "Shenzhen", "深圳市", "广东深圳"])
def test_a_city_among_the_places(ask, guangdong, name):
    result = ask(places=name, years=2019)
    assert result.facts[0].value == pytest.approx(guangdong["广东深圳"]) and result.facts[0].source == "city_co2"
    assert "Shenzhen's CO2 emissions" in said(result, "en")


def test_jilin_is_a_province_and_a_city(ask, warehouse):
    ((mt,),) = warehouse.rows("SELECT mt FROM city_co2 WHERE city_zh = '吉林吉林' AND year = 2017")
    assert ask(places="吉林市", years=2017).facts[0].value == pytest.approx(mt)
    assert ask(places="吉林", years=2017).facts[0].region == "Jilin"


@pytest.mark.parametrize(
    "query", [{"per": "head"}, {"per": "gdp"}, {"sectors": "钢铁"}, {"fuels": "原煤"}, {"operation": "share"}]
)
def test_totals_only(ask, query):
    with pytest.raises(NotAvailable) as caught:
        ask(places="深圳", **query)
    assert "只有各市的排放总量" in caught.value.message.zh and "totals only" in caught.value.message.en


def test_cities_are_not_added_to_a_province(ask):
    with pytest.raises(BadRequest) as caught:
        ask(measure="city_co2", places="广东", operation="sum", years=2019)
    assert "不能加总" in caught.value.message.zh


def test_the_course_of_a_city_is_its_own(ask, warehouse):
    published = dict(warehouse.rows("SELECT year, mt FROM city_co2 WHERE city_zh = '广东佛山'"))
    first = ask(measure="city_co2", parts=("广东佛山",), operation="trend").facts[0]
    assert first.year == min(published) and first.value == pytest.approx(published[first.year])
