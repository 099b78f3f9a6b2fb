"""Sentences and tables of the network tool."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.text import Text, joined
from tools.mrio import words
from tools.mrio.bounds import Bound
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.mrio.variants import Spread
from tools.network.cases import Case, subject
from tools.network.charts import community_names, title
from tools.network.find import Cut, Found, steady
from tools.network.measures import MEASURES
from tools.result import Account, Cell, Column, Draft, Result, Table

NAMED = 5  # nodes named in a sentence
# Shown beside the measure asked for; a chain of carbon is whole in itself, so that paths over several of them mean little.
BESIDE = {"money": ("strength", "pagerank", "betweenness"), "deliveries": ("strength", "pagerank", "betweenness"),
          "carbon": ("strength", "out_strength", "in_strength")}  # fmt: skip
FEW = 15  # rows up to which the table shows them
GROUPS, MEMBERS = 5, 6  # communities and members named in the lead
NOT_CAUSE = Text(
    "网络指标只描述投入产出表中的联系，不说明谁导致了谁，也不是减排的因果判断；结果随骨架的取法而变。",
    "Network measures describe the links of an input-output table; they say nothing of causes, and they change with how the backbone "
    "is cut.",
)
KINDS = {
    "money": Text(
        "流量为国内中间产品的金额，从供方到买方。",
        "Flows are domestic intermediate products in money, from supplier to buyer.",
    ),
    "carbon": Text(
        "流量为隐含碳 f_i·L_ij·y_j：行节点为列节点的最终产品（含出口）而排放的二氧化碳，每吨只计一次。",
        "Flows are embodied carbon f_i L_ij y_j: CO2 of the row emitted for the final products of the column, exports included; each "
        "tonne once.",
    ),
    "trade": Text(
        "流量为隐含碳 f·L·y：行省份为列省份的国内最终使用而排放的二氧化碳，每吨只计一次，不含出口。",
        "Flows are embodied carbon f L y: CO2 of the row province emitted for the domestic final use of the column province; each "
        "tonne once, exports left out.",
    ),
    "deliveries": Text(
        "流量为中间品隐含碳 e_i·z_ij（e 为单位产品的完全排放）：同一吨碳在产业链每一环都被计入，合计大于排放量。",
        "Flows are carbon embodied in deliveries e_i z_ij, e the embodied intensity: a tonne is counted at every step of its chain, so "
        "the sum exceeds the emissions.",
    ),
}
NodeFact = Callable[[str, int], int]


def node_facts(tell: Teller, found: Found, ranges: dict[str, Spread | None]) -> NodeFact:
    """A maker of facts (measure, node), each made once."""
    case, known = found.case, dict[tuple[str, int], int]()
    values = {key: found.values(key) for key in {"in_strength", "out_strength", *BESIDE[case.flow], *ranges}}
    what = subject(case)

    def fact(key: str, i: int) -> int:
        if (key, i) not in known:
            measure, sector = MEASURES[key], case.sectors[i]
            unit = measure.unit or case.unit
            spread = ranges.get(key)
            bound = None if spread is None else Bound(float(spread.low[i]), float(spread.high[i]))
            node = case.names[i] if case.level == "provinces" else sector or case.names[i]
            label = Text(
                f"{node.zh}的{measure.name.zh}（{what.zh}的骨架）",
                f"{measure.name.en} of {node.en}, backbone of {what.en}",
            )
            known[key, i] = tell.fact(
                label, float(values[key][i]), unit, sector=sector, region=case.regions[i], bound=bound,
                account=Account.CONSUMPTION_DOMESTIC if unit == "Mt CO2" else None, source=source_of(case),
            )  # fmt: skip
        return known[key, i]

    return fact


def _scene(name: Text, key: str) -> tuple[str, str]:
    """The network a measure is taken on, zh and en: its backbone, or all of its flows."""
    return (name.zh, name.en) if MEASURES[key].whole else (f"{name.zh}的骨架", f"the backbone of {name.en}")


def source_of(case: Case) -> str:
    """The dataset's table that the figures rest on."""
    return case.scope.system.mrio.source


def _guess(case: Case) -> tuple[str, str]:
    """The words that mark an estimate inside a sentence, zh and en."""
    return ("（估算）", " (estimated)") if case.estimated else ("", "")


