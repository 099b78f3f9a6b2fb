"""chain_partners: a sector's buyers and suppliers in money, the chains its carbon runs through, pairs to cut together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from data.classification import Sector
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Listing, pair_bounds
from tools.mrio.chain_lists import Ends, cap, carbon, outside, sector_label
from tools.mrio.joint import joint_pairs
from tools.mrio.partners import Partners, asked_name, numbers_of, part_caveat, partners
from tools.mrio.system import Scope, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED_SECTORS = 5
DRAWN = 8


class ChainPartnersArguments(Arguments):
    """Which sector where, and which way along the chain."""

    place: PlaceArg = Field(description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(
        None, description="The sector; leave out for the pairs of the place's supply chains to decarbonise together."
    )
    direction: Literal["upstream", "downstream"] = Field(
        "downstream",
        description="downstream: who buys and where its carbon ends; upstream: who supplies and emits for it.",
    )
    focus: Literal["money", "carbon"] = Field(
        "money",
        description="What the answer opens with: money (buyers, suppliers) or carbon (emissions along the chain).",
    )
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=30, description="How many partners to list.")


@tool(
    title=Text("产业链上下游", "Supply-chain partners"),
    summary=Text(
        "某地某行业的直接买方（下游）或供方（上游），本省与外省分列（金额），以及产业链上的隐含碳：其排放进入哪些最终产品，或为其最终产品在上游排放的部门；"
        "不指定行业时列出应联合减排的上下游对及其稳健性。",
        "Direct buyers (downstream) or suppliers (upstream) of a place's sector, inside the province and outside (money), and the "
        "carbon along the chain: final products that carry its emissions, or sectors that emit for its final products. Without a "
        "sector: the pairs to decarbonise together, with their robustness.",
    ),
    examples=(
        Text("山西煤炭行业的下游主要有哪些？", "Who are the downstream buyers of Shanxi's coal industry?"),
        Text("江苏建筑业的上游排放来自哪些省的哪些行业？", "Which upstream sectors emit for construction in Jiangsu?"),
        Text("内蒙古电力行业的下游是谁", "Who buys Inner Mongolia's power?"),
        Text("河北钢铁卖给哪些省份和行业", "Which provinces and sectors buy Hebei's steel?"),
        Text("广东哪些产业链上下游应当联合减排？", "Which supply-chain pairs should Guangdong decarbonise together?"),
    ),
)
def chain_partners(arguments: ChainPartnersArguments, context: Context) -> Result:
    """Buyers or suppliers of a sector and its embodied chain pairs, or the place's joint-reduction pairs."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    if arguments.sector is None:
        return joint_pairs(scope, context.warehouse, arguments.top)
    numbers = numbers_of(arguments.sector)
    down = arguments.direction == "downstream"
    found = partners(scope, numbers, arguments.direction)
    name = asked_name(arguments.sector, numbers)
    way = Text("下游", "downstream partners") if down else Text("上游", "upstream partners")
    year = scope.system.mrio.year
    title = Text(
        f"{scope.place.name.zh}{name.zh}{year}年的{way.zh}",
        f"{cap(way.en)} of {name.en} in {words.article(scope.place)}, {year}",
    )
    tell = Teller(Draft(title), scope)
    known = len(scope.missing) < len(scope.inside)
    ends = {kind: _ends(context.warehouse, scope, numbers, kind, down) for kind in ("money", "carbon")}
    shown: list[int] = []
    if known and arguments.focus == "carbon":
        shown.append(carbon(tell, found, name, down, arguments.top, ends["carbon"]))
    shown.append(_by_sector(tell, found, name, down, arguments.top, numbers))
    if arguments.focus == "money":
        _totals(tell, found, name, down)
    if scope.outside:
        shown.append(outside(tell, found, name, down, arguments.top, ends["money"]))
    if known and arguments.focus == "money":
        shown.append(carbon(tell, found, name, down, arguments.top, ends["carbon"]))
    tell.draft.chart(_sankey(tell, found, name, down))
    heading = (
        Text("买方与隐含碳去向", "Buyers and where the carbon goes")
        if down
        else Text("供方与上游排放", "Suppliers and upstream emissions")
    )
    # The first table answers; the others are at hand with the answer but are not printed.
    tell.draft.section(heading, tables=(shown[0],), folded=True)
    _close(tell, arguments.sector, numbers, name, down)
    return tell.draft.result()


