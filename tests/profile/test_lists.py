"""The benchmark lists against sums in plain SQL over the same tables."""

from __future__ import annotations

import pytest

from data.errors import BadRequest, NotAvailable
from data.text import Text
from data.warehouse import Warehouse
from tests.change.told import column, said, whole
from tools.declare import Context
from tools.profile.benchmark_lists import benchmark_lists
from tools.result import Basis, Ref, Result

CEMENT = 13  # non-metallic minerals in the 42 sectors, 27 in the inventory


def _list(context: Context, **arguments: object) -> Result:
    return benchmark_lists.call(arguments, context)


def _intensities(warehouse: Warehouse) -> dict[str, tuple[float, float, float]]:
    """English name -> (kg per 10k yuan, Mt, output) of non-metallic minerals."""
    sql = (
        "SELECT p.en, sum(c.mt) / any_value(m.output_100m_yuan) * 1e5, sum(c.mt), any_value(m.output_100m_yuan) FROM co2 c "
        "JOIN provinces p ON p.code = c.region JOIN mrio_sector m ON m.region = c.region AND m.year = 2017 AND m.sector = 13 "
        "WHERE c.year = 2017 AND c.sector_no = 27 GROUP BY p.en"
    )
    return {r[0]: (r[1], r[2], r[3]) for r in warehouse.rows(sql)}


def test_the_list_by_level_is_that_of_plain_sums(warehouse: Warehouse, context: Context) -> None:
    known = _intensities(warehouse)
    floor = 0.01 * sum(v[2] for v in known.values())
    mean = sum(v[1] for v in known.values()) / sum(v[2] for v in known.values()) * 1e5
    fit = sorted((v[0], name) for name, v in known.items() if v[2] >= floor and v[0] >= 0.1 * mean)
    found = _list(context, sector="水泥", top=8)
    names = [row[1].en for row in found.tables[0].rows if isinstance(row[0], int)]  # type: ignore[union-attr]
    assert names == [name for _, name in fit[:8]]
    assert column(found, 0, 2)[:8] == pytest.approx([v for v, _ in fit[:8]])
    whole(found)


def test_gap_rank_and_saving_of_a_province(warehouse: Warehouse, context: Context) -> None:
    known = _intensities(warehouse)
    found = _list(context, sector="水泥", place="Guangdong")
    (own, mt, output), best = known["Guangdong"], known["Shanghai"][0]
    by_unit = {found.facts[i].unit: found.facts[i].value for i in found.lead[1].facts}
    assert by_unit["kg CO2/10k yuan"] == pytest.approx(own)
    assert by_unit["%"] == pytest.approx(100 * (own / best - 1))
    assert by_unit["Mt CO2"] == pytest.approx(mt - best * output / 1e5)
    assert by_unit["rank"] == 4
    assert "示意" in said(found, "zh") and "illustration" in said(found, "en")


def test_small_and_odd_ones_are_marked_not_dropped(context: Context) -> None:
    found = _list(context, sector="steel", top=31)
    texts = [(row[1], row[4]) for row in found.tables[0].rows if not isinstance(row[0], int)]
    marked = {a.en: b.en for a, b in texts if isinstance(a, Text) and isinstance(b, Text)}
    assert marked["Beijing"] == "too small" and marked["Hainan"] == "too small"
    assert all("Beijing" not in s.text.en for s in found.lead)
    assert any("1%" in c.en and "smoothed" in c.en for c in found.caveats)


def test_the_frontier_is_the_lowest_of_each_sector(context: Context) -> None:
    found = _list(context, by="frontier", place="Shandong", top=31)
    cement = next(row for row in found.tables[0].rows if "non-metallic" in row[0].en)  # type: ignore[union-attr]
    alone = _list(context, sector="水泥", place="Shandong")
    saving = next(alone.facts[i].value for i in alone.lead[1].facts if alone.facts[i].unit == "Mt CO2")
    assert cement[1].en == "Shanghai" and isinstance(cement[5], Ref)  # type: ignore[union-attr]
    assert found.facts[cement[5].fact].value == pytest.approx(saving)
    values = [v for v in column(found, 0, 5) if v is not None]
    assert values == sorted(values, reverse=True)
    whole(found)


