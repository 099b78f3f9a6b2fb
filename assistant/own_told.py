"""Own figures and the problems of a file as the faces tell them: one shape for the command line, HTTP and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.text import Language

if TYPE_CHECKING:
    from data.own.problems import Problem
    from data.own.store import Holding, ScenarioFile


def told_of(holdings: tuple[Holding, ...], scenarios: tuple[ScenarioFile, ...], language: Language) -> dict[str, Any]:
    """What an owner has given, in one language."""
    from tools.roadmap.overrides import Override, described

    return {
        "figures": [
            {
                "name": h.name,
                "province": h.place.name.to(language),
                "file": h.file,
                "added": h.added,
                "rows": [
                    {
                        "item": f.item, "label": f.what.to(language), "sector": f.sector or None, "year": f.year, "value": f.value,
                        "unit": f.unit, "given": f.given, "note": f.note or None, "line": f.line,
                    }
                    for f in h.figures
                ],
            }
            for h in holdings
        ],
        "scenarios": [
            {
                "name": s.name,
                "file": s.file,
                "added": s.added,
                "changes": [
                    {**c, "label": described(Override.model_validate(c)).to(language)} for c in s.changes
                ],
            }
            for s in scenarios
        ],
    }  # fmt: skip


def problem_told(problem: Problem, language: Language) -> dict[str, Any]:
    """A problem with its line and column, each null where it concerns the whole file."""
    return {
        "line": problem.line,
        "column": problem.column,
        "value": problem.value or None,
        "message": problem.text.to(language),
        "nearest": list(problem.nearest),
    }
