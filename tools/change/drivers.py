"""drivers: what drove the change of a place's CO2 between two years, by LMDI or between input-output tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from data.classification import NATION, Place, Sector, mrio_sector
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.change import drivers_tell, sda_tell, tables
from tools.change.identities import Driven, Kind, by_structure, decompose
from tools.change.panel import Panel, Part, Split, load_panel, parts_of
from tools.change.span import span_of
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.figures.gaps import nearest_year
from tools.result import Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Identity = Literal["auto", "kaya", "energy", "structure"]
HOUSEHOLDS = Part(Text("居民生活", "households"))


class DriversArguments(Arguments):
    """Whose emissions, from when to when, and by which method."""

    place: PlaceArg = Field(NATION, description="A province, a group of provinces or China.")
    sector: SectorArg | None = Field(None, description="A sector of the inventory; default all sectors and households.")
    from_year: Year | None = Field(None, description="First year; default the first with GDP and population (2005).")
    to_year: Year | None = Field(None, description="Last year; default the last of the inventory (2019).")
    period: int | None = Field(
        None, ge=10, le=15, description="A five-year plan by number (12: 2010 to 2015), for years."
    )
    method: Literal["lmdi", "sda"] = Field(
        "lmdi", description="lmdi: index decomposition of the inventory; sda: between two input-output tables."
    )
    identity: Identity = Field(
        "auto",
        description="kaya: people, GDP per head, CO2/GDP; energy: with energy/GDP and CO2/energy; structure: with the "
        "sectors' shares in value added, where tables of both years are there. auto: energy where it is known.",
    )
    split: Literal["auto", "none", "fuel", "sector"] = Field(
        "auto", description="How the carbon term is split: by fuel group (auto), by sector, or not."
    )
    chaining: Literal["annual", "end_points"] = Field(
        "annual", description="annual: year by year, summed; end_points: the first year against the last."
    )
    deflators: tables.Deflators | None = Field(
        None,
        description="Price index of the last year, first year = 100: a number, or for sda an object of sector and index "
        "('total' for the rest). Terms are then at constant prices.",
    )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What was asked, settled: ``remarks`` are sentences on what was taken in place of what."""

    where: Place
    sector: Sector | None
    remarks: tuple[Text, ...]


@tool(
    title=Text("排放变化的驱动因素", "Drivers of emissions"),
    summary=Text(
        "两年之间二氧化碳排放变化的分解：LMDI（人口、人均GDP、能源强度、单位能耗碳排放、燃料与部门）或两张投入产出表之间的结构分解（SDA）；各项之和等于总变化。",
        "The change of CO2 emissions between two years decomposed: LMDI (population, GDP per head, energy intensity, carbon per "
        "energy, fuels and sectors) or structural decomposition between two input-output tables; terms sum to the change.",
    ),
    examples=(
        Text("2005到2019年广东碳排放增长的驱动因素是什么", "What drove Shandong's emissions 2010-2019?"),
        Text("用LMDI分解江苏2012到2017年的碳排放", "LMDI decomposition of Jiangsu's CO2, 2012-2017"),
        Text("十二五期间全国碳排放变化的因素分解", "Decompose China's emission change 2012-2017"),
        Text("全国2017到2018年碳排放的结构分解SDA", "Structural decomposition of China's emissions 2017-2018"),
        Text("河北排放上升是人口还是经济增长造成的", "Did population or income raise Hebei's emissions?"),
    ),
)  # fmt: skip
def drivers(arguments: DriversArguments, context: Context) -> Result:
    """The change of a place's CO2 as a sum of drivers.

    Raises NotAvailable for places or years without data, BadRequest for years in the wrong order or deflators that
    cannot be used.
    """
    if arguments.method == "sda":
        return _structural(arguments, context.warehouse)
    panel = load_panel(context.warehouse, arguments.place)
    sector = None if arguments.sector is None or arguments.sector.kind == "total" else arguments.sector
    if sector is not None and not sector.inventory:
        raise NotAvailable(
            "no_sector",
            Text(f"清单没有单列“{sector.name.zh}”，无法分解其排放；可改问服务业或全部行业。",
                 f"The inventory does not list {sector.name.en}, so its emissions cannot be decomposed; ask for services or "
                 "for all sectors."),
        )  # fmt: skip
    if arguments.identity == "structure" and sector is None:
        return _by_structure(arguments, context.warehouse, panel)
    remarks: list[Text] = []
    if arguments.identity == "structure":
        remarks.append(
            Text("单个行业没有产业结构效应，以下按人口、人均GDP与单位GDP排放分解。",
                 "A single sector has no structure effect; the terms are population, GDP per head and CO2 per GDP.")
        )  # fmt: skip
    return _indexed(arguments, panel, sector, remarks)


