"""Checks of the interprovincial table: balances, bounds, the physical electricity trade, and the identities of its accounts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.mrio import CATEGORIES, NATION, Array, Emissions, Mrio, load_emissions, load_mrio, national, table_years
from data.text import Text
from data.verify import Check
from data.warehouse import Warehouse

NEEDS = ("mrio_trade", "mrio_use", "mrio_final", "mrio_sector", "provinces")
MONEY = 1e-6  # 100M yuan
ELECTRICITY = 24
NET_IMPORT_POINTS = 3.0
TRADE_SHARE = (15.0, 21.0)  # % of output, see docs/methods-mrio.md
EXPORTERS, IMPORTERS = ("NM", "HE", "SX"), ("BJ", "GD", "ZJ")


def checks(warehouse: Warehouse) -> Iterator[Check]:
    """Every check of every year's table; none where the dataset holds no table."""
    if not all(warehouse.has(name) for name in NEEDS):
        return
    from data.verify_variants import kept_variants  # it builds on this module

    for year in table_years(warehouse):
        if warehouse.dataset.table_import(str(year)) is not None:
            continue  # a published table: see data/verify_published.py
        mrio = load_mrio(warehouse, year)
        yield from balances(mrio)
        yield from against_nation(warehouse, mrio)
        yield from bounds(warehouse, mrio)
        if warehouse.has("power_trade") and warehouse.has("power_consumption"):
            yield from electricity(warehouse, mrio)
        if warehouse.has("co2_42"):
            yield from accounts(mrio, load_emissions(warehouse, mrio))
        yield from kept_variants(warehouse, mrio)


def at_most(zh: str, en: str, worst: float, limit: float, unit: str = "") -> Check:
    """The check that the worst found keeps a limit."""
    said = f"{worst:.3g} ≤ {limit:g}{unit}" if worst <= limit else f"{worst:.3g} > {limit:g}{unit}"
    return Check(Text(f"省际表：{zh}", f"Interprovincial table: {en}"), bool(worst <= limit), Text(said, said))


def balances(mrio: Mrio) -> Iterator[Check]:
    """Rows and columns: output as sold and as made, 100M yuan."""
    sold = mrio.A @ mrio.x + mrio.Y.sum((1, 2)) + mrio.exports
    made = mrio.x * mrio.A.sum(0) + mrio.imports + mrio.value_added
    yield at_most("行平衡（亿元）", "rows balance (100M yuan)", float(np.abs(sold - mrio.x).max()), MONEY)
    yield at_most("列平衡（亿元）", "columns balance (100M yuan)", float(np.abs(made - mrio.x).max()), MONEY)


def against_nation(warehouse: Warehouse, mrio: Mrio) -> Iterator[Check]:
    """Every cell of the national table, and provincial GDP."""
    if warehouse.has("io_national"):
        cells = national_cells(warehouse, mrio.year)
        total = national(mrio)
        final = np.column_stack([total.Y[:, 0, :3].sum(1), total.Y[:, 0, 3], total.Y[:, 0, 4], total.exports])
        gaps = [np.abs(total.Z - cells["use"]).max(), np.abs(final - cells["final"]).max(),
                np.abs(total.value_added - cells["value_added"]).max(), np.abs(total.x - cells["output"]).max()]  # fmt: skip
        yield at_most(
            "与全国表逐格一致（亿元）",
            "every domestic cell of the national table is met (100M yuan)",
            float(max(gaps)),
            MONEY,
        )
    gdp = dict(
        warehouse.rows("SELECT region, gdp_100m_yuan FROM gdp WHERE year = ? AND region <> ?", (mrio.year, NATION))
    )
    shares = np.array([gdp[code] for code in mrio.regions])
    added = mrio.value_added.reshape(len(mrio.regions), -1).sum(1)
    worst = np.abs(added / added.sum() / (shares / shares.sum()) - 1).max()
    yield at_most("增加值份额等于GDP份额（相对）", "value added follows GDP shares (relative)", float(worst), 1e-9)


def national_cells(warehouse: Warehouse, year: int) -> dict[str, Array]:
    """The national table: use (42, 42) and final (42, 4: TC, FU201, FU202, EX) domestic, value_added, output (42,)."""
    rows = warehouse.rows(
        "SELECT row_code, column_code, value_100m_yuan FROM io_national WHERE year = ? AND origin IN ('domestic', 'total')",
        (year,),
    )
    cells = {(row, column): float(value) for row, column, value in rows}
    numbers = [f"{i:02d}" for i in range(1, 43)]
    return {
        "use": np.array([[cells.get((i, j), 0.0) for j in numbers] for i in numbers]),
        "final": np.array([[cells.get((i, c), 0.0) for c in ("TC", "FU201", "FU202", "EX")] for i in numbers]),
        "value_added": np.array([cells.get(("TVA", j), 0.0) for j in numbers]),
        "output": np.array([cells.get((i, "GO"), 0.0) for i in numbers]),
    }


