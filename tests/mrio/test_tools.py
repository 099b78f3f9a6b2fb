"""The tools' contracts: figures agree with plain sums, facts carry their place and account, refusals name a way out."""

from __future__ import annotations

import re

import networkx
import numpy as np
import pymrio
import pytest

from data.classification import find_place, find_sector, mrio_sector
from data.errors import BadRequest, NotAvailable, TanluError, UnknownName
from data.text import Text
from data.warehouse import Warehouse
from tools.charts.specs import Network, Sankey, TileMap
from tools.declare import Context
from tools.mrio.accounts import by_final_product, trade_of
from tools.mrio.bounds import pair_bounds
from tools.mrio.chain_partners import chain_partners
from tools.mrio.embodied_trade import embodied_trade
from tools.mrio.footprint import footprint
from tools.mrio.industry_map import industry_map
from tools.mrio.linkages import linkages
from tools.mrio.national_io import AGGREGATES, national_io
from tools.mrio.system import Scope, System, scope_of
from tools.result import Account, Basis, Fact, Ref, Result

TOOLS = (footprint, embodied_trade, linkages, chain_partners, industry_map, national_io)


def fact(result: Result, label: str) -> Fact:
    """The one fact whose English label ends so."""
    found = [f for f in result.facts if f.label.en.endswith(label)]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


def check_form(result: Result) -> None:
    """Holes point at facts, every figure in a table is a fact, no digit of a figure stands in a template."""
    for said in [*result.lead, *(s for section in result.sections for s in section.sentences)]:
        for text in (said.text.zh, said.text.en):
            holes = [int(h) for h in re.findall(r"\{(\d+)(?::\w+)?\}", text)]
            assert sorted(holes) == list(range(len(said.facts))), text
            bare = re.sub(r"\{[^}]*\}|CO2|20\d\d|42|scope 1|大于1|above 1", "", text)
            assert not re.search(r"\d", bare), text
    assert result.lead and result.caveats is not None
    assert len(result.facts) <= 120
    for table in result.tables:
        for row in table.rows:
            assert len(row) == len(table.columns)
            for cell in row:
                assert not isinstance(cell, float)
                if isinstance(cell, Ref):
                    assert 0 <= cell.fact < len(result.facts)
    for section in result.sections:
        assert all(i < len(result.tables) for i in section.tables) and all(
            i < len(result.charts) for i in section.charts
        )
    assert len(set(result.sources)) == len(result.sources)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        (footprint, {"place": "广东"}), (footprint, {"place": "京津冀"}), (footprint, {"place": "China"}), (footprint, {}),
        (footprint, {"order": "asc", "top": 3}), (footprint, {"place": "西南"}),
        (embodied_trade, {"place": "Shanghai"}), (embodied_trade, {"place": "长三角"}), (embodied_trade, {}),
        (embodied_trade, {"place": "河北", "sector": "钢铁"}), (embodied_trade, {"sector": "power"}),
        (embodied_trade, {"form": "matrix", "sector": "cement"}), (embodied_trade, {"place": "长三角", "sector": "服务业"}),
        (embodied_trade, {"place": "广东", "partner": "河北", "sector": "power"}),
        (embodied_trade, {"place": "广东", "partner": "河北"}), (embodied_trade, {"place": "北京", "partner": "东北"}),
        (linkages, {"place": "江苏"}), (linkages, {}), (linkages, {"place": "西藏"}), (linkages, {"place": "长三角"}),
        (linkages, {"place": "江苏", "sector": "化工"}), (linkages, {"sector": "steel", "weight": "emissions"}),
        (linkages, {"place": "浙江", "sector": "服务业"}), (linkages, {"place": "长三角", "sector": "建筑"}),
        (chain_partners, {"place": "山西", "sector": "煤炭行业"}),
        (chain_partners, {"place": "江苏", "sector": "construction", "direction": "upstream"}),
        (chain_partners, {"place": "China", "sector": "steel"}), (chain_partners, {"place": "广东"}),
        (chain_partners, {"place": "China", "sector": "services", "direction": "upstream"}), (chain_partners, {"place": "东北"}),
        (chain_partners, {"place": "西藏", "sector": "建筑"}), (chain_partners, {"place": "China"}),
        (industry_map, {"place": "安徽"}), (industry_map, {"place": "河南", "form": "sankey"}), (industry_map, {}),
        (national_io, {"sector": "metal smelting", "year": 2017}), (national_io, {}), (national_io, {"measure": "进口"}),
    ],
)  # fmt: skip
def test_every_answer_keeps_the_form(tool: object, arguments: dict[str, object], context: Context) -> None:
    result = tool.call(arguments, context)  # type: ignore[attr-defined]
    check_form(result)


