"""Chains, energy, another nowcast and the hindcast against the tables they rest on."""

from __future__ import annotations

import numpy as np
import pytest

from data.warehouse import Warehouse
from tools.roadmap.chains import pairs, touching
from tools.roadmap.checks import hindcast, thermal_nowcast
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.names import SECTORS, at


def index(engine: Engine, code: str) -> int:
    return engine.model.economy.regions.index(code)


def test_chain_pairs_of_2017_are_those_of_the_table(provinces: Engine, warehouse: Warehouse) -> None:
    """``mrio_chains`` was computed elsewhere from a full Leontief inverse."""
    known = {
        ((p, i), (q, j)): value
        for p, i, q, j, value in warehouse.rows(
            "SELECT supplier, supplier_sector, buyer, buyer_sector, value FROM mrio_chains "
            "WHERE year = 2017 AND listing = 'province' AND region = 'GD'"
        )
    }
    joint, left = pairs(warehouse, provinces.model, provinces.path("dual_carbon"), index(provinces, "GD"), 20)
    checked = 0
    for pair in (*joint, *left):
        if (pair.emitter, pair.product) in known:
            assert pair.carbon[0] == pytest.approx(known[pair.emitter, pair.product], rel=2e-4)
            assert pair.low is not None and pair.high is not None and pair.low <= pair.carbon[0] <= pair.high
            checked += 1
    assert checked >= 10
    assert joint[0].emitter == ("GD", 24) and joint[0].product == ("GD", 27) and joint[0].robust


def test_everything_a_region_emits_ends_in_final_products(provinces: Engine) -> None:
    model, r = provinces.model, index(provinces, "ZJ")
    u = provinces.path("dual_carbon").deployment[..., at(2030)]
    found = touching(model, at(2030), u, r)
    year = model.year(at(2030), u)
    assert np.allclose(found.emitted.sum(axis=1), year.emissions[r].sum(axis=-1), rtol=1e-9)
    both = slice(r * SECTORS, (r + 1) * SECTORS)
    assert np.allclose(found.made[both], found.emitted[:, both], rtol=1e-9)


def test_power_of_2024_and_energy_of_2019_are_as_observed(provinces: Engine, warehouse: Warehouse) -> None:
    power = dict(warehouse.rows("SELECT region, twh FROM power_consumption WHERE year = 2024"))
    found = energy_of(provinces.path("dual_carbon"), provinces.energy)
    for i, code in enumerate(provinces.model.economy.regions):
        assert found.power[at(2024), i] == pytest.approx(power[code], rel=1e-9)
    shares = found.nonfossil_primary[:, provinces.model.inventory.present]
    assert shares.min() > 0 and shares.max() < 1


def test_the_other_nowcast_keeps_the_sum_and_knows_nothing_of_tibet(provinces: Engine, warehouse: Warehouse) -> None:
    found = thermal_nowcast(warehouse, provinces)
    plain = provinces.path("dual_carbon").gross[at(2023)]
    known = np.isfinite(found)
    assert not known[index(provinces, "XZ")] and known.sum() == 30
    assert found[known].sum() == pytest.approx(plain[known].sum(), rel=1e-9)
    thermal = dict(
        warehouse.rows(
            "SELECT year, twh FROM power_generation WHERE region = 'GD' AND source = 'thermal' AND scope = 'above_scale'"
        )
    )
    assert thermal[2023] / thermal[2019] == pytest.approx(1.48, abs=0.01)
    assert found[index(provinces, "GD")] > 1.05 * plain[index(provinces, "GD")]


def test_the_hindcast_is_honest_about_losing_to_no_change(china: Engine, warehouse: Warehouse) -> None:
    totals = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'CN' GROUP BY year"))
    found = hindcast(china, (0,))
    assert found.unchanged == pytest.approx(100 * (totals[2017] / totals[2019] - 1), rel=1e-9)
    assert 5 < found.model < 15  # the reason no sentence calls a scenario a forecast


def test_all_provinces_sum_to_more_than_china(china: Engine, provinces: Engine) -> None:
    for year in (2019, 2035):
        nation, total = (
            china.path("dual_carbon").gross[at(year), 0],
            provinces.path("dual_carbon").gross[at(year)].sum(),
        )
        assert 1.05 < total / nation < 1.15
