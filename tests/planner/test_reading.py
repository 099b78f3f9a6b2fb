"""Reading: numbers, years, names, cues and what is left over."""

from __future__ import annotations

import pytest

from assistant.planner.normal import clean, language_of
from assistant.planner.numbers import chinese_number, limit, percents, quantities
from assistant.planner.reader import read
from assistant.planner.years import read_years


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十五", 15),
        ("一百二十", 120),
        ("二〇一六", 2016),
        ("两千零五", 2005),
        ("四点二", 4.2),
        ("九", 9),
        ("碳", None),
        ("", None),
    ],
)
def test_chinese_numbers(text: str, value: float | None) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占比提高到三成五", [(30, "%")]), ("百分之四十五", [(45, "%")]), ("百分之六点五", [(6.5, "%")]), ("5.5%", [(5.5, "%")]),
        ("12 percent", [(12, "%")]), ("forty percent", [(40, "%")]), ("低1.5个百分点", [(1.5, "pp")]),
        ("one percentage point lower", [(1, "pp")]), ("growth 1 point lower", [(1, "pp")]), ("成都和长成", []), ("2005-2015", []),
    ],
)  # fmt: skip
def test_percentages(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(a.value, a.unit) for a in percents(clean(text))] == expected


def test_quantities_keep_their_unit_as_written() -> None:
    found = [(q.value, q.unit) for q in quantities(clean("超过５亿吨，或 120 Mt，或 3,000万千瓦"))]
    assert found == [(5, "亿吨"), (120, "Mt"), (3000, "万千瓦")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("排放最多的六个省份", 6), ("前十名", 10), ("排前五的行业", 5), ("top-7 emitters", 7), ("the three dirtiest provinces", 3),
        ("five lowest provinces", 5), ("倒数三名", 3), ("which 4 sectors emit most", 4), ("云贵川三省的排放", None), ("哪个省", None),
        ("2017年排名", None),
    ],
)  # fmt: skip
def test_limits(text: str, count: int | None) -> None:
    assert limit(clean(text)) == count


@pytest.mark.parametrize(
    ("text", "single", "span"),
    [
        ("09年的排放", (2009,), None), ("一五年", (2015,), None), ("二〇一八年", (2018,), None), ("in '08", (2008,), None),
        ("2003—2013年", (), (2003, 2013)), ("from 1999 to 2007", (), (1999, 2007)), ("between 2001 and 2011", (), (2001, 2011)),
        ("05到15年", (), (2005, 2015)), ("2006–16", (), (2006, 2016)), ("2012年以来", (), (2012, None)), ("since 2010", (), (2010, None)),
        ("2005、2010和2015年", (2005, 2010, 2015), None), ("start: 2004; end: 2014", (), (2004, 2014)), ("要2000万吨的数", (), None),
        ("ITU-T L.1480", (), None), ("2035 share to 45%", (2035,), None), ("2019人均", (2019,), None),
    ],
)  # fmt: skip
def test_years(text: str, single: tuple[int, ...], span: tuple[int | None, int | None] | None) -> None:
    found = read_years(clean(text))
    assert (found.single, found.span) == (single, span)


def test_other_words_of_time() -> None:
    assert read_years("十三五期间").plan == 2016
    assert read_years("the 12th Five-Year Plan").plan == 2011
    assert read_years("近八年").last_n == 8
    assert read_years("over the past six years").last_n == 6
    assert read_years("那年浙江呢").same
    assert read_years("上一年").beside == -1
    assert read_years("历年走势").series
    assert read_years("最新数据").latest
    assert read_years("去年").shift == -1
    assert not read_years("近10年").single


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("粤湘桂的排放", ["GD", "HN", "GX"]), ("京、沪、渝2015年", ["BJ", "SH", "CQ"]), ("江浙沪", ["JS", "ZJ", "SH"]),
        ("豫2012年碳排", ["HA"]), ("CO2 of SX and SN in 2010", ["SX", "SN"]), ("內蒙古與遼寧", ["NM", "LN"]),
        ("Neimenggu vs Xizang", ["NM", "XZ"]), ("新 疆2011", ["XJ"]), ("新贵行业", []), ("he emits CO2", []),
        ("長江三角洲的人均碳排放", ["YRD"]), ("Ｇｕａｎｇｘｉ　２０１４", ["GX"]), ("东三省与山东", ["NE3", "SD"]),
    ],
)  # fmt: skip
def test_places_in_a_sentence(text: str, codes: list[str]) -> None:
    assert [p.code for p in read(text).places] == codes


def test_places_left_out() -> None:
    reading = read("不含内蒙古和山西，2015年人均碳排放最高的省")
    assert [p.code for p in reading.excluded] == ["NM", "SX"] and reading.places == ()
    assert [p.code for p in read("ranking without Hebei").excluded] == ["HE"]
    assert [p.code for p in read("西藏以外的省份").excluded] == ["XZ"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("火电（电力热力）行业", ["power_heat"]), ("which industry emits most", []), ("steel industry in Hebei", ["ferrous"]),
        ("industrial emissions of Hunan", ["industry"]), ("农村居民生活", ["rural_households"]), ("钢铁和有色", ["metal_smelting"]),
        ("钢铁、水泥和化工", ["ferrous", "nonmetallic_minerals", "chemicals"]), ("all sectors", []),
    ],
)  # fmt: skip
def test_sectors_in_a_sentence(text: str, keys: list[str]) -> None:
    assert [s.key for s in read(text).sectors] == keys


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Guandong emissions 2015", "Guandong"), ("emissions of Atlantis in 2011", "Atlantis"), ("桃花源省2012年碳排放", "桃花源"),
        ("亚特兰2012年碳排放", "亚特兰"), ("emissions of Hubei in 2011", None), ("2015年增速最快的三个省", None),
        ("Emissions of transport in 2012", None), ("最大的五个省", None),
    ],
)  # fmt: skip
def test_strangers(text: str, word: str | None) -> None:
    assert read(text).stranger == word


def test_language_and_cleaning() -> None:
    assert language_of("广东 CO2") == "zh" and language_of("CO2 of GD") == "en"
    assert clean("ＧＤ\x00２０１７“碳”\t—") == 'GD 2017"碳" -'


def test_a_bots_object_is_read_like_words() -> None:
    reading = read('{"metric": "per_capita", "region": ["Hunan", "Hubei"], "from": 2005, "to": 2010}')
    assert [p.code for p in reading.places] == ["HN", "HB"]
    assert reading.per == "head" and reading.years.span == (2005, 2010)
