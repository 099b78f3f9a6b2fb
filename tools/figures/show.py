"""Values and comparisons: one figure, several side by side, the gap between them."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import NATION
from data.classification import place as place_of
from data.text import Text
from tools.figures import years as years_of
from tools.figures.cells import Cell, level
from tools.figures.charts import bars, tiles
from tools.figures.plan import Plan
from tools.figures.words import when
from tools.figures.work import Line, Work, item_name, listed, ranked_table, shared_subject, varying
from tools.result import Basis, Draft, Result, weakest

MOST_GAPS = 3
IN_PROSE = 8  # figures listed in a sentence; more go to a table


def cells_of(plan: Plan) -> tuple[list[Cell], bool]:
    """The figures asked for one by one, and whether the latest year was taken by default."""
    slices = plan.slices()
    years_of.settle(plan, slices)
    years, latest = years_of.single(plan, slices)
    found = [cell for s in slices for y in years if (cell := level(plan, s, y))]
    if not found:
        raise years_of.nothing(plan, slices, years)
    return found, latest


def value(plan: Plan) -> Result:
    """The figure, or the figures, asked for."""
    found, latest = cells_of(plan)
    name = plan.naming.name("share" if plan.share else "level")
    work = Work(plan, Draft(name))
    line = Line()
    if len(found) == 1:
        cell = found[0]
        hole = line(work.fact(cell))
        subject = plan.naming.subject(cell.slice, cell.kind, when(cell.first, cell.last), cell.where)
        work.draft.title = subject
        tail = work.said()
        work.say(line, f"{subject.zh}为{hole}，{tail.zh}。", f"{subject.en} came to {hole} ({tail.en}).")
        beside_nation(work, cell)
    else:
        _several(work, found)
    work.defaults(found[0].last if latest else None)
    if plan.arguments.chart == "bar" and len(found) > 1:
        bars(work, found)
    if plan.arguments.chart == "tilemap":
        tiles(work, found)
    return work.done()


def _several(work: Work, found: Sequence[Cell]) -> None:
    differ = varying(found)
    subject = shared_subject(work, found)
    work.draft.title = subject
    line = Line()
    tail = work.said(found)
    if len(found) <= IN_PROSE:
        items = listed(work, found, line, differ)
        work.say(line, f"{subject.zh}：{items.zh}，{tail.zh}。", f"{subject.en}: {items.en} ({tail.en}).")
        if len(found) == 2 and {c.slice.place.code for c in found if c.slice.place} == {"P30", NATION.code}:
            high, low = sorted(found, key=lambda c: -c.value)
            _gap(work, high, low, differ)
        return
    high, low = max(found, key=lambda c: c.value), min(found, key=lambda c: c.value)
    top, bottom = item_name(high, differ), item_name(low, differ)
    a, b = line(work.fact(high)), line(work.fact(low))
    work.say(
        line,
        f"{subject.zh}：最高的是{top.zh}，为{a}；最低的是{bottom.zh}，为{b}，{tail.zh}。",
        f"{subject.en}: the highest is {top.en} with {a}, the lowest {bottom.en} with {b} ({tail.en}).",
    )
    table = ranked_table(work, found, subject, ranks=False, dimensions=differ)
    work.draft.section(Text("数据", "Figures"), tables=(table,))


def beside_nation(work: Work, cell: Cell) -> None:
    """The sum of the provinces is never China: said with the national inventory and the ratio of the two."""
    plan, where = work.plan, cell.slice.place
    if where is None or where.code != "P30" or plan.measure.nation != "own" or plan.ratio or cell.last is None:
        return
    from dataclasses import replace

    nation = level(plan, replace(cell.slice, place=NATION), cell.last)
    if nation is None or not nation.value or plan.share:
        return
    ratio = work.draft.fact(
        Text(f"{cell.last}年30省合计与全国清单之比", f"{cell.last}: sum of the 30 provinces over the national inventory"),
        cell.value / nation.value * 100, "%", region="30 provinces", year=cell.last, account=plan.measure.account,
        basis=Basis.DERIVED, source=cell.source,
    )  # fmt: skip
    line = Line()
    a, b = line(work.fact(nation)), line(ratio)
    work.say(
        line,
        f"全国清单为{a}，各省合计是它的{b}，两者不可互换。",
        f"China's national inventory is {a}; the provinces sum to {b} of it, and one never stands for the other.",
    )


def compare(plan: Plan) -> Result:
    """The figures side by side, highest first, and the gap."""
    if len(plan.places) == 1 and plan.places[0] is not None and plan.places[0].kind == "group":
        plan.places = tuple(place_of(c) for c in plan.places[0].members)
    found, latest = cells_of(plan)
    if len(found) < 2:
        return value(plan)
    differ = varying(found)
    found.sort(key=lambda c: -c.value)
    work = Work(plan, Draft(shared_subject(work_of(plan), found)))
    line = Line()
    subject = work.draft.title
    tail = work.said(found)
    shown = found if len(found) <= IN_PROSE else found[:3]
    items = listed(work, shown, line, differ)
    work.say(line, f"{subject.zh}：{items.zh}，{tail.zh}。", f"{subject.en}: {items.en} ({tail.en}).")
    if len(found) > IN_PROSE:
        table = ranked_table(work, found, subject, ranks=True, dimensions=differ)
        work.draft.section(Text("数据", "Figures"), tables=(table,))
    _gaps(work, found, differ)
    work.defaults(found[0].last if latest else None)
    if plan.arguments.chart == "bar" or (plan.arguments.chart == "auto" and len(found) > 2):
        bars(work, found)
    return work.done()


def _gaps(work: Work, found: Sequence[Cell], differ: Sequence[str]) -> None:
    """The gap between the highest and the lowest; of several years, within each."""
    years = sorted({c.last for c in found if c.last is not None})
    if "year" not in differ or len(differ) == 1:
        _gap(work, found[0], found[-1], differ)
        return
    for year in years[-MOST_GAPS:]:
        of_year = [c for c in found if c.last == year]
        if len(of_year) > 1:
            _gap(work, of_year[0], of_year[-1], differ)


def work_of(plan: Plan) -> Work:
    """A scratch Work, for names only."""
    return Work(plan, Draft(plan.naming.name()))


def _gap(work: Work, high: Cell, low: Cell, differ: Sequence[str]) -> None:
    """The difference of two figures as a fact that names both, and how many times one is the other."""
    a, b = item_name(high, differ), item_name(low, differ)
    unit = "pp" if high.unit == "%" else high.unit
    common = shared_subject(work_of(work.plan), [high, low])
    basis = weakest(high.basis, low.basis)
    year = high.last if high.last == low.last else None
    shared = {
        "region": high.slice.place.name.en if high.slice.place and high.slice.place == low.slice.place else None,
        "sector": high.slice.sector.name.en if high.slice.sector and high.slice.sector == low.slice.sector else None,
        "year": year,
        "account": work.plan.measure.account,
        "basis": basis,
        "source": high.source,
    }
    gap = work.draft.fact(
        Text(f"{common.zh}：{a.zh}与{b.zh}之差", f"{common.en}: difference, {a.en} minus {b.en}"),
        high.value - low.value, unit, reader_unit=work.plan.reader_unit, **shared,
    )  # fmt: skip
    line = Line()
    hole = line(gap, ":abs")
    zh, en = f"{a.zh}比{b.zh}高{hole}", f"{a.en} is {hole} above {b.en}"
    if low.value > 0 and high.unit != "%":
        times = work.draft.fact(
            Text(f"{common.zh}：{a.zh}为{b.zh}的倍数", f"{common.en}: {a.en} over {b.en}"),
            high.value / low.value, "times", **shared,
        )  # fmt: skip
        hole = line(times)
        zh, en = f"{zh}，是后者的{hole}", f"{en}, {hole} as much"
    work.say(line, f"{zh}。", f"{en}.")
