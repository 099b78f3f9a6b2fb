"""An imported interprovincial or own table as tables of the dataset (for SQL and checks) and arrays (for the algebra)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from data.imports.forms import Array, ReadTable
from data.package import BY_ROW, Field
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

YUAN = "100M yuan"
CATEGORIES: tuple[str, ...] = ("rural", "urban", "government", "fixed_capital", "stock_change")
LARGEST_IN_SQL = 2_000  # sectors: flows of a larger table stand in its arrays only


@dataclass(frozen=True)
class Made:
    """A finished table of the dataset, not yet written; ``sources`` are set when it is."""

    name: str
    table: pa.Table
    title: Text
    description: Text
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]


def arrays_of(table: ReadTable) -> dict[str, tuple[Array, tuple[str, ...], str]]:
    """What the algebra reads, by name: (values, axes, unit). ``error`` is what is left of output after all sales, which
    is the published balancing item to the rounding of the file. ``Z`` is turned into A in place: the table is used up.
    """
    x, Z = np.ascontiguousarray(table.x), table.Z
    error = x - Z.sum(1) - table.Y.sum((1, 2)) - table.exports
    A = Z if Z.flags.writeable and Z.flags.owndata else Z.copy()
    scale = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
    A *= scale[None, :]
    made = {
        "A": (A, ("origin_sector", "buyer_sector"), "1"),
        "x": (x, ("sector",), table.money),
        "Y": (table.Y, ("sector", "region_of_use", "category"), table.money),
        "exports": (table.exports, ("sector",), table.money),
        "error": (error, ("sector",), table.money),
        "imports": (table.imports, ("sector",), table.money),
        "final_imports": (table.final_imports, ("region_of_use", "category"), table.money),
        "value_added": (value_added(table), ("sector",), table.money),
    }
    if table.co2 is not None:
        made["co2"] = (table.co2, ("sector",), "Mt CO2")
    return made


def value_added(table: ReadTable) -> Array:
    """Value added (n,), the sum of its parts; NaN where the file has none."""
    if not len(table.va_rows):
        return np.full(len(table.x), np.nan)
    return np.asarray(table.value_added.sum(0))


def _money(name: str, zh: str, en: str, required: bool = True) -> Field:
    return Field(name, "number", Text(zh, en), YUAN, required)


_YEAR = Field("year", "integer", Text("年份", "Year"))


def _key(name: str, zh: str, en: str, kind: Any = "string") -> Field:
    return Field(name, kind, Text(zh, en))


FLOW_FIELDS = (
    _YEAR, _key("origin", "产地省份代码", "Code of the province of origin"),
    _key("product", "产品（42部门编号，列表B）", "Product (number of the 42-list, list B)", "integer"),
    _key("destination", "使用地省份代码", "Code of the province of use"),
    _key("buyer", "使用部门（42部门编号，列表B）", "Buying sector (number of the 42-list, list B)", "integer"),
    _money("value_100m_yuan", "中间流量（当年价）；为零者不列", "Intermediate flow (current prices); zeros are left out"),
)  # fmt: skip
FINAL_FIELDS = (
    *FLOW_FIELDS[:4],
    _key("category", "最终使用类别：rural、urban、government、fixed_capital、stock_change",
         "Category of final use: rural, urban, government, fixed_capital, stock_change"),
    _money("value_100m_yuan", "最终使用（当年价）；为零者不列", "Final use (current prices); zeros are left out"),
)  # fmt: skip
OUTSIDE_FIELDS = (
    _YEAR, _key("region", "使用地省份代码", "Code of the province of use"), FINAL_FIELDS[4],
    _money("imported_100m_yuan", "进口品最终使用；原表不分产品", "Imported products in final use; the file does not tell products apart", False),
)  # fmt: skip
SECTOR_FIELDS = (
    _YEAR, _key("region", "省份代码", "Code of the province"),
    _key("sector", "部门（42部门编号，列表B）", "Sector (number of the 42-list, list B)", "integer"),
    _money("output_100m_yuan", "总产出", "Gross output"),
    _money("value_added_100m_yuan", "增加值", "Value added", False), _money("exports_100m_yuan", "出口", "Exports"),
    _money("imported_inputs_100m_yuan", "本部门中间投入中的进口品", "Imported products among the sector's inputs", False),
    _money("imports_100m_yuan", "该产品的进口（全部用途）；发布表无此项", "Imports of the product, all uses; not in published tables", False),
    _money("stock_change_100m_yuan", "国产品存货变动", "Change in stocks of the domestic product"),
    _money("error_100m_yuan", "平衡项（ERR）", "Balancing item (ERR)", False),
    Field("co2_mt", "number", Text("表中所附的二氧化碳", "CO2 that stands in the file"), "Mt CO2", False),
    _key("basis", "observed 发布表；estimated 估算表", "observed: published table; estimated: our estimate"),
)  # fmt: skip
OWN_FIELDS = (
    _key("id", "导入表的编号", "Id of the imported table"), Field("year", "integer", Text("年份", "Year"), None, False),
    _key("region", "地区（按文件）", "Region as labelled in the file"), _key("sector", "部门（按文件）", "Sector as labelled in the file"),
    Field("output", "number", Text("总产出", "Gross output"), BY_ROW),
    Field("value_added", "number", Text("增加值", "Value added"), BY_ROW, False),
    Field("exports", "number", Text("向表外出口", "Exports to outside the table"), BY_ROW),
    Field("error", "number", Text("平衡项", "Balancing item"), BY_ROW),
    Field("unit", "string", Text("金额单位（按文件）", "Unit of money as in the file")),
    Field("co2_mt", "number", Text("文件所附的二氧化碳", "CO2 that stands in the file"), "Mt CO2", False),
)  # fmt: skip


def _table(fields: tuple[Field, ...], columns: list[Any]) -> pa.Table:
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64()}
    schema = pa.schema([pa.field(f.name, types[f.type], nullable=not f.required) for f in fields])
    made = [
        c.cast(types[f.type])
        if isinstance(c, pa.DictionaryArray)
        else pa.array(c, type=types[f.type], from_pandas=True)
        for f, c in zip(fields, columns, strict=True)
    ]
    return pa.table(made, schema=schema)


def _labels(index: NDArray[Any], names: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(list(names)))


def flows(table: ReadTable) -> list[Made]:
    """``mrio_flow_<year>`` and ``mrio_final_flow_<year>`` of an interprovincial table (list B), zeros left out."""
    year, r, s = table.year, len(table.regions), len(table.sectors)
    i, j = np.nonzero(table.Z)
    inter = [
        np.full(len(i), year),
        _labels(i // s, table.regions),
        i % s + 1,
        _labels(j // s, table.regions),
        j % s + 1,
        table.Z[i, j],
    ]
    i, u, c = np.nonzero(table.Y)
    final = [
        np.full(len(i), year),
        _labels(i // s, table.regions),
        i % s + 1,
        _labels(u, table.regions),
        _labels(c, CATEGORIES),
        table.Y[i, u, c],
    ]
    u, c = (k.reshape(-1) for k in np.indices((r, len(CATEGORIES))))
    outside = [
        np.full(len(u), year),
        _labels(u, table.regions),
        _labels(c, CATEGORIES),
        table.final_imports.reshape(-1),
    ]
    note = Text("亿元，当年生产者价格。", "100 million yuan, current producers' prices.")
    key = ("year", "origin", "product", "destination")
    named = (
        ("flow", FLOW_FIELDS, inter, (*key, "buyer"), Text("省际中间流量", "Interprovincial intermediate flows")),
        ("final_flow", FINAL_FIELDS, final, (*key, "category"), Text("省际最终使用", "Interprovincial final use")),
        ("final_imports", OUTSIDE_FIELDS, outside, ("year", "region", "category"),
         Text("最终使用中的进口品", "Imports in final use")),
    )  # fmt: skip
    return [
        Made(
            f"mrio_{name}_{year}", _table(fields, columns), Text(f"{year}年{title.zh}（导入）", f"{title.en}, {year} (imported)"),
            note, fields, primary,
        )
        for name, fields, columns, primary, title in named
    ]  # fmt: skip


def sector_rows(table: ReadTable, error: Array, absent: tuple[int, ...]) -> pa.Table:
    """Rows of ``mrio_sector`` for an interprovincial table; sectors the file does not tell apart have none."""
    n, s = len(table.x), len(table.sectors)
    keep = np.array([k for k in range(n) if k % s + 1 not in absent])
    nothing = np.full(n, np.nan)
    columns = [
        table.x, value_added(table), table.exports, table.imports, nothing,
        table.Y[:, :, CATEGORIES.index("stock_change")].sum(1), error, nothing if table.co2 is None else table.co2,
    ]  # fmt: skip
    keys = [np.full(len(keep), table.year), _labels(keep // s, table.regions), keep % s + 1]
    return _table(SECTOR_FIELDS, [*keys, *(c[keep] for c in columns), ["observed"] * len(keep)])


def own_rows(table: ReadTable, key: str, error: Array) -> pa.Table:
    """Rows of ``own_sector`` for a table with labels of its own."""
    n, s = len(table.x), len(table.sectors)
    k = np.arange(n)
    co2 = np.full(n, np.nan) if table.co2 is None else table.co2
    year = [table.year] * n
    return _table(
        OWN_FIELDS,
        [[key] * n, year, _labels(k // s, table.regions), _labels(k % s, table.sectors), table.x, value_added(table),
         table.exports, error, [table.money] * n, co2],
    )  # fmt: skip


__all__ = [
    "CATEGORIES",
    "LARGEST_IN_SQL",
    "OWN_FIELDS",
    "SECTOR_FIELDS",
    "Made",
    "arrays_of",
    "flows",
    "own_rows",
    "sector_rows",
]
