"""network: which sectors or provinces are central in the flows of money or carbon, and which belong together."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.classification import NATION
from data.errors import BadRequest
from data.text import Text
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, Year
from tools.mrio.telling import Teller
from tools.network import charts
from tools.network.cases import Case, Flow, Level, case_of, subject
from tools.network.find import SHARES, Cut, Filter, Found, find, steadiness
from tools.network.telling import close, communities, explained, frame, rank_of, ranking
from tools.result import Draft, Result

Key = Literal[
    "strength", "in_strength", "out_strength", "eigenvector", "katz", "pagerank", "hub", "authority", "betweenness",
    "closeness", "clustering", "communities",
]  # fmt: skip


class NetworkArguments(Arguments):
    """Which network, cut how, and which measure of its nodes."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    level: Level = Field(
        "sectors",
        description="Nodes: sectors within the place; provinces; province_sectors (each province's sectors). A single province among "
        "provinces is looked at within China's network.",
    )
    flow: Flow = Field(
        "money",
        description="money: intermediate products; carbon: CO2 of the row emitted for final products (or users) of the column, each "
        "tonne once; deliveries: CO2 embodied in intermediate products delivered, counted at every step.",
    )
    measure: Key = Field("strength", description="Measure of the nodes that the answer ranks by, or communities.")
    backbone: Filter = Field(
        "share", description="share: the largest flows; disparity: flows that matter to one of their ends."
    )
    share: float | None = Field(
        None, gt=0, le=100, description="Backbone by share: percent of possible flows; default 5, 10 or 1 by level."
    )
    alpha: float = Field(0.05, gt=0, lt=1, description="Backbone by disparity filter: significance level.")
    form: Literal["network", "sankey", "heatmap"] = Field("network", description="Which chart to draw.")
    top: int = Field(10, ge=3, le=42, description="How many nodes to list.")
    explain: bool = Field(False, description="Only say what the measures are and mean, the one named first.")
    year: Year = latest_table()


@tool(
    title=Text("产业网络与中心性", "Networks and centrality"),
    summary=Text(
        "产品流量或隐含碳网络的骨架及其指标：中心性（强度、特征向量、卡茨、PageRank、中介、接近、聚类、枢纽与权威）和社区划分；"
        "节点可为一地的行业、各省或各省各行业。",
        "The backbone of the network of product flows or embodied carbon and its measures: centralities (strength, eigenvector, Katz, "
        "PageRank, betweenness, closeness, clustering, hubs and authorities) and communities; nodes are a place's sectors, the "
        "provinces, or their sectors.",
    ),
    examples=(
        Text("广东产业网络中哪些行业最居中心？", "Which sectors are most central in Guangdong's industry network?"),
        Text("各省隐含碳网络的核心是谁？", "Which provinces are the hubs of China's embodied-carbon network?"),
        Text("河北各行业的中介中心性", "Betweenness centrality of Hebei's sectors"),
        Text("江苏的产业集群（社区划分）", "Communities of sectors in Jiangsu's industry network"),
        Text("有哪些网络指标，各是什么意思？", "Which network measures are there and what do they mean?"),
        Text("省际隐含碳桑基图", "Sankey of embodied carbon between provinces"),
    ),
)
def network(arguments: NetworkArguments, context: Context) -> Result:
    """The backbone of a network, its nodes ranked by a measure, its communities, with charts."""
    if arguments.explain:
        return explained(arguments.measure if "measure" in arguments.model_fields_set else None)
    case = case_of(context.warehouse, arguments.place, arguments.level, arguments.flow, arguments.year)
    if arguments.form != "network" and case.level == "province_sectors":
        raise BadRequest(
            "too_many_nodes",
            Text("省份行业网络的节点太多，画不成桑基图或热力图；请改用省份（level=provinces）或一地的行业（level=sectors）。",
                 "There are too many province-sectors for a Sankey or heatmap; ask for provinces (level=provinces) or the sectors of "
                 "a place (level=sectors)."),
        )  # fmt: skip
    cut = Cut(arguments.backbone, arguments.share or SHARES[case.level], arguments.alpha)
    found = find(case, cut)
    name, year = subject(case), case.scope.system.mrio.year
    draft = Draft(Text(f"{name.zh}（{year}年）", f"{name.en[:1].upper()}{name.en[1:]}, {year}"))
    tell = Teller(draft, case.scope)
    _body(tell, found, cut, arguments, context)
    close(tell, found, cut, arguments.measure)
    _next(draft, case)
    return draft.result()


def _body(tell: Teller, found: Found, cut: Cut, arguments: NetworkArguments, context: Context) -> None:
    """Lead, table and charts by what is asked for."""
    case, draft, key = found.case, tell.draft, arguments.measure
    if key == "communities":
        listed = communities(tell, found)
    else:
        ranges = steadiness(context.warehouse, case, cut, key, arguments.top)
        rank_of(tell, found, key, ranges)
        listed = ranking(tell, found, key, ranges, arguments.top)
    frame(tell, found, cut)
    drawn = []
    if arguments.form == "sankey":
        drawn.append(charts.sankey_chart(case, found.links.weights))
    elif arguments.form == "heatmap":
        drawn.append(charts.heat_chart(case, found.links.weights))
    elif len(found.backbone.weight):
        drawn.append(charts.backbone_chart(found, key))
    shown = found.order(key)[: arguments.top] if key != "communities" else []
    if shown and arguments.form == "network":
        drawn.append(charts.ranking_chart(found, key, shown, ranges))
    for chart in drawn:
        draft.chart(chart)
    draft.section(Text("节点", "Nodes"), tables=(listed,), folded=True)


def _next(draft: Draft, case: Case) -> None:
    where = case.scope.place.name
    if case.level == "sectors":
        draft.suggestions += [
            Text(f"{where.zh}行业网络的社区划分", f"Communities of sectors in the industry network of {where.en}"),
            Text(
                f"{where.zh}隐含碳网络中哪些行业最居中心？",
                f"Which sectors are most central in the embodied-carbon network of {where.en}?",
            ),
        ]
    else:
        draft.suggestions.append(Text("省际隐含碳流动热力图", "Heatmap of embodied carbon flows between provinces"))
    draft.suggestions.append(
        Text("有哪些网络指标，各是什么意思？", "Which network measures are there and what do they mean?")
    )


__all__ = ["NetworkArguments", "network"]
