"""CO2 inventories: province and nation, by sector, fuel and year, and the totals the workbooks themselves print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.classification import FUELS
from data.build.protocol import Built, Field, bad_source, from_rows, read_csv
from data.build.sources import CEADS_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

CITED = ("ceads-inventories", "ceads-2018", "ceads-2020", "ceads-2021", "ceads-2016")
PROVINCIAL = ("ceads_provincial_co2", "provincial_co2_1997_2019_sector_by_fuel.csv.gz")
NATIONAL = ("ceads_national_co2", "national_co2_1997_2019_sector_by_fuel.csv.gz")
CITIES = ("ceads_city_co2", "city_co2_totals_long.csv.gz")

REGION = Field("region", "string", Text("省代码；CN 为全国清单", "Province code; CN is the national inventory"))
YEAR = Field("year", "integer", Text("年份", "Year"))
MT = Field("mt", "number", Text("二氧化碳排放量", "CO2 emissions"), "Mt CO2")


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables co2, co2_published and city_co2."""
    return [_co2(sources), _published(sources), _cities(sources)]


def _rows(sources: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for row in read_csv(sources, *PROVINCIAL):
        yield row["iso"], row
    for row in read_csv(sources, *NATIONAL):
        yield "CN", row


def _co2(sources: Path) -> Built:
    fuels = [fuel for fuel, _, _ in FUELS]
    rows: list[tuple[str, int, int, str, float]] = []
    for region, row in _rows(sources):
        if row["sec_no"] == "0":
            continue
        year, sector = int(row["year"]), int(row["sec_no"])
        try:
            rows.extend((region, year, sector, fuel, float(row[fuel])) for fuel in fuels)
        except (KeyError, ValueError) as error:
            path = sources.joinpath(*(NATIONAL if region == "CN" else PROVINCIAL))
            where = f"{region} {year}, {sector}"
            raise bad_source(path, f"{where} 行有非数值单元格", f"a cell in row {where} is no number") from error
    fields = (
        REGION,
        YEAR,
        Field("sector_no", "integer", Text("清单部门编号（1–47）", "Inventory sector, 1–47")),
        Field("fuel", "string", Text("燃料，或 Process（水泥过程）", "Fuel, or Process (cement)")),
        MT,
    )
    key = ("region", "year", "sector_no", "fuel")
    return Built(
        "co2", from_rows(fields, rows, key), Text("二氧化碳排放清单", "CO2 inventories"),
        Text(
            "CEADs 范围一（属地）清单：30个省（无西藏）与全国，47部门、17种燃料和水泥过程，1997–2019年。"
            "电力的排放记在发电地。各省合计高于全国清单（2017年约8%），不可当作全国。"
            "宁夏2000–2002年、海南2002年缺燃料数据，只有过程排放。",
            "CEADs scope-1 (territorial) inventories: 30 provinces (no Tibet) and the nation, 47 sectors, 17 fuels and "
            "cement process, 1997–2019. Power emissions stand where power is generated. The provinces sum to more than "
            "the national inventory (about 8 % in 2017); never present the sum as China. Fuel rows are missing in the "
            "source for Ningxia 2000–2002 and Hainan 2002, where only process emissions stand.",
        ),
        fields, key, CITED, CEADS_TERMS,
    )  # fmt: skip


def _published(sources: Path) -> Built:
    rows = [(r, int(row["year"]), int(row["sec_no"]), float(row["Scope 1 Total"])) for r, row in _rows(sources)]
    fields = (
        REGION,
        YEAR,
        Field("sector_no", "integer", Text("清单部门编号；0 为合计", "Inventory sector; 0 = total")),
        MT,
    )
    key = ("region", "year", "sector_no")
    return Built(
        "co2_published", from_rows(fields, rows, key), Text("清单原表合计", "Totals printed in the inventories"),
        Text(
            "清单工作簿自带的部门合计与总计，用于核对 co2 各分项之和。",
            "Sector totals and grand totals as the workbooks print them, against which the parts in co2 are checked.",
        ),
        fields, key, CITED, CEADS_TERMS,
    )  # fmt: skip


def _cities(sources: Path) -> Built:
    # One value of 1995 stands alone before the series; the release is 1997-2019.
    rows = [
        (row["city"], int(row["year"]), float(row["co2_Mt"]))
        for row in read_csv(sources, *CITIES)
        if int(row["year"]) >= 1997
    ]
    fields = (
        Field("city_zh", "string", Text("城市（中文省名加市名）", "City, in Chinese: province and city")),
        YEAR,
        MT,
    )
    key = ("city_zh", "year")
    return Built(
        "city_co2", from_rows(fields, rows, key), Text("城市二氧化碳排放总量", "CO2 totals of cities"),
        Text(
            "CEADs 290个城市的排放总量；各年覆盖很不均（广东2017年仅2个城市），不可加总为省。",
            "CEADs totals of 290 cities; coverage is very uneven (two cities of Guangdong in 2017), so they must not "
            "be summed to provinces.",
        ),
        fields, key, ("ceads-city", "ceads-city-2022"), CEADS_TERMS,
    )  # fmt: skip
