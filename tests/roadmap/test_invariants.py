"""What must hold for any defaults: sums, balances, bounds, and the solver against plain linear algebra."""

from __future__ import annotations

import numpy as np
import pytest

from data.warehouse import Warehouse
from tools.mrio.algebra import calc_L
from tools.roadmap.bands import DATES, deployments, draw, ensemble
from tools.roadmap.drivers import Drivers
from tools.roadmap.engine import Engine
from tools.roadmap.model import Model
from tools.roadmap.names import (
    BASE,
    CCUS,
    COMMON,
    EFF,
    FUEL,
    LEVER_KEYS,
    MATEFF,
    RENEW,
    SCENARIO_CODES,
    SECTORS,
    YEARS,
    at,
)
from tools.roadmap.state import Economy, Inventory

SHOWN = (2017, 2030, 2045, 2060)


def coefficients(engine: Engine, t: int, u: np.ndarray) -> np.ndarray:
    """A_t formed in full."""
    model = engine.model
    year = model.year(t, u)
    return np.asarray(model.economy.A + _spread(model, year.system.delta))


def _spread(model: Model, delta: np.ndarray) -> np.ndarray:
    from tools.roadmap.state import moving_columns

    out = np.zeros_like(model.economy.A)
    out[moving_columns(model.economy.size)] = delta
    return out


