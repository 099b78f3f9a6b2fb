"""Reading a Result in tests: its sentences and the figures behind them."""

from __future__ import annotations

import re

from data.text import Language
from tools.result import Fact, Ref, Result


def said(result: Result, language: Language) -> str:
    """The lead with its holes left open."""
    return " ".join(s.text.to(language) for s in result.lead)


def lead_facts(result: Result, sentence: int = 0) -> list[Fact]:
    """The facts of a sentence of the lead."""
    return [result.facts[i] for i in result.lead[sentence].facts]


def column(result: Result, table: int, number: int) -> list[float | None]:
    """The figures of a table's column; None where a cell is empty or words."""
    cells = [row[number] for row in result.tables[table].rows]
    return [result.facts[c.fact].value if isinstance(c, Ref) else None for c in cells]


def whole(result: Result) -> None:
    """Every hole has its fact, both languages use the same ones, and no sentence writes a figure itself."""
    sentences = [*result.lead, *(s for part in result.sections for s in part.sentences)]
    for s in sentences:
        holes = [set(re.findall(r"\{(\d+)", s.text.to(language))) for language in ("zh", "en")]
        assert holes[0] == holes[1] == {str(i) for i in range(len(s.facts))}, s.text
    for table in result.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
    used = {i for part in result.sections for i in part.tables}
    assert used == set(range(len(result.tables)))
    assert result.method and result.caveats and result.sources and result.charts
