"""Electricity by province: generation in two scopes, consumption, capacity, trade, coal units, grid factors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import Built, Field, from_rows, number, read_csv
from data.build.sources import CC_BY, OFFICIAL_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "province_power"
REGION = Field("region", "string", Text("省代码；CN 为全国", "Province code; CN is the nation"))
YEAR = Field("year", "integer", Text("年份", "Year"))
SOURCE = Field(
    "source",
    "string",
    Text(
        "电源：thermal 火电、hydro 水电、nuclear 核电、wind 风电、solar 太阳能、other 其他",
        "Source: thermal, hydro, nuclear, wind, solar, other",
    ),
)
BASIS = Field("basis", "string", Text("observed 公布值；derived 由公布值推算", "observed: as published; derived: computed "
                                      "from published figures"))  # fmt: skip
SOURCES_OF_POWER = ("thermal", "hydro", "nuclear", "wind", "solar")


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables power_generation, power_consumption, power_capacity, power_trade, power_coal, coal_units and grid_factors."""
    return [
        _generation(sources), _consumption(sources), _capacity(sources), _trade(sources), _coal(sources),
        _coal_units(sources), _grid_factors(sources),
    ]  # fmt: skip


def _generation(sources: Path) -> Built:
    rows: list[tuple[str, int, str, str, float, str]] = []

    def add(region: str, year: str, scope: str, source: str, cell: str, basis: str = "observed") -> None:
        # A negative "other" (Hainan 2009) is the compilers' residual, not a generation: no data.
        if (twh := number(cell)) is not None and twh >= 0:
            rows.append((region, int(year), scope, source, twh, basis))

    for row in read_csv(sources, FOLDER, "generation_full_scope_TWh_2005_2017_2021.csv"):
        for source in (*SOURCES_OF_POWER, "other"):
            add(row["code"], row["year"], "full", source, row[source])
    for row in read_csv(sources, FOLDER, "generation_by_source_TWh_2005_2024.csv"):
        for source in SOURCES_OF_POWER:
            cell = row["solar_above_scale" if source == "solar" else source]
            derived = row.get(f"{source}_basis", "") not in ("", "reported")
            add(row["code"], row["year"], "above_scale", source, cell, "derived" if derived else "observed")
    for row in read_csv(sources, FOLDER, "national_control_totals_2010_2024.csv"):
        for source in SOURCES_OF_POWER:
            add("CN", row["year"], "above_scale", source, row[f"nbs_above_scale_{source}_TWh"])
        for source in ("wind", "solar"):
            add("CN", row["year"], "full", source, row[f"cec_full_scope_{source}_TWh"])
    scope = Field("scope", "string", Text("口径：full 全口径；above_scale 规模以上",
                                          "Scope: full (all plants) or above_scale (above the designated size)"))  # fmt: skip
    twh = Field("twh", "number", Text("发电量", "Generation"), "TWh")
    fields = (REGION, YEAR, scope, SOURCE, twh, BASIS)
    key = ("region", "year", "scope", "source")
    return Built(
        "power_generation", from_rows(fields, rows, key), Text("分电源发电量", "Power generation by source"),
        Text(
            "两种口径，不可相加或相比：全口径（2005、2007–2017、2021年，适合看电源结构）与规模以上（2005–2024年，"
            "不含分布式光伏和多数小水电）。“火电”含煤、气、油、生物质和垃圾发电。规模以上风电2018–2023年由1–11月数按小时数推算，"
            "山东核电为全国减其余省。缺行即无数据，不是零。",
            "Two scopes that must never be added or compared: all plants (2005, 2007–2017, 2021; right for a source "
            "mix) and plants above the designated size (2005–2024; without rooftop solar and most small hydro). "
            "Thermal is coal, gas, oil, biomass and waste. Above-scale wind 2018–2023 is scaled up from eleven months "
            "by utilisation hours; Shandong's nuclear is the nation less the other provinces. A missing row is no "
            "data, not zero.",
        ),
        fields, key, ("nbs-power", "cec", "gcam-china"), OFFICIAL_TERMS,
    )  # fmt: skip


