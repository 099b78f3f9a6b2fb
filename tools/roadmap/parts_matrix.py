"""What each measure avoids in each sector: the matrix, which adds up to both margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.charts.specs import Chart, Heat
from tools.result import Account, Cell, Column, Ref, Table, sentence
from tools.roadmap.names import GROUP_KEYS, GROUPS, LEVER_KEYS, LEVERS, scenario_name
from tools.roadmap.parts_goal import own_measures
from tools.roadmap.scope import counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tools.roadmap.book import Book
    from tools.roadmap.study import Study
    from tools.roadmap.wedges import Order

    Array = NDArray[np.float64]

_GROUPS_SHOWN = 5
_LEAST = 5e-3  # Mt: less is nothing
ORDERS: dict[Order, Text] = {
    "joint": Text("各措施同时推进", "all measures moving together"),
    "supply_first": Text("先供给侧后其余", "power supply first"),
}


def matrix_table(book: Book, study: Study) -> int:
    """What each measure avoids, by sector group: the largest groups, the rest, the sum; both margins add up."""
    avoided, year, name = -study.matrix, study.year, scenario_name(study.path.scenario)
    how = ORDERS[study.order]
    whose_zh, whose_en = counted(book.scope, own=True)
    order = sorted(range(len(GROUP_KEYS)), key=lambda g: -abs(avoided[:, g].sum()))
    shown, rest = order[:_GROUPS_SHOWN], order[_GROUPS_SHOWN:]

    def cells(label: Text, values: list[float]) -> tuple[Cell, ...]:
        heads = [*(GROUPS[GROUP_KEYS[g]] for g in shown), Text("其余行业", "other sectors"), Text("合计", "total")]
        return (
            label,
            *(
                Ref(fact=book.figure(
                    f"{year}年{label.zh}·{head.zh}较现行政策少排（{name.zh}，{how.zh}{whose_zh}）",
                    f"avoided in {year} by {label.en}, {head.en} ({name.en}, {how.en}{whose_en})",
                    value, "Mt CO2", year=year, path=study.path, account=Account.GROSS,
                ))
                for head, value in zip(heads, values, strict=True)
            ),
        )  # fmt: skip

    def row(values: list[float]) -> list[float]:
        return [*(values[g] for g in shown), sum(values[g] for g in rest), sum(values)]

    rows = [
        cells(LEVERS[key], row([float(v) for v in avoided[k]]))
        for k, key in enumerate(LEVER_KEYS)
        if abs(avoided[k]).sum() > _LEAST
    ]
    rows.append(cells(Text("合计", "together"), row([float(v) for v in avoided.sum(axis=0)])))
    columns = (
        Column(name=Text("措施", "Measure")),
        *(Column(name=GROUPS[GROUP_KEYS[g]], unit="Mt CO2") for g in shown),
        Column(name=Text("其余行业", "Other sectors"), unit="Mt CO2"),
        Column(name=Text("合计", "Total"), unit="Mt CO2"),
    )
    title = Text(
        f"{book.scope.name.zh}{year}年{own_measures(study).zh}在各行业较现行政策少排（{how.zh}）",
        f"{book.scope.name.en} {year}: avoided by {own_measures(study).en} and sectors against current policies ({how.en})",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def matrix_chart(where: Text, year: int, matrix: Array, order: Order) -> Chart:
    """What each measure avoids in each sector group (``matrix`` below zero where it cuts) as a heat map."""
    avoided = -matrix
    kept = [k for k in range(len(LEVER_KEYS)) if abs(avoided[k]).sum() > _LEAST]
    return Chart(
        kind="heatmap",
        title=Text(f"{where.zh}{year}年措施×行业减排", f"{where.en} {year}: avoided, measure by sector"),
        spec=Heat(
            rows=tuple(LEVERS[LEVER_KEYS[k]] for k in kept),
            columns=tuple(GROUPS.values()),
            values=tuple(tuple(float(v) for v in avoided[k]) for k in kept),
            unit="Mt CO2",
            value_title=Text("较现行政策少排", "avoided against current policies"),
        ),
        note=ORDERS[order],
    )


def attach(book: Book, end: Text, year: int, matrix: Array, order: Order) -> None:
    """The whole matrix of all provinces' measures with both margins, in plain numbers: attached to the answer, not printed in it."""
    avoided = -matrix
    rows: list[tuple[Cell, ...]] = [
        (LEVERS[key], *(float(v) for v in line), float(line.sum()))
        for key, line in zip(LEVER_KEYS, avoided, strict=True)
    ]
    rows.append((Text("合计", "Total"), *(float(v) for v in avoided.sum(axis=0)), float(avoided.sum())))
    heads = [*GROUPS.values(), Text("合计", "Total")]
    columns = (Column(name=Text("措施", "Lever")), *(Column(name=h, unit="Mt CO2") for h in heads))
    where, how = book.scope.name, ORDERS[order]
    whose_zh, whose_en = counted(book.scope, own=False)
    title = Text(
        f"{where.zh}{year}年措施×行业较现行政策少排（{end.zh}情景，{how.zh}{whose_zh}）",
        f"{where.en} {year}: avoided by lever and sector against current policies ({end.en}, {how.en}{whose_en})",
    )
    book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def attribution(book: Book, study: Study) -> None:
    """Section: contributions by measure and sector."""
    others = study.others
    words = [
        sentence(
            f"以现行政策为参照，{ORDERS[study.order].zh}，按路径积分分摊，逐行逐列相加都等于合计；正值为少排，负值表示该措施在此路径上增加排放（例如"
            "电网尚未清洁时的用电措施）。换一种次序，数值会移动。",
            f"Against current policies, {ORDERS[study.order].en}, shared by a path integral: rows and columns add up to the totals. A "
            "negative figure is a measure that adds emissions on this path (power-using measures on a grid not yet clean). "
            "Another order moves the figures.",
        )
    ]
    if abs(others) > _LEAST:
        fact = book.figure(
            f"{study.year}年其他省份措施带来的少排（{scenario_name(study.path.scenario).zh}）",
            f"avoided in {study.year} by measures in other provinces ({scenario_name(study.path.scenario).en})",
            -others, "Mt CO2", year=study.year, path=study.path, account=Account.GROSS,
        )  # fmt: skip
        words.append(
            sentence(
                "其他省份按双碳情景推进，经省际购销另使本地少排{0}，不计入上表。",
                "The other provinces follow dual carbon; through trade this avoids another {0} here, not in the table.",
                fact,
            )
        )
    book.draft.section(
        Text("减哪：措施与行业", "Where: measures and sectors"),
        words,
        tables=(matrix_table(book, study),),
        charts=(book.draft.chart(matrix_chart(book.scope.name, study.year, study.matrix, study.order)),),
    )
