"""power_account, calculate, contraction, best_in_class, fuel_flow, sql and about."""

from __future__ import annotations

from typing import Any

import pytest

from data.classification import PROVINCES
from data.errors import BadRequest, Incomparable, NotAvailable, RefusedQuery, UnknownName
from data.text import Text
from tests.figures.conftest import fact_of, said, sentences
from tools.about import about
from tools.about_answers import PLAIN
from tools.benchmark.best_in_class import best_in_class, standings
from tools.benchmark.contraction import contracted, contraction
from tools.calculate import calculate
from tools.declare import Context
from tools.fuel_flow import fuel_flow
from tools.power_account import GRIDS, Flows, net_emissions, power_account
from tools.references import gb7714
from tools.result import Account, Basis, Fact
from tools.sql import sql


class TestPowerAccount:
    def test_guangdong_2019(self, context):
        result = power_account.call({"place": "广东"}, context)
        received = next(f for f in result.facts if f.label.en.endswith("electricity received"))
        assert received.value == pytest.approx(233.5, abs=0.05)
        totals = [f for f in result.facts if "plus net imported" in f.label.en]
        assert len(totals) == 3
        assert {f.account for f in totals} == {Account.SCOPE1_PLUS_NET_POWER}
        assert {f.basis for f in totals} == {Basis.DERIVED}
        base = fact_of(result, account=Account.SCOPE1)
        net = next(f for f in result.facts if f.label.en.endswith("net electricity import")).value
        national = fact_of(result, unit="kg CO2/kWh", region="China")
        assert totals[-1].value == pytest.approx(base.value + net * national.value, rel=1e-12)
        assert any("官方考核" in c.zh for c in result.caveats)
        assert any("2021" in c.zh and "2019" in c.zh for c in result.caveats)

    def test_senders_factors_weight_what_is_received_and_sent(self):
        exchange = Flows({"YN": 10.0, "GZ": 5.0}, {"GD": 2.0})
        assert net_emissions(exchange, {"YN": 0.1, "GZ": 0.5, "GD": 0.4}) == pytest.approx(1.0 + 2.5 - 0.8)
        assert exchange.net == pytest.approx(13.0)

    def test_grids_hold_every_province_once(self):
        codes = [c for members in GRIDS.values() for c in members]
        assert sorted(codes) == sorted(p.code for p in PROVINCES)

    def test_what_there_is_not(self, context):
        with pytest.raises(NotAvailable):
            power_account.call({"place": "西藏"}, context)
        with pytest.raises(NotAvailable):
            power_account.call({"place": "广东", "year": 2003}, context)
        with pytest.raises(BadRequest):
            power_account.call({"place": "China"}, context)


def _fact(value: float, **rest: Any) -> Fact:
    given = {
        "label": Text("甲", "one"), "unit": "Mt CO2", "basis": Basis.OBSERVED, "source": "co2", "year": 2017,
        "account": Account.SCOPE1, "region": "Guangdong",
    }  # fmt: skip
    return Fact(value=value, **(given | rest))


@pytest.fixture
def compute(warehouse):
    """compute("add", fact, fact, …) runs the tool over these facts."""

    def run(operation: str, *facts: Fact):
        known = {f"F{i}": f for i, f in enumerate(facts, 1)}
        context = Context(warehouse, None, known.__getitem__)  # type: ignore[arg-type]
        return calculate.call({"operation": operation, "facts": list(known)}, context).facts[0]

    return run


