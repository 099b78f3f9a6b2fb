"""Measures of emissions: the CEADs inventory and its ratios, city totals, and other inventories as context."""

from __future__ import annotations

from data.text import Text
from tools.measures.declare import Measure, Note, Part, Ratio
from tools.result import Account

_BROKEN = Text(
    "宁夏2000—2002年、海南2002年的清单缺少主要煤品数据，合计明显偏低，不宜用于比较。",
    "The inventories of Ningxia 2000-2002 and Hainan 2002 lack the main coal rows; their totals are far too low to compare.",
)

CO2 = Measure(
    key="co2",
    name=Text("二氧化碳排放", "CO2 emissions"),
    unit="Mt CO2",
    table="co2",
    sql="SELECT region, year, sector_no, fuel, mt AS value FROM co2",
    sql_42=("co2_42", "SELECT region, year, sector_no, fuel, mt AS value, basis FROM co2_42"),
    said=Text("按CEADs省级清单的范围一（领土）口径", "territorial scope 1, CEADs provincial inventory"),
    said_nation=Text("按CEADs全国清单的范围一（领土）口径", "territorial scope 1, CEADs national inventory"),
    beside_nation=Text("全国数取全国清单，不是各省之和", "China from the national inventory, not the sum of provinces"),
    account=Account.SCOPE1,
    nation="own",
    sectors="inventory",
    fuels=True,
    sparse=True,
    ratios=(
        Ratio(
            per="head",
            name=Text("人均二氧化碳排放", "CO2 emissions per head"),
            unit="t CO2/person",
            factor=100.0,  # Mt per 10k persons
            aliases=(
                "人均碳排放", "人均排放", "人均碳排", "人均排放量", "人均碳排放量", "人均CO2", "人均CO2排放", "人均二氧化碳",
                "人均二氧化碳排放量", "co2_per_capita", "per capita CO2", "per-capita emissions", "per capita emissions",
                "CO2 per capita", "CO2 per head", "CO2 per person", "emissions per head", "emissions per capita",
                "emissions per person", "carbon per head", "carbon emissions per capita", "per capita carbon emissions",
            ),
        ),
        Ratio(
            per="gdp",
            name=Text("单位GDP二氧化碳排放（GDP现价）", "CO2 emissions per GDP (current prices)"),
            unit="kg CO2/10k yuan",
            factor=1e5,  # Mt per 100M yuan
            aliases=(
                "碳强度", "碳排放强度", "排放强度", "二氧化碳强度", "二氧化碳排放强度", "CO2强度", "GDP碳强度", "GDP碳排放强度",
                "单位GDP碳排放", "单位GDP碳排", "单位GDP排放", "单位GDP二氧化碳排放", "单位GDP二氧化碳", "万元GDP碳排放",
                "万元GDP排放", "万元GDP碳排", "每万元GDP碳排放", "每万元GDP排放", "万元GDP二氧化碳排放", "单位生产总值碳排放",
                "carbon intensity", "CO2 intensity", "emission intensity", "emissions intensity", "carbon intensity of GDP",
                "CO2 per GDP", "CO2 per unit of GDP", "emissions per GDP", "emissions per unit of GDP", "co2_per_gdp",
                "co2_intensity", "CO2/GDP", "CO2 intensity of GDP",
            ),
        ),
        Ratio(
            per="output",
            name=Text("单位总产出二氧化碳排放（总产出现价）", "CO2 emissions per gross output (current prices)"),
            unit="kg CO2/10k yuan",
            factor=1e5,
            aliases=(
                "产值碳强度", "产出碳强度", "单位产值碳排放", "单位产出碳排放", "单位产值碳强度", "行业碳强度", "部门碳强度",
                "万元产值碳排放", "sector carbon intensity", "CO2 per output", "CO2 per gross output",
                "emissions per output", "carbon intensity of output", "co2_per_output",
            ),
        ),
    ),
    notes=(
        Note(text=_BROKEN, places=frozenset({"NX"}), first=2000, last=2002),
        Note(text=_BROKEN, places=frozenset({"HI"}), first=2002, last=2002),
    ),
    aliases=(
        "二氧化碳排放量", "二氧化碳", "碳排放", "碳排放量", "碳排", "碳排量", "排放量", "排放", "总排放", "总排放量", "排碳",
        "碳排放总量", "二氧化碳排放总量", "CO2排放", "CO2排放量", "CO2", "直接排放", "自身排放", "领土排放", "范围一排放",
        "carbon dioxide", "carbon dioxide emissions", "CO2 emission", "carbon emissions", "emissions", "emission",
        "carbon", "co2_total", "total CO2", "territorial emissions", "scope 1 emissions", "direct emissions",
        "scope1", "production-based emissions",
    ),
    summary=Text(
        "CEADs分省、分行业、分燃料排放清单，30个省份（无西藏）与全国，1997—2019年。",
        "The CEADs inventory by province, sector and fuel: 30 provinces (no Tibet) and the nation, 1997-2019.",
    ),
)  # fmt: skip