@pytest.mark.parametrize("tool", TOOLS)
def test_declarations_speak_both_languages(tool: object) -> None:
    assert tool.name and len(tool.examples) >= 4  # type: ignore[attr-defined]
    for field in tool.arguments.model_fields.values():  # type: ignore[attr-defined]
        assert field.description


def test_footprint_of_guangdong_adds_up(context: Context, provinces: System) -> None:
    result = footprint.call({"place": "广东"}, context)
    total = fact(result, "domestic consumption-based CO2")
    production = fact(result, "production-based (scope 1) CO2")
    assert production.value == pytest.approx(556.86, abs=0.005)
    assert (production.account, production.basis) == (Account.SCOPE1, Basis.OBSERVED)
    assert (total.region, total.year, total.account, total.basis) == (
        "Guangdong",
        2017,
        Account.CONSUMPTION_DOMESTIC,
        Basis.ESTIMATED,
    )
    assert total.low is not None and total.high is not None and total.low < total.value < total.high
    parts = ["own final use", "direct household CO2", "embodied CO2 from other provinces"]
    assert sum(fact(result, p).value for p in parts) == pytest.approx(total.value, rel=1e-12)
    sent = ["own final use", "direct household CO2", "CO2 sent to other provinces", "CO2 embodied in exports abroad"]
    assert sum(fact(result, p).value for p in sent) == pytest.approx(production.value, rel=1e-9)
    assert {f.region for f in result.facts} == {"Guangdong"}
    # The whole over provinces: consumption plus exports is what the provinces emit.
    everything = provinces.trade.sum() + provinces.emissions.households.sum() + provinces.exported.sum()
    assert everything == pytest.approx(provinces.emissions.co2.sum() + provinces.emissions.households.sum(), rel=1e-12)


def test_a_group_nets_out_what_flows_inside_it(context: Context) -> None:
    whole = footprint.call({"place": "京津冀"}, context)
    parts = [footprint.call({"place": p}, context) for p in ("北京", "天津", "河北")]
    name = "domestic consumption-based CO2"
    assert fact(whole, name).value == pytest.approx(sum(fact(p, name).value for p in parts), rel=1e-12)
    inflow = "embodied CO2 from other provinces"
    assert fact(whole, inflow).value < sum(fact(p, inflow).value for p in parts)
    low, high = fact(whole, name).low, fact(whole, name).high
    assert low is not None and high is not None and low < fact(whole, name).value < high
    lows = [fact(p, name).low for p in parts]
    assert all(v is not None for v in lows) and low >= sum(v for v in lows if v is not None), "members do not err alike"


def test_china_uses_the_national_inventory(context: Context) -> None:
    result = footprint.call({"place": "China"}, context)
    assert fact(result, "production-based (scope 1) CO2").value == pytest.approx(9408.17, abs=0.01)
    assert {f.region for f in result.facts} == {"China"}
    assert fact(result, "domestic consumption-based CO2").basis is Basis.DERIVED


def test_ranking_leaves_tibet_out_and_says_so(context: Context) -> None:
    result = footprint.call({"top": 31}, context)
    ranked = [f for f in result.facts if f.label.en.endswith("domestic consumption-based CO2")]
    assert len(ranked) == 30 and "Tibet" not in {f.region for f in ranked}
    assert [f.value for f in ranked] == sorted((f.value for f in ranked), reverse=True)
    assert any("Tibet" in c.en for c in result.caveats)


@pytest.mark.parametrize(("place", "word"), [("Shanghai", "net importer"), ("内蒙古", "net exporter")])
def test_direction_of_embodied_trade_is_said(place: str, word: str, context: Context) -> None:
    result = embodied_trade.call({"place": place}, context)
    assert word in result.lead[0].text.en
    net = fact(result, "of embodied CO2 in interprovincial trade")
    assert net.label.en.endswith(f"{word.removesuffix('er')} of embodied CO2 in interprovincial trade")
    assert net.low is not None and net.high is not None and 0 < net.low <= net.value <= net.high
    came, went = fact(result, "embodied CO2 from other provinces").value, fact(result, "sent to other provinces").value
    assert net.value == pytest.approx(abs(came - went), rel=1e-12)
    assert isinstance(result.charts[0].spec, Sankey)


