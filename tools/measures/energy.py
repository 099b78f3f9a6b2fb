"""Measures of energy and of the ground: total energy consumption, geological storage of CO2."""

from __future__ import annotations

from data.text import Text
from tools.measures.declare import Measure, Note, Part, Ratio

ENERGY = Measure(
    key="energy",
    name=Text("能源消费总量", "total energy consumption"),
    unit="Mtce",
    table="energy_consumption",
    sql="SELECT region, year, mtce AS value FROM energy_consumption",
    said=Text("等价值，国家统计局", "NBS, coal-equivalent calculation"),
    ratios=(
        Ratio(
            per="gdp",
            name=Text("单位GDP能耗（GDP现价）", "energy consumption per GDP (current prices)"),
            unit="tce/10k yuan",
            factor=100.0,  # Mtce per 100M yuan
            aliases=(
                "能耗强度", "能源强度", "单位GDP能耗", "万元GDP能耗", "每万元GDP能耗", "单位GDP能源消耗", "单位GDP能源消费",
                "能源消费强度", "单位生产总值能耗", "energy intensity", "energy intensity of GDP", "energy per GDP",
                "energy per unit of GDP", "energy consumption per GDP", "energy consumption per unit of GDP",
                "energy use per GDP",
            ),
        ),
    ),
    notes=(
        Note(
            text=Text(
                "2013年起按第三次经济普查口径，2012年及以前未修订；跨2012/2013年的变化不等于节能或增长。",
                "From 2013 on the third economic census is in, 2012 and before is not revised: a change across"
                " 2012/2013 is no saving or growth.",
            ),
            between=(2012, 2013),
        ),
    ),
    aliases=(
        "能源消费", "能源消费量", "能耗", "能源消耗", "总能耗", "能源消费总量", "energy consumption", "energy use",
        "energy demand", "total energy", "energy_consumption", "primary energy consumption",
    ),
    summary=Text("各省能源消费总量，1998—2019年，30省。", "Energy consumption by province, 1998-2019, 30 provinces."),
)  # fmt: skip

STORAGE = Measure(
    key="storage",
    name=Text("二氧化碳地质封存潜力", "geological CO2 storage capacity"),
    unit="Mt CO2",
    table="storage",
    sql="SELECT region, 0 AS year, kind AS part, mt AS value FROM storage",
    parts=(
        Part(
            key="saline",
            name=Text("深部咸水层", "deep saline formations"),
            aliases=("咸水层", "saline aquifers", "DSF"),
        ),
        Part(key="oil_field", name=Text("驱油封存", "enhanced oil recovery"), aliases=("驱油", "eor", "油田")),
        Part(key="coal_seam", name=Text("煤层封存", "coal seams"), aliases=("煤层", "ecbm", "coal seam")),
    ),
    parts_name=Text("封存类型", "kind of storage"),
    said=Text("模型数据，据Dahowski等", "model data after Dahowski et al."),
    flow=False,
    dated=False,
    notes=(
        Note(
            text=Text(
                "为陆上封存量的模型估计，不含海上封存；成本数据不可靠，未收录。",
                "A model estimate of onshore capacity, offshore left out; its costs are not reliable and are not held.",
            ),
        ),
    ),
    aliases=(
        "封存潜力", "碳封存潜力", "封存容量", "可封存量", "地质封存", "CCS封存", "CCUS封存潜力", "storage capacity", "CO2 storage",
        "CCS storage", "carbon storage", "storage potential", "CCUS storage",
    ),
    summary=Text("各省二氧化碳地质封存潜力。", "Geological CO2 storage by province."),
)  # fmt: skip

DECLARED = (ENERGY, STORAGE)