def ranking(tell: Teller, found: Found, key: str, ranges: Spread | None, top: int) -> int:
    """The nodes in front by a measure: one or two sentences and a table of ``top``."""
    case, measure, name, year = found.case, MEASURES[key], subject(found.case), tell.year
    fact = node_facts(tell, found, {key: ranges})
    order, may_lead = found.order(key), steady(ranges)
    (guess_zh, guess_en), scene = _guess(case), _scene(key=key, name=name)
    of = "行业" if case.level == "sectors" else "省份" if case.level == "provinces" else "省份行业"
    en_of = "sectors" if case.level == "sectors" else "provinces" if case.level == "provinces" else "province-sectors"
    if not order:
        tell.draft.lead(
            f"{year}年{name.zh}的骨架中，{measure.name.zh}没有定义或全部为零（例如骨架没有回路），无法排名；可改问总强度或PageRank。",
            f"On the backbone of {name.en} in {year}, {measure.name.en} is undefined or zero for all (a backbone without a cycle, for "
            "example), so there is no ranking; ask for strength or PageRank.",
        )
    leaders = [i for i in order[:top] if may_lead(i)][:NAMED]
    own_zh = "" if case.whole else case.scope.place.name.zh
    own_en = "" if case.whole else f" of {case.scope.place.name.en}"
    add_ranked(
        tell.draft, f"{year}年{scene[0]}{guess_zh}中，{measure.name.zh}最高的{own_zh}{of}：<list>。",
        f"In {year}, the {en_of}{own_en} with the highest {measure.name.en} in {scene[1]}{guess_en}: <list>.",
        [case.names[i] for i in leaders], [fact(key, i) for i in leaders], style="range" if ranges is not None else "",
    )  # fmt: skip
    if key == "strength" and case.whole:
        _ends(tell, found, fact)
    return _table(tell, found, key, order[:top], fact, ranges)


def _ends(tell: Teller, found: Found, fact: NodeFact) -> None:
    """Beside the strongest: for money who relays and where products end up, for carbon who emits for others and for whom."""
    keys = ("betweenness", "pagerank") if found.case.flow == "money" else ("out_strength", "in_strength")
    fronts = [found.order(k) for k in keys]
    if not all(fronts):
        return
    (a, *_), (b, *_) = fronts
    one, other, facts = found.case.names[a], found.case.names[b], (fact(keys[0], a), fact(keys[1], b))
    if found.case.flow == "money":
        tell.draft.lead(
            f"强联系之间的中转以{one.zh}最多（中介中心性{{0}}），产品沿产业链最终多汇向{other.zh}（PageRank {{1}}）。",
            f"{_capital(one).en} relays most between strong links (betweenness {{0}}); along the chains products end up most in {other.en} "
            "(PageRank {1}).",
            *facts,
        )  # fmt: skip
        return
    tell.draft.lead(
        f"其中为他者排放最多的是{one.zh}（出强度{{0}}），引致他者排放最多的是{other.zh}（入强度{{1}}）。",
        f"{_capital(one).en} emits most for others (out-strength {{0}}); most is emitted elsewhere for {other.en} (in-strength {{1}}).",
        *facts,
    )


def _table(tell: Teller, found: Found, key: str, shown: list[int], fact: NodeFact, ranges: Spread | None) -> int:
    case = found.case
    keys = [key, *(k for k in BESIDE[case.flow] if k != key)] if len(shown) <= FEW else [key]
    groups = community_names(case, found.partition, found.values("strength"))
    rows: list[list[Cell]] = []
    for i in shown:
        label = int(found.partition.label[i])
        row: list[Cell] = [case.names[i], *(Ref(fact=fact(k, i)) for k in keys), groups[label] if label >= 0 else None]
        if ranges is not None and ranges.stays is not None:
            row.append(Text("是", "yes") if steady(ranges)(i) else Text("不稳健", "not robust"))
        rows.append(row)
    head: list[tuple[Text, str | None]] = [(Text("节点", "Node"), None)]
    head += [(_capital(MEASURES[k].name), MEASURES[k].unit or case.unit) for k in keys]
    head.append((Text("所属社区", "Community"), None))
    if ranges is not None and ranges.stays is not None:
        head.append((Text("排名稳健", "Robust"), None))
    name = title(case, Text(f"{MEASURES[key].name.zh}排名", f"ranking by {MEASURES[key].name.en}"))
    return tell.draft.table(table(name, head, rows, total=len(found.order(key))))


def _capital(name: Text) -> Text:
    return Text(name.zh, name.en[:1].upper() + name.en[1:])


