"""Checks of the figures themselves: sums, balances, published totals, and the traps of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.text import Text
from data.verify import Check
from data.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Deviation:
    """``sql`` gives the worst deviation of an identity; it holds at or below ``limit``."""

    name: Text
    needs: tuple[str, ...]
    sql: str
    limit: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """``sql`` gives one figure; it must lie within ``tolerance`` of ``expected``, a published total or a
    sum of published figures made independently of the builder."""

    name: Text
    needs: tuple[str, ...]
    sql: str
    expected: float
    tolerance: float
    unit: str


@dataclass(frozen=True, slots=True)
class Count:
    """``sql`` counts offenders; there must be none."""

    name: Text
    needs: tuple[str, ...]
    sql: str


_PARTS = "SELECT region, year, sector_no, sum(mt) AS mt FROM co2 GROUP BY ALL"
_IO = (
    "WITH c AS (SELECT * FROM io_national), s AS (SELECT * FROM c WHERE regexp_full_match(column_code, '[0-9]+')), "
    "r AS (SELECT * FROM c WHERE regexp_full_match(row_code, '[0-9]+')) "
)


def _io_columns(parts: str, total: str) -> str:
    """Worst relative gap between the sum of some rows and a total row, over years and columns."""
    return (
        f"{_IO} SELECT max(abs(p.v - t.value_100m_yuan) / greatest(abs(t.value_100m_yuan), 1)) FROM "
        f"(SELECT year, column_code, sum(value_100m_yuan) AS v FROM s WHERE {parts} GROUP BY ALL) p "
        f"JOIN s t USING (year, column_code) WHERE t.row_code = '{total}'"
    )


def _io_rows(parts: str, total: str, where: str = "true") -> str:
    """Worst relative gap between the sum of some columns and a total column, over years, origins and sector rows."""
    return (
        f"{_IO} SELECT max(abs(p.v - t.value_100m_yuan) / greatest(abs(t.value_100m_yuan), 1)) FROM "
        f"(SELECT year, origin, row_code, sum(value_100m_yuan) AS v FROM r WHERE {parts} GROUP BY ALL) p "
        f"JOIN r t USING (year, origin, row_code) WHERE t.column_code = '{total}' AND {where}"
    )


DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(
        Text("清单：17种燃料加过程等于原表部门合计（百万吨）", "Inventory: fuels and process add up to each printed sector total (Mt)"),
        ("co2", "co2_published"),
        f"SELECT max(abs(p.mt - t.mt)) FROM ({_PARTS}) p JOIN co2_published t USING (region, year, sector_no)",
        1e-6,
    ),
    Deviation(
        Text("清单：47部门之和等于原表总计（百万吨）", "Inventory: the 47 sectors add up to the printed total (Mt)"),
        ("co2", "co2_published"),
        "SELECT max(abs(p.mt - t.mt)) FROM (SELECT region, year, sum(mt) AS mt FROM co2 GROUP BY ALL) p "
        "JOIN co2_published t USING (region, year) WHERE t.sector_no = 0",
        1e-6,
    ),
    Deviation(
        Text("42部门映射：各地区、年份、燃料与清单生产部门之和一致（相对）",
             "Mapping to 42 sectors keeps each region's, year's and fuel's production sum (relative)"),
        ("co2", "co2_42"),
        "SELECT max(abs(a.mt - b.mt) / greatest(b.mt, 1e-3)) FROM "
        "(SELECT region, year, fuel, sum(mt) AS mt FROM co2_42 GROUP BY ALL) a JOIN "
        "(SELECT region, year, fuel, sum(mt) AS mt FROM co2 WHERE sector_no <= 45 GROUP BY ALL) b "
        "USING (region, year, fuel)",
        1e-9,
    ),
    Deviation(
        Text("42部门加居民等于各省原表总计（百万吨）", "The 42 sectors and households add up to each printed total (Mt)"),
        ("co2", "co2_42", "co2_published"),
        "SELECT max(abs(a.mt + h.mt - t.mt)) FROM (SELECT region, year, sum(mt) AS mt FROM co2_42 GROUP BY ALL) a JOIN "
        "(SELECT region, year, sum(mt) AS mt FROM co2 WHERE sector_no > 45 GROUP BY ALL) h USING (region, year) "
        "JOIN co2_published t USING (region, year) WHERE t.sector_no = 0",
        1e-6,
    ),
    Deviation(Text("全国投入产出表：国产加进口投入等于中间投入（相对）", "National tables: domestic and imported inputs make TII (relative)"),
              ("io_national",), _io_columns("origin <> 'total'", "TII"), 1e-9),
    Deviation(Text("全国投入产出表：增加值四项之和（相对）", "National tables: the four parts make value added (relative)"),
              ("io_national",), _io_columns("row_code LIKE 'VA%'", "TVA"), 1e-9),
    Deviation(Text("全国投入产出表：中间投入加增加值等于总投入（相对）", "National tables: TII and value added make total input (relative)"),
              ("io_national",), _io_columns("row_code IN ('TII', 'TVA')", "TI"), 1e-9),
    Deviation(Text("全国投入产出表：各部门使用之和等于中间使用（相对）", "National tables: the sectors' uses make TIU (relative)"),
              ("io_national",), _io_rows("regexp_full_match(column_code, '[0-9]+')", "TIU"), 1e-9),
    Deviation(Text("全国投入产出表：最终使用各项之和（相对）", "National tables: the parts make final use (relative)"),
              ("io_national",), _io_rows("column_code IN ('TC', 'FU201', 'FU202', 'EX')", "TFU"), 1e-9),
    Deviation(Text("全国投入产出表：国产使用等于总产出（相对）", "National tables: uses of domestic products make gross output (relative)"),
              ("io_national",), _io_rows("column_code IN ('TIU', 'TFU')", "GO", "t.origin = 'domestic'"), 1e-9),
    Deviation(Text("全国投入产出表：总产出等于总投入（相对）", "National tables: gross output equals total input (relative)"),
              ("io_national",),
              f"{_IO} SELECT max(abs(g.value_100m_yuan - i.value_100m_yuan) / greatest(i.value_100m_yuan, 1)) "
              "FROM r g JOIN s i ON (g.year, g.row_code) = (i.year, i.column_code) "
              "WHERE g.column_code = 'GO' AND g.origin = 'domestic' AND i.row_code = 'TI'", 1e-9),
    Deviation(Text("全球碳预算：分项之和等于总量（百万吨）", "Global Carbon Budget: the parts make the total (Mt)"),
              ("global_co2",),
              "SELECT max(abs(p.mt - t.mt)) FROM (SELECT source, country, year, sum(mt) AS mt FROM global_co2 "
              "WHERE item IN ('coal', 'oil', 'gas', 'cement', 'flaring', 'other') AND source = 'gcb-2022' "
              "GROUP BY ALL) p JOIN global_co2 t USING (source, country, year) WHERE t.item = 'total'", 1e-4),
    Deviation(Text("用电量：31省之和与全国相差（相对；2015年最大）", "Consumption: the 31 provinces against the nation (relative; worst in 2015)"),
              ("power_consumption",),
              "SELECT max(abs(p.twh / n.twh - 1)) FROM (SELECT year, sum(twh) AS twh FROM power_consumption "
              "WHERE region <> 'CN' GROUP BY year) p JOIN power_consumption n USING (year) WHERE n.region = 'CN'", 0.02),
    Deviation(Text("规模以上火电与核电：各省之和与全国相差（2015年起，相对）",
                   "Above-scale thermal and nuclear: the provinces against the nation (from 2015, relative)"),
              ("power_generation",),
              "SELECT max(abs(p.twh / n.twh - 1)) FROM (SELECT year, source, scope, sum(twh) AS twh "
              "FROM power_generation WHERE region <> 'CN' GROUP BY ALL) p JOIN power_generation n "
              "USING (year, source, scope) WHERE n.region = 'CN' AND scope = 'above_scale' "
              "AND source IN ('thermal', 'nuclear') AND year >= 2015", 0.001),
)  # fmt: skip

ANCHORS: tuple[Anchor, ...] = (
    *(
        Anchor(
            Text(f"{zh}{year}年排放", f"Emissions of {en}, {year}"), ("co2",),
            f"SELECT sum(mt) FROM co2 WHERE region = '{code}' AND year = {year}", expected, tolerance, "Mt CO2",
        )
        for zh, en, code, year, expected, tolerance in (
            ("广东", "Guangdong", "GD", 2017, 556.86, 0.005),
            ("广东", "Guangdong", "GD", 2019, 569.1, 0.05),
            ("山东", "Shandong", "SD", 2017, 835.8, 0.05),
            ("河北", "Hebei", "HE", 2017, 792.3, 0.05),
            ("江苏", "Jiangsu", "JS", 2017, 757.9, 0.05),
            ("内蒙古", "Inner Mongolia", "NM", 2017, 656.8, 0.05),
            ("北京", "Beijing", "BJ", 2017, 85.6, 0.05),
            ("全国", "China", "CN", 2017, 9408, 0.5),
            ("全国", "China", "CN", 2019, 9795, 0.5),
        )
    ),
    Anchor(Text("各省合计与全国清单之比，2017年", "Sum of provinces over the national inventory, 2017"), ("co2",),
           "SELECT sum(mt) FILTER (region <> 'CN') / sum(mt) FILTER (region = 'CN') FROM co2 WHERE year = 2017",
           1.081, 0.0005, "1"),
    Anchor(Text("各省合计与全国清单之比，2019年", "Sum of provinces over the national inventory, 2019"), ("co2",),
           "SELECT sum(mt) FILTER (region <> 'CN') / sum(mt) FILTER (region = 'CN') FROM co2 WHERE year = 2019",
           1.109, 0.0005, "1"),
    Anchor(Text("广东2017年电力和热力排放", "Power and heat in Guangdong, 2017"), ("co2",),
           "SELECT sum(mt) FROM co2 WHERE region = 'GD' AND year = 2017 AND sector_no = 39", 297.8, 0.05, "Mt CO2"),
    Anchor(Text("31省GDP之和，2017年", "GDP of the 31 provinces, 2017"), ("gdp",),
           "SELECT sum(gdp_100m_yuan) FROM gdp WHERE year = 2017", 832096, 1, "100M yuan"),
    Anchor(Text("31省GDP之和，2024年", "GDP of the 31 provinces, 2024"), ("gdp",),
           "SELECT sum(gdp_100m_yuan) FROM gdp WHERE year = 2024", 1340313, 1, "100M yuan"),
    Anchor(Text("31省人口之和，2020年", "Population of the 31 provinces, 2020"), ("population",),
           "SELECT sum(population_10k) FROM population WHERE year = 2020", 141013, 1, "10k persons"),
    Anchor(Text("31省货物贸易之和，2017年（十亿美元）", "Goods trade of the 31 provinces, 2017 (billion USD)"), ("goods_trade",),
           "SELECT sum(by_origin_destination_kusd) / 1e6 FROM goods_trade WHERE year = 2017", 4107, 1, "10^9 USD"),
    Anchor(Text("广东2019年受入省间电量", "Power received by Guangdong from other provinces, 2019"), ("power_trade",),
           "SELECT sum(twh) FROM power_trade WHERE destination = 'GD' AND year = 2019", 233, 0.5, "TWh"),
    Anchor(Text("云南送广东电量，2019年", "Power sent from Yunnan to Guangdong, 2019"), ("power_trade",),
           "SELECT twh FROM power_trade WHERE (origin, destination, year) = ('YN', 'GD', 2019)", 145.2, 0.05, "TWh"),
    Anchor(Text("31省全口径发电量之和，2017年", "Full-scope generation of the 31 provinces, 2017"), ("power_generation",),
           "SELECT sum(twh) FROM power_generation WHERE scope = 'full' AND region <> 'CN' AND year = 2017",
           6417, 1, "TWh"),
    Anchor(Text("31省全口径发电量之和，2021年", "Full-scope generation of the 31 provinces, 2021"), ("power_generation",),
           "SELECT sum(twh) FROM power_generation WHERE scope = 'full' AND region <> 'CN' AND year = 2021",
           8539, 1, "TWh"),
    Anchor(Text("31省用电量之和，2022年", "Consumption of the 31 provinces, 2022"), ("power_consumption",),
           "SELECT sum(twh) FROM power_consumption WHERE region <> 'CN' AND year = 2022", 8637.5, 0.5, "TWh"),
    Anchor(Text("在运煤电机组合计，2023年7月", "Operating coal units, July 2023"), ("coal_units",),
           "SELECT sum(gw) FROM coal_units WHERE item = 'operating'", 1108.9, 0.5, "GW"),
    Anchor(Text("30省能源消费总量之和，2019年", "Energy consumption of the 30 provinces, 2019"), ("energy_consumption",),
           "SELECT sum(mtce) FROM energy_consumption WHERE year = 2019", 4893.27, 0.01, "Mtce"),
    Anchor(Text("陆上封存容量合计", "Onshore storage capacity, all provinces"), ("storage",),
           "SELECT sum(mt) / 1000 FROM storage", 312, 0.5, "Gt CO2"),
    Anchor(Text("全国总产出，2017年（万亿元）", "National gross output, 2017 (trillion yuan)"), ("io_national",),
           "SELECT sum(value_100m_yuan) / 1e4 FROM io_national WHERE (year, origin, column_code) = "
           "(2017, 'domestic', 'GO')", 225.8, 0.05, "10^12 yuan"),
    Anchor(Text("全国增加值，2020年（万亿元）", "National value added, 2020 (trillion yuan)"), ("io_national",),
           "SELECT sum(value_100m_yuan) / 1e4 FROM io_national WHERE (year, row_code) = (2020, 'TVA') "
           "AND regexp_full_match(column_code, '[0-9]+')", 101.6, 0.05, "10^12 yuan"),
    Anchor(Text("全球碳预算：中国2017年", "Global Carbon Budget: China 2017"), ("global_co2",),
           "SELECT mt FROM global_co2 WHERE (source, country, year, item) = ('gcb-2022', 'China', 2017, 'total')",
           10011, 0.5, "Mt CO2"),
)  # fmt: skip

COUNTS: tuple[Count, ...] = (
    Count(Text("清单齐全：30省与全国、23年、47部门、18列", "The inventories are complete: 31 regions, 23 years, 47 sectors, 18 columns"),
          ("co2",), "SELECT abs(count(*) - 31 * 23 * 47 * 18) FROM co2"),
    Count(Text("清单中没有西藏（缺数据，不是零）", "Tibet is absent from the inventories (no data, not zero)"),
          ("co2", "co2_42"), "SELECT (SELECT count(*) FROM co2 WHERE region = 'XZ') + "
          "(SELECT count(*) FROM co2_42 WHERE region = 'XZ')"),
    Count(Text("排放无负值", "No negative emissions"), ("co2", "co2_42"),
          "SELECT (SELECT count(*) FROM co2 WHERE mt < 0) + (SELECT count(*) FROM co2_42 WHERE mt < 0)"),
    Count(Text("各省合计不等于全国（任一年）", "The provinces' sum is not the nation, in any year"), ("co2",),
          "SELECT count(*) FROM (SELECT sum(mt) FILTER (region <> 'CN') / sum(mt) FILTER (region = 'CN') AS ratio "
          "FROM co2 GROUP BY year) WHERE abs(ratio - 1) < 1e-3 OR ratio NOT BETWEEN 0.99 AND 1.11"),
    Count(Text("广东2017年排放最大的是电力热力，不是燃气供应", "Guangdong's largest emitter in 2017 is power and heat, not gas supply"),
          ("co2",), "SELECT count(*) FROM (SELECT sector_no FROM co2 WHERE region = 'GD' AND year = 2017 GROUP BY ALL "
          "ORDER BY sum(mt) DESC LIMIT 1) WHERE sector_no <> 39"),
    Count(Text("映射后仅13个服务部门为估算", "After mapping only the 13 service sectors are estimates"), ("co2_42",),
          "SELECT count(*) FROM co2_42 WHERE (basis = 'estimated') <> (sector_no >= 30)"),
    Count(Text("代码均在省份表中", "Every code is a province or the nation"),
          ("provinces", "co2", "gdp", "power_trade", "power_generation", "energy_consumption"),
          "SELECT count(*) FROM (SELECT region FROM co2 UNION SELECT region FROM gdp UNION SELECT origin FROM power_trade "
          "UNION SELECT destination FROM power_trade UNION SELECT region FROM power_generation UNION "
          "SELECT region FROM energy_consumption) WHERE region <> 'CN' AND region NOT IN (SELECT code FROM provinces)"),
    Count(Text("省间电力：无自送、无西藏、无零值", "Power trade: none to itself, no Tibet, no zero"), ("power_trade",),
          "SELECT count(*) FROM power_trade WHERE origin = destination OR 'XZ' IN (origin, destination) OR twh <= 0"),
    Count(Text("发电量两种口径分开，且电源名称一致", "Two scopes of generation stand apart, sources are named alike"), ("power_generation",),
          "SELECT count(*) FROM power_generation WHERE scope NOT IN ('full', 'above_scale') OR source NOT IN "
          "('thermal', 'hydro', 'nuclear', 'wind', 'solar', 'other') OR twh < 0"),
    Count(Text("电网因子在0.05–0.9之间，无西藏", "Grid factors lie between 0.05 and 0.9, none for Tibet"), ("grid_factors",),
          "SELECT count(*) FROM grid_factors WHERE kg_per_kwh NOT BETWEEN 0.05 AND 0.9 OR area = 'XZ'"),
    Count(Text("电网因子标明核对状态", "Grid factors state whether they were verified"), ("grid_factors",),
          "SELECT count(*) FROM grid_factors WHERE status NOT IN ('verified', 'unverified') "
          "OR (status = 'verified' AND (year = 2021 OR level = 'region'))"),
    Count(Text("各表所列来源均在来源表中", "Row sources are in the table of sources"), ("global_co2", "pathways", "sources"),
          "SELECT count(*) FROM (SELECT source FROM global_co2 UNION SELECT source FROM pathways) "
          "WHERE source NOT IN (SELECT id FROM sources)"),
    Count(Text("公开路径只收已核对条目", "Published pathways are verified entries only"), ("pathways",),
          "SELECT count(*) FROM pathways WHERE status <> 'verified'"),
)  # fmt: skip


def checks(warehouse: Warehouse) -> Iterator[Check]:
    """Every identity, anchor and trap whose tables the dataset holds."""
    for deviation in DEVIATIONS:
        if _held(warehouse, deviation.needs):
            worst = _value(warehouse, deviation.sql)
            said = "no data" if worst is None else f"{worst:.2g}"
            yield Check(
                deviation.name,
                worst is not None and worst <= deviation.limit,
                Text(f"最大偏差 {said}，限 {deviation.limit:g}", f"worst {said}, limit {deviation.limit:g}"),
            )
    for anchor in ANCHORS:
        if _held(warehouse, anchor.needs):
            found = _value(warehouse, anchor.sql)
            said = "no data" if found is None else f"{found:,.6g}"
            yield Check(
                anchor.name,
                found is not None and abs(found - anchor.expected) <= anchor.tolerance,
                Text(
                    f"{said}，参照值 {anchor.expected:g} {anchor.unit}",
                    f"{said}, reference {anchor.expected:g} {anchor.unit}",
                ),
            )
    for count in COUNTS:
        if _held(warehouse, count.needs):
            offenders = _value(warehouse, count.sql)
            yield Check(count.name, offenders == 0, Text(f"不符 {offenders:.0f} 处", f"{offenders:.0f} offenders"))


def _held(warehouse: Warehouse, needs: tuple[str, ...]) -> bool:
    return all(warehouse.has(table) for table in needs)


def _value(warehouse: Warehouse, sql: str) -> float | None:
    value = warehouse.rows(sql)[0][0]
    return None if value is None else float(value)
