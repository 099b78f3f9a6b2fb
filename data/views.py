"""Documented views of the warehouse: the joins that people ask for most, with names in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import Text

if TYPE_CHECKING:
    from data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class View:
    """A view; it is made where the dataset holds every table of ``needs``."""

    name: str
    needs: tuple[str, ...]
    description: Text
    sql: str


_NAMES = "LEFT JOIN provinces p ON p.code = {0}.region"
_REGION = "{0}.region, coalesce(p.zh, '全国') AS region_zh, coalesce(p.en, 'China') AS region_en"

VIEWS: tuple[View, ...] = (
    View(
        "co2_totals",
        ("co2", "provinces"),
        Text(
            "各省与全国（CN）二氧化碳总量，范围一，百万吨",
            "CO2 totals of provinces and the nation (CN), scope 1, Mt CO2",
        ),
        f"SELECT {_REGION.format('c')}, year, sum(mt) AS mt FROM co2 c {_NAMES.format('c')} "
        "GROUP BY ALL ORDER BY region, year",
    ),
    View(
        "co2_by_sector",
        ("co2", "provinces", "inventory_sectors"),
        Text("按清单47部门的二氧化碳，百万吨", "CO2 by the 47 inventory sectors, Mt CO2"),
        f"SELECT {_REGION.format('c')}, year, sector_no, s.zh AS sector_zh, s.en AS sector_en, sum(mt) AS mt "
        f"FROM co2 c {_NAMES.format('c')} JOIN inventory_sectors s ON s.no = c.sector_no "
        "GROUP BY ALL ORDER BY region, year, sector_no",
    ),
    View(
        "co2_by_fuel",
        ("co2", "provinces", "fuels"),
        Text("按燃料的二氧化碳，百万吨", "CO2 by fuel, Mt CO2"),
        f"SELECT {_REGION.format('c')}, year, c.fuel, f.zh AS fuel_zh, f.grp AS fuel_group, sum(mt) AS mt "
        f"FROM co2 c {_NAMES.format('c')} JOIN fuels f ON f.fuel = c.fuel GROUP BY ALL ORDER BY region, year, fuel",
    ),
    View(
        "co2_by_sector_42",
        ("co2_42", "provinces", "sectors_42"),
        Text(
            "按投入产出42部门的二氧化碳（不含居民），百万吨",
            "CO2 by the 42 input-output sectors, households left out, Mt CO2",
        ),
        f"SELECT {_REGION.format('c')}, year, sector_no, s.zh AS sector_zh, s.en AS sector_en, basis, sum(mt) AS mt "
        f"FROM co2_42 c {_NAMES.format('c')} JOIN sectors_42 s ON s.no = c.sector_no "
        "GROUP BY ALL ORDER BY region, year, sector_no",
    ),
    View(
        "co2_intensity",
        ("co2", "gdp", "population", "provinces"),
        Text(
            "单位GDP（当年价，千克/万元）与人均（吨/人）二氧化碳，范围一",
            "CO2 per GDP (current prices, kg per 10k yuan) and per head (t per person), scope 1",
        ),
        "SELECT t.region, t.region_zh, t.region_en, t.year, t.mt, t.mt / g.gdp_100m_yuan * 1e5 AS kg_per_10k_yuan, "
        "t.mt / n.population_10k * 100 AS t_per_person FROM co2_totals t "
        "JOIN gdp g ON (g.region, g.year) = (t.region, t.year) "
        "JOIN population n ON (n.region, n.year) = (t.region, t.year) ORDER BY t.region, t.year",
    ),
    View(
        "power_net_import",
        ("power_trade", "provinces"),
        Text(
            "各省省间电力的受入、送出与净受入，十亿千瓦时（TWh）；过境电量重复计入",
            "Power received, sent and net received from other provinces, TWh; transit counts twice",
        ),
        "WITH f AS (SELECT destination AS region, year, twh AS received, 0 AS sent FROM power_trade UNION ALL "
        "SELECT origin, year, 0, twh FROM power_trade) "
        f"SELECT {_REGION.format('f')}, year, sum(received) AS received_twh, sum(sent) AS sent_twh, "
        f"sum(received) - sum(sent) AS net_twh FROM f {_NAMES.format('f')} GROUP BY ALL ORDER BY region, year",
    ),
)

# Imported interprovincial tables stand in one table per year; these views put the years together.
_YEARLY: tuple[tuple[str, Text], ...] = (
    (
        "mrio_flow",
        Text(
            "导入的省际表的中间流量，各年合并，亿元（为零者不列）",
            "Intermediate flows of imported interprovincial tables, all years, 100M yuan (zeros left out)",
        ),
    ),
    (
        "mrio_final_flow",
        Text(
            "导入的省际表的最终使用，各年合并，亿元（为零者不列）",
            "Final use of imported interprovincial tables, all years, 100M yuan (zeros left out)",
        ),
    ),
)
_ACCOUNTS = Text(
    "各省分部门总产出与增加值，亿元；basis：observed 发布表，estimated 估算表",
    "Gross output and value added by province and sector, 100M yuan; basis: observed (published) or estimated",
)


def views_of(dataset: Dataset) -> tuple[View, ...]:
    """The views that a dataset's tables allow: VIEWS, and those over imported tables."""
    found = [view for view in VIEWS if all(dataset.has(table) for table in view.needs)]
    names = sorted(r.name for r in dataset.resources)
    for stem, description in _YEARLY:
        parts = tuple(n for n in names if n.startswith(f"{stem}_") and n.removeprefix(f"{stem}_").isdigit())
        if parts:
            union = " UNION ALL ".join(f'SELECT * FROM "{name}"' for name in parts)
            found.append(View(stem, parts, description, union))
    if dataset.has("mrio_sector"):
        told = any(field.name == "basis" for field in dataset.resource("mrio_sector").fields)
        basis = "basis" if told else "'estimated' AS basis"
        sql = f"SELECT year, region, sector, output_100m_yuan, value_added_100m_yuan, {basis} FROM mrio_sector"
        found.append(View("mrio_accounts", ("mrio_sector",), _ACCOUNTS, sql))
    return tuple(found)
