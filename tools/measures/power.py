"""Measures of electricity: generation, use, trade between provinces, capacity, grid factors, coal units."""

from __future__ import annotations

from data.text import Text
from tools.measures.declare import Measure, Note, Part, Ratio, Variant

_SOURCES = (
    Part(key="thermal", name=Text("火电", "thermal"), aliases=("火力", "火力发电", "thermal power", "煤电和气电")),
    Part(key="hydro", name=Text("水电", "hydro"), aliases=("水力", "水力发电", "hydropower", "hydro power")),
    Part(key="nuclear", name=Text("核电", "nuclear"), aliases=("核能", "核能发电", "nuclear power")),
    Part(key="wind", name=Text("风电", "wind"), aliases=("风力", "风能", "风力发电", "wind power")),
    Part(
        key="solar",
        name=Text("太阳能", "solar"),
        aliases=("光伏", "太阳能发电", "光伏发电", "solar power", "PV", "solar PV"),
    ),
    Part(key="other", name=Text("其他", "other"), aliases=("其它",)),
)
_GROUPS = (
    Part(
        key="wind_solar",
        name=Text("风电和太阳能", "wind and solar"),
        aliases=("风光", "风光电", "风电光伏", "风电和光伏", "新能源", "wind plus solar"),
        members=("wind", "solar"),
    ),
    Part(
        key="renewable",
        name=Text("可再生能源（水风光）", "renewables (hydro, wind, solar)"),
        aliases=("可再生能源", "可再生", "可再生能源发电", "renewables", "renewable", "renewable power"),
        members=("hydro", "wind", "solar"),
    ),
    Part(
        key="non_fossil",
        name=Text("非化石能源（水核风光）", "non-fossil (hydro, nuclear, wind, solar)"),
        aliases=(
            "非化石",
            "非化石能源",
            "非化石电力",
            "非化石能源发电",
            "清洁能源",
            "non-fossil",
            "low-carbon",
            "clean power",
        ),
        members=("hydro", "nuclear", "wind", "solar"),
    ),
)
_POWER_STATISTICS = Text("国家统计局、中国电力企业联合会", "NBS, China Electricity Council")

GENERATION = Measure(
    key="generation",
    name=Text("发电量", "electricity generation"),
    unit="TWh",
    table="power_generation",
    sql="SELECT region, year, scope AS variant, source AS part, twh AS value, basis FROM power_generation",
    parts=(*_SOURCES, *_GROUPS),
    parts_name=Text("电源", "power source"),
    parts_first=True,
    variants=(
        Variant(key="full", name=Text("全口径", "full scope"), aliases=("全部电厂", "全口径", "all plants", "full")),
        Variant(
            key="above_scale",
            name=Text("规模以上口径", "plants above the designated size"),
            aliases=("规上", "规模以上", "above scale", "above-scale"),
        ),
    ),
    said=_POWER_STATISTICS,
    nation="own_else_sum",
    notes=(
        Note(
            text=Text(
                "规模以上口径不含分布式光伏和小水电，与全口径不可相加或比较。",
                "Plants above the designated size leave out rooftop solar and small hydro; never compare with full scope.",
            ),
            variants=frozenset({"above_scale"}),
        ),
        Note(
            text=Text(
                "规模以上合计在2010年前不含风电、2016年前不含太阳能发电。",
                "The above-size total lacks wind before 2010 and solar before 2016.",
            ),
            last=2015,
            variants=frozenset({"above_scale"}),
        ),
        Note(
            text=Text("火电含煤、气、油、生物质和垃圾发电。", "Thermal means coal, gas, oil, biomass and waste together."),
            parts=frozenset({"thermal"}),
        ),
    ),
    aliases=(
        "发电", "总发电量", "发电总量", "电力生产", "electricity generation", "power generation", "generation",
        "electricity output", "power output", "electricity produced", "electricity production", "power production",
    ),
    summary=Text(
        "各省分电源发电量：全口径2005、2007—2017、2021年；规模以上2005—2024年。",
        "Generation by province and source: full scope 2005, 2007-2017, 2021; above designated size 2005-2024.",
    ),
)  # fmt: skip

