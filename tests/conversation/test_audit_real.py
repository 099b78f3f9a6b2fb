"""Real answers of the planner over the starter dataset: every figure passes, and corrupted ones are caught."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import pytest

from assistant.audit.blocks import Splitter
from assistant.audit.check import Finding, Grounds, audit_text
from assistant.audit.figures import masked, normal, read_figures
from assistant.engine import Assistant
from data.classification import PROVINCES
from data.errors import UnknownName
from data.text import Language
from tools.result import Citation, Fact

QUESTIONS = (
    "2017年广东碳排放最多的行业是哪个?",
    "2017年碳排放前五的省份",
    "2010到2017年山东碳排放变化多少",
    "江苏和浙江2015年人均碳排放比较",
    "河北2012年电力行业占全省排放的比重",
    "广东2019年含净调入电力的排放",
    "2030年非化石能源目标是多少",
    "Which five provinces emitted most CO2 in 2019?",
    "How did Beijing's emissions change from 2010 to 2019?",
    "CO2 intensity of GDP of Shanxi and Guangdong in 2017",
    "What share of Inner Mongolia's emissions came from coal in 2016?",
    "Consumption-based footprint of Shanghai",
)


@dataclass(frozen=True)
class Said:
    """A sentence of an answer with the grounds it was released on."""

    text: str
    heading: str
    grounds: Grounds

    def audit(self, text: str) -> list[Finding]:
        return audit_text(text, self.grounds, self.heading)


@pytest.fixture(scope="module")
def said(state_home: object) -> Iterator[list[Said]]:
    async def ask() -> list[Said]:
        out: list[Said] = []
        async with Assistant() as assistant:
            for question in QUESTIONS:
                answer = await assistant.answer(question)
                assert answer.audit.unsupported == [], question
                grounds = _grounds(assistant, answer.conversation, answer.language)
                heading, splitter = "", Splitter()
                for block in (*splitter.feed(answer.answer), *splitter.end()):
                    if block.kind == "heading":
                        heading = block.text
                    elif block.kind == "sentence" and "[F" in block.text:
                        out.append(Said(block.text, heading, grounds))
        return out

    yield asyncio.run(ask())


def _grounds(assistant: Assistant, conversation: str, language: Language) -> Grounds:
    def fact(name: str) -> Fact | None:
        try:
            return assistant.ledger.fact(conversation, name)
        except UnknownName:
            return None

    def clause(name: str) -> Citation | None:
        try:
            return assistant.ledger.citation(conversation, name)
        except UnknownName:
            return None

    names = [f"F{n}" for n in range(1, 400)]
    known = {name: found for name in names if (found := fact(name)) is not None}
    clauses = {f"P{n}": cited for n in range(1, 40) if (cited := clause(f"P{n}")) is not None}
    return Grounds(known.get, clauses.get, language)


def test_there_is_something_to_test(said: list[Said]) -> None:
    assert len(said) >= len(QUESTIONS)
    assert {s.grounds.language for s in said} == {"zh", "en"}


def test_every_marked_figure_passes(said: list[Said]) -> None:
    for s in said:
        marked = [f for f in s.audit(s.text) if f.ids]
        assert [f.problem for f in marked] == [None] * len(marked), s.text


def test_any_digit_changed_in_a_marked_figure_is_caught(said: list[Said]) -> None:
    tried = 0
    for s in said:
        text = normal(s.text)
        for figure in read_figures(text, masked(text)):
            for at in range(figure.start, figure.number_end):
                if not text[at].isdigit():
                    continue
                wrong = text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]
                tried += 1
                assert any(f.problem for f in s.audit(wrong)), wrong
    assert tried > 150


def test_ids_exchanged_between_two_figures_are_caught(said: list[Said]) -> None:
    tried = 0
    for s in said:
        names = list(dict.fromkeys(re.findall(r"\[(F\d+)\]", s.text)))
        for one, two in pairwise(names):
            facts = s.grounds.fact(one), s.grounds.fact(two)
            if facts[0] is None or facts[1] is None or facts[0].value == facts[1].value:
                continue
            swapped = re.sub(rf"\[({one}|{two})\]", partial(_other, one, two), s.text)
            tried += 1
            assert any(f.problem for f in s.audit(swapped)), swapped
    assert tried > 20


def _other(one: str, two: str, mark: re.Match[str]) -> str:
    return f"[{two if mark.group(1) == one else one}]"


def test_a_place_exchanged_for_another_is_caught(said: list[Said]) -> None:
    tried = 0
    for s in said:
        names = {p: p.name.to(s.grounds.language) for p in PROVINCES}
        there = [p for p, name in names.items() if name in s.text]
        stranger = next(p for p in PROVINCES if p not in there and p.name.en not in ("Tibet",))
        for p in there:
            wrong = s.text.replace(names[p], names[stranger])
            tried += 1
            assert any(f.problem == "region" for f in s.audit(wrong)), wrong
    assert tried > 15
