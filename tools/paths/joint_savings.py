"""The illustration of a joint reduction: what each end saves alone, all together, the overlap, where and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text, same
from tools.charts.specs import XY, Chart, Series
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound
from tools.mrio.telling import Ref, Teller, table
from tools.paths.joint_ends import Told, ToldEnd, end_fact, named
from tools.paths.naming import node_name
from tools.paths.sure import at, bounds_of
from tools.result import Account, Basis, Cell

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_ASSUMED = {  # by whether the end is a buyer
    False: Text("设定的排放端强度降幅", "assumed cut of intensity at the emitting end"),
    True: Text("设定的采购端用量降幅", "assumed cut of use at the buying end"),
}
_MEASURE = {
    False: Text("降低单位产出直接排放", "lower direct CO2 per output"),
    True: Text("少用排放端产品", "less use of the emitters' products"),
}


def tell_savings(tell: Teller, told: Told, warehouse: Warehouse, count: int) -> list[Bound] | None:
    """The illustration: alone, together, overlap, shares, where and for whom."""
    system, draft, n = told.scope.system, tell.draft, len(told.ends)
    measures = told.measures
    values = measures.summary(system)
    bounds = bounds_of(warehouse, told.scope, measures.summary)
    cuts: dict[bool, int] = {}
    for buys, field, share in ((False, "emitter_cut", measures.emitter_cut), (True, "use_cut", measures.use_cut)):
        end = next(e for e, b in zip(told.ends, measures.buys, strict=True) if b is buys)
        label = (
            Text("设定的采购端用量降幅", "assumed cut of use at the buying end")
            if buys
            else Text("设定的排放端强度降幅", "assumed cut of intensity at the emitting end")
        )
        cuts[buys] = tell.fact(label, 100 * share, "%", region=end.place.name,
                               basis=Basis.USER if field in told.given else Basis.ASSUMPTION)  # fmt: skip

    def saved(label: Text, k: int, end: ToldEnd) -> int:
        return tell.fact(label, abs(float(values[k])), account=Account.SCOPE1, region=end.place.name, sector=end.full, basis=Basis.PROJECTED,
                         bound=_size(at(bounds, k)))  # fmt: skip

    alone = [
        saved(Text(f"{e.name.zh}单独行动的减排量", f"CO2 saved by {e.name.en} alone"), k, e)
        for k, e in enumerate(told.ends)
    ]
    together = saved(Text("各端同时行动的减排量", "CO2 saved by all together"), n, told.ends[0])
    overlap = saved(Text("各端行动的重叠", "overlap of the measures"), n + 1, told.ends[0])
    shares = [saved(Text(f"联合减排量中{e.name.zh}的分摊（沙普利值）", f"share of {e.name.en} in the joint saving (Shapley)"), n + 2 + k, e)
              for k, e in enumerate(told.ends)]  # fmt: skip
    _say_savings(tell, told, cuts, [*alone, together, overlap])
    rows: list[list[Cell]] = [
        [e.name, _MEASURE[b], Ref(fact=x), Ref(fact=s)]
        for e, b, x, s in zip(told.ends, measures.buys, alone, shares, strict=True)
    ]
    rows.append(
        [Text("同时行动", "All together"), Text("各端行动", "all measures"), Ref(fact=together), Ref(fact=together)]
    )
    rows.append([Text("重叠", "Overlap"), Text("只减一次", "saved once"), Ref(fact=overlap), same("—")])
    head = [
        (Text("一端", "End"), None),
        (Text("行动", "Measure"), None),
        (Text("单独减排", "Alone"), "Mt CO2"),
        (Text("联合时的分摊", "Share when together"), "Mt CO2"),
    ]
    shown = draft.table(table(Text("单独与联合减排（演示）", "Savings alone and together (illustration)"), head, rows))
    users = _users(tell, told, count) if not tell.nation else ()
    draft.section(
        Text("单独与联合的效果（演示）", "Effect alone and together (illustration)"),
        tables=(shown, *users),
        folded=True,
    )
    draft.chart(_chart(tell, told, values))
    return bounds


def _chart(tell: Teller, told: Told, values: Array) -> Chart:
    """Bars of the savings alone and together."""
    saved = Text("减排量", "CO2 saved")
    return Chart(
        kind="bar", title=Text("单独与联合减排量（演示）", "CO2 saved alone and together (illustration)"),
        spec=XY(
            x=(*(e.name for e in told.ends), Text("同时行动", "all together")),
            series=(Series(name=saved, y=tuple(float(v) for v in values[: len(told.ends) + 1])),),
            unit="Mt CO2", y_title=saved, horizontal=True,
        ),
        note=tell.note,
    )  # fmt: skip


def _size(bound: Bound | None) -> Bound | None:
    """The bound of a size: the overlap is computed below zero and told as a size."""
    return -bound if bound is not None and bound.high <= 0 else bound


def _say_savings(tell: Teller, told: Told, cuts: dict[bool, int], facts: list[int]) -> None:
    emit = named([e.name for e, b in zip(told.ends, told.measures.buys, strict=True) if not b])
    buy = named([e.name for e, b in zip(told.ends, told.measures.buys, strict=True) if b])
    n = len(told.ends)
    zh = "、".join(f"{e.name.zh}单独可减{{{k + 2}}}" for k, e in enumerate(told.ends))
    en = ", ".join(f"{e.name.en} alone saves {{{k + 2}}}" for k, e in enumerate(told.ends))
    tell.draft.lead(
        f"演示：若{emit.zh}单位产出直接排放降低{{0}}、{buy.zh}单位产出少用前者的产品{{1}}，{zh}；同时做共减{{{n + 2}:range}}，"
        f"比单独之和少{{{n + 3}}}（重叠部分只减一次）。",
        f"Illustration: if direct CO2 per output of {emit.en} fell by {{0}} and use of those products per output of {buy.en} by {{1}}, {en}; "
        f"together they save {{{n + 2}:range}}, {{{n + 3}}} less than the sum (the overlap is saved once).",
        cuts[False], cuts[True], *facts,
    )  # fmt: skip


def _users(tell: Teller, told: Told, count: int) -> tuple[int, ...]:
    """For whose final use the joint saving falls, and where it is emitted."""
    system = told.scope.system
    users = told.measures.for_users(system)
    where = np.asarray(told.measures.saved(system, frozenset(range(len(told.ends)))))
    regions = system.mrio.regions
    for_use = [
        (
            name,
            Text(f"联合减排中用于{name.zh}最终使用的部分", f"joint saving for the final use of {name.en}"),
            float(users[k]),
        )
        for k in largest(users, count)
        for name in (Text("出口", "Exports") if k == len(regions) else place(regions[k]).name,)
    ]
    emitted = [
        (name, Text(f"联合减排中发生在{name.zh}的部分", f"joint saving emitted in {name.en}"), float(where[i]))
        for i in largest(where, count)
        for name in (node_name(system, i),)
    ]
    return (
        _listed(
            tell, told, Text("联合减排为谁的最终使用", "Joint saving by final user"), Text("使用地", "User"), for_use
        ),
        _listed(
            tell, told, Text("联合减排发生在哪里", "Joint saving by emitter"), Text("排放部门", "Emitter"), emitted
        ),
    )


def _listed(tell: Teller, told: Told, title: Text, head: Text, parts: list[tuple[Text, Text, float]]) -> int:
    """A table of parts of the joint saving: each part's name, what its fact says, Mt CO2."""
    rows: list[list[Cell]] = [
        [name, Ref(fact=end_fact(tell, told.ends[0], label, value))] for name, label, value in parts
    ]
    return tell.draft.table(table(title, [(head, None), (Text("减排", "CO2 saved"), "Mt CO2")], rows))
