"""Total energy consumption and geological CO2 storage by province."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import Built, Field, from_rows, read_csv
from data.build.sources import OFFICIAL_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

REGION = Field("region", "string", Text("省代码", "Province code"))
KINDS = {"DSF": "saline", "EOR": "oil_field", "ECBM": "coal_seam"}


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables energy_consumption and storage."""
    return [_consumption(sources), _storage(sources)]


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
