"""embodied_trade: the carbon that goes between provinces inside products, and whether a place is net importer or exporter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from data.classification import Place, place
from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.accounts import Exchange, Numbers, exchange, trade_of
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.balances import balances, net_fact
from tools.mrio.bounds import Bound
from tools.mrio.embodied_trade_detail import WAYS, detail
from tools.mrio.embodied_trade_matrix import matrix, pair_heat
from tools.mrio.emitter import Emitter, emitter_of
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 3
DRAWN = 8  # partners with a node of their own in the Sankey; the rest share one


class EmbodiedTradeArguments(Arguments):
    """Whose trade, and with whom."""

    place: PlaceArg | None = Field(
        None, description="Province or group of provinces; leave out (or China) for the balance of all provinces."
    )
    partner: PlaceArg | None = Field(None, description="Only the trade with this other province or group.")
    sector: SectorArg | None = Field(
        None,
        description="Count only what this sector (or group of sectors) emits, whatever product it ends in; leave open for all.",
    )
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=31, description="How many partners and sectors to list.")
    form: Literal["balance", "matrix"] = Field(
        "balance",
        description="Without a place: the balance of every province, or the matrix of all flows between them as a heat map.",
    )


@tool(
    title=Text("省际隐含碳贸易", "Embodied carbon trade"),
    summary=Text(
        "省际贸易中随产品流动的隐含碳：某省是净调入还是净调出，主要来源省、去向省和对方行业；可指定两省之间（含行业与最终产品明细）；不指定地区时给出各省净额或31×31矩阵；均可只计某一行业的排放。",
        "Carbon embodied in trade between provinces: whether a place is a net importer or exporter, its main origins, "
        "destinations and partner sectors; between two places, with sector detail; without a place, the balance of every province or "
        "the 31 by 31 matrix; all of it also for the emissions of one sector alone.",
    ),
    examples=(
        Text("上海是隐含碳的净流入地还是净流出地？", "Net embodied carbon trade of Shanghai: exporter or importer, and main partners"),
        Text("内蒙古的隐含碳主要流向哪些省份？", "Which provinces receive Inner Mongolia's embodied carbon?"),
        Text("广东从河北调入多少隐含碳", "How much embodied carbon does Guangdong draw from Hebei?"),
        Text("哪些省份是隐含碳净调出省", "Which provinces are net exporters of embodied carbon?"),
        Text("省际隐含碳流量矩阵热力图", "Heatmap of the matrix of embodied carbon between provinces"),
        Text("河北钢铁的排放随省际贸易流向哪些省份？", "Where do emissions of Hebei's steel go in trade between provinces?"),
        Text("京津冀与外省之间的碳转移", "Carbon transfer between Beijing-Tianjin-Hebei and other provinces"),
    ),
)  # fmt: skip
def embodied_trade(arguments: EmbodiedTradeArguments, context: Context) -> Result:
    """Embodied CO2 that a place draws from and sends to other provinces, its balance, partners and sectors."""
    emitter = emitter_of(arguments.sector)
    if arguments.place is None or arguments.place.kind == "nation":
        everywhere = matrix if arguments.form == "matrix" else balances
        return everywhere(context.warehouse, arguments.year, arguments.top, emitter)
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    if arguments.partner is not None and arguments.partner.kind != "nation":
        return _between(scope, arguments.partner, context.warehouse, arguments.top, emitter)
    return _alone(scope, context.warehouse, arguments.top, emitter)


def _direction(net: float) -> Text:
    return Text("净调入方（净进口）", "net importer") if net >= 0 else Text("净调出方（净出口）", "net exporter")


def _unsure(bound: Bound | None) -> bool:
    return bound is not None and bound.low < 0 < bound.high


def _ways(scope: Scope, numbers: Numbers) -> Array:
    """Net inflow, inflow and outflow, then arriving and leaving by other region: (3 + 2 * others,), Mt."""
    found = exchange(scope, numbers)
    return np.array([found.net_inflow, found.inflow, found.outflow, *found.arriving, *found.leaving])


def _alone(scope: Scope, warehouse: Warehouse, count: int, emitter: Emitter) -> Result:
    name, en, year = scope.place.name, words.article(scope.place), scope.system.mrio.year
    tell = Teller(
        Draft(emitter.titled(
            Text(f"{name.zh}{year}年省际隐含碳贸易", f"Interprovincial trade of embodied carbon, {en}, {year}")
        )),
        scope, emitter.name,
    )  # fmt: skip
    found, draft, ahead = exchange(scope, emitter.numbers), tell.draft, emitter.ahead
    ways = measured(warehouse, scope, lambda s: _ways(s, emitter.numbers))
    net = net_fact(tell, found.net_inflow, ways.bound(0))
    into = tell.fact(Text("从外省调入的隐含碳", "embodied CO2 from other provinces"), found.inflow, account=CONSUMPTION,
                     bound=ways.bound(1))  # fmt: skip
    out = tell.fact(Text("调往外省的隐含碳", "embodied CO2 sent to other provinces"), found.outflow, account=CONSUMPTION,
                    bound=ways.bound(2))  # fmt: skip
    word = _direction(found.net_inflow)
    draft.lead(
        f"{ahead[0]}{name.zh}{year}年在省际贸易中是隐含碳{word.zh}：{tell.about[0]}{'净调入' if found.net_inflow >= 0 else '净调出'}{{0}}，"
        "即从外省调入{1:range}，调往外省{2:range}。",
        f"{ahead[1]}In {year} {en} was a {word.en} of embodied carbon in trade with other provinces: {tell.about[1]}{{0}} net, with "
        "{1:range} coming in and {2:range} going out.",
        net, into, out,
    )  # fmt: skip
    if _unsure(ways.bound(0)):
        draft.caveats.append(
            Text(
                "净额的方向在部分估算变体中相反，不稳健。",
                "In some variants of the estimate the balance has the other sign: not robust.",
            )
        )
    tables = (_partners(tell, found, ways, count), detail(tell, count, emitter))
    draft.chart(_sankey(tell, found, emitter))
    draft.section(Text("往来省份与行业", "Partners and sectors"), tables=tables, folded=True)
    _close(tell, emitter)
    return draft.result()


def _partners(tell: Teller, found: Exchange, ways: Measured, count: int) -> int:
    """Partner provinces both ways: two sentences of the lead and a table, largest exchange first."""
    regions, outside = tell.scope.system.mrio.regions, tell.scope.outside
    zh, en, missing = tell.place.name.zh, words.article(tell.place), tell.scope.system.emissions.missing
    known: dict[tuple[int, bool], int] = {}

    def fact(k: int, incoming: bool) -> int:
        if (k, incoming) not in known:
            partner = place(regions[outside[k]])
            unknown = incoming and partner.code in missing  # its zero is no data, so it has no range
            bound = None if unknown else ways.bound(3 + k + (0 if incoming else len(outside)))
            label = (
                Text(f"从{partner.name.zh}调入的隐含碳", f"embodied CO2 from {partner.name.en}") if incoming
                else Text(f"调往{partner.name.zh}的隐含碳", f"embodied CO2 sent to {partner.name.en}")
            )  # fmt: skip
            value = float((found.arriving if incoming else found.leaving)[k])
            known[k, incoming] = tell.fact(label, value, account=CONSUMPTION, bound=bound)
        return known[k, incoming]

    for values, incoming, said_zh, said_en in (
        (
            found.arriving,
            True,
            f"{zh}调入隐含碳的主要来源：<list>。",
            f"The main origins of what {en} imports: <list>.",
        ),
        (
            found.leaving,
            False,
            f"{zh}调出隐含碳的主要去向：<list>。",
            f"The main destinations of what {en} exports: <list>.",
        ),
    ):
        order = largest(values, NAMED)
        add_ranked(
            tell.draft,
            said_zh,
            said_en,
            [place(regions[outside[k]]).name for k in order],
            [fact(k, incoming) for k in order],
        )
    rows: list[list[Cell]] = [
        [place(regions[outside[k]]).name, Ref(fact=fact(k, True)), Ref(fact=fact(k, False))]
        for k in largest(found.arriving + found.leaving, count)
    ]
    title = Text(f"{zh}隐含碳的主要往来省份", f"Main partners of {en} in embodied CO2")
    return tell.draft.table(table(title, [(Text("省份", "Province"), None), *WAYS], rows, total=len(outside)))


def _sankey(tell: Teller, found: Exchange, emitter: Emitter) -> Chart:
    """Origins, the place, destinations: three columns, partners beyond the largest put together."""
    regions, outside = tell.scope.system.mrio.regions, tell.scope.outside
    nodes = [Node(name=tell.place.name, column=1, group=tell.place.name)]
    links: list[Link] = []
    for column, values in ((0, found.arriving), (2, found.leaving)):
        order = largest(values, DRAWN)
        for k in order:
            nodes.append(
                Node(
                    name=place(regions[outside[k]]).name,
                    column=column,
                    group=Text("来源", "origin") if column == 0 else Text("去向", "destination"),
                )
            )
            ends = (len(nodes) - 1, 0) if column == 0 else (0, len(nodes) - 1)
            links.append(Link(source=ends[0], target=ends[1], value=float(values[k])))
        rest = float(values.sum() - values[order].sum())
        if rest > 0:
            nodes.append(Node(name=Text("其他省份", "Other provinces"), column=column, group=words.OTHERS))
            ends = (len(nodes) - 1, 0) if column == 0 else (0, len(nodes) - 1)
            links.append(Link(source=ends[0], target=ends[1], value=rest))
    return Chart(
        kind="sankey",
        title=emitter.titled(
            Text(f"{tell.place.name.zh}{tell.year}年省际隐含碳流动", f"Embodied carbon of {words.article(tell.place)}, {tell.year}")
        ),
        spec=Sankey(nodes=tuple(nodes), links=tuple(links), unit="Mt CO2", value_title=Text("隐含碳", "Embodied CO2")),
        note=tell.note,
    )  # fmt: skip


def _between(scope: Scope, partner: Place, warehouse: Warehouse, count: int, emitter: Emitter) -> Result:
    """Both ways between two places, with sectors."""
    overlap = set(scope.place.members or (scope.place.code,)) & set(partner.members or (partner.code,))
    if overlap:
        names = (
            "、".join(place(c).name.zh for c in sorted(overlap)),
            ", ".join(place(c).name.en for c in sorted(overlap)),
        )
        raise BadRequest(
            "overlapping_places",
            Text(f"两个地区重叠（{names[0]}），无法计算彼此之间的流量；请给出不重叠的两个地区。",
                 f"The two places overlap ({names[1]}), so there is no flow between them; name two that do not."),
        )  # fmt: skip
    codes = partner.members or (partner.code,)
    other = Scope(partner, scope.system, tuple(scope.system.mrio.regions.index(c) for c in codes))
    need_inventory(other)
    trade = trade_of(scope.system, emitter.numbers)
    into = float(trade[np.ix_(other.inside, scope.inside)].sum())
    out = float(trade[np.ix_(scope.inside, other.inside)].sum())
    zh, en = (scope.place.name.zh, partner.name.zh), (words.article(scope.place), words.article(partner))
    year = scope.system.mrio.year
    tell = Teller(
        Draft(emitter.titled(
            Text(f"{zh[0]}与{zh[1]}{year}年隐含碳往来", f"Embodied carbon between {en[0]} and {en[1]}, {year}")
        )),
        scope, emitter.name,
    )  # fmt: skip

    def flows(at: Scope) -> Array:
        trade, there, here = trade_of(at.system, emitter.numbers), other.inside, at.inside
        drawn, sent = trade[np.ix_(there, here)].sum(), trade[np.ix_(here, there)].sum()
        return np.array([drawn, sent, drawn - sent])

    ways = measured(warehouse, scope, flows)
    arriving = tell.fact(Text(f"从{zh[1]}调入的隐含碳", f"embodied CO2 from {en[1]}"), into, account=CONSUMPTION,
                         bound=ways.bound(0))  # fmt: skip
    leaving = tell.fact(Text(f"调往{zh[1]}的隐含碳", f"embodied CO2 sent to {en[1]}"), out, account=CONSUMPTION,
                        bound=ways.bound(1))  # fmt: skip
    net = net_fact(tell, into - out, ways.bound(2), Text(f"对{zh[1]}", f" in trade with {en[1]}"))
    word = _direction(into - out)
    tell.draft.lead(
        f"{emitter.ahead[0]}{zh[0]}{year}年从{zh[1]}调入隐含碳{tell.about[0]}为{{0:range}}，调往{zh[1]}{{1:range}}；{zh[0]}对{zh[1]}是{word.zh}，"
        f"{'净调入' if into >= out else '净调出'}{{2:range}}。",
        f"{emitter.ahead[1]}In {year} {en[0]} drew {tell.about[1]}{{0:range}} of embodied CO2 from {en[1]} and sent it "
        f"{{1:range}}; towards {en[1]}, {en[0]} was a {word.en} by {{2:range}}.",
        arriving, leaving, net,
    )  # fmt: skip
    shown = detail(tell, count, emitter, other)
    back: tuple[int, ...] = ()
    if emitter.numbers is None:
        tell.draft.chart(pair_heat(tell, other))  # in no section, so that it stands open
        back = (tell.draft.chart(pair_heat(Teller(tell.draft, other), scope)),) if out > 0 else ()
    tell.draft.section(Text("行业", "Sectors"), tables=(shown,), charts=back, folded=True)
    _close(tell, emitter)
    return tell.draft.result()


def _close(tell: Teller, emitter: Emitter) -> None:
    draft, name = tell.draft, tell.place.name
    draft.caveats += emitter.notes
    words.caveats(draft, tell.scope)
    draft.method.append(words.LEONTIEF)
    tell.use("co2_42", "mrio_variants")
    draft.suggestions += [
        Text(f"{name.zh}消费侧碳排放是多少？", f"What is the consumption-based footprint of {name.en}?"),
        Text("哪些省份是隐含碳净调出省？", "Which provinces are net exporters of embodied carbon?"),
    ]
