"""The tools ``targets`` and ``policy_search``: figures against the documents, scope, honesty, wrong input."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.audit.check import Grounds, audit_text, keys_of
from data.classification import PROVINCES
from data.errors import BadRequest, NotAvailable, TanluError, UnknownName
from data.text import LANGUAGES, Language, Text
from knowledge.search import Hit
from tools.declare import Context
from tools.policy.rows import all_targets
from tools.policy.search import digest_sentence, policy_search
from tools.policy.targets import targets
from tools.policy.telling import Teller
from tools.result import Basis, Draft, Result, Sentence
from tools.units import show

Arguments = dict[str, Any]


def said(result: Result, sentence: Sentence, language: Language) -> str:
    """A sentence as a reader sees it, marks [F1] and [P1] in order of the Result."""

    def fill(hole: re.Match[str]) -> str:
        if hole[1]:
            return f"[P{sentence.citations[int(hole[2])] + 1}]"
        index = sentence.facts[int(hole[2])]
        return f"{show(result.facts[index].value, result.facts[index].unit, language)} [F{index + 1}]"

    return re.sub(r"\{(c?)(\d+)(?::\w+)?\}", fill, sentence.text.to(language))


def lead(result: Result, language: Language = "zh") -> str:
    return "".join(said(result, s, language) for s in result.lead)


# (question, value, unit, region, year, document): one best figure for a precise question
PRECISE: tuple[tuple[str, float, str, str, int | None, str], ...] = (
    ("到2025年电炉钢产量占粗钢比例力争达到多少", 15, "%", "China", 2025, "cn-ap-2024-2025"),
    ("What electric arc furnace share should China reach by 2025?", 15, "%", "China", 2025, "cn-ap-2024-2025"),
    ("EAF share of crude steel 2025", 15, "%", "China", 2025, "cn-ap-2024-2025"),
    ("Recycled metal supply share target for 2025?", 24, "%", "China", 2025, "cn-ap-2024-2025"),
    ("2025年再生金属占金属供应的比例", 24, "%", "China", 2025, "cn-ap-2024-2025"),
    ("抽水蓄能2025年装机要求", 62, "GW", "China", 2025, "cn-ap-2024-2025"),
    ("pumped hydro 2025", 62, "GW", "China", 2025, "cn-ap-2024-2025"),
    ("“十四五”单位GDP二氧化碳排放下降目标", 18, "%", "China", 2025, "cn-peak-2030"),
    ("14th FYP CO2 per unit of GDP target", 18, "%", "China", 2025, "cn-peak-2030"),
    ("十四五碳强度目标", 18, "%", "China", 2025, "cn-peak-2030"),
    ("15th five-year plan carbon intensity target", 17, "%", "China", 2030, "cn-15fyp"),
    ("广东十四五规划里2025年天然气占一次能源比重", 14, "%", "Guangdong", 2025, "gd-14fyp-outline"),
    ("gas share in Guangdong's primary energy by 2025", 14, "%", "Guangdong", 2025, "gd-14fyp-outline"),
    ("廣東2030年風電光伏裝機目標", 74, "GW", "Guangdong", 2030, "gd-peak-2022"),
    ("广州单位GDP能耗降多少", 14.5, "%", "Guangzhou", 2025, "gz-peak-2023"),
    ("Under the SBTi V1 standard, what share of scope 1 and 2 emissions must a target cover?", 95, "%", "companies", None,
     "sbti-cnzs-v1"),
    ("2060年非化石能源比重", 80, "%", "China", 2060, "cn-opinions-2021"),
    ("2035 wind and solar capacity goal", 3600, "GW", "China", 2035, "cn-ndc-2035"),
    ("中国2024年单位GDP二氧化碳排放下降目标", 3.9, "%", "China", 2024, "cn-ap-2024-2025"),
    ("When is China to be carbon neutral?", 2060, "year", "China", 2060, "cn-opinions-2021"),
    ("煤炭消费何时达峰", 2030, "year", "China", 2030, "cn-15fyp"),
    ("信息通信行业2030年要减排多少", 45, "%", "global ICT sector", 2030, "itu-l1470"),
    ("1.5°C路径2035年全球需要减排多少", 55, "%", "global", 2035, "unep-egr-2025"),
    ("“十四五”碳强度实际下降了多少", 12, "%", "China", 2025, "cn-15fyp"),
    ("钢铁行业2024-2025年改造减排量", 53, "Mt CO2", "China", None, "cn-ap-2024-2025"),
)  # fmt: skip


@pytest.mark.parametrize(("question", "value", "unit", "region", "year", "document"), PRECISE)
def test_a_precise_question_gets_one_figure(
    context: Context, question: str, value: float, unit: str, region: str, year: int | None, document: str
) -> None:
    result = targets.call({"topic": question}, context)
    fact = result.facts[result.lead[0].facts[0]]
    assert (fact.value, fact.unit, fact.region, fact.year, fact.source) == (value, unit, region, year, document)
    citation = result.citations[result.lead[0].citations[0]]
    assert citation.document == document and citation.digest.zh
    for language in LANGUAGES:
        assert "{" not in lead(result, language)
    assert len(lead(result)) < 300


def test_a_figure_says_comparator_base_year_document_and_number(context: Context) -> None:
    result = targets.call({"topic": "2025年交通运输二氧化碳排放强度"}, context)
    for part in (
        "到2025年",
        "全国",
        "比2020年下降5% [F1]",
        "《2024—2025年节能降碳行动方案》",
        "国发〔2024〕12号",
        "二(八)2",
        "[P1]",
    ):
        assert part in lead(result)
    for part in ("China's target for 2025", "down 5% [F1] from 2020", "国发〔2024〕12号", "clause 二(八)2"):
        assert part in lead(result, "en")
    for word, question in (
        ("力争", "电炉钢2025"),
        ("至少", "2025年再生金属供应占比"),
        ("超过", "抽水蓄能2025"),
        ("约", "2030年非化石能源占比"),
    ):
        assert word in lead(targets.call({"topic": question}, context))


def test_the_same_figure_elsewhere_is_named(context: Context) -> None:
    result = targets.call({"topic": "十四五单位GDP能耗下降目标"}, context)
    assert {c.document for c in result.citations} == {"cn-peak-2030", "cn-opinions-2021"}


def test_a_range_is_said_as_one(context: Context) -> None:
    result = targets.call({"topic": "2035年温室气体净排放较峰值下降多少"}, context)
    assert "下降7% [F1]至10% [F2]" in lead(result)
    assert "down 7% [F1] to 10% [F2]" in lead(result, "en")


def test_a_field_of_action_gets_a_table(context: Context) -> None:
    for arguments in ({"topic": "对钢铁行业有哪些量化目标"}, {"sector": "steel"}, {"sector": "钢铁"},
                      {"topic": "Which quantified targets are there for steel?"}):  # fmt: skip
        result = targets.call(arguments, context)
        (section,) = result.sections
        table = result.tables[section.tables[0]]
        wanted = [t for t in all_targets(context.warehouse) if t.sector == "steel"]
        assert len(table.rows) == len(wanted)
        assert {f.value for f in result.facts} == {t.value for t in wanted}


@pytest.mark.parametrize(
    ("arguments", "document"),
    [({"document": "国发〔2024〕12号", "sector": "buildings"}, "cn-ap-2024-2025"),
     ({"document": "itu-l1470"}, "itu-l1470"), ({"topic": "SBTi V2"}, "sbti-cnzs-v2")],
)  # fmt: skip
def test_a_document_bounds_the_list(context: Context, arguments: Arguments, document: str) -> None:
    assert {f.source for f in targets.call(arguments, context).facts} == {document}


def test_a_province_without_targets_gets_the_nations_said_to_be_so(context: Context) -> None:
    result = targets.call({"topic": "非化石能源占比", "place": "江苏", "year": 2030}, context)
    assert result.facts[0].region == "China"
    assert "不是江苏的目标" in lead(result) and "not for Jiangsu" in lead(result, "en")


def test_a_province_with_a_target_gets_its_own(context: Context) -> None:
    result = targets.call({"topic": "非化石能源占比", "place": "广东", "year": "2030年"}, context)
    assert (result.facts[0].region, result.facts[0].value) == ("Guangdong", 35)
    assert "不是广东的目标" not in lead(result)


def test_whether_a_province_met_a_national_target_is_not_judged(context: Context) -> None:
    for question in ("国家的电炉钢目标广东做到了吗", "行动方案对钢铁行业有哪些量化目标？广东做到了吗？"):
        result = targets.call({"topic": question}, context)
        assert "无法判断" in lead(result) and "没有分解到省" in lead(result)
        assert "cannot be judged" in lead(result, "en")


def test_an_outcome_stands_beside_its_target(context: Context) -> None:
    result = targets.call({"topic": "全国十四五碳强度目标完成了吗"}, context)
    values = {f.value: f.basis for f in result.facts}
    assert values == {12.0: Basis.OBSERVED, 18.0: Basis.TARGET}
    assert "没有达到" in lead(result) and "was not reached" in lead(result, "en")


def test_a_year_without_a_target_is_said_first(context: Context) -> None:
    result = targets.call({"topic": "2028年非化石能源占比目标"}, context)
    assert "没有2028年的这项目标" in said(result, result.lead[0], "zh") and result.lead[0].facts == ()


def test_unverified_is_told(context: Context) -> None:
    result = targets.call({"topic": "抽水蓄能2030年目标"}, context)
    assert "未核对" in lead(result) and "unverified" in lead(result, "en")
    assert not result.citations[0].verified and result.caveats


@pytest.mark.parametrize(
    "question", ["电动汽车就业人数目标", "数据中心PUE目标", "number of panda reserves", "L.1480有哪些量化目标"]
)
def test_what_no_document_has_is_no_data(context: Context, question: str) -> None:
    with pytest.raises(NotAvailable) as error:
        targets.call({"topic": question}, context)
    assert error.value.code == "no_target"


@pytest.mark.parametrize(
    ("arguments", "kind", "code"),
    [
        ({}, BadRequest, "nothing_asked"),
        ({"topic": "电炉钢", "place": "Atlantis"}, UnknownName, "unknown_place"),
        ({"topic": "电炉钢", "document": "no such paper"}, UnknownName, "unknown_document"),
        ({"topic": "电炉钢", "year": "soon"}, UnknownName, "unknown_year"),
        ({"sector": "xyzzy"}, UnknownName, "unknown_field"),
        ({"topics": "电炉钢"}, BadRequest, "bad_arguments"),
        ({"topic": "x" * 3000}, BadRequest, "bad_arguments"),
    ],
)
def test_wrong_arguments(context: Context, arguments: Arguments, kind: type[TanluError], code: str) -> None:
    with pytest.raises(kind) as error:
        targets.call(arguments, context)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("What does clause 4 of the ISC platform standard call its model layer?", "isc-dcmsp-1", "algorithm model"),
        ("互联网协会的平台标准把模型放在哪一层？", "isc-dcmsp-1", "算法模型层"),
        ("L.1480评估分哪几个层级（tier）？哪一级不能对外宣传", "itu-l1480", "第三级"),
        ("which tier of L.1480 must stay out of public claims", "itu-l1480", "Tier 3"),
        ("碳排放双控分哪几个阶段？", "cn-dualcontrol-2024", "三步"),
        ("Does SBTi validate targets of provinces?", "sbti-cnzs-v1", "companies only"),
        ("广东有没有2060年碳中和的目标", "gd-opinions-2022", "2060"),
        ("What is the 3B framework?", "oxon8-3b", "backbone"),
    ],
)
def test_clauses_answer_in_words(context: Context, question: str, document: str, words: str) -> None:
    result = policy_search.call({"question": question}, context)
    language: Language = "en" if question.isascii() else "zh"
    assert result.citations[result.lead[0].citations[0]].document == document
    assert words in lead(result, language)
    assert ("我们的摘要" if language == "zh" else "our digest") in lead(result, language)
    assert 1 <= len(result.citations) <= 3


def test_a_figure_asked_of_the_clauses_is_the_target(context: Context) -> None:
    result = policy_search.call({"question": "到2025年电炉钢产量占粗钢比例力争达到多少"}, context)
    assert (result.facts[0].value, result.facts[0].basis) == (15, Basis.TARGET)


def test_a_digest_shows_its_targets_as_facts(context: Context) -> None:
    result = policy_search.call({"question": "行动方案对废钢有什么要求"}, context)
    assert {15.0, 300.0} <= {f.value for f in result.facts}
    assert "3亿吨 [F2]" in lead(result) and "300 Mt [F2]" in lead(result, "en")


def test_search_within_a_document(context: Context) -> None:
    result = policy_search.call({"question": "覆盖", "document": "SBTi V1", "limit": 2}, context)
    assert {c.document for c in result.citations} == {"sbti-cnzs-v1"}


def test_an_unverified_digest_is_marked(context: Context) -> None:
    result = policy_search.call({"question": "L.1480评估步骤"}, context)
    assert "未核对" in lead(result) and not result.citations[0].verified


@pytest.mark.parametrize("question", ["帮我订一张去北京的机票", "what is the weather today", "写一首关于秋天的诗"])
def test_a_question_of_something_else_is_no_data(context: Context, question: str) -> None:
    with pytest.raises(NotAvailable):
        policy_search.call({"question": question}, context)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [({"question": "？！"}, BadRequest), ({"question": ""}, BadRequest), ({}, BadRequest),
     ({"question": "电炉钢", "document": "no such paper"}, UnknownName), ({"question": "电炉钢", "limit": 99}, BadRequest)],
)  # fmt: skip
def test_wrong_search_arguments(context: Context, arguments: Arguments, kind: type[TanluError]) -> None:
    with pytest.raises(kind):
        policy_search.call(arguments, context)


def _problems(result: Result, language: Language) -> list[str]:
    """What the audit finds wrong in a Result's lead, sentence by sentence."""
    templates = (re.sub(r"\{c?\d+\}", " ", s.text.to(language)) for s in result.lead)
    grounds = Grounds(
        fact=lambda name: result.facts[int(name[1:]) - 1],
        clause=lambda name: result.citations[int(name[1:]) - 1],
        language=language,
        said=frozenset().union(*(keys_of(t) for t in templates)),
    )
    parts = [p for s in result.lead for p in re.split(r"(?<=。)|(?<=\.) (?=[A-Z])", said(result, s, language))]
    return [f"{f.figure}: {f.problem}: {p}" for p in parts for f in audit_text(p, grounds) if f.problem]


