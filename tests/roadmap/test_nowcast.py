"""The nowcast of 2020-2025: what it keeps, what it follows, and its range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from data.warehouse import Warehouse
from tools.declare import Context
from tools.result import Account
from tools.roadmap.engine import Engine
from tools.roadmap.model import Path
from tools.roadmap.names import POWER_SECTOR, SCENARIOS, at
from tools.roadmap.nowcast import coal_index, nowcast, thermal_index
from tools.roadmap.tool import roadmap

POWER = POWER_SECTOR - 1


@pytest.mark.parametrize("lane", ["china", "provinces"])
def test_every_nowcast_keeps_the_lanes_total(
    lane: str, china: Engine, provinces: Engine, one_factor: Callable[[str, str], Path]
) -> None:
    """The inventory of 2019 times the national index of the defaults, whatever the sectors do."""
    engine = {"china": china, "provinces": provinces}[lane]
    index = {p.year: p.value for p in engine.model.defaults.rows("nowcast_index_vs_2019", "China")}
    base = engine.model.inventory.base_total.sum()
    for path in (engine.path("dual_carbon"), one_factor(lane, "dual_carbon")):
        for year in range(2020, 2026):
            assert path.gross[at(year)].sum() == pytest.approx(index[year] * base, rel=1e-9)


def test_power_follows_thermal_generation_and_the_rest_one_factor(provinces: Engine, warehouse: Warehouse) -> None:
    path, regions = provinces.path("dual_carbon"), provinces.model.economy.regions
    thermal = dict(
        warehouse.rows(
            "SELECT year, twh FROM power_generation WHERE region = 'GD' AND source = 'thermal' AND scope = 'above_scale'"
        )
    )
    assert thermal[2023] / thermal[2019] == pytest.approx(1.48, abs=0.01)
    power = path.emissions[:, regions.index("GD"), POWER].sum(axis=-1)
    for year in (2020, 2023, 2024):
        assert power[at(year)] / power[at(2019)] == pytest.approx(thermal[year] / thermal[2019], rel=1e-9)
    rest = np.delete(provinces.model.nowcast.sectors[at(2023)], POWER, axis=1)
    assert np.ptp(rest) < 1e-12 and rest[0, 0] == provinces.model.nowcast.households[at(2023), 0]


def test_the_range_holds_all_variants(provinces: Engine, one_factor: Callable[[str, str], Path]) -> None:
    found, path = provinces.model.nowcast, provinces.path("dual_carbon")
    present = provinces.model.inventory.present
    for year in range(2020, 2026):
        t = at(year)
        for gross in (path.gross[t], one_factor("provinces", "dual_carbon").gross[t], found.one_factor[t]):
            assert (found.low[t] <= gross + 1e-9).all() and (gross <= found.high[t] + 1e-9).all()
        assert (found.high[t, present] > found.low[t, present]).all()
    assert np.allclose(found.one_factor[at(2023)], one_factor("provinces", "dual_carbon").gross[at(2023)], rtol=1e-9)
    assert np.isnan(found.low[at(2026)]).all()


def test_guangdong_burns_more_than_the_one_factor_says(provinces: Engine) -> None:
    r = provinces.model.economy.regions.index("GD")
    gross = provinces.path("dual_carbon").gross[at(2023), r]
    assert gross > 1.05 * provinces.model.nowcast.one_factor[at(2023), r]


def test_a_region_without_thermal_data_goes_with_the_rest() -> None:
    """Two regions, one without data: by hand, 2020 target 24; power of the first 4 x 1.5 = 6, the rest 18 over 17 raw."""
    production = np.zeros((2, 42))
    production[:, 0], production[0, POWER], production[1, POWER] = (4.0, 6.0), 4.0, 5.0
    households = np.array([1.0, 1.0])
    base = (production, households)
    thermal = np.full((6, 2), np.nan)
    thermal[:, 0] = 1.5
    found = nowcast(
        lambda t: (production, households), base, np.zeros((3, 2)), dict.fromkeys(range(2020, 2026), 24 / 21), thermal
    )
    t = at(2020)
    assert found.sectors[t, 0, POWER] == pytest.approx(1.5)
    assert found.sectors[t, 1, POWER] == found.households[t, 0] == pytest.approx(18 / 17)


def test_the_index_of_generation_starts_at_one(warehouse: Warehouse) -> None:
    index = thermal_index(warehouse, ("GD", "XZ", "CN"))
    assert index.shape == (6, 3) and index[0, 0] == index[0, 2] == 1.0
    assert 1.15 < index[-1, 2] < 1.35  # the nation's thermal power grew by about a fifth


def test_the_coal_burnt_marks_the_low_side_where_gas_grew(provinces: Engine, warehouse: Warehouse) -> None:
    """Guangdong's thermal power rose by a third to 2022, its raw coal for power by a twentieth (January to November)."""
    regions = provinces.model.economy.regions
    thermal = thermal_index(warehouse, regions)
    coal, r = coal_index(warehouse, regions, thermal), regions.index("GD")
    burnt = dict(warehouse.rows("SELECT year, mt FROM power_coal WHERE region = 'GD'"))
    assert coal[3, r] == pytest.approx(burnt[2022] / burnt[2019])
    assert thermal[3, r] - coal[3, r] > 0.2
    assert coal[5, r] == pytest.approx(coal[3, r] * thermal[5, r] / thermal[3, r])
    low = provinces.model.nowcast.low[at(2025), r]
    assert low < 0.95 * provinces.path("dual_carbon").gross[at(2025), r]


