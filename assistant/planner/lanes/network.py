"""Networks of flows: 广东产业网络中哪些行业最居中心, hubs of the embodied-carbon network, communities, what the measures mean."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

# A measure's words -> its key, the more special first.
_MEASURES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), key)
    for pattern, key in (
        (r"中介中心|介数|中介性|betweenness", "betweenness"),
        (r"接近中心|紧密中心|接近性|closeness", "closeness"),
        (r"特征向量|eigenvector", "eigenvector"),
        (r"卡茨|katz", "katz"),
        (r"page ?rank", "pagerank"),
        (r"权威值|权威节点|authorit", "authority"),
        (r"枢纽值|hub scores?|\bHITS\b", "hub"),
        (r"聚类系数|clustering", "clustering"),
        (r"入强度|入度|in-?\s?(?:strength|degree)", "in_strength"),
        (r"出强度|出度|out-?\s?(?:strength|degree)", "out_strength"),
        (r"总强度|点强度|(?<![a-z-])strength", "strength"),
    )
)
_SECTORAL = re.compile(r"行业|产业|部门|sector|industr", re.IGNORECASE)
_NATIONWIDE = re.compile(
    r"(?:在|于)?全国(?:的)?.{0,8}网络|(?:in|within|of) (?:the national|China's|the country's)", re.IGNORECASE
)
_DEFINED = re.compile(r"是什么|什么是|什么意思|何意|含义|定义|怎么(?:理解|算|定义)|如何(?:理解|计算|定义)|有哪些|哪几(?:种|个)"
                      r"|\bmeans?\b|meaning|defin|what (?:is|are)|which .{0,24}(?:are there|exist|available)|explain", re.IGNORECASE)  # fmt: skip
_PRAISED = re.compile(r"\b(?:most|least|more|how) central\b", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:最大的?|前|头|top|largest|strongest)\s*(\d+(?:\.\d+)?)\s*(?:%|percent|per cent)", re.IGNORECASE
)
_ALPHA = re.compile(r"(?:alpha|α|显著性(?:水平)?|significance(?: level)?)\D{0,6}(0?\.\d+)", re.IGNORECASE)
_MOST = 3  # measures or places answered in one turn


def _named(reading: Reading) -> list[str]:
    """The measures named, in the order of the declaration above."""
    found = [key for pattern, key in _MEASURES if pattern.search(reading.text)]
    if found == ["authority"] and re.search(r"枢纽|\bhubs?\b", reading.text, re.IGNORECASE):
        found = ["hub", "authority"]
    return [*found, *(["communities"] if reading.has("network_communities_context") else [])]


def _explains(reading: Reading) -> bool:
    """Whether it is asked what the measures are, of no place's network."""
    if reading.places or not _DEFINED.search(reading.text):
        return False
    asked = (
        reading.find(r"哪些行业|哪些省|which (?:sectors|provinces|industries)|what are the (?:hubs|most central)")
        is not None
    )
    return not asked and (
        reading.has("network_explain") or reading.has("network_measure") or _defined_communities(reading)
    )


def _defined_communities(reading: Reading) -> bool:
    """Whether it is asked what communities are, not which there are."""
    return _named(reading) == ["communities"] and reading.find(r"意思|含义|定义|mean|defin") is not None


def _vote(reading: Reading) -> float:
    if reading.has("network_explain", "network_measure") or _PRAISED.search(reading.text) or _clustered(reading):
        return 7.0 if not reading.has("policy_words") else 4.5
    nodes = reading.has("network_nodes_context")
    between = reading.has("network_carbon") and reading.has("network_provinces_context") and not _own(reading)
    if reading.has("sankey") and between:
        return 9.0  # above the map of industries, which has a Sankey too
    if reading.has("network_backbone_context") and reading.find(r"差异过滤|disparity|显著性"):
        return 6.5
    if nodes and reading.has("network_hub_context"):
        return 7.0
    if nodes and reading.has("network_carbon", "network_deliveries"):
        return 6.5
    if (
        nodes
        and reading.has("network_provinces_context", "network_both_context")
        and reading.find(r"贸易|流|产业|产品|trade|flow|product|industr")
    ):
        return 6.0
    if nodes and _NATIONWIDE.search(reading.text) and any(p.kind == "province" for p in reading.places):
        return 6.0
    return 0.0


def _clustered(reading: Reading) -> bool:
    """Whether communities of the table's nodes are meant, not a policy on clusters of firms (氢能产业集群)."""
    if not reading.has("network_communities_context"):
        return False
    plain = reading.find(r"社区|模块度|鲁汶|communit|modularity|louvain") is not None
    return plain or not (reading.documents or reading.concepts or reading.has("policy_words", "target_words"))


def _own(reading: Reading) -> list[str]:
    """Places named other than China; "most central" is no region."""
    praised = _PRAISED.search(reading.text)
    spans = [(m.start, m.end) for m in reading.mentions if m.meaning.place is not None and m.text.lower() == "central"]
    skipped = praised is not None and any(a < praised.end() and praised.start() < b for a, b in spans)
    return [p.name.en for p in reading.places if p != NATION and not (skipped and p.name.en == "Central")]


def _level(reading: Reading) -> str | None:
    """What the nodes are: provinces, their sectors, or (by default) the sectors of a place."""
    if reading.has("network_both_context"):
        return "province_sectors"
    sectoral = _SECTORAL.search(reading.text) is not None
    single = any(p.kind == "province" for p in reading.places)
    if single and _NATIONWIDE.search(reading.text):
        return "province_sectors" if sectoral or reading.sectors else "provinces"
    if reading.has("network_provinces_context") or (reading.has("which_place") and not sectoral):
        return "provinces" if not (sectoral and single) else None
    return None


def _compile(reading: Reading) -> list[Call]:
    if _explains(reading):
        named = _named(reading)
        return [Call("network", trimmed({"explain": True, "measure": named[0] if len(named) == 1 else None}))]
    shared, alpha = _SHARE.search(reading.text), _ALPHA.search(reading.text)
    filtered = reading.find(r"差异过滤|disparity") is not None or alpha is not None
    flow = "deliveries" if reading.has("network_deliveries") else "carbon" if reading.has("network_carbon") else None
    flow = flow or ("money" if reading.has("network_money_context") else None)
    if flow is None and _level(reading) == "provinces" and reading.find(r"碳|排放|carbon|CO2|emission"):
        flow = "carbon"
    base: dict[str, Any] = {
        "level": _level(reading),
        "flow": flow,
        "backbone": "disparity" if filtered else None,
        "share": float(shared[1]) if shared and not filtered else None,
        "alpha": float(alpha[1]) if alpha else None,
        "form": "sankey" if reading.has("sankey") else "heatmap" if reading.has("heatmap") else None,
        "year": one_year(reading),
        "top": reading.limit if reading.limit and 3 <= reading.limit <= 42 and not shared else None,
    }
    places: list[str | None] = [*_own(reading)[:_MOST]] or [reading.stranger]
    measures: list[str | None] = [*_named(reading)[:_MOST]] or [None]
    calls = [Call("network", trimmed({"place": where, **base, "measure": key})) for where in places for key in measures]
    return calls[: 2 * _MOST]


LANE = Lane("network", _vote, _compile, from_data=True)
