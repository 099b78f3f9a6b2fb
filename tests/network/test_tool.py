"""The network tool: figures against NetworkX on the same table, both languages, limits and refusals."""

from __future__ import annotations

import re
from typing import Any

import networkx
import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable, TanluError, UnknownName
from data.warehouse import Warehouse
from tools.charts.specs import XY, Heat, Network, Sankey
from tools.declare import Context
from tools.mrio.algebra import Array
from tools.mrio.system import System, get_system
from tools.mrio.variants import Spread
from tools.network import find as finding
from tools.network import tool as declared
from tools.network.cases import case_of
from tools.network.measures import MEASURES
from tools.network.tool import NetworkArguments, network
from tools.result import Account, Basis, Ref, Result

CALLS: list[dict[str, Any]] = [
    {"place": "安徽"}, {"level": "provinces", "flow": "carbon"}, {"place": "河北", "measure": "betweenness"},
    {"place": "江苏", "measure": "communities"}, {"place": "山东", "level": "provinces", "flow": "carbon"},
    {"place": "长三角", "level": "province_sectors", "flow": "carbon"}, {"flow": "carbon", "backbone": "disparity", "measure": "eigenvector"},
    {"place": "广东", "flow": "deliveries", "measure": "pagerank"}, {"explain": True}, {"level": "provinces", "flow": "carbon", "form": "sankey"},
    {"level": "provinces", "form": "heatmap"}, {"place": "广东", "level": "province_sectors", "measure": "out_strength"},
    {"place": "西南", "flow": "carbon"}, {"place": "西藏"}, {"top": 42, "place": "上海", "measure": "katz"},
]  # fmt: skip


def check_form(result: Result) -> None:
    """Holes point at facts, table figures are facts, no figure stands in a template but the arguments' own."""
    for said in result.lead:
        for text in (said.text.zh, said.text.en):
            holes = [int(h) for h in re.findall(r"\{(\d+)(?::\w+)?\}", text)]
            assert sorted(holes) == list(range(len(said.facts))), text
            bare = re.sub(
                r"\{[^}]*\}|CO2|20\d\d|最大的[\d.]+%|largest [\d.]+ percent|显著性[\d.]+|significance of [\d.]+",
                "",
                text,
            )
            assert not re.search(r"\d", bare), text
    assert result.lead and len(result.facts) <= 120
    for shown in result.tables:
        for row in shown.rows:
            assert len(row) == len(shown.columns)
            assert not any(isinstance(cell, float | int) for cell in row)
    assert len(set(result.sources)) == len(result.sources)


@pytest.mark.parametrize("arguments", CALLS, ids=str)
def test_form(arguments: dict[str, Any], context: Context) -> None:
    result = network.call(arguments, context)
    check_form(result)
    assert result.method
    if "explain" not in arguments:
        assert "因果" in result.caveats[0].zh and "causes" in result.caveats[0].en


def ranked(result: Result) -> list[tuple[str, float]]:
    """The ranking's table: node and the first figure."""
    return [(row[0].en, result.facts[row[1].fact].value) for row in result.tables[0].rows if isinstance(row[1], Ref)]  # type: ignore[union-attr]


def backbone_of(flows: Array, percent: float) -> networkx.DiGraph[int]:
    """The largest flows as NetworkX has them, by plain sorting."""
    flows = flows.copy()
    np.fill_diagonal(flows, 0.0)
    n = len(flows)
    keep = sorted(((flows[i, j], i, j) for i in range(n) for j in range(n)), reverse=True)[
        : round(n * n * percent / 100)
    ]
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from((i, j, float(w)) for w, i, j in keep)
    return graph


def test_betweenness_of_a_province_against_networkx(context: Context, provinces: System) -> None:
    rows = provinces.mrio.block("HE")
    graph = backbone_of(provinces.Z[rows, rows], 5)
    for _, _, edge in graph.edges(data=True):
        edge["length"] = 1 / edge["weight"]
    theirs = sorted(networkx.betweenness_centrality(graph, weight="length").values(), reverse=True)[:10]
    ours = ranked(network.call({"place": "河北", "measure": "betweenness"}, context))
    assert [v for _, v in ours] == pytest.approx([100 * v for v in theirs], rel=1e-8)
    assert ours[0][0] == "chemicals"


