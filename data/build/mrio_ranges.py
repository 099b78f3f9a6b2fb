"""Ranges of the estimated interprovincial table's results over its variants, from the same sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.build.interprovincial import YEAR
from data.build.interprovincial.tables import CITED, TERMS
from data.build.inventory import CITED as INVENTORY
from data.build.protocol import BY_ROW, Built, Field, from_rows
from data.errors import DatasetError
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from data.build.interprovincial.balance import Array
    from data.build.interprovincial.ranges import Lists, Ranges

SECTORS = 42
HOUSEHOLDS = (46, 47)
DIGITS = 5  # significant digits kept: ranges are indications
RANGE_KEY = ("year", "measure", "region", "partner", "sector")
CHAIN_KEY = ("year", "listing", "region", "sector", "rank")
_YEAR = Field("year", "integer", Text("年份", "Year"))
_REGION = Field("region", "string", Text("省份代码", "Code of the province"))
_UNIT = Field("unit", "string", Text("单位", "Unit"))
RANGE_FIELDS = (
    _YEAR,
    Field("measure", "string", Text(
        "指标：footprint 国内消费侧排放（含居民直接排放）；inflow、outflow 省外调入、调出的隐含碳；net_inflow 净调入；exports 出口隐含碳；"
        "embodied_flow 由 partner 为 region 的消费而排放；footprint_by_product 按最终产品；inflow_by_source 按省外排放部门；"
        "power_of_dispersion 影响力系数；sensitivity_of_dispersion 感应度系数",
        "Measure: footprint (domestic consumption-based, household emissions included), inflow, outflow, net_inflow of embodied CO2 "
        "between provinces, exports (embodied), embodied_flow (emitted in partner for region's consumption), "
        "footprint_by_product, inflow_by_source (emitting sector outside), power_of_dispersion, sensitivity_of_dispersion")),
    _REGION,
    Field("partner", "string", Text("对方省份代码；无则为空串", "Code of the partner province; empty where there is none")),
    Field("sector", "integer", Text("部门编号（列表B）；0 表示合计", "Sector of the 42-list (list B); 0 for all together")),
    Field("value", "number", Text("中心估算", "Central estimate"), BY_ROW),
    Field("low", "number", Text("各变体的最小值", "Lowest of all variants"), BY_ROW),
    Field("high", "number", Text("各变体的最大值", "Highest of all variants"), BY_ROW),
    Field("share_in_top", "number", Text(
        "在变体中仍居前五位来源的比例，仅 embodied_flow 的前五位来源有值",
        "Share of variants in which it stays among the five largest origins; only for the five largest of embodied_flow"),
        "1", False),
    _UNIT,
)  # fmt: skip
CHAIN_FIELDS = (
    _YEAR,
    Field("listing", "string", Text(
        "清单：buyers、suppliers 该部门的直接买方、供方（金额）；downstream 该部门排放所进入的最终产品；upstream 该部门最终产品的上游排放部门；"
        "province 涉及该省的产业链对",
        "List: buyers and suppliers of the sector (money); downstream: final products that carry the sector's emissions; upstream: "
        "sectors that emit for the sector's final product; province: chain pairs that touch the province")),
    _REGION,
    Field("sector", "integer", Text("部门编号；province 清单为0", "Sector; 0 in the list province")),
    Field("rank", "integer", Text("名次", "Rank")),
    Field("supplier", "string", Text("供方（排放方）省份代码", "Code of the supplier's (emitter's) province")),
    Field("supplier_sector", "integer", Text("供方（排放方）部门", "Sector of the supplier (emitter)")),
    Field("buyer", "string", Text("买方（最终产品）省份代码", "Code of the province of the buyer (maker of the final product)")),
    Field("buyer_sector", "integer", Text("买方（最终产品）部门", "Sector of the buyer (final product)")),
    Field("value", "number", Text("中心估算", "Central estimate"), BY_ROW),
    Field("low", "number", Text("各变体的最小值", "Lowest of all variants"), BY_ROW),
    Field("high", "number", Text("各变体的最大值", "Highest of all variants"), BY_ROW),
    Field("share_in_top", "number", Text(
        "在变体中仍居前列的比例（部门清单前10位，province 清单前20位）",
        "Share of variants in which it stays in front (top 10 of a sector's list, top 20 of the list province)"), "1"),
    _UNIT,
)  # fmt: skip


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables mrio_ranges and mrio_chains. Raises DatasetError where co2_42 has not been built."""
    from data.build.interprovincial.estimate import estimate
    from data.build.interprovincial.inputs import read_inputs
    from data.build.interprovincial.ranges import account, emissions_of_table, gather
    from data.build.interprovincial.scalars import CENTRAL
    from data.build.interprovincial.variants import COUNT, variants

    if "co2_42" not in done or "co2" not in done:
        raise DatasetError(
            "missing_group",
            Text("生成区间需要先有表 co2_42；请不加 only 重建整个数据集。",
                 "The ranges need the table co2_42 first; build the whole dataset, without only."),
        )  # fmt: skip
    inputs = read_inputs(sources, YEAR)
    co2, seen = _sums(done["co2_42"], inputs.codes, range(1, SECTORS + 1))
    households, _ = _sums(done["co2"], inputs.codes, HOUSEHOLDS)
    central = estimate(inputs, CENTRAL)
    placed = emissions_of_table(co2, central.output)
    ranges = gather(
        account(central, placed, households.sum(1)),
        (account(other, placed, households.sum(1)) for other in variants(inputs)),
    )
    told = Text(
        f"{COUNT}个变体（拉丁超立方，标量取值范围见方法文档）下的最小与最大值，含中心估算；区间反映这些标量，不含控制总量与清单自身的误差。",
        f"Lowest and highest over {COUNT} variants (Latin hypercube over the scalars' ranges, see the methods) and the central "
        "estimate; they reflect those scalars, not the errors of the control totals or the inventories.",
    )  # fmt: skip
    cited = (*CITED, *INVENTORY)
    return [
        Built(
            "mrio_ranges", from_rows(RANGE_FIELDS, _range_rows(ranges, inputs.codes, seen), RANGE_KEY),
            Text("估算表结果的区间", "Ranges of the estimated table's results"), told, RANGE_FIELDS, RANGE_KEY, cited, TERMS,
        ),
        Built(
            "mrio_chains", from_rows(CHAIN_FIELDS, _chain_rows(ranges, inputs.codes), CHAIN_KEY),
            Text("产业链对及其稳健性", "Chain pairs and their robustness"), told, CHAIN_FIELDS, CHAIN_KEY, cited, TERMS,
        ),
    ]  # fmt: skip


