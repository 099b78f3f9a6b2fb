"""The traps of the sources, each against a figure known from elsewhere."""

from __future__ import annotations

import pytest

from data.warehouse import Warehouse


def one(warehouse: Warehouse, sql: str) -> float:
    return float(warehouse.rows(sql)[0][0])


def test_tibet_is_no_data(warehouse: Warehouse) -> None:
    for table in ("co2", "co2_42", "energy_consumption"):
        assert one(warehouse, f"SELECT count(*) FROM {table} WHERE region = 'XZ'") == 0
    assert one(warehouse, "SELECT count(*) FROM grid_factors WHERE area = 'XZ'") == 0
    assert one(warehouse, "SELECT count(*) FROM gdp WHERE region = 'XZ'") == 20


@pytest.mark.parametrize(
    ("year", "provinces", "nation"), [(2017, 10171, 9408), (2019, 10864, 9795), (2005, 5567, 5398)]
)
def test_the_provinces_sum_to_more_than_the_nation(
    warehouse: Warehouse, year: int, provinces: float, nation: float
) -> None:
    sql = "SELECT sum(mt) FROM co2 WHERE region {} 'CN' AND year = {}"
    assert one(warehouse, sql.format("<>", year)) == pytest.approx(provinces, abs=0.5)
    assert one(warehouse, sql.format("=", year)) == pytest.approx(nation, abs=0.5)


def test_power_not_gas_supply_is_guangdongs_largest_emitter(warehouse: Warehouse) -> None:
    rows = warehouse.rows(
        "SELECT sector_en, mt FROM co2_by_sector WHERE region = 'GD' AND year = 2017 ORDER BY mt DESC LIMIT 1"
    )
    assert rows == [("Production and Supply of Electric Power, Steam and Hot Water", pytest.approx(297.8, abs=0.05))]
    gas = "SELECT mt FROM co2_by_sector WHERE region = 'GD' AND year = 2017 AND sector_no = 40"
    assert one(warehouse, gas) == pytest.approx(1.2, abs=0.01)
    mapped = "SELECT sum(mt) FROM co2_42 WHERE region = 'GD' AND year = 2017 AND sector_no = {}"
    assert one(warehouse, mapped.format(24)) == pytest.approx(297.8, abs=0.05)
    assert one(warehouse, mapped.format(25)) == pytest.approx(1.2, abs=0.01)


def test_ferrous_is_not_all_of_metal_smelting(warehouse: Warehouse) -> None:
    sql = "SELECT mt FROM co2_by_sector WHERE region = 'GD' AND year = 2017 AND sector_no = {}"
    ferrous, other = one(warehouse, sql.format(28)), one(warehouse, sql.format(29))
    assert ferrous == pytest.approx(29.75, abs=0.01)
    assert other == pytest.approx(13.03, abs=0.01)
    mapped = one(warehouse, "SELECT sum(mt) FROM co2_42 WHERE region = 'GD' AND year = 2017 AND sector_no = 14")
    assert mapped == pytest.approx(ferrous + other)


def test_cement_process_sits_inside_non_metallic_minerals(warehouse: Warehouse) -> None:
    assert warehouse.rows("SELECT DISTINCT sector_no FROM co2 WHERE fuel = 'Process' AND mt > 0") == [(27,)]
    sql = "SELECT sum(mt) FROM co2 WHERE region = 'GD' AND year = 2017 AND sector_no = 27"
    assert one(warehouse, f"{sql} AND fuel = 'Process'") < one(warehouse, sql)


def test_catering_is_an_estimate_and_households_are_no_sector(warehouse: Warehouse) -> None:
    assert warehouse.rows("SELECT DISTINCT basis FROM co2_42 WHERE sector_no = 30") == [("estimated",)]
    trade = "SELECT sum(mt) FROM co2_42 WHERE region = 'GD' AND year = 2017 AND sector_no = 28"
    assert one(warehouse, trade) == pytest.approx(13.99, abs=0.01)  # inventory sector 44, whole
    whole = one(warehouse, "SELECT sum(mt) FROM co2 WHERE region = 'GD' AND year = 2017 AND sector_no >= 46")
    assert whole == pytest.approx(41.3, abs=0.05)


def test_two_scopes_of_power_statistics_stand_apart(warehouse: Warehouse) -> None:
    sql = "SELECT sum(twh) FROM power_generation WHERE region {} 'CN' AND year = 2021 AND source = 'solar' AND scope = '{}'"
    full, above = one(warehouse, sql.format("<>", "full")), one(warehouse, sql.format("=", "above_scale"))
    assert full == pytest.approx(325.8, abs=0.5)
    assert above == pytest.approx(183.7, abs=0.5)
    assert one(warehouse, "SELECT count(*) FROM power_generation WHERE scope = 'full' AND year IN (2006, 2018, 2019)"
               " AND region <> 'CN'") == 0  # fmt: skip