def test_strength_of_provinces_in_embodied_carbon(context: Context, provinces: System) -> None:
    tibet = provinces.mrio.regions.index("XZ")
    kept = [i for i in range(31) if i != tibet]
    graph = backbone_of(provinces.trade[np.ix_(kept, kept)], 100)  # strengths count all flows
    theirs = sorted((d for _, d in graph.degree(weight="weight")), reverse=True)[:10]
    result = network.call({"level": "provinces", "flow": "carbon"}, context)
    assert [v for _, v in ranked(result)] == pytest.approx(theirs)
    assert ranked(result)[0][0] == "Hebei" and "骨架" not in result.lead[0].text.zh
    inner = network.call({"level": "provinces", "flow": "carbon", "measure": "pagerank"}, context)
    on_backbone = networkx.pagerank(backbone_of(provinces.trade[np.ix_(kept, kept)], 10), tol=1e-14, max_iter=1000)
    assert [v for _, v in ranked(inner)] == pytest.approx(
        [100 * v for v in sorted(on_backbone.values(), reverse=True)[:10]], rel=1e-8
    )
    assert "骨架" in inner.lead[0].text.zh
    assert "Tibet" not in [
        name for name, _ in ranked(network.call({"level": "provinces", "flow": "carbon", "top": 42}, context))
    ]
    assert any("Tibet" in c.en and "not zero" in c.en for c in result.caveats)
    fact = result.facts[result.lead[0].facts[0]]
    assert (fact.region, fact.unit, fact.account, fact.basis) == (
        "Hebei",
        "Mt CO2",
        Account.CONSUMPTION_DOMESTIC,
        Basis.ESTIMATED,
    )


def test_the_backbone_sentence_gives_what_is_kept(context: Context, provinces: System) -> None:
    rows = provinces.mrio.block("AH")
    flows = provinces.Z[rows, rows].copy()
    own = np.trace(flows) / flows.sum()
    np.fill_diagonal(flows, 0.0)
    top = np.sort(flows.ravel())[-88:]
    result = network.call({"place": "安徽"}, context)
    edges, covered, reached, self_loops = (result.facts[i].value for i in result.lead[-1].facts)
    assert edges == 88
    assert covered == pytest.approx(100 * top.sum() / flows.sum())
    kept = flows >= top[0]
    assert reached == pytest.approx(100 * (kept.any(0) | kept.any(1)).mean())
    assert self_loops == pytest.approx(100 * own)


def test_the_nation_rests_on_its_own_table(context: Context) -> None:
    result = network.call({"place": "中国"}, context)
    assert {f.source for f in result.facts} == {"io_national"}
    assert {f.basis for f in result.facts} == {Basis.DERIVED}
    assert "估算" not in "".join(s.text.zh for s in result.lead)
    estimated = network.call({"place": "中国", "level": "provinces"}, context)
    assert {f.basis for f in estimated.facts} == {Basis.ESTIMATED} and "估算" in estimated.lead[0].text.zh


def test_a_single_province_among_all(context: Context, warehouse: Warehouse) -> None:
    result = network.call({"place": "山东", "level": "provinces", "flow": "carbon"}, context)
    value, rank = (result.facts[i] for i in result.lead[0].facts)
    assert value.region == rank.region == "Shandong" and rank.unit == "rank"
    everyone = ranked(network.call({"level": "provinces", "flow": "carbon", "top": 42}, context))
    name, figure = everyone[int(rank.value) - 1]
    assert name == "Shandong" and figure == pytest.approx(value.value)
    sectors = network.call({"place": "广东", "level": "province_sectors"}, context)
    assert all(name.startswith("Guangdong") for name, _ in ranked(sectors))
    case = case_of(warehouse, NetworkArguments(place="广东").place, "province_sectors", "money", 2017)
    assert len(case.names) == int((get_system(warehouse, 2017).mrio.x > 0).sum()) and len(case.focus) <= 42


def test_charts(context: Context) -> None:
    drawn, bars = network.call({"place": "安徽", "measure": "pagerank"}, context).charts
    assert isinstance(drawn.spec, Network) and len(drawn.spec.links) == 88
    assert drawn.spec.size_title == MEASURES["pagerank"].name and drawn.spec.size_unit == "%"
    assert len({n.group for n in drawn.spec.nodes}) > 1
    assert isinstance(bars.spec, XY) and len(bars.spec.x) == 10
    whole = network.call({"level": "province_sectors"}, context).charts[0].spec
    assert isinstance(whole, Network) and len(whole.nodes) <= 42 and 20 < len(whole.links) <= 110


