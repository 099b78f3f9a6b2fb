"""`make proof` part "citations": every citation of an answer resolves to a clause, and every figure cited stands in THAT clause.

Asked are all questions of the evals (the corpus' own, and the last turn of every case), the questions of ordinary people that
go to policy, targets, standards, benchmarks and roadmaps, and the examples of those tools, in both languages.

    python -m tests.evals.citations            all, one line per fault, counts at the end
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.errors import UnknownName
from data.text import LANGUAGES
from knowledge.corpus import Clause, Corpus
from knowledge.figures import read_figures, same

SEED = 41
TOGETHER = Path(__file__).parents[1] / "planner" / "together.txt"
SECTIONS = ("targets", "policy_search", "roadmap", "contraction", "best_in_class", "about")
TOOLS = ("policy_search", "targets", "track", "l1470", "l1480", "isc_checklist", "roadmap", "backcast", "milestones", "contraction",
         "sda_target", "best_in_class", "profile", "benchmark_lists")  # fmt: skip
# A figure that a document states; what is computed from it (a straight line, a count of clauses) has another basis.
_STATED = ("target", "observed", "projected")
_MARK = re.compile(r"\[([FP]\d+)\]")


def asked() -> list[str]:
    """All questions, each once, in a fixed order."""
    from tests.evals.cases import cases
    from tests.evals.retrieval.harness import questions
    from tools.registry import get_tool

    found = [q.text for q in questions()]
    found += [case.turns[-1] for case in cases(SEED) if len(case.turns) == 1]
    found += together(SECTIONS)
    found += [example.to(language) for name in TOOLS for example in get_tool(name).examples for language in LANGUAGES]
    return list(dict.fromkeys(found))


def together(sections: Iterable[str]) -> list[str]:
    """The questions of ordinary people under these headings."""
    wanted, out, inside = set(sections), [], False
    for line in TOGETHER.read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line.strip()):
            inside = head[1] in wanted
        elif inside and line.strip() and not line.startswith("#"):
            out.append(line.split(" => ")[0].strip())
    return out


@dataclass
class Tally:
    """What was asked, cited and held; ``faults`` is to stay empty."""

    asked: int = 0
    citing: int = 0  # answers that cite
    citations: int = 0
    in_prose: int = 0  # figures of documents told in sentences
    in_tables: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, question: str, answer: Mapping[str, Any], corpus: Corpus) -> None:
        """Judge one answer object."""
        self.asked += 1
        self.citing += bool(answer["citations"])
        clauses, wrong = resolved(answer["citations"], corpus)
        self.citations += len(answer["citations"])
        facts = {f["id"]: f for f in answer["facts"] if f["source"] in corpus.documents and f["basis"] in _STATED}
        for line in answer["answer"].splitlines():
            if line.lstrip().startswith("|"):
                told = [facts[m] for m in _MARK.findall(line) if m in facts]
                self.in_tables += len(told)
                wrong += [_said(f, "table") for f in told if not any(_holds(c, f) for c in clauses.values())]
            else:
                self.in_prose += sum(m in facts for m in _MARK.findall(line))
                wrong += _prose(line, facts, clauses)
        self.faults += [f"{question}: {w}" for w in wrong]


def resolved(citations: Sequence[Mapping[str, Any]], corpus: Corpus) -> tuple[dict[str, Clause], list[str]]:
    """The clauses by the citations' marks, and what is wrong with those that resolve to none or state another digest."""
    clauses, wrong = {}, []
    for citation in citations:
        if citation["document"] not in corpus.documents:
            wrong.append(f"{citation['document']} is no document of the corpus")
            continue
        try:
            clause = corpus.clause(citation["document"], citation["clause"])
        except UnknownName:
            wrong.append(f"{citation['document']} has no clause {citation['clause']}")
            continue
        if citation["digest"] not in (clause.digest.zh, clause.digest.en):
            wrong.append(f"{citation['document']} {citation['clause']} is cited with another digest")
        if citation["url"] != corpus.documents[citation["document"]].url:
            wrong.append(f"{citation['document']} is cited with another address")
        clauses[citation["id"]] = clause
    return clauses, wrong


def _prose(line: str, facts: Mapping[str, Mapping[str, Any]], clauses: Mapping[str, Clause]) -> list[str]:
    """Each figure of a document is followed, in its paragraph, by the mark of a clause that states it."""
    wrong = []
    marks = _MARK.findall(line)
    for at, mark in enumerate(marks):
        if mark.startswith("P") and mark not in clauses:
            wrong.append(f"[{mark}] is no citation of the answer")
        if mark not in facts:
            continue
        cited = next((m for m in marks[at + 1 :] if m.startswith("P")), None)
        if cited is None:
            wrong.append(_said(facts[mark], "sentence without a citation"))
        elif cited in clauses and not _holds(clauses[cited], facts[mark]):
            wrong.append(_said(facts[mark], f"sentence cites {clauses[cited].document} {clauses[cited].id}"))
    return wrong


def _holds(clause: Clause, fact: Mapping[str, Any]) -> bool:
    """Whether a clause is of the document a figure comes from and states it, in both languages."""
    return clause.document == fact["source"] and all(
        any(same(figure, fact["value"], fact["unit"]) for figure in read_figures(clause.digest.to(language), language))
        for language in LANGUAGES
    )


def _said(fact: Mapping[str, Any], where: str) -> str:
    return f"{fact['value']:g} {fact['unit']} of {fact['source']} ({where})"


async def ask(questions: Sequence[str]) -> Tally:
    """Ask all in turn, each in a conversation of its own."""
    from assistant.engine import Assistant
    from assistant.settings import Settings
    from knowledge.search import open_library

    tally, corpus = Tally(), open_library().corpus
    async with Assistant(Settings()) as assistant:
        for question in questions:
            answer = await assistant.answer(question)
            tally.add(question, answer.model_dump(mode="json"), corpus)
    return tally


def main() -> int:
    """Ask everything and report; exit status 1 where anything is at fault."""
    start = time.perf_counter()
    tally = asyncio.run(ask(asked()))
    for fault in tally.faults:
        print(fault)
    shown = tally.in_prose + tally.in_tables
    print(f"questions {tally.asked}, answers that cite {tally.citing}, citations {tally.citations}")
    print(
        f"figures of documents: {tally.in_prose} in sentences, {tally.in_tables} in tables; faults {len(tally.faults)}"
    )
    print(
        f"citations that resolve to a clause with the figure: {100 * (1 - len(tally.faults) / max(1, shown + tally.citations)):.2f} %"
    )
    print(f"seconds {time.perf_counter() - start:.0f}")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    import os

    if "TANLU_HOME" not in os.environ:
        os.environ["TANLU_HOME"] = tempfile.mkdtemp(prefix="tanlu-citations-")
    sys.exit(main())