def _consumption(sources: Path) -> Built:
    rows = [
        (row["code"], int(row["year"]), number(row["consumption_TWh"]))
        for row in read_csv(sources, FOLDER, "consumption_TWh_2008_2024.csv")
    ]
    rows += [
        ("CN", int(row["year"]), number(row["whole_society_consumption_TWh"]))
        for row in read_csv(sources, FOLDER, "national_control_totals_2010_2024.csv")
    ]
    fields = (REGION, YEAR, Field("twh", "number", Text("全社会用电量", "Electricity consumption of the whole society"),
                                  "TWh"))  # fmt: skip
    key = ("region", "year")
    return Built(
        "power_consumption", from_rows(fields, rows, key), Text("全社会用电量", "Electricity consumption"),
        Text(
            "31个省2008–2024年，全国2010–2024年。统计口径有断点：山东2015年、新疆2013年和2019年因自备电厂纳入而跃升。",
            "31 provinces 2008–2024, the nation 2010–2024. Statistical breaks: Shandong 2015 and Xinjiang 2013 and "
            "2019 jump because captive plants came in.",
        ),
        fields, key, ("nea", "cec"), OFFICIAL_TERMS,
    )  # fmt: skip


def _capacity(sources: Path) -> Built:
    rows: list[tuple[str, int, str, float, str, str]] = []
    for row in read_csv(sources, FOLDER, "installed_capacity_GW_2012_2024.csv"):
        for source in SOURCES_OF_POWER:
            if (gw := number(row[source])) is None:
                continue
            flag = row.get(f"{source}_basis", "")
            month = "11" if flag == "end_November" else "12"
            derived = flag in ("derived_residual", "known_units")
            rows.append((row["code"], int(row["year"]), source, gw, "derived" if derived else "observed", month))
    for row in read_csv(sources, FOLDER, "national_control_totals_2010_2024.csv"):
        for source in SOURCES_OF_POWER:
            if (gw := number(row[f"capacity_{source}_GW"])) is not None:
                rows.append(("CN", int(row["year"]), source, gw, "observed", "12"))
    fields = (
        REGION, YEAR, SOURCE,
        Field("gw", "number", Text("装机容量", "Installed capacity"), "GW"),
        BASIS,
        Field("month_end", "string", Text("截至月份（12为年末；2024年各省风电为11月末）",
                                          "As of the end of this month (12: year-end; provincial wind of 2024: 11)")),
    )  # fmt: skip
    key = ("region", "year", "source")
    return Built(
        "power_capacity", from_rows(fields, rows, key), Text("发电装机容量", "Installed power capacity"),
        Text(
            "31个省与全国，2012–2024年（太阳能自2018年起）；海南核电按已投产机组、山东核电按全国减其余省补齐，标为 derived。",
            "31 provinces and the nation, 2012–2024 (solar from 2018). Hainan's nuclear from its known units and "
            "Shandong's as the nation less the rest are marked derived.",
        ),
        fields, key, ("nea", "cec"), OFFICIAL_TERMS,
    )  # fmt: skip


def _trade(sources: Path) -> Built:
    rows = [
        (int(row["year"]), row["from"], row["to"], float(row["GWh"]) / 1000)
        for row in read_csv(sources, FOLDER, "interprovincial_trade_GWh_2005_2019.csv")
        if row["from"] != row["to"]  # nine flows of a province to itself stand in the source; they are no trade
    ]
    fields = (
        YEAR,
        Field("origin", "string", Text("送出省", "Sending province")),
        Field("destination", "string", Text("受入省", "Receiving province")),
        Field("twh", "number", Text("输送电量", "Electricity sent"), "TWh"),
    )
    key = ("year", "origin", "destination")
    return Built(
        "power_trade", from_rows(fields, rows, key), Text("省间电力交易", "Interprovincial power trade"),
        Text(
            "2005–2019年逐年省间输送电量，只列非零省对；无西藏。按省界计量，过境电量重复计入；只知区域的部分由原整理者平均分摊；"
            "云南送陕西（2018–2019年）不对应已知线路，应视为有误。",
            "Flows between provinces every year 2005–2019, non-zero pairs only; no Tibet. Metered at borders, so "
            "transit counts twice; flows known only by regional grid were split evenly by the compilers; Yunnan to "
            "Shaanxi in 2018–2019 is no known line and should be taken as an error.",
        ),
        fields, key, ("cec", "gcam-china"), OFFICIAL_TERMS,
    )  # fmt: skip


