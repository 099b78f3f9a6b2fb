"""Every citation of an answer resolves to a clause of the corpus, and every target told stands in the clause it cites."""

from __future__ import annotations

import re

from assistant.engine import Assistant
from assistant.settings import Settings
from data.text import LANGUAGES
from knowledge.figures import read_figures, same
from knowledge.search import open_library
from tests.evals.cases import cases
from tests.evals.retrieval.harness import questions

SEED = 41
ASKED = 60  # of the questions to the corpus, evenly drawn; the others of the evals that cite anything are all asked


async def test_citations_resolve_to_clauses_that_hold_the_figure() -> None:
    corpus = open_library().corpus
    everything = questions()
    asked = [q.text for q in everything[:: max(1, len(everything) // ASKED)]]
    asked += [case.turns[-1] for case in cases(SEED) if case.category == "policy"]
    wrong: list[str] = []
    cited = told = 0
    async with Assistant(Settings()) as assistant:
        for question in asked:
            answer = await assistant.answer(question)
            data = answer.model_dump(mode="json")
            for citation in data["citations"]:
                cited += 1
                clause = corpus.clause(citation["document"], citation["clause"])  # raises where there is none
                if clause.digest.zh not in str(citation["digest"]) and clause.digest.en not in str(citation["digest"]):
                    wrong.append(
                        f"{question}: {citation['document']} {citation['clause']} is cited with another digest"
                    )
            clauses = [corpus.clause(c["document"], c["clause"]) for c in data["citations"]]
            for fact in data["facts"]:
                if fact["basis"] != "target" or f"[{fact['id']}]" not in data["answer"]:
                    continue
                told += 1
                held = any(
                    same(figure, fact["value"], fact["unit"])
                    for c in clauses
                    for language in LANGUAGES
                    for figure in read_figures(c.digest.to(language), language)
                )
                if not held:
                    wrong.append(f"{question}: {fact['value']} {fact['unit']} is in no clause cited")
            if re.search(r"\[P\d+\]", data["answer"]) and not data["citations"]:
                wrong.append(f"{question}: a mark without a citation")
    assert cited > 20 and told > 5
    assert wrong == []
