"""The kept variants of the estimated interprovincial table: the factors that rebuild each of them (data/mrio_variants.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.build.interprovincial import YEAR
from data.build.interprovincial.tables import CATEGORIES, CITED, TERMS, YUAN
from data.build.protocol import BY_ROW, Built, Field, from_columns, from_rows
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from data.build.interprovincial.balance import Array
    from data.build.interprovincial.estimate import Estimate
    from data.build.interprovincial.scalars import Choice

POWER_ROW = 23  # index of electricity and heat
WHOLLY_IMPORTED = 1e34  # odds of a cell bought abroad whole, within single precision
_YEAR = Field("year", "integer", Text("年份", "Year"))
_VARIANT = Field("variant", "integer", Text("变体编号，自1起", "Number of the variant, from 1"))
_REGION = Field("region", "string", Text("省份代码", "Code of the province"))


def _sector(name: str, zh: str, en: str) -> Field:
    return Field(name, "integer", Text(f"{zh}（42部门编号，列表B）", f"{en} (number of the 42-list, list B)"))


def _money(name: str, zh: str, en: str) -> Field:
    return Field(name, "number", Text(zh, en), YUAN)


CHOICE_FIELDS = (
    _YEAR, _VARIANT,
    Field("name", "string", Text(
        "标量名（见方法文档）；power_by_balance 为1时电力按发电与用电平衡，为0时按计量的省间电量",
        "Scalar, see the methods; power_by_balance: 1 where electricity follows generation and consumption, 0 where metered trade")),
    Field("value", "number", Text("取值", "Value"), BY_ROW),
    Field("unit", "string", Text("单位", "Unit")),
)  # fmt: skip
SECTOR_FIELDS = (
    _YEAR, _VARIANT, _REGION, _sector("sector", "部门（产品）", "Sector, or product"),
    _money("output_100m_yuan", "总产出", "Gross output"),
    _money("value_added_100m_yuan", "增加值", "Value added"),
    _money("exports_100m_yuan", "出口", "Exports"),
    _money("power_100m_yuan", "该部门购买的国产电力、热力", "Domestic power and heat bought by the sector"),
    Field("home", "number", Text("本省所用该产品中本省自产的份额", "Share of the province's use of the product that it makes itself"), "1"),
    Field("reach", "number", Text(
        "该省向外省供应该产品的相对能力：他省所购外省产品按 reach × 距离^−β 分配",
        "Relative strength of the province as a supplier of others: what a province buys from others is shared by reach × distance^−β"), "1"),
    Field("openness", "number", Text("进口几率的省际权重", "Weight of the province in the odds of importing"), "1"),
    *(_money(f"{c}_100m_yuan", f"国产品最终使用：{c}", f"Final use of domestic products: {c}") for c in CATEGORIES),
    *(_money(f"imported_{c}_100m_yuan", f"进口品最终使用：{c}", f"Final use of imported products: {c}") for c in CATEGORIES),
)  # fmt: skip
IMPORT_FIELDS = (
    _YEAR, _VARIANT, _sector("product", "产品", "Product"), _sector("buyer", "使用部门", "Buying sector"),
    Field("odds", "number", Text(
        "进口对国产的几率：一省所用中进口的份额 = odds × openness ÷（1 ＋ odds × openness）",
        "Odds of foreign over domestic: of what a province uses the imported share is odds × openness / (1 + odds × openness)"), "1"),
)  # fmt: skip
POWER_FIELDS = (
    _YEAR, _VARIANT,
    Field("origin", "string", Text("发电省份代码", "Code of the province of the plants")),
    Field("destination", "string", Text("用电省份代码", "Code of the province of use")),
    Field("share", "number", Text("用电省所用电力中来自该省的份额", "Share of the power used there that comes from the origin"), "1"),
)  # fmt: skip


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables mrio_variants, mrio_variant_sectors, mrio_variant_imports and mrio_variant_power. Raises DatasetError."""
    from data.build.interprovincial.foreign import openness
    from data.build.interprovincial.inputs import read_inputs
    from data.build.interprovincial.scalars import PRODUCTS
    from data.build.interprovincial.trade import gravity
    from data.build.interprovincial.variants import choices, variants

    inputs = read_inputs(sources, YEAR)
    picked, codes = choices(), inputs.codes
    sector, odds, power = [], [], []
    for (choice, _), found in zip(picked, variants(inputs), strict=True):
        weight = openness(inputs, choice)
        sector.append(sector_factors(found, gravity(codes, choice), weight))
        odds.append(import_odds(found, weight))
        power.append(found.share[POWER_ROW])
    numbers, count = list(range(1, PRODUCTS + 1)), list(range(1, len(picked) + 1))
    stacked = np.array(sector)
    told = Text(
        f"{len(picked)}个变体（拉丁超立方，标量取值范围见方法文档）的因子，单精度；由此可重建每个变体的省际表，从而给出任一结果的区间。",
        f"Factors of {len(picked)} variants (Latin hypercube over the scalars' ranges, see the methods), single precision; they "
        "rebuild the interprovincial table of each variant, and so the range of any result.",
    )  # fmt: skip

    def made(name: str, fields: tuple[Field, ...], keys: int, table: pa.Table, zh: str, en: str) -> Built:
        key = tuple(field.name for field in fields[:keys])
        return Built(name, single(table), Text(zh, en), told, fields, key, CITED, TERMS)

    def dense(fields: tuple[Field, ...], axes: Sequence[Sequence[Any]], values: Sequence[Array]) -> pa.Table:
        size = tuple(len(axis) for axis in axes)
        index = np.indices(size).reshape(len(size), -1)
        columns = [np.array(axis)[i] for axis, i in zip(axes, index, strict=True)]
        data: list[Any] = [np.full(index.shape[1], YEAR), *columns, *(v.reshape(-1) for v in values)]
        names = [field.name for field in fields]
        return from_columns(fields, dict(zip(names, data, strict=True)), names[: 1 + len(axes)])

    return [
        made("mrio_variants", CHOICE_FIELDS, 3, from_rows(CHOICE_FIELDS, _choice_rows(picked), ("year", "variant", "name")),
             "估算表的变体", "Variants of the estimated table"),
        made("mrio_variant_sectors", SECTOR_FIELDS, 4,
             dense(SECTOR_FIELDS, (count, codes, numbers), list(np.moveaxis(stacked, 1, 0))),
             "变体：分省分部门因子", "Variants: factors by province and sector"),
        made("mrio_variant_imports", IMPORT_FIELDS, 4, dense(IMPORT_FIELDS, (count, numbers, numbers), [np.array(odds)]),
             "变体：中间使用的进口几率", "Variants: odds of imports in intermediate use"),
        made("mrio_variant_power", POWER_FIELDS, 4, dense(POWER_FIELDS, (count, codes, codes), [np.array(power)]),
             "变体：电力来源", "Variants: where power comes from"),
    ]  # fmt: skip


