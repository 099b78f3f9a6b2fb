"""The world around: national fossil CO2 by other inventories, and published pathways to lay beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import BY_ROW, Built, Field, from_rows, number, read_csv
from data.build.sources import CC_BY, CITED_FIGURES
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

COUNTRIES = {"China": "China", "Global": "World", "USA": "USA", "India": "India"}
GCB_ITEMS = ("Total", "Coal", "Oil", "Gas", "Cement", "Flaring", "Other")
OWID_ITEMS = {
    "co2": "total", "coal_co2": "coal", "oil_co2": "oil", "gas_co2": "gas", "cement_co2": "cement",
    "flaring_co2": "flaring", "other_industry_co2": "other", "consumption_co2": "consumption",
    "total_ghg": "total_ghg",
}  # fmt: skip
# Holds coal mining under a non-commercial licence, so neither it nor the inventory's total is shipped.
NOT_SHIPPED = "fossil-fuel-operations"


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables global_co2 and pathways."""
    return [_global(sources), _pathways(sources)]


def _global(sources: Path) -> Built:
    rows: list[tuple[str, str, int, str, float, str]] = []
    for row in read_csv(sources, "global_context", "gcb2022v27_co2_1996_2021.csv"):
        if (country := COUNTRIES.get(row["Country"])) is None:
            continue
        for item in GCB_ITEMS:
            if (mt := number(row[item])) is not None:
                rows.append(("gcb-2022", country, int(row["Year"]), item.lower(), mt, "Mt CO2"))
    for row in read_csv(sources, "global_context", "owid_china_2018_2023_extract.csv"):
        for column, item in OWID_ITEMS.items():
            if (mt := number(row[column])) is not None:
                unit = "Mt CO2e" if item == "total_ghg" else "Mt CO2"
                rows.append(("owid", "China", int(row["year"]), item, mt, unit))
    for row in read_csv(sources, "global_context", "climatetrace_china_by_sector_MtCO2e_2015_2021.csv"):
        sector = row.pop("sector")
        if sector == NOT_SHIPPED:
            continue
        for year, cell in row.items():
            if (mt := number(cell)) is not None:
                rows.append(("climate-trace", "China", int(year), sector, mt, "Mt CO2e"))
    fields = (
        Field("source", "string", Text("来源代码", "Key of the source")),
        Field("country", "string", Text("国家，或 World", "Country, or World")),
        Field("year", "integer", Text("年份", "Year")),
        Field("item", "string", Text("分项：total 合计、各燃料、cement 水泥、consumption 消费侧、total_ghg 温室气体，"
                                     "或 Climate TRACE 的部门",
                                     "Item: total, fuels, cement, consumption (based), total_ghg, or a Climate TRACE "
                                     "sector")),
        Field("mt", "number", Text("排放量", "Emissions"), BY_ROW),
        Field("unit", "string", Text("单位", "Unit")),
    )  # fmt: skip
    key = ("source", "country", "year", "item")
    return Built(
        "global_co2", from_rows(fields, rows, key), Text("全球背景", "Global context"),
        Text(
            "全球碳预算2022（1996–2021年）、Our World in Data（中国，2018–2023年）、Climate TRACE（中国，2015–2021年，"
            "不含化石燃料生产部门）。排放因子与范围不同于 CEADs：2017年中国前者为100.1亿吨，CEADs 全国清单为94.1亿吨。",
            "Global Carbon Budget 2022 (1996–2021), Our World in Data (China 2018–2023) and Climate TRACE (China "
            "2015–2021, without fossil-fuel operations). Factors and scope differ from CEADs: China 2017 is 10,011 Mt "
            "in the first and 9,408 Mt in the CEADs national inventory.",
        ),
        fields, key, ("gcb-2022", "owid", "climate-trace"), CC_BY,
    )  # fmt: skip


