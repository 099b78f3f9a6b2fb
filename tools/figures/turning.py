"""Turning points over the years: highest and lowest, crossings of a value, years of fall and rise, who has peaked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from data.text import Text, joined
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.cells import Cell, level, moved
from tools.figures.charts import lines
from tools.figures.plan import Plan
from tools.figures.ranking import passes
from tools.figures.standing import limits
from tools.figures.trend import draw, rows_of, title_of
from tools.figures.work import IN_PROSE, Line, Work, item_name, span_title, varying
from tools.result import Basis, Column, Draft, Ref, Result, Table

_UNKNOWN = Text(
    "数据止于{last}年，据此不能判断这是否就是最终的峰值。",
    "The data end in {last}, so they cannot tell whether that was the peak for good.",
)


def peak(plan: Plan) -> Result:
    """The year of the highest value (with order=asc of the lowest), the value and the change since, with the line."""
    if plan.arguments.over == "places" and (len(plan.members()) > 1 and not _single_places(plan)):
        return peaked(plan)
    rows, first, last = rows_of(plan)
    title = title_of(plan, [row[0] for row in rows], first, last)
    work = Work(plan, Draft(title))
    lowest = plan.arguments.order == "asc"
    for row in rows:
        _extreme(work, row, lowest)
    ends = {row[-1].last for row in rows if max(row, key=lambda c: c.value).last != row[-1].last}
    if not lowest and plan.measure.account and ends:
        words = _UNKNOWN.fill(last=str(last))
        work.draft.lead(words.zh, words.en)
    draw(work, rows, title)
    work.defaults(None)
    return work.done()


def _single_places(plan: Plan) -> bool:
    """Whether single provinces or China are named, each of which is looked at by itself."""
    return plan.asked_place and all(p is None or p.kind != "group" for p in plan.places)


def _extreme(work: Work, row: Sequence[Cell], lowest: bool) -> None:
    plan, end = work.plan, row[-1]
    cell = (min if lowest else max)(row, key=lambda c: c.value)
    line = Line()
    hole = line(work.fact(cell))
    said = work.said([cell])
    subject = plan.naming.subject(cell.slice, cell.kind, None, cell.where)
    plural = plan.naming.name().en.split(" (")[0].split(" per ")[0].endswith("s")
    zh = f"{subject.zh}{row[0].last}—{end.last}年间{'最低' if lowest else '最高'}的是{cell.last}年，为{hole}"
    en = f"{subject.en} {'were' if plural else 'was'} {'lowest' if lowest else 'highest'} in {cell.last}, at {hole}"
    assert cell.last is not None and end.last is not None
    if cell.last == end.last:
        zh, en = f"{zh}，是数据的最后一年", f"{en}, the last year of the data"
        if not lowest:
            work.draft.caveats.append(
                Text("最高值在数据的最后一年，不能据此判断已经达峰。",
                     "The highest value is the last year of the data, which does not show that a peak was passed.")
            )  # fmt: skip
    elif (since := _since(plan, cell, end.last)) is not None:
        at_end, move = line(work.fact(end)), line(work.fact(since), ":abs")
        fell = since.value < 0
        zh = f"{zh}；{end.last}年为{at_end}，较{cell.last}年{'下降' if fell else '上升'}{move}"
        en = f"{en}; in {end.last} {'they were' if plural else 'it was'} {at_end}, {'down' if fell else 'up'} {move} on {cell.last}"
    work.say(line, f"{zh}；{said.zh}。", f"{en} (within {row[0].last}-{end.last}; {said.en}).")


def _since(plan: Plan, cell: Cell, last: int) -> Cell | None:
    """The change from a cell's year to the last, in percent (of a share in percentage points)."""
    assert cell.last is not None
    before, plan.movement = plan.movement, "change" if plan.share else "growth"
    found = moved(plan, cell.slice, cell.last, last)
    plan.movement = before
    return found


def crossing(plan: Plan) -> Result:
    """The first year above (below) a value, with the year before, and whether it stayed there."""
    rows, first, last = rows_of(plan)
    title = title_of(plan, [row[0] for row in rows], first, last)
    work = Work(plan, Draft(title))
    for row in rows:
        _cross(work, row)
    if len(rows) > 1 or len(rows[0]) > 2:
        draw(work, rows, title)
    work.defaults(None)
    return work.done()


