"""The parts of an answer in the page's language, from the evidence itself: nothing is asked again, nothing translated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Answer
from assistant.ledger import Call
from data.text import Language, Text
from tools.result import Result


def folded_headings(calls: Sequence[Call], language: Language) -> frozenset[str]:
    """Headings of the sections that a page shows folded."""
    return frozenset(s.heading.to(language) for call in calls if call.result for s in call.result.sections if s.folded)


def step_titles(calls: Sequence[Call], language: Language) -> dict[str, str]:
    """The titles of the tool calls, by id."""
    return {call.id: call.title.to(language) for call in calls}


def retold(answer: Answer, calls: Sequence[Call], language: Language) -> Answer:
    """The answer with labels, clauses, method, caveats and suggestions in ``language``; its text stays as it was said.

    What stems from an earlier turn keeps the words it has.
    """
    if language == answer.language:
        return answer
    labels: dict[str, str] = {}
    titles: dict[str, tuple[str, str]] = {}
    for call in calls:
        if call.result is not None:
            labels |= {i: f.label.to(language) for i, f in zip(call.ids.facts, call.result.facts, strict=True)}
            titles |= {
                i: (c.title.to(language), c.digest.to(language))
                for i, c in zip(call.ids.citations, call.result.citations, strict=True)
            }
    facts = [f.model_copy(update={"label": labels.get(f.id, f.label)}) for f in answer.facts]
    citations = [
        c.model_copy(update=dict(zip(("title", "digest"), titles.get(c.id, (c.title, c.digest)), strict=True)))
        for c in answer.citations
    ]
    return answer.model_copy(
        update={
            "facts": facts,
            "citations": citations,
            "method": _lines(calls, lambda r: r.method, answer.method, language),
            "caveats": _lines(calls, lambda r: r.caveats, answer.caveats, language),
            "suggestions": _lines(calls, lambda r: r.suggestions, answer.suggestions, language),
        }
    )


def _lines(
    calls: Sequence[Call], part: Callable[[Result], tuple[Text, ...]], said: list[str], language: Language
) -> list[str]:
    """The lines that were said, each in the other words of the same Text."""
    known = {t.to(at): t for call in calls if call.result for t in part(call.result) for at in ("zh", "en")}
    return [known[line].to(language) if line in known else line for line in said]