# Rows of the source list that ship: name there -> source, Chinese name, our unit, factor. Only rows whose status
# there is "verified" are taken; rows without a number, with a unit outside ours, or repeated by targets are not.
_PATHS: dict[str, tuple[str, str, str, float]] = {
    "GHG reduction from 2019 level, C1: 1.5C (>50%) no or limited overshoot": (
        "ipcc-ar6-syr", "全球温室气体较2019年下降（C1：1.5°C，不或有限超出）", "%", 1),
    "CO2 reduction from 2019 level, C1: 1.5C (>50%) no or limited overshoot": (
        "ipcc-ar6-syr", "全球二氧化碳较2019年下降（C1：1.5°C，不或有限超出）", "%", 1),
    "GHG reduction from 2019 level, C3: 2C (>67%)": (
        "ipcc-ar6-syr", "全球温室气体较2019年下降（C3：2°C）", "%", 1),
    "CO2 reduction from 2019 level, C3: 2C (>67%)": (
        "ipcc-ar6-syr", "全球二氧化碳较2019年下降（C3：2°C）", "%", 1),
    "IEA 2021: announced pledges if met, CO2 left in 2050": (
        "iea-nze-2021", "国际能源署：各国承诺全部兑现时2050年剩余二氧化碳", "Mt CO2", 1000),
    "IEA China roadmap APS: energy sector CO2": (
        "iea-china-2021", "国际能源署中国路线图（承诺目标情景）：能源部门二氧化碳（净）", "Mt CO2", 1000),
    "CAEP-CP 1.1: CO2 peak (about 2027)": ("caep-2021", "CAEP-CP 1.1：二氧化碳峰值（约2027年）", "Mt CO2", 1000),
    "CAEP-CP 1.1: CO2": ("caep-2021", "CAEP-CP 1.1：二氧化碳排放", "Mt CO2", 1000),
    "C3IAM: CO2 peak (2025 at the earliest, 2030 at the latest)": (
        "c3iam-2021", "C3IAM：二氧化碳峰值（最早2025年，最晚2030年）", "Mt CO2", 1000),
    "C3IAM: energy-related CO2 left": ("c3iam-2021", "C3IAM：2060年剩余能源相关二氧化碳", "Mt CO2", 1000),
    "National ETS price, closing, end of year": (
        "mee-carbon-market-2025", "全国碳市场年末收盘价（区间为全年收盘价）", "yuan/t CO2", 1),
    "Abatement cost: CO2 capture on coal power, second generation": (
        "yang-2022", "煤电第二代二氧化碳捕集成本", "yuan/t CO2", 1),
    "Abatement cost: CCS retrofit of coal power, break-even carbon subsidy": (
        "yi-2025", "煤电碳捕集改造盈亏平衡补贴", "yuan/t CO2", 1),
}  # fmt: skip
_SCOPES = {"global": "World", "China": "China"}


def _pathways(sources: Path) -> Built:
    rows: list[tuple[object, ...]] = []
    for row in read_csv(sources, "pathways_reference.csv"):
        if row["status"] != "verified" or row["item"] not in _PATHS:
            continue
        source, zh, unit, factor = _PATHS[row["item"]]
        value, low, high = (None if (v := number(row[c])) is None else v * factor for c in ("value", "low", "high"))
        year = int(row["year"][:4])
        rows.append((row["item"], year, zh, _SCOPES[row["scope"]], value, unit, low, high, source, row["status"]))
    fields = (
        Field("item", "string", Text("指标（英文）", "Item, in English")),
        Field("year", "integer", Text("年份", "Year")),
        Field("item_zh", "string", Text("指标（中文）", "Item, in Chinese")),
        Field("scope", "string", Text("范围：World 全球或 China 中国", "Scope: World or China")),
        Field("value", "number", Text("数值", "Value"), BY_ROW, required=False),
        Field("unit", "string", Text("单位", "Unit")),
        Field("low", "number", Text("下限（IPCC 为5%分位）", "Low (IPCC: 5th percentile)"), BY_ROW, required=False),
        Field("high", "number", Text("上限（IPCC 为95%分位）", "High (IPCC: 95th percentile)"), BY_ROW, required=False),
        Field("source", "string", Text("来源代码", "Key of the source")),
        Field("status", "string", Text("verified 已在公开文本中读到", "verified: read in a public text")),
    )
    key = ("item", "year")
    return Built(
        "pathways", from_rows(fields, rows, key), Text("可资对照的公开路径与成本", "Published pathways and costs"),
        Text(
            "只收录已读到原文的条目，用于与本系统路径对照，不作为输入。",
            "Only entries whose text was read; to lay beside our paths, not an input to them.",
        ),
        fields, key,
        ("ipcc-ar6-syr", "iea-nze-2021", "iea-china-2021", "caep-2021", "c3iam-2021", "mee-carbon-market-2025",
         "yang-2022", "yi-2025"),
        CITED_FIGURES,
    )  # fmt: skip