def rank_of(tell: Teller, found: Found, key: str, ranges: Spread | None) -> None:
    """Where a single province stands among all: a sentence with its figure and its place."""
    case, measure, name = found.case, MEASURES[key], subject(found.case)
    node = case.asked
    if node is None or not np.isfinite(found.values(key)[node]):
        return
    where, guess, scene = case.scope.place.name, _guess(case), _scene(name, key)
    value = node_facts(tell, found, {key: ranges})(key, node)
    place = tell.fact(
        Text(f"{measure.name.zh}在各省中的位次（{scene[0]}）", f"rank by {measure.name.en} among the provinces, {scene[1]}"),
        found.rank(key, node), "rank", source=source_of(case),
    )  # fmt: skip
    ranged = ":range" if ranges is not None else ""
    tell.draft.lead(
        f"{tell.year}年{scene[0]}{guess[0]}中，{where.zh}的{measure.name.zh}为{{0{ranged}}}，在各省中的位次为{{1}}。",
        f"In {scene[1]} in {tell.year}{guess[1]}, {where.en} has a {measure.name.en} of {{0{ranged}}}; its rank among the "
        "provinces is {1}.",
        value, place,
    )  # fmt: skip


def communities(tell: Teller, found: Found) -> int:
    """The communities: how many, how clear, who belongs to the largest; a table of all."""
    case, parts, name = found.case, found.partition, subject(found.case)
    strength = found.values("strength")
    groups = community_names(case, parts, strength)
    guess_zh, guess_en = _guess(case)
    count = tell.fact(
        Text(f"{name.zh}骨架的社区数", f"communities of the backbone of {name.en}"),
        parts.count,
        "count",
        source=source_of(case),
    )
    score = tell.fact(
        Text(f"{name.zh}骨架社区划分的模块度", f"modularity of the communities of {name.en}"),
        parts.modularity,
        "index",
        source=source_of(case),
    )
    tell.draft.lead(
        f"{tell.year}年{name.zh}的骨架{guess_zh}按往来疏密分为{{0}}个社区（产业集群），模块度{{1}}（越接近一，划分越分明）。",
        f"In {tell.year} the backbone of {name.en}{guess_en} falls into {{0}} communities (clusters), with a "
        "modularity of {1} (the nearer to one, the clearer).",
        count, score,
    )  # fmt: skip
    rows: list[list[Cell]] = []
    said = []
    for number, group in enumerate(groups):
        members = np.flatnonzero(parts.label == number)
        ordered = [case.names[int(i)] for i in members[np.argsort(-strength[members], kind="stable")]]
        rest = len(ordered) > MEMBERS
        first = joined(ordered[:MEMBERS])
        if number < GROUPS and len(ordered) > 1:
            said.append(Text(first.zh + ("等" if rest else ""), first.en + (" and others" if rest else "")))
        listed = joined(ordered[:30])
        rows.append([group, listed if len(ordered) <= 30 else Text(f"{listed.zh}等", f"{listed.en} and others")])
    if said:
        tell.draft.lead(
            "往来最多的几个社区依次是：" + "；".join(s.zh for s in said) + "。",
            "The communities with the most flow are: " + "; ".join(s.en for s in said) + ".",
        )
    head = [(Text("社区", "Community"), None), (Text("成员（按往来大小）", "Members (by flow)"), None)]
    return tell.draft.table(table(title(case, Text("社区", "communities")), head, rows))


def frame(tell: Teller, found: Found, cut: Cut) -> None:
    """How the backbone was cut and what it keeps: one sentence."""
    case, kept, name = found.case, found.backbone, subject(found.case)

    def fact(zh: str, en: str, value: float, unit: str) -> int:
        return tell.fact(Text(f"{name.zh}{zh}", f"{en} of {name.en}"), value, unit, source=source_of(case))

    edges = fact("骨架的流量条数", "flows kept in the backbone", len(kept.weight), "count")
    covered = fact("骨架占节点间流量的比重", "part of the flow between nodes in the backbone", 100 * kept.covered, "%")
    reached = fact("骨架触及的节点比例", "part of the nodes in the backbone", 100 * kept.reached, "%")
    own = fact(
        "节点自身流量占全部流量的比重", "part of a node's flow to itself in all flows", 100 * found.links.own_share, "%"
    )
    way = (
        Text(f"最大的{cut.share:g}%可能流量", f"the largest {cut.share:g} percent of possible flows") if cut.way == "share"
        else Text(f"差异过滤（显著性{cut.alpha:g}）", f"the disparity filter at a significance of {cut.alpha:g}")
    )  # fmt: skip
    tell.draft.lead(
        f"骨架取{way.zh}，条数{{0}}，占节点间流量的{{1}}，触及{{2}}的节点；节点自身的流量（占全部的{{3}}）不计入。",
        f"The backbone is cut by {way.en}: {{0}} flows that carry {{1}} of the flow between nodes and touch {{2}} of the nodes; a node's "
        "flow to itself ({3} of all) is left out.",
        edges, covered, reached, own,
    )  # fmt: skip