def single(table: pa.Table) -> pa.Table:
    """The table with its numbers in single precision."""
    import pyarrow as pa

    narrow = [pa.field(f.name, pa.float32() if f.type == pa.float64() else f.type, f.nullable) for f in table.schema]
    return table.cast(pa.schema(narrow))


def _choice_rows(picked: Sequence[tuple[Choice, bool]]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for number, (choice, by_balance) in enumerate(picked, 1):
        values = {f.name: float(getattr(choice, f.name)) for f in fields(choice)}
        rows += [(YEAR, number, name, value, "1") for name, value in values.items()]
        rows.append((YEAR, number, "power_by_balance", float(by_balance), "1"))
    return rows


def sector_factors(found: Estimate, kernel: Array, weight: Array) -> list[Array]:
    """The value columns of SECTOR_FIELDS, each (31, 42), of one estimate with its distance ``kernel`` and openness."""
    products = found.share.shape[0]
    home = np.array([np.diag(found.share[i]) for i in range(products)]).T
    # The flows of power are measured and stand apart.
    reach = np.array([
        np.zeros(len(kernel)) if i == POWER_ROW else supplier_factors(found.share[i], kernel) for i in range(products)
    ]).T  # fmt: skip
    return [
        found.output, found.value_added, found.exports, found.use[:, POWER_ROW], home, reach, weight.T,
        *np.moveaxis(found.final, 2, 0), *np.moveaxis(found.imported_final, 2, 0),
    ]  # fmt: skip


def supplier_factors(share: Array, kernel: Array) -> Array:
    """Factors a (31,) of one product with share[r, s] = (1 - share[s, s]) a_r K_rs / sum of a K over the others of s.

    Off the diagonal the shares are a_r K_rs b_s (they come from IPF on the kernel), so a column gives all factors but
    its own, and the second column that one. Scaled to a largest of one.
    """
    part = np.divide(share, kernel, out=np.zeros_like(share), where=~np.eye(len(share), dtype=bool))
    first, second = np.argsort(-part.sum(0))[:2]
    a = part[:, first].copy()
    others = a > 0
    others[[first, second]] = False
    if others.any() and part[:, second].any():  # else no province but one buys from others, and it not from itself
        at = int(np.argmax(np.where(others, a, 0.0)))
        a[first] = part[first, second] / part[at, second] * a[at]
    return np.asarray(a / a.max()) if a.max() > 0 else a


def import_odds(found: Estimate, weight: Array) -> Array:
    """Odds (42, 42) of foreign over domestic by product and buyer, from the province that buys most of the cell."""
    buyer = (found.use + found.imported_use).argmax(0)
    i, j = np.indices(buyer.shape)
    home, abroad = found.use[buyer, i, j], found.imported_use[buyer, i, j]
    odds = np.divide(abroad, home * weight[i, buyer], out=np.full(home.shape, WHOLLY_IMPORTED), where=home > 0)
    return np.asarray(np.where(abroad > 0, np.minimum(odds, WHOLLY_IMPORTED), 0.0))
