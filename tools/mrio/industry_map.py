"""industry_map: the backbone of a place's product flows as a network, or as a Sankey from raw materials to services."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.classification import NATION
from data.text import Text
from tools.charts.specs import Chart, Link, Network, Node, Sankey
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, Year
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.system import scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.network.backbone import Backbone, top_share
from tools.network.flows import links
from tools.result import Cell, Draft, Result

NAMED = 5
SANKEY_LINKS = 28  # more cannot be read in one figure
# Stages of production, from what is taken from nature to services: (name, sectors of the 42-list).
STAGES: tuple[tuple[Text, tuple[int, ...]], ...] = (
    (Text("农业、采矿与能源供应", "Agriculture, mining and energy supply"), (1, 2, 3, 4, 5, 24, 25, 26)),
    (Text("原材料", "Materials"), (9, 10, 11, 12, 13, 14)),
    (Text("加工制造", "Manufacturing"), (6, 7, 8, 15, 16, 17, 18, 19, 20, 21, 22, 23)),
    (Text("建筑与服务", "Construction and services"), tuple(range(27, 43))),
)


class IndustryMapArguments(Arguments):
    """Whose industries, and in which form."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    form: Literal["network", "sankey"] = Field(
        "network", description="network: who supplies whom; sankey: flows from raw materials to services."
    )
    share: float = Field(
        5, gt=0, le=20, description="Backbone: this percentage of all possible flows, the largest ones."
    )
    year: Year = latest_table()


def backbone(flows: Array, share: float) -> Backbone:
    """The largest ``share`` percent of the n * n possible flows (n, n), those within a sector left out."""
    return top_share(links(flows), share)


def stage_of(sector: int) -> int:
    """The stage of a sector's index (0..41)."""
    return next(k for k, (_, numbers) in enumerate(STAGES) if sector + 1 in numbers)