class TestCalculate:
    def test_arithmetic(self, compute):
        a, b = _fact(300.0, region="Hunan"), _fact(200.0, region="Hubei")
        assert compute("add", a, b).value == 500
        assert compute("subtract", a, b).value == 100
        assert compute("ratio", a, b).value == 1.5 and compute("ratio", a, b).unit == "times"
        assert compute("mean", a, b).value == 250
        assert compute("share", b, a).value == pytest.approx(200 / 3)
        change = compute("percent_change", _fact(200.0, year=2016), _fact(300.0, year=2017))
        assert (change.value, change.unit, change.year) == (50, "%", 2017)
        assert compute("percent_change", _fact(200.0, year=2010), _fact(300.0)).year is None

    def test_a_ratio_of_known_units_takes_its_unit(self, compute):
        people = _fact(10_000.0, unit="10k persons", account=None, source="population")
        ratio = compute("ratio", _fact(500.0), people)
        assert (ratio.value, ratio.unit) == (5.0, "t CO2/person")

    def test_the_weakest_basis_wins_and_groups_are_named(self, compute):
        total = compute(
            "add",
            _fact(1, region="Beijing"),
            _fact(2, region="Tianjin", basis=Basis.ESTIMATED),
            _fact(3, region="Hebei"),
        )
        assert total.basis is Basis.ESTIMATED
        assert total.region == "Beijing-Tianjin-Hebei"

    def test_accounts_and_units_are_not_mixed(self, compute):
        with pytest.raises(Incomparable):
            compute("add", _fact(1), _fact(2, region="Hunan", account=Account.CONSUMPTION_DOMESTIC))
        with pytest.raises(Incomparable):
            compute("subtract", _fact(1), _fact(2, region="Hunan", unit="100M yuan", account=None))
        with pytest.raises(Incomparable):
            compute("add", _fact(1, unit="%"), _fact(2, unit="%", region="Hunan"))

    @pytest.mark.parametrize(
        "other",
        [{"region": "China"}, {"region": "Guangdong"}, {"region": "South"},
         {"sector": "Production and supply of electric power and heat power"}],
    )  # fmt: skip
    def test_overlaps_are_not_added(self, compute, other):
        with pytest.raises(Incomparable):
            compute("add", _fact(1), _fact(2, **other))

    def test_what_does_not_overlap_is_added(self, compute):
        power = "Production and supply of electric power and heat power"
        assert compute("add", _fact(1, sector=power), _fact(2, sector="Construction")).value == 3
        assert compute("add", _fact(1, year=2016), _fact(2, year=2017)).value == 3
        coal, gas = Text("广东2017年原煤二氧化碳排放", "coal"), Text("广东2017年天然气二氧化碳排放", "gas")
        assert compute("add", _fact(1, label=coal), _fact(2, label=gas)).value == 3
        wind, sun = (Text("广东发电量", f"electricity generation ({x})") for x in ("wind", "solar"))
        power_facts = {"unit": "TWh", "account": None, "source": "power_generation"}
        assert compute("add", _fact(1, label=wind, **power_facts), _fact(2, label=sun, **power_facts)).value == 3

    def test_zero_below_the_line(self, compute):
        with pytest.raises(BadRequest):
            compute("ratio", _fact(1), _fact(0, region="Hunan"))

    def test_an_id_never_given(self, context):
        with pytest.raises(UnknownName):
            calculate.call({"operation": "add", "facts": "F1,F2"}, context)


class TestContraction:
    def test_formula(self):
        assert contracted(100, 4.2, 10) == pytest.approx(58)
        assert contracted(100, 4.2, 30) == 0

    def test_zhejiang_2030(self, context):
        result = contraction.call({"place": "浙江", "base_year": 2018, "target_year": 2030}, context)
        target = fact_of(result, year=2030)
        assert target.value == pytest.approx(192.857, abs=5e-4)
        assert target.region == "Zhejiang" and target.basis is Basis.ASSUMPTION and target.scenario
        assert [c.document for c in result.citations] == ["sbti-cnzs-v1"]
        assert any("SBTi" in c.zh for c in result.caveats)
        own_rate = contraction.call({"place": "浙江", "base_year": 2018, "rate": 3, "target_year": 2030}, context)
        assert not own_rate.citations

    def test_the_target_comes_after_the_base(self, context):
        with pytest.raises(BadRequest):
            contraction.call({"place": "浙江", "base_year": 2018, "target_year": 2018}, context)


class TestBestInClass:
    def test_small_and_implausible_provinces_are_no_benchmark(self):
        places = PROVINCES[:4]
        mt = {"BJ": 1.0, "TJ": 100.0, "HE": 300.0, "SX": 0.2}
        money = {"BJ": 1.0, "TJ": 1000.0, "HE": 1000.0, "SX": 900.0}
        found = standings(mt, money, places)
        assert [s.place.code for s in found if s.outlier is None] == ["TJ", "HE"]
        assert next(s for s in found if s.place.code == "HE").intensity == pytest.approx(3e4)

    def test_henan_non_metallic_minerals(self, context):
        result = best_in_class.call({"sector": "水泥", "place": "河南"}, context)
        own, best, gap, relative, saving, share = result.facts
        assert own.region == gap.region == saving.region == "Henan"
        assert gap.value == pytest.approx(own.value - best.value)
        assert (relative.value, relative.unit) == (pytest.approx(own.value / best.value), "times")
        assert share.value == pytest.approx(100 * (1 - best.value / own.value))  # of its emissions = intensity x output
        assert own.basis is Basis.ESTIMATED and own.year == 2017
        assert any("水泥" in c.zh for c in result.caveats)
        assert "河南" in said(result, "zh")


def test_fuel_flow_closes(context):
    result = fuel_flow.call({"place": "广东", "year": 2017}, context)
    spec = result.charts[0].spec
    assert result.charts[0].kind == "sankey"
    assert sum(link.value for link in spec.links) == pytest.approx(556.859, abs=5e-4)
    assert all(spec.nodes[k.source].column == 0 and spec.nodes[k.target].column == 1 for k in spec.links)
    assert fact_of(result, sector=None).value == pytest.approx(556.859, abs=5e-4)
    with pytest.raises(NotAvailable):
        fuel_flow.call({"place": "广东", "year": 2022}, context)


