"""Where a city stands: in its province and in the nation, among the cities that have data; cities are never added to a whole."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import Place
from data.errors import Incomparable
from data.text import Text
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.cells import Cell, level
from tools.figures.cities import own_province
from tools.figures.plan import Plan, parts_of
from tools.figures.series import Slice
from tools.figures.words import genitive
from tools.figures.work import Line, Work
from tools.measures import Part
from tools.result import Basis, Draft, Result

_MOST_CITIES, _MOST_YEARS, _NAMED_YEARS = 4, 3, 3


def city_position(plan: Plan) -> Result:
    """The rank of each city named among its province's cities and among all, with how many of those ever covered have data.

    Raises NotAvailable for a year without the city, BadRequest where no city is named.
    """
    cities = _cities(plan)
    if not cities:
        raise gaps.ask_for(
            "no_part",
            "请说明要看哪个城市的位次，例如深圳；也可以问某省城市的排名。",
            "Say which city's position is asked for, such as Shenzhen, or ask for a ranking of a province's cities.",
        )
    name = cities[0].name
    work = Work(plan, Draft(Text(f"{name.zh}二氧化碳排放的位次", f"{genitive(name.en)} rank by CO2 emissions")))
    taken = None  # the latest year, where none was named
    for one in cities[:_MOST_CITIES]:
        years, latest = years_of.single(plan, [Slice(None, part=one)])
        for year in years[:_MOST_YEARS]:
            _say(work, one, year)
        taken = max(years[0], taken or 0) if latest else None
    work.defaults(taken)
    return work.done()


def _cities(plan: Plan) -> list[Part]:
    """The cities named; a municipality named as a province (Shanghai) is the city of its name."""
    named = [p for p in plan.parts if p is not None]
    if named:
        return named
    own = {p.name.zh for p in plan.within}
    return [c for c in parts_of(plan.warehouse, plan.measure) if c.key in own]


def _say(work: Work, one: Part, year: int) -> None:
    """One sentence: the city's figure, its rank in the province (where that has other cities) and in the nation."""
    plan = work.plan
    cell = level(plan, Slice(None, part=one), year)
    if cell is None:  # the year is another city's of those named
        return
    everywhere = parts_of(plan.warehouse, plan.measure)
    province = own_province(one.key)
    peers = [c for c in everywhere if province is not None and own_province(c.key) == province]
    line = Line()
    hole, said, word, name = line(work.fact(cell)), work.said([cell]), _order(plan), one.name
    work.say(
        line,
        f"{name.zh}{year}年二氧化碳排放为{hole}；{said.zh}。",
        f"{genitive(name.en)} CO2 emissions in {year} came to {hole} ({said.en}).",
    )
    if province is not None and len(peers) > 1:
        line = Line()
        where = province.name
        a, b, c = (line(i) for i in _rank(work, cell, peers, Text(f"{where.zh}城市", f"cities of {where.en}")))
        work.say(
            line,
            f"{name.zh}在{where.zh}{year}年有数据的{b}个城市中居第{a}位（{word.zh}；清单有过数据的共{c}个）。",
            f"{name.en} ranks {a} of the {b} cities of {where.en} with data for {year} ({word.en}; {c} were ever covered).",
        )
    line = Line()
    a, b, c = (line(i) for i in _rank(work, cell, everywhere, Text("全国城市", "cities of China")))
    work.say(
        line,
        f"{name.zh}在全国{year}年有数据的{b}个城市中居第{a}位（{word.zh}；清单有过数据的共{c}个）。",
        f"{name.en} ranks {a} of the {b} cities of China with data for {year} ({word.en}; {c} were ever covered).",
    )


def _order(plan: Plan) -> Text:
    highest = plan.arguments.order == "desc"
    return Text("由高到低", "highest first") if highest else Text("由低到高", "lowest first")


def _rank(work: Work, cell: Cell, among: Sequence[Part], over: Text) -> tuple[int, int, int]:
    """Facts: the city's rank, the cities with data in the year, the cities ever covered."""
    plan, year, draft = work.plan, cell.last, work.draft
    values = [s.values[year].value for s in plan.series([Slice(None, part=c) for c in among]) if year in s.values]
    above = plan.arguments.order == "desc"
    rank = 1 + sum(v > cell.value if above else v < cell.value for v in values)
    name = cell.slice.part.name if cell.slice.part is not None else Text("", "")
    order = _order(plan)
    shared = {"year": year, "basis": Basis.DERIVED, "source": cell.source}
    return (
        draft.fact(Text(f"{name.zh}{year}年排放在{over.zh}中的位次（{order.zh}）", f"{name.en} {year}: rank among {over.en} ({order.en})"),
                   rank, "rank", account=plan.measure.account, **shared),
        draft.fact(Text(f"{year}年有数据的{over.zh}数", f"{year}: {over.en} with data"), len(values), "count", **shared),
        draft.fact(Text(f"清单中有过数据的{over.zh}数", f"{over.en} ever covered by the inventory"), len(among), "count",
                   **(shared | {"year": None})),
    )  # fmt: skip


def not_summed(plan: Plan) -> Incomparable:
    """Why cities are not added to a province or the nation: how many of them each year covers, and where the total is."""
    inside: tuple[Place, ...] = plan.within
    where = (
        inside[0].name
        if len(inside) == 1
        else Text("全国", "China")
        if not inside
        else Text("所列省份", "the provinces named")
    )
    cities = [
        c for c in parts_of(plan.warehouse, plan.measure)
        if not inside or ((own := own_province(c.key)) is not None and own in inside)
    ]  # fmt: skip
    found = plan.series([Slice(None, part=c) for c in cities])
    asked = [y for y in (plan.arguments.years or ()) if any(y in s.values for s in found)]
    years = asked or sorted({y for s in found for y in s.values})[-_NAMED_YEARS:]
    counts = [(y, sum(y in s.values for s in found)) for y in years[-_NAMED_YEARS:]]
    zh = "、".join(f"{y}年{n}个" for y, n in counts)
    en = ", ".join(f"{n} in {y}" for y, n in counts)
    total = Text(f"{where.zh}的总量见{'全国' if not inside else '省级'}清单，可问“{where.zh}碳排放”",
                 f"the total of {where.en} is in the {'national' if not inside else 'provincial'} inventory: ask for its emissions")  # fmt: skip
    return Incomparable(
        "cities_not_summed",
        Text(
            f"城市排放不能加总为全省或全国：城市清单各年覆盖的城市不同（{where.zh}有过数据的{len(cities)}个城市中，有数据的{zh}），"
            f"且与省级清单分别编制。{total.zh}；也可以问其中几个城市，或城市排名。",
            f"Cities are not added to a province or the nation: the city inventory covers different cities each year (of the {len(cities)} "
            f"of {where.en} ever covered {en}) and is compiled apart from the provincial one. In its place, {total.en}; "
            "or ask for some cities by name, or for a ranking of cities.",
        ),
    )
