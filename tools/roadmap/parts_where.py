"""Part 3: what each lever avoids and when each sector has fallen by half and by nine tenths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.result import Account, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.lead import lever_fact
from tools.roadmap.milestone_charts import curves_chart
from tools.roadmap.names import COMMON, LEVER_KEYS, LEVERS, at, scenario_name
from tools.roadmap.parts_matrix import ORDERS, attach, matrix_chart
from tools.roadmap.scope import counted
from tools.roadmap.story import WEDGE_YEARS, cut_year, sector_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

    Array = NDArray[np.float64]

_YEARS = (2030, 2045, 2060)
_MATRIX_YEAR = 2045  # whose matrix is drawn
_SECTORS_SHOWN = 8
_LEVERS_DRAWN = 6  # the rest are drawn together: eight shades can be told apart
_CHART_NOTE = Text(
    "路径积分分摊，合计等于两条路径之差", "shared by a path integral; the sum is the difference of the two paths"
)
ORDER_WORDS = Text(
    "各措施的贡献按从现行政策到本情景的直线路径积分分摊（各措施同时推进），合计等于两条路径之差；换一种公平的分摊规则，大项会有所移动，"
    "小项移动更多。数值为负表示该措施在此路径上增加排放（例如电网尚未清洁时的制氢）。",
    "Contributions are shared by a path integral along the straight line from current policies to this scenario (all levers "
    "moving together) and add up to the difference of the two paths; another fair rule shifts the large ones somewhat and the "
    "small ones more. A negative figure is a lever that adds emissions on this path (hydrogen from a grid not yet clean).",
)  # fmt: skip


def where(book: Book, story: Story) -> None:
    """Part 3."""
    levers, sectors = _lever_table(book, story), _sector_table(book, story)
    chart = book.draft.chart(_wedge_chart(book, story))
    book.draft.section(
        Text("3 减哪", "3 Where to cut"),
        [*_closing(book, story), sentence(ORDER_WORDS.zh, ORDER_WORDS.en)],
        tables=(levers, sectors),
        charts=(chart,),
    )


def matrix(book: Book, story: Story) -> None:
    """Part 3, folded: measure by sector, what another order would say, and the curves the measures follow."""
    end = scenario_name(story.wedge_end.scenario)
    for year in _YEARS:
        attach(book, end, year, story.matrices[year], "joint")
    first = story.matrix(_MATRIX_YEAR, "supply_first")
    attach(book, end, _MATRIX_YEAR, first, "supply_first")
    charts = (
        book.draft.chart(matrix_chart(book.scope.name, _MATRIX_YEAR, story.matrices[_MATRIX_YEAR], "joint")),
        book.draft.chart(curves_chart(story)),
    )
    words = [
        sentence(
            f"措施×行业矩阵以现行政策为参照、{ORDERS['joint'].zh}，逐行逐列相加都等于合计；2030、2045、2060年的矩阵与{_MATRIX_YEAR}年换一种"
            "次序的矩阵随答案附上。",
            f"The matrix of measures and sectors is against current policies with {ORDERS['joint'].en}; rows and columns add up to the "
            f"totals. Those of 2030, 2045 and 2060, and of {_MATRIX_YEAR} in another order, are attached to the answer.",
        ),
        *_order(book, story, first),
    ]
    book.draft.section(
        Text("3 减哪：措施×行业矩阵与部署曲线", "3 Where to cut: measures by sector, and their curves"), words, charts=charts,
        folded=True,
    )  # fmt: skip


def _order(book: Book, story: Story, first: Array) -> list[Sentence]:
    """What non-fossil power is credited with when it moves first, beside all moving together."""
    end, year, key = story.wedge_end, _MATRIX_YEAR, "RENEW"
    name, lever = scenario_name(end.scenario), LEVERS[key]
    whose_zh, whose_en = counted(book.scope, own=False)
    moved = float(-first[LEVER_KEYS.index(key)].sum())
    alone = book.figure(
        f"{year}年{lever.zh}较现行政策少排（{name.zh}，{ORDERS['supply_first'].zh}{whose_zh}）",
        f"avoided by {lever.en} in {year} against current policies ({name.en}, {ORDERS['supply_first'].en}{whose_en})",
        moved, "Mt CO2", year=year, path=end, account=Account.GROSS,
    )  # fmt: skip
    return [
        sentence(
            f"换一种次序，数值会移动：{year}年{lever.zh}在各措施同时推进时少排{{0}}，先推进时为{{1}}（其余措施相应改变，合计不变）。",
            f"Another order moves the figures: in {year} {lever.en} avoids {{0}} with all moving together and {{1}} where it moves "
            "first (the others change with it, the sum stays).",
            lever_fact(book, story, key, year), alone,
        )
    ]  # fmt: skip


def _closing(book: Book, story: Story) -> list[Sentence]:
    """What closes the gap between a scenario and net zero, lever by lever."""
    if story.backcast is None or story.backcast.gap:
        return []
    path, year = story.backcast.path, story.target_year
    start = story.lead if story.lead is not path else story.beside
    assert start is not None  # a backcast always stands beside a scenario
    name, wedge = scenario_name(start.scenario), story.wedge(start, path, year)
    keys = story.top_levers(wedge)
    facts = [book.emission(Account.NET, start, year)]
    facts += [
        book.figure(f"{year}年{LEVERS[k].zh}比{name.zh}情景多减的排放",
                    f"further cut by {LEVERS[k].en} in {year} beyond the {name.en} scenario",
                    float(-wedge[LEVER_KEYS.index(k)]), "Mt CO2", year=year, path=path, account=Account.GROSS)
        for k in keys
    ]  # fmt: skip
    if not keys:
        return []
    zh = "、".join(f"{LEVERS[k].zh}{{{n}}}" for n, k in enumerate(keys, 1))
    en = ", ".join(f"{LEVERS[k].en} {{{n}}}" for n, k in enumerate(keys, 1))
    removed = book.emission(Account.REMOVALS, path, year)
    return [
        sentence(
            f"{name.zh}情景{year}年净排放尚有{{0}}；反演路径比它多减：{zh}等，其余由碳移除{{{len(facts)}}}抵消。",
            f"The {name.en} scenario still has net emissions of {{0}} in {year}; the backcast cuts further by {en} and others, "
            f"and removals of {{{len(facts)}}} offset what is left.",
            *facts, removed,
        )
    ]  # fmt: skip


def _lever_table(book: Book, story: Story) -> int:
    rows: list[tuple[Cell, ...]] = [
        (LEVERS[key], *(Ref(fact=lever_fact(book, story, key, y)) for y in _YEARS)) for key in LEVER_KEYS
    ]
    end = scenario_name(story.wedge_end.scenario)
    whose_zh, whose_en = counted(book.scope, own=False)
    totals = [
        book.figure(
            f"{y}年较现行政策合计少排（{end.zh}{whose_zh}）", f"avoided in all in {y} against current policies ({end.en}{whose_en})",
            float(-story.lever_wedges[y].sum()), "Mt CO2", year=y, path=story.wedge_end, account=Account.GROSS,
        )
        for y in _YEARS
    ]  # fmt: skip
    rows.append((Text("合计", "Total"), *(Ref(fact=f) for f in totals)))
    columns = (
        Column(name=Text("措施", "Lever")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in _YEARS),
    )
    title = Text(
        f"{book.scope.name.zh}各项措施较现行政策少排（{end.zh}情景{whose_zh}）",
        f"{book.scope.name.en}: avoided by lever against current policies ({end.en} scenario{whose_en})",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _sector_table(book: Book, story: Story) -> int:
    path, name = story.lead, scenario_name(story.lead.scenario)
    series = story.sectors(path)
    rows: list[tuple[Cell, ...]] = []
    for i, cut in story.cuts[:_SECTORS_SHOWN]:
        if cut <= 0:
            continue
        label, full = sector_at(i).short, sector_at(i).name.en
        amount = book.figure(
            f"{label.zh}2025—2060年减排量（{name.zh}）", f"cut of {label.en} 2025-2060 ({name.en})", cut, "Mt CO2",
            path=path, account=Account.GROSS, sector=full,
        )  # fmt: skip
        years: list[Cell] = []
        for share, zh, en in ((0.5, "减半", "halved"), (0.9, "减九成", "down nine tenths")):
            year = cut_year(series[:, i], share)
            if year is None:
                years.append(Text("未达到", "not reached"))
                continue
            years.append(
                Ref(fact=book.figure(
                    f"{label.zh}较2025年{zh}的年份（{name.zh}）", f"year in which {label.en} is {en} from 2025 ({name.en})",
                    float(year), "year", year=year, path=path, account=Account.GROSS, sector=full,
                ))
            )  # fmt: skip
        rows.append((label, Ref(fact=amount), *years))
    columns = (
        Column(name=Text("行业", "Sector")),
        Column(name=Text("2025—2060年减排量", "Cut 2025-2060"), unit="Mt CO2"),
        Column(name=Text("减半年份", "Halved in"), unit="year"),
        Column(name=Text("减九成年份", "Down nine tenths in"), unit="year"),
    )
    title = Text(
        f"{book.scope.name.zh}各行业减排进度（{name.zh}情景）", f"{book.scope.name.en}: cuts by sector ({name.en})"
    )
    _attach_sectors(book, story)
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _attach_sectors(book: Book, story: Story) -> None:
    """Every sector's emissions by year and the years in which it has halved and fallen by nine tenths: attached, not printed."""
    name, series = scenario_name(story.lead.scenario), story.sectors(story.lead)
    rows: list[tuple[Cell, ...]] = []
    for i in range(series.shape[1]):
        if series[at(COMMON), i] <= 0:
            continue
        reached = [cut_year(series[:, i], share) for share in (0.5, 0.9)]
        when = [str(y) if y is not None else Text("未达到", "not reached") for y in reached]
        rows.append((sector_at(i).short, *(float(series[at(y), i]) for y in (COMMON, *WEDGE_YEARS)), *when))
    columns = (
        Column(name=Text("行业", "Sector")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in (COMMON, *WEDGE_YEARS)),
        Column(name=Text("减半年份", "Halved in")), Column(name=Text("减九成年份", "Down nine tenths in")),
    )  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}全部行业的排放与减排年份（{name.zh}情景）",
        f"{book.scope.name.en}: emissions of all sectors and the years of their cuts ({name.en})",
    )
    book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _wedge_chart(book: Book, story: Story) -> Chart:
    end, here = story.wedge_end, list(story.scope.indices)
    years = (COMMON, *WEDGE_YEARS)
    left = tuple(float(end.gross[at(y), here].sum()) for y in years)
    series = [Series(name=Text("剩余总排放", "gross emissions left"), y=left)]
    wedge = np.array([np.zeros(len(LEVER_KEYS)), *(-story.lever_wedges[y] for y in WEDGE_YEARS)])  # (years, K) avoided
    large = [int(k) for k in np.argsort(-wedge[-1], kind="stable")[:_LEVERS_DRAWN]]
    rest = [k for k in range(len(LEVER_KEYS)) if k not in large]
    for k in sorted(large):
        series.append(Series(name=LEVERS[LEVER_KEYS[k]], y=tuple(float(v) for v in wedge[:, k])))
    others = Text("其余措施合计", "other levers together")
    series.append(Series(name=others, y=tuple(float(v) for v in wedge[:, rest].sum(axis=1))))
    name = scenario_name(end.scenario)
    return Chart(
        kind="wedge",
        title=Text(
            f"{book.scope.name.zh}从现行政策到{name.zh}情景的减排楔形",
            f"{book.scope.name.en}: wedges from current policies to the {name.en} scenario",
        ),
        spec=XY(x=years, series=tuple(series), unit="Mt CO2", y_title=Text("二氧化碳", "CO2"), stacked=True),
        note=_CHART_NOTE,
    )
