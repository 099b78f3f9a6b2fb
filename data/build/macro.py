"""GDP at current prices, population and goods trade by province."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import Built, Field, from_rows, number, read_csv
from data.build.sources import OFFICIAL_TERMS
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

REGION = Field("region", "string", Text("省代码", "Province code"))
YEAR = Field("year", "integer", Text("年份", "Year"))
KEY = ("region", "year")


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables gdp, population and goods_trade."""
    return [_gdp(sources), _population(sources), _trade(sources)]


def _wide(sources: Path, *parts: str) -> list[tuple[str, int, float]]:
    """A wide file (code, one column per year) as rows (code, year, value); blanks left out."""
    rows = []
    for row in read_csv(sources, *parts):
        code = row.pop("code")
        rows += [(code, int(year), value) for year, cell in row.items() if (value := number(cell)) is not None]
    return rows


def _gdp(sources: Path) -> Built:
    fields = (REGION, YEAR, Field("gdp_100m_yuan", "number", Text("地区生产总值（当年价）", "GDP at current prices"),
                                  "100M yuan"))  # fmt: skip
    rows = _wide(sources, "province_macro", "gdp_current_100M_yuan_2005_2024.csv")
    return Built(
        "gdp", from_rows(fields, rows, KEY), Text("地区生产总值", "GDP by province"),
        Text(
            "31个省，2005–2024年，当年价格；不同年份之间含价格变动，不是实际增长。省合计与全国数略有出入。",
            "31 provinces, 2005–2024, at current prices: differences between years include prices and are not real "
            "growth. The provinces' sum differs slightly from the national figure.",
        ),
        fields, KEY, ("nbs-region",), OFFICIAL_TERMS,
    )  # fmt: skip


def _population(sources: Path) -> Built:
    fields = (REGION, YEAR, Field("population_10k", "number", Text("年末常住人口", "Resident population at year-end"),
                                  "10k persons"))  # fmt: skip
    rows = _wide(sources, "province_macro", "population_10k_2005_2024.csv")
    return Built(
        "population", from_rows(fields, rows, KEY), Text("常住人口", "Population by province"),
        Text(
            "31个省年末常住人口，2005–2024年；2020年人口普查后的修订序列。省合计不含现役军人。",
            "Year-end residents of 31 provinces, 2005–2024; series as revised after the 2020 census. The provinces' "
            "sum leaves out the armed forces.",
        ),
        fields, KEY, ("nbs-region",), OFFICIAL_TERMS,
    )  # fmt: skip


def _trade(sources: Path) -> Built:
    fields = (
        REGION, YEAR,
        Field("by_origin_destination_kusd", "number",
              Text("进出口总额，按境内目的地和货源地", "Imports plus exports by domestic destination and origin"), "kUSD"),
        Field("by_operator_seat_kusd", "number",
              Text("进出口总额，按经营单位所在地", "Imports plus exports by the operator's seat"), "kUSD"),
    )  # fmt: skip
    rows = [
        (
            row["province"],
            int(row["year"]),
            number(row["total_trade_by_origin_destination_kUSD"]),
            number(row["total_trade_by_operator_location_kUSD"]),
        )
        for row in read_csv(sources, "province_trade", "goods_trade_kUSD_2016_2024.csv")
    ]
    return Built(
        "goods_trade", from_rows(fields, rows, KEY), Text("货物贸易", "Goods trade by province"),
        Text(
            "31个省货物进出口总额，2016–2024年；进口与出口未分列。按经营单位所在地的口径会高估总部所在地（如北京）。",
            "Imports plus exports of goods, 31 provinces, 2016–2024; the two are not split. The count by the "
            "operator's seat overstates places of head offices such as Beijing.",
        ),
        fields, KEY, ("customs",), OFFICIAL_TERMS,
    )  # fmt: skip
