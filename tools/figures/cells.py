"""One figure of a plan: its value by kind (level, share, sum, change, growth, …), its fact, its caveats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data.classification import NATION, Place
from data.text import Text
from tools.figures import gaps
from tools.figures.plan import Plan
from tools.figures.series import Series, Slice, Value
from tools.figures.words import Kind, when
from tools.measures import DENOMINATORS, MEASURES, Note
from tools.result import Basis, Draft, weakest


@dataclass(frozen=True, slots=True)
class Cell:
    """A computed figure before it is a fact. ``first`` is the start of a span, ``last`` its end or the only year."""

    slice: Slice
    kind: Kind
    first: int | None
    last: int | None
    value: float
    unit: str
    basis: Basis
    source: str
    where: Text
    unverified: bool = False
    summed: bool = False
    split_42: bool = False
    left_out: tuple[Place, ...] = ()


def whole_of(plan: Plan, s: Slice) -> Slice:
    """The slice a share is a share of: the same in another place, or the same place without its narrowest limit."""
    if plan.whole is not None:
        return replace(s, place=plan.whole)
    if s.fuel is not None:
        return replace(s, fuel=None)
    if s.part is not None:
        return replace(s, part=None)
    if s.sector is not None:
        return replace(s, sector=None)
    raise gaps.ask_for(
        "no_share",
        "请指明是什么的占比，例如某行业、某燃料或某省占全国。",
        "Say what the share is of: a sector, a fuel, or a province in China.",
    )


def level(plan: Plan, s: Slice, year: int) -> Cell | None:
    """The value (or share) of a slice in one year; None where there is none."""
    series = plan.series([s])[0]
    value = series.values.get(year)
    if value is None:
        return None
    if not plan.share:
        return _cell(plan, series, "level", None, year, value, plan.unit)
    whole = plan.series([whole_of(plan, s)])[0].values.get(year)
    if whole is None or not whole.value:
        return None
    share = Value(value.value / whole.value * 100, weakest(value.basis, whole.basis), value.unverified)
    return _cell(plan, series, "share", None, year, share, "%")


def moved(plan: Plan, s: Slice, first: int, last: int) -> Cell | None:
    """Change, growth or average growth of a slice between two years; None where either is missing."""
    start, end = level(plan, s, first), level(plan, s, last)
    if start is None or end is None or plan.movement is None:
        return None
    kind: Kind = plan.movement
    if kind == "change":
        number, unit = end.value - start.value, "pp" if plan.share else plan.unit
    elif start.value <= 0 or (kind == "cagr" and end.value <= 0):
        return None
    elif kind == "times":
        number, unit = end.value / start.value, "times"
    elif kind == "cagr":
        number, unit = ((end.value / start.value) ** (1 / (last - first)) - 1) * 100, "%/yr"
    else:
        number, unit = (end.value / start.value - 1) * 100, "%"
    value = Value(number, weakest(start.basis, end.basis), start.unverified or end.unverified)
    cell = _cell(plan, plan.series([s])[0], kind, first, last, value, unit)
    return replace(cell, summed=start.summed or end.summed)


def total(plan: Plan, s: Slice, years: Sequence[int]) -> Cell | None:
    """The sum of a slice over years; None where any is missing."""
    series = plan.series([s])[0]
    values = [series.values[y] for y in years if y in series.values]
    if len(values) < len(years) or not values:
        return None
    value = Value(sum(v.value for v in values), weakest(*(v.basis for v in values)), any(v.unverified for v in values))
    return _cell(plan, series, "sum", min(years), max(years), value, plan.unit)


def _cell(plan: Plan, series: Series, kind: Kind, first: int | None, last: int, value: Value, unit: str) -> Cell:
    summed = last in series.summed
    where = plan.naming.where(series.slice, series.left_out, series.own_area, summed)
    return Cell(
        slice=series.slice, kind=kind, first=first, last=last if plan.measure.dated else None, value=value.value,
        unit=unit, basis=value.basis, source=series.table, where=where, unverified=value.unverified, summed=summed,
        split_42=series.split_42, left_out=series.left_out,
    )  # fmt: skip


def add(plan: Plan, draft: Draft, cell: Cell) -> int:
    """The cell as a fact of the draft; returns its index."""
    when_text = when(cell.first, cell.last)
    yearly = cell.first is None or (cell.last is not None and cell.last - cell.first == 1 and cell.kind != "sum")
    sector = cell.slice.sector.name.en if cell.slice.sector else None
    if cell.kind == "yoy" and cell.last is not None:
        when_text = Text(f"{cell.last}年（较{cell.first}年）", f"{cell.last} (on {cell.first})")
    index = draft.fact(
        plan.naming.label(cell.slice, cell.kind, when_text, cell.where),
        cell.value,
        cell.unit,
        region=cell.slice.place.name.en if cell.slice.place else None,
        sector=sector,
        year=cell.last if yearly else None,
        account=plan.measure.account,
        basis=cell.basis,
        source=cell.source,
        reader_unit=plan.reader_unit,
    )
    for other in sources_of(plan, cell):
        if other not in draft.sources:
            draft.sources.append(other)
    return index


def sources_of(plan: Plan, cell: Cell) -> tuple[str, ...]:
    """Tables beside the measure's own that its ratio rests on."""
    if plan.ratio is None:
        return ()
    below = MEASURES[DENOMINATORS[plan.ratio.per]]
    nation = cell.slice.place is not None and cell.slice.place.kind == "nation"
    return (below.sql_provinces[0],) if below.sql_provinces and not nation else (below.table,)


