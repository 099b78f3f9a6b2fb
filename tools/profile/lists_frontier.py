"""The frontier of every sector: its best province and intensity, and what a province would emit less at it."""

from __future__ import annotations

from data.classification import Place
from data.text import Text, joined
from tools.benchmark.best_in_class import Standing
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import lowered
from tools.figures.work import Line
from tools.profile.levels import Level
from tools.profile.lists_level import ILLUSTRATION, INTENSITY, METHOD, NO_FIRMS, RULE, LevelFacts, prices, saved
from tools.result import Cell, Column, Draft, Ref, Result, Table


def tell_frontier(levels: list[Level], where: Place | None, top: int) -> Result:
    """The frontier of every sector, largest emitter first; with a province its own intensity and saving."""
    year = levels[0].year
    draft = Draft(
        Text(f"{year}年各行业标兵与前沿强度", f"Frontier of each sector, {year}")
        if where is None
        else Text(
            f"{where.name.zh}各行业与前沿的差距（{year}年）", f"{where.name.en}: gap to the frontier by sector, {year}"
        )
    )
    ranked = sorted(levels, key=lambda f: -_weight(f, where))[:top]
    columns = [
        Column(name=Text("行业", "Sector")), Column(name=Text("标兵省份", "Best province")),
        Column(name=Text("前沿强度", "Frontier"), unit=INTENSITY), Column(name=Text("各省合计", "All provinces"), unit=INTENSITY),
    ]  # fmt: skip
    if where is not None:
        columns += [
            Column(name=Text(f"{where.name.zh}", where.name.en), unit=INTENSITY),
            Column(name=Text("追平可减（示意）", "Saving (illustration)"), unit="Mt CO2"), Column(name=Text("标记", "Mark")),
        ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    said: list[tuple[Level, Standing, int]] = []
    for found in ranked:
        facts, best = LevelFacts(draft, found), found.sound[0]
        front = facts.intensity(best)
        row: list[Cell] = [found.part.name, best.place.name, Ref(fact=front), Ref(fact=facts.mean())]
        own = None if where is None else found.of(where)
        if where is not None and own is None:
            row += [None, None, Text("无数据", "no data")]
        elif own is not None:
            save = facts.saving(own, best) if own.outlier is None else None
            row += [
                Ref(fact=facts.intensity(own)),
                None if save is None else Ref(fact=save),
                own.outlier or Text("—", "—"),
            ]
            if save is not None:
                said.append((found, best, save))
        rows.append(tuple(row))
        if where is None:
            said.append((found, best, front))
    table = draft.table(Table(title=draft.title, columns=tuple(columns), rows=tuple(rows), total_rows=len(levels)))
    _say_frontier(draft, said, where, year)
    chart = _frontier_chart(draft, said, where)
    draft.section(
        Text("各行业前沿", "Frontier by sector"), tables=(table,), charts=() if chart is None else (draft.chart(chart),)
    )
    draft.sources.append("co2")
    draft.caveats += [
        RULE, ILLUSTRATION, prices(*levels),
        Text("排放靠假设分摊的服务业各部门不列前沿。", "Service sectors whose emissions are split by an assumption have no frontier here."),
        NO_FIRMS,
    ]  # fmt: skip
    draft.method.append(METHOD)
    return draft.result()


def _weight(found: Level, where: Place | None) -> float:
    own = None if where is None else found.of(where)
    if where is None:
        return sum(s.mt for s in found.found)
    return -1.0 if own is None else saved(own, found.sound[0]) if own.outlier is None else 0.0


def _say_frontier(draft: Draft, said: list[tuple[Level, Standing, int]], where: Place | None, year: int) -> None:
    line = Line()
    ahead = said[:3] if where is None else [t for t in said if draft[t[2]].value > 0][:3]
    parts = [(f.part.name, best.place.name, line(fact)) for f, best, fact in ahead]
    if where is None:
        draft.lead(
            f"{year}年排放最大的几个行业的标兵省份及其单位总产出碳排放：" + "、".join(f"{n.zh}为{b.zh}{h}" for n, b, h in parts)
            + "（范围一，CEADs）。",
            f"The best provinces of the sectors that emit most in {year}, by CO2 per gross output: "
            + ", ".join(f"{lowered(n.en)}: {b.en} {h}" for n, b, h in parts) + " (scope 1, CEADs).",
            *line.facts,
        )  # fmt: skip
        return
    if not parts:
        draft.lead(
            f"{where.name.zh}在可比行业中没有高于前沿的差距。",
            f"{where.name.en} is not above the frontier in any comparable sector.",
        )
        return
    best = joined([b for _, b, _ in parts])
    draft.lead(
        f"{year}年{where.name.zh}与前沿差距最大的行业，追平标兵省份强度可少排：" + "、".join(f"{n.zh}{h}" for n, _, h in parts)
        + f"；均为算术示意，产业结构不同（标兵省份依次为{best.zh}）。",
        f"Where {where.name.en} was furthest above the frontier in {year}, CO2 less at the best province's intensity: "
        + ", ".join(f"{lowered(n.en)} {h}" for n, _, h in parts)
        + f"; an arithmetic illustration, structure differs (best provinces in that order: {best.en}).",
        *line.facts,
    )  # fmt: skip


def _frontier_chart(draft: Draft, said: list[tuple[Level, Standing, int]], where: Place | None) -> Chart | None:
    drawn = [t for t in said if draft[t[2]].value > 0][:12]
    if not drawn:
        return None
    head = (
        Text("前沿强度", "Frontier intensity") if where is None else Text("追平可减（示意）", "Saving (illustration)")
    )
    return Chart(
        kind="bar", title=draft.title,
        spec=XY(
            x=tuple(f.part.short for f, _, _ in drawn), series=(Series(name=head, y=tuple(draft[i].value for _, _, i in drawn)),),
            unit=draft[drawn[0][2]].unit, y_title=head, horizontal=True,
        ),
    )  # fmt: skip
