"""How the leading sentences of a result stand on the page."""

from __future__ import annotations

from assistant.planner.compose import compose
from data.text import Language


def told(lead: list[str], language: Language) -> list[str]:
    message = {"tool": "roadmap", "status": "ok", "title": "t", "lead": lead, "sections": [], "charts": []}
    return compose([message], language).text.split("\n\n")


def test_short_sentences_stay_in_one_paragraph() -> None:
    assert told(["甲排放1亿吨。", "乙排放2亿吨。"], "zh") == ["甲排放1亿吨。乙排放2亿吨。"]
    assert told(["A emits 1 Mt.", "B emits 2 Mt."], "en") == ["A emits 1 Mt. B emits 2 Mt."]


def test_a_long_sentence_is_a_paragraph_of_its_own() -> None:
    long_zh, long_en = "何时：" + "达峰窗口" * 25 + "。", "When: " + "the peak window " * 12 + "ends."
    assert told(["甲。", "乙。", long_zh, "丙。"], "zh") == ["甲。乙。", long_zh, "丙。"]
    assert told([long_en, long_en + " Then", "C."], "en") == [long_en, long_en + " Then.", "C."]