@tool(
    title=Text("产业关联图", "Industry map"),
    summary=Text(
        "某地产业间产品流量的骨架（最大的5%流量）：网络图或桑基图，附总流量、骨架覆盖比例和最大流量。",
        "The backbone (largest 5 percent) of product flows between a place's industries as a network or a Sankey, with the total, the "
        "part covered and the largest flows.",
    ),
    examples=(
        Text("画安徽产业关联网络", "Draw the industry network of Anhui"),
        Text("给我看河南的产业桑基图", "Show me a Sankey of Henan's industries"),
        Text("广东产业骨架网络图", "Industry backbone network of Guangdong"),
        Text("全国投入产出桑基图", "Input-output Sankey of China"),
    ),
)
def industry_map(arguments: IndustryMapArguments, context: Context) -> Result:
    """The backbone of flows inside a place, with one chart in the form asked."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    name, en, year = scope.place.name, words.article(scope.place), scope.system.mrio.year
    sankey = arguments.form == "sankey"
    what = Text("产业桑基图", "industry Sankey") if sankey else Text("产业关联网络", "industry network")
    tell = Teller(Draft(Text(f"{name.zh}{year}年{what.zh}", f"{en[:1].upper()}{en[1:]}: {what.en}, {year}")), scope)
    flows = scope.flows()
    found = backbone(flows, arguments.share)
    shown = found.first(SANKEY_LINKS) if sankey else found
    largest_flows = _largest(tell, shown)
    tell.draft.chart(_sankey(tell, shown) if sankey else network(tell, shown, scope.sectors(scope.system.mrio.x)))
    tell.draft.section(what, tables=(largest_flows,), folded=True)
    words.caveats(tell.draft, scope, emissions=False, ranges=False)
    if scope.outside:
        tell.draft.caveats.append(
            Text(
                "图中只含本地部门之间的流量，不含与外省和境外的往来。",
                "Only flows inside the place are drawn, none with other provinces or abroad.",
            )
        )
    tell.draft.method.append(
        Text(
            "骨架：按金额取全部可能流量中最大的一部分；同一部门内部的流量不画。",
            "Backbone: the largest flows by value; flows within a sector are left out.",
        )
    )
    tell.use("mrio_use")
    other = Text("产业关联网络", "network of industries") if sankey else Text("产业桑基图", "Sankey of industries")
    tell.draft.suggestions += [
        Text(f"画{name.zh}{other.zh}", f"Draw the {other.en} of {name.en}"),
        Text(f"{name.zh}的关键部门有哪些？", f"What are the key sectors of {name.en}?"),
    ]
    return tell.draft.result()


def _largest(tell: Teller, shown: Backbone) -> int:
    """The sum, what is shown of it, and the largest flows: two sentences and a table."""
    name, en, year = tell.place.name, words.article(tell.place), tell.year
    total = tell.fact(
        Text("各部门之间的中间产品流量", "intermediate flows between its sectors"), shown.total, "100M yuan"
    )
    covered = tell.fact(
        Text("图中流量占部门间流量的比重", "part of the flows between sectors that the chart shows"),
        100 * shown.covered,
        "%",
    )
    count = tell.fact(Text("图中的流量条数", "number of flows in the chart"), len(shown.weight), "count")
    local = "" if tell.nation else "本地"
    tell.draft.lead(
        f"{name.zh}{year}年{local}各部门之间的中间产品流量{tell.guess[0]}为{{0}}；图中只列最大的流量（条数{{1}}），占{{2}}。",
        f"In {year} intermediate products worth {{0}}{tell.guess[1]} flowed between the sectors of {en}; the chart shows the "
        "largest (number of flows {1}), which carry {2}.",
        total, count, covered,
    )  # fmt: skip
    rows: list[list[Cell]] = []
    facts, names = [], []
    for i, j, value in shown.first(10).pairs():
        pair = Text(
            f"{words.short(i + 1).zh}→{words.short(j + 1).zh}", f"{words.short(i + 1).en} → {words.short(j + 1).en}"
        )
        facts.append(
            tell.fact(Text(f"{pair.zh}流量", f"flow {pair.en}"), value, "100M yuan", sector=words.sector_name(i + 1))
        )
        names.append(pair)
        rows.append([words.sector_name(i + 1), words.sector_name(j + 1), Ref(fact=facts[-1])])
    add_ranked(
        tell.draft,
        f"{name.zh}最大的流量是<list>。",
        f"The largest flows in {en} are <list>.",
        names[:NAMED],
        facts[:NAMED],
    )
    return tell.draft.table(
        table(
            Text(f"{name.zh}{year}年最大的部门间流量", f"Largest flows between sectors of {en}, {year}"),
            [(Text("供方", "Supplier"), None), (Text("买方", "Buyer"), None), (Text("金额", "Value"), "100M yuan")], rows,
            total=len(shown.weight),
        )
    )  # fmt: skip


def _title(tell: Teller, zh: str, en: str) -> Text:
    where = words.article(tell.place)
    return Text(f"{tell.place.name.zh}{tell.year}年{zh}", f"{en}, {where}, {tell.year}")


def network(tell: Teller, found: Backbone, output: Array) -> Chart:
    """Sectors that the backbone touches, as large as their output, coloured by stage."""
    used = sorted({end for i, j, _ in found.pairs() for end in (i, j)}, key=lambda i: (stage_of(i), i))
    at = {sector: k for k, sector in enumerate(used)}
    return Chart(
        kind="network",
        title=_title(tell, "产业关联网络（骨架）", "Industry network (backbone)"),
        spec=Network(
            nodes=tuple(Node(name=words.short(i + 1), size=float(output[i]), group=STAGES[stage_of(i)][0]) for i in used),
            links=tuple(Link(source=at[i], target=at[j], value=v) for i, j, v in found.pairs()),
            unit="100M yuan", value_title=Text("部门间流量", "Flow"), size_unit="100M yuan", size_title=Text("总产出", "Gross output"),
        ),
        note=tell.note,
    )  # fmt: skip


def _sankey(tell: Teller, found: Backbone) -> Chart:
    """Flows forward from stage to stage; one that stays or goes back ends in a node of its own, marked as a return.

    So there are no loops, and the renderer may place the nodes where the flows cross least.
    """
    nodes: list[Node] = []
    at: dict[tuple[int, bool], int] = {}

    def node(sector: int, back: bool) -> int:
        if (sector, back) not in at:
            at[sector, back] = len(nodes)
            name = words.short(sector + 1)
            said = Text(f"{name.zh}（回）", f"{name.en} (return)") if back else name
            nodes.append(Node(name=said, group=STAGES[stage_of(sector)][0]))
        return at[sector, back]

    links = [
        Link(source=node(i, False), target=node(j, stage_of(j) <= stage_of(i)), value=value)
        for i, j, value in found.pairs()
    ]
    marked = Text(
        "颜色为生产阶段，“回”为同阶段或回流", "colours are stages of production, 'return' a flow within a stage or back"
    )
    note = marked if tell.note is None else Text(f"{words.NOTE.zh}；{marked.zh}", f"{words.NOTE.en}; {marked.en}")
    return Chart(
        kind="sankey",
        title=_title(tell, "产业桑基图", "Sankey of industries"),
        spec=Sankey(
            nodes=tuple(nodes),
            links=tuple(links),
            unit="100M yuan",
            value_title=Text("部门间流量", "Flow between sectors"),
        ),
        note=note,
    )
