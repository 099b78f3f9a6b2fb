"""Rankings: items in order, the position of one among all, those above or below a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.classification import Place
from data.text import Text, joined
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.amounts import read_amount
from tools.figures.arguments import FiguresArguments, Selection
from tools.figures.cells import Cell, level, moved, total, whole_of
from tools.figures.change import spans_of
from tools.figures.charts import bars, tiles, treemap
from tools.figures.plan import Plan, make_plan
from tools.figures.series import Slice
from tools.figures.words import when
from tools.figures.work import Line, Work, item_name, ranked_table
from tools.result import Draft, Result

IN_PROSE = 10  # ranked items named in a sentence; more go to a table
WITH_SHARES = 5  # sectors named with their shares
MOST_YEARS = 4
_OVER = {
    "places": Text("省份", "provinces"), "sectors": Text("行业", "sectors"), "fuels": Text("燃料", "fuels"),
    "parts": Text("分项", "parts"), "years": Text("年份", "years"),
}  # fmt: skip


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
        first, last, _ = years_of.span(plan, slices, cut=False)
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
    return slices


def select(selection: Selection, plan: Plan) -> list[Place]:
    """The provinces another figure picks out; their names and that figure's measure are noted."""
    arguments = plan.arguments
    years = (selection.year,) if selection.year else arguments.years[-1:]
    if not years and (end := arguments.to_year):
        years = (end,)
    inner = make_plan(
        FiguresArguments(
            measure=selection.measure, per=selection.per, sectors=selection.sectors, fuels=selection.fuels,
            parts=selection.parts, years=years, operation="rank", order=selection.order,
        ),
        plan.warehouse,
    )  # fmt: skip
    ranking = rankings(inner)[0][0]
    cells = [c for c in ranking.cells if passes(c, selection.above, selection.below, inner.unit)]
    if selection.limit is not None or (selection.above is None and selection.below is None):
        cells = cells[: selection.limit or WITH_SHARES]
    if not cells:
        raise gaps.ask_for(
            "empty_selection", "没有省份满足所给的筛选条件，请放宽条件。", "No province meets the selection; widen it."
        )
    places = [c.slice.place for c in cells if c.slice.place]
    names, name, year = joined([p.name for p in places]), inner.naming.name(), ranking.last
    plan.notes.append(
        Text(f"筛选范围：{year}年{name.zh}所选出的{names.zh}。", f"Chosen by {name.en} in {year}: {names.en}.")
    )
    return places


def passes(cell: Cell, above: float | str | None, below: float | str | None, unit: str) -> bool:
    """Whether a cell lies above and below the limits given."""
    if above is not None and not cell.value > read_amount(above, unit):
        return False
    return below is None or cell.value < read_amount(below, unit)


def rank(plan: Plan) -> Result:
    """Items in order: up to ten in the sentence, all of them in a table where more are asked for."""
    found, latest = rankings(plan)
    work = Work(plan, Draft(title_of(plan, found[0])))
    for ranking in found:
        _say_ranking(work, ranking)
    say_missing(work, found[0])
    work.defaults(found[0].last if latest else None)
    _charts(work, found[0])
    return work.done()


def head_of(plan: Plan, ranking: Ranking) -> Text:
    """What is ranked, with its year: 2017年二氧化碳排放 / CO2 emissions in 2017."""
    if not ranking.cells:
        return plan.naming.name()
    cell = ranking.cells[0]
    years = None if plan.over == "years" else when(cell.first, cell.last)
    if plan.over == "places" or cell.slice.place is None:
        base = replace(cell.slice, part=None) if cell.slice.place is None else cell.slice
        thing = plan.naming.thing(base, cell.kind)
        preposition = "over" if years and "-" in years.en else "in"
        return Text(
            f"{years.zh if years else ''}{thing.zh}", f"{thing.en}{f' {preposition} {years.en}' if years else ''}"
        )
    dropped = {"sectors": {"sector": None}, "fuels": {"fuel": None}, "parts": {"part": None}}.get(plan.over, {})
    kind = "level" if cell.kind == "share" else cell.kind
    return plan.naming.subject(replace(cell.slice, **dropped), kind, years, cell.where)


def title_of(plan: Plan, ranking: Ranking) -> Text:
    """The title of a ranking."""
    head, over = head_of(plan, ranking), over_of(plan)
    return Text(f"{head.zh}：{over.zh}排名", f"{head.en}: ranking of {over.en}")


def over_of(plan: Plan) -> Text:
    """What is ranked: provinces, sectors, years, or what the measure calls its parts."""
    if plan.over == "parts" and plan.measure.parts_name:
        name = plan.measure.parts_name
        first, of, rest = name.en.partition(" of ")
        plural = f"{first[:-1]}ies" if first.endswith("y") else f"{first}s"
        return Text(name.zh, f"{plural}{of}{rest}")
    return _OVER[plan.over]


