"""The answer: what it must hold for the flagship question, what it refuses, and what every sentence owes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data.classification import mrio_sector
from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.declare import Context
from tools.report.word import filled
from tools.result import Account, Basis, Ref, Result
from tools.roadmap.scope import scope_of
from tools.roadmap.tool import EXAMPLES, roadmap

KEY_YEARS = (2030, 2035, 2040, 2050, 2060)
_HOLE = re.compile(r"\{(c?)(\d+)(?::(abs|range))?\}")
CALLS: tuple[dict[str, Any], ...] = (
    {"place": "广东", "target_year": 2060},
    {"place": "Jiangsu"},
    {"place": "China"},
    {"place": "内蒙古", "target_year": 2060},
    {"place": "上海", "target_year": 2045},
    {"place": "长三角"},
    {"place": "湖北", "scenario": "current_policies", "year": 2035, "detail": "brief"},
    {"place": "浙江", "overrides": "若浙江2035年非化石占比为40%，排放会怎样"},
    {"place": "河北", "overrides": "without CCUS", "target_year": 2060},
)


@pytest.fixture(scope="module")
def results(context: Context) -> list[Result]:
    return [roadmap.call(call, context) for call in CALLS]


@pytest.fixture(scope="module")
def flagship(results: list[Result]) -> Result:
    return results[0]


def plain(result: Result, language: str, sentence: Any) -> str:
    text: str = getattr(sentence.text, language)
    return _HOLE.sub(lambda m: "" if m[1] else f"{result.facts[sentence.facts[int(m[2])]].value:.0f}", text)


def test_the_flagship_answer_is_whole(flagship: Result) -> None:
    assert {c.kind for c in flagship.charts} == {"fan", "wedge", "timeline", "sankey", "network", "heatmap", "line"}
    assert len(flagship.lead) == 4
    headings = [s.heading.zh[0] for s in flagship.sections]
    assert list(dict.fromkeys(headings)) == list("0123456789")  # 10 begins with 1 again
    unfolded = {s.heading.zh.split()[0] for s in flagship.sections if not s.folded}
    assert unfolded == {"0", "1", "2", "3", "5", "6"}
    assert flagship.model_version is not None and flagship.model_version.startswith("roadmap-")
    assert flagship.citations and all(c.digest.zh for c in flagship.citations)


def test_a_full_answer_can_be_taken_in(results: list[Result]) -> None:
    for result in results[:6]:
        shown = [result.tables[i] for part in result.sections for i in part.tables]
        figures = sum(isinstance(cell, Ref) for table in shown for row in table.rows for cell in row)
        # tables of all years are attached in plain numbers, so that a page can be taken in
        assert 100 < len(result.facts) <= 400 and figures <= 430 and len(result.charts) <= 8
        on_page = [c for part in result.sections if not part.folded for c in part.charts]
        assert len(on_page) <= 5


def test_every_key_year_has_gross_removals_and_net(flagship: Result) -> None:
    for scenario in ("neutral_2060", "dual_carbon", "current_policies"):
        for year in KEY_YEARS:
            values = {}
            for account in (Account.GROSS, Account.REMOVALS, Account.NET):
                found = [
                    f for f in flagship.facts
                    if (f.scenario, f.year, f.account, f.unit) == (scenario, year, account, "Mt CO2")
                    and f.sector is None and ("净排放（" in f.label.zh or "总排放（" in f.label.zh or "碳移除（" in f.label.zh)
                ]  # fmt: skip
                assert len(found) == 1, (scenario, year, account)
                values[account] = found[0].value
                assert found[0].region == "Guangdong" and found[0].basis is Basis.PROJECTED
            net = values[Account.GROSS] - values[Account.REMOVALS]
            assert values[Account.NET] == pytest.approx(net, abs=1e-9)


def test_it_says_outright_whether_it_is_net_zero_and_what_closes_the_gap(results: list[Result]) -> None:
    neutral, gap, china = (results[i].lead[1].text for i in (0, 1, 2))
    assert "未达净零" in neutral.zh and "本路径2060年净零" in neutral.zh and "is not net zero" in neutral.en
    assert "未达净零" in gap.zh and "反演路径" in gap.zh and "backcast" in gap.en
    assert "已达净零" in china.zh and "net zero is met" in china.en
    assert "净排放为零" in results[0].lead[0].text.zh and "net emissions are zero" in results[0].lead[0].text.en
    closing = next(s for part in results[0].sections for s in part.sentences if "多减" in s.text.zh)
    assert results[0].facts[closing.facts[0]].account is Account.NET and len(closing.facts) >= 4


def test_another_year_of_net_zero_is_answered_yes_or_no_first(results: list[Result], context: Context) -> None:
    no, yes = results[4].lead[0], roadmap.call({"place": "浙江", "target_year": 2050}, context).lead[0]
    assert no.text.zh.startswith("结论：不能") and no.text.en.startswith("Verdict: no;")
    assert yes.text.zh.startswith("结论：可以") and yes.text.en.startswith("Verdict: yes,")
    left, scenario, late = (results[4].facts[i] for i in no.facts)
    assert left.year == scenario.year == 2045 and 0 < left.value < scenario.value and late.value > 2045
    assert late.value == next(y for y in range(2045, 2061) if _net(results[4], context, y) <= 0.05)


def _net(result: Result, context: Context, year: int) -> float:
    engine = scope_of(context.warehouse, roadmap.read(CALLS[4]).place).engine
    region = engine.model.economy.regions.index("SH")
    return float(engine.backcast(2045, region).path.net[year - 2017, region])


def test_the_leading_sentences_are_short_and_begin_with_their_keyword(results: list[Result]) -> None:
    keywords = (("减多少：", "何时：", "减哪：", "怎么连减："), ("How much:", "When:", "Where:", "Along the chain:"))
    for result in results[:4]:
        assert len(result.lead) == 4
        for said, zh, en in zip(result.lead, *keywords, strict=True):
            assert said.text.zh.startswith(zh) and said.text.en.startswith(en)
            assert len(filled(said, result, "zh")) <= 150 and len(filled(said, result, "en").split()) <= 60
            assert len(said.facts) <= 7


def test_words_and_labels_use_the_short_names_of_sectors(flagship: Result) -> None:
    long = [mrio_sector(n).name for n in (24, 13, 20)]
    said = [s.text for s in (*flagship.lead, *(s for part in flagship.sections for s in part.sentences))]
    said += [cell for t in flagship.tables for row in t.rows for cell in row if isinstance(cell, Text)]
    said += [f.label for f in flagship.facts]
    assert not [t for t in said for name in long if name.zh in t.zh or name.en in t.en]
    assert any("电力热力→建筑" in t.zh and "power and heat → construction" in t.en for t in said)
    assert {f.sector for f in flagship.facts} >= {mrio_sector(24).name.en, mrio_sector(27).name.en}


def test_no_sentence_states_one_peak_year_alone(results: list[Result]) -> None:
    for result in results:
        for sentence in [*result.lead, *(s for part in result.sections for s in part.sentences)]:
            own = [result.facts[i] for i in sentence.facts if result.facts[i].basis is not Basis.TARGET]
            peaks = [f for f in own if "达峰" in f.label.zh]
            assert len(peaks) != 1
    for result in results[:6]:
        window = [f for f in result.facts if "达峰" in f.label.zh and f.basis is not Basis.TARGET]
        early, late, center = (next(f.value for f in window if word in f.label.zh) for word in ("首年", "末年", "中心"))
        assert early <= center <= late and early < late


def test_holes_and_references_point_at_what_is_there(results: list[Result]) -> None:
    for result in results:
        said = [*result.lead, *(s for part in result.sections for s in part.sentences)]
        for sentence in said:
            for text in (sentence.text.zh, sentence.text.en):
                for mark, index, _ in _HOLE.findall(text):
                    assert int(index) < len(sentence.citations if mark else sentence.facts)
            holes = {int(i) for c, i, _ in _HOLE.findall(sentence.text.zh) if not c}
            assert holes == set(range(len(sentence.facts)))
        printed = {i for part in result.sections for i in part.tables}
        for i, table in enumerate(result.tables):
            for row in table.rows:
                assert len(row) == len(table.columns)
                for cell, column in zip(row, table.columns, strict=True):
                    assert not isinstance(cell, float) or (i not in printed and column.unit is not None)
                    if isinstance(cell, Ref) and column.unit is not None:
                        assert result.facts[cell.fact].unit == column.unit


def test_facts_are_scoped_and_their_basis_follows_the_year(results: list[Result], context: Context) -> None:
    for call, result in zip(CALLS, results, strict=True):
        region = roadmap.read(call).place.name.en
        own = [f for f in result.facts if f.basis is not Basis.TARGET]
        assert all(f.region == region for f in own)
        for fact in own:
            if fact.year is not None and fact.account in (Account.GROSS, Account.NET, Account.REMOVALS):
                if fact.year > 2025:
                    assert fact.basis is Basis.PROJECTED and fact.scenario
                elif fact.year > 2019:
                    assert fact.basis in (Basis.ESTIMATED, Basis.PROJECTED)
            if fact.low is not None and fact.high is not None:
                assert fact.low <= fact.value <= fact.high


def test_titles_of_charts_and_tables_name_the_place(results: list[Result]) -> None:
    for call, result in zip(CALLS, results, strict=True):
        name = roadmap.read(call).place.name
        for chart in result.charts:
            assert name.zh in chart.title.zh and name.en in chart.title.en
        assert name.zh in result.title.zh and name.en in result.title.en


def test_words_owed(flagship: Result) -> None:
    caveats = " ".join(c.zh for c in flagship.caveats)
    assert "不是预测" in caveats and "不是广东的目标" in caveats and "窗口" in caveats and "现时估算" in caveats
    everything = " ".join(s.text.zh for part in flagship.sections for s in part.sentences)
    for word in (
        "未计算",
        "不是概率",
        "换一种公平的分摊规则",
        "不含其他温室气体",
        "不是投资额；GDP、就业与财政影响未模拟",
        "全国中和并不要求每个省单独归零",
    ):
        assert word in everything


def test_verdicts_say_why_they_cannot_be_given(flagship: Result) -> None:
    table = next(t for t in flagship.tables if "目标与" in t.title.zh)
    column = next(i for i, c in enumerate(table.columns) if "结论" in c.name.zh)
    verdicts = [row[column] for row in table.rows if "风电" not in getattr(row[0], "zh", "")]
    assert len(verdicts) >= 5
    assert all(getattr(v, "zh", "").startswith("无法判断：") for v in verdicts)
    assert {c.document for c in flagship.citations} >= {"gd-peak-2022", "cn-ndc-2035", "cn-15fyp"}


def test_the_what_if_leads_with_the_difference(results: list[Result]) -> None:
    result = results[7]
    first = plain(result, "zh", result.lead[0])
    assert "40%" in first and "2035年" in first and "浙江" in first
    diff = result.facts[result.lead[0].facts[0]]
    assert diff.year == 2035 and diff.region == "Zhejiang" and diff.scenario == "dual_carbon+what_if"
    before, after = (result.facts[i].value for i in result.lead[0].facts[1:3])
    assert diff.value == pytest.approx(after - before)
    assert "已达" in result.lead[1].text.zh and "already has" in result.lead[1].text.en


def test_an_asked_year_is_told_first(results: list[Result]) -> None:
    result = results[6]
    fact = result.facts[result.lead[0].facts[0]]
    assert fact.year == 2035 and fact.account is Account.GROSS and fact.scenario == "current_policies"
    assert len(result.lead) == 1 and len(result.sections) == 1 and len(result.charts) == 1
    assert all(result.facts[i].year == 2035 for i in result.lead[0].facts) and "尚无实际数" in result.lead[0].text.zh


def test_a_brief_answer_is_the_lead_the_key_years_and_one_chart(context: Context) -> None:
    result = roadmap.call({"place": "湖南", "detail": "brief"}, context)
    assert len(result.lead) == 2 and len(result.sections) == len(result.tables) == len(result.charts) == 1


def test_tibet_has_no_data_and_says_what_there_is(context: Context) -> None:
    with pytest.raises(NotAvailable, match="no CO2 inventory") as caught:
        roadmap.call({"place": "西藏"}, context)
    assert "不是排放为零" in caught.value.message.zh and caught.value.nearest


def test_a_group_sums_its_members(context: Context, results: list[Result]) -> None:
    group = results[5]
    total = next(
        f for f in group.facts if f.year == 2035 and f.account is Account.GROSS and f.scenario == "dual_carbon"
    )
    parts = 0.0
    for place in ("上海", "江苏", "浙江", "安徽"):
        member = roadmap.call({"place": place, "detail": "brief"}, context)
        parts += next(f for f in member.facts if f.year == 2035 and f.account is Account.GROSS).value
    assert total.value == pytest.approx(parts, rel=1e-9)
    assert any("成员省份之和" in c.zh for c in group.caveats)
    with pytest.raises(BadRequest, match="name one of them"):
        roadmap.call({"place": "长三角", "overrides": "no CCUS"}, context)


@pytest.mark.parametrize("arguments", [{"target_year": 2030}, {"target_year": 2070}])
def test_a_net_zero_year_out_of_range_is_refused(context: Context, arguments: dict[str, int]) -> None:
    with pytest.raises(BadRequest, match="between 2035 and 2060"):
        roadmap.call({"place": "广东", **arguments}, context)


def test_a_past_year_is_another_tools_matter(context: Context) -> None:
    with pytest.raises(NotAvailable, match="ask for the emissions data"):
        roadmap.call({"place": "广东", "year": 2012}, context)


def test_the_same_call_gives_the_same_answer(context: Context, flagship: Result) -> None:
    again = roadmap.call(CALLS[0], context)
    assert again.model_dump() == flagship.model_dump()


def test_examples_are_many_and_bilingual() -> None:
    assert len(EXAMPLES) >= 12
    assert all(re.search(r"[一-鿿]", e.zh) and not re.search(r"[一-鿿]", e.en) for e in EXAMPLES)
