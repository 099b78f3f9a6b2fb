"""What a word means: every term of the glossary is found by its names, told apart from others, and unknown ones are not made up."""

from __future__ import annotations

import re

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.text import Text
from knowledge.corpus import shipped_corpus
from knowledge.terms import GLOSSARY, Terms
from tools.declare import Context
from tools.policy.search import policy_search

TERMS = Terms(shipped_corpus())
CLAUSES = shipped_corpus().documents[GLOSSARY].clauses


@pytest.mark.parametrize("clause", CLAUSES, ids=[c.id for c in CLAUSES])
def test_each_term_has_a_source_and_answers_to_its_names_in_both_languages(clause: object) -> None:
    from knowledge.corpus import Clause

    assert isinstance(clause, Clause)
    assert "出处：" in clause.digest.zh and re.search(r"\bSources?: ", clause.digest.en)
    for name in (clause.id, clause.title.zh, clause.title.en, *clause.names):
        assert TERMS.one(name) == clause, name
        ask = f"什么是{name}？" if re.search(r"[\u4e00-\u9fff]", name) else f"What does {name} mean?"
        asked = TERMS.asked(ask)
        assert asked is not None and clause in asked.known, ask


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("什么是碳足迹", "碳足迹"), ("产品碳足迹指的是什么", "产品碳足迹"), ("CBAM是什么意思", "碳关税"), ("请解释一下MRV", "MRV"),
        ("何谓里昂惕夫逆矩阵？", "里昂惕夫逆"), ("内涵碳是啥", "隐含碳"), ("“两高”项目的定义", "两高"), ("什麼是碳洩漏", "碳泄漏"),
        ("用能权怎么理解", "用能权"), ("可再生能源消纳责任权重是什么", "消纳责任权重"), ("What is a carbon sink?", "碳汇"),
        ("what are negative emissions", "碳移除"), ("Define total requirement coefficient", "完全消耗系数"),
        ("the meaning of climate neutrality", "气候中性"), ("What does CCER stand for?", "CCER"), ("explain carbon lock-in", "碳锁定"),
    ],
)  # fmt: skip
def test_ways_of_asking_lead_to_the_term(question: str, term: str, context: Context) -> None:
    calls = plan(question, Before()).calls
    assert [c.tool for c in calls] == ["policy_search"]
    result = policy_search.call(calls[0].args, context)
    first = result.citations[0]
    assert (first.document, first.clause) == (GLOSSARY, term)
    assert first.digest.zh.split("出处")[0][:20] in result.lead[0].text.zh
    assert (
        Text("术语解释由本项目自撰，不是官方定义。", "The explanations are ours, not official definitions.")
        in result.caveats
    )


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("碳中和和净零排放有什么区别", ["碳中和与净零", "碳达峰碳中和", "净零"]),
        ("carbon neutrality vs net zero", ["碳中和与净零", "碳达峰碳中和", "净零"]),
        ("直接消耗系数与完全消耗系数的区别是什么", ["直接消耗系数", "完全消耗系数"]),
        ("What is the difference between a carbon tax and CBAM?", ["碳税", "碳关税"]),
        ("范围一和范围二和范围三的区别", ["范围123"]),
    ],
)
def test_two_terms_are_told_one_after_the_other(question: str, terms: list[str], context: Context) -> None:
    result = policy_search.call({"question": question}, context)
    assert [c.clause for c in result.citations[: len(terms)]] == terms
    assert len(result.lead) == len(terms)


@pytest.mark.parametrize(
    "question", ["什么是林业碳票", "What is blockchain?", "虚拟币是什么意思", "what does quantum annealing mean"]
)
def test_a_term_that_nobody_knows_is_not_made_up(question: str) -> None:
    found = plan(question, Before())
    assert found.calls == () and found.status in ("refused", "clarify") and found.reply is not None
    assert "术语表里没有" in found.reply.zh and "no term" in found.reply.en


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("广东2019年碳强度是什么水平", "figures"), ("What is the CO2 of Guangdong in 2019?", "figures"), ("范围一是什么意思", "about"),
        ("浙江的碳足迹是什么情况", "footprint"), ("十四五单位GDP能耗目标是什么", "targets"), ("What is the grid factor of Shanxi?", "figures"),
    ],
)  # fmt: skip
def test_a_figure_asked_for_with_what_is_no_definition(question: str, tool: str) -> None:
    assert plan(question, Before()).calls[0].tool == tool


def test_other_differences_are_no_terms() -> None:
    assert TERMS.asked("广东和浙江的区别") is None and TERMS.asked("电力和热力有什么不同") is None
