"""The factors of the estimate as tables of the dataset, with their fields, titles and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from data.build.protocol import Built, Field, Source, from_columns
from data.text import Text, same

if TYPE_CHECKING:
    from data.build.interprovincial.estimate import Estimate

CATEGORIES: tuple[str, ...] = ("rural", "urban", "government", "fixed_capital", "stock_change")
CITED = (
    "tanlu-mrio", "nbs-io", "nbs-io-carrier", "chen-2023", "nbs-region", "customs", "nbs-power", "cec", "gcam-china",
)  # fmt: skip
TERMS = Text(
    "碳路项目的估算，可自由使用，须注明“估算”并引用所列来源；不是任何机构发布的投入产出表。",
    "An estimate by the Tanlu project, free to use if called an estimate and cited with its sources; not a table "
    "published by any institution.",
)
SOURCES: tuple[Source, ...] = (
    Source(
        "tanlu-mrio",
        Text(
            "碳路项目：2017年省际投入产出表（估算），方法见 docs/methods-mrio.zh-CN.md",
            "Tanlu project: interprovincial input-output table of 2017 (estimate); method in docs/methods-mrio.md",
        ),
        TERMS,
        "docs/methods-mrio.md",
    ),
    Source(
        "chen-2023",
        same(
            "Chen, Q., Gao, Y., Pan, C., Xu, D., Cai, K., Guan, D., He, Q., Li, S., Liu, W., Meng, B., Wang, Z., Wang, Y., "
            "Xu, X., Yang, P., Zhang, M. & Zhou, Y. (2023). An interprovincial input–output database distinguishing firm "
            "ownership in China from 1997 to 2017. Scientific Data 10. doi:10.1038/s41597-023-02183-2"
        ),
        Text(
            "本数据集只用其各省分部门总产出作为估算的控制总量，未收录其数值；使用时引用该文。",
            "Only its output totals by province and sector enter, as control totals of the estimate; its figures are not "
            "reproduced here. Cite the paper.",
        ),
        "https://doi.org/10.1038/s41597-023-02183-2",
    ),
)
YUAN = "100M yuan"
_YEAR = Field("year", "integer", Text("年份", "Year"))


def _region(zh: str, en: str, name: str = "region") -> Field:
    return Field(name, "string", Text(zh, en))


def _sector(name: str, zh: str, en: str) -> Field:
    return Field(name, "integer", Text(f"{zh}（42部门编号，列表B）", f"{en} (number of the 42-list, list B)"))


def _money(name: str, zh: str, en: str) -> Field:
    return Field(name, "number", Text(f"{zh}（当年生产者价格）", f"{en} (current producers' prices)"), YUAN)


TRADE_FIELDS = (
    _YEAR, _sector("product", "产品", "Product"),
    _region("产地省份代码", "Code of the province of origin", "origin"),
    _region("使用地省份代码", "Code of the province of use", "destination"),
    Field("share", "number", Text("使用地所用国产品中来自产地的份额", "Part of the destination's domestic use that comes from the origin"), "1"),
)  # fmt: skip
USE_FIELDS = (
    _YEAR, _region("使用地省份代码", "Code of the province of use"), _sector("product", "产品", "Product"),
    _sector("buyer", "使用部门", "Buying sector"),
    _money("value_100m_yuan", "国产品中间使用", "Intermediate use of domestic products"),
)  # fmt: skip
FINAL_FIELDS = (
    _YEAR,
    _region("使用地省份代码；存货变动按生产地", "Code of the province of use; for stock changes, of production"),
    _sector("product", "产品", "Product"),
    Field("category", "string", Text(
        "rural 农村居民消费；urban 城镇居民消费；government 政府消费；fixed_capital 固定资本形成；"
        "stock_change 存货变动（留在生产省，不参与省际流动）",
        "rural, urban, government consumption, fixed_capital formation, stock_change (stays with its producer, not traded)")),
    _money("domestic_100m_yuan", "国产品最终使用", "Final use of domestic products"),
    _money("imported_100m_yuan", "进口品最终使用", "Final use of imported products"),
)  # fmt: skip
SECTOR_FIELDS = (
    _YEAR, _region("省份代码", "Code of the province"), _sector("sector", "部门", "Sector"),
    _money("output_100m_yuan", "总产出", "Gross output"), _money("value_added_100m_yuan", "增加值", "Value added"),
    _money("exports_100m_yuan", "出口", "Exports"),
    _money("imported_inputs_100m_yuan", "本部门中间投入中的进口品", "Imported products among the sector's inputs"),
    _money("imports_100m_yuan", "该产品的进口（全部用途）", "Imports of the product, all uses"),
    _money("stock_change_100m_yuan", "国产品存货变动", "Change in stocks of the domestic product"),
)  # fmt: skip


def _columns(
    fields: Sequence[Field], year: int, axes: Sequence[Sequence[Any]], values: Sequence[Any]
) -> dict[str, Any]:
    """Columns of dense arrays: the key columns spelled out along ``axes``, then each of ``values`` flattened."""
    size = tuple(len(axis) for axis in axes)
    index = np.indices(size).reshape(len(size), -1)
    keys = [np.array(axis)[i] for axis, i in zip(axes, index, strict=True)]
    data = [np.full(index.shape[1], year), *keys, *(np.ascontiguousarray(v).reshape(-1) for v in values)]
    return {field.name: column for field, column in zip(fields, data, strict=True)}


def _built(
    name: str, fields: tuple[Field, ...], keys: int, columns: dict[str, Any], title: Text, description: Text
) -> Built:
    key = tuple(field.name for field in fields[:keys])
    return Built(name, from_columns(fields, columns, key), title, description, fields, key, CITED, TERMS)


def tables(found: Estimate, codes: tuple[str, ...], year: int) -> list[Built]:
    """The four tables that rebuild the whole: flow[r,i -> s,j] = share[i,r,s] * use[s,i,j], final use alike."""
    numbers = list(range(1, found.output.shape[1] + 1))
    imports = found.imported_use.sum(2) + found.imported_final.sum(2)
    estimated = Text(
        "估算，非发布数据；省际流向无法核对。", "Estimated, not published; flows between provinces cannot be verified."
    )
    return [
        _built(
            "mrio_trade", TRADE_FIELDS, 4,
            _columns(TRADE_FIELDS, year, (numbers, codes, codes), [found.share]),
            Text("省际贸易份额（估算）", "Interprovincial trade shares (estimate)"),
            Text("各省所用各产品的产地构成；某省不使用某产品时各份额为0。" + estimated.zh,
                 "Where each product used in a province comes from; all zero where a province uses none. " + estimated.en),
        ),
        _built(
            "mrio_use", USE_FIELDS, 4, _columns(USE_FIELDS, year, (codes, numbers, numbers), [found.use]),
            Text("各省中间使用（估算）", "Intermediate use by province (estimate)"),
            Text("各省各部门对国产品的中间使用，不分产地；乘以省际贸易份额即得省际投入产出矩阵。" + estimated.zh,
                 "What each sector of each province buys of domestic products, whatever their origin; times the trade "
                 "shares it is the interprovincial matrix. " + estimated.en),
        ),
        _built(
            "mrio_final", FINAL_FIELDS, 4,
            _columns(FINAL_FIELDS, year, (codes, numbers, CATEGORIES), [found.final, found.imported_final]),
            Text("各省最终使用（估算）", "Final use by province (estimate)"),
            Text("各省按类别的最终使用，国产品与进口品分列；出口见 mrio_sector。" + estimated.zh,
                 "Final use by province and category, domestic and imported; exports stand in mrio_sector. " + estimated.en),
        ),
        _built(
            "mrio_sector", SECTOR_FIELDS, 3,
            _columns(
                SECTOR_FIELDS, year, (codes, numbers),
                [found.output, found.value_added, found.exports, found.imported_use.sum(1), imports, found.final[:, :, 4]],
            ),
            Text("各省分部门产出与增加值（估算）", "Output and value added by province and sector (estimate)"),
            Text("各省42部门的总产出、增加值、进出口与存货变动。电力、热力按电量分配。" + estimated.zh,
                 "Gross output, value added, foreign trade and stock change of 42 sectors by province. Power and heat is "
                 "spread by electricity in TWh. " + estimated.en),
        ),
    ]  # fmt: skip
