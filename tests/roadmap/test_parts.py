"""Chains, energy, another nowcast and the hindcast against the tables they rest on."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import NATION, find_place, mrio_sector
from data.warehouse import Warehouse
from tools.declare import Context
from tools.mrio.accounts import accounts
from tools.mrio.bounds import pair_bounds
from tools.mrio.system import scope_of as table_scope
from tools.power_account import power_account
from tools.result import Account, Ref
from tools.roadmap.chains import pairs, touching
from tools.roadmap.checks import hindcast
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.names import SECTORS, at
from tools.roadmap.shifts import shift
from tools.roadmap.structure import structure_of
from tools.roadmap.tool import roadmap


def index(engine: Engine, code: str) -> int:
    return engine.model.economy.regions.index(code)


def test_chain_pairs_of_2017_are_those_of_the_table(provinces: Engine, warehouse: Warehouse) -> None:
    """The interprovincial tools take them from a full Leontief inverse."""
    known = {(p.supplier, p.buyer): p.value for p in pair_bounds(warehouse, 2017, "province", "GD")}
    joint, left = pairs(warehouse, provinces.model, provinces.path("dual_carbon"), (index(provinces, "GD"),), 20)
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
    found = touching(model, at(2030), u, (r,))
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


def test_both_accounts_are_those_of_the_power_account(context: Context) -> None:
    other = power_account.call({"place": "北京", "year": 2019}, context)
    known = sorted(
        f.value
        for f in other.facts
        if f.account is Account.SCOPE1_PLUS_NET_POWER and f.label.zh[7:].startswith("范围一加")
    )
    result = roadmap.call({"place": "北京"}, context)
    found = sorted(f.value for f in result.facts if f.account is Account.SCOPE1_PLUS_NET_POWER)
    assert len(known) == 4 and found == pytest.approx(known, rel=1e-12)
    table = next(t for t in result.tables if "两种口径" in t.title.zh)
    assert all(getattr(row[-1], "zh", "") == "否" for row in table.rows)


def test_the_structure_of_2017_is_that_of_the_inventory_and_the_table(warehouse: Warehouse) -> None:
    found = structure_of(warehouse, find_place("河北"), 2017)
    account = accounts(found.scope)
    assert found.caused.sum() == pytest.approx(account.consumption, rel=1e-9)
    assert found.direct.sum() == pytest.approx(account.production, rel=1e-9)
    metals = dict(
        warehouse.rows(
            "SELECT region, sum(mt) FROM co2_42 WHERE year = 2017 AND sector_no = 14 AND region <> 'CN' GROUP BY 1"
        )
    )
    assert found.rank[13] == 1 and max(metals, key=lambda code: metals[code]) == "HE"
    guangdong = structure_of(warehouse, find_place("广东"), 2017)
    assert guangdong.rank[13] == 1 + sum(v > metals["GD"] for v in metals.values())
    output = warehouse.rows(
        "SELECT output_100m_yuan FROM mrio_sector WHERE year = 2017 AND region = 'GD' AND sector = 14"
    )[0][0]
    assert guangdong.intensity[13] * 1e5 == pytest.approx(metals["GD"] / output * 1e5, rel=1e-6)
    nation = structure_of(warehouse, NATION, 2017)
    assert (nation.rank == 1).all() and nation.published


def test_the_pull_of_2017_is_the_embodied_trade_of_the_table(provinces: Engine, warehouse: Warehouse) -> None:
    r = index(provinces, "GD")
    found = shift(provinces.model, provinces.path("dual_carbon"), (r,), 2017)
    known = accounts(table_scope(warehouse, find_place("广东"), 2017))
    outside = np.arange(len(found.here)) != r
    assert found.elsewhere[outside] == pytest.approx(known.arriving, rel=1e-6)
    assert found.here[outside] == pytest.approx(known.leaving, rel=1e-6)
    assert found.exported == pytest.approx(known.exported, rel=1e-6)


def test_own_others_and_exports_make_up_what_a_place_emits(provinces: Engine) -> None:
    r, path = index(provinces, "SX"), provinces.path("current_policies")
    found = shift(provinces.model, path, (r,), 2035)
    assert path.consumption is not None
    own = path.consumption[at(2035), r] - found.elsewhere.sum()  # households among it
    assert own + found.here.sum() + found.exported == pytest.approx(path.gross[at(2035), r], rel=1e-9)
    assert found.output.sum() == pytest.approx(path.output[at(2035), r].sum(), rel=1e-9)
    assert found.value_added.sum() == pytest.approx(path.value_added[at(2035), r], rel=1e-9)


def test_shares_of_the_structure_add_up(context: Context) -> None:
    result = roadmap.call({"place": "山西"}, context)
    table = next(t for t in result.tables if "增加值结构" in t.title.zh and "各年" not in t.title.zh)
    for column in range(1, len(table.columns)):
        cells = [row[column] for row in table.rows]
        assert sum(result.facts[c.fact].value for c in cells if isinstance(c, Ref)) == pytest.approx(100)
    assert {f.sector for f in result.facts} >= {mrio_sector(24).name.en}


def test_references_are_numbered_once_each_and_only_those_used(context: Context) -> None:
    def cited(place: str) -> list[str]:
        result = roadmap.call({"place": place}, context)
        part = next(p for p in result.sections if p.heading.en == "10 References")
        assert not part.tables
        return [s.text.zh for s in part.sentences]

    province, nation = cited("湖南"), cited("China")
    for lines in (province, nation):
        assert [line.split(". ")[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
        bodies = [line.split(". ", 1)[1] for line in lines]
        assert len(set(bodies)) == len(bodies) and not any("许可" in body or "climatetrace" in body for body in bodies)
        assert any("碳达峰行动方案" in body for body in bodies)
    assert any("分省发电量" in line for line in province)
    assert len(nation) <= len(province) + 3  # three published pathways stand beside China's alone
