"""The language of an answer is the question's."""

from __future__ import annotations

import pytest

from assistant.language import detect


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
    ],
)
def test_detect(question: str, language: str) -> None:
    assert detect(question) == language


def test_a_question_without_letters_keeps_the_language_before() -> None:
    assert detect("2019?", "en") == "en"
    assert detect("2019?", "zh") == "zh"
