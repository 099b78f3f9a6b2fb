"""How an answer is judged: the figure is a fact with the right scope, shown in the text, audited, in the right language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.evals.cases import Case


def faults(case: Case, answer: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer object; empty when it passes."""
    wrong: list[str] = []
    if answer["status"] not in case.status:
        wrong.append(f"status {answer['status']} ({answer.get('reason')})")
    for value in case.values:
        hits = [f for f in answer["facts"] if abs(f["value"] - value) <= case.tolerance * max(abs(value), 1e-9)]
        units = [f for f in hits if f["unit"] == case.unit or (case.unit == "%/yr" and f["unit"] == "%")]
        scoped = [f for f in units if case.region in (None, f["region"]) and case.year in (None, f["year"])]
        if not scoped:
            wrong.append(f"no fact {value:.4g} {case.unit} for {case.region} {case.year}")
        elif not any(f"[{f['id']}]" in answer["answer"] for f in scoped):
            wrong.append(f"fact {scoped[0]['id']} not shown")
    if case.region and not case.values and not any(f["region"] == case.region for f in answer["facts"]):
        wrong.append(f"no fact about {case.region}")
    if case.basis and not any(f["basis"] in case.basis for f in answer["facts"]):
        wrong.append(f"no fact with basis {case.basis}")
    wrong += [f"text lacks {word}" for word in case.words if word.lower() not in answer["answer"].lower()]
    kinds = {chart["kind"] for chart in answer["charts"]}
    wrong += [f"no {kind} chart" for kind in case.charts if kind not in kinds]
    documents = {citation["document"] for citation in answer["citations"]}
    if case.citations and not documents & set(case.citations):
        wrong.append(f"cites {sorted(documents)}")
    if answer["language"] != case.language:
        wrong.append(f"language {answer['language']}")
    if answer["audit"]["unsupported"]:
        wrong.append(f"unsupported {answer['audit']['unsupported'][:2]}")
    if case.status == ("answered",) and len(answer["facts"]) > 400:
        wrong.append(f"{len(answer['facts'])} facts")
    return wrong