def _cross(work: Work, row: Sequence[Cell]) -> None:
    plan, arguments = work.plan, work.plan.arguments
    inside = [c for c in row if passes(c, arguments.above, arguments.below, c.unit)]
    condition = limits(arguments, row[0].unit)
    subject = plan.naming.subject(row[0].slice, row[0].kind, None, row[0].where)
    said = work.said([row[0]])
    line = Line()
    if not inside:
        _never(work, row, condition, said)
        return
    latest = arguments.which == "last"
    cell = inside[-1] if latest else inside[0]
    at = row.index(cell) + (1 if latest else -1)
    beside = row[at] if 0 <= at < len(row) else None
    hole = line(work.fact(cell))
    zh = f"{subject.zh}{cell.last}年为{hole}，{'最后一次' if latest else '首次'}{condition.zh}"
    en = f"{subject.en} {_were(plan)} {'last' if latest else 'first'} {condition.en} in {cell.last}, at {hole}"
    if beside is not None:
        other = line(work.fact(beside))
        zh, en = f"{zh}；{beside.last}年为{other}", f"{en}; in {beside.last}, {other}"
    work.say(line, f"{zh}；{said.zh}。", f"{en} ({said.en}).")
    if cell is row[0] and not latest:
        year = cell.last
        work.draft.lead(
            f"{year}年是数据的第一年，此前如何没有数据。",
            f"{year} is the first year of the data; what was before is not known.",
        )
    elif not latest:
        _afterwards(work, row, cell, inside)


def _never(work: Work, row: Sequence[Cell], condition: Text, said: Text) -> None:
    """No year meets the condition: the year that comes nearest."""
    plan, up, line = work.plan, work.plan.arguments.above is not None, Line()
    extreme = (max if up else min)(row, key=lambda c: c.value)
    hole = line(work.fact(extreme))
    subject = plan.naming.subject(row[0].slice, row[0].kind, None, row[0].where)
    zh_word, en_word = ("最高", "highest") if up else ("最低", "lowest")
    first, last = row[0].last, row[-1].last
    work.say(
        line,
        f"{subject.zh}在{first}—{last}年间没有一年{condition.zh}：{zh_word}的{extreme.last}年为{hole}；{said.zh}。",
        f"{subject.en} {_were(plan)} never {condition.en} within {first}-{last}: the {en_word}, in {extreme.last}, was"
        f" {hole} ({said.en}).",
    )


def _were(plan: Plan) -> str:
    return "were" if plan.naming.name().en.split(" (")[0].split(" per ")[0].endswith("s") else "was"


def _afterwards(work: Work, row: Sequence[Cell], cell: Cell, inside: Sequence[Cell]) -> None:
    """Which later years did not hold the condition again."""
    back = [c.last for c in row if (c.last or 0) > (cell.last or 0) and c not in inside and c.last is not None]
    if not back:
        if cell is not row[-1]:
            work.draft.lead(f"此后到{row[-1].last}年各年都是如此。", f"So it stayed in every year to {row[-1].last}.")
        return
    years = gaps.spans(back)
    work.draft.lead(f"此后{years.zh}年又不再如此。", f"It was not so again in {years.en}.")


def direction(plan: Plan) -> Result:
    """The years in which the figure fell (operation falls) or rose on the year before, with by how much."""
    rows, first, last = rows_of(plan)
    title = title_of(plan, [row[0] for row in rows], first, last)
    work = Work(plan, Draft(title))
    falls = plan.operation == "falls"
    for row in rows:
        _direction(work, row, falls)
    draw(work, rows, title)
    work.defaults(None)
    return work.done()


def _direction(work: Work, row: Sequence[Cell], falls: bool) -> None:
    plan = work.plan
    before, plan.movement = plan.movement, "change" if plan.share else "yoy"
    pairs = [(a.last, b.last) for a, b in pairwise(row) if a.last is not None and b.last == a.last + 1]
    moves = [m for a, b in pairs if (m := moved(plan, row[0].slice, a, b))]
    plan.movement = before
    found = [m for m in moves if (m.value < 0 if falls else m.value > 0)]
    subject = plan.naming.subject(row[0].slice, row[0].kind, None, row[0].where)
    said = work.said([row[0]])
    zh_word, en_word = ("下降", "fell") if falls else ("上升", "rose")
    span_zh, span_en = f"{row[0].last}—{row[-1].last}年", f"{row[0].last}-{row[-1].last}"
    line = Line()
    count = line(
        work.draft.fact(
            Text(f"{subject.zh}{span_zh}间较上年{zh_word}的年数", f"{subject.en}, {span_en}: years in which it {en_word}"),
            len(found), "count", account=plan.measure.account, basis=Basis.DERIVED, source=row[0].source,
            region=row[0].slice.place.name.en if row[0].slice.place else None,
        )
    )  # fmt: skip
    zh = f"{subject.zh}在{span_zh}间有{count}年较上年{zh_word}"
    en = f"{subject.en} {en_word} on the year before in {count} of the years {span_en}"
    if 0 < len(found) <= IN_PROSE:
        items = [(m.last, line(work.fact(m), ":abs")) for m in found]
        zh += "：" + "、".join(f"{year}年{zh_word}{hole}" for year, hole in items)
        en += ": " + ", ".join(f"{year} ({'down' if falls else 'up'} {hole})" for year, hole in items)
    elif found:
        years = gaps.spans(m.last for m in found if m.last is not None)
        zh, en = f"{zh}：{years.zh}年", f"{en}: {years.en}"
    work.say(line, f"{zh}；{said.zh}。", f"{en} ({said.en}).")


