"""Two measures over the provinces: a scatter of points, and how closely they go together; sectors by provinces."""

from __future__ import annotations

from collections.abc import Sequence

from data.text import Text
from tools.charts.specs import XY, Chart, Heat, Series
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.arguments import FiguresArguments
from tools.figures.cells import Cell, add, level
from tools.figures.plan import Plan, make_plan
from tools.figures.series import Slice
from tools.figures.words import lowered, raised, when
from tools.figures.work import Line, Work, item_name
from tools.result import Basis, Column, Draft, Ref, Result, Table

MOST_SECTORS = 10
FEWEST = 3  # provinces a correlation needs at least


def scatter(plan: Plan) -> Result:
    """One point per province: the measure against another in the latest year both have, with their correlation."""
    asked = plan.arguments
    if asked.against is None:
        raise gaps.ask_for(
            "no_second_measure",
            "散点图需要两个指标，请说明另一个，例如人均GDP。",
            "A scatter needs two measures; name the other one, such as GDP per head.",
        )
    beside = make_plan(
        FiguresArguments(measure=asked.against, places=asked.places, years=asked.years, operation="rank"),
        plan.warehouse,
    )
    plan.rank_all = not plan.asked_place or all(p is None or p.kind == "nation" for p in plan.places)
    places = plan.members()
    slices = [Slice(p, plan.sectors[0], plan.fuels[0], plan.parts[0]) for p in places]
    others = [Slice(p, None, None, beside.parts[0]) for p in places]
    years_of.settle(plan, slices)
    years_of.settle(beside, others)
    year = _year(plan, slices, beside, others)
    pairs = [
        (a, b)
        for s, o in zip(slices, others, strict=True)
        if (a := level(plan, s, year)) and (b := level(beside, o, year))
    ]
    if len(pairs) < FEWEST:
        raise years_of.nothing(plan, slices, [year])
    return _points(plan, beside, pairs, year)


def _year(plan: Plan, slices: Sequence[Slice], beside: Plan, others: Sequence[Slice]) -> int:
    """The year asked, else the latest in which both measures have provinces. Raises NotAvailable where there is none."""
    here = {y for row in plan.series(slices) for y in row.values}
    there = {y for row in beside.series(others) for y in row.values}
    both = here & there
    asked = list(plan.arguments.years)
    if not both or (asked and asked[0] not in both):
        lacking = plan if asked and asked[0] not in here else beside
        raise gaps.no_year(lacking.measure, None, asked or [max(here | there)], both or here, lacking.naming.name())
    return asked[0] if asked else max(both)


def _points(plan: Plan, beside: Plan, pairs: Sequence[tuple[Cell, Cell]], year: int) -> Result:
    up, across = plan.naming.name(), beside.naming.name()
    title = Text(f"{year}年各省{up.zh}与{across.zh}", f"{raised(up.en)} against {across.en} by province, {year}")
    work = Work(plan, Draft(title))
    line = Line()
    r = line(
        work.draft.fact(
            Text(f"{year}年{up.zh}与{across.zh}的相关系数（{len(pairs)}个省份）",
                 f"{year}: correlation of {up.en} with {across.en} over {len(pairs)} provinces"),
            correlation([a.value for a, _ in pairs], [b.value for _, b in pairs]), "1", year=year, basis=Basis.DERIVED,
            source=pairs[0][0].source,
        )
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    ordered = sorted(pairs, key=lambda p: -p[0].value)
    for a, b in ordered:
        rows.append((a.where, Ref(fact=work.fact(a)), Ref(fact=add(beside, work.draft, b))))
    said, other = work.said([pairs[0][0]]), beside.measure.said
    work.say(
        line,
        f"{year}年各省{up.zh}与{across.zh}的相关系数为{r}；{said.zh}；{other.zh}。",
        f"Over the provinces in {year}, {up.en} and {across.en} have a correlation of {r} ({said.en}; {other.en}).",
    )
    columns = (
        Column(name=Text("省份", "Province")), Column(name=_title(up), unit=plan.unit), Column(name=_title(across), unit=beside.unit),
    )  # fmt: skip
    table = work.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    work.draft.section(Text("各省数据", "Figures by province"), tables=(table,), folded=True)
    count = len(ordered)
    spec = XY(
        x=tuple(b.value for _, b in ordered),
        series=tuple(
            Series(name=a.where, y=tuple(a.value if i == n else None for n in range(count)))
            for i, (a, _) in enumerate(ordered)
        ),
        unit=plan.unit,
        x_title=Text(f"{across.zh}（{beside.unit}）", f"{raised(across.en)} ({beside.unit})"),
        y_title=_title(up),
    )  # fmt: skip
    work.draft.chart(Chart(kind="scatter", title=title, spec=spec))
    work.draft.method.append(Text("相关系数为皮尔逊相关系数，不表示因果", "Pearson correlation; it shows no cause"))
    return work.done()


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation of two equally long series; 0 where one does not vary."""
    from statistics import StatisticsError
    from statistics import correlation as pearson

    try:
        return pearson(a, b)
    except StatisticsError:  # a constant series goes with nothing
        return 0.0


def _title(text: Text) -> Text:
    return Text(text.zh, raised(text.en))


def heatmap(plan: Plan) -> Result:
    """The largest sectors of several provinces side by side in one year."""
    plan.over = "sectors"
    provinces = plan.members()
    named = [s for s in plan.sectors if s is not None]
    sectors = named if len(named) > 1 else [s.sector for s in plan.candidates() if s.sector is not None]
    slices = [Slice(p, s, plan.fuels[0], None) for p in provinces for s in sectors]
    years_of.settle(plan, [Slice(p, None, plan.fuels[0], None) for p in provinces])
    year = years_of.single(plan, [Slice(p, None, plan.fuels[0], None) for p in provinces])
    cells = {(c.slice.place, c.slice.sector): c for s in slices if (c := level(plan, s, year[0][0]))}
    if not cells:
        raise years_of.nothing(plan, slices, year[0])
    totals = {s: sum(c.value for (_, own), c in cells.items() if own == s) for s in sectors}
    shown = sorted(sectors, key=lambda s: -totals[s])[:MOST_SECTORS]
    rows = [p for p in provinces if any(p == place for place, _ in cells)]
    top = max(cells.values(), key=lambda c: c.value)
    name, when_text = plan.naming.name(), when(None, year[0][0])
    assert when_text is not None and top.slice.place is not None and top.slice.sector is not None
    title = Text(f"{when_text.zh}各省分行业{name.zh}", f"{raised(name.en)} by province and sector, {when_text.en}")
    work = Work(plan, Draft(title))
    line = Line()
    hole, item = line(work.fact(top)), item_name(top, ("sector",))
    said = work.said([top])
    work.say(
        line,
        f"{title.zh}中最高的是{top.where.zh}的{item.zh}，为{hole}；{said.zh}。",
        f"By province and sector, {lowered(name.en) if not name.en.startswith('CO2') else name.en} in {when_text.en} were highest"
        f" in {item.en.lower()} of {top.where.en}, at {hole} ({said.en}).",
    )
    spec = Heat(
        rows=tuple(p.name for p in rows),
        columns=tuple(s.short for s in shown),
        values=tuple(tuple(c.value if (c := cells.get((p, s))) else None for s in shown) for p in rows),
        unit=plan.unit,
        value_title=_title(name),
    )
    work.draft.chart(Chart(kind="heatmap", title=title, spec=spec))
    work.defaults(year[0][0] if year[1] else None)
    return work.done()
