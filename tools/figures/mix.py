"""A whole and its parts over the years: sectors, fuels or power sources as stacked areas, bars or lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.classification import find_fuel
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.figures import years as years_of
from tools.figures.cells import Cell, level
from tools.figures.plan import Plan
from tools.figures.series import Series as Values
from tools.figures.series import Slice
from tools.figures.trend import developed
from tools.figures.words import raised, when
from tools.figures.work import Line, Work, item_name
from tools.result import Draft, Result

MOST_PARTS = 7  # parts drawn by name; the rest are put together
SAID = 3  # parts whose shares at both ends are said
FUEL_GROUPS = ("coal", "oil", "natural gas", "process")  # together they are all fuels
_DIMENSIONS = {"sectors": ("sector", "sectors"), "fuels": ("fuel", "fuels"), "parts": ("part", "parts")}


def mix(plan: Plan) -> Result:
    """How a whole and the shares of its largest parts changed from the first year to the last, with a stacked chart."""
    base = _base(plan)
    parts = _parts(plan)
    years_of.settle(plan, [base])
    first, last, _ = years_of.span(plan, [base], cut=True)
    rows = [row for row in plan.series(parts) if any(first <= y <= last for y in row.values)]
    if not rows:
        raise years_of.nothing(plan, parts, [first, last])
    rows.sort(key=lambda row: -_value(row, last))
    whole = plan.series([base])[0]
    years = [y for y in sorted(whole.values) if first <= y <= last]
    ends = [cell for y in (years[0], years[-1]) if (cell := level(plan, base, y))]
    title = plan.naming.subject(base, "level", when(first, last), ends[0].where)
    work = Work(plan, Draft(title))
    developed(work, [cell for y in years if (cell := level(plan, base, y))], True, False)
    if not plan.ratio and plan.measure.shares:
        _say_shares(work, rows, years)
    if plan.arguments.chart != "none":
        _chart(work, rows, whole, years, title)
    work.defaults(None)
    return work.done()


def _base(plan: Plan) -> Slice:
    """The whole the parts make up: the place, with whatever else is fixed."""
    base = plan.slices()[0]
    one, many = _DIMENSIONS[plan.over]
    named = [x for x in getattr(plan, many) if x is not None]
    # One sector named and split by sectors is the group whose members are looked at.
    return base if len(named) == 1 and plan.over == "sectors" else replace(base, **{one: None})


def _parts(plan: Plan) -> list[Slice]:
    one, many = _DIMENSIONS[plan.over]
    named = [x for x in getattr(plan, many) if x is not None]
    base = plan.slices()[0]
    if len(named) > 1:
        return [replace(base, **{one: x}) for x in named]
    if plan.over == "fuels":
        return [replace(base, fuel=find_fuel(key)) for key in FUEL_GROUPS]
    return plan.candidates()


def _value(row: Values, year: int) -> float:
    found = row.values.get(year)
    return found.value if found else 0.0


def _say_shares(work: Work, rows: Sequence[Values], years: Sequence[int]) -> None:
    """The share of the largest parts at both ends."""
    plan, line = work.plan, Line()
    first, last = years[0], years[-1]
    zh, en = [], []
    plan.share = True
    for row in rows[:SAID]:
        start, end = level(plan, row.slice, first), level(plan, row.slice, last)
        if start is None or end is None:
            continue
        item = item_name(end, _named(plan), inside=True)
        a, b = line(work.fact(start)), line(work.fact(end))
        zh.append(f"{item.zh}由{a}到{b}")
        en.append(f"{item.en} from {a} to {b}")
    plan.share = False
    if zh:
        name = plan.naming.name()
        work.say(
            line,
            f"占{name.zh}总量的比重，从{first}年到{last}年：{'，'.join(zh)}。",
            f"Shares in all {name.en}, from {first} to {last}: {', '.join(en)}.",
        )


def _named(plan: Plan) -> tuple[str, ...]:
    return (_DIMENSIONS[plan.over][0],)


def _chart(work: Work, rows: Sequence[Values], whole: Values, years: Sequence[int], title: Text) -> None:
    """Stacked areas; stacked bars where asked for or where a part has gaps; lines where asked for or not additive."""
    plan, wish = work.plan, work.plan.arguments.chart
    shown = rows[:MOST_PARTS]
    columns = [tuple(v.value if (v := row.values.get(y)) else None for y in years) for row in shown]
    series = [
        Series(name=item_name(cell, _named(plan)), y=y)
        for row, y in zip(shown, columns, strict=True)
        if (cell := _any_cell(plan, row))
    ]
    named = len([x for x in getattr(plan, _DIMENSIONS[plan.over][1]) if x is not None]) > 1
    if len(rows) > MOST_PARTS or not named:
        rest = tuple(whole.values[y].value - sum(c[i] or 0.0 for c in columns) for i, y in enumerate(years))
        if max(rest) > 1e-6 * max(v.value for v in whole.values.values()):
            series.append(Series(name=Text("其余", "Others"), y=tuple(max(r, 0.0) for r in rest)))
    gaps = any(v is None for s in series for v in s.y)
    stack = wish != "line" and plan.ratio is None
    kind = "line" if not stack else "bar" if gaps or wish in ("stacked", "bar") else "wedge"
    name = plan.naming.name()
    spec = XY(
        x=tuple(years), series=tuple(series), unit=plan.unit, x_title=Text("年份", "Year"),
        y_title=Text(name.zh, raised(name.en)), stacked=stack,
    )  # fmt: skip
    work.draft.chart(Chart(kind=kind, title=Text(title.zh, raised(title.en)), spec=spec))


def _any_cell(plan: Plan, row: Values) -> Cell | None:
    return level(plan, row.slice, max(row.values))
