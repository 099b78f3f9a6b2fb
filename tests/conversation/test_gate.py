"""Text is released sentence by sentence, each after its audit; what fails is asked for once more, then withheld."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.audit.blocks import Splitter
from assistant.audit.check import Finding, Grounds
from assistant.audit.gate import WITHHELD, Gate, Placed, Repair
from tests.conversation.conftest import call_of, guangdong

GOOD = "广东2017年排放5.57亿吨 [F1]。"
BAD = "广东2017年排放7.57亿吨 [F1]。"


def gate(repair: Repair | None = None) -> Gate:
    call = call_of(guangdong())
    assert call.result is not None
    facts = dict(zip(call.ids.facts, call.result.facts, strict=True))
    clauses = dict(zip(call.ids.citations, call.result.citations, strict=True))
    placed = {
        "B1": Placed("| 甲 | 乙 |\n| --- | --- |\n| 广东 | 5.57 [F1] |", facts=1),
        "C1": Placed("*图：排放* [C1]"),
    }
    return Gate(lambda: Grounds(facts.get, clauses.get, "zh"), placed.get, repair)


def blocks(text: str, size: int = 1) -> list[str]:
    splitter = Splitter()
    out = [b for at in range(0, len(text), size) for b in splitter.feed(text[at : at + size])]
    return [b.text for b in (*out, *splitter.end())]


@pytest.mark.parametrize(
    "text,parts",
    [
        ("甲。乙！丙", ["甲。", "乙！", "丙"]),
        ("排放5.57亿吨。[F1] 其次", ["排放5.57亿吨。[F1] ", "其次"]),
        (
            "It is 5.2 Mt [F1]. Next e.g. one, vs. L. 5. End",
            ["It is 5.2 Mt [F1]. ", "Next e.g. one, vs. L. 5. ", "End"],
        ),
        ("It is 5.2 Mt. [F1] Next", ["It is 5.2 Mt. [F1] ", "Next"]),
        ("1. 甲\n2. 乙\n", ["1. 甲\n", "2. 乙\n"]),
        ("头\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n尾", ["头\n", "\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "尾"]),
        ("## 1.1 题。目\n[[B1]]\n尾", ["## 1.1 题。目\n", "[[B1]]\n", "尾"]),
        ("```\na. B\n```\n尾", ["```\na. B\n```\n", "尾"]),
    ],
)
def test_blocks_are_sentences_lines_and_tables(text: str, parts: list[str]) -> None:
    if "| a" in text:
        assert "".join(blocks(text)) == text
        assert "| a | b |\n|---|---|\n| 1 | 2 |\n" in [b.rstrip("\n") + "\n" for b in blocks(text)]
    else:
        assert blocks(text) == parts


@given(st.text(alphabet="甲乙。.!? \n|[]FB1(5,-#`*", max_size=60), st.integers(1, 7))
def test_blocks_joined_are_the_text_however_it_is_cut(text: str, size: int) -> None:
    assert "".join(blocks(text, size)) == text
    audited = [[b.strip() for b in blocks(text, n) if b.strip()] for n in (size, 1)]
    assert audited[0] == audited[1]


async def run(gate: Gate, text: str, size: int = 3) -> str:
    pieces = [p for at in range(0, len(text), size) for p in await gate.feed(text[at : at + size])]
    pieces += await gate.end()
    assert "".join(pieces) == gate.text
    return gate.text


async def test_a_true_text_comes_through_whole() -> None:
    passing = gate()
    assert await run(passing, f"## 广东\n\n{GOOD}其中电力2.978亿吨 [F2]，见 [P1]。\n") == (
        f"## 广东\n\n{GOOD}其中电力2.978亿吨 [F2]，见 [P1]。\n"
    )
    assert (passing.audit.figures, passing.audit.supported, passing.audit.unsupported) == (2, 2, [])
    assert passing.cited == {"F1", "F2", "P1"}


async def test_a_sentence_is_out_before_the_next_is_whole() -> None:
    streaming = gate()
    assert await streaming.feed(GOOD + "其") == [GOOD]
    assert await streaming.feed("中电力") == []


async def test_without_anyone_to_ask_a_false_figure_is_withheld_and_said() -> None:
    holding = gate()
    text = await run(holding, f"{BAD}{GOOD}")
    assert text == f"广东2017年排放{WITHHELD.zh}。{GOOD}"
    assert (holding.audit.figures, holding.audit.supported) == (2, 1)
    withheld = holding.audit.unsupported[0]
    assert (withheld.figure, withheld.problem) == ("7.57亿吨", "数值与数据不符")
    assert withheld.sentence == f"广东2017年排放{WITHHELD.zh}。"


async def test_a_false_sentence_is_sent_back_once_and_its_mended_form_shown() -> None:
    asked: list[str] = []

    async def mend(sentence: str, findings: list[Finding]) -> str:
        asked.append(sentence)
        assert [f.problem for f in findings] == ["value"]
        return GOOD

    mended = gate(mend)
    assert await run(mended, f"- {BAD}\n") == f"- {GOOD}\n"
    assert asked == [f"- {BAD}".strip()]
    assert mended.audit.unsupported == []


async def test_a_mend_that_is_no_better_is_not_asked_for_again() -> None:
    asked = 0

    async def worse(sentence: str, findings: list[Finding]) -> str:
        nonlocal asked
        asked += 1
        return "广东2017年排放8.57亿吨 [F1]。"

    assert await run(gate(worse), BAD) == f"广东2017年排放{WITHHELD.zh}。"
    assert asked == 1


async def test_figures_that_share_a_mark_go_together() -> None:
    assert await run(gate(), "广东从4.1亿吨增至5.57亿吨 [F1]。") == f"广东从{WITHHELD.zh}。"


async def test_tables_and_charts_are_placed_by_their_id() -> None:
    placing = gate()
    text = await run(placing, "见下表：\n[[B1]]\n\n[[C1]]\n\n[[C9]]\n完。")
    assert text == "见下表：\n\n| 甲 | 乙 |\n| --- | --- |\n| 广东 | 5.57 [F1] |\n\n*图：排放* [C1]\n\n完。"
    assert (placing.audit.figures, placing.audit.supported) == (2, 1)
    assert placing.audit.unsupported[0].figure == "[[C9]]"
    assert placing.cited >= {"F1", "C1"}


async def test_headings_and_lead_ins_stand_over_what_follows() -> None:
    heading = gate()
    await run(heading, "## 山东\n\n排放5.57亿吨 [F1]。\n\n## 广东\n\n排放5.57亿吨 [F1]。\n")
    assert [u.problem for u in heading.audit.unsupported] == ["地区与数据不符"]
    lead = gate()
    await run(lead, "2018年：\n- 排放5.57亿吨 [F1]\n\n别处。\n- 排放5.57亿吨 [F1]\n")
    assert [u.problem for u in lead.audit.unsupported] == ["年份与数据不符"]


async def test_a_digest_is_never_shown_in_quotation_marks() -> None:
    assert await run(gate(), "方案提出“到2030年非化石能源消费比重达到25%左右”[P1]。") == (
        "方案提出到2030年非化石能源消费比重达到25%左右[P1]。"
    )


async def test_an_id_that_does_not_exist_never_reaches_the_reader() -> None:
    text = await run(gate(), "详见 [F9] 和 [P7]。")
    assert "[F9]" not in text
    assert "[P7]" not in text
