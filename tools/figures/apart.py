"""How far an item of a ranking is from the first, and the two ends from each other: in the unit, and as a multiple."""

from __future__ import annotations

from data.text import Text
from tools.figures.cells import Cell
from tools.figures.rank import head_of, ranked_by
from tools.figures.ranking import Ranking
from tools.figures.work import Line, Work, item_name
from tools.result import weakest


def say_first(work: Work, ranking: Ranking, cell: Cell) -> None:
    """The first of the ranking (of the first itself: the second), and the gap of the item to it."""
    if len(ranking.cells) < 2:
        return
    alone = cell is ranking.cells[0]
    other = ranking.cells[1] if alone else ranking.cells[0]
    name, line = item_name(other, ranked_by(work.plan, other), inside=True), Line()
    end = Text("最高", "highest") if work.plan.arguments.order == "desc" else Text("最低", "lowest")
    who = Text("其次是", "next is") if alone else Text(f"{end.zh}的是", f"the {end.en} is")
    value = line(work.fact(other))
    gap = _gap(work, ranking, line, cell, other)
    work.say(line, f"{who.zh}{name.zh}，为{value}；{gap.zh}。", f"{who.en} {name.en} with {value}; {gap.en}.")


def say_ends(work: Work, ranking: Ranking) -> None:
    """The gap between the two ends of the ranking."""
    high = max(ranking.cells, key=lambda c: c.value)
    low = min(ranking.cells, key=lambda c: c.value)
    if high.value > low.value:
        line = Line()
        gap = _gap(work, ranking, line, high, low)
        work.say(line, f"{gap.zh}。", f"{gap.en}.")


def _gap(work: Work, ranking: Ranking, line: Line, cell: Cell, other: Cell) -> Text:
    """How much higher or lower one item is than another: 山东比四川高5.5吨/人，是它的2.5倍."""
    plan, dimensions = work.plan, ranked_by(work.plan, cell)
    head, here, there = (
        head_of(plan, ranking),
        item_name(cell, dimensions, inside=True),
        item_name(other, dimensions, inside=True),
    )
    shared = {"year": cell.last, "account": plan.measure.account, "source": cell.source,
              "basis": weakest(cell.basis, other.basis)}  # fmt: skip
    label = Text(f"{head.zh}：{here.zh}与{there.zh}之差", f"{head.en}: {here.en} minus {there.en}")
    unit = "pp" if cell.unit == "%" else cell.unit
    apart = work.draft.fact(label, cell.value - other.value, unit, reader_unit=plan.reader_unit, **shared)
    hole = line(apart, ":abs")
    word = Text("高", "higher") if cell.value >= other.value else Text("低", "lower")
    zh, en = f"{here.zh}比{there.zh}{word.zh}{hole}", f"{here.en} is {hole} {word.en} than {there.en}"
    if cell.unit == "%" or min(cell.value, other.value) <= 0:
        return Text(zh, en)
    label = Text(f"{head.zh}：{here.zh}为{there.zh}的倍数", f"{head.en}: {here.en} over {there.en}")
    times = line(work.draft.fact(label, cell.value / other.value, "times", **shared))
    return Text(f"{zh}，是后者的{times}", f"{en}, {times} as much")