def bounds(warehouse: Warehouse, mrio: Mrio) -> Iterator[Check]:
    """Signs, coefficients and the size of interprovincial trade."""
    stock = CATEGORIES.index("stock_change")
    parts = (mrio.A, np.delete(mrio.Y, stock, axis=2), mrio.exports, mrio.value_added, mrio.imports, mrio.x)
    negatives = sum(int((part < 0).sum()) for part in parts)
    yield at_most("存货变动以外没有负数（个）", "no negatives but stock changes (count)", negatives, 0)
    yield at_most("直接消耗系数列和", "largest column sum of A", float(mrio.A.sum(0).max()), 0.9)
    r, s = len(mrio.regions), len(mrio.sectors)
    share = np.divide(mrio.value_added, mrio.x, out=np.full(r * s, np.nan), where=mrio.x > 0).reshape(r, s)
    ratio = share / (mrio.value_added.reshape(r, s).sum(0) / mrio.x.reshape(r, s).sum(0))
    low, high = float(np.nanmin(ratio)), float(np.nanmax(ratio))
    said = f"{low:.3f} – {high:.3f}"
    yield Check(
        Text("省际表：增加值率在全国的0.5至1.5倍之间", "Interprovincial table: value added rates within 0.5 to 1.5 of the nation's"),
        low >= 0.5 and high <= 1.5, Text(said, said),
    )  # fmt: skip
    sums = [row[0] for row in warehouse.rows(
        "SELECT sum(share) FROM mrio_trade WHERE year = ? GROUP BY product, destination", (mrio.year,))]  # fmt: skip
    worst = max(min(abs(v - 1), abs(v)) for v in sums)
    yield at_most(
        "产地份额之和为1（或该省不使用）", "origin shares add to one (or the province uses none)", float(worst), 1e-9
    )
    crossing = 100 * float(interprovincial(mrio).sum() / mrio.x.sum())
    said = f"{crossing:.1f} %"
    yield Check(
        Text("省际表：省际贸易占产出15%至21%", "Interprovincial table: interprovincial trade is 15 to 21 % of output"),
        TRADE_SHARE[0] <= crossing <= TRADE_SHARE[1], Text(said, said),
    )  # fmt: skip


def interprovincial(mrio: Mrio) -> Array:
    """Goods and services sold to other provinces, by producing sector (n,), 100M yuan."""
    r, s = len(mrio.regions), len(mrio.sectors)
    sold = mrio.Z.reshape(r, s, r, s).sum(3) + mrio.y.reshape(r, s, r)
    inside = sold[np.arange(r), :, np.arange(r)]
    return np.asarray((sold.sum(2) - inside).reshape(-1))


def power_metered(warehouse: Warehouse, mrio: Mrio) -> tuple[Array, Array]:
    """Electricity metered between provinces (R, R) from row to column, and used (R,), TWh."""
    place = {code: i for i, code in enumerate(mrio.regions)}
    physical = np.zeros((len(place), len(place)))
    for origin, destination, twh in warehouse.rows(
        "SELECT origin, destination, twh FROM power_trade WHERE year = ?", (mrio.year,)
    ):
        physical[place[origin], place[destination]] = twh
    used = dict(warehouse.rows("SELECT region, twh FROM power_consumption WHERE year = ?", (mrio.year,)))
    return physical, np.array([used[code] for code in mrio.regions])


def power_flows(mrio: Mrio) -> Array:
    """Domestic electricity by province of origin and use (R, R), 100M yuan."""
    r, s, k = len(mrio.regions), len(mrio.sectors), ELECTRICITY - 1
    return np.asarray(mrio.Z.reshape(r, s, r, s)[:, k].sum(2) + mrio.y.reshape(r, s, r)[:, k])


def net_imported(flows: Array) -> Array:
    """Net imported share of each province's use (R,), %."""
    return np.asarray(100 * (1 - flows.sum(1) / flows.sum(0)))


def power_suppliers(mrio: Mrio, flows: Array, region: str, count: int = 2) -> list[str]:
    """The provinces that send a province most electricity."""
    at = mrio.regions.index(region)
    arriving = flows[:, at].copy()
    arriving[at] = 0.0
    return [mrio.regions[i] for i in np.argsort(-arriving)[:count]]


def electricity(warehouse: Warehouse, mrio: Mrio) -> Iterator[Check]:
    """The power row against physical trade: net imported shares, and Guangdong's two largest suppliers."""
    physical, consumption = power_metered(warehouse, mrio)
    measured = 100 * (physical.sum(0) - physical.sum(1)) / consumption
    flows = power_flows(mrio)
    gap = float(np.abs(net_imported(flows) - measured).max())
    yield at_most(
        "各省电力净调入份额与实物一致（百分点）",
        "net imported power shares match physical trade (points)",
        gap,
        NET_IMPORT_POINTS,
    )
    first = power_suppliers(mrio, flows, "GD")
    said = ", ".join(first)
    yield Check(
        Text("省际表：广东外来电以云南、贵州居前", "Interprovincial table: Yunnan and Guizhou supply Guangdong's power first"),
        first == ["YN", "GZ"], Text(said, said),
    )  # fmt: skip


def accounts(mrio: Mrio, emissions: Emissions) -> Iterator[Check]:
    """Production = consumption + exports, and the signs that every study finds."""
    n, r = len(mrio.x), len(mrio.regions)
    caused = emissions.f[:, None] * np.linalg.solve(np.eye(n) - mrio.A, np.column_stack([mrio.y, mrio.exports]))
    gap = np.abs(caused.sum(1) - emissions.co2).max() / emissions.co2.sum()
    yield at_most("生产侧＝消费侧＋出口（相对）", "production = consumption + exports (relative)", float(gap), 1e-9)
    trade = caused[:, :r].reshape(r, -1, r).sum(1)
    net = dict(zip(mrio.regions, trade.sum(0) - trade.sum(1), strict=True))
    wrong = [c for c in EXPORTERS if net[c] >= 0] + [c for c in IMPORTERS if net[c] <= 0]
    said = ", ".join(f"{c} {net[c]:+.0f}" for c in (*EXPORTERS, *IMPORTERS))
    yield Check(
        Text("省际表：蒙冀晋净调出、京粤浙净调入隐含碳（百万吨）",
             "Interprovincial table: Inner Mongolia, Hebei, Shanxi export and Beijing, Guangdong, Zhejiang import embodied CO2 (Mt)"),
        not wrong, Text(said, said),
    )  # fmt: skip
