"""The matrix of embodied carbon between all provinces, and one pair's flow by sector of origin and final product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text
from tools.charts.specs import Chart, Heat
from tools.mrio import words
from tools.mrio.accounts import Numbers, detail_between, trade_of
from tools.mrio.accounts_range import measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.emitter import Emitter
from tools.mrio.system import Scope, System, get_system
from tools.mrio.telling import Ref, Teller, estimated, guess_of, table, use
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 4
RANKED = 30  # a flow is robust that stays among so many
DRAWN = 9  # sectors and products drawn by name
DIAGONAL = Text("对角线（本省自用）不画", "own use (the diagonal) is left out")
DIAGONAL_ESTIMATED = Text(
    "省际表为估算；对角线（本省自用）不画", "estimated interprovincial table; own use (the diagonal) is left out"
)


def between(scope: Scope, numbers: Numbers) -> Array:
    """CO2 in the row region for the column region's final use (R, R), of all sectors or of ``numbers``, the diagonal zero."""
    trade = trade_of(scope.system, numbers).copy()
    np.fill_diagonal(trade, 0.0)
    return np.asarray(trade)


def matrix(warehouse: Warehouse, year: int, count: int, emitter: Emitter) -> Result:
    """All flows between provinces: the largest in words and a table, all of them as a heat map."""
    system = get_system(warehouse, year)
    everywhere = Scope(place(system.mrio.regions[0]), system, (0,))  # the measure reads the whole system
    flows = measured(warehouse, everywhere, lambda s: between(s, emitter.numbers), top=RANKED)
    regions, missing = system.mrio.regions, system.emissions.missing
    draft = Draft(emitter.titled(Text(f"{year}年省际隐含碳流量矩阵", f"Embodied carbon between provinces, {year}")))
    known: dict[int, int] = {}

    def fact(i: int) -> int:
        if i not in known:
            origin, user = (place(regions[k]) for k in divmod(i, len(regions)))
            tell = Teller(draft, Scope(user, system, (i % len(regions),)), emitter.name)
            label = Text(f"从{origin.name.zh}调入的隐含碳", f"embodied CO2 from {origin.name.en}")
            known[i] = tell.fact(label, flows[i], account=CONSUMPTION, bound=flows.bound(i))
        return known[i]

    lead = flows.leading(RANKED, NAMED)
    names = [[place(regions[k]).name for k in divmod(i, len(regions))] for i in lead]
    said_zh = "、".join(f"{a.zh}→{b.zh}{{{k}}}" for k, (a, b) in enumerate(names))
    said_en = ", ".join(f"{a.en} to {b.en} ({{{k}}})" for k, (a, b) in enumerate(names))
    draft.lead(
        f"{emitter.ahead[0]}{year}年省际隐含碳流量（排放地→最终使用地）{guess_of(system)[0]}最大的是{said_zh}。",
        f"{emitter.ahead[1]}In {year} the largest flows of embodied CO2 between provinces (from where it was emitted to final use)"
        f"{guess_of(system)[1]} were {said_en}.",
        *(fact(i) for i in lead),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for i in flows.top(count):
        origin, user = (place(regions[k]).name for k in divmod(i, len(regions)))
        row: list[Cell] = [origin, user, Ref(fact=fact(i))]
        rows.append([*row, flows.mark(i)] if flows.spread is not None else row)
    head: list[tuple[Text, str | None]] = [
        (Text("排放地", "Emitted in"), None), (Text("最终使用地", "Used in"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2"),
    ]  # fmt: skip
    if flows.spread is not None:
        head.append((Text("稳健性", "Robustness"), None))
    title = Text(f"{year}年最大的省际隐含碳流量", f"Largest flows of embodied carbon, {year}")
    shown = draft.table(table(title, head, rows, total=int((flows.values > 0).sum())))
    chart = draft.chart(_heat(draft.title, flows.values, system))
    draft.section(Text("矩阵", "Matrix"), tables=(shown,), charts=(chart,))
    draft.caveats += [*emitter.notes, *words.list_notes(system)]
    if flows.spread is not None:
        draft.caveats.append(words.ROBUST)
    for name in (place(code).name for code in missing):
        draft.caveats.append(
            Text(f"{name.zh}没有二氧化碳清单，作为排放地无数据。", f"{name.en} has no CO2 inventory: no data as a place of emission.")
        )  # fmt: skip
    draft.method.append(words.LEONTIEF)
    use(draft, system, "co2_42", "mrio_variants")
    draft.suggestions.append(
        Text("内蒙古的隐含碳主要流向哪些省份？", "Which provinces receive Inner Mongolia's embodied carbon?")
    )
    return draft.result()


def _heat(title: Text, values: Array, system: System) -> Chart:
    """Rows emit, columns use; the diagonal and provinces without an inventory stay empty."""
    regions, missing = system.mrio.regions, system.emissions.missing
    cells = tuple(
        tuple(None if i == j or code in missing else float(values[i, j]) for j in range(len(regions)))
        for i, code in enumerate(regions)
    )
    names = tuple(place(code).name for code in regions)
    return Chart(
        kind="heatmap", title=title, note=DIAGONAL_ESTIMATED if estimated(system) else DIAGONAL,
        spec=Heat(rows=names, columns=names, values=cells, unit="Mt CO2", value_title=Text("隐含碳", "Embodied CO2")),
    )  # fmt: skip


def pair_heat(tell: Teller, origin: Scope) -> Chart:
    """What comes from one place into another: sectors of origin by final products, the smaller ones put together."""
    detail = detail_between(tell.scope, origin.inside)
    rows, columns = largest(detail.sum(1), DRAWN), largest(detail.sum(0), DRAWN)
    rest_rows = [k for k in range(len(detail)) if k not in rows]
    rest = [k for k in range(len(detail)) if k not in columns]
    cells = [[*detail[i, columns], detail[i, rest].sum()] for i in rows]
    cells.append([*detail[np.ix_(rest_rows, columns)].sum(0), detail[np.ix_(rest_rows, rest)].sum()])
    others = Text("其他", "Others")
    zh, en = origin.place.name.zh, words.article(origin.place)
    return Chart(
        kind="heatmap",
        title=Text(f"{zh}为{tell.place.name.zh}排放：按排放行业与最终产品，{tell.year}年",
                   f"CO2 of {en} for {words.article(tell.place)} by sector and final product, {tell.year}"),
        spec=Heat(
            rows=(*(words.short(k + 1) for k in rows), others), columns=(*(words.short(k + 1) for k in columns), others),
            values=tuple(tuple(float(v) for v in row) for row in cells), unit="Mt CO2",
            value_title=Text("隐含碳", "Embodied CO2"),
        ),
        note=tell.note,
    )  # fmt: skip
