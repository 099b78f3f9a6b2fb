"""Change, growth, average growth and year on year: two years of the same thing."""

from __future__ import annotations

from data.text import Text
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.cells import Cell, level, moved
from tools.figures.plan import Plan
from tools.figures.words import article, genitive
from tools.figures.work import Line, Work, listed, shared_subject, varying
from tools.result import Draft, Result

_MOST = 10


def change(plan: Plan) -> Result:
    """How the figures moved between two years; each move is a fact, its two ends beside it."""
    slices = plan.slices()
    years_of.settle(plan, slices)
    pairs, whole = spans_of(plan)
    found = [cell for s in slices for a, b in pairs if (cell := moved(plan, s, a, b))]
    if not found:
        raise years_of.nothing(plan, slices, pairs[-1])
    work = Work(plan, Draft(shared_subject(Work(plan, Draft(plan.naming.name())), found)))
    if len(found) == 1:
        _one(work, found[0])
        if plan.movement == "change":
            _percent_too(work, found[0])
    else:
        _several(work, found[:_MOST])
        if plan.movement == "change" and not plan.share:
            _percents_too(work, found[:_MOST])
    if whole:
        first, last = pairs[0]
        work.draft.lead(
            f"未指定时段，取数据的全部年份{first}—{last}年。",
            f"No span was named: all years of the data, {first}-{last}.",
        )
    work.defaults(None)
    return work.done()


def spans_of(plan: Plan) -> tuple[list[tuple[int, int]], bool]:
    """The pairs of years to compare, and whether the whole coverage was taken because none was named.

    Raises NotAvailable where an end has no data, BadRequest where a span has only one year.
    """
    slices, arguments = plan.slices(), plan.arguments
    named = sorted(arguments.years)
    ends = arguments.from_year is not None or arguments.to_year is not None
    if plan.movement == "yoy" or (plan.movement == "growth" and len(named) == 1 and not ends):
        years, _ = years_of.single(plan, slices)
        held = years_of.held(plan, slices)
        gone = [y for y in years if y - 1 not in held]
        if gone and len(gone) == len(years):
            raise years_of.nothing(plan, slices, [y - 1 for y in gone])
        return [(y - 1, y) for y in years if y - 1 in held], False
    if len(named) == 1 and not ends:
        first = years_of.held(plan, slices)
        if not first or named[0] >= first[-1]:
            raise gaps.ask_for("one_year", "请给出起止两个年份。", "Give the first and the last year.")
        plan.arguments = arguments.model_copy(update={"years": (named[0], first[-1])})
    first_year, last_year, whole = years_of.span(plan, slices, cut=arguments.period is not None)
    if first_year == last_year:
        raise gaps.ask_for("one_year", "起止年份相同，请给出两个年份。", "The two years are the same; give two years.")
    return [(first_year, last_year)], whole


def _verb(cell: Cell) -> tuple[str, str, str, str]:
    """Words of direction: (Chinese verb, Chinese "to", English verb, English tail)."""
    rises = cell.value >= (1 if cell.kind == "times" else 0)
    if cell.kind == "yoy":
        return ("同比增长" if rises else "同比下降", "增至" if rises else "降至", "rose" if rises else "fell", "")
    if cell.kind == "change":
        return ("增加" if rises else "减少", "增至" if rises else "降至", "rose" if rises else "fell", "")
    if cell.kind == "cagr":
        verb = "grew on average" if rises else "fell on average"
        return ("年均增长" if rises else "年均下降", "增至" if rises else "降至", verb, " a year")
    return ("增长" if rises else "下降", "增至" if rises else "降至", "rose" if rises else "fell", "")


def _one(work: Work, cell: Cell) -> None:
    plan, (first, last) = work.plan, (cell.first, cell.last)
    assert first is not None and last is not None
    start, end = level(plan, cell.slice, first), level(plan, cell.slice, last)
    assert start is not None and end is not None
    line = Line()
    move = line(work.fact(cell), ":abs")
    a, b = line(work.fact(start)), line(work.fact(end))
    zh_verb, zh_to, en_verb, _ = _verb(cell)
    subject = plan.naming.subject(cell.slice, start.kind, None, cell.where)
    said = work.said()
    if cell.kind == "times":
        zh = f"{cell.where.zh}{last}年{_bare(work, cell).zh}为{first}年的{move}，由{a}{zh_to}{b}，{said.zh}。"
        en = f"{subject.en} in {last} came to {move} the figure of {first}, from {a} in {first} to {b} in {last} ({said.en})."
    elif cell.kind == "yoy":
        zh = f"{cell.where.zh}{last}年{_bare(work, cell).zh}{zh_verb}{move}，由{first}年的{a}{zh_to}{b}，{said.zh}。"
        en = f"{subject.en} {en_verb} by {move} in {last} on the year before, from {a} in {first} to {b} in {last} ({said.en})."
    else:
        zh = f"{cell.where.zh}{first}—{last}年{_bare(work, cell).zh}{zh_verb}{move}，由{a}{zh_to}{b}，{said.zh}。"
        en = f"{subject.en} {en_verb} by {move} over {first}-{last}, from {a} in {first} to {b} in {last} ({said.en})."
    work.say(line, zh, en)


def _bare(work: Work, cell: Cell) -> Text:
    return work.plan.naming.thing(cell.slice, "share" if work.plan.share else "level")


def _percent_too(work: Work, cell: Cell) -> None:
    """Beside an absolute change its percentage."""
    plan = work.plan
    if plan.share or cell.first is None or cell.last is None:
        return
    plan.movement = "growth"
    growth = moved(plan, cell.slice, cell.first, cell.last)
    plan.movement = "change"
    if growth is None:
        return
    line = Line()
    hole = line(work.fact(growth), ":abs")
    zh_verb, _, en_verb, _ = _verb(growth)
    where = cell.slice.place
    owner = genitive(article(where)) if where else "The"
    work.say(
        line,
        f"相当于{cell.where.zh}{cell.first}—{cell.last}年{zh_verb}{hole}。",
        f"{owner} figure thus {en_verb} by {hole} from {cell.first} to {cell.last}.",
    )


def _percents_too(work: Work, found: list[Cell]) -> None:
    """Beside several absolute changes their percentages."""
    plan = work.plan
    plan.movement = "growth"
    grown = [moved(plan, c.slice, c.first, c.last) for c in found if c.first is not None and c.last is not None]
    plan.movement = "change"
    rates = [c for c in grown if c is not None]
    if len(rates) < len(found):
        return
    line = Line()
    items = listed(work, rates, line, varying(rates))
    work.say(line, f"按百分比计：{items.zh}。", f"In percent: {items.en}.")


def _several(work: Work, found: list[Cell]) -> None:
    subject = shared_subject(work, found)
    line = Line()
    items = listed(work, found, line, varying(found))
    said = work.said(found)
    work.say(line, f"{subject.zh}：{items.zh}，{said.zh}。", f"{subject.en}: {items.en} ({said.en}).")