def test_two_places_mirror_each_other(context: Context) -> None:
    there = embodied_trade.call({"place": "广东", "partner": "河北"}, context)
    back = embodied_trade.call({"place": "河北", "partner": "广东"}, context)
    assert fact(there, "embodied CO2 from Hebei").value == fact(back, "embodied CO2 sent to Guangdong").value
    into, out = (
        fact(there, "net import of embodied CO2 in trade with Hebei"),
        fact(back, "net export of embodied CO2 in trade with Guangdong"),
    )
    assert into.value == pytest.approx(out.value) and into.value > 0
    with pytest.raises(BadRequest):
        embodied_trade.call({"place": "京津冀", "partner": "北京"}, context)


def test_one_sector_of_embodied_trade_by_the_whole_product(context: Context, provinces: System) -> None:
    """Power's CO2 of Hebei for Guangdong from diag(f) L Y written out; the final products add to the flow."""
    m = provinces.mrio
    caused = provinces.emissions.f[:, None] * (np.linalg.inv(np.eye(1302) - m.A) @ m.y)
    hebei, guangdong = m.regions.index("HE"), m.regions.index("GD")
    there = embodied_trade.call({"place": "广东", "partner": "河北", "sector": "power", "top": 31}, context)
    came = fact(
        there, "embodied CO2 from Hebei (emissions of production and supply of electric power and heat power only)"
    )
    assert came.value == pytest.approx(caused[m.at("HE", 24), guangdong], rel=1e-9)
    assert came.sector == mrio_sector(24).name.en and came.low is not None and came.high is not None
    assert came.low <= came.value <= came.high
    products = by_final_product(Scope(find_place("河北"), provinces, (hebei,)), (guangdong,), (24,))
    assert products.sum() == pytest.approx(came.value, rel=1e-9)
    alone = embodied_trade.call({"place": "河北", "sector": "power"}, context)
    sent = fact(
        alone,
        "embodied CO2 sent to other provinces (emissions of production and supply of electric power and heat power only)",
    )
    assert sent.value == pytest.approx(np.delete(caused[m.at("HE", 24)], hebei).sum(), rel=1e-9)


def test_the_sectors_of_embodied_trade_add_to_the_whole(context: Context, provinces: System) -> None:
    parts = sum(trade_of(provinces, (n,)) for n in provinces.mrio.sectors)
    assert parts == pytest.approx(provinces.trade, abs=1e-9)
    spec = embodied_trade.call({"sector": "steel"}, context).charts[0].spec
    assert isinstance(spec, TileMap)
    trade = trade_of(provinces, (14,))
    codes = provinces.mrio.regions
    assert spec.values == pytest.approx(
        {c: trade[:, i].sum() - trade[i].sum() for i, c in enumerate(codes) if c != "XZ"}
    )


def test_balances_of_all_provinces_sum_to_what_tibet_draws(context: Context, provinces: System) -> None:
    spec = embodied_trade.call({"top": 31}, context).charts[0].spec
    assert isinstance(spec, TileMap) and len(spec.values) == 30
    tibet = provinces.mrio.regions.index("XZ")
    drawn = provinces.trade[:, tibet].sum() - provinces.trade[tibet].sum()
    assert sum(spec.values.values()) == pytest.approx(-drawn, abs=1e-9)


def test_downstream_of_shanxi_coal(context: Context, warehouse: Warehouse) -> None:
    result = chain_partners.call({"place": "山西", "sector": "煤炭行业"}, context)
    first = fact(result, "sold to power and heat (all provinces)")
    expected = warehouse.rows(
        "SELECT sum(t.share * u.value_100m_yuan) FROM mrio_trade t JOIN mrio_use u ON u.region = t.destination AND "
        "u.product = t.product WHERE t.origin = 'SX' AND t.product = 2 AND u.buyer = 24"
    )[0][0]
    assert first.value == pytest.approx(expected, rel=1e-9)
    assert (first.region, first.sector, first.unit) == ("Shanxi", "Mining and washing of coal", "100M yuan")
    assert "电力热力" in result.lead[0].text.zh
    named = [result.facts[i] for said in result.lead[2:] for i in said.facts if result.facts[i].low is not None]
    assert named and all(f.low is not None and f.high is not None and f.low <= f.value <= f.high for f in named)


def test_focus_on_carbon_opens_with_carbon(context: Context) -> None:
    asked = {"place": "江苏", "sector": "建筑", "direction": "upstream"}
    money, carbon = chain_partners.call(asked, context), chain_partners.call({**asked, "focus": "carbon"}, context)
    units = [[r.facts[i].unit for i in r.lead[0].facts] for r in (money, carbon)]
    assert set(units[0]) == {"100M yuan"} and set(units[1]) == {"Mt CO2"}
    assert carbon.tables[0].columns[2].unit == "Mt CO2"


