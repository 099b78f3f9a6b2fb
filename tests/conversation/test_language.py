"""The language of an answer is the question's."""

from __future__ import annotations

import pytest

from assistant.language import detect, is_switch


@pytest.mark.parametrize(
    "question,language",
    [
        ("2017年广东碳排放最多的行业是哪个?", "zh"),
        ("Which sector emits most in Guangdong in 2017?", "en"),
        ("What is 广东's total in 2017?", "en"),
        ("广东GDP碳强度2017", "zh"),
        ("廣東二氧化碳排放", "zh"),
        ('{"tool":"emissions","province":"Yunnan","year":2011}', "en"),
        ("in English please", "en"),
        ("请用英文回答：广东排放多少", "en"),
        ("Guangdong emissions, answer in Chinese", "zh"),
        ("What does 三新一高 mean?", "en"),
        ("Which is 先立后破?", "en"),
        ("GDP是what意思", "zh"),
    ],
)
def test_detect(question: str, language: str) -> None:
    assert detect(question) == language


def test_a_question_without_letters_keeps_the_language_before() -> None:
    assert detect("2019?", "en") == "en"
    assert detect("2019?", "zh") == "zh"


@pytest.mark.parametrize(
    "question,switch",
    [
        ("in English please", True),
        ("In English, please.", True),
        ("Please say that again in English", True),
        ("English", True),
        ("translate it into Chinese", True),
        ("用英文说一遍", True),
        ("请用中文回答", True),
        ("换成英文", True),
        ("in English please: how much did Guangdong emit?", False),
        ("广东排放多少，用英文回答", False),
        ("Chinese emissions in 2017", False),
        ("Shandong?", False),
        ("", False),
    ],
)
def test_a_switch_asks_for_nothing_but_the_language(question: str, switch: bool) -> None:
    assert is_switch(question) is switch