CITY_CO2 = Measure(
    key="city_co2",
    name=Text("城市二氧化碳排放", "city CO2 emissions"),
    noun=Text("二氧化碳排放", "CO2 emissions"),
    unit="Mt CO2",
    table="city_co2",
    sql="SELECT NULL AS region, year, city_zh AS part, mt AS value FROM city_co2",
    parts_sql="SELECT DISTINCT city_zh FROM city_co2 ORDER BY 1",
    parts_name=Text("城市", "city"),
    said=Text("按CEADs城市清单的范围一（领土）口径", "territorial scope 1, CEADs city inventory"),
    account=Account.SCOPE1,
    nation="none",
    placed=False,
    parts_in_places=True,
    only=Text(
        "城市清单只有各市的排放总量，没有分行业、分燃料数据，也没有城市的人口和GDP，因此没有人均值、强度和占比；可以问该市总量或城市排名",
        "The city inventory has totals only: no sectors, no fuels, no city population or GDP, hence no figures per head, no"
        " intensity and no shares; ask for the city's total or a ranking of cities",
    ),
    additive=False,
    shares=False,
    sparse=False,
    notes=(
        Note(
            text=Text(
                "城市清单覆盖不均（各年城市数差别大），不能加总为省级数。",
                "City inventories cover different cities each year and never add up to a province.",
            )
        ),
    ),
    aliases=("城市碳排放", "城市排放", "城市碳排", "地级市碳排放", "市级碳排放", "city emissions", "city CO2", "urban CO2 totals"),
    summary=Text("CEADs城市清单合计，290个城市，覆盖不均。", "CEADs city totals, 290 cities, uneven coverage."),
)  # fmt: skip

_FUEL_PARTS = (
    Part(key="total", name=Text("合计", "total"), aliases=("总量", "all")),
    Part(key="coal", name=Text("煤炭", "coal"), aliases=("煤",)),
    Part(key="oil", name=Text("石油", "oil"), aliases=("油",)),
    Part(key="gas", name=Text("天然气", "natural gas"), aliases=("gas", "natural gas")),
    Part(key="cement", name=Text("水泥", "cement"), aliases=("水泥过程",)),
    Part(key="flaring", name=Text("火炬燃烧", "flaring"), aliases=()),
    Part(key="other", name=Text("其他", "other"), aliases=("other industry",)),
)

GCB_CHINA = Measure(
    key="co2_gcb",
    name=Text("全球碳预算核算的中国二氧化碳排放", "China's CO2 emissions in the Global Carbon Budget"),
    noun=Text("二氧化碳排放", "CO2 emissions"),
    unit="Mt CO2",
    table="global_co2",
    sql="SELECT 'CN' AS region, year, item AS part, mt AS value FROM global_co2"
    " WHERE source = 'gcb-2022' AND country = 'China'",
    parts=_FUEL_PARTS,
    parts_name=Text("来源", "source of CO2"),
    total_part="total",
    said=Text("《全球碳预算2022》，领土口径，与CEADs核算范围不同", "Global Carbon Budget, territorial; another scope than CEADs"),
    nation="own",
    additive=False,
    aliases=(
        "全球碳预算", "全球碳计划", "GCB", "GCP", "全球碳预算中国排放", "国际机构核算的中国碳排放", "Global Carbon Budget",
        "Global Carbon Project", "GCB China",
    ),
    summary=Text("《全球碳预算2022》中的中国，1996—2021年。", "China in the Global Carbon Budget 2022, 1996-2021."),
)  # fmt: skip

WORLD = Measure(
    key="co2_world",
    name=Text("世界与各国二氧化碳排放", "CO2 emissions of the world and of countries"),
    noun=Text("二氧化碳排放", "CO2 emissions"),
    unit="Mt CO2",
    table="global_co2",
    sql="SELECT NULL AS region, year, country AS part, mt AS value FROM global_co2"
    " WHERE source = 'gcb-2022' AND item = 'total'",
    parts=(
        Part(key="World", name=Text("全球", "World"), aliases=("世界", "global", "the world")),
        Part(key="China", name=Text("中国", "China"), aliases=("全国",)),
        Part(key="USA", name=Text("美国", "United States"), aliases=("US", "the US", "America", "United States of America")),
        Part(key="India", name=Text("印度", "India")),
    ),
    parts_name=Text("国家", "country"),
    total_part="World",
    said=Text("《全球碳预算2022》，领土口径", "Global Carbon Budget, territorial"),
    nation="none",
    placed=False,
    additive=False,
    aliases=(
        "全球碳排放", "世界碳排放", "全球二氧化碳排放", "各国碳排放", "global emissions", "world emissions", "global CO2",
        "world CO2", "global CO2 emissions", "world CO2 emissions", "CO2 by country",
    ),
    summary=Text(
        "《全球碳预算2022》中的世界、美国、印度等，1996—2021年。",
        "The world, the United States, India and others in the Global Carbon Budget 2022, 1996-2021.",
    ),
)  # fmt: skip

OWID_CHINA = Measure(
    key="co2_owid",
    name=Text("OWID汇编的中国二氧化碳排放", "China's CO2 emissions compiled by Our World in Data"),
    noun=Text("二氧化碳排放", "CO2 emissions"),
    unit="Mt CO2",
    table="global_co2",
    sql="SELECT 'CN' AS region, year, item AS part, mt AS value FROM global_co2"
    " WHERE source = 'owid' AND country = 'China'",
    parts=(
        *_FUEL_PARTS,
        Part(
            key="consumption",
            name=Text("消费侧", "consumption-based"),
            aliases=("消费侧排放", "consumption", "consumption based"),
        ),
    ),
    parts_name=Text("来源", "source of CO2"),
    total_part="total",
    said=Text("Our World in Data汇编，与CEADs核算范围不同", "Our World in Data; another scope than CEADs"),
    nation="own",
    additive=False,
    aliases=("OWID", "Our World in Data", "OWID China"),
    summary=Text("OWID汇编的中国排放，2018—2023年。", "China's emissions as compiled by Our World in Data, 2018-2023."),
)

DECLARED = (CO2, CITY_CO2, GCB_CHINA, WORLD, OWID_CHINA)