def _indexed(arguments: DriversArguments, panel: Panel, sector: Sector | None, remarks: list[Text]) -> Result:
    """LMDI on the inventory."""
    kind = _kind(arguments, panel, sector, remarks)
    years = panel.years(kind == "energy")
    first, last = _span(arguments, years, remarks, panel.place, kind)
    prices = _one_price(arguments)
    steps = tuple(y for y in years if first <= y <= last)
    if arguments.chaining == "end_points" or prices is not None:
        steps = (first, last)
    split: Split = "fuel" if arguments.split == "auto" else arguments.split
    driven = decompose(panel, kind, parts_of(split, sector), steps, prices)
    return drivers_tell.tell(driven, panel, sector, split, tuple(remarks))


def _kind(arguments: DriversArguments, panel: Panel, sector: Sector | None, remarks: list[Text]) -> Kind:
    """The identity that the data support; what was asked and is not offered is said."""
    if arguments.identity in ("kaya", "structure") or sector is not None:
        if arguments.identity == "energy":
            remarks.append(
                Text("没有分行业的能源消费量，能源强度未单列。",
                     "There is no energy consumption by sector, so energy intensity is not a term of its own.")
            )  # fmt: skip
        return "kaya"
    if set(panel.years(True)):
        return "energy"
    if arguments.identity == "energy":
        name = panel.place.name
        remarks.append(
            Text(f"数据集没有{name.zh}的能源消费总量，能源强度未单列。",
                 f"The dataset holds no energy consumption of {name.en}, so energy intensity is not a term of its own.")
        )  # fmt: skip
    return "kaya"


def _span(
    arguments: DriversArguments, years: tuple[int, ...], remarks: list[Text], where: Place, kind: Kind
) -> tuple[int, int]:
    """First and last year. Raises as ``span_of``."""
    zh, en = ("清单、人口、GDP与能耗", "inventory, population, GDP and energy")
    if kind != "energy":
        zh, en = ("清单、人口与GDP", "inventory, population and GDP")

    def missing(year: int, near: int, covered: Text) -> Text:
        return Text(
            f"{where.name.zh}没有{year}年的驱动因素数据：{zh}同时覆盖{covered.zh}年，最近的年份是{near}年，可改问该年。",
            f"The drivers of {where.name.en} cannot be told for {year}: {en} together cover {covered.en}; the nearest "
            f"year is {near}, which you can ask for.",
        )

    return span_of(arguments.from_year, arguments.to_year, arguments.period, years, remarks, missing)


def _one_price(arguments: DriversArguments) -> float | None:
    """The price level of the last year over the first; None where none is given."""
    if arguments.deflators is None:
        return None
    if isinstance(arguments.deflators, dict):
        raise BadRequest(
            "one_deflator",
            Text("LMDI只用一个GDP价格指数（起始年=100），如 deflators=125；分部门指数用于 method=sda。",
                 "LMDI takes one GDP price index (first year = 100), such as deflators=125; indices by sector are for "
                 "method=sda."),
        )  # fmt: skip
    if not 0 < arguments.deflators < float("inf"):
        raise BadRequest(
            "bad_deflator",
            Text("价格指数须为正数（起始年=100）。", "A price index is above zero (first year = 100)."),
        )
    return arguments.deflators / 100


