"""Which levers cut most, in all or in one sector, asked for by itself: it leads, with a table by lever and a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.errors import NotAvailable
from data.text import Text
from tools.result import Account, Cell, Column, Ref, Table, sentence
from tools.roadmap.names import (
    GROUP_KEYS,
    GROUP_OF,
    GROUPS,
    HOUSEHOLDS,
    LAST,
    LEVER_KEYS,
    LEVERS,
    SECTORS,
    scenario_name,
)
from tools.roadmap.parts_matrix import matrix_chart
from tools.roadmap.parts_where import ORDER_WORDS
from tools.roadmap.scope import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Sector
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

    Array = NDArray[np.float64]

_NAMED = 3
_LEAST = 5e-3  # Mt: less is nothing


def groups_of(sector: Sector | None) -> tuple[int, ...]:
    """Positions in ``GROUP_KEYS`` of a sector; all where none is named. Raises NotAvailable for one outside the model."""
    if sector is None:
        return tuple(range(len(GROUP_KEYS)))
    if sector.kind == "households":
        return (HOUSEHOLDS,)
    found = tuple(sorted({GROUP_OF[n - 1] for n in sector.mrio if 1 <= n <= SECTORS}))
    if not found:
        raise NotAvailable(
            "no_such_group",
            Text(f"模型中没有单列{sector.short.zh}；措施按这些行业组计算：{'、'.join(g.zh for g in GROUPS.values())}。",
                 f"The model has no separate {sector.short.en}; levers are told for: {', '.join(g.en for g in GROUPS.values())}."),
            tuple(g.en for g in GROUPS.values()),
        )  # fmt: skip
    return found


def levers(book: Book, story: Story, years: tuple[int, ...], sector: Sector | None) -> None:
    """The levers that avoid most against current policies in each year (the last one where none is named); asked of current
    policies themselves, those of dual carbon. Raises NotAvailable for a sector outside the model."""
    chosen, shown = groups_of(sector), years or (LAST,)
    avoided = {year: -story.matrix(year)[:, list(chosen)].sum(axis=1) for year in shown}
    for year in shown:
        _lead(book, story, year, avoided[year], sector, chosen)
    table = _table(book, story, avoided, sector)
    chart = book.draft.chart(matrix_chart(book.scope.name, shown[-1], story.matrix(shown[-1]), "joint"))
    heading = Text("各项措施少排多少", "What each lever avoids")
    book.draft.section(heading, [sentence(ORDER_WORDS.zh, ORDER_WORDS.en)], tables=(table,), charts=(chart,))


def _fact(book: Book, story: Story, label: Text, value: float, unit: str, year: int) -> int:
    end = story.wedge_end
    name = scenario_name(end.scenario)
    return book.figure(
        f"{year}年{label.zh}（{name.zh}较现行政策）", f"{label.en} in {year} ({name.en} against current policies)", value, unit,
        year=year, path=end, account=Account.GROSS,
    )  # fmt: skip


def _lever(book: Book, story: Story, k: int, value: float, year: int, sector: Sector | None) -> int:
    name, (zh, en) = LEVERS[LEVER_KEYS[k]], _of(sector)
    return _fact(book, story, Text(f"{name.zh}{zh}少排", f"avoided by {name.en}{en}"), value, "Mt CO2", year)


def _of(sector: Sector | None) -> tuple[str, str]:
    return ("", "") if sector is None else (f"在{sector.short.zh}", f" in {sector.short.en}")


def _together(sector: Sector | None) -> Text:
    zh, en = _of(sector)
    return Text(f"各项措施{zh}合计少排", f"avoided by all levers{en}")


def _lead(
    book: Book, story: Story, year: int, avoided: Array, sector: Sector | None, chosen: tuple[int, ...]
) -> None:  # fmt: skip
    order = [int(k) for k in np.argsort(-avoided, kind="stable") if avoided[k] > _LEAST][:_NAMED]
    where, name, total = book.scope.name, scenario_name(story.wedge_end.scenario), float(avoided.sum())
    facts = [_lever(book, story, k, float(avoided[k]), year, sector) for k in order]
    label = _together(sector)
    facts.append(_fact(book, story, label, total, "Mt CO2", year))
    zh = "，其次是".join(f"{LEVERS[LEVER_KEYS[k]].zh}{{{i}}}" for i, k in enumerate(order[:2]))
    zh += "".join(f"、{LEVERS[LEVER_KEYS[k]].zh}{{{i + 2}}}" for i, k in enumerate(order[2:]))
    en = ", then ".join(f"{LEVERS[LEVER_KEYS[k]].en} {{{i}}}" for i, k in enumerate(order[:2]))
    en += "".join(f" and {LEVERS[LEVER_KEYS[k]].en} {{{i + 2}}}" for i, k in enumerate(order[2:]))
    of = ("", "") if sector is None else (sector.short.zh, f" of {sector.short.en}")
    whose_zh, whose_en = counted(book.scope, own=False)
    book.draft.lead(
        f"{where.zh}{of[0]}{year}年减得最多的措施是{zh}；九项合计比现行政策少排{{{len(order)}}}（{name.zh}情景，不是预测{whose_zh}）。",
        f"The levers that cut most{of[1]} in {where.en} in {year} are {en}; all nine avoid {{{len(order)}}} against current policies "
        f"({name.en} scenario, no forecast{whose_en}).",
        *facts,
    )
    names = [GROUPS[GROUP_KEYS[g]] for g in chosen]
    if sector is not None:
        book.draft.caveats.append(
            Text(f"措施按行业组计算，{sector.short.zh}属于：{'、'.join(n.zh for n in names)}。",
                 f"Levers are told for groups of sectors; {sector.short.en} belongs to: {', '.join(n.en for n in names)}.")
        )  # fmt: skip


def _table(book: Book, story: Story, avoided: dict[int, Array], sector: Sector | None) -> int:
    """Every lever that does something, by year, largest in the last year first; then their sum."""
    years = tuple(avoided)
    order = [int(k) for k in np.argsort(-avoided[years[-1]], kind="stable")]
    kept = [k for k in order if any(abs(avoided[y][k]) > _LEAST for y in years)]
    rows: list[tuple[Cell, ...]] = [
        (
            LEVERS[LEVER_KEYS[k]],
            *(Ref(fact=_lever(book, story, k, float(avoided[y][k]), y, sector)) for y in years),
        )
        for k in kept
    ]
    label = _together(sector)
    totals = [Ref(fact=_fact(book, story, label, float(avoided[y].sum()), "Mt CO2", y)) for y in years]
    rows.append((Text("合计", "Total"), *totals))
    columns = (
        Column(name=Text("措施", "Lever")), *(Column(name=Text(f"{y}年", str(y)), unit="Mt CO2") for y in years),
    )  # fmt: skip
    where, (zh, en) = book.scope.name, _of(sector)
    title = Text(f"{where.zh}各项措施{zh}较现行政策少排", f"{where.en}: avoided by lever{en} against current policies")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
