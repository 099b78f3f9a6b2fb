"""National input-output tables of 2017, 2018 and 2020, 42 sectors of list B."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import Built, Field, bad_source, from_rows, read_csv
from data.build.sources import OFFICIAL_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

YEARS = (2017, 2018, 2020)
ORIGINS = {"Domestic": "domestic", "Imports": "imports", "TOT": "total"}
LABELS = ("Code", "Description", "DescriptionInChinese", "Origin")


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Table io_national. The source's 10,000 yuan become 100 million yuan; blank cells stay away."""
    rows: list[tuple[int, str, str, str, float]] = []
    for year in YEARS:
        name = f"china_io_{year}_42_noncompetitive.csv"
        count = 0
        for row in read_csv(sources, "nbs_national_io_42", name):
            count += 1
            origin = ORIGINS[row["Origin"]]
            for column, cell in row.items():
                if column not in LABELS and cell.strip() not in ("", "NA"):
                    rows.append((year, origin, row["Code"], column, float(cell) / 10_000))
        if count != 91:
            path = sources / "nbs_national_io_42" / name
            raise bad_source(path, f"应有91行，实有{count}行", f"91 rows expected, {count} found")
    fields = (
        Field("year", "integer", Text("年份", "Year")),
        Field("origin", "string", Text("domestic 国产；imports 进口；total 合计行", "domestic, imports, or total (summary rows)")),
        Field("row_code", "string", Text(
            "行：01–42 部门；TII 中间投入合计；VA001 劳动者报酬、VA002 生产税净额、VA003 固定资产折旧、VA004 营业盈余；"
            "TVA 增加值合计；TI 总投入",
            "Row: sectors 01–42; TII total intermediate input; VA001 compensation of employees, VA002 net taxes on "
            "production, VA003 depreciation, VA004 operating surplus; TVA value added; TI total input")),
        Field("column_code", "string", Text(
            "列：01–42 部门；TIU 中间使用合计；TC 消费合计；FU201 固定资本形成；FU202 存货变动；EX 出口；TFU 最终使用合计；GO 总产出",
            "Column: sectors 01–42; TIU total intermediate use; TC consumption; FU201 fixed capital formation; FU202 "
            "inventories; EX exports; TFU final use; GO gross output")),
        Field("value_100m_yuan", "number", Text("金额（当年生产者价格）", "Value at current producers' prices"), "100M yuan"),
    )  # fmt: skip
    key = ("year", "origin", "row_code", "column_code")
    built = Built(
        "io_national", from_rows(fields, rows, key), Text("全国投入产出表", "National input-output tables"),
        Text(
            "国家统计局2017、2018、2020年42部门非竞争型投入产出表（列表B），当年生产者价格。",
            "NBS non-competitive input-output tables of 2017, 2018 and 2020, 42 sectors (list B), current producers' "
            "prices.",
        ),
        fields, key, ("nbs-io", "nbs-io-carrier"), OFFICIAL_TERMS,
    )  # fmt: skip
    return [built]
