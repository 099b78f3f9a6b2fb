"""Sums over places, sectors, fuels, parts or years, and means; what overlaps is never added."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import GROUPS, NATION, Fuel, Place, Sector
from data.errors import Incomparable
from data.text import Text, joined
from tools.figures import gaps
from tools.figures import years as years_of
from tools.figures.cells import Cell, level, total
from tools.figures.plan import Plan
from tools.figures.series import Slice
from tools.figures.show import beside_nation
from tools.figures.words import lowered, when
from tools.figures.work import Line, Work, listed, varying
from tools.measures import Part
from tools.result import Basis, Draft, Result, weakest

_COMPONENTS = 6


def sum_up(plan: Plan) -> Result:
    """The sum of everything named, with its components where they are few. Raises Incomparable on overlaps."""
    years = _years(plan)
    whole = Slice(_place(plan), _sector(plan), _fuel(plan), _part(plan))
    if plan.ratio and len(years) > 1:
        raise gaps.ask_for(
            "ratio_sum",
            "比值不能按年份相加；可以改问这些年份的平均值。",
            "Ratios are not added over years; ask for their average instead.",
        )
    if len(years) > 1 and not plan.measure.flow:
        raise gaps.ask_for(
            "stock_sum",
            f"“{plan.measure.name.zh}”是时点数，不能按年份相加；可以问某一年或变化。",
            f"{plan.measure.name.en[:1].upper()}{plan.measure.name.en[1:]} is a stock and is not added over years; ask for one year or a change.",
        )
    cell = total(plan, whole, years) if len(years) > 1 else level(plan, whole, years[0])
    if cell is None:
        raise years_of.nothing(plan, [whole], years)
    work = Work(plan, Draft(plan.naming.subject(whole, cell.kind, when(cell.first, cell.last), cell.where)))
    line = Line()
    hole = line(work.fact(cell))
    subject, said = work.draft.title, work.said()
    word = "" if cell.kind == "sum" else "合计"
    work.say(line, f"{subject.zh}{word}为{hole}，{said.zh}。", f"{subject.en} came to {hole} in all ({said.en}).")
    _components(work, years)
    if len(years) == 1:
        beside_nation(work, cell)
    latest = years[0] if len(years) == 1 and not plan.arguments.years and plan.arguments.to_year is None else None
    work.defaults(latest if plan.measure.dated else None)
    return work.done()


def _years(plan: Plan) -> list[int]:
    slices = plan.slices()
    years_of.settle(plan, slices)
    if plan.arguments.from_year is not None or plan.arguments.to_year is not None:
        first, last, _ = years_of.span(plan, slices, cut=plan.arguments.period is not None)
        return [y for y in years_of.held(plan, slices) if first <= y <= last]
    years, _ = years_of.single(plan, slices)
    return years


def _components(work: Work, years: Sequence[int]) -> None:
    plan = work.plan
    slices = plan.slices()
    if len(slices) < 2 or len(slices) > _COMPONENTS or len(years) > 1:
        return
    cells = [cell for s in slices if (cell := level(plan, s, years[0]))]
    line = Line()
    items = listed(work, cells, line, varying(cells))
    work.say(line, f"其中：{items.zh}。", f"Of which {items.en}.")


def mean(plan: Plan) -> Result:
    """The mean over the years of one slice, or over several slices of one year."""
    years = _years(plan)
    slices = plan.slices()
    cells = [cell for s in slices for y in years if (cell := level(plan, s, y))]
    if len(cells) < 2:
        raise gaps.ask_for("one_value", "求平均至少需要两个数值。", "A mean needs at least two values.")
    over_years = len(slices) == 1
    first = cells[0]
    cell = Cell(
        slice=first.slice if over_years else Slice(_place(plan), _sector(plan), _fuel(plan), _part(plan)),
        kind="mean", first=min(years) if len(years) > 1 else None, last=max(years) if plan.measure.dated else None,
        value=sum(c.value for c in cells) / len(cells), unit=first.unit,
        basis=weakest(Basis.DERIVED, *(c.basis for c in cells)), source=first.source,
        where=first.where if over_years else plan.naming.where(Slice(_place(plan))),
        unverified=any(c.unverified for c in cells),
    )  # fmt: skip
    work = Work(plan, Draft(plan.naming.subject(cell.slice, "mean", when(cell.first, cell.last), cell.where)))
    line = Line()
    hole = line(work.fact(cell))
    which = Text("各年", "the years") if over_years else Text("各项", "the items")
    subject, said = work.draft.title, work.said()
    work.say(
        line,
        f"{subject.zh}为{hole}，为{which.zh}数值的简单平均，{said.zh}。",
        f"{subject.en} came to {hole}, the simple mean of {which.en} ({said.en}).",
    )
    return work.done()


def _overlap(a: Text, b: Text) -> Incomparable:
    return Incomparable(
        "overlap",
        Text(
            f"“{a.zh}”与“{b.zh}”有重叠，相加会重复计算；请只保留其中之一。",
            f"'{a.en}' and '{b.en}' overlap, adding them would count twice; keep only one of them.",
        ),
    )


def _place(plan: Plan) -> Place | None:
    """One place that is the sum of those named. Raises Incomparable where they overlap."""
    gone = {c for p in plan.arguments.exclude for c in (p.members or (p.code,))}
    places = [p for p in plan.places if p is not None]
    if not places:
        return None
    if len(places) == 1 and not gone:
        return places[0]
    if NATION in places:
        other = next((p for p in places if p != NATION), None)
        raise _overlap(NATION.name, other.name if other else Text("排除的地区", "the excluded places"))
    codes: list[str] = []
    owner: dict[str, Place] = {}
    for p in places:
        for code in p.members or (p.code,):
            if code in owner:
                raise _overlap(owner[code].name, p.name)
            owner[code] = p
            if code not in gone:
                codes.append(code)
    for group in GROUPS:
        if set(group.members) == set(codes):
            return group
    names = [p.name for p in places]
    name = joined(names)
    if gone:
        out = joined([p.name for p in plan.arguments.exclude])
        name = Text(f"{name.zh}（不含{out.zh}）", f"{name.en} without {out.en}")
    return Place("+".join(codes), "group", Text(name.zh, name.en.replace(", ", " + ")), tuple(codes))


def _and(names: Sequence[Text]) -> Text:
    """Names of categories as one: 黑色金属…业与有色金属…业 / ferrous … and nonferrous …"""
    return Text("与".join(n.zh for n in names), " and ".join([names[0].en, *(lowered(n.en) for n in names[1:])]))


def _beside_whole(items: Sequence[Sector | None] | Sequence[Part | None]) -> None:
    """The whole (None) is not added to one of its parts."""
    named = [i for i in items if i is not None]
    if named and len(named) < len(items):
        raise _overlap(Text("合计", "the total"), named[0].name)


def _sector(plan: Plan) -> Sector | None:
    sectors = [s for s in plan.sectors if s is not None]
    _beside_whole(plan.sectors)
    if len(sectors) < 2:
        return plan.sectors[0]
    inventory: dict[int, Sector] = {}
    mrio: dict[int, Sector] = {}
    for s in sectors:
        for numbers, owner in ((s.inventory, inventory), (s.mrio, mrio)):
            for number in numbers:
                if number in owner and plan.measure.sectors == ("inventory" if owner is inventory else "mrio"):
                    raise _overlap(owner[number].name, s.name)
                owner[number] = s
    name = _and([s.name for s in sectors])
    return Sector("+".join(s.key for s in sectors), name, "group", tuple(inventory), tuple(mrio))


def _fuel(plan: Plan) -> Fuel | None:
    fuels = [f for f in plan.fuels if f is not None]
    if len(fuels) < 2:
        return plan.fuels[0]
    columns: dict[str, Fuel] = {}
    for f in fuels:
        for column in f.columns:
            if column in columns:
                raise _overlap(columns[column].name, f.name)
            columns[column] = f
    return Fuel("+".join(f.key for f in fuels), _and([f.name for f in fuels]), tuple(columns))


def _part(plan: Plan) -> Part | None:
    parts = [p for p in plan.parts if p is not None]
    _beside_whole(plan.parts)
    if len(parts) < 2:
        return plan.parts[0]
    keys: dict[str, Part] = {}
    for p in parts:
        for key in p.members or (p.key,):
            other = keys.get(key) or next((o for o in keys.values() if key in o.overlaps or o.key in p.overlaps), None)
            if other is not None and other is not p:
                raise _overlap(other.name, p.name)
            keys[key] = p
    return Part(key="+".join(p.key for p in parts), name=_and([p.name for p in parts]), members=tuple(keys))
