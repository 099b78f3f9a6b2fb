"""Series over years: how a figure developed."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import NATION
from data.text import Text
from tools.figures import years as years_of
from tools.figures.cells import Cell, level, moved
from tools.figures.charts import bars, lines
from tools.figures.plan import Plan
from tools.figures.series import Slice
from tools.figures.work import Line, Work, item_name, shared_subject, varying
from tools.result import Column, Draft, Ref, Result, Table

MOST_LINES = 8
IN_TABLE = 90  # figures of a table of years; more rows are left to the chart


def rows_of(plan: Plan) -> tuple[list[list[Cell]], int, int]:
    """The cells of every slice over the span, slices without any left out; first and last year."""
    slices: Sequence[Slice] = plan.slices()
    years_of.settle(plan, slices)
    slices = slices[:MOST_LINES]
    first, last, _ = years_of.span(plan, slices, cut=True)
    rows = []
    for s in slices:
        known = plan.series([s])[0].values
        row = [cell for y in sorted(known) if first <= y <= last and (cell := level(plan, s, y))]
        if row:
            rows.append(row)
    if not rows:
        raise years_of.nothing(plan, slices, [first, last])
    return rows, first, last


def trend(plan: Plan) -> Result:
    """From the first year to the last, the highest between, a line chart and the years as a table."""
    rows, first, last = rows_of(plan)
    heads = [row[0] for row in rows]
    title = title_of(plan, heads, first, last)
    work = Work(plan, Draft(title))
    for number, row in enumerate(rows[:3]):
        developed(work, row, number == 0, len(rows) > 1)
    if len(rows) > 3:
        work.draft.lead("其余各条见图和表。", "The other lines are in the chart and the table.")
    _table(work, rows, title)
    draw(work, rows, title)
    work.defaults(None)
    return work.done()


def title_of(plan: Plan, heads: Sequence[Cell], first: int, last: int) -> Text:
    """What all rows have in common, over the span."""
    from dataclasses import replace

    spanned = [replace(c, first=first, last=last) for c in heads]
    return shared_subject(Work(plan, Draft(plan.naming.name())), spanned)


def developed(work: Work, row: Sequence[Cell], first: bool, among: bool) -> None:
    """One slice from its first year to its last: both ends, growth, and the highest where it lies between."""
    plan, start, end = work.plan, row[0], row[-1]
    subject = plan.naming.subject(start.slice, start.kind, None, start.where)
    line = Line()
    a = line(work.fact(start))
    if start.last == end.last or start.last is None or end.last is None:
        work.say(line, f"{subject.zh}{start.last}年为{a}。", f"{subject.en} came to {a} in {start.last}.")
        return
    b = line(work.fact(end))
    rises = end.value >= start.value
    zh = f"{subject.zh}由{start.last}年的{a}{'升至' if rises else '降至'}{end.last}年的{b}"
    en = f"{subject.en} {'rose' if rises else 'fell'} from {a} in {start.last} to {b} in {end.last}"
    before, plan.movement = plan.movement, "change" if plan.share else "growth"
    growth = moved(plan, start.slice, start.last, end.last)
    plan.movement = before
    if growth is not None:
        hole = line(work.fact(growth), ":abs")
        up = growth.value >= 0
        zh += f"，{'增长' if up else '下降'}{hole}" if not plan.share else f"，{'上升' if up else '下降'}{hole}"
        en += f", {'up' if up else 'down'} {hole}"
    top = max(row, key=lambda c: c.value)
    if top.last not in (start.last, end.last) and not among:
        hole = line(work.fact(top))
        zh += f"，其间{top.last}年最高，为{hole}"
        en += f"; the highest was {hole} in {top.last}"
    said = work.said([start])
    work.say(line, f"{zh}，{said.zh}。" if first else f"{zh}。", f"{en} ({said.en})." if first else f"{en}.")


def _table(work: Work, rows: Sequence[Sequence[Cell]], title: Text) -> None:
    """Years down, slices across; every figure a fact. Left out where it would be long."""
    years = sorted({c.last for row in rows for c in row if c.last is not None})
    if len(years) * len(rows) > IN_TABLE or len(years) < 3:
        return
    heads = [row[0] for row in rows]
    differ = tuple(d for d in varying(heads) if d != "year")
    columns = [Column(name=Text("年份", "Year"))]
    for head in heads:
        columns.append(
            Column(name=item_name(head, differ) if differ else work.plan.naming.name(head.kind), unit=head.unit)
        )
    by_year = [{c.last: c for c in row} for row in rows]
    body = tuple(
        (year, *(Ref(fact=work.fact(found[year])) if year in found else None for found in by_year)) for year in years
    )
    table = work.draft.table(Table(title=title, columns=tuple(columns), rows=body))
    work.draft.section(Text("逐年数据", "Year by year"), tables=(table,), folded=True)


def draw(work: Work, rows: Sequence[Sequence[Cell]], title: Text) -> None:
    """The line (or bars) of the rows over their years, unless none is wanted."""
    wish = work.plan.arguments.chart
    if wish == "none":
        return
    if wish in ("bar", "stacked") and len(rows) == 1:
        bars(work, rows[0], title)
    elif wish in ("area", "stacked") and _adds_up(work.plan, rows):
        lines(work, rows, title, stacked="wedge" if wish == "area" else "bar")
    elif any(len(row) > 1 for row in rows):
        lines(work, rows, title)


def _adds_up(plan: Plan, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows may be stacked: levels without a ratio, in which nothing stands twice."""
    whole = any(r[0].slice.place == NATION for r in rows) and len({r[0].slice.place for r in rows}) > 1
    return plan.ratio is None and plan.measure.additive and not (plan.share or plan.movement or whole)
