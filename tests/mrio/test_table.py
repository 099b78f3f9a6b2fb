"""The shipped table: it passes its checks, a spoilt one does not, and its accounts are what pymrio makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from data import verify_mrio
from data.errors import NotAvailable
from data.mrio import KINDS, load_emissions, load_mrio, national, table_years
from data.warehouse import Warehouse
from tools.mrio.system import System, get_system


def test_the_shipped_table_holds_every_check(warehouse: Warehouse) -> None:
    found = list(verify_mrio.checks(warehouse))
    assert len(found) >= 15
    assert [c.name.en for c in found if not c.ok] == []


def test_a_spoilt_table_fails(warehouse: Warehouse, provinces: System) -> None:
    table = provinces.mrio
    exports = table.exports.copy()
    exports[100] += 1e-3
    spoilt = replace(table, exports=exports)
    assert [c.ok for c in verify_mrio.balances(spoilt)] == [False, True]
    assert not all(c.ok for c in verify_mrio.against_nation(warehouse, spoilt))
    Y = table.Y.copy()
    Y[3, 4, 1] = -1.0
    assert not all(c.ok for c in verify_mrio.bounds(warehouse, replace(table, Y=Y)))
    halved = replace(table, A=table.A / 2, Y=table.Y)
    assert not all(c.ok for c in verify_mrio.accounts(halved, provinces.emissions))


def test_power_checks_see_a_row_without_physical_trade(warehouse: Warehouse, provinces: System) -> None:
    table = provinces.mrio
    r, s, k = 31, 42, verify_mrio.ELECTRICITY - 1
    flows = table.Z.reshape(r, s, r, s).copy()
    at_home = flows[:, k].sum(0)  # every province supplies itself
    flows[:, k] = 0.0
    flows[np.arange(r), k, np.arange(r)] = at_home
    Z = flows.reshape(r * s, r * s)
    spoilt = replace(table, A=np.divide(Z, table.x, out=np.zeros_like(Z), where=table.x > 0))
    assert not next(verify_mrio.electricity(warehouse, spoilt)).ok
    # Guangdong's net import stays, but Guizhou's part of it comes from Hubei: only the order of suppliers is wrong.
    swapped = table.Z.reshape(r, s, r, s).copy()
    gz, hb, gd = (table.regions.index(code) for code in ("GZ", "HB", "GD"))
    swapped[[gz, hb], k, gd] = swapped[[hb, gz], k, gd]
    Z = swapped.reshape(r * s, r * s)
    A = np.divide(Z, table.x, out=np.zeros_like(Z), where=table.x > 0)
    Y = table.Y.reshape(r, s, r, -1).copy()
    Y[[gz, hb], k, gd] = Y[[hb, gz], k, gd]
    found = list(verify_mrio.electricity(warehouse, replace(table, A=A, Y=Y.reshape(table.Y.shape))))
    assert not found[1].ok


def test_net_imported_power_in_plain_sql(warehouse: Warehouse) -> None:
    """The same share from the factors alone, by SQL, against trade and use in TWh; beside it figures of the yearbooks."""
    used = """
        SELECT region, sum(value) AS used FROM (
            SELECT region, value_100m_yuan AS value FROM mrio_use WHERE product = 24
            UNION ALL SELECT region, domestic_100m_yuan FROM mrio_final WHERE product = 24 AND category <> 'stock_change')
        GROUP BY region"""
    told = dict(warehouse.rows(
        f"WITH used AS ({used}) SELECT u.region, 100 * (1 - made / u.used) FROM used u JOIN "
        "(SELECT t.origin AS region, sum(t.share * d.used) AS made FROM mrio_trade t JOIN used d ON d.region = t.destination "
        "WHERE t.product = 24 GROUP BY 1) m ON m.region = u.region"
    ))  # fmt: skip
    physical = dict(warehouse.rows(
        "SELECT c.region, 100 * (coalesce(i.twh, 0) - coalesce(o.twh, 0)) / c.twh FROM power_consumption c "
        "LEFT JOIN (SELECT destination AS region, sum(twh) AS twh FROM power_trade WHERE year = 2017 GROUP BY 1) i USING (region) "
        "LEFT JOIN (SELECT origin AS region, sum(twh) AS twh FROM power_trade WHERE year = 2017 GROUP BY 1) o USING (region) "
        "WHERE c.year = 2017 AND c.region <> 'CN'"
    ))  # fmt: skip
    assert len(told) == len(physical) == 31
    assert max(abs(told[code] - physical[code]) for code in told) < 3.0
    assert told["GD"] == pytest.approx(100 * 208.491 / 595.9, abs=0.1)
    assert told["BJ"] == pytest.approx(100 * 61.021 / 106.7, abs=0.1)
    assert told["YN"] == pytest.approx(-100 * 126.817 / 153.8, abs=0.1)


def test_years_and_what_is_not_there(warehouse: Warehouse) -> None:
    assert table_years(warehouse) == (2017,)
    with pytest.raises(NotAvailable) as caught:
        load_mrio(warehouse, 2018)
    assert caught.value.nearest == ("2017",)
    with pytest.raises(NotAvailable):
        load_emissions(warehouse, get_system(warehouse, 2017).mrio, 2024)


def test_the_nation_is_the_published_table(warehouse: Warehouse, provinces: System) -> None:
    total = national(provinces.mrio)
    assert total.regions == ("CN",) and total.x.shape == (42,)
    assert total.x[13] == pytest.approx(104557.312, abs=1e-3)  # gross output of metal smelting, NBS 2017
    emissions = load_emissions(warehouse, total)
    # The national inventory of 2017, households included; the provinces add to more.
    assert emissions.co2.sum() + emissions.households.sum() == pytest.approx(9408.17, abs=0.01)
    assert provinces.emissions.co2.sum() + provinces.emissions.households.sum() == pytest.approx(10171, abs=1)


def test_emissions_of_the_provinces(warehouse: Warehouse, provinces: System) -> None:
    emissions, regions = provinces.emissions, provinces.mrio.regions
    by_region = emissions.co2.reshape(31, 42).sum(1) + emissions.households
    assert by_region[regions.index("GD")] == pytest.approx(556.86, abs=0.005)
    assert by_region[regions.index("SD")] == pytest.approx(835.8, abs=0.05)
    assert emissions.missing == ("XZ",)
    assert emissions.by_group.sum(1) == pytest.approx(emissions.co2)
    assert (emissions.co2[provinces.mrio.x <= 0] == 0).all()
    # Qinghai's other manufacturing has CO2 and no output: it moves to a sector of its kind, and is reported.
    assert [(m[0], m[1]) for m in emissions.moved] == [("QH", 22)]
    target = emissions.moved[0][2]
    assert any({22, target} <= set(kind) for kind in KINDS)
    later = load_emissions(warehouse, provinces.mrio, 2019)
    assert (later.co2.reshape(31, 42).sum(1) + later.households)[regions.index("GD")] == pytest.approx(569.1, abs=0.05)


def test_factors_rebuild_the_flows(warehouse: Warehouse, provinces: System) -> None:
    # Independent of the loader: SQL over the factors for some cells.
    table = provinces.mrio
    for origin, product, destination, buyer in (("SX", 2, "GD", 24), ("HE", 14, "BJ", 27), ("GD", 20, "GD", 20)):
        expected = warehouse.rows(
            "SELECT t.share * u.value_100m_yuan FROM mrio_trade t JOIN mrio_use u ON u.region = t.destination AND "
            "u.product = t.product WHERE t.origin = ? AND t.destination = ? AND t.product = ? AND u.buyer = ?",
            (origin, destination, product, buyer),
        )[0][0]
        assert table.Z[table.at(origin, product), table.at(destination, buyer)] == pytest.approx(expected, rel=1e-12)
        assert expected > 0


def test_accounts_against_pymrio(provinces: System) -> None:
    import pandas  # type: ignore[import-untyped]
    from pymrio.core.mriosystem import Extension, IOSystem

    table, emissions = provinces.mrio, provinces.emissions
    index = pandas.MultiIndex.from_product([table.regions, table.sectors], names=["region", "sector"])
    final = np.concatenate([table.y, table.exports[:, None]], axis=1)
    # Exports stand as the final demand of a region of their own, so that pymrio's accounts close.
    columns = pandas.MultiIndex.from_product([[*table.regions, "abroad"], ["use"]], names=["region", "category"])
    wide = pandas.MultiIndex.from_product([[*table.regions, "abroad"], table.sectors], names=["region", "sector"])
    Z = pandas.DataFrame(table.Z, index=index, columns=index).reindex(index=wide, columns=wide, fill_value=0.0)
    Y = pandas.DataFrame(final, index=index, columns=columns).reindex(index=wide, fill_value=0.0)
    F = pandas.DataFrame(emissions.co2[None, :], index=["CO2"], columns=index).reindex(columns=wide, fill_value=0.0)
    system: Any = IOSystem(Z=Z, Y=Y)
    system.co2 = Extension(name="co2", F=F)
    system.calc_all()
    theirs = system.co2.D_cba.T.groupby(level="region", sort=False).sum()["CO2"]
    ours = provinces.trade.sum(0)
    for k, code in enumerate(table.regions):
        assert theirs[code] == pytest.approx(ours[k], rel=1e-9)
    assert theirs["abroad"] == pytest.approx(provinces.exported.sum(), rel=1e-9)


def test_orders_of_magnitude_of_the_accounts(provinces: System) -> None:
    # Wide bounds on what every study of China finds; no published provincial figure is matched here.
    total, trade = provinces.emissions.co2.sum(), provinces.trade
    crossing = (trade.sum() - np.trace(trade)) / total
    assert 0.3 < crossing < 0.5
    assert 0.1 < provinces.exported.sum() / total < 0.25
    assert np.abs(np.linalg.eigvals(provinces.mrio.A)).max() < 0.9