def _ends(warehouse: Warehouse, scope: Scope, numbers: tuple[int, ...], kind: str, down: bool) -> Ends:
    """Bounds of the listed partners of one province's single sector; empty for groups."""
    if scope.place.kind != "province" or len(numbers) != 1:
        return {}
    listing: Listing = (
        ("buyers" if down else "suppliers") if kind == "money" else ("downstream" if down else "upstream")
    )
    pairs = pair_bounds(warehouse, scope.system.mrio.year, listing, scope.place.code, numbers[0])
    return {(p.buyer if down else p.supplier): p.bound for p in pairs}


def _by_sector(
    tell: Teller, found: Partners, name: Text, down: bool, count: int, own: tuple[int, ...]
) -> int:  # fmt: skip
    """Partners by sector, all provinces together, with the part inside the place: lead and table."""
    inside = found.flows[list(tell.scope.inside)].sum(0)
    total = found.flows.sum(0)
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    verb = Text("售予", "sold to") if down else Text("购自", "bought from")
    rows: list[list[Cell]] = []
    facts, names = [], []
    for k in largest(total, count):
        partner = words.short(k + 1)
        label = Text(
            f"{name.zh}{verb.zh}{partner.zh}部门（全国）", f"{name.en}, {verb.en} {partner.en} (all provinces)"
        )
        fact = tell.fact(label, float(total[k]), "100M yuan", sector=sector_label(name))
        if k + 1 not in own:  # its purchases from itself are in the table, but no answer to who comes next
            facts.append(fact)
            names.append(partner)
        row: list[Cell] = [words.sector_name(k + 1), Ref(fact=fact)]
        if tell.scope.outside:
            local = Text(f"{name.zh}{verb.zh}本地{partner.zh}部门", f"{name.en}, {verb.en} local {partner.en}")
            row.append(Ref(fact=tell.fact(local, float(inside[k]), "100M yuan", sector=sector_label(name))))
        rows.append(row)
    if down:
        add_ranked(tell.draft, f"{zh}{name.zh}{year}年的下游，按中间使用金额{tell.guess[0]}主要是<list>。",
                   f"In {year} the main downstream buyers of {name.en} in {en}, by value{tell.guess[1]}, were <list>.",
                   names[:NAMED_SECTORS], facts[:NAMED_SECTORS])  # fmt: skip
    else:
        add_ranked(tell.draft, f"{zh}{name.zh}{year}年的上游，按中间投入金额{tell.guess[0]}主要是<list>。",
                   f"In {year} the main upstream suppliers of {name.en} in {en}, by value{tell.guess[1]}, were <list>.",
                   names[:NAMED_SECTORS], facts[:NAMED_SECTORS])  # fmt: skip
    side = Text("买方", "Buyers") if down else Text("供方", "Suppliers")
    head: list[tuple[Text, str | None]] = [
        (Text(f"{side.zh}部门", "Sector"), None),
        (Text("金额（全国）", "Value, all provinces"), "100M yuan"),
    ]
    if tell.scope.outside:
        head.append((Text("其中本地", "of which local"), "100M yuan"))
    title = Text(f"{zh}{name.zh}的直接{side.zh}（按部门）", f"Direct {side.en.lower()} of {name.en} in {en}, by sector")
    return tell.draft.table(table(title, head, rows, total=int((total > 0).sum())))


