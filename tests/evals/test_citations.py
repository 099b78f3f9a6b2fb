"""Every citation of an answer resolves to a clause of the corpus, and every figure of a document told stands in THAT clause.

Here a fixed sample is asked; all questions are the part "citations" of `make proof` (python -m tests.evals.citations).
"""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.corpus import Corpus
from knowledge.search import open_library
from tests.evals.citations import Tally, ask, asked

SAMPLE = 80  # questions, evenly drawn: every place the questions come from is among them


async def test_citations_resolve_to_clauses_that_hold_the_figure() -> None:
    everything = asked()
    tally = await ask(everything[:: max(1, len(everything) // SAMPLE)])
    assert tally.asked >= SAMPLE and tally.citations > 50
    assert tally.in_prose > 30 and tally.in_tables > 20
    assert tally.faults == []


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return open_library().corpus


def answer(corpus: Corpus, text: str, value: float, clauses: list[tuple[str, str]], **changed: Any) -> dict[str, Any]:
    """An answer object with one figure of the action plan (electric furnaces 15 %) and these clauses cited."""
    citations = [
        {
            "id": f"P{i}",
            "document": d,
            "clause": c,
            "digest": corpus.clause(d, c).digest.zh,
            "url": corpus.documents[d].url,
        }
        for i, (d, c) in enumerate(clauses, 1)
    ]
    fact = {"id": "F1", "value": value, "unit": "%", "basis": "target", "source": "cn-ap-2024-2025"}
    return {"answer": text, "citations": citations, "facts": [fact | changed]}


RIGHT, WRONG = ("cn-ap-2024-2025", "二(三)2"), ("cn-ap-2024-2025", "一")


@pytest.mark.parametrize(
    ("text", "value", "clauses", "faults"),
    [
        ("电炉钢占比15% [F1]，见条款[P1]。", 15.0, [RIGHT], 0),
        ("电炉钢占比16% [F1]，见条款[P1]。", 16.0, [RIGHT], 1),  # not in the clause
        ("电炉钢占比15% [F1]，见条款[P1][P2]。", 15.0, [WRONG, RIGHT], 1),  # in another clause of the same answer only
        ("电炉钢占比15% [F1]。", 15.0, [RIGHT], 1),  # cited nowhere in its paragraph
        ("电炉钢占比15% [F1]，见条款[P2]。", 15.0, [RIGHT], 1),  # a mark of no citation
        ("| 电炉钢 | 15% [F1] |", 15.0, [RIGHT], 0),
        ("| 电炉钢 | 15% [F1] |", 15.0, [WRONG], 1),
    ],
)  # fmt: skip
def test_what_counts_as_a_fault(
    corpus: Corpus, text: str, value: float, clauses: list[tuple[str, str]], faults: int
) -> None:
    tally = Tally()
    tally.add("q", answer(corpus, text, value, clauses), corpus)
    assert len(tally.faults) == faults, tally.faults


def test_another_digest_or_document_is_a_fault(corpus: Corpus) -> None:
    changed = answer(corpus, "15% [F1][P1]", 15.0, [RIGHT])
    changed["citations"][0]["digest"] = "our own words"
    unknown = answer(corpus, "nothing", 15.0, [RIGHT])
    unknown["citations"][0]["document"] = "cn-nowhere"
    other = answer(corpus, "15% [F1][P1]", 15.0, [RIGHT], source="cn-peak-2030")
    for wrong in (changed, unknown, other):
        tally = Tally()
        tally.add("q", wrong, corpus)
        assert tally.faults
