"""Nothing a person or a bot types makes the planner fail, and what it calls with is always plain data."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.planner.compile import plan
from assistant.planner.memory import Before, remember
from assistant.planner.reader import read
from data.classification import PROVINCES, SECTORS

BEFORE = remember("figures", {"measure": "co2", "places": ["Hubei"], "years": [2011], "operation": "rank", "limit": 3})
OURS = [
    "广东", "Hebei", "2015年", "2005-2015", "碳排放", "CO2", "人均", "占比", "share", "前五", "最低",
    "钢铁", "power", "同比", "trend", "桑基图", "目标", "碳中和", "45%", "超过5亿吨", "呢", "and", "除",
    "万吨", "F1", "+", "{", "}", ";", "select", "from", "'", "占全国", "里", "上游", "GDP",
    "十四五", "天然气", "哪个省", "?", "per head", "top 3", "what if", "\u0000", "\u3000", "\n",
]  # fmt: skip
WORDS = st.sampled_from(OURS)


def check(text: str, before: Before) -> None:
    decided = plan(text, before)
    assert decided.calls or decided.reply is not None
    for call in decided.calls:
        json.dumps(call.args)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_planned(text: str) -> None:
    check(text, Before())


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=9).map("".join), st.booleans())
def test_any_mix_of_our_words_is_planned(text: str, follows: bool) -> None:
    check(text, BEFORE if follows else Before())


@settings(max_examples=80, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8))  # fmt: skip
def test_any_json_is_planned(value: object) -> None:
    check(json.dumps(value), Before())


@pytest.mark.parametrize(
    "text", ["碳" * 10_000, "CO2 of Hebei " * 800, "\x00\x1b[31m\u202e" * 500, "(" * 10_000, "9" * 10_000, "{" * 5000]
)
def test_long_and_strange_texts_come_to_an_end(text: str) -> None:
    plan("warm", Before())
    start = time.perf_counter()
    check(text, Before())
    assert time.perf_counter() - start < 60.0  # a guard against hanging; speed is measured in the benches


def test_the_same_question_gives_the_same_plan() -> None:
    for question in ("2012年碳排放前四的省", "What if Hebei's growth were 1 point lower?"):
        assert plan(question, BEFORE) == plan(question, BEFORE)


def test_every_province_is_read_in_both_languages() -> None:
    for p in PROVINCES:
        assert read(f"{p.name.zh}2012年碳排放").places == (p,)
        assert read(f"CO2 emissions of {p.name.en} in 2012").places == (p,)


def test_every_sector_is_read_in_both_languages() -> None:
    for s in SECTORS:
        if s.kind == "total":
            continue
        assert s in read(f"湖北2012年{s.name.zh}碳排放").sectors, s.key
        assert s in read(f"CO2 emissions of {s.name.en}, Hubei, 2012").sectors, s.key
