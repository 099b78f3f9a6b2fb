"""The tool drivers on the shipped data, against arithmetic of its own on the raw rows."""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import numpy as np
import pytest

from data.classification import NATION, find_place, find_sector
from data.errors import BadRequest, NotAvailable, UnknownName
from data.mrio import Emissions, Mrio, load_emissions, load_mrio
from data.warehouse import Warehouse
from tests.change.told import column, lead_facts, said, whole
from tools.change import tables
from tools.change.drivers import drivers
from tools.change.identities import decompose
from tools.change.panel import load_panel, parts_of, sector_parts
from tools.charts.specs import XY
from tools.declare import Context
from tools.result import Result


def _call(context: Context, **arguments: Any) -> Result:
    result = drivers.call(arguments, context)
    whole(result)
    return result


def test_parts_are_the_whole_inventory_once() -> None:
    numbers = sorted(n for p in sector_parts() for n in p.numbers)
    assert numbers == list(range(1, 48))


def test_end_points_against_arithmetic_on_raw_rows(warehouse: Warehouse, context: Context) -> None:
    """Jiangsu 2012-2017, people x GDP per head x energy/GDP x C/energy by fuel group, written out anew."""
    fuels: dict[int, dict[str, float]] = {}
    for year in (2012, 2017):
        rows = warehouse.rows(
            "SELECT f.grp, sum(c.mt) FROM co2 c JOIN fuels f USING (fuel) WHERE region = 'JS' AND year = ? GROUP BY 1",
            (year,),
        )
        fuels[year] = dict(rows)

    def one(table: str, unit: str, year: int) -> float:
        return float(warehouse.rows(f"SELECT {unit} FROM {table} WHERE region = 'JS' AND year = ?", (year,))[0][0])

    people, gdp, energy = (
        (one(t, u, 2012), one(t, u, 2017))
        for t, u in (("population", "population_10k"), ("gdp", "gdp_100m_yuan"), ("energy_consumption", "mtce"))
    )
    weight = {k: (fuels[2017][k] - fuels[2012][k]) / log(fuels[2017][k] / fuels[2012][k]) for k in fuels[2012]}
    total = sum(weight.values())
    expected = [
        total * log(people[1] / people[0]),
        total * log(gdp[1] / people[1] / (gdp[0] / people[0])),
        total * log(energy[1] / gdp[1] / (energy[0] / gdp[0])),
        sum(w * log(fuels[2017][k] / energy[1] / (fuels[2012][k] / energy[0])) for k, w in weight.items()),
    ]
    result = _call(context, place="江苏", from_year=2012, to_year=2017, chaining="end_points")
    assert column(result, 0, 1)[:4] == pytest.approx(expected, abs=1e-9)
    assert lead_facts(result)[0].value == pytest.approx(sum(fuels[2017].values()) - sum(fuels[2012].values()), abs=1e-9)


@pytest.mark.parametrize("place", ["广东", "Shandong", "China", "京津冀", "西北五省区", "宁夏"])
@pytest.mark.parametrize(
    "more", [{}, {"split": "sector"}, {"split": "none"}, {"identity": "kaya"}, {"chaining": "end_points"}]
)
def test_terms_sum_to_the_change(context: Context, place: str, more: dict[str, str]) -> None:
    """Terms, periods and parts each add up to the change of the inventory, to 1e-9 Mt."""
    result = _call(context, place=place, **more)
    terms = column(result, 0, 1)
    change = lead_facts(result)[0].value
    assert sum(v for v in terms[:-1] if v is not None) == pytest.approx(change, abs=1e-9)
    assert lead_facts(result)[2].value - lead_facts(result)[1].value == pytest.approx(change, abs=1e-9)
    for i, table in enumerate(result.tables):
        if table.columns[0].name.en == "Period":
            assert sum(v or 0 for v in column(result, i, 1)) == pytest.approx(change, abs=1e-9)
            for c in range(2, len(table.columns)):
                assert sum(v or 0 for v in column(result, i, c)) == pytest.approx(terms[c - 2], abs=1e-9)
        if table.columns[0].name.en in ("Fuel", "Sector"):
            assert sum(v or 0 for v in column(result, i, 1)) == pytest.approx(change, abs=1e-9)


def test_waterfall_stands_on_itself(context: Context) -> None:
    """Each bar starts where the one before ended, and the last is the last year's emissions."""
    spec = _call(context, place="浙江").charts[0].spec
    assert isinstance(spec, XY)
    height = lambda i: next((s.y[i] for s in spec.series if s.y[i] is not None), 0.0)  # noqa: E731
    running = height(0)
    for i in range(1, len(spec.x) - 1):
        assert all(s.base is None or s.base[i] in (0.0, pytest.approx(running)) for s in spec.series)
        running += height(i)
    assert running == pytest.approx(height(len(spec.x) - 1), abs=1e-9)


