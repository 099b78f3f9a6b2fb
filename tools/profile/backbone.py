"""The backbone part of a profile: key sectors of the industry network, embodied carbon in and out, partners and chain pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import Place, place
from data.text import Text
from tools.figures.work import Line
from tools.mrio import words
from tools.mrio.accounts import Accounts, accounts
from tools.mrio.algebra import top as largest
from tools.mrio.balances import net_fact
from tools.mrio.bounds import bounds, pair_bounds
from tools.mrio.chain_lists import sure
from tools.mrio.partners import touching_pairs
from tools.mrio.system import scope_of
from tools.mrio.telling import Teller
from tools.network.cases import case_of
from tools.network.charts import backbone_chart
from tools.network.find import SHARES, Cut, Found, find, steadiness, steady
from tools.network.telling import node_facts
from tools.result import Account, Cell, Column, Draft, Ref, Sentence, Table, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED, PARTNERS, PAIRS = 4, 6, 6
HUB = "strength"
_CONSUMPTION = Account.CONSUMPTION_DOMESTIC


def tell_backbone(draft: Draft, warehouse: Warehouse, where: Place, year: int) -> None:
    """A sentence of the lead on embodied carbon, and the section. Every figure of the estimate carries its range."""
    scope = scope_of(warehouse, where, year)
    tell = Teller(draft, scope)
    found = accounts(scope)
    _lead(tell, warehouse, found)
    case = case_of(warehouse, where, "sectors", "money", year)
    cut = Cut("share", SHARES["sectors"], 0.05)
    network = find(case, cut)
    said = [s for s in (_hubs(tell, warehouse, network, cut),) if s is not None]
    tables = (_partners(tell, warehouse, found), _pairs(tell, warehouse))
    charts = (draft.chart(backbone_chart(network, HUB)),) if len(network.backbone.weight) else ()
    draft.section(
        Text("骨架：关键行业与省际链条", "Backbone: key sectors and chains between provinces"),
        said,
        tables,
        charts,
        folded=True,
    )
    words.caveats(draft, scope)
    tell.use("mrio_trade", "mrio_use", "mrio_sector", "co2_42", "co2")


def _lead(tell: Teller, warehouse: Warehouse, found: Accounts) -> None:
    code, name = tell.place.code, tell.place.name
    limits = {m: bounds(warehouse, tell.year, m, code).get(("", 0)) for m in ("net_inflow", "inflow", "outflow")}
    net = net_fact(tell, found.net_inflow, limits["net_inflow"])
    into = tell.fact(
        Text("从外省调入的隐含碳", "embodied CO2 from other provinces"),
        found.inflow,
        account=_CONSUMPTION,
        bound=limits["inflow"],
    )
    out = tell.fact(
        Text("调往外省的隐含碳", "embodied CO2 sent to other provinces"),
        found.outflow,
        account=_CONSUMPTION,
        bound=limits["outflow"],
    )
    way = Text("净调入", "net import") if found.net_inflow >= 0 else Text("净调出", "net export")
    zh, en = tell.guess
    tell.draft.lead(
        f"{tell.year}年省际隐含碳{zh}：调入{{0:range}}，调出{{1:range}}，{way.zh}{{2:range}}。",
        f"Embodied carbon between provinces in {tell.year}{en}: {{0:range}} coming in and {{1:range}} going out, a {way.en} of {{2:range}}.",
        into, out, net,
    )  # fmt: skip
    limit = limits["net_inflow"]
    if limit is not None and limit.low < 0 < limit.high:
        tell.draft.caveats.append(
            Text(f"{name.zh}隐含碳净额的方向在部分估算变体中相反，不稳健。",
                 f"In some variants of the estimate {name.en}'s balance of embodied carbon has the other sign: not robust.")
        )  # fmt: skip


def _hubs(tell: Teller, warehouse: Warehouse, network: Found, cut: Cut) -> Sentence | None:
    ranges = steadiness(warehouse, network.case, cut, HUB, NAMED + 2)
    may_lead = steady(ranges)
    leaders = [i for i in network.order(HUB)[: NAMED + 2] if may_lead(i)][:NAMED]
    if not leaders:
        return None
    fact, line = node_facts(tell, network, {HUB: ranges}), Line()
    form = ":range" if ranges is not None else ""
    parts = [(network.case.names[i], line(fact(HUB, i), form)) for i in leaders]
    zh, en = "、".join(f"{n.zh}{h}" for n, h in parts), ", ".join(f"{n.en} ({h})" for n, h in parts)
    return sentence(
        f"{tell.year}年{tell.place.name.zh}内部产业网络中往来总额最大的枢纽行业{tell.guess[0]}：{zh}。",
        f"The hubs of {tell.place.name.en}'s own industry network in {tell.year}{tell.guess[1]}, by all flows in and out: {en}.",
        *line.facts,
    )


def _partners(tell: Teller, warehouse: Warehouse, found: Accounts) -> int:
    regions, outside = tell.scope.system.mrio.regions, tell.scope.outside
    rows: list[tuple[Cell, ...]] = []
    for k in largest(found.arriving + found.leaving, PARTNERS):
        partner = place(regions[outside[k]])
        cells: list[Cell] = []
        shaky = False
        for incoming, values in ((True, found.arriving), (False, found.leaving)):
            user, source = (tell.place.code, partner.code) if incoming else (partner.code, tell.place.code)
            bound = bounds(warehouse, tell.year, "embodied_flow", user).get((source, 0))
            shaky |= bound is not None and not bound.robust
            label = (
                Text(f"从{partner.name.zh}调入的隐含碳", f"embodied CO2 from {partner.name.en}") if incoming
                else Text(f"调往{partner.name.zh}的隐含碳", f"embodied CO2 sent to {partner.name.en}")
            )  # fmt: skip
            cells.append(Ref(fact=tell.fact(label, float(values[k]), account=_CONSUMPTION, bound=bound)))
        mark = Text("位次不稳健", "rank not robust") if shaky else Text("稳健", "robust")
        rows.append((partner.name, *cells, mark if tell.estimated else None))
    columns = (
        Column(name=Text("省份", "Province")), Column(name=Text("调入", "Coming in"), unit="Mt CO2"),
        Column(name=Text("调出", "Going out"), unit="Mt CO2"), Column(name=Text("稳健性", "Robustness")),
    )  # fmt: skip
    title = Text(
        f"{tell.place.name.zh}隐含碳的主要往来省份（{tell.year}年）",
        f"{tell.place.name.en}: main partners in embodied CO2, {tell.year}",
    )
    return tell.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(outside)))


def _pairs(tell: Teller, warehouse: Warehouse) -> int:
    """The largest chain pairs, of the table in use: who emits for whose final product."""
    mrio = tell.scope.system.mrio
    count = len(mrio.sectors)

    def named(node: int) -> Text:
        region, sector = divmod(node, count)
        return words.of_place(place(mrio.regions[region]).name, words.short(mrio.sectors[sector]))

    ranged = {}
    for pair in pair_bounds(warehouse, tell.year, "province", tell.place.code):
        ends = [mrio.regions.index(code) * count + number - 1 for code, number in (pair.supplier, pair.buyer)]
        ranged[ends[0], ends[1]] = pair.bound
    rows: list[tuple[Cell, ...]] = []
    crossing = [p for p in touching_pairs(tell.scope, PAIRS * 8) if p[0] // count != p[1] // count][:PAIRS]
    for source, user, value in crossing:
        a, b, bound = named(source), named(user), ranged.get((source, user))
        label = Text(f"链条：{a.zh}→{b.zh}的排放", f"chain: CO2 of {a.en} for {b.en}")
        rows.append(
            (a, b, Ref(fact=tell.fact(label, value, account=_CONSUMPTION, bound=bound)), sure(bound, bool(ranged)))
        )
    columns = (
        Column(name=Text("排放方", "Emitter")), Column(name=Text("最终产品方", "Final product")),
        Column(name=Text("隐含碳", "Embodied CO2"), unit="Mt CO2"), Column(name=Text("稳健性", "Robustness")),
    )  # fmt: skip
    title = Text(
        f"与外省之间最大的产业链环节（{tell.year}年{tell.guess[0]}）",
        f"Largest chain links with other provinces, {tell.year}{tell.guess[1]}",
    )
    return tell.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


__all__ = ["tell_backbone"]
