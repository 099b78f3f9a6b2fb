"""The figures tool: one typed query over every declared measure, in every operation."""

from __future__ import annotations

from collections.abc import Callable

from data.text import Text
from tools.declare import Context, tool
from tools.figures import change, city_standing, mix, rank, scatter, share, show, standing, total, trend, turning
from tools.figures.arguments import FiguresArguments, Operation
from tools.figures.periods import with_period
from tools.figures.plan import Plan, make_plan
from tools.result import Result

_OPERATIONS: dict[str, Callable[[Plan], Result]] = {
    "value": show.value, "compare": show.compare, "rank": rank.rank, "position": standing.position, "share": share.share,
    "trend": trend.trend, "peak": turning.peak, "change": change.change, "growth": change.change, "cagr": change.change,
    "yoy": change.change, "times": change.change, "crossing": turning.crossing, "falls": turning.direction,
    "rises": turning.direction, "threshold": standing.threshold, "sum": total.sum_up, "mean": total.mean,
}  # fmt: skip


@tool(
    title=Text("数据查询", "Figures"),
    summary=Text(
        "查询任何已登记指标（排放、GDP、人口、电力、能源、电网因子等）的数值、排名、占比、变化、走势、阈值与合计，"
        "可按省份、行业、燃料、年份，可除以人口、GDP或产出。",
        "Look up any declared measure (emissions, GDP, population, electricity, energy, grid factors, …): value, ranking,"
        " share, change, trend, threshold, sum, by province, sector, fuel and year, per head, GDP or output.",
    ),
    examples=(
        Text("2017年广东碳排放最多的行业是哪个？", "Which sector of Guangdong emitted most in 2017?"),
        Text("湖北省2009年的二氧化碳排放量有多少？", "Total CO2 of Anhui for the year 2003?"),
        Text("黑龙江16年碳排，要万吨数", "How much carbon dioxide did Sichuan emit in 2012, in million tonnes?"),
        Text("全国2015年排放多少二氧化碳", "How much CO2 did China emit in 2008?"),
        Text("2007年碳排放量最大的四个省", "Top five emitting provinces in 2019"),
        Text("哪个省人均碳排放最低", "Which province has the lowest CO2 per head?"),
        Text("江西2016年每万元GDP排多少公斤碳", "Carbon intensity of GDP in Ningxia in 2019"),
        Text("重庆人均二氧化碳排放，2015年", "Hainan's per-capita emissions in 2008"),
        Text("浙江和江苏2019年碳排放相差多少", "Compare Shaanxi and Gansu: totals for 2019 and the gap"),
        Text("山西排放在全国排第几", "Where does Shanxi rank among provinces by emissions?"),
        Text("浙江2016年电力占总排放多少", "Share of metal smelting in the CO2 of Liaoning, 2012"),
        Text("广东排放占全国的比重", "What share of national emissions comes from Hebei?"),
        Text("四川2016年天然气的碳排放量", "Process (cement) CO2 of Anhui in 2015"),
        Text("山东2014年城镇居民生活排放", "Urban household direct emissions, Shandong 2014"),
        Text("青海碳排放从2010年到2016年增长百分比", "Growth of emissions in Xinjiang between 2010 and 2019"),
        Text("福建2005—2015年碳排放年均增速", "Annual average growth of CO2 in Fujian, 2005-2015"),
        Text("广西2014年碳排放同比", "Year-on-year change of CO2 in Guangxi in 2014"),
        Text("吉林省历年碳排放曲线，最高点在哪一年", "In which year did Beijing's emissions peak? Show the line"),
        Text("江苏哪一年首次超过6亿吨", "In which year did Shandong first emit more than 800 Mt?"),
        Text("全国哪几年碳排放下降", "In which years did Beijing's emissions fall?"),
        Text("上海碳排放达峰了吗", "Has Yunnan's CO2 peaked, and how far has it fallen since?"),
        Text("哪些省份的排放已经过了最高点", "Which provinces are past their highest emissions?"),
        Text("新疆2019年排放是2000年的多少倍", "How many times its 2000 emissions did Zhejiang emit in 2019?"),
        Text("2018年碳排放第六名是谁", "Which provinces ranked 5th to 8th in 2015?"),
        Text("天津“十二五”期间累计排放", "Cumulative CO2 of Hebei over the 12th Five-Year Plan"),
        Text("广东2019年各城市排放排名", "Which city in Jiangsu emitted most?"),
        Text("人均GDP超过10万元而人均碳排放低于8吨的省份", "Provinces where GDP grew but CO2 fell, 2015-2019"),
        Text("河北2018年能耗强度", "Electricity use per head in Jiangsu in 2023"),
        Text("辽宁分燃料排放历年堆叠面积图", "Stacked areas of Guangdong's CO2 by sector over time"),
        Text("人均GDP与人均碳排放的散点图", "Scatter of CO2 per head against GDP per head by province"),
        Text("长三角分行业排放热力图", "Heat map of provinces by sector, 2017"),
        Text("画广东2000年以来的排放趋势图", "Trend of Hebei's CO2 since 2000"),
        Text("东北三省2014年碳排放总和", "Sum of emissions in the Yangtze River Delta in 2018"),
        Text("哪些省2019年排放超过5亿吨", "Which provinces emitted more than 500 Mt in 2019?"),
        Text("排放前五的省里哪个人均最低", "Of the five largest emitters, which has the lowest per head?"),
        Text("湖北2016年分行业排放的树图", "Treemap of Hubei sectoral emissions, 2016"),
        Text("2019年各省排放地图", "Map of provincial emissions in 2019"),
        Text("四川2022年末常住人口多少万人", "Population of Henan at the end of 2020"),
        Text("2023年广东GDP", "GDP of Jiangsu in 2021"),
        Text("广东2021年发电量中核电占多少", "Share of nuclear in Guangdong's electricity generation, 2021"),
        Text("2022年浙江电网排放因子", "Grid emission factor of Yunnan"),
        Text("内蒙古风电装机有多少", "Installed wind capacity in Inner Mongolia"),
        Text("广东2019年从外省调入多少电，主要来自哪里", "Where does Guangdong's imported electricity come from?"),
        Text("2019年山东能源消费总量", "Total energy consumption of Shandong in 2019"),
        Text("全国2017年金属冶炼总产出", "National gross output of construction in 2018"),
        Text("2018年北京进出口总额", "Goods trade of Beijing in 2018"),
    ),
)
def figures(arguments: FiguresArguments, context: Context) -> Result:
    """The figures a query asks for.

    Raises UnknownName for a measure, part or variant that is not known, NotAvailable where there is no such figure
    (naming the coverage and the nearest), BadRequest where the query contradicts itself, Incomparable where what is to
    be added overlaps.
    """
    if arguments.chart in ("treemap", "pie") and arguments.over is None and len(arguments.places) < 2:
        arguments = arguments.model_copy(update={"over": "sectors"})
    arguments, period = with_period(arguments)
    plan = make_plan(arguments, context.warehouse)
    plan.period = period
    operation = plan.operation
    if arguments.chart == "scatter" or arguments.against is not None:
        return scatter.scatter(plan)
    if arguments.chart == "heatmap" and plan.measure.sectors and plan.measure.placed:
        return scatter.heatmap(plan)
    if operation == "share" and not plan.share:
        operation = "value"  # the ratio asked for is the share already
    if operation == "share" and plan.over in ("sectors", "fuels", "parts"):
        plan.share, operation = False, "rank"  # a composition: items in order, each with its share
    elif operation == "share" and plan.over == "years":
        operation = "trend"
    elif plan.movement and operation in ("value", "compare"):
        operation = "change"
    elif operation == "value":
        operation = _implied(arguments)
    whole = arguments.over in ("sectors", "fuels", "parts")  # asked for; a city named is not the sum of all cities
    if operation == "trend" and whole and len(plan.places) == 1 and not plan.share:
        return mix.mix(plan)
    if plan.measure.parts_in_places and operation == "sum" and plan.parts == (None,):
        raise city_standing.not_summed(plan)
    if plan.measure.parts_in_places and (operation == "position" or (operation == "rank" and _one_city(plan))):
        return city_standing.city_position(plan)
    if operation == "rank" and plan.over == "places" and _alone(plan):
        operation = "position"  # one province is first among one: its place among all is what is meant
    return _OPERATIONS[operation](plan)


def _alone(plan: Plan) -> bool:
    """Whether a single province is all that would be ranked."""
    named = [p for p in plan.places if p is not None]
    return plan.asked_place and len(named) == 1 and named[0].kind == "province" and plan.measure.placed


def _one_city(plan: Plan) -> bool:
    """Whether a single city is named where cities are ranked: its place among them is what is meant."""
    return plan.over == "parts" and len(plan.parts) == 1 and plan.parts[0] is not None


def _implied(arguments: FiguresArguments) -> Operation:
    """What a plain query for values means: over sectors or provinces a ranking, over a span a trend."""
    spanned = arguments.chart in ("line", "area", "stacked") and len(arguments.years) < 2
    if arguments.over in ("sectors", "fuels", "parts"):
        return "trend" if spanned else "rank"
    if arguments.chart == "tilemap" and not arguments.places:
        return "rank"
    if (arguments.from_year or arguments.to_year or spanned) and not arguments.years:
        return "trend"
    return "value"