def _by_structure(arguments: DriversArguments, warehouse: Warehouse, panel: Panel) -> Result:
    """With the sectors' shares in value added where both years have them; else without, and said first."""
    where = panel.place
    held = [y for y in tables.years_of(warehouse, where) if y in panel.years(False)]
    first, last = arguments.from_year, arguments.to_year
    if first is None and last is None and arguments.period is None and len(held) > 1:
        first, last = held[0], held[-1]
    if first not in held or last not in held or first is None or last is None or first >= last:
        known = joined([Text(f"{y}年", str(y)) for y in held]) if held else Text("无", "none")
        whose = Text("全国", "China") if where.kind == "nation" else where.name
        remark = Text(
            f"产业结构效应未分出：{whose.zh}分部门增加值且有清单的年份只有{known.zh}；以下把结构与部门强度合在单位GDP排放中。",
            f"Sector structure is not separated: value added by sector with an inventory is there for {whose.en} only in "
            f"{known.en}; below, structure and intensity stand together in CO2 per GDP.",
        )
        return _indexed(arguments.model_copy(update={"split": "sector"}), panel, None, [remark])
    start, end = (tables.activity(warehouse, where, panel.held, y) for y in (first, last))
    value, co2, groups = tables.pooled(start, end)
    names = tuple(Part(joined([mrio_sector(n).short for n in g]), sector=mrio_sector(g[0])) for g in groups)
    total = panel.emissions(parts_of("none", None), (first, last)).sum(1)
    people = (panel.population[first], panel.population[last])
    homes = (float(total[0] - co2[0].sum()), float(total[1] - co2[1].sum()))
    driven: Driven = by_structure(people, value, co2, homes, (*names, HOUSEHOLDS), (first, last), _one_price(arguments))
    return drivers_tell.tell(driven, panel, None, "sector", ())


def _structural(arguments: DriversArguments, warehouse: Warehouse) -> Result:
    """Between two input-output tables."""
    where = arguments.place
    held = tables.years_of(warehouse, where)
    usable = tuple(y for y in held if y in tables.inventory_years(warehouse))
    if len(usable) < 2:
        known = joined([Text(f"{y}年", str(y)) for y in usable]) if usable else Text("无", "none")
        kind = Text("全国", "national") if where.kind == "nation" else Text("省际", "interprovincial")
        raise NotAvailable(
            "one_table",
            Text(f"结构分解需要两年的{kind.zh}投入产出表与清单，现有：{known.zh}；可改问全国2017—2018年，或用LMDI分解，或导入另一年的表。",
                 f"A structural decomposition needs {kind.en} tables of two years with inventories; there is {known.en}. Ask for "
                 "China 2017-2018, use LMDI, or import a table of another year."),
        )  # fmt: skip
    first, last = arguments.from_year or usable[0], arguments.to_year or usable[-1]
    remarks: list[Text] = []
    if first not in usable or last not in usable or first >= last:
        wanted = sorted({first, last})
        first = nearest_year(first, usable[:-1])
        last = max(nearest_year(last, usable), next(y for y in usable if y > first))
        lacking = [y for y in held if y not in usable]
        extra_zh = f"；{'、'.join(map(str, lacking))}年有表而无清单" if lacking else ""
        extra_en = f"; {', '.join(map(str, lacking))} has a table but no inventory" if lacking else ""
        remarks.append(
            Text(f"{'—'.join(map(str, wanted))}年不能做结构分解：同时有投入产出表和清单的年份为"
                 f"{'、'.join(map(str, usable))}年{extra_zh}，改为{first}—{last}年。",
                 f"{'-'.join(map(str, wanted))} cannot be decomposed between tables: table and inventory are both there in "
                 f"{', '.join(map(str, usable))}{extra_en}; {first}-{last} is taken instead.")
        )  # fmt: skip
    elif arguments.from_year is None and arguments.to_year is None:
        remarks.append(Text(f"取有表又有清单的{first}—{last}年。", f"Years with table and inventory: {first}-{last}."))
    pair = [tables.load_table(warehouse, where, y) for y in (first, last)]
    if arguments.deflators is not None:
        pair[1] = tables.at_constant_prices(pair[1], arguments.deflators)
    return sda_tell.tell(pair[0], pair[1], where, arguments.deflators is not None, tuple(remarks))
