"""The kept variants: rebuilt from their factors they are the estimates they came from, and ranges cover all of them."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data import mrio_variants
from data.build.interprovincial import electricity
from data.build.interprovincial.estimate import STOCK, estimate
from data.build.interprovincial.foreign import openness
from data.build.interprovincial.scalars import CENTRAL
from data.build.interprovincial.trade import gravity
from data.build.interprovincial.variants import COUNT
from data.build.mrio_variants import import_odds, sector_factors, single, supplier_factors
from data.dataset import read_dataset, starter_folder
from data.mrio import CATEGORIES, Array, Mrio
from data.mrio_variants import Kept, VariantMrio, load_kept
from data.verify_variants import kept_variants, power_measures
from data.warehouse import Warehouse
from tests.mrio.synthetic import CODES, made_up
from tools.mrio import variants
from tools.mrio.bounds import BY_SECTOR, bounds, pair_bounds
from tools.mrio.system import System, get_system
from tools.mrio.variants import VariantSystem, columns_of, rows_of, spread


@pytest.fixture(scope="module")
def kept(warehouse: Warehouse) -> Kept:
    found = load_kept(warehouse, 2017)
    assert found is not None
    return found


def near(got: Array, wanted: Array, rel: float = 1e-6, apart: float = 1e-12) -> bool:
    """What pytest.approx asks of an array, of a million numbers at once instead of one by one."""
    return got.shape == wanted.shape and bool((np.abs(got - wanted) <= np.maximum(rel * np.abs(wanted), apart)).all())


def test_factors_rebuild_the_estimate_they_came_from() -> None:
    """Independent of the dataset: a made-up economy, its estimate under other scalars, the factors, the table again."""
    inputs = made_up(11)
    choice = CENTRAL.having(distance_decay=1.3, trade_goods=0.8, home_shift=0.4)
    found = estimate(inputs, choice)
    weight = openness(inputs, choice)
    parts = [
        v[None].astype(np.float32).astype(np.float64) for v in sector_factors(found, gravity(CODES, choice), weight)
    ]
    nation, row = inputs.national, electricity.ROW
    kept = Kept(
        year=2017, regions=CODES, beta=np.array([choice.distance_decay]), by_balance=(False,), output=parts[0],
        value_added=parts[1], exports=parts[2], power=parts[3], home=parts[4], reach=parts[5], openness=parts[6],
        final=np.stack(parts[7:12], axis=3), final_imports=np.stack(parts[12:], axis=3),
        odds=import_odds(found, weight)[None], power_share=found.share[row][None],
        structure=nation.domestic + nation.imported, power_imports=nation.imported[row] / nation.domestic[row],
        distance=_kilometres() / 1000,
    )  # fmt: skip
    table = VariantMrio(kept, 0)
    assert near(table.share, found.share, apart=1e-6)
    assert near(table.use, found.use, rel=1e-5)
    assert near(table.imports, found.imported_use.sum(1).reshape(-1), rel=1e-3, apart=1e-3)
    flows = np.einsum("irs,sij->risj", found.share, found.use).reshape(1302, 1302)
    assert near(table.Z, flows, rel=2e-5, apart=1e-6)
    y = np.einsum("irs,sic->risc", found.share, found.final)
    assert near(table.Y[..., :STOCK].reshape(y[..., :STOCK].shape), y[..., :STOCK], rel=1e-5, apart=1e-6)
    stock = table.Y[..., CATEGORIES.index("stock_change")].reshape(31, 42, 31)
    assert near(stock[np.arange(31), :, np.arange(31)], found.final[:, :, STOCK])
    assert np.count_nonzero(stock) == np.count_nonzero(found.final[:, :, STOCK])


def _kilometres() -> Array:
    from data.build.interprovincial.trade import distances

    return distances(CODES)


def test_supplier_factors_by_hand() -> None:
    # Three provinces, all distances 1, strengths 1 : 2 : 4; each buys half at home.
    a = np.array([1.0, 2.0, 4.0])
    share = a[:, None] * (1 - np.eye(3))
    share = share / share.sum(0) / 2 + np.eye(3) / 2
    assert supplier_factors(share, np.ones((3, 3))) == pytest.approx(a / 4)
    assert supplier_factors(np.eye(3), np.ones((3, 3))).tolist() == [0.0, 0.0, 0.0]  # nothing is traded


def test_a_table_in_single_precision_keeps_keys_and_numbers() -> None:
    import pyarrow as pa

    table = pa.table({"k": pa.array([1, 2], pa.int32()), "v": pa.array([0.1, 0.2], pa.float64())})
    narrow = single(table)
    assert str(narrow.schema.field("v").type) == "float" and str(narrow.schema.field("k").type) == "int32"
    assert narrow["v"].to_pylist() == pytest.approx([0.1, 0.2], rel=1e-7)


def test_the_shipped_variants_pass_and_a_spoilt_one_does_not(
    warehouse: Warehouse, provinces: System, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(of: Kept) -> set[str]:
        monkeypatch.setattr("data.verify_variants.load_kept", lambda *_: of)
        return {
            c.name.en.removeprefix("Interprovincial table: ")
            for c in kept_variants(warehouse, provinces.mrio)
            if not c.ok
        }

    assert failing(kept) == set()
    exports = kept.exports.copy()
    exports[3, 5, 13] *= 1.1
    assert failing(replace(kept, exports=exports)) == {
        "rows of the variants balance (of the largest output)",
        "variants meet the national table (of the largest output)",
    }
    # The power of one province from itself alone: the physical trade is gone.
    share = kept.power_share.copy()
    gd = kept.regions.index("GD")
    share[7, :, gd] = np.arange(31) == gd
    assert {
        "net imported power shares of the variants match the physical data they follow (points)",
        "variants in which Yunnan and Guizhou do not lead Guangdong's power",
    } <= failing(replace(kept, power_share=share))
    swapped = replace(kept, by_balance=tuple(not b for b in kept.by_balance))
    assert failing(swapped) == {
        "net imported power shares of the variants match the physical data they follow (points)"
    }
    final = kept.final.copy()
    final[0, 2, 4, 1] = -5.0
    assert any("national" in name for name in failing(replace(kept, final=final)))


def test_two_physical_measures_of_guangdongs_power(warehouse: Warehouse, provinces: System) -> None:
    metered, by_balance = power_measures(warehouse, provinces.mrio)
    gd, xj = (provinces.mrio.regions.index(code) for code in ("GD", "XJ"))
    assert metered[gd] == pytest.approx(35.0, abs=0.1)  # 208.5 of 595.9 TWh
    assert 26 < by_balance[gd] < 30  # (595.9 - 434.8) / 595.9 is 27.0 % before scaling to national consumption
    assert by_balance[xj] == pytest.approx(metered[xj])  # its consumption leaves captive plants out


def test_the_variants_are_all_different_and_none_is_the_central(kept: Kept, provinces: System) -> None:
    assert len(kept) == COUNT >= 20
    flows = [VariantMrio(kept, n).A[:42, 42:84].sum() for n in range(len(kept))]
    central = provinces.mrio.A[:42, 42:84].sum()
    assert len({round(v, 6) for v in flows}) == COUNT
    assert min(flows) < central < max(flows)


def test_spread_is_what_each_variant_computes_by_itself(warehouse: Warehouse, provinces: System, kept: Kept) -> None:
    """Ranges and stays recomputed here with plain NumPy in double precision."""
    gd, r = provinces.mrio.regions.index("GD"), len(provinces.mrio.regions)

    def arriving(system: System) -> Array:
        column = system.trade[:, gd].copy()
        column[gd] = 0.0
        return column

    found = spread(warehouse, 2017, arriving, top=5)
    assert found is not None and found.stays is not None
    values = []
    for number in range(len(kept)):
        table = VariantMrio(kept, number)
        f = np.divide(provinces.emissions.co2, table.x, out=np.zeros_like(table.x), where=table.x > 0)
        caused = (f * np.linalg.solve(np.eye(len(f)) - table.A, table.y[:, gd])).reshape(r, -1).sum(1)
        caused[gd] = 0.0
        values.append(caused)
    every = np.array([arriving(provinces), *values])
    assert found.low == pytest.approx(every.min(0), rel=1e-5)
    assert found.high == pytest.approx(every.max(0), rel=1e-5)
    ranks = np.argsort(np.argsort(-np.array(values), axis=1), axis=1)
    assert found.stays == pytest.approx((ranks < 5).mean(0))
    assert found.stays.sum() == pytest.approx(5)
    assert (found.stays[found.stays > 0] < 1).sum() > 0, "some origin does not always stay"


@pytest.fixture(scope="module")
def both_ways(provinces: System, kept: Kept) -> tuple[System, System]:
    """One variant as an ordinary System in double precision, and as variants are computed."""
    table = VariantMrio(kept, 4)
    f = np.divide(provinces.emissions.co2, table.x, out=np.zeros_like(table.x), where=table.x > 0)
    emissions = replace(provinces.emissions, f=f)
    assert isinstance(table, Mrio)
    return System(table, emissions), VariantSystem(table, emissions)


@pytest.mark.parametrize("name", ["caused", "intensity", "exported", "trade", "pairs", "Z"])
def test_a_variant_answers_like_a_system(both_ways: tuple[System, System], name: str) -> None:
    plain, variant = both_ways
    wanted, got = getattr(plain, name), getattr(variant, name)
    assert isinstance(variant, System)
    assert near(got, wanted, rel=2e-4, apart=1e-6 * np.abs(wanted).max())
    assert got.sum() == pytest.approx(wanted.sum(), rel=1e-5)


def test_production_is_consumption_and_exports_in_every_variant(warehouse: Warehouse, provinces: System) -> None:
    gap = spread(warehouse, 2017, lambda s: s.caused.sum(1) + s.exported - s.emissions.co2)
    assert gap is not None
    assert max(np.abs(gap.low).max(), np.abs(gap.high).max()) < 1e-5 * provinces.emissions.co2.max()


def test_rows_and_columns_of_the_inverse_without_the_inverse(provinces: System, kept: Kept) -> None:
    at = np.array([3, 700])
    variant = VariantSystem(VariantMrio(kept, 2), provinces.emissions)
    rows, columns = rows_of(variant, at), columns_of(variant, at)
    assert not variant.solver.small
    exact = np.linalg.inv(np.eye(1302) - variant.mrio.A)
    assert rows == pytest.approx(exact[at], abs=2e-6) and columns == pytest.approx(exact[:, at], abs=2e-6)
    assert rows_of(provinces, at) == pytest.approx(provinces.L[at])
    assert columns_of(provinces, at) == pytest.approx(provinces.L[:, at])


def test_bounds_hold_the_central_value_and_add_up(warehouse: Warehouse, provinces: System) -> None:
    trade, regions = provinces.trade, provinces.mrio.regions
    gd = regions.index("GD")
    inflow = bounds(warehouse, 2017, "inflow", "GD")["", 0]
    assert inflow.low < trade[:, gd].sum() - trade[gd, gd] < inflow.high
    origins = bounds(warehouse, 2017, "embodied_flow", "GD")
    assert sum(b.low for b in origins.values()) <= inflow.low and inflow.high <= sum(b.high for b in origins.values())
    assert ("GD", 0) not in origins and ("XZ", 0) not in origins  # itself; no inventory
    net, out = bounds(warehouse, 2017, "net_inflow", "GD")["", 0], bounds(warehouse, 2017, "outflow", "GD")["", 0]
    assert inflow.low - out.high <= net.low and net.high <= inflow.high - out.low
    for measure in BY_SECTOR:
        assert len(bounds(warehouse, 2017, measure, "GD")) == 42


def test_bounds_of_places_without_inventory_of_groups_and_of_the_nation(warehouse: Warehouse) -> None:
    assert bounds(warehouse, 2017, "footprint", "XZ") == {}  # no data is no zero
    assert bounds(warehouse, 2017, "inflow", "XZ")["", 0].low > 0
    assert bounds(warehouse, 2017, "footprint", "CN") == {}
    whole = bounds(warehouse, 2017, "inflow", "BTH")["", 0]
    assert whole.high < sum(bounds(warehouse, 2017, "inflow", c)["", 0].high for c in ("BJ", "TJ", "HE"))
    assert bounds(warehouse, 2017, "power_of_dispersion", "BTH") == {}
    assert pair_bounds(warehouse, 2017, "buyers", "BTH", 14) == []


@pytest.mark.parametrize("listing", ["buyers", "suppliers", "downstream", "upstream"])
def test_lists_of_a_sector_are_rows_and_columns(warehouse: Warehouse, provinces: System, listing: Any) -> None:
    at = provinces.mrio.at("HE", 14)
    matrix = (provinces.Z if listing in ("buyers", "suppliers") else provinces.pairs).copy()
    np.fill_diagonal(matrix, 0.0)
    values = matrix[at] if listing in ("buyers", "downstream") else matrix[:, at]
    found = pair_bounds(warehouse, 2017, listing, "HE", 14)
    assert [p.value for p in found] == pytest.approx(np.sort(values)[::-1][: len(found)], rel=1e-6)
    for pair in found:
        own, other = (pair.supplier, pair.buyer) if listing in ("buyers", "downstream") else (pair.buyer, pair.supplier)
        assert own == ("HE", 14)
        assert values[provinces.mrio.at(*other)] == pytest.approx(pair.value, rel=1e-6)
        assert pair.bound.low <= pair.value * (1 + 1e-9) and pair.value <= pair.bound.high * (1 + 1e-9)
    assert found[0].bound.robust and not found[-1].bound.robust


def test_pairs_of_a_province_touch_it_once(warehouse: Warehouse, provinces: System) -> None:
    found = pair_bounds(warehouse, 2017, "province", "QH")
    ends = [(p.supplier, p.buyer) for p in found]
    assert len(set(ends)) == len(ends)
    assert all(a != b and "QH" in (a[0], b[0]) for a, b in ends)
    M, s = provinces.pairs.copy(), 42
    np.fill_diagonal(M, 0.0)
    own = slice(provinces.mrio.at("QH", 1), provinces.mrio.at("QH", 42) + 1)
    touching = np.zeros(M.shape, dtype=bool)
    touching[own], touching[:, own] = True, True
    largest = np.sort(M[touching])[::-1][: len(found)]
    assert [p.value for p in found] == pytest.approx(largest, rel=1e-6) and s == 42


def test_nothing_where_no_variants_are_kept(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Warehouse, "has", lambda self, table: not table.startswith("mrio_variant"))
    assert load_kept(warehouse, 2017) is None
    assert spread(warehouse, 2017, lambda s: s.trade) is None


def test_a_published_table_has_no_spread(
    warehouse: Warehouse, provinces: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = System(replace(provinces.mrio, kind="published"), provinces.emissions)
    monkeypatch.setattr(variants, "get_system", lambda *_: published)
    assert spread(warehouse, 2017, lambda s: s.trade) is None


def test_callers_share_the_work_and_do_not_disturb_each_other(warehouse: Warehouse) -> None:
    got: list[Array] = []

    def ask() -> None:
        found = spread(warehouse, 2017, lambda s: s.trade.sum(0))
        assert found is not None
        got.append(found.high)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4 and all((g == got[0]).all() for g in got)


def test_a_failing_measure_leaves_the_variants_usable(warehouse: Warehouse) -> None:
    def fails(system: System) -> Array:
        if isinstance(system, VariantSystem):
            raise ZeroDivisionError
        return system.trade

    with pytest.raises(ZeroDivisionError):
        spread(warehouse, 2017, fails)
    thread = threading.Thread(target=spread, args=(warehouse, 2017, lambda s: s.exported), daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "another thread is not locked out"


def test_what_is_kept_is_bounded(warehouse: Warehouse) -> None:
    spread(warehouse, 2017, lambda s: s.pairs[:2, :2])  # asks for every inverse
    held = variants._KEPT[warehouse.dataset.checksum, 2017]
    assert held is not None

    solvers = [left["solver"] for left in held.left]
    total = sum(int(v.nbytes) for left in held.left for v in left.values())
    total += sum(v.nbytes for v in vars(held.kept).values() if isinstance(v, np.ndarray))
    assert 150e6 < total < 220e6
    assert all(solver.small and solver.nbytes == 4 * 1302**2 for solver in solvers), "the inverse, no factors beside it"


def test_only_one_table_s_variants_are_held(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    first = variants._variants(warehouse, 2017)
    monkeypatch.setattr(variants, "load_kept", lambda *_: None)
    assert variants._variants(warehouse, 1997) is None
    assert list(variants._KEPT) == [(warehouse.dataset.checksum, 1997)]
    monkeypatch.undo()
    again = variants._variants(warehouse, 2017)
    assert again is not None and again is not first and again is variants._variants(warehouse, 2017)


def test_the_tables_of_the_variants_are_small() -> None:
    dataset = read_dataset(starter_folder())
    sizes = {r.name: r.bytes for r in dataset.resources if r.name.startswith("mrio_variant")}
    assert set(sizes) == set(mrio_variants.TABLES)
    assert sum(sizes.values()) < 1.5e6


def test_the_scalars_of_the_variants_are_told(warehouse: Warehouse, state_home: Path) -> None:
    rows = warehouse.rows("SELECT name, min(value), max(value) FROM mrio_variants GROUP BY name")
    told = {name: (low, high) for name, low, high in rows}
    assert told["power_by_balance"] == (0.0, 1.0)
    assert told["urban_nation"][0] == pytest.approx(CENTRAL.urban_nation) == pytest.approx(told["urban_nation"][1])
    assert 0.6 <= told["distance_decay"][0] < 0.7 and 1.4 < told["distance_decay"][1] <= 1.5


def test_get_system_is_the_central_one(warehouse: Warehouse, provinces: System) -> None:
    found = spread(warehouse, 2017, lambda s: np.array([float(isinstance(s, VariantSystem))]))
    assert found is not None and found.low[0] == 0.0 and found.high[0] == 1.0
    assert get_system(warehouse, 2017) is provinces