def said(plan: Plan, cells: Iterable[Cell]) -> Text:
    """The account and source in a few words, as the sentence that states the figures says them."""
    cells = list(cells)
    nation = all(c.slice.place == NATION and not c.summed for c in cells) and plan.measure.said_nation is not None
    base = plan.measure.said_nation if nation and plan.measure.said_nation else plan.measure.said
    if plan.measure.said_estimated is not None and base is plan.measure.said:
        base = plan.measure.said_estimated if any(c.basis is Basis.ESTIMATED for c in cells) else base
    zh, en = base.zh, base.en
    if plan.measure.beside_nation and not nation and any(c.slice.place == NATION for c in cells):
        zh, en = f"{zh}，{plan.measure.beside_nation.zh}", f"{en}; {plan.measure.beside_nation.en}"
    if plan.variant is not None:
        zh, en = f"{plan.variant.name.zh}，{zh}", f"{plan.variant.name.en}, {en}"
    if any(c.unverified for c in cells):
        zh, en = f"{zh}（未与公告原文核对）", f"{en}, not checked against the announcement"
    return Text(zh, en)


def caveats(plan: Plan, draft: Draft, cells: Sequence[Cell]) -> None:
    """Adds the measure's notes that hold for these figures, and what was left out."""
    for note in plan.measure.notes:
        if any(_holds(plan, note, cell) for cell in cells):
            _once(draft, note.text)
    for text in plan.notes:
        _once(draft, text)
    gone = {p.code: p for c in cells for p in c.left_out}
    if gone:
        zh, en = "、".join(p.name.zh for p in gone.values()), ", ".join(p.name.en for p in gone.values())
        _once(draft, Text(f"{zh}没有此项数据，合计中不含。", f"{en}: no data, left out of the sum."))


def _once(draft: Draft, text: Text) -> None:
    if text not in draft.caveats:
        draft.caveats.append(text)


def _holds(plan: Plan, note: Note, cell: Cell) -> bool:
    last = cell.last
    first = cell.first if cell.first is not None else last
    if note.variants is not None and (plan.variant is None or plan.variant.key not in note.variants):
        return False
    if note.parts is not None and (cell.slice.part is None or cell.slice.part.key not in note.parts):
        return False
    where = cell.slice.place
    codes = {where.code, *where.members} if where else set()
    if note.places is not None and not note.places & codes:
        return False
    if note.between is not None:
        return first is not None and last is not None and first <= note.between[0] and last >= note.between[1]
    if first is None or last is None:
        return True
    return (note.first is None or last >= note.first) and (note.last is None or first <= note.last)
