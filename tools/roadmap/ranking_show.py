"""Tables and charts of a ranking by scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.charts.specs import XY, Bar, Chart, Series, TileMap, Timeline
from tools.figures.words import raised
from tools.result import Cell, Column, Ref, Table
from tools.roadmap.names import LAST, scenario_name
from tools.roadmap.ranking_rows import Ranking, Row
from tools.roadmap.ranking_values import INDICATORS, NEVER_PEAKS

if TYPE_CHECKING:
    from tools.result import Draft
    from tools.roadmap.ranking_values import Key

_ENDS = (Text("区间下端", "Lower end"), Text("区间上端", "Upper end"))
_MAPPED = 12  # provinces from which a map says more than bars
_BESIDE: dict[str, tuple[Key, ...]] = {
    "gross": ("removals", "net"), "net": ("gross", "removals"), "removals": ("gross", "net"), "captured": ("gross",),
    "storage_gap": ("storage",),
}  # fmt: skip


def show_values(draft: Draft, table: Ranking, rows: list[Row]) -> None:
    """The full table, a map of tiles where many provinces are ranked, and bars."""
    ranged = any(r.low is not None for r in rows)
    beside = _BESIDE.get(table.key, ()) if table.of == "value" and table.label is None else ()
    unknown = Text("无数据", "no data")
    body: list[tuple[Cell, ...]] = []
    for row in rows:
        if row.value is None:
            extra: list[Cell] = [unknown] * (2 * ranged)
            body.append(("—", row.name, unknown, *extra, *(Ref(fact=table.beside(draft, row, k)) for k in beside)))
            continue
        ends: list[Cell] = (
            [Ref(fact=table.end(draft, row, "low")), Ref(fact=table.end(draft, row, "high"))] if ranged else []
        )
        others = [Ref(fact=table.beside(draft, row, k)) for k in beside]
        body.append((row.rank, row.name, Ref(fact=table.fact(draft, row)), *ends, *others))
    columns = (
        Column(name=Text("位次", "Rank")), Column(name=Text("地区", "Region")),
        Column(name=Text(table.what.zh, raised(table.what.en)), unit=table.unit),
        *(Column(name=n, unit=table.unit) for n in (_ENDS if ranged else ())),
        *(Column(name=Text(INDICATORS[k].name.zh, raised(INDICATORS[k].name.en)), unit=INDICATORS[k].unit) for k in beside),
    )  # fmt: skip
    name = scenario_name(table.field.path.scenario)
    title = Text(f"{table.subject.zh}（{name.zh}情景）", raised(f"{table.subject.en} ({name.en} scenario)"))
    shown = draft.table(Table(title=title, columns=columns, rows=(*body, *_absent(table, len(columns)))))
    charts = []
    have = [r for r in rows if r.value is not None]
    if len(have) >= _MAPPED and not table.groups:
        charts.append(draft.chart(_tiles(table, have, title)))
    if have:
        charts.append(draft.chart(_bars(table, have, title)))
    draft.section(Text("全部名次", "All ranks"), tables=(shown,), charts=tuple(charts))


def _absent(table: Ranking, width: int) -> list[tuple[Cell, ...]]:
    """Rows of the provinces without an inventory."""
    return [("—", p.name, Text("无数据", "no data"), *([None] * (width - 3))) for p in table.missing]


def _tiles(table: Ranking, have: list[Row], title: Text) -> Chart:
    values = {r.unit.place.code: r.value for r in have if r.value is not None}
    spec = TileMap(values=values, unit=table.unit, value_title=Text(table.what.zh, raised(table.what.en)))
    return Chart(kind="tilemap", title=title, spec=spec, note=Text("情景值，不是预测", "a scenario, no forecast"))


def _bars(table: Ranking, have: list[Row], title: Text) -> Chart:
    series = Series(name=Text(table.what.zh, raised(table.what.en)), y=tuple(r.value for r in have))
    spec = XY(
        x=tuple(r.name for r in have), series=(series,), unit=table.unit, y_title=Text(table.what.zh, raised(table.what.en)),
        horizontal=True,
    )  # fmt: skip
    return Chart(kind="bar", title=title, spec=spec, note=Text("情景值，不是预测", "a scenario, no forecast"))


def show_dates(draft: Draft, table: Ranking, rows: list[Row]) -> None:
    """The table of years, with their windows or with what is left, and a chart of the windows or a map."""
    name = scenario_name(table.field.path.scenario)
    title = Text(f"各省{table.what.zh}（{name.zh}情景）", f"{raised(table.what.en)} by province ({name.en} scenario)")
    peak = table.key == "peak"
    windows = peak and any(r.low is not None for r in rows)
    body: list[tuple[Cell, ...]] = []
    for row in rows:
        never = row.value is None or (peak and row.value == NEVER_PEAKS)
        cell: Cell = Text("到2060年未达到", "not by 2060") if never else Ref(fact=table.fact(draft, row))
        if windows:
            tail: list[Cell] = [Ref(fact=table.end(draft, row, "low")), Ref(fact=table.end(draft, row, "high"))]
        else:
            tail = [] if peak else [Ref(fact=table.beside(draft, row, "net"))]
        body.append((row.rank if row.value is not None else "—", row.name, cell, *tail))
    columns = [
        Column(name=Text("位次", "Rank")), Column(name=Text("地区", "Region")),
        Column(name=Text("中心情形年份", "Central run"), unit="year"),
    ]  # fmt: skip
    if windows:
        columns += [
            Column(name=Text("窗口首年", "Window from"), unit="year"),
            Column(name=Text("窗口末年", "Window to"), unit="year"),
        ]
    elif not peak:
        columns.append(Column(name=Text("2060年净排放", "Net emissions 2060"), unit="Mt CO2"))
    shown = draft.table(Table(title=title, columns=tuple(columns), rows=(*body, *_absent(table, len(columns)))))
    charts = []
    if windows:
        charts.append(draft.chart(_windows(table, rows, title)))
    elif not peak and len(rows) >= _MAPPED and not table.groups:
        charts.append(draft.chart(_net_tiles(table, rows)))
    draft.section(Text("各省年份", "Year by province"), tables=(shown,), charts=tuple(charts))


def _windows(table: Ranking, rows: list[Row], title: Text) -> Chart:
    """The peak windows as bars by province."""
    bars = tuple(
        Bar(lane=r.name, label=Text("达峰窗口", "peak window"), start=int(r.low), end=int(r.high))
        for r in rows
        if r.low is not None and r.high is not None
    )
    note = Text(
        "十之八九组假设的达峰年份范围，不是概率",
        "the years in which nine in ten sets of assumptions peak; no probabilities",
    )
    return Chart(
        kind="timeline", title=Text(f"{title.zh}：窗口", f"{title.en}: windows"), spec=Timeline(bars=bars), note=note
    )


def _net_tiles(table: Ranking, rows: list[Row]) -> Chart:
    net = INDICATORS["net"]
    values = {r.unit.place.code: v for r in rows if (v := net.value(table.field, r.unit, LAST)) is not None}
    name = scenario_name(table.field.path.scenario)
    return Chart(
        kind="tilemap", title=Text(f"{LAST}年净排放（{name.zh}情景）", f"Net emissions {LAST} ({name.en} scenario)"),
        spec=TileMap(values=values, unit="Mt CO2", value_title=Text("净排放", "Net emissions")),
        note=Text("不高于零即已净零", "at or below zero is net zero"),
    )  # fmt: skip
