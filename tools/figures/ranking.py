"""The items of a ranking in order: which are ranked, in which years, and the provinces another figure picks."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import Place
from data.errors import BadRequest
from data.text import Text, joined
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.amounts import read_amount
from tools.figures.arguments import FiguresArguments, Selection
from tools.figures.cells import Cell, level, moved, total
from tools.figures.change import spans_of
from tools.figures.plan import Plan, make_plan
from tools.figures.series import Slice
from tools.figures.words import when

MOST_YEARS = 4
MOST_PICKED = 12  # provinces a selection names one by one
PICKED = 5  # provinces a selection picks where it names neither a number nor a limit


class Ranking:
    """The items of one ranking in order, for one year or span."""

    def __init__(self, plan: Plan, slices: Sequence[Slice], first: int | None, last: int | None) -> None:
        self.plan, self.first, self.last = plan, first, last
        cells = [cell for s in slices if (cell := self._cell(s))]
        self.cells = sorted(cells, key=lambda c: c.value, reverse=plan.arguments.order == "desc")
        held = {c.slice for c in cells}
        self.missing = [s for s in slices if s not in held]

    def _cell(self, s: Slice) -> Cell | None:
        plan = self.plan
        if plan.movement and self.first is not None and self.last is not None:
            return moved(plan, s, self.first, self.last)
        if self.first is not None and self.last is not None:
            return total(plan, s, range(self.first, self.last + 1))
        return level(plan, s, self.last or 0)

    def rank(self, cell: Cell) -> int:
        """1 for the first; equal values share a rank."""
        descending = self.plan.arguments.order == "desc"
        return 1 + sum(1 for c in self.cells if (c.value > cell.value if descending else c.value < cell.value))


def rankings(plan: Plan) -> tuple[list[Ranking], bool]:
    """The rankings asked for (one per year), and whether the latest year was taken by default."""
    if plan.over == "years":
        return [_over_years(plan)], False
    slices = _candidates(plan)
    years_of.settle(plan, slices)
    if plan.movement:
        pairs, whole = spans_of(plan)
        found = [Ranking(plan, slices, a, b) for a, b in pairs[-MOST_YEARS:]]
        if whole:
            plan.notes.append(Text("未指定时段，取数据的全部年份。", "No span was named: all years of the data."))
        return [r for r in found if r.cells] or _nothing(plan, slices), False
    if (
        plan.arguments.from_year is not None
        and plan.arguments.to_year is not None
        and plan.measure.flow
        and not plan.ratio
    ):
        first, last, _ = years_of.span(plan, slices, cut=plan.arguments.period is not None)
        if first != last and not plan.share:
            return [Ranking(plan, slices, first, last)], False
    years, latest = years_of.single(plan, slices)
    found = [Ranking(plan, slices, None, y) for y in years[:MOST_YEARS]]
    return [r for r in found if r.cells] or _nothing(plan, slices), latest


def _nothing(plan: Plan, slices: Sequence[Slice]) -> list[Ranking]:
    raise years_of.nothing(plan, slices, list(plan.arguments.years) or [0])


def _over_years(plan: Plan) -> Ranking:
    s = plan.slices()[0]
    years_of.settle(plan, [s])
    first, last, _ = years_of.span(plan, [s], cut=True)
    ranking = Ranking(plan, [], None, None)
    cells = [cell for y in range(first, last + 1) if (cell := level(plan, s, y))]
    ranking.cells = sorted(cells, key=lambda c: c.value, reverse=plan.arguments.order == "desc")
    return ranking


def _candidates(plan: Plan) -> list[Slice]:
    slices = plan.candidates()
    if plan.over == "places" and plan.arguments.among is not None:
        picked = {p.code for p in select(plan.arguments.among, plan)}
        slices = [s for s in slices if s.place and s.place.code in picked]
    if not slices:
        raise _nobody()
    return slices


def _nobody() -> BadRequest:
    return gaps.ask_for(
        "empty_selection", "没有省份满足所给的筛选条件，请放宽条件。", "No province meets the selection; widen it."
    )


def select(selection: Selection, plan: Plan) -> list[Place]:
    """The provinces another figure picks out; their names and that figure's measure are noted."""
    arguments = plan.arguments
    years = (selection.year,) if selection.year else arguments.years[-1:]
    if not years and (end := arguments.to_year):
        years = (end,)
    moves = selection.of not in ("value", "share")
    inner = make_plan(
        FiguresArguments(
            measure=selection.measure, per=selection.per, sectors=selection.sectors, fuels=selection.fuels,
            parts=selection.parts, years=() if moves else years, operation="rank", order=selection.order, of=selection.of,
            from_year=selection.from_year or (arguments.from_year if moves else None),
            to_year=selection.to_year or (arguments.to_year if moves else None),
        ),
        plan.warehouse,
    )  # fmt: skip
    ranking = rankings(inner)[0][0]
    cells = [c for c in ranking.cells if passes(c, selection.above, selection.below, inner.unit)]
    if selection.limit is not None or (selection.above is None and selection.below is None):
        cells = cells[: selection.limit or PICKED]
    if not cells:
        raise _nobody()
    places = [c.slice.place for c in cells if c.slice.place]
    name, span = inner.naming.name(cells[0].kind), when(cells[0].first, cells[0].last)
    names = joined([p.name for p in places])
    if len(places) > MOST_PICKED:
        names = Text(f"{len(places)}个省份", f"{len(places)} provinces")
    zh, en = (span.zh, f" in {span.en}") if span else ("", "")
    plan.notes.append(Text(f"筛选范围：{zh}{name.zh}所选出的{names.zh}。", f"Chosen by {name.en}{en}: {names.en}."))
    return places


def passes(cell: Cell, above: float | str | None, below: float | str | None, unit: str) -> bool:
    """Whether a cell lies above and below the limits given."""
    if above is not None and not cell.value > read_amount(above, unit):
        return False
    return below is None or cell.value < read_amount(below, unit)
