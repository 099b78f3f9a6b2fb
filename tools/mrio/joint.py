"""The chain pairs of a place that carry most carbon: candidates to decarbonise together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.mrio import words
from tools.mrio.bounds import pair_bounds
from tools.mrio.chain_lists import sure
from tools.mrio.partners import touching_pairs
from tools.mrio.system import Scope, need_inventory
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED = 4


def joint_pairs(scope: Scope, warehouse: Warehouse, count: int) -> Result:
    """The largest chain pairs M_ij of a place, robust ones first in the lead. Raises NotAvailable without inventory."""
    need_inventory(scope)
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    tell = Teller(
        Draft(Text(f"{zh}{year}年联合减排的产业链对", f"Supply-chain pairs of {en} to decarbonise together, {year}")),
        scope,
    )
    known = {
        (p.supplier, p.buyer): p.bound
        for p in (pair_bounds(warehouse, year, "province", scope.place.code) if scope.place.kind == "province" else [])
    }
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    names: list[Text] = []
    facts: list[int] = []
    for i, j, value in touching_pairs(scope, count):
        supplier, buyer = _ends(scope, i, j)
        bound = known.get((supplier, buyer))
        pair = _pair_name(supplier, buyer, tell.nation)
        label = Text(f"{pair.zh}的隐含碳", f"embodied CO2 of {pair.en}")
        emitter = words.sector_name(supplier[1])
        fact = tell.fact(label, value, account=Account.CONSUMPTION_DOMESTIC, bound=bound, sector=emitter)
        local = tell.place.code
        names.append(_pair_name(supplier, buyer, tell.nation, local))
        facts.append(fact)
        row: list[Cell] = [_end_name(supplier, tell.nation), _end_name(buyer, tell.nation), Ref(fact=fact)]
        rows.append([*row, sure(bound, True)] if known else row)
        if not known or (bound is not None and bound.robust):
            named.append((pair, fact))
    add_ranked(
        tell.draft, f"{zh}{year}年产业链上隐含碳最大、适合联合减排的上下游对{tell.guess[0]}：<list>。",
        f"The supply-chain pairs of {en} that carried most carbon in {year}{tell.guess[1]}, candidates for joint reduction: <list>.",
        [n for n, _ in named[:NAMED]], [f for _, f in named[:NAMED]],
    )  # fmt: skip
    tell.draft.lead(
        "箭头左侧为排放部门，右侧为由其排放支撑的最终产品；右侧的采购与设计、左侧的技术改造须同步推进。",
        "Left of the arrow stands the emitter, right of it the final product it emits for: procurement and design on the right "
        "and retrofits on the left go together.",
    )
    head: list[tuple[Text, str | None]] = [
        (Text("排放部门", "Emitter"), None), (Text("最终产品", "Final product"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2"),
    ]  # fmt: skip
    if known:
        head.append((Text("变体检验", "Over variants"), None))
    shown = tell.draft.table(table(tell.draft.title, head, rows))
    tell.draft.section(
        Text("产业链对", "Pairs"), tables=(shown,), charts=(tell.draft.chart(_chart(tell, names, facts)),)
    )
    words.caveats(tell.draft, scope, ranges=False)
    if known:
        tell.draft.caveats.append(words.ROBUST)
    tell.draft.method.append(
        Text(
            "M_ij = f_i·L_ij·y_j，i≠j；y 含国内最终使用与出口。",
            "M_ij = f_i L_ij y_j, i ≠ j; y is final use in China and exports.",
        )
    )
    tell.use("mrio_use", "co2_42", "mrio_variants")
    return tell.draft.result()


def _ends(scope: Scope, i: int, j: int) -> tuple[tuple[str, int], tuple[str, int]]:
    s, regions = len(scope.system.mrio.sectors), scope.system.mrio.regions
    return (regions[i // s], i % s + 1), (regions[j // s], j % s + 1)


def _end_name(end: tuple[str, int], nation: bool, local: str = "") -> Text:
    """A province's sector; the sector alone for the nation and for the province ``local``."""
    return words.short(end[1]) if nation or end[0] == local else words.of_place(place(end[0]).name, words.short(end[1]))


def _pair_name(supplier: tuple[str, int], buyer: tuple[str, int], nation: bool, local: str = "") -> Text:
    a, b = _end_name(supplier, nation, local), _end_name(buyer, nation, local)
    return Text(f"{a.zh}→{b.zh}", f"{a.en} → {b.en}")


def _chart(tell: Teller, names: list[Text], facts: list[int]) -> Chart:
    low, high = tuple(tell.draft[f].low for f in facts), tuple(tell.draft[f].high for f in facts)
    ranged = all(v is not None for v in (*low, *high))
    bars = Series(
        name=Text("隐含碳", "Embodied CO2"), y=tuple(tell.draft[f].value for f in facts),
        low=low if ranged else None, high=high if ranged else None,
    )  # fmt: skip
    return Chart(
        kind="bar", title=tell.draft.title,
        spec=XY(x=tuple(names), series=(bars,), unit="Mt CO2", y_title=Text("隐含碳", "Embodied CO2"), horizontal=True),
        note=tell.note,
    )  # fmt: skip
