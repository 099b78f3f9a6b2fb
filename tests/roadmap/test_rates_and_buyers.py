"""Part 5's advice to buyers and part 6's rates, against their own arithmetic; and what a group of provinces is told."""

from __future__ import annotations

import numpy as np
import pytest

from data.classification import find_place
from data.errors import BadRequest
from tools.declare import Context
from tools.policy.rows import all_targets
from tools.result import Ref, Result, Table
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.chains import SHOWN, Pair, pairs, touching
from tools.roadmap.engine import Engine
from tools.roadmap.names import GROUP_OF, LEVER_KEYS, LEVERS, SECTORS, at
from tools.roadmap.parts_buyer import kind_of, means, order, upstream_part
from tools.roadmap.parts_rates import NO_ALLOCATION, fall_per_year, linear_fall, spans
from tools.roadmap.parts_shift import STRUCTURE_YEARS
from tools.roadmap.scope import scope_of
from tools.roadmap.shifts import shift
from tools.roadmap.story import Story, tell
from tools.roadmap.tool import roadmap


@pytest.fixture(scope="module")
def story(context: Context) -> Story:
    return tell(scope_of(context.warehouse, find_place("广东")), "dual_carbon", 2060)


@pytest.fixture(scope="module")
def flagship(context: Context) -> Result:
    return roadmap.call({"place": "广东", "target_year": 2060}, context)


@pytest.fixture(scope="module")
def delta(context: Context) -> Result:
    return roadmap.call({"place": "长三角"}, context)


def table(result: Result, word: str) -> Table:
    return next(t for t in result.tables if word in t.title.zh)


def value(result: Result, cell: object) -> float:
    assert isinstance(cell, Ref)
    return result.facts[cell.fact].value


def test_rates_are_the_published_ones_over_their_own_years(context: Context) -> None:
    found = spans(context.warehouse)
    published = {(s.first, s.last): s.target.value for s in found if not s.linear}
    assert published == {(2022, 2050): 18.94, (2022, 2030): 9.8, (2030, 2040): 10.0}
    assert all("GDP" in (s.target.note_en or "") for s in found if not s.linear)  # of intensity, not of emissions
    assert {s.target.value for s in found if s.linear} == {4.2}
    assert {t.document for t in all_targets(context.warehouse)} >= {"oxon8-nzed", "sbti-cnzs-v1"}


def test_the_paths_rates_by_hand(story: Story, flagship: Result) -> None:
    r, path = story.scope.index, story.lead
    gross, gdp = path.gross[:, r], path.gdp[:, r]
    for first, last in ((2022, 2050), (2022, 2030), (2030, 2040)):
        rate = fall_per_year(story, first, last) / 100
        start, end = (gross[at(y)] / gdp[at(y)] for y in (first, last))
        assert start * (1 - rate) ** (last - first) == pytest.approx(end, rel=1e-12)
    for first, last in ((2025, 2035), (2025, 2045)):
        rate = linear_fall(story, first, last) / 100
        assert gross[at(first)] * (1 - rate * (last - first)) == pytest.approx(gross[at(last)], rel=1e-12)
    shown = table(flagship, "全球平均速率")
    for row in shown.rows:
        first, last = (int(y) for y in str(row[1]).split("–"))
        linear = "线性" in row[0].zh  # type: ignore[union-attr]
        expected = (linear_fall if linear else fall_per_year)(story, first, last)
        assert value(flagship, row[3]) == pytest.approx(expected)
        assert "非对本地的分配" in row[4].zh  # type: ignore[union-attr]
    assert shown.rows[0][4] == NO_ALLOCATION
    part = next(s for s in flagship.sections if s.heading.zh.startswith("6"))
    assert any("不是对广东的分配" in s.text.zh and "no allocation to Guangdong" in s.text.en for s in part.sentences)
    assert {flagship.citations[i].document for s in part.sentences for i in s.citations} >= {
        "oxon8-nzed",
        "sbti-cnzs-v1",
    }


def test_gaps_are_model_less_target_and_verdicts_only_of_capacity(flagship: Result) -> None:
    shown = table(flagship, "目标与广东")
    heads = [c.name.zh for c in shown.columns]
    target, model, gap, said = (heads.index(h) for h in ("目标值", "模型值", "差距（模型减目标）", "结论与原因"))
    told = [row for row in shown.rows if isinstance(row[gap], Ref)]
    assert len(told) >= 3
    for row in told:
        assert value(flagship, row[gap]) == pytest.approx(value(flagship, row[model]) - value(flagship, row[target]))
        judged = "风电" in row[0].zh  # type: ignore[union-attr]
        assert row[said].zh.startswith("进展符合" if judged else "无法判断")  # type: ignore[union-attr]
    assert all("《" in row[1].zh for row in shown.rows)  # type: ignore[union-attr]


