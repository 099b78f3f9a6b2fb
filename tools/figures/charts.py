"""Chart specifications of the figures tool: bars, lines, treemap, tile map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from data.text import Text
from tools.charts.specs import XY, Chart, Series, TileMap, Tree
from tools.figures.cells import Cell
from tools.figures.words import raised
from tools.figures.work import Work, item_name, shared_subject, varying

TREE_CELLS = 24  # smaller sectors are put together, so that every tile can be read


def _title(text: Text) -> Text:
    return Text(text.zh, raised(text.en))


def bars(work: Work, cells: Sequence[Cell], title: Text | None = None) -> int:
    """Bars of the cells in their order, horizontal."""
    differ = varying(cells) or ("place",)
    name = work.plan.naming.name(cells[0].kind)
    spec = XY(
        x=tuple(item_name(c, differ) for c in cells),
        series=(Series(name=_title(name), y=tuple(c.value for c in cells)),),
        unit=cells[0].unit,
        y_title=_title(name),
        horizontal=True,
    )
    return work.draft.chart(Chart(kind="bar", title=_title(title or shared_subject(work, cells)), spec=spec))


def lines(
    work: Work, rows: Sequence[Sequence[Cell]], title: Text, stacked: Literal["wedge", "bar"] | None = None
) -> int:
    """One line per row of cells over all their years, or stacked areas or bars; a year without a value is a gap."""
    years = sorted({c.last for row in rows for c in row if c.last is not None})
    heads = [row[0] for row in rows]
    differ = varying([_undated(c) for c in heads]) or ("place",)
    name = work.plan.naming.name(heads[0].kind)
    series = []
    for row in rows:
        by_year = {c.last: c.value for c in row}
        series.append(Series(name=item_name(row[0], differ), y=tuple(by_year.get(y) for y in years)))
    spec = XY(
        x=tuple(years), series=tuple(series), unit=heads[0].unit, x_title=Text("年份", "Year"), y_title=_title(name),
        stacked=stacked is not None,
    )  # fmt: skip
    return work.draft.chart(Chart(kind=stacked or "line", title=_title(title), spec=spec))


def _undated(cell: Cell) -> Cell:
    from dataclasses import replace

    return replace(cell, first=None, last=None)


def treemap(work: Work, cells: Sequence[Cell], root: Text, title: Text) -> int:
    """Parts of one whole; the smallest are put together as "others"."""
    positive = sorted((c for c in cells if c.value > 0), key=lambda c: -c.value)
    shown, rest = positive[:TREE_CELLS], positive[TREE_CELLS:]
    differ = tuple(d for d in varying(cells) if d != "year") or ("sector",)
    labels = [root, *(item_name(c, differ) for c in shown)]
    values = [sum(c.value for c in positive), *(c.value for c in shown)]
    if rest:
        labels.append(Text("其余", "Others"))
        values.append(sum(c.value for c in rest))
    spec = Tree(
        labels=tuple(labels), parents=(None, *(0 for _ in labels[1:])), values=tuple(values), unit=cells[0].unit
    )
    return work.draft.chart(Chart(kind="treemap", title=_title(title), spec=spec))


def tiles(work: Work, cells: Sequence[Cell], title: Text | None = None) -> int:
    """The provinces on a map of tiles; those without data stay marked so."""
    name = work.plan.naming.name(cells[0].kind)
    values = {c.slice.place.code: c.value for c in cells if c.slice.place and c.slice.place.kind == "province"}
    spec = TileMap(values=values, unit=cells[0].unit, value_title=_title(name))
    return work.draft.chart(Chart(kind="tilemap", title=_title(title or shared_subject(work, cells)), spec=spec))
