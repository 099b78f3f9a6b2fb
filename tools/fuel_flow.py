"""From fuel to sector: the CO2 inventory of one place and year as a Sankey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from data.classification import FUELS, INVENTORY_SECTORS, Fuel, Place, Sector
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.figures.gaps import no_place, no_year
from tools.figures.series import Reader, Series, Slice
from tools.figures.words import article, genitive, lowered, raised
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.result import Account, Draft, Result, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

MOST_SECTORS = 11  # the rest is one node, so that labels can be read
LEAST_SHARE = 0.004  # of the total: smaller fuels are one node


class FuelFlowArguments(Arguments):
    """A place and a year of the inventory."""

    place: PlaceArg = Field(description="A province, a group or China.")
    year: Year | None = Field(None, description="1997-2019; default the latest.")


@tool(
    title=Text("燃料到行业的流向", "From fuels to sectors"),
    summary=Text(
        "一地一年的排放按燃料（含水泥过程）流向各行业与居民，画成桑基图。",
        "The emissions of a place and year from each fuel (and cement process) to sectors and households, as a Sankey.",
    ),
    examples=(
        Text("广东2019年各种燃料排放流向哪些行业，画桑基图", "Sankey of fuels to sectors for Guangdong, 2019"),
        Text("河北煤炭排放都去了哪些行业", "Which sectors burn the fuels of Hebei? Sankey"),
        Text("燃料—行业碳流图，山西", "Fuel to sector carbon flow of Shanxi"),
        Text("能源排放桑基图 全国2017", "Energy CO2 Sankey diagram for China 2017"),
        Text("江苏分燃料分行业排放结构图", "Emissions by fuel and sector in Jiangsu as a flow chart"),
    ),
)
def fuel_flow(arguments: FuelFlowArguments, context: Context) -> Result:
    """The inventory of one place and year from fuel to sector.

    Raises NotAvailable where there is no inventory for the place or the year.
    """
    where, measure = arguments.place, MEASURES["co2"]
    reader = Reader(context.warehouse, measure)
    total = reader.series([Slice(where)])[0]
    if not total.values:
        raise no_place(measure, where)
    year = arguments.year or max(total.values)
    if year not in total.values:
        raise no_year(measure, where.name, [year], total.values)
    flows = _flows(context.warehouse, where, year)
    title = Text(
        f"{where.name.zh}{year}年二氧化碳排放：从燃料到行业",
        f"{where.name.en} {year}: CO2 emissions from fuel to sector",
    )
    draft = Draft(title)
    _say(draft, total, year, flows)
    draft.chart(Chart(kind="sankey", title=title, spec=_sankey(flows)))
    if arguments.year is None:
        draft.lead(f"未指定年份，取数据最新的{year}年。", f"No year was named: {year} is the latest there is.")
    for note in measure.notes:
        covers = note.places is None or where.code in note.places
        if covers and (note.first or year) <= year <= (note.last or year):
            draft.caveats.append(note.text)
    if total.left_out:
        draft.caveats.append(
            Text("西藏没有排放清单，合计中不含。", "Tibet has no inventory and is left out of the sum.")
        )
    return draft.result()


Flows = dict[tuple[Fuel, Sector], float]


def _flows(warehouse: Warehouse, where: Place, year: int) -> Flows:
    """Mt CO2 by fuel and inventory sector, summed over the members of a group; zero flows left out."""
    fuels = {f.columns[0]: f for f in FUELS if len(f.columns) == 1}
    codes = where.members or (where.code,)
    rows = warehouse.rows(
        f"SELECT fuel, sector_no, sum(mt) FROM co2 WHERE year = ? AND region IN ({', '.join('?' * len(codes))})"
        " GROUP BY ALL HAVING sum(mt) > 0",
        (year, *codes),
    )
    return {(fuels[fuel], INVENTORY_SECTORS[number - 1]): mt for fuel, number, mt in rows}


def _say(draft: Draft, total: Series, year: int, flows: Flows) -> None:
    """The largest flow first, with the total and the two next flows."""
    where = total.slice.place
    assert where is not None
    value = total.values[year]
    said = "按CEADs全国清单" if where.kind == "nation" else "按CEADs省级清单"

    def fact(label: Text, mt: float, sector: Sector | None) -> int:
        return draft.fact(
            label, mt, "Mt CO2", region=where.name.en, sector=sector.name.en if sector else None, year=year,
            account=Account.SCOPE1, basis=weakest(value.basis) if total.summed else value.basis, source=total.table,
        )  # fmt: skip

    largest = sorted(flows.items(), key=lambda item: -item[1])[:3]
    line = Line()
    parts_zh, parts_en = [], []
    for (fuel, part), mt in largest:
        label = Text(
            f"{where.name.zh}{year}年{part.name.zh}使用{fuel.name.zh}的二氧化碳排放",
            f"{where.name.en} {year}: CO2 emissions of {lowered(part.name.en)} from {lowered(fuel.name.en)}",
        )
        hole = line(fact(label, mt, part))
        parts_zh.append(f"{fuel.name.zh}→{part.name.zh}{hole}")
        parts_en.append(f"{lowered(fuel.name.en)} to {lowered(part.name.en)} {hole}")
    whole = fact(
        Text(f"{where.name.zh}{year}年二氧化碳排放", f"{where.name.en} {year}: CO2 emissions"), value.value, None
    )
    all_of = line(whole)
    draft.lead(
        f"{where.name.zh}{year}年最大的三条“燃料→行业”排放流为：{'、'.join(parts_zh)}；合计排放{all_of}（{said}，范围一）。",
        f"{raised(genitive(article(where)))} three largest flows from fuel to sector in {year}: {', '.join(parts_en)}; total"
        f" {all_of} (CEADs inventory, scope 1).",
        *line.facts,
    )


def _sankey(flows: Flows) -> Sankey:
    """Fuels on the left, sectors on the right; what is small is put together on its side."""
    by_fuel: dict[Fuel, float] = {}
    by_sector: dict[Sector, float] = {}
    for (fuel, part), mt in flows.items():
        by_fuel[fuel] = by_fuel.get(fuel, 0.0) + mt
        by_sector[part] = by_sector.get(part, 0.0) + mt
    whole = sum(by_fuel.values())
    left = [f for f, mt in sorted(by_fuel.items(), key=lambda i: -i[1]) if mt >= LEAST_SHARE * whole]
    right = [s for s, _ in sorted(by_sector.items(), key=lambda i: -i[1])[:MOST_SECTORS]]
    names = [f.name for f in left]
    if len(left) < len(by_fuel):
        names.append(Text("其余燃料", "Other fuels"))
    columns = [0] * len(names)
    names += [s.name for s in right]
    if len(right) < len(by_sector):
        names.append(Text("其余行业", "Other sectors"))
    columns += [1] * (len(names) - len(columns))
    others_left, others_right = len(left), len(names) - 1
    start = columns.count(0)
    links: dict[tuple[int, int], float] = {}
    for (fuel, part), mt in flows.items():
        source = left.index(fuel) if fuel in left else others_left
        target = start + right.index(part) if part in right else others_right
        links[(source, target)] = links.get((source, target), 0.0) + mt
    nodes = tuple(
        Node(name=n, column=c, group=Text("燃料", "Fuels") if c == 0 else Text("行业", "Sectors"))
        for n, c in zip(names, columns, strict=True)
    )
    return Sankey(
        nodes=nodes,
        links=tuple(Link(source=a, target=b, value=v) for (a, b), v in sorted(links.items())),
        unit="Mt CO2",
        value_title=Text("二氧化碳排放", "CO2 emissions"),
    )
