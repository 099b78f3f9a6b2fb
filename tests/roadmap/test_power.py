"""The physical power balance: closes, agrees with the power tables in its base year, and moves as it should."""

from __future__ import annotations

import numpy as np
import pytest

from data.warehouse import Warehouse
from tools.declare import Context
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.names import at
from tools.roadmap.power import BIOMASS, FOSSIL, SOLAR, SOURCES, WIND, flows_of, gas_part
from tools.roadmap.tool import roadmap

YEARS = (2024, 2030, 2045, 2060)


@pytest.mark.parametrize("scenario", ["current_policies", "dual_carbon", "accelerated"])
def test_balances_close(provinces: Engine, scenario: str) -> None:
    losses = provinces.power_base.losses
    for year in YEARS:
        found = provinces.power(provinces.path(scenario), year)
        made = found.generation.sum(axis=1) + found.net_import
        assert np.abs(made - found.use * (1 + losses)).max() < 1e-6
        assert abs(found.net_import.sum()) < 1e-6
        assert np.abs(found.flows.sum(axis=0) - found.flows.sum(axis=1) - found.net_import).max() < 1e-6
        assert (found.generation >= 0).all() and (found.flows >= 0).all()


def test_the_base_year_agrees_with_the_tables(provinces: Engine, warehouse: Warehouse) -> None:
    """Use exactly; thermal, nuclear and hydro by province within the growth of plants above the designated size;
    the nation's wind with its published total, solar within 5 % of capacity times the hours of 2021."""
    found, regions = provinces.power(provinces.path("dual_carbon"), 2024), provinces.model.economy.regions
    use = dict(warehouse.rows("SELECT region, twh FROM power_consumption WHERE year = 2024"))
    assert found.use == pytest.approx([use[r] for r in regions], rel=1e-9)

    def table(scope: str, source: str, year: int) -> dict[str, float]:
        return dict(
            warehouse.rows(
                "SELECT region, twh FROM power_generation WHERE scope = ? AND source = ? AND year = ?",
                (scope, source, year),
            )
        )

    thermal = found.generation[:, FOSSIL] + found.generation[:, BIOMASS]
    now, then, full = (
        table("above_scale", "thermal", 2024),
        table("above_scale", "thermal", 2021),
        table("full", "thermal", 2021),
    )
    for r, code in enumerate(regions):
        if code != "XZ":
            assert thermal[r] == pytest.approx(full[code] * now[code] / then[code], rel=1e-9)
            assert thermal[r] > 0.93 * now[code]  # all plants cannot make much less than those above the size
    for source, column in (("nuclear", 2),):
        observed = table("above_scale", source, 2024)
        for r, code in enumerate(regions):
            assert found.generation[r, column] == pytest.approx(observed.get(code, 0.0), rel=0.03, abs=0.1)
    assert found.generation[:, WIND].sum() == pytest.approx(table("full", "wind", 2024)["CN"], rel=1e-9)
    assert 0 < provinces.power_base.losses < 0.05


def test_guangdong_is_fed_from_yunnan_and_guizhou(provinces: Engine) -> None:
    found, regions = provinces.power(provinces.path("dual_carbon"), 2024), provinces.model.economy.regions
    r = regions.index("GD")
    order = [regions[i] for i in np.argsort(-found.flows[:, r])[:2]]
    assert order == ["YN", "GZ"] and 150 < found.net_import[r] < 300


def test_china_is_the_sum_of_the_provinces_base(china: Engine, provinces: Engine) -> None:
    nation = china.power(china.path("dual_carbon"), 2024)
    sums = provinces.power(provinces.path("dual_carbon"), 2024)
    assert nation.generation[0] == pytest.approx(sums.generation.sum(axis=0), rel=1e-9)
    assert abs(nation.net_import[0]) < 1e-6
    assert nation.capacity[0, SOURCES.index("nuclear")] == pytest.approx(
        np.nansum(sums.capacity[:, SOURCES.index("nuclear")]), rel=1e-4
    )


def test_the_nation_has_its_capacity_at_the_years_end(china: Engine, warehouse: Warehouse) -> None:
    """Provinces report November; their sum would be a twentieth short of the wind parks that made the year's power."""
    held = dict(warehouse.rows("SELECT source, gw FROM power_capacity WHERE region = 'CN' AND year = 2024"))
    base = china.power_base
    for source in ("hydro", "nuclear", "wind", "solar"):
        assert base.capacity[0, SOURCES.index(source)] == pytest.approx(held[source])


def test_later_capacity_follows_the_hours_of_plants_that_stood_through_2024(
    china: Engine, warehouse: Warehouse
) -> None:
    """Generation of 2024 over the mean of two year-ends: solar near 1,160 hours; over the year-end alone it was 980."""
    held: dict[str, float] = {}
    for source, gw in warehouse.rows(
        "SELECT source, avg(gw) FROM power_capacity WHERE region = 'CN' AND year IN (2023, 2024) GROUP BY source"
    ):
        held[source] = gw
    path, base = china.path("dual_carbon"), china.power_base
    later = china.power(path, 2040)
    for source in ("nuclear", "hydro", "wind", "solar"):
        k = SOURCES.index(source)
        hours = base.generation[0, k] / held[source]
        assert later.capacity[0, k] == pytest.approx(later.generation[0, k] / hours)
    assert 1.1 < base.generation[0, SOLAR] / held["solar"] < 1.25
    now = china.power(path, 2024)
    assert now.capacity[0, SOLAR] == base.capacity[0, SOLAR]