def close(tell: Teller, found: Found, cut: Cut, key: str) -> None:
    """Caveats, method and sources."""
    case, draft = found.case, tell.draft
    carbon = case.flow != "money"
    draft.caveats += [NOT_CAUSE, *words.table_notes(case.scope.system)]
    if carbon:
        draft.caveats.append(words.FOREIGN)
    if case.left_out:
        names = joined([p.name for p in case.left_out])
        draft.caveats.append(
            Text(f"{names.zh}没有二氧化碳清单（无数据不等于零），未作为排放者计入。",
                 f"{names.en} has no CO2 inventory (no data, not zero) and is not counted as an emitter.")
        )  # fmt: skip
    if found.links.negative < 0:
        draft.caveats.append(
            Text(
                "库存减少造成的负流量不构成联系，已略去。",
                "Negative flows (stocks drawn down) are no links and are left out.",
            )
        )
    draft.method.append(KINDS["trade" if case.level == "provinces" and case.flow == "carbon" else case.flow])
    if cut.way == "disparity":
        draft.method.append(
            Text("差异过滤：Serrano、Boguñá、Vespignani（2009），保留对供方或买方任一方而言显著偏大的流量。",
                 "Disparity filter: Serrano, Boguñá and Vespignani (2009), flows significantly large for their supplier or their buyer.")
        )  # fmt: skip
    draft.method.append(Text(*_meaning(key)))
    if source_of(case) not in draft.sources:
        draft.sources.append(source_of(case))
    tell.use("mrio_use", *(["co2_42"] if carbon else []))


def _meaning(key: str) -> tuple[str, str]:
    """What a measure is, in a sentence, zh and en."""
    measure = MEASURES[key]
    return (
        f"{measure.name.zh}：{measure.meaning.zh}（{measure.direction.zh}；{measure.weight.zh}）。",
        f"{_capital(measure.name).en}: {measure.meaning.en} ({measure.direction.en}; {measure.weight.en}).",
    )


def explained(asked: str | None) -> Result:
    """The measures there are, from their declaration; the one asked about first."""
    draft = Draft(Text("网络指标", "Network measures"))
    if asked is not None:
        draft.lead(*_meaning(asked))
    names = joined([m.name for m in MEASURES.values()])
    draft.lead(
        f"可以计算的网络指标有：{names.zh}；含义、方向和权重的用法见下表。",
        f"The network measures there are: {names.en}; the table says what each means, which way it looks and how it takes weights.",
    )
    draft.lead(
        "强度计入全部流量，其余各项在骨架（占主要份额的流量）上计算；它们只描述联系的结构，不说明因果。",
        "Strengths count all flows, the others are computed on the backbone (the flows that carry most); they describe structure and "
        "say nothing of causes.",
    )
    heads = ("指标", "Measure"), ("含义", "Meaning"), ("方向", "Direction"), ("权重", "Weight"), ("计算量", "Work")
    listed = draft.table(
        Table(
            title=Text("网络指标及其含义", "Network measures and what they mean"),
            columns=tuple(Column(name=Text(*head)) for head in heads),
            rows=tuple((_capital(m.name), m.meaning, m.direction, m.weight, m.cost) for m in MEASURES.values()),
        )
    )
    draft.section(Text("指标", "Measures"), tables=(listed,))
    draft.method.append(
        Text(
            "n 为节点数，m 为骨架的流量条数；边从供方指向买方。",
            "n nodes, m flows in the backbone; edges lead from supplier to buyer.",
        )
    )
    draft.suggestions.append(
        Text("各省隐含碳网络的核心是谁？", "Which provinces are the hubs of China's embodied-carbon network?")
    )
    return draft.result()


__all__ = ["close", "communities", "explained", "frame", "rank_of", "ranking"]