@pytest.fixture(params=["china", "provinces"])
def lane(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(request.param)
    return found


def test_base_years_equal_the_inventory(lane: Engine, warehouse: Warehouse) -> None:
    path = lane.path("dual_carbon")
    totals = {(r, y): mt for r, y, mt in warehouse.rows("SELECT region, year, sum(mt) FROM co2 GROUP BY region, year")}
    checked = 0
    for i, code in enumerate(lane.model.economy.regions):
        for year in (2017, 2018, 2019):
            if (code, year) in totals:
                assert path.gross[at(year), i] == pytest.approx(totals[code, year], rel=1e-9)
                checked += 1
    assert checked == 3 * int(lane.model.inventory.present.sum())


def test_parts_add_up_and_net_is_gross_less_removals(lane: Engine) -> None:
    for scenario in SCENARIO_CODES:
        path = lane.path(scenario)
        parts = path.sectors.sum(axis=2)
        assert np.allclose(parts, path.gross, rtol=1e-9)
        assert np.allclose(path.net, path.gross - path.sink - path.engineered, rtol=1e-9, atol=1e-9)


def test_consumption_and_exports_account_for_all_production(lane: Engine) -> None:
    path = lane.path("dual_carbon")
    assert path.consumption is not None and path.embodied_exports is not None
    caused = path.consumption.sum(axis=1) + path.embodied_exports.sum(axis=1)
    assert np.allclose(caused, path.gross.sum(axis=1), rtol=1e-9)


def test_outputs_and_value_added_stay_positive_and_the_system_productive(lane: Engine) -> None:
    for scenario in SCENARIO_CODES:
        path = lane.path(scenario)
        assert path.output.min() >= 0
        assert path.scale.min() > 0
        for year in SHOWN:
            found = lane.model.year(at(year), path.deployment[..., at(year)])
            assert lane.model.coefficients(found.technology).min() >= -1e-12
    last = lane.path("accelerated").deployment[..., -1]
    vector = np.ones(lane.model.economy.A.shape[0])
    matrix = coefficients(lane, -1, last)
    for _ in range(60):  # power iteration: a non-negative matrix
        vector = matrix @ vector
        radius = vector.max()
        vector /= radius
    assert radius < 0.9


def test_woodbury_equals_a_fresh_factorisation(lane: Engine) -> None:
    u = lane.path("dual_carbon").deployment[..., at(2045)]
    year = lane.model.year(at(2045), u)
    y = year.demand.sum(axis=1) + year.exports.reshape(-1)
    matrix = np.eye(len(y)) - coefficients(lane, at(2045), u)
    fresh = np.linalg.solve(matrix, y)
    assert np.abs(year.x - fresh).max() / fresh.max() < 1e-10
    adjoint = np.linalg.solve(matrix.T, year.intensity)
    assert np.abs(year.system.transposed(year.intensity) - adjoint).max() / adjoint.max() < 1e-10


def test_a_batch_equals_single_runs(lane: Engine) -> None:
    """Two runs of an ensemble, solved again one by one with their own GDP, power index and effects left at one."""
    model = lane.model
    draws = draw(model.defaults, "delivery", 2)
    plain = type(draws)(
        draws.growth, draws.deepening * 0, draws.struct, draws.exponent * 0 + 1, draws.lag, draws.saturation
    )
    u = deployments(model, "dual_carbon", plain)
    from tools.roadmap.bands import _year

    t = at(2040)
    batch = _year(model, t, u[..., t], plain, lane.path("dual_carbon").deployment[..., t])
    for n in range(2):
        gdp = model.drivers.gdp.copy()
        gdp[:, t] *= (1 + plain.growth[n] / 100) ** (2040 - COMMON)
        single = model.with_gdp(gdp).year(t, u[n, ..., t])
        gross = single.emissions.sum(axis=(1, 2)) + single.households.sum(axis=1)
        assert np.allclose(batch[n], gross, rtol=1e-5, atol=1e-6)


def test_frozen_technology_meets_the_gdp_path(lane: Engine) -> None:
    model = lane.model
    for year in (2017, 2030, 2060):
        t = at(year)
        struct = np.full(model.economy.size, 0.7)
        weights = model.demand.weights(year, struct, model.drivers.gdp[:, t])
        rows = np.ones((9, model.economy.size))
        demand, exports = model.demand.by_region(weights, rows, np.zeros(model.economy.size))
        x = model.solver.inverse @ (demand.sum(axis=1) + exports.reshape(-1))
        added = (model.economy.value_added * x.reshape(-1, SECTORS)).sum(axis=1)
        assert np.allclose(added, model.demand.income * model.drivers.gdp[:, t], rtol=1e-9)


def test_provincial_gdp_adds_up_to_the_national_path(provinces: Engine, china: Engine, warehouse: Warehouse) -> None:
    gdp = dict(warehouse.rows("SELECT region, gdp_100m_yuan FROM gdp WHERE year = 2017"))
    weights = np.array([gdp[code] for code in provinces.model.economy.regions])
    total = weights @ provinces.model.drivers.gdp / weights.sum()
    assert np.allclose(total, china.model.drivers.gdp[0], rtol=1e-9)


def test_scenarios_agree_to_2025_and_levers_are_shares_that_rise(lane: Engine) -> None:
    paths = [lane.path(s) for s in SCENARIO_CODES]
    common = at(COMMON) + 1
    for path in paths:
        assert np.array_equal(path.gross[:common], paths[0].gross[:common])
        assert path.deployment.min() >= 0 and path.deployment.max() <= 1
        assert np.diff(path.deployment, axis=2).min() >= -1e-12


def test_the_national_lane_has_the_output_of_the_summed_table(china: Engine, provinces: Engine) -> None:
    national, summed = china.model.economy.output[0], provinces.model.economy.output.sum(axis=0)
    assert np.allclose(national, summed, rtol=1e-9)
    assert np.allclose(china.path("dual_carbon").output[0, 0], national, rtol=1e-9)


@pytest.mark.parametrize("lever", [MATEFF, EFF, FUEL, RENEW, CCUS])
def test_more_of_a_clean_lever_never_raises_gross_emissions(lane: Engine, lever: int) -> None:
    for year in (2030, 2045, 2060):
        u = lane.path("dual_carbon").deployment[..., at(year)]
        more = u.copy()
        more[lever] = np.minimum(1.0, more[lever] + 0.05)
        before, after = (lane.model.year(at(year), v) for v in (u, more))
        change = (after.emissions.sum(axis=(1, 2)) + after.households.sum(axis=1)) - (
            before.emissions.sum(axis=(1, 2)) + before.households.sum(axis=1)
        )
        assert change.max() <= 1e-9


def test_the_same_seed_gives_the_same_band_and_another_seed_another(china: Engine) -> None:
    path = china.path("dual_carbon")
    first, again, other = (
        ensemble(china.model, "dual_carbon", path.deployment, path.gross, "delivery", 12, seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(first.gross, again.gross)
    assert not np.array_equal(first.gross, other.gross)
    low, middle, high = first.range(2060, (0,))
    assert low < middle < high and len(DATES) == first.gross.shape[1]


def test_the_delivery_band_mostly_falls_short_and_the_parameter_band_is_centred(china: Engine) -> None:
    central = china.path("dual_carbon").gross[-1, 0]
    low, middle, _ = china.band("dual_carbon").range(2060, (0,))
    assert middle > central and low > 0.9 * central
    low, middle, high = china.band("dual_carbon", "parameters").range(2060, (0,))
    assert low < central < high and abs(middle / central - 1) < 0.15


def test_tibet_has_no_inventory_and_nothing_is_attributed_to_it(provinces: Engine) -> None:
    r = provinces.model.economy.regions.index("XZ")
    assert not provinces.model.inventory.present[r]
    assert provinces.model.inventory.present.sum() == 30


def test_an_economy_of_one_sector_follows_pencil_and_paper(china: Engine) -> None:
    """One region where only services exist: x = y / (1 - a), emissions = f x, whatever the levers of other sectors do."""
    shape = (1, SECTORS)
    output, added = np.zeros(shape), np.zeros(shape)
    output[0, 32], added[0, 32] = 100.0, 0.75
    matrix = np.zeros((SECTORS, SECTORS))
    matrix[32, 32] = 0.25
    households = np.zeros((1, SECTORS, 1))
    households[0, 32, 0] = 75.0
    none = np.zeros((1, SECTORS, 1))
    economy = Economy("china", ("CN",), matrix, output, households, none, none, none, np.zeros(shape), added, False)
    production = np.zeros((3, 1, SECTORS, 4))
    production[:, 0, 32, 0] = 10.0
    inventory = Inventory(production, np.zeros((3, 1, 4)), np.ones(1, dtype=np.bool_))
    gdp = np.linspace(1.0, 3.0, len(YEARS))[None]
    inverse = calc_L(matrix)
    model = Model(economy, inverse, inventory, Drivers(gdp, np.ones_like(gdp)), china.model.defaults, None)
    year = model.year(at(2040), np.zeros((len(LEVER_KEYS), 1)))
    t = at(2040)
    assert year.x[32] == pytest.approx(100 * gdp[0, t])
    expected = 10 / (100 * gdp[0, at(BASE)]) * 100 * gdp[0, t] * model.nowcast.sectors[t, 0, 32]
    assert year.emissions.sum() == pytest.approx(expected)


def test_a_system_formed_from_a_near_one_is_the_system_itself(provinces: Engine) -> None:
    """Few buyers differ (one province's) or all do (another scenario): the full product is the measure."""
    model, t = provinces.model, at(2040)
    u = provinces.path("dual_carbon").deployment[..., t].copy()
    assert t in model.near
    for changed in (u, provinces.path("current_policies").deployment[..., t].copy()):
        changed[1:, 18] *= 0.5
        year = model.year(t, changed)
        full = model.solver.factor(year.technology.rows)
        assert np.allclose(year.system.product, full.product, rtol=0, atol=1e-13)
        assert np.allclose(year.system.core, full.core, rtol=0, atol=1e-12)