def test_hydro_of_small_plants_stays_as_it_was(provinces: Engine, warehouse: Warehouse) -> None:
    """Above-scale plants of 2024 and what the full count of 2021 held beyond them: no ratio blows small ones up."""
    rows = warehouse.rows(
        "SELECT a.region, a.twh + f.twh - b.twh FROM power_generation a JOIN power_generation b USING (region, source, scope) "
        "JOIN power_generation f ON f.region = a.region AND f.source = 'hydro' AND f.scope = 'full' AND f.year = 2021 "
        "WHERE a.source = 'hydro' AND a.scope = 'above_scale' AND a.year = 2024 AND b.year = 2021"
    )
    held, regions = provinces.power_base.generation[:, SOURCES.index("hydro")], provinces.model.economy.regions
    assert len(rows) > 20
    for region, twh in rows:
        if region in regions:
            assert held[regions.index(region)] == pytest.approx(max(twh, 0.0), abs=1e-9)


@pytest.mark.parametrize("scenario", ["current_policies", "dual_carbon", "accelerated"])
def test_the_mix_of_the_power_used_is_the_balances(provinces: Engine, scenario: str) -> None:
    """One share of non-fossil power in every part: exactly on the path balanced, within 2.5 points on the others."""
    path = provinces.path(scenario)
    told = energy_of(path, provinces.energy).nonfossil_power
    for year in (2024, 2030, 2035, 2045, 2060):
        power = provinces.power(path, year)
        assert np.abs(told[at(year)] - power.nonfossil_used).max() < (1e-9 if scenario == "dual_carbon" else 0.025)
        made = power.generation.sum(axis=1)
        own, drawn = power.generation[:, FOSSIL + 1 :].sum(axis=1), np.maximum(power.net_import, 0.0)
        most = (own + drawn) / (made + drawn)  # were every kWh drawn from others clean
        assert (power.nonfossil_used <= most + 1e-9).all()


def test_cleaner_scenarios_burn_less_and_build_more(provinces: Engine) -> None:
    fossil, wind = [], []
    for scenario in ("current_policies", "dual_carbon", "accelerated"):
        found = provinces.power(provinces.path(scenario), 2035)
        fossil.append(found.generation[:, FOSSIL].sum() / found.generation.sum())
        wind.append(found.generation[:, WIND].sum())
    assert fossil[0] > fossil[1] > fossil[2] and wind[0] < wind[1] < wind[2]


def test_fossil_generation_moves_as_the_models_power_sector(provinces: Engine) -> None:
    """Between two provinces the ratio of their fossil generation changes as that of their power sectors' output."""
    path = provinces.path("dual_carbon")
    a, b = (provinces.model.economy.regions.index(c) for c in ("GD", "NM"))
    base, later = (provinces.power(path, y).generation[:, FOSSIL] for y in (2024, 2045))
    output = path.output[[at(2024), at(2045)]][..., 23]
    expected = (output[1, a] / output[0, a]) / (output[1, b] / output[0, b])
    assert (later[a] / base[a]) / (later[b] / base[b]) == pytest.approx(expected, rel=1e-9)


def test_flows_by_hand() -> None:
    """Two exporters, two importers, an even prior: each sends in proportion (the outer product)."""
    net = np.array([-6.0, -2.0, 4.0, 4.0])
    prior = np.full((4, 4), 1e6)
    found = flows_of(net, prior)
    assert found[0, 2] == pytest.approx(3.0) and found[1, 3] == pytest.approx(1.0)
    assert flows_of(np.zeros(3), np.zeros((3, 3))).sum() == 0


def test_gas_makes_a_larger_part_in_beijing_than_in_shanxi(provinces: Engine) -> None:
    part = gas_part(provinces.path("dual_carbon"), provinces.model.potentials.fuel_factor, 2024)
    regions = provinces.model.economy.regions
    assert part[regions.index("BJ")] > 0.8 and part[regions.index("SX")] < 0.1
    assert np.isnan(part[regions.index("XZ")])


@pytest.mark.parametrize("where", ["Guangdong", "Inner Mongolia", "China", "Yangtze River Delta"])
def test_the_answer_holds_a_balance_that_adds_up(context: Context, where: str) -> None:
    result = roadmap.call({"place": where}, context)
    tables = [t for t in result.tables if "power balance" in t.title.en]
    if where == "Yangtze River Delta":
        assert not tables  # a group: member by member
        return
    (balance,) = [t for t in tables if "all years" not in t.title.en]
    (whole,) = [t for t in tables if "all years" in t.title.en]
    for column in range(1, 6):
        attached = [float(str(row[column])) for row in whole.rows]
        assert sum(attached[:-2]) == pytest.approx(attached[-1] + attached[-2], rel=1e-6)
    for column in range(1, 4):
        values = [result.facts[row[column].fact].value for row in balance.rows]  # type: ignore[union-attr]
        assert sum(values[:-2]) == pytest.approx(values[-1] + values[-2], rel=1e-6)
