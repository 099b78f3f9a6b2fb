"""Total energy consumption and geological CO2 storage by province; CO2 factors of fuels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import BY_ROW, Built, Field, bad_source, from_rows, read_csv
from data.build.sources import CITED_FIGURES, OFFICIAL_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

REGION = Field("region", "string", Text("省代码", "Province code"))
GUIDELINE = "China (provincial inventory guideline values as used in the paper)"
GAS = "Natural Gas"
CO2_PER_C = 44 / 12
KINDS = {"DSF": "saline", "EOR": "oil_field", "ECBM": "coal_seam"}


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables energy_consumption, storage and fuel_factors."""
    return [_consumption(sources), _storage(sources), _fuel_factors(sources)]


def _consumption(sources: Path) -> Built:
    rows = [
        (row["code"], int(row["year"]), float(row["total_energy_consumption_10ktce"]) / 100)
        for row in read_csv(sources, "province_energy", "total_energy_consumption_10ktce_1998_2019.csv")
    ]
    fields = (
        REGION,
        Field("year", "integer", Text("年份", "Year")),
        Field("mtce", "number", Text("能源消费总量（等价值）", "Total energy consumption"), "Mtce"),
    )
    key = ("region", "year")
    return Built(
        "energy_consumption", from_rows(fields, rows, key), Text("能源消费总量", "Total energy consumption"),
        Text(
            "30个省（无西藏），1998–2019年。2013年起为第三次经济普查后口径，2012年及以前未修订，两年之间的下降不是节能。"
            "各省合计高于全国。",
            "30 provinces (no Tibet), 1998–2019. From 2013 on as revised after the third economic census, 2012 and "
            "before not revised: the drop between the two is no saving. The provinces sum to more than the nation.",
        ),
        fields, key, ("nbs-energy",), OFFICIAL_TERMS,
    )  # fmt: skip


def _storage(sources: Path) -> Built:
    rows = [
        (row["code"], KINDS[row["type"]], float(row["capacity_MtCO2"]))
        for row in read_csv(sources, "province_energy", "co2_storage_by_province_PNNL.csv")
    ]
    fields = (
        REGION,
        Field("kind", "string", Text("saline 深部咸水层；oil_field 油田（驱油）；coal_seam 煤层",
                                     "saline: deep saline formation; oil_field: with oil recovery; coal_seam")),
        Field("mt", "number", Text("可封存量", "Storage capacity"), "Mt CO2"),
    )  # fmt: skip
    key = ("region", "kind")
    return Built(
        "storage", from_rows(fields, rows, key), Text("陆上二氧化碳地质封存容量", "Onshore geological CO2 storage"),
        Text(
            "太平洋西北国家实验室估计的陆上封存容量（理论值，非探明储量），按省汇总；缺行表示该研究未列出，不是零。"
            "广东、福建、广西陆上容量极小。成本不收录。",
            "Onshore capacity as estimated by PNNL (theoretical, not proven), summed by province; a missing row means "
            "the study lists none. Guangdong, Fujian and Guangxi have almost none onshore. Costs are not included.",
        ),
        fields, key, ("pnnl-storage", "gcam-china"),
        Text("随 GCAM-China 以 ECL-2.0 发布，须注明出处", "Released with GCAM-China under ECL-2.0; credit the authors"),
    )  # fmt: skip


def _fuel_factors(sources: Path) -> Built:
    """Factors recomputed from heat value, carbon content and oxidation, and held against the paper's rounded result."""
    rows = []
    name = "fuel_factors_published.csv"
    for row in read_csv(sources, "province_energy", name):
        if row["set"] != GUIDELINE:
            continue
        # printed per kg (GJ/t = kJ/kg / 1000); natural gas per 10 m3, as its printed factor per 10k m3 shows
        heat = float(row["NCV"]) / 1000
        carbon, oxidised = float(row["carbon_content_tC_per_TJ"]), float(row["oxidation"])
        factor = heat / 1000 * carbon * oxidised * CO2_PER_C
        if abs(factor - float(row["EF_tCO2_per_unit"])) > 0.06:
            raise bad_source(
                sources / "province_energy" / name, f"{row['fuel']} 的因子与热值不符",
                f"the factor of {row['fuel']} does not follow from its heat value",
            )  # fmt: skip
        per = "10k m3" if row["fuel"] == GAS else "t"
        rows.append((row["fuel"], factor, f"t CO2/{per}"))
    fields = (
        Field("fuel", "string", Text("燃料（清单的名称）", "Fuel, as the inventories name it")),
        Field("value", "number", Text("二氧化碳排放因子", "CO2 factor"), BY_ROW),
        Field("unit", "string", Text("单位：吨二氧化碳每吨，天然气为每万立方米", "Unit: t CO2 per t, natural gas per 10k m3")),
    )  # fmt: skip
    key = ("fuel",)
    return Built(
        "fuel_factors", from_rows(fields, rows, key), Text("燃料的二氧化碳排放因子", "CO2 factors of fuels"),
        Text(
            "省级温室气体清单指南的参数，取自一篇论文的表2；因子由热值、含碳量与氧化率相乘重算，与论文取整值一致。实际煤质差别很大，"
            "核算应以实测值为准。没有列出的燃料即无数据。",
            "Parameters of the provincial inventory guidelines as tabulated in one paper (its table 2); factors recomputed as heat "
            "value x carbon content x oxidation and equal to the paper's rounded ones. Coal differs widely: measured values "
            "come first in any accounting. A fuel that is not listed has no data.",
        ),
        fields, key, ("heliyon-2023",), CITED_FIGURES,
    )  # fmt: skip