def _sums(table: pa.Table, codes: Sequence[str], sectors: Sequence[int]) -> tuple[Array, set[str]]:
    """CO2 of YEAR by province and sector (R, len(sectors)), Mt, and the provinces that have any row."""
    import pyarrow.compute as pc

    rows = table.filter((pc.field("year") == YEAR) & pc.field("sector_no").isin(list(sectors)))
    at = {code: i for i, code in enumerate(codes)}
    out, seen = np.zeros((len(codes), len(sectors))), set()
    place = {number: i for i, number in enumerate(sectors)}
    names, numbers, values = (rows[name].to_pylist() for name in ("region", "sector_no", "mt"))
    for region, number, mt in zip(names, numbers, values, strict=True):
        if region in at:
            seen.add(region)
            out[at[region], place[number]] += mt
    return out, seen


def _digits(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _bounds(stack: Array) -> tuple[float, float, float]:
    return _digits(float(stack[0])), _digits(float(stack.min())), _digits(float(stack.max()))


def _range_rows(ranges: Ranges, codes: Sequence[str], seen: set[str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for measure, stack in ranges.scalar.items():
        values = np.array(stack)
        for r, code in enumerate(codes):
            if code in seen or measure == "inflow":  # without an inventory the province's own part is no data
                rows.append((YEAR, measure, code, "", 0, *_bounds(values[:, r]), None, "Mt CO2"))
    for measure, stack in ranges.sectoral.items():
        values, unit = np.array(stack), "index" if measure.endswith("dispersion") else "Mt CO2"
        for r, code in enumerate(codes):
            if code in seen or unit == "index" or measure == "inflow_by_source":
                rows += [
                    (YEAR, measure, code, "", i + 1, *_bounds(values[:, r, i]), None, unit) for i in range(SECTORS)
                ]
    stays = {
        (r, int(p)): ranges.partners.stays[r, k] / ranges.count
        for r in range(len(codes))
        for k, p in enumerate(ranges.partners.picks[r])
    }
    flows = np.array(ranges.caused)
    for r, code in enumerate(codes):
        for p, partner in enumerate(codes):
            if p != r and partner in seen:
                share = stays.get((r, p))
                bounds = _bounds(flows[:, p, r])
                rows.append((YEAR, "embodied_flow", code, partner, 0, *bounds, share, "Mt CO2"))
    return rows


def _chain_rows(ranges: Ranges, codes: Sequence[str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []

    def add(name: str, owner: tuple[str, int], supplier: int, buyer: int, found: Lists, at: tuple[int, int]) -> None:
        if found.values[at] <= 0:
            return
        ends = [(codes[i // SECTORS], i % SECTORS + 1) for i in (supplier, buyer)]
        bounds = [_digits(float(v[at])) for v in (found.values, found.low, found.high)]
        unit = "100M yuan" if name in ("buyers", "suppliers") else "Mt CO2"
        rows.append((YEAR, name, *owner, at[1] + 1, *ends[0], *ends[1], *bounds, found.stays[at] / ranges.count, unit))

    for name, found in ranges.sector_lists.items():
        forward = name in ("buyers", "downstream")
        for i, picks in enumerate(found.picks):
            for k, j in enumerate(int(p) for p in picks):
                owner = (codes[i // SECTORS], i % SECTORS + 1)
                add(name, owner, i if forward else j, j if forward else i, found, (i, k))
    n = len(codes) * SECTORS
    for r, found in enumerate(ranges.province_lists):
        for k, at in enumerate(int(p) for p in found.picks[0]):
            half, rest = divmod(at, SECTORS * n)
            own, other = r * SECTORS + rest // n, rest % n
            supplier, buyer = (own, other) if half == 0 else (other, own)
            add("province", (codes[r], 0), supplier, buyer, found, (0, k))
    return rows