def test_the_sankey_and_the_matrix_hold_every_flow(context: Context, provinces: System) -> None:
    kept = [i for i in range(31) if provinces.mrio.regions[i] != "XZ"]
    trade = provinces.trade[np.ix_(kept, kept)].copy()
    np.fill_diagonal(trade, 0.0)
    (sankey,) = network.call({"level": "provinces", "flow": "carbon", "form": "sankey"}, context).charts
    assert isinstance(sankey.spec, Sankey) and len(sankey.spec.nodes) == 18
    assert sum(link.value for link in sankey.spec.links) == pytest.approx(trade.sum())
    left = [sum(k.value for k in sankey.spec.links if k.source == i) for i in range(8)]
    assert left == pytest.approx(np.sort(trade.sum(1))[::-1][:8])
    (heat,) = network.call({"level": "provinces", "flow": "carbon", "form": "heatmap"}, context).charts
    assert isinstance(heat.spec, Heat)
    assert all(heat.spec.values[i][i] is None for i in range(30))
    assert sum(v for row in heat.spec.values for v in row if v is not None) == pytest.approx(trade.sum())


def test_what_is_not_robust_never_leads(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ranked(network.call({"place": "河北", "measure": "pagerank"}, context))

    def shaky(warehouse: Warehouse, year: int, measure: Any, *, top: int | None = None) -> Spread:
        values = measure(get_system(warehouse, year))
        stays = np.ones(len(values))
        stays[int(np.argmax(values))] = 0.5
        return Spread(values * 0.9, values * 1.1, stays)

    monkeypatch.setattr(finding, "spread", shaky)
    finding._SPREADS.clear()
    result = network.call({"place": "河北", "measure": "pagerank"}, context)
    finding._SPREADS.clear()
    assert ranked(result) == plain
    assert plain[0][0] not in result.lead[0].text.en and plain[1][0] in result.lead[0].text.en
    first = result.facts[result.lead[0].facts[0]]
    assert first.low == pytest.approx(0.9 * first.value) and first.high == pytest.approx(1.1 * first.value)
    assert "{0:range}" in result.lead[0].text.en
    assert [row[-1].en for row in result.tables[0].rows[:2]] == ["not robust", "yes"]  # type: ignore[union-attr]
    bars = result.charts[1].spec
    assert isinstance(bars, XY) and bars.series[0].low is not None


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"place": "西藏", "flow": "carbon"}, NotAvailable),
        ({"place": "西藏", "flow": "carbon", "level": "provinces"}, NotAvailable),
        ({"place": "广东", "year": 2012}, NotAvailable),
        ({"place": "亚特兰蒂斯"}, UnknownName),
        ({"level": "province_sectors", "form": "sankey"}, BadRequest),
        ({"measure": "happiness"}, BadRequest),
        ({"share": 0}, BadRequest),
        ({"alpha": 1.5}, BadRequest),
        ({"place": "粤港澳大湾区", "level": "provinces"}, BadRequest),
    ],
)
def test_refusals_name_a_way_out(arguments: dict[str, Any], error: type[TanluError], context: Context) -> None:
    with pytest.raises(error) as caught:
        network.call(arguments, context)
    assert caught.value.message.zh != caught.value.message.en


def test_the_arguments_and_the_declaration_name_the_same_measures() -> None:
    assert set(declared.Key.__args__) == set(MEASURES)  # type: ignore[attr-defined]
    told = network.function(NetworkArguments(explain=True), None)  # type: ignore[arg-type]
    assert len(told.tables[0].rows) == len(MEASURES)
    asked = network.function(NetworkArguments(explain=True, measure="katz"), None)  # type: ignore[arg-type]
    assert asked.lead[0].text.zh.startswith("卡茨中心性：") and len(asked.lead) == len(told.lead) + 1
    for measure in MEASURES.values():
        assert measure.name.zh in told.lead[0].text.zh and measure.name.en in told.lead[0].text.en


def test_three_provinces_are_a_network_and_two_are_not(context: Context) -> None:
    assert network.call({"place": "京津冀", "level": "provinces"}, context).lead
    with pytest.raises(BadRequest, match="link"):
        network.call({"place": "粤港澳大湾区", "level": "provinces"}, context)