def test_missing_is_not_zero_in_the_power_tables(warehouse: Warehouse) -> None:
    assert warehouse.rows("SELECT twh FROM power_generation WHERE region = 'GD' AND year = 2024 AND source = 'wind'"
                          " AND scope = 'above_scale'") == []  # fmt: skip
    assert one(warehouse, "SELECT min(year) FROM power_capacity WHERE source = 'solar' AND region <> 'CN'") == 2018
    month = "SELECT DISTINCT month_end FROM power_capacity WHERE year = 2024 AND source = 'wind' AND region = 'GD'"
    assert warehouse.rows(month) == [("11",)]


def test_power_trade_of_guangdong(warehouse: Warehouse) -> None:
    row = warehouse.records("SELECT * FROM power_net_import WHERE region = 'GD' AND year = 2019")[0]
    assert row["received_twh"] == pytest.approx(233, abs=0.5)
    top = "SELECT origin FROM power_trade WHERE destination = 'GD' AND year = 2017 ORDER BY twh DESC LIMIT 1"
    assert warehouse.rows(top) == [("YN",)]


def test_derived_power_figures_are_marked(warehouse: Warehouse) -> None:
    sql = "SELECT DISTINCT basis FROM power_generation WHERE scope = 'above_scale' AND year = {} AND {}"
    assert warehouse.rows(sql.format(2020, "source = 'wind' AND region = 'GD'")) == [("derived",)]
    assert warehouse.rows(sql.format(2021, "source = 'nuclear' AND region = 'SD'")) == [("derived",)]
    assert warehouse.rows(sql.format(2020, "source = 'thermal' AND region = 'GD'")) == [("observed",)]


def test_energy_breaks_after_the_census(warehouse: Warehouse) -> None:
    sql = "SELECT mtce FROM energy_consumption WHERE region = 'GD' AND year = {}"
    assert (one(warehouse, sql.format(2012)), one(warehouse, sql.format(2013))) == (291.44, 284.8)


def test_grid_factors_say_what_was_verified(warehouse: Warehouse) -> None:
    sql = "SELECT kg_per_kwh, status FROM grid_factors WHERE area = '{}' AND level = '{}' AND year = {}"
    assert warehouse.rows(sql.format("GD", "province", 2022)) == [(0.4403, "verified")]
    assert warehouse.rows(sql.format("GD", "province", 2021)) == [(0.4715, "unverified")]
    assert warehouse.rows(sql.format("South", "region", 2022)) == [(0.3869, "unverified")]
    assert warehouse.rows(sql.format("CN", "nation", 2023)) == [(0.5306, "verified")]
    assert one(warehouse, "SELECT count(*) FROM provinces WHERE grid IS NULL") == 1  # Tibet


def test_units_are_those_of_the_column(warehouse: Warehouse) -> None:
    """Sizes that a slip by a power of ten would break: tonnes per head, yuan per head, kWh per head."""
    row = warehouse.records(
        "SELECT c.t_per_person, g.gdp_100m_yuan * 1e4 / p.population_10k AS yuan, e.twh * 1e5 / p.population_10k AS kwh "
        "FROM co2_intensity c JOIN gdp g USING (region, year) JOIN population p USING (region, year) "
        "JOIN power_consumption e USING (region, year) WHERE region = 'GD' AND year = 2017"
    )[0]
    assert 4 < row["t_per_person"] < 6
    assert 70_000 < row["yuan"] < 85_000
    assert 4_500 < row["kwh"] < 5_500


def test_metal_smelting_output_of_2017_in_100m_yuan(warehouse: Warehouse) -> None:
    sql = ("SELECT value_100m_yuan FROM io_national WHERE (year, origin, row_code, column_code) = "
           "(2017, 'domestic', '14', 'GO')")  # fmt: skip
    assert one(warehouse, sql) == pytest.approx(104557.3, rel=1e-6)


def test_nothing_non_commercial_or_unread_ships(warehouse: Warehouse) -> None:
    assert one(warehouse, "SELECT count(*) FROM global_co2 WHERE item = 'fossil-fuel-operations'") == 0
    assert warehouse.rows("SELECT DISTINCT status FROM pathways") == [("verified",)]
    tables = {row[0] for row in warehouse.rows("SHOW TABLES")}
    read = {"grid_factors", "fuel_factors"}  # the latter: only what one publication tabulates
    assert not [name for name in tables if "gas" in name or "ssp" in name or ("factor" in name and name not in read)]
    (fuels,) = [entry for entry in warehouse.dataset.resources if entry.name == "fuel_factors"]
    assert fuels.sources == ("heliyon-2023",) and fuels.rows == 8