CONSUMPTION = Measure(
    key="electricity_use",
    name=Text("全社会用电量", "electricity consumption"),
    unit="TWh",
    table="power_consumption",
    sql="SELECT region, year, twh AS value FROM power_consumption",
    said=Text("国家能源局、中国电力企业联合会", "NEA, China Electricity Council"),
    ratios=(
        Ratio(
            per="head",
            name=Text("人均用电量", "electricity consumption per head"),
            unit="kWh/person",
            factor=1e5,  # TWh per 10k persons
            aliases=(
                "人均全社会用电量", "人均电力消费", "人均用电", "每人用电量", "per capita electricity consumption",
                "electricity consumption per capita", "electricity use per head", "electricity use per capita",
                "power consumption per capita", "electricity per person",
            ),
        ),
    ),
    nation="own_else_sum",
    notes=(
        Note(
            text=Text("山东2014/2015年间统计范围扩大（自备电厂纳入），增幅不可直接比较。",
                      "Shandong's coverage widened between 2014 and 2015 (captive plants); the rise is not comparable."),
            places=frozenset({"SD"}),
            between=(2014, 2015),
        ),
        Note(
            text=Text("新疆2012/2013年、2018/2019年间统计范围扩大，增幅不可直接比较。",
                      "Xinjiang's coverage widened between 2012 and 2013 and between 2018 and 2019; rises are not comparable."),
            places=frozenset({"XJ"}),
            between=(2012, 2019),
        ),
    ),
    aliases=(
        "用电量", "用电", "电力消费", "电力消费量", "社会用电量", "耗电量", "electricity consumption", "electricity use",
        "power consumption", "electricity demand", "power demand", "power use", "electricity_consumption",
    ),
    summary=Text("各省全社会用电量，2008—2024年。", "Electricity consumption by province, 2008-2024."),
)  # fmt: skip

CAPACITY = Measure(
    key="capacity",
    name=Text("发电装机容量", "installed generating capacity"),
    unit="GW",
    table="power_capacity",
    sql="SELECT region, year, source AS part, gw AS value, basis FROM power_capacity",
    parts=(*_SOURCES, *_GROUPS),
    parts_name=Text("电源", "power source"),
    parts_first=True,
    said=_POWER_STATISTICS,
    nation="own_else_sum",
    flow=False,
    notes=(
        Note(
            text=Text("分省太阳能发电装机自2018年列出。", "Provincial solar capacity is given from 2018."),
            last=2017,
        ),
        Note(
            text=Text("2024年风电装机为11月末数。", "Wind capacity of 2024 is as of the end of November."),
            first=2024,
            last=2024,
            parts=frozenset({"wind", "wind_solar", "renewable", "non_fossil"}),
        ),
    ),
    aliases=(
        "装机", "装机容量", "发电装机", "电力装机", "装机规模", "installed capacity", "generating capacity",
        "power capacity", "capacity", "installed power",
    ),
    summary=Text("各省分电源年末装机，2012—2024年。", "Year-end capacity by province and source, 2012-2024."),
)  # fmt: skip

_TRADE_SAID = Text("省间电力交换，中电联电力统计年鉴", "power exchanged between provinces, CEC statistics")
_TRADE_NOTES = (
    Note(
        text=Text(
            "省间电量按省界计量，含过境电量；部分流向由区域电网总量均分。",
            "Power is metered at province borders, transit included; some flows are even splits of a regional grid's total.",
        ),
    ),
)


def _trade(key: str, name: Text, sql: str, aliases: tuple[str, ...], partners: Text | None, additive: bool) -> Measure:
    in_use = Ratio(
        per="electricity",
        name=Text(f"{name.zh}相当于全社会用电量的比重", f"{name.en} relative to electricity consumption"),
        unit="%",
        factor=100.0,
        aliases=tuple(
            f"{word}占{of}" for word in (name.zh, *aliases[:2]) for of in ("用电量比重", "用电量的比重", "用电比重")
        ),
    )
    return Measure(
        key=key,
        name=name,
        unit="TWh",
        table="power_trade",
        sql=sql,
        parts_sql="SELECT DISTINCT origin FROM power_trade ORDER BY 1" if partners else None,
        parts_name=partners,
        said=_TRADE_SAID,
        notes=_TRADE_NOTES,
        nation="none",
        additive=additive,
        shares=partners is not None,
        ratios=(in_use,),
        aliases=aliases,
        summary=Text("省间电力交换，2005—2019年。", "Power exchanged between provinces, 2005-2019."),
    )


IMPORT = _trade(
    "power_import",
    Text("外省调入电量", "electricity imported from other provinces"),
    "SELECT destination AS region, year, origin AS part, twh AS value FROM power_trade",
    (
        "调入电量", "外来电", "外来电量", "受电量", "外购电", "输入电量", "西电东送受电", "电力调入", "power imports",
        "electricity imports", "imported electricity", "imported power", "power_imports",
    ),
    Text("送电省", "sending province"),
    False,
)  # fmt: skip
EXPORT = _trade(
    "power_export",
    Text("外送电量", "electricity exported to other provinces"),
    "SELECT origin AS region, year, destination AS part, twh AS value FROM power_trade",
    (
        "调出电量", "外送电", "送出电量", "输出电量", "电力外送", "电力调出", "power exports", "electricity exports",
        "exported electricity", "exported power", "power_exports",
    ),
    Text("受电省", "receiving province"),
    False,
)  # fmt: skip
NET_IMPORT = _trade(
    "net_power_import",
    Text("净调入电量", "net electricity import"),
    "SELECT region, year, SUM(twh) AS value, 'derived' AS basis FROM ("
    "SELECT destination AS region, year, twh FROM power_trade UNION ALL SELECT origin, year, -twh FROM power_trade"
    ") GROUP BY region, year",
    (
        "净受电量", "净输入电量", "净调入电力", "净外来电", "净购入电量", "净调出电量", "net power import", "net power imports",
        "net electricity imports", "net imports of electricity", "net imported electricity", "net_import",
    ),
    None,
    True,
)  # fmt: skip