# An English title that names an industry reads as the sector of the vehicles' figures.
_TITLE_READS_AS_SECTOR = ("cn-industry-2022", "四(二)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_target_passes_the_audit(context: Context, language: Language) -> None:
    for target in all_targets(context.warehouse):
        draft = Draft(Text("题", "title"))
        (sentence,) = Teller(draft, context.library).sentences([target])
        draft.lead(sentence.text.zh, sentence.text.en, *sentence.facts, citations=sentence.citations)
        if (target.document, target.clause) != _TITLE_READS_AS_SECTOR or language == "zh":
            assert _problems(draft.result(), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_digest_passes_the_audit(context: Context, language: Language) -> None:
    corpus = context.library.corpus
    for clause in corpus.clauses:
        document = corpus.documents[clause.document]
        draft = Draft(Text("题", "title"))
        hit = Hit(document.id, clause.id, document.title, clause.title, clause.label, clause.digest, document.url,
                  clause.verified, 1.0)  # fmt: skip
        sentence = digest_sentence(hit, Teller(draft, context.library), context)
        draft.lead(sentence.text.zh, sentence.text.en, *sentence.facts, citations=sentence.citations)
        if (clause.document, clause.id) != _TITLE_READS_AS_SECTOR or language == "zh":
            assert _problems(draft.result(), language) == []


def test_examples_are_answered(context: Context) -> None:
    """Every example question of the two tools is answered, in both languages."""
    for tool, key in ((targets, "topic"), (policy_search, "question")):
        for example in tool.examples:
            for language in LANGUAGES:
                result = tool.call({key: example.to(language)}, context)
                assert result.status == "ok" and result.lead, example.to(language)


def test_every_figure_is_found_by_its_own_name(context: Context) -> None:
    """Asked by indicator, year and place, at least 98 % of all figures lead the answer, in either language."""
    places = {p.name.en: (p.name.zh, p.name.en) for p in PROVINCES}
    places |= {"Guangzhou": ("广州", "Guangzhou"), "global": ("全球", "global")}
    missed = []
    asked = 0
    for t in (t for t in all_targets(context.warehouse) if t.value is not None):
        zh_place, en_place = places.get(t.scope, ("", ""))
        general = t.topic_zh.startswith(("改造", "能效标杆", "完成超低"))
        zh_sector, en_sector = (t.sector_zh, t.sector_en) if general else ("", "")
        zh_actual, en_actual = ("实际", "actual") if t.kind == "outcome" else ("", "")
        for question in (
            f"{t.target_year or ''}年{zh_place}{zh_sector}{t.topic_zh}{zh_actual}是多少",
            f"What is the {en_actual} {en_place} {en_sector} {t.topic_en} for {t.target_year or ''}?",
        ):
            asked += 1
            try:
                result = targets.call({"topic": question}, context)
            except NotAvailable:
                missed.append(question)
                continue
            led = [result.facts[i] for s in result.lead for i in s.facts]
            if not any((f.value, f.unit, f.region) == (t.value, t.unit, t.scope) for f in led):
                missed.append(question)
    assert asked > 350 and len(missed) <= 0.02 * asked, missed
