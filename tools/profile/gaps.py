"""The benchmark part of a profile: where the province stands beside the frontier, and beside the best pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import Place
from data.text import Text
from tools.benchmark.best_in_class import Standing
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import lowered
from tools.figures.work import Line
from tools.profile.levels import Level, all_levels, histories, level, total_sector
from tools.profile.lists_level import ILLUSTRATION, INTENSITY, RULE, LevelFacts, prices, saved
from tools.profile.lists_pace import Entry, entries, leaders
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse

SHOWN = 8
SPAN = 5


def tell_gaps(draft: Draft, warehouse: Warehouse, where: Place) -> None:
    """A sentence of the lead on the largest gap, and the section."""
    levels = [(f, own) for f in all_levels(warehouse) if (own := f.of(where)) is not None and own.outlier is None]
    ranked = sorted(levels, key=lambda p: -saved(p[1], p[0].sound[0]))
    said: list[Sentence] = []
    whole = _whole(draft, warehouse, where)
    pace = _pace(draft, warehouse, where)
    said += [s for s in (whole, pace) if s is not None]
    tables: tuple[int, ...] = ()
    charts: tuple[int, ...] = ()
    if ranked:
        tables, savings = _table(draft, ranked[:SHOWN])
        _lead(draft, where, ranked, savings)
        drawn = [(f, s) for (f, _), s in zip(ranked, savings, strict=False) if draft[s].value > 0]
        if drawn:
            charts = (draft.chart(_bars(draft, where, drawn)),)
    heading = Text("标杆：与前沿和最快速度的差距", "Benchmark: gaps to the frontier and to the best pace")
    draft.section(heading, said, tables, charts, folded=True)
    draft.caveats += [ILLUSTRATION, RULE, prices(*(found for found, _ in levels))]


def _lead(draft: Draft, where: Place, ranked: list[tuple[Level, Standing]], savings: list[int]) -> None:
    (first, _), name, line = ranked[0], where.name, Line()
    if draft[savings[0]].value <= 0:
        return
    best, part = first.sound[0].place.name, first.part.name
    hole = line(savings[0])
    draft.lead(
        f"与标兵省份相比，{part.zh}的差距最大：按{best.zh}{first.year}年的强度{name.zh}可少排{hole}（算术示意，结构不同）。",
        f"The largest gap to a best province is in {lowered(part.en)}: at {best.en}'s intensity of {first.year} {name.en} would emit {hole} less "
        "(arithmetic illustration, structure differs).",
        *line.facts,
    )


def _table(draft: Draft, ranked: list[tuple[Level, Standing]]) -> tuple[tuple[int, ...], list[int]]:
    rows: list[tuple[Cell, ...]] = []
    savings = []
    for found, own in ranked:
        facts, best = LevelFacts(draft, found), found.sound[0]
        savings.append(facts.saving(own, best))
        mine = facts.intensity(own)
        front = mine if own == best else facts.intensity(best)
        rows.append((
            found.part.name, Ref(fact=mine), Ref(fact=facts.mean()), best.place.name, Ref(fact=front), Ref(fact=savings[-1]),
        ))  # fmt: skip
    columns = (
        Column(name=Text("行业", "Sector")), Column(name=Text("本省强度", "Own intensity"), unit=INTENSITY),
        Column(name=Text("各省合计", "All provinces"), unit=INTENSITY), Column(name=Text("标兵省份", "Best province")),
        Column(name=Text("前沿强度", "Frontier"), unit=INTENSITY), Column(name=Text("追平可减（示意）", "Saving (illustration)"), unit="Mt CO2"),
    )  # fmt: skip
    year = ranked[0][0].year
    title = Text(f"{year}年单位总产出碳排放与前沿的差距", f"CO2 per gross output and the frontier, {year}")
    return (draft.table(Table(title=title, columns=columns, rows=tuple(rows))),), savings


def _whole(draft: Draft, warehouse: Warehouse, where: Place) -> Sentence | None:
    found = level(warehouse, total_sector())
    own, best = found.of(where), found.sound[0]
    if own is None or own.outlier is not None:
        return None
    facts, line = LevelFacts(draft, found), Line()
    mine, rank = line(facts.intensity(own)), line(facts.rank(own))
    if own == best:
        return sentence(f"单位GDP碳排放{mine}，在可比省份中最低（第{rank}位）。",
                        f"CO2 per GDP was {mine}, the lowest of comparable provinces (rank {rank}).", *line.facts)  # fmt: skip
    gap = line(facts.gap(own, best))
    return sentence(
        f"单位GDP碳排放（{found.year}年，现价）{mine}，在可比省份中由低到高第{rank}位，比最低的{best.place.name.zh}高{gap}。",
        f"CO2 per GDP ({found.year}, current prices) was {mine}, rank {rank} from the lowest of comparable provinces and {gap} above the lowest, "
        f"{best.place.name.en}.",
        *line.facts,
    )


def _pace(draft: Draft, warehouse: Warehouse, where: Place) -> Sentence | None:
    """The fastest sustained fall of all emissions by any province beside this one's own."""
    mt = histories(warehouse, total_sector(), per_gdp=False)
    found = entries(mt, mt, SPAN, None)
    ahead = leaders(found)
    if not ahead:
        return None
    own = next((e for e in ahead if e.place == where), None)
    line = Line()
    a = line(_rate(draft, ahead[0]), ":abs")
    zh, en = f"没有出现过持续下降的{SPAN}年", f"had no {SPAN} years of sustained fall"
    if own is not None and own != ahead[0]:
        b = line(_rate(draft, own), ":abs")
        zh, en = (
            f"最快为{own.pace.first}—{own.pace.last}年的年均下降{b}",
            f"fell fastest in {own.pace.first}-{own.pace.last}, by {b}",
        )
    elif own is not None:
        zh, en = "就是这个省份", "is that province"
    best = ahead[0]
    return sentence(
        f"{SPAN}年持续减排最快的纪录是{best.place.name.zh}{best.pace.first}—{best.pace.last}年的年均下降{a}；{where.name.zh}{zh}。",
        f"The fastest sustained fall of emissions over {SPAN} years is that of {best.place.name.en} in {best.pace.first}-{best.pace.last}, {a}; "
        f"{where.name.en} {en}.",
        *line.facts,
    )


def _rate(draft: Draft, e: Entry) -> int:
    name, years = e.place.name, (e.pace.first, e.pace.last)
    label = Text(
        f"{name.zh}{years[0]}—{years[1]}年碳排放年均变化（持续下降）",
        f"{name.en} {years[0]}-{years[1]}: yearly change of CO2 emissions (sustained)",
    )
    return draft.fact(
        label, e.pace.rate, "%/yr", region=name.en, account=Account.SCOPE1, basis=Basis.DERIVED, source="co2"
    )


def _bars(draft: Draft, where: Place, drawn: list[tuple[Level, int]]) -> Chart:
    head = Text("追平前沿可减（示意）", "Saving at the frontier (illustration)")
    return Chart(
        kind="bar",
        title=Text(f"{where.name.zh}各行业追平前沿可减的排放（示意）", f"{where.name.en}: CO2 saved at the frontier by sector (illustration)"),
        spec=XY(
            x=tuple(f.part.short for f, _ in drawn), series=(Series(name=head, y=tuple(draft[s].value for _, s in drawn)),),
            unit="Mt CO2", y_title=head, horizontal=True,
        ),
    )  # fmt: skip