def test_price_index_moves_only_money_terms(context: Context) -> None:
    """With prices 25 % up, L x ln(1.25) moves from GDP per head to CO2 per GDP; the other terms stay."""
    plain = _call(context, place="China", from_year=2012, to_year=2017, chaining="end_points", split="none")
    real = _call(context, place="China", from_year=2012, to_year=2017, deflators=125, split="none")
    c0, c1 = (f.value for f in lead_facts(plain)[1:3])
    moved = (c1 - c0) / log(c1 / c0) * log(1.25)
    before, after = column(plain, 0, 1), column(real, 0, 1)
    assert before[0] == pytest.approx(after[0]) and before[3] == pytest.approx(after[3])
    assert before[1] - after[1] == pytest.approx(moved) and after[2] - before[2] == pytest.approx(moved)  # type: ignore[operator]
    assert "价格效应未分离" in said(plain, "zh") and "price effect not separated" in said(plain, "en")
    assert "不变价" in said(real, "zh") and "constant prices" in said(real, "en")


def test_structure_of_the_nation(warehouse: Warehouse, context: Context) -> None:
    """2017-2018 has value added by sector: five terms, exact; household emissions are a term of their own."""
    result = _call(context, place="China", identity="structure", from_year=2017, to_year=2018)
    names = [str(getattr(r[0], "en", "")) for r in result.tables[0].rows]
    assert any("structure" in n for n in names) and any("household" in n for n in names)
    terms = column(result, 0, 1)
    assert sum(v or 0 for v in terms[:-1]) == pytest.approx(lead_facts(result)[0].value, abs=1e-9)
    homes = warehouse.rows(
        "SELECT sum(CASE year WHEN 2018 THEN mt ELSE -mt END) FROM co2 WHERE region = 'CN' AND year IN (2017, 2018) AND sector_no IN (46, 47)"
    )[0][0]
    assert terms[next(i for i, n in enumerate(names) if "household" in n)] == pytest.approx(homes, abs=1e-9)


def test_structure_that_is_not_there_is_said(context: Context) -> None:
    result = _call(context, place="江苏", identity="structure", from_year=2012, to_year=2017)
    assert "产业结构效应未分出" in said(result, "zh") and "not separated" in said(result, "en")


def test_sector_alone(context: Context) -> None:
    """One sector's emissions: no energy term, fuels of the sector sum to it."""
    result = _call(context, place="广东", sector="电力", from_year=2010, to_year=2019)
    assert all(f.sector == find_sector("电力").name.en for f in result.facts)
    assert sum(v or 0 for v in column(result, 0, 1)[:-1]) == pytest.approx(lead_facts(result)[0].value, abs=1e-9)


def test_period_and_what_is_missing(context: Context) -> None:
    whole_plan = _call(context, place="河北", period=12)
    assert "2010—2015年" in said(whole_plan, "zh")
    cut = _call(context, place="河北", period=13)
    assert "2015—2019年" in said(cut, "zh") and "inventory ends in 2019" in said(cut, "en")
    tibet_group = _call(context, place="西南")
    assert any("西藏" in c.zh for c in tibet_group.caveats)
    for arguments, error, words in (
        ({"place": "西藏"}, NotAvailable, "西藏"),
        ({"place": "广东", "from_year": 2000, "to_year": 2010}, NotAvailable, "2005"),
        ({"place": "广东", "from_year": 2010, "to_year": 2022}, NotAvailable, "2019"),
        ({"place": "广东", "from_year": 2015, "to_year": 2012}, BadRequest, "早于"),
        ({"place": "广东", "deflators": {"power": 103}}, BadRequest, "GDP"),
        ({"place": "广东", "deflators": -3}, BadRequest, "正数"),
        ({"place": "广东", "sector": "教育"}, NotAvailable, "清单"),
        ({"place": "广东", "method": "sda"}, NotAvailable, "2017"),
    ):
        with pytest.raises(error) as raised:
            drivers.call(arguments, context)
        assert words in raised.value.message.zh


def test_group_is_of_the_members_with_an_inventory(warehouse: Warehouse) -> None:
    """People and GDP of the Southwest leave out Tibet, whose emissions are not known."""
    panel = load_panel(warehouse, find_place("西南"))
    codes = tuple(p.code for p in panel.held)
    assert "XZ" not in codes and [p.code for p in panel.left_out] == ["XZ"]
    marks = ", ".join("?" * len(codes))
    gdp = warehouse.rows(f"SELECT sum(gdp_100m_yuan) FROM gdp WHERE year = 2015 AND region IN ({marks})", codes)[0][0]
    assert panel.gdp[2015] == pytest.approx(gdp)