def test_the_one_verdict_is_of_capacity_observed_in_the_same_terms(context: Context) -> None:
    result = roadmap.call({"place": "China"}, context)
    shown = table(result, "目标与全国")
    met = [row for row in shown.rows if "已达到" in getattr(row[8], "zh", "")]
    assert len(met) == 1 and value(result, met[0][5]) == 1200
    observed = context.warehouse.rows(
        "SELECT sum(gw) FROM power_capacity WHERE region = 'CN' AND year = 2024 AND source IN ('wind', 'solar')"
    )[0][0]
    assert observed >= 1200
    model = value(result, met[0][6])
    assert model > observed  # the balance starts from what stood in 2024


def test_a_pairs_fall_parts_into_intensity_and_use(story: Story, context: Context) -> None:
    joint, _ = pairs(context.warehouse, story.engine.model, story.lead, story.scope.indices)
    checked = 0
    for pair in joint:
        part = upstream_part(story, pair)
        if part is None:
            continue
        region, i = story.lead.regions.index(pair.emitter[0]), pair.emitter[1] - 1
        f = [story.lead.sectors[at(y), region, i] / story.lead.output[at(y), region, i] for y in (2017, 2045)]
        used = [pair.carbon[SHOWN.index(y)] / f[k] for k, y in enumerate((2017, 2045))]
        whole = np.log(pair.carbon[0] / pair.carbon[3])
        assert np.log(f[0] / f[1]) / whole == pytest.approx(part)
        assert np.log(f[0] / f[1]) + np.log(used[0] / used[1]) == pytest.approx(whole)
        word = order(story, pair).zh
        assert word.startswith("上游先行" if part >= 0.75 else "下游先行" if part <= 0.25 else "上下游并进")
        checked += 1
    assert checked >= 8


def test_means_fit_what_is_sold_and_where(story: Story, flagship: Result) -> None:
    shown = table(flagship, "须同步减排的产业链对")
    heads = [c.name.zh for c in shown.columns]
    way, first = heads.index("建议手段"), heads.index("先后")
    for row in shown.rows:
        name, said = row[0].zh, row[way].zh  # type: ignore[union-attr]
        assert ("电力热力→" in name) == said.startswith("绿电")
        assert row[first].zh and row[first].en  # type: ignore[union-attr]
    power = next(r for r in shown.rows if r[0].zh.startswith("电力热力→"))  # type: ignore[union-attr]
    column = story.matrices[2045][:, GROUP_OF[23]]
    best = LEVERS[LEVER_KEYS[int(np.argmin(column))]]
    assert best.zh in power[way].zh and best.en in power[way].en  # type: ignore[union-attr]
    words = " ".join(s.text.zh for s in next(p for p in flagship.sections if p.heading.zh[0] == "5").sentences)
    assert "绿电" in words and "绿色采购" in words and "跨省" in words and "本地" in words
    assert kind_of(Pair(("HE", 14), ("GD", 27), (1, 1, 1, 1, 1))).en == "green purchasing"
    assert kind_of(Pair(("GD", 20), ("GD", 27), (1, 1, 1, 1, 1))).en == "retrofit of suppliers"


def test_the_timetable_asks_something_of_the_chains_in_later_periods(flagship: Result) -> None:
    timetable = table(flagship, "分期时间表")
    column = next(i for i, c in enumerate(timetable.columns) if "产业链动作" in c.name.zh)
    said = [row[column].zh for row in timetable.rows]  # type: ignore[union-attr]
    assert "绿电合同与绿色采购起步" in said[0] and sum(s != "—" for s in said) >= 3
    assert any("上游减半" in s for s in said[1:]) and any("上游减九成" in s for s in said)