def peaked(plan: Plan) -> Result:
    """Of several provinces, those whose highest year lies before the last year of the data."""
    slices = plan.candidates()
    years_of.settle(plan, slices)
    rows = []
    for s in slices:
        row = [c for y in sorted(plan.series([s])[0].values) if (c := level(plan, s, y))]
        if len(row) > 1:
            rows.append(row)
    if not rows:
        raise years_of.nothing(plan, slices, [0])
    last = max(row[-1].last or 0 for row in rows)
    tops = [(max(row, key=lambda c: c.value), row) for row in rows]
    early = sorted((t for t in tops if (t[0].last or 0) < last), key=lambda t: t[0].last or 0)
    title = span_title(plan, rows[0][0], Text(f"{rows[0][0].last}—{last}年", f"{rows[0][0].last}-{last}"))
    work = Work(plan, Draft(Text(f"{title.zh}最高的年份", f"Years of the highest {title.en}")))
    line = Line()
    shared = {"basis": Basis.DERIVED, "source": rows[0][0].source, "account": plan.measure.account}
    held = Text("有数据的省份数", "provinces with data")
    before = Text(f"最高值早于{last}年的省份数", f"provinces whose highest year is before {last}")
    of = line(work.draft.fact(held, len(rows), "count", **shared))
    few = line(work.draft.fact(before, len(early), "count", **shared))
    names = joined([Text(f"{c.where.zh}（{c.last}年）", f"{c.where.en} ({c.last})") for c, _ in early[:IN_PROSE]])
    more = ("等", " and others") if len(early) > IN_PROSE else ("", "")
    said = work.said([rows[0][0]])
    name = plan.naming.name()
    work.say(
        line,
        f"{of}个省份中，{few}个的{name.zh}最高值出现在{last}年以前：{names.zh}{more[0]}；{said.zh}。",
        f"Of {of} provinces, {few} had their highest {name.en} before {last}: {names.en}{more[1]} ({said.en}).",
    )
    words = _UNKNOWN.fill(last=str(last))
    work.draft.lead(words.zh.replace("这是否就是", "这些是否就是"), words.en)
    _peaks_table(work, early, last)
    lead_rows = [row for _, row in early[:8]]
    if lead_rows and plan.arguments.chart == "line":
        lines(work, lead_rows, work.draft.title)
    return work.done()


def _peaks_table(work: Work, tops: Sequence[tuple[Cell, Sequence[Cell]]], last: int) -> None:
    """Province, year of the highest, the highest, the last year, the change between them in percent."""
    if not tops:
        return
    unit = tops[0][0].unit
    columns = (
        Column(name=Text("省份", "Province")), Column(name=Text("最高的年份", "Year of the highest")),
        Column(name=Text("最高值", "Highest"), unit=unit), Column(name=Text(f"{last}年", str(last)), unit=unit),
        Column(name=Text("此后变化", "Change since"), unit="%"),
    )  # fmt: skip
    differ = varying([c for c, _ in tops]) or ("place",)
    body = []
    for cell, row in tops:
        since = _since(work.plan, cell, row[-1].last or 0)
        name = item_name(cell, tuple(d for d in differ if d != "year") or ("place",))
        body.append(
            (name, cell.last, Ref(fact=work.fact(cell)), Ref(fact=work.fact(row[-1])),
             Ref(fact=work.fact(since)) if since else None)
        )  # fmt: skip
    table = work.draft.table(Table(title=work.draft.title, columns=columns, rows=tuple(body)))
    work.draft.section(Text("各省最高的年份", "Highest years by province"), tables=(table,))