def test_prices_need_end_points(warehouse: Warehouse) -> None:
    panel = load_panel(warehouse, NATION)
    with pytest.raises(ValueError, match="end points"):
        decompose(panel, "kaya", parts_of("none", None), (2015, 2016, 2017), 1.1)


def test_sda_of_the_nation(warehouse: Warehouse, context: Context) -> None:
    """Terms sum to the change of the production inventory, 1e-9; the table's ends are the inventory's."""
    result = _call(context, method="sda")
    change, start, end = (f.value for f in lead_facts(result))
    raw = dict(
        warehouse.rows("SELECT year, sum(mt) FROM co2_42 WHERE region = 'CN' AND year IN (2017, 2018) GROUP BY 1")
    )
    assert (start, end) == (pytest.approx(raw[2017], rel=1e-9), pytest.approx(raw[2018], rel=1e-9))
    for number in (1, 4):  # all orders; polar
        values = column(result, 0, number)
        assert sum(v or 0 for v in values[:5]) == pytest.approx(change, abs=1e-9)
    assert "price effect not separated" in said(result, "en")
    facts = lead_facts(result, 1)
    assert all(f.low is not None and f.high is not None and f.low <= f.value <= f.high for f in facts)


def test_sda_without_an_inventory_takes_the_last_pair(context: Context) -> None:
    result = _call(context, method="sda", from_year=2017, to_year=2020)
    assert "2020年有表而无清单" in said(result, "zh") and "2020 has a table but no inventory" in said(result, "en")
    assert "2017—2018年" in result.title.zh


def test_sda_deflated(context: Context) -> None:
    """One index for all prices takes intensity and scale apart and leaves the real terms alone."""
    plain, real = _call(context, method="sda"), _call(context, method="sda", deflators=103.5)
    before, after = column(plain, 0, 1), column(real, 0, 1)
    assert before[1:4] == pytest.approx(after[1:4], rel=0.01)
    assert after[0] > before[0] and after[4] < before[4]  # type: ignore[operator]
    assert "constant prices" in said(real, "en")
    mixed = _call(context, method="sda", deflators={"total": 102, "power": 99, "steel": 110})
    assert sum(v or 0 for v in column(mixed, 0, 1)[:5]) == pytest.approx(lead_facts(mixed)[0].value, abs=1e-9)
    for bad, error in (
        ({"power": 99}, BadRequest),
        ({"total": 0}, BadRequest),
        ({"total": 100, "xyzzy": 1}, UnknownName),
    ):
        with pytest.raises(error):
            drivers.call({"method": "sda", "deflators": bad}, context)


def test_sda_between_interprovincial_tables(
    warehouse: Warehouse, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a second year's table (made from the shipped one) a province's change adds up too."""
    late = load_mrio(warehouse)
    now = load_emissions(warehouse, late)
    early, before = _made_up(late, now)
    by_year = {2015: (early, before), 2017: (late, now)}
    monkeypatch.setattr(tables, "table_years", lambda _: (2015, 2017))
    monkeypatch.setattr(tables, "load_mrio", lambda _, year: by_year[year][0])
    monkeypatch.setattr(tables, "load_emissions", lambda _, mrio: by_year[mrio.year][1])
    result = _call(context, place="广东", method="sda")
    block = late.block("GD")
    change = float(now.co2[block].sum() - (before.f * early.x)[block].sum())
    assert lead_facts(result)[0].value == pytest.approx(change, abs=1e-6)
    assert sum(v or 0 for v in column(result, 0, 1)[:5]) == pytest.approx(lead_facts(result)[0].value, abs=1e-9)
    assert all(f.basis == "estimated" for f in result.facts)
    with pytest.raises(NotAvailable) as raised:
        drivers.call({"place": "西藏", "method": "sda"}, context)
    assert "清单" in raised.value.message.zh


def _made_up(mrio: Mrio, emissions: Emissions) -> tuple[Mrio, Emissions]:
    """The table two years before, as it might have been: other coefficients, demand and intensities, balanced."""
    random = np.random.default_rng(7)
    A = mrio.A * random.uniform(0.9, 1.05, mrio.A.shape)
    Y, exports = mrio.Y * random.uniform(0.7, 0.9, (1, *mrio.Y.shape[1:])), mrio.exports * 0.8
    x = np.linalg.solve(np.eye(len(mrio.x)) - A, Y.sum((1, 2)) + exports)
    return (
        replace(mrio, year=2015, A=A, Y=Y, exports=exports, x=x),
        replace(emissions, year=2015, f=emissions.f * random.uniform(1.0, 1.3, len(x))),
    )