def _coal(sources: Path) -> Built:
    """Raw coal burnt for power, from the monthly series: January to November of each year, complete from 2017."""
    rows = [
        (row["code"], int(row["year"]), coal / 100)
        for row in read_csv(sources, FOLDER, "raw_coal_for_power_JanNov_10kt_2009_2022.csv")
        if int(row["year"]) >= 2017 and (coal := number(row["raw_coal_for_power_Jan_Nov_10kt"])) is not None
    ]
    fields = (
        REGION,
        YEAR,
        Field("mt", "number", Text("1至11月发电用原煤", "Raw coal for power, January to November"), "Mt"),
    )
    key = ("region", "year")
    return Built(
        "power_coal", from_rows(fields, rows, key), Text("发电用原煤", "Raw coal burnt for power"),
        Text(
            "各省发电消耗的原煤，1至11月累计（不是全年），2017–2022年；只看年份之间的变化。不含洗煤、煤矸石与其他燃料，口径变动使个别省份"
            "相邻年份不可比。",
            "Raw coal burnt for power by province, January to November (not whole years), 2017–2022; for changes between years only. "
            "Washed coal, gangue and other fuels are not in it, and changes of scope break some provinces' series.",
        ),
        fields, key, ("nbs-power",), OFFICIAL_TERMS,
    )  # fmt: skip


def _coal_units(sources: Path) -> Built:
    rows: list[tuple[str, str, float]] = []
    for row in read_csv(sources, FOLDER, "coal_power_units_GEM_July2023_GW.csv"):
        for column, cell in row.items():
            if column.endswith("_GW") and (gw := number(cell)) is not None:
                item = column.removesuffix("_GW").replace("-", "_").replace("of_which_captive", "operating_captive")
                rows.append((row["code"], item, gw))
    fields = (
        Field("region", "string", Text("省代码", "Province code")),
        Field(
            "item",
            "string",
            Text(
                "operating 在运；operating_captive 其中自备；operating_started_* 在运机组按投产年份；construction 在建；"
                "permitted、pre_permit、announced 核准、前期、宣布；mothballed 封存；retired 已退役",
                "operating; operating_captive (part of it); operating_started_* (operating by start year); "
                "construction; permitted; pre_permit; announced; mothballed; retired",
            ),
        ),
        Field("gw", "number", Text("机组容量", "Capacity of the units"), "GW"),
    )
    key = ("region", "item")
    return Built(
        "coal_units", from_rows(fields, rows, key), Text("煤电机组", "Coal power units"),
        Text(
            "全球能源监测（GEM）煤电厂数据库2023年7月版，按省汇总；可作份额，不等于官方火电装机。",
            "Global Energy Monitor's Global Coal Plant Tracker, July 2023, summed by province; good for shares, not "
            "equal to official thermal capacity.",
        ),
        fields, key, ("gem-coal",), CC_BY,
    )  # fmt: skip


def _grid_factors(sources: Path) -> Built:
    """2022 provincial and 2022 and 2023 national values agree in two independent copies; the rest rest on one."""
    folder = "electricity_emission_factors"
    rows: list[tuple[str, str, int, float, str]] = []
    for name, level in (
        ("province_grid_factor_2021_2022.csv", "province"),
        ("regional_grid_factor_2021_2022.csv", "region"),
    ):
        for row in read_csv(sources, folder, name):
            area = row["code"] if level == "province" else row["en"]
            for year in (2021, 2022):
                status = "verified" if level == "province" and year == 2022 else "unverified"
                rows.append((area, level, year, float(row[f"y{year}_kgCO2_per_kWh"]), status))
    for row in read_csv(sources, folder, "national_average_2021_2023.csv"):
        status = "unverified" if "VERIFY" in row["confidence"] else "verified"
        rows.append(("CN", "nation", int(row["year"]), float(row["kgCO2_per_kWh"]), status))
    fields = (
        Field("area", "string", Text("省代码、区域电网英文名或 CN", "Province code, English name of the regional grid, or CN")),
        Field("level", "string", Text("province 省级；region 区域电网；nation 全国", "province, region (regional grid) or nation")),
        YEAR,
        Field("kg_per_kwh", "number", Text("平均二氧化碳排放因子", "Average CO2 emission factor"), "kg CO2/kWh"),
        Field(
            "status",
            "string",
            Text(
                "verified 两份独立转录一致；unverified 仅一份转录，未核对公告原文",
                "verified: two independent transcriptions of the announcement agree; unverified: one transcription "
                "only, not checked against the announcement",
            ),
        ),
    )  # fmt: skip
    key = ("area", "level", "year")
    return Built(
        "grid_factors", from_rows(fields, rows, key), Text("电力平均二氧化碳排放因子", "CO2 factors of electricity"),
        Text(
            "生态环境部、国家统计局公告：省级和区域2021、2022年，全国2021–2023年；无西藏。正式引用前应核对公告原文。",
            "Announcements of MEE and NBS: provinces and regional grids 2021 and 2022, the nation 2021–2023; none for "
            "Tibet. Check the announcement before quoting as official.",
        ),
        fields, key, ("mee-grid",), OFFICIAL_TERMS,
    )  # fmt: skip