def test_all_figures_of_parts_at_all_years_are_attached(flagship: Result, story: Story) -> None:
    for word, unit in (
        ("总产出", "100M yuan"),
        ("增加值（", "100M yuan"),
        ("直接排放", "Mt CO2"),
        ("本地最终需求的隐含排放", "Mt CO2"),
    ):
        found = table(flagship, f"分行业组{word}")
        assert [c.name.en for c in found.columns[1:]] == [str(y) for y in STRUCTURE_YEARS]
        assert {c.unit for c in found.columns[1:]} == {unit}
        rows = np.array([[float(str(v)) for v in row[1:]] for row in found.rows])
        assert rows[:-1].sum(axis=0) == pytest.approx(rows[-1])
    sectors = table(flagship, "全部行业的排放与减排年份")
    total = sum(float(str(row[2])) for row in sectors.rows)
    assert total == pytest.approx(story.total(story.lead.gross, 2030), rel=1e-9)


def test_embodied_by_product_and_households_make_up_the_consumption_account(provinces: Engine) -> None:
    r, path = provinces.model.economy.regions.index("HA"), provinces.path("dual_carbon")
    found = shift(provinces.model, path, (r,), 2035)
    assert path.consumption is not None
    households = path.households[at(2035), r].sum()
    assert found.embodied.sum() + households == pytest.approx(path.consumption[at(2035), r], rel=1e-9)
    assert found.direct.sum() + households == pytest.approx(path.gross[at(2035), r], rel=1e-9)


def test_pairs_of_a_group_are_those_of_its_members(context: Context, provinces: Engine) -> None:
    model, path = provinces.model, provinces.path("dual_carbon")
    regions = tuple(model.economy.regions.index(c) for c in ("SH", "JS"))
    both = touching(model, at(2030), path.deployment[..., at(2030)], regions)
    for k, r in enumerate(regions):
        one = touching(model, at(2030), path.deployment[..., at(2030)], (r,))
        mine = slice(k * SECTORS, (k + 1) * SECTORS)
        assert np.allclose(both.made[:, mine], one.made, rtol=1e-9) and np.allclose(
            both.emitted[mine], one.emitted, rtol=1e-9
        )
    joint, _ = pairs(context.warehouse, model, path, regions, 30)
    single, _ = pairs(context.warehouse, model, path, regions[1:], 30)
    known = {(p.emitter, p.product): p for p in single}
    shared = [p for p in joint if (p.emitter, p.product) in known]
    assert len(shared) >= 8
    for p in shared:
        assert p.carbon == pytest.approx(known[p.emitter, p.product].carbon)
    assert len({(p.emitter, p.product) for p in joint}) == len(joint)


def test_a_group_is_told_its_chains_partners_and_costs(delta: Result, context: Context) -> None:
    assert "怎么连减" in delta.lead[-1].text.zh and len(delta.lead[-1].facts) >= 3
    assert {c.kind for c in delta.charts} >= {"sankey", "heatmap", "fan", "wedge", "timeline"}
    chains = table(delta, "须同步减排的产业链对")
    inside = [row for row in chains.rows if row[1].zh == "本地"]  # type: ignore[union-attr]
    assert inside and all("→" in row[0].zh for row in chains.rows)  # type: ignore[union-attr]
    words = " ".join(s.text.zh for part in delta.sections for s in part.sentences)
    assert "各成员省份措施" in words and "最终需求引起的外省排放主要在" in words
    assert any("反演" in c.zh and "请分省询问" in c.zh for c in delta.caveats)
    costs = backcast.call({"place": "长三角", "goal": "costs", "year": 2045}, context)
    assert costs.lead and "members' own measures" in " ".join(t.title.en for t in costs.tables)
    with pytest.raises(BadRequest, match="cost curve") as caught:
        backcast.call({"place": "长三角", "goal": "neutral", "year": 2055}, context)
    assert "边际减排成本曲线" in caught.value.message.zh


def test_the_means_of_an_outside_supplier_name_no_retrofit_of_ours(story: Story, flagship: Result) -> None:
    from tools.result import Draft
    from tools.roadmap.book import Book

    book = Book(Draft(flagship.title), story.scope, story.engine.model.nowcast)
    away = means(book, story, Pair(("HE", 14), ("GD", 27), (3.0, 3.0, 2.0, 1.0, 0.5)))
    here = means(book, story, Pair(("GD", 14), ("GD", 27), (3.0, 3.0, 2.0, 1.0, 0.5)))
    assert "上游技改" not in away.zh and "上游技改" in here.zh
    across = means(book, story, Pair(("GZ", 24), ("GD", 27), (3.0, 3.0, 2.0, 1.0, 0.5)))
    assert "跨省绿电" in across.zh and "across provinces" in across.en