GRID_FACTOR = Measure(
    key="grid_factor",
    name=Text("电力平均二氧化碳排放因子", "average CO2 factor of electricity"),
    unit="kg CO2/kWh",
    table="grid_factors",
    sql="SELECT area AS region, year, kg_per_kwh AS value, status FROM grid_factors",
    said=Text("生态环境部、国家统计局公布值", "as announced by MEE and NBS"),
    nation="own",
    additive=False,
    flow=False,
    shares=False,
    areas={
        "North": "NC5", "Northeast": "NE3", "East": "EC7", "Central": "CC3", "Northwest": "NW5", "South": "SC3",
        "Southwest": "SW5",
    },
    area_word=Text("{place}区域电网", "the {place} China regional grid"),
    aliases=(
        "电网排放因子", "电网因子", "电力排放因子", "电力碳排放因子", "电网碳排放因子", "排放因子", "电力因子", "电力碳强度",
        "电网平均排放因子", "电力平均排放因子", "grid factor", "grid emission factor", "emission factor of electricity",
        "electricity emission factor", "grid carbon intensity", "grid CO2 factor", "power emission factor",
        "electricity factor", "emission factor", "electricity carbon intensity", "grid intensity",
        "每度电排放", "每度电碳排放", "每度电的排放", "每度电的碳排放", "度电排放", "度电碳排放", "每千瓦时排放", "每千瓦时碳排放",
        "CO2 per kWh", "emissions per kWh", "carbon per kWh", "emissions per kilowatt hour",
    ),
    summary=Text(
        "电力平均排放因子：分省与区域2021、2022年，全国2021—2023年。",
        "Average CO2 factors of electricity: provinces and regions 2021-2022, the nation 2021-2023.",
    ),
)  # fmt: skip

_STARTED = (
    "operating_started_before_2000", "operating_started_2000_2004", "operating_started_2005_2009",
    "operating_started_2010_2014", "operating_started_2015_2019", "operating_started_2020_2023",
)  # fmt: skip

COAL_UNITS = Measure(
    key="coal_units",
    name=Text("煤电机组容量", "coal power unit capacity"),
    unit="GW",
    table="coal_units",
    sql="SELECT region, 2023 AS year, item AS part, gw AS value FROM coal_units",
    parts=(
        Part(key="operating", name=Text("在运", "operating"), aliases=("运行", "现役", "在役"), overlaps=("operating_captive", *_STARTED)),
        Part(key="operating_captive", name=Text("在运自备", "operating captive"), aliases=("自备", "自备电厂", "captive plants"),
             overlaps=("operating", *_STARTED)),
        Part(key="construction", name=Text("在建", "under construction"), aliases=("建设中", "construction")),
        Part(key="permitted", name=Text("已核准", "permitted"), aliases=("核准",)),
        Part(key="pre_permit", name=Text("核准前", "pre-permit"), aliases=("前期",)),
        Part(key="announced", name=Text("已宣布", "announced"), aliases=("宣布",)),
        Part(key="mothballed", name=Text("封存", "mothballed"), aliases=("停备",)),
        Part(key="retired", name=Text("已退役", "retired"), aliases=("退役", "关停")),
        Part(key="operating_started_before_2000", name=Text("2000年前投运", "started before 2000")),
        Part(key="operating_started_2000_2004", name=Text("2000—2004年投运", "started 2000-2004")),
        Part(key="operating_started_2005_2009", name=Text("2005—2009年投运", "started 2005-2009")),
        Part(key="operating_started_2010_2014", name=Text("2010—2014年投运", "started 2010-2014")),
        Part(key="operating_started_2015_2019", name=Text("2015—2019年投运", "started 2015-2019")),
        Part(key="operating_started_2020_2023", name=Text("2020—2023年投运", "started 2020-2023")),
    ),
    parts_name=Text("机组类别", "group of units"),
    total_part="operating",
    said=Text("2023年7月，全球能源监测（GEM）", "July 2023, Global Energy Monitor"),
    flow=False,
    aliases=(
        "煤电机组", "煤电装机", "燃煤机组", "煤电容量", "在运煤电", "在建煤电", "coal units", "coal power capacity",
        "coal-fired capacity", "coal plants", "coal capacity", "coal fleet",
    ),
    summary=Text("各省煤电机组，2023年7月。", "Coal power units by province, July 2023."),
)  # fmt: skip

DECLARED = (GENERATION, CONSUMPTION, CAPACITY, IMPORT, EXPORT, NET_IMPORT, GRID_FACTOR, COAL_UNITS)