def _say_ranking(work: Work, ranking: Ranking) -> None:
    plan, cells = work.plan, ranking.cells
    limit = plan.arguments.limit or _default_limit(plan, cells)
    shown = cells[:limit]
    head, over = head_of(plan, ranking), over_of(plan)
    highest = plan.arguments.order == "desc"
    zh_word, en_word = ("最高", "highest") if highest else ("最低", "lowest")
    dimensions = {"places": ("place",), "sectors": ("sector",), "fuels": ("fuel",), "years": ("year",)}.get(
        plan.over, ("part",) if cells[0].slice.place else ("place",)
    )
    line = Line()
    in_prose = shown if len(shown) <= IN_PROSE else shown[:3]
    said_of = work.said(in_prose)
    with_shares = _shares(plan, in_prose) if plan.over in ("sectors", "fuels", "parts") else {}
    parts = []
    for cell in in_prose:
        hole = line(work.fact(cell))
        name = item_name(cell, dimensions, inside=True)
        share = with_shares.get(cell)
        zh_share = en_share = ""
        if share is not None:
            mark = line(work.fact(share))
            zh_share, en_share = f"（占{mark}）", f" ({mark})"
        parts.append(Text(f"{name.zh}{hole}{zh_share}", f"{name.en} {hole}{en_share}"))
    items = joined(parts)
    if len(shown) == 1:
        line = Line()
        hole, name = line(work.fact(shown[0])), item_name(shown[0], dimensions, inside=True)
        zh, en = (
            f"{head.zh}{zh_word}的{over.zh}是{name.zh}，为{hole}",
            f"{head.en} were {en_word} in {name.en}, at {hole}",
        )
        if plan.over != "years":
            en = f"of all {over.en}, {name.en} had the {en_word} {_owned(plan, head)}, {hole}"
        if shown[0] in with_shares and (whole := _whole_cell(plan, shown[0])):
            mark, all_of = line(work.fact(with_shares[shown[0]])), line(work.fact(whole))
            zh, en = f"{zh}，占总量{all_of}的{mark}", f"{en}, {mark} of {all_of}"
        zh, en = f"{zh}；{said_of.zh}。", f"{en} ({said_of.en})."
    elif len(shown) <= IN_PROSE:
        bottom = "top" if highest else "bottom"
        first = "highest" if highest else "lowest"
        zh = f"{head.zh}{zh_word}的前{len(shown)}位{over.zh}依次为：{items.zh}；{said_of.zh}。"
        en = f"{head.en}, {bottom} {len(shown)} {over.en}, {first} first: {items.en} ({said_of.en})."
    else:
        last = shown[-1]
        low, name = line(work.fact(last)), item_name(last, dimensions, inside=True)
        end_zh, end_en = ("最低", "lowest") if highest else ("最高", "highest")
        if len(shown) < len(cells):
            end_zh, end_en = f"第{len(shown)}位", f"number {len(shown)}"
        zh = f"{head.zh}{zh_word}的是{items.zh}，{end_zh}的是{name.zh}{low}；{said_of.zh}。"
        en = f"{head.en}: {en_word} are {items.en}; {end_en} is {name.en} {low} ({said_of.en})."
    work.say(line, zh, en)
    if with_shares and len(shown) > 1:
        _whole(work, shown[0])
    if len(shown) > IN_PROSE:
        table = ranked_table(work, shown, title_of(plan, ranking), ranks=True, dimensions=dimensions)
        work.draft.section(Text("排名", "Ranking"), tables=(table,))


def _default_limit(plan: Plan, cells: Sequence[Cell]) -> int:
    if plan.over == "places":
        return len(cells)
    return min(len(cells), WITH_SHARES)


def _shares(plan: Plan, cells: Sequence[Cell]) -> dict[Cell, Cell]:
    """The share of each item in the whole, for a composition of absolute figures of one year."""
    if plan.share or plan.ratio or plan.movement or len(cells) > WITH_SHARES or cells[0].kind != "level":
        return {}
    if not (plan.measure.placed or plan.measure.total_part):
        return {}
    plan.share = True
    out = {c: s for c in cells if (s := level(plan, c.slice, c.last or 0))}
    plan.share = False
    return out


def _whole(work: Work, cell: Cell) -> None:
    plan = work.plan
    whole = _whole_cell(plan, cell)
    if whole is None:
        return
    line = Line()
    hole = line(work.fact(whole))
    thing = plan.naming.thing(whole.slice, "level")
    work.say(line, f"{whole.where.zh}{thing.zh}合计{hole}。", f"{thing.en} of {whole.where.en} came to {hole} in all.")


def _whole_cell(plan: Plan, cell: Cell) -> Cell | None:
    return level(plan, whole_of(plan, cell.slice), cell.last or 0)


def _owned(plan: Plan, head: Text) -> str:
    """ "of Jiangsu's CO2 emissions in 2012" reads as "of" after a superlative only where a place owns it."""
    return f"of {head.en}" if plan.over != "places" else head.en


def say_missing(work: Work, ranking: Ranking) -> None:
    """Names the provinces that have no such data and so no rank."""
    gone = [s.place for s in ranking.missing if s.place is not None]
    if work.plan.over != "places" or not gone:
        return
    names = joined([p.name for p in gone[:6]])
    more = Text("等", " and others") if len(gone) > 6 else None
    zh = f"{names.zh}{more.zh if more else ''}没有此项数据，未参与排名。"
    en = f"No such data for {names.en}{more.en if more else ''}, which {'is' if len(gone) == 1 else 'are'} not ranked."
    work.draft.caveats.append(Text(zh, en))


def _charts(work: Work, ranking: Ranking) -> None:
    plan, cells = work.plan, ranking.cells
    wish = plan.arguments.chart
    title = head_of(plan, ranking)
    limit = plan.arguments.limit or _default_limit(plan, cells)
    if wish == "none":
        return
    if wish == "tilemap" and plan.over == "places":
        tiles(work, cells, title)
    elif wish == "treemap" or (
        wish == "auto" and plan.over == "sectors" and not (plan.ratio or plan.share or plan.movement)
    ):
        root = cells[0].where if plan.over != "places" else Text("合计", "Total")
        treemap(work, cells, root, title)
    elif wish == "bar" or len(cells[:limit]) >= WITH_SHARES:
        bars(work, cells[:limit], title)


def _mix(plan: Plan) -> bool:
    """Whether the items are parts of one whole that a treemap can show."""
    return plan.over in ("sectors", "fuels") and not (plan.ratio or plan.share or plan.movement)