def test_only_robust_pairs_lead(context: Context, warehouse: Warehouse) -> None:
    known = pair_bounds(warehouse, 2017, "province", "HI")
    assert any(not p.bound.robust for p in known), "this province has pairs that are not robust"
    result = chain_partners.call({"place": "海南", "top": 30}, context)
    marks = {}
    for row in result.tables[0].rows:
        pair, mark = row[2], row[3]
        assert isinstance(pair, Ref) and isinstance(mark, Text)
        marks[result.facts[pair.fact].label.en] = mark.en
    assert set(marks.values()) == {"not robust", "robust"}
    lead = {result.facts[i].label.en for i in result.lead[0].facts}
    assert all(marks[label] == "robust" for label in lead)


def test_a_part_of_a_sector_is_answered_by_the_whole_and_says_so(context: Context) -> None:
    result = chain_partners.call({"place": "河北", "sector": "钢铁"}, context)
    assert any("金属冶炼" in c.zh and "黑色金属" in c.zh for c in result.caveats)
    assert {f.sector for f in result.facts if f.sector} == {"Smelting and processing of metals"}


def test_linkages_agree_with_the_inverse_by_hand(context: Context, provinces: System) -> None:
    rows = provinces.mrio.block("JS")
    inverse = np.linalg.inv(np.eye(1302) - provinces.mrio.A)[rows, rows]
    result = linkages.call({"place": "江苏", "top": 42}, context)
    chemicals = [f for f in result.facts if f.sector == "Manufacture of chemical products" and f.unit == "index"]
    assert {round(f.value, 9) for f in chemicals} == {
        round(inverse[:, 11].mean() / inverse.mean(), 9), round(inverse[11].mean() / inverse.mean(), 9)
    }  # fmt: skip
    powers = [f.value for f in result.facts if "power of dispersion" in f.label.en]
    assert np.mean(powers) == pytest.approx(1.0)
    assert "影响力系数" in result.lead[0].text.zh and "感应度系数" in result.lead[1].text.zh


@pytest.mark.parametrize("where", ["江苏", "China"])
def test_one_sector_among_the_linkages(where: str, context: Context, warehouse: Warehouse) -> None:
    scope = scope_of(warehouse, find_place(where), 2017)
    if where == "China":  # the nation's own table, its inverse by pymrio
        L = pymrio.calc_L(pymrio.calc_A(scope.flows(), scope.sectors(scope.system.mrio.x)))
    else:
        rows = scope.system.mrio.block("JS")
        L = np.linalg.inv(np.eye(1302) - scope.system.mrio.A)[rows, rows]
    result = linkages.call({"place": where, "sector": "化工"}, context)
    told = [result.facts[i] for i in result.lead[0].facts]
    power, sensitivity = L.mean(0) / L.mean(), L.mean(1) / L.mean()
    assert told[0].value == pytest.approx(power[11], rel=1e-9) and told[2].value == pytest.approx(
        sensitivity[11], rel=1e-9
    )
    assert told[1].value == 1 + (power > power[11]).sum() and told[3].value == 1 + (sensitivity > sensitivity[11]).sum()
    assert told[4].value == (scope.sectors(scope.system.mrio.x) > 0).sum()
    first = result.tables[0].rows[0][0]
    assert isinstance(first, Text) and first.en == told[0].sector, "the sector asked about heads the table"
    assert ("是关键部门" in result.lead[0].text.zh) == (power[11] > 1 and sensitivity[11] > 1)


def test_a_group_of_sectors_among_the_linkages(context: Context) -> None:
    result = linkages.call({"place": "浙江", "sector": "服务业"}, context)
    services = set(find_sector("服务业").mrio)
    whole = linkages.call({"place": "浙江", "top": 42}, context)
    powers = {f.sector: f.value for f in whole.facts if f.label.en.find("power of dispersion of") >= 0}
    told = [result.facts[i] for i in result.lead[0].facts]
    best = sorted((powers[mrio_sector(n).name.en] for n in services if mrio_sector(n).name.en in powers), reverse=True)
    assert [f.value for f in told] == pytest.approx(best[: len(told)])
    assert "浙江服务业" in result.lead[0].text.zh and "Zhejiang's services" in result.lead[0].text.en


