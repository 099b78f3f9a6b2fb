"""Where items stand: the position of one among all, and those above or below a value."""

from __future__ import annotations

from data.classification import Place
from data.text import Text
from tools.figures import gaps
from tools.figures.amounts import read_amount
from tools.figures.apart import say_first
from tools.figures.arguments import FiguresArguments
from tools.figures.plan import Plan
from tools.figures.rank import head_of, over_of, ranked_by, say_missing, span_of, still, title_of
from tools.figures.ranking import Ranking, passes, rankings
from tools.figures.work import IN_PROSE, Line, Work, listed, ranked_table
from tools.result import Basis, Draft, Result
from tools.units import show


def position(plan: Plan) -> Result:
    """The rank of each place named among all provinces (or those that ``among`` picks)."""
    named = [p for p in plan.places if p is not None and p.kind == "province"]
    if not named:
        raise gaps.ask_for("no_place", "请给出一个省份来看它的位次。", "Name a province whose position is asked for.")
    plan.rank_all = len(plan.members()) == len(named)
    found, latest = rankings(plan)
    work = Work(plan, Draft(title_of(plan, found[0])))
    for ranking in found:
        for place in named:
            _say_position(work, ranking, place)
    say_missing(work, found[0])
    work.defaults(found[0].last if latest else None)
    return work.done()


def _say_position(work: Work, ranking: Ranking, place: Place) -> None:
    plan = work.plan
    cell = next((c for c in ranking.cells if c.slice.place == place), None)
    if cell is None:
        raise gaps.no_place(plan.measure, place)
    head = head_of(plan, ranking)
    shared = {"region": place.name.en, "year": cell.last, "account": plan.measure.account, "source": cell.source}
    sector = cell.slice.sector.name.en if cell.slice.sector else None
    order = Text("由高到低", "highest first") if plan.arguments.order == "desc" else Text("由低到高", "lowest first")
    rank_fact = work.draft.fact(
        Text(f"{place.name.zh}{head.zh}位次（{order.zh}）", f"{place.name.en}: rank by {head.en} ({order.en})"),
        ranking.rank(cell), "rank", basis=Basis.DERIVED, sector=sector, **shared,
    )  # fmt: skip
    count = work.draft.fact(
        Text(f"{head.zh}有数据的省份数", f"{head.en}: provinces with data"),
        len(ranking.cells), "count", year=cell.last, basis=Basis.DERIVED, source=cell.source,
    )  # fmt: skip
    line = Line()
    a, b, c = line(rank_fact), line(work.fact(cell)), line(count)
    said = work.said([cell])
    work.say(
        line,
        f"{place.name.zh}{head.zh}居第{a}位（{order.zh}，共{c}个省份），为{b}，{said.zh}。",
        f"{place.name.en} ranks {a} by {head.en} ({order.en}, of {c} provinces), with {b} ({said.en}).",
    )
    if plan.arguments.to_first:
        say_first(work, ranking, cell)


def threshold(plan: Plan) -> Result:
    """How many and which items are above or below a value."""
    found, latest = rankings(plan)
    ranking = found[0]
    arguments, some = plan.arguments, ranking.cells[0]
    passing = [c for c in ranking.cells if passes(c, arguments.above, arguments.below, some.unit)]
    over = over_of(plan)
    condition = _condition(plan, ranking, some.unit)
    work = Work(plan, Draft(Text(f"{condition.zh}的{over.zh}", f"{condition.en}: {over.en}")))
    count = work.draft.fact(
        Text(f"满足所问条件的{over.zh}数", f"number of {over.en} that meet the condition asked for"),
        len(passing), "count", year=some.last if some.first is None else None, account=plan.measure.account,
        basis=Basis.DERIVED, source=some.source,
    )  # fmt: skip
    line = Line()
    hole = line(count)
    dimensions = ranked_by(plan, some)
    said = work.said(passing or [some])
    alone = [p for p in plan.places if p is not None and p.kind != "group"]
    if plan.over == "places" and plan.asked_place and len(alone) == len(plan.places) == len(ranking.cells) == 1:
        return _yes_or_no(plan, ranking, bool(passing))
    limited = passing[: arguments.limit] if arguments.limit else passing
    zh, en = f"{condition.zh}的{over.zh}共{hole}个", f"{condition.en} in {hole} of the {over.en}"
    if 0 < len(limited) <= IN_PROSE:
        items = listed(work, limited, line, dimensions)
        zh, en = f"{zh}：{items.zh}", f"{en}: {items.en}"
    work.say(line, f"{zh}；{said.zh}。", f"{en} ({said.en}).")
    if len(limited) > IN_PROSE:
        table = ranked_table(work, limited, work.draft.title, ranks=True, dimensions=dimensions)
        work.draft.section(Text("名单", "List"), tables=(table,))
    say_missing(work, ranking)
    work.defaults(ranking.last if latest else None)
    return work.done()


def _yes_or_no(plan: Plan, ranking: Ranking, passes_it: bool) -> Result:
    """Whether the one place named meets the condition: its figure, and that it does or does not."""
    cell = ranking.cells[0]
    subject = plan.naming.subject(cell.slice, cell.kind, span_of(cell), cell.where)
    work, line = Work(plan, Draft(subject)), Line()
    hole = line(work.fact(cell))
    given, said = limits(plan.arguments, cell.unit), work.said([cell])
    zh, en = ("", "") if passes_it else ("并不", "not ")
    work.say(
        line,
        f"{subject.zh}为{hole}，{zh}{given.zh}；{said.zh}。",
        f"{subject.en} came to {hole}, {en}{given.en} ({said.en}).",
    )
    return work.done()


def _condition(plan: Plan, ranking: Ranking, unit: str) -> Text:
    """What must hold: 2019年二氧化碳排放高于您给出的5亿吨 / CO2 emissions in 2019 above the 500 Mt CO2 you gave."""
    arguments = plan.arguments
    if plan.movement and not plan.share:
        head = still(plan, ranking)
        if arguments.below is not None and arguments.above is None and read_amount(arguments.below, unit) == 0:
            return Text(f"{head.zh}下降", f"{head.en} fell")
        if arguments.above is not None and arguments.below is None and read_amount(arguments.above, unit) == 0:
            return Text(f"{head.zh}上升", f"{head.en} rose")
    head, given = head_of(plan, ranking), limits(arguments, unit)
    return Text(f"{head.zh}{given.zh}", f"{head.en} {given.en}")


def limits(arguments: FiguresArguments, unit: str) -> Text:
    """The threshold as given: 高于您给出的5亿吨 / above the 500 Mt CO2 you gave."""

    def shown(amount: float | str) -> Text:
        value = read_amount(amount, unit)
        zh, en = show(value, unit, "zh"), show(value, unit, "en")
        if isinstance(amount, str) and not amount.replace(".", "").isdigit():
            return Text(zh, amount) if amount.isascii() else Text(amount, en)
        return Text(zh, en)

    parts = []
    if arguments.above is not None:
        given = shown(arguments.above)
        parts.append(Text(f"高于您给出的{given.zh}", f"above the {given.en} you gave"))
    if arguments.below is not None:
        given = shown(arguments.below)
        parts.append(Text(f"低于您给出的{given.zh}", f"below the {given.en} you gave"))
    return Text("且".join(p.zh for p in parts), " and ".join(p.en for p in parts))
