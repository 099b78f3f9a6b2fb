"""Shares: of a sector, a fuel or a part in the whole of a place, or of a place in a larger one."""

from __future__ import annotations

from dataclasses import replace

from data.classification import NATION
from data.classification import place as place_of
from data.text import Text
from tools.figures.cells import Cell, level, whole_of
from tools.figures.plan import Plan
from tools.figures.show import cells_of, value
from tools.figures.words import article, genitive, lowered
from tools.figures.work import Line, Work
from tools.result import Draft, Result


def share(plan: Plan) -> Result:
    """One share with its part and whole; several as a list."""
    found, latest = cells_of(plan)
    if len(found) > 1:
        return value(plan)
    cell = found[0]
    assert cell.last is not None
    work = Work(
        plan, Draft(plan.naming.subject(cell.slice, "share", Text(f"{cell.last}年", str(cell.last)), cell.where))
    )
    plan.share = False
    part = level(plan, cell.slice, cell.last)
    whole = level(plan, whole_of(plan, cell.slice), cell.last)
    plan.share = True
    assert part is not None and whole is not None
    if plan.whole is None:
        _within(work, cell, part, whole)
    else:
        _of_place(work, cell, part, whole)
    work.defaults(cell.last if latest else None)
    return work.done()


def _within(work: Work, cell: Cell, part: Cell, whole: Cell) -> None:
    plan = work.plan
    item = plan.naming.item(cell.slice) or Text("全部", "all")
    name = plan.naming.thing(whole.slice, "level")
    line = Line()
    a, b, c = line(work.fact(cell)), line(work.fact(part)), line(work.fact(whole))
    said = work.said()
    assert cell.slice.place is not None
    total = "总量" if name.zh.endswith("排放") else ""
    work.say(
        line,
        f"{cell.where.zh}{cell.last}年{item.zh}占{name.zh}{total}的{a}：该项{b}，总量{c}；{said.zh}。",
        f"{lowered(item.en)} accounted for {a} of {genitive(article(cell.slice.place))} {name.en} in {cell.last}:"
        f" {b} of {c} ({said.en}).",
    )


def _of_place(work: Work, cell: Cell, part: Cell, whole: Cell) -> None:
    plan = work.plan
    thing = plan.naming.thing(cell.slice, "level")
    line = Line()
    a, b, c = line(work.fact(cell)), line(work.fact(part)), line(work.fact(whole))
    said = work.said([part])
    assert cell.slice.place is not None and plan.whole is not None
    inventory = plan.whole == NATION and plan.measure.nation == "own" and plan.measure.said_nation is not None
    of_zh = "全国清单" if inventory else whole.where.zh
    of_en = "the national inventory" if inventory else article(plan.whole)
    work.say(
        line,
        f"{cell.where.zh}{cell.last}年{thing.zh}占{of_zh}的{a}：{cell.where.zh}为{b}，{of_zh}为{c}，{said.zh}。",
        f"{article(cell.slice.place)} accounted for {a} of {thing.en} in {of_en} in {cell.last}:"
        f" {cell.slice.place.name.en} {b}, {plan.whole.name.en} {c} ({said.en}).",
    )
    if inventory and plan.measure.additive:
        _of_sum(work, cell)


def _of_sum(work: Work, cell: Cell) -> None:
    """The same part in the sum of the 30 provinces, which is more than the national inventory."""
    plan = work.plan
    before = plan.whole, plan.naming
    plan.whole = place_of("P30")
    plan.naming = replace(plan.naming, whole=plan.whole)
    assert cell.last is not None
    other = level(plan, cell.slice, cell.last)
    if other is not None:
        line = Line()
        hole = line(work.fact(other))
        work.say(
            line,
            f"若以30省清单合计为分母，则为{hole}；各省合计与全国清单不等，不可混用。",
            f"Of the sum of the 30 provincial inventories it is {hole}; that sum differs from the national inventory.",
        )
    plan.whole, plan.naming = before