def test_the_best_pace_is_the_steepest_sound_window(warehouse: Warehouse, context: Context) -> None:
    found = _list(context, by="pace", sector="power", span=5)
    fact = found.facts[found.lead[0].facts[0]]
    rows = warehouse.rows(
        "SELECT year, sum(mt) FROM co2 WHERE region = 'YN' AND sector_no IN (SELECT inventory_no FROM concordance WHERE sector_no = 24) "
        "AND year IN (2011, 2016) GROUP BY year ORDER BY year"
    )
    assert fact.region == "Yunnan" and "2011-2016" in fact.label.en
    assert fact.value == pytest.approx(100 * ((rows[1][1] / rows[0][1]) ** (1 / 5) - 1))
    rates = [v for v in column(found, 0, 3) if v is not None]
    assert rates == sorted(rates) and rates[0] < 0
    whole(found)


def test_improvement_ends_with_the_data_and_a_riser_is_said_to_rise(context: Context) -> None:
    found = _list(context, by="improvement", sector="steel", place="Hebei")
    assert {row[2] for row in found.tables[0].rows} == {"2014–2019"}
    assert "上升" in said(found, "zh") and "went up" in said(found, "en")


def test_where_no_fall_was_sustained_that_is_said(context: Context) -> None:
    assert "10 years of sustained fall" in said(_list(context, by="pace", sector="power"), "en")
    with pytest.raises(NotAvailable, match="steadily over any 10 years"):
        _list(context, by="pace", sector="steel", span=10)


def test_per_gdp_says_that_prices_are_current(context: Context) -> None:
    found = _list(context, by="pace")
    assert all(f.unit == "%/yr" for f in found.facts) and any("current prices" in c.en for c in found.caveats)


def test_households_have_a_pace_but_no_intensity(context: Context) -> None:
    assert _list(context, by="pace", sector="households", span=5).facts
    with pytest.raises(NotAvailable, match="no output"):
        _list(context, sector="households")


def test_firms_are_refused_first(context: Context) -> None:
    found = _list(context, sector="steel", firms=True)
    assert "没有企业数据" in found.lead[0].text.zh and not found.lead[0].facts


HEAD = "name,sector,province,year,scope1_t,scope2_t,output_10k_yuan\n"


def test_an_own_company_is_set_beside_its_sector(warehouse: Warehouse, context: Context) -> None:
    found = _list(context, company_csv=HEAD + "Acme,水泥,广东,2020,800000,,300000\n")
    given = [f for f in found.facts if f.basis is Basis.USER]
    assert {f.source for f in given} == {"user"} and all(f.region is None for f in given)
    own = next(f for f in given if f.unit == "kg CO2/10k yuan")
    assert own.value == pytest.approx(800000 * 1000 / 300000)
    sector = next(f for f in found.facts if f.region == "Guangdong")
    assert sector.value == pytest.approx(_intensities(warehouse)["Guangdong"][0]) and sector.basis is not Basis.OBSERVED
    assert any("never observed data" in c.en for c in found.caveats)
    assert found.tables[0].rows[0][5] is None  # scope 2 was not given: no zero


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Missing columns"), ("name,sector\nx,y", "scope1_t"), (HEAD, "no rows"),
        (HEAD + "A,steel,Hebei,2020,x,,5", "Line 2, column scope1_t"), (HEAD + "A,steel,Hebei,2020,-5,,5", "scope1_t"),
        (HEAD + "A,steel,Hebei,2020,5,,0", "output_10k_yuan"), (HEAD + "A,steel,Narnia,2020,5,,5", "Line 2"),
        (HEAD + "A,steel,China,2020,5,,5", "province"), (HEAD + "A,total,Hebei,2020,5,,5", "sector"),
        (HEAD + ",steel,Hebei,2020,5,,5", "name"), (HEAD + "A,steel,Hebei,20,5,,5", "year"), (HEAD + "A,steel,Hebei,2020,nan,,5", "scope1_t"),
        (HEAD + "A,steel,Hebei,2020,5,,5\n" * 201, "At most 200"),
    ],
)  # fmt: skip
def test_a_csv_that_cannot_be_read_names_line_and_column(context: Context, text: str, words: str) -> None:
    with pytest.raises(BadRequest) as error:
        _list(context, company_csv=text)
    assert words in error.value.message.en


def test_a_group_is_no_province(context: Context) -> None:
    with pytest.raises(BadRequest, match="name one province"):
        _list(context, sector="steel", place="长三角")
