"""Charts of a network: the backbone with its communities, the ranking, who sends to whom, the matrix."""

from __future__ import annotations

import numpy as np

from data.text import Text
from tools.charts.specs import XY, Chart, Heat, Link, Network, Node, Sankey, Series
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.variants import Spread
from tools.network.cases import Case, subject
from tools.network.find import Found
from tools.network.groups import Partition
from tools.network.measures import MEASURES

DRAWN_NODES, DRAWN_LINKS = 42, 110  # more cannot be read in one figure
FRONT_NODES = 28  # drawn of a network with more nodes
COLOURED = 7  # communities with a colour of their own
SENDERS = 8  # Sankey: ends of each side with a name, the others together
VALUE = {
    "money": Text("产品流量", "Product flow"),
    "carbon": Text("隐含碳", "Embodied CO2"),
    "deliveries": Text("中间品隐含碳", "CO2 in deliveries"),
}
LONE = Text("其他社区", "other communities")


def title(case: Case, what: Text) -> Text:
    """The title of a chart or table: what, of which network, of which year."""
    name, year = subject(case), case.scope.system.mrio.year
    return Text(f"{name.zh}：{what.zh}（{year}年）", f"{what.en[:1].upper()}{what.en[1:]}, {name.en}, {year}")


def note(case: Case) -> Text | None:
    """What stands under a chart: that the table is an estimate."""
    return words.NOTE if case.estimated else None


def community_names(case: Case, partition: Partition, strength: Array) -> list[Text]:
    """A name per community, after its member with the most flow: 建筑等 / construction etc."""
    named = []
    for number in range(partition.count):
        members = np.flatnonzero(partition.label == number)
        head = case.names[int(members[np.argmax(strength[members])])]
        named.append(Text(f"{head.zh}等", f"{head.en} etc.") if len(members) > 1 else head)
    return named


def backbone_chart(found: Found, key: str) -> Chart:
    """The backbone: dot size the measure, colour the community; of a large network the nodes in front and their largest edges."""
    case, kept = found.case, found.backbone
    values = np.nan_to_num(found.values(key), nan=0.0) if key != "communities" else found.values("strength")
    strength = found.values("strength")
    chosen = {int(i) for i in kept.nodes}
    if len(chosen) > DRAWN_NODES:
        chosen = set(found.order(key if key != "communities" else "strength")[:FRONT_NODES])
    edges = [(i, j, w) for i, j, w in kept.pairs() if i in chosen and j in chosen][:DRAWN_LINKS]
    chosen = {end for i, j, _ in edges for end in (i, j)}
    names = community_names(case, found.partition, strength)
    label = found.partition.label
    order = sorted(chosen, key=lambda i: (label[i] < 0, label[i]))
    seat = {node: k for k, node in enumerate(order)}
    measure = MEASURES[key if key != "communities" else "strength"]
    return Chart(
        kind="network", title=title(case, Text("骨架与社区", "backbone and communities")),
        spec=Network(
            nodes=tuple(
                Node(name=case.names[i], size=float(values[i]), group=names[label[i]] if 0 <= label[i] < COLOURED else LONE)
                for i in order
            ),
            links=tuple(Link(source=seat[i], target=seat[j], value=w) for i, j, w in edges),
            unit=case.unit, value_title=VALUE[case.flow], size_unit=measure.unit or case.unit, size_title=measure.name,
        ),
        note=note(case),
    )  # fmt: skip


def ranking_chart(found: Found, key: str, shown: list[int], ranges: Spread | None) -> Chart:
    """Bars of the nodes in front, with their range over the variants of the table where there is one."""
    values, measure = found.values(key), MEASURES[key]
    bars = Series(
        name=measure.name, y=tuple(float(values[i]) for i in shown),
        low=None if ranges is None else tuple(min(float(ranges.low[i]), float(values[i])) for i in shown),
        high=None if ranges is None else tuple(max(float(ranges.high[i]), float(values[i])) for i in shown),
    )  # fmt: skip
    return Chart(
        kind="bar", title=title(found.case, Text(f"{measure.name.zh}排名", f"ranking by {measure.name.en}")),
        spec=XY(x=tuple(found.case.names[i] for i in shown), series=(bars,), unit=measure.unit or found.case.unit,
                y_title=measure.name, horizontal=True),
        note=note(found.case),
    )  # fmt: skip


def sankey_chart(case: Case, weights: Array) -> Chart:
    """All flows from senders (left) to receivers (right); ends beyond the largest are put together."""
    sending, receiving = largest(weights.sum(1), SENDERS), largest(weights.sum(0), SENDERS)
    rows = [*([i] for i in sending), [i for i in range(len(weights)) if i not in sending]]
    columns = [*([j] for j in receiving), [j for j in range(len(weights)) if j not in receiving]]
    nodes = [
        Node(
            name=case.names[part[0]] if len(part) == 1 else _rest(case),
            column=column,
            muted=column == 1 or len(part) > 1,
        )
        for column, parts in ((0, rows), (1, columns))
        for part in parts
        if part
    ]
    rows, columns = [r for r in rows if r], [c for c in columns if c]
    links = [
        Link(source=a, target=len(rows) + b, value=value)
        for a, r in enumerate(rows)
        for b, c in enumerate(columns)
        if (value := float(weights[np.ix_(r, c)].sum())) > 0
    ]
    ends = Text("左：供给或排放方；右：使用方", "left: who supplies or emits; right: for whom")
    under = note(case)
    return Chart(
        kind="sankey", title=title(case, Text("主要流向", "main flows")),
        spec=Sankey(nodes=tuple(nodes), links=tuple(links), unit=case.unit, value_title=VALUE[case.flow]),
        note=ends if under is None else Text(f"{ends.zh}；{under.zh}", f"{ends.en}; {under.en}"),
    )  # fmt: skip


def _rest(case: Case) -> Text:
    return Text("其他省份", "Other provinces") if case.level == "provinces" else Text("其他行业", "Other sectors")


def heat_chart(case: Case, weights: Array) -> Chart:
    """The matrix of flows, suppliers in rows; a node's own flow is left out."""
    n = len(weights)
    without = Text("对角线（自身流量）不画", "own flows (the diagonal) are not drawn")
    under = note(case)
    return Chart(
        kind="heatmap", title=title(case, Text("流量矩阵（行→列）", "matrix of flows (row → column)")),
        spec=Heat(
            rows=case.names, columns=case.names,
            values=tuple(tuple(None if i == j else float(weights[i, j]) for j in range(n)) for i in range(n)),
            unit=case.unit, value_title=VALUE[case.flow],
        ),
        note=without if under is None else Text(f"{without.zh}；{under.zh}", f"{without.en}; {under.en}"),
    )  # fmt: skip
