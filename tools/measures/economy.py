"""Measures of economy and people: GDP, population, goods trade, output and value added by sector."""

from __future__ import annotations

from data.text import Text
from tools.measures.declare import Measure, Note, Ratio, Variant
from tools.result import Basis

GDP = Measure(
    key="gdp",
    name=Text("地区生产总值", "GDP"),
    unit="100M yuan",
    table="gdp",
    sql="SELECT region, year, gdp_100m_yuan AS value FROM gdp",
    said=Text("现价，国家统计局", "current prices, NBS"),
    ratios=(
        Ratio(
            per="head",
            name=Text("人均地区生产总值", "GDP per head"),
            unit="yuan/person",
            factor=1e4,  # 100M yuan per 10k persons
            aliases=("人均GDP", "人均生产总值", "per capita GDP", "GDP per capita", "GDP per person", "gdp_per_capita"),
        ),
    ),
    aliases=("GDP", "国内生产总值", "生产总值", "经济总量", "经济规模", "gross domestic product", "gross regional product", "GRP"),
    summary=Text("各省GDP，现价，2005—2024年。", "GDP by province, current prices, 2005-2024."),
)  # fmt: skip

POPULATION = Measure(
    key="population",
    name=Text("年末常住人口", "year-end resident population"),
    unit="10k persons",
    table="population",
    sql="SELECT region, year, population_10k AS value FROM population",
    said=Text("国家统计局，据2020年人口普查修订", "NBS, revised after the 2020 census"),
    flow=False,
    aliases=(
        "人口",
        "常住人口",
        "人口数",
        "人口数量",
        "总人口",
        "年末人口",
        "population",
        "residents",
        "inhabitants",
        "people",
    ),
    summary=Text("各省年末常住人口，2005—2024年。", "Year-end population by province, 2005-2024."),
)

GOODS_TRADE = Measure(
    key="goods_trade",
    name=Text("货物进出口总额", "goods trade (exports plus imports)"),
    unit="kUSD",
    table="goods_trade",
    sql="SELECT region, year, 'origin_destination' AS variant, by_origin_destination_kusd AS value FROM goods_trade"
    " UNION ALL SELECT region, year, 'operator_seat', by_operator_seat_kusd FROM goods_trade",
    variants=(
        Variant(
            key="origin_destination",
            name=Text("按境内目的地和货源地", "by place of origin or destination of the goods"),
            aliases=("货源地", "目的地", "境内目的地和货源地", "origin", "destination"),
        ),
        Variant(
            key="operator_seat",
            name=Text("按经营单位所在地", "by seat of the trading firm"),
            aliases=("经营单位所在地", "经营单位", "注册地", "seat", "operator"),
        ),
    ),
    said=Text("国家统计局、海关总署", "NBS, General Administration of Customs"),
    notes=(
        Note(
            text=Text("进出口为合计数，来源未分出口与进口。", "The source gives exports and imports together, not split."),
        ),
    ),
    aliases=(
        "进出口", "进出口总额", "外贸", "外贸总额", "货物贸易", "对外贸易", "进出口额", "foreign trade", "goods trade",
        "external trade", "merchandise trade", "exports and imports", "trade volume",
    ),
    summary=Text("各省货物进出口，2016—2024年，两种统计口径。", "Goods trade by province, 2016-2024, in two statistics."),
)  # fmt: skip


def _accounts(key: str, name: Text, province: str, nation: str, aliases: tuple[str, ...], summary: Text) -> Measure:
    return Measure(
        key=key,
        name=name,
        unit="100M yuan",
        table="io_national",
        sql=nation,
        sql_provinces=(
            "mrio_sector",
            f"SELECT region, year, sector AS sector_no, {province} AS value, basis FROM mrio_accounts",
        ),
        said=Text("现价，所导入的省际投入产出表", "current prices, the interprovincial table imported"),
        said_estimated=Text("现价，本库估算的省际投入产出表", "current prices, our estimated interprovincial table"),
        said_nation=Text("现价，国家统计局投入产出表", "current prices, NBS input-output table"),
        basis=Basis.OBSERVED,
        nation="own",
        sectors="mrio",
        aliases=aliases,
        summary=summary,
    )


OUTPUT = _accounts(
    "output",
    Text("总产出", "gross output"),
    "output_100m_yuan",
    "SELECT 'CN' AS region, year, CAST(row_code AS INTEGER) AS sector_no, value_100m_yuan AS value, 'observed' AS basis"
    " FROM io_national"
    " WHERE column_code = 'GO' AND origin = 'domestic' AND TRY_CAST(row_code AS INTEGER) IS NOT NULL",
    (
        "产出", "总产值", "产值", "行业产值", "部门产出", "gross output", "output", "total output", "sector output",
        "production value", "gross_output",
    ),
    Text("42部门总产出：全国2017、2018、2020年；各省为2017年估算表，或所导入省际表的年份。",
         "Gross output by 42 sectors: the nation 2017, 2018, 2020; provinces 2017 as estimated, or the years imported."),
)  # fmt: skip

VALUE_ADDED = _accounts(
    "value_added",
    Text("增加值", "value added"),
    "value_added_100m_yuan",
    "SELECT 'CN' AS region, year, CAST(column_code AS INTEGER) AS sector_no, value_100m_yuan AS value, 'observed' AS basis"
    " FROM io_national"
    " WHERE row_code = 'TVA' AND TRY_CAST(column_code AS INTEGER) IS NOT NULL",
    ("行业增加值", "部门增加值", "value added", "sector value added", "gross value added", "value_added"),
    Text("42部门增加值：全国2017、2018、2020年；各省为2017年估算表，或所导入省际表的年份。",
         "Value added by 42 sectors: the nation 2017, 2018, 2020; provinces 2017 as estimated, or the years imported."),
)  # fmt: skip

DECLARED = (GDP, POPULATION, GOODS_TRADE, OUTPUT, VALUE_ADDED)
