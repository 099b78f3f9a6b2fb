"""Notes, drawer and file of an answer say value, place, account, basis and source in the page's language."""

from __future__ import annotations

from assistant.answer import Answer, Unsupported
from assistant.web.evidence import drawer, markdown_file, notes
from assistant.web.retell import retold
from tests.browser.fake import FakeEngine


def canned(language: str = "zh") -> Answer:
    return FakeEngine()._answer("问", "A1", "talk", "zh" if language == "zh" else "en")


def test_note_of_a_fact() -> None:
    note = notes(canned(), "zh")["F5"]
    assert note["value"] == "4.8亿吨"
    assert note["badge"] == "情景"
    assert dict(note["rows"]) == {
        "地区": "广东", "年份": "2035", "口径": "净排放", "情景": "2060中和反演", "来源": "starter/co2",
    }  # fmt: skip
    assert note["href"] == "/api/answers/A1/facts/F5"
    assert dict(notes(canned("en"), "en")["F1"]["rows"])["Account"] == "scope 1 (territorial)"


def test_note_of_a_clause_says_whether_it_was_verified() -> None:
    found = notes(canned(), "zh")
    assert (found["P1"]["badge"], found["P2"]["badge"]) == ("已核对", "未核对")
    assert found["P1"]["href"] == "https://www.gov.cn/"
    strange = canned().citations[0].model_copy(update={"url": "javascript:alert(1)"})
    assert notes(canned().model_copy(update={"citations": [strange]}), "zh")["P1"]["href"] is None


def test_drawer_lists_everything_and_escapes_it() -> None:
    answer = canned()
    html = drawer(answer, "zh")
    assert all(f'id="{fact.id}"' in html for fact in answer.facts)
    assert "全部有据" in html
    assert "CEADs" in html
    nasty = answer.model_copy(update={"caveats": ["<script>x</script>"], "method": ["<img src=x>"]})
    assert "<script" not in drawer(nasty, "en")
    assert "<img" not in drawer(nasty, "en")


def test_drawer_names_what_the_audit_withheld() -> None:
    audit = canned().audit.model_copy(
        update={"supported": 14, "unsupported": [Unsupported(figure="9.9亿吨", sentence="…", problem="与 F1 不符")]}
    )
    html = drawer(canned().model_copy(update={"audit": audit}), "zh")
    assert "有 1 处未能核对" in html
    assert "9.9亿吨" in html


def test_file_holds_text_figures_clauses_and_sources() -> None:
    text = markdown_file(canned("en"))
    for part in ("# 问", "[F1] emissions of Guangdong 1: 556.9 Mt CO2 (observed; starter/co2)", "## Policy clauses",
                 "unverified", "Guan, Y. et al. (2021)", "Leontief"):  # fmt: skip
        assert part in text


def test_parts_are_told_in_the_other_language_from_the_evidence() -> None:
    engine = FakeEngine()
    answer = canned("zh")
    told = retold(answer, engine.ledger.calls("talk", "A1"), "en")
    assert told.facts[0].label == "emissions of Guangdong 1"
    assert told.caveats == ["Provinces sum to more than the nation"]
    assert told.suggestions[0].startswith("How large is the gap")
    assert told.answer == answer.answer
    assert told.citations == answer.citations  # no call of these cites: the words stay
    assert retold(answer, [], "zh") is answer