def _totals(tell: Teller, found: Partners, name: Text, down: bool) -> None:
    """Where output goes, or what inputs are made of: a sentence."""
    inside = float(found.flows[list(tell.scope.inside)].sum())
    outside = float(found.flows.sum()) - inside
    zh, en, sector = tell.place.name.zh, words.article(tell.place), sector_label(name)

    def fact(label_zh: str, label_en: str, value: float) -> int:
        return tell.fact(Text(f"{name.zh}{label_zh}", f"{name.en}, {label_en}"), value, "100M yuan", sector=sector)

    if down:
        facts = [fact("售予本地各部门", "sold to local sectors", inside)]
        facts += [fact("售予外省各部门", "sold to sectors of other provinces", outside)] if tell.scope.outside else []
        facts += [
            fact("用于国内最终使用", "sold to final use in the country", found.final),
            fact("出口", "exported", found.abroad),
        ]
        parts_zh = ["售予本地各部门{0}", "售予外省各部门{1}"] if tell.scope.outside else ["售予各部门{0}"]
        parts_en = (
            ["{0} went to local sectors", "{1} to sectors of other provinces"]
            if tell.scope.outside
            else ["{0} went to producers"]
        )
        n = len(parts_zh)
        tell.draft.lead(
            f"{zh}{name.zh}{'，'.join(parts_zh)}，用于国内最终消费与投资{{{n}}}，出口{{{n + 1}}}。",
            f"Of the output of {name.en} in {en}, {', '.join(parts_en)}, {{{n}}} to final use in China and {{{n + 1}}} to exports.", *facts,
        )  # fmt: skip
        return
    facts = [fact("购自本地各部门", "bought from local sectors", inside)]
    facts += [fact("购自外省各部门", "bought from sectors of other provinces", outside)] if tell.scope.outside else []
    facts += [fact("进口投入", "imported inputs", found.abroad), fact("增加值", "value added", found.final)]
    parts_zh = ["购自本地各部门{0}", "购自外省{1}"] if tell.scope.outside else ["购自各部门{0}"]
    parts_en = (
        ["{0} from local sectors", "{1} from other provinces"] if tell.scope.outside else ["{0} from domestic sectors"]
    )
    n = len(parts_zh)
    tell.draft.lead(
        f"{zh}{name.zh}的投入中，{'，'.join(parts_zh)}，进口{{{n}}}，增加值为{{{n + 1}}}。",
        f"For {name.en} in {en}, inputs came {', '.join(parts_en)} and {{{n}}} from abroad; value added was {{{n + 1}}}.", *facts,
    )  # fmt: skip


def _sankey(tell: Teller, found: Partners, name: Text, down: bool) -> Chart:
    """The sector and its partners by sector, with final use and trade abroad; the rest together."""
    total = found.flows.sum(0)
    order = largest(total, DRAWN)
    ends = [(words.short(k + 1), float(total[k])) for k in order]
    ends.append((Text("其他部门", "Other sectors"), float(total.sum() - total[order].sum())))
    if down:
        ends += [(Text("国内最终使用", "Final use in China"), found.final), (Text("出口", "Exports"), found.abroad)]
    else:
        ends += [(Text("进口投入", "Imported inputs"), found.abroad), (Text("增加值", "Value added"), found.final)]
    kept = [(n, v) for n, v in ends if v > 0]
    centre, side = (0, 1) if down else (1, 0)
    asked = words.of_place(tell.place.name, sector_label(name))
    nodes = [Node(name=asked, column=centre), *(Node(name=n, column=side) for n, _ in kept)]
    links = [
        Link(source=0, target=i, value=v) if down else Link(source=i, target=0, value=v)
        for i, (_, v) in enumerate(kept, 1)
    ]
    way = Text("产品去向", "where its products go") if down else Text("投入来源", "where its inputs come from")
    return Chart(
        kind="sankey",
        title=Text(f"{asked.zh}{tell.year}年{way.zh}", f"{asked.en}: {way.en}, {tell.year}"),
        spec=Sankey(nodes=tuple(nodes), links=tuple(links), unit="100M yuan", value_title=Text("金额", "Value")),
        note=tell.note,
    )  # fmt: skip


def _close(tell: Teller, sector: Sector, numbers: tuple[int, ...], name: Text, down: bool) -> None:
    draft, where = tell.draft, tell.place.name
    part = part_caveat(sector, name)
    if part is not None:
        draft.caveats.append(part)
    if tell.place.kind == "province" and len(numbers) == 1 and tell.scope.system.mrio.kind == "estimated":
        draft.caveats.append(words.ROBUST)
    words.caveats(draft, tell.scope, ranges=False)
    draft.method += [
        Text("金额为直接流量 z_ij；隐含碳为 M_ij = f_i·L_ij·y_j（y 含国内最终使用与出口）。",
             "Money: direct flows z_ij; embodied CO2: M_ij = f_i L_ij y_j, with y final use in China and exports.")
    ]  # fmt: skip
    tell.use("mrio_use", "co2_42", "mrio_variants")
    other = Text("上游", "upstream") if down else Text("下游", "downstream")
    draft.suggestions += [
        Text(
            f"{where.zh}{sector.name.zh}的{other.zh}主要有哪些？",
            f"Main {other.en} partners of {name.en} in {where.en}?",
        ),
        Text(
            f"{where.zh}哪些产业链上下游应当联合减排？",
            f"Which supply-chain pairs should {where.en} decarbonise together?",
        ),
    ]
