"""Shares: of a sector, a fuel or a part in the whole of a place, or of a place in a larger one."""

from __future__ import annotations

from dataclasses import replace

from data.classification import NATION
from data.classification import place as place_of
from data.text import Text
from tools.figures.cells import Cell, level, whole_of
from tools.figures.plan import Plan
from tools.figures.show import cells_of, value
from tools.figures.words import article, genitive, lowered, when
from tools.figures.work import Line, Work
from tools.result import Draft, Result


def share(plan: Plan) -> Result:
    """One share with its part and whole; several as a list."""
    found, latest = cells_of(plan)
    if len(found) > 1:
        return value(plan)
    cell = found[0]
    year = cell.last or 0
    work = Work(plan, Draft(plan.naming.subject(cell.slice, "share", when(None, cell.last), cell.where)))
    plan.share = False
    part, whole = level(plan, cell.slice, year), level(plan, whole_of(plan, cell.slice), year)
    plan.share = True
    assert part is not None and whole is not None
    if plan.whole is None:
        _within(work, cell, part, whole)
    else:
        _of_place(work, cell, part, whole)
    work.defaults(cell.last if latest else None)
    return work.done()


def _year(cell: Cell) -> tuple[str, str]:
    return (f"{cell.last}年", f" in {cell.last}") if cell.last else ("", "")


def _within(work: Work, cell: Cell, part: Cell, whole: Cell) -> None:
    plan = work.plan
    item = plan.naming.item(cell.slice) or Text("全部", "all")
    name = plan.naming.thing(whole.slice, "level")
    line = Line()
    a, b, c = line(work.fact(cell)), line(work.fact(part)), line(work.fact(whole))
    said = work.said()
    where, (zh_year, en_year) = cell.slice.place, _year(cell)
    # A city or a country stands for itself; what it is a share of is the whole's own name.
    owner = genitive(article(where)) if where else genitive(whole.where.en)
    whose = cell.where.zh if where else whole.where.zh
    item = item if where else cell.where
    total = "总量" if name.zh.endswith("排放") else ""
    work.say(
        line,
        f"{whose}{zh_year}{item.zh}占{name.zh}{total}的{a}：该项{b}，总量{c}；{said.zh}。"
        if where
        else f"{item.zh}{zh_year}占{whose}{name.zh}{total}的{a}：该项{b}，总量{c}；{said.zh}。",
        f"{lowered(item.en) if where else item.en} accounted for {a} of {owner} {name.en}{en_year}: {b} of {c} ({said.en}).",
    )


def _of_place(work: Work, cell: Cell, part: Cell, whole: Cell) -> None:
    plan = work.plan
    thing = plan.naming.thing(cell.slice, "level")
    line = Line()
    a, b, c = line(work.fact(cell)), line(work.fact(part)), line(work.fact(whole))
    said = work.said([part])
    assert cell.slice.place is not None and plan.whole is not None
    zh_year, en_year = _year(cell)
    inventory = plan.whole == NATION and plan.measure.nation == "own" and plan.measure.said_nation is not None
    of_zh = "全国清单" if inventory else whole.where.zh
    of_en = "the national inventory" if inventory else article(plan.whole)
    work.say(
        line,
        f"{cell.where.zh}{zh_year}{thing.zh}占{of_zh}的{a}：{cell.where.zh}为{b}，{of_zh}为{c}，{said.zh}。",
        f"{article(cell.slice.place)} accounted for {a} of {thing.en} in {of_en}{en_year}:"
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
    other = level(plan, cell.slice, cell.last or 0)
    if other is not None:
        line = Line()
        hole = line(work.fact(other))
        work.say(
            line,
            f"若以30省清单合计为分母，则为{hole}；各省合计与全国清单不等，不可混用。",
            f"Of the sum of the 30 provincial inventories it is {hole}; that sum differs from the national inventory.",
        )
    plan.whole, plan.naming = before