def _power_misses(warehouse: Warehouse, follow: str, base: int, years: int) -> tuple[float, float, float]:
    """CO2 of power in all provinces after some years, Mt: misses of "in step with ``follow``", of "no change", and the total."""
    rows = warehouse.rows(
        f"WITH p AS (SELECT region, year, sum(mt) AS mt FROM co2_42 WHERE sector_no = {POWER_SECTOR} AND region <> 'CN' GROUP BY ALL), "
        f"i AS ({follow}) SELECT a.mt, b.mt, a.mt * j.v / i.v FROM p a JOIN p b USING (region) "
        "JOIN i ON (i.region, i.year) = (a.region, a.year) JOIN i j ON (j.region, j.year) = (b.region, b.year) "
        "WHERE a.year = ? AND b.year = ? AND i.v > 0 AND a.mt > 0", (base, base + years),
    )  # fmt: skip
    then, now, told = (np.array(column) for column in zip(*rows, strict=True))
    return float(np.abs(told - now).sum()), float(np.abs(then - now).sum()), float(now.sum())


_THERMAL = "SELECT region, year, twh AS v FROM power_generation WHERE source = 'thermal' AND scope = 'above_scale'"
_COAL = "SELECT region, year, mt AS v FROM power_coal"


@pytest.mark.parametrize(("years", "most"), [(1, 0.05), (2, 0.07), (3, 0.09), (5, 0.125)])
def test_hindcast_power_in_step_with_thermal_generation(warehouse: Warehouse, years: int, most: float) -> None:
    """Over all base years from 2005 the rule misses about half of what "no change" misses (see docs/methods-roadmap.md)."""
    ours, still, total = np.sum(
        [_power_misses(warehouse, _THERMAL, b, years) for b in range(2005, 2020 - years)], axis=0
    )
    print(f"power CO2 after {years} years: thermal rule {ours / total:.1%}, no change {still / total:.1%}")
    assert ours < 0.66 * still
    assert ours / total < most


def test_hindcast_of_thermal_generation_says_a_little_too_much(warehouse: Warehouse) -> None:
    """A kWh of thermal power emits less each year: the bias that docs/methods-roadmap.md states, after the series' break."""
    rows = warehouse.rows(
        "WITH p AS (SELECT region, year, sum(mt) AS mt FROM co2_42 WHERE sector_no = ? AND region <> 'CN' GROUP BY ALL), "
        f"i AS ({_THERMAL}) SELECT sum(a.mt * j.v / i.v), sum(b.mt) FROM p a JOIN p b USING (region) "
        "JOIN i ON (i.region, i.year) = (a.region, a.year) JOIN i j ON (j.region, j.year) = (b.region, b.year) "
        "WHERE a.year = 2015 AND b.year = 2019", (POWER_SECTOR,),
    )  # fmt: skip
    told, true = rows[0]
    assert told / true - 1 == pytest.approx(0.029, abs=0.002)


def test_hindcast_raw_coal_is_the_worse_guide(warehouse: Warehouse) -> None:
    """2017 to 2019, the only stretch with both: the coal series misses more than thermal generation, so it only marks the range."""
    thermal, _, total = _power_misses(warehouse, _THERMAL, 2017, 2)
    coal, still, _ = _power_misses(warehouse, _COAL, 2017, 2)
    print(
        f"power CO2 of 2019 from 2017: thermal {thermal / total:.1%}, raw coal {coal / total:.1%}, no change {still / total:.1%}"
    )
    assert thermal < 0.5 * coal


def test_all_scenarios_share_the_nowcast(provinces: Engine) -> None:
    paths = [provinces.path(s).gross[: at(2025) + 1] for s in SCENARIOS]
    assert all(np.allclose(p, paths[0], rtol=1e-9) for p in paths[1:])


def test_the_answer_shows_both_nowcasts_and_the_range(context: Context) -> None:
    result = roadmap.call({"place": "Guangdong"}, context)
    gross = [f for f in result.facts if f.year == 2025 and f.account is Account.GROSS and f.value > 300]
    one = [f for f in gross if "one national index" in f.label.en]
    now = [f for f in gross if f not in one]
    assert len(one) == 1 and now and now[0].low is not None and now[0].high is not None
    assert now[0].low <= one[0].value <= now[0].high
