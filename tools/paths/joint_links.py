"""The chain between the ends of a joint reduction: who emits on it, direct and indirect links, a Sankey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound, pair_bounds
from tools.mrio.telling import Ref, Teller, enumerate_names, note_of, table
from tools.paths import joint_numbers as numbers
from tools.paths.joint_ends import Told, end_fact, named
from tools.paths.naming import node_name
from tools.paths.sure import at, bounds_of, leads, verdict
from tools.result import Cell

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_FRONT = 10  # emitters of a buyer's chain among which a link must stay to count as robust
_DRAWN = 6


def _listed(told: Told, warehouse: Warehouse, a: int, b: int) -> Bound | None:
    """The bound of a link: over the kept variants, else from the lists of pairs the dataset holds."""
    emitter, buyer, scope = told.ends[a].end, told.ends[b].end, told.scope
    found = bounds_of(warehouse, scope, lambda s: numbers.carried(s, buyer), top=_FRONT)
    own = emitter.own(scope.system)
    if found is not None and len(own) == 1:
        return found[int(own[0])]
    places = [told.ends[k].place for k in (a, b)]
    if any(p.kind != "province" for p in places) or len(own) != 1 or len(buyer.numbers) != 1:
        return None
    pairs = pair_bounds(warehouse, scope.system.mrio.year, "upstream", places[1].code, buyer.numbers[0])
    return next((p.bound for p in pairs if p.supplier == (places[0].code, emitter.numbers[0])), None)


def tell_links(tell: Teller, told: Told, warehouse: Warehouse, count: int) -> tuple[int, ...]:
    """The chain between the ends: two sentences, a table of links, a table of the chains through both."""
    links, system, draft = told.links, told.scope.system, tell.draft
    if not links:
        return ()
    a, b = links[0]
    emitter, buyer = told.ends[a], told.ends[b]
    bound = _listed(told, warehouse, a, b)
    vector = numbers.through(system, emitter.end, buyer.end)
    chains = bounds_of(warehouse, told.scope, lambda s: numbers.through(s, emitter.end, buyer.end), top=count)
    e, p = emitter.name, buyer.name
    labels = (
        Text(f"{p.zh}最终产品的全国隐含碳", f"CO2 in China for final products of {p.en}"),
        Text(f"{p.zh}最终产品经过{e.zh}的排放", f"CO2 for {p.en} on chains through {e.en}"),
        Text(f"{e.zh}为{p.zh}的直接排放", f"own CO2 of {e.en} for final products of {p.en}"),
    )
    whole = end_fact(tell, buyer, labels[0], float(numbers.carried(system, buyer.end).sum()))
    passing = end_fact(tell, buyer, labels[1], float(vector.sum()))
    direct = end_fact(tell, emitter, labels[2], numbers.between(system, emitter.end, buyer.end), bound=bound)
    rows, others = _chain_rows(tell, told, (a, b), chains, count, direct)
    guess = tell.guess
    arrow = Text(f"{e.zh}→{p.zh}", f"{e.en} → {p.en}")
    list_zh, list_en = enumerate_names([n for n, _ in others], 3)
    tail = (
        Text(f"，其余主要在其上游：{list_zh}", f"; upstream of it most is emitted by {list_en}")
        if others
        else Text("。", ".")
    )
    shaky = Text("（该链在变体检验中不够稳健，仅供参考）", " (a link that is not robust over the variants: indicative)")
    doubt = None if leads(bound) else shaky
    ends = named([e.name for e in told.ends])
    draft.lead(
        f"{ends.zh}应首先沿“{arrow.zh}”这条链联合减排{doubt.zh if doubt else ''}：{tell.year}年{buyer.name.zh}最终产品在全国的隐含碳{{0}}中，"
        f"经过{emitter.name.zh}的链条占{{1}}，其中{emitter.name.zh}自身直接排放{{2:range}}{tail.zh.rstrip('。')}{guess[0]}。",
        f"{ends.en} should first cut together along {arrow.en}{doubt.en if doubt else ''}: of the {{0}} embodied in the final products of "
        f"{buyer.name.en} in {tell.year}, {{1}} ran on chains through {emitter.name.en}, {{2:range}} of it its own direct "
        f"emissions{tail.en.rstrip('.')}{guess[1]}.",
        whole, passing, direct, *(f for _, f in others),
    )  # fmt: skip
    draft.chart(_sankey(told, (a, b), vector))
    title = Text(
        f"经过{emitter.name.zh}、进入{buyer.name.zh}的链条（按排放部门）",
        f"Chains through {emitter.name.en} into {buyer.name.en}, by emitter",
    )
    head: list[tuple[Text, str | None]] = [(Text("排放部门", "Emitter"), None), (Text("排放", "CO2"), "Mt CO2")]
    if chains is not None:
        head.append((Text("变体检验", "Over variants"), None))
    return (draft.table(table(title, head, rows)), _link_table(tell, told, links, warehouse))


def _chain_rows(
    tell: Teller, told: Told, link: tuple[int, int], chains: list[Bound] | None, count: int, direct: int
) -> tuple[list[list[Cell]], list[tuple[Text, int]]]:  # fmt: skip
    """Emitters on the chains through both ends: the rows, and the robust ones that are not the emitting end itself."""
    system = told.scope.system
    emitter, buyer = (told.ends[k] for k in link)
    vector = numbers.through(system, emitter.end, buyer.end)
    own = {int(i) for i in emitter.end.own(system)}
    rows: list[list[Cell]] = []
    others: list[tuple[Text, int]] = []
    for i in largest(vector, count):
        name = node_name(system, i)
        if i in own and len(own) == 1:
            fact = direct
        else:
            label = Text(
                f"{name.zh}经{emitter.name.zh}进入{buyer.name.zh}的排放",
                f"CO2 of {name.en} through {emitter.name.en} into {buyer.name.en}",
            )
            fact = end_fact(tell, buyer, label, float(vector[i]), bound=at(chains, i))
        rows.append([name, Ref(fact=fact), *([verdict(at(chains, i))] if chains is not None else [])])
        if i not in own and leads(at(chains, i)):
            others.append((name, fact))
    return rows, others[:2]


def _link_table(tell: Teller, told: Told, links: list[tuple[int, int]], warehouse: Warehouse) -> int:
    """Every direct and embodied link between the ends."""
    system = told.scope.system
    rows: list[list[Cell]] = []
    for a, b in links[:6]:
        emitter, buyer = told.ends[a], told.ends[b]
        bought, everywhere = numbers.bought(system, emitter.end, buyer.end)
        arrow = Text(f"{emitter.name.zh}→{buyer.name.zh}", f"{emitter.name.en} → {buyer.name.en}")
        money = end_fact(tell, buyer, Text(f"{buyer.name.zh}直接购自{emitter.name.zh}", f"bought by {buyer.name.en} directly from {emitter.name.en}"),
                      bought, "100M yuan")  # fmt: skip
        share: Cell = None
        if everywhere > 0:
            label = Text(
                f"{emitter.name.zh}在{buyer.name.zh}同类采购中的占比",
                f"share of {emitter.name.en} in such purchases of {buyer.name.en}",
            )
            share = Ref(
                fact=tell.fact(label, 100 * bought / everywhere, "%", sector=buyer.full, region=buyer.place.name)
            )
        embodied = end_fact(tell, emitter, Text(f"{arrow.zh}的隐含碳", f"embodied CO2 {arrow.en}"), numbers.between(system, emitter.end, buyer.end),
                         bound=_listed(told, warehouse, a, b))  # fmt: skip
        rows.append([arrow, Ref(fact=money), share, Ref(fact=embodied)])
    head = [
        (Text("链（供方→买方）", "Link (supplier → buyer)"), None), (Text("直接采购", "Direct purchases"), "100M yuan"),
        (Text("占买方同类采购", "Share of the buyer's such purchases"), "%"),
        (Text("隐含碳（直接与间接）", "Embodied CO2, direct and indirect"), "Mt CO2"),
    ]  # fmt: skip
    return tell.draft.table(
        table(Text("两端之间的直接与间接联系", "Direct and indirect links between the ends"), head, rows)
    )


def _sankey(told: Told, link: tuple[int, int], vector: Array) -> Chart:
    """Emitters upstream, the emitting end, the buying end."""
    system = told.scope.system
    emitter, buyer = (told.ends[k] for k in link)
    own = {int(i) for i in emitter.end.own(system)}
    upstream = vector.copy()
    upstream[list(own)] = 0.0
    order = largest(upstream, _DRAWN)
    ends = [(node_name(system, i), float(upstream[i])) for i in order]
    ends.append((Text(f"{emitter.name.zh}（自身）", f"{emitter.name.en} (own)"), float(vector[list(own)].sum())))
    rest = float(upstream.sum() - upstream[order].sum())
    if rest > 0:
        ends.append((Text("其他上游", "Other upstream"), rest))
    nodes = [
        Node(name=emitter.name, column=1),
        Node(name=buyer.name, column=2),
        *(Node(name=n, column=0) for n, _ in ends),
    ]
    links = [Link(source=k + 2, target=0, value=v) for k, (_, v) in enumerate(ends)]
    links.append(Link(source=0, target=1, value=float(vector.sum())))
    return Chart(
        kind="sankey",
        title=Text(
            f"经过{emitter.name.zh}进入{buyer.name.zh}的排放，{system.mrio.year}年",
            f"CO2 through {emitter.name.en} into {buyer.name.en}, {system.mrio.year}",
        ),
        spec=Sankey(nodes=tuple(nodes), links=tuple(links), unit="Mt CO2", value_title=Text("隐含碳", "Embodied CO2")),
        note=note_of(told.scope.system),
    )  # fmt: skip