def test_the_sankey_has_no_loops_and_marks_returns(context: Context) -> None:
    chart = industry_map.call({"place": "河南", "form": "sankey"}, context).charts[0]
    assert "河南" in chart.title.zh and "Henan" in chart.title.en and "2017" in chart.title.zh
    spec = chart.spec
    assert isinstance(spec, Sankey)
    graph = networkx.DiGraph((link.source, link.target) for link in spec.links)
    assert networkx.is_directed_acyclic_graph(graph)
    assert len(spec.links) == 28 and all(link.value > 0 for link in spec.links)
    assert any("回" in node.name.zh for node in spec.nodes)


def test_the_network_is_the_top_five_percent(context: Context, provinces: System) -> None:
    result = industry_map.call({"place": "安徽"}, context)
    spec = result.charts[0].spec
    assert isinstance(spec, Network) and len(spec.links) == 88
    rows = provinces.mrio.block("AH")
    flows = provinces.mrio.Z[rows, rows].copy()
    np.fill_diagonal(flows, 0.0)
    assert sorted(link.value for link in spec.links) == pytest.approx(np.sort(flows.ravel())[-88:])
    assert fact(result, "that the chart shows").value == pytest.approx(
        100 * np.sort(flows.ravel())[-88:].sum() / flows.sum()
    )


def test_national_table_figures(context: Context) -> None:
    result = national_io.call({"sector": "metal smelting", "measure": "gross output", "year": 2017}, context)
    assert result.facts[0].value == pytest.approx(104557.3, abs=0.05)
    assert (result.facts[0].region, result.facts[0].year, result.facts[0].unit) == ("China", 2017, "100M yuan")
    assert result.facts[0].basis is Basis.OBSERVED
    # Income side and uses agree with output, whatever the sector.
    for sector in ("电力行业", "construction", "电子"):

        def value(measure: str, asked: str = sector) -> float:
            return national_io.call({"sector": asked, "measure": measure, "year": 2020}, context).facts[0].value

        output = value("output")
        assert value("intermediate_input") + value("value_added") == pytest.approx(output, rel=1e-9)
        assert value("intermediate_use") + value("final_use") == pytest.approx(output, rel=1e-9)
        income = sum(value(m) for m in ("compensation", "taxes", "depreciation", "surplus"))
        assert income == pytest.approx(value("value_added"), rel=1e-9)
    latest = national_io.call({}, context)
    assert latest.facts[0].year == 2020
    assert latest.facts[0].value == pytest.approx(2699000, rel=1e-3)  # 269.9 trillion yuan
    assert set(AGGREGATES) >= {"output", "value_added", "exports", "imports"}


@pytest.mark.parametrize(
    ("tool", "arguments", "error"),
    [
        (footprint, {"place": "西藏"}, NotAvailable),
        (footprint, {"place": "广东", "year": 2018}, NotAvailable),
        (embodied_trade, {"place": "西藏"}, NotAvailable),
        (embodied_trade, {"place": "广东", "partner": "西藏"}, NotAvailable),
        (embodied_trade, {"place": "河北", "sector": "households"}, BadRequest),
        (linkages, {"place": "亚特兰蒂斯"}, UnknownName),
        (linkages, {"place": "上海", "sector": "煤炭行业"}, NotAvailable), (linkages, {"sector": "households"}, BadRequest),
        (chain_partners, {"place": "山西", "sector": "households"}, BadRequest),
        (chain_partners, {"place": "上海", "sector": "煤炭行业"}, NotAvailable),
        (chain_partners, {"place": "西藏"}, NotAvailable),
        (industry_map, {"place": "广东", "year": 2012}, NotAvailable),
        (national_io, {"sector": "电力行业", "year": 2019}, NotAvailable),
        (national_io, {"measure": "happiness"}, UnknownName),
        (national_io, {"sector": "households"}, BadRequest),
    ],
)  # fmt: skip
def test_refusals_name_a_way_out(
    tool: object, arguments: dict[str, object], error: type[TanluError], context: Context
) -> None:
    with pytest.raises(error) as caught:
        tool.call(arguments, context)  # type: ignore[attr-defined]
    assert caught.value.message.zh != caught.value.message.en
    assert len(caught.value.message.zh) > 12


def test_tibet_is_never_zero(context: Context) -> None:
    result = chain_partners.call({"place": "西藏", "sector": "建筑"}, context)
    assert all(f.unit != "Mt CO2" for f in result.facts), "no emission is claimed where there is no inventory"
    shown = linkages.call({"place": "西藏"}, context)
    assert all(f.unit != "kg CO2/10k yuan" for f in shown.facts)