class TestSql:
    def test_figures_become_facts(self, context):
        query = "SELECT region, year, sum(mt) AS mt FROM co2 WHERE region = 'GD' AND year = 2017 GROUP BY ALL"
        result = sql.call({"sql": query}, context)
        fact = fact_of(result, unit="Mt CO2")
        assert (fact.region, fact.year, fact.account) == ("Guangdong", 2017, Account.SCOPE1)
        assert fact.value == pytest.approx(556.859, abs=5e-4)

    def test_only_one_select(self, context):
        with pytest.raises(RefusedQuery):
            sql.call({"sql": "DROP TABLE co2"}, context)
        with pytest.raises(UnknownName):
            sql.call({"sql": "SELECT * FROM co3"}, context)


class TestAbout:
    def test_coverage_names_years_and_what_is_missing(self, context):
        text = about.call({"topic": "coverage"}, context)
        for language in ("zh", "en"):
            assert "1997" in said(text, language) and "2019" in said(text, language)
        assert "西藏" in said(text, "zh") and "Tibet" in said(text, "en")

    def test_every_topic_speaks(self, context):
        for topic in ("coverage", "measures", "method", "citation", "licence", "limits"):
            result = about.call({"topic": topic}, context)
            assert result.lead and not result.facts
        assert "CEADs" in said(about.call({"topic": "licence"}, context), "zh")
        population = about.call({"measure": "人口"}, context)
        assert "2005—2024" in said(population, "zh")

    @pytest.mark.parametrize(
        ("topic", "first_zh", "first_en"),
        [("commercial", "CEADs", "CEADs"), ("updates", "二氧化碳排放到2019年", "CO2 emissions to 2019"),
         ("after_2019", "只到2019年", "end in 2019"), ("provinces_and_nation", "能源统计", "energy statistics"),
         ("per_head", "年末常住人口", "residents at the end"), ("intensity", "当年价格", "current prices"),
         ("scope1", "外省调入的电不在其中", "imported power is not in it"), ("interprovincial", "无法核对", "cannot be validated"),
         ("makers", "碳路项目", "the Tanlu project"), ("model", "不用大语言模型", "no language model"),
         ("marks", "标出一个数据", "one figure"), ("sources", "CEADs", "CEADs"), ("estimated", "投入产出表", "input-output tables")],
    )  # fmt: skip
    def test_the_asked_point_stands_first(self, context, topic, first_zh, first_en):
        result = about.call({"topic": topic}, context)
        assert first_zh in sentences(result, "zh")[0] and first_en in sentences(result, "en")[0].replace("  ", " ")
        assert len(result.lead) <= 4 and result.sources

    def test_the_two_totals_are_those_of_the_inventories(self, context, warehouse):
        result = about.call({"topic": "provinces_and_nation"}, context)
        ((both,),) = warehouse.rows("SELECT sum(mt) FROM co2 WHERE region <> 'CN' AND year = 2019")
        ((own,),) = warehouse.rows("SELECT sum(mt) FROM co2 WHERE region = 'CN' AND year = 2019")
        assert [f.value for f in result.facts] == pytest.approx([both, own, both / own * 100])

    def test_what_it_says_passes_the_audit(self, context):
        from assistant.audit.check import Grounds, audit_text

        for topic in PLAIN.keys() | {"after_2019", "provinces_and_nation", "interprovincial"}:
            result = about.call({"topic": topic}, context)
            facts = {f"F{i}": f for i, f in enumerate(result.facts, 1)}
            for language in ("zh", "en"):
                grounds = Grounds(fact=facts.get, clause=lambda name: None, language=language)
                found = [f for s in sentences(result, language) for f in audit_text(s, grounds)]
                assert [f for f in found if f.problem] == [], topic

    def test_references_follow_gb7714(self):
        article = (
            "CEADs; Shan, Y., Guan, D., Zheng, H., Ou, J. & Zhang, Q. (2018). China CO2 emission accounts 1997–2015."
            " Scientific Data 5, 170201. doi:10.1038/sdata.2017.201"
        )
        assert gb7714(article, "https://doi.org/10.1038/sdata.2017.201") == (
            "Shan Y, Guan D, Zheng H, et al. China CO2 emission accounts 1997–2015[J]. Scientific Data, 2018, 5: 170201."
            " DOI: 10.1038/sdata.2017.201."
        )
        assert (
            gb7714("国家统计局：国家数据", "https://data.stats.gov.cn/")
            == "国家统计局. 国家数据[DB/OL]. https://data.stats.gov.cn/"
        )
