"""Checks of the kept variants: each is a table that balances, meets the nation and keeps to the physical power trade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from data.mrio import Array, Mrio
from data.mrio_variants import Kept, VariantMrio, load_kept
from data.text import Text
from data.verify import Check
from data.verify_mrio import (
    NET_IMPORT_POINTS,
    at_most,
    national_cells,
    net_imported,
    power_flows,
    power_metered,
    power_suppliers,
)

if TYPE_CHECKING:
    from data.warehouse import Warehouse

LEAST = 20  # variants a range is drawn over
SINGLE = 1e-6  # single precision, relative to the largest output


def kept_variants(warehouse: Warehouse, central: Mrio) -> Iterator[Check]:
    """All checks over all variants of a table's year, the worst one told; none where none are kept."""
    kept = load_kept(warehouse, central.year)
    if kept is None:
        return
    said = str(len(kept))
    yield Check(
        Text("省际表：保留的变体至少20个", "Interprovincial table: at least 20 variants are kept"),
        len(kept) >= LEAST, Text(said, said),
    )  # fmt: skip
    yield from _over(warehouse, kept)


def _over(warehouse: Warehouse, kept: Kept) -> Iterator[Check]:
    """Balances, the nation and physical power; one variant at a time is whole in memory."""
    cells = national_cells(warehouse, kept.year)
    physical = all(warehouse.has(name) for name in ("power_trade", "power_consumption", "power_generation"))
    gaps = {"rows": 0.0, "nation": 0.0, "columns": 0.0, "power": 0.0}
    negative, led, scale = 0, 0, float(kept.output.max())
    for number, balanced in enumerate(kept.by_balance):
        table = VariantMrio(kept, number)
        sold = table.A @ table.x + table.Y.sum((1, 2)) + table.exports
        gaps["rows"] = max(gaps["rows"], float(np.abs(sold - table.x).max()) / scale)
        gaps["nation"] = max(gaps["nation"], _from_nation(table, cells) / scale)
        gaps["columns"] = max(gaps["columns"], float(table.A.sum(0).max()))
        negative += sum(int((part < 0).sum()) for part in (table.A, table.exports, table.value_added))
        negative += int((table.imports < -SINGLE * scale).sum())
        if physical:
            flows, measures = power_flows(table), power_measures(warehouse, table)
            gaps["power"] = max(gaps["power"], float(np.abs(net_imported(flows) - measures[balanced]).max()))
            led += power_suppliers(table, flows, "GD") == ["YN", "GZ"]
    yield at_most(
        "变体的行平衡（占最大部门产出）", "rows of the variants balance (of the largest output)", gaps["rows"], SINGLE
    )
    yield at_most(
        "变体与全国表逐格一致（占最大部门产出）", "variants meet the national table (of the largest output)",
        gaps["nation"], SINGLE,
    )  # fmt: skip
    yield at_most("变体没有负数（个）", "no negatives in the variants (count)", negative, 0)
    yield at_most("变体的直接消耗系数列和", "largest column sum of A in the variants", gaps["columns"], 0.9)
    if physical:
        yield at_most(
            "变体的电力净调入份额与所依实物数据一致（百分点）",
            "net imported power shares of the variants match the physical data they follow (points)",
            gaps["power"], NET_IMPORT_POINTS,
        )  # fmt: skip
        yield at_most(
            "变体中广东外来电不以云南、贵州居前的（个）", "variants in which Yunnan and Guizhou do not lead Guangdong's power",
            len(kept) - led, 0,
        )  # fmt: skip


def _from_nation(table: VariantMrio, cells: dict[str, Array]) -> float:
    """Largest gap to a cell of the national table, 100M yuan."""
    r, s = len(table.regions), len(table.sectors)
    final = table.Y.reshape(r, s, r, -1).sum((0, 2))
    sold = np.column_stack([final[:, :3].sum(1), final[:, 3], final[:, 4], table.exports.reshape(r, s).sum(0)])
    added = table.value_added.reshape(r, s).sum(0) - cells["value_added"]
    gaps = (table.use.sum(0) - cells["use"], sold - cells["final"], added)
    return max(float(np.abs(gap).max()) for gap in gaps)


def power_measures(warehouse: Warehouse, mrio: Mrio) -> tuple[Array, Array]:
    """Net imported share of electricity by province (R,), %: by metered trade, and by consumption less generation."""
    from data.build.interprovincial.electricity import UNCOUNTED_USE, made_by_balance

    physical, used = power_metered(warehouse, mrio)
    made = dict(warehouse.rows(
        "SELECT region, sum(twh) FROM power_generation WHERE year = ? AND scope = 'full' GROUP BY region", (mrio.year,)
    ))  # fmt: skip
    generation = np.array([made[code] for code in mrio.regions])
    broken = [mrio.regions.index(code) for code in UNCOUNTED_USE]
    by_balance = made_by_balance(physical, used, generation, broken)
    return 100 * (physical.sum(0) - physical.sum(1)) / used, 100 * (1 - by_balance / used)
